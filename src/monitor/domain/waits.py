"""What servers ask for by Retry-After, be they a feed's or a channel's. Pure: the clock is an argument."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds until the instant that a Retry-After header names (a number or an HTTP date); None without a good one."""
    text = (value or "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{0,6})?", text):
        return float(text)
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a header of nonsense years
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
