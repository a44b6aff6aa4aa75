"""What the store's parts share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Dialect, TextClause, and_, bindparam, func, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from monitor.store.engine import Database
from monitor.store.tables import FeedTable, Table

_T = TypeVar("_T")

FARTHEST = timedelta(days=10)
"""Nothing is put off for so long: a server's Retry-After counts for seven days, a weekly digest comes after seven."""

LEASE = timedelta(minutes=15)
"""How long what one worker was given isn't given to another: on PostgreSQL, where several share the work. Longer than a
portion can take; what a worker left that was killed waits so long."""

CHUNK = 300
"""Keys looked up by one statement: SQLite binds at most 32,766 values."""


class Part:
    """One concern of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database


def is_due(column: Any, now: datetime) -> ColumnElement[bool]:
    """Due by now. What lies farther ahead than anything is put off was written by a clock that was wrong, a flat
    battery's or a restored machine's, and would wait for years: it is due as well.

    Unless the first feed was added after `now`: then it is this clock that is wrong, behind what was written, as a
    machine's that has not asked for the time yet. By such a one nothing is early.
    """
    first = select(FeedTable.added_at).order_by(FeedTable.name).limit(1).correlate(None).scalar_subquery()
    return or_(column <= now, and_(column > now + FARTHEST, func.coalesce(first, now) <= now))


def upsert(session: Session, table: type[Table]) -> Any:
    """INSERT for this table in the database's own dialect, which has ON CONFLICT."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # On the plain table: through the mapped class each row would cost three times as much.
    return insert(table.__table__)  # type: ignore[arg-type]  # typed as any FromClause


def insert_new(session: Session, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows, all of the same columns, that aren't there yet and leaves the others as they are."""
    if rows:
        session.execute(_insert(session.get_bind().dialect, table, (*rows[0],), ()), [*rows])


def put(session: Session, table: type[Table], rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Inserts the rows, all of the same columns; one whose key is there already takes the place of that."""
    if rows:
        session.execute(_insert(session.get_bind().dialect, table, (*rows[0],), (*key,)), [*rows])


@lru_cache(maxsize=100)
def _insert(dialect: Dialect, table: type[Table], columns: tuple[str, ...], key: tuple[str, ...]) -> TextClause:
    """The statement in words that both databases know: one built of the dialect's own parts is built anew each time."""
    quote = dialect.identifier_preparer.quote
    known = table.__table__.c
    left = [one for one in known if one.key not in columns and one.default is not None and one.default.is_scalar]
    wanted = [*(known[name] for name in columns), *left]
    names = ", ".join(quote(one.name) for one in wanted)
    values = ", ".join(f":{one.key}" for one in wanted)
    moved = ", ".join(f"{quote(one.name)} = excluded.{quote(one.name)}" for one in wanted if one.key not in key)
    clash = f"({', '.join(map(quote, key))}) DO UPDATE SET {moved}" if key else "DO NOTHING"
    statement = text(f"INSERT INTO {quote(table.__tablename__)} ({names}) VALUES ({values}) ON CONFLICT {clash}")  # noqa: S608 - names of our own tables
    given = [bindparam(known[name].key, type_=known[name].type) for name in columns]
    return statement.bindparams(*given, *(bindparam(one.key, _default(one), type_=one.type) for one in left))


def _default(column: Any) -> Any:
    return column.default.arg


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The items in portions for one look-up each."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
