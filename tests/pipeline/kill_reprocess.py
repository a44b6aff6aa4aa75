"""Does one step over and over, each time killed at another statement, and prints what was left after a second run.

    python kill_reprocess.py compare|reprocess URL FOLDER

URL is a migrated database with nothing in it. Prints JSON lines: {"killed": null | statement, "left": {…}}, the first
of them without any kill. Each trial begins from the same rows. Forks, so that Python and the lexicon are loaded once.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select

from monitor import extract as extraction
from monitor.domain.articles import Entry
from monitor.extract import Figure, Reading
from monitor.pipeline import Monitor
from monitor.reprocess import read_again, take_over
from monitor.store.tables import Table

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
LOSSES = "More than {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."
ARTICLES = (("a", "3,000", 0), ("b", "4,000", 9), ("a", "3,500", 12), ("c", "5,000", 19), ("d", "5,000", 20))
CONFIG = """
[store]
url = "{url}"
[[channel]]
name = "newsroom"
url = "json://127.0.0.1:9/"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["newsroom"]
"""
TABLES = {
    "revisions": ("id", "extractor", "language"),
    "claims": ("id", "revision_id", "low", "replaced", "rejected", "past_reader"),
    "former_claims": ("claim_id", "revision_id", "extractor"),
    "decisions": ("claim_id", "revision_id", "series_key", "party", "kind", "alert"),
    "former_decisions": ("claim_id", "revision_id", "series_key", "party", "kind"),
    "changes": ("id", "claim_id"),
    "anchors": ("series_key", "party", "quantity", "claim_id"),
    "deliveries": ("key", "state"),
    "rereadings": ("revision_id",),
}
"""What is held against one another, without times and numbers of rows."""

STEP = 1 if os.environ.get("EVERY_KILL") else 3
"""Every third statement dies in turn, so that the whole suite stays quick; EVERY_KILL=1 tries each of them."""

extract = extraction.extract


def otherwise(body: str, **more: Any) -> Reading:
    """Another extractor: it reads twice the number, and nothing in texts of 4,000."""
    found = extract(body, **more)
    return replace(found, figures=tuple(map(_doubled, found.figures)) if "4,000" not in body else ())


def _doubled(figure: Figure) -> Figure:
    low = figure.quantity.low
    return replace(figure, quantity=replace(figure.quantity, low=low and low * 2))


def prepared(monitor: Monitor, step: str) -> None:
    """Everything up to the step that is to be killed."""
    for name, number, days in ARTICLES:
        now, url = NOW + timedelta(days=days), f"https://{name}.example.org/"
        body = LOSSES.format(number)
        entry = Entry(
            feed="w", key=url, url=url, title="Losses", outlet=name, published_at=now, text=body, full_text=True
        )
        monitor.store.add_entries([entry], now, baseline=False)
        monitor.take_texts(now)
        monitor.extract()
        if step == "reprocess":
            monitor.compare(now)


def do(monitor: Monitor, step: str) -> None:
    """The step itself, as a second start would do it too."""
    if step == "compare":
        monitor.compare(NOW + timedelta(days=30))
        return
    extraction.extract = otherwise
    monitor.extractor = "another"
    read_again(monitor, lambda *_: None)
    take_over(monitor, NOW + timedelta(days=30))


def die_at(monitor: Monitor, statement: int) -> None:
    """Arms this process: it dies before its statement of this number; commits count too."""
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = monitor.store._database._engine
    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)


def in_child(work: Callable[[], None]) -> bool:
    """Does the work in a fork; true when it came to its end."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in {0, -signal.SIGKILL}:
            raise SystemExit(f"failed with {code}")
        return code == 0
    try:
        work()
    except BaseException as error:  # noqa: BLE001 -- nothing may leave a fork but its exit code
        print(repr(error), file=sys.stderr)
        os._exit(1)
    os._exit(0)


def rows(monitor: Monitor) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored."""
    with monitor.store._database.read() as session:
        tables = Table.metadata.sorted_tables
        found = {table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}
    monitor.store.close()
    return found


def restore(monitor: Monitor, stored: dict[str, list[dict[str, Any]]]) -> None:
    """Makes the database what it was."""
    with monitor.store._database.write() as session:
        for table in reversed(Table.metadata.sorted_tables):
            session.execute(table.delete())
        for table in Table.metadata.sorted_tables:
            if stored[table.name]:
                session.execute(insert(table), stored[table.name])
    monitor.store.close()


def left(monitor: Monitor) -> dict[str, list[Any]]:
    """What is compared, in a stable order."""
    found = rows(monitor)
    return {
        name: sorted([str(row[column]) for column in columns] for row in found[name])
        for name, columns in TABLES.items()
    }


def main(step: str, url: str, folder: Path) -> None:
    """All trials, until a run has fewer statements than are waited for."""
    config = folder / "monitor.toml"
    config.write_text(CONFIG.format(url=url), encoding="utf-8")
    with Monitor.open(config) as monitor:
        extraction.extract("A text that loads the lexicon and the languages.")
        prepared(monitor, step)
        stored = rows(monitor)
        for statement in (None, *range(0, 10_000, STEP)):
            restore(monitor, stored)

            def first(statement: int | None = statement) -> None:
                if statement is not None:
                    die_at(monitor, statement)
                do(monitor, step)

            whole = in_child(first)
            in_child(lambda: do(monitor, step))
            if whole and statement is not None:
                return
            print(json.dumps({"killed": statement, "left": left(monitor)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
