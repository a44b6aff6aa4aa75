"""Alerts that wait, for what is learnt about them before they go out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.domain.changes import Change
from monitor.domain.deliveries import DeliveryState
from monitor.store.base import chunks
from monitor.store.convert import to_change
from monitor.store.tables import ChangeTable, DecisionTable, DeliveryChangeTable, DeliveryTable, SeriesTable

_UNTRIED = (
    DeliveryTable.state.in_((DeliveryState.DUE, DeliveryState.HELD, DeliveryState.PARKED)),
    DeliveryTable.attempts == 0,
)


class Rewording:
    """Messages that nobody has tried to send yet."""

    _session: Session

    def untried(self, revisions: Sequence[int]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The messages about series that these revisions speak of, with their keys. What was tried once stays as it is:
        its receiver may have it."""
        found: dict[str, Mapping[str, Any]] = {}
        if self._session.scalar(select(DeliveryTable.key).where(*_UNTRIED).limit(1)) is None:
            return
        for some in chunks(revisions):
            touched = select(DecisionTable.series_key).where(DecisionTable.revision_id.in_(some))
            told = select(DeliveryChangeTable.delivery_key).join(ChangeTable).where(ChangeTable.series_key.in_(touched))
            query = select(DeliveryTable).where(*_UNTRIED, DeliveryTable.key.in_(told))
            waiting = self._session.scalars(query.with_for_update(skip_locked=True))
            found |= {row.key: row.payload for row in waiting}
        yield from found.items()

    def reword(self, key: str, payload: Mapping[str, Any]) -> None:
        """Puts another message in the place of one that waits."""
        self._session.execute(update(DeliveryTable).where(DeliveryTable.key == key).values(payload=payload))

    def change(self, change_id: str) -> Change | None:
        """A change that is stored."""
        query = select(ChangeTable, SeriesTable).join(SeriesTable, ChangeTable.series_key == SeriesTable.key)
        row = self._session.execute(query.where(ChangeTable.id == change_id)).one_or_none()
        return None if row is None else to_change(*row)
