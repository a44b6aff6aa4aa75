"""How many days a time of two named ends has: "between 26 and 30 January", "Monday to Thursday", "in May and June"."""

import re
from datetime import date

from monitor.extract.scene.dates import ANY_MONTH, DAY, MONTHS, WEEKDAYS
from monitor.extract.text.cues import any_case

_END = any_case(
    rf"\b(?:(?P<d1>\d{{1,2}})\s+)?(?P<month>{ANY_MONTH})\b(?:\s+(?P<d2>\d{{1,2}})\b)?|\b(?P<bare>\d{{1,2}})\b"
)
_WEEKDAY = any_case(rf"\b(?:{DAY})\b")
_MONTH_DAYS = 30
_WEEK, _YEAR = 7, 365


def days_between(words: str) -> int | None:
    """The days from the first end to the last, both counted; whole months where no day is named. None where the words
    don't name two ends of one kind."""
    weekdays = [_index(WEEKDAYS, found.group()) for found in _WEEKDAY.finditer(words)]
    if len(weekdays) == 2:
        return (weekdays[1] - weekdays[0]) % _WEEK + 1
    ends = [_end(found) for found in _END.finditer(words)]
    if len(ends) != 2:
        return None
    (first, month), (last, to) = ends
    month, to = month or to, to or month
    if month is None or to is None or (first is None and last is not None and month != to):
        return None
    if last is None:
        return None if first is not None else ((to - month) % len(MONTHS) + 1) * _MONTH_DAYS
    return _apart(month, first or 1, to, last)


def _end(found: re.Match[str]) -> tuple[int | None, int | None]:
    """The day and the number of the month of one end, each None where it isn't said."""
    day = found["d1"] or found["d2"] or found["bare"]
    month = _index(MONTHS, found["month"]) + 1 if found["month"] else None
    return int(day) if day else None, month


def _index(names: "tuple[str, ...]", written: str) -> int:
    return next(at for at, name in enumerate(names) if name.startswith(written.lower()[:3]))


def _apart(month: int, day: int, to: int, last: int) -> int | None:
    """Days in a year that is no leap year, over its turn too; None for a day that there isn't."""
    try:
        return (date(2001, to, last) - date(2001, month, day)).days % _YEAR + 1
    except ValueError:
        return None
