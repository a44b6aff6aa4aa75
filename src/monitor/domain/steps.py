"""The last steps of a party's line, as an alert shows them: where it moved, and what was taken back. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from monitor.domain.changes import Kind
from monitor.domain.quantities import Quantity

MOST_STEPS = 12
"""Of one party; the last ones."""
MOST_PARTIES = 6
MOVES = frozenset(Kind) - {Kind.REPEATED, Kind.LATE, Kind.WITHDRAWN}
"""What makes a step. A claim that said the same again, or came late, makes none, nor one that is gone."""


class Mark(StrEnum):
    """What is to be known of a step besides its figure."""

    SURE = ""
    CHECK = "check"
    """Readers were asked to check it, and nothing has settled it."""
    TAKEN_BACK = "taken_back"
    """It was corrected or withdrawn, or was a slip."""


@dataclass(frozen=True, slots=True)
class Step:
    """A figure that a party gave, as of a day."""

    day: date
    quantity: Quantity
    mark: Mark = Mark.SURE


@dataclass(frozen=True, slots=True)
class Course:
    """The last steps of one party's line of a series, oldest first."""

    party: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim did to its line: what stood `before`, and the figure `after` it (None: nothing)."""

    day: date
    kind: Kind
    before: Quantity | None
    after: Quantity | None


def course(party: str, said: Iterable[Said], *, check: Iterable[Quantity] = ()) -> Course:
    """The steps of a line, from what its claims did, in order of time. `check`: figures that readers were asked to
    check."""
    steps: list[Step] = []
    for one in said:
        if one.kind in {Kind.CORRECTED, Kind.WITHDRAWN}:
            _take_back(steps, one)
        if one.after is not None and not _ends_in(steps, one.after):
            steps.append(Step(one.day, one.after))
    doubtful = frozenset(check)
    marked = (replace(one, mark=Mark.CHECK) if _doubted(one, doubtful) else one for one in steps)
    return Course(party, tuple(marked)[-MOST_STEPS:])


def _ends_in(steps: list[Step], quantity: Quantity) -> bool:
    """True where the line shows already that this figure stands: nothing taken back comes after it."""
    return bool(steps) and steps[-1].mark is Mark.SURE and steps[-1].quantity == quantity


def _take_back(steps: list[Step], said: Said) -> None:
    """Marks the step that gave a figure which is taken back; where it isn't known any more, it was given by then."""
    quantity = said.before
    for at in reversed(range(len(steps))):
        if steps[at].quantity == quantity and steps[at].mark is Mark.SURE:
            steps[at] = replace(steps[at], mark=Mark.TAKEN_BACK)
            return
    if quantity is not None:
        stands = bool(steps) and steps[-1].quantity == said.after  # what stands now comes last
        steps.insert(len(steps) - stands, Step(said.day, quantity, Mark.TAKEN_BACK))


def _doubted(step: Step, doubtful: frozenset[Quantity]) -> bool:
    return step.mark is Mark.SURE and step.quantity in doubtful
