"""Brings a database to the newest form of the tables, by itself, at start."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from monitor.errors import StoreError
from monitor.store.engine import Database
from monitor.store.locks import Lock

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger("monitor.store")


def upgrade(database: Database) -> None:
    """Runs the migrations that the database lacks, all of them or none; several processes may do so at once.

    Raises StoreError when the database can't be reached or was written by a newer version, and for one that breaks off.
    """
    config = _config()
    with database.connect(write=False) as connection:
        if _is_current(database, connection, config):
            return
    try:
        with database.connect(write=True) as connection:
            database.lock(connection, Lock.MIGRATE)
            # Another process may have done it while this one waited.
            if not _is_current(database, connection, config):
                _run(database, connection, config)
    except StoreError as error:
        if error.__cause__ is None:  # our own refusal
            raise
        raise StoreError(f"{error} (while its tables were brought up to date: they are as they were)") from error


def _config() -> "Config":
    # Alembic takes a third of a second to import, and only a start needs it.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _is_current(database: Database, connection: Connection, config: "Config") -> bool:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    stored = set(MigrationContext.configure(connection).get_current_heads())
    if stored - known:
        form = ", ".join(sorted(stored - known))
        raise StoreError(
            f"{database.name}: was written by a newer version of the monitor (form {form}); install that version"
        )
    return stored == set(scripts.get_heads())


def _run(database: Database, connection: Connection, config: "Config") -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext

    before = MigrationContext.configure(connection).get_current_revision()
    if before is not None:
        log.info("%s: the tables of form %s are brought up to date; that can take minutes", database.name, before)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if before is None:
        database.note_birth(connection)
