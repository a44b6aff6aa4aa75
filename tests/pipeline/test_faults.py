"""What goes wrong on a server in a year: a full disk, a database that can't be written or is gone, a clock that jumps.

Each time one line names what is wrong, nothing is lost, and when it is mended the next run ends where an undisturbed
one would have.
"""

import asyncio
import resource
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url, text

from monitor.domain.articles import FeedAnswer, PollOutcome
from monitor.domain.deliveries import DeliveryState, NewDelivery
from monitor.errors import StoreError
from monitor.pipeline import Monitor
from monitor.store import Store, engine

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
YEAR = 365 * DAY
CONFIG = """
[store]
url = "{url}"
[[feed]]
name = "Drop"
folder = "drop"
[[watch]]
name = "koreans"
subject = "North Korean troops"
channels = ["desk"]
[[channel]]
name = "desk"
url = "mailto://127.0.0.1:1?from=monitor@example.org&to=desk@example.org"
"""
TEXTS = [
    "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said.",
    "4,700 North Korean soldiers have been killed or wounded in Kursk, South Korea's spy agency said on Monday.",
    "The harvest was good, the ministry said. " + "Prices fell. " * 2_000,
]


def settings(folder: Path, url: str) -> Path:
    """A monitor with a folder of articles to read."""
    (folder / "drop").mkdir(parents=True)
    for number, words in enumerate(TEXTS):
        head = f"---\nurl: https://wire.example.org/{number}\npublished: {(NOW - DAY).isoformat()}\n---\n"
        (folder / "drop" / f"{number}.txt").write_text(head + words, encoding="utf-8")
    config = folder / "monitor.toml"
    config.write_text(CONFIG.format(url=url), encoding="utf-8")
    return config


def work(monitor: Monitor, now: datetime = NOW) -> None:
    """A run, but for sending."""

    async def steps() -> None:
        monitor.begin(now)
        await monitor.poll(now, everything=True)
        await monitor.read(now)
        monitor.extract()
        monitor.compare(now)
        monitor.finish(now)

    asyncio.run(steps())


def outcome(store: Store) -> list[Any]:
    """What readers and operators see of it, whenever it was done."""
    return [
        sorted((line.url, line.status, line.claims) for line in store.articles()),
        sorted((line.change.id, line.change.kind) for line in store.changes()),
        sorted((line.key, line.state) for line in store.deliveries()),
        [(line.series, line.party, line.claim.figure.quantity) for line in store.figures()],
    ]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> list[Any]:
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copy(migrated_file, folder / "monitor.db")
    with Monitor.open(settings(folder, "sqlite:///monitor.db")) as monitor:
        work(monitor)
        found = outcome(monitor.store)
    assert len(found[1]) == 2
    return found


def one_line(caught: "pytest.ExceptionInfo[StoreError]", store: Store, said: str) -> None:
    line = str(caught.value)
    assert line.startswith(store.name)
    assert said in line
    assert "\n" not in line


@pytest.fixture
def watching(store_url: str, tmp_path: Path) -> Iterator[Monitor]:
    with Monitor.open(settings(tmp_path, store_url)) as monitor:
        yield monitor


