"""How feeds are taken in, beside lemon24/reader on the same feeds: `make bench-ingest`.

    python tests/bench/ingest.py --reader VENV/bin/python [--feeds 500] [--many 5000] [--rounds 2] [--without-prefect]

Feeds come over loopback HTTP from a process of their own. What is compared runs in turns, each in a process of its own
that measures itself; of several rounds the best one counts, since others use the machine as well. CPU is that of the
process and of its children. Every line ends with its goal.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.pipeline import PAGES_AT_ONCE, Monitor

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
SLOW = 100
"""Milliseconds of a server that is far away."""
CONFIG = """
[store]
url = "sqlite:///monitor.db"

[fetch]
allow_private = ["127.0.0.1"]

[[watch]]
name = "north-korean-troops"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
"""
Took = dict[str, float]


def used() -> float:
    """Seconds of CPU of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


async def timed(step: Callable[[], Awaitable[object]]) -> Took:
    wall, cpu = time.perf_counter(), used()
    await step()
    return {"wall": time.perf_counter() - wall, "cpu": used() - cpu}


def config(folder: Path, port: int, feeds: int, *, slow: int = 0) -> Path:
    """Settings with all the feeds, in a folder that has none yet."""
    path = f"{slow}/" if slow else ""
    tables = (f'[[feed]]\nname = "feed{n}"\nurl = "http://127.0.0.1:{port}/{path}{n}.xml"\n' for n in range(feeds))
    file = folder / "monitor.toml"
    file.write_text(CONFIG + "\n".join(tables), encoding="utf-8")
    return file


async def ours(folder: Path, port: int, feeds: int) -> dict[str, Any]:
    """A first poll with all that it stores, one where nothing has changed, and that one again from far away."""
    found: dict[str, Any] = {}
    with Monitor.open(config(folder, port, feeds)) as monitor:
        for name, now in (("first", NOW), ("unchanged", LATER)):
            monitor.begin(now)
            found[name] = await timed(lambda now=now: monitor.poll(now))  # type: ignore[misc]  # its default is bound
            monitor.finish(now)
        found["entries"] = len(monitor.store.pending(LATER, limit=100 * feeds))
    far = folder / "far"
    far.mkdir()
    with Monitor.open(config(far, port, feeds, slow=SLOW)) as monitor:
        for now in (NOW, LATER):
            monitor.begin(now)
            found["far"] = await timed(lambda now=now: monitor.poll(now))  # type: ignore[misc]  # as above
            monitor.finish(now)
    return found


async def many(folder: Path, port: int, feeds: int) -> dict[str, Any]:
    """One poll of very many feeds, all of them new."""
    with Monitor.open(config(folder, port, feeds)) as monitor:
        monitor.begin(NOW)
        found: dict[str, Any] = {"first": await timed(lambda: monitor.poll(NOW))}
        found["failed"] = monitor.finish(NOW).feeds.failed
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


async def under_prefect(folder: Path, port: int, feeds: int) -> dict[str, Any]:
    """The first poll once more, as the task of a flow on a real server. The server's own CPU isn't in it."""
    from flows.environment import prefect_environment
    from flows.server import free_port, running_server, wait_healthy

    own = free_port()
    async with running_server(folder / "data", own) as server:
        await wait_healthy(server, own)
        os.environ.update(prefect_environment(folder / "data" / "prefect", own))
        os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"
        from prefect import flow
        from prefect.logging.handlers import APILogHandler

        from flows.steps import poll

        with Monitor.open(config(folder, port, feeds)) as monitor:

            @flow
            async def polls() -> None:
                await poll(monitor, NOW)

            monitor.begin(NOW)
            cpu, wall = time.process_time(), time.perf_counter()  # children: the server, which isn't ours to count
            await polls()
            took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
            monitor.finish(NOW)
        await APILogHandler.aflush()
    return {"first": took}


PARTS = {part.__name__: part for part in (ours, many, under_prefect)}


