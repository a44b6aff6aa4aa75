"""Figures that swing between two numbers: told once, then quiet until one of them holds."""

from datetime import timedelta

import pytest
from newsroom import Newsroom, moment


def swinging(newsroom: Newsroom, measure: str, hours: int, times: int, first: int = 0) -> list[bool]:
    """Two outlets, two numbers by turns, each dated by its text: which of them readers are told."""
    told = []
    for number in range(first, first + times):
        at = moment("2025-01-01T06:00") + timedelta(hours=hours * number)
        said = {measure: ("10,000", "13,000")[number % 2], "as_of": at.date().isoformat()}
        outcome = newsroom.says("Ukraine", on=at.isoformat()[:16], outlet=f"Outlet {number % 2}", **said)
        told.append(bool(outcome.alerts))
    return told


@pytest.mark.parametrize("measure", ["deployed", "captured", "missing"])
@pytest.mark.parametrize("hours", [6, 24])
def test_a_swing_is_told_with_its_first_return_and_then_no_more(measure: str, hours: int) -> None:
    newsroom = Newsroom()
    assert swinging(newsroom, measure, hours, 12) == [True] * 3 + [False] * 9


def test_it_is_told_as_a_swing() -> None:
    newsroom = Newsroom()
    swinging(newsroom, "captured", 6, 2)
    returned = newsroom.says("Ukraine", captured="10,000", on="2025-01-01T18:00", as_of="2025-01-01")
    assert "swings between 10,000 and 13,000" in returned.why


def test_the_figure_that_holds_is_told() -> None:
    newsroom = Newsroom()
    swinging(newsroom, "captured", 6, 4)
    assert not newsroom.says("Ukraine", captured="13,000", on="2025-01-03", as_of="2025-01-03").alerts
    assert newsroom.says("Ukraine", captured="13,000", on="2025-01-05", as_of="2025-01-05").told == [
        "raised captured 13000 Ukraine"
    ]


def test_a_third_figure_is_news() -> None:
    newsroom = Newsroom()
    swinging(newsroom, "captured", 6, 5)
    assert newsroom.says("Ukraine", captured="16,000", on="2025-01-03", as_of="2025-01-03").alerts
