"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest

from monitor.sources.dates import from_struct, parse_date

TEN = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
ONE = datetime(2025, 1, 3, 1, 0, tzinfo=UTC)
MIDNIGHT = datetime(2025, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Fri, 03 Jan 2025 10:00:00 GMT", TEN),
        ("Fri, 3 Jan 25 05:00 EST", TEN),
        ("Fri, 03 Jan 2025 10:00:00 KST", ONE),
        ("Fri, 03 Jan 2025 10:00:00 GMT+9", ONE),
        ("Fri, 03 Jan 2025 10:00:00 GMT+0900 (Korean Standard Time)", ONE),
        ("Fri, 03 Jan 2025 10:00:00 +0900", ONE),
        ("Sex, 03 Jan 2025 07:00:00 -0300", TEN),
        ("Vie, 03 Ene 2025 11:00:00 +0100", TEN),
        ("Пт, 03 янв 2025 13:00:00 +0300", TEN),
        ("ven., 3 janvier 2025 11:00 CET", TEN),
        ("금, 03 1월 2025 10:00:00 +0900", ONE),
        ("2025년 1월 3일 오전 10:00 KST", ONE),
        ("2025年1月3日 10:00 JST", ONE),
        ("3 de janeiro de 2025 10:00", TEN),
        ("January 3, 2025 5:00 AM EST", TEN),
        ("January 3, 2025 10:00 p.m. UTC", datetime(2025, 1, 3, 22, 0, tzinfo=UTC)),
        ("2025-01-03T10:00:00.123456Z", TEN),
        ("2025-01-03T10:00:00+09:00", ONE),
        ("2025-01-03 10:00:00 +0900", ONE),
        ("2025-01-03T04:30:00−05:30", TEN),
        ("2025/01/03 10:00", TEN),
        ("03.01.2025 10:00", TEN),
        ("2025. 1. 3. 오전 10:00", TEN),
        ("3. 1. 2025 10:00", TEN),
        ("13-01-2025 10:00", datetime(2025, 1, 13, 10, tzinfo=UTC)),
        ("Fri, 01/03/2025 - 10:00", TEN),
        ("Fri, 03/01/2025 10:00", TEN),
        ("Fri, 03 Jan 2025 15:30:00 IST", TEN),
        ("Fri, 03 Jan 2025 12:00:00 Europe/Kyiv", TEN),
        ("Fri, 03 Jan 2025 07:00:00 America/Argentina/Buenos_Aires", TEN),
        ("13/01/2025 10:00", datetime(2025, 1, 13, 10, tzinfo=UTC)),
        ("1/13/2025 10:00:00 AM", datetime(2025, 1, 13, 10, tzinfo=UTC)),
        ("2025-01-03", MIDNIGHT),
        ("Fri, 03 Jan 2025", MIDNIGHT),
        ("Fri, 03 Jan 2025 09:59:60 GMT", datetime(2025, 1, 3, 9, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_with_its_zone(text: str, instant: datetime) -> None:
    assert parse_date(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "2 hours ago", "now", "01/02/2025", "03-01-2025 10:00", "Sun, 01/03/2025", "31/31/2025",
        "Fri, 03 Jan 2025 10:00 Kyiv/Europe", "Fri, 32 Jan 2025 10:00:00 GMT", "2025-13-01",
        "Fri, 03 Foo 2025 10:00:00 GMT", "Fri, 03 Jan 2025 25:00:00 GMT", "Fri, 03 Jan 2025 10:00:00 XYZ",
        "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00Z", "2025-01-03T10:00:00+99:00", "9" * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_sure_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_time_tuples_are_utc_and_nonsense_is_none() -> None:
    assert from_struct((2025, 1, 3, 10, 0, 0, 4, 3, 0)) == TEN
    assert from_struct((2025, 13, 3, 10, 0, 0, 4, 3, 0)) is None
    assert from_struct((1, 1, 1, 0, 0, 0, 0, 1, 0)) is None
    assert from_struct(None) is None
