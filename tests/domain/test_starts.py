"""Totals since a day: those since the first day of all that is counted, and those since a later one."""

import pytest
from newsroom import Newsroom, claim, north_korean_watch

from monitor.domain.claims import Scope

KYIV, SEOUL = "Ukraine", "South Korea"


def since(day: str, party: str, words: str, on: str, **said: object) -> object:
    """A figure that counts since a day."""
    return claim(party, "killed", words, on=on, scope="period", window_days=9, since=day, **said)  # type: ignore[arg-type]


def test_since_the_first_day_of_all_that_is_known_is_since_the_start() -> None:
    room = Newsroom()
    assert room.says(KYIV, killed="150", on="2024-12-02").told == ["first killed 150 Ukraine"]
    assert room.publishes(since("2024-11-30", KYIV, "150", "2024-12-03")).told == []
    assert room.publishes(since("2024-11-30", KYIV, "203", "2024-12-04")).told == ["raised killed 203 Ukraine"]
    assert room.says(KYIV, killed="203", on="2024-12-05").told == []
    assert room.publishes(since("2024-11-30", KYIV, "20", "2024-12-06")).alerts[0].check


def test_since_a_later_day_is_a_part_and_says_nothing_against_the_whole() -> None:
    room = Newsroom()
    room.says(KYIV, killed="900", on="2024-11-02")
    told = room.publishes(since("2024-12-01", KYIV, "120", "2024-12-05"))
    assert (told.told, told.decision.series.scope) == (["first killed 120 Ukraine"], Scope.PERIOD)
    assert room.says(KYIV, killed="900", on="2024-12-06").told == []


@pytest.mark.parametrize("text", [("950", "2024-12-03"), ("120", "2024-12-03")])
def test_a_year_of_the_calendar_begins_no_war(text: tuple[str, str]) -> None:
    room = Newsroom()
    words, on = text
    assert room.publishes(since("2024-01-01", KYIV, words, on)).decision.series.scope is Scope.PERIOD


def test_a_text_on_days_before_shows_that_it_was_a_part_and_nobody_is_told_anew() -> None:
    room = Newsroom()
    room.publishes(since("2024-12-01", KYIV, "120", "2024-12-05"))
    late = room.says(SEOUL, killed="900", on="2024-11-20")
    assert late.told == ["first killed 900 South Korea"]
    assert [(move.source.scope, move.into.scope) for move in late.comparison.moves] == [("cumulative", "period")]
    assert room.anchors() == {"killed Ukraine": 120, "killed South Korea": 900}
    assert room.publishes(since("2024-12-01", KYIV, "120", "2024-12-06")).told == []


def test_the_whole_of_its_own_text_speaks_for_the_line() -> None:
    room = Newsroom()
    url = "https://northwire.example.org/two"
    whole = claim(KYIV, "killed", "67,000", on="2024-12-05", url=url)
    told = room.publishes(whole, since("2024-12-01", KYIV, "350", "2024-12-05", url=url, start=9))
    assert told.told == ["first killed 67000 Ukraine"]


def test_a_watch_on_totals_takes_those_since_the_start() -> None:
    room = Newsroom(north_korean_watch(scopes=frozenset({Scope.CUMULATIVE})))
    assert room.publishes(since("2024-12-01", KYIV, "120", "2024-12-05")).told == ["first killed 120 Ukraine"]
    assert room.publishes(since("2024-12-07", KYIV, "30", "2024-12-09")).comparison.decisions == ()


def test_a_slow_outlets_total_since_a_day_is_late_as_any_total_is() -> None:
    room = Newsroom()
    for words, on in (("120", "2024-12-05"), ("160", "2024-12-06")):
        room.publishes(since("2024-12-01", KYIV, words, on))
    slow = room.publishes(since("2024-12-01", KYIV, "120", "2024-12-07", outlet="Slow Courier"))
    assert (slow.kind, slow.told) == ("late", [])
