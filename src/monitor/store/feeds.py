"""Feeds: what a poll has to know, and what it brought."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select, text, update
from sqlalchemy.orm import Session

from monitor.domain.articles import OLD_NEWS, Entry, FeedAnswer, FeedState, PollOutcome
from monitor.domain.health import has_moved, new_habit
from monitor.store.articles import take_entries
from monitor.store.base import LEASE, Part, chunks, insert_new, is_due
from monitor.store.locks import Lock
from monitor.store.tables import FeedTable
from monitor.store.types import CleanText, UtcDateTime

PORTION = 250
"""Feeds that a worker is given at a time: asked 20 at once, each for half a minute, they take half of LEASE at most."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_ASKED = tuple(
    getattr(FeedTable, name)
    for name in "name url etag last_modified body_sha256 failures next_poll_at moved_to moved_seen moved_since".split()
)
"""What a poll has to know: of thousands of feeds, whole rows would take several times as long."""
_QUIET = text(
    "UPDATE feeds SET polls = polls + 1, polled_at = :now, answered_at = :now, next_poll_at = :due, error = NULL, "
    "failures = 0, gone = false, moved_to = NULL, moved_since = NULL, moved_seen = 0, "
    "etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified) WHERE name = :feed"
).bindparams(
    *(bindparam(name, type_=UtcDateTime()) for name in ("now", "due")),
    *(bindparam(name, type_=CleanText()) for name in ("etag", "last_modified", "feed")),
)
"""What _note makes of an answer that brought nothing and came from where the feed is. Nearly all answers do, and rows
that are read, changed and written back take several times as long."""


