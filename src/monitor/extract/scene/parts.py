"""Places that only a part of the counted has: "killed 40 in Darfur, including 12 in El Fasher" leaves 40 in Darfur."""

from collections.abc import Sequence

from monitor.extract.measures.frames import Frame
from monitor.extract.scene.context import Context
from monitor.extract.scene.spots import Spot
from monitor.extract.sentence.annotate import Token, back_over

_AT = frozenset({"in", "at", "near", "around", "outside"})
_THEM = frozenset({"them", "whom", "those", "these", "which"})
_REACH = 4
"""Tokens of a phrase of place up to its name: "in the northern city of Aleppo"."""


def without_parts(found: Sequence[Spot], tokens: Sequence[Token], frame: Frame, context: Context) -> list[Spot]:
    """The places without those of parts told of behind the figure, where a larger one is named for the whole.

    A part without a noun of its own is told from the whole by its place alone; of "40 people, including 12 children in
    El Fasher" all may have been there.
    """
    parts = [i for i in range(frame.count.last + 1, len(tokens)) if tokens[i].counts]
    if not parts or len(found) < 2:
        return list(found)
    fronted = frame.count.first > 0 and _of_the(tokens, frame.count.first)
    own = [spot for spot in found if any(_belongs(tokens, part, spot.at, fronted=fronted) for part in parts)]
    outer = [spot for spot in found if spot not in own]
    inner = [s for s in own if any(o.at < s.at and context.lexicon.contains(o.name, s.name) for o in outer)]
    return [spot for spot in found if spot not in inner]


def _of_the(tokens: Sequence[Token], first: int) -> bool:
    """ "Of the 1,532 killed across the country, 912 …": the whole opens the clause."""
    at = back_over(tokens, first - 1, "determiners", "hedge", "adverbs")
    return tokens[at].low == "of" and (at == 0 or tokens[at - 1].low in {".", ",", ";", '"', ":"})


def _belongs(tokens: Sequence[Token], part: int, place: int, *, fronted: bool) -> bool:
    """ "including 17 in Bakhmut", "30 of whom died in Aleppo": the place stands right behind the number of a part."""
    at, them = part + 1, False
    if place <= at:
        return False
    if tokens[at].low == "of" and tokens[at + 1].low in _THEM:
        at, them = at + 2, True
    while at < place and (tokens[at].has("be", "have", "adverbs") or (them and _harm(tokens[at]))):
        at += 1
    between = tokens[at + 1 : place]
    if at >= place or tokens[at].low not in _AT or len(between) > _REACH or any(_parts(t) for t in between):
        return False
    return them or _marked(tokens, part) or (fronted and tokens[part + 1].has("be"))


def _marked(tokens: Sequence[Token], part: int) -> bool:
    """ "including at least 12", "of whom 30": what stands before the number says that it is of a part."""
    at = part - 1
    while at > 0 and tokens[at].has("hedge", "adverbs", "object_free") and not tokens[at].has("including"):
        at -= 1
    return tokens[at].has("including") or (at > 0 and tokens[at].low in _THEM and tokens[at - 1].low == "of")


def _harm(token: Token) -> bool:
    return any(s.measure is not None and s.form for s in token.senses)


def _parts(token: Token) -> bool:
    """ "12 at a wedding in El Fasher": there all of them may have been killed."""
    return token.low in {",", ";", *_AT} or token.counts or token.has("be", "have", "subordinators", "relatives")
