"""The flows under a real Prefect server, with a real feed and a real mailbox."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flowkit import World, world

from flows.server import free_port

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_url")]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[World]:
    """A feed of three articles and a mailbox."""
    with world(tmp_path) as running:
        yield running


async def test_a_run_tells_what_changed_and_a_second_one_nothing(wire: World) -> None:
    from flows.watch import watch_feeds

    first = await watch_feeds(wire.config)
    told = len(wire.mailbox.arrived)
    assert told > 0
    assert first["articles"] == 3
    await watch_feeds(wire.config)
    assert len(wire.mailbox.arrived) == told


async def artifacts_of(run_id: UUID) -> dict[str | None, str]:
    """What a run left in Prefect's pages, by key."""
    from prefect import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    async with get_client() as client:
        wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run_id]))
        return {one.key: str(one.data) for one in await client.read_artifacts(artifact_filter=wanted)}


async def events_of(kind: str) -> list[dict[str, Any]]:
    """The events of a kind, as soon as there are any."""
    from prefect import get_client

    wanted = {"filter": {"event": {"prefix": [kind]}}}
    async with get_client() as client, asyncio.timeout(20):
        while not (found := (await client._client.post("/events/filter", json=wanted)).json()["events"]):  # noqa: ASYNC110 -- a server makes it true
            await asyncio.sleep(0.2)
    return list(found)


async def test_a_run_leaves_tables_charts_events_and_a_name_that_says_what_happened(
    wire: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import get_client

    from flows.watch import watch_feeds

    monkeypatch.setenv("MONITOR_PAGES_URL", "http://127.0.0.1:4201")
    state = await watch_feeds(wire.config, return_state=True)
    assert state.state_details.flow_run_id is not None
    async with get_client() as client:
        run = await client.read_flow_run(state.state_details.flow_run_id)
    assert re.fullmatch(r"watch \d\d:\d\d · 1 feed · 3 articles · \d changes? · \d sent", run.name)
    left = await artifacts_of(run.id)
    charts = {key: url for key, url in left.items() if str(key).startswith("chart-")}
    assert set(left) == {"status", "changes", "figures", "feeds", *charts}
    assert [f"http://127.0.0.1:4201/series/{str(key)[6:]}.svg" for key in charts] == list(charts.values())
    assert "> “More than 3\\,000 North Korean soldiers" in left["changes"]
    assert "| Wire | well |" in left["feeds"]
    event = (await events_of("monitor.change."))[0]
    assert event["resource"]["prefect.resource.id"].startswith("monitor.change.x")
    assert {one["prefect.resource.role"] for one in event["related"]} >= {"series", "watch", "claim", "flow-run"}
    assert event["payload"]["quote"]


async def test_a_server_that_is_away_takes_nothing_from_a_run(
    wire: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import httpx

    from flows import watch

    async def away(*_: object) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(watch, "publish_run", away)
    monkeypatch.setattr(watch, "collapse_late", away)
    result = await watch.watch_feeds(wire.config)
    assert (result["articles"], result["alerts_sent"]) == (3, len(wire.mailbox.arrived))
    assert "Prefect's server can't be reached (ConnectError)" in caplog.text


async def test_pages_are_looked_at_again_apart_from_the_watching(wire: World) -> None:
    from flows.watch import revisit_pages, watch_feeds

    await watch_feeds(wire.config, edits=False)
    told = len(wire.mailbox.arrived)
    result = await revisit_pages(wire.config)
    assert (result["pages"], result["feeds_fresh"], len(wire.mailbox.arrived)) == (0, 0, told), "none is due yet"


async def test_each_flow_around_the_watching_leaves_its_table(wire: World) -> None:
    from flows.upkeep import digest_changes, prune_stored, reprocess_texts
    from flows.watch import watch_feeds

    changes = (await watch_feeds(wire.config))["changes"]
    state = await digest_changes(wire.config, days=1, return_state=True)
    assert (await state.aresult())["changes"] == changes > 0
    assert state.state_details.flow_run_id is not None
    assert set(await artifacts_of(state.state_details.flow_run_id)) == {"digest", "figures", "feeds"}
    state = await reprocess_texts(wire.config, workers=1, return_state=True)
    assert (await state.aresult())["texts"] == 0
    assert state.state_details.flow_run_id is not None
    assert set(await artifacts_of(state.state_details.flow_run_id)) == {"reprocess"}
    state = await prune_stored(wire.config, dry_run=True, return_state=True)
    assert state.state_details.flow_run_id is not None
    assert "| runs | 0 |" in (await artifacts_of(state.state_details.flow_run_id))["prune"]


async def test_a_database_that_is_away_for_a_moment_is_asked_again(
    wire: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import steps, watch
    from monitor.errors import StoreError
    from monitor.pipeline import Monitor

    real, tries = Monitor.compare, []

    def flaky(self: Monitor, now: datetime) -> list[str]:
        tries.append(now)
        if len(tries) == 1:
            raise StoreError("the database is locked") from OSError()
        if len(tries) == 2 and refused:
            raise StoreError("a database of a newer version")
        return real(self, now)

    monkeypatch.setattr(Monitor, "compare", flaky)
    monkeypatch.setattr(watch, "compare", steps.compare.with_options(retry_delay_seconds=[0.01, 0.01]))
    refused = False
    assert (await watch.watch_feeds(wire.config))["changes"] > 0
    tries.clear()
    refused = True
    state = await watch.watch_feeds(wire.config, return_state=True)
    assert state.is_failed()
    assert len(tries) == 2, "what the store refuses is not asked for again"


async def test_a_run_whose_feeds_all_fail_fails(tmp_path: Path) -> None:
    """No news is not no change."""
    from flowkit import write_config

    from flows.watch import watch_feeds

    config = write_config(tmp_path, f"http://127.0.0.1:{free_port()}/feed.xml", free_port())
    state = await watch_feeds(config, return_state=True)
    assert state.is_failed()


async def test_seeds_are_loaded_as_history_that_alerts_nobody(wire: World, tmp_path: Path) -> None:
    from flows.watch import deliver_alerts, load_seeds

    folder = tmp_path / "articles"
    folder.mkdir()
    text = "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said."
    (folder / "one.md").write_text(f"---\ntitle: Losses\npublished: 2024-12-28\n---\n{text}\n", encoding="utf-8")
    result = await load_seeds(folder, wire.config)
    assert result["new"] == 1
    assert await deliver_alerts(wire.config) == {"sent": 0, "retried": 0, "dead": 0}
    assert wire.mailbox.arrived == []
