"""History as it is stored, portion by portion in the order in which it was compared, for folding it again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from monitor.domain.changes import Arrival
from monitor.domain.claims import Claim
from monitor.domain.refold import Shown
from monitor.domain.rereading import SAID, differing
from monitor.domain.series import SeriesKey
from monitor.store.base import CHUNK
from monitor.store.convert import claim_of, to_figure, to_series_key
from monitor.store.held import CLAIM_ROWS
from monitor.store.rereading import from_json
from monitor.store.tables import (
    ArticleTable,
    ClaimTable,
    DecisionTable,
    FormerClaimTable,
    RereadingTable,
    RevisionTable,
    SeriesTable,
)

Unit = tuple[str, str]
"""A watch and a subject: figures of one have no say in another."""
StoredLine = tuple[str, SeriesKey, str]
"""A claim's id, its series and party."""

# All that was ever compared is read by these: plain rows, without the mapper's work.
_CLAIMS, _DECISIONS, _SERIES = (one.__table__.c for one in (ClaimTable, DecisionTable, SeriesTable))
_COUNTING = CLAIM_ROWS.where(
    _CLAIMS.revision_id.in_(bindparam("revisions", expanding=True)),
    _CLAIMS.past_reader.is_(None),
    _CLAIMS.rejected.is_(False),
).order_by(_CLAIMS.start, _CLAIMS.end, _CLAIMS.id)
_STOOD = (
    select(*(_DECISIONS[name] for name in ("id", "revision_id", "claim_id", "party")), SeriesTable.__table__)
    .join(SeriesTable.__table__, _DECISIONS.series_key == _SERIES.key)
    .where(_DECISIONS.revision_id.in_(bindparam("revisions", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A revision that was compared; `alone` where its article has no other."""

    id: int
    article: int
    baseline: bool
    number: int
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Some revisions in the order in which they were compared, with what is needed to compare them again: the claims
    that count, by revision, the revisions that each of them replaces, its decisions as they stand, by line, and the
    claims that say something else now."""

    turns: Sequence[Turn]
    claims: Mapping[int, Sequence[Claim]]
    replaced: Mapping[int, Sequence[int]]
    stood: Mapping[int, Mapping[StoredLine, int]]
    altered: Collection[tuple[int, str]]

    def arrival(self, turn: Turn) -> Arrival:
        """What came in with a revision."""
        gone = (claim for revision in self.replaced.get(turn.id, ()) for claim in self.claims.get(revision, ()))
        return Arrival(tuple(self.claims.get(turn.id, ())), tuple(gone), turn.baseline)


class Portions:
    """What `TakingOver` reads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def portion(self, units: Collection[Unit], after: int, now: datetime) -> "Portion | None":
        """The next revisions that are touched; None after the last."""
        turns = self._next_turns(units, after)
        if not turns:
            return None
        replaced = self._replaced_by(turns)
        earlier = {revision for some in replaced.values() for revision in some}
        revisions = [turn.id for turn in turns]
        return Portion(
            turns=turns,
            claims=self._counting([*revisions, *sorted(earlier)]),
            replaced=replaced,
            stood=self._stood(revisions, units),
            altered=self._altered(revisions, now),
        )

    def _next_turns(self, units: Collection[Unit], after: int) -> list[Turn]:
        """The next revisions, in the order in which they were compared, of the articles with figures in these units,
        and of those that are read otherwise now."""
        other = aliased(RevisionTable)
        same = other.article_id == RevisionTable.article_id
        decided = (
            select(DecisionTable.id)
            .join(other, DecisionTable.revision_id == other.id)
            .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
            .where(same, tuple_(SeriesTable.watch, SeriesTable.subject).in_(sorted(units)))
        )
        staged = (
            select(RereadingTable.revision_id)
            .join(other, RereadingTable.revision_id == other.id)
            .where(same, RereadingTable.claims.is_not(None))
        )
        query = (
            select(
                *(getattr(RevisionTable, name) for name in ("id", "article_id", "baseline", "turn")),
                ArticleTable.revisions,
            )
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(RevisionTable.turn > after, or_(decided.exists(), staged.exists()))
            .order_by(RevisionTable.turn)
            .limit(CHUNK)
        )
        return [
            Turn(row.id, row.article_id, row.baseline, row.turn or 0, row.revisions == 1)
            for row in self._session.execute(query)
        ]

    def _replaced_by(self, turns: Sequence[Turn]) -> dict[int, list[int]]:
        """The earlier revisions that each of these replaces."""
        articles = sorted({turn.article for turn in turns if not turn.alone})
        query = (
            select(RevisionTable.article_id, RevisionTable.id)
            .where(RevisionTable.article_id.in_(articles), RevisionTable.turn.is_not(None))
            .order_by(RevisionTable.turn)
        )
        shown, wanted = Shown(), {turn.id for turn in turns}
        found = {revision: shown.replaced_by(article, revision) for article, revision in self._session.execute(query)}
        return {revision: replaced for revision, replaced in found.items() if revision in wanted}

    def _altered(self, revisions: Sequence[int], now: datetime) -> set[tuple[int, str]]:
        """The claims of these revisions, each with its revision, that say something else than they said before. What a
        person has said of a claim, it says still."""
        same = and_(FormerClaimTable.claim_id == ClaimTable.id, FormerClaimTable.revision_id == ClaimTable.revision_id)
        query = (
            select(FormerClaimTable.columns, ClaimTable)
            .join(ClaimTable, same)
            .where(FormerClaimTable.revision_id.in_(revisions), FormerClaimTable.until == now)
        )
        found = set()
        for columns, row in self._session.execute(query):
            was, told = to_figure(ClaimTable(**from_json(columns))), row.edits or {}
            if any(name in SAID and name not in told for name in differing(was, to_figure(row))):
                found.add((row.revision_id, row.id))
        return found

    def _counting(self, revisions: Sequence[int]) -> dict[int, list[Claim]]:
        """The claims that count of each of these revisions, in the text's order."""
        found: dict[int, list[Claim]] = {}
        for row in self._session.execute(_COUNTING, {"revisions": revisions}):
            found.setdefault(row.revision_id, []).append(claim_of(row))
        return found

    def _stood(self, revisions: Sequence[int], units: Collection[Unit]) -> dict[int, dict[StoredLine, int]]:
        """The decisions of each of these revisions as they stand, by line: their numbers."""
        found: dict[int, dict[StoredLine, int]] = {}
        keys: dict[str, SeriesKey] = {}
        for row in self._session.execute(_STOOD, {"revisions": revisions}):
            if (row.watch, row.subject) in units:
                key = keys.get(row.key) or keys.setdefault(row.key, to_series_key(row))
                found.setdefault(row.revision_id, {})[row.claim_id, key, row.party] = row.id
        return found
