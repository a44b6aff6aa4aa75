"""The comparison's view of the store: what it is held against, and what follows from it, in one write transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from monitor.domain.changes import Arrival, Comparison
from monitor.domain.claims import Claim, Measure
from monitor.domain.compare import LineName
from monitor.domain.deliveries import NewDelivery
from monitor.domain.quantities import Looseness, Quantity
from monitor.domain.refold import DecisionName, Rewriting, Told
from monitor.domain.series import Anchor, Series, SeriesKey, Support, behind, counting, latest, support
from monitor.domain.steps import Said
from monitor.domain.windows import Glance, Window, role_of
from monitor.errors import StoreError
from monitor.store.base import chunks, insert_new, put
from monitor.store.convert import series_text, series_values, sha256, to_series_key
from monitor.store.held import CLAIM_ROWS, HeldClaims, HoldingPart
from monitor.store.judging import Judging
from monitor.store.lines import (
    claims_around,
    corrected_in,
    last_moves,
    speakers,
    stored_series,
    stored_together,
    told_in,
    window_of,
)
from monitor.store.locks import Lock
from monitor.store.merging import Merging
from monitor.store.moving import known_to_readers, last_said, only_agreed, write_moves
from monitor.store.muting import IN_TIME
from monitor.store.outbox import enqueue
from monitor.store.refolding import Refolding, by_revision
from monitor.store.rewording import Rewording
from monitor.store.starts import beside, counted_since, earliest, last_start
from monitor.store.tables import (
    AnchorTable,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    DoubtTable,
    RevisionTable,
    SeriesTable,
)
from monitor.store.types import UtcDateTime

_CLAIMS, _REVISIONS = (cast("Table", one.__table__) for one in (ClaimTable, RevisionTable))
_IN_ORDER = CLAIM_ROWS.order_by(_CLAIMS.c.start, _CLAIMS.c.end, _CLAIMS.c.id)
_OWN = _IN_ORDER.where(
    _CLAIMS.c.revision_id == bindparam("revision"), _CLAIMS.c.rejected.is_(False), _CLAIMS.c.past_reader.is_(None)
)
_EARLIER = _IN_ORDER.where(
    _CLAIMS.c.article_id == bindparam("article"),
    _CLAIMS.c.revision_id < bindparam("revision"),
    _CLAIMS.c.replaced.is_(False),
    _CLAIMS.c.rejected.is_(False),
)
_NAMED = CLAIM_ROWS.where(_CLAIMS.c.id == bindparam("id")).order_by(_CLAIMS.c.revision_id.desc()).limit(1)
_REVISION = select(
    *(_REVISIONS.c[name] for name in ("id", "article_id", "number", "extractor", "baseline", "compared_at"))
).where(_REVISIONS.c.id == bindparam("revision"))
_STORED = select(SeriesTable.__table__.c.key).where(SeriesTable.__table__.c.key.in_(bindparam("keys", expanding=True)))
_REPLACE = (
    update(_CLAIMS)
    .where(_CLAIMS.c.article_id == bindparam("article"), _CLAIMS.c.revision_id < bindparam("revision"))
    .values(replaced=True)
)
_TURN = select(func.coalesce(func.max(_REVISIONS.alias().c.turn), 0) + 1).scalar_subquery()
_COMPARED = (
    update(_REVISIONS)
    .where(_REVISIONS.c.id == bindparam("revision"))
    .values(compared_at=bindparam("now", type_=UtcDateTime), turn=_TURN)
)


class ComparePart(HoldingPart):
    """Comparisons."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One worker at a time compares what waits: the order decides what is news and what is late, so two must not
        take revisions by turns. Others wait here; one that dies is done at once. On SQLite there is one alone."""
        if self._database.sqlite:
            yield
            return
        with self._database.read() as session:
            self._database.lock(session, Lock.TURN)
            yield

    @contextmanager
    def comparing(self) -> Iterator["Comparing"]:
        """One write transaction for comparing revisions: committed at a clean exit, else nothing is written.

        Only one at a time goes on in a database; a second one waits.
        """
        with self._database.write() as session:
            self._database.lock(session, Lock.COMPARE)
            yield Comparing(session, self._held)

    def enqueue(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Puts deliveries into the outbox that no comparison caused, as of a feed's health. Known keys are left."""
        with self._database.write() as session:
            enqueue(session, deliveries, now)


