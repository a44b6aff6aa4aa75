"""What operators were told of channels that fail, so that they hear of it once, and once when it is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, mapped_column

from monitor.domain.deliveries import NewDelivery
from monitor.store.base import Part, is_due, upsert
from monitor.store.outbox import enqueue
from monitor.store.tables import Table

AGAIN = timedelta(days=1)
"""What fails again within this was told lately."""


class FailingTable(Table):
    """What operators were told of a channel that fails, or of one of its readers (else empty), for one cause: told, or
    to be told, at `told_at`; `over` once it took something again after that."""

    __tablename__ = "failing"

    channel: Mapped[str] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    over: Mapped[bool] = mapped_column(default=False)


class FailingPart(Part):
    """Channels and readers for whom alerts were given up."""

    def note_failing(
        self, channel: str, reader: str, cause: str, now: datetime, notices: Sequence[NewDelivery]
    ) -> None:
        """Puts `notices` of it into the outbox, unless operators know already: they hear of a cause once until the
        reader (empty: the channel) gets something again, and once a day at most. What fails anew within a day of the
        last notice is told when that day is over."""
        with self._database.write() as session:
            insert = upsert(session, FailingTable).values(
                channel=channel, reader=reader, cause=cause, told_at=now, over=False
            )
            news = insert.on_conflict_do_nothing(index_elements=["channel", "reader", "cause"])
            if session.execute(news.returning(FailingTable.channel)).first() is not None:
                enqueue(session, notices, now)
                return
            row = session.get(FailingTable, (channel, reader, cause), with_for_update=True)
            if row is not None and row.over:
                row.told_at, row.over = max(row.told_at + AGAIN, now), False
                enqueue(session, [replace(one, due_at=max(one.due_at, row.told_at)) for one in notices], now)

    def failing(self, now: datetime) -> set[tuple[str, str]]:
        """The channels and readers that operators were told of and that have got nothing since."""
        failing = select(FailingTable.channel, FailingTable.reader).where(~FailingTable.over)
        with self._database.read() as session:
            rows = session.execute(failing.where(is_due(FailingTable.told_at, now)))
            return {(row.channel, row.reader) for row in rows}

    def note_recovered(self, channel: str, reader: str, now: datetime, notices: Sequence[NewDelivery]) -> None:
        """It gets something again: puts `notices` of it into the outbox, if operators were told that it doesn't."""
        told = is_due(FailingTable.told_at, now)
        mine = (FailingTable.channel == channel, FailingTable.reader == reader, ~FailingTable.over, told)
        with self._database.write() as session:
            over = update(FailingTable).where(*mine).values(over=True).returning(FailingTable.cause)
            if list(session.scalars(over.execution_options(synchronize_session=False))):
                enqueue(session, notices, now)
