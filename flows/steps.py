"""The steps of a run as tasks: each a row in the UI, tried again when the database is away for a moment.

Every step asks the store what is still open, so it may be begun again anywhere. What goes wrong with a single feed,
page or delivery is recorded by the step itself and is no reason to try all of it again.
"""

from datetime import datetime
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from monitor.alerts.deliver import DeliveryReport
from monitor.errors import StoreError
from monitor.pipeline import Monitor
from monitor.report import PollReport


async def passing(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """True for a failure of the database that may be over in a moment; what the store itself refuses stays refused."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, StoreError) and error.__cause__ is not None


AGAIN: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 2,
    "retry_delay_seconds": [10, 60],
    "retry_jitter_factor": 0.5,  # else all the machines that lost one database come back to it at once
    "retry_condition_fn": passing,
}


@task(task_run_name="poll the feeds", **AGAIN)
async def poll(monitor: Monitor, now: datetime, *, everything: bool = False) -> PollReport:
    """Asks the feeds that are due, or all of them."""
    return await monitor.poll(now, everything=everything)


@task(task_run_name="read the articles", **AGAIN)
async def read(monitor: Monitor, now: datetime) -> int:
    """Takes the texts of new articles; returns how many were read."""
    return await monitor.read(now)


@task(task_run_name="look for edits", **AGAIN)
async def revisit(monitor: Monitor, now: datetime) -> int:
    """Looks again at pages that hold a watched figure; returns how many were looked at."""
    return await monitor.revisit(now)


@task(task_run_name="extract the claims", **AGAIN)
async def extract(monitor: Monitor) -> int:
    """Reads claims out of new texts; returns how many texts were read."""
    return monitor.extract()


@task(task_run_name="compare with what is known", **AGAIN)
async def compare(monitor: Monitor, now: datetime) -> list[str]:
    """Holds new claims against the stored ones; returns the ids of the changes."""
    return monitor.compare(now)


@task(task_run_name="look after the feeds", **AGAIN)
async def look_after(monitor: Monitor, now: datetime) -> int:
    """Tells operators what is new about how the feeds do; returns how many are in trouble."""
    return len(monitor.look_after(now))


@task(task_run_name="deliver the alerts", timeout_seconds=1800, **AGAIN)
async def deliver(monitor: Monitor, now: datetime) -> DeliveryReport:
    """Sends what is due."""
    return await monitor.deliver(now)
