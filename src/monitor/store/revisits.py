"""Pages that are looked at again: those of articles that hold a figure of a watch, less often as they grow old."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update

from monitor.domain.articles import next_revisit
from monitor.store.articles import put_off, to_pending
from monitor.store.base import Part, is_due
from monitor.store.rows import PendingArticle
from monitor.store.tables import ArticleTable, DecisionTable, RevisionTable


class RevisitPart(Part):
    """The schedule of looking at pages again."""

    def due_revisits(self, now: datetime, limit: int, until: datetime | None = None) -> list[PendingArticle]:
        """The articles whose page is to be looked at again by now, longest waiting first.

        Articles that turn out to hold no figure of a watch leave the schedule here. `until`: they are this worker's
        alone until then. On SQLite, where one looks alone, that means nothing.
        """
        due = (is_due(ArticleTable.revisit_at, now), ArticleTable.pending.is_(False))
        with self._database.write() as session:
            # By one statement, not by their ids: a large feed can bring more of them than a statement binds.
            idle = select(ArticleTable.id).where(*due, ~_watched(), ~_uncompared()).with_for_update(skip_locked=True)
            settled = update(ArticleTable).where(ArticleTable.id.in_(idle)).values(revisit_at=None)
            session.execute(settled.execution_options(synchronize_session=False))
            query = select(ArticleTable).where(*due, _watched())
            query = query.order_by(ArticleTable.revisit_at, ArticleTable.id).limit(limit)
            if until is not None and not self._database.sqlite:
                return put_off(session, query, ArticleTable.revisit_at.key, until)
            return [to_pending(row) for row in session.scalars(query)]

    def revisited(self, article_id: int, now: datetime, *, gone: bool = False) -> None:
        """Says that a page was looked at: the next look is due by how long it has stayed the same; none if `gone`."""
        with self._database.write() as session:
            article = session.get(ArticleTable, article_id, with_for_update=True)
            if article is not None and article.revisit_at is not None:
                article.revisit_at = None if gone else next_revisit(article.changed_at or article.first_seen_at, now)


def _watched() -> ColumnElement[bool]:
    return exists().where(DecisionTable.revision_id == RevisionTable.id, RevisionTable.article_id == ArticleTable.id)


def _uncompared() -> ColumnElement[bool]:
    """True while a text of the article waits to be compared: until then, nobody knows what it holds."""
    return exists().where(RevisionTable.article_id == ArticleTable.id, RevisionTable.compared_at.is_(None))
