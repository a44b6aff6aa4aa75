"""The comparison's view of the store: what it is held against, and what follows from it, in one write transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, select, update
from sqlalchemy.orm import Session, defer

from monitor.domain.changes import Arrival, Comparison
from monitor.domain.claims import Claim, Scope
from monitor.domain.deliveries import DeliveryState, NewDelivery
from monitor.domain.quantities import Looseness, Quantity
from monitor.domain.series import Anchor, Series, SeriesKey, estimate, support
from monitor.errors import StoreError
from monitor.store.base import Part, insert_new, upsert
from monitor.store.convert import series_text, series_values, to_anchor, to_claim, to_series_key
from monitor.store.tables import (
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

_COMPARE_LOCK = 7_201_102
_ACTIVE = (ClaimTable.replaced.is_(False), ClaimTable.rejected.is_(False))
_SAME_CLAIM = (ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id)
WITHOUT_TEXTS = (defer(RevisionTable.text), defer(ArticleTable.entry_text))
"""For queries of many claims: whole articles would come with each of them. A text that is asked for all the same is
loaded then."""

_ClaimRow = tuple[ClaimTable, RevisionTable, ArticleTable]


class ComparePart(Part):
    """Comparisons."""

    @contextmanager
    def comparing(self) -> Iterator["Comparing"]:
        """One write transaction for comparing revisions: committed at a clean exit, else nothing is written.

        Only one at a time goes on in a database; a second one waits.
        """
        with self._database.write() as session:
            self._database.lock(session, _COMPARE_LOCK)
            yield Comparing(session)

    def enqueue(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Puts deliveries into the outbox that no comparison caused, as of a feed's health. Known keys are left."""
        with self._database.write() as session:
            enqueue(session, deliveries, now)


class Comparing:
    """A `Book` of what is stored, and the pen to write down what follows. Lives inside `Store.comparing()`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[SeriesKey, Series] = {}

    def series(self, key: SeriesKey) -> Series:
        """The series under this key: its active claims of every status, as compared before, and its anchors.

        The claims of an arrival that isn't recorded yet aren't among them; those that it replaces still are.
        """
        # Nobody else writes meanwhile, and a comparison asks for the same few series again and again.
        if key not in self._known:
            self._known[key] = stored_series(self._session, key)
        return self._known[key]

    def incidents(self, watch: str, subject: str) -> Sequence[SeriesKey]:
        """The keys of the incident series of this watch and subject, of any measure, in the order of their texts."""
        query = select(SeriesTable).where(
            SeriesTable.watch == watch, SeriesTable.subject == subject, SeriesTable.scope == Scope.INCIDENT
        )
        return sorted((to_series_key(row) for row in self._session.scalars(query)), key=series_text)

    def arrival(self, revision_id: int) -> Arrival:
        """The revision's own claims (rejected ones left out), in the text's order, and the active claims of the
        article's earlier revisions. StoreError for a revision that isn't there or hasn't been read."""
        revision = self._session.get(RevisionTable, revision_id)
        if revision is None or revision.extractor is None:
            raise StoreError(f"no revision {revision_id} that has been read")
        own = _claims().where(ClaimTable.revision_id == revision_id, ClaimTable.rejected.is_(False))
        earlier = _claims().where(
            ClaimTable.article_id == revision.article_id, ClaimTable.revision_id < revision_id, *_ACTIVE
        )
        return Arrival(self._load(own), self._load(earlier), revision.baseline)

    def statements(
        self,
        key: SeriesKey,
        party: str,
        quantity: Quantity,
        *,
        also: Sequence[Claim] = (),
        looseness: Looseness | None = None,
    ) -> tuple[int, int]:
        """How many statements and how many outlets stand behind a party's figure in a series.

        `also` are claims of this party that aren't recorded yet, as those of the arrival at hand.
        """
        line = {claim.id: claim for claim in (*self.series(key).line(party), *also)}
        behind = support(line.values(), quantity, looseness)
        return behind.statements, behind.outlets

    def claim(self, claim_id: str) -> Claim:
        """A claim by its id. StoreError when there is none."""
        newest = _claims().where(ClaimTable.id == claim_id).order_by(ClaimTable.revision_id.desc()).limit(1)
        row = self._session.execute(newest).one_or_none()
        if row is None:
            raise StoreError(f"no claim {claim_id}")
        return to_claim(*row)

    def other_lines(self, key: SeriesKey) -> dict[str, Claim]:
        """The claim that speaks for each party in a series now, by party."""
        return dict(estimate(self.series(key)).parties)

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
        self._known.clear()
        self._write_series(comparison)
        self._write_decisions(revision_id, comparison, now)
        self._write_changes(comparison, now)
        self._write_anchors(AnchorTable, comparison.anchors, now)
        self._write_anchors(DoubtTable, comparison.doubts, now)
        self._replace_earlier(revision)
        revision.compared_at = now
        self._session.flush()
        enqueue(self._session, deliveries, now)

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

    def _write_decisions(self, revision_id: int, comparison: Comparison, now: datetime) -> None:
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
                "decided_at": now,
            }
            for decision in comparison.decisions
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


def stored_series(session: Session, key: SeriesKey) -> Series:
    """The series under this key: one look-up in an index for its claims, one each for its anchors and doubts."""
    text = series_text(key)
    anchors = session.scalars(select(AnchorTable).where(AnchorTable.series_key == text))
    doubts = session.scalars(select(DoubtTable).where(DoubtTable.series_key == text))
    lines = (
        select(DecisionTable.party, ClaimTable, RevisionTable, ArticleTable)
        .join(ClaimTable, and_(*_SAME_CLAIM))
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .where(DecisionTable.series_key == text, *_ACTIVE)
        .order_by(DecisionTable.id)
        .options(*WITHOUT_TEXTS)
    )
    claims = tuple((party, to_claim(*row)) for party, *row in session.execute(lines))
    return Series(
        key,
        claims,
        {row.party: to_anchor(row) for row in anchors},
        {row.party: to_anchor(row) for row in doubts},
    )


def _claims() -> "Select[_ClaimRow]":
    return (
        select(ClaimTable, RevisionTable, ArticleTable)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .options(*WITHOUT_TEXTS)
    )
