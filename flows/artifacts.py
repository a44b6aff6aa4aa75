"""What a run leaves in Prefect's pages: tables, charts and events. Each artifact has a stable key, so that the pages
show its history."""

import os
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from prefect.artifacts import acreate_image_artifact, acreate_markdown_artifact
from prefect.events import emit_event

from flows.serve import PAGES_URL
from monitor.alerts.messages import series_id
from monitor.alerts.neutral import clean, safe_url
from monitor.alerts.words import series_name
from monitor.pipeline import Monitor
from monitor.report import RunReport
from monitor.settings import Settings
from monitor.store import ChangeLine, Wanted
from monitor.web import markdown, views

STATUS, FIGURES, CHANGES, FEEDS = "status", "figures", "changes", "feeds"
"""Keys of artifacts: the same for every run. A chart's is "chart-" with the short name of its series."""

MOST_CHARTS = 10
MOST_SERIES = 100


def pages_url(settings: Settings) -> str | None:
    """Where people find the figures' pages: as the settings say, else where `monitor serve` has them."""
    found = settings.public_url or os.environ.get(PAGES_URL)
    return found.rstrip("/") if found else None


async def publish_status(report: RunReport, key: str = STATUS) -> None:
    """Every article of a run in exactly one row."""
    await acreate_markdown_artifact(report.markdown(), key=key, description="Every article of the run, by status")


async def publish_run(monitor: Monitor, report: RunReport, now: datetime, key: str = STATUS) -> None:
    """The status table; where something has changed the changes, all figures, and the charts of what changed; and how
    the feeds do, where a run has asked some."""
    await publish_status(report, key)
    changes = [line for one in report.change_ids if (line := monitor.store.change(one)) is not None]
    if changes:
        announce(changes)
        await publish_changes(monitor, changes, "What this run has found to be otherwise")
        await publish_figures(monitor)
        await publish_charts(monitor, changes)
    if report.feeds.asked:
        await publish_feeds(monitor, now)


async def publish_changes(monitor: Monitor, lines: Sequence[ChangeLine], description: str, key: str = CHANGES) -> None:
    """Changes with quotes and links."""
    zone = ZoneInfo(monitor.settings.server.timezone)
    text = markdown.changes(lines, zone, pages_url(monitor.settings))
    await acreate_markdown_artifact(text, key=key, description=description)


async def publish_figures(monitor: Monitor) -> None:
    """What each party says now in the series that moved last: of many stored ones, all would take long."""
    moved = monitor.store.latest_series(Wanted(), MOST_SERIES)
    text = markdown.figures([line for one in moved for line in one.lines], pages_url(monitor.settings))
    said = f"What each party says now; of more than {MOST_SERIES} series those that moved last"
    await acreate_markdown_artifact(text, key=FIGURES, description=said)


async def publish_feeds(monitor: Monitor, now: datetime) -> None:
    """How the feeds do."""
    text = markdown.feeds(monitor.store.feeds(now), now, ZoneInfo(monitor.settings.server.timezone))
    await acreate_markdown_artifact(text, key=FEEDS, description="How the feeds do")


async def publish_charts(monitor: Monitor, lines: Sequence[ChangeLine]) -> None:
    """The chart of each series that changed, drawn by the figures' pages, where it is known where those are."""
    pages = pages_url(monitor.settings)
    changed = {series_id(line.change.series): line for line in lines}
    for name, line in list(changed.items())[:MOST_CHARTS] if pages else []:
        title = series_name(line.change.series, line.claim.figure.subject.text)
        await acreate_image_artifact(f"{pages}/series/{name}.svg", key=f"chart-{name}", description=clean(title, 200))


def announce(lines: Sequence[ChangeLine]) -> None:
    """An event for each change, for automations of the user's. Alerts don't go this way: those are never lost."""
    for line in lines:
        view = views.change_view(line)
        said = ("title", "kind", "party", "before", "after", "quote", "outlet", "headline")
        emit_event(
            event=f"monitor.change.{view['kind']}",
            resource={
                "prefect.resource.id": f"monitor.change.{view['id']}",
                "prefect.resource.name": clean(view["title"], 200),
                "monitor.party": clean(view["party"], 200),
            },
            related=[
                _related("series", f"monitor.series.{view['series']}", view["title"]),
                _related("watch", f"monitor.watch.{view['watch']}", view["watch"]),
                _related("claim", f"monitor.claim.{view['claim']}", view["party"]),
            ],
            occurred=line.at,
            payload={name: clean(view[name]) for name in said}
            | {name: view[name] for name in ("low", "best", "high", "previous_low", "previous_high", "check")}
            | {"url": safe_url(line.claim.origin.url)},
        )


def _related(role: str, name: str, words: str) -> dict[str, str]:
    return {
        "prefect.resource.id": clean(name, 200),
        "prefect.resource.role": role,
        "prefect.resource.name": clean(words, 200),
    }
