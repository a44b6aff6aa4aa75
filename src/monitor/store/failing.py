"""What operators were told of channels that fail, so that they hear of it once, and once when it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from monitor.domain.deliveries import NewDelivery
from monitor.store.base import Part, upsert
from monitor.store.outbox import enqueue
from monitor.store.tables import Table

AGAIN = timedelta(days=1)
"""What fails again within this was told lately."""


class FailingTable(Table):
    """What operators were told of a channel that fails, or of one of its readers (else empty), for one cause; `over`
    once it took something again."""

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
        reader (empty: the channel) gets something again, and once a day at most."""
        with self._database.write() as session:
            insert = upsert(session, FailingTable).values(
                channel=channel, reader=reader, cause=cause, told_at=now, over=False
            )
            known = FailingTable.__table__.c
            news = insert.on_conflict_do_update(
                index_elements=["channel", "reader", "cause"],
                set_={"told_at": insert.excluded.told_at, "over": False},
                where=and_(known.over.is_(True), known.told_at <= now - AGAIN),
            )
            if session.execute(news.returning(known.channel)).first() is not None:
                enqueue(session, notices, now)

    def failing(self) -> set[tuple[str, str]]:
        """The channels and readers that operators were told of and that have got nothing since."""
        with self._database.read() as session:
            rows = session.execute(select(FailingTable.channel, FailingTable.reader).where(~FailingTable.over))
            return {(row.channel, row.reader) for row in rows}

    def note_recovered(self, channel: str, reader: str, now: datetime, notices: Sequence[NewDelivery]) -> None:
        """It gets something again: puts `notices` of it into the outbox, if operators were told that it doesn't."""
        mine = (FailingTable.channel == channel, FailingTable.reader == reader, ~FailingTable.over)
        with self._database.write() as session:
            over = update(FailingTable).where(*mine).values(over=True).returning(FailingTable.cause)
            if list(session.scalars(over.execution_options(synchronize_session=False))):
                enqueue(session, notices, now)
