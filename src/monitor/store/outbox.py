"""The outbox: deliveries leased to one deliverer at a time, at least once, with holds for whole channels."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from monitor.domain.deliveries import (
    DeliveryState,
    DueDelivery,
    NewDelivery,
    Rearrangement,
    SentDelivery,
    Sequel,
    WaitingDelivery,
)
from monitor.domain.pace import HOUR
from monitor.store.base import Part, chunks, insert_new, is_due, upsert
from monitor.store.locks import Lock
from monitor.store.tables import ChangeTable, DeliveryChangeTable, DeliveryTable, HoldTable

_WAITING = (DeliveryState.DUE, DeliveryState.HELD)
_OPEN = (*_WAITING, DeliveryState.LEASED)
_ROWS = DeliveryTable.__table__
_SENT = (
    update(_ROWS)  # type: ignore[arg-type]  # typed as any FromClause
    .where(_ROWS.c.key == bindparam("one"))
    .values(state=DeliveryState.SENT, ended_at=bindparam("now"), leased_until=None, leased_by=None, error=None)
)
"""Each message is marked by itself, so this is made once, and on the plain table: a third of the time."""


_AHEAD, _NEWER = aliased(DeliveryTable), aliased(DeliveryTable)
_TOLD, _TELLING = aliased(DeliveryChangeTable), aliased(DeliveryChangeTable)
_ONE, _ANOTHER = aliased(ChangeTable), aliased(ChangeTable)
_NEWER_NEWS = (
    select(_NEWER.sequence)
    .join_from(_AHEAD, _TOLD, _TOLD.delivery_key == _AHEAD.key)
    .join(_ONE, _ONE.id == _TOLD.change_id)
    .join(_ANOTHER, and_(_ANOTHER.series_key == _ONE.series_key, _ANOTHER.at >= _ONE.at))
    .join(_TELLING, _TELLING.change_id == _ANOTHER.id)
    .join(_NEWER, _NEWER.key == _TELLING.delivery_key)
    .where(_NEWER.channel == _AHEAD.channel, _NEWER.sequence > _AHEAD.sequence)
)
"""Deliveries of newer news of a series than `_AHEAD` tells its channel. Made once: that takes longer than asking."""


class OutboxPart(Part):
    """Deliveries on their way out."""

    def lease_due(self, now: datetime, *, limit: int, lease: timedelta, worker: str) -> list[DueDelivery]:
        """Leases up to `limit` due deliveries to `worker` until now + lease, longest due first.

        Those of one lease come in the order in which they were enqueued: the comparison takes the older news first.
        One worker at a time, so two never hold the same one. A lease that ran out counts as due again; each lease
        is a try. Channels on hold are left out, and so is what a channel is to hear of a series while older news of it
        is on its way there with another worker: it would overtake.
        """
        ready = or_(
            and_(DeliveryTable.state.in_(_WAITING), is_due(DeliveryTable.due_at, now)),
            and_(DeliveryTable.state == DeliveryState.LEASED, is_due(DeliveryTable.leased_until, now)),
        )
        picked = (
            select(DeliveryTable.key)
            .where(ready, DeliveryTable.channel.not_in(_held(now)), DeliveryTable.sequence.not_in(_overtaking(now)))
            .order_by(DeliveryTable.due_at, DeliveryTable.sequence)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        taken = {
            "state": DeliveryState.LEASED,
            "leased_until": now + lease,
            "leased_by": worker,
            "attempts": DeliveryTable.attempts + 1,
        }
        statement = update(DeliveryTable).where(DeliveryTable.key.in_(select(picked.c.key))).values(taken)
        answer = statement.returning(
            DeliveryTable.key,
            DeliveryTable.channel,
            DeliveryTable.payload,
            DeliveryTable.attempts,
            DeliveryTable.sequence,
        ).execution_options(synchronize_session=False)
        with self._database.write() as session:
            self._database.lock(session, Lock.LEASE)  # what another is taking in this moment couldn't be seen
            rows = sorted(session.execute(answer), key=lambda row: row.sequence)
        return [
            DueDelivery(key=row.key, channel=row.channel, payload=row.payload, attempts=row.attempts - 1)
            for row in rows
        ]

    def rearrange(
        self,
        now: datetime,
        channels: Collection[str],
        plan: Callable[[str, Sequence[WaitingDelivery], Sequence[SentDelivery]], Rearrangement],
        *,
        ahead: bool = False,
    ) -> None:
        """Lets `plan` decide on all that waits or is parked for each of these channels where something is due now (or
        will be: `ahead`), and writes what it says in one transaction a channel. Deliveries under way, and channels on
        hold, are left out."""
        due = (
            select(DeliveryTable.channel)
            .where(DeliveryTable.state.in_(_WAITING))
            .where(DeliveryTable.channel.in_(channels), DeliveryTable.channel.not_in(_held(now)))
            .distinct()
        )
        if not ahead:
            due = due.where(is_due(DeliveryTable.due_at, now))
        with self._database.read() as session:
            found = sorted(session.scalars(due))
        for channel in found:
            with self._database.write() as session:
                self._database.lock(session, Lock.LEASE)  # or news that comes meanwhile overtook what is planned for
                waiting = _waiting(session, channel, (*_WAITING, DeliveryState.PARKED))
                _write(session, plan(channel, waiting, _sent(session, channel, now)), now)

    def release_parked(
        self, now: datetime, channel: str, plan: Callable[[Sequence[WaitingDelivery]], Rearrangement]
    ) -> int:
        """Lets `plan` decide on what was parked for a channel. Returns how many there were."""
        with self._database.write() as session:
            waiting = _waiting(session, channel, (DeliveryState.PARKED,))
            _write(session, plan(waiting), now)
        return len(waiting)

    def drop_parked(self, now: datetime, channel: str) -> int:
        """What was parked for a channel isn't sent. Returns how many there were."""
        parked = (DeliveryTable.channel == channel, DeliveryTable.state == DeliveryState.PARKED)
        dropped = {"state": DeliveryState.FOLDED, "ended_at": now, "error": "dropped"}
        with self._database.write() as session:
            statement = update(DeliveryTable).where(*parked).values(dropped).returning(DeliveryTable.key)
            return len(list(session.scalars(statement.execution_options(synchronize_session=False))))

    def mark_sent(self, keys: Sequence[str], now: datetime) -> None:
        """These messages went out: one transaction for all of them, which doesn't wait for the disk. What a power cut
        takes back is sent again under the same key, as what was just on its way is."""
        with self._database.connect_unsynced() as connection:
            connection.execute(_SENT, [{"one": key, "now": now} for key in keys])

    def mark_retry(self, key: str, due_at: datetime, error: str, *, worker: str | None = None) -> None:
        """The try failed; another one is due at this time. A delivery that has been sent meanwhile stays sent, and
        one that `worker` (None: anybody) no longer holds is left to whoever does."""
        self._end_try(key, worker, {"state": DeliveryState.DUE, "due_at": due_at, "error": error})

    def mark_dead(self, key: str, now: datetime, error: str, *, worker: str | None = None) -> None:
        """The delivery is given up, unless it has been sent or `worker` no longer holds it, as in `mark_retry`."""
        self._end_try(key, worker, {"state": DeliveryState.DEAD, "ended_at": now, "error": error})

    def give_back(self, key: str, *, worker: str) -> None:
        """Nothing was tried: the delivery is due as before, and its lease doesn't count as a try. Does nothing when
        `worker` no longer holds it."""
        self._end_try(key, worker, {"state": DeliveryState.DUE, "attempts": DeliveryTable.attempts - 1})

    def hold_channel(
        self, channel: str, until: datetime | None, error: str, notices: Sequence[NewDelivery] = ()
    ) -> None:
        """Makes all deliveries of a channel wait until this time, None: until `retry_deliveries` or `release_channel`;
        puts `notices` of it into the outbox, each key once.

        A delivery under way comes back, and the try doesn't count: it was the channel's fault.
        """
        attempts = case(
            (DeliveryTable.state == DeliveryState.LEASED, DeliveryTable.attempts - 1), else_=DeliveryTable.attempts
        )
        held = {
            "state": DeliveryState.HELD,
            "attempts": attempts,
            "error": error,
            "leased_until": None,
            "leased_by": None,
        }
        open_ones = (DeliveryTable.channel == channel, DeliveryTable.state.in_(_OPEN))
        with self._database.write() as session:
            insert = upsert(session, HoldTable).values(channel=channel, until=until, error=error)
            again = {"until": insert.excluded.until, "error": insert.excluded.error}
            session.execute(insert.on_conflict_do_update(index_elements=["channel"], set_=again))
            session.execute(update(DeliveryTable).where(*open_ones).values(held))
            if notices:
                enqueue(session, notices, notices[0].due_at)

    def release_channel(self, channel: str) -> None:
        """Ends a hold; the channel's deliveries go on."""
        held = (DeliveryTable.channel == channel, DeliveryTable.state == DeliveryState.HELD)
        with self._database.write() as session:
            session.execute(delete(HoldTable).where(HoldTable.channel == channel))
            session.execute(update(DeliveryTable).where(*held).values(state=DeliveryState.DUE))

    def held_channels(self, now: datetime) -> dict[str, str]:
        """The channels on hold, with the error that put them there."""
        with self._database.read() as session:
            rows = session.scalars(select(HoldTable).where(_holds(now)).order_by(HoldTable.channel))
            return {row.channel: row.error for row in rows}

    def retry_deliveries(self, keys: Sequence[str] | None, now: datetime, *, channel: str | None = None) -> int:
        """Makes dead and held deliveries due now, with their tries forgotten; all of them for None, `channel`: only
        those of one channel.

        Ends the holds of their channels. Returns how many there were.
        """
        stuck: list[ColumnElement[bool]] = [DeliveryTable.state.in_((DeliveryState.DEAD, DeliveryState.HELD))]
        if keys is not None:
            stuck.append(DeliveryTable.key.in_(keys))
        if channel is not None:
            stuck.append(DeliveryTable.channel == channel)
        due = {"state": DeliveryState.DUE, "due_at": now, "attempts": 0, "ended_at": None}
        with self._database.write() as session:
            statement = update(DeliveryTable).where(*stuck).values(due).returning(DeliveryTable.channel)
            channels = list(session.scalars(statement.execution_options(synchronize_session=False)))
            session.execute(delete(HoldTable).where(HoldTable.channel.in_(set(channels))))
        return len(channels)

    def next_due(self, now: datetime) -> datetime | None:
        """When there is something to deliver next, perhaps in the past; None when nothing waits.

        Deliveries of a channel on hold wait for its end, or don't count when it has none.
        """
        waiting = case(
            (DeliveryTable.state == DeliveryState.LEASED, DeliveryTable.leased_until), else_=DeliveryTable.due_at
        )
        free = select(func.min(waiting)).where(DeliveryTable.state.in_(_OPEN), DeliveryTable.channel.not_in(_held(now)))
        released = (
            select(func.min(HoldTable.until))
            .join(DeliveryTable, DeliveryTable.channel == HoldTable.channel)
            .where(HoldTable.until > now, DeliveryTable.state.in_(_OPEN))
        )
        with self._database.read() as session:
            times = [session.scalar(free), session.scalar(released)]
        return min((time for time in times if time is not None), default=None)

    def _end_try(self, key: str, worker: str | None, values: dict[str, object]) -> None:
        mine = [DeliveryTable.key == key, DeliveryTable.state != DeliveryState.SENT]
        if worker is not None:
            mine.append(DeliveryTable.leased_by == worker)
        back = values | {"leased_until": None, "leased_by": None}
        with self._database.write() as session:
            statement = update(DeliveryTable).where(*mine).values(back)
            session.execute(statement.execution_options(synchronize_session=False))


