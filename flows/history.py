"""Prefect's run history: what is older than [keep] says goes, by the server's own interface."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.lock import holder
from flows.server import answers
from monitor.errors import MonitorError
from monitor.settings import load_settings

PORTION = 200
"""Runs asked for at once: as many as the server gives."""


class HistoryError(MonitorError):
    """The Prefect server can't be asked, or refuses."""


async def prune_history(keep: timedelta, now: datetime, *, dry_run: bool = False) -> int:
    """Deletes our flow runs that ended more than `keep` ago, with their task runs; returns how many. With `dry_run` it
    counts. Logs and artifacts of runs that are gone are the vacuum's of the server. Raises HistoryError."""
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterEndTime,
        FlowRunFilterState,
        FlowRunFilterTags,
    )
    from prefect.client.schemas.filters import FlowRunFilterStateType as OfType
    from prefect.client.schemas.objects import TERMINAL_STATES
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.exceptions import ObjectNotFound

    ended = FlowRunFilter(
        end_time=FlowRunFilterEndTime.model_validate({"before_": now - keep}),
        # A server may have other people's flows as well.
        tags=FlowRunFilterTags(all_=["monitor"]),
        state=FlowRunFilterState(type=OfType(any_=sorted(TERMINAL_STATES))),
    )
    gone = 0
    try:
        async with get_client() as client:
            while True:
                # What is deleted moves the rest up; what is only counted doesn't.
                found = await client.read_flow_runs(
                    flow_run_filter=ended, sort=FlowRunSort.END_TIME_DESC, limit=PORTION, offset=gone if dry_run else 0
                )
                for run in found:
                    if not dry_run:
                        try:
                            await client.delete_flow_run(run.id)
                        except ObjectNotFound:
                            continue  # the server's vacuum was faster
                gone += len(found)
                if len(found) < PORTION:
                    return gone
    except httpx.HTTPError as error:
        raise HistoryError(f"Prefect's server can't be asked: {type(error).__name__}") from error


def main(config: Path, *, dry_run: bool) -> int:
    """What `monitor prune` starts; the server is that of PREFECT_API_URL, else that of the `monitor serve` that holds
    the folder of the settings. Another one on this machine may be another installation's."""
    settings = load_settings(config)
    keep = settings.keep.history
    if keep is None:
        return 0
    if not os.environ.get("PREFECT_API_URL"):
        folder = settings.data
        if not _find(folder):
            sys.stdout.write(f"no Prefect server of {folder} is running, so its run history stays as it is\n")
            return 0
    gone = asyncio.run(prune_history(keep, datetime.now(UTC), dry_run=dry_run))
    sys.stdout.write(f"{'flow runs in the history':<32}{gone:>8,}\n")
    return 0


def _find(data: Path) -> bool:
    """Sets the environment for the server of the `monitor serve` that holds this folder, when it answers."""
    _, _, address = holder(data).partition(", ")
    if not address or not answers(f"{address}/api/health"):
        return False
    os.environ["PREFECT_API_URL"] = f"{address}/api"
    if password := os.environ.get("PREFECT_SERVER_API_AUTH_STRING"):
        os.environ.setdefault("PREFECT_API_AUTH_STRING", password)
    return True