class FeedPart(Part):
    """Feeds: configuration, polls, health."""

    def sync_feeds(self, feeds: Sequence[tuple[str, str]], now: datetime) -> None:
        """Makes the stored feeds those of the configuration, given as (name, url).

        A feed that is no longer configured is kept, inactive. One with another url starts anew, due at once.
        """
        with self._database.write() as session:
            query = select(FeedTable.name, FeedTable.url, FeedTable.active)
            known = {name: (url, active) for name, url, active in session.execute(query)}
            wanted = dict(feeds)
            new = [
                {"name": name, "url": url, "active": True, "added_at": now} for name, url in feeds if name not in known
            ]
            insert_new(session, FeedTable, new)
            other = [name for name, of_it in known.items() if of_it != (wanted.get(name, of_it[0]), name in wanted)]
            if other:  # rows are locked one after the other: never crosswise with those of answers
                self._database.lock(session, Lock.ENTRIES)
            for row in _rows(session, other).values():
                row.active = row.name in wanted
                if row.active and row.url != wanted[row.name]:
                    _start_anew(row, wanted[row.name])

    def due_feeds(self, now: datetime, *, everything: bool = False) -> list[FeedState]:
        """The active feeds whose next poll is due, longest waiting first; with `everything`, all active ones, those too
        whose server said that they are gone."""
        query = select(*_ASKED).where(FeedTable.active)
        if not everything:
            query = query.where(*_due(now))
        with self._database.read() as session:
            states = [_state(row, now) for row in session.execute(query)]
        return sorted(states, key=lambda state: (state.next_poll_at or _NEVER, state.name))

    def portions(
        self, now: datetime, clock: Callable[[], datetime], *, everything: bool = False
    ) -> Iterator[list[FeedState]]:
        """The feeds to be asked by this worker, in portions: those that are due by `now`, or `everything`.

        On PostgreSQL a feed that is due goes to one worker alone: the next poll is put off until clock() + LEASE, or
        until its answer is stored. On SQLite, where one watches alone, and for `everything`, all are one portion.
        """
        if everything or self._database.sqlite:
            yield self.due_feeds(now, everything=everything)
            return
        while portion := self._take_portion(now, clock() + LEASE):
            yield portion

    def _take_portion(self, now: datetime, until: datetime) -> list[FeedState]:
        """One statement: a row that another worker has just taken is passed over, and isn't due any more."""
        picked = (
            select(FeedTable.name)
            .where(FeedTable.active, *_due(now))
            .order_by(FeedTable.next_poll_at.asc().nulls_first(), FeedTable.name)
            .limit(PORTION)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        taken = update(FeedTable).where(FeedTable.name.in_(select(picked.c.name))).values(next_poll_at=until)
        answer = taken.returning(*_ASKED).execution_options(synchronize_session=False)
        with self._database.write() as session:
            states = [_state(row, now) for row in session.execute(answer)]
        return sorted(states, key=lambda state: state.name)

    def has_answers(self) -> bool:
        """True once a feed has answered: feeds that are met from then on were added to a running monitor."""
        with self._database.read() as session:
            return _has_answers(session)

    def save_answers(self, answers: Sequence[FeedAnswer], now: datetime, *, running: bool | None = None) -> int:
        """Stores what polls brought: the feeds' validators and health, and their entries as pending articles.

        One transaction: a feed's validators are never kept without its entries. Returns how many articles became
        pending: new ones, and known ones whose entry has another title, summary or text. What a feed that is added to a
        running monitor held before OLD_NEWS is history; `running` is has_answers() from before the poll, where that is
        stored in portions. Feeds that a first poll was cut off before it asked are still of that poll.
        """
        telling = [answer for answer in answers if not _is_quiet(answer)]
        with self._database.write() as session:
            self._database.lock(session, Lock.ENTRIES)
            _note_quiet(session, [answer for answer in answers if _is_quiet(answer)], now)
            return _take_answers(session, telling, now, running=running) if telling else 0


def _is_quiet(answer: FeedAnswer) -> bool:
    return answer.outcome is PollOutcome.UNCHANGED and answer.moved_to is None


def _note_quiet(session: Session, answers: Sequence[FeedAnswer], now: datetime) -> None:
    rows = [
        {"now": now, "due": one.next_poll_at, "etag": one.etag, "last_modified": one.last_modified, "feed": one.feed}
        for one in sorted(answers, key=lambda one: one.feed)  # whoever locks rows of feeds does it in one order
    ]
    if rows:
        session.execute(_QUIET, rows)


def _take_answers(session: Session, answers: Sequence[FeedAnswer], now: datetime, *, running: bool | None) -> int:
    rows = _rows(session, [answer.feed for answer in answers])
    fresh = [answer for answer in answers if answer.entries]
    running = _has_answers(session) if running is None else running
    first = session.scalar(select(func.min(FeedTable.added_at)))
    old = {answer.feed for answer in fresh if running and _is_late(rows[answer.feed], first)}
    entries = [entry for answer in fresh for entry in answer.entries]
    history = [entry for entry in entries if entry.feed in old and _is_old(entry, now)]
    news = [entry for entry in entries if entry.feed not in old or not _is_old(entry, now)]
    taken = take_entries(session, history, now, baseline=True)
    taken += take_entries(session, news, now, baseline=False)
    for answer in answers:
        if (row := rows.get(answer.feed)) is not None:
            _note(row, answer, taken.new[answer.feed], taken.known[answer.feed], now)
    return taken.pending


def _has_answers(session: Session) -> bool:
    return session.scalar(select(FeedTable.name).where(FeedTable.answered_at.is_not(None)).limit(1)) is not None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return or_(FeedTable.next_poll_at.is_(None), is_due(FeedTable.next_poll_at, now)), FeedTable.gone.is_(False)


def _start_anew(row: FeedTable, url: str) -> None:
    row.url = url
    row.etag = row.last_modified = row.body_sha256 = row.next_poll_at = row.error = None
    row.moved_to = row.moved_since = None
    row.failures = row.moved_seen = 0
    row.gone = row.rolled_over = False


def _state(row: Row[Any], now: datetime) -> FeedState:
    name, url, etag, last_modified, body_sha256, failures, due, moved_to, moved_seen, moved_since = row
    return FeedState(
        name=name,
        url=url,
        etag=etag,
        last_modified=last_modified,
        body_sha256=body_sha256,
        failures=failures,
        next_poll_at=due,
        moved_to=moved_to if has_moved(moved_seen, moved_since, now) else None,
    )


def _rows(session: Session, names: Sequence[str]) -> dict[str, FeedTable]:
    found: dict[str, FeedTable] = {}
    for chunk in chunks(names):
        query = select(FeedTable).where(FeedTable.name.in_(chunk)).with_for_update()
        found |= {row.name: row for row in session.scalars(query)}
    return found


def _is_late(row: FeedTable, first: datetime | None) -> bool:
    """True for a feed that has never answered and isn't of the `first` ones, or was asked before and failed."""
    return row.answered_at is None and (row.polls > 0 or row.added_at != first)


def _is_old(entry: Entry, now: datetime) -> bool:
    return entry.published_at is not None and entry.published_at < now - OLD_NEWS


def _note(row: FeedTable, answer: FeedAnswer, new: int, known: int, now: datetime) -> None:
    """What a poll says of its feed.

    A fresh answer without a validator clears the stored one; a server that says "not modified" needn't repeat it.
    """
    row.polls, row.polled_at = row.polls + 1, now
    row.next_poll_at, row.error = answer.next_poll_at, answer.error
    if answer.outcome is PollOutcome.FAILED:
        moved = has_moved(row.moved_seen, row.moved_since, now)
        row.failures, row.gone = row.failures + 1, answer.gone and not moved
        if moved:  # where it moved to it is no more: its own address is asked again
            _note_move(row, None, now)
        return
    answered_before = row.answered_at is not None
    row.failures, row.gone, row.answered_at = 0, False, now
    validators = {"etag": answer.etag, "last_modified": answer.last_modified, "body_sha256": answer.body_sha256}
    for name, value in validators.items():
        if value is not None or answer.outcome is PollOutcome.FRESH:
            setattr(row, name, value)
    _note_move(row, answer.moved_to, now)
    if answer.outcome is PollOutcome.FRESH:
        row.fresh_at, row.entries = now, row.entries + len(answer.entries)
        row.rolled_over = answered_before and new > 0 and known == 0 and row.new_entries > 0
        if new:
            _note_new(row, new, now)


def _note_new(row: FeedTable, new: int, now: datetime) -> None:
    if row.new_at is not None:
        habit = timedelta(seconds=row.habit_seconds) if row.habit_seconds is not None else None
        row.habit_seconds = new_habit(habit, now - row.new_at, new).total_seconds()
    row.new_at, row.new_entries = now, row.new_entries + new


def _note_move(row: FeedTable, moved_to: str | None, now: datetime) -> None:
    if moved_to != row.moved_to:
        row.moved_to, row.moved_since, row.moved_seen = moved_to, now if moved_to else None, 0
    if moved_to is not None:
        row.moved_seen += 1
