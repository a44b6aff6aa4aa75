"""A time line that comes in once more, as after a crash or from a second feed, changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from time_lines import HERE

from monitor.pipeline import Monitor
from monitor.replay import Event, read_events
from monitor.settings import load_settings
from monitor.store import Store
from monitor.store.tables import Table


def feed(monitor: Monitor, events: list[Event]) -> list[str]:
    """The ids of the changes that the events cause, one after the other."""
    told = []
    for event in events:
        monitor.store.add_entries([event.entry], event.at, baseline=False)
        monitor.take_texts(event.at)
        monitor.extract()
        told += monitor.compare(event.at)
    return told


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store._database.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Table.metadata.tables.items()
        }


@pytest.mark.process  # the lexicon, and some thirty articles read
def test_the_same_events_again_add_no_row(tmp_path: Path) -> None:
    folder = HERE / "sudan-strikes"
    events = read_events((folder / "events.jsonl").read_text(encoding="utf-8").splitlines(), "events.jsonl")
    settings = load_settings(folder / "watch.toml")
    store = Store(f"sqlite:///{tmp_path}/twice.db")
    store.migrate()
    with Monitor(settings, store, settings.load_lexicon()) as monitor:
        told = feed(monitor, events)
        once = rows(store)
        assert len(told) >= 13
        assert once["changes"] == len(told)
        assert feed(monitor, events) == []
        assert rows(store) == once
