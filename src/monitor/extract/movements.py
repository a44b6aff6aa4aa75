"""Forces that go somewhere, or do something there: "marines head for Beirut", "are working in the north"."""

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence, Token
from monitor.extract.frames import can_deploy, military
from monitor.extract.phrases import Count, Head
from monitor.extract.places_ahead import place_follows
from monitor.extract.words import Sense

TROOP = 20
"""Fewer men who go somewhere are travellers."""
REACH = 9
"""Tokens behind "are patrolling" in which the place may stand."""
_GOALS = frozenset({"into", "to", "for", "towards", "toward", "on", "onto", "across", "through", "over", "up"})
_PARTICLES = frozenset({"back", "on", "up", "down", "over", "across", "forward", "in", "out", "deep", "off", "ahead"})
_HOLDING = frozenset({"hold", "held", "holding", "control", "controlled", "controlling", "occupy", "occupied"})
_HOME = frozenset({"home", "barracks", "base", "bases", "camp", "camps", "villages"})


def moves(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "moved back into Hama", "left Nairobi for Haiti": a verb of motion with the place where it goes."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if number is None or not token.has("motion", "departing") or number.quantity.number < TROOP:
        return None
    if not (can_deploy(sentence, count) and _serve(count)):
        return None
    if not _goal(sentence.tokens, index + 1, departing=token.has("departing")):
        return None
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low)


def holds(sentence: Sentence, count: Count, index: int) -> Sense | None:
    """ "130,000 Soviet troops hold the towns": who holds ground stands on it; who holds people has captives."""
    token, number = sentence.tokens[index], sentence.tokens[count.number].number
    if token.low not in _HOLDING or number is None or number.quantity.number < TROOP or index in sentence.passive:
        return None
    after = sentence.tokens[index + 1 : index + 4]
    while after and after[0].has("determiners", "adverbs", "adjectives"):
        after = after[1:]
    named = bool(after) and after[0].mention is not None and after[0].mention.role in {"name", "place", "capital"}
    ground = bool(after) and (after[0].has("ground") or named)
    if not (ground and can_deploy(sentence, count) and _serve(count)):
        return None
    return Sense("intransitive", Measure.DEPLOYED, "past", token.low)


def _serve(count: Count) -> bool:
    return count.head is Head.NATION or (count.head is Head.PEOPLE and military(count.kind))


def _goal(tokens: list[Token], index: int, *, departing: bool) -> bool:
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
    stop = next((i for i, t in enumerate(after) if t.low in {",", ";", ".", "and"} or t.number is not None), len(after))
    after = after[:stop]
    if not after or any(t.low in _HOME for t in after) or after[0].has("weekdays", "months"):
        return False
    named = any(t.mention is not None and t.mention.role in {"name", "place", "capital"} for t in after)
    return named or any(t.has("ground") for t in after) or after[0].capital


def busy(sentence: Sentence, count: Count, index: int) -> bool:
    """ "special forces are working with the Chadians in the north": soldiers who do anything somewhere are there."""
    tokens, at = sentence.tokens, index + 1
    while at < len(tokens) and tokens[at].has("adverbs"):
        at += 1
    verb = tokens[at] if at < len(tokens) else None
    if verb is None or not verb.low.endswith("ing") or not _serve(count) or len(verb.low) < 6:
        return False
    if any(s.role in {"neutral", "say", "deny"} or s.measure not in {None, Measure.DEPLOYED} for s in verb.senses):
        return False
    for here in range(at + 1, min(len(tokens), at + REACH)):
        token = tokens[here]
        if token.low in {",", ";", "."} or token.has("subordinators", "relatives", "be") or token.counts:
            return False
        if token.has("being_prepositions") and place_follows(sentence, here):
            return not any(t.has("wards", "unhurt") for t in tokens[at : here + 4])
    return False
