"""Between rows and the domain's values, both ways without loss."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from monitor.domain.changes import Change, Decision
from monitor.domain.claims import AsOf, Claim, Claimant, Figure, Measure, Origin, Scope, Status, Subject
from monitor.domain.incidents import incident_day
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.series import Anchor, SeriesKey
from monitor.domain.verdicts import Edits, Standing
from monitor.store.tables import (
    AnchorTable,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    DoubtTable,
    FormerDecisionTable,
    RevisionTable,
    SeriesTable,
)
from monitor.store.types import clean

if TYPE_CHECKING:
    from sqlalchemy import Row


def sha256(*parts: str) -> str:
    """The SHA-256 of the cleaned parts, in hex; parts are kept apart."""
    return hashlib.sha256("\x1f".join(map(clean, parts)).encode()).hexdigest()


def text_sha256(text: str) -> str:
    """The identity of a text: white space doesn't count."""
    return sha256(" ".join(text.split()))


def series_text(key: SeriesKey) -> str:
    """The canonical text of a series key: equal keys, equal texts."""
    parts = [key.watch, key.subject, key.measure.value, key.scope.value, key.place, key.window_days, key.incident]
    return clean(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def series_values(key: SeriesKey) -> dict[str, Any]:
    """A key as the values of its row."""
    return {
        "key": series_text(key),
        "watch": key.watch,
        "subject": key.subject,
        "measure": key.measure,
        "scope": key.scope,
        "place": key.place,
        "window_days": key.window_days,
        "incident": key.incident,
        "day": _day(key.incident) if key.incident else None,
    }


def _day(incident: str) -> int | None:
    """The number of an incident's day; None for a name without one."""
    try:
        return incident_day(incident).toordinal()
    except ValueError:
        return None


def to_series_key(row: "SeriesTable | Row[Any]") -> SeriesKey:
    """The key of a row."""
    return SeriesKey(
        watch=row.watch,
        subject=row.subject,
        measure=row.measure,
        scope=row.scope,
        place=row.place,
        window_days=row.window_days,
        incident=row.incident,
    )


def claim_values(claim: Claim, revision: RevisionTable, standing: Standing) -> dict[str, Any]:
    """A claim of this revision, as read, as the values of its row, with what people say of it."""
    figure = claim.figure
    return {
        "id": claim.id,
        "revision_id": revision.id,
        "article_id": revision.article_id,
        "low": figure.quantity.low,
        "high": figure.quantity.high,
        "qualifier": figure.quantity.qualifier,
        "measure": figure.measure,
        "subject_text": figure.subject.text,
        "subject_party": figure.subject.party,
        "subject_kind": figure.subject.kind,
        "claimants": [[claimant.name, claimant.party] for claimant in figure.claimants],
        "via": [[claimant.name, claimant.party] for claimant in figure.via],
        "place": figure.place,
        "scope": figure.scope,
        "window_days": figure.window_days,
        "since": figure.since,
        "status": figure.status,
        "as_of": figure.as_of,
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "quote_start": figure.quote_start,
        "confidence": figure.confidence,
        "terms": [[name, value] for name, value in figure.terms],
        "rules": list(figure.rules),
        "event": figure.event,
        "target": figure.target,
        "said_at": figure.said_at,
        "replaced": False,
        **standing_values(standing),
    }


def standing_values(standing: Standing) -> dict[str, Any]:
    """What people say of a claim as columns."""
    edits = edits_json(dict(standing.edits)) if standing.edits else None
    return {"rejected": standing.rejected, "accepted": standing.accepted, "edits": edits}


def to_standing(row: ClaimTable) -> Standing:
    """What people say of the claim of a row."""
    return replace(_standing(row), rejected=row.rejected)


def _standing(row: "ClaimTable | Row[Any]") -> Standing:
    return Standing(False, row.accepted, tuple(sorted(edits_of(row.edits).items())))


def edits_json(edits: Edits) -> dict[str, Any]:
    """Edits as JSON data."""
    return {name: _EDITS[name][0](value) for name, value in sorted(edits.items())}


def edits_of(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """Edits from their JSON data."""
    return {name: _EDITS[name][1](value) for name, value in (stored or {}).items()}


def to_claim(row: ClaimTable, revision: RevisionTable, article: ArticleTable) -> Claim:
    """The claim of a row, with what people say of it, and the revision and article that state it."""
    claim = as_read(row, revision, article)
    return to_standing(row).of(claim) if row.accepted or row.edits else claim


def as_read(row: ClaimTable, revision: RevisionTable, article: ArticleTable) -> Claim:
    """The claim of a row as its text was read."""
    return Claim(row.id, to_figure(row), to_origin(revision, article))


def claim_of(row: "Row[Any]") -> Claim:
    """The claim of a row with just the columns that `monitor.store.lines` asks for: whole lines are read this way."""
    claim = Claim(
        row.id,
        to_figure(row),
        Origin(row.url, row.outlet, row.title, row.number, row.published_at, row.fetched_at, row.credit),
    )
    return _standing(row).of(claim) if row.accepted or row.edits else claim


def to_origin(revision: RevisionTable, article: ArticleTable) -> Origin:
    """Where claims of this revision were read."""
    return Origin(
        url=article.url,
        outlet=revision.outlet,
        title=revision.title,
        revision=revision.number,
        published_at=revision.published_at,
        fetched_at=revision.fetched_at,
        credit=revision.credit,
    )


def to_figure(row: "ClaimTable | Row[Any]") -> Figure:
    """The figure of a row."""
    return Figure(
        quantity=Quantity(row.low, row.high, row.qualifier),
        measure=row.measure,
        subject=Subject(row.subject_text, row.subject_party, row.subject_kind),
        claimants=_claimants(row.claimants),
        via=_claimants(row.via),
        place=row.place,
        scope=row.scope,
        window_days=row.window_days,
        since=row.since,
        status=row.status,
        as_of=row.as_of,
        start=row.start,
        end=row.end,
        quote=row.quote,
        quote_start=row.quote_start,
        confidence=row.confidence,
        terms=tuple((name, float(value)) for name, value in row.terms),
        rules=tuple(row.rules),
        event=row.event,
        target=row.target,
        said_at=row.said_at,
    )


def _claimants(stored: list[list[Any]]) -> tuple[Claimant, ...]:
    return tuple(Claimant(name, party) for name, party in stored)


def to_decision(row: DecisionTable | FormerDecisionTable, series: SeriesTable) -> Decision:
    """The decision of a row."""
    return Decision(
        claim_id=row.claim_id,
        series=to_series_key(series),
        party=row.party,
        kind=row.kind,
        held_against=row.held_against,
        before=row.before,
        alert=row.alert,
        why=row.why,
    )


def to_change(row: ChangeTable, series: SeriesTable) -> Change:
    """The change of a row."""
    return Change(
        id=row.id,
        series=to_series_key(series),
        party=row.party,
        kind=row.kind,
        before=row.before,
        after=row.after,
        claim_id=row.claim_id,
        held_against=row.held_against,
        check=row.doubtful,
    )


def to_anchor(row: AnchorTable | DoubtTable) -> Anchor:
    """The anchor, or the doubt, of a row."""
    return Anchor(row.party, row.quantity, row.claim_id, AsOf(row.as_of_at, row.precision))


def _same(value: Any) -> Any:
    return value


_EDITS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "quantity": (
        lambda quantity: [quantity.low, quantity.high, quantity.qualifier.value],
        lambda stored: Quantity(stored[0], stored[1], Qualifier(stored[2])),
    ),
    "measure": (lambda measure: measure.value, Measure),
    "subject": (lambda subject: [subject.text, subject.party, subject.kind], lambda stored: Subject(*stored)),
    "claimants": (
        lambda claimants: [[claimant.name, claimant.party] for claimant in claimants],
        _claimants,
    ),
    "place": (_same, _same),
    "scope": (lambda scope: scope.value, Scope),
    "window_days": (_same, _same),
    "status": (lambda status: status.value, Status),
    "as_of": (
        lambda day: day.isoformat() if day else None,
        lambda stored: date.fromisoformat(stored) if stored else None,
    ),
    "incident": (list, tuple),
}
"""How each field that a person may edit goes into the database, and how it comes back."""
