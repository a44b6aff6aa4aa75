"""Migrations run by themselves, once, whoever starts first; and never on what a newer version wrote."""

import subprocess
import sys
import threading
from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Connection, MetaData, inspect, text
from storekit import NOW, entry

from monitor.errors import StoreError
from monitor.store import Store, migrate
from monitor.store.engine import Database
from monitor.store.tables import Table
from monitor.store.types import QuantityJson, Word


def test_an_empty_database_gets_all_tables(empty_url: str) -> None:
    with Store(empty_url) as store:
        store.migrate()
        store.migrate()
        assert store.add_entries([entry()], NOW, baseline=False) == 1
    database = Database(empty_url)
    with database.connect(write=False) as connection:
        assert {*Table.metadata.tables, "alembic_version"} == set(inspect(connection).get_table_names())
    database.close()


def test_the_migrations_make_just_what_the_tables_say(store: Store) -> None:
    with store._database.connect(write=False) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_partial_indexes_are_partial_on_both(store: Store) -> None:
    """What Alembic's comparison leaves out."""
    with store._database.connect(write=False) as connection:
        found = inspect(connection).get_indexes("revisions")
    dialect = "sqlite" if store._database.sqlite else "postgresql"
    partial = [index["name"] for index in found if f"{dialect}_where" in index.get("dialect_options", {})]
    assert sorted(str(name) for name in partial) == ["ix_revisions_uncompared", "ix_revisions_unread"]


def revisions() -> list[str]:
    """Every form of the tables but the newest."""
    scripts = ScriptDirectory.from_config(migrate._config())
    return [script.revision for script in scripts.walk_revisions()][:0:-1]


@pytest.mark.parametrize("revision", revisions())
def test_what_an_earlier_version_stored_survives(empty_url: str, revision: str) -> None:
    database = Database(empty_url)
    config = migrate._config()
    with database.connect(write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        before = _filled(connection)
    migrate.upgrade(database)
    _all_is_read(empty_url)
    with database.connect(write=False) as connection:
        found = MetaData()
        found.reflect(connection)
        for name, row in before.items():
            (kept,) = connection.execute(found.tables[name].select()).mappings()
            assert {column: kept[column] for column in row} == row, name
    database.close()


def _all_is_read(url: str) -> None:
    """What people look at is there in the newest form: the values of an old row are good ones of today."""
    with Store(url) as store:
        assert [len(found) for found in (store.articles(), store.runs(), store.deliveries(), store.feeds(NOW))] == [
            1
        ] * 4
        assert [line.change.id for line in store.changes()] == ["x"]
        assert [claim.id for claim, *_ in store.every_claim()] == ["x"]
        store.figures()


def _filled(connection: Connection) -> dict[str, dict[str, Any]]:
    """One row in every table that there is, the same values everywhere, so that rows refer to one another."""
    found = MetaData()
    found.reflect(connection)
    rows = {}
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            values = {column.name: _sample(table.name, column) for column in table.columns}
            connection.execute(table.insert().values(**values))
            (row,) = connection.execute(table.select()).mappings()
            rows[table.name] = dict(row)
    return rows


def _sample(table: str, column: "Column[Any]") -> Any:
    today = Table.metadata.tables[table].columns.get(column.name)
    kind = None if today is None else today.type
    if isinstance(kind, Word):
        return next(iter(kind.words)).value
    if isinstance(kind, QuantityJson):
        return [1, 1, "exact"]
    if column.name in _MEANT.get(table, {}):
        return _MEANT[table][column.name]
    samples: dict[type, Any] = {bool: True, int: 1, float: 0.5, str: "x", datetime: NOW, date: NOW.date()}
    return {"low": 1} if isinstance(column.type, JSON) else samples[column.type.python_type]


_MEANT: dict[str, dict[str, Any]] = {
    "claims": {"claimants": [], "via": [], "terms": [], "rules": [], "start": 0, "edits": None},
    "verdicts": {"verdict": "rejected", "edits": None},
    "feeds": {"trouble": "failing"},
}


def _windows() -> Any:
    found = ScriptDirectory.from_config(migrate._config()).get_revision("0004")
    assert found is not None
    return found.module


@pytest.mark.parametrize("told", ["published_at", "fetched_at"])
def test_an_old_claim_gets_its_day_in_utc_whatever_the_zone_of_the_session(told: str) -> None:
    """PostgreSQL hands times over in the session's zone: in Kyiv it is past midnight already."""
    local = datetime(2025, 2, 4, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    times = {"published_at": None, "fetched_at": local} | {told: local}
    row = SimpleNamespace(as_of=None, **times)
    assert _windows()._day(row) == date(2025, 2, 3)
    bare = SimpleNamespace(as_of=date(2025, 2, 5), published_at=None, fetched_at=datetime(2025, 2, 3, 22, 30))  # noqa: DTZ001
    assert _windows()._day(bare) == date(2025, 2, 3)


def test_an_old_denial_by_nobody_is_no_denial_of_its_line() -> None:
    """As in the domain, where it has no role in a window."""
    claimants = ([], [["Kremlin", "Russia"]], [["a", "A"], ["b", "B"]])
    roles = [_windows()._role(SimpleNamespace(status="denied", claimants=named)) for named in claimants]
    assert roles == [None, "denial", None]


def test_a_database_of_a_newer_version_is_refused_in_one_line_and_left_alone(store: Store) -> None:
    with store._database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version") as caught:
        store.migrate()
    assert "9999" in str(caught.value)
    assert "\n" not in str(caught.value)
    with store._database.read() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_migrated_database_doesnt_wait_for_a_writer(store: Store) -> None:
    with store.comparing():
        other = Store(store._database._url.render_as_string(hide_password=False))
        other.migrate()
        other.close()


def test_threads_that_start_together_migrate_once(empty_url: str) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(6)

    def start() -> None:
        with Store(empty_url) as store:
            together.wait()
            try:
                store.migrate()
                store.articles()
            except StoreError as error:
                failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []


@pytest.mark.process
def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    code = "import sys; from monitor.store import Store; s = Store(sys.argv[1]); s.migrate(); print(len(s.articles()))"
    starts = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=120) for process in starts]
    assert [out.strip() for out, _ in answers] == [b"0"] * 3, answers
