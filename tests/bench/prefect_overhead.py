"""What Prefect costs a run: `make bench-prefect`.

    python tests/bench/prefect_overhead.py [--feeds 1000] [--rounds 5]

The same run over unchanged feeds, plain and as the flow watch_feeds under a real server, in turns in one warm process;
of the rounds the best one counts, since others use the machine as well. CPU is this process's own; that of the server
and what a process takes to start are told apart. A run with one feed gives what a run costs whatever it does. The feeds
have no entries: their pages would be asked for, and this measures runs in which there is nothing to read.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from ingest import config, line, serving

from flows.environment import prefect_environment
from flows.processes import Child
from flows.server import free_port, running_server, wait_healthy
from monitor.pipeline import Monitor

GOAL = 1.2
STARTS = {"plain": "import monitor.pipeline", "Prefect": "import prefect.engine, flows.watch"}


async def plain(file: Path) -> None:
    """A run as `monitor run --all` does it."""
    with Monitor.open(file) as monitor:
        report = await monitor.run(datetime.now(UTC), everything=True)
    assert not report.feeds.failed


async def cpu_of(work: Callable[[], Awaitable[object]]) -> float:
    """Seconds of this process, all threads."""
    before = time.process_time()
    await work()
    return time.process_time() - before


def cpu_of_server(server: Child) -> float:
    """Seconds that the server's process has taken so far."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start_of(code: str) -> float:
    """Seconds of CPU that a process takes to start and import."""
    before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    subprocess.run([sys.executable, "-c", code], check=True)
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before


async def in_turns(files: dict[int, Path], rounds: int, server: Child) -> tuple[dict[tuple[str, int], float], float]:
    """The least CPU of each kind of run by its number of feeds, and of the server for one run as a flow."""
    from prefect.logging.handlers import APILogHandler

    from flows.watch import watch_feeds

    best: dict[tuple[str, int], float] = {}
    behind: list[float] = []
    for number in range(rounds + 1):
        for feeds, file in files.items():
            took = {"plain": await cpu_of(lambda file=file: plain(file))}  # type: ignore[misc]  # its default is bound
            idle = cpu_of_server(server)
            took["Prefect"] = await cpu_of(lambda file=file: watch_feeds(file, everything=True))  # type: ignore[misc]
            await APILogHandler.aflush()
            await asyncio.sleep(3)  # events are written a little later
            behind.append(cpu_of_server(server) - idle)
            if number:  # the first round asks the feeds for the first time and loads what is loaded at first use
                for kind, seconds in took.items():
                    best[kind, feeds] = min(seconds, best.get((kind, feeds), seconds))
    return best, min(behind)


async def measure(folder: Path, feeds: int, rounds: int, port: int) -> None:
    files = {}
    for number in (1, feeds):
        (folder / str(number)).mkdir()
        files[number] = config(folder / str(number), port, number)
    own = free_port()
    async with running_server(folder / "data", own) as server:
        await wait_healthy(server, own)
        os.environ.update(prefect_environment(folder / "data" / "prefect", own))
        os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"
        best, behind = await in_turns(files, rounds, server)
    starts = {kind: min(start_of(code) for _ in range(3)) for kind, code in STARTS.items()}
    constant = best["Prefect", 1] - best["plain", 1]
    under, alone = best["Prefect", feeds], best["plain", feeds]
    for (kind, number), seconds in best.items():
        print(f"a run over {number} unchanged feeds, {kind:<36}{seconds:>8.3f} s CPU")
    print(f"whatever a run does, Prefect adds {constant:.2f} s, the server takes {behind:.2f} s,")
    print(f"and its process takes {starts['Prefect']:.1f} s to start, where a plain one takes {starts['plain']:.1f} s")
    words = f"({under:.2f} - {constant:.2f}) s to {alone:.2f} s"
    line("CPU under Prefect but for that, to without", words, (under - constant) / alone, GOAL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with serving(0) as port, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        asyncio.run(measure(Path(folder), options.feeds, options.rounds, port))


if __name__ == "__main__":
    main()
