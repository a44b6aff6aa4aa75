"""Sentences of a normalised text as spans, without a model: a full stop, what follows it, and a list of abbreviations.

Every line is at most one run of sentences: headlines, bullets and bold lines end where their line ends. A dateline
("SEOUL, Oct 18 (Northwire) -") is no sentence of its own and no part of one. Semicolons do not part sentences.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from monitor.extract.lexicon.wordlists import read_data

SENTENCE_CAP = 1_500
"""Characters; a longer sentence is cut at a space, so that every rule's work on one sentence is bounded."""
ARTICLE_CAP = 200_000
"""Characters; what lies behind is not read."""
HEADLINE_WORDS = 22
"""A line with more words than this and no full stop is a sentence that lost its stop, not a headline."""


class Sentence(NamedTuple):
    """`start:end` is a slice of the text without surrounding blanks. `kind` is "text", "headline", "bullet" or "row".

    `dateline` is the span of the place that the text was filed from, or of the day alone (within the same line), where
    one stood before.
    `paragraph` counts the lines of the text that hold something, from 0.
    """

    start: int
    end: int
    kind: str
    paragraph: int
    dateline: tuple[int, int] | None = None


# Both branches begin behind one stop, so that the search leaps from stop to stop. A run of stops is tried from its
# first one only, else each stop of a long run would be tried to the run's end. `tight` is "ended.Then".
_STOP = re.compile(r"[.!?](?:(?<![.!?][.!?])[.!?]*[\"')\]]{0,3}(?=\s|$)|(?P<tight>(?<=[a-z\d][.!?])(?=[A-Z][a-z])))")
_LEAD = re.compile(r"[ \t]*(?:[*•·▪◦‣–>#|-]{1,6}[ \t]*|\d{1,2}[.)][ \t]+|\(\d{1,2}\)[ \t]+)?")
_BOLD = re.compile(r"\*\*[^*\n]{1,400}\*\*\s*$")
_MARKED = re.compile(r"[•·▪◦‣*-][ \t]")
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATELINE = re.compile(
    r"(?:(?P<place>[A-Z][A-Z .'/-]{2,40}|[A-Z][\w.'-]{2,20}(?: [A-Z][\w.'-]{2,20}){0,2})"
    r"(?P<country>, [A-Z][\w .']{2,30}?)?"
    rf"(?:,? {_DATE})?|(?P<day>{_DATE})(?= ?[(\[]))"
    r"(?: ?\([\w ./&-]{2,40}\)| \[[\w ./&-]{2,40}\])?"
    r" ?(?:--|-|—|:) ?(?=[\"'A-Z\d])"
)
_WORD_CAP = 31
"""Letters; of a longer word before a stop only the end is looked at."""
_LAST_WORD = re.compile(rf"([^\W\d_](?:[\w.&'-]{{0,{_WORD_CAP - 1}}}))\.$")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = read_data("abbreviations.yaml")
    return frozenset(data["never_end"]), frozenset(data["may_end"])


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a normalised text in order, none overlapping, none empty, none longer than SENTENCE_CAP."""
    found: list[Sentence] = []
    offset, paragraph = 0, 0
    for line in text[:ARTICLE_CAP].split("\n"):
        sentences = list(_line(line, offset, paragraph, first=not found))
        found.extend(sentences)
        paragraph += bool(sentences)
        offset += len(line) + 1
    return found


def _line(line: str, offset: int, paragraph: int, *, first: bool) -> Iterator[Sentence]:
    stripped = line.strip()
    if not stripped:
        return
    start, end = _bare(line)
    if start >= end:
        return
    dateline = _DATELINE.match(line, start, min(end, start + 160))
    place: tuple[int, int] | None = None
    if dateline and _is_dateline(dateline):
        named = "place" if dateline["place"] else "day"
        begin = offset + dateline.start(named)
        place = begin, begin + len(dateline[named].rstrip())
        start = dateline.end()
    kind = _kind(line, start, end, first=first and place is None)
    for low, high in _spans(line, start, end):
        yield Sentence(offset + low, offset + high, kind, paragraph, place)


def _bare(line: str) -> tuple[int, int]:
    """The line without its bullet, numbering, bold marks and blanks."""
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    end = len(line.rstrip(" \t*"))
    return (start, end) if start < end else (0, 0)


def _is_dateline(match: re.Match[str]) -> bool:
    """Capitals ("SEOUL -"), or a place or a date with an agency; "Kharkiv - 3 dead" is a row of a list."""
    place = match["place"] or ""
    return (place.isupper() and len(place) > 3) or "(" in match.group()


def _kind(line: str, start: int, end: int, *, first: bool) -> str:
    stripped = line.strip()
    if _BOLD.match(stripped):
        return "headline"
    body = line[start:end]
    if _MARKED.match(stripped):
        return "bullet"
    stopped = body.rstrip("\"')]").endswith((".", "!", "?", ",", ";"))
    if "|" in body or "\t" in body:
        return "row"
    if not stopped and len(body.split()) <= HEADLINE_WORDS and (first or body[:1].isupper()):
        return "headline"
    return "text"


def _spans(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of the line that end where a sentence does, capped, without the blanks around them."""
    low = start
    for stop in _STOP.finditer(line, start, end):
        behind = stop.end()
        if behind < end and stop["tight"] is None and not _ends(line, low, stop):
            continue
        yield from _capped(line, low, behind)
        low = behind
    if low < end:
        yield from _capped(line, low, end)


