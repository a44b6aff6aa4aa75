"""A new reading taken over: claims, decisions and what hangs on them, all of it in one transaction.

A claim that is read no more stays where it is, marked with the version that read it: what readers were told may refer
to it. What a claim said before is kept when it says something else now. Anchors and doubts keep their figures and
times; the claim behind them is that of the new reading at the same place, where there is one.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from monitor.domain.articles import INSTEAD, UNREADABLE, ArticleStatus, status_of
from monitor.domain.changes import Arrival, Comparison, Decision
from monitor.domain.claims import Scope
from monitor.domain.compare import compare
from monitor.domain.memory import MemoryBook
from monitor.domain.refold import NOT_THEN
from monitor.domain.rereading import differing, followers
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Merge, Standing
from monitor.domain.watches import Watch, series_key
from monitor.store.base import CHUNK, Part, chunks
from monitor.store.comparing import Comparing
from monitor.store.convert import as_read, standing_values, to_standing
from monitor.store.judging import judged_claims, standing_read_again
from monitor.store.locks import Lock
from monitor.store.portions import Portion, Portions, StoredLine, Turn, Unit
from monitor.store.refolding import keep_former
from monitor.store.rereading import Staged, differing_readings, to_json
from monitor.store.tables import (
    WITHOUT_TEXTS,
    AnchorTable,
    ArticleTable,
    ClaimTable,
    DecisionTable,
    DoubtTable,
    FormerClaimTable,
    FormerDecisionTable,
    RereadingTable,
    RevisionTable,
    SeriesTable,
)

KEPT = timedelta(days=180)
"""How far back lines are kept in memory while history is folded again, and around what readers were told."""
_READ = frozenset(
    {
        ArticleStatus.NEW,
        ArticleStatus.REVISED,
        ArticleStatus.NO_CLAIMS,
        ArticleStatus.NO_TEXT,
        ArticleStatus.WRONG_LANGUAGE,
    }
)
_COLUMNS = tuple(column.key for column in ClaimTable.__table__.columns)


log = logging.getLogger("monitor.store")


@dataclass(slots=True)
class TakenOver:
    """What taking a new reading over has done: texts whose claims are others now, decisions that no longer hold, and
    those that do instead."""

    texts: int = 0
    undone: int = 0
    decided: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """A new reading being taken over: by which version, what watches ask for, what is said of decisions that no longer
    hold, and what has been done so far. `units` are those that it touches."""

    version: str
    watches: Sequence[Watch]
    now: datetime
    done: TakenOver = field(default_factory=TakenOver)
    units: set[Unit] = field(default_factory=set)

    @property
    def reason(self) -> str:
        return f"the texts were read again by extractor {self.version}"


class _Book(MemoryBook):
    """A book that knows which series a person has put together."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        super().__init__(KEPT)
        self._merges = merges

    def merges(self) -> Sequence[Merge]:
        """Those."""
        return self._merges


class TakingOverPart(Part):
    """New readings that are taken over."""

    def take_over(self, version: str, watches: Sequence[Watch], now: datetime) -> TakenOver:
        """Makes what this version has read what counts; readers are told nothing, and have what they had. Comparisons
        wait meanwhile. With nothing read it changes nothing."""
        with self._database.write() as session:
            self._database.lock(session, Lock.COMPARE)
            return TakingOver(session).take_over(version, watches, now)


