"""The deliverer: settings that change while it runs, and what another start can't mend."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flowkit import World, world

from flows import deliverer
from flows.__main__ import main
from monitor.pipeline import Monitor

pytestmark = pytest.mark.process

NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as running:
        yield running


async def queue_an_alert(config: Path) -> None:
    """All of a run but its last step."""
    with Monitor.open(config) as monitor:
        monitor.begin(NOW)
        await monitor.poll(NOW)
        await monitor.read(NOW)
        monitor.extract()
        assert monitor.compare(NOW)


def rename_channel(config: Path, new: str) -> None:
    config.write_text(config.read_text(encoding="utf-8").replace('newsroom"', f'{new}"'), encoding="utf-8")


async def test_a_channel_that_was_added_after_the_start_is_known(wire: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "monitor.deliverer")
    stop = asyncio.Event()
    work = asyncio.ensure_future(deliverer.run(wire.config, stop, pause=0.05))
    await asyncio.sleep(0.2)
    rename_channel(wire.config, "desk")
    await queue_an_alert(wire.config)
    async with asyncio.timeout(60):
        while not wire.mailbox.arrived and not work.done():  # noqa: ASYNC110 -- a thread makes it true
            await asyncio.sleep(0.05)
    stop.set()
    await work
    assert "the settings have changed and were read again; channels: desk" in caplog.messages


def test_settings_that_are_wrong_leave_those_before_in_force(wire: World, caplog: pytest.LogCaptureFixture) -> None:
    opened = deliverer.Opened(wire.config)
    before = opened.monitor
    good = wire.config.read_text(encoding="utf-8")
    for wrong in (f"{good}\ncolour = 1\n", good.replace("mailto:", "nosuchthing:")):
        caplog.clear()
        wire.config.write_text(wrong, encoding="utf-8")
        opened.refresh()
        opened.refresh()
        assert opened.monitor is before
        assert len(caplog.messages) == 1, "said once for each change"
    wire.config.write_text(good, encoding="utf-8")
    opened.refresh()
    assert opened.monitor is not before
    opened.close()


def test_a_database_of_a_newer_version_is_one_line_and_exit_2(
    wire: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Monitor.open(wire.config):
        pass
    with sqlite3.connect(tmp_path / "monitor.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert main(["deliverer", "--config", str(wire.config)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("monitor: ")
    assert said.count("\n") == 1
    assert "newer version" in said


def test_a_database_that_is_away_is_tried_again(wire: World, tmp_path: Path) -> None:
    (tmp_path / "monitor.db").mkdir()
    assert main(["deliverer", "--config", str(wire.config)]) == deliverer.TRY_AGAIN
