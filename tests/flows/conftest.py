"""One real Prefect server for all tests of flows. Prefect itself is imported after its environment is set."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.environment import prefect_environment
from flows.server import free_port, server_child, wait_healthy


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def prefect_url(prefect_home: Path) -> Iterator[str]:
    """The API of a running server that this process and its children talk to."""
    port = free_port()
    before = dict(os.environ)
    environment = prefect_environment(prefect_home / "prefect", port)
    with asyncio.Runner() as runner:
        server = server_child(prefect_home, port)
        runner.run(server.start())
        os.environ.update(environment)
        try:
            runner.run(wait_healthy(server, port))
            _copy_tables(prefect_home)
            yield environment["PREFECT_API_URL"]
        finally:
            _let_out_what_waits()
            runner.run(server.stop(5.0))
            os.environ.clear()
            os.environ.update(before)


@pytest.fixture(scope="session")
def prefect_tables(prefect_url: str, prefect_home: Path) -> Path:
    """A copy of the server's database right after its first start, for the servers of other tests: to make the tables
    takes longer than all the rest of a start."""
    return prefect_home / "template.db"


def _let_out_what_waits() -> None:
    """Logs and events of this process: their threads would try for more than a minute to reach a server that is gone,
    and the interpreter would wait for them."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=5)
    EventsWorker.drain_all(timeout=5)


def _copy_tables(home: Path) -> None:
    live, copy = sqlite3.connect(home / "prefect" / "prefect.db"), sqlite3.connect(home / "template.db")
    live.backup(copy)
    live.close()
    copy.close()
