"""What a machine that watches over the monitor is told: right numbers, and nothing that is nobody's business."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from monitor.domain.articles import Entry, FeedAnswer, PollOutcome
from monitor.domain.deliveries import NewDelivery
from monitor.settings import load_settings
from monitor.store import Store
from monitor.store.metrics import Amounts, Totals
from monitor.web.app import create_app
from monitor.web.metrics import KEPT, Numbers
from monitor.web.server import ask_for

SECRET = "hunter2"
SETTINGS = f"""
[store]
url = "sqlite:///monitor.db"
[[feed]]
name = "Private wire"
url = "https://ana:{SECRET}@wire.example.org/feed"
[[channel]]
name = "desk"
url = "mailto://ana:{SECRET}@127.0.0.1"
"""


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    config = tmp_path / "monitor.toml"
    config.write_text(SETTINGS, encoding="utf-8")
    return create_app(load_settings(config), store)


@pytest.fixture
def filled(store: Store) -> Store:
    """Three feeds, one article, three deliveries, a run that ended and one that goes on."""
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    store.sync_feeds([(name, f"https://{name}.example.org/?key={SECRET}") for name in ("one", "two", "new")], now)
    entry = Entry(
        feed="one",
        key="k",
        url="https://one.example.org/1",
        title="t",
        outlet="One",
        published_at=now,
        text="x",
    )
    answers = [
        FeedAnswer(feed="one", outcome=PollOutcome.FRESH, entries=(entry,), next_poll_at=now + hour),
        FeedAnswer(feed="two", outcome=PollOutcome.FAILED, entries=(), next_poll_at=now + hour, error=f"no: {SECRET}"),
    ]
    store.save_answers(answers, now)
    due = [
        NewDelivery(key=f"d{age}", channel="desk", change_ids=(), payload={"to": SECRET}, due_at=now - age * hour)
        for age in (1, 2, -3)
    ]
    store.enqueue(due, now)
    store.mark_sent(["d1"], now)
    run = store.start_run(now - 2 * hour)
    store.finish_run(run, {"new": 4, "feeds_fresh": 7, "articles": 9}, now - 2 * hour + timedelta(seconds=90))
    store.start_run(now)
    return store


def numbers(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert "example.org" not in answer.text
    return {
        f"{sample.name}{''.join(f'[{value}]' for value in sample.labels.values())}": sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_numbers_are_those_of_the_store(filled: Store, app: FastAPI) -> None:
    found = numbers(TestClient(app))
    wanted = {
        "monitor_feeds[ok]": 1,
        "monitor_feeds[failing]": 1,
        "monitor_feeds[new]": 1,
        "monitor_articles": 1,
        "monitor_articles_pending": 1,
        "monitor_claims": 0,
        "monitor_changes": 0,
        "monitor_deliveries[due]": 2,
        "monitor_deliveries[sent]": 1,
        "monitor_run_seconds": 90,
        "monitor_run_articles[new]": 4,
    }
    assert {name: found.get(name) for name in wanted} == wanted
    assert found["monitor_delivery_oldest_seconds[due]"] == pytest.approx(7200, abs=60)
    assert found["monitor_run_started_timestamp_seconds"] - found["monitor_run_finished_timestamp_seconds"] > 7000


def test_an_empty_store_has_numbers_too(app: FastAPI) -> None:
    found = numbers(TestClient(app))
    assert (found["monitor_feeds[ok]"], found["monitor_articles"]) == (0, 0)
    assert "monitor_run_seconds" not in found


def test_many_who_ask_cost_no_more_than_one(filled: Store) -> None:
    asked, at = list[str](), [0.0]
    event.listen(filled._database._engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Numbers(filled, clock=lambda: at[0]))

    def scrape() -> int:
        before = len(asked)
        list(registry.collect())
        return len([one for one in asked[before:] if one.lstrip().startswith("SELECT")])

    first = scrape()
    assert 0 < first <= 10
    at[0] = KEPT - 1
    assert scrape() == 0
    at[0] = KEPT
    assert scrape() == first


def test_what_takes_long_to_count_is_counted_seldom(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds for millions of rows: not every quarter of a minute. What alarms are set on stays fresh."""
    at, counted, looked = [0.0], list[float](), list[float]()
    count, look = filled.amounts, filled.totals

    def slowly() -> Amounts:
        counted.append(at[0])
        at[0] += 2.0
        return count()

    def quickly() -> Totals:
        looked.append(at[0])
        return look()

    monkeypatch.setattr(filled, "amounts", slowly)
    monkeypatch.setattr(filled, "totals", quickly)
    asked = Numbers(filled, clock=lambda: at[0])
    for second in (0.0, 15.0, 199.0, 200.0):
        at[0] = second
        list(asked.collect())
    assert counted == [0.0, 200.0]
    assert looked == [0.0, 15.0, 199.0]


def test_they_ask_for_the_password_of_the_pages_and_health_does_not(app: FastAPI) -> None:
    ask_for(app, "desk:secret")
    client = TestClient(app)
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", auth=("desk", "secret")).status_code == 200
    assert (client.get("/health").status_code, client.get("/health").text) == (200, "ok\n")
    assert client.get("/health/../metrics").status_code == 401


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path}/nowhere/monitor.db") as store:
        yield store


def test_a_database_that_is_gone_is_ill_health(gone: Store, tmp_path: Path) -> None:
    config = tmp_path / "monitor.toml"
    config.write_text(SETTINGS, encoding="utf-8")
    client = TestClient(create_app(load_settings(config), gone))
    assert [client.get(path).status_code for path in ("/health", "/metrics")] == [503, 503]
