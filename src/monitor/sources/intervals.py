"""When a feed is asked again. Pure: the clock is an argument, and so is the feed's name that the jitter comes from."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
JITTER = 0.1  # of the interval, both ways: feeds added together don't stay together
LONGEST_HINT = timedelta(hours=1)  # a max-age of a day is a server's default, not a newsroom's rhythm
LONGEST_RETRY_AFTER = timedelta(days=7)

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")


def next_poll(
    name: str,
    now: datetime,
    interval: timedelta,
    *,
    failures: int = 0,
    hint: timedelta | None = None,
    retry_after: float | None = None,
) -> datetime:
    """The instant (aware UTC) of the next poll of feed `name`.

    `failures` counts the failed polls in a row, this one with it: the interval doubles with each, up to a day, and a
    feed is never given up. `hint` is how long the server calls its answer fresh; it only lengthens. `retry_after`
    (seconds) is the server's own wish and wins over all that.
    """
    if retry_after is not None:
        asked = min(timedelta(seconds=min(retry_after, 1e9)), LONGEST_RETRY_AFTER)
        return now + max(asked, SHORTEST) * (1 + abs(_jitter(name, now)))
    base = _clamped(interval if hint is None else max(interval, min(hint, LONGEST_HINT)))
    if failures:
        base = min(base * 2 ** min(failures, 10), LONGEST)
    return now + _clamped(base * (1 + _jitter(name, now)))


def freshness(headers: Mapping[str, str]) -> timedelta | None:
    """How long the server calls its answer fresh: Cache-Control's max-age. Header names are lower-case."""
    control = headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(control)
    if found is None or "no-cache" in control or "no-store" in control:
        return None
    return timedelta(seconds=int(found[1]))


def _clamped(interval: timedelta) -> timedelta:
    return min(max(interval, SHORTEST), LONGEST)


def _jitter(name: str, now: datetime) -> float:
    """Between -JITTER and JITTER, the same for the same feed and instant."""
    digest = hashlib.sha256(f"{name}\n{now.isoformat()}".encode()).digest()
    return (int.from_bytes(digest[:4]) / 0xFFFFFFFF * 2 - 1) * JITTER
