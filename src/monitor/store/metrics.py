"""Numbers about the whole, for those who watch it: each is one step in an index, or a count along a small one; but
what grows for years is counted row by row, apart from the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from monitor.domain.articles import ArticleStatus
from monitor.domain.deliveries import DeliveryState
from monitor.store.base import Part
from monitor.store.tables import ArticleTable, ChangeTable, ClaimTable, DeliveryTable, FeedTable, RunTable

_OPEN = (DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.HELD, DeliveryState.PARKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How many rows there are of what is never thrown away."""

    articles: int
    claims: int
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How things stand. `waiting_since`: of each state that isn't an end, when its oldest delivery was
    due. `last` is the last run that ended, with `statuses` of its articles; `started_at` when the newest one began."""

    feeds: dict[str, int]
    pending: int
    deliveries: dict[DeliveryState, int]
    waiting_since: dict[DeliveryState, datetime]
    started_at: datetime | None
    last: tuple[datetime, datetime] | None
    statuses: dict[ArticleStatus, int]


class MetricsPart(Part):
    """The numbers."""

    def amounts(self) -> Amounts:
        """Reads every row of three large tables, or of an index of each: seconds where there are millions."""
        with self._database.read() as session:

            def count(of: Any) -> int:
                return session.scalar(select(func.count()).select_from(of)) or 0

            return Amounts(articles=count(ArticleTable), claims=count(ClaimTable), changes=count(ChangeTable))

    def totals(self) -> Totals:
        """All the others, as of one moment."""
        with self._database.read() as session:
            state = DeliveryTable.state
            waiting = select(state, func.min(DeliveryTable.due_at)).where(state.in_(_OPEN)).group_by(state)
            ended = select(RunTable).where(RunTable.finished_at.is_not(None)).order_by(RunTable.id.desc()).limit(1)
            last = session.scalar(ended)
            return Totals(
                feeds=_feeds(session),
                pending=session.scalar(select(func.count()).where(ArticleTable.pending)) or 0,
                deliveries=dict(session.execute(select(state, func.count()).group_by(state)).tuples().all()),
                waiting_since=dict(session.execute(waiting).tuples().all()),
                started_at=session.scalar(select(RunTable.started_at).order_by(RunTable.id.desc()).limit(1)),
                last=(last.started_at, last.finished_at) if last and last.finished_at else None,
                statuses=_statuses(last.counts if last else None),
            )


def _feeds(session: Session) -> dict[str, int]:
    """Every feed under one word: the trouble that operators were told of, else how its last poll went."""
    word = case(
        (FeedTable.trouble.is_not(None), FeedTable.trouble),
        (FeedTable.gone, "gone"),
        (FeedTable.failures > 0, "failing"),
        (FeedTable.answered_at.is_not(None), "ok"),
        else_="new",
    ).label("word")
    query = select(word, func.count()).where(FeedTable.active).group_by("word")
    return {"ok": 0, "failing": 0, **dict(session.execute(query).tuples().all())}


def _statuses(counts: Any) -> dict[ArticleStatus, int]:
    held = counts if isinstance(counts, dict) else {}
    return {one: number for one in ArticleStatus if isinstance(number := held.get(one.value), int)}