def _holds(now: datetime) -> ColumnElement[bool]:
    return or_(HoldTable.until.is_(None), ~is_due(HoldTable.until, now))


def _held(now: datetime) -> "ColumnElement[str]":
    return select(HoldTable.channel).where(_holds(now)).scalar_subquery()


def _overtaking(now: datetime) -> "ColumnElement[int]":
    """What tells a channel of a series of which older news is on its way there: where none is, this costs nothing."""
    under_way = (_AHEAD.state == DeliveryState.LEASED, ~is_due(_AHEAD.leased_until, now))
    return _NEWER_NEWS.where(*under_way).scalar_subquery()


def _waiting(session: Session, channel: str, states: Collection[DeliveryState]) -> list[WaitingDelivery]:
    """What waits for a channel in these states, in order; other deliverers leave it alone meanwhile."""
    query = (
        select(DeliveryTable)
        .where(DeliveryTable.channel == channel, DeliveryTable.state.in_(states))
        .order_by(DeliveryTable.sequence)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(query))
    told = changes_told(session, [row.key for row in rows])
    return [
        WaitingDelivery(
            key=row.key,
            payload=row.payload,
            due_at=row.due_at,
            attempts=row.attempts,
            change_ids=told.get(row.key, ()),
            held=row.state is DeliveryState.HELD,
            parked=row.state is DeliveryState.PARKED,
        )
        for row in rows
    ]


