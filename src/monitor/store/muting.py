"""What nobody was told for a mute: how it is noted, and what readers have in hand where the last change was muted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.domain.changes import Kind
from monitor.domain.quantities import Quantity
from monitor.domain.series import SeriesKey
from monitor.store.convert import series_text
from monitor.store.tables import ChangeTable

IN_TIME = (ChangeTable.at, ChangeTable.number, ChangeTable.id)
NEWEST_FIRST = (ChangeTable.at.desc(), ChangeTable.number.desc(), ChangeTable.id.desc())
"""The orders of changes: those of one time as they were found."""
_NEW = (Kind.FIRST, Kind.DIFFERS)
"""What was before such a change is nothing, or what others say."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """A line whose last change nobody was told: by which mute, in words, the figure that readers have in hand from
    before (None: they were told nothing of it), and the figure that they weren't told (None: it was withdrawn)."""

    muted: str
    had: Quantity | None
    last: Quantity | None


def note_muted(session: Session, muted: Mapping[str, str]) -> None:
    """Notes by which mute nobody was told of these changes, by their ids."""
    for change, words in muted.items():
        session.execute(update(ChangeTable).where(ChangeTable.id == change).values(muted=words))


def unheard_in(session: Session, key: SeriesKey) -> dict[str, Unheard]:
    """The lines of a series whose last change nobody was told, by party: one step in an index where none is."""
    mine = ChangeTable.series_key == series_text(key)
    quiet = set(session.scalars(select(ChangeTable.party).where(mine, ChangeTable.muted.is_not(None))))
    found = {party: _unheard(session, key, party) for party in sorted(quiet)}
    return {party: one for party, one in found.items() if one is not None}


def _unheard(session: Session, key: SeriesKey, party: str) -> Unheard | None:
    run = list(_muted_last(session, key, party))
    if not run:
        return None
    newest, oldest = run[0], run[-1]
    return Unheard(newest.muted or "", None if oldest.kind in _NEW else oldest.before, newest.after)


def _muted_last(session: Session, key: SeriesKey, party: str) -> Iterator[ChangeTable]:
    """The changes of a line since the last one that was told, the newest first."""
    mine = (ChangeTable.series_key == series_text(key), ChangeTable.party == party)
    query = select(ChangeTable).where(*mine).order_by(*NEWEST_FIRST)
    for row in session.scalars(query):
        if row.muted is None:
            break
        yield row
