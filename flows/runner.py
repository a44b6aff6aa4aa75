"""The process that executes scheduled runs, each in a process of its own."""

import asyncio
import logging
from pathlib import Path

from prefect.deployments.flow_runs import arun_deployment
from prefect.runner import Runner

from flows.automations import ensure_automations
from flows.deployments import LOCAL, served
from flows.processes import outlive_no_parent
from flows.runs import end_the_dead
from monitor.errors import ConfigError
from monitor.settings import known_zone, load_settings

log = logging.getLogger("monitor.flows")

RUNS_AT_ONCE = 4
"""More than one on purpose: what may run beside what is each deployment's own limit. A limit of 1 here would queue the
late runs of a downtime one after the other instead of letting them cancel each other."""


async def run(config: Path, cron: str, timezone: str) -> None:
    """Serves the deployments until SIGTERM, and asks for one run at once, so that a start shows something.

    Schedules stay active when it ends: what was missed meanwhile runs, once, at the next start. Raises ConfigError for
    a schedule that can't be.
    """
    try:
        known_zone(timezone)  # Prefect would find out at the first run that is due
        deployments = await served(config, cron=cron, timezone=timezone)
    except ValueError as error:
        raise ConfigError(f'no schedule can be made of "{cron}" in the zone "{timezone}"') from error
    for line in await ensure_automations(load_settings(config)):
        log.info("automation %s", line)
    runner = Runner(pause_on_shutdown=False, limit=RUNS_AT_ONCE)
    for deployment in deployments:
        await runner.aadd_deployment(deployment)
    await end_the_dead(LOCAL)
    await arun_deployment(f"watch_feeds/{LOCAL}", timeout=0, as_subflow=False)
    await runner.start()


def main(config: Path, cron: str, timezone: str) -> int:
    """Entry point of the process."""
    outlive_no_parent()
    asyncio.run(run(config, cron, timezone))
    return 0
