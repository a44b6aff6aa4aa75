"""Publication dates as feeds and pages write them.

One feed in six writes dates that the feed parser can't read, or reads wrong: zones by name (KST as UTC is nine hours
off), "GMT+9", months in the language of the outlet. What can't be read is None: "now" is never a date of publication.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOUR_OFFSETS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
    "eet": 2, "eest": 3, "sast": 2, "cat": 2, "wat": 1, "eat": 3, "msk": 3, "trt": 3, "irst": 3.5, "gst": 4,
    "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "pht": 8, "awst": 8, "kst": 9, "jst": 9,
    "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3, "ast": -4, "adt": -3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "msd": 4, "idt": 3, "azt": 4, "uzt": 5, "aft": 4.5, "ist": 5.5, "lkt": 5.5, "mmt": 6.5, "myt": 8,
    "clt": -4, "clst": -3, "cot": -5, "pet": -5, "vet": -4, "bot": -4, "uyt": -3,
}  # fmt: skip

# By their first letters, lower-case, in the languages that news feeds use: English, French, German, Italian, Spanish,
# Portuguese, Romanian, Dutch and its northern neighbours, Russian, Ukrainian, Polish, Czech, Turkish, Greek, Arabic.
# Longer prefixes first where short ones would clash; Czech June and July begin alike and are not read.
_MONTH_PREFIXES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, ("jan", "gen", "ene", "ian", "янв", "січ", "sty", "oca", "janv", "jän", "led", "ιαν", "ينا")),
    (2, ("feb", "fev", "fév", "фев", "лют", "lut", "şub", "sub", "úno", "φεβ", "فبر")),
    (3, ("mar", "mär", "maer", "mrt", "мар", "бер", "bře", "μαρ", "مار")),
    (4, ("apr", "abr", "avr", "апр", "кві", "kwi", "nis", "dub", "απρ", "أبر", "إبر")),
    (5, ("may", "mai", "mag", "maj", "mei", "май", "мая", "тра", "kvě", "μαΐ", "μάι", "ماي")),
    (6, ("jun", "giu", "iun", "juin", "июн", "чер", "cze", "haz", "ιουν", "يوني")),
    (7, ("jul", "lug", "iul", "juil", "июл", "лип", "lip", "tem", "ιουλ", "يولي")),
    (8, ("aug", "ago", "aoû", "aou", "авг", "сер", "sie", "ağu", "agu", "srp", "αυγ", "أغس")),
    (9, ("sep", "set", "сен", "вер", "wrz", "eyl", "zář", "σεπ", "سبت")),
    (10, ("oct", "out", "okt", "ott", "окт", "жов", "paź", "paz", "eki", "říj", "οκτ", "أكت")),
    (11, ("nov", "noi", "ноя", "лис", "lis", "kas", "νοε", "نوف")),
    (12, ("dec", "dez", "des", "dic", "déc", "дек", "гру", "gru", "ara", "δεκ", "ديس")),
)
_MONTHS = {prefix: number for number, prefixes in _MONTH_PREFIXES for prefix in prefixes}

# The two forms of nearly all dates in feeds, read at once: the others are looked for one after the other.
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|[+-]0000)")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:Z|[+-]\d\d:\d\d)")
_DIGITS = re.compile(r"(20\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?Z?)?")
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")
_ISO = re.compile(r"(\d{4})(?:[-/]|\.\s?)(\d{1,2})(?:[-/]|\.\s?)(\d{1,2})")
_KOREAN = re.compile(r"(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s\-]+(?:de\s+)?([^\W\d_]{3,12}|\d{1,2}(?=[월月]))[.월月]?,?"
    r"[\s\-]+(?:de\s+)?(\d{4}|\d{2})\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")
_NAMED = re.compile(r"[^\W\d_]{3}")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A zone by its place, as "Europe/Kyiv" and "America/Argentina/Buenos_Aires".
_PLACE = re.compile(r"(?<![\w/])([A-Z][a-z]+(?:/[A-Z][A-Za-z_-]+){1,2})\s*$")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\b\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:^|\b(?:GMT|UTC)\s?|\s)?([+\-−])(\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\b([A-Za-z]{1,4})\b")
_MAX_LENGTH = 80
_EARLIEST = 1990
_FARTHEST_EAST = 14
"""Hours: no zone is farther from Greenwich."""


def parse_date(text: str) -> datetime | None:
    """The instant (aware UTC) that `text` names; None when it can't be read for sure.

    A date without a time means midnight, a time without a zone means UTC. Days and months in figures are read only in
    orders that can't be mistaken (2025-01-03, 3.1.2025, 13/1/2025, "Fri, 01/03/2025": a Friday in one order alone).
    """
    text = " ".join(text.split())
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        instant = _usual(text) or _unusual(text)
    except (ValueError, OverflowError):
        return None
    return instant if instant is not None and instant.year >= _EARLIEST else None


def _usual(text: str) -> datetime | None:
    if _STAMP.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(UTC)
    found = _MAIL.fullmatch(text)
    month = _MONTHS.get(found[2].lower()) if found is not None else None
    if found is None or month is None:
        return None
    clock = int(found[4]), int(found[5]), min(int(found[6]), 59)
    return datetime(int(found[3]), month, int(found[1]), *clock, tzinfo=UTC)


def _unusual(text: str) -> datetime | None:
    return _all_digits(text) if text[0] in "12" and text.rstrip("Z").replace("T", "").isdigit() else _worded(text)


def _all_digits(text: str) -> datetime | None:
    """20250103, 202501031000, 20250103T100000Z, and seconds or milliseconds since 1970."""
    if (found := _DIGITS.fullmatch(text)) is not None:
        year, month, day, *clock = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, *clock, tzinfo=UTC)  # type: ignore[misc,arg-type,unused-ignore]  # as above
    epoch = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(epoch[1]), UTC) if epoch is not None else None


def _worded(text: str) -> datetime | None:
    found = _date(text)
    return _at_clock(*found) if found is not None else None


def is_all_figures(text: str) -> bool:
    """True for a date without a word in it. The feed parser finds one in any row of figures: 03-01-2025 would be a day
    of 2003."""
    return _NAMED.search(text) is None


def from_struct(parts: Sequence[int] | None) -> datetime | None:
    """The instant of a parsed UTC time tuple (as the feed parser gives them), None for none or nonsense."""
    if not parts or parts[0] < _EARLIEST:
        return None
    try:
        # mypy cannot count what a star unpacks.
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=UTC)  # type: ignore[misc,arg-type,unused-ignore]
    except (ValueError, TypeError):
        return None


def _date(text: str) -> tuple[tuple[int, int, int], str] | None:
    """Year, month and day, and the text without them."""
    for pattern, order in ((_KOREAN, "ymd"), (_ISO, "ymd"), (_DOTTED, "dmy"), (_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy")):
        found = pattern.search(text)
        if found is None:
            continue
        named = dict(zip(order, found.groups(), strict=True))
        month = int(named["m"]) if named["m"].isdigit() else _month(named["m"])
        if month is not None:
            return (_year(named["y"]), month, int(named["d"])), text[found.end() :] or text[: found.start()]
    return _slashed(text)


def _slashed(text: str) -> tuple[tuple[int, int, int], str] | None:
    """A date with slashes or dashes: some write the day first and some the month, so it is read where one order alone
    makes a date of the year, or one of the weekday that stands before it."""
    found = _SLASHED.search(text)
    if found is None:
        return None
    one, other, year = (int(part) for part in found.group(1, 3, 4))
    orders = {(year, month, day) for month, day in ((one, other), (other, one)) if 1 <= month <= 12 and 1 <= day <= 31}
    weekday = text[:3].lower()
    if len(orders) > 1 and weekday in _WEEKDAYS:
        orders = {order for order in orders if date(*order).weekday() == _WEEKDAYS.index(weekday)}
    return (orders.pop(), text[found.end() :]) if len(orders) == 1 else None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _month(word: str) -> int | None:
    lowered = word.lower()
    return next((_MONTHS[lowered[:size]] for size in (4, 3) if lowered[:size] in _MONTHS), None)


def _at_clock(day: tuple[int, int, int], rest: str) -> datetime | None:
    found = _CLOCK.search(rest)
    if found is None:
        return datetime(*day, tzinfo=UTC)
    hour = int(found[1])
    half = (found[4] or "").lower()[:1]
    if half == "p" or "오후" in rest[: found.start()]:
        hour = hour % 12 + 12
    elif half == "a" or "오전" in rest[: found.start()]:
        hour %= 12
    local = datetime(*day, hour, int(found[2]), min(int(found[3] or 0), 59), tzinfo=UTC)
    place = _PLACE.search(rest, found.end())
    if place is not None:
        return _there(local, place[1])
    offset = _offset(rest[found.end() :])
    return None if offset is None else local - offset


def _there(local: datetime, place: str) -> datetime | None:
    """The instant of a clock's time at a place of the time zones' list ("Europe/Kyiv")."""
    try:
        return local.replace(tzinfo=ZoneInfo(place)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset(zone: str) -> timedelta | None:
    """East of Greenwich; zero for no zone at all, None for a zone that isn't known."""
    if not zone.strip():
        return timedelta(0)
    found = _OFFSET.search(zone)
    if found is not None:
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > _FARTHEST_EAST or minutes > 59:
            return None
        size = timedelta(hours=hours, minutes=minutes)
        return -size if found[1] != "+" else size
    name = _ZONE_NAME.search(zone)
    if name is None:
        return timedelta(0)
    known = _HOUR_OFFSETS.get(name[1].lower())
    return None if known is None else timedelta(hours=known)
