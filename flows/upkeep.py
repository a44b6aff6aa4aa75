"""The flows around the watching: the day's digest, today's extractor over what is stored, what is kept no longer."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from pydantic import Field

from flows.artifacts import publish_changes, publish_feeds, publish_figures
from flows.history import prune_history
from flows.on_dask import dask_runner, read_on_dask, say_how_far
from flows.runs import collapse_late, counted, first_name, for_show, last_name, rename
from flows.steps import AGAIN, deliver
from flows.watch import DEFAULT_CONFIG, deliveries
from monitor.pipeline import Monitor
from monitor.pruning import Pruned, prune
from monitor.reprocess import Report, default_workers, read_again, report, take_over
from monitor.store import TakenOver, Wanted
from monitor.web import markdown

DIGEST, REPROCESS, PRUNE = "digest", "reprocess", "prune"
"""Keys of artifacts."""
MOST_CHANGES = 500

Days = Annotated[int, Field(ge=1, le=366)]
Examples = Annotated[int, Field(ge=0, le=100)]
Workers = Annotated[int, Field(ge=1, le=256)]
"""What the form of a run accepts; its words are those of the flows' docstrings."""

log = logging.getLogger("monitor.flows")


@flow(name="digest_changes", flow_run_name=first_name, timeout_seconds=1800)
async def digest_changes(config: Path = DEFAULT_CONFIG, *, days: Days = 1) -> dict[str, int]:
    """Sends what channels kept for this hour; shows the changes of the last days, all figures and the feeds.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
        days: How many days back the changes go.
    """
    now = datetime.now(UTC)
    with for_show():
        await collapse_late()
    with Monitor.open(config) as monitor:
        sent = await deliver(monitor, now)
        since = now - timedelta(days=days)
        lines = [
            line for line in monitor.store.changes_page(Wanted(since=since.date()), MOST_CHANGES) if line.at >= since
        ]
        with for_show():
            said = (counted(len(lines), "change"), *([counted(sent.sent, "sent")] if sent.sent else []))
            await rename(last_name(ZoneInfo(monitor.settings.server.timezone), *said))
            await publish_changes(monitor, lines, f"Changes of the last {days} days", DIGEST)
            await publish_figures(monitor)
            await publish_feeds(monitor, now)
    return {"changes": len(lines), **deliveries(sent)}


@task(task_run_name="read everything again", **AGAIN)
async def read_all_again(monitor: Monitor, workers: int) -> None:
    """Every text that an older extractor has read; goes on where an earlier try stopped."""
    await asyncio.to_thread(read_again, monitor, say_how_far, workers=workers)


@flow(name="reprocess_texts", flow_run_name=first_name, timeout_seconds=24 * 3600)
async def reprocess_texts(
    config: Path = DEFAULT_CONFIG, *, write: bool = False, examples: Examples = 3, workers: Workers | None = None
) -> dict[str, int]:
    """Reads every stored text again with the extractor of today, and shows what that would change; sends nothing.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
        write: Take the new reading over; left off, it is only shown.
        examples: Show so many of each sort of difference.
        workers: Read in so many processes of this machine; one a core when left out.
    """
    with Monitor.open(config) as monitor:
        if cluster := monitor.settings.reprocess.dask:
            await read_on_dask.with_options(task_runner=dask_runner(cluster, workers))(config)
        else:
            await read_all_again(monitor, workers or default_workers())
        found = report(monitor, examples=examples)
        done = take_over(monitor, datetime.now(UTC)) if write else None
        zone = ZoneInfo(monitor.settings.server.timezone)
    with for_show():
        await rename(last_name(zone, *_came_to(found, done)))
        text = markdown.rereading(found.tally, found.state, done)
        await acreate_markdown_artifact(text, key=REPROCESS, description=f"What {found.version} reads otherwise")
    return {"texts": found.state.read, **found.tally.counts, "decisions": done.decided if done else 0}


@task(task_run_name="throw away what is kept no longer", **AGAIN)
async def throw_away(monitor: Monitor, now: datetime, *, dry_run: bool) -> Pruned:
    """What [keep] of the settings says, in our own database."""
    return await asyncio.to_thread(prune, monitor.settings, monitor.store, now, dry_run=dry_run)


@flow(name="prune_stored", flow_run_name=first_name, timeout_seconds=4 * 3600)
async def prune_stored(config: Path = DEFAULT_CONFIG, *, dry_run: bool = False) -> dict[str, int]:
    """Throws away what [keep] of the settings lets go, Prefect's run history included; never a figure.

    Args:
        config: The settings file, monitor.toml, on the machine that runs it.
        dry_run: Only count what would go.
    """
    now = datetime.now(UTC)
    with for_show():
        await collapse_late()
    with Monitor.open(config) as monitor:
        gone = (await throw_away(monitor, now, dry_run=dry_run)).rows()
        keep, zone = monitor.settings.keep.history, ZoneInfo(monitor.settings.server.timezone)
    if keep is not None:
        gone.append(("flow runs in the history", await prune_history(keep, now, dry_run=dry_run)))
    with for_show():
        said = [f"{number:,} {what}" for what, number in gone if number] or ["nothing to throw away"]
        await rename(last_name(zone, *(["only counted"] if dry_run else []), *said))
        text = markdown.table(("what", "how many"), [(what, f"{number:,}") for what, number in gone], nothing="")
        await acreate_markdown_artifact(text, key=PRUNE, description="What is kept no longer")
    return dict(gone)


def _came_to(found: Report, done: TakenOver | None) -> list[str]:
    counts = found.tally.counts
    differ = [f"{counts[sort]:,} {sort}" for sort in ("added", "lost", "altered") if counts[sort]]
    return [counted(found.state.read, "text"), *(differ or ["nothing otherwise"]), *(["taken over"] if done else [])]