def _ends(line: str, low: int, stop: re.Match[str]) -> bool:
    """True when the stop ends a sentence: no abbreviation before it, and something that can begin one behind."""
    begin, end = stop.span()
    following = line[end : end + 40].lstrip()
    opener = following.lstrip("\"'([*")[:1]
    if not opener or opener.islower():
        return not opener
    mark = line[begin]
    if mark != "." or line.startswith("..", begin, end):
        return opener.isupper() or opener.isdigit() or mark != "."
    near = max(low, begin - 32)
    behind_blank = max(near, line.rfind(" ", near, begin) + 1)  # spares the search the words before
    last = line[behind_blank:begin]
    if last.isalpha() and len(last) < _WORD_CAP:  # nearly always: what the pattern would find
        return _word_ends(last, opener, following)
    word = _LAST_WORD.search(line, behind_blank, begin + 1)
    return word is None or _word_ends(word.group(1), opener, following)


def _word_ends(word: str, opener: str, following: str) -> bool:
    never, maybe = _abbreviations()
    plain = word.lower().rstrip(".")
    if plain in never:
        return False
    if plain in maybe or ("." in word and len(plain) <= 9):
        return not opener.isdigit() and _starts_sentence(following)
    if len(plain) == 1 and word.isupper():  # an initial: "J. Smith"
        return word == "I"
    return True


def _starts_sentence(following: str) -> bool:
    """After "U.S." or "p.m.", only a word that begins sentences tells a new one from a name."""
    first = following.lstrip("\"'([*").split(" ", 1)[0].strip(",.;:'\"")
    return first in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(read_data("abbreviations.yaml")["sentence_openers"])


def _capped(line: str, low: int, high: int) -> Sequence[tuple[int, int]]:
    if high - low > SENTENCE_CAP:
        return [(start, end) for start, end in _cut(line, low, high) if start < end]
    start, end = _trimmed(line, low, high)
    return ((start, end),) if start < end else ()


def _cut(line: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    while high - low > SENTENCE_CAP:
        cut = line.rfind(" ", low + SENTENCE_CAP // 2, low + SENTENCE_CAP)
        cut = cut if cut > low else low + SENTENCE_CAP
        yield _trimmed(line, low, cut)
        low = cut
    yield _trimmed(line, low, high)


def _trimmed(line: str, low: int, high: int) -> tuple[int, int]:
    """The slice without the blanks around it."""
    body = line[low:high]
    return low + len(body) - len(body.lstrip()), low + len(body.rstrip())
