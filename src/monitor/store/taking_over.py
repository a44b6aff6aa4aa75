"""A new reading taken over: claims, decisions and what hangs on them, all of it in one transaction.

A claim that is read no more stays where it is, marked with the version that read it: what readers were told may refer
to it. What a claim said before is kept when it says something else now. Anchors and doubts keep their figures and
times; the claim behind them is that of the new reading at the same place, where there is one.
"""

import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from monitor.domain.articles import ArticleStatus
from monitor.domain.changes import Arrival, Comparison, Decision
from monitor.domain.claims import Claim
from monitor.domain.compare import compare
from monitor.domain.memory import MemoryBook
from monitor.domain.refold import NOT_THEN
from monitor.domain.rereading import differing, followers, reread
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Merge, Standing
from monitor.domain.watches import Watch, series_key
from monitor.store.base import Part, chunks
from monitor.store.comparing import COMPARE_LOCK, Comparing
from monitor.store.convert import as_read, standing_values, to_claim, to_decision
from monitor.store.judging import judged_claims, standing_of
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
    RereadingTable,
    RevisionTable,
    SeriesTable,
)

Unit = tuple[str, str]
"""A watch and a subject: figures of one have no say in another."""
_Line = tuple[str, SeriesKey, str]
"""A claim's id, its series and party."""
_FRESH = frozenset({ArticleStatus.NO_CLAIMS, ArticleStatus.NO_TEXT, ArticleStatus.WRONG_LANGUAGE})
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
class _Turn:
    """A revision that was compared."""

    id: int
    article: int
    baseline: bool


@dataclass(slots=True)
class _Touched:
    """What the new reading touches."""

    units: set[Unit] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    claims: set[tuple[int, str]] = field(default_factory=set)
    """Claims, by revision, that say something else now."""