@pytest.fixture
def small(tmp_path: Path, migrated_file: Path) -> Iterator[tuple[Monitor, Callable[[int | None], None]]]:
    """A monitor on SQLite, and what gives its disk so many more pages, None for as many as it wants."""
    shutil.copy(migrated_file, tmp_path / "monitor.db")
    room = [2**31 - 2]
    with Monitor.open(settings(tmp_path, "sqlite:///monitor.db")) as monitor:
        database = monitor.store._database
        pages = (tmp_path / "monitor.db").stat().st_size // 4096

        def bound(connection: Any, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {room[0]}")

        def give(more: int | None) -> None:
            room[0] = 2**31 - 2 if more is None else pages + more
            database.close()

        event.listen(database._engine, "connect", bound)
        yield monitor, give


@pytest.mark.parametrize("pages", [0, 6, 12])
def test_a_full_disk_stops_the_run_and_loses_nothing(
    small: tuple[Monitor, Callable[[int | None], None]], undisturbed: list[Any], pages: int
) -> None:
    """At the first article, at a text, at its claims: what was committed before stays."""
    monitor, give = small
    give(pages)
    with pytest.raises(StoreError) as caught:
        work(monitor)
    one_line(caught, monitor.store, "database or disk is full")
    give(None)
    work(monitor, NOW + timedelta(minutes=15))
    assert outcome(monitor.store) == undisturbed


def test_a_disk_that_fills_up_spoils_no_backup(small: tuple[Monitor, Any], tmp_path: Path) -> None:
    monitor, _ = small
    work(monitor)
    monitor.store.back_up(tmp_path / "backup.db")
    before = (tmp_path / "backup.db").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreError, match=r"^[^\n]*backup\.db: [^\n]*$"):
            monitor.store.back_up(tmp_path / "backup.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "backup.db").read_bytes() == before
    assert not [*tmp_path.glob(".backup*")]


def only_read(store: Store, *, on: bool) -> None:
    """Makes the database one that can't be written, or ends that."""
    database = store._database
    if database.sqlite:
        if on:
            event.listen(database._engine, "connect", _query_only)
        else:
            event.remove(database._engine, "connect", _query_only)
    else:
        name = database._url.database
        with database._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("SET default_transaction_read_only = off")
            only = "on" if on else "off"
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = {only}")
    store.close()


def _query_only(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def test_a_database_that_cant_be_written_is_read_and_says_so(watching: Monitor, undisturbed: list[Any]) -> None:
    only_read(watching.store, on=True)
    try:
        with pytest.raises(StoreError) as caught:
            work(watching)
        one_line(caught, watching.store, "read-only" if not watching.store._database.sqlite else "readonly database")
        watching.store.migrate()
        assert watching.store.articles() == []
    finally:
        only_read(watching.store, on=False)
    work(watching)
    assert outcome(watching.store) == undisturbed


class Away:
    """Takes a database away for a while: SQLite's file is locked by somebody else, PostgreSQL takes no connections."""

    def __init__(self, store: Store) -> None:
        self._database = store._database
        url = make_url(self._database._url)
        self._name = url.database
        if self._database.sqlite:
            import sqlite3

            self._other: Any = sqlite3.connect(str(self._name), isolation_level=None)
        else:
            libpq = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
            self._other = psycopg.connect(libpq, autocommit=True)

    def __enter__(self) -> None:
        if self._database.sqlite:
            self._other.execute("BEGIN EXCLUSIVE")
            return
        self._other.execute(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS false")
        self._other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self._name])

    def __exit__(self, *_: object) -> None:
        self._other.execute(
            "ROLLBACK" if self._database.sqlite else f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS true"
        )
        self._other.close()


def test_a_database_that_is_gone_for_a_minute_is_found_again(
    store_url: str,
    tmp_path: Path,
    undisturbed: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In the middle of a run and while alerts wait; nobody opens anything anew."""
    from flows.deliverer import deliver_once

    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    with Monitor.open(settings(tmp_path, store_url)) as monitor:
        monitor.begin(NOW)
        asyncio.run(monitor.poll(NOW, everything=True))
        with Away(monitor.store):
            with pytest.raises(StoreError) as caught:
                asyncio.run(monitor.read(NOW))
            one_line(caught, monitor.store, "locked" if monitor.store._database.sqlite else "database")
            asyncio.run(deliver_once(monitor))
            assert f"deliveries wait: {monitor.store.name}" in caplog.text
        work(monitor)
        assert outcome(monitor.store) == undisturbed


@pytest.mark.postgres
def test_a_wrong_password_names_user_and_database_and_never_itself(postgres: Callable[[str], str]) -> None:
    """The server asks this one user for a password, for all others it stays as it is."""
    url = make_url(postgres("template0"))
    libpq = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(libpq, autocommit=True) as connection:
        connection.execute("CREATE ROLE desk LOGIN PASSWORD 'right'")
        connection.execute("GRANT CREATE ON SCHEMA public TO desk")
        (rules,) = connection.execute("SHOW hba_file").fetchone() or ("",)
        before = Path(rules).read_text(encoding="utf-8")
        try:
            Path(rules).write_text(
                f"local all desk scram-sha-256\nhost all desk all scram-sha-256\n{before}", encoding="utf-8"
            )
            connection.execute("SELECT pg_reload_conf()")
            said = _migrated(url.set(username="desk", password="hunter2"), until="password")
            assert said == _migrated(url.set(username="desk", password="hunter2"), until="password")
            assert 'password authentication failed for user "desk"' in said
            assert f"/{url.database}" in said
            assert "hunter2" not in said
            assert "\n" not in said
            assert _migrated(url.set(username="desk", password="right"), until="") == ""
        finally:
            Path(rules).write_text(before, encoding="utf-8")
            connection.execute("SELECT pg_reload_conf()")


def _migrated(url: Any, *, until: str) -> str:
    """What a start says; the server reads its rules again when it comes to it."""
    said = ""
    for _ in range(100):
        try:
            with Store(url.render_as_string(hide_password=False)) as store:
                store.migrate()
            said = ""
        except StoreError as error:
            said = str(error)
        if until in said and bool(until) == bool(said):
            return said
    return said


def test_what_a_clock_ahead_put_off_for_years_is_due_when_the_clock_is_right(store: Store) -> None:
    """A dead battery, a restored machine: for an hour it was a year later."""
    store.sync_feeds([("wire", "https://wire.example.org/feed")], NOW)
    ahead = NOW + YEAR
    poll = FeedAnswer(feed="wire", outcome=PollOutcome.UNCHANGED, entries=(), next_poll_at=ahead + DAY)
    store.save_answers([poll], ahead)
    due = [
        NewDelivery(key=key, channel=key, change_ids=(), payload={}, due_at=ahead)
        for key in ("leased", "tried", "held")
    ]
    store.enqueue(due, ahead)
    hour = timedelta(hours=1)
    for delivery in store.lease_due(ahead, limit=9, lease=hour, worker="w"):
        if delivery.key == "tried":
            store.mark_retry("tried", ahead + hour, "timeout")
    store.hold_channel("held", ahead + hour, "auth")
    assert [feed.name for feed in store.due_feeds(NOW)] == ["wire"]
    assert store.held_channels(NOW) == {}
    assert {one.key for one in store.lease_due(NOW, limit=9, lease=hour, worker="x")} == {"held", "leased", "tried"}


def test_a_clock_that_is_behind_makes_nothing_due(store: Store) -> None:
    """A machine without a clock of its own begins in 1970: nobody is written to in quiet hours, or asked too early."""
    store.sync_feeds([("wire", "https://wire.example.org/feed")], NOW)
    poll = FeedAnswer(feed="wire", outcome=PollOutcome.UNCHANGED, entries=(), next_poll_at=NOW + DAY)
    store.save_answers([poll], NOW)
    due = [NewDelivery(key=key, channel=key, change_ids=(), payload={}, due_at=NOW) for key in ("leased", "held")]
    store.enqueue(due, NOW)
    store.lease_due(NOW, limit=9, lease=DAY, worker="w")
    store.hold_channel("held", NOW + DAY, "auth")
    behind = datetime(1970, 1, 1, tzinfo=UTC)
    store.start_run(behind)
    assert store.due_feeds(behind) == []
    assert store.lease_due(behind, limit=9, lease=DAY, worker="x") == []
    assert store.held_channels(behind) == {"held": "auth"}


def test_what_waits_as_it_should_is_left_to_wait(store: Store) -> None:
    """A week's digest, a server that asks for seven days."""
    store.sync_feeds([("wire", "https://wire.example.org/feed")], NOW)
    later = NOW + 8 * DAY
    poll = FeedAnswer(feed="wire", outcome=PollOutcome.UNCHANGED, entries=(), next_poll_at=later)
    store.save_answers([poll], NOW)
    store.enqueue([NewDelivery(key="d", channel="desk", change_ids=(), payload={}, due_at=later)], NOW)
    assert store.due_feeds(NOW) == []
    assert store.lease_due(NOW, limit=9, lease=DAY, worker="w") == []
    assert [one.state for one in store.deliveries()] == [DeliveryState.DUE]


def test_a_clock_that_falls_back_tells_nothing_twice_and_stops_nothing(
    watching: Monitor, undisturbed: list[Any]
) -> None:
    """A run in the morning, and the next one on the evening before."""
    work(watching, NOW)
    work(watching, NOW - DAY)
    assert outcome(watching.store) == undisturbed
    with watching.store._database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM runs")) == 2
