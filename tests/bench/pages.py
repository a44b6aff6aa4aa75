"""How long the figures' own pages take, and how large they are, when many claims are stored: `make bench-pages`.

    python tests/bench/pages.py [--stored 1000000] [--url postgresql+psycopg://...]

The store is filled by bulk inserts, with headlines and quotes as long as newsrooms make them; one article in twenty has
made a change. Each page is asked of the application itself, without a network, ROUNDS times after one that is not
counted: the middle time is told, by the clock and of this process's CPU, and the size before it is packed.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from filling import Filler, write_rows
from newsflow import COUNTRIES, arrivals, watches

from monitor.domain.changes import Arrival, Kind
from monitor.domain.claims import Claim
from monitor.domain.watches import Watch, series_key
from monitor.settings import load_settings
from monitor.store import Store
from monitor.store.convert import series_text
from monitor.store.tables import ChangeTable
from monitor.web.app import create_app

BATCH = 2_000
ROUNDS = 7
SETTINGS = """
[store]
url = "{url}"
[[watch]]
name = "all"
measures = ["killed", "wounded", "casualties"]
"""
ONE_IN = 20
HEADLINE = "{}: the ministry says that losses on the eastern front have risen again after a week of heavy fighting"
QUOTE = (
    "{}, the spokesman told reporters in the capital on Tuesday evening, and he added that the number would be looked "
    "at again as soon as the bodies that still lie in the fields east of the river had been recovered"
)


def fill(store: Store, claims: int, countries: range = range(COUNTRIES)) -> int:
    """Years of news, compared, with changes: so many claims in all if all countries are asked for. Returns how many."""
    store.migrate()
    filler, flow, made = Filler(store), map(in_full, arrivals(claims, countries=countries)), 0
    watch = watches()[0]
    while some := [one for one in islice(flow, BATCH) if not one.replaced]:
        filler.put(some, compared=True)
        rows = [row for one in some[::ONE_IN] for row in changes(one.claims[0], watch)]
        with store._database.write() as session:
            write_rows(session, ChangeTable.__table__, rows)
        made += sum(len(one.claims) for one in some)
    filler.anchor()
    return made


def in_full(arrival: Arrival) -> Arrival:
    """An article with an address, a headline and quotes of the usual length: pages show them many times over."""
    origin = arrival.claims[0].origin
    headline = HEADLINE.format(origin.title)
    origin = replace(origin, title=headline, url=f"{origin.url}-{headline[:60].lower().replace(' ', '-')}")
    claims = (
        replace(one, origin=origin, figure=replace(one.figure, quote=QUOTE.format(one.figure.quote)))
        for one in arrival.claims
    )
    return replace(arrival, claims=tuple(claims))


def changes(claim: Claim, watch: Watch) -> Iterator[dict[str, Any]]:
    """What a claim moved, had it been compared."""
    key = series_key(claim, watch)
    for party in claim.figure.parties if key is not None else ():
        yield {
            "id": f"x{claim.id}{party}".replace(" ", ""),
            "series_key": series_text(key),
            "party": party,
            "kind": Kind.RAISED,
            "before": claim.figure.quantity,
            "after": claim.figure.quantity,
            "claim_id": claim.id,
            "at": claim.origin.fetched_at,
        }


def paths(client: TestClient) -> Iterator[str]:
    """One of each kind of page, and what people narrow lists by. Of the series one of the longest: a total, of all."""
    figures = client.get("/api/v1/figures").json()["figures"]
    series = next(one["id"] for one in figures if one["scope"] == "cumulative" and not one["place"])
    change = client.get("/api/v1/changes").json()["changes"][-1]
    yield from ("/", "/figures", "/changes", "/articles", "/feeds", "/review", "/metrics", "/health")
    yield from (f"/series/{series}", f"/series/{series}.svg", f"/changes/{change['id']}", f"/claims/{change['claim']}")
    yield from ("/articles/1000", "/figures?subject=Country+0&measure=killed", "/changes?place=Odesa&measure=wounded")
    yield from ("/changes?outlet=Outlet+7", "/changes?since=2011-01-01&until=2011-01-07", "/articles?outlet=Outlet+7")
    yield from ("/api/v1/claims", "/api/v1/claims?subject=Country+0&outlet=Outlet+7", "/watches/all/changes.atom")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--url", help="an empty database; nothing: SQLite in a temporary folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as name:
        config = Path(name) / "monitor.toml"
        config.write_text(SETTINGS.format(url=asked.url or "sqlite:///monitor.db"), encoding="utf-8")
        settings = load_settings(config)
        with Store(settings.store.url) as store:
            print(f"{fill(store, asked.stored):,} claims stored")
            client = TestClient(create_app(settings, store))
            for path in paths(client):
                wall, cpu = [], []
                for _ in range(ROUNDS + 1):
                    start, used = time.perf_counter(), time.process_time()
                    answer = client.get(path)
                    wall.append(time.perf_counter() - start)
                    cpu.append(time.process_time() - used)
                middle, busy = (statistics.median(took[1:]) * 1000 for took in (wall, cpu))
                size = len(answer.content) / 1000
                print(f"{path:58} {answer.status_code} {middle:8.1f} ms {busy:8.1f} ms CPU {size:8.1f} kB", flush=True)


if __name__ == "__main__":
    main()
