"""The flows: the steps of `monitor.pipeline` with a schedule, a row in the UI and their result as an artifact."""

import logging
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from monitor.alerts.deliver import DeliveryReport
from monitor.errors import SourceError
from monitor.pipeline import Monitor
from monitor.report import PollReport, RunReport

logging.getLogger("monitor").setLevel(logging.INFO)

DEFAULT_CONFIG = Path("monitor.toml")
STATUS = "status"
"""Key of the status table's artifact: the same for every run, so that the UI shows its history."""


def run_name() -> str:
    """A name for people: what runs, and for which time it was scheduled."""
    moment: datetime = flow_run.scheduled_start_time or datetime.now(UTC)
    return f"{(flow_run.flow_name or 'run').replace('_', ' ')} {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


@task(task_run_name="poll the feeds", cache_policy=NO_CACHE)
async def poll(monitor: Monitor, now: datetime, *, everything: bool = False) -> PollReport:
    """Asks the feeds that are due, or all of them."""
    return await monitor.poll(now, everything=everything)


@task(task_run_name="read the articles", cache_policy=NO_CACHE)
async def read(monitor: Monitor, now: datetime) -> int:
    """Takes the texts of new articles; returns how many were read."""
    return await monitor.read(now)


@task(task_run_name="look for edits", cache_policy=NO_CACHE)
async def revisit(monitor: Monitor, now: datetime) -> int:
    """Looks again at pages that hold a watched figure; returns how many were looked at."""
    return await monitor.revisit(now)


@task(task_run_name="extract the claims", cache_policy=NO_CACHE)
async def extract(monitor: Monitor) -> int:
    """Reads claims out of new texts; returns how many texts were read."""
    return monitor.extract()


@task(task_run_name="compare with what is known", cache_policy=NO_CACHE)
async def compare(monitor: Monitor, now: datetime) -> list[str]:
    """Holds new claims against the stored ones; returns the ids of the changes."""
    return monitor.compare(now)


@task(task_run_name="look after the feeds", cache_policy=NO_CACHE)
async def look_after(monitor: Monitor, now: datetime) -> int:
    """Tells operators what is new about how the feeds do; returns how many are in trouble."""
    return len(monitor.look_after(now))


@task(task_run_name="deliver the alerts", cache_policy=NO_CACHE)
async def deliver(monitor: Monitor, now: datetime) -> DeliveryReport:
    """Sends what is due."""
    return await monitor.deliver(now)


@flow(name="watch_feeds", flow_run_name=run_name, timeout_seconds=3600)
async def watch_feeds(config: Path = DEFAULT_CONFIG, *, everything: bool = False) -> dict[str, int]:
    """Polls the feeds, reads new articles, compares their figures with what is known and sends the alerts.

    Returns the status table. Fails when most feeds could not be read: "no news" is not "no change".

    Args:
        config: The settings file, monitor.toml.
        everything: Ask every feed now, also those that are not due.
    """
    now = datetime.now(UTC)
    with Monitor.open(config) as monitor:
        monitor.begin(now)
        async with monitor.fetching():
            await poll(monitor, now, everything=everything)
            await read(monitor, now)
            await revisit(monitor, now)
        await extract(monitor)
        await compare(monitor, now)
        await look_after(monitor, now)
        await deliver(monitor, now)
        report = monitor.finish(datetime.now(UTC))
    await publish(report)
    if report.blind:
        raise SourceError("feeds", "mostly_stale", "most feeds could not be read, so nothing is known about changes")
    return report.as_dict()


@flow(name="load_seeds", flow_run_name=run_name, timeout_seconds=3600)
async def load_seeds(folder: Path, config: Path = DEFAULT_CONFIG) -> dict[str, int]:
    """Loads a folder of articles as the baseline: history, no alerts. Loading it again changes nothing.

    Args:
        folder: The folder of .txt and .md files, meant from the folder of the settings file.
        config: The settings file, monitor.toml.
    """
    with Monitor.open(config) as monitor:
        report = monitor.seed(config.parent / folder, datetime.now(UTC))
    await publish(report)
    return report.as_dict()


@flow(name="deliver_alerts", flow_run_name=run_name, timeout_seconds=600)
async def deliver_alerts(config: Path = DEFAULT_CONFIG) -> dict[str, int]:
    """Sends the alerts that are due, those to be retried included.

    Args:
        config: The settings file, monitor.toml.
    """
    now = datetime.now(UTC)
    with Monitor.open(config) as monitor:
        report = await deliver(monitor, now)
    return {"sent": report.sent, "retried": report.retried, "dead": report.dead}


async def publish(report: RunReport) -> None:
    """Shows the status table in the UI."""
    await acreate_markdown_artifact(report.markdown(), key=STATUS, description="Every article of the run, by status")
