"""The people of whom a toll is told: "the number of soldiers killed rose to 81", "Soldiers killed: 14"."""

from collections.abc import Sequence

from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.annotate import POSSESSIVES, Sentence, Token
from monitor.extract.sentence.phrases import Head

_VALUED = POSSESSIVES | {"the"}
_NUMBERS = frozenset({"number", "count", "total"})
_REACH = 12
"""Tokens between the people and their number."""


def noun_of_toll(sentence: Sentence, frame: Frame) -> tuple[int, int] | None:
    """The noun in "the number of insurgents killed this year to 81", "bringing to 81 the number of insurgents": the
    range of its tokens."""
    tokens, count = sentence.tokens, frame.count
    if count.head not in {Head.NONE, Head.MEASURE}:
        return None
    if (row := _harmed_of_row(sentence, frame)) is not None:
        return row, row
    if frame.rule == "toll-link" and frame.side == "right":
        return _noun_behind(tokens, count.last + 1)
    for index in range(count.first - 1, max(1, count.first - _REACH), -1):
        if tokens[index].low in {";", ","} or tokens[index].counts:
            return None
        person = tokens[index].person
        if person is None or not person.plural or tokens[index].role("count"):
            continue
        first = index
        while tokens[first - 1].has("premodifiers") or tokens[first - 1].person is not None:
            first -= 1
        led = first - 1 if tokens[first - 1].low in POSSESSIVES else first  # "the number of its soldiers killed"
        toll = led > 1 and tokens[led - 1].low == "of" and tokens[led - 2].low in _NUMBERS
        return (first, index) if toll else None
    return None


def _harmed_of_row(sentence: Sentence, frame: Frame) -> int | None:
    """The noun in "Soldiers killed: 14", where the people stand right before what befell them."""
    at, tokens = frame.predicate, sentence.tokens
    if frame.rule not in {"toll-link", "toll-verbless"} or not at or at + 2 != frame.count.first:
        return None
    person = tokens[at - 1].person
    harmed = any(s.form in {"pastpart", "part"} for s in tokens[at].senses)
    return at - 1 if harmed and person is not None and person.plural else None


def _noun_behind(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The people of "the number of …" at `at`, behind its value, as the range of their tokens."""
    opened = [token.low for token in tokens[at : at + 3]]
    if len(opened) < 3 or opened[0] not in _VALUED or opened[1] not in _NUMBERS or opened[2] != "of":
        return None
    first = last = at + 3
    while last < len(tokens) and tokens[last].has("premodifiers") and tokens[last].person is None:
        last += 1
    told = tokens[last].person if last < len(tokens) else None
    return (first, last) if told is not None and told.plural else None
