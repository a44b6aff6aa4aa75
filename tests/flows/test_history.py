"""What `monitor prune` takes from the run history of a real Prefect server."""

import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.history import prune_history

pytestmark = [pytest.mark.prefect]

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.mark.usefixtures("prefect_url")
async def test_old_runs_of_ours_go_and_no_others(prefect_home: Path) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Completed, Running

    @flow(name="kept_or_not")
    def one() -> None: ...

    async with get_client() as client:
        made = {
            "old": await client.create_flow_run(one, tags=["monitor"], state=Completed()),
            "fresh": await client.create_flow_run(one, tags=["monitor"], state=Completed()),
            "running": await client.create_flow_run(one, tags=["monitor"], state=Running()),
            "foreign": await client.create_flow_run(one, tags=["other"], state=Completed()),
        }
        ended = {"old": NOW - 20 * DAY, "fresh": NOW - DAY, "foreign": NOW - 20 * DAY}
        await asyncio.to_thread(end_them, prefect_home, {str(made[name].id): at for name, at in ended.items()})
        assert await prune_history(14 * DAY, NOW, dry_run=True) == 1
        assert await prune_history(14 * DAY, NOW) == 1
        assert await prune_history(14 * DAY, NOW) == 0
        left = set()
        for name, run in made.items():
            with contextlib.suppress(ObjectNotFound):
                await client.read_flow_run(run.id)
                left.add(name)
    assert left == {"fresh", "running", "foreign"}


def end_them(home: Path, ends: dict[str, datetime]) -> None:
    """The server puts its own time on what is told to it, so the past is written where it keeps it."""
    with contextlib.closing(sqlite3.connect(home / "prefect" / "prefect.db", timeout=30)) as connection, connection:
        for run, at in ends.items():
            said = at.replace(tzinfo=None).isoformat(" ", "microseconds")
            changed = connection.execute("UPDATE flow_run SET end_time = ? WHERE id = ?", [said, run])
            assert changed.rowcount == 1
