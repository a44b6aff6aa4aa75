"""What is known, for the command line and the pages. Reads only."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from monitor.domain.claims import Claim
from monitor.domain.contradictions import SideBySide, side_by_side
from monitor.domain.deliveries import DeliveryState
from monitor.domain.series import SeriesKey, support
from monitor.domain.verdicts import together
from monitor.store.articles import to_revision
from monitor.store.base import chunks
from monitor.store.convert import series_text, to_anchor, to_change, to_claim, to_decision, to_figure, to_series_key
from monitor.store.held import HeldClaims, HoldingPart
from monitor.store.judging import verdicts_of
from monitor.store.lines import ACTIVE, claims_around, last_days, speakers, told_in
from monitor.store.merging import merge_lines
from monitor.store.muting import IN_TIME, NEWEST_FIRST, unheard_in
from monitor.store.outbox import changes_told
from monitor.store.rereading import from_json
from monitor.store.rows import (
    ArticleLine,
    ChangeLine,
    ClaimDetail,
    DecisionLine,
    DeliveryLine,
    DoubtLine,
    FigureLine,
    FormerReading,
    StoredRevision,
)
from monitor.store.settled import with_undone
from monitor.store.tables import (
    WITHOUT_TEXTS,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    DeliveryChangeTable,
    DeliveryTable,
    DoubtTable,
    FormerClaimTable,
    FormerDecisionTable,
    RevisionTable,
    SeriesTable,
)

_ChangeRow = tuple[ChangeTable, SeriesTable, ClaimTable, RevisionTable, ArticleTable, bool]


class QueryPart(HoldingPart):
    """Queries."""

    def figures(self, watch: str | None = None) -> list[FigureLine]:
        """Every party's line in every series (of one watch), ordered by series, then party."""
        query = select(SeriesTable)
        if watch is not None:
            query = query.where(SeriesTable.watch == watch)
        with self._database.read() as session:
            # Sorted here and not by the database: those differ in their order of letters.
            keys = sorted((to_series_key(row) for row in session.scalars(query)), key=series_text)
            return [line for key in keys for line in figure_lines(session, key, self._held)]

    def doubted(self) -> list[DoubtLine]:
        """The figures that readers were asked to check and that nothing has settled, ordered by series, then party."""
        query = select(DoubtTable, SeriesTable).join(SeriesTable, DoubtTable.series_key == SeriesTable.key)
        with self._database.read() as session:
            doubts = [(to_series_key(series), to_anchor(row)) for row, series in session.execute(query)]
            claims = self._held.by_id(session, sorted({doubt.claim_id for _, doubt in doubts}))
        found = [
            DoubtLine(key, doubt, claim.figure.subject.text if (claim := claims.get(doubt.claim_id)) else key.subject)
            for key, doubt in doubts
        ]
        return sorted(found, key=lambda line: (series_text(line.series), line.doubt.party))

    def side_by_side(self, watch: str | None = None) -> list[SideBySide]:
        """Every series (of one watch) in which somebody says something, its parties side by side, ordered by series."""
        query = select(SeriesTable)
        if watch is not None:
            query = query.where(SeriesTable.watch == watch)
        with self._database.read() as session:
            keys = sorted((to_series_key(row) for row in session.scalars(query)), key=series_text)
            found = (_side_by_side(session, key, self._held) for key in keys)
            return [one for one in found if one.sides]

    def changes(self, limit: int = 50) -> list[ChangeLine]:
        """The latest changes, newest first."""
        with self._database.read() as session:
            return change_lines(session, (), limit)

    def claim(self, claim_id: str) -> ClaimDetail | None:
        """A claim with what explains it; None when there is none of this id."""
        query = (
            select(ClaimTable, RevisionTable, ArticleTable)
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(ClaimTable.id == claim_id)
            .order_by(ClaimTable.revision_id.desc())
            .limit(1)
        )
        with self._database.read() as session:
            row = session.execute(query).one_or_none()
            return None if row is None else _claim_detail(session, *row)

    def unsure(self, below: float, limit: int) -> list[Claim]:
        """Claims of the newest texts that were read with less confidence than `below` and that nobody has judged, the
        newest first: at most `limit` of them."""
        query = (
            select(ClaimTable, RevisionTable, ArticleTable)
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(ClaimTable.confidence < below, ClaimTable.accepted.is_(False), *ACTIVE)
            .order_by(RevisionTable.fetched_at.desc(), ClaimTable.id)
            .limit(limit)
            .options(*WITHOUT_TEXTS)
        )
        with self._database.read() as session:
            return [to_claim(*row) for row in session.execute(query)]

    def change(self, change_id: str) -> ChangeLine | None:
        """A change by its id; None when there is none."""
        with self._database.read() as session:
            found = change_lines(session, [ChangeTable.id == change_id], 1)
            return found[0] if found else None

    def decisions(self, claim_id: str) -> list[DecisionLine]:
        """What was decided about a claim, oldest first."""
        with self._database.read() as session:
            return _decisions(session, claim_id)

    def revision(self, revision_id: int) -> StoredRevision | None:
        """A revision by its id; None when there is none."""
        query = (
            select(RevisionTable, ArticleTable)
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(RevisionTable.id == revision_id)
        )
        with self._database.read() as session:
            row = session.execute(query).one_or_none()
            return None if row is None else to_revision(*row)

    def deliveries(self, state: DeliveryState | None = None, limit: int = 200) -> list[DeliveryLine]:
        """The deliveries (in one state), newest first."""
        query = (
            select(DeliveryTable).order_by(DeliveryTable.created_at.desc(), DeliveryTable.sequence.desc()).limit(limit)
        )
        if state is not None:
            query = query.where(DeliveryTable.state == state)
        with self._database.read() as session:
            rows = list(session.scalars(query))
            return _delivery_lines(session, rows)

    def number_of_deliveries(self, state: DeliveryState | None = None) -> int:
        """How many deliveries (in one state) there are."""
        query = select(func.count()).select_from(DeliveryTable)
        if state is not None:
            query = query.where(DeliveryTable.state == state)
        with self._database.read() as session:
            return session.scalars(query).one()

    def deliveries_of(self, change_ids: Collection[str]) -> list[DeliveryLine]:
        """The deliveries that tell any of these changes, newest first."""
        with self._database.read() as session:
            found = {
                row.key: row
                for chunk in chunks(sorted(change_ids))
                for row in session.scalars(
                    select(DeliveryTable)
                    .join(DeliveryChangeTable, DeliveryChangeTable.delivery_key == DeliveryTable.key)
                    .where(DeliveryChangeTable.change_id.in_(chunk))
                )
            }
            return _delivery_lines(session, sorted(found.values(), key=lambda row: row.sequence, reverse=True))


