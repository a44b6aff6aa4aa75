"""What machines ask about the monitor itself: numbers for Prometheus, and whether it can be used at all.

Names of feeds, channels and watches are in none of it, nor any address.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.store import Store
from monitor.store.metrics import Amounts, Totals

KEPT = 15.0
"""Seconds for which numbers are given again: several who ask cost no more than one."""

SHARE = 100
"""What grows for years is counted again after so many times as long as it took: at most a hundredth of the time."""

HEALTH = "/health"


class Numbers(Collector):
    """The store's totals in the words of Prometheus. One thread at a time asks the store."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._now, self._clock = store, now, clock
        self._one = threading.Lock()
        self._kept: tuple[float, Totals] | None = None
        self._counted: tuple[float, Amounts] | None = None

    def collect(self) -> Iterator[Metric]:
        """All of them. Raises StoreError."""
        with self._one:
            asked = self._clock()
            if self._kept is None or asked - self._kept[0] >= KEPT:
                self._kept = (asked, self._store.totals())
            totals, amounts = self._kept[1], self._amounts(asked)
        yield InfoMetricFamily("monitor", "The program.", {"version": __version__})
        yield from _sizes(totals, amounts)
        yield from _outbox(totals, self._now())
        yield from _runs(totals)

    def _amounts(self, asked: float) -> Amounts:
        if self._counted is None or asked >= self._counted[0]:
            began = self._clock()
            amounts = self._store.amounts()
            ended = self._clock()
            self._counted = (asked + max(KEPT, SHARE * (ended - began)), amounts)
        return self._counted[1]

    def describe(self) -> Iterator[Metric]:
        """Nothing: a registry would ask the store otherwise before anybody wants to know."""
        return iter(())


def _sizes(totals: Totals, amounts: Amounts) -> Iterator[Metric]:
    yield _by("monitor_feeds", "Feeds that are configured, by how they do.", "state", totals.feeds.items())
    yield _one("monitor_articles", "Articles that are known.", amounts.articles)
    yield _one("monitor_articles_pending", "Articles whose text has still to be taken.", totals.pending)
    yield _one("monitor_claims", "Claims that are stored, each in every text that states it.", amounts.claims)
    yield _one("monitor_changes", "Changes of figures.", amounts.changes)


def _outbox(totals: Totals, now: datetime) -> Iterator[Metric]:
    yield _by("monitor_deliveries", "Deliveries that are stored, by state.", "state", totals.deliveries.items())
    ages = {state: max((now - at).total_seconds(), 0.0) for state, at in totals.waiting_since.items()}
    what = "Seconds since the oldest delivery of a state was due; 0 when it is not due yet."
    yield _by("monitor_delivery_oldest_seconds", what, "state", ages.items())


def _runs(totals: Totals) -> Iterator[Metric]:
    if totals.started_at is not None:
        began = totals.started_at.timestamp()
        yield _one("monitor_run_started_timestamp_seconds", "When the newest run began.", began)
    if totals.last is not None:
        began_at, ended_at = totals.last
        ended = ended_at.timestamp()
        yield _one("monitor_run_finished_timestamp_seconds", "When the last run ended that did.", ended)
        yield _one("monitor_run_seconds", "How long it took.", (ended_at - began_at).total_seconds())
    yield _by("monitor_run_articles", "Articles that it handled, by status.", "status", totals.statuses.items())


def _one(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)


def _by(name: str, what: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    made = GaugeMetricFamily(name, what, labels=[label])
    for one, value in sorted(values):
        made.add_metric([str(one)], value)
    return made


def add_routes(app: FastAPI, store: Store) -> None:
    """Adds /metrics, and /health: 200 when the database answers, else 503."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Numbers(store))

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    @app.get(HEALTH, include_in_schema=False)
    def health() -> Response:
        store.runs(1)
        return PlainTextResponse("ok\n")