def _sent(session: Session, channel: str, now: datetime) -> list[SentDelivery]:
    query = select(DeliveryTable.payload, DeliveryTable.ended_at).where(
        DeliveryTable.channel == channel, DeliveryTable.state == DeliveryState.SENT, DeliveryTable.ended_at > now - HOUR
    )
    return [SentDelivery(row.payload.get("to"), row.ended_at) for row in session.execute(query)]


def _write(session: Session, made: Rearrangement, now: datetime) -> None:
    enqueue(session, made.new, now)
    for key, into in made.folded.items():
        folded = {"state": DeliveryState.FOLDED, "folded_into": into, "ended_at": now}
        session.execute(update(DeliveryTable).where(DeliveryTable.key == key).values(folded))
    for key, due_at in made.postponed.items():
        session.execute(update(DeliveryTable).where(DeliveryTable.key == key).values(due_at=due_at))
    for key, payload in made.rewritten.items():
        session.execute(update(DeliveryTable).where(DeliveryTable.key == key).values(payload=payload))
    for some in chunks(made.parked):
        parked = update(DeliveryTable).where(DeliveryTable.key.in_(some)).values(state=DeliveryState.PARKED)
        session.execute(parked)


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


def enqueue_sequels(session: Session, sequels: Sequence[Sequel], now: datetime) -> None:
    """Inserts what there is to tell. What waits of that which they go on from isn't sent any more."""
    left = []
    for one in sequels:
        older = select(DeliveryTable).where(DeliveryTable.key.in_(one.takes), DeliveryTable.state.in_(_WAITING))
        rows = list(session.scalars(older.with_for_update()))
        settled = any(row.key == one.settles and row.attempts == 0 for row in rows)
        for row in rows:
            row.state, row.ended_at = DeliveryState.FOLDED, now
            row.folded_into = None if settled else one.delivery.key
        if not settled:
            left.append(one.delivery)
    enqueue(session, left, now)


def changes_told(session: Session, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The change ids of each of these deliveries."""
    told: dict[str, tuple[str, ...]] = {}
    for chunk in chunks(keys):
        mine = select(DeliveryChangeTable).where(DeliveryChangeTable.delivery_key.in_(chunk))
        for row in session.scalars(mine.order_by(DeliveryChangeTable.change_id)):
            told[row.delivery_key] = (*told.get(row.delivery_key, ()), row.change_id)
    return told
