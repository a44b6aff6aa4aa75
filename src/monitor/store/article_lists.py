"""Lists of articles, the ones seen last first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from monitor.domain.articles import ArticleStatus
from monitor.store.base import Part
from monitor.store.queries import article_line
from monitor.store.rows import ArticleLine
from monitor.store.tables import ArticleTable, ClaimTable, RevisionTable


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedArticles:
    """Which articles are asked for; None: any. An outlet and a title are meant by any part of them, without regard to
    capitals; `since` and `until` are days in UTC on which they were first seen, both taken in; `figures` True: only
    those in whose newest text figures were read."""

    outlet: str | None = None
    title: str | None = None
    status: ArticleStatus | None = None
    since: date | None = None
    until: date | None = None
    figures: bool | None = None

    def conditions(self, count: Any) -> "list[ColumnElement[bool]]":
        """The same for the database; `count` is the number of figures."""
        found = [ArticleTable.status == self.status] if self.status is not None else []
        for column, part in ((ArticleTable.outlet, self.outlet), (ArticleTable.title, self.title)):
            if part is not None:
                found.append(func.lower(column).contains(part.lower(), autoescape=True))
        found += [ArticleTable.first_seen_at >= _midnight(self.since)] if self.since is not None else []
        if self.until is not None and self.until < date.max:
            found.append(ArticleTable.first_seen_at < _midnight(self.until + timedelta(days=1)))
        found += [(count > 0) if self.figures else (count == 0)] if self.figures is not None else []
        return found


class ArticleListPart(Part):
    """Articles in lists."""

    def articles(
        self, limit: int = 50, wanted: WantedArticles | None = None, before: int | None = None
    ) -> list[ArticleLine]:
        """The articles seen last, newest first; `before` goes on behind the article of that id."""
        with self._database.read() as session:
            return [article_line(article, claims) for article, claims in session.execute(_query(limit, wanted, before))]


def _query(limit: int, wanted: WantedArticles | None, before: int | None) -> "Select[Any]":
    count = (
        select(func.count())
        .select_from(ClaimTable)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .where(
            ClaimTable.article_id == ArticleTable.id,
            ClaimTable.past_reader.is_(None),
            RevisionTable.number == ArticleTable.revisions,
        )
        .correlate(ArticleTable)
        .scalar_subquery()
    )
    query = (
        select(ArticleTable, count)
        .options(defer(ArticleTable.entry_text))
        .where(*(wanted or WantedArticles()).conditions(count))
    )
    if before is not None:
        query = query.where(ArticleTable.id < before)
    return query.order_by(ArticleTable.id.desc()).limit(limit)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