class TakingOver(Portions, Comparing):
    """Lives inside one write transaction."""

    def __init__(self, session: Session) -> None:
        Comparing.__init__(self, session)

    def take_over(self, version: str, watches: Sequence[Watch], now: datetime) -> TakenOver:
        """Takes over what this version has read."""
        reading, after = _Reading(version, watches, now), 0
        while staged := differing_readings(self._session, version, after):
            self._take_claims(staged, reading)
            reading.done.texts += len(staged)
            after = max(staged)
            self._session.flush()
            self._session.expunge_all()
        self._sign(version)
        self._restate(version)
        self._fold_again(reading)
        for table in (AnchorTable, DoubtTable):
            self._move_told(table, now)
        self._session.execute(delete(RereadingTable))
        return reading.done

    def _take_claims(self, staged: Mapping[int, Staged], reading: _Reading) -> None:
        known: dict[int, dict[str, ClaimTable]] = {}
        for row in self._session.scalars(select(ClaimTable).where(ClaimTable.revision_id.in_(staged))):
            known.setdefault(row.revision_id, {})[row.id] = row
        reading.units.update(self._units_of(list(staged)))
        replaced = self._replaced(list(staged))
        for revision_id, one in staged.items():
            rows = known.get(revision_id, {})
            before = [as_read(row, one.revision, one.article) for row in rows.values() if row.past_reader is None]
            after = [one.claim(values) for values in one.rows]
            said = judged_claims(self._session, one.article.id)
            standings = [standing_read_again(claim, said) for claim in after]
            moved = followers(before, after)
            _set_aside(one, rows, moved)
            self._write_reading(one, rows, standings, replaced=revision_id in replaced, now=reading.now)
            self._follow(moved)
            judged = [standing.of(claim) for claim, standing in zip(after, standings, strict=True)]
            keys = ((watch.name, series_key(claim, watch)) for claim in judged for watch in reading.watches)
            reading.units.update((name, key.subject) for name, key in keys if key is not None)

    def _write_reading(
        self,
        one: Staged,
        rows: Mapping[str, ClaimTable],
        standings: Sequence[Standing],
        *,
        replaced: bool,
        now: datetime,
    ) -> None:
        """The claims of a text as they are read now; what those said that were known is kept."""
        read_by = one.revision.extractor or ""
        for values, standing in zip(one.rows, standings, strict=True):
            claim = one.claim(values)
            values |= {"replaced": replaced, "past_reader": None, **standing_values(standing)}
            known = rows.get(claim.id)
            if known is None:
                self._session.add(ClaimTable(**values))
                continue
            if differing(as_read(known, one.revision, one.article).figure, claim.figure):
                self._session.add(_former(known, known.past_reader or read_by, now))
            for name, value in values.items():
                setattr(known, name, value)

    def _follow(self, moved: Mapping[str, str]) -> None:
        """What readers were told stands on the claims of the new reading."""
        for old, new in moved.items():
            if old != new:
                for table in (AnchorTable, DoubtTable):
                    self._session.execute(update(table).where(table.claim_id == old).values(claim_id=new))

    def _units_of(self, revisions: Sequence[int]) -> set[Unit]:
        query = (
            select(SeriesTable.watch, SeriesTable.subject)
            .join(DecisionTable, DecisionTable.series_key == SeriesTable.key)
            .where(DecisionTable.revision_id.in_(revisions))
            .distinct()
        )
        return {(watch, subject) for watch, subject in self._session.execute(query)}

    def _replaced(self, revisions: Sequence[int]) -> set[int]:
        """Those of these revisions that a later one of their article has replaced, or that couldn't be compared."""
        later = aliased(RevisionTable)
        newer = exists().where(
            later.article_id == RevisionTable.article_id, later.id > RevisionTable.id, later.turn.is_not(None)
        )
        spoilt = and_(RevisionTable.compared_at.is_not(None), RevisionTable.turn.is_(None))
        query = select(RevisionTable.id).where(RevisionTable.id.in_(revisions), or_(newer, spoilt))
        return set(self._session.scalars(query))

    def _sign(self, version: str) -> None:
        """Every text that could be read says that this version has read it."""
        read = (RereadingTable.version == version, RereadingTable.language.is_not(None))
        same = RereadingTable.revision_id == RevisionTable.id
        language, credit = (select(one).where(same) for one in (RereadingTable.language, RereadingTable.credit))
        self._session.execute(
            update(RevisionTable)
            .where(RevisionTable.id.in_(select(RereadingTable.revision_id).where(*read)))
            .values(extractor=version, language=language.scalar_subquery(), credit=credit.scalar_subquery())
            .execution_options(synchronize_session=False)
        )

    def _restate(self, version: str) -> None:
        """The status of the articles whose newest text this version has read."""
        after, counted = 0, exists().where(ClaimTable.revision_id == RevisionTable.id, ClaimTable.past_reader.is_(None))
        query = (
            select(RevisionTable, ArticleTable, counted)
            .join(ArticleTable, and_(RevisionTable.article_id == ArticleTable.id))
            .join(RereadingTable, RereadingTable.revision_id == RevisionTable.id)
            .where(RereadingTable.version == version, RereadingTable.language.is_not(None))
            .where(RevisionTable.number == ArticleTable.revisions)
            .options(*WITHOUT_TEXTS)
            .order_by(RevisionTable.id)
            .limit(CHUNK)
        )
        while rows := self._session.execute(query.where(RevisionTable.id > after)).all():
            for revision, article, claims in rows:
                unread = article.status is ArticleStatus.QUARANTINED and article.reason == UNREADABLE
                if article.status in _READ or unread:
                    language = revision.language or ""
                    article.status = status_of(revision.number, revision.source, language, claims=claims)
                    article.reason = INSTEAD.get(revision.source, "")
            after = rows[-1][0].id
            self._session.flush()
            self._session.expunge_all()

    # --- folding again

    def _fold_again(self, reading: _Reading) -> None:
        """Folds what is touched from nothing, and writes where decisions are others now. Anchors are left alone."""
        merges = self.merges()
        watching = [watch for watch in reading.watches if watch.name in {name for name, _ in reading.units}]
        names = {watch.name for watch in watching}
        units = {unit for unit in _with_merged(reading.units, merges) if unit[0] in names}
        placed: dict[tuple[str, str], SeriesKey] | None = None
        if any(Scope.INCIDENT in watch.scopes for watch in watching):
            # A text that came in late moves figures to other incidents: where all end is where they belong.
            found: dict[tuple[str, str], SeriesKey] = {}
            for _, _, comparison in self._folded(units, watching, _Book(merges), reading):
                found |= {(one.series.watch, one.claim_id): one.series for one in comparison.decisions}
            placed = found
        for turn, portion, comparison in self._folded(units, watching, _Book(merges), reading, placed):
            right = {_line(one): one for one in comparison.decisions if _unit(one.series) in units}
            self._redecide(turn, portion, right, reading)

    def _folded(
        self,
        units: Collection[Unit],
        watches: Sequence[Watch],
        book: MemoryBook,
        reading: _Reading,
        placed: Mapping[tuple[str, str], SeriesKey] | None = None,
    ) -> Iterator[tuple[Turn, Portion, Comparison]]:
        """What follows from each revision that is touched, in turn."""
        after = 0
        while units and (portion := self.portion(units, after, reading.now)):
            for turn in portion.turns:
                arrival = portion.arrival(turn)
                comparison = _compared(arrival, watches, book, turn, placed)
                if comparison is not None:
                    book.record(arrival, comparison)
                    yield turn, portion, comparison
            after = portion.turns[-1].number
            self._session.expunge_all()

    def _move_told(self, table: type[AnchorTable | DoubtTable], now: datetime) -> None:
        """What readers were told goes with its claim into another line, where the one that it told of is no more: who
        was told what the governor says knows what his side says, since he is known to speak for it."""
        here = (DecisionTable.series_key == table.series_key, DecisionTable.party == table.party)
        left = exists().where(
            FormerDecisionTable.claim_id == table.claim_id,
            FormerDecisionTable.series_key == table.series_key,
            FormerDecisionTable.party == table.party,
            FormerDecisionTable.undone_at == now,
        )
        empty = ~exists().where(*here, DecisionTable.role.is_not(None))
        query = select(table, SeriesTable.watch).join(SeriesTable, SeriesTable.key == table.series_key)
        for told, watch in self._session.execute(query.where(left, empty)).all():
            lines = (
                select(DecisionTable.series_key, DecisionTable.party)
                .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
                .where(DecisionTable.claim_id == told.claim_id, DecisionTable.role.is_not(None))
                .where(SeriesTable.watch == watch)
                .distinct()
            )
            found = self._session.execute(lines).all()
            if len(found) == 1 and self._session.get(table, tuple(found[0])) is None:
                was = (table.series_key == told.series_key, table.party == told.party)
                series, party = found[0]
                self._session.execute(update(table).where(*was).values(series_key=series, party=party))

    def _redecide(
        self, turn: Turn, portion: "Portion", right: Mapping[StoredLine, Decision], reading: _Reading
    ) -> None:
        """What was decided of a revision and no longer holds is kept, and what holds instead is written. A decision on
        a claim that says what it said, in the line where it was, is history and stands."""
        stood = portion.stood.get(turn.id, {})
        stand = {line for line in right if line in stood and (turn.id, line[0]) not in portion.altered}
        gone = [number for line, number in stood.items() if line not in stand]
        new = [
            replace(one, alert=False, why=one.why + (NOT_THEN if one.alert else ""))
            for line, one in right.items()
            if line not in stand
        ]
        self._undo(gone, reading.reason, reading.now)
        if new:
            decided = Comparison(tuple(new), (), {})
            self._write_series(decided)
            own = portion.claims.get(turn.id, ())
            self._write_decisions(turn.id, decided, {claim.id: claim for claim in own}, reading.now)
        reading.done.undone += len(gone)
        reading.done.decided += len(new)

    def _undo(self, decisions: Sequence[int], reason: str, now: datetime) -> None:
        """Moves decisions that no longer hold to where they are kept."""
        for some in chunks(decisions):
            rows = self._session.scalars(select(DecisionTable).where(DecisionTable.id.in_(some))).all()
            keep_former(self._session, rows, reason, now)


