"""A poll that is killed half-way: what the feeds that weren't asked hold is news or history as it would have been."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.pipeline import Monitor

pytestmark = pytest.mark.process

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = NOW - 72 * HOUR, NOW - HOUR
CONFIG = """
[store]
url = "{url}"
[[watch]]
name = "koreans"
subject = "North Korean troops"
"""
FEED = """
[[feed]]
name = "{name}"
folder = "{name}"
interval = "5m"
"""

# Polls, and kills itself once so many feeds are stored.
VICTIM = """
import asyncio, os, signal, sys
from datetime import datetime
from pathlib import Path
from monitor import pipeline

left = int(sys.argv[3])
pipeline.FEEDS_AT_ONCE = 1
save = pipeline.Store.save_answers

def saved(*given, **more):
    global left
    found = save(*given, **more)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return found

pipeline.Store.save_answers = saved
with pipeline.Monitor.open(Path(sys.argv[1])) as monitor:
    now = datetime.fromisoformat(sys.argv[2])
    monitor.begin(now)
    asyncio.run(monitor.poll(now))
"""


@pytest.fixture
def watching(store_url: str, tmp_path: Path) -> Callable[..., Path]:
    """Settings with these feeds, each of which has an article of three days ago and one of an hour ago."""

    def written(*names: str) -> Path:
        for name in names:
            (tmp_path / name).mkdir(exist_ok=True)
            for age, when in (("old", OLD), ("new", NEW)):
                head = f"---\nurl: https://{name}.example.org/{age}\npublished: {when.isoformat()}\n---\n"
                text = f"{head}More than 3,000 were killed, {name} says."
                (tmp_path / name / f"{age}.txt").write_text(text, encoding="utf-8")
        file = tmp_path / "monitor.toml"
        feeds = "".join(FEED.format(name=name) for name in names)
        file.write_text(CONFIG.format(url=store_url) + feeds, encoding="utf-8")
        return file

    return written


def killed(config: Path, now: datetime, after: int) -> None:
    command = [sys.executable, "-c", VICTIM, str(config), now.isoformat(), str(after)]
    ended = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert ended.returncode == -9, ended.stderr.decode()


async def polled(config: Path, now: datetime) -> dict[str, set[str]]:
    """The articles of each feed that are history after an undisturbed poll, of those that are known at all."""
    with Monitor.open(config) as monitor:
        monitor.begin(now)
        await monitor.poll(now)
        known = monitor.store.pending(now, limit=100)
        feeds = {article.entry.feed for article in known}
        history = [article for article in known if article.baseline]
        return {feed: {one.entry.key for one in history if one.entry.feed == feed} for feed in feeds}


async def test_a_first_poll_is_carried_on_and_what_is_added_later_stays_history(
    watching: Callable[..., Path],
) -> None:
    first = ("a", "b", "c")
    killed(watching(*first), NOW, after=1)
    left = await polled(watching(*first), NOW + HOUR)
    assert left == {"a": set(), "b": set(), "c": set()}
    killed(watching(*first, "d", "e"), NOW + 2 * HOUR, after=1)
    left = await polled(watching(*first, "d", "e"), NOW + 3 * HOUR)
    assert left == {"a": set(), "b": set(), "c": set(), "d": {"file:old.txt"}, "e": {"file:old.txt"}}


async def test_what_is_added_after_a_poll_that_was_cut_off_is_added_later(watching: Callable[..., Path]) -> None:
    killed(watching("a", "b"), NOW, after=1)
    left = await polled(watching("a", "b", "c"), NOW + HOUR)
    assert left == {"a": set(), "b": set(), "c": {"file:old.txt"}}
