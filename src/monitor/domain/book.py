"""Estimates and changes as a pure fold over the arrivals."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from monitor.domain.changes import Arrival, Change
from monitor.domain.compare import compare
from monitor.domain.memory import MemoryBook
from monitor.domain.shares import Unit
from monitor.domain.watches import Watch

__all__ = ["Folded", "MemoryBook", "changes_in", "fold"]


@dataclass(frozen=True, slots=True)
class Folded:
    """What comes of folding arrivals: the book, and the changes in order."""

    book: MemoryBook
    changes: tuple[Change, ...]


def fold(
    arrivals: Iterable[Arrival],
    watches: Sequence[Watch],
    *,
    keep: timedelta | None = None,
    only: Collection[Unit] | None = None,
) -> Folded:
    """Compares the arrivals in their order, from an empty book; one that came in before is passed over.

    The same arrivals give the same changes, ids included. `keep` is how far back the book's lines are kept, for years
    of news in little memory; None keeps all. `only`: one of the shares of a history that is folded in several.
    """
    book = MemoryBook(keep)
    return Folded(book, tuple(changes_in(arrivals, watches, book, only=only)))


def changes_in(
    arrivals: Iterable[Arrival],
    watches: Sequence[Watch],
    book: MemoryBook,
    *,
    only: Collection[Unit] | None = None,
) -> Iterator[Change]:
    """The changes one by one, as the arrivals are compared and entered in the book: years of them in little memory."""
    for arrival in arrivals:
        if not book.knows(arrival):
            comparison = compare(arrival, watches, book, only=only)
            book.record(arrival, comparison)
            yield from comparison.changes
