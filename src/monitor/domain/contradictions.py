"""The parties of a series side by side: what each says now, and who agrees with whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.domain.claims import Claim
from monitor.domain.quantities import Looseness, Quantity, interval, widen
from monitor.domain.series import Series, SeriesKey, Support, estimate, in_doubt, support


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one party says now and what stands behind it. `check`: readers were asked to check this figure. `muted`: by
    which mute nobody was told."""

    party: str
    claim: Claim
    told: Quantity | None
    support: Support
    check: bool
    groups: tuple[int, ...]
    muted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """A series party by party, from the lowest figure to the highest.

    `groups` are the parties that agree, all of a group with one another, numbered from 0 in the order of their figures.
    A party that gives a wide range may stand in several. More than one group is a contradiction.
    """

    key: SeriesKey
    sides: tuple[Side, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def contradicted(self) -> bool:
        """True when not all of the parties agree."""
        return len(self.groups) > 1


def side_by_side(
    series: Series, looseness: Looseness | None = None, muted: Mapping[str, str] | None = None
) -> SideBySide:
    """The parties of a series as they stand now. Empty when none of them says anything. `muted`: by which mute readers
    weren't told what a party says last, by party."""
    spoken = estimate(series).parties
    groups = agreeing({party: claim.figure.quantity for party, claim in spoken.items()}, looseness)
    sides = []
    for party in sorted(spoken, key=lambda party: (spoken[party].figure.quantity.number, party)):
        claim, told = spoken[party], series.anchors.get(party)
        quantity = claim.figure.quantity
        sides.append(
            Side(
                party=party,
                claim=claim,
                told=told.quantity if told else None,
                support=support(series.line(party), quantity, looseness),
                check=in_doubt(series, party, quantity, looseness),
                groups=tuple(number for number, group in enumerate(groups) if party in group),
                muted=(muted or {}).get(party, ""),
            )
        )
    return SideBySide(key=series.key, sides=tuple(sides), groups=groups)


def agreeing(said: dict[str, Quantity], looseness: Looseness | None = None) -> tuple[tuple[str, ...], ...]:
    """The largest groups of parties whose figures all agree, by their figures, the lowest first.

    Intervals that all meet one another meet in one point, and the highest of their lower ends is such a point.
    """
    loose = looseness or Looseness()
    spans = {party: widen(interval(quantity, loose), loose.parties) for party, quantity in said.items()}
    ranked = sorted(spans, key=lambda party: (said[party].number, party))
    points = sorted({span.low for span in spans.values()})
    met = [tuple(party for party in ranked if spans[party].low <= point <= spans[party].high) for point in points]
    largest = [group for group in met if not any(set(group) < set(other) for other in met)]
    return tuple(dict.fromkeys(largest))
