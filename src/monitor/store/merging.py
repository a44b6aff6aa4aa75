"""Series that a person has put together, and has taken apart again."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Merge, Said
from monitor.store.base import Part, insert_new
from monitor.store.convert import series_text, series_values, to_series_key
from monitor.store.rows import MergeLine
from monitor.store.tables import FormerDecisionTable, MergeTable, RevisionTable, SeriesTable

_MERGED = MergeTable.__table__.c
_MERGES = select(_MERGED.source, _MERGED.into).where(_MERGED.ended_at.is_(None)).order_by(_MERGED.id)


class MergePart(Part):
    """Merges."""

    def merges(self) -> list[MergeLine]:
        """All merges, also those that were taken back, oldest first."""
        with self._database.read() as session:
            return merge_lines(session)


class Merging:
    """What `Comparing` does for merges."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._merges: tuple[Merge, ...] | None = None

    def merges(self) -> Sequence[Merge]:
        """The series that a person has put together, oldest first."""
        if self._merges is None:
            known = self._session.execute(_MERGES).all()
            keys = {text: to_series_key(self._session.get_one(SeriesTable, text)) for row in known for text in row}
            self._merges = tuple(Merge(keys[source], keys[into]) for source, into in known)
        return self._merges

    def merge_lines(self) -> list[MergeLine]:
        """All merges, also those that were taken back, oldest first."""
        return merge_lines(self._session)

    def note_merge(self, merge: Merge, said: Said) -> int:
        """Keeps a merge and returns its number."""
        insert_new(self._session, SeriesTable, [series_values(key) for key in (merge.source, merge.into)])
        row = MergeTable(
            source=series_text(merge.source),
            into=series_text(merge.into),
            who=said.who,
            why=said.why,
            at=said.now,
            turn=self._session.scalar(select(func.max(RevisionTable.turn))) or 0,
        )
        self._session.add(row)
        self._session.flush()
        self._merges = None
        return row.id

    def end_merges(self, numbers: Collection[int], said: Said) -> None:
        """Merges that hold no longer: they are kept, with who has taken them back and why."""
        ended = {"ended_at": said.now, "ended_by": said.who, "ended_why": said.why}
        self._session.execute(update(MergeTable).where(MergeTable.id.in_(numbers)).values(**ended))
        self._merges = None

    def moved_by(self, lines: Iterable[MergeLine]) -> list[tuple[str, int, SeriesKey]]:
        """The claims that these merges have moved: their ids, revisions and the series left, the last first."""
        found: list[tuple[int, str, int, SeriesKey]] = []
        for line in lines:
            key = line.merge.source
            whole = SeriesTable.key == series_text(key)
            if key.incident is not None:
                of_it = (SeriesTable.watch, SeriesTable.subject, SeriesTable.incident)
                whole = and_(*(column == value for column, value in zip(of_it, _incident(key), strict=True)))
            query = (
                select(FormerDecisionTable, SeriesTable)
                .join(SeriesTable, FormerDecisionTable.series_key == SeriesTable.key)
                .where(whole, FormerDecisionTable.undone_at == line.said.now)
            )
            rows = self._session.execute(query)
            found += [(row.id, row.claim_id, row.revision_id, to_series_key(series)) for row, series in rows]
        found.sort(key=lambda one: one[0], reverse=True)
        return [(claim, revision, left) for _, claim, revision, left in found]


def merge_lines(session: Session) -> list[MergeLine]:
    """All merges, oldest first."""
    rows = list(session.scalars(select(MergeTable).order_by(MergeTable.id)))
    keys = {text: to_series_key(session.get_one(SeriesTable, text)) for row in rows for text in (row.source, row.into)}
    return [_line(row, Merge(keys[row.source], keys[row.into])) for row in rows]


def _line(row: MergeTable, merge: Merge) -> MergeLine:
    said = Said(who=row.who, why=row.why, now=row.at)
    ended = None
    if row.ended_at is not None:
        ended = Said(who=row.ended_by or "", why=row.ended_why or "", now=row.ended_at)
    return MergeLine(number=row.id, merge=merge, said=said, turn=row.turn or 0, ended=ended)


def _incident(key: SeriesKey) -> tuple[str, str, str | None]:
    return key.watch, key.subject, key.incident
