"""Stored texts read again by a newer extractor: what it reads is laid beside what is stored, until it is taken over."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, defer

from monitor.domain.claims import Claim
from monitor.domain.rereading import differing
from monitor.domain.verdicts import Standing
from monitor.store.articles import to_revision
from monitor.store.base import Part, upsert
from monitor.store.claims import storable
from monitor.store.convert import as_read, claim_values, to_figure, to_origin, to_standing
from monitor.store.rows import StoredRevision
from monitor.store.tables import ArticleTable, ClaimTable, RereadingTable, RevisionTable
from monitor.store.types import UtcDateTime, Word

BATCH = 200
"""Texts in hand at a time."""
READING = (ClaimTable.past_reader.is_(None),)
"""The claims that the version of their revision reads."""


@dataclass(frozen=True, slots=True)
class OldReading:
    """A stored text with the claims that are stored for it, as they were read."""

    revision: StoredRevision
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a newer extractor reads in a stored text. `language` None: it failed on it."""

    revision_id: int
    claims: tuple[Claim, ...]
    language: str | None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class RereadingState:
    """How far a new reading of everything has come: texts read by an older version and not read again yet (`waiting`),
    read again (`read`), of those with the same claims (`same`) and those that the extractor failed on (`failed`)."""

    waiting: int
    read: int
    same: int
    failed: int


class RereadingPart(Part):
    """New readings."""

    def rereading_state(self, version: str) -> RereadingState:
        """How far the reading by this version has come."""
        same = and_(RereadingTable.claims.is_(None), RereadingTable.language.is_not(None))
        with self._database.read() as session:
            waiting = select(func.count()).select_from(RevisionTable).where(*_waiting(version))
            counts = select(
                func.count(), *(func.count().filter(one) for one in (same, RereadingTable.language.is_(None)))
            )
            read, alike, failed = session.execute(
                counts.select_from(RereadingTable).where(RereadingTable.version == version)
            ).one()
            return RereadingState(session.scalar(waiting) or 0, read, alike, failed)

    def forget_rereadings(self, *, but: str) -> None:
        """Drops what other versions have read and nobody took over."""
        with self._database.write() as session:
            session.execute(delete(RereadingTable).where(RereadingTable.version != but))

    def to_reread(self, version: str, after: int = 0, limit: int = BATCH) -> list[OldReading]:
        """The texts that another version has read and this one hasn't, by their ids from `after` on."""
        query = (
            select(RevisionTable, ArticleTable)
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(RevisionTable.id > after, *_waiting(version))
            .options(defer(ArticleTable.entry_text))
            .order_by(RevisionTable.id)
            .limit(limit)
        )
        with self._database.read() as session:
            rows = list(session.execute(query))
            claims = claims_of(session, [revision.id for revision, _ in rows])
            return [
                OldReading(to_revision(revision, article), tuple(claims.get(revision.id, ())))
                for revision, article in rows
            ]

    def keep_rereadings(self, version: str, read: Sequence[tuple[OldReading, NewReading]]) -> None:
        """Lays new readings beside the old ones; nothing that counts is touched."""
        rows = [_staged(version, old, new) for old, new in read]
        with self._database.write() as session:
            put = upsert(session, RereadingTable)
            moved = {name: put.excluded[name] for name in ("version", "language", "credit", "claims")}
            session.execute(put.on_conflict_do_update(index_elements=["revision_id"], set_=moved), rows)

    def rereadings(self, version: str) -> Iterator[tuple[tuple[Claim, ...], tuple[Claim, ...], Collection[str]]]:
        """The claims of each text that this version reads otherwise: as they are stored, and as it reads them; and the
        ids of those that a person has looked at, which count even when they are read no more."""
        after = 0
        while True:
            with self._database.read() as session:
                staged = differing_readings(session, version, after)
                stored = claims_of(session, list(staged))
                stays = _staying(session, list(staged))
                found = [
                    (tuple(stored.get(revision_id, ())), tuple(map(one.claim, one.rows)), stays)
                    for revision_id, one in staged.items()
                ]
            if not staged:
                return
            yield from found
            after = max(staged)


