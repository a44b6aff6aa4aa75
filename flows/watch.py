"""The flows of every day: steps of `monitor.pipeline` with a schedule, rows in the UI and artifacts of their finds."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from prefect import flow

from flows.artifacts import STATUS, publish_figures, publish_run, publish_status
from flows.runs import collapse_late, counted, first_name, for_show, last_name, rename, what_happened
from flows.steps import compare, deliver, extract, look_after, poll, read, revisit
from monitor.alerts.deliver import DeliveryReport
from monitor.errors import SourceError
from monitor.pipeline import Monitor
from monitor.report import RunReport

logging.getLogger("monitor").setLevel(logging.INFO)

DEFAULT_CONFIG = Path("monitor.toml")


@flow(name="watch_feeds", flow_run_name=first_name, timeout_seconds=3600)
async def watch_feeds(config: Path = DEFAULT_CONFIG, *, everything: bool = False, edits: bool = True) -> dict[str, int]:
    """Polls the feeds, reads new articles, compares their figures with what is known and sends the alerts.

    Returns the status table. Fails when most feeds could not be read: "no news" is not "no change".

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
        everything: Ask every feed now, also those that are not due.
        edits: Look again at pages with watched figures as well; left off where revisit_pages does.
    """
    now = datetime.now(UTC)
    with for_show():
        await collapse_late()
    with Monitor.open(config) as monitor:
        monitor.begin(now)
        async with monitor.fetching():
            await poll(monitor, now, everything=everything)
            await read(monitor, now)
            if edits:
                await revisit(monitor, now)
        report = await conclude(monitor, now)
    if report.blind is not None:
        raise SourceError("feeds", "mostly_stale", f"no news is not no change: {report.blind}")
    return report.as_dict()


@flow(name="revisit_pages", flow_run_name=first_name, timeout_seconds=3600)
async def revisit_pages(config: Path = DEFAULT_CONFIG) -> dict[str, int]:
    """Looks again at pages with watched figures, since outlets change figures in place, and tells what was edited.

    Apart from the watching, so that hundreds of slow pages hold up no news.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
    """
    now = datetime.now(UTC)
    with for_show():
        await collapse_late()
    with Monitor.open(config) as monitor:
        monitor.begin(now)
        looked_at = await revisit(monitor, now)
        report = await conclude(monitor, now, counted(looked_at, "page"), key="status-revisit")
    return {"pages": looked_at, **report.as_dict()}


async def conclude(monitor: Monitor, now: datetime, *said: str, key: str = STATUS) -> RunReport:
    """The second half of a run: from texts to alerts, and what it came to in Prefect's pages."""
    await extract(monitor)
    await compare(monitor, now)
    await look_after(monitor, now)
    await deliver(monitor, now)
    report = monitor.finish(datetime.now(UTC))
    with for_show():
        await rename(last_name(ZoneInfo(monitor.settings.server.timezone), *said, *what_happened(report)))
        await publish_run(monitor, report, now, key)
    return report


@flow(name="load_seeds", flow_run_name=first_name, timeout_seconds=3600)
async def load_seeds(folder: Path, config: Path = DEFAULT_CONFIG) -> dict[str, int]:
    """Loads articles as the baseline: history, no alerts. Loading them again changes nothing.

    Args:
        folder: A folder of .txt and .md files, a .jsonl or a .warc, meant from the folder of the settings.
        config: The settings file, monitor.toml, on the machine that runs it.
    """
    with Monitor.open(config) as monitor:
        report = monitor.seed(config.parent / folder, datetime.now(UTC))
        with for_show():
            await rename(last_name(ZoneInfo(monitor.settings.server.timezone), counted(report.articles, "article")))
            await publish_status(report, "status-seeds")
            await publish_figures(monitor)
    return report.as_dict()


@flow(name="deliver_alerts", flow_run_name=first_name, timeout_seconds=1800)
async def deliver_alerts(config: Path = DEFAULT_CONFIG) -> dict[str, int]:
    """Sends the alerts that are due, those to be retried included.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
    """
    now = datetime.now(UTC)
    with for_show():
        await collapse_late()
    with Monitor.open(config) as monitor:
        report = await deliver(monitor, now)
        zone = ZoneInfo(monitor.settings.server.timezone)
    sent = deliveries(report)
    with for_show():
        await rename(
            last_name(zone, *(counted(number, word) for word, number in sent.items() if number or word == "sent"))
        )
    return sent


def deliveries(report: DeliveryReport) -> dict[str, int]:
    """How the sending went, as data."""
    return {"sent": report.sent, "retried": report.retried, "dead": report.dead}
