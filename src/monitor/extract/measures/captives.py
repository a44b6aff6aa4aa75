"""Captives told of without a verb of taking: shown to the press, in the hands of those who speak."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.measures.asides import TAKING
from monitor.extract.measures.frames import Frame, make, military
from monitor.extract.sentence.annotate import Sentence, back_over
from monitor.extract.sentence.phrases import Count, Head

REACH = 6
"""Tokens before the people shown in which the press stands, and behind them in which their posture does."""
_SHOWN = frozenset({"shown", "showed", "show"})


def shown_captives(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Reporters were shown 267 Iranians squatting in a store": a nation's people who are made to sit before the press
    are captives; one's own soldiers are not shown so."""
    if "captive_postures" not in sentence.tags or "press" not in sentence.tags or count.head is not Head.NATION:
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "hedge", "object_free")
    if at < 1 or tokens[at].low not in _SHOWN:
        return
    told = any(t.has("press") for t in tokens[max(0, at - REACH) : at])
    if told and any(t.has("captive_postures") for t in tokens[count.last + 1 : count.last + 1 + REACH]):
        yield make(count, Measure.CAPTURED, "active-object", 0.3, at, "left")


def held_behind_wire(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "We have in our stockades 3,400 of their conscripts": whom somebody has where prisoners are kept is one."""
    if "pens" not in sentence.tags or count.head not in {Head.PEOPLE, Head.NATION}:
        return
    tokens, at = sentence.tokens, count.first - 1
    while at > 0 and tokens[at].has("hedge", "object_free", "adverbs") and not tokens[at].has("prepositions"):
        at -= 1
    soldiers = count.head is Head.NATION or military(count.kind)
    if at < 3 or not tokens[at].has("pens") or not soldiers:
        return
    opened = next((i for i in range(at - 1, max(0, at - 4), -1) if tokens[i].low in {"in", "inside", "behind"}), None)
    if opened is not None and (tokens[opened - 1].has("have") or tokens[opened - 1].role("hold")):
        yield make(count, Measure.CAPTURED, "active-object", 0.0, opened - 1, "left")


def taken_alive(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "killed 93 bandits and took 19 alive": whoever takes them is not who is taken."""
    tokens, verb = sentence.tokens, count.first - 1
    if "alive" not in sentence.words or [t.low for t in tokens[count.last + 1 : count.last + 2]] != ["alive"]:
        return
    verb = back_over(tokens, verb, "hedge", "adverbs", "object_free")
    if verb > 0 and tokens[verb].low in TAKING and verb not in sentence.passive:
        yield make(count, Measure.CAPTURED, "active-object", -0.5, verb, "left")
