"""Line ends that only a full line made: those of mails, wires and text files wrapped at some width.

A line end is a blank where the sentence plainly goes on behind it: the next line begins small, or this one ends with a
word that ends no sentence ("were", "the", "at least"). Once a text has shown so how wide its lines are, every line
that had no room for the next word was wrapped as well, whatever that word is. Lists, tables, headings, quoted speech
by line and rows of labels have line ends of their own and keep them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from monitor.extract.lexicon.wordlists import read_data

NARROWEST = 40
"""Columns; in a narrower text a line's length tells nothing: rows and verses are as short."""
GREETING = 30
"""Columns; a shorter line that ends with a comma may be a greeting or an item."""
FILLED = 45
"""Columns from which a paragraph whose lines all are full is taken for wrapped, whatever its lines begin with."""
HEADLINE = 60
"""Columns; a shorter first line before a number may be a headline with its sentence."""
WIDEST = 140
"""Columns; nobody wraps a text wider, such lines are paragraphs."""

_QUOTED = re.compile(r"[ \t]*(?:> ?)*")
_MARK = re.compile(r"(?:[*•·▪◦‣|#+]|[-–—][ \t]|\(?(?:\d{1,2}|[a-z])[.)][ \t]|\d{1,2}[:.]\d{2}\b|={3}|-{2}|_{3})")
_LABEL = re.compile(
    r"[^\s:.]+(?: [^\s:.]+){0,4}?(?:(?<!said)(?<!says)(?<!added)(?<!reported):(?=\s|$)| [-–—=] ?(?:[a-z]+ ){0,2}\d)",
    re.IGNORECASE,
)
_ROW = re.compile(r"[^\d.!?]{1,40}\d[\d,.  ]*(?:\([^()]{1,20}\))?[,;]?")
_BYLINE = re.compile(r"(?i:by|from)(?: [A-Z][\w.'’-]*){1,4}")
_TABLE = re.compile(r"\||\S {3,}\S")
_BARE = re.compile(r"\d[\d,.]*[.!?]")
_ENDED = re.compile(r"(?:[.!?…][\"'”’)\]]*|:|\*\*)$")
_STOPPED = re.compile(r"[.!?…][\"'”’)\]]*$")


@cache
def _unfinished() -> frozenset[str]:
    """What no line of its own ends with: words that want another, titles and months with their full stop."""
    data = read_data("abbreviations.yaml")
    return frozenset((*data["never_last"], *(f"{word}." for word in data["never_end"])))


@cache
def _openers() -> frozenset[str]:
    return frozenset(read_data("abbreviations.yaml")["sentence_openers"])


class _Line:
    """A line's place in the text and its words, without blanks, tags of quotation and what else is no word of it."""

    __slots__ = ("end", "start", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        lead = _QUOTED.match(text, start, end)
        self.start = lead.end() if lead else start
        self.words = text[self.start : end].rstrip()
        self.end = self.start + len(self.words)

    @property
    def label(self) -> bool:
        """True for a row that begins with what it counts: "Security forces: 332 killed", "tanks - 10,933"."""
        return _LABEL.match(self.words) is not None

    @property
    def item(self) -> bool:
        """True for a line that begins something of its own: a list's item, a byline."""
        return _MARK.match(self.words) is not None or _BYLINE.fullmatch(self.words) is not None


def line_ends(text: str) -> Iterator[tuple[int, int, str]]:
    """The line ends of a normalised text that are to be read as a blank: `start:end` with the next line's indent, and
    the blank (none behind a hyphen that joins). Time linear in the length."""
    blocks = [block for block in _blocks(text) if len(block) > 1] if "\n" in text else []
    breaks = [_breaks(block) for block in blocks]
    width = max((_shown(block, judged) for block, judged in zip(blocks, breaks, strict=True)), default=0)
    for block, judged in zip(blocks, breaks, strict=True):
        column = width if NARROWEST <= width <= WIDEST else _filled(block, judged)
        if _STOPPED.search(block[-1].words) is None:
            column = 0
        for line, behind, goes_on in zip(block, block[1:], judged, strict=False):
            if goes_on or (goes_on is None and column and _full(line, behind, column)):
                yield line.end, behind.start, _joint(line.words, behind.words)


def _shown(block: Sequence[_Line], judged: Sequence[bool | None]) -> int:
    """The longest line that goes on behind its end by its words: how wide the text is, 0 where none shows it."""
    return max((len(line.words) for line, goes_on in zip(block, judged, strict=False) if goes_on), default=0)


def _filled(block: Sequence[_Line], judged: Sequence[bool | None]) -> int:
    """The width of lines that all are full and of which none is followed by what begins a sentence, else 0."""
    width = max(len(line.words) for line in block)
    if not FILLED <= width <= WIDEST or False in judged:
        return 0
    for line, behind in pairwise(block):
        first = behind.words.split(" ", 1)[0]
        short = len(block) == 2 and len(line.words) < HEADLINE and first[0].isdigit()
        begins = _ENDED.search(line.words) is None and (first.strip(",;\"'") in _openers() or short)
        if begins or not _full(line, behind, width):
            return 0
    return width


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without an empty one, or one that is a paragraph by itself, between them."""
    block: list[_Line] = []
    start = 0
    for written in (*text.split("\n"), ""):
        line = _Line(text, start, start + len(written)) if len(written) <= 2 * WIDEST else None
        start += len(written) + 1
        if line is not None and line.words:
            block.append(line)
        elif block:
            yield block
            block = []


def _breaks(block: Sequence[_Line]) -> list[bool | None]:
    cased = _cased(block)
    return [_judged(block, at, cased=cased) for at in range(len(block) - 1)]


def _judged(block: Sequence[_Line], at: int, *, cased: bool) -> bool | None:
    """True where the words alone say that the sentence goes on behind the line end, False where it can't; None where
    only the width of the lines can tell."""
    line, behind = block[at], block[at + 1]
    if _TABLE.search(line.words) or _TABLE.search(behind.words) or _in_rows(block, at):
        return False
    last = line.words.rsplit(" ", 1)[-1].lower()
    if last in _unfinished():
        return True
    if behind.item or (behind.label and (line.label or line.words.endswith(":") or not behind.words[0].islower())):
        return False
    if (line.words.endswith(",") and len(line.words) > GREETING) or (
        _BARE.fullmatch(behind.words) and not _ENDED.search(line.words)
    ):
        return True
    if _ENDED.search(line.words) or not behind.words[0].islower():
        return None
    return True if cased else None


def _cased(block: Sequence[_Line]) -> bool:
    """True where a small letter tells that a sentence goes on: not in rows that have neither capitals nor stops."""
    return any(not one.words.islower() for one in block) or _STOPPED.search(block[-1].words) is not None


def _in_rows(block: Sequence[_Line], at: int) -> bool:
    """True where the line before or behind is one of several short rows that end with a number."""
    rows = [_ROW.fullmatch(line.words) is not None for line in block[max(0, at - 1) : at + 3]]
    return any(one and other for one, other in pairwise(rows))


def _full(line: _Line, behind: _Line, width: int) -> bool:
    """True where the next word had no room left in a text so wide."""
    return len(line.words) <= WIDEST and len(line.words) + 1 + len(behind.words.split(" ", 1)[0]) > width


def _joint(words: str, behind: str) -> str:
    hyphened = len(words) > 1 and words[-1] == "-" and words[-2].isalnum() and behind[0].isalnum()
    return "" if hyphened else " "
