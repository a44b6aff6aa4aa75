"""What may go after a while, because nobody has judged it and no figure stands on it.

A claim, what was decided of it, a change, a verdict and the article that any of them comes from never go. The newest
row of each table stays too: SQLite would give its number to the next one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, false, func, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from monitor.domain.deliveries import DeliveryState
from monitor.store.base import Part, chunks
from monitor.store.failing import AGAIN, FailingTable
from monitor.store.tables import (
    ArticleTable,
    ClaimTable,
    DecisionTable,
    DeliveryTable,
    FormerClaimTable,
    FormerDecisionTable,
    RereadingTable,
    RevisionTable,
    RobotsTable,
    RunTable,
)

PORTION = 500
"""Rows that go in one transaction: others write between two."""

_UNSYNCED = {"synchronize_session": False}
_ENDED = (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.FOLDED)


class PrunePart(Part):
    """Throwing away. Each method counts what goes; with `dry_run` nothing does."""

    def prune_texts(self, before: datetime, *, dry_run: bool = False) -> int:
        """The texts of articles in which no reader found a figure, ever, and that had their last text before this time.
        The articles stay known, so that no feed brings them again. Returns how many texts."""
        query = (
            select(RevisionTable.id)
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(ArticleTable.pending.is_(False), RevisionTable.fetched_at < before)
            .where(*_without_figures(), ~_newer(before), RevisionTable.id < _last(RevisionTable.id))
            .where(func.coalesce(RevisionTable.turn, 0) < func.coalesce(_last(RevisionTable.turn), 1))
        )
        return self._prune(query, RevisionTable.id, dry_run=dry_run, first=_forget_summaries)

    def prune_deliveries(self, before: datetime, *, dry_run: bool = False) -> int:
        """Deliveries that ended before this time, sent or given up. The changes that they told stay."""
        ended = (DeliveryTable.state.in_(_ENDED), DeliveryTable.ended_at < before)
        query = select(DeliveryTable.sequence).where(*ended, DeliveryTable.sequence < _last(DeliveryTable.sequence))
        return self._prune(query, DeliveryTable.sequence, dry_run=dry_run)

    def prune_runs(self, before: datetime, *, dry_run: bool = False) -> int:
        """Runs that began before this time, with their status tables."""
        query = select(RunTable.id).where(RunTable.started_at < before, RunTable.id < _last(RunTable.id))
        return self._prune(query, RunTable.id, dry_run=dry_run)

    def prune_robots(self, now: datetime, *, dry_run: bool = False) -> int:
        """What sites asked of programs, where it no longer holds."""
        return self._prune(select(RobotsTable.site).where(RobotsTable.until < now), RobotsTable.site, dry_run=dry_run)

    def prune_failing(self, now: datetime, readers: Mapping[str, Collection[str]], *, dry_run: bool = False) -> int:
        """What operators were told more than a day ago of failures that are over, and of channels and addresses that
        there are no more; `readers` are the channels, each with its addresses."""
        row = FailingTable
        there = [and_(row.channel == name, row.reader.in_(("", *known))) for name, known in readers.items()]
        old = and_(row.told_at <= now - AGAIN, or_(row.over, not_(or_(false(), *there))))
        with self._database.write() as session:
            count = session.scalar(select(func.count()).select_from(row).where(old)) or 0
            if count and not dry_run:
                session.execute(delete(row).where(old).execution_options(**_UNSYNCED))
        return count

    def _prune(
        self,
        query: Select[Any],
        key: Any,
        *,
        dry_run: bool,
        first: Callable[[Session, Sequence[Any]], None] | None = None,
    ) -> int:
        """Deletes the rows of these keys, a portion in each transaction; `first` hears of a portion before it goes."""
        if dry_run:
            with self._database.read() as session:
                return session.scalar(select(func.count()).select_from(query.subquery())) or 0
        gone, portion = 0, query.order_by(key).limit(PORTION)
        while True:
            with self._database.write() as session:
                keys = list(session.scalars(portion))
                for some in chunks(keys):
                    if first is not None:
                        first(session, some)
                    session.execute(delete(key.class_).where(key.in_(some)).execution_options(**_UNSYNCED))
            gone += len(keys)
            if len(keys) < PORTION:
                return gone
            portion = query.where(key > keys[-1]).order_by(key).limit(PORTION)


def _last(column: Any) -> Any:
    return select(func.max(column)).scalar_subquery()


def _forget_summaries(session: Session, revisions: Sequence[int]) -> None:
    """What feeds gave of the articles goes with the texts."""
    mine = select(RevisionTable.article_id).where(RevisionTable.id.in_(revisions))
    session.execute(
        update(ArticleTable).where(ArticleTable.id.in_(mine)).values(entry_text="").execution_options(**_UNSYNCED)
    )


def _without_figures() -> list[ColumnElement[bool]]:
    """Nothing was ever read in any text of the article, nor would be by the newest reader."""
    other = aliased(RevisionTable)
    decided = select(DecisionTable.id).join(other, DecisionTable.revision_id == other.id)
    return [
        ~exists().where(ClaimTable.article_id == ArticleTable.id),
        ~decided.where(other.article_id == ArticleTable.id).exists(),
        *(ArticleTable.id.not_in(_of(table)) for table in (FormerDecisionTable, FormerClaimTable)),
        ArticleTable.id.not_in(_of(RereadingTable).where(RereadingTable.claims.is_not(None))),
    ]


def _of(table: Any) -> Select[Any]:
    """The articles that rows of this table speak of: few, so they are listed once."""
    other = aliased(RevisionTable)
    return select(other.article_id).join(table, table.revision_id == other.id)


def _newer(before: datetime) -> ColumnElement[bool]:
    """The article has a text that is newer, or that nobody has read or compared as yet."""
    text = aliased(RevisionTable)
    fresh = or_(text.fetched_at >= before, text.extractor.is_(None), text.compared_at.is_(None))
    return exists().where(text.article_id == ArticleTable.id, fresh)
