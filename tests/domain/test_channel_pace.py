"""When channels may be written to."""

from datetime import UTC, datetime

import pytest

from monitor.domain.pace import Pace, parse_digest, parse_quiet_hours


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


QUIET = [
    ("22:00-07:00", "2025-01-10 21:59", None),
    ("22:00-07:00", "2025-01-10 22:00", "2025-01-11 07:00"),
    ("22:00-07:00", "2025-01-11 06:59", "2025-01-11 07:00"),
    ("22:00-07:00", "2025-01-11 07:00", None),
    ("12:00-13:30", "2025-01-11 13:00", "2025-01-11 13:30"),
    ("12:00-13:30", "2025-01-11 11:00", None),
    ("22:00-07:00 Europe/Kyiv", "2025-01-10 20:00", "2025-01-11 05:00"),
    ("22:00-07:00 Europe/Kyiv", "2025-03-29 21:00", "2025-03-30 04:00"),  # the clocks go forward in that night
]


@pytest.mark.parametrize(("hours", "now", "over"), QUIET)
def test_quiet_hours_end_when_their_zone_says(hours: str, now: str, over: str | None) -> None:
    assert parse_quiet_hours(hours).over(at(now)) == (at(over) if over else None)


DIGESTS = [
    ("daily 08:00", "2025-01-10 07:59", "2025-01-10 08:00"),
    ("daily 08:00", "2025-01-10 08:00", "2025-01-11 08:00"),
    ("daily 08:00 Asia/Tokyo", "2025-01-10 07:59", "2025-01-10 23:00"),
    ("weekly 08:00", "2025-01-10 09:00", "2025-01-13 08:00"),
    ("monday 08:00", "2025-01-13 08:00", "2025-01-20 08:00"),
    ("friday 18:30 Europe/Kyiv", "2025-01-10 16:29", "2025-01-10 16:30"),
    ("sunday 08:00 Europe/Kyiv", "2025-03-29 12:00", "2025-03-30 05:00"),
]


@pytest.mark.parametrize(("digest", "now", "following"), DIGESTS)
def test_the_next_digest_is_the_one_of_its_zone(digest: str, now: str, following: str) -> None:
    assert parse_digest(digest).next(at(now)) == at(following)


@pytest.mark.parametrize("words", ["hourly", "daily", "daily 25:00", "daily 08:00 Mars/Olympus", "someday 08:00"])
def test_what_is_no_digest_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"wanted|no time zone"):
        parse_digest(words)


@pytest.mark.parametrize("words", ["22-07", "22:00-22:00", "22:00-07:00 Nowhere", "night"])
def test_what_is_no_span_of_hours_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"wanted|no time zone"):
        parse_quiet_hours(words)


def test_a_digest_comes_before_quiet_hours() -> None:
    pace = Pace(parse_quiet_hours("22:00-07:00"), parse_digest("daily 08:00"))
    assert pace.due(at("2025-01-10 23:00")) == at("2025-01-11 08:00")
    assert Pace(pace.quiet).due(at("2025-01-10 23:00")) == at("2025-01-11 07:00")
    assert Pace(pace.quiet).due(at("2025-01-10 12:00")) == at("2025-01-10 12:00")
