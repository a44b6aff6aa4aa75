"""Settings that change while alerts wait: those that are read next hold for what waits, too."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import alertkit
import pytest
from webhook_sink import open_sink

from monitor.alerts.journal import Journal
from monitor.alerts.messages import deliveries_for
from monitor.pipeline import Monitor
from monitor.settings import load_settings
from monitor.store import Store

pytestmark = pytest.mark.process  # a real web receiver

SETTINGS = """
[store]
url = "sqlite:///monitor.db"
[[watch]]
name = "koreans"
subject = "North Korean troops"
channels = ["desk"]
[[channel]]
name = "desk"
url = "json://127.0.0.1:{port}/hook"
{pace}
"""


def test_an_alert_that_waits_for_the_morning_goes_out_when_quiet_hours_are_taken_away(tmp_path: Path) -> None:
    config, now = tmp_path / "monitor.toml", alertkit.NOW
    later = now + timedelta(minutes=10)
    with open_sink() as sink:
        config.write_text(SETTINGS.format(port=sink.port, pace='quiet_hours = "09:00-17:00"'), encoding="utf-8")
        with Monitor.open(config) as monitor:
            (channel,) = monitor.settings.channels
            made = deliveries_for(alertkit.message(), ["desk"], now, paces={"desk": channel.pace})
            monitor.store.enqueue([replace(one, change_ids=()) for one in made], now)
            for _ in range(2):
                asyncio.run(monitor.deliver(now, lambda: now))
            assert sink.bodies == []
            neighbour(tmp_path, taken=[one.key for one in made])
            config.write_text(SETTINGS.format(port=sink.port, pace=""), encoding="utf-8")
            again = Monitor(load_settings(config), monitor.store, monitor.lexicon)
            asyncio.run(again.deliver(later, lambda: later))
        assert [body["alert"]["headline"] for body in sink.bodies] == [alertkit.message().headline]


def neighbour(folder: Path, taken: Sequence[str]) -> None:
    """Another database beside, whose deliverer is killed right after its receivers took alerts of these keys."""
    with Store(f"sqlite:///{folder}/other.db") as other:
        left = Journal(folder / "var" / "sending" / other.mark)
        for key in taken:
            left.note(key)
        left.__exit__(KeyboardInterrupt, None, None)
