"""Troops that are somewhere though no verb says so: with their place behind them, or facing somebody."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, breaks, can_deploy, is_body, is_passive, make, military
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

MANY = 50
"""Fewer soldiers with a place behind them are seldom a force."""
PLACE = 7
"""Tokens of a phrase of place between a verb and its object."""
OPENING = 12
"""Tokens before the force in which its clause may open with what it faces."""


def existential(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """ "11,000 North Koreans in Kursk": troops with a place right behind and no verb of their own."""
    number = sentence.tokens[count.number].number
    going_on = count.head is Head.NONE and sentence.deployed
    if number is None or not (going_on or count.head in {Head.PEOPLE, Head.NATION}):
        return
    if not can_deploy(sentence, count) or (count.definite and not going_on):
        return
    many = number.quantity.number >= MANY or sentence.headline
    placed = place_follows(sentence, _behind_joined(sentence, count, counts)) or _bracketed(sentence, count)
    if many and placed and not _ruled_out(sentence, count):
        yield make(count, Measure.DEPLOYED, "presence-verbless", 1.0 if going_on else 3.0, None, "noun")


def behind_place(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "has in Niger 1,500 men", "it has on the ground 1,150 Canadians": the place stands before the force."""
    tokens, at = sentence.tokens, count.first - 1
    number = tokens[count.number].number
    force = count.head is Head.NATION or (count.head is Head.PEOPLE and can_deploy(sentence, count))
    if number is None or number.quantity.number < MANY or not force or at < 2:
        return
    while at > 0 and tokens[at].has("hedge", "adverbs", "object_free") and not tokens[at].has("prepositions"):
        at -= 1
    placed = _place_begin(sentence, at)
    if placed is None or placed < 1:
        return
    verb = back_over(tokens, placed - 1, "adverbs")
    if any(s.role == "presence" and s.form for s in tokens[verb].senses) and not is_passive(sentence, verb):
        yield make(count, Measure.DEPLOYED, "active-object", 1.0, verb, "left")


def _place_begin(sentence: Sentence, last: int) -> int | None:
    """Where a phrase of place that ends at `last` begins."""
    tokens = sentence.tokens
    for index in range(last, max(-1, last - PLACE), -1):
        token = tokens[index]
        if token.has("being_prepositions"):
            return index if place_follows(sentence, index) else None
        if any(s.role == "adjective" and s.measure is Measure.DEPLOYED for s in token.senses):
            return index  # "on the ground"
        if token.low in {",", ";"} or token.number is not None or token.has("be", "have"):
            return None
    return None


