"""A kill at any point leaves all of a transaction or nothing, and the next start carries on."""

import multiprocessing
import os
import signal

import pytest
from alembic import command, op
from sqlalchemy import Connection, event, inspect, text
from storekit import MINUTE, NOW, answer, change, delivery, entry, figure, first, read, record, stored

from monitor.errors import StoreError
from monitor.store import Store, migrate

pytestmark = pytest.mark.process

# Python and the store are loaded once, in a process that is forked for each victim.
VICTIMS = multiprocessing.get_context("forkserver")
VICTIMS.set_forkserver_preload(["monitor.store", "psycopg", "pytest"])


def save_answers(store: Store) -> None:
    entries = [entry(number) for number in range(5)]
    store.save_answers([answer(*entries, etag='"new"'), answer(entry(9, feed="post"), feed="post")], NOW)


def record_all(store: Store) -> None:
    revision = store.revision(store.uncompared()[0])
    assert revision is not None
    with store.comparing() as book:
        (one,) = book.arrival(revision.id).claims
        told = delivery("d1", change(one).id)
        book.record(revision.id, first(one), [told, delivery("d2")], NOW)


def save_claims(store: Store) -> None:
    (revision,) = store.unread()
    read(store, revision, figure(3000), figure(4000, start=10))


def lease_and_die(store: Store) -> None:
    assert store.lease_due(NOW, limit=1, lease=MINUTE, worker="w")
    _die()


def migrate_and_die_early(store: Store) -> None:
    _migrate_until(store, "CREATE TABLE merges")


def migrate_and_die_late(store: Store) -> None:
    _migrate_until(store, "ix_changes_series")


def _migrate_until(store: Store, words: str) -> None:
    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if words in statement:
            _die()

    event.listen(store._database._engine, "before_cursor_execute", look)
    store.migrate()


def victim(url: str, what: str, statement: int | None) -> None:
    """Kills itself at the given statement: before it, or at the commit when there are fewer; without one, by itself."""
    store, left = Store(url), statement or 0

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            _die()

    if statement is not None:
        event.listen(store._database._engine, "before_cursor_execute", count)
        event.listen(store._database._engine, "commit", lambda _: _die())
    globals()[what](store)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(store: Store, what: str, statement: int | None) -> None:
    store.close()
    url = store._database._url.render_as_string(hide_password=False)
    process = VICTIMS.Process(target=victim, args=(url, what, statement))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("statement", [2, 5, 7, 1_000])
def test_a_kill_in_save_answers_leaves_neither_validators_nor_entries(store: Store, statement: int) -> None:
    store.sync_feeds([("wire", "https://wire.example.org/rss"), ("post", "https://post.example.org/rss")], NOW)
    killed(store, "save_answers", statement)
    assert [feed.etag for feed in store.due_feeds(NOW)] == [None, None]
    assert store.articles() == []
    save_answers(store)
    assert len(store.pending(NOW)) == 6


@pytest.mark.parametrize("statement", [6, 9, 1_000])
def test_a_kill_in_record_leaves_nothing_half_written(store: Store, statement: int) -> None:
    (one,) = read(store, stored(store, "3,000 lost"), figure(3000))
    killed(store, "record_all", statement)
    assert (store.decisions(one.id), store.changes(), store.deliveries(), store.figures()) == ([], [], [], [])
    assert len(store.uncompared()) == 1
    record_all(store)
    assert (len(store.changes()), len(store.deliveries()), store.uncompared()) == (1, 2, [])


@pytest.mark.parametrize("statement", [3, 1_000])
def test_a_kill_in_save_claims_leaves_the_text_unread(store: Store, statement: int) -> None:
    revision = stored(store, "3,000 or 4,000 lost")
    killed(store, "save_claims", statement)
    assert store.unread() == [revision]
    save_claims(store)
    assert (store.unread(), store.uncompared()) == ([], [revision.id])


def test_a_lease_outlives_its_killed_worker_until_it_runs_out(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one), delivery("d1", change(one).id))
    killed(store, "lease_and_die", None)
    assert store.next_due(NOW) is not None
    assert store.next_due(NOW) > NOW  # type: ignore[operator]


@pytest.mark.parametrize("when", ["early", "late"])
def test_a_kill_in_a_migration_leaves_the_tables_as_they_were(
    empty_url: str, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "monitor.store")
    with Store(empty_url) as store:
        config = migrate._config()
        with store._database.connect(write=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0003")
            connection.execute(text("INSERT INTO runs (id, started_at) VALUES (7, '2025-01-13 09:30:00+00')"))
            before = tables(connection)
        killed(store, f"migrate_and_die_{when}", None)
        with store._database.connect(write=False) as connection:
            assert tables(connection) == before
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0003"
        store.migrate()
        assert [run.id for run in store.runs()] == [7]
        assert f"{store.name}: the tables of form 0003 are brought up to date" in caplog.text


def test_a_migration_that_the_database_refuses_says_so_and_changes_nothing(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(empty_url) as store:
        monkeypatch.setattr("alembic.op.create_index", lambda *_, **__: op.execute("SELECT nonsense"))
        with pytest.raises(
            StoreError, match=r"nonsense.* \(while its tables were brought up to date: they are as they were\)$"
        ):
            store.migrate()
        monkeypatch.undo()
        with store._database.connect(write=False) as connection:
            assert tables(connection) == {}
        store.migrate()
        assert store.articles() == []


def tables(connection: Connection) -> dict[str, list[str]]:
    """The columns of each table."""
    found = inspect(connection)
    return {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}
