"""A book in memory: estimates and changes as a pure fold over the arrivals, and what a rejected claim sets right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.domain.changes import Arrival, Change, Comparison, Kind, change_id
from monitor.domain.claims import Claim
from monitor.domain.compare import compare
from monitor.domain.quantities import agree
from monitor.domain.series import Anchor, Series, SeriesKey, with_anchor
from monitor.domain.watches import Watch


class MemoryBook:
    """A `Book` that lives in memory. What is recorded in it is all that it knows."""

    def __init__(self) -> None:
        self._series: dict[SeriesKey, Series] = {}
        self._seen: set[tuple[str, int]] = set()

    def series(self, key: SeriesKey) -> Series:
        """The series under this key; an empty one when nothing was recorded."""
        return self._series.get(key) or Series(key)

    def incidents(self, watch: str, subject: str) -> Sequence[SeriesKey]:
        """The keys of the incident series of this watch and subject, any measure, in order of first record."""
        return [key for key in self._series if key.incident and (key.watch, key.subject) == (watch, subject)]

    def series_keys(self) -> tuple[SeriesKey, ...]:
        """The keys of all series, in order of first record."""
        return tuple(self._series)

    def anchors(self) -> dict[tuple[SeriesKey, str], Anchor]:
        """What the reader was last told, by series and party."""
        return {
            (key, party): anchor for key, series in self._series.items() for party, anchor in series.anchors.items()
        }

    def doubts(self) -> dict[tuple[SeriesKey, str], Anchor]:
        """What the reader was asked to check, by series and party."""
        return {(key, party): doubt for key, series in self._series.items() for party, doubt in series.doubts.items()}

    def knows(self, arrival: Arrival) -> bool:
        """True when every claim of the arrival was recorded before, even if its article was revised since: the whole
        run once more. A later revision that returns to an earlier wording is not known."""
        return bool(arrival.claims) and self._seen.issuperset(_stated(arrival))

    def record(self, arrival: Arrival, comparison: Comparison) -> None:
        """Enters an arrival and what was decided about it."""
        claims = {claim.id: claim for claim in arrival.claims}
        self._seen |= _stated(arrival)
        replaced = {claim.id for claim in arrival.replaced} - claims.keys()
        if replaced:
            self._take_out(replaced)
        for decision in comparison.decisions:
            if decision.claim_id in claims:
                self._put_in(decision.series, decision.party, claims[decision.claim_id])
        for (key, party), anchor in comparison.anchors.items():
            series = self.series(key)
            self._series[key] = replace(series, anchors=with_anchor(series.anchors, party, anchor))
        for (key, party), doubt in comparison.doubts.items():
            series = self.series(key)
            self._series[key] = replace(series, doubts=with_anchor(series.doubts, party, doubt))

    def _take_out(self, ids: set[str]) -> None:
        for key, series in self._series.items():
            left = tuple(pair for pair in series.claims if pair[1].id not in ids)
            self._series[key] = replace(series, claims=left)

    def _put_in(self, key: SeriesKey, party: str, claim: Claim) -> None:
        series = self.series(key)
        others = tuple(pair for pair in series.claims if (pair[0], pair[1].id) != (party, claim.id))
        self._series[key] = replace(series, claims=(*others, (party, claim)))


def _stated(arrival: Arrival) -> set[tuple[str, int]]:
    """The claims of an arrival, each with the number of the revision that states it."""
    return {(claim.id, claim.origin.revision) for claim in arrival.claims}


@dataclass(frozen=True, slots=True)
class Folded:
    """What comes of folding arrivals: the book, and the changes in order."""

    book: MemoryBook
    changes: tuple[Change, ...]


def fold(arrivals: Iterable[Arrival], watches: Sequence[Watch]) -> Folded:
    """Compares the arrivals in their order, from an empty book; one that came in before is passed over.

    The same arrivals give the same changes, ids included.
    """
    book = MemoryBook()
    changes: list[Change] = []
    for arrival in arrivals:
        if not book.knows(arrival):
            comparison = compare(arrival, watches, book)
            book.record(arrival, comparison)
            changes.extend(comparison.changes)
    return Folded(book, tuple(changes))


def without(arrivals: Iterable[Arrival], rejected: frozenset[str]) -> tuple[Arrival, ...]:
    """The arrivals as they would have been without the claims of these ids."""
    return tuple(
        replace(
            arrival,
            claims=tuple(claim for claim in arrival.claims if claim.id not in rejected),
            replaced=tuple(claim for claim in arrival.replaced if claim.id not in rejected),
        )
        for arrival in arrivals
    )


def corrections(told: MemoryBook, right: MemoryBook, rejected: str, watches: Sequence[Watch]) -> tuple[Change, ...]:
    """The alerts that follow a rejection: where readers were told of a figure by this claim, or because of it, that
    does not agree with what they would have been told without it. A figure that they were asked to check counts."""
    looseness = {watch.name: watch.looseness for watch in watches}
    rights, doubts, still = right.anchors(), told.doubts(), right.doubts()
    changes = []
    for line in dict.fromkeys((*told.anchors(), *doubts)):
        was = doubts.get(line) or told.anchors()[line]
        known = (rights.get(line), still.get(line))
        loose = looseness.get(line[0].watch)
        if not any(now and agree(was.quantity, now.quantity, same_party=True, looseness=loose) for now in known):
            changes.append(_correction(line[0], was, rights.get(line), rejected))
    return tuple(changes)


def _correction(key: SeriesKey, was: Anchor, now: Anchor | None, rejected: str) -> Change:
    kind = Kind.CORRECTED if now else Kind.WITHDRAWN
    return Change(
        id=change_id(key, was.party, kind, rejected, was.claim_id),
        series=key,
        party=was.party,
        kind=kind,
        before=was.quantity,
        after=now.quantity if now else None,
        claim_id=rejected,
        held_against=was.claim_id,
    )
