"""A run as people see it in Prefect: its name, late runs of the same deployment, a server that is away."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from prefect import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Crashed

from monitor.errors import MonitorError
from monitor.report import RunReport
from monitor.settings import load_settings

log = logging.getLogger("monitor.flows")


def first_name() -> str:
    """The name of a run that begins: what runs, and for which time it was scheduled, in the user's zone."""
    return f"{_kind()} {_moment(_zone(flow_run.parameters.get('config')))}"


def last_name(zone: ZoneInfo, *said: str) -> str:
    """The name of a run that has done its work: "watch 14:15 · 312 feeds · 9 articles · 2 changes"."""
    return " · ".join([f"{_kind()} {_moment(zone)}", *said])


def what_happened(report: RunReport) -> list[str]:
    """The parts of a run's name. Nothing is said of what there was none of, but for articles and changes."""
    parts = [
        (report.feeds.asked, "feed"),
        (report.feeds.failed, "failed"),
        (report.articles, "article"),
        (report.changes, "change"),
        (report.deliveries.sent, "sent"),
    ]
    return [counted(number, word) for number, word in parts if number or word in {"article", "change"}]


def counted(number: int, word: str) -> str:
    """ "1 feed", "2 feeds", "3 failed"."""
    plural = "s" if number != 1 and word not in {"failed", "sent", "retried", "dead"} else ""
    return f"{number:,} {word}{plural}"


async def rename(name: str) -> None:
    """Gives the run that goes on another name; nothing outside of one."""
    if flow_run.id is not None:
        async with get_client() as client:
            await client.update_flow_run(flow_run.id, name=name)


async def collapse_late() -> int:
    """Cancels the scheduled runs of this deployment that are late: this run does what they would. Returns how many.

    After a night without power there are many, and each would do nothing but find that nothing is left. Runs that a
    person asked for stay.
    """
    if deployment.id is None:
        return 0
    late = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    mine = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    async with get_client() as client:
        found = await client.read_flow_runs(flow_run_filter=late, deployment_filter=mine)
        ended = [run.id for run in found if run.auto_scheduled]
        for run in ended:
            await client.set_flow_run_state(run, Cancelled(message="The run that has just started does its work."))
    return len(ended)


@contextlib.contextmanager
def for_show() -> Iterator[None]:
    """What is done within only shows a run: a server that is away or refuses it is said, and the run goes on."""
    try:
        yield
    except (httpx.HTTPError, PrefectHTTPStatusError) as error:
        log.warning(
            "Prefect's server can't be reached (%s): what this run does is stored, and not all of it is shown there",
            type(error).__name__,
        )


def _kind() -> str:
    return (flow_run.flow_name or "run").partition("_")[0]


def _moment(zone: ZoneInfo) -> str:
    moment: datetime = flow_run.scheduled_start_time or datetime.now(UTC)
    return f"{moment.astimezone(zone):%H:%M}"


def _zone(config: object) -> ZoneInfo:
    """The zone of the settings; UTC where they can't be read, which the run itself will say."""
    with contextlib.suppress(MonitorError, TypeError):
        return ZoneInfo(load_settings(Path(str(config))).server.timezone)
    return ZoneInfo("UTC")


async def end_the_dead(name: str) -> int:
    """Marks as crashed what is still running of the deployments of this name: for who knows that nothing can be.

    So a stop in the middle of a run, however hard, doesn't keep the next start from its first run. Returns how many.
    """
    alive = FlowRunFilter(
        state=FlowRunFilterState(
            type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
        )
    )
    ours = DeploymentFilter(name=DeploymentFilterName(any_=[name]))
    async with get_client() as client:
        found = await client.read_flow_runs(flow_run_filter=alive, deployment_filter=ours)
        for run in found:
            await client.set_flow_run_state(run.id, Crashed(message="It was stopped with its service."), force=True)
    return len(found)
