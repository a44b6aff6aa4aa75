"""Claims that belong to another incident than the one they were put into: what a late text shows, written down."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from monitor.domain.changes import Comparison, Decision, Kind
from monitor.domain.compare import AFTER_ALL
from monitor.store.base import chunks, insert_new
from monitor.store.convert import series_text
from monitor.store.refolding import keep_former
from monitor.store.tables import ChangeTable, ClaimTable, DecisionTable, RevisionTable, SeriesTable


def last_said(session: Session, watch: str, subject: str, first: date, last: date) -> datetime | None:
    """When the newest text came out that gives a figure of an incident of these days; None for none."""
    same = and_(ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id)
    # A question for each series: series are of very unlike length, and with a join PostgreSQL, which reckons with as
    # much of each, would rather read all decisions through.
    newest = (
        select(func.max(func.coalesce(ClaimTable.said_at, RevisionTable.published_at, RevisionTable.fetched_at)))
        .select_from(DecisionTable)
        .join(RevisionTable, DecisionTable.revision_id == RevisionTable.id)
        .join(ClaimTable, same)
        .where(DecisionTable.series_key == SeriesTable.key)
        .correlate(SeriesTable)
        .scalar_subquery()
    )
    query = (
        select(func.max(newest))
        .select_from(SeriesTable)
        .where(SeriesTable.watch == watch, SeriesTable.subject == subject)
        .where(SeriesTable.day.between(first.toordinal(), last.toordinal()))
    )
    return session.scalar(query)


def known_to_readers(session: Session, claim_ids: Sequence[str]) -> bool:
    """True when readers were told of one of these claims, by an alert or with the baseline."""
    for some in chunks(claim_ids):
        told = select(ChangeTable.id).where(ChangeTable.claim_id.in_(some), ChangeTable.muted.is_(None)).limit(1)
        loaded = (
            select(ClaimTable.id)
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .where(ClaimTable.id.in_(some), RevisionTable.baseline.is_(True))
            .limit(1)
        )
        if session.scalar(told) is not None or session.scalar(loaded) is not None:
            return True
    return False


def only_agreed(session: Session, claim_ids: Sequence[str]) -> set[str]:
    """Of these claims those that readers were never told, since they agreed with what they knew."""
    decided = select(DecisionTable.claim_id).where(
        DecisionTable.claim_id.in_(claim_ids), DecisionTable.kind == Kind.CONFIRMED
    )
    return {name for name in set(session.scalars(decided)) if not known_to_readers(session, [name])}


def write_moves(session: Session, comparison: Comparison, own: frozenset[str], now: datetime) -> frozenset[str]:
    """Puts claims of earlier revisions where they belong now: what was decided of them is kept as it was, and what is
    decided now stands in its place. Returns the ids of the claims; `own` are those of the arrival."""
    decided = {(one.claim_id, series_text(one.series), one.party): one for one in reversed(comparison.decisions)}
    for move in comparison.moves:
        source, into = series_text(move.source), series_text(move.into)
        stood = (DecisionTable.claim_id == move.claim.id, DecisionTable.series_key == source)
        rows = list(session.scalars(select(DecisionTable).where(*stood).order_by(DecisionTable.id)))
        parties = {row.party for row in rows}
        new = {party: one for party in parties if (one := decided.get((move.claim.id, into, party))) is not None}
        moved = [_moved(row, into, new[row.party], now) for row in rows if row.party in new]
        keep_former(session, rows, AFTER_ALL, now)
        session.flush()
        insert_new(session, DecisionTable, moved)
    session.expire_all()
    return frozenset(move.claim.id for move in comparison.moves) - own


def _moved(row: DecisionTable, into: str, decision: Decision, now: datetime) -> Mapping[str, Any]:
    return {
        "claim_id": row.claim_id,
        "revision_id": row.revision_id,
        "series_key": into,
        "party": row.party,
        "kind": decision.kind,
        "held_against": decision.held_against,
        "before": decision.before,
        "alert": decision.alert,
        "why": decision.why,
        "role": row.role,
        "day": row.day,
        "decided_at": now,
    }
