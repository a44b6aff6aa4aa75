"""Watches: what a user asked to be told about."""

from dataclasses import dataclass, field

from monitor.domain.claims import Measure, Scope, Subject
from monitor.domain.quantities import Looseness


@dataclass(frozen=True, slots=True)
class MinChange:
    """The smallest step worth telling, measured from the last figure told: a count of people or a fraction of it."""

    count: int = 0
    fraction: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A watch, its words already understood: `subject` None means anyone; `theatre` are canonical place names that
    mean the whole; `places` (the setting `place`) limit it to figures for those places."""

    name: str
    subject: Subject | None
    measures: frozenset[Measure]
    theatre: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset({Scope.CUMULATIVE})
    min_change: MinChange = field(default_factory=MinChange)
    min_confidence: float = 0.5
    channels: tuple[str, ...] = ()
    looseness: Looseness = field(default_factory=Looseness)
