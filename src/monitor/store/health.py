"""How feeds do: what is judged, and what operators were told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from monitor.domain.deliveries import Sequel
from monitor.domain.health import FIGURES_BEFORE, FIGURES_LOOKED_AT, FeedRecord, Trouble
from monitor.store.base import Part
from monitor.store.outbox import enqueue_sequels
from monitor.store.rows import FeedHealth
from monitor.store.tables import ArticleTable, ClaimTable, FeedTable

WEEK = timedelta(days=7)
LOOKED_AT = FIGURES_LOOKED_AT + 3 * FIGURES_BEFORE
"""The newest articles of a feed from which its figures are judged."""


class HealthPart(Part):
    """The health of feeds."""

    def feed_records(self) -> list[FeedRecord]:
        """What is known of the active feeds, by name; articles are looked at only for those that bring any."""
        with self._database.read() as session:
            rows = session.scalars(select(FeedTable).where(FeedTable.active).order_by(FeedTable.name))
            return [_record(session, row) for row in rows]

    def note_troubles(self, told: Mapping[str, Trouble | None], sequels: Sequence[Sequel], now: datetime) -> None:
        """Keeps what operators are told of feeds, with the deliveries that tell it, in one transaction: what was told
        before and still waits isn't sent any more."""
        with self._database.write() as session:
            for name, trouble in told.items():
                row = session.get(FeedTable, name, with_for_update=True)
                if row is not None:
                    row.trouble, row.trouble_since = trouble, now if trouble is not None else None
            enqueue_sequels(session, sequels, now)

    def feeds(self, now: datetime) -> list[FeedHealth]:
        """All feeds, the active ones first, by name."""
        with self._database.read() as session:
            since = ArticleTable.first_seen_at >= now - WEEK
            items = dict(_counts(session, since))
            figures = dict(_counts(session, since, _holds_figures()))
            rows = sorted(session.scalars(select(FeedTable)), key=lambda row: (not row.active, row.name))
            return [
                _health(row, items.get(row.name, 0) / WEEK.days, figures.get(row.name, 0) / WEEK.days) for row in rows
            ]


def _counts(session: Session, *where: ColumnElement[bool]) -> list[tuple[str, int]]:
    query = select(ArticleTable.feed, func.count()).where(*where).group_by(ArticleTable.feed)
    return [(feed, count) for feed, count in session.execute(query)]


def _holds_figures() -> ColumnElement[bool]:
    return exists().where(ClaimTable.article_id == ArticleTable.id)


def _record(session: Session, row: FeedTable) -> FeedRecord:
    return FeedRecord(
        name=row.name,
        added_at=row.added_at,
        answered_at=row.answered_at,
        new_at=row.new_at,
        new_entries=row.new_entries,
        habit=timedelta(seconds=row.habit_seconds) if row.habit_seconds is not None else None,
        error=row.error if row.failures else None,
        rolled_over=row.rolled_over,
        moved_to=row.moved_to,
        moved_since=row.moved_since,
        moved_seen=row.moved_seen,
        gone=row.gone,
        with_figures=_with_figures(session, row) if row.new_entries >= FIGURES_LOOKED_AT + FIGURES_BEFORE else (),
        trouble=Trouble(row.trouble) if row.trouble else None,
        trouble_since=row.trouble_since,
    )


def _with_figures(session: Session, row: FeedTable) -> tuple[bool, ...]:
    """Which of the feed's newest articles hold a figure, the newest first; only texts that were read count."""
    query = (
        select(_holds_figures())
        .where(ArticleTable.feed == row.name, ArticleTable.revisions > 0, ArticleTable.pending.is_(False))
        .order_by(ArticleTable.id.desc())
        .limit(LOOKED_AT)
    )
    return tuple(bool(found) for found in session.scalars(query))


def _health(row: FeedTable, items: float, figures: float) -> FeedHealth:
    return FeedHealth(
        name=row.name,
        url=row.url,
        active=row.active,
        polls=row.polls,
        failures=row.failures,
        entries=row.entries,
        error=row.error,
        polled_at=row.polled_at,
        answered_at=row.answered_at,
        fresh_at=row.fresh_at,
        next_poll_at=row.next_poll_at,
        new_at=row.new_at,
        trouble=Trouble(row.trouble) if row.trouble else None,
        trouble_since=row.trouble_since,
        items=items,
        figures=figures,
    )
