"""Settings that change while alerts wait: those that are read next hold for what waits, too."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import alertkit
import pytest
from webhook_sink import open_sink

from monitor.alerts.messages import deliveries_for
from monitor.errors import StoreError
from monitor.pipeline import Monitor
from monitor.settings import load_settings

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
            config.write_text(SETTINGS.format(port=sink.port, pace=""), encoding="utf-8")
            again = Monitor(load_settings(config), monitor.store, monitor.lexicon)
            asyncio.run(again.deliver(later, lambda: later))
        assert [body["alert"]["headline"] for body in sink.bodies] == [alertkit.message().headline]


def test_databases_that_share_a_folder_keep_apart_what_their_receivers_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same alert, under the same key: the first deliverer ends before it can write down that it went out."""

    def fail(keys: Sequence[str], now: datetime) -> None:
        raise StoreError("away")

    def deliver(database: str, *, marked: bool = True) -> None:
        config = tmp_path / f"{database}.toml"
        words = SETTINGS.format(port=sink.port, pace="").replace("monitor.db", f"{database}.db")
        config.write_text(words, encoding="utf-8")
        with Monitor.open(config) as monitor, monkeypatch.context() as patched:
            made = deliveries_for(alertkit.message(), ["desk"], alertkit.NOW)
            monitor.store.enqueue([replace(one, change_ids=()) for one in made], alertkit.NOW)
            if not marked:
                patched.setattr(monitor.store, "mark_sent", fail)
            later = alertkit.NOW + timedelta(minutes=10)
            asyncio.run(monitor.deliver(later, lambda: later))

    with open_sink() as sink:
        with pytest.raises(StoreError):
            deliver("one", marked=False)
        deliver("other")
        assert len(sink.bodies) == 2
