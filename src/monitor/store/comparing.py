"""The comparison's view of the store: what it is held against, and what follows from it, in one write transaction."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from monitor.domain.changes import Arrival, Comparison
from monitor.domain.claims import Claim
from monitor.domain.compare import LineName
from monitor.domain.deliveries import DeliveryState, NewDelivery
from monitor.domain.quantities import Looseness, Quantity
from monitor.domain.refold import Rewriting
from monitor.domain.series import Anchor, Series, SeriesKey, Support, behind, latest, support
from monitor.domain.windows import Glance, Window, role_of
from monitor.errors import StoreError
from monitor.store.base import Part, chunks, insert_new, upsert
from monitor.store.convert import series_text, series_values, to_claim, to_series_key
from monitor.store.judging import Judging
from monitor.store.lines import ACTIVE, claims_around, speakers, stored_series, window_of
from monitor.store.merging import Merging
from monitor.store.refolding import Refolding, by_revision
from monitor.store.tables import (
    WITHOUT_TEXTS,
    AnchorTable,
    ArticleTable,
    ChangeTable,
    ClaimTable,
    DecisionTable,
    DeliveryChangeTable,
    DeliveryTable,
    DoubtTable,
    RevisionTable,
    SeriesTable,
)

COMPARE_LOCK = 7_201_102
"""The number of the lock that whoever compares holds."""
_ClaimRow = tuple[ClaimTable, RevisionTable, ArticleTable]


class ComparePart(Part):
    """Comparisons."""

    @contextmanager
    def comparing(self) -> Iterator["Comparing"]:
        """One write transaction for comparing revisions: committed at a clean exit, else nothing is written.

        Only one at a time goes on in a database; a second one waits.
        """
        with self._database.write() as session:
            self._database.lock(session, COMPARE_LOCK)
            yield Comparing(session)

    def enqueue(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Puts deliveries into the outbox that no comparison caused, as of a feed's health. Known keys are left."""
        with self._database.write() as session:
            enqueue(session, deliveries, now)


