"""The flows under a real Prefect server, with a real feed and a real mailbox."""

from collections.abc import Iterator
from pathlib import Path

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


async def test_the_status_table_is_an_artifact_with_a_history(wire: World) -> None:
    from prefect import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

    from flows.watch import STATUS, watch_feeds

    state = await watch_feeds(wire.config, return_state=True)
    assert state.state_details.flow_run_id is not None
    async with get_client() as client:
        run = await client.read_flow_run(state.state_details.flow_run_id)
        found = await client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[STATUS])))
    assert run.state is not None
    assert run.state.is_completed()
    assert run.name.startswith("watch feeds ")
    assert any(artifact.flow_run_id == run.id for artifact in found)


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
