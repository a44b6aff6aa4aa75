"""Days that words name, resolved against the day of publication: dates in both orders, weekdays, "two days ago"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from monitor.extract.text.cues import Cue, any_case, holds_any

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH, DAY = "|".join(MONTHS), "|".join(WEEKDAYS)
MONTH_STEMS = tuple(name[:3] for name in MONTHS)
"""What a month holds however it is written."""
_NUMBER_OF = {name[:size]: at for at, name in enumerate(MONTHS, 1) for size in (3, 4, 9)}
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
ANY_MONTH = rf"{MONTH}|{_SHORT}"
MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
"""Small numbers in words, as news counts days ago."""


_M = rf"(?:(?:{MONTH})\b|(?:{_SHORT})\b\.?)"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"(?:\s*[-–]\s*|\s+(?:to|and|through|until)\s+)"
_YEAR = r"(?:,?\s+(?P<y>(?:19|20)\d\d)\b)?"
_LEAD = (
    r"(?:\b(?:on|of|at|by|until|till|ending|from|between|in|(?:days?|week|month|year)\s+(?:up\s+)?to)\s+"
    rf"|\bthe\s+|^\W*)(?:the\s+)?(?:(?:{DAY}),?\s+)?(?:the\s+)?"
)
_DATE = Cue(
    rf"{_LEAD}(?:(?:{_D}(?:\s+{_M})?{_TO})?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_M})"
    rf"|(?:{_M}\s+{_D}{_TO})?(?P<m2>{_M})\s+(?:{_D}{_TO})?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,]*\d)){_YEAR}(?!\w)",
    *MONTH_STEMS,
)
"""A day of a month in both orders; of "3 to 9 November" the last day."""
_DOTTED = any_case(rf"\b({_SHORT})\.(?=\s)")
_DOTS = tuple(f"{month}." for month in _SHORT.split("|"))
_ONE_DATE = rf"(?:{_D}\s+(?:of\s+)?{_M}|{_M}\s+{_D}),?(?:\s+(?:19|20)\d\d)?"
_SPAN = Cue(
    rf"(?:\bbetween\s+{_ONE_DATE}\s*,?\s+and|\b{_ONE_DATE}\s*,?(?:\s+(?:to|through|until|till)|\s*[-–]))"
    rf"\s+(?=(?:the\s+)?{_ONE_DATE})",
    *MONTH_STEMS,
)
"""The first day of a span that is written out in full, up to its last: "24 February 2022 to" 31 March 2024."""
_BARE_DATE = any_case(
    rf"(?:the\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_M})"
    rf"|(?P<m2>{_M})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?){_YEAR}(?!\w)"
)
_RUN = any_case(rf"\d(?:st|nd|rd|th)?(?:\s+{_M})?{_TO}(?:{_M}\s+)?\d")
_END_OF = Cue(rf"\b(?:end|close)(?:\s+of\s+|-)(?P<m>{_M}){_YEAR}(?!\w)", "end", "close")
_DIGITS = Cue(
    r"(?<![\d/.-])(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y2>(?:19|20)\d\d))"
    r"(?![\d/-])",
    "/",
    "-",
)
_WEEKDAY = Cue(rf"\b(?:on|by|late|early|last|this|of)\s+(?:(?:late|early|last)\s+)?(?P<w>{DAY})\b(?!')", *WEEKDAYS)
_LATELY = Cue(
    r"\b(?P<two>the\s+day\s+before\s+yesterday)\b|\b(?P<one>yesterday|last\s+night)\b(?!')"
    r"|\b(?P<none>today|tonight|this\s+(?:morning|afternoon|evening))\b(?!')"
    rf"|\b(?P<n>\d{{1,2}}|{'|'.join(MANY)})\s+(?P<u>day|week)s?\s+ago\b",
    "yesterday", "night", "today", "this", "ago",
)  # fmt: skip
_PART_OF_DAY = r"(?:\s+(?:night|morning|afternoon|evening))?"
_OWNING = Cue(
    rf"\b(?P<w>{DAY}){_PART_OF_DAY}'s\b|\b(?P<v>yesterday{_PART_OF_DAY}|today|last\s+night)'s\b",
    *WEEKDAYS, "yesterday", "today", "night",
)  # fmt: skip
_FROM_TOLD = Cue(
    r"(?:^\W*|\b)the\s+(?:(?P<back>(?:day|night|evening)\s+before|(?:previous|preceding)\s+(?:day|night|evening))"
    r"|(?P<on>(?:next|following)\s+(?:day|night|evening)|(?:day|night)\s+after))\b"
    r"(?!\s+(?:the|a|an|his|her|its|their|yesterday|that|they|he|she|it)\b)"
    r"|\b(?:(?P<later>a\s+day|one\s+day|two\s+days|three\s+days|a\s+week)\s+later)\b",
    "before", "previous", "preceding", "next", "following", "after", "later",
)  # fmt: skip
_STEPS = {"a day": 1, "one day": 1, "two days": 2, "three days": 3, "a week": 7}


class Day(NamedTuple):
    """A day that the words `start:end` name; not `single` where it is the last of several."""

    start: int
    end: int
    day: date
    single: bool = True


def undotted(words: str) -> str:
    """The words with "Jan. 30" as "Jan  30", so that offsets hold."""
    return _DOTTED.sub(r"\1 ", words) if ". " in words and holds_any(words.lower(), _DOTS) else words


@lru_cache(maxsize=32)  # one clause is asked for its scope and its day, and again for each of its figures
def days_in(words: str, published: date) -> tuple[Day, ...]:
    """The days that the words name, in order; not those that own a noun ("Friday's raid")."""
    spans = list(_spans(words, published))
    found = [*_dates(words, published), *_weekdays(words, published), *_lately(words, published)]
    apart = [named for named in found if not any(span.start < named.end and named.start < span.end for span in spans)]
    return tuple(sorted([*spans, *apart], key=lambda named: named.start))


def bare_day(words: str, published: date) -> date | None:
    """The date with which the words begin, without a preposition: "31 January", "the 6th of March 2024"."""
    match = _BARE_DATE.match(words)
    return _of_match(match, published) if match is not None else None


def owners_in(words: str, published: date) -> Iterator[Day]:
    """The days that own a noun: "the toll from Friday's strike"."""
    if "'s" not in words:
        return
    for match in _OWNING.finditer(words):
        back = int((match["v"] or "today") != "today")
        day = last_weekday(match["w"], published) if match["w"] else published - timedelta(days=back)
        yield Day(*match.span(), day)


def steps_from(words: str) -> int | None:
    """ "The day before", "the next day", "two days later": how many days on from the day that the text is at."""
    match = _FROM_TOLD.search(words)
    if match is None:
        return None
    return -1 if match["back"] else 1 if match["on"] else _STEPS[" ".join(match["later"].lower().split())]


def last_weekday(weekday: str, published: date) -> date:
    """The last such day before or on that of publication."""
    return published - timedelta(days=(published.weekday() - WEEKDAYS.index(weekday.lower())) % 7)


def _spans(words: str, published: date) -> Iterator[Day]:
    """ "24 February 2022 to 31 March 2024", "between March 3 and June 9, 2023": the last day is that of the count."""
    for match in _SPAN.finditer(words):
        last = _BARE_DATE.match(words, match.end())
        day = _of_match(last, published) if last is not None else None
        if last is not None and day is not None:
            yield Day(match.start(), last.end(), day, single=False)


def month_number(written: str) -> int:
    """The number of a month, however it is written: "January", "Sept."."""
    return _NUMBER_OF[written.lower().rstrip(".")]


def _of_match(match: re.Match[str], published: date) -> date | None:
    month = month_number(match["m"] or match["m2"])
    return _day(match["y"], month, int(match["d"] or match["d2"]), published)


def _dates(words: str, published: date) -> Iterator[Day]:
    for match in _DATE.finditer(words):
        day = _of_match(match, published)
        if day is not None:
            yield Day(*match.span(), day, single=_RUN.search(match[0]) is None)
    for match in _END_OF.finditer(words):
        month = month_number(match["m"])
        day = _day(match["y"], month, None, published)
        if day is not None:
            yield Day(*match.span(), day, single=False)
    for match in _DIGITS.finditer(words):
        day = _in_digits(match, published)
        if day is not None:
            yield Day(*match.span(), day)


def _in_digits(match: re.Match[str], published: date) -> date | None:
    """ "2024-03-09", "13/3/2024"; of "3/4/2024" nobody can tell which is the month."""
    if match["y"]:
        return _day(match["y"], int(match["m"]), int(match["d"]), published)
    first, second = int(match["a"]), int(match["b"])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if first > 12 or first == second else (second, first)
    return _day(match["y2"], month, day, published)


def _day(year: str | None, month: int, day: int | None, published: date) -> date | None:
    """A day of a month, its last where `day` is None: this year's, else, where it is still to come, last year's."""
    for number in (int(year),) if year else (published.year, published.year - 1):
        try:
            found = date(number, month, day or monthrange(number, month)[1])
        except ValueError:
            continue
        if year or found <= published:
            return found
    return None


def _weekdays(words: str, published: date) -> Iterator[Day]:
    for match in _WEEKDAY.finditer(words):
        yield Day(*match.span(), last_weekday(match["w"], published))


def _lately(words: str, published: date) -> Iterator[Day]:
    for match in _LATELY.finditer(words):
        if match["u"]:
            many = int(match["n"]) if match["n"].isdigit() else MANY[match["n"].lower()]
            back = many * (7 if match["u"].lower() == "week" else 1)
        else:
            back = 2 if match["two"] else 1 if match["one"] else 0
        yield Day(*match.span(), published - timedelta(days=back))
