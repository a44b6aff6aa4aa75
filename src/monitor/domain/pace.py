"""When a channel may be written to: quiet hours, digests, the most messages of an hour. Pure; all instants are aware.

Times of day are those of a wall clock in a zone: where the clocks are changed, a time that is there twice is taken the
first time, and one that is not there as its zone's data say.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = {"daily": None, "weekly": 0} | {name: number for number, name in enumerate(WEEKDAYS)}
"""Words for the day of a digest, as its weekday."""
BURST = 30
"""Messages to one channel within BURST_WITHIN that are news; more than that is a misread page or a bad feed."""
BURST_WITHIN = timedelta(minutes=10)
HOUR = timedelta(hours=1)

_CLOCK = r"((?:[01]\d|2[0-3]):[0-5]\d)"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of each day in which nobody is woken; they may go past midnight."""

    begins: time
    ends: time
    zone: ZoneInfo

    def over(self, now: datetime) -> datetime | None:
        """When the quiet that holds now is over (UTC); None when it doesn't."""
        local = now.astimezone(self.zone)
        if self.begins < self.ends:
            quiet = self.begins <= local.time() < self.ends
        else:
            quiet = not self.ends <= local.time() < self.begins
        return _next(local, self.ends) if quiet else None


@dataclass(frozen=True, slots=True)
class Digest:
    """One message for a day, or for a week where a weekday is given (0 is Monday)."""

    at: time
    zone: ZoneInfo
    weekday: int | None = None

    def next(self, now: datetime) -> datetime:
        """The digest that comes next (UTC), later than now."""
        found = _next(now.astimezone(self.zone), self.at)
        if self.weekday is None:
            return found
        local = found.astimezone(self.zone)
        return _on(local + timedelta(days=(self.weekday - local.weekday()) % 7), self.at)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a channel wants to be written to. `per_hour`: messages; `burst`: how many in BURST_WITHIN are believed."""

    quiet: QuietHours | None = None
    digest: Digest | None = None
    per_hour: int | None = None
    burst: int = BURST

    def due(self, now: datetime) -> datetime:
        """When a message that is composed now may go out."""
        if self.digest is not None:
            return self.digest.next(now)
        return self.waits_until(now) or now

    def waits_until(self, now: datetime) -> datetime | None:
        """The end of the quiet hours that hold now."""
        return self.quiet.over(now) if self.quiet is not None else None


def parse_quiet_hours(words: str, zone: str = "UTC") -> QuietHours:
    """ "22:00-07:00 Europe/Kyiv"; in `zone` where none is named. Raises ValueError."""
    found = re.fullmatch(rf"{_CLOCK}-{_CLOCK}(?: (\S+))?", words)
    if found is None or found[1] == found[2]:
        raise ValueError('hours like "22:00-07:00 Europe/Kyiv" are wanted')
    return QuietHours(time.fromisoformat(found[1]), time.fromisoformat(found[2]), zone_named(found[3] or zone))


def parse_digest(words: str, zone: str = "UTC") -> Digest:
    """ "daily 08:00" or "monday 08:00", with a zone behind it if it isn't `zone`. Raises ValueError."""
    found = re.fullmatch(rf"({'|'.join(DAYS)}) {_CLOCK}(?: (\S+))?", words.strip().lower())
    if found is None:
        raise ValueError('a time like "daily 08:00" is wanted, or "monday 08:00 Europe/Kyiv"')
    named = words.strip().rpartition(" ")[2] if found[3] else zone  # names of zones keep their capitals
    return Digest(time.fromisoformat(found[2]), zone_named(named), DAYS[found[1]])


def zone_named(name: str) -> ZoneInfo:
    """The time zone. Raises ValueError for one that isn't known here."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # OSError for the name of a folder in the zones' data
        raise ValueError(f'"{name}" is no time zone') from error


def _next(local: datetime, at: time) -> datetime:
    """The first time of day `at` later than this local time (UTC)."""
    found = _on(local, at)
    return found if found > local else _on(local + timedelta(days=1), at)


def _on(local: datetime, at: time) -> datetime:
    return local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0).astimezone(UTC)
