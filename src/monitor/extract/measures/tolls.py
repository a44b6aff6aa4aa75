"""Nouns of count that a phrase right of them is linked to: "the death toll in Gaza has passed 46,000"."""

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.measures.frames import LIMIT, Frame, breaks, can_deploy, is_body, is_soldier, make
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.nouns import of_a_thing, unlisted
from monitor.extract.sentence.phrases import Count, Head

_COUNT_NOUNS = frozenset({"number", "numbers", "total", "count", "tally", "figure", "estimate", "estimates"})
TOLD_BETWEEN = 3.0
"""What the words of an event between a toll and its number cost at most."""
_COUNTING = _COUNT_NOUNS | {"loss"}
_FALLING = frozenset({"to", "by", "from", "below", "under", "back", "short"})
_WEAK = frozenset({"weak_links", "numbering"})
_LINKING = frozenset({"strong_links", "weak_links", "adverbs"})
_NUMBERED = frozenset({"transitive", "intransitive", "count", "adjective", "premodifier"})


def tolls(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """ "the death toll in Gaza has passed 46,000": a noun of count, words without another predicate, a link."""
    tokens = sentence.tokens
    nouns = _toll_nouns(sentence)
    if not nouns or nouns[0] >= count.first:
        return
    taken = {c.noun for c in counts.values() if c.noun is not None}
    opens = _opens_with_link(tokens[count.number]) or _grown_up_to(tokens, count)
    linked, comma = opens or _headline_toll(tokens, count.first), False
    aside = _set_aside(tokens, count)
    cost, index, under = 0.0, count.first - 1, False
    while index >= nouns[0] and cost < LIMIT and not (breaks(tokens[index]) or tokens[index].low == "—"):
        token = tokens[index]
        tags = token.tags

        under = under or token.low in {"as", "while"}
        if under and token.counts:
            return  # "toll rises to 56 as thousands trapped": it has its number
        if token.low == "," and (opening := _aside_begin(tokens, index)) is not None:
            index = opening - 1
            continue
        joins = "conjunctions" in tags and index + 2 < count.first and tokens[index + 1].low == "the"
        if joins and not any(t.low == "between" for t in tokens[max(0, index - 5) : index]):
            return
        linked = linked or (aside and index == count.first - 1)
        linked = linked or "strong_links" in tags or (cost < 0.5 and not tags.isdisjoint(_WEAK))
        comma = comma or (token.low == "," and cost < 0.5)
        apart = comma and is_body(token) and not any(t.has("be", "have") for t in tokens[index + 1 : count.first])
        if (linked or apart) and index not in taken and index in nouns:
            frame = _toll_at(
                sentence, index, count, min(cost, TOLD_BETWEEN) if _event_between(tokens, index, count) else cost
            )
            if frame is not None and not (_measured_otherwise(count, frame) or _acts_itself(tokens, count)):
                yield frame
                return
        cost += _step_back(tokens, index) if tags.isdisjoint(_LINKING) else 0.3
        index -= 1


def _toll_nouns(sentence: Sentence) -> list[int]:
    """Where a noun may stand that a number is linked to; found once for all numbers of the sentence."""
    if sentence.toll_nouns is None:
        tokens = sentence.tokens
        those = {i + 1 for i, token in enumerate(tokens) if token.low == "those"} if "those" in sentence.words else ()
        sentence.toll_nouns = [
            i
            for i, token in enumerate(tokens)
            if token.low in _COUNTING
            or "bodies" in token.tags
            or ((token.senses or token.mention is not None) and _may_be_toll(token))
            or i in those
        ]
    return sentence.toll_nouns


def _may_be_toll(token: Token) -> bool:
    """A noun of count by its senses, or a body of troops by its name."""
    if token.senses and any(sense.role in {"toll", "count"} for sense in token.senses):
        return True
    return token.mention is not None and is_body(token)


def _event_between(tokens: list[Token], noun: int, count: Count) -> bool:
    """ "The number of people killed when shells hit a market has risen to 71": a clause that only says of which event,
    and a verb of change right before the number."""
    between = tokens[noun + 1 : count.first]
    clause = any(t.has("subordinators", "relatives") for t in between[:3])
    changed = len(between) > 2 and between[-1].has("strong_links")
    return clause and changed and not any(t.counts for t in between)


def _set_aside(tokens: list[Token], count: Count) -> bool:
    """ "civilian deaths, 40, stay as they were": a bare number between commas behind a noun of count is its number."""
    if count.head is not Head.NONE or count.first < 2 or count.last + 2 >= len(tokens):
        return False
    noun = tokens[count.first - 2]
    closed = tokens[count.first - 1].low == "," and tokens[count.last + 1].low == ","
    return closed and noun.role("toll") is not None and not any(s.form for s in noun.senses)


def _measured_otherwise(count: Count, frame: Frame) -> bool:
    """ "losses are put at 250 dead, and 1,400 prisoners": what a noun of its own measures is part of no other toll."""
    return count.sense is not None and count.sense.measure is not frame.measure


def _acts_itself(tokens: list[Token], count: Count) -> bool:
    """ "Interest in the mission is high: 900 have applied": the number has a verb of its own, and no harm in it."""
    after = tokens[count.last + 1 : count.last + 4]
    verb = next((t for t in after[1:] if not t.has("adverbs", "be")), None) if after and after[0].has("have") else None
    return verb is not None and any(s.role == "neutral" for s in verb.senses) and not verb.has("strong_links")


def _aside_begin(tokens: list[Token], index: int) -> int | None:
    """Where ", including the wounded," begins that ends at the comma."""
    for at in range(index - 1, max(0, index - 7), -1):
        if tokens[at].has("including"):
            return at - 1 if tokens[at - 1].low == "," else None
        if tokens[at].low in {",", ";"} or tokens[at].counts:
            return None
    return None


def _headline_toll(tokens: list[Token], first: int) -> bool:
    """ "Death toll 87 in mine blast": headlines leave the link out."""
    before = tokens[first - 1] if first else None
    if before is None or before.role("toll") is None:
        return False
    return before.low.endswith("toll") or (first > 1 and tokens[first - 2].low == "total")


def _opens_with_link(number: Token) -> bool:
    """ "passed 46,000" is one number phrase whose first word links it."""
    words = number.low.split()
    return words[words[0] in {"not", "never"}] in {
        "passed",
        "passes",
        "pass",
        "passing",
        "topped",
        "tops",
        "top",
        "topping",
        "surpassed",
        "surpasses",
        "surpassing",
        "exceeded",
        "exceeds",
        "exceeding",
        "exceed",
        "crossed",
        "past",
        "approaching",
        "nearing",
        "closer",
    }


def _grown_up_to(tokens: list[Token], count: Count) -> bool:
    """ "has been brought up to 7,000": behind a verb of change "up to" leads to the number."""
    before = tokens[max(0, count.first - 3) : count.first]
    return len(before) == 3 and before[0].has("growing") and [t.low for t in before[1:]] == ["up", "to"]


def _toll_at(sentence: Sentence, index: int, count: Count, cost: float) -> Frame | None:
    token = sentence.tokens[index]
    if not token.senses and not token.tags and token.low not in _COUNT_NOUNS and not is_body(token):
        return None
    sense = token.role("toll") or _counted_noun(sentence.tokens, index)
    if of_a_thing(token, sentence.tokens[index + 1]):
        return None  # "the count of dead links rose to 1,400"
    if sense is not None and sense.measure is Measure.DEPLOYED and token.low.startswith("number of "):
        harm = _harm_behind(sentence.tokens, index, count.first)
        if harm is not None:
            return make(count, harm, "toll-link", cost * 0.4, index, "left")
    verb = any(s.role == "transitive" and s.form in {"base", "ing"} for s in token.senses)
    if (
        sense is not None
        and not verb
        and sense.measure is not None
        and _toll_fits(sentence, index, count, sense.measure)
    ):
        return make(count, sense.measure, "toll-link", cost * 0.6, index, "left")
    if (
        is_body(token)
        and cost < 5
        and not _harm_between(sentence.tokens[index + 1 : count.first])
        and not (count.head is Head.NONE and of_another(sentence.tokens, index))
        and not (token.mention is not None and sentence.tokens[index + 1].low == "of")  # "MONUSCO of over 100" dead
        and not _other_clause(sentence.tokens[index + 1 : count.first])
        and not _puts_it(sentence.tokens[index + 1 : count.first])
        and (count.head is Head.NONE or (count.head in {Head.PEOPLE, Head.NATION} and can_deploy(sentence, count)))
    ):
        return make(count, Measure.DEPLOYED, "toll-link", cost * 0.6 + 1.0, index, "left")
    if index and sentence.tokens[index - 1].low == "those" and count.head is Head.NONE:
        told = next((s.measure for s in token.senses if s.measure not in {None, Measure.DEPLOYED}), None)
        if told is not None:
            return make(count, told, "toll-link", cost * 0.4, index, "left")
    if token.low == "loss" and index + 2 == count.first and sentence.tokens[index + 1].has("be") and count.noun:
        return make(count, Measure.CASUALTIES, "toll-link", cost * 0.4, index, "left")  # "their own loss was one man"
    measure = _number_noun(sentence.tokens, index, count.first)
    return make(count, measure, "toll-link", cost * 0.4, index, "left") if measure is not None else None


def _counted_noun(tokens: list[Token], index: int) -> Sense | None:
    """ "Prisoners counted so far: 2,300": a noun of count with a participle of counting is a toll's."""
    sense, at = tokens[index].role("count"), index + 1
    while at < len(tokens) and tokens[at].has("adverbs"):
        at += 1
    counted = at < len(tokens) and tokens[at].has("tallied")
    return sense if counted and sense is not None and tokens[index].person is None else None


def _harm_between(between: list[Token]) -> bool:
    """ "of the ship's company 380 were missing, 640", "the mission has a staff of 900": what is told of the body, or of
    other people that it has, is no strength of it."""
    if any(t.person is not None and t.person.kind == "civilians" for t in between):
        return True
    roles = {"transitive", "intransitive", "adjective", "lose", "hold"}
    return any(
        s.role in roles and s.measure is not Measure.DEPLOYED and not t.has("be")
        for t, after in zip_longest(between, between[1:])
        for s in t.senses
        if not _sinks(s, after)
    )


def _sinks(sense: Sense, after: Token | None) -> bool:
    """ "has fallen to 700", "fell from 1,100": what falls to, by or from a number is the count, and nobody dies."""
    return sense.lemma in {"fall", "fallen"} and after is not None and after.low in _FALLING


def of_another(tokens: list[Token], index: int) -> bool:
    """ "the honours of the regiment number 34": the number is of the noun that the body belongs to."""
    at = index - 1
    while at > 0 and (tokens[at].has("determiners", "premodifiers") or tokens[at].mention or tokens[at].number):
        at -= 1
    if at < 1 or tokens[at].low != "of":
        return False
    owned = tokens[at - 1]
    return not (owned.has("sizes", "bodies") or owned.role("toll", "count", "event") or owned.low in _COUNT_NOUNS)


def _other_clause(between: list[Token]) -> bool:
    """ "the battalion's cook", "the regiment recruits 300 a year": the body owns the subject, or does something; "in
    Kabul and along the road" goes on with its places."""
    if between and between[0].low == "'s":
        return True
    aims = any(t.low == "to" and unlisted(after) for t, after in pairwise(between))  # "to track the spending of ten"
    joins = aims or any(t.has("conjunctions") and not after.has("prepositions") for t, after in pairwise(between))
    return joins or any(any(s.role == "neutral" and s.form == "s" for s in t.senses) for t in between)


def _puts_it(between: list[Token]) -> bool:
    """ "the UN mission put it at 330", "the militia boasts of 33": who puts something else at a number, or speaks of
    others, is a source."""
    pairs = list(pairwise(between))
    if any(before.role("say") is not None and token.low == "of" for before, token in pairs):
        return True
    return any(t.role("put") is not None and after.low in {"it", "them", "that", "this"} for t, after in pairs)


def _toll_fits(sentence: Sentence, index: int, count: Count, measure: Measure) -> bool:
    """A toll counts people; "dead" and "wounded" as the state of other people are no tolls."""
    token = sentence.tokens[index]
    if measure is Measure.DEPLOYED:
        between = sentence.tokens[index + 1 : count.first]
        others = _harm_between(between) or _puts_it(between)
        owner = bool(between) and between[0].low == "'s"  # "the mission's budget pays for 14,000 soldiers"
        return not others and not owner and (count.head is Head.NONE or can_deploy(sentence, count))
    if not token.role("adjective") and not any(s.form for s in token.senses):
        return True
    before = sentence.tokens[index - 1] if index else None
    return (
        before is None
        or before.mention is not None
        or (before.capital and sentence.tokens[index + 1].has("tallied"))  # "the Dervish dead counted"
        or before.has("premodifiers", "bodies", "speakers")
        or before.person is not None
        or before.low in {"the", "its", "their", "of", "his", "'s", "those"}
    )


def _number_noun(tokens: list[Token], index: int, stop: int) -> Measure | None:
    """ "the number of people killed in … has risen to 29": the measure of what a number, count or total is of."""
    if tokens[index].low not in _COUNT_NOUNS or index + 1 >= len(tokens) or tokens[index + 1].low not in {"of", "for"}:
        return None
    troops = people = False
    for token, following in pairwise(tokens[index + 2 : min(stop + 1, index + 15)]):
        if token.number is not None:
            break
        if of_a_thing(token, following) or (not people and _places(token)):
            return None
        people = people or token.person is not None or token.mention is not None or token.has("bodies")
        for sense in token.senses:
            counted = sense.measure is not None and sense.role in _NUMBERED and not _sinks(sense, following)
            if counted and not token.has("strong_links"):
                return sense.measure
        if troops and token.role("lose") is not None:
            return Measure.CASUALTIES  # "the number of paratroopers lost at Bangui"
        troops = troops or is_soldier(token) or token.has("bodies")
    return Measure.DEPLOYED if troops else None


def _places(token: Token) -> bool:
    """ "the number of camps", "of military bases", "of posts": a noun in the plural that is spelt like a verb of being
    there; "the number of people who camp in the park" has its people before it."""
    return token.has("things") and any(s.measure is Measure.DEPLOYED and s.form == "s" for s in token.senses)


def _harm_behind(tokens: list[Token], index: int, stop: int) -> Measure | None:
    """ "the number of troops killed in Gaza", "the number of soldiers who have died": the participle right behind the
    people says what the number is of; without one they are simply there."""
    for token, after in pairwise(tokens[index + 1 : stop + 1]):
        told = [s.measure for s in token.senses if s.role in _NUMBERED and s.measure not in {None, Measure.DEPLOYED}]
        if any(_sinks(s, after) for s in token.senses):
            return None
        if told or token.role("lose") is not None:
            return told[0] if told else Measure.CASUALTIES
        if not token.has("be", "have", "adverbs", "relatives"):
            return None
    return None


def _step_back(tokens: list[Token], index: int) -> float:
    """The cost of a word; "the bombing of a ferry" holds two nouns, though both are spelt like verbs."""
    cost = _back_cost(tokens[index])
    return min(cost, 0.5) if index and tokens[index - 1].low in {"a", "an", "the"} else cost


def _back_cost(token: Token) -> float:
    """What one word between a noun of count and its number costs."""
    if not token.senses:
        return 3.0 if token.has("subordinators") else 0.8 if token.number is not None else 0.5
    if token.role("say", "deny") and not token.has("have", "be"):
        return 4.0
    if any(s.measure is not None and s.form and s.role == "transitive" for s in token.senses):
        return 5.0
    if token.has("subordinators"):
        return 3.0
    return 0.8 if token.number is not None else 0.5
