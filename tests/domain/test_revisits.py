"""How often a page is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.articles import next_revisit

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "gap"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(hours=2, minutes=59), timedelta(minutes=15)),
        (timedelta(hours=3), timedelta(hours=1)),
        (timedelta(hours=24), timedelta(hours=3)),
        (timedelta(days=7), timedelta(days=3)),
        (timedelta(days=30), None),
        (timedelta(hours=-5), timedelta(minutes=15)),  # an outlet's clock that runs ahead
    ],
)
def test_the_older_a_text_the_rarer_the_look(age: timedelta, gap: timedelta | None) -> None:
    assert next_revisit(NOW - age, NOW) == (None if gap is None else NOW + gap)
