"""What operators are told of a channel: on their other channels, `operators` with the addresses of each. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from monitor.alerts.messages import deliveries_for, notice
from monitor.domain.deliveries import NewDelivery


def of_hold(channel: str, code: str, operators: Mapping[str, Sequence[str]], now: datetime) -> list[NewDelivery]:
    """It refuses our credentials: one notice for each day and reason."""
    return _notice(
        f"held {channel} {code} {now:%Y-%m-%d}",
        f"The channel {channel} takes no alerts",
        [
            f"It answered with {code}. Its alerts are kept and tried again every hour.",
            f"`monitor alert test {channel}` tries it; `{_retry(channel)}` sends what waits.",
        ],
        operators,
        now,
    )


def of_given_up(
    channel: str, reader: str, code: str, operators: Mapping[str, Sequence[str]], now: datetime
) -> list[NewDelivery]:
    """An alert for it is given up, and others may be for the same cause. `reader`: one address of it, or empty."""
    return _notice(
        f"given up {channel} {reader} {code} {now.isoformat()}",
        f"An alert to {_named(channel, reader)} was given up",
        [
            f"The answer of {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC was {code}. Others that end so are not told of.",
            f"`monitor deliveries --state dead` lists them; `{_retry(channel)}` sends them again.",
        ],
        operators,
        now,
    )


def of_recovery(channel: str, reader: str, operators: Mapping[str, Sequence[str]], now: datetime) -> list[NewDelivery]:
    """It took a message after what operators were told of it."""
    return _notice(
        f"again {channel} {reader} {now.isoformat()}",
        f"Alerts to {_named(channel, reader)} go out again",
        ["What was given up meanwhile stays so: `monitor deliveries --state dead` lists it."],
        operators,
        now,
    )


def _notice(
    key: str, headline: str, notes: Sequence[str], operators: Mapping[str, Sequence[str]], now: datetime
) -> list[NewDelivery]:
    said = notice(key, headline, notes, now=now)
    return deliveries_for(said, tuple(operators), now, operators)


def _retry(channel: str) -> str:
    return f"monitor deliveries retry --channel {channel}"


def _named(channel: str, reader: str) -> str:
    return f"{reader} on the channel {channel}" if reader else f"the channel {channel}"
