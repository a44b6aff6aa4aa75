"""What the figures' own pages ask. Reads only; each question goes through an index and takes a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from monitor.domain.claims import Claim
from monitor.domain.series import SeriesKey
from monitor.store.convert import series_text, to_claim, to_decision, to_series_key
from monitor.store.held import HoldingPart
from monitor.store.queries import article_line, change_lines, figure_lines
from monitor.store.rows import ArticleLine, ChangeLine, DecisionLine, FigureLine
from monitor.store.tables import (
    WITHOUT_TEXTS,
    AnchorTable,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    RevisionTable,
    SeriesTable,
)


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A claim in a series with the decision that put it there. `number` orders them as they were compared; `counts` is
    False once the claim is replaced or rejected."""

    number: int
    decision: DecisionLine
    claim: Claim
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which series or changes a page asks for; None: any."""

    watch: str | None = None
    measure: str | None = None
    party: str | None = None
    place: str | None = None
    kind: str | None = None


class PagesPart(HoldingPart):
    """Queries of the pages."""

    def series_keys(self) -> list[SeriesKey]:
        """All series, in no order."""
        with self._database.read() as session:
            return [to_series_key(row) for row in session.scalars(select(SeriesTable))]

    def latest_series(self, wanted: Wanted, limit: int) -> list[list[FigureLine]]:
        """The parties' lines of the series that moved last, the newest first."""
        moved = func.max(AnchorTable.moved_at)
        query = select(SeriesTable).join(AnchorTable, AnchorTable.series_key == SeriesTable.key)
        for column, value in (
            (SeriesTable.watch, wanted.watch),
            (SeriesTable.measure, wanted.measure),
            (SeriesTable.place, wanted.place),
            (AnchorTable.party, wanted.party),
        ):
            query = query if value is None else query.where(column == value)
        query = query.group_by(SeriesTable.key).order_by(moved.desc(), SeriesTable.key).limit(limit)
        with self._database.read() as session:
            keys = [to_series_key(row) for row in session.scalars(query)]
            found = [list(figure_lines(session, key, self._held)) for key in keys]
            return [lines for lines in found if lines]

    def lines_of(self, key: SeriesKey) -> list[FigureLine]:
        """The parties' lines of one series."""
        with self._database.read() as session:
            return list(figure_lines(session, key, self._held))

    def said_in(self, key: SeriesKey, limit: int, before: int | None = None) -> list[SaidLine]:
        """The claims that were put into a series, those compared last first; `before` goes on behind that number."""
        query = (
            select(DecisionTable, SeriesTable, ClaimTable, RevisionTable, ArticleTable)
            .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
            .join(
                ClaimTable,
                and_(ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id),
            )
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(DecisionTable.series_key == series_text(key))
            .options(*WITHOUT_TEXTS)
            .order_by(DecisionTable.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(DecisionTable.id < before)
        with self._database.read() as session:
            return [
                SaidLine(
                    decision.id,
                    DecisionLine(to_decision(decision, series), decision.decided_at),
                    to_claim(claim, revision, article),
                    not (claim.replaced or claim.rejected),
                )
                for decision, series, claim, revision, article in session.execute(query)
            ]

    def changes_page(self, wanted: Wanted, limit: int, before: tuple[datetime, str] | None = None) -> list[ChangeLine]:
        """Changes, the newest first; `before` goes on behind the change of that time and id."""
        conditions = []
        for column, value in (
            (SeriesTable.watch, wanted.watch),
            (SeriesTable.measure, wanted.measure),
            (SeriesTable.place, wanted.place),
            (ChangeTable.party, wanted.party),
            (ChangeTable.kind, wanted.kind),
        ):
            conditions += [] if value is None else [column == value]
        if before is not None:
            at, last = before
            conditions.append(or_(ChangeTable.at < at, and_(ChangeTable.at == at, ChangeTable.id > last)))
        with self._database.read() as session:
            return change_lines(session, conditions, limit)

    def changes_in(self, key: SeriesKey, limit: int) -> list[ChangeLine]:
        """The changes of one series, the newest first."""
        with self._database.read() as session:
            return change_lines(session, [ChangeTable.series_key == series_text(key)], limit)

    def article_read(self, article_id: int) -> tuple[ArticleLine, str, list[Claim]] | None:
        """An article with its newest text and the claims in it, in the text's order; None when there is none."""
        with self._database.read() as session:
            article = session.get(ArticleTable, article_id)
            if article is None:
                return None
            revision = _newest(session, article_id)
            rows: Sequence[ClaimTable] = ()
            if revision is not None:
                query = select(ClaimTable).where(
                    ClaimTable.revision_id == revision.id, ClaimTable.past_reader.is_(None)
                )
                rows = list(session.scalars(query.order_by(ClaimTable.start, ClaimTable.id)))
            claims = [to_claim(row, revision, article) for row in rows if revision is not None]
            return article_line(article, len(claims)), revision.text if revision else "", claims

    def article_at(self, url: str) -> int | None:
        """The id of the article at this address."""
        with self._database.read() as session:
            return session.scalar(select(ArticleTable.id).where(ArticleTable.url == url))


def _newest(session: Session, article_id: int) -> RevisionTable | None:
    query = select(RevisionTable).where(RevisionTable.article_id == article_id)
    return session.scalar(query.order_by(RevisionTable.number.desc()).limit(1))