class _Book(MemoryBook):
    """A book that knows which series a person has put together."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        super().__init__()
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
            self._database.lock(session, COMPARE_LOCK)
            return TakingOver(session).take_over(version, watches, now)


class TakingOver(Comparing):
    """Lives inside one write transaction."""

    def take_over(self, version: str, watches: Sequence[Watch], now: datetime) -> TakenOver:
        """Takes over what this version has read."""
        done, touched, after = TakenOver(), _Touched(), 0
        while staged := differing_readings(self._session, version, after):
            self._take_claims(staged, touched, watches, now)
            done.texts += len(staged)
            after = max(staged)
            self._session.flush()
            self._session.expunge_all()
        self._sign(version)
        self._fold_again(touched, watches, done, f"the texts were read again by extractor {version}", now)
        self._session.execute(delete(RereadingTable))
        return done

    def _take_claims(
        self, staged: Mapping[int, Staged], touched: _Touched, watches: Sequence[Watch], now: datetime
    ) -> None:
        known: dict[int, dict[str, ClaimTable]] = {}
        for row in self._session.scalars(select(ClaimTable).where(ClaimTable.revision_id.in_(staged))):
            known.setdefault(row.revision_id, {})[row.id] = row
        touched.units |= self._units_of(list(staged))
        replaced = self._replaced(list(staged))
        for revision_id, one in staged.items():
            rows = known.get(revision_id, {})
            before = [as_read(row, one.revision, one.article) for row in rows.values() if row.past_reader is None]
            after = [one.claim(values) for values in one.rows]
            said = judged_claims(self._session, one.article.id)
            standings = [standing_of(claim, said) for claim in after]
            self._write_reading(one, rows, standings, replaced=revision_id in replaced, now=now)
            self._follow(followers(before, after))
            found = reread(before, after)
            touched.claims |= {(revision_id, each.after.id) for each in found.altered if each.says_otherwise}
            touched.articles.add(one.article.id)
            judged = [standing.of(claim) for claim, standing in zip(after, standings, strict=True)]
            keys = ((watch.name, series_key(claim, watch)) for claim in judged for watch in watches)
            touched.units |= {(name, key.subject) for name, key in keys if key is not None}
            _restate(one, had=bool(before))

    def _write_reading(
        self,
        one: Staged,
        rows: Mapping[str, ClaimTable],
        standings: Sequence[Standing],
        *,
        replaced: bool,
        now: datetime,
    ) -> None:
        """The claims of a text as they are read now; those that are read no more, and what the others said, stay."""
        read_by = one.revision.extractor or ""
        for row in rows.values():
            if row.past_reader is None and row.id not in {values["id"] for values in one.rows}:
                row.past_reader, row.replaced = read_by, True
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

    # --- folding again

    def _fold_again(
        self, touched: _Touched, watches: Sequence[Watch], done: TakenOver, reason: str, now: datetime
    ) -> None:
        """Folds what is touched from nothing, and writes where decisions are others now. Anchors are left alone."""
        names = {watch for watch, _ in touched.units}
        watching = [watch for watch in watches if watch.name in names]
        merges = self.merges()
        units = {unit for unit in _with_merged(touched.units, merges) if unit[0] in {one.name for one in watching}}
        turns = self._revisions(units, touched.articles)
        revisions = Counter(turn.article for turn in turns)
        active: dict[int, tuple[Claim, ...]] = {}
        book = _Book(merges)
        for some in chunks(turns):
            claims = self._counting([turn.id for turn in some])
            stood = self._stood([turn.id for turn in some], units)
            for turn in some:
                own = tuple(claims.get(turn.id, ()))
                arrival = Arrival(own, active.get(turn.article, ()), turn.baseline)
                comparison = _compared(arrival, watching, book, turn)
                if comparison is None:
                    continue
                book.record(arrival, comparison)
                if revisions[turn.article] > 1:
                    active[turn.article] = own
                self._redecide(turn, own, comparison, stood.get(turn.id, {}), units, touched, done, reason, now)
            self._session.expunge_all()

    def _revisions(self, units: Collection[Unit], articles: Collection[int]) -> list[_Turn]:
        """Every revision of the articles with figures in these units, and of these articles, in the order in which they
        were compared."""
        wanted = set(articles)
        for watch, subject in sorted(units):
            query = (
                select(RevisionTable.article_id)
                .join(DecisionTable, DecisionTable.revision_id == RevisionTable.id)
                .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
                .where(SeriesTable.watch == watch, SeriesTable.subject == subject)
            )
            wanted.update(self._session.scalars(query.distinct()))
        found: list[tuple[int, _Turn]] = []
        for some in chunks(sorted(wanted)):
            columns = (RevisionTable.id, RevisionTable.article_id, RevisionTable.baseline)
            compared = select(*columns, RevisionTable.turn).where(
                RevisionTable.article_id.in_(some), RevisionTable.turn.is_not(None)
            )
            for revision, article, baseline, turn in self._session.execute(compared):
                found.append((turn, _Turn(revision, article, baseline)))
        return [turn for _, turn in sorted(found, key=lambda pair: pair[0])]

    def _counting(self, revisions: Sequence[int]) -> dict[int, list[Claim]]:
        """The claims that count of each of these revisions, in the text's order."""
        found: dict[int, list[Claim]] = {}
        query = (
            select(ClaimTable, RevisionTable, ArticleTable)
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(
                ClaimTable.revision_id.in_(revisions), ClaimTable.past_reader.is_(None), ClaimTable.rejected.is_(False)
            )
            .order_by(ClaimTable.start, ClaimTable.end, ClaimTable.id)
            .options(*WITHOUT_TEXTS)
        )
        for claim, revision, article in self._session.execute(query):
            found.setdefault(claim.revision_id, []).append(to_claim(claim, revision, article))
        return found

    def _stood(self, revisions: Sequence[int], units: Collection[Unit]) -> dict[int, dict[_Line, int]]:
        """The decisions of each of these revisions as they stand, by line: their numbers."""
        found: dict[int, dict[_Line, int]] = {}
        query = (
            select(DecisionTable, SeriesTable)
            .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
            .where(DecisionTable.revision_id.in_(revisions))
        )
        for row, series in self._session.execute(query):
            if (series.watch, series.subject) in units:
                found.setdefault(row.revision_id, {})[_line(to_decision(row, series))] = row.id
        return found

    def _redecide(
        self,
        turn: _Turn,
        own: Sequence[Claim],
        comparison: Comparison,
        stood: Mapping[_Line, int],
        units: Collection[Unit],
        touched: _Touched,
        done: TakenOver,
        reason: str,
        now: datetime,
    ) -> None:
        """A decision on a claim that says what it said, in the line where it was, is history and stands."""
        right = {_line(one): one for one in comparison.decisions if (one.series.watch, one.series.subject) in units}
        gone = [number for line, number in stood.items() if line not in right or (turn.id, line[0]) in touched.claims]
        new = [
            replace(one, alert=False, why=one.why + (NOT_THEN if one.alert else ""))
            for line, one in right.items()
            if line not in stood or (turn.id, line[0]) in touched.claims
        ]
        self._undo(gone, reason, now)
        if new:
            decided = Comparison(tuple(new), (), {})
            self._write_series(decided)
            self._write_decisions(turn.id, decided, {claim.id: claim for claim in own}, now)
        done.undone += len(gone)
        done.decided += len(new)

    def _undo(self, decisions: Sequence[int], reason: str, now: datetime) -> None:
        """Moves decisions that no longer hold to where they are kept."""
        for some in chunks(decisions):
            rows = self._session.scalars(select(DecisionTable).where(DecisionTable.id.in_(some))).all()
            keep_former(self._session, rows, reason, now)


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


def _line(decision: Decision) -> _Line:
    return decision.claim_id, decision.series, decision.party


def _compared(arrival: Arrival, watches: Sequence[Watch], book: MemoryBook, turn: _Turn) -> Comparison | None:
    """What follows from an arrival; None for one that breaks the comparison: what was decided of it stands."""
    try:
        return compare(arrival, watches, book)
    except Exception:  # as in a run, one text must not stop all others
        log.exception("revision %d can't be compared again", turn.id)
        return None


def _former(row: ClaimTable, read_by: str, now: datetime) -> FormerClaimTable:
    columns = to_json({name: getattr(row, name) for name in _COLUMNS})
    return FormerClaimTable(claim_id=row.id, revision_id=row.revision_id, extractor=read_by, columns=columns, until=now)


def _restate(one: Staged, *, had: bool) -> None:
    """The status of an article whose newest text has claims now, or has none any more."""
    article, revision = one.article, one.revision
    if revision.number != article.revisions:
        return
    if one.rows and (article.status in _FRESH or (article.status is ArticleStatus.QUARANTINED and not had)):
        article.status = ArticleStatus.NEW if revision.number == 1 else ArticleStatus.REVISED
        article.reason = ""
    elif not one.rows and article.status is ArticleStatus.NEW:
        article.status = ArticleStatus.NO_CLAIMS
