"""The last steps of a series' lines in a message: as data, and in words. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from monitor.domain.claims import UNATTRIBUTED
from monitor.domain.quantities import Qualifier, Quantity, in_words
from monitor.domain.steps import Course, Mark, Step

MARKS = {Mark.CHECK: "please check", Mark.TAKEN_BACK: "taken back"}
NOBODY = "No source named"


def to_data(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Courses as JSON data, short: they are in every delivery."""
    return [{"party": course.party, "steps": [_step_data(step) for step in course.steps]} for course in courses]


def from_data(data: Sequence[Mapping[str, Any]]) -> tuple[Course, ...]:
    """The courses back. Raises KeyError, TypeError or ValueError for other data."""
    return tuple(Course(str(one["party"]), tuple(_step(step) for step in one["steps"])) for one in data)


def worth_showing(courses: Sequence[Course]) -> tuple[Course, ...]:
    """The courses, unless all there is is one figure."""
    return tuple(courses) if sum(len(course.steps) for course in courses) > 1 else ()


def in_line(course: Course, limit: int | None = None) -> str:
    """ "more than 3,000 (13 Jan 2025) → 4,700 (30 Apr)": a year is said where it is another than before. `limit`: so
    many steps, the last ones."""
    said: list[str] = []
    year = 0
    steps = course.steps[-limit:] if limit else course.steps
    for step in steps:
        day = on(step.day) if step.day.year != year else f"{step.day.day} {step.day:%b}"
        mark = f", {MARKS[step.mark]}" if step.mark else ""
        said.append(f"{in_words(step.quantity)} ({day}{mark})")
        year = step.day.year
    return " → ".join(said)


def named(party: str) -> str:
    """The party, or that nobody is named."""
    return NOBODY if party == UNATTRIBUTED else party


def on(day: date) -> str:
    """ "3 Jan 2025"."""
    return f"{day.day} {day:%b %Y}"


def summary(counted: str, courses: Sequence[Course]) -> str:
    """What a chart of these courses shows, for those who don't see it."""
    days = [step.day for course in courses for step in course.steps]
    lines = [f"{named(course.party)}: {_from_to(course)}." for course in courses if course.steps]
    return f"Chart. {counted}, {on(min(days))} to {on(max(days))}. {' '.join(lines)}" if days else f"Chart. {counted}"


def _from_to(course: Course) -> str:
    sure = [step for step in course.steps if step.mark is not Mark.TAKEN_BACK] or list(course.steps)
    first, last = in_words(sure[0].quantity), in_words(sure[-1].quantity)
    check = f", {MARKS[Mark.CHECK]}" if sure[-1].mark is Mark.CHECK else ""
    return (last if first == last else f"from {first} to {last}") + check


def _step_data(step: Step) -> dict[str, Any]:
    quantity = step.quantity
    return {
        "day": step.day.isoformat(),
        "low": quantity.low,
        "high": quantity.high,
        "qualifier": quantity.qualifier.value,
        "mark": step.mark.value,
    }


def _step(data: Mapping[str, Any]) -> Step:
    quantity = Quantity(data["low"], data["high"], Qualifier(data["qualifier"]))
    return Step(date.fromisoformat(data["day"]), quantity, Mark(data["mark"]))
