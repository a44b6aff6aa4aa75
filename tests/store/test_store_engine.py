"""Which databases are taken, and what is said of one that can't be used."""

import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from storekit import NOW, entry

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.engine import Database


def message(url: str) -> str:
    """What migrate says of this database, which can't be used: one line."""
    with pytest.raises(StoreError) as caught:
        Store(url).migrate()
    said = str(caught.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:hunter2@127.0.0.1:1/monitor",
        "postgresql+psycopg://ana:hunter2@127.0.0.1:1/monitor",
        "postgres://ana:hunter2@127.0.0.1:1/monitor?sslmode=disable&connect_timeout=2",
        "postgresql://ana@127.0.0.1:1/monitor?password=hunter2",
    ],
)
def test_a_server_that_doesnt_answer_is_named_without_its_password(url: str) -> None:
    said = message(url)
    assert "127.0.0.1:1/monitor" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ana:hunter2@127.0.0.1/m",
        "no url, hunter2",
        "",
        "postgresql://a:hunter2@h:port/",
        "sqlite://a:hunter2@h/m",
    ],
)
def test_what_is_no_database_of_ours_is_refused_without_repeating_secrets(url: str) -> None:
    said = message(url)
    assert "sqlite:///FILE" in said
    assert "hunter2" not in said


def test_a_file_that_cant_be_opened_is_named(tmp_path: Path) -> None:
    assert "unable to open database file" in message(f"sqlite:///{tmp_path}/missing/monitor.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all\n" * 100)
    assert "notes.txt: file is not a database" in message(f"sqlite:///{tmp_path}/notes.txt")


@pytest.mark.postgres
@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cant_hold_every_text_is_refused(postgres: Callable[[str], str], encoding: str) -> None:
    server = postgres("template0")
    name = f"in_{encoding.lower()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    url = str(make_url(server).set(database=name).render_as_string(hide_password=False))
    with Store(url) as store, pytest.raises(StoreError, match=rf"{name}.*: the database is in {encoding}.*UTF8"):
        store.migrate()


def test_a_database_without_tables_is_an_error_of_the_store(empty_url: str) -> None:
    with Store(empty_url) as store, pytest.raises(StoreError, match="articles"):
        store.articles()


def test_a_database_that_is_begun_anew_is_another_one(empty_url: str, tmp_path: Path) -> None:
    def birthmark() -> str:
        with Store(empty_url) as store:
            store.migrate()
            return store.birthmark()

    first = birthmark()
    assert birthmark() == first
    if (file := Database(empty_url).file) is not None:
        for one in tmp_path.glob(f"{file.name}*"):
            one.unlink()
    else:
        with Database(empty_url).connect(write=True) as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    assert birthmark() != first


def test_a_mark_tells_databases_apart_and_not_ways_to_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark(url: str) -> str:
        with Store(url) as store:
            return store.mark

    monkeypatch.chdir(tmp_path)
    server = "postgresql://me:hunter2@localhost/news"
    assert mark("sqlite:///monitor.db") == mark(f"sqlite+pysqlite:///{tmp_path}/../{tmp_path.name}/monitor.db")
    assert mark(server) == mark("postgresql+psycopg://me@localhost/news?password=hunter3")
    urls = ["sqlite:///monitor.db", "sqlite:///other.db", "sqlite://", "sqlite://", server, f"{server}2"]
    assert len({mark(url) for url in urls}) == len(urls)
    assert not list(tmp_path.iterdir())


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/monitor.db")
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_a_closed_store_opens_again(store: Store) -> None:
    store.add_entries([entry()], NOW, baseline=False)
    store.close()
    assert len(store.articles()) == 1


def test_a_store_in_memory_works_for_one_thread() -> None:
    with Store("sqlite://") as store:
        store.migrate()
        assert store.add_entries([entry()], NOW, baseline=False) == 1
        with store.comparing():
            pass
        assert len(store.pending(NOW)) == 1


def test_sqlite_is_set_up_for_many_processes(migrated_file: Path) -> None:
    database = Database(f"sqlite:///{migrated_file}")
    with database.read() as session:
        asked = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def test_only_the_marks_of_what_was_sent_dont_wait_for_the_disk(migrated_file: Path) -> None:
    database = Database(f"sqlite:///{migrated_file}")
    with database.connect_unsynced() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == 1  # NORMAL
    with database.write() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2  # FULL
    database.close()


def test_references_are_enforced(store: Store) -> None:
    with pytest.raises(StoreError), store._database.write() as session:
        session.execute(text("INSERT INTO entries VALUES ('wire', 'k', 999, 'c')"))


def test_no_error_of_the_driver_comes_out(store: Store) -> None:
    with pytest.raises(StoreError) as caught, store._database.read() as session:
        session.execute(text("SELECT nonsense"))
    assert isinstance(caught.value.__cause__, SQLAlchemyError)
    assert str(caught.value).startswith(store.name)


def test_writers_wait_for_each_other(store: Store) -> None:
    """Ten threads write at once through one store; nobody is turned away."""
    together = threading.Barrier(10)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        together.wait()
        try:
            for step in range(5):
                # The same articles from every side: one insert wins, and no two writers wait crosswise.
                entries = [entry(step * 10 + offset, feed=f"feed {number}") for offset in range(10)]
                store.add_entries(entries if number % 2 else entries[::-1], NOW, baseline=False)
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []
    assert len(store.pending(NOW)) == 50
