"""Which words of a clause tell over what time one of its several numbers counts.

"The losses amount to 364,710, 1,133 of them in the past day": a window behind a part is the part's alone. "960 in one
day and 417,950 since the beginning": where each number has a time behind it, each keeps its own. "30 killed and 40
wounded in the past week": a time behind the last number only is that of them all.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from monitor.extract.sentence.annotate import Sentence
from monitor.extract.text.cues import Cue

_QUALIFIER = (
    r"(?:(?:some|about|around|approximately|nearly|almost|at\s+least|more\s+than|another|a\s+further|up\s+to)\s+)*"
)
_PART_BEFORE = Cue(
    r"(?:[(\[]\s*(?:plus|up|of\s+(?:them|whom|which))?|\bincluding|\bamong\s+them|\bof\s+(?:whom|which|these|those|them))"
    rf",?\s*[+-]?{_QUALIFIER}$",
    "(", "[", "including", "whom", "which", "these", "those", "them",
)  # fmt: skip
_PART_BEHIND = re.compile(
    r"\s*(?:[\w-]+\s+){0,2}of\s+(?:them|whom|which|these|those|that\s+(?:number|total))\b", re.IGNORECASE
)
_GROWTH = Cue(
    r"(?:(?:[,(—–]\s*|\bwent\s+|\bgone\s+)up|\bup\s+by|\b(?:increase|rise|growth|jump|addition|gain)\s+of"
    r"|\b(?:rose|risen|rises|grew|grown|grows|increased|increases|climbed|jumped|gone\s+up|went\s+up|swelled)\s+by"
    rf"|[(\[]\s*(?:\+|plus))\s*{_QUALIFIER}$",
    "up", "increase", "rise", "jump", "addition", "gain", "rose", "grew", "grow", "climbed", "swelled", "+", "plus",
)  # fmt: skip
_LOOK_BACK = 48


class Stretch(NamedTuple):
    """One number of a clause with the words behind it that are its own; offsets into the clause."""

    opened: int
    start: int
    stop: int
    part: bool


def grows_by(text: str) -> bool:
    """ "up 1,008", "an increase of 960", "rose by 960", "(plus 960)": true for the words before what came on top."""
    return _GROWTH.search(text[-_LOOK_BACK:]) is not None


def own_words(sentence: Sentence, begin: int, end: int, number: int, timed: Callable[[str], bool]) -> str:
    """The clause `begin:end` with the times of its other numbers blanked, so that offsets in it hold; `number` is where
    the number asked for stands in it, and `timed` says whether words tell of a time."""
    words = sentence.text[begin:end]
    stretches = _stretches(sentence, begin, words)
    if len(stretches) < 2:
        return words
    own = next((s for s in stretches if s.start == number), None)
    if own is None:
        return words
    if own.part and timed(words[own.start : own.stop]):
        return _only(words, own)
    for other in stretches:
        if other.part and other is not own:
            words = _without(words, other)
    whole = [s for s in stretches if not s.part]
    parted = len(whole) > 1 and "," in words[whole[0].start : whole[1].start]
    if parted and timed(words[: whole[0].start]):  # "In the past week 266 were killed, and 642 since the war began"
        first, whole[0] = whole[0], whole[0]._replace(start=0)
        own = whole[0] if own is first else own
    if own in whole and len(whole) > 1 and all(timed(words[s.start : s.stop]) for s in whole):
        return _only(words, own)
    return words


def _stretches(sentence: Sentence, begin: int, words: str) -> list[Stretch]:
    counts = [
        (t.start - begin, t.end - begin)
        for t in sentence.tokens
        if t.counts and begin <= t.start and t.end - begin <= len(words)
    ]
    found: list[Stretch] = []
    for place, (start, end) in enumerate(counts if len(counts) > 1 else ()):  # one alone has the whole clause
        after = counts[place + 1][0] if place + 1 < len(counts) else len(words)
        before = words[max(0, start - _LOOK_BACK) : start]
        opening = _PART_BEFORE.search(before) or _GROWTH.search(before)
        part = opening is not None or (place > 0 and _PART_BEHIND.match(words, end) is not None)
        opened = start - len(before) + opening.start() if opening is not None else start
        found.append(Stretch(opened, start, _stop(words, opened, end, after) if part else after, part))
    return found


def _stop(words: str, opened: int, end: int, after: int) -> int:
    """Where a part's words end: at its bracket, else at the next comma, else at the next number."""
    mark = ")" if words[opened] in "([" else ","
    closed = words.find(mark, end, after)
    return closed if closed >= 0 else after


def _without(words: str, part: Stretch) -> str:
    return words[: part.opened] + " " * (part.stop - part.opened) + words[part.stop :]


def _only(words: str, own: Stretch) -> str:
    return " " * own.start + words[own.start : own.stop] + " " * (len(words) - own.stop)
