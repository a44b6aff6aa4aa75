"""Deliverers that are killed at any moment, over receivers that count what comes."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import alertkit
from mailroom import MailRoom, open_room
from webhook_sink import Sink, open_sink

from monitor.alerts.messages import deliveries_for
from monitor.domain.deliveries import DeliveryState
from monitor.store import Store

DRIVER = Path(__file__).with_name("crash_driver.py")
PACE = 100
"""The deliverers' clocks run so many times as fast as ours: a lease of five minutes runs out in seconds."""
LATENCY = 0.1
"""Seconds until a receiver takes a message: what services on the Internet need at least."""


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

    def kill_one(self) -> None:
        """SIGKILL for one of them; another one takes its place."""
        self._say("kill")

    def _say(self, command: str) -> None:
        self._commands.write(f"{command}\n")
        self._commands.flush()
        assert self._answers.readline(), "the driver ended"


@contextlib.contextmanager
def deliverers(count: int, url: str, channels: Mapping[str, str]) -> Iterator[Deliverers]:
    told = json.dumps({"url": url, "channels": channels, "pace": PACE, "latency": LATENCY})
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    command = [sys.executable, str(DRIVER), told]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        made = Deliverers(driver.stdin, driver.stdout)
        for _ in range(count):
            made.start()
        yield made
        driver.stdin.close()
    assert driver.returncode == 0


def crash(url: str, *, count: int, deliveries: int, kills: int, patience: float) -> Ended:
    """Kills one of `count` deliverers each time that so many more messages have come, until everything is delivered."""
    began = time.monotonic()
    with open_sink() as sink, open_room() as room, Store(url) as store:
        sink.slow = room.slow = LATENCY
        channels = {
            "hook": f"json://127.0.0.1:{sink.port}/hook",
            "desk": f"mailto://127.0.0.1:{room.port}?from=a@b.org&to=c@d.org",
        }
        expected = _enqueue(store, tuple(channels), deliveries // 2)
        with deliverers(count, url, channels) as running:
            for number in range(1, kills + 1):
                due = number * deliveries // (kills + 1)
                _wait(lambda due=due: len(sink.bodies) + len(room.mails) >= due, began + patience)
                running.kill_one()
            _wait(lambda: _sent(store) == deliveries, began + patience)
        told: dict[tuple[str, str], set[str]] = {}
        for key, what in _arrivals(sink, room):
            told.setdefault(what, set()).add(key)
        came = Counter(key for key, _ in _arrivals(sink, room))
        return Ended(expected, came, told, _sent(store), time.monotonic() - began)


def _enqueue(store: Store, channels: tuple[str, ...], messages: int) -> frozenset[str]:
    made = []
    for number in range(messages):
        message = alertkit.message(alertkit.told(f"x{number:013}"))
        made += [replace(one, change_ids=()) for one in deliveries_for(message, channels, alertkit.NOW)]
    store.enqueue(made, alertkit.NOW)
    return frozenset(one.key for one in made)


def _arrivals(sink: Sink, room: MailRoom) -> Iterator[tuple[str, tuple[str, str]]]:
    """The key of each message that came, and which change it told where."""
    for headers, body in zip(sink.headers, sink.bodies, strict=True):
        assert headers["Idempotency-Key"] == body["alert"]["key"]
        yield headers["Idempotency-Key"], ("hook", body["alert"]["items"][0]["change_id"])
    for mail in room.mails:
        text = mail.get_body(("plain",)).get_content()
        yield mail["Message-ID"].strip("<>").partition("@")[0], ("desk", text.split("monitor explain ")[1].split()[0])


def _sent(store: Store) -> int:
    return len(store.deliveries(DeliveryState.SENT, limit=10_000))


def _wait(reached: Callable[[], bool], until: float) -> None:
    while not reached():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.02)
