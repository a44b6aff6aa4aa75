"""Stored texts read again on a Dask cluster, over TCP, under a real Prefect server."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flowkit import ARTICLES, world

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_url")]

SETTING = '\n[reprocess]\ndask = "{}"\n'


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two workers, which are threads here: what they are given goes over the wire."""
    from distributed import LocalCluster

    kwargs: dict[str, Any] = {"threads_per_worker": 1, "processes": False, "protocol": "tcp", "dashboard_address": None}
    with LocalCluster(n_workers=2, **kwargs) as cluster:
        yield str(cluster.scheduler_address)


@pytest.fixture
async def config(tmp_path: Path) -> Path:
    """Settings of a monitor whose three texts another extractor has read."""
    from flows.watch import watch_feeds

    with world(tmp_path / "stored") as wire:
        await watch_feeds(wire.config)
    with sqlite3.connect(wire.config.parent / "monitor.db") as connection:
        connection.execute("UPDATE revisions SET extractor = 'old'")
    connection.close()
    return wire.config


def on_a_cluster(config: Path, address: str) -> None:
    config.write_text(config.read_text(encoding="utf-8") + SETTING.format(address), encoding="utf-8")


async def test_the_cluster_reads_what_this_machine_would(
    config: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import get_worker

    from flows import on_dask, upkeep

    monkeypatch.setattr(on_dask, "PORTION", 2)
    copied = Path(shutil.copytree(config.parent, tmp_path / "copy")) / config.name
    here = await upkeep.reprocess_texts(copied, workers=1)
    on_a_cluster(config, scheduler)
    real, where = on_dask.read_one, tmp_path / "where"

    def read_one(*given: Any) -> Any:
        """Goes to the workers as it is, what it holds copied."""
        with where.open("a") as said:
            said.write(f"{get_worker().name}\n")
        return real(*given)

    monkeypatch.setattr(on_dask, "read_one", read_one)
    assert await upkeep.reprocess_texts(config) == here
    assert here["texts"] == len(ARTICLES) == len(said := where.read_text().split())
    assert set(said) == {"0", "1"}, "a portion for each worker"


async def test_a_worker_with_another_extractor_is_refused_and_nothing_is_kept(
    config: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import on_dask, upkeep
    from monitor.errors import ConfigError

    on_a_cluster(config, scheduler)
    monkeypatch.setattr(on_dask, "version", lambda _: "1-other")
    monkeypatch.setattr(on_dask, "read_portion", on_dask.read_portion.with_options(retries=0))
    with pytest.raises(ConfigError, match=r"has the extractor 1-other, not 1-\w+: the same version everywhere"):
        await upkeep.reprocess_texts(config)
    with sqlite3.connect(config.parent / "monitor.db") as connection:
        assert connection.execute("SELECT count(*) FROM rereadings").fetchone() == (0,)
    connection.close()


def test_without_the_extra_one_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.on_dask import dask_runner
    from monitor.errors import ConfigError

    monkeypatch.setitem(sys.modules, "prefect_dask.task_runners", None)
    with pytest.raises(ConfigError, match=r"pip install 'figure-monitor\[dask\]'"):
        dask_runner("local")
