"""Backup and restore on both databases and between them, every table compared; and what prune leaves alone."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Column, select, text
from storekit import NOW, change, delivery, entry, figure, first, read, record, stored

from monitor.domain.quantities import Qualifier, Quantity
from monitor.errors import StoreError
from monitor.store import Store, copying, migrate
from monitor.store.engine import Database
from monitor.store.tables import Table
from monitor.store.types import QuantityJson, Word

OLD = NOW - timedelta(days=400)
DAY = timedelta(days=1)


def fill(store: Store) -> None:
    """Two rows in every table, which refer to one another, with all that is hard to carry over."""
    with store._database.connect(write=True) as connection:
        for number in (1, 2):
            for table in Table.metadata.sorted_tables:
                row = {column.name: sample(column, number) for column in table.columns}
                connection.execute(table.insert().values(row))


def sample(column: "Column[Any]", number: int) -> Any:
    if isinstance(column.type, Word):
        return [*column.type.words][-number]
    if isinstance(column.type, QuantityJson):
        return Quantity(number, None, Qualifier.MORE_THAN) if number == 1 else None if column.nullable else QUANTITY
    if column.nullable and number == 2:
        return None
    values: dict[type, Any] = {
        bool: number == 1,
        int: number,
        float: number / 3,
        str: f"’’ {number} \u202e ü\n'\"",
        datetime: NOW + timedelta(microseconds=number),
        date: NOW.date(),
        dict: {"ü": [1, None, 0.1, "’"], "a": {"z": True}},
    }
    return values[getattr(column.type, "impl", column.type).python_type]


QUANTITY = Quantity(2, 2, Qualifier.EXACT)


def rows(store: Store) -> dict[str, list[Any]]:
    """All that a database holds, as Python's own values."""
    with store._database.connect(write=False) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)))) for table in Table.metadata.sorted_tables
        }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database to restore into, nothing in it, not even tables."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    if request.param == "postgres":
        make: Callable[[str], str] = request.getfixturevalue("postgres")
        url = make("template0")
    with Store(url) as opened:
        yield opened


def test_every_table_comes_back_the_same_in_either_database(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store)
    counts = store.back_up(tmp_path / "backup.db")
    assert set(counts.values()) == {2}
    assert other.restore(tmp_path / "backup.db") == counts
    assert rows(other) == rows(store)
    # One file, for its owner's eyes alone, that a plain SQLite reads.
    assert [path.name for path in tmp_path.glob("*backup.db*")] == ["backup.db"]
    assert (tmp_path / "backup.db").stat().st_mode & 0o077 == 0
    # Numbers go on behind those that were restored.
    assert other.start_run(NOW) == 3


@pytest.mark.postgres
def test_postgresql_knows_at_once_what_was_restored(
    store: Store, postgres: Callable[[str], str], tmp_path: Path
) -> None:
    """It plans by statistics, which it would gather minutes later, if the rows are many."""
    fill(store)
    store.back_up(tmp_path / "backup.db")
    with Store(postgres("template0")) as restored:
        restored.restore(tmp_path / "backup.db")
        with restored._database.connect(write=False) as connection:
            known = connection.execute(text("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'"))
            assert set(known.scalars()) >= {*Table.metadata.tables}


def test_a_restore_writes_over_nothing_unless_it_is_told_to(store: Store, tmp_path: Path) -> None:
    store.add_entries([entry(1)], NOW, baseline=False)
    store.back_up(tmp_path / "backup.db")
    store.add_entries([entry(2), entry(3)], NOW, baseline=False)
    with pytest.raises(StoreError, match="something in it already; nothing was changed"):
        store.restore(tmp_path / "backup.db")
    assert len(store.articles()) == 3
    store.restore(tmp_path / "backup.db", replace=True)
    assert [one.title for one in store.articles()] == ["Losses mount"]
    assert store.add_entries([entry(4)], NOW, baseline=False) == 1


