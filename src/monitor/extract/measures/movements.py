"""Forces that go somewhere, or do something there: "marines head for Beirut", "are working in the north"."""

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.lexicon.wordlists import things
from monitor.extract.measures.frames import can_deploy, is_body, may_serve, military
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import for_duty, place_follows

TROOP = 20
"""Fewer men who go somewhere are travellers."""
REACH = 9
"""Tokens behind "are patrolling" in which the place may stand."""
_GOALS = frozenset({"into", "to", "for", "towards", "toward", "on", "onto", "across", "through", "over", "up"})
_PARTICLES = frozenset({"back", "on", "up", "down", "over", "across", "forward", "in", "out", "deep", "off", "ahead"})
_HOLDING = frozenset({"hold", "held", "holding", "control", "controlled", "controlling", "occupy", "occupied"}) | {
    "sealed",
    "sealed off",
    "ringed",
    "encircled",
    "blockaded",
    "besieged",
    "garrisoned",
    "cordoned off",
    "invested",
}
_CARRYING = frozenset({"carry", "transport", "fly", "bring", "move", "lead", "command", "involve", "count", "use"})
CROWD = 100
"""Fewer soldiers who stand somewhere wait in line."""
_STANDING = frozenset(
    {"sit", "sits", "sat", "linger", "lingered", "stand", "stands", "stood", "wait", "waits", "waited"}
)
_MOVING = frozenset({"motion", "departing", "sighted", "reporting_in", "hemmed_in"})
_CROSSING = frozenset({"crossed", "cross", "crossing"})
UNLISTED = _STANDING | _HOLDING
"""Verbs that the table need not have."""
_WALLS = frozenset("fort fortress citadel outpost redoubt blockhouse bridgehead garrison bunker bunkers".split())
_TIMES = frozenset({"time", "end", "moment", "day", "same", "morning", "evening", "night", "last", "past", "first"})
_HOME = frozenset({"home", "barracks", "base", "bases", "camp", "camps", "villages"})


def there_by(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """The verb at `index`, if it puts the force somewhere: it goes there, holds it, is seen, put or stands there."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if number is None or number.quantity.number < TROOP:
        return None
    unlisted = token.low in UNLISTED  # only these can be those of the readings that go by the word alone
    if not unlisted and token.tags.isdisjoint(_MOVING):
        return put_there(sentence, count, index) if token.senses else None
    for reading in (moves, holds, sighted, put_there, stands) if unlisted else (moves, sighted, put_there, hemmed_in):
        sense = reading(sentence, count, index)
        if sense is not None:
            return sense
    return None


def moves(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "moved back into Hama", "left Nairobi for Haiti": a verb of motion with the place where it goes."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if number is None or not token.has("motion", "departing") or number.quantity.number < TROOP:
        return None
    if not (can_deploy(sentence, count) and (may_serve(count) or _of_a_unit(sentence, count))):
        return None
    if token.low in _CROSSING and _named_line(sentence.tokens, index + 1):
        return Sense("intransitive", Measure.DEPLOYED, "past", token.low)
    ashore = sentence.tokens[index + 1].low if index + 1 < len(sentence.tokens) else ""
    if ashore != "ashore" and not goal(sentence.tokens, index + 1, departing=token.has("departing")):
        return None
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low)


def _named_line(tokens: list[Token], index: int) -> bool:
    """ "have crossed the Yalu", "crossed the river into Laos": over a line that is named, or to a place behind it."""
    after = tokens[index + 1 : index + 3] if index < len(tokens) and tokens[index].low == "the" else []
    return bool(after) and after[0].capital and not after[0].has("weekdays", "months") and after[0].person is None


def holds(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "130,000 Soviet troops hold the towns": who holds ground stands on it; who holds people has captives."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if token.low not in _HOLDING or number is None or number.quantity.number < TROOP or index in sentence.passive:
        return None
    owner = sentence.tokens[count.first - 2] if count.first > 1 else None
    of_a_nation = owner is not None and owner.mention is not None and sentence.tokens[count.first - 1].low == "'s"
    after = sentence.tokens[index + 1 : index + 4]
    while after and after[0].has("determiners", "adverbs", "adjectives"):
        after = after[1:]
    named = bool(after) and after[0].mention is not None and after[0].mention.role in {"name", "place", "capital"}
    spot = bool(after) and things().category.get(after[0].low) == "place"  # "hold the road to Sake"
    ground = bool(after) and (spot or after[0].has("ground") or named or (of_a_nation and after[0].capital))
    serve = may_serve(count) or (count.head is Head.NONE and of_a_nation)
    if not (ground and can_deploy(sentence, count) and serve):
        return None
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low)


def sighted(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "700 men have been seen at the airport", "have shown themselves in Bamako", "reported to the armoury": where
    soldiers are seen, or report, they are."""
    token, tokens = sentence.tokens[index], sentence.tokens
    number = tokens[count.number].number
    if not token.has("sighted", "reporting_in") or number is None or number.quantity.number < TROOP:
        return None
    if token.has("sighted") and " " not in token.low and index not in sentence.passive:
        return None
    behind = [t.low for t in tokens[index + 1 : index + 3]]
    if token.has("reporting_in") and (index in sentence.passive or not for_duty(tokens, index)):
        return None
    if not _soldierly(sentence, count) or any(t.has("home_places") for t in tokens[index + 1 : index + 4]):
        return None
    placed = any(_somewhere(sentence, index + 1 + i) for i in ((0, 2, 3) if behind[:1] == ["by"] else (0,)))
    seen = placed or token.has("reporting_in")
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low) if seen else None


