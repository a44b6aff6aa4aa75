"""How many days a time of two named ends has: "between 26 and 30 January", "Monday to Thursday", "in May and June"."""

import re
from datetime import date

from monitor.extract.scene.dates import ANY_MONTH, DAY, MONTHS, WEEKDAYS, month_number

_END = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})\s+)?(?P<month>{ANY_MONTH})\b(?:\s+(?P<d2>\d{{1,2}})\b)?"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?|\b(?P<bare>\d{1,2})\b"
)
_WEEKDAY = re.compile(rf"\b(?:{DAY})\b")
_MONTH_DAYS = 30
_WEEK, _YEAR = 7, 365
_NO_LEAP_YEAR = 2001


def days_between(words: str) -> int | None:
    """The days from the first end to the last, both counted; whole months where no day is named. None where the words,
    in small letters, don't name two ends of one kind."""
    weekdays = [WEEKDAYS.index(found.group()) for found in _WEEKDAY.finditer(words)]
    if len(weekdays) == 2:
        return (weekdays[1] - weekdays[0]) % _WEEK + 1
    ends = [_end(found) for found in _END.finditer(words)]
    if len(ends) != 2:
        return None
    (first, month, begun), (last, to, ended) = ends
    month, to = month or to, to or month
    if month is None or to is None or (first is None and last is not None and month != to):
        return None
    years = ended - begun if begun and ended else None
    if last is None:
        return None if first is not None else _months(to - month, years) * _MONTH_DAYS
    return _apart((month, first or 1), (to, last), years)


def _end(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """The day, the number of the month and the year of one end, each None where it isn't said."""
    day = found["d1"] or found["d2"] or found["bare"]
    month = month_number(found["month"]) if found["month"] else None
    return int(day) if day else None, month, int(found["year"]) if found["year"] else None


def _months(later: int, years: int | None) -> int:
    """Months from one to another that is so many `later` in the calendar, both counted; the next such one where no
    years are said."""
    return (later % len(MONTHS) if years is None else max(0, years * len(MONTHS) + later)) + 1


def _apart(begin: tuple[int, int], end: tuple[int, int], years: int | None) -> int | None:
    """Days between two days of a month, by years that are no leap years, over the turn of one where none are said;
    None for a day that there isn't."""
    try:
        apart = (date(_NO_LEAP_YEAR, *end) - date(_NO_LEAP_YEAR, *begin)).days
    except ValueError:
        return None
    return (apart % _YEAR if years is None else max(0, years * _YEAR + apart)) + 1
