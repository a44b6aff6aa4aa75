"""Scope, window and as-of date: over what time a figure counts."""

import re
from datetime import date, timedelta

from monitor.domain.claims import Measure, Scope
from monitor.extract.annotate import Sentence
from monitor.extract.frames import Frame

FEW = 150
"""More people than this seldom fall at one spot without the text saying how."""
UNKNOWN_WINDOW = 0
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a few": 3, "several": 3, "few": 3, "couple of": 2, "twelve": 12, "twenty-four": 24} | {
    word: value
    for value, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_UNITS = {
    "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "weekend": 2, "fortnight": 14, "month": 30, "quarter": 91,
    "year": 365, "season": 91,
}  # fmt: skip
_FIXED = {"alone": 1, "daily": 1, "weekly": 7, "monthly": 30, "annually": 365, "annual": 365}
_MONTH, _DAY, _UNIT = "|".join(_MONTHS), "|".join(_WEEKDAYS), "|".join(_UNITS)
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LAST = r"past|last|latest|previous|preceding|first|space\s+of|course\s+of|same|next"
_SAID = r"said|says|told|reported|announced|confirmed|claimed|denied|statement|wrote|spoke|admitted|added|put|believes"
_COUNTED = r"soldiers|people|men|troops|casualties|losses|civilians|lives"
_RATED = r"loss|losses|casualt|death|toll|average|rate|tally|count|figure"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "in the past week", "over the last 24 hours", "in two days", "within three days"
    ("window", _words(
        rf"\b(?:in|over|during|within|for|of)\s+(?:(?:just|only)\s+)?(?:(?:the|a|its)\s+)?(?:{_LAST})?\s*"
        rf"(?:{_COUNT}[\s-]+)?(?:single\s+)?(?P<u>{_UNIT})s?\b(?!-)"
    )),
    ("window", _words(rf"\b(?:the|this)\s+(?:past|last|previous)\s+(?:{_COUNT}[\s-]+)?(?P<u>{_UNIT})s?\b")),
    ("window", _words(r"\bthis\s+(?P<u>week|weekend|month|year|season)\b")),
    ("window", _words(r"\b(?:over|at|during)\s+the\s+(?P<u>weekend)\b")),
    # "a day", "per day", "every single day", "daily", "a month on average"
    ("daily", _words(rf"\bon\s+(?:{_DAY})\s+(?P<u>alone)\b")),
    ("rate", _words(r"\b(?:per|every|each)\s+(?:single\s+)?(?P<u>day|night|week|month|year|hour)\b")),
    ("rate", _words(
        r"(?<=[a-z0-9,])\s+an?\s+(?P<u>day|night|week|month|hour)\b(?!\s+(?:ago|after|before|earlier|later|of|when))"
    )),
    ("daily", _words(rf"\b(?P<u>daily|weekly|monthly|annual)\s+(?:\w+\s+)?(?:{_RATED})")),
    ("daily", _words(rf"(?:{_COUNTED})\s+(?P<u>daily|weekly|monthly|annually)\b")),
    # "in January", "between 26 and 30 January", "since 6 March", "in 2024"
    ("month", _words(
        rf"\b(?:in|during|throughout|for)\s+(?:all\s+of\s+)?(?:early\s+|late\s+|mid-)?(?:{_MONTH})"
        rf"(?:\s+and\s+(?:{_MONTH}))?\b(?!\s+\d{{1,2}}\b(?!\d))"
    )),
    ("between", _words(rf"\bbetween\s+\d{{1,2}}\s+(?:(?:{_MONTH})\s+)?and\s+\d{{1,2}}\s+(?:{_MONTH})\b")),
    ("since", _words(
        rf"\bsince\s+(?:last\s+)?(?:\d{{1,2}}\s+(?:{_MONTH})|(?:{_MONTH})\s+\d{{1,2}}\b(?!\d)|{_DAY}|yesterday)\b"
    )),
    ("year", _words(r"\b(?:in|during|throughout)\s+(?:19|20)\d\d\b")),
    ("window", _words(r"\b(?:so\s+far\s+this|already\s+this)\s+(?P<u>week|month|year)\b")),
)  # fmt: skip
_SINCE_START = _words(r"\bsince\s+(?:they|it|he|she|being|its|their|the|russia|ukraine|israel|hamas|fighting)\b")
_TOTAL = _words(
    r"\bsince (?:the|(?:19|20)\d\d|its|their|being|they|he|fighting|war|last|early|mid|late)\b"
    r"|\b(?:so far|to date|in all)\b"
    r"|\bin total\b|\b(?:during|in|of) the (?:war|conflict)\b|\bthe war (?:has|took|began)\b|\boverall\b|\bfull-scale\b"
    rf"|\bsince (?:{_MONTH})\b|\byears? of\b|\bcampaign|\boffensive|-year|-month"
)
_SPOT = re.compile(r"\b(?:[Nn]ear|[Aa]t|[Oo]utside|[Ii]n)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}[A-Z]")
_ADDING_UP = _words(
    r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered)|\b(?:fighting|war|conflict|battle for)\b"
)
_RAISING = _words(r",\s+(?:taking|bringing|raising|pushing|lifting|putting)\b")
_SAID_BEFORE = _words(rf"\b(?:{_SAID}|estimated|stated|warned)\s+(?:(?:earlier|later|late|early|on|just)\s+)*$")
_DAY_OF_EVENT = _words(rf"\b(?:on|at|by|late on|early on)\s+(?:{_DAY})\b")
_DAY_OF_SAYING = _words(rf"\b(?:said|says|told|reported|announced|confirmed|claimed)\b[^,;]*\b(?:{_DAY})\b")
_ON_DATE = _words(rf"\b(?:on|of|at)\s+(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH})(?:\s+(?P<y>(?:19|20)\d\d))?\b")
_SAID_ON = _words(r"\b(?:said|says|told|reported|announced|statement)\W+(?:\w+\W+){0,2}$")
_WEEKDAY = _words(rf"\b(?:on|by|late|early)\s+(?P<w>{_DAY})\b")
_SAYING_AFTER = _words(r"\W*(?:that|denied|said|put)\b")
_SAYING_BEFORE = _words(rf"\b(?:{_SAID})\b[^,;]*$")


