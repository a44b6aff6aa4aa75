"""Predicates left of a counted phrase: the verb whose object it is, the noun that has it as of-phrase."""

from collections.abc import Iterator
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.measures.frames import (
    Frame,
    all_fell,
    breaks,
    can_deploy,
    is_body,
    is_passive,
    is_soldier,
    is_thing,
    make,
    military,
    passive_participle,
)
from monitor.extract.measures.joined import joined_to_name
from monitor.extract.measures.movements import goal, holds_garrison
from monitor.extract.measures.outcomes import lives_taken, shot_with_outcome
from monitor.extract.measures.tolls import tolls
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

LEFT_LIMIT = 4.0
PRESENCE_REACH = 1.0
"""Weak verbs of presence stand right before their object: "it had already pulled 1,500" has another verb."""
FORCE = 50
ASIDE = 9
"""Tokens that an aside between a verb and its object may have."""
_PLAIN_WORD = 2.1
"""Between a verb and its object hardly anything stands that isn't on the list."""
_UNKNOWN = frozenset({"unknown", "unclear", "uncertain", "mystery"})
"""Whose fate is so are missing."""
_STEALTHY = frozenset({"slip", "smuggle", "infiltrate", "sneak", "spirit"})
"""Verbs whose soldiers come to be where the text says they go to."""
_WEAK = frozenset("have leave use command lead count involve see put push pump".split()) | _STEALTHY
"""Verbs whose soldiers are somewhere only when the text says where."""
_SEVERAL = frozenset({"to", "and", "they", "we"})
_QUARTERS = frozenset("barracks garrison fort fortress base outpost".split())
_CAPACITY = frozenset({"carry", "transport"})
"""Verbs that tell how many there is room for: "the ship carries 1,200 sailors"."""
_ARMIES = frozenset({"army", "armies", "armed forces", "military", "navy", "forces"})
_TIME = frozenset(
    """
    last this week month year night evening morning on in of the yesterday today late early
    """.split()
)


