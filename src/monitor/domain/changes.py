"""What a new claim does to its series: the words for it. `monitor.domain.compare` decides."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from monitor.domain.claims import Claim
from monitor.domain.quantities import Quantity, interval
from monitor.domain.series import Anchor, Series, SeriesKey
from monitor.domain.verdicts import Merge
from monitor.domain.windows import Glance, Window


class Kind(StrEnum):
    """What a claim did to its series."""

    FIRST = "first"
    RAISED = "raised"
    LOWERED = "lowered"
    DIFFERS = "differs"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REFINED = "refined"
    CONFIRMED = "confirmed"
    REPEATED = "repeated"
    LATE = "late"


ALERTING = frozenset({Kind.FIRST, Kind.RAISED, Kind.LOWERED, Kind.DIFFERS, Kind.CORRECTED, Kind.WITHDRAWN})


def direction(now: Quantity, before: Quantity) -> Kind:
    """Whether a figure was raised or lowered, by the lower ends of what both are read as."""
    return Kind.RAISED if interval(now).low > interval(before).low else Kind.LOWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about one claim in one party's line of one series, and why: kept for every claim.

    `kind` is None for claims that are never compared (denied, planned, …, a part of another figure of the article). A
    figure that its article dropped gets a second decision, `withdrawn`, under the dropped claim's id. `held_against`
    is the id of the claim that it was held against, `before` what stood there. `alert` says whether readers are told;
    `why` says it in words. `speaks`: False for an asserted figure that says nothing of what its party says now, such
    as a copy of one that was corrected.
    """

    claim_id: str
    series: SeriesKey
    party: str
    kind: Kind | None
    held_against: str | None
    before: Quantity | None
    alert: bool
    why: str
    speaks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An estimate before and after, the kind of change, and the claim that caused it: what alerts tell.

    `id` is stable: the same decision gives the same change. `after` is None when a figure was withdrawn and nothing
    else stands behind the party's line. `check`: the new figure looks like a slip, and readers are asked to check it.
    """

    id: str
    series: SeriesKey
    party: str
    kind: Kind
    before: Quantity | None
    after: Quantity | None
    claim_id: str
    held_against: str | None
    check: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One article revision that came in: its claims, and the active claims of the revision that it replaces.

    A `baseline` arrival is history that the reader is taken to know: it sets anchors and never alerts.
    """

    claims: tuple[Claim, ...]
    replaced: tuple[Claim, ...] = ()
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A claim known before that belongs to another series now, since a text came in late."""

    claim: Claim
    source: SeriesKey
    into: SeriesKey


@dataclass(frozen=True, slots=True)
class Comparison:
    """What follows from an arrival: a decision for every claim (and line), the changes to tell, and the anchors and
    doubts that moved, by series and party (None: the line has no anchor, or no doubt, any more). `moves` are claims of
    earlier arrivals that belong elsewhere now; there are decisions about them too, in their new series."""

    decisions: tuple[Decision, ...]
    changes: tuple[Change, ...]
    anchors: Mapping[tuple[SeriesKey, str], Anchor | None]
    doubts: Mapping[tuple[SeriesKey, str], Anchor | None] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()


class Book(Protocol):
    """What is stored, as far as a comparison asks for it."""

    def merges(self) -> Sequence[Merge]:
        """The series that a person has put together, oldest first."""
        ...

    def series(self, key: SeriesKey, window: Window | None = None) -> Series:
        """The series under this key, or the part of it that `window` wants; empty when nothing is stored.

        Its claims are those of earlier arrivals, none of the arrival that is being compared: a claim that stands here
        counts as known and is passed over. Those about to be replaced may still be among them.
        """
        ...

    def glance(self, key: SeriesKey, party: str, claim: Claim) -> Glance | None:
        """A first look at the line that this claim, of an arrival that replaces nothing, goes into; None where that is
        as much work as the window, where the line has nothing, and for a claim that may be known."""
        ...

    def speaker(self, key: SeriesKey, party: str) -> Claim | None:
        """The claim that speaks for a party in a series now: the latest of its window."""
        ...

    def corrected(self, key: SeriesKey, party: str, first: date, last: date) -> Sequence[Quantity]:
        """The figures of a party that articles gave until they were corrected, to what is as of these days."""
        ...

    def earliest(self, key: SeriesKey) -> date | None:
        """The first day that an asserted figure of a series ever spoke of; None for an empty one."""
        ...

    def beside(self, key: SeriesKey) -> Sequence[SeriesKey]:
        """The stored series that differ from this one in who is counted alone, by subject; of an incident those of
        incidents at its place on its day."""
        ...

    def last_start(self) -> date | None:
        """The latest day from which any figure counts; None where none does."""
        ...

    def counted_since(self, key: SeriesKey, day: date) -> Sequence[Claim]:
        """The claims of a series that count from a day after this one, in the order of their ids."""
        ...

    def incidents(self, watch: str, subject: str, first: date, last: date) -> Sequence[SeriesKey]:
        """The keys of the incident series of this watch and subject, any measure, whose incident's day is one of
        these."""
        ...

    def known_to_readers(self, claim_ids: Sequence[str]) -> bool:
        """True when readers were told of one of these claims, by an alert or with the baseline."""
        ...

    def only_agreed(self, claim_ids: Sequence[str]) -> Collection[str]:
        """Of these claims of incidents those that readers were never told, since they agreed with what they knew."""
        ...

    def last_said(self, watch: str, subject: str, first: date, last: date) -> datetime | None:
        """When the newest text came out that gives a figure of an incident of these days; None for none."""
        ...


def change_id(
    key: SeriesKey, party: str, kind: Kind, claim_id: str, held_against: str | None, revision: int = 1
) -> str:
    """A short stable name: the same decision gives the same change.

    `revision` is the number of the revision that states the claim. A text that returns to an earlier wording states
    the same claim once more, and what follows from it is news again.
    """
    parts = (
        key.watch,
        key.subject,
        key.measure,
        key.scope,
        key.place or "",
        str(key.window_days or ""),
        key.incident or "",
        party,
        kind,
        claim_id,
        held_against or "",
        str(revision),
    )
    return "x" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