def clause(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """Offsets of the part of the sentence between semicolons and line ends around the figure."""
    text, at = sentence.text, sentence.tokens[frame.count.number].start
    begin = max(text.rfind(mark, sentence.start, at) for mark in (";", "\n", "•"))
    ends = [p for mark in (";", "\n", "•") if (p := text.find(mark, at, sentence.end)) >= 0]
    return (begin + 1 if begin >= 0 else sentence.start), min(ends, default=sentence.end)


# --- scope


def scope_of(sentence: Sentence, frame: Frame) -> tuple[Scope, int | None]:
    """Cumulative, period with the days of its window (None when unknown), or incident."""
    if frame.measure is Measure.DEPLOYED:
        return Scope.CUMULATIVE, None
    begin, end = clause(sentence, frame)
    words = sentence.text[begin:end]
    if _SINCE_START.search(words):
        return Scope.CUMULATIVE, None
    window = _period(_own_words(sentence, frame, words, begin))
    if window is not None:
        return Scope.PERIOD, window or None
    if _TOTAL.search(words):
        return Scope.CUMULATIVE, None
    return (Scope.INCIDENT if _is_incident(sentence, frame, words) else Scope.CUMULATIVE), None


def _is_incident(sentence: Sentence, frame: Frame, words: str) -> bool:
    """A strike or clash is named, a day is, or few people fell at one spot and nothing adds up."""
    if any(token.has("incident") for token in sentence.tokens):
        return True
    if frame.measure in {Measure.DEPLOYED, Measure.CASUALTIES}:
        return False
    dated = frame.measure in {Measure.KILLED, Measure.WOUNDED} and _DAY_OF_EVENT.search(words)
    if dated and not _DAY_OF_SAYING.search(words):
        return True
    number = sentence.tokens[frame.count.number].number
    few = number is not None and number.quantity.number <= FEW
    return few and _SPOT.search(words) is not None and _ADDING_UP.search(words) is None


def _own_words(sentence: Sentence, frame: Frame, words: str, begin: int) -> str:
    """The words without ", taking the number killed this year to 81", which counts over another time."""
    number = sentence.tokens[frame.count.number].start - begin
    match = _RAISING.search(words)
    if match is None:
        return words
    return words[: match.start()] if number < match.start() else words[match.start() :]


def _period(words: str) -> int | None:
    """The window in days, UNKNOWN_WINDOW where none can be told; None when the words tell of no period."""
    for name, pattern in _PERIODS:
        for match in pattern.finditer(words):
            if not _SAID_BEFORE.search(words[max(0, match.start() - 40) : match.start()]):
                return _window(name, match)
    return None


def _window(name: str, match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    unit, count = (groups.get("u") or "").lower(), (groups.get("n") or "").lower()
    if unit in _FIXED:
        return _FIXED[unit]
    if not unit:
        return {"month": 30, "year": 365}.get(name, UNKNOWN_WINDOW)
    if unit == "year" and count:
        return None  # "in 14 years of war" counts a whole
    many = int(count) if count.isdigit() else _NUMBERS.get(count, 1)
    return max(1, round(many * _UNITS[unit]))


# --- as-of dates


def as_of(sentence: Sentence, frame: Frame, published: date | None) -> date | None:
    """The date that the text ties to the event, resolved against the date of publication."""
    if published is None or frame.measure is Measure.DEPLOYED:
        return None
    begin, end = clause(sentence, frame)
    own = _dated(sentence.text[begin:end], published)
    return own or _dated(sentence.text[sentence.start : sentence.end], published)


def _dated(words: str, published: date) -> date | None:
    """The date in these words that is no date of saying."""
    match = _ON_DATE.search(words)
    if match is not None and not _SAID_ON.search(words[: match.start()]):
        return _absolute(match, published)
    return _weekday(words, published)


def _absolute(match: re.Match[str], published: date) -> date | None:
    """ "29 August": of the year of publication, else of the year before where that day was still to come."""
    years = (int(match["y"]),) if match["y"] else (published.year, published.year - 1)
    for year in years:
        try:
            found = date(year, _MONTHS.index(match["m"].lower()) + 1, int(match["d"]))
        except ValueError:
            continue
        if match["y"] or found <= published:
            return found
    return None


def _weekday(words: str, published: date) -> date | None:
    """ "fell in Beit Hanoun on Monday": the last such day before or on publication; not the day of saying."""
    for match in _WEEKDAY.finditer(words):
        if _SAYING_BEFORE.search(words[: match.start()]) or _SAYING_AFTER.match(words, match.end()):
            continue
        back = (published.weekday() - _WEEKDAYS.index(match["w"].lower())) % 7
        return published - timedelta(days=back)
    return None