@dataclass(frozen=True, slots=True)
class Staged:
    """A text that another version reads otherwise, and the values of the rows that it would store."""

    revision: RevisionTable
    article: ArticleTable
    version: str
    rows: tuple[dict[str, Any], ...]

    def claim(self, values: dict[str, Any]) -> Claim:
        """The claim of such a row."""
        return Claim(values["id"], to_figure(ClaimTable(**values)), to_origin(self.revision, self.article))


def differing_readings(session: Session, version: str, after: int, limit: int = BATCH) -> dict[int, Staged]:
    """The texts that this version reads otherwise, by their ids from `after` on."""
    query = (
        select(RereadingTable, RevisionTable, ArticleTable)
        .join(RevisionTable, RereadingTable.revision_id == RevisionTable.id)
        .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
        .where(
            RereadingTable.revision_id > after, RereadingTable.version == version, RereadingTable.claims.is_not(None)
        )
        .options(defer(RevisionTable.text), defer(ArticleTable.entry_text))
        .order_by(RereadingTable.revision_id)
        .limit(limit)
    )
    return {
        revision.id: Staged(revision, article, version, tuple(from_json(row) for row in staged.claims))
        for staged, revision, article in session.execute(query)
    }


def claims_of(session: Session, revisions: Sequence[int]) -> dict[int, list[Claim]]:
    """The claims that are read in each of these revisions, in the text's order, as they were read."""
    query = (
        select(ClaimTable, RevisionTable, ArticleTable)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .where(ClaimTable.revision_id.in_(revisions), *READING)
        .options(defer(RevisionTable.text), defer(ArticleTable.entry_text))
        .order_by(ClaimTable.start, ClaimTable.end, ClaimTable.id)
    )
    found: dict[int, list[Claim]] = {}
    for claim, revision, article in session.execute(query):
        found.setdefault(claim.revision_id, []).append(as_read(claim, revision, article))
    return found


def _staying(session: Session, revisions: Sequence[int]) -> set[str]:
    """The claims of these revisions that count whatever is read, since a person has looked at them."""
    judged = or_(ClaimTable.accepted, ClaimTable.edits.is_not(None))
    rows = session.scalars(select(ClaimTable).where(ClaimTable.revision_id.in_(revisions), judged, *READING))
    return {row.id for row in rows if to_standing(row).stays}


def to_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a claim's row as JSON data."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def from_json(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a claim's row from their JSON data."""
    return {name: _value(name, value) for name, value in stored.items()}


def _value(name: str, value: Any) -> Any:
    kind = ClaimTable.__table__.c[name].type
    if value is None:
        return None
    if isinstance(kind, Word):
        return kind.words(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _staged(version: str, old: OldReading, new: NewReading) -> dict[str, Any]:
    claims = storable(new.claims)
    known = {claim.id: claim.figure for claim in old.claims}
    same = known.keys() == {claim.id for claim in claims} and not any(
        differing(known[claim.id], claim.figure) for claim in claims
    )
    row = RevisionTable(id=old.revision.id, article_id=old.revision.article_id)
    return {
        "revision_id": old.revision.id,
        "version": version,
        "language": new.language,
        "credit": new.credit,
        "claims": None
        if same or new.language is None
        else [to_json(claim_values(claim, row, Standing())) for claim in claims],
    }


def _waiting(version: str) -> tuple[ColumnElement[bool], ...]:
    """Texts that were read (those set aside were not), by another version, and not by this one as yet."""
    again = exists().where(RereadingTable.revision_id == RevisionTable.id, RereadingTable.version == version)
    return RevisionTable.extractor.is_not(None), RevisionTable.extractor.not_in(("", version)), ~again