@pytest.fixture
def live(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An SQLite database in use, with one article."""
    shutil.copy(migrated_file, tmp_path / "live.db")
    with Store(f"sqlite:///{tmp_path / 'live.db'}") as store:
        store.add_entries([entry(1)], NOW, baseline=False)
        yield store


def test_a_backup_never_takes_the_place_of_a_database_in_use(live: Store, store: Store, tmp_path: Path) -> None:
    """Its newest rows are in the file beside it, which stays, and would be read into the other one."""
    (tmp_path / "link.db").symlink_to(tmp_path / "live.db")
    for name in ("live.db", "link.db"):
        with pytest.raises(StoreError, match="the database itself; nothing was written"):
            live.back_up(tmp_path / name)
        with pytest.raises(StoreError, match="in use; nothing was written"):
            store.back_up(tmp_path / name)
    assert len(live.articles()) == 1


def test_a_restore_waits_for_nobody_and_lets_nobody_in(
    live: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "ALONE_SECONDS", 0.1)
    live.back_up(tmp_path / "backup.db")
    live.add_entries([entry(2)], NOW, baseline=False)
    url = f"sqlite:///{tmp_path / 'live.db'}"
    with Store(url) as other, pytest.raises(StoreError, match=r"somebody has it open.* Nothing was changed$"):
        other.restore(tmp_path / "backup.db", replace=True)
    assert len(live.articles()) == 2

    def look(*about: Any) -> None:
        with (
            closing(sqlite3.connect(tmp_path / "live.db", timeout=0)) as late,
            pytest.raises(sqlite3.Error, match="lock"),
        ):
            late.execute("DELETE FROM runs")
        looked.append(sorted(path.parent for path in tmp_path.glob(".monitor-restore-*/backup.db")))
        compare(*about)

    looked, compare = list[list[Path]](), copying._compare
    monkeypatch.setattr(copying, "_compare", look)
    live.restore(tmp_path / "backup.db", replace=True)
    # The copy that is brought up to date lies where the database has room, and is gone afterwards.
    assert [len(one) for one in looked] == [1]
    assert not [*tmp_path.glob(".monitor-restore-*")]
    assert len(live.articles()) == 1


def test_a_backup_while_others_write_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    """Every article is written with its entry in one transaction; a copy that was torn would lack one of the two."""
    written, stop, failures = threading.Semaphore(0), threading.Event(), list[BaseException]()

    def write() -> None:
        number = 0
        while not stop.is_set():
            try:
                store.add_entries([entry(number + one) for one in range(5)], NOW, baseline=False)
            except StoreError as error:
                failures.append(error)
                return
            number += 5
            written.release()

    def await_writes(count: int) -> None:
        while written.acquire(blocking=False):
            pass
        assert all(written.acquire(timeout=30) for _ in range(count)), failures

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        await_writes(5)
        found = [store.back_up(tmp_path / "0.db")]
        await_writes(2)  # the second of these began after the copy was made
        found.append(store.back_up(tmp_path / "1.db"))
    finally:
        stop.set()
        writer.join(30)
    assert failures == []
    assert all(one["articles"] == one["entries"] for one in found)
    assert found[0]["articles"] < found[1]["articles"]


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(other: Store, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with closing(Database(f"sqlite:///{old}")) as database:
        config = migrate._config()
        with database.connect(write=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0006")
            connection.execute(text("INSERT INTO runs (id, started_at) VALUES (7, '2025-01-01 00:00:00')"))
    before = old.read_bytes()
    assert other.restore(old)["runs"] == 1
    assert [run.id for run in other.runs()] == [7]
    assert old.read_bytes() == before


def damaged(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2 :] = b"\x55" * (len(whole) - len(whole) // 2)
    file.write_bytes(whole)


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def orphaned(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM articles")


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE notes (id)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damaged, "malformed|damaged"),
        (newer, "newer version"),
        (orphaned, "damaged .entries without articles"),
        (foreign, "no backup"),
        (Path.unlink, "no such file"),
    ],
)
def test_what_is_no_sound_backup_changes_nothing(
    migrated_file: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    file = tmp_path / "backup.db"
    with Store(f"sqlite:///{migrated_file}") as empty:
        empty.back_up(file)
    with Store(f"sqlite:///{file}") as backup:
        backup.add_entries([entry(number, text="x" * 3_000) for number in range(50)], NOW, baseline=False)
    shutil.copy(migrated_file, tmp_path / "monitor.db")
    spoil(file)
    with Store(f"sqlite:///{tmp_path / 'monitor.db'}") as store:
        store.start_run(NOW)
        before = rows(store)
        with pytest.raises(StoreError, match=f"^{file}: .*({said})") as caught:
            store.restore(file, replace=True)
        assert "\n" not in str(caught.value)
        assert rows(store) == before


def test_a_copy_that_isnt_the_same_is_no_backup(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    settle = copying._sums

    def wrong(connection: Any) -> Any:
        # The file is looked at, the database is not.
        if "backup.db" in str(connection.engine.url):
            connection.exec_driver_sql("UPDATE claims SET high = 4 WHERE id LIKE '%1%'")
        return settle(connection)

    monkeypatch.setattr(copying, "_sums", wrong)
    (tmp_path / "backup.db").write_text("the one of yesterday", encoding="utf-8")
    with pytest.raises(StoreError, match="not what was read"):
        store.back_up(tmp_path / "backup.db")
    assert (tmp_path / "backup.db").read_text(encoding="utf-8") == "the one of yesterday"
    assert not [*tmp_path.glob(".backup*")]


def aged(store: Store) -> None:
    """Articles of long ago, with and without figures, one judged; runs and deliveries of then and of now."""
    run = store.start_run(OLD)
    store.finish_run(run, {"new": 3}, OLD)
    store.start_run(NOW)
    for number in (1, 2):
        read(store, stored(store, f"nothing {number}", number=number, now=OLD))
    told = stored(store, "3000 lost", number=3, now=OLD)
    (said,) = read(store, told, figure())
    record(store, told, first(said), delivery("told", change(said).id), delivery("waits"))
    dropped = stored(store, "no figure any more", number=3, now=OLD + DAY)
    read(store, dropped)
    read(store, stored(store, "nothing new", number=4, now=NOW))
    with store.comparing() as book:
        for revision in store.uncompared():
            book.record(revision, type(first(said))((), (), {}), (), OLD)
    store.mark_sent(["told"], OLD)
    with store._database.write() as session:
        session.execute(text("UPDATE deliveries SET created_at = :at"), {"at": OLD.replace(tzinfo=None)})


def test_prune_takes_what_nobody_judged_and_leaves_all_that_figures_stand_on(store: Store) -> None:
    aged(store)
    before = rows(store)
    dry = (store.prune_texts(NOW - DAY, dry_run=True), store.prune_runs(NOW - DAY, dry_run=True))
    assert (rows(store), dry) == (before, (2, 1))
    assert (store.prune_texts(NOW - DAY), store.prune_runs(NOW - DAY)) == dry
    assert store.prune_deliveries(NOW - DAY) == 1
    after = rows(store)
    gone = {name for name in before if before[name] != after[name]}
    assert gone == {"revisions", "articles", "runs", "deliveries", "delivery_changes"}
    assert [len(after[name]) for name in ("revisions", "articles", "runs", "deliveries")] == [3, 4, 1, 1]
    # A second time there is nothing to do, and the feed that still lists an article brings no news by it.
    assert store.prune_texts(NOW - DAY) + store.prune_runs(NOW - DAY) + store.prune_deliveries(NOW - DAY) == 0
    assert store.add_entries([entry(1, text="nothing 1", full_text=True)], NOW, baseline=False) == 0
    found = store.article_read(store.articles()[-1].id)
    assert found is not None
    assert found[1:] == ("", [])


def test_prune_forgets_failures_that_are_over_and_those_of_channels_and_readers_that_are_gone(store: Store) -> None:
    for channel, reader in [("mail", ""), ("mail", "a@b.org"), ("mail", "gone@b.org"), ("chat", ""), ("gone", "")]:
        store.note_failing(channel, reader, "smtp_550", NOW - DAY, [])
    store.note_recovered("chat", "", NOW, [])
    readers = {"mail": ("a@b.org",), "chat": ()}
    assert store.prune_failing(NOW - timedelta(seconds=1), readers) == 0  # a day isn't over: it would be told again
    assert [store.prune_failing(NOW, readers, dry_run=dry) for dry in (True, False, False)] == [3, 3, 0]
    assert store.failing(NOW) == {("mail", ""), ("mail", "a@b.org")}
    assert (store.prune_failing(NOW, {}), store.failing(NOW)) == (2, set())


def test_prune_goes_through_many_in_portions_and_never_takes_the_newest(store: Store) -> None:
    for _ in range(5):
        store.start_run(OLD)
    import monitor.store.pruning as portions

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "PORTION", 2)
        assert store.prune_runs(NOW) == 4
    assert store.start_run(NOW) == 6
