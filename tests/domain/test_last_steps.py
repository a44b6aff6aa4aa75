"""The last steps of a line, from what its claims did to it."""

from datetime import date

import pytest
from newsroom import quantity

from monitor.domain.changes import Kind
from monitor.domain.steps import MOST_STEPS, Course, Mark, Said, course


def said(day: int, kind: Kind, after: str | None, before: str | None = None) -> Said:
    was, now = (quantity(words) if words else None for words in (before, after))
    return Said(date(2025, 1, day), kind, was, now)


FIRST = said(1, Kind.FIRST, "3,000")
RAISED = said(2, Kind.RAISED, "30,000", "3,000")


@pytest.mark.parametrize(
    ("did", "steps"),
    [
        ((FIRST, RAISED), ["1: 3,000", "2: 30,000"]),
        # The same number by another kind of news is no step.
        ((FIRST, said(2, Kind.REFINED, "3,000")), ["1: 3,000"]),
        ((FIRST, RAISED, said(3, Kind.CORRECTED, "3,000", "30,000")), ["1: 3,000", "2: 30,000 taken_back", "3: 3,000"]),
        ((FIRST, RAISED, said(3, Kind.CORRECTED, "3,100", "30,000")), ["1: 3,000", "2: 30,000 taken_back", "3: 3,100"]),
        ((FIRST, said(3, Kind.WITHDRAWN, None, "3,000")), ["1: 3,000 taken_back"]),
        # What is taken back isn't in the line any more: it comes before the figure that stands.
        ((FIRST, said(2, Kind.CORRECTED, "3,000", "9,000")), ["2: 9,000 taken_back", "1: 3,000"]),
        ((said(2, Kind.WITHDRAWN, None, "9,000"),), ["2: 9,000 taken_back"]),
    ],
)
def test_what_was_taken_back_stays_to_be_seen(did: tuple[Said, ...], steps: list[str]) -> None:
    assert shown(course("Ukraine", did)) == steps


def test_a_figure_to_be_checked_is_marked_until_it_is_taken_back() -> None:
    doubtful = (quantity("30,000"),)
    assert shown(course("Ukraine", (FIRST, RAISED), check=doubtful)) == ["1: 3,000", "2: 30,000 check"]
    back = said(3, Kind.CORRECTED, "3,000", "30,000")
    assert shown(course("Ukraine", (FIRST, RAISED, back), check=doubtful))[1] == "2: 30,000 taken_back"


def test_a_long_line_shows_its_end() -> None:
    long = course("Ukraine", [said(day, Kind.RAISED, f"{1000 + day}") for day in range(1, 30)])
    assert len(long.steps) == MOST_STEPS
    assert long.steps[-1].quantity == quantity("1029")


def shown(line: Course) -> list[str]:
    marks = {one: f" {one.value}" if one is not Mark.SURE else "" for one in Mark}
    return [f"{one.day.day}: {one.quantity.number:,}{marks[one.mark]}" for one in line.steps]