def figure_lines(session: Session, key: SeriesKey, held: HeldClaims) -> Iterator[FigureLine]:
    """What each party says in a series now."""
    told, unheard = told_in(session, key), unheard_in(session, key)
    for party, claim in speakers(session, key, held).items():
        behind = support(claims_around(session, key, party, claim.day, held), claim.figure.quantity)
        quiet = unheard.get(party)
        yield FigureLine(
            series=key,
            party=party,
            claim=claim,
            anchor=told.anchors.get(party),
            doubt=told.doubts.get(party),
            statements=behind.statements,
            outlets=behind.outlets,
            muted=quiet.muted if quiet else "",
        )


def _side_by_side(session: Session, key: SeriesKey, held: HeldClaims) -> SideBySide:
    muted = {party: one.muted for party, one in unheard_in(session, key).items()}
    return side_by_side(last_days(session, key, held), muted=muted)


def _changes() -> "Select[_ChangeRow]":
    """Changes with the newest statement of the claim that caused each, and whether it has a place in that line now."""
    stated = aliased(ClaimTable)
    newest = select(func.max(stated.revision_id)).where(stated.id == ChangeTable.claim_id)
    same = and_(ClaimTable.id == ChangeTable.claim_id, ClaimTable.revision_id == newest.scalar_subquery())
    line = (DecisionTable.series_key == ChangeTable.series_key, DecisionTable.party == ChangeTable.party)
    placed = exists().where(DecisionTable.claim_id == ChangeTable.claim_id, *line)
    return (
        select(ChangeTable, SeriesTable, ClaimTable, RevisionTable, ArticleTable, placed)
        .join(SeriesTable, ChangeTable.series_key == SeriesTable.key)
        .join(ClaimTable, same)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .options(*WITHOUT_TEXTS)
    )


