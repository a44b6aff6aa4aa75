"""Verdicts on claims, in the transaction that folds history again: which claims they hold for, and what is kept."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, Select, or_, select, update
from sqlalchemy.orm import Session

from monitor.domain.claims import Claim
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Edits, Said, Standing, Verdict, same_claim
from monitor.errors import StoreError
from monitor.store.base import chunks
from monitor.store.convert import (
    as_read,
    edits_json,
    sha256,
    standing_values,
    to_series_key,
    to_standing,
)
from monitor.store.rows import VerdictLine
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

_STANDING = (
    *("rejected", "accepted", "edits", "past_reader", "low", "high", "qualifier", "measure", "subject_text"),
    *("claimants", "place", "scope", "window_days", "status", "as_of"),
)
"""The columns that a verdict is given on."""

_ClaimRow = tuple[ClaimTable, RevisionTable, ArticleTable]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim as one revision states it, as read, and what people say of it. `compared`: it was held against others;
    `homes` are the series that it was put into last, one a watch."""

    revision: int
    article: int
    read: Claim
    standing: Standing
    compared: bool
    homes: tuple[SeriesKey, ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim with what people say of it."""
        return self.standing.of(self.read)

    def after(self, verdict: Verdict, edits: Edits) -> "Judged":
        """The same after one more verdict."""
        return replace(self, standing=self.standing.after(verdict, edits))


class Judging:
    """What `Comparing` does for verdicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def judged(self, claim_id: str) -> list[Judged]:
        """A claim and the same one of its article's other revisions, in order. Nobody reads the article meanwhile.
        StoreError for an unknown claim."""
        article = self._session.scalar(select(ClaimTable.article_id).where(ClaimTable.id == claim_id).limit(1))
        if article is None:
            cause = self._session.scalar(select(ChangeTable.claim_id).where(ChangeTable.id == claim_id))
            hint = f"it is a change, caused by the claim {cause}" if cause else "`monitor figures` shows their ids"
            raise StoreError(f"no claim {claim_id}; {hint}")
        self._session.get_one(ArticleTable, article, with_for_update=True)
        return [replace(one, homes=self._homes(one)) for one in same_claims(self._session, claim_id, article)]

    def note_verdict(self, claim_id: str, verdict: Verdict, edits: Edits, said: Said, claims: Sequence[Judged]) -> int:
        """Keeps a verdict and what now holds of these claims; returns the verdict's number."""
        for one in claims:
            mine = (ClaimTable.id == one.read.id, ClaimTable.revision_id == one.revision)
            self._session.execute(update(ClaimTable).where(*mine).values(**standing_values(one.standing)))
        row = VerdictTable(
            claim_id=claim_id,
            verdict=verdict.value,
            edits=edits_json(edits) or None,
            who=said.who,
            why=said.why,
            at=said.now,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def states(self, claim_ids: Collection[str]) -> dict[str, str]:
        """How these claims stand, each in a short word that is another one after a verdict or another reading."""
        return states_of(self._session, claim_ids)

    def verdicts(self, claim_id: str) -> list[VerdictLine]:
        """All verdicts that hold for a claim, oldest first."""
        return verdicts_of(self._session, claim_id)

    def _homes(self, one: Judged) -> tuple[SeriesKey, ...]:
        """Of each watch the series of the claim's standing decision, else of the last one that stood."""
        homes: dict[str, SeriesKey] = {}
        for table in (FormerDecisionTable, DecisionTable):
            query = (
                select(SeriesTable)
                .join(table, table.series_key == SeriesTable.key)
                .where(table.claim_id == one.read.id, table.revision_id == one.revision)
                .order_by(table.id)
            )
            homes |= {row.watch: to_series_key(row) for row in self._session.scalars(query)}
        return tuple(homes.values())


def same_claims(session: Session, claim_id: str, article: int) -> list[Judged]:
    """The claims of an article that a verdict on this one holds for."""
    found = [_to_judged(row) for row in session.execute(_claims().where(ClaimTable.article_id == article))]
    named = [one.read for one in found if one.read.id == claim_id]
    return [one for one in found if any(same_claim(claim, one.read) for claim in named)]


def states_of(session: Session, claim_ids: Collection[str]) -> dict[str, str]:
    """How claims stand, each in a short word: what was read, by the newest text, and what people say of it. A verdict
    that changes nothing doesn't change it either."""
    found: dict[str, str] = {}
    for chunk in chunks(sorted(claim_ids)):
        query = select(ClaimTable).where(ClaimTable.id.in_(chunk)).order_by(ClaimTable.revision_id)
        for row in session.scalars(query):
            read = [getattr(row, name) for name in _STANDING]
            found[row.id] = sha256(json.dumps(read, sort_keys=True, default=str))[:16]
    return found


def judged_claims(session: Session, article: int) -> list[Judged]:
    """The claims of an article that a person has said something of, as they stand, the newest revision first."""
    said = or_(ClaimTable.rejected, ClaimTable.accepted, ClaimTable.edits.is_not(None))
    rows = session.execute(_claims().where(ClaimTable.article_id == article, said))
    return [_to_judged(row) for row in rows][::-1]


def standing_of(claim: Claim, judged: Sequence[Judged]) -> Standing:
    """What holds of a new claim by the verdicts on the same one of earlier revisions."""
    return next((one.standing for one in judged if same_claim(one.read, claim)), Standing())


def standing_read_again(claim: Claim, judged: Sequence[Judged]) -> Standing:
    """What holds of a claim that a newer extractor reads, by the verdicts on the same one: as it was read in this very
    text, where it was, else in another revision."""
    same = [one for one in judged if same_claim(one.read, claim)]
    here = next((one for one in same if one.read.origin.revision == claim.origin.revision), None)
    if here is not None:
        return here.standing.fixed(here.read.figure, claim.figure)
    return same[0].standing if same else Standing()


def verdicts_of(session: Session, claim_id: str) -> list[VerdictLine]:
    """The verdicts on a claim and on the same one of its article's other revisions, oldest first."""
    article = session.scalar(select(ClaimTable.article_id).where(ClaimTable.id == claim_id).limit(1))
    ids = sorted({one.read.id for one in same_claims(session, claim_id, article)}) if article else [claim_id]
    return [line for _, line in sorted(_lines(session, ids), key=lambda pair: pair[0])]


def _lines(session: Session, ids: Sequence[str]) -> Iterator[tuple[int, VerdictLine]]:
    for chunk in chunks(ids):
        for row in session.scalars(select(VerdictTable).where(VerdictTable.claim_id.in_(chunk))):
            line = VerdictLine(row.claim_id, Verdict(row.verdict), row.who, row.why, row.at, dict(row.edits or {}))
            yield row.id, line


def _to_judged(row: "Row[_ClaimRow]") -> Judged:
    claim, revision, article = row
    read = as_read(claim, revision, article)
    compared = revision.turn is not None and claim.past_reader is None
    return Judged(revision.id, article.id, read, to_standing(claim), compared)


def _claims() -> "Select[_ClaimRow]":
    return (
        select(ClaimTable, RevisionTable, ArticleTable)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .order_by(RevisionTable.id, ClaimTable.start, ClaimTable.end, ClaimTable.id)
        .options(*WITHOUT_TEXTS)
    )
