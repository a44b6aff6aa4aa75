"""Runs of the pipeline and their status tables; mutes."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from monitor.domain.articles import ArticleStatus
from monitor.errors import StoreError
from monitor.store.base import Part
from monitor.store.locks import Lock
from monitor.store.rows import EVERY_WATCH, Mute, RunLine
from monitor.store.tables import ArticleTable, MuteTable, RunTable

_OVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Until when a mute runs that a person has ended: past at whatever time is asked for."""


class RunPart(Part):
    """Run bookkeeping and mutes."""

    def start_run(self, now: datetime) -> int:
        """Begins a run; its id goes to whatever gives articles their status."""
        with self._database.write() as session:
            row = RunTable(started_at=now)
            session.add(row)
            session.flush()
            return row.id

    def finish_run(self, run: int, counts: Mapping[str, Any], now: datetime) -> None:
        """Ends a run and keeps what it came to: its status table, or a report in JSON's own types."""
        with self._database.write() as session:
            row = session.get(RunTable, run)
            if row is None:
                raise StoreError(f"no run {run}")
            row.finished_at, row.counts = now, {str(name): count for name, count in counts.items()}

    def status_counts(self, run: int) -> dict[ArticleStatus, int]:
        """How many articles left this run with each status; all statuses, in their order, each article once.

        Counted from the articles: a later run that handles an article takes it over, so ask before the run's end and
        read it from `runs()` afterwards.
        """
        query = (
            select(ArticleTable.status, func.count())
            .where(ArticleTable.run_id == run, ArticleTable.status.is_not(None))
            .group_by(ArticleTable.status)
        )
        with self._database.read() as session:
            found = {status: count for status, count in session.execute(query) if status is not None}
        return {status: found.get(status, 0) for status in ArticleStatus}

    def runs(self, limit: int = 20) -> list[RunLine]:
        """The latest runs, newest first."""
        with self._database.read() as session:
            rows = session.scalars(select(RunTable).order_by(RunTable.id.desc()).limit(limit))
            return [RunLine(row.id, row.started_at, row.finished_at, row.counts or {}) for row in rows]

    def add_mute(
        self,
        watch: str,
        *,
        party: str | None = None,
        series: str | None = None,
        outlet: str | None = None,
        feed: str | None = None,
        until: datetime | None,
        who: str,
        why: str,
        now: datetime,
    ) -> int:
        """Silences a watch (EVERY_WATCH: each), or in it what is of a party, a series, an outlet or a feed, until a
        time (None: for good). Returns the mute's id."""
        what = {"party": party, "series": series, "outlet": outlet, "feed": feed}
        with self._database.write() as session:
            row = MuteTable(watch=watch, **what, until=until, who=who, why=why, at=now)
            session.add(row)
            session.flush()
            return row.id

    def mute_series(
        self,
        watch: str,
        series: str,
        *,
        seen: Collection[int],
        until: datetime | None,
        who: str,
        why: str,
        now: datetime,
    ) -> int | None:
        """Silences a series like add_mute(), if the mutes of it that run are those that were `seen`. Returns the mute's
        id; None, with nothing done, when somebody has muted it or ended a mute meanwhile."""
        beside = select(MuteTable.id).where(
            MuteTable.series == series, MuteTable.watch.in_((watch, EVERY_WATCH)), _runs(now)
        )
        with self._database.write() as session:
            self._database.lock(session, Lock.MUTES)
            if set(session.scalars(beside)) != set(seen):
                return None
            row = MuteTable(watch=watch, series=series, until=until, who=who, why=why, at=now)
            session.add(row)
            session.flush()
            return row.id

    def remove_mute(self, mute: int) -> None:
        """Ends a mute; nothing happens when there is none of this id. Its row stays: no number comes again."""
        with self._database.write() as session:
            session.execute(update(MuteTable).where(MuteTable.id == mute).values(until=_OVER))

    def knows_outlet(self, outlet: str) -> bool:
        """True for an outlet of which an article is stored."""
        with self._database.read() as session:
            return session.scalar(select(ArticleTable.id).where(ArticleTable.outlet == outlet).limit(1)) is not None

    def list_mutes(self, now: datetime) -> list[Mute]:
        """The mutes that run, oldest first."""
        with self._database.read() as session:
            rows = session.scalars(select(MuteTable).where(_runs(now)).order_by(MuteTable.id))
            return [_mute(row) for row in rows]


def _runs(now: datetime) -> ColumnElement[bool]:
    return or_(MuteTable.until.is_(None), MuteTable.until > now)


def _mute(row: MuteTable) -> Mute:
    return Mute(
        id=row.id,
        watch=row.watch,
        party=row.party,
        series=row.series,
        outlet=row.outlet,
        feed=row.feed,
        until=row.until,
        who=row.who,
        why=row.why,
        at=row.at,
    )