def _set_aside(one: Staged, rows: Mapping[str, ClaimTable], moved: Mapping[str, str]) -> None:
    """Marks the claims of a text that are read no more. One that a person has looked at goes on counting, unless
    another one stands where it stood."""
    read = {values["id"] for values in one.rows}
    for row in rows.values():
        kept = to_standing(row).stays and row.id not in moved
        if row.past_reader is None and row.id not in read and not kept:
            row.past_reader, row.replaced = one.revision.extractor or "", True


def _with_merged(units: Collection[Unit], merges: Sequence[Merge]) -> set[Unit]:
    """These units, and those into which a person has put series of them: a claim is decided where its series went."""
    found: set[Unit] = set(units)
    for _ in merges:
        found |= {
            (merge.into.watch, merge.into.subject)
            for merge in merges
            if (merge.source.watch, merge.source.subject) in found
        }
    return found


def _line(decision: Decision) -> StoredLine:
    return decision.claim_id, decision.series, decision.party


def _compared(
    arrival: Arrival,
    watches: Sequence[Watch],
    book: MemoryBook,
    turn: Turn,
    placed: Mapping[tuple[str, str], SeriesKey] | None,
) -> Comparison | None:
    """What follows from an arrival; None for one that breaks the comparison: what was decided of it stands."""
    try:
        return compare(arrival, watches, book, placed)
    except Exception:  # as in a run, one text must not stop all others
        log.exception("revision %d can't be compared again", turn.id)
        return None


def _former(row: ClaimTable, read_by: str, now: datetime) -> FormerClaimTable:
    columns = to_json({name: getattr(row, name) for name in _COLUMNS})
    return FormerClaimTable(claim_id=row.id, revision_id=row.revision_id, extractor=read_by, columns=columns, until=now)


def _unit(key: SeriesKey) -> Unit:
    return key.watch, key.subject
