"""Automations of the Prefect server: for operations only, figures never go this way."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from apprise import Apprise
from prefect import get_client
from prefect.blocks.notifications import SlackWebhook
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from pydantic import SecretStr

from flows.environment import HEARTBEAT_SECONDS
from monitor.settings import ChannelSetting, Settings

ZOMBIES = "Runs without a heartbeat have crashed"
FAILED = "Operators hear of flows that fail"
SILENT = "Operators hear when no watching succeeds"
DEAD = "Operators hear when nothing takes up runs"

AT_MOST_EVERY = timedelta(hours=1)
"""Operators hear of flows that go on failing this often."""

_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")
_OURS: dict[str, str | list[str]] = {"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.monitor"}
_RUNS: dict[str, str | list[str]] = {"prefect.resource.id": "prefect.flow-run.*"}
_LINK = "{{ flow_run|ui_url }}"


async def ensure_automations(settings: Settings) -> list[str]:
    """Brings the server's automations up to what the settings want; returns what was done, nothing the second time.

    An automation that somebody has switched off stays so. A channel that Prefect's server can't write to is said and
    left out.
    """
    wanted, done = [_zombies()], []
    named = [one for one in settings.channels if one.name in settings.operator.channels]
    usable = [one for one in named if Apprise.instantiate(one.url.get_secret_value(), suppress_exceptions=True)]
    done += [f"without the channel {one.name}: Prefect can't write to it" for one in named if one not in usable]
    if usable:
        blocks = [await _block(one) for one in usable]
        wanted += [_failed(blocks), _silent(blocks, settings.operator.without_run), _dead(blocks)]
    done += [line for one in wanted if (line := await _ensure(one))]
    kept = {one.name for one in wanted}
    return done + [line for name in (FAILED, SILENT, DEAD) if name not in kept for line in await _remove(name)]


async def _ensure(wanted: AutomationCore) -> str | None:
    async with get_client() as client:
        known = await client.read_automations_by_name(wanted.name)
        for twin in known[1:]:
            await client.delete_automation(twin.id)
        if not known:
            await client.create_automation(wanted)
            return f"made: {wanted.name}"
        wanted.enabled = known[0].enabled
        if _said(known[0]) == _said(wanted):
            return None
        await client.update_automation(known[0].id, wanted)
        return f"changed: {wanted.name}"


async def _remove(name: str) -> list[str]:
    async with get_client() as client:
        known = await client.read_automations_by_name(name)
        for one in known:
            await client.delete_automation(one.id)
    return [f"removed: {name}"] if known else []


def _said(automation: AutomationCore) -> dict[str, Any]:
    """What an automation says, without what the server adds to it."""
    return automation.model_dump(include=set(AutomationCore.model_fields), exclude_none=True)


async def _block(channel: ChannelSetting) -> UUID:
    """The channel as a block of Prefect's, its address encrypted there. Any address of Apprise's will do: this is the
    one kind of block that hands it on as it is."""
    name = f"monitor-{re.sub(r'[^a-z0-9]+', '-', channel.name.lower()).strip('-') or 'operators'}"
    block = SlackWebhook(url=SecretStr(channel.url.get_secret_value()))
    found = await block.asave(name, overwrite=True)
    return UUID(str(found))


def _tell(blocks: Sequence[UUID], subject: str, body: str) -> list[Any]:
    return [SendNotification(block_document_id=block, subject=subject, body=body) for block in blocks]


def _failed(blocks: Sequence[UUID]) -> AutomationCore:
    return AutomationCore(
        name=FAILED,
        description="A notice to the operators' channels, at most one an hour for each flow.",
        trigger=EventTrigger(
            expect={f"prefect.flow-run.{end}" for end in ("Failed", "Crashed", "TimedOut")},
            match=_RUNS,
            match_related=_OURS,
            for_each={"related:flow:prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=AT_MOST_EVERY,
        ),
        # Names of runs are our own words; messages of errors may repeat those of feeds.
        actions=_tell(
            blocks,
            "Figure monitor: {{ flow.name }} has failed",
            f"The run “{{{{ flow_run.name }}}}” ended as {{{{ flow_run.state.name }}}}. Why: {_LINK}",
        ),
    )


def _silent(blocks: Sequence[UUID], hours: timedelta) -> AutomationCore:
    said = f"{hours.total_seconds() / 3600:g} hours"
    return AutomationCore(
        name=SILENT,
        description=f"A notice to the operators' channels when runs are due and none has succeeded for {said}.",
        trigger=EventTrigger(
            # Begins with a run, so that a service that was off all night says nothing when it is started.
            after={"prefect.flow-run.Running", "prefect.flow-run.Late"},
            expect={"prefect.flow-run.Completed"},
            match=_RUNS,
            match_related={"prefect.resource.role": "flow", "prefect.resource.name": "watch_feeds"},
            posture=Posture.Proactive,
            threshold=1,
            within=hours,
        ),
        actions=_tell(
            blocks,
            f"Figure monitor: no watching has succeeded for {said}",
            "Nothing is known about changes meanwhile. Look at the latest runs of watch_feeds in Prefect's pages.",
        ),
    )


def _dead(blocks: Sequence[UUID]) -> AutomationCore:
    return AutomationCore(
        name=DEAD,
        description="A notice to the operators' channels when no worker or runner has asked for runs for a minute.",
        trigger=EventTrigger(
            expect={"prefect.work-pool.not-ready", "prefect.deployment.not-ready"},
            match={"prefect.resource.name": ["monitor", "local"]},
            posture=Posture.Reactive,
            threshold=1,
            within=AT_MOST_EVERY,
        ),
        actions=_tell(
            blocks,
            "Figure monitor: nothing takes up runs",
            "No worker of the pool “monitor”, or no runner of `monitor serve`, has asked Prefect's server for runs for "
            "a minute or more. Runs wait until one is started.",
        ),
    )


def _zombies() -> AutomationCore:
    heartbeat = "prefect.flow-run.heartbeat"
    return AutomationCore(
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