def change_lines(session: Session, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[ChangeLine]:
    """The changes, and series of changes, that are so, the newest first."""
    query = _changes().where(*conditions).order_by(*NEWEST_FIRST).limit(limit)
    return with_undone(session, [_change_line(*row) for row in session.execute(query)])


def _change_line(
    change: ChangeTable,
    series: SeriesTable,
    claim: ClaimTable,
    revision: RevisionTable,
    article: ArticleTable,
    placed: bool,
) -> ChangeLine:
    said = to_claim(claim, revision, article)
    stands = placed and not (claim.replaced or claim.rejected) and said.figure.quantity == change.after
    return ChangeLine(to_change(change, series), change.at, said, change.muted or "", stands)


def _decisions(session: Session, claim_id: str) -> list[DecisionLine]:
    """Those that stand, after those that no longer do."""
    found = []
    for table in (FormerDecisionTable, DecisionTable):
        query = (
            select(table, SeriesTable)
            .join(SeriesTable, table.series_key == SeriesTable.key)
            .where(table.claim_id == claim_id)
            .order_by(table.id)
        )
        for row, series in session.execute(query):
            undone = row.reason if isinstance(row, FormerDecisionTable) else ""
            found.append(DecisionLine(to_decision(row, series), row.decided_at, undone))
    return found


def _claim_detail(session: Session, claim: ClaimTable, revision: RevisionTable, article: ArticleTable) -> ClaimDetail:
    changes = session.execute(_changes().where(ChangeTable.claim_id == claim.id).order_by(*IN_TIME))
    decisions = _decisions(session, claim.id)
    homes = {together(line.decision.series) for line in decisions}
    return ClaimDetail(
        claim=to_claim(claim, revision, article),
        text=revision.text,
        extractor=claim.past_reader or revision.extractor or "",
        language=revision.language or "",
        replaced=claim.replaced,
        read_no_more=claim.past_reader is not None,
        rejected=claim.rejected,
        decisions=tuple(decisions),
        changes=tuple(with_undone(session, [_change_line(*row) for row in changes])),
        verdicts=tuple(verdicts_of(session, claim.id)),
        former=tuple(_former(session, claim)),
        merges=tuple(
            line for line in merge_lines(session) if homes & {together(line.merge.source), together(line.merge.into)}
        ),
    )


def _former(session: Session, claim: ClaimTable) -> Iterator[FormerReading]:
    same = (FormerClaimTable.claim_id == claim.id, FormerClaimTable.revision_id == claim.revision_id)
    for row in session.scalars(select(FormerClaimTable).where(*same).order_by(FormerClaimTable.id)):
        yield FormerReading(to_figure(ClaimTable(**from_json(row.columns))), row.extractor, row.until)


def article_line(row: ArticleTable, claims: int) -> ArticleLine:
    """An article of a list; `claims` are those of its newest text."""
    return ArticleLine(
        id=row.id,
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        status=row.status,
        reason=row.reason,
        pending=row.pending,
        retry_at=row.retry_at,
        revisions=row.revisions,
        claims=claims,
    )


def _delivery_lines(session: Session, rows: Sequence[DeliveryTable]) -> list[DeliveryLine]:
    told = changes_told(session, [row.key for row in rows])
    return [_delivery_line(row, told.get(row.key, ())) for row in rows]


def _delivery_line(row: DeliveryTable, change_ids: tuple[str, ...]) -> DeliveryLine:
    return DeliveryLine(
        key=row.key,
        channel=row.channel,
        state=row.state,
        attempts=row.attempts,
        due_at=row.due_at,
        created_at=row.created_at,
        ended_at=row.ended_at,
        error=row.error,
        payload=row.payload,
        change_ids=change_ids,
        folded_into=row.folded_into,
    )
