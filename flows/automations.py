"""Automations of the Prefect server: for operations only, figures never go this way."""

import asyncio
import sys
from datetime import timedelta

import httpx
from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.settings import PREFECT_API_URL

from flows.environment import HEARTBEAT_SECONDS
from monitor.errors import ConfigError

ZOMBIES = "Runs without a heartbeat have crashed"

_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


async def ensure_automations() -> None:
    """Creates what is missing on the server. A run that was killed hard would keep its slot for minutes otherwise."""
    try:
        await Automation.aread(name=ZOMBIES)
    except ValueError:
        await _zombies().acreate()


def main() -> int:
    """Creates them on the server of PREFECT_API_URL, which `monitor serve` does by itself. Raises ConfigError."""
    server = PREFECT_API_URL.value()
    if not server:
        raise ConfigError("no server is named; set PREFECT_API_URL")
    try:
        asyncio.run(ensure_automations())
    except httpx.HTTPError as error:
        raise ConfigError(f"the server at PREFECT_API_URL can't be used: {type(error).__name__}") from error
    sys.stdout.write(f"there is an automation on the server: {ZOMBIES}\n")
    return 0


def _zombies() -> Automation:
    heartbeat = "prefect.flow-run.heartbeat"
    return Automation(
        name=ZOMBIES,
        description="A flow run that has not been heard of for three heartbeats is marked as crashed.",
        trigger=EventTrigger(
            after={heartbeat},
            expect={heartbeat, *(f"prefect.flow-run.{end}" for end in _ENDS)},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=3 * HEARTBEAT_SECONDS),
        ),
        actions=[
            ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message="No heartbeat for 90 s", force=False)
        ],
    )