def _somewhere(sentence: Sentence, index: int) -> bool:
    """A place that the lexicon knows, or "at the monuments": any spot but a time."""
    if place_follows(sentence, index):
        return True
    after = sentence.tokens[index : index + 3]
    spot = len(after) == 3 and after[0].has("being_prepositions") and after[1].low == "the"
    return spot and not after[2].has("weekdays", "months") and after[2].low not in _TIMES


def stands(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "2,200 riflemen stood along the Isonzo", "wait across the border": a force that stands somewhere is there."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if token.low not in _STANDING or number is None or number.quantity.number < CROWD or index in sentence.passive:
        return None
    serve = count.head is Head.PEOPLE and military(count.kind)
    there = serve and (place_follows(sentence, index + 1) or place_follows(sentence, index + 2))
    there = there or (serve and _at_the_gates(sentence.tokens, index + 1))
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low) if there else None


def _at_the_gates(tokens: list[Token], index: int) -> bool:
    """ "stand before Gao": in front of a town; "before Christmas" is a time."""
    after = tokens[index + 1].mention if index + 1 < len(tokens) and tokens[index].low == "before" else None
    return after is not None and after.role in {"place", "capital", "name"}


def hemmed_in(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "3,000 soldiers are cut off in the pocket", "remain besieged in Aleppo": where a force is shut in, it is."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if not token.has("hemmed_in") or number is None or number.quantity.number < TROOP:
        return None
    serve = count.head is Head.PEOPLE and military(count.kind)
    return (
        Sense("adjective", Measure.DEPLOYED, "part", token.low) if serve and _somewhere(sentence, index + 1) else None
    )


def holds_garrison(sentence: Sentence, verb: int, count: Count) -> bool:
    """ "the old fort holds 300 riflemen": walls that are no prison's hold their garrison."""
    at = back_over(sentence.tokens, verb - 1, "adverbs", "have")
    walls = at >= 0 and sentence.tokens[at].low in _WALLS
    return walls and count.head is Head.PEOPLE and military(count.kind)


def put_there(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "5,000 soldiers have been put on the streets", "are kept at the airfield": whom an army puts there is there."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    sense = token.role("presence")
    if sense is None or sense.form not in {"part", "pastpart"} or index not in sentence.passive:
        return None
    if number is None or number.quantity.number < TROOP or sense.lemma in _CARRYING:
        return None
    military_people = count.head is Head.PEOPLE and military(count.kind)
    captive = any(t.has("wards", "home_places") for t in sentence.tokens[index + 1 : index + 7])
    there = military_people and not captive and place_follows(sentence, index + 1)
    return Sense("transitive", Measure.DEPLOYED, "part", sense.lemma) if there else None


def _soldierly(sentence: Sentence, count: Count) -> bool:
    """Soldiers, a nation's troops, or a number alone that goes on with a force."""
    if count.head is Head.PEOPLE:
        men = sentence.tokens[count.last].low == "men" and any(sentence.tokens[i].mention for i in count.modifiers)
        return military(count.kind) or men
    going_on = count.head in {Head.NONE, Head.PRONOUN, Head.NATION} and sentence.deployed
    return going_on or (count.head is Head.NATION and count.kind == "troops")


def _of_a_unit(sentence: Sentence, count: Count) -> bool:
    """ "the 600 men of the Royal Regiment of Wales": soldiers by the unit that they are of."""
    after = sentence.tokens[count.last + 1 : count.last + 7]
    return count.head is Head.PEOPLE and bool(after) and after[0].low == "of" and any(is_body(t) for t in after)


def goal(tokens: list[Token], index: int, *, departing: bool) -> bool:
    """A place behind the preposition; home and barracks are none, nor is what is gone back to."""
    back = False
    for at in range(index, min(len(tokens), index + (5 if departing else 3))):
        here = tokens[at]
        if here.low in _GOALS and _place(tokens[at + 1 : at + 5]) and (not departing or here.low == "for"):
            return not (back and here.low in {"to", "for"})
        back = back or here.low == "back"
        left = departing and (here.mention is not None or here.capital or here.has("ground", "determiners"))
        if not (here.low in _PARTICLES or here.has("adverbs") or left):
            return False
    return False


def _place(after: list[Token]) -> bool:
    while after and after[0].low == "the":
        after = after[1:]
    stop = next((i for i, t in enumerate(after) if t.low in {",", ";", ".", "and"} or t.number is not None), len(after))
    after = after[:stop]
    if not after or any(t.low in _HOME for t in after) or after[0].has("weekdays", "months"):
        return False
    named = any(t.mention is not None and t.mention.role in {"name", "place", "capital"} for t in after)
    return named or any(t.has("ground") for t in after) or after[0].capital


def _others_behind(tokens: list[Token], index: int) -> bool:
    """ "are training the Philippine army": whom they train, not that they are being trained."""
    after = tokens[index : index + 4]
    stop = next((i for i, t in enumerate(after) if t.has("prepositions") or not t.text[0].isalnum()), len(after))
    return any(is_body(t) or t.person is not None or t.mention is not None for t in after[:stop])


def busy(sentence: Sentence, count: Count, index: int) -> bool:
    """ "special forces are working with the Chadians in the north": soldiers who do anything somewhere are there."""
    tokens, at = sentence.tokens, index + 1
    while at < len(tokens) and tokens[at].has("adverbs"):
        at += 1
    verb = tokens[at] if at < len(tokens) else None
    if verb is None or not verb.low.endswith("ing") or not may_serve(count) or len(verb.low) < 6:
        return False
    teaching = verb.low == "training" and _others_behind(tokens, at + 1)
    if any(s.role in {"neutral", "say", "deny"} or s.measure not in {None, Measure.DEPLOYED} for s in verb.senses):
        return teaching and any(place_follows(sentence, i) for i in range(at + 2, min(len(tokens), at + REACH)))
    for here in range(at + 1, min(len(tokens), at + REACH)):
        token = tokens[here]
        if token.low in {",", ";", "."} or token.has("subordinators", "relatives", "be") or token.counts:
            return False
        if token.has("being_prepositions") and place_follows(sentence, here):
            return not any(t.has("wards", "unhurt") for t in tokens[at : here + 4])
    return False