class Comparing(Judging, Merging, Refolding, Rewording):
    """A `Book` of what is stored, and the pen to write down what follows. Lives inside `Store.comparing()`."""

    def __init__(self, session: Session, held: HeldClaims | None = None) -> None:
        Merging.__init__(self, session)
        self._held = held or HeldClaims()
        self._read_now: dict[int, Row[Any]] = {}
        self._arrived: dict[int, Arrival] = {}
        self._stored: dict[SeriesKey, bool] = {}
        self._told: dict[SeriesKey, Series] = {}
        self._incidents: dict[SeriesKey, Series] = {}

    def series(self, key: SeriesKey, window: Window | None = None) -> Series:
        """The series under this key or the part of it that `window` wants: active claims, as compared before, and
        what readers were told. Whole series are read in full, for tests and repairs.

        The claims of an arrival that isn't recorded yet aren't among them; those that it replaces still are.
        """
        if not self._is_stored(key):
            return Series(key)
        if window is None:
            return self._incidents.pop(key, None) or stored_series(self._session, key, self._held)
        return window_of(self._session, key, window, self._held, self._told_in(key))

    def _is_stored(self, key: SeriesKey) -> bool:
        """True for a series that was ever written. Asked at once for those beside it, which a breakdown looks for."""
        if key not in self._stored:
            family = [counting(key, measure) for measure in Measure]
            texts = {series_text(one): one for one in family}
            known = {text for (text,) in self._session.execute(_STORED, {"keys": [*texts]})}
            self._stored |= {one: text in known for text, one in texts.items()}
        return self._stored[key]

    def _told_in(self, key: SeriesKey) -> Series:
        """What readers were told of a series, as this transaction found it."""
        if key not in self._told:
            self._told[key] = told_in(self._session, key)
        return self._told[key]

    def glance(self, key: SeriesKey, party: str, claim: Claim) -> Glance | None:  # noqa: ARG002 - as `Book` has it
        """None: what readers were told takes a statement, and the window not many more."""
        return None

    def speaker(self, key: SeriesKey, party: str) -> Claim | None:
        """The claim that speaks for a party in a series now."""
        return latest(self.series(key, Window(party)).line(party))

    def earliest(self, key: SeriesKey) -> date | None:
        """The first day that an asserted figure of a series ever spoke of; None for an empty one."""
        return earliest(self._session, key) if self._is_stored(key) else None

    def beside(self, key: SeriesKey) -> Sequence[SeriesKey]:
        """The stored series that differ from this one in who is counted alone, by subject; of an incident those of
        incidents at its place on its day."""
        return beside(self._session, key)

    def last_start(self) -> date | None:
        """The latest day from which any figure counts; None where none does."""
        return last_start(self._session)

    def counted_since(self, key: SeriesKey, day: date) -> Sequence[Claim]:
        """The claims of a series that count from a day after this one, in the order of their ids."""
        return counted_since(self._session, key, day, self._held) if self._is_stored(key) else ()

    def incidents(self, watch: str, subject: str, first: date, last: date) -> Sequence[SeriesKey]:
        """The keys of the incident series of these days, of any measure, in the order of their texts. Each of the
        series is asked for next, as a rule: they are read together, and handed out once."""
        query = select(SeriesTable.__table__).where(
            SeriesTable.watch == watch,
            SeriesTable.subject == subject,
            SeriesTable.day.between(first.toordinal(), last.toordinal()),
        )
        keys = sorted((to_series_key(row) for row in self._session.execute(query)), key=series_text)
        self._incidents = stored_together(self._session, keys, self._held)
        self._stored |= {counting(key, measure): False for key in keys for measure in Measure}
        self._stored |= dict.fromkeys(keys, True)
        return keys

    def corrected(self, key: SeriesKey, party: str, first: date, last: date) -> Sequence[Quantity]:
        """The figures of a party that articles gave until they were corrected, to what is as of these days."""
        return corrected_in(self._session, key, party, first, last) if self._is_stored(key) else ()

    def last_said(self, watch: str, subject: str, first: date, last: date) -> datetime | None:
        """When the newest text came out that gives a figure of an incident of these days; None for none."""
        return last_said(self._session, watch, subject, first, last)

    def known_to_readers(self, claim_ids: Sequence[str]) -> bool:
        """True when readers were told of one of these claims, by an alert or with the baseline."""
        return known_to_readers(self._session, claim_ids)

    def only_agreed(self, claim_ids: Sequence[str]) -> Collection[str]:
        """Of these claims of incidents those that readers were never told, since they agreed with what they knew."""
        return only_agreed(self._session, claim_ids)

    def arrival(self, revision_id: int) -> Arrival:
        """The revision's own claims (rejected ones left out), in the text's order, and the active claims of the
        article's earlier revisions. StoreError for a revision that isn't there or hasn't been read."""
        revision = self._read_revision(revision_id)
        own = self._load(_OWN, revision)
        earlier = self._load(_EARLIER, revision) if revision.number > 1 else ()
        arrival = Arrival(own, earlier, revision.baseline)
        self._arrived[revision_id] = arrival
        return arrival

    def is_compared(self, revision_id: int) -> bool:
        """True for a revision whose comparison is recorded. StoreError as for `arrival`."""
        return self._read_revision(revision_id).compared_at is not None

    def statements(
        self,
        key: SeriesKey,
        party: str,
        quantity: Quantity,
        *,
        day: date,
        also: Sequence[Claim] = (),
        looseness: Looseness | None = None,
    ) -> Support:
        """How many statements and how many outlets stand behind a party's figure in a series, within BEHIND of a day.

        `also` are claims of this party that aren't recorded yet, as those of the arrival at hand.
        """
        return support(self.behind(key, party, quantity, day=day, also=also, looseness=looseness), quantity, looseness)

    def behind(
        self,
        key: SeriesKey,
        party: str,
        quantity: Quantity,
        *,
        day: date,
        also: Sequence[Claim] = (),
        looseness: Looseness | None = None,
    ) -> list[Claim]:
        """The claims that these statements are counted in."""
        around = claims_around(self._session, key, party, day, self._held) if self._is_stored(key) else ()
        line = {claim.id: claim for claim in (*around, *also)}
        return behind(line.values(), quantity, looseness)

    def claim(self, claim_id: str) -> Claim:
        """A claim by its id. StoreError when there is none."""
        row = self._session.execute(_NAMED, {"id": claim_id}).one_or_none()
        if row is None:
            raise StoreError(f"no claim {claim_id}")
        return self._held.made(row)

    def feed_of(self, url: str) -> str | None:
        """The feed that an article came by first; None for an unknown one."""
        return self._session.scalar(select(ArticleTable.feed).where(ArticleTable.url_sha256 == sha256(url)))

    def last_told(self, keys: Collection[SeriesKey]) -> dict[LineName, Anchor]:
        """What the last change of each line of these series told, if it wasn't that its figure is withdrawn; where a
        mute kept it from readers, what they have from before."""
        names = {series_text(key): key for key in keys}
        found: dict[LineName, Anchor | None] = {}
        for some in chunks(sorted(names)):
            query = select(ChangeTable).where(ChangeTable.series_key.in_(some)).order_by(*IN_TIME)
            for row in self._session.scalars(query):
                as_of = self.claim(row.claim_id).as_of
                told = Anchor(row.party, row.after, row.claim_id, as_of) if row.after else None
                found[names[row.series_key], row.party] = told
        for line, one in self.unheard(keys).items():
            known = found.get(line)
            found[line] = replace(known, quantity=one.had) if known and one.had else known
        return {line: told for line, told in found.items() if told is not None}

    def other_lines(self, key: SeriesKey, but: str | None = None) -> dict[str, Claim]:
        """The claim that speaks for each party in a series now, by party; without that of one, where it is given."""
        return speakers(self._session, key, self._held, but) if self._is_stored(key) else {}

    def last_moves(self, key: SeriesKey, party: str) -> list[Said]:
        """What the newest claims of a line did to it, those that moved it alone, oldest first."""
        return last_moves(self._session, key, party, self._held) if self._is_stored(key) else []

    def record(
        self, revision_id: int, comparison: Comparison, deliveries: Sequence[NewDelivery], now: datetime
    ) -> None:
        """Writes what follows from a revision: decisions, changes, anchors and deliveries; takes the claims that it
        replaces out of their series; marks it compared. A revision that is compared already changes nothing."""
        revision = self._read_revision(revision_id)
        if revision.compared_at is not None:
            return
        self._write_series(comparison)
        stated = self._stated(revision_id)
        elsewhere = write_moves(self._session, comparison, frozenset(stated), now)
        here = [one for one in comparison.decisions if one.claim_id not in elsewhere or one.claim_id in stated]
        self._write_decisions(revision_id, replace(comparison, decisions=tuple(here)), stated, now)
        self._write_changes(comparison, now)
        self._write_anchors(AnchorTable, comparison.anchors, now)
        self._write_anchors(DoubtTable, comparison.doubts, now)
        if revision.number > 1:
            self._session.execute(_REPLACE, {"article": revision.article_id, "revision": revision_id})
        self._session.execute(_COMPARED, {"revision": revision_id, "now": now})
        self._told.clear()
        self._incidents.clear()
        self._read_now.clear()
        enqueue(self._session, deliveries, now)

    def rewrite(self, rewriting: Rewriting, reason: Callable[[str], str], now: datetime) -> None:
        """Writes what follows from a history that reads differently. What no longer holds is kept with the reason,
        which is asked for by a claim's id."""
        self._arrived.clear()
        self._told.clear()
        self._incidents.clear()
        self._read_now.clear()
        by_reason = defaultdict[str, list[DecisionName]](list)
        for name in rewriting.undone:
            by_reason[reason(name[1])].append(name)
        for why, names in by_reason.items():
            self.undo(names, why, now)
        for revision_id, decisions in by_revision(rewriting).items():
            comparison = Comparison(tuple(decisions), (), {})
            self._write_series(comparison)
            self._write_decisions(revision_id, comparison, self._stated(revision_id), now)
        self._write_changes(Comparison((), rewriting.changes, {}), now)
        self._write_anchors(AnchorTable, rewriting.anchors, now)
        self._write_anchors(DoubtTable, rewriting.doubts, now)

    def keep_told(self, told: Told, lines: Collection[LineName], now: datetime) -> None:
        """Has readers know of these lines what they were told, for corrections that a mute kept from them."""
        self._write_anchors(AnchorTable, {line: told.anchors.get(line) for line in lines}, now)
        self._write_anchors(DoubtTable, {line: told.doubts.get(line) for line in lines}, now)

    def enqueue(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Adds deliveries in this transaction, for messages that are composed after `record`. Known keys are left."""
        enqueue(self._session, deliveries, now)

    def _read_revision(self, revision_id: int) -> "Row[Any]":
        """StoreError for a revision that isn't there or hasn't been read."""
        revision = self._read_now.get(revision_id)
        if revision is None:
            revision = self._session.execute(_REVISION, {"revision": revision_id}).one_or_none()
        if revision is None or revision.extractor is None:
            raise StoreError(f"no revision {revision_id} that has been read")
        self._read_now[revision_id] = revision
        return revision

    def _load(self, question: "Select[Any]", revision: "Row[Any]") -> tuple[Claim, ...]:
        values = {"revision": revision.id, "article": revision.article_id}
        return tuple(self._held.made(row) for row in self._session.execute(question, values))

    def _write_series(self, comparison: Comparison) -> None:
        keys = {decision.series for decision in comparison.decisions} | {change.series for change in comparison.changes}
        keys |= {key for key, _ in (*comparison.anchors, *comparison.doubts)}
        new = [key for key in keys if not self._stored.get(key, False)]
        insert_new(self._session, SeriesTable, sorted(map(series_values, new), key=lambda row: str(row["key"])))
        self._stored |= dict.fromkeys(new, True)

    def _stated(self, revision_id: int) -> dict[str, Claim]:
        """The claims of a revision, by id."""
        arrival = self._arrived.get(revision_id) or self.arrival(revision_id)
        return {claim.id: claim for claim in arrival.claims}

    def _write_decisions(
        self, revision_id: int, comparison: Comparison, stated: Mapping[str, Claim], now: datetime
    ) -> None:
        rows = [
            {
                "claim_id": decision.claim_id,
                "revision_id": revision_id,
                "series_key": series_text(decision.series),
                "party": decision.party,
                "kind": decision.kind,
                "held_against": decision.held_against,
                "before": decision.before,
                "alert": decision.alert,
                "why": decision.why,
                "role": role_of(claim) if claim and decision.speaks else None,
                "day": claim.day.toordinal() if claim else None,
                "decided_at": now,
            }
            for decision in comparison.decisions
            for claim in (stated.get(decision.claim_id),)
        ]
        insert_new(self._session, DecisionTable, rows)

    def _write_changes(self, comparison: Comparison, now: datetime) -> None:
        if not comparison.changes:
            return
        before = self._session.scalar(select(func.max(ChangeTable.number)).where(ChangeTable.at == now)) or 0
        rows = [
            {
                "id": change.id,
                "series_key": series_text(change.series),
                "party": change.party,
                "kind": change.kind,
                "before": change.before,
                "after": change.after,
                "claim_id": change.claim_id,
                "held_against": change.held_against,
                "doubtful": change.check,
                "at": now,
                "number": number,
            }
            for number, change in enumerate(comparison.changes, before + 1)
        ]
        insert_new(self._session, ChangeTable, rows)

    def _write_anchors(
        self, table: type[AnchorTable | DoubtTable], moved: Mapping[tuple[SeriesKey, str], Anchor | None], now: datetime
    ) -> None:
        for key, party in (line for line, anchor in moved.items() if anchor is None):
            gone = (table.series_key == series_text(key), table.party == party)
            self._session.execute(delete(table).where(*gone))
        rows = [
            {
                "series_key": series_text(key),
                "party": party,
                "quantity": anchor.quantity,
                "claim_id": anchor.claim_id,
                "as_of_at": anchor.as_of.at,
                "precision": anchor.as_of.precision,
                "moved_at": now,
            }
            for (key, party), anchor in moved.items()
            if anchor is not None
        ]
        put(self._session, table, rows, ("series_key", "party"))
