"""What the texts of monitor.toml say in figures: times, sizes, shares."""

import re
from collections.abc import Callable
from datetime import timedelta

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SIZES = {"kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def as_duration(value: object) -> object:
    """ "90s", "15m", "6h" or "1d", or plain seconds, as a timedelta. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return timedelta(seconds=value)
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time like "90s", "15m", "6h" or "1d" is wanted')
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])


def an_hour_or_more(value: timedelta) -> timedelta:
    """A time that some runs fit into. Raises ValueError."""
    if value < timedelta(hours=1):
        raise ValueError("an hour or more is wanted")
    return value


def as_keeping(value: object) -> object:
    """A time like "90d"; "forever" as None. Raises ValueError."""
    return None if value == "forever" else as_duration(value)


def as_fraction(value: object) -> object:
    """ "10%" as 0.1; a number is a fraction already. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%", value.strip()) if isinstance(value, str) else None
    if found is not None:
        return float(found[1]) / 100
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise ValueError('a percentage like "10%" is wanted')


def as_size(value: object) -> object:
    """ "500kB", "10MB" or "1GB" as bytes; a number is bytes already. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,6})\s*(kB|MB|GB)", value.strip()) if isinstance(value, str) else None
    if found is not None:
        return int(found[1]) * SIZES[found[2]]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError('a size like "10MB" is wanted')


def kept_for(days: int) -> Callable[[timedelta | None], timedelta | None]:
    """A check that nothing is thrown away before so many days."""

    def check(value: timedelta | None) -> timedelta | None:
        if value is not None and value < timedelta(days=days):
            raise ValueError(f'at least "{days}d" is wanted, or "forever"')
        return value

    return check
