"""Since when: the day from which a figure counts, of "killed since 31 January" or "since Saturday".

A total since a day isn't as long as its window was when it was written: it goes on growing. So the day itself is kept;
for a month or a year of the calendar, which begins whatever is counted, the length of the time alone.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from monitor.domain.claims import Scope
from monitor.extract.scene.dates import ANY_MONTH, DAY, bare_day, last_weekday, month_number
from monitor.extract.scene.periods import COUNT, FIGHTING, HOURS, LASTING
from monitor.extract.scene.scopes import Span
from monitor.extract.text.cues import any_case

_SINCE = any_case(r"\bsince\s+(?P<when>[^;.]{3,80})")
_NAMED = any_case(
    rf"(?:(?:early|late|last)\s+)?(?:on\s+)?(?:(?P<weekday>{DAY})(?!['’])\b|(?P<weekend>the\s+(?:past\s+)?weekend)\b)"
)
_LATER = any_case(rf"(?:[^,]*?)\bon\s+(?P<weekday>{DAY})\b(?!['’])")
_LATER_DATE = any_case(rf"(?:[^,]*?)\bon\s+(?=(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s|(?:{ANY_MONTH})\.?\s+\d))")
_MONTH = any_case(rf"(?:(?:the\s+)?(?:start|beginning)\s+of\s+|early\s+)?(?P<month>{ANY_MONTH})\b")
_PART_OF_MONTH = any_case(
    rf"(?P<part>early|mid|late)(?:\s+in)?[\s-]+(?:the\s+)?(?P<month>{ANY_MONTH})\b(?!,?\s+(?:19|20)\d\d)"
)
_PART_BEGINS = {"early": 1, "mid": 11, "late": 20}
""" "since early September": something began about then, where "since September" may be the months of the calendar; the
first day of the month that the words may mean."""
_TURN = any_case(
    r"(?:the\s+)?(?:start|beginning|turn)\s+of\s+(?:the|this)\s+(?P<unit>month|year)\b|(?P<new>the\s+new\s+year)\b"
)
_LAST_UNIT = any_case(r"(?:early\s+|late\s+)?(?P<which>this|last)\s+(?P<unit>week|month)\b(?!['’])")
_HOUR = any_case(rf"(?:{HOURS})\b")
""" "since dawn": of this day."""
_SO_FAR = any_case(r"\bthis\s+(?P<unit>month|year)\b(?!['’])")


_LASTED = any_case(
    rf"\b(?:in|within|over|during|after)\s+(?:(?:just|only|barely|under|nearly|almost|the|these|its)\s+)*(?:{COUNT})[\s-]+"
    rf"(?P<unit>day|week|month)s\b(?P<of>\s+of\s+(?:(?:the|its|their|this)\s+)?(?:[\w-]+\s+)?(?:{FIGHTING}|{LASTING}|war|operation|hostilities)\b)?"
)
""" "in three weeks of fighting", "in the ten days of its operation", "killed in three weeks": how long it has
lasted. The last days are told with "past" or "last"; bare days are too few to tell."""


LONG_AGO = 180
"""Days: since a day before that, nothing but a war or a campaign is counted."""


class Start(NamedTuple):
    """The day from which something counts, None where no day is named, and how long ago that was."""

    day: date | None
    days: int


def begun_that_day(words: str, span: Span, start: Start | None) -> bool:
    """ "61,000 have been killed since Oct. 7, 2023": an odd day long ago is when the war began, the count a total.
    Years and months are counted from their first day, and since a day of the last months a toll of these is told."""
    if span.days is not None or start is None or start.day is None or start.day.day == 1 or start.days < LONG_AGO:
        return False
    match = _SINCE.search(words)
    return match is not None and any(letter.isdigit() for letter in match["when"])


def start_of(words: str, span: Span, published: date | None) -> Start | None:
    """The start that the words of a clause give to a period that runs up to now; None where they give none."""
    if published is None or span.scope is not Scope.PERIOD:
        return None
    if span.days is None:
        match = _SINCE.search(words)
        return _since(match["when"], published) if match is not None else None
    if (lasted := _LASTED.search(words)) is not None and (lasted["of"] or lasted["unit"] != "day"):
        unit = {"day": 1, "week": 7, "month": 30}[lasted["unit"].lower()]
        return Start(published - timedelta(days=span.days + max(1, unit // 2)), span.days)
    match = _SO_FAR.search(words)
    if match is not None and span.days == (365 if match["unit"].lower() == "year" else 30):
        return _calendar(match["unit"], published)
    return None


def _since(when: str, published: date) -> Start | None:
    day = bare_day(when, published) or _weekday(_NAMED.match(when), published)
    if day is None and (turn := _TURN.match(when)) is not None:
        return _calendar("year" if turn["new"] else turn["unit"], published)
    if day is None and (unit := _LAST_UNIT.match(when)) is not None:
        day = _begin_of(unit["which"], unit["unit"], published)
    if day is None and (part := _PART_OF_MONTH.match(when)) is not None:
        day = _begin_of_part(part["month"], _PART_BEGINS[part["part"].lower()], published)
    if day is None and (month := _MONTH.match(when)) is not None:
        return Start(None, _length(_first_of(month["month"], published), published))
    if day is None and (later := _LATER_DATE.match(when)) is not None:
        day = bare_day(when[later.end() :], published)
    day = day or _weekday(_LATER.match(when), published)
    if day is None and _HOUR.match(when) is not None:
        return Start(None, 1)
    return Start(day, _length(day, published)) if day is not None else None


def _begin_of(which: str, unit: str, published: date) -> date:
    """The first day of this or the last week or month: "47 killed since last week" is no older than that."""
    last = which.lower() == "last"
    if unit.lower() == "week":
        return published - timedelta(days=published.weekday() + 7 * last)
    return (published.replace(day=1) - timedelta(days=last)).replace(day=1)


def _weekday(match: re.Match[str] | None, published: date) -> date | None:
    if match is None:
        return None
    return last_weekday(match["weekday"] or "saturday", published)


def _first_of(month: str, published: date) -> date:
    number = month_number(month)
    return date(published.year - (number > published.month), number, 1)


def _begin_of_part(month: str, first: int, published: date) -> date:
    day = _first_of(month, published).replace(day=first)
    return day if day <= published else day.replace(year=day.year - 1)


def _calendar(unit: str, published: date) -> Start:
    first = published.replace(day=1) if unit.lower() == "month" else date(published.year, 1, 1)
    return Start(None, _length(first, published))


def _length(first: date, published: date) -> int:
    return max(1, (published - first) // timedelta(days=1))
