"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.waits import parse_retry_after
from monitor.sources.intervals import freshness, next_poll

NOW = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def wait(name: str = "a", interval: timedelta = QUARTER, **options: object) -> float:
    """Minutes until the next poll."""
    return (next_poll(name, NOW, interval, **options) - NOW).total_seconds() / 60  # type: ignore[arg-type]


def test_the_interval_is_kept_within_a_tenth() -> None:
    waits = [wait(f"feed {number}") for number in range(200)]
    assert 13.5 <= min(waits) < 14.2
    assert 15.8 < max(waits) <= 16.5


def test_jitter_is_the_same_for_the_same_feed_and_instant() -> None:
    assert wait("a") == wait("a")
    assert wait("a") != wait("b")


@pytest.mark.parametrize(("interval", "least", "most"), [(timedelta(0), 5, 5.5), (timedelta(days=30), 1296, 1440)])
def test_intervals_lie_between_five_minutes_and_a_day(interval: timedelta, least: float, most: float) -> None:
    assert least <= wait(interval=interval) <= most


def test_failures_double_the_interval_up_to_a_day_and_a_feed_is_never_given_up() -> None:
    assert 27 <= wait(failures=1) <= 33
    assert 54 <= wait(failures=2) <= 66
    assert 1296 <= wait(failures=50) <= 1440
    assert 1296 <= wait(failures=10**6) <= 1440


def test_hints_only_lengthen_and_not_beyond_an_hour() -> None:
    assert 13.5 <= wait(hint=timedelta(seconds=1)) <= 16.5
    assert 27 <= wait(hint=timedelta(minutes=30)) <= 33
    assert 54 <= wait(hint=timedelta(days=365)) <= 66


def test_retry_after_wins_over_everything() -> None:
    assert 120 <= wait(failures=9, retry_after=7200) <= 132
    assert 5 <= wait(failures=9, retry_after=0) <= 5.5
    assert wait(retry_after=1e300) <= 7 * 1440 * 1.1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("1.5", 1.5),
        ("Fri, 03 Jan 2025 10:02:00 GMT", 120),
        ("Fri, 03 Jan 2025 09:00:00 GMT", 0),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float) -> None:
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1e9", "99999999999999999999", "Fri, 99 Foo 2025"])
def test_a_retry_after_that_makes_no_sense_is_none(value: str | None) -> None:
    assert parse_retry_after(value, NOW) is None


def test_max_age_is_read_unless_the_answer_must_not_be_kept() -> None:
    assert freshness({"cache-control": "public, max-age=900"}) == QUARTER
    assert freshness({"cache-control": "no-cache, max-age=900"}) is None
    assert freshness({}) is None
