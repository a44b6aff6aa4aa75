"""The connection to the database: transactions for reading and for writing, and errors in our own words."""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from monitor.errors import StoreError
from monitor.store.locks import Lock

BUSY_SECONDS = 30
"""How long a writer waits for another one on SQLite, and a start for a migration, before it gives up."""
CONNECT_SECONDS = 10
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+pysqlite"}
_WRITES, _UNSYNCED, _SYNCHRONOUS = "monitor_writes", "monitor_unsynced", "monitor_synchronous"

_BIRTH = """
SELECT concat_ws('-', oid, to_regclass('deliveries')::oid) FROM pg_database WHERE datname = current_database()
"""


class Database:
    """One SQLite file or PostgreSQL database. Opens at first use; safe for threads.

    SQLite in memory ("sqlite://") has one connection only: a transaction inside another fails there. `name` is what it
    is called in messages: its URL without secrets when left out.
    """

    def __init__(self, url: str, name: str | None = None) -> None:
        self._url = _parse(url)
        self.name = name or _shown(self._url)
        self._engine = _open(self._url, self.name)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        self._unsynced = self._engine.execution_options(**{_WRITES: True, _UNSYNCED: True})

    @property
    def sqlite(self) -> bool:
        """True for SQLite, False for PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    @property
    def mark(self) -> str:
        """Tells this database's address from others, in a file's name: two of one mark are the same. One in memory has
        a new one with each use."""
        if self.sqlite and self.file is None:
            return secrets.token_hex(8)
        url, database = self._url, self.file.resolve() if self.file is not None else self._url.database
        options = sorted((name, value) for name, value in url.query.items() if "pass" not in name)
        where = (self._engine.dialect.name, url.username, url.host, url.port, str(database), options)
        return hashlib.sha256(repr(where).encode()).hexdigest()[:16]

    def birth(self) -> str:
        """Tells this database from others that were begun at its address before or after it, or in another schema."""
        with self.connect(write=False) as connection:
            return str(connection.exec_driver_sql("PRAGMA user_version" if self.sqlite else _BIRTH).scalar())

    def note_birth(self, connection: Connection) -> None:
        """To be called where the tables are made. PostgreSQL has a number for each table that was ever made."""
        if self.sqlite:
            connection.exec_driver_sql(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1}")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction for reading."""
        with self._guard(), Session(self._engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction for writing: committed at a clean exit, rolled back at any exception.

        On SQLite it takes the write lock at once, so it never fails half-way because somebody else wrote.
        """
        with self._guard(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connect(self, *, write: bool) -> Iterator[Connection]:
        """A bare connection in a transaction, for migrations and for what is written very often."""
        with self._guard(), (self._writer if write else self._engine).begin() as connection:
            yield connection

    @contextmanager
    def connect_unsynced(self) -> Iterator[Connection]:
        """A bare connection in a transaction for writing whose commit doesn't wait for the disk: it outlives a killed
        process at once, a power cut when the next commit that does wait is written, or half a minute later."""
        with self._guard(), self._unsynced.begin() as connection:
            if not self.sqlite:
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A bare connection that sees the database as it was at the first look, whatever is written meanwhile."""
        kind = {} if self.sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._guard(), self._engine.connect().execution_options(**kind) as connection, connection.begin():
            yield connection

    @property
    def file(self) -> Path | None:
        """Where an SQLite database is; None for one in memory and for PostgreSQL."""
        name = self._url.database
        return Path(name) if self.sqlite and name and name != ":memory:" else None

    def lock(self, connection: Connection | Session, lock: Lock) -> None:
        """Waits until no other transaction on this database holds this lock; held until the end."""
        if not self.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": int(lock)})

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except StatementError as error:
            # A value that our own column types refuse (a naive time) is a bug of the caller's, not of the database's.
            if not isinstance(error, DBAPIError) and isinstance(error.orig, ValueError):
                raise error.orig from None
            raise StoreError(self._message(error.orig or error)) from error
        except SQLAlchemyError as error:
            raise StoreError(self._message(error)) from error

    def _message(self, error: BaseException) -> str:
        lines = str(error).strip().splitlines()
        said = lines[0] if lines else type(error).__name__
        secrets = [self._url.password, *(value for key, value in self._url.query.items() if "pass" in key)]
        for secret in secrets:
            if secret:
                said = said.replace(str(secret), "***")
        return f"{self.name}: {said}"


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise StoreError("the store's url is no database URL; write sqlite:///FILE or postgresql://…") from None
    if parsed.drivername in _POSTGRES:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in _SQLITE:
        if parsed.host or parsed.username or parsed.password:
            raise StoreError("an SQLite database has no host and no user; write sqlite:///FILE with three slashes")
        return parsed
    raise StoreError(f"{parsed.drivername} is no database of ours; write sqlite:///FILE or postgresql://…")


def _shown(url: URL) -> str:
    """The URL for messages: without its password and without its options, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)


def _open(url: URL, name: str) -> Engine:
    if url.drivername.startswith("postgresql"):
        # None switches server-side prepared statements off: a pooler in between doesn't know them.
        arguments: dict[str, Any] = {"prepare_threshold": None}
        if "connect_timeout" not in url.query:
            arguments["connect_timeout"] = CONNECT_SECONDS
        # Of a database in SQL_ASCII the driver gives bytes, where it isn't asked for an encoding, and no clear line.
        arguments["client_encoding"] = "utf8"
        engine = create_engine(url, pool_pre_ping=True, connect_args=arguments)
        event.listen(engine, "connect", partial(_refuse_other_letters, name))
        return engine
    memory = url.database in (None, "", ":memory:")
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **({"poolclass": StaticPool} if memory else {}))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _refuse_other_letters(name: str, connection: Any, _: ConnectionPoolEntry) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"{name}: the database is in {encoding}, which can't hold every text; make one with "
            "createdb --encoding UTF8 --template template0"
        )


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    # The driver is told to leave transactions alone; _begin_sqlite starts each with the right kind of BEGIN.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    record.info[_SYNCHRONOUS] = "FULL"


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switching needs the file for a moment, and SQLite doesn't wait for it by itself."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes, wanted = options.get(_WRITES, False), "NORMAL" if options.get(_UNSYNCED, False) else "FULL"
    if writes and connection.info.get(_SYNCHRONOUS) != wanted:  # can't be set within a transaction
        connection.exec_driver_sql(f"PRAGMA synchronous = {wanted}")
        connection.info[_SYNCHRONOUS] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
