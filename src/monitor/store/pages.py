"""What the figures' own pages ask. Reads only; each question goes through an index and takes a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from monitor.domain.claims import Claim
from monitor.domain.quantities import Quantity, in_words
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Verdict
from monitor.domain.windows import Role
from monitor.store.base import chunks
from monitor.store.convert import series_text, sha256, to_claim, to_decision, to_series_key
from monitor.store.held import HoldingPart
from monitor.store.judging import states_of, verdicts_of
from monitor.store.lines import ACTIVE
from monitor.store.queries import article_line, change_lines, figure_lines
from monitor.store.rows import ArticleLine, ChangeLine, DecisionLine, FigureLine
from monitor.store.settled import SaidLine, rejected_lines, settled_as, settled_in
from monitor.store.tables import (
    WITHOUT_TEXTS,
    AnchorTable,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    FormerDecisionTable,
    MergeTable,
    RevisionTable,
    RunTable,
    SeriesTable,
    VerdictTable,
)

TOTALS = 60
"""The last totals of a series that a small drawing of it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which series or changes a page asks for; None: any. A subject is meant by any part of its name; `since` and
    `until` are days in UTC, both taken in. Kind, outlet and days are of changes alone. `within`: the places that lie in
    the one asked for; `whole`: the watches whose figures without a place are of a theatre there."""

    watch: str | None = None
    subject: str | None = None
    measure: str | None = None
    party: str | None = None
    place: str | None = None
    within: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    kind: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    def of_series(self) -> "list[ColumnElement[bool]]":
        """The conditions on series. Names are compared without regard to capitals."""
        found = [SeriesTable.watch == self.watch] if self.watch is not None else []
        found += [SeriesTable.measure == self.measure] if self.measure is not None else []
        found += [self._there(self.place)] if self.place is not None else []
        if self.subject is not None:
            found.append(func.lower(SeriesTable.subject).contains(self.subject.lower(), autoescape=True))
        return found

    def _there(self, place: str) -> ColumnElement[bool]:
        theatre = and_(SeriesTable.place.is_(None), SeriesTable.watch.in_(self.whole))
        return or_(_same(SeriesTable.place, place), SeriesTable.place.in_(self.within), theatre)

    def of_changes(self) -> "list[ColumnElement[bool]]":
        """The conditions on changes, besides those on their series."""
        found = [ChangeTable.kind == self.kind] if self.kind is not None else []
        found += [_same(ChangeTable.party, self.party)] if self.party is not None else []
        found += [_same(RevisionTable.outlet, self.outlet)] if self.outlet is not None else []
        found += [ChangeTable.at >= _midnight(self.since)] if self.since is not None else []
        if self.until is not None and self.until < date.max:
            found.append(ChangeTable.at < _midnight(self.until + timedelta(days=1)))
        return found


@dataclass(frozen=True, slots=True)
class MovedSeries:
    """What is said in a series now, the last totals in it (party, day, quantity, whether later news has left it; the
    oldest first), its last change, and when readers were last told something of it."""

    moved_at: datetime
    lines: tuple[FigureLine, ...]
    totals: tuple[tuple[str, date, Quantity, bool], ...]
    change: ChangeLine | None

    @property
    def place(self) -> tuple[datetime, str]:
        """Its place in the list of series."""
        return self.moved_at, series_text(self.lines[0].series)


class PagesPart(HoldingPart):
    """Queries of the pages."""

    def stamp(self) -> tuple[int, ...]:
        """Numbers that are others after anything was compared, judged, merged or read again: one step in an index for
        each."""
        tables = (DecisionTable, FormerDecisionTable, VerdictTable, MergeTable, RunTable)
        with self._database.read() as session:
            found = [session.scalar(select(func.max(table.id))) or 0 for table in tables]
            ended = session.scalar(select(func.count()).where(MergeTable.ended_at.is_not(None))) or 0
        return (*found, ended)

    def claim_states(self, claim_ids: Collection[str]) -> dict[str, str]:
        """How these claims stand, each in a short word that is another one after a verdict or another reading."""
        with self._database.read() as session:
            return states_of(session, claim_ids)

    def series_keys(self) -> list[SeriesKey]:
        """All series, in no order."""
        with self._database.read() as session:
            return [to_series_key(row) for row in session.scalars(select(SeriesTable))]

    def latest_series(
        self, wanted: Wanted, limit: int, before: tuple[datetime, str] | None = None
    ) -> list[MovedSeries]:
        """The series that moved last, the newest first; `before` goes on behind the series of that place."""
        moved = func.max(AnchorTable.moved_at)
        query = (
            select(SeriesTable, moved)
            .join(AnchorTable, AnchorTable.series_key == SeriesTable.key)
            .where(*wanted.of_series())
            .group_by(SeriesTable.key)
            .order_by(moved.desc(), SeriesTable.key)
            .limit(limit)
        )
        if wanted.party is not None:
            query = query.where(_same(AnchorTable.party, wanted.party))
        if before is not None:
            at, last = before
            query = query.having(or_(moved < at, and_(moved == at, SeriesTable.key > last)))
        with self._database.read() as session:
            rows = [(to_series_key(row), at) for row, at in session.execute(query)]
            found = [self._moved(session, key, at) for key, at in rows]
            return [one for one in found if one.lines]

    def _moved(self, session: Session, key: SeriesKey, at: datetime) -> MovedSeries:
        changes = change_lines(session, [ChangeTable.series_key == series_text(key)], 1)
        lines = tuple(figure_lines(session, key, self._held))
        return MovedSeries(at, lines, _totals(session, key), changes[0] if changes else None)

    def lines_of(self, key: SeriesKey) -> list[FigureLine]:
        """The parties' lines of one series."""
        with self._database.read() as session:
            return list(figure_lines(session, key, self._held))

    def said_in(self, key: SeriesKey, limit: int, before: int | None = None) -> list[SaidLine]:
        """The claims that were put into a series, those compared last first; `before` goes on behind that number."""
        query = (
            select(DecisionTable, SeriesTable, ClaimTable, RevisionTable, ArticleTable)
            .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
            .join(
                ClaimTable,
                and_(ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id),
            )
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(DecisionTable.series_key == series_text(key))
            .options(*WITHOUT_TEXTS)
            .order_by(DecisionTable.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(DecisionTable.id < before)
        with self._database.read() as session:
            settled = settled_in(session, key)
            return [
                SaidLine(
                    decision.id,
                    DecisionLine(to_decision(decision, series), decision.decided_at),
                    to_claim(claim, revision, article),
                    not (claim.replaced or claim.rejected),
                    settled_as(settled, decision.claim_id, decision.kind, decision.held_against),
                    edited=_edited(session, claim) if claim.edits else "",
                )
                for decision, series, claim, revision, article in session.execute(query)
            ]

    def rejected_in(self, key: SeriesKey, limit: int) -> list[SaidLine]:
        """The claims that stood in a series until a person rejected them, those taken out last first."""
        with self._database.read() as session:
            return rejected_lines(session, key, limit)

    def changes_page(self, wanted: Wanted, limit: int, before: tuple[datetime, str] | None = None) -> list[ChangeLine]:
        """Changes, the newest first; `before` goes on behind the change of that time and id."""
        conditions = [*wanted.of_series(), *wanted.of_changes()]
        if before is not None:
            at, last = before
            number = _number(last)
            same = or_(ChangeTable.number < number, and_(ChangeTable.number == number, ChangeTable.id < last))
            conditions.append(or_(ChangeTable.at < at, and_(ChangeTable.at == at, same)))
        with self._database.read() as session:
            return change_lines(session, conditions, limit)

    def changes_in(self, key: SeriesKey, limit: int, party: str | None = None) -> list[ChangeLine]:
        """The changes of one series (of one party in it), the newest first."""
        line = [ChangeTable.series_key == series_text(key)]
        line += [ChangeTable.party == party] if party is not None else []
        with self._database.read() as session:
            settled = settled_in(session, key)
            found = change_lines(session, line, limit)
            return [replace(one, stands=one.stands and one.change.claim_id not in settled) for one in found]

    def every_claim(
        self, after: tuple[str, int] = ("", 0), limit: int = 1_000
    ) -> list[tuple[Claim, int, bool, tuple[SeriesKey, ...]]]:
        """Claims in the order of their ids, behind one of them: each with its revision, whether it counts, and the
        series that it was put into as that revision states it, in the order of their watches."""
        place = or_(ClaimTable.id > after[0], and_(ClaimTable.id == after[0], ClaimTable.revision_id > after[1]))
        query = (
            select(ClaimTable, RevisionTable, ArticleTable)
            .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
            .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
            .where(ClaimTable.id >= after[0], place)
            .options(*WITHOUT_TEXTS)
            .order_by(ClaimTable.id, ClaimTable.revision_id)
            .limit(limit)
        )
        with self._database.read() as session:
            found = [
                (to_claim(claim, revision, article), claim.revision_id, not (claim.replaced or claim.rejected))
                for claim, revision, article in session.execute(query)
            ]
            homes = _homes(session, {claim.id for claim, *_ in found})
            return [(*one, homes.get((one[0].id, one[1]), ())) for one in found]

    def article_read(self, article_id: int) -> tuple[ArticleLine, str, list[tuple[Claim, bool]]] | None:
        """An article with its newest text and the claims in it, in the text's order, each with whether it counts; None
        when there is none."""
        with self._database.read() as session:
            article = session.get(ArticleTable, article_id)
            if article is None:
                return None
            revision = _newest(session, article_id)
            rows: Sequence[ClaimTable] = ()
            if revision is not None:
                query = select(ClaimTable).where(
                    ClaimTable.revision_id == revision.id, ClaimTable.past_reader.is_(None)
                )
                rows = list(session.scalars(query.order_by(ClaimTable.start, ClaimTable.id)))
            claims = [
                (to_claim(row, revision, article), not (row.replaced or row.rejected))
                for row in rows
                if revision is not None
            ]
            return article_line(article, len(claims)), revision.text if revision else "", claims

    def claims_of_article(self, article_id: int) -> list[str]:
        """The ids of all that was ever read in an article, revision by revision, in the order of the text."""
        place = (ClaimTable.revision_id, ClaimTable.start, ClaimTable.id)
        query = select(ClaimTable.id).where(ClaimTable.article_id == article_id).order_by(*place)
        with self._database.read() as session:
            return list(dict.fromkeys(session.scalars(query)))

    def texts_before_and_after(self, claim: Claim) -> tuple[str, str] | None:
        """The text of a claim's article before the revision that states it, and that revision's; None for a first
        one."""
        number = claim.origin.revision
        query = (
            select(RevisionTable.text)
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(ArticleTable.url_sha256 == sha256(claim.origin.url), RevisionTable.number <= number)
            .order_by(RevisionTable.number.desc())
            .limit(2)
        )
        with self._database.read() as session:
            texts = list(session.scalars(query))
        return (texts[1], texts[0]) if len(texts) == 2 else None

    def article_at(self, url: str) -> int | None:
        """The id of the article at this address."""
        with self._database.read() as session:
            return session.scalar(select(ArticleTable.id).where(ArticleTable.url_sha256 == sha256(url)))


def _number(change: str) -> Any:
    other = aliased(ChangeTable)
    return func.coalesce(select(other.number).where(other.id == change).scalar_subquery(), 0)


def _newest(session: Session, article_id: int) -> RevisionTable | None:
    query = select(RevisionTable).where(RevisionTable.article_id == article_id)
    return session.scalar(query.order_by(RevisionTable.number.desc()).limit(1))


def _homes(session: Session, claims: Collection[str]) -> dict[tuple[str, int], tuple[SeriesKey, ...]]:
    """The series of claims, by id and revision: one a watch, however many parties say it."""
    found: dict[tuple[str, int], dict[SeriesKey, None]] = {}
    for chunk in chunks(sorted(claims)):
        query = (
            select(DecisionTable.claim_id, DecisionTable.revision_id, SeriesTable)
            .join(SeriesTable, DecisionTable.series_key == SeriesTable.key)
            .where(DecisionTable.claim_id.in_(chunk))
            .order_by(SeriesTable.watch, SeriesTable.key)
        )
        for claim, revision, series in session.execute(query):
            found.setdefault((claim, revision), {})[to_series_key(series)] = None
    return {name: tuple(keys) for name, keys in found.items()}


def _edited(session: Session, claim: ClaimTable) -> str:
    """By whom a claim was corrected, what it was where its figure was another one, and why."""
    kinds = {Verdict.EDITED: "edited", Verdict.SPLIT: "put apart"}
    said = next((one for one in reversed(verdicts_of(session, claim.id)) if one.verdict in kinds), None)
    if said is None:
        return ""
    was = (
        f", was {in_words(Quantity(claim.low, claim.high, claim.qualifier))}"
        if "quantity" in (claim.edits or ())
        else ""
    )
    return f"{kinds[said.verdict]} by {said.who}{was}{f': {said.why}' if said.why else ''}"


def _totals(session: Session, key: SeriesKey) -> tuple[tuple[str, date, Quantity, bool], ...]:
    """Those that a person has edited are left out: their columns hold what was read."""
    decided = (DecisionTable.claim_id, DecisionTable.kind, DecisionTable.held_against)
    query = (
        select(DecisionTable.party, DecisionTable.day, ClaimTable.low, ClaimTable.high, ClaimTable.qualifier, *decided)
        .join(
            ClaimTable,
            and_(ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id),
        )
        .where(DecisionTable.series_key == series_text(key), DecisionTable.role == Role.TOTAL)
        .where(ClaimTable.edits.is_(None), *ACTIVE)
        .order_by(DecisionTable.day.desc())
        .limit(TOTALS)
    )
    rows = [row for row in session.execute(query) if row.day is not None]
    settled = settled_in(session, key)
    found = [
        (
            row.party,
            date.fromordinal(row.day),
            Quantity(row.low, row.high, row.qualifier),
            settled_as(settled, row.claim_id, row.kind, row.held_against) is not None,
        )
        for row in rows
    ]
    return tuple(reversed(found))


def _same(column: Any, name: str) -> ColumnElement[bool]:
    return or_(column == name, func.lower(column) == name.lower())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
