"""Deliverers that are killed at any moment, over receivers that count what comes."""

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import alertkit
from crash_receivers import receivers

from monitor.alerts.messages import deliveries_for
from monitor.domain.deliveries import DeliveryState, NewDelivery
from monitor.store import Store

DRIVER = Path(__file__).with_name("crash_driver.py")
PACE = 30
"""The deliverers' clocks run so many times as fast as ours: a lease of five minutes runs out in ten seconds. A slow
machine must not make it run out while its deliverer lives."""


@dataclass(frozen=True)
class Ended:
    """How it went. `came`: how often each delivery reached its receiver; `told`: the keys under which one change did,
    by channel."""

    expected: frozenset[str]
    came: Counter[str]
    told: Mapping[tuple[str, str], set[str]]
    sent: int
    seconds: float

    @property
    def doubles(self) -> int:
        return self.came.total() - len(self.came)


class Deliverers:
    """Processes with verbs."""

    def __init__(self, commands: IO[str], answers: IO[str]) -> None:
        self._commands, self._answers = commands, answers

    def start(self) -> None:
        self._say("start")

    def kill(self, which: int) -> None:
        """SIGKILL for one of them, 0 for the oldest; another one takes its place."""
        self._say(f"kill {which}")

    def _say(self, command: str) -> None:
        self._commands.write(f"{command}\n")
        self._commands.flush()
        assert self._answers.readline(), "the driver ended"


@contextlib.contextmanager
def deliverers(count: int, url: str, channels: Mapping[str, str], notes: Path) -> Iterator[Deliverers]:
    told = json.dumps({"url": url, "channels": channels, "pace": PACE, "notes": str(notes)})
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    command = [sys.executable, str(DRIVER), told]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        made = Deliverers(driver.stdin, driver.stdout)
        try:
            for _ in range(count):
                made.start()
            yield made
        finally:
            driver.stdin.close()
    assert driver.returncode == 0


def crash(
    url: str,
    notes: Path,
    *,
    count: int,
    deliveries: int,
    kills: int,
    seconds: float,
    patience: float,
    chance: random.Random,
) -> Ended:
    """Puts alerts for two channels into the outbox, evenly over so many seconds, and kills one of `count` deliverers
    `kills` times meanwhile, each time at a moment that is left to chance; then waits until everything is delivered."""
    began = time.monotonic()
    with receivers() as there, Store(url) as store:
        channels = {
            "hook": f"json://127.0.0.1:{there.web_port}/hook",
            "desk": f"mailto://127.0.0.1:{there.mail_port}?from=a@b.org&to=c@d.org",
        }
        made = [_deliveries(number, tuple(channels)) for number in range(deliveries // 2)]
        with deliverers(count, url, channels, notes) as running:
            begin = time.monotonic()
            moments = [(seconds * number / len(made), some) for number, some in enumerate(made)]
            moments += [(seconds * chance.uniform(number, number + 1) / kills, []) for number in range(kills)]
            for at, some in sorted(moments, key=lambda moment: moment[0]):
                time.sleep(max(begin + at - time.monotonic(), 0))
                if some:
                    store.enqueue(some, alertkit.NOW)
                else:
                    running.kill(chance.randrange(count))
            _wait(lambda: _sent(store) == deliveries, began + patience)
        told: dict[tuple[str, str], set[str]] = {}
        arrivals = there.arrivals()
        for one in arrivals:
            told.setdefault((one.channel, one.change), set()).add(one.key)
        expected = frozenset(one.key for some in made for one in some)
        came = Counter(one.key for one in arrivals)
        return Ended(expected, came, told, _sent(store), time.monotonic() - began)


def _deliveries(number: int, channels: tuple[str, ...]) -> list[NewDelivery]:
    message = alertkit.message(alertkit.told(f"x{number:013}"))
    return [replace(one, change_ids=()) for one in deliveries_for(message, channels, alertkit.NOW)]


def _sent(store: Store) -> int:
    return len(store.deliveries(DeliveryState.SENT, limit=10_000))


def _wait(reached: Callable[[], bool], until: float) -> None:
    while not reached():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)
