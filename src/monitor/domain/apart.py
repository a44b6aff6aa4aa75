"""Series that were put together and are counted apart again: where each of their claims goes."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from monitor.domain.compare import compare, place
from monitor.domain.memory import MemoryBook
from monitor.domain.refold import History
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Merge, merged, together
from monitor.domain.watches import Watch

Name = tuple[str, str]
"""A watch and the id of a claim."""
Left = tuple[str, int, SeriesKey]
"""A claim's id, its revision and the series out of which it was merged."""


def movable(
    history: History, into: Collection[SeriesKey], left: Sequence[Left], since: int
) -> dict[Name, SeriesKey | None]:
    """The claims of `into` that stood elsewhere before series were put into it, with the series in which they did, or
    None where that has to be found out. `left` is in the order of time, the last first.

    What was compared before (up to the turn `since`) and never left another series was at home there. A claim that has
    another id since its text was read again goes where its text's other claims went.
    """
    homes = {together(key) for key in into}
    by_claim: dict[Name, SeriesKey] = {(key.watch, claim): key for claim, _, key in left}
    by_revision: dict[tuple[str, int], SeriesKey] = {(key.watch, revision): key for _, revision, key in left}
    found: dict[Name, SeriesKey | None] = {}
    for watch in {key.watch for key in into}:
        for turn in history.turns:
            for claim in turn.claims:
                name = (watch, claim.id)
                key = history.placed.get(name)
                if key is None or together(key) not in homes:
                    continue
                before = by_claim.get(name)
                if before is None and key.incident and turn.number <= since:
                    before = by_revision.get((watch, turn.revision), key)
                found[name] = before
    return found


def taken_apart(
    history: History,
    watches: Sequence[Watch],
    merges: Sequence[Merge],
    stood: Mapping[Name, SeriesKey | None],
    series: Collection[SeriesKey],
) -> History:
    """The history with its claims where they would be had only these merges been, `stood` telling where they stood.

    One of which that is not known is held against the incidents of this history anew; where it belongs to none of
    `series` it stays where it is.
    """
    placed = {name: merged(stood.get(name) or key, merges) for name, key in history.placed.items()}
    known = {together(key) for key in series}
    book = MemoryBook()
    for watch in watches:
        for arrival in (one for _, one in history.arrivals(watch.name)):
            for claim in arrival.claims:
                name = (watch.name, claim.id)
                if name in stood and stood[name] is None:
                    key = place(claim, watch, book)
                    placed[name] = merged(key if key and together(key) in known else history.placed[name], merges)
            book.record(arrival, compare(arrival, (watch,), book, placed))
    return History(history.turns, placed)


def moved(before: History, after: History) -> Iterator[str]:
    """The claims that are in other series now, in the order in which they came."""
    names = {name for name, key in after.placed.items() if before.placed.get(name) != key}
    ids = {claim for _, claim in names}
    return (claim.id for turn in after.turns for claim in turn.claims if claim.id in ids)