def apposed(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "First ashore were the Marines, 880 of them": the number is of those who, as its clause tells, are there."""
    tokens, at = sentence.tokens, count.first - 1
    after = tokens[count.last + 1 : count.last + 2]
    ends = not after or after[0].low in {".", ",", ";", "with"}
    if (
        count.head is not Head.PRONOUN
        or tokens[count.last].low != "them"
        or at < 3
        or tokens[at].low != ","
        or not ends
    ):
        return
    begin = max(0, at - OPENING)
    begin = next((i + 1 for i in range(at - 1, begin - 1, -1) if breaks(tokens[i]) or tokens[i].low == "."), begin)
    clause = tokens[begin:at]
    serve = any(
        is_body(t)
        or (t.mention is not None and t.mention.role in {"people", "troops"})
        or (t.person is not None and (military(t.person.kind) or t.low == "men"))
        for t in clause
    )
    if not serve or any(t.counts or t.low in {",", "and"} for t in clause):
        return
    for index in range(begin, at):
        for sense in tokens[index].senses:
            there = sense.role in {"intransitive", "adjective"} and sense.measure is Measure.DEPLOYED
            if there and sense.form != "base":
                yield make(count, Measure.DEPLOYED, "inverted-presence", 0.5, index, "left")
                return
            if sense.measure not in {None, Measure.DEPLOYED} or sense.role in {"neutral", "say"}:
                return
    first = tokens[begin].low == "first" and tokens[begin + 1].has("prepositions")
    if first and any(t.has("be") for t in clause):
        yield make(count, Measure.DEPLOYED, "inverted-presence", 1.0, begin, "left")


def own_strength(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the mission's 13,000 peacekeepers": the soldiers that a force in the field owns are its strength there."""
    tokens, at = sentence.tokens, count.first - 1
    number = tokens[count.number].number
    if at < 1 or tokens[at].low != "'s" or not is_body(tokens[at - 1]) or number is None:
        return
    force = count.head is Head.PEOPLE and military(count.kind) and number.quantity.number >= MANY and not count.base
    before = tokens[max(0, at - 6) : at - 1]
    harmed = any(
        s.role in {"hold", "lose"} or s.measure not in {None, Measure.DEPLOYED} for t in before for s in t.senses
    )
    if force and not harmed and not _ruled_out(sentence, count):
        yield make(count, Measure.DEPLOYED, "presence-verbless", 4.0, at - 1, "left")


def _bracketed(sentence: Sentence, count: Count) -> bool:
    """ "Canada in Latvia (2,200 soldiers)": the place stands before the bracket."""
    tokens, at = sentence.tokens, count.first - 2
    if at < 0 or tokens[at + 1].low != "(":
        return False
    mention = tokens[at].mention
    return mention is not None and mention.role in {"name", "place", "capital"}


def _behind_joined(sentence: Sentence, count: Count, counts: dict[int, Count]) -> int:
    """The index behind "225,000 Americans, 45,000 Britons and 2,000 Australians"."""
    tokens, index = sentence.tokens, count.last + 1
    while index + 1 < len(tokens) and tokens[index].low in {",", "and"} and index + 1 in counts:
        index = counts[index + 1].last + 1
    return index


def _ruled_out(sentence: Sentence, count: Count) -> bool:
    """Another verb already tells what became of them: "withdrew 500 soldiers in Chad", "soldiers in Goma marched"."""
    if _does_else(sentence, count):
        return True
    tokens = sentence.tokens
    around = [*tokens[max(0, count.first - 8) : count.first], *_own_clause(tokens, count.last + 1)]
    end = min(len(tokens), count.last + 10)
    end = next((i for i in range(count.last + 1, end) if tokens[i].has("subordinators")), end)
    return any(t.role("neutral") and not t.has("account_nouns") for t in around) or any(
        is_passive(sentence, i) and tokens[i].text[0].isalnum() for i in range(count.last + 1, end)
    )


def _own_clause(tokens: list[Token], index: int) -> list[Token]:
    """What is told of the soldiers behind them; ", and called up reservists" goes on with somebody else."""
    end = min(len(tokens), index + 11)
    stop = next((i for i in range(index, end - 1) if tokens[i].low == "," and tokens[i + 1].low in {"and", "but"}), end)
    return tokens[index:stop]


def _does_else(sentence: Sentence, count: Count) -> bool:
    """ "2,100 former guerrillas in Aceh have handed in arms": their clause has a verb, and it puts them nowhere."""
    tokens = sentence.tokens
    for index in range(count.last + 1, min(len(tokens) - 1, count.last + 7)):
        if not tokens[index].text[0].isalnum() or tokens[index].has("relatives", "subordinators"):
            return False
        if tokens[index].has("have"):
            verb = next((t for t in tokens[index + 1 : index + 4] if not t.has("adverbs", "be")), None)
            return verb is not None and verb.low.split()[0].endswith(("ed", "en")) and not verb.senses
    return False


def facing(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Facing them are 230,000 Americans", "against him stood 12,000 regulars": the verb before its subject."""
    if "standing" not in sentence.tags:
        return
    tokens, at = sentence.tokens, count.first - 1
    while at > 0 and tokens[at].has("adverbs", "hedge", "object_free") and not tokens[at].has("standing"):
        at -= 1
    if at < 1 or not tokens[at].has("standing") or count.head not in {Head.PEOPLE, Head.NATION}:
        return
    if not can_deploy(sentence, count) or is_passive(sentence, at):
        return
    begin = at
    while begin > 0 and at - begin < OPENING and not (breaks(tokens[begin - 1]) or tokens[begin - 1].low in {",", "."}):
        begin -= 1
    across = tokens[begin].low == "on" and any(t.low in {"other", "far", "opposite"} for t in tokens[begin : begin + 3])
    if tokens[begin].has("facing") or across:
        yield make(count, Measure.DEPLOYED, "inverted-presence", 0.5, at, "left")
    elif _place_opens(sentence, count, begin, at):
        yield make(count, Measure.DEPLOYED, "inverted-presence", 1.5, at, "left")


def _place_opens(sentence: Sentence, count: Count, begin: int, verb: int) -> bool:
    """ "On both banks of the Cunene there are 16,000 troops", "In the pass stood 600 guards": a place, then a verb."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    many = number is not None and number.quantity.number >= MANY
    soldiers = count.head is Head.PEOPLE and military(count.kind)
    if not (many and soldiers and tokens[begin].has("being_prepositions") and place_follows(sentence, begin)):
        return False
    after = tokens[count.last + 1 : count.last + 7]
    done = any(s.measure not in {None, Measure.DEPLOYED} for t in after for s in t.senses)
    return not done and not any(t.has("relatives") or t.counts for t in tokens[begin:verb])