def apart(part: str, port: int, feeds: int) -> dict[str, Any]:
    """What a part measures in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        command = [sys.executable, str(HERE / "ingest.py"), "--part", part, folder, str(port), str(feeds)]
        return told(command)


def reader(python: Path, port: int, feeds: int) -> dict[str, Any]:
    """What lemon24/reader takes for the same, one feed after the other, as is its default."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return told([str(python), str(HERE / "reader_side.py"), folder, str(port), str(feeds), "1"], PYTHONPATH="")


def parse_only(feeds: int) -> dict[str, Any]:
    """What feedparser alone takes for the same bodies, where nothing of ours has touched it."""
    return told([sys.executable, str(HERE / "parse_alone.py"), str(feeds)], PYTHONPATH="")


def told(command: list[str], **environment: str) -> dict[str, Any]:
    """The last line that a command prints, which is JSON."""
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


@contextmanager
def serving(entries: int) -> Iterator[int]:
    """The feeds' server, and its port."""
    command = [sys.executable, str(HERE / "feed_server.py"), "--entries", str(entries)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.stdin.close()


def line(what: str, value: str, ratio: float, goal: float, unit: str = "") -> None:
    """One measurement: its value, and how it stands to its goal."""
    verdict = "met" if ratio <= goal else "missed"
    print(f"{what:<52}{value:>22}   {ratio:>7.2f}{unit} of {goal:g}{unit} at most: {verdict}", flush=True)


def least(rounds: list[dict[str, Any]], step: str, what: str) -> float:
    return float(min(one[step][what] for one in rounds))


def compared(options: argparse.Namespace, port: int) -> None:
    """In turns, so that who else uses the machine disturbs all of them alike."""
    feeds, rows = options.feeds, dict[str, list[dict[str, Any]]]()
    for _ in range(options.rounds):
        for part in ("ours", *(() if options.without_prefect else ("under_prefect",))):
            rows.setdefault(part, []).append(apart(part, port, feeds))
        rows.setdefault("parse_only", []).append(parse_only(feeds))
        if options.reader:
            rows.setdefault("reader", []).append(reader(options.reader, port, feeds))
    mine = rows["ours"]
    cpu, wall, far = least(mine, "first", "cpu"), least(mine, "unchanged", "wall"), least(mine, "far", "wall")
    print(f"{feeds} feeds, {mine[0]['entries']} entries, best of {options.rounds}", flush=True)
    if "reader" in rows:
        theirs, again = least(rows["reader"], "first", "cpu"), least(rows["reader"], "unchanged", "wall")
        line("first poll, CPU, to reader's", f"{cpu:.2f} s to {theirs:.2f} s", cpu / theirs, 0.55)
        line("unchanged poll, wall, to reader's", f"{wall:.2f} s to {again:.2f} s", wall / again, 0.15)
    parse = least(rows["parse_only"], "first", "cpu")
    line("first poll, CPU, to feedparser alone", f"{cpu:.2f} s to {parse:.2f} s", cpu / parse, 1.3)
    theory = -(-feeds // PAGES_AT_ONCE) * SLOW / 1000  # so many answers after one another, and nothing else
    line(f"unchanged poll at {SLOW} ms, wall, to theory", f"{far:.2f} s to {theory:.2f} s", far / theory, 1.15)
    if "under_prefect" in rows:
        flow = least(rows["under_prefect"], "first", "cpu")
        line("first poll under Prefect, CPU, to without", f"{flow:.2f} s to {cpu:.2f} s", flow / cpu, 1.2)


def main() -> None:
    """All measurements; with --part one of them, in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", type=Path, help="the Python of an environment with reader in it")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--many", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--without-prefect", action="store_true")
    parser.add_argument("--part", nargs=4, metavar=("PART", "FOLDER", "PORT", "FEEDS"))
    options = parser.parse_args()
    if options.part:
        part, folder, port, feeds = options.part
        print(json.dumps(asyncio.run(PARTS[part](Path(folder), int(port), int(feeds)))))
        return
    with serving(30) as port:
        compared(options, port)
        if options.many:
            found = apart("many", port, options.many)
            took = f"{found['first']['wall']:.0f} s, {found['first']['cpu']:.0f} s CPU, {found['failed']} failed"
            line(f"{options.many} feeds of 30 new entries, peak memory", took, found["peak"], 300, " MB")


if __name__ == "__main__":
    main()
