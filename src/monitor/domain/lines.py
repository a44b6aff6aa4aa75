"""One party's line of one series as an arrival meets it, and what is found about a claim that is held against it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Claim, Scope
from monitor.domain.doubts import Beside, doubt_beside, doubt_of_first, doubt_of_step
from monitor.domain.quantities import Quantity, agree
from monitor.domain.series import Anchor, Series, in_doubt, latest
from monitor.domain.watches import Watch


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a claim does to its line. `anchor` is what the reader knows of the line afterwards, None for nothing.

    `doubt` is a figure that readers are, or were, asked to check and that isn't the anchor; `settled` says that the
    line's doubt is over. `speaks` is as in `Decision`.
    """

    kind: Kind | None
    why: str
    anchor: Anchor | None
    alert: bool = False
    held_against: str | None = None
    before: Quantity | None = None
    doubt: Anchor | None = None
    settled: bool = False
    speaks: bool = True

    @property
    def check(self) -> bool:
        """True when readers are told the figure and asked to check it."""
        return self.alert and self.doubt is not None

    @property
    def after(self) -> Quantity | None:
        """The figure that readers have in hand afterwards."""
        known = self.doubt if self.check else self.anchor
        return known.quantity if known else None


@dataclass(frozen=True)
class Line:
    """One party's line of one series, as an arrival meets it.

    `news` are the arrival's claims that are not known yet, `gone` the claims of the revision that it replaces; `kept`
    are the line's other claims, all of them compared before. `series` is without `news` and `gone`. No slots: what is
    worked out of a long line is kept. `beside` finds what the party gives of the same by other measures, `agreed`
    which of some claims readers were never told, since they agreed with what they knew.
    """

    watch: Watch
    series: Series
    party: str
    news: tuple[Claim, ...]
    gone: tuple[Claim, ...] = ()
    beside: Callable[[], Beside] = Beside
    agreed: Callable[[Sequence[str]], Collection[str]] = frozenset

    @property
    def told(self) -> Anchor | None:
        """The figure that the reader was last told."""
        return self.series.anchors.get(self.party)

    @property
    def doubt(self) -> Anchor | None:
        """The figure that the reader was told besides and asked to check."""
        return self.series.doubts.get(self.party)

    @cached_property
    def kept(self) -> tuple[Claim, ...]:
        """The claims of the line that stay."""
        return self.series.line(self.party)

    @cached_property
    def sure(self) -> tuple[Claim, ...]:
        """Those of them that don't give the doubtful figure: what the party has said as far as is known."""
        if self.doubt is None:
            return self.kept
        return tuple(claim for claim in self.kept if not self.in_doubt(claim.figure.quantity))

    @cached_property
    def previous(self) -> Claim | None:
        """The claim that speaks for the party so far."""
        return latest(self.sure)

    @cached_property
    def others(self) -> tuple[Anchor, ...]:
        """What the reader was told of the other parties."""
        anchors = self.series.anchors
        return tuple(anchors[party] for party in sorted(anchors) if party != self.party)

    @cached_property
    def heard(self) -> tuple[Anchor, ...]:
        """Of those what readers heard of, and what is lower: the toll of a strike creeps up in steps that agree."""
        others = self.others
        if self.series.key.scope is not Scope.INCIDENT or len(others) < 2:
            return others
        agreed = self.agreed([other.claim_id for other in others])
        most = max((other.quantity.number for other in others if other.claim_id not in agreed), default=None)
        return others if most is None else tuple(other for other in others if other.quantity.number <= most)

    def agrees(self, one: Quantity, other: Quantity) -> bool:
        """True when two quantities of this party agree."""
        return agree(one, other, same_party=True, looseness=self.watch.looseness)

    def in_doubt(self, quantity: Quantity) -> bool:
        """True for the doubtful figure said again."""
        return in_doubt(self.series, self.party, quantity, self.watch.looseness)

    def doubt_of(self, before: Anchor | None, now: Quantity) -> str | None:
        """Why a figure after `before`, or a first one, is to be checked. Not where another party gives it as well, and
        not the figure before: two don't make the same slip. But what can't be is to be checked whoever says it."""
        loose, key = self.watch.looseness, self.series.key
        if any(claim.accepted and claim.figure.quantity == now for claim in self.news):
            return None  # a person says that it is no slip
        if (impossible := doubt_beside(self.beside(), now, loose)) is not None:
            return impossible
        if before is None:
            return doubt_of_first([other.quantity for other in self.others], now, loose)
        speaking = (other.quantity for other in self.others if other.party != UNATTRIBUTED)
        # The same number, not one that differs by a tenth: half of all sources stand that near to a total that falls.
        theirs = (other for other in speaking if agree(now, other, same_party=True, looseness=loose))
        if any(not agree(before.quantity, other, same_party=False, looseness=loose) for other in theirs):
            return None
        return doubt_of_step(key.measure, key.scope, before.quantity, now, loose)
