"""Series: the claims of one subject, measure, scope and place, one line per party."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.claims import AsOf, Claim, Measure, Scope
from monitor.domain.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesKey:
    """Which claims are about the same thing, for one watch.

    `subject` is the canonical subject ("North Korea/troops"); `place` is None where the figure is for the whole
    theatre; `window_days` parts `period` figures by the length of their window; `incident` names one incident.
    """

    watch: str
    subject: str
    measure: Measure
    scope: Scope
    place: str | None = None
    window_days: int | None = None
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The figure of one party in one series that the reader was last told, by an alert or by the baseline."""

    party: str
    quantity: Quantity
    claim_id: str
    as_of: AsOf


@dataclass(frozen=True, slots=True)
class Series:
    """A series as stored: its active claims (asserted, of the newest revisions, not rejected) and its anchors.

    `claims` holds (party, claim) pairs: a claim by two parties stands in both lines. Order doesn't matter.
    """

    key: SeriesKey
    claims: tuple[tuple[str, Claim], ...] = ()
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
