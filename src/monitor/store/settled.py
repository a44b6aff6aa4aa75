"""Figures that stand no more: those that later news set right, and those that people rejected. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from monitor.domain.changes import Kind
from monitor.domain.claims import Claim
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Verdict
from monitor.store.convert import series_text, to_claim, to_decision
from monitor.store.rows import DecisionLine
from monitor.store.tables import (
    WITHOUT_TEXTS,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    FormerDecisionTable,
    RevisionTable,
    SeriesTable,
    VerdictTable,
)


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A claim in a series with the decision that put it there. `number` orders them as they were compared, and is 0 for
    one that a person took out; `counts` is False once the claim is replaced or rejected. `settled`: what later news
    made of its figure: corrected (it was a slip) or withdrawn. `rejected`: by whom and why."""

    number: int
    decision: DecisionLine
    claim: Claim
    counts: bool
    settled: Kind | None = None
    rejected: str = ""


def settled_in(session: Session, key: SeriesKey) -> dict[str, Kind]:
    """The claims of a series whose figures readers were told and another claim then set right, as a change tells whose
    decision still holds."""
    stated = (DecisionTable.claim_id == ChangeTable.claim_id, DecisionTable.series_key == ChangeTable.series_key)
    same = (DecisionTable.kind == ChangeTable.kind, DecisionTable.held_against == ChangeTable.held_against)
    query = (
        select(ChangeTable.held_against, ChangeTable.kind)
        .join(DecisionTable, and_(*stated, *same))
        .where(ChangeTable.series_key == series_text(key), ChangeTable.kind.in_((Kind.CORRECTED, Kind.WITHDRAWN)))
        .where(ChangeTable.held_against != ChangeTable.claim_id)
    )
    return {row.held_against: row.kind for row in session.execute(query)}


def settled_as(settled: Mapping[str, Kind], claim_id: str, kind: Kind | None, held_against: str | None) -> Kind | None:
    """What later news made of a claim's figure, also of one that said the same again; None: nothing."""
    copied = held_against if kind is Kind.REPEATED and held_against is not None else claim_id
    return settled.get(claim_id) or settled.get(copied)


def rejected_lines(session: Session, key: SeriesKey, limit: int) -> list[SaidLine]:
    """The claims that stood in a series until a person rejected them, those taken out last first. Found by the
    verdicts, which are few."""
    former = FormerDecisionTable
    query = (
        select(former, SeriesTable, ClaimTable, RevisionTable, ArticleTable, VerdictTable)
        .select_from(VerdictTable)
        .join(former, former.claim_id == VerdictTable.claim_id)
        .join(SeriesTable, former.series_key == SeriesTable.key)
        .join(ClaimTable, and_(ClaimTable.id == former.claim_id, ClaimTable.revision_id == former.revision_id))
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .where(VerdictTable.verdict == Verdict.REJECTED.value, ClaimTable.rejected.is_(True))
        .where(former.series_key == series_text(key), or_(former.kind.is_(None), former.kind != Kind.WITHDRAWN))
        .options(*WITHOUT_TEXTS)
        .order_by(former.id.desc(), VerdictTable.id.desc())
        .limit(limit)
    )
    found: dict[tuple[str, str], SaidLine] = {}
    for row, series, claim, revision, article, verdict in session.execute(query):
        decided = DecisionLine(to_decision(row, series), row.decided_at, row.reason)
        why = f"rejected by {verdict.who}: {verdict.why}" if verdict.why else f"rejected by {verdict.who}"
        line = SaidLine(0, decided, to_claim(claim, revision, article), False, rejected=why)
        found.setdefault((row.claim_id, row.party), line)
    return list(found.values())
