"""Forks deliverers and kills them on command, so that a new one works at once: Python and all modules are loaded.

    python crash_driver.py '{"url": DATABASE, "channels": {NAME: ADDRESS}, "pace": 100, "notes": FOLDER}'

Standard input says "start", or "kill 0" (SIGKILL for the oldest of those that run, 1 for the next; a new one takes its
place), or ends, and then all are killed. Each is answered with a line. It must not have threads of its own.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.alerts.channels import Channel, open_channel
from monitor.alerts.deliver import deliver_due
from monitor.store import Store

START = datetime(2025, 1, 13, 9, 30, tzinfo=UTC)
LEASED = 8
"""Few at once, or most of them would lie in the leases of those that were killed."""


def deliver_for_ever(url: str, channels: Mapping[str, Channel], pace: float, notes: str, began: float) -> None:
    """What each of them does, with a clock that runs `pace` times as fast: leases run out in seconds."""

    def now() -> datetime:
        return START + timedelta(seconds=pace * (time.time() - began))

    with Store(url) as store:
        while True:
            deliver_due(store, channels, now=now, limit=LEASED, worker=f"pid {os.getpid()}", notes=Path(notes))
            time.sleep(0.02)


def start(url: str, channels: Mapping[str, Channel], pace: float, notes: str, began: float) -> int:
    child = os.fork()
    if child:
        return child
    try:
        deliver_for_ever(url, channels, pace, notes, began)
    except BaseException as error:  # noqa: BLE001 -- nothing may leave a fork but its exit code
        print(repr(error), file=sys.stderr)
    os._exit(1)


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise SystemExit("a deliverer ended by itself")


def main(url: str, channels: Mapping[str, str], pace: float, notes: str) -> None:
    began, running = time.time(), list[int]()
    # Before there is any connection: a fork may use them as its own.
    opened = {name: open_channel(name, address) for name, address in channels.items()}
    for line in sys.stdin:
        command, *which = line.split()
        if command == "kill":
            end(running.pop(int(which[0])))
        running.append(start(url, opened, pace, notes, began))
        print(running[-1], flush=True)
    for child in running:
        end(child)


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
