"""Texts of strikes that come in out of order, through the store: what belongs elsewhere is moved, and so kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.domain.articles import Entry
from monitor.pipeline import Monitor
from monitor.reprocess import read_again, take_over
from monitor.store.tables import ChangeTable, DecisionTable, DeliveryTable, FormerDecisionTable
from monitor.verdicts import Bench

CONFIG = """
[store]
url = "{url}"
[[watch]]
name = "strikes"
measures = ["killed"]
scope = ["incident"]
"""
STRIKE = "{} people were killed in a drone strike in El Obeid, the Sudan Doctors Network said."


@pytest.fixture
def monitor(tmp_path: Path, store_url: str) -> Iterator[Monitor]:
    config = tmp_path / "monitor.toml"
    config.write_text(CONFIG.format(url=store_url), encoding="utf-8")
    with Monitor.open(config) as opened:
        yield opened


def take(monitor: Monitor, number: int, day: int, now: int) -> list[str]:
    """A toll published on one day of March comes in on another; what is told."""
    url = f"https://wire.example.org/{day}"
    at, published = (datetime(2025, 3, one, 12, tzinfo=UTC) for one in (now, day))
    entry = Entry(
        feed="wire",
        key=url,
        url=url,
        title="Strike",
        outlet="The Wire",
        published_at=published,
        text=STRIKE.format(number),
        full_text=True,
    )
    monitor.store.add_entries([entry], at, baseline=False)
    monitor.take_texts(at)
    monitor.extract()
    return monitor.compare(at)


def decided(monitor: Monitor) -> list[tuple[int, str | None, bool]]:
    """The number, the incident and whether readers were told, of each decision that stands."""
    with monitor.store.comparing() as book:
        rows = book._session.scalars(select(DecisionTable)).all()
        found = []
        for row in rows:
            claim = book.claim(row.claim_id)
            found.append((claim.figure.quantity.number, row.series_key, row.alert))
    return sorted(found)


def test_a_late_text_moves_what_belongs_elsewhere(monitor: Monitor) -> None:
    take(monitor, 90, day=7, now=7)
    take(monitor, 45, day=5, now=8)  # within two days of the seventh
    told = take(monitor, 20, day=3, now=9)  # the strike began on the third: the fifth's toll is its own
    homes = {number: series for number, series, _ in decided(monitor)}
    assert homes[45] == homes[20] != homes[90]
    assert len(told) == 1, "the fifth's toll was late beside the seventh's, and is news where it belongs"
    with monitor.store.comparing() as book:
        session = book._session
        (former,) = session.scalars(select(FormerDecisionTable)).all()
        change = session.get_one(ChangeTable, told[0])
        assert (former.kind, former.series_key) == ("late", homes[90])
        assert (change.kind, change.after.number if change.after else None) == ("first", 45)
        assert len(session.scalars(select(DeliveryTable)).all()) == 0  # no channel is set up


def test_and_whoever_judges_or_reads_again_finds_it_there(monitor: Monitor) -> None:
    for number, day, now in ((90, 7, 7), (45, 5, 8), (20, 3, 9)):
        take(monitor, number, day=day, now=now)
    before = decided(monitor)
    monitor.extractor = "another"
    read_again(monitor, lambda *_: None)
    take_over(monitor, datetime(2025, 3, 10, tzinfo=UTC))
    assert decided(monitor) == before
    judge = Bench(monitor.store, monitor.watches, monitor.teller)
    claim = next(row for row in monitor.store.figures() if row.claim.figure.quantity.number == 45).claim.id
    judge.reject(claim, who="ann", why="", now=datetime(2025, 3, 11, tzinfo=UTC))
    assert [(number, series) for number, series, _ in decided(monitor)] == [
        (number, series) for number, series, _ in before if number != 45
    ]