class Comparing(Judging, Merging, Refolding):
    """A `Book` of what is stored, and the pen to write down what follows. Lives inside `Store.comparing()`."""

    def __init__(self, session: Session) -> None:
        Merging.__init__(self, session)
        self._arrived: dict[int, Arrival] = {}

    def series(self, key: SeriesKey, window: Window | None = None) -> Series:
        """The series under this key or the part of it that `window` wants: active claims, as compared before, and
        what readers were told. Whole series are read in full, for tests and repairs.

        The claims of an arrival that isn't recorded yet aren't among them; those that it replaces still are.
        """
        return stored_series(self._session, key) if window is None else window_of(self._session, key, window)

    def glance(self, key: SeriesKey, party: str, claim: Claim) -> Glance | None:  # noqa: ARG002 - as `Book` has it
        """None: what readers were told takes a statement, and the window not many more."""
        return None

    def speaker(self, key: SeriesKey, party: str) -> Claim | None:
        """The claim that speaks for a party in a series now."""
        return latest(window_of(self._session, key, Window(party)).line(party))

    def incidents(self, watch: str, subject: str, first: date, last: date) -> Sequence[SeriesKey]:
        """The keys of the incident series of these days, of any measure, in the order of their texts."""
        query = select(SeriesTable).where(
            SeriesTable.watch == watch,
            SeriesTable.subject == subject,
            SeriesTable.day.between(first.toordinal(), last.toordinal()),
        )
        return sorted((to_series_key(row) for row in self._session.scalars(query)), key=series_text)

    def arrival(self, revision_id: int) -> Arrival:
        """The revision's own claims (rejected ones left out), in the text's order, and the active claims of the
        article's earlier revisions. StoreError for a revision that isn't there or hasn't been read."""
        revision = self._session.get(RevisionTable, revision_id)
        if revision is None or revision.extractor is None:
            raise StoreError(f"no revision {revision_id} that has been read")
        own = _claims().where(
            ClaimTable.revision_id == revision_id, ClaimTable.rejected.is_(False), ClaimTable.past_reader.is_(None)
        )
        earlier = _claims().where(
            ClaimTable.article_id == revision.article_id, ClaimTable.revision_id < revision_id, *ACTIVE
        )
        arrival = Arrival(self._load(own), self._load(earlier), revision.baseline)
        self._arrived[revision_id] = arrival
        return arrival

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
        line = {claim.id: claim for claim in (*claims_around(self._session, key, party, day), *also)}
        return behind(line.values(), quantity, looseness)

    def claim(self, claim_id: str) -> Claim:
        """A claim by its id. StoreError when there is none."""
        newest = _claims().where(ClaimTable.id == claim_id).order_by(ClaimTable.revision_id.desc()).limit(1)
        row = self._session.execute(newest).one_or_none()
        if row is None:
            raise StoreError(f"no claim {claim_id}")
        return to_claim(*row)

    def last_told(self, keys: Collection[SeriesKey]) -> dict[LineName, Anchor]:
        """What the last change of each line of these series told, if it wasn't that its figure is withdrawn."""
        names = {series_text(key): key for key in keys}
        found: dict[LineName, Anchor | None] = {}
        for some in chunks(sorted(names)):
            query = select(ChangeTable).where(ChangeTable.series_key.in_(some)).order_by(ChangeTable.at, ChangeTable.id)
            for row in self._session.scalars(query):
                as_of = self.claim(row.claim_id).as_of
                told = Anchor(row.party, row.after, row.claim_id, as_of) if row.after else None
                found[names[row.series_key], row.party] = told
        return {line: told for line, told in found.items() if told is not None}

    def other_lines(self, key: SeriesKey, but: str | None = None) -> dict[str, Claim]:
        """The claim that speaks for each party in a series now, by party; without that of one, where it is given."""
        return speakers(self._session, key, but)

    def record(
        self, revision_id: int, comparison: Comparison, deliveries: Sequence[NewDelivery], now: datetime
    ) -> None:
        """Writes what follows from a revision: decisions, changes, anchors and deliveries; takes the claims that it
        replaces out of their series; marks it compared. A revision that is compared already changes nothing."""
        revision = self._session.get(RevisionTable, revision_id)
        if revision is None or revision.extractor is None:
            raise StoreError(f"no revision {revision_id} that has been read")
        if revision.compared_at is not None:
            return
        self._write_series(comparison)
        self._write_decisions(revision_id, comparison, self._stated(revision_id), now)
        self._write_changes(comparison, now)
        self._write_anchors(AnchorTable, comparison.anchors, now)
        self._write_anchors(DoubtTable, comparison.doubts, now)
        self._replace_earlier(revision)
        revision.compared_at = now
        revision.turn = (self._session.scalar(select(func.max(RevisionTable.turn))) or 0) + 1
        self._session.flush()
        enqueue(self._session, deliveries, now)

    def rewrite(self, rewriting: Rewriting, reason: str, now: datetime) -> None:
        """Writes what follows from a history that reads differently. What no longer holds is kept with the reason."""
        self._arrived.clear()
        self.undo(rewriting.undone, reason, now)
        for revision_id, decisions in by_revision(rewriting).items():
            comparison = Comparison(tuple(decisions), (), {})
            self._write_series(comparison)
            self._write_decisions(revision_id, comparison, self._stated(revision_id), now)
        self._write_changes(Comparison((), rewriting.changes, {}), now)
        self._write_anchors(AnchorTable, rewriting.anchors, now)
        self._write_anchors(DoubtTable, rewriting.doubts, now)

    def enqueue(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Adds deliveries in this transaction, for messages that are composed after `record`. Known keys are left."""
        enqueue(self._session, deliveries, now)

    def _load(self, query: "Select[_ClaimRow]") -> tuple[Claim, ...]:
        ordered = query.order_by(ClaimTable.start, ClaimTable.end, ClaimTable.id)
        return tuple(to_claim(*row) for row in self._session.execute(ordered))

    def _write_series(self, comparison: Comparison) -> None:
        keys = {decision.series for decision in comparison.decisions} | {change.series for change in comparison.changes}
        keys |= {key for key, _ in (*comparison.anchors, *comparison.doubts)}
        rows = sorted((series_values(key) for key in keys), key=lambda row: str(row["key"]))
        insert_new(self._session, SeriesTable, rows)

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
                "role": role_of(claim) if claim else None,
                "day": claim.day.toordinal() if claim else None,
                "decided_at": now,
            }
            for decision in comparison.decisions
            for claim in (stated.get(decision.claim_id),)
        ]
        insert_new(self._session, DecisionTable, rows)

    def _write_changes(self, comparison: Comparison, now: datetime) -> None:
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
            }
            for change in comparison.changes
        ]
        insert_new(self._session, ChangeTable, rows)

    def _write_anchors(
        self, table: type[AnchorTable | DoubtTable], moved: Mapping[tuple[SeriesKey, str], Anchor | None], now: datetime
    ) -> None:
        for (key, party), anchor in moved.items():
            if anchor is None:
                gone = (table.series_key == series_text(key), table.party == party)
                self._session.execute(delete(table).where(*gone))
            else:
                self._move_anchor(table, key, anchor, now)

    def _move_anchor(
        self, table: type[AnchorTable | DoubtTable], key: SeriesKey, anchor: Anchor, now: datetime
    ) -> None:
        values: dict[str, Any] = {
            "quantity": anchor.quantity,
            "claim_id": anchor.claim_id,
            "as_of_at": anchor.as_of.at,
            "precision": anchor.as_of.precision,
            "moved_at": now,
        }
        insert = upsert(self._session, table).values(series_key=series_text(key), party=anchor.party, **values)
        moved = {name: insert.excluded[name] for name in values}
        self._session.execute(insert.on_conflict_do_update(index_elements=["series_key", "party"], set_=moved))

    def _replace_earlier(self, revision: RevisionTable) -> None:
        earlier = (ClaimTable.article_id == revision.article_id, ClaimTable.revision_id < revision.id)
        self._session.execute(update(ClaimTable).where(*earlier).values(replaced=True))


def enqueue(session: Session, deliveries: Sequence[NewDelivery], now: datetime) -> None:
    """Inserts deliveries whose keys are new, with the changes that they tell."""
    rows = [
        {
            "key": delivery.key,
            "channel": delivery.channel,
            "payload": delivery.payload,
            "state": DeliveryState.DUE,
            "due_at": delivery.due_at,
            "attempts": 0,
            "created_at": now,
        }
        for delivery in deliveries
    ]
    insert_new(session, DeliveryTable, rows)
    told = [(delivery.key, change) for delivery in deliveries for change in delivery.change_ids]
    insert_new(session, DeliveryChangeTable, [{"delivery_key": key, "change_id": change} for key, change in told])


def _claims() -> "Select[_ClaimRow]":
    return (
        select(ClaimTable, RevisionTable, ArticleTable)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .options(*WITHOUT_TEXTS)
    )
