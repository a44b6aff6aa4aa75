"""`monitor deploy`: deployments and automations on a Prefect server of the user's own, for the workers of a pool."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.settings import PREFECT_API_URL

from flows.automations import ensure_automations
from flows.deployments import POOL, for_workers
from flows.environment import HEARTBEAT_SECONDS
from monitor.errors import ConfigError
from monitor.settings import load_settings


def main(config: Path, say: Callable[[str], None]) -> int:
    """Deploys to the server of PREFECT_API_URL; again, it changes what is otherwise by now. Raises ConfigError."""
    server = PREFECT_API_URL.value()
    if not server:
        raise ConfigError("no server is named; set PREFECT_API_URL")
    try:
        asyncio.run(deploy(config.resolve(), say))
    except (httpx.HTTPError, PrefectHTTPStatusError) as error:
        raise ConfigError(f"the server at PREFECT_API_URL can't be used: {type(error).__name__}") from error
    start = f"PREFECT_FLOWS_HEARTBEAT_FREQUENCY={HEARTBEAT_SECONDS} prefect worker start --pool {POOL}"
    say(f"Workers take up runs: {start}")
    return 0


async def deploy(config: Path, say: Callable[[str], None]) -> None:
    """The work pool, if there is none, the deployments, and the automations."""
    settings = load_settings(config)
    async with get_client() as client:
        try:
            await client.read_work_pool(POOL)
        except ObjectNotFound:
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
            say(f"work pool made: {POOL}")
    for one in await for_workers(config, timezone=settings.server.timezone):
        await one.aapply()
        say(f"deployed: {one.flow_name}/{one.name}")
    for line in await ensure_automations(settings):
        say(f"automation {line}")
