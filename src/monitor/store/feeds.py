"""Feeds: what a poll has to know, and what it brought."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select, update

from monitor.domain.articles import FeedAnswer, FeedState, PollOutcome
from monitor.store.articles import ENTRIES_LOCK, take_entries
from monitor.store.base import Part
from monitor.store.tables import FeedTable

_NEVER = datetime.min.replace(tzinfo=UTC)


class FeedPart(Part):
    """Feeds: configuration, polls, health."""

    def sync_feeds(self, feeds: Sequence[tuple[str, str]], now: datetime) -> None:
        """Makes the stored feeds those of the configuration, given as (name, url).

        A feed that is no longer configured is kept, inactive. One with another url starts anew, due at once.
        """
        with self._database.write() as session:
            known = {row.name: row for row in session.scalars(select(FeedTable))}
            for name, url in feeds:
                row = known.get(name)
                if row is None:
                    session.add(FeedTable(name=name, url=url, active=True, added_at=now))
                    continue
                row.active = True
                if row.url != url:
                    _start_anew(row, url)
            for name in known.keys() - {name for name, _ in feeds}:
                known[name].active = False

    def due_feeds(self, now: datetime, *, everything: bool = False) -> list[FeedState]:
        """The active feeds whose next poll is due, longest waiting first; with `everything`, all active ones."""
        query = select(FeedTable).where(FeedTable.active)
        if not everything:
            query = query.where(or_(FeedTable.next_poll_at.is_(None), FeedTable.next_poll_at <= now))
        with self._database.read() as session:
            rows = sorted(session.scalars(query), key=lambda row: (row.next_poll_at or _NEVER, row.name))
            return [_state(row) for row in rows]

    def save_answers(self, answers: Sequence[FeedAnswer], now: datetime) -> int:
        """Stores what polls brought: the feeds' validators and health, and their entries as pending articles.

        One transaction: a feed's validators are never kept without its entries. Returns how many articles became
        pending: new ones, and known ones whose entry has another title, summary or text.
        """
        with self._database.write() as session:
            self._database.lock(session, ENTRIES_LOCK)
            for answer in answers:
                values = _health(answer, now)
                session.execute(update(FeedTable).where(FeedTable.name == answer.feed).values(values))
            entries = [entry for answer in answers for entry in answer.entries]
            return take_entries(session, entries, now, baseline=False)


def _start_anew(row: FeedTable, url: str) -> None:
    row.url = url
    row.etag = row.last_modified = row.body_sha256 = row.next_poll_at = row.error = None
    row.failures = 0


def _state(row: FeedTable) -> FeedState:
    return FeedState(
        name=row.name,
        url=row.url,
        etag=row.etag,
        last_modified=row.last_modified,
        body_sha256=row.body_sha256,
        failures=row.failures,
        next_poll_at=row.next_poll_at,
    )


def _health(answer: FeedAnswer, now: datetime) -> dict[str, Any]:
    """The columns that a poll changes.

    A fresh answer without a validator clears the stored one; a server that says "not modified" needn't repeat it.
    """
    values: dict[str, Any] = {
        "polls": FeedTable.polls + 1,
        "polled_at": now,
        "next_poll_at": answer.next_poll_at,
        "error": answer.error,
    }
    if answer.outcome is PollOutcome.FAILED:
        return values | {"failures": FeedTable.failures + 1}
    validators = {"etag": answer.etag, "last_modified": answer.last_modified, "body_sha256": answer.body_sha256}
    values |= {"failures": 0, "answered_at": now}
    if answer.outcome is PollOutcome.UNCHANGED:
        return values | {name: value for name, value in validators.items() if value is not None}
    return values | validators | {"fresh_at": now, "entries": FeedTable.entries + len(answer.entries)}
