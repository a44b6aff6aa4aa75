"""What the store's parts share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from monitor.store.engine import Database
from monitor.store.tables import Table

_T = TypeVar("_T")

CHUNK = 300
"""Keys looked up by one statement: SQLite binds at most 32,766 values."""


class Part:
    """One concern of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database


def upsert(session: Session, table: type[Table]) -> Any:
    """INSERT for this table in the database's own dialect, which has ON CONFLICT."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # On the plain table: through the mapped class each row would cost three times as much.
    return insert(table.__table__)  # type: ignore[arg-type]  # typed as any FromClause


def insert_new(session: Session, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows that aren't there yet and leaves the others as they are."""
    if rows:
        session.execute(upsert(session, table).on_conflict_do_nothing(), rows)


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The items in portions for one look-up each."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
