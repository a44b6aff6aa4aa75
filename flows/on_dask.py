"""Stored texts read again by many machines: tasks of Prefect's on a Dask cluster, chosen by [reprocess] dask.

Only this flow's process uses the database. A portion of texts goes to a worker of Dask, what it reads comes back; the
workers need this package in the same version, packs of words at the same place, and Prefect's server.
"""

import asyncio
import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner

from flows.runs import first_name
from monitor.errors import ConfigError
from monitor.extract import version
from monitor.extract.lexicon import load
from monitor.pipeline import Monitor
from monitor.reprocess import Batches, read_again
from monitor.rereaders import read_one
from monitor.store import NewReading, OldReading

LOCAL = "local"
"""In the place of a scheduler's address: a cluster on this machine, for as long as the flow reads."""
PORTION = 100
"""Texts of a task: a second or so of reading, where a task costs Prefect's server 40 ms."""
AT_ONCE = 40 * PORTION
"""Texts that are kept in one transaction. Twice as many are on their way, so eighty workers have something to do."""

log = logging.getLogger("monitor.flows")


def dask_runner(address: str, workers: int | None = None) -> TaskRunner[Any]:
    """Runs tasks on the cluster of this scheduler; on a local one with so many processes, one a core when left out.

    Raises ConfigError where the extra isn't installed.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise ConfigError("[reprocess] dask needs more packages: pip install 'figure-monitor[dask]'") from error
    where: dict[str, Any] = {"address": address}
    if address == LOCAL:
        # Nobody looks at its own pages, and their port may be somebody else's.
        kwargs = {"n_workers": workers or os.cpu_count() or 1, "threads_per_worker": 1, "dashboard_address": None}
        where = {"cluster_kwargs": kwargs}
    runner: TaskRunner[Any] = DaskTaskRunner(**where)
    return runner


@task(task_run_name="read a portion", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[10, 60])
def read_portion(packed: bytes, packs: tuple[Path, ...], wanted: str) -> bytes:
    """On a worker: the readings of these texts by the extractor `wanted`, and by no other. Both sides are packed, as
    Prefect would go through all that a task is given, word for word. Raises ConfigError."""
    lexicon = load(packs)
    if (found := version(lexicon)) != wanted:
        raise ConfigError(f"a worker of Dask has the extractor {found}, not {wanted}: the same version everywhere")
    return pickle.dumps([read_one(revision, lexicon) for revision in pickle.loads(packed)])  # noqa: S301 -- our own


@flow(name="read_on_dask", flow_run_name=first_name, timeout_seconds=24 * 3600)
async def read_on_dask(config: Path) -> None:
    """Reads again, on the workers of a Dask cluster, every text that an older extractor has read.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
    """
    with Monitor.open(config) as monitor:
        await asyncio.to_thread(read_again, monitor, say_how_far, others=_batches(monitor), at_once=AT_ONCE)


def _batches(monitor: Monitor) -> Batches:
    ask = partial(read_portion.submit, packs=tuple(monitor.settings.lexicon.packs), wanted=monitor.extractor)

    def read(batch: Sequence[OldReading]) -> Iterator[NewReading]:
        texts = [old.revision for old in batch]
        # All are begun at once; they are waited for one after the other.
        coming = [ask(pickle.dumps(texts[first : first + PORTION])) for first in range(0, len(texts), PORTION)]
        return (one for portion in coming for one in pickle.loads(portion.result()))  # noqa: S301 -- our own

    return read


def say_how_far(done: int, total: int) -> None:
    """A line in the log of the run."""
    log.info("%d of %d texts read again", done, total)
