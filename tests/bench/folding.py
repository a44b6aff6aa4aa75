"""Folding years of news from nothing: part of `make bench`, and alone.

    python tests/bench/folding.py [--claims 100000]

Takes a process for each core, each with its share of the subjects: those that have no say in one another. They load the
pure core alone, no database.
"""

import argparse
import gc
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

# Started by a bench that has run flows, the shares have an environment in which Python leaves a script's folder out.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from newsflow import COUNTRIES, arrivals, watches

from monitor.domain.book import MemoryBook, changes_in
from monitor.domain.changes import Arrival
from monitor.domain.shares import shares
from monitor.domain.watches import series_key

FOLDED = 100_000
PROCESSES = min(os.cpu_count() or 1, COUNTRIES)
KEEP = timedelta(days=60)
PORTION = 500
"""Arrivals made up at a time while they are folded."""


class Made:
    """Made-up arrivals, with what making them took: only folding them is measured."""

    def __init__(self, arrivals: Iterator[Arrival]) -> None:
        self._arrivals = arrivals
        self.claims, self.wall, self.cpu = 0, 0.0, 0.0

    def __iter__(self) -> Iterator[Arrival]:
        while True:
            wall, cpu = time.perf_counter(), time.process_time()
            some = list(islice(self._arrivals, PORTION))
            self.wall += time.perf_counter() - wall
            self.cpu += time.process_time() - cpu
            if not some:
                return
            self.claims += sum(len(arrival.claims) for arrival in some)
            yield from some


class Share(NamedTuple):
    """What folding one share took: seconds, MB of memory at the most (making up included), claims and changes. `ids`
    is a digest of all the changes' ids in their order: the same where the same was found."""

    wall: float
    cpu: float
    making: float
    peak: float
    claims: int
    changes: int
    ids: str


def bench_fold(claims: int) -> None:
    """Folding so many claims from nothing, in a process for each core."""
    command = [sys.executable, __file__, "--claims", str(claims), "--share"]
    running = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in range(PROCESSES)]
    parts = []
    for process in running:
        told, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"folding a share ended with {process.returncode}")
        parts.append(Share(*json.loads(told)))
    _, cpu, making, peak, made, changes = (sum(values) for values in list(zip(*parts, strict=True))[:-1])
    wall = max(part.wall for part in parts)
    what = "fold from nothing"
    ids = hashlib.sha256("".join(part.ids for part in parts).encode()).hexdigest()[:12]
    print(
        f"{what:<44}{made:>6} claims   {wall:>8.1f} s wall in {PROCESSES} processes, {cpu:.1f} s CPU, "
        f"{cpu / made * 1e3:.3f} ms each, all without the {making:.1f} s CPU of making them up; peak {peak:.0f} MB "
        f"together; {changes} changes, {ids}",
        flush=True,
    )


def fold_share(claims: int, number: int) -> Share:
    """Folds one share of so many claims. They are made up portion by portion and the changes are let go, as where both
    are in a database: what the book holds is what counts."""
    (watch,) = watches()
    keys = (series_key(claim, watch) for arrival in arrivals(1_000) for claim in arrival.claims)
    only = shares((key for key in keys if key is not None), PROCESSES)[number]
    mine = [country for country in range(COUNTRIES) if (watch.name, f"Country {country}/troops") in only]
    gc.disable()  # nothing in a book refers back to what holds it
    made, changes, ids = Made(arrivals(claims, countries=mine)), 0, hashlib.sha256()
    wall, cpu = time.perf_counter(), time.process_time()
    for change in changes_in(made, (watch,), MemoryBook(KEEP), only=only):
        changes += 1
        ids.update(change.id.encode())
    cpu, wall = time.process_time() - cpu - made.cpu, time.perf_counter() - wall - made.wall
    return Share(wall, cpu, made.cpu, _peak(), made.claims, changes, ids.hexdigest())


def _peak() -> float:
    """The most memory that this process ever had, in MB. What `getrusage` says of a child begins with its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Folds all, or one share, whose figures are printed as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=FOLDED)
    parser.add_argument("--share", type=int)
    options = parser.parse_args()
    if options.share is None:
        bench_fold(options.claims)
    else:
        print(json.dumps(fold_share(options.claims, options.share)))


if __name__ == "__main__":
    main()
