"""Backups: all that is kept, as one SQLite file with the same tables, copied while work goes on; and back from it.

One form for both databases, so that a backup of either can be put into either. A SQLite database is copied by SQLite's
own backup, page by page. PostgreSQL is read row by row in one snapshot: `pg_dump` would have to be there, and be no
older than the server. Whatever was copied is read again, and each table's rows must be the same ones.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, create_engine, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from monitor.errors import StoreError
from monitor.store import migrate
from monitor.store.engine import BUSY_SECONDS, Database
from monitor.store.tables import Table as Tables

BATCH = 1_000
"""Rows that are read and written at once."""

ALONE_SECONDS = 5
"""How long a restore waits for others to leave an SQLite file."""

Sums = Mapping[str, tuple[int, int]]
"""For each table how many rows it has, and the sum of their hashes: the same in whatever order they come."""


def back_up(database: Database, file: Path) -> dict[str, int]:
    """Writes all that is kept into `file`, which takes the place of one that is there, whole or not at all. Returns the
    rows of each table. The database must have its newest form; it can be written to meanwhile.

    Raises StoreError when the copy isn't the same as what was read, or can't be written; and for a file that a database
    in use is in: what SQLite keeps beside it would stay, and belong to another one.
    """
    _refuse_one_in_use(database, file)
    with _said(str(file)), _beside(file) as copy:
        with database.snapshot() as source:
            if database.sqlite:
                _copy_pages(_driver(source), copy)
                read = _sums(source)
            else:
                with _made(copy) as target, target.connect(write=True) as rows:
                    read = _copy_rows(source, rows)
        _check(copy, read, str(file))
        _settle(copy)
        copy.replace(file)
        _flush(file.parent)
    return {name: count for name, (count, _) in read.items()}


def restore(database: Database, file: Path, *, replace: bool = False) -> dict[str, int]:
    """Puts a backup in the place of all that the database holds, whole or not at all. Returns the rows of each table.

    A backup of an earlier version is brought to the newest form; the file stays as it is. Raises StoreError when there
    is something in the database already and not `replace`, for a file that is no backup, and for an SQLite database
    that somebody else has open.
    """
    # It is brought to the newest form where there has to be room for it anyway; for PostgreSQL, in TMPDIR.
    room = database.file.absolute().parent if database.file is not None else None
    with _said(database.name), tempfile.TemporaryDirectory(prefix=".monitor-restore-", dir=room) as folder:
        copy = Path(folder) / "backup.db"
        with _said(str(file)):
            _take(file, copy)
            with closing(Database(f"sqlite:///{copy}", str(file))) as taken:
                with taken.connect(write=False) as connection:
                    _check_sound(connection, taken.name)
                migrate.upgrade(taken)
                with taken.connect(write=False) as connection:
                    wanted = _sums(connection)
            _settle(copy)
        if not replace and not _is_empty(database):
            raise StoreError(f"{database.name}: there is something in it already; nothing was changed")
        _fill(database, copy, wanted)
    return {name: count for name, (count, _) in wanted.items()}


def _fill(database: Database, copy: Path, wanted: Sums) -> None:
    if database.file is not None:
        database.close()  # our own connections are others too
        with closing(sqlite3.connect(copy)) as source, _alone(database) as target:
            source.backup(target)
            with _seen(target) as rows:
                _compare(rows, wanted, database.name)
        return
    migrate.upgrade(database)
    names = ", ".join(f'"{table.name}"' for table in _tables())
    with (
        closing(Database(f"sqlite:///{copy}")) as taken,
        taken.snapshot() as source,
        database.connect(write=True) as target,
    ):
        target.execute(text(f"TRUNCATE {names} CASCADE"))
        _copy_rows(source, target)
        _count_on(target)
        if _sums(target) != wanted:
            raise StoreError(f"{database.name}: what was written is not what was read; nothing was changed")
    # Else it plans without statistics until its autovacuum comes by, and questions read whole tables.
    with database.connect(write=True) as target:
        target.execute(text(f"ANALYZE {names}"))


def _refuse_one_in_use(database: Database, file: Path) -> None:
    live = database.file
    if live is not None and file.exists() and live.exists() and file.samefile(live):
        raise StoreError(f"{file}: is the database itself; nothing was written")
    if Path(f"{file.resolve()}-wal").exists():
        raise StoreError(f"{file}: is a database in use; nothing was written")


@contextmanager
def _alone(database: Database) -> Iterator[sqlite3.Connection]:
    """The SQLite file with nobody else in it, from before anything is written until all is checked. Raises StoreError
    when somebody has it open."""
    with closing(sqlite3.connect(str(database.file), timeout=ALONE_SECONDS, isolation_level=None)) as connection:
        # Set before the first look at the file, this keeps the lock of the first transaction until the end.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise StoreError(f"{database.name}: somebody has it open; stop the monitor. Nothing was changed") from error
        connection.execute("COMMIT")
        yield connection


@contextmanager
def _seen(driver: sqlite3.Connection) -> Iterator[Connection]:
    """The same connection for our own queries."""
    with create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool).connect() as connection:
        yield connection


def _tables() -> list[Table]:
    """In an order in which rows find those that they refer to."""
    return list(Tables.metadata.sorted_tables)


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _copy_pages(source: sqlite3.Connection, file: Path) -> None:
    """In one step, so that the file is the source at one moment, and stays as it was when this is cut off. Of a source
    with a transaction for reading, what that sees."""
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as target:
        source.backup(target)


def _copy_rows(source: Connection, target: Connection) -> Sums:
    found = {}
    for table in _tables():
        count = total = 0
        for rows in _portions(source, table):
            target.execute(table.insert(), [dict(row._mapping) for row in rows])
            count, total = count + len(rows), total + sum(map(_hash, rows))
        found[table.name] = (count, total)
    return found


def _sums(connection: Connection) -> Sums:
    found = {}
    for table in _tables():
        count = total = 0
        for rows in _portions(connection, table):
            count, total = count + len(rows), total + sum(map(_hash, rows))
        found[table.name] = (count, total)
    return found


def _portions(connection: Connection, table: Table) -> Iterator[Any]:
    return connection.execution_options(yield_per=BATCH).execute(select(table)).partitions()


def _hash(row: Any) -> int:
    said = repr(tuple(row)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=16).digest())


def _count_on(target: Connection) -> None:
    """PostgreSQL numbers new rows from its own counters, which rows that bring their number leave behind."""
    for table in _tables():
        for column in table.primary_key:
            name = target.scalar(func.pg_get_serial_sequence(f'"{table.name}"', column.name).select())
            if name is not None and (last := target.scalar(select(func.max(column)))) is not None:
                target.execute(func.setval(name, last).select())


def _is_empty(database: Database) -> bool:
    if database.file is not None and not database.file.exists():
        return True
    with database.connect(write=False) as connection:
        there = set(inspect(connection).get_table_names())
        ours = [table for table in _tables() if table.name in there]
        return all(connection.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first() is None for table in ours)  # noqa: S608 -- names of our own tables


def _take(file: Path, copy: Path) -> None:
    """The backup as a file of its own. Raises StoreError for what is none."""
    if not file.is_file():
        raise StoreError(f"{file}: there is no such file")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.execute("SELECT version_num FROM alembic_version").fetchone()
            source.execute("SELECT count(*) FROM revisions").fetchone()
            _copy_pages(source, copy)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file}: is no backup of the monitor's, or a damaged one ({error})") from error


def _check(file: Path, wanted: Sums, name: str) -> None:
    """Raises StoreError unless the file is sound and holds just these rows."""
    with closing(Database(f"sqlite:///{file}", name)) as database, database.connect(write=False) as connection:
        _compare(connection, wanted, name)


def _compare(connection: Connection, wanted: Sums, name: str) -> None:
    _check_sound(connection, name)
    if _sums(connection) != wanted:
        raise StoreError(f"{name}: what was written is not what was read")


def _check_sound(connection: Connection, name: str) -> None:
    found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()).splitlines()
    if found != ["ok"]:
        raise StoreError(f"{name}: is damaged ({found[-1]})")
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise StoreError(f"{name}: is damaged ({lost[0]} without {lost[2]})")


def _settle(file: Path) -> None:
    """One file, without the others that SQLite keeps beside a database in use; written to the disk itself."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    _flush(file)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _made(file: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{file}")) as database:
        migrate.upgrade(database)
        yield database


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file of its own in the same folder, for its owner's eyes alone, that is gone afterwards under this name."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            Path(name + rest).unlink(missing_ok=True)


@contextmanager
def _said(name: str) -> Iterator[None]:
    """What the disk and the drivers complain of, as StoreError with the name of what is read or written."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        raise StoreError(f"{name}: {said}") from error
