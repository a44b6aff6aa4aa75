"""When: the clause of a figure, and the date that the text ties to what it counts."""

import re
from datetime import date, timedelta

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence
from monitor.extract.frames import Frame

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH, DAY = "|".join(MONTHS), "|".join(WEEKDAYS)
SAID = r"said|says|told|reported|announced|confirmed|claimed|denied|statement|wrote|spoke|admitted|added|put|believes"


def any_case(pattern: str) -> re.Pattern[str]:
    """The pattern for small and capital letters alike."""
    return re.compile(pattern, re.IGNORECASE)


_YEAR = r"(?:,?\s+(?P<y>(?:19|20)\d\d))?"
_ON_DATE = any_case(
    rf"\b(?:on|of|at)\s+(?:the\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{MONTH})"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b{_YEAR}"
)
_SAID_ON = any_case(r"\b(?:said|says|told|reported|announced|statement)\W+(?:\w+\W+){0,2}$")
_WEEKDAY = any_case(rf"\b(?:on|by|late|early|last|this)\s+(?:(?:late|early|last)\s+)?(?P<w>{DAY})\b")
_BY_DAY = any_case(rf"\bby\s+(?P<w>{DAY})\b")
_OF_EVENT = any_case(rf"\b(?P<w>{DAY})'s\b|\b(?P<v>yesterday)'s\b")
"""A day that owns the event says its date wherever it stands: "the toll from Friday's strike"."""
_SAYING_AFTER = any_case(
    r"\W*(?:that|denied|said|put|told|announced|raised|lowered|revised|updated|cut|gave|counted|recorded|listed)\b"
)
_SAYING_BEFORE = any_case(rf"\b(?:{SAID})\b[^,;]*$")
_OWNED_SAYING = any_case(
    r"\s+(?:\w+\s+)?(?:statement|briefing|report|update|speech|announcement|bulletin|edition|count)\b"
)
_SINCE = any_case(r"\bsince\s[^,;]*$")
_ANY_DAY = re.compile(rf"day|night|{'|'.join(month[:3] for month in MONTHS)}")
"""What every date holds; in lower case."""
_YESTERDAY = any_case(r"\b(?P<v>yesterday|last\s+night)\b")


def clause(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """Offsets of the part of the sentence between semicolons and line ends around the figure."""
    text, at = sentence.text, sentence.tokens[frame.count.number].start
    begin = max(text.rfind(mark, sentence.start, at) for mark in (";", "\n", "•"))
    ends = [p for mark in (";", "\n", "•") if (p := text.find(mark, at, sentence.end)) >= 0]
    return (begin + 1 if begin >= 0 else sentence.start), min(ends, default=sentence.end)


def as_of(sentence: Sentence, frame: Frame, published: date | None) -> date | None:
    """The date that the text ties to the event, resolved against the date of publication."""
    if published is None:
        return None
    begin, end = clause(sentence, frame)
    words = sentence.text[begin:end]
    if frame.measure is Measure.DEPLOYED:
        return _reached_by(words, sentence.tokens[frame.count.number].start - begin, published)
    return event_date(words, published) or event_date(sentence.text[sentence.start : begin], published)


def _reached_by(words: str, number: int, published: date) -> date | None:
    """ "1,650 had arrived by Thursday": of troops only the day by which so many were there is theirs."""
    match = _BY_DAY.search(words, number)
    return _last(match["w"], published) if match is not None else None


def event_date(words: str, published: date) -> date | None:
    """The date in these words that is one of an event, not of saying; None where there is none."""
    if not _ANY_DAY.search(words.lower()):
        return None
    owned = _owned(words, published)
    if owned is not None:
        return owned
    match = _ON_DATE.search(words)
    if match is not None and not _SAID_ON.search(words[: match.start()]) and not _SINCE.search(words[: match.start()]):
        return _absolute(match, published)
    return _weekday(words, published)


def _owned(words: str, published: date) -> date | None:
    for match in _OF_EVENT.finditer(words):
        if _OWNED_SAYING.match(words, match.end()):
            continue
        return published - timedelta(days=1) if match["v"] else _last(match["w"], published)
    return None


def _absolute(match: re.Match[str], published: date) -> date | None:
    """ "29 August": of the year of publication, else of the year before where that day was still to come."""
    years = (int(match["y"]),) if match["y"] else (published.year, published.year - 1)
    month, day = match["m"] or match["m2"], match["d"] or match["d2"]
    for year in years:
        try:
            found = date(year, MONTHS.index(month.lower()) + 1, int(day))
        except ValueError:
            continue
        if match["y"] or found <= published:
            return found
    return None


def _weekday(words: str, published: date) -> date | None:
    """ "fell in Beit Hanoun on Monday": the last such day before or on publication; not the day of saying."""
    for match in _WEEKDAY.finditer(words):
        before = words[: match.start()]
        if _SAYING_BEFORE.search(before) or _SAYING_AFTER.match(words, match.end()) or _SINCE.search(before):
            continue
        return _last(match["w"], published)
    lately = _YESTERDAY.search(words)
    before = words[: lately.start()] if lately is not None else ""
    if lately is None or _SAYING_BEFORE.search(before) or _SINCE.search(before):
        return None
    return published - timedelta(days=1)


def _last(weekday: str, published: date) -> date:
    return published - timedelta(days=(published.weekday() - WEEKDAYS.index(weekday.lower())) % 7)