def left_candidates(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """Predicates of which the phrase is the object or the of-phrase, then the nouns of count that it is linked to."""
    if is_thing(count):
        return
    yield from _objects(sentence, count)
    yield from _possessive_event(sentence, count)
    yield from _inverted(sentence, count)
    yield from joined_to_name(sentence, count)
    yield from _with(sentence, count)
    yield from _cost(sentence, count)
    yield from _down(sentence, count)
    yield from tolls(sentence, count, counts)


# --- the object of a verb, the of-phrase of a noun


def _objects(sentence: Sentence, count: Count) -> Iterator[Frame]:
    tokens, cost, index = sentence.tokens, 0.0, count.first - 1
    of = (index >= 0 and tokens[index].low == "of") or (
        index > 0 and tokens[index].low in {"the", "these", "its", "their"} and tokens[index - 1].low == "of"
    )
    while index >= 0 and cost < LEFT_LIMIT:
        token = tokens[index]
        frame = _object_of(sentence, index, count, cost)
        if frame is not None:
            yield frame
            return
        if token.low == "," and (opened := _said_aside(tokens, index)) is not None:
            index, cost = opened - 1, cost + 0.5
            continue
        if token.low in {",", ";", ":"}:
            return
        if (
            token.has("object_free", "adverbs", "hedge")
            or token.low in {'"', "'"}
            or (of and (token.low in _TIME or token.has("weekdays", "months") or token.number is not None))
        ):
            cost += 0.3
        elif token.number is not None or token.has("conjunctions", "be", "relatives", "prepositions"):
            return
        else:
            cost += _PLAIN_WORD
        index -= 1


def _said_aside(tokens: list[Token], comma: int) -> int | None:
    """Where ", by the UN's count," begins that ends at the comma: who says so, set between the verb and its object."""
    opened = next((i for i in range(comma - 1, max(-1, comma - ASIDE), -1) if tokens[i].low == ","), None)
    inner = tokens[opened + 1 : comma] if opened is not None else []
    told = any(t.has("according", "account_nouns") or t.role("say") for t in inner)
    return opened if told and not any(t.counts or t.low == ";" for t in inner) else None


def _object_of(sentence: Sentence, index: int, count: Count, cost: float) -> Frame | None:
    """The frame in which the token at `index` governs the phrase, by the first of its senses that can."""
    tokens = sentence.tokens
    between = tokens[index + 1 : count.first]
    averaged = any(t.low in {"average", "total", "estimated", "maximum", "minimum"} for t in between)
    of = bool(between) and not averaged and (between[0].low in {"of", "to"} or any(t.low == "of" for t in between[-2:]))
    for sense in tokens[index].senses:
        frame = (
            _of_event(sentence, index, count, cost, sense) if of else _verb_object(sentence, index, count, cost, sense)
        )
        if frame is not None:
            return frame
    if of and tokens[index].has("bodies", "groups"):
        harmed = _harmed_group(sentence, index, count, cost)
        if harmed is not None:
            return harmed
    named = count.head is Head.NONE and tokens[index].mention is not None  # "…, MONUSCO of over 100" dead
    spoken = any(t.role("say") is not None for t in between)  # "the militia boasts of 33 prisoners"
    if of and is_body(tokens[index]) and _can_serve(sentence, count) and not named and not spoken:
        return make(count, Measure.DEPLOYED, "body-of", cost + 0.5, index, "left")
    return None


def _can_serve(sentence: Sentence, count: Count) -> bool:
    """Who a force consists of: soldiers, police, men; not firefighters."""
    if count.head is Head.PEOPLE:
        return can_deploy(sentence, count) or count.kind == "police"
    return count.head in {Head.NATION, Head.NONE}


def _harmed_group(sentence: Sentence, index: int, count: Count, cost: float) -> Frame | None:
    """ "wiped out a column of 200 commandos": what happens to the group happens to those that it consists of."""
    at = index - 1
    while at >= 0 and (
        sentence.tokens[at].has("determiners", "premodifiers") or sentence.tokens[at].mention is not None
    ):
        at -= 1
    if at < 0:
        return None
    for sense in sentence.tokens[at].senses:
        if sense.role == "transitive" and sense.measure is not None and not passive_participle(sentence, at, sense):
            return make(count, sense.measure, "active-object", cost + 0.5, at, "left")
        if sense.role == "lose":
            return make(count, Measure.CASUALTIES, "lost-object", cost + 0.5, at, "left")
    return None


def _of_event(sentence: Sentence, index: int, count: Count, cost: float, sense: Sense) -> Frame | None:
    if sense.role != "event" or sense.measure is None:
        return None
    if sense.measure is Measure.DEPLOYED and not can_deploy(sentence, count):
        return None
    if sense.lemma == "lives" and not lives_taken(sentence, index):
        return None
    if sense.lemma in {"fate", "whereabouts"} and not _not_known(sentence, count):
        return None
    dead = -0.5 if sense.measure is Measure.KILLED else 0.0  # "the death of another 14 people in hospital"
    return make(count, sense.measure, "event-of", cost + dead, index, "left")


def _not_known(sentence: Sentence, count: Count) -> bool:
    """ "the fate of 17 is unknown", "the whereabouts of 15 are not known"; of those kidnapped it is known enough."""
    after = sentence.tokens[count.last + 1 : count.last + 3]
    if any(t.role("transitive") is not None for t in after):
        return False
    negated = any(t.has("negation") for t in sentence.tokens)
    return any(t.low in _UNKNOWN or (negated and t.low in {"known", "established"}) for t in sentence.tokens)


def _verb_object(sentence: Sentence, index: int, count: Count, cost: float, sense: Sense) -> Frame | None:
    """One sense of a verb with the phrase as its object; in the passive the object is elsewhere."""
    if passive_participle(sentence, index, sense) or _with_article(sentence, index, sense):
        return None
    force = can_deploy(sentence, count)
    if sense.role == "transitive" and sense.measure is not None:
        if sense.lemma.endswith(" to") or (sense.lemma, sense.form) == ("base", "base"):
            return None
        if sense.measure is Measure.DEPLOYED and not force:
            return None
        if sense.lemma == "hit" and not _by_weapon(sentence, index, count):
            return None
        measure = Measure.CASUALTIES if shot_with_outcome(sentence, index, count) else sense.measure
        return make(count, measure, "active-object", cost, index, "left")
    if sense.role == "lose" and count.head is not Head.UNKNOWN and not _lost_to(sentence, count):
        if sense.lemma == "mourn":
            return make(count, Measure.KILLED, "active-object", cost, index, "left")
        measure = Measure.KILLED if all_fell(sentence, count) else Measure.CASUALTIES
        return make(count, measure, "lost-object", cost, index, "left")
    if sense.role == "hold" and sense.lemma == "hold" and force and holds_garrison(sentence, index, count):
        return make(count, Measure.DEPLOYED, "active-object", cost + 0.5, index, "left")
    held = sense.role == "hold" and (_soldiers(sentence, count) or _by_captors(sentence, index, count))
    grips = held and _grips(sentence, index, sense)
    if grips and (sense.lemma != "catch" or _seized(sentence, index, count)):
        return make(count, Measure.CAPTURED, "active-object", cost + 1.0, index, "left")
    taken = _by_captors(sentence, index, count) and "hospital" not in sentence.words
    if sense.lemma == "take" and sense.role == "suffer" and (taken or _ends(sentence, count)):
        return make(count, Measure.CAPTURED, "active-object", cost + 1.0, index, "left")
    if sense.role == "presence" and sense.form and force and cost <= PRESENCE_REACH:
        return _presence(sentence, index, count, cost, sense)
    return None


def _with_article(sentence: Sentence, index: int, sense: Sense) -> bool:
    """ "the bombing of the ferry at 31": what has an article of its own is a noun, whatever verb is spelt like it."""
    tokens, at = sentence.tokens, index - 1
    while at > 0 and (tokens[at].has("premodifiers", "adjectives") or tokens[at].low.endswith("est")):
        at -= 1
    if sense.form == "s" and index and tokens[index - 1].low in {"of", "for", "in"}:
        return True  # "the ministry of martyrs"
    owned = at >= 0 and tokens[at].low in {"'s", "its", "their"}
    return sense.form == "base" and at >= 0 and (owned or tokens[at].low in {"a", "an", "the"})


def _by_weapon(sentence: Sentence, index: int, count: Count) -> bool:
    """ "the shells hit 14 soldiers", "snipers hit three of our men": cuts and strikes hit people as well."""
    before = sentence.tokens[max(0, index - 6) : index]
    return count.head in {Head.PEOPLE, Head.NATION} and any(t.has("fired") for t in before)


def _ends(sentence: Sentence, count: Count) -> bool:
    """ "have taken 52,250 Austrians.": taken nowhere, a nation's people are taken prisoner."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    ends = not after or after[0].low in {",", ";", ".", "and", "since", "so far", "in all"}
    return ends and count.head is Head.NATION


def _grips(sentence: Sentence, index: int, sense: Sense) -> bool:
    """An army parades its own soldiers; only those who are paraded by others are captives."""
    at = back_over(sentence.tokens, index - 1, "adverbs")
    before = sentence.tokens[at] if at >= 0 else None
    several = before is not None and (before.low in _SEVERAL or (before.person is not None and before.person.plural))
    named = before is not None and before.mention is not None and before.mention.role in {"name", "people", "troops"}
    claimed = sense.lemma in {"hold", "detain"} and (several or named or at < index - 1)  # "in the hills still hold"
    return (sense.form != "base" or claimed) and sense.lemma != "parade"


def _by_captors(sentence: Sentence, verb: int, count: Count) -> bool:
    """ "The kidnappers are holding 25 schoolgirls": whom captors hold are captives, soldiers or not."""
    at = back_over(sentence.tokens, verb - 1, "be", "have", "adverbs")
    return at >= 0 and sentence.tokens[at].has("captors") and count.head in {Head.PEOPLE, Head.NATION}


def _seized(sentence: Sentence, verb: int, count: Count) -> bool:
    """ "his men caught nine Russians": people catch people; storms and cameras, and those who surprise, hold nobody."""
    tokens, at = sentence.tokens, verb - 1
    at = back_over(tokens, at, "have", "adverbs")
    doer = tokens[at] if at >= 0 else None
    people = doer is not None and (
        doer.person is not None or doer.mention is not None or doer.has("pronouns", "bodies")
    )
    after = tokens[count.last + 1].low if count.last + 1 < len(tokens) else ""
    return people and after not in {"in", "by", "off", "on", "unawares", "between", "napping", "looting"}


def _soldiers(sentence: Sentence, count: Count) -> bool:
    """Soldiers are held as captives; suspects are under arrest."""
    if any(sentence.tokens[i].low in {"suspected", "alleged", "accused"} for i in count.modifiers):
        return False
    held = military(count.kind) or count.kind == "police"
    after = sentence.tokens[count.last + 1 : count.last + 2]
    bare = count.head is Head.NONE and (not after or after[0].low in {".", ",", ";", "and", "of"})
    if (bare or count.head is Head.PRONOUN) and not any(t.has("things") for t in sentence.tokens[: count.first]):
        return _soldiers_told(sentence.tokens[: count.first])  # "killed 700 Taliban and to hold 600 more"
    if count.head is Head.PEOPLE and sentence.tokens[count.last].low == "others":
        return _soldiers_told(sentence.tokens[: count.first])
    return count.head is Head.NATION or (count.head is Head.PEOPLE and held)


def _soldiers_told(before: list[Token]) -> bool:
    """True where soldiers or fighters were told of; an armed group's name is one for its men."""
    several = (t.person for t in before if t.person is not None and t.person.plural)
    named = any(t.mention is not None and t.mention.role in {"troops", "people"} for t in before)
    counted = any(a.counts and b.mention is not None for a, b in pairwise(before))  # "700 Taliban"
    return named or counted or any(military(p.kind) for p in several)


def _presence(sentence: Sentence, index: int, count: Count, cost: float, sense: Sense) -> Frame | None:
    """ "keeps more than 10,000 men in South Kivu": weak verbs need the place, a number alone the noun before."""
    placed = place_follows(sentence, _behind_things(sentence.tokens, count.last + 1))
    if count.head is Head.NONE:
        before = sentence.tokens[max(0, index - 14) : index]
        parted = next((i for i in range(len(before) - 1, -1, -1) if breaks(before[i])), 0)
        told = any(is_soldier(t) for t in before[parted:])
        told = told and not any(t.has("relatives") for t in before[parted:])
        told = told or (sentence.deployed and placed) or under_arms(sentence, count.last + 1)
        return make(count, Measure.DEPLOYED, "active-object", cost + 1.5, index, "left") if told else None
    after = sentence.tokens[count.last + 1 : count.last + 2]
    placed = placed or (bool(after) and after[0].low.endswith("ing") and not after[0].has("prepositions"))
    placed = placed or (sense.lemma in _STEALTHY and goal(sentence.tokens, count.last + 1, departing=False))
    placed = placed or _engaged(sentence, count.last + 1)
    placed = placed or (sense.lemma in {"have", "count", "involve"} and _of_a_mission(sentence, index, count))
    placed = placed or (sense.lemma in {"have", "keep"} and _placed_first(sentence, index))
    freed = sense.lemma == "keep" and "give_back" in sentence.tags  # "freed 80 policemen, but kept 12"
    weak = freed or sense.lemma in _WEAK or (sense.lemma in _CAPACITY and sense.form in {"s", "base"})
    if weak and not placed:
        return None
    return make(count, Measure.DEPLOYED, "active-object", cost + (1.0 if placed else 3.0), index, "left")


def _behind_things(tokens: list[Token], index: int) -> int:
    """The index behind "and 200 tanks" in "has 40,000 men and 200 tanks in Cyprus": what the force has with it."""
    index += index < len(tokens) and tokens[index].low == "behind"  # "left 500 troops behind in Aden"
    while index + 2 < len(tokens) and tokens[index].low in {"and", ",", "with"} and tokens[index + 1].number:
        things = next((i for i in range(index + 2, min(len(tokens), index + 4)) if tokens[i].has("things")), None)
        if things is None:
            break
        index = things + 1
    return index


def _placed_first(sentence: Sentence, verb: int) -> bool:
    """ "Around Kupiansk the Russians have 12,000 men": the place opens the clause; of an army it would be its size."""
    opening = sentence.tokens[:verb]
    if any(t.low in _ARMIES or t.low in {",", ";"} or breaks(t) for t in opening):
        return False
    joined = len(opening) > 2 and opening[1].low == "and" and opening[2].has("being_prepositions")
    return place_follows(sentence, 2 if joined else 0)


def _engaged(sentence: Sentence, index: int) -> bool:
    """ "4,000 men engaged in the Sahel", "bogged down in Helmand": what they do stands before the place."""
    tokens = sentence.tokens
    if index + 1 >= len(tokens) or not tokens[index].low.endswith(("ed", "en")) or tokens[index].role("neutral"):
        return False
    harmed = any(s.measure not in {None, Measure.DEPLOYED} for s in tokens[index].senses)
    behind = index + 2 if tokens[index + 1].low in {"down", "up", "in", "out"} else index + 1
    return not harmed and (place_follows(sentence, behind) or place_follows(sentence, index + 1))


def _of_a_mission(sentence: Sentence, verb: int, count: Count) -> bool:
    """ "the mission, which counts 8,500 blue helmets", "the operation involved 17,000 soldiers": its force is there."""
    soldiers = count.head in {Head.PEOPLE, Head.NATION} and military(count.kind)
    before = sentence.tokens[max(0, verb - 5) : verb]
    return soldiers and any(t.has("operations") for t in before)


def under_arms(sentence: Sentence, index: int) -> bool:
    """ "has 17,430 in uniform", "had 900 under arms"."""
    after = sentence.tokens[index : index + 2]
    if [t.low for t in after] == ["in", "uniform"]:
        return True
    return any(s.role == "adjective" and s.measure is Measure.DEPLOYED for t in after[:1] for s in t.senses)


def _lost_to(sentence: Sentence, count: Count) -> bool:
    """ "lost 300 colleagues to the private sector": people lost to an employer, not to the war."""
    after = sentence.tokens[count.last + 1 : count.last + 7]
    at = next((i for i, t in enumerate(after) if t.low in {"to", ",", ";"}), len(after))
    if at == len(after) or after[at].low != "to":
        return False
    to = sentence.tokens[count.last + 2 + at : count.last + 7 + at]
    return (at == 0 and count.kind == "civilians") or any(t.has("drawn_away") for t in to)


def _possessive_event(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the six Jesuits' murder": the owner of a noun of harm is who is harmed."""
    after = sentence.tokens[count.last + 1 : count.last + 3]
    if len(after) == 2 and after[0].low in {"'", "'s"}:
        sense = after[1].role("event")
        if sense is not None and sense.measure is not None and sense.measure is not Measure.DEPLOYED:
            yield make(count, sense.measure, "event-of", 0.3, count.last + 2, "left")


def _inverted(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Among the injured are two girls", "Also killed were three policemen": the predicate opens the clause."""
    tokens, be = sentence.tokens, count.first - 1
    while be > 1 and tokens[be].has("adverbs", "hedge"):
        be -= 1
    if be < 1 or not tokens[be].has("be"):
        return
    for index in range(be - 1, max(-1, be - 8), -1):
        token = tokens[index]
        if token.low in {",", ";"} or token.person is not None or token.number is not None:
            return
        opens = index < 2 or tokens[index - 1].low in {",", ";", "and"} or tokens[index - 1].has("adverbs")
        for sense in token.senses:
            harmed = sense.role == "adjective" or (sense.role == "transitive" and sense.form in {"part", "pastpart"})
            force = sense.measure is not Measure.DEPLOYED or (count.head is Head.PEOPLE and military(count.kind))
            if harmed and opens and sense.measure is not None and force:
                yield make(count, sense.measure, "state", 0.3, index, "left")
                return


# --- what a force is strengthened with


def _with(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "reinforced the front with several thousand soldiers", "stiffened, say the experts, by 3,000 regulars"."""
    tokens = sentence.tokens
    before = tokens[count.first - 1].low if count.first else ""
    if before == "to" and count.first > 1 and tokens[count.first - 2].low == "home" and _quartered(sentence, count):
        yield make(count, Measure.DEPLOYED, "with-object", 0.0, count.first - 2, "left")
        return
    if before not in {"with", "by"} or not can_deploy(sentence, count) or count.head is Head.NONE:
        return
    for index in range(count.first - 2, max(-1, count.first - 10), -1):
        if breaks(tokens[index]):
            return
        going = tokens[index].has("moving") and tokens[count.first - 1].low == "with" and _many(tokens[count.number])
        if tokens[index].has("strengthen") or going:
            yield make(count, Measure.DEPLOYED, "with-object", 0.1 * (count.first - index), index, "left")
            return


def _quartered(sentence: Sentence, count: Count) -> bool:
    """ "the camp is home to 5,000 soldiers", "the barracks to 1,900 Rwandans": where a force lives it is; other people
    only live there."""
    barracks = any(t.low in _QUARTERS for t in sentence.tokens[max(0, count.first - 7) : count.first])
    return (count.head is Head.PEOPLE and military(count.kind)) or (count.head is Head.NATION and barracks)


def _many(token: Token) -> bool:
    """A force, and no escort: "arrived with two officers"."""
    return token.number is not None and token.number.quantity.number >= FORCE


def _cost(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the clash cost India 20 men": who pays loses."""
    tokens = sentence.tokens
    between = range(max(0, count.first - 5), count.first)
    at = next((i for i in between if tokens[i].low in {"cost", "costs", "costing"}), None)
    if at is None or count.head not in {Head.PEOPLE, Head.NONE} or is_passive(sentence, at):
        return
    if at == count.first - 1 and not _given_for(sentence, count):
        return
    if any(
        t.number is not None or t.has("conjunctions", "prepositions", "subordinators")
        for t in tokens[at + 1 : count.first]
    ):
        return
    if count.head is Head.PEOPLE:
        yield make(count, Measure.CASUALTIES, "lost-object", 0.3, count.first, "left")


def _given_for(sentence: Sentence, count: Count) -> bool:
    """ "taking the hill cost 800 men": soldiers are the price, unless a second object is what they pay ("cost 800 men
    nothing", "their jobs")."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    ends = not after or not after[0].text[0].isalnum() or after[0].has("prepositions", "subordinators", "conjunctions")
    return can_deploy(sentence, count) and (ends or after[0].has("adverbs"))


def _down(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the company was down 40 men", "60 men down": a force is short of those that it lost."""
    tokens, at = sentence.tokens, count.first - 1
    if at > 0 and tokens[at].low == "down" and tokens[at - 1].has("be", "adverbs") and can_deploy(sentence, count):
        yield make(count, Measure.CASUALTIES, "lost-object", 0.0, at, "left")
