"""Figures that stand no more: those that later news set right, and those that people rejected. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from monitor.domain.changes import Kind
from monitor.domain.claims import Claim
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Verdict
from monitor.store.base import chunks
from monitor.store.convert import series_text, to_claim, to_decision
from monitor.store.rows import ChangeLine, DecisionLine
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
    made of its figure: corrected (it was a slip) or withdrawn. `rejected`: by whom and why; `edited`: by whom a claim
    that counts was corrected, what it was, and why."""

    number: int
    decision: DecisionLine
    claim: Claim
    counts: bool
    settled: Kind | None = None
    rejected: str = ""
    edited: str = ""


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


_Place = tuple[str, str, str, Kind | None]
"""What was decided: of which claim, in which series, for which party, and how."""


def with_undone(session: Session, lines: Sequence[ChangeLine]) -> list[ChangeLine]:
    """The changes, each with why it no longer holds, where a verdict or another reading has taken back what it came
    of. One that was taken back and then decided in the same way again, of the same figure, holds."""
    former = _former(session, {one.change.claim_id for one in lines})
    if not former:
        return list(lines)
    standing = _standing(session, {name[0] for name in former})
    return [_marked(one, former.get(_place(one), ()), standing) for one in lines]


def _marked(line: ChangeLine, former: Iterable[tuple[datetime, str]], standing: set[_Place]) -> ChangeLine:
    # A correction is of the very time of the verdict that it tells of, which undid what the claim said before.
    since = [(at, reason) for at, reason in former if at > line.at]
    same = line.change.kind is Kind.WITHDRAWN or line.claim.figure.quantity == line.change.after
    if not since or (same and _place(line) in standing):
        return line
    at, reason = since[-1]
    return replace(line, undone=reason, undone_at=at)


def _place(line: ChangeLine) -> _Place:
    return line.change.claim_id, series_text(line.change.series), line.change.party, line.change.kind


def _former(session: Session, claims: Iterable[str]) -> dict[_Place, list[tuple[datetime, str]]]:
    """When and why decisions on these claims were taken back, in the order of time."""
    former = FormerDecisionTable
    found: dict[_Place, list[tuple[datetime, str]]] = {}
    for chunk in chunks(sorted(claims)):
        query = (
            select(former.claim_id, former.series_key, former.party, former.kind, former.undone_at, former.reason)
            .where(former.claim_id.in_(chunk))
            .order_by(former.id)
        )
        for claim, series, party, kind, at, reason in session.execute(query):
            found.setdefault((claim, series, party, kind), []).append((at, reason))
    return found


def _standing(session: Session, claims: Iterable[str]) -> set[_Place]:
    """The decisions on these claims that hold."""
    held = DecisionTable
    found: set[_Place] = set()
    for chunk in chunks(sorted(claims)):
        query = select(held.claim_id, held.series_key, held.party, held.kind).where(held.claim_id.in_(chunk))
        found |= {(row.claim_id, row.series_key, row.party, row.kind) for row in session.execute(query)}
    return found
