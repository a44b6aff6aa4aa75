"""When a feed is in trouble, judged by its own habit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.health import (
    FIGURES_BEFORE,
    FIGURES_LOOKED_AT,
    FeedRecord,
    Trouble,
    has_moved,
    in_words,
    is_stale,
    new_habit,
    trouble_of,
)

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WELL = FeedRecord(
    name="Wire",
    added_at=NOW - 90 * DAY,
    answered_at=NOW - HOUR / 4,
    new_at=NOW - HOUR,
    new_entries=500,
    habit=HOUR,
)
YIELDS = (False,) * 8 + (True, False)


def test_a_feed_that_answers_and_brings_news_is_well() -> None:
    assert trouble_of(WELL, NOW) is None
    assert not is_stale(WELL, NOW)


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"gone": True, "error": "http_410: gone"}, Trouble.GONE),
        ({"error": "timeout: late", "answered_at": NOW - 6 * HOUR}, Trouble.FAILING),
        ({"error": "timeout: late", "answered_at": NOW - 5 * HOUR}, None),
        ({"error": "dns: unknown", "answered_at": None, "added_at": NOW - DAY}, Trouble.FAILING),
        ({"moved_seen": 3, "moved_since": NOW - DAY, "moved_to": "https://new.example/"}, Trouble.MOVED),
        ({"moved_seen": 50, "moved_since": NOW - 23 * HOUR}, None),
        ({"moved_seen": 2, "moved_since": NOW - 9 * DAY}, None),
        ({"new_at": NOW - 25 * HOUR}, Trouble.SILENT),
        ({"new_at": NOW - 23 * HOUR}, None),  # a night, or a quiet Sunday
        ({"new_at": NOW - 6 * DAY, "habit": DAY}, None),  # a weekly that is seldom late
        ({"new_at": NOW - 9 * DAY, "habit": DAY}, Trouble.SILENT),
        ({"new_at": NOW - 25 * HOUR, "new_entries": 9}, None),  # its habit isn't known yet
        ({"rolled_over": True}, Trouble.ROLLED_OVER),
        ({"trouble": Trouble.ROLLED_OVER, "trouble_since": NOW - 23 * HOUR}, Trouble.ROLLED_OVER),  # told once a day
        ({"trouble": Trouble.ROLLED_OVER, "trouble_since": NOW - DAY}, None),
        # No longer 410 but 500, or another url that was not asked yet: that is no answer, and it isn't well again.
        ({"trouble": Trouble.GONE, "trouble_since": NOW - HOUR / 4, "error": "http_500: refused"}, Trouble.GONE),
        ({"trouble": Trouble.FAILING, "trouble_since": NOW - DAY, "answered_at": NOW - 2 * DAY}, Trouble.FAILING),
        ({"trouble": Trouble.GONE, "trouble_since": NOW - HOUR}, None),
        ({"with_figures": (False,) * FIGURES_LOOKED_AT + YIELDS * 20}, None),  # a feed of another beat
        ({"with_figures": (False,) * FIGURES_LOOKED_AT + (True, False) * FIGURES_BEFORE}, Trouble.NO_FIGURES),
        ({"with_figures": (False,) * (FIGURES_LOOKED_AT - 1) + (True,) * FIGURES_BEFORE * 2}, None),
        ({"with_figures": (False,) * FIGURES_LOOKED_AT + (True,) * (FIGURES_BEFORE - 1)}, None),
    ],
)
def test_trouble_is_seen_and_habits_are_respected(changed: dict[str, object], trouble: Trouble | None) -> None:
    assert trouble_of(replace(WELL, **changed), NOW) is trouble  # type: ignore[arg-type]


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_is_told_in_words(trouble: Trouble) -> None:
    feed = replace(WELL, error="timeout: late", moved_to="https://new.example/", moved_since=NOW)
    headline, note = in_words(feed, trouble)
    assert headline.startswith("The feed Wire ")
    assert note.strip()
    assert "None" not in note.replace("None in its newest", "")


@pytest.mark.parametrize(
    ("before", "now", "over"),
    [(Trouble.FAILING, Trouble.ROLLED_OVER, True), (Trouble.GONE, Trouble.NO_FIGURES, True),
     (Trouble.FAILING, Trouble.GONE, False), (Trouble.MOVED, Trouble.FAILING, False), (None, Trouble.SILENT, False)],
)  # fmt: skip
def test_a_lesser_trouble_says_that_the_worse_one_is_over(before: Trouble | None, now: Trouble, over: bool) -> None:
    assert ("is over" in in_words(replace(WELL, trouble=before), now)[1]) is over


def test_a_habit_follows_the_feed_and_counts_items_that_come_together() -> None:
    assert new_habit(None, 6 * HOUR, 3) == 2 * HOUR
    habit = new_habit(2 * HOUR, 7 * HOUR, 1)
    assert habit == 3 * HOUR
    for _ in range(40):
        habit = new_habit(habit, HOUR, 1)
    assert HOUR <= habit < 1.01 * HOUR


def test_a_feed_that_fails_for_hours_is_stale_and_one_that_rests_is_not() -> None:
    assert is_stale(replace(WELL, error="dns: unknown", answered_at=NOW - 3 * HOUR), NOW)
    assert not is_stale(replace(WELL, error="dns: unknown", answered_at=NOW - 2 * HOUR), NOW)
    assert not is_stale(replace(WELL, answered_at=NOW - 20 * HOUR), NOW)  # asked once a day


def test_a_move_is_believed_after_three_sightings_over_a_day() -> None:
    assert has_moved(3, NOW - DAY, NOW)
    assert not has_moved(3, NOW - DAY + timedelta(seconds=1), NOW)
    assert not has_moved(2, NOW - 5 * DAY, NOW)
    assert not has_moved(0, None, NOW)
