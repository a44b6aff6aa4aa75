"""Runs the monitor over and over, each time killed at another commit, and prints what was left after a second run.

    python kill_driver.py FOLDER CONFIG

FOLDER holds `template.db`, a migrated database. Each trial works on a copy of it: a first run in a process that kills
itself with SIGKILL just after its k-th commit, then an undisturbed second one, an hour later. Just before a commit the
database is what it was just after the one before: that is a trial of its own only where a mail went out between. Prints
JSON lines: {"killed": null | "before 3" | …, "left": {…}}, the first of them without any kill, until a run has fewer
commits than k. Forks, so that Python and the lexicon are loaded once; it must not have threads of its own. For the
same reason pages are read in the process itself instead of in a worker: a worker takes a second to start.
"""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flowkit import ARTICLES
from sqlalchemy.engine.default import DefaultDialect

from flows.demo_feed import page
from monitor.alerts.mail import MailChannel
from monitor.extract import extract
from monitor.pipeline import Monitor
from monitor.sources import pages
from monitor.sources.pagetext import read_html

NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)

QUERIES = {
    "articles": "SELECT url, status, pending, revisions FROM articles ORDER BY url",
    "claims": "SELECT id, low, high, replaced FROM claims ORDER BY id",
    "decisions": "SELECT claim_id, party, kind, alert FROM decisions ORDER BY claim_id, series_key, party",
    "changes": "SELECT id, kind, party FROM changes ORDER BY id",
    "anchors": "SELECT series_key, party, claim_id FROM anchors ORDER BY series_key, party",
    "deliveries": "SELECT key, state FROM deliveries ORDER BY key",
}


async def one_run(config: Path, now: datetime) -> None:
    """All steps of a run, with the deliverer's clock under control as well."""
    with Monitor.open(config) as monitor:
        monitor.begin(now)
        await monitor.poll(now)
        await monitor.read(now)
        monitor.extract()
        monitor.compare(now)
        await monitor.deliver(now, clock=lambda: now)
        monitor.finish(now)


async def read_page_here(body: bytes, headers: Mapping[str, str], url: str, *, deadline: float) -> dict[str, Any]:
    """What a worker would answer."""
    return read_html(body, headers, url).to_json()


def kill_at(count: int, *, before: bool) -> None:
    """Arms this process: it dies at its count-th commit."""
    commit: Callable[[Any, Any], None] = DefaultDialect.do_commit
    seen = 0

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == count and before:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(dialect, connection)
        if seen == count:
            os.kill(os.getpid(), signal.SIGKILL)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign,assignment]


def note_mails(file: Path) -> None:
    """Arms this process: it notes which commit each mail is followed by."""
    commit: Callable[[Any, Any], None] = DefaultDialect.do_commit
    send = MailChannel.send
    seen = 0

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        nonlocal seen
        seen += 1
        commit(dialect, connection)

    def noted(*arguments: Any, **named: Any) -> Any:
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{seen + 1}\n")
        return send(*arguments, **named)

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign,assignment]
    MailChannel.send = noted  # type: ignore[method-assign]


def in_child(work: Callable[[], None]) -> int:
    """Does the work in a fork; gives its exit code, negative for a signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except BaseException as error:  # noqa: BLE001 -- nothing may leave a fork but its exit code
        print(repr(error), file=sys.stderr)
        os._exit(1)
    os._exit(0)


def trial(folder: Path, config: Path, arm: Callable[[], None]) -> tuple[bool, dict[str, Any]]:
    """One trial on a fresh copy of the template: whether the first run was killed, and what was left at the end."""
    for old in folder.glob("monitor.db*"):
        old.unlink()
    shutil.copy(folder / "template.db", folder / "monitor.db")

    def first() -> None:
        arm()
        asyncio.run(one_run(config, NOW))

    code = in_child(first)
    if code not in {0, -signal.SIGKILL}:
        raise SystemExit(f"the first run failed with {code}")
    if in_child(lambda: asyncio.run(one_run(config, NOW + timedelta(hours=1)))):
        raise SystemExit("the second run failed")
    return code != 0, left(folder / "monitor.db")


def left(database: Path) -> dict[str, Any]:
    """What is in the database, in a stable order and without times."""
    connection = sqlite3.connect(database)
    try:
        return {name: connection.execute(query).fetchall() for name, query in QUERIES.items()}
    finally:
        connection.close()


def warm_up() -> None:
    """Loads what is loaded at first use, once for all forks."""
    import alembic.context
    import apprise
    import feedparser

    assert all((alembic, apprise, feedparser))
    extract("A text that loads the lexicon and the languages.")
    # A page as short as those of the test, or the reader's second opinion and its word lists stay cold.
    read_html(page(ARTICLES[0]), {}, "http://127.0.0.1/")


def main(folder: Path, config: Path) -> None:
    """All trials. A line on standard input is awaited after each, so that the mails can be told apart."""
    pages.read_page_apart = read_page_here
    warm_up()
    noted = folder / "mailed.txt"
    tell(None, trial(folder, config, lambda: note_mails(noted))[1])
    mailed = {int(line) for line in noted.read_text(encoding="utf-8").split()}
    for count in range(1, 1000):
        for before in (True, False) if count in mailed else (False,):
            killed, rest = trial(folder, config, lambda count=count, before=before: kill_at(count, before=before))
            if not killed:
                return
            tell(f"{'before' if before else 'after'} commit {count}", rest)


def tell(killed: str | None, rest: dict[str, Any]) -> None:
    """Prints one trial and waits until it has been noted."""
    print(json.dumps({"killed": killed, "left": rest}), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
