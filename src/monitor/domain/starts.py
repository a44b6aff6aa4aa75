"""Totals since a day: those since the first day of all that is counted, and those since a later one.

"31 killed since 31 January" is the toll of the war where the war began on that day, and a part of it where it had been
going on. No watch knows the day on which a war begins; what is known of its toll tells. Where the series of the whole
has no figure of a day before, all that was ever counted there fell since then, and the total since that day is the
whole. A text that comes in late with an earlier figure shows that it was a part, whenever it was told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.domain.changes import Book, Move
from monitor.domain.claims import Claim, Scope
from monitor.domain.series import SeriesKey
from monitor.domain.watches import Watch, series_key, window_key

_CUMULATIVE = Scope.CUMULATIVE


def whole_key(claim: Claim, watch: Watch, book: Book, beside: Iterable[Claim] = ()) -> SeriesKey | None:
    """The series of totals since the start, where the figure counts since a day before which nothing is known there;
    None for any other. `beside` are the other claims of its text."""
    figure = claim.figure
    if figure.since is None or figure.scope is not Scope.PERIOD or _turn_of_year(claim):
        return None
    whole = replace(claim, figure=replace(figure, scope=Scope.CUMULATIVE, window_days=None, since=None))
    key = series_key(whole, watch)
    if key is None:
        return None
    first = book.earliest(key)
    known = [
        one.day
        for one in beside
        if _speaks(one) and one.figure.scope is Scope.CUMULATIVE and series_key(one, watch) == key
    ]
    earliest = min([*known, first] if first is not None else known, default=None)
    return key if earliest is None or earliest >= figure.since else None


def parts_after_all(placed: Iterable[tuple[Claim, SeriesKey]], watch: Watch, book: Book) -> Iterator[Move]:
    """The totals since a day that were taken for the whole, where these claims tell of days before."""
    totals = [(one, key) for one, key in placed if key.scope is _CUMULATIVE and _speaks(one)]
    last = book.last_start() if totals else None
    moved: set[str] = set()
    for claim, key in totals:
        for part in book.counted_since(key, claim.day) if last is not None and last > claim.day else ():
            if part.id not in moved:
                moved.add(part.id)
                yield Move(part, key, window_key(part, watch))


def _speaks(claim: Claim) -> bool:
    return claim.asserted


def _turn_of_year(claim: Claim) -> bool:
    """Since 1 January: a year of the calendar, in which a war may be in its third."""
    since = claim.figure.since
    return since is not None and (since.month, since.day) == (1, 1)
