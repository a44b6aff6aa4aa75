"""What `monitor prune` takes from the run history of a real Prefect server."""

import asyncio
import contextlib
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import history
from flows.history import prune_history
from flows.lock import only_one

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.mark.prefect
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


def test_only_the_server_that_the_folder_names_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`monitor serve` takes the next port when another installation has that of the settings, and answers there."""
    asked, pruned = list[str](), list[str]()

    async def prune(*_about: object, **_options: object) -> int:
        pruned.append(os.environ["PREFECT_API_URL"])
        return 0

    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.setattr(history, "answers", lambda url: bool(asked.append(url)) or True)
    monkeypatch.setattr(history, "prune_history", prune)
    config = tmp_path / "monitor.toml"
    config.write_text("[server]\nport = 4200\n[keep]\nhistory = '14d'\n", encoding="utf-8")
    with only_one(tmp_path / "var", "process 1, http://127.0.0.1:4203"):
        assert history.main(config, dry_run=False) == 0
    assert asked == ["http://127.0.0.1:4203/api/health"]
    assert pruned == ["http://127.0.0.1:4203/api"]
    # What a process that was killed has left in its note is nobody's address any more.
    monkeypatch.setenv("PREFECT_API_URL", "")
    (tmp_path / "var" / "serve.lock").write_text("process 1, http://127.0.0.1:4203", encoding="utf-8")
    assert history.main(config, dry_run=False) == 0
    assert len(pruned) == 1
    assert "stays as it is" in capsys.readouterr().out


def end_them(home: Path, ends: dict[str, datetime]) -> None:
    """The server puts its own time on what is told to it, so the past is written where it keeps it."""
    with contextlib.closing(sqlite3.connect(home / "prefect" / "prefect.db", timeout=30)) as connection, connection:
        for run, at in ends.items():
            said = at.replace(tzinfo=None).isoformat(" ", "microseconds")
            changed = connection.execute("UPDATE flow_run SET end_time = ? WHERE id = ?", [said, run])
            assert changed.rowcount == 1
