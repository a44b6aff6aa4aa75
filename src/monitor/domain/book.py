"""Estimates and changes as a pure fold over the arrivals, and what a rejected claim sets right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.domain.changes import Arrival, Change, Kind, change_id
from monitor.domain.compare import compare
from monitor.domain.memory import MemoryBook
from monitor.domain.quantities import agree
from monitor.domain.series import Anchor, SeriesKey
from monitor.domain.watches import Watch

__all__ = ["Folded", "MemoryBook", "corrections", "fold", "without"]


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
