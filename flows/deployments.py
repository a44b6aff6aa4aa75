"""What is deployed: the flows with their schedules and limits. `deployments/prefect.yaml` says the same for workers."""

from pathlib import Path

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.watch import deliver_alerts, load_seeds, watch_feeds

NAME = "local"
"""The deployments' name: "watch_feeds/local"."""

ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run that is due while one is on its way has nothing to add: it is cancelled, not queued. That is also how the
late runs of a night without power become one."""


async def served(config: Path, *, cron: str = "*/15 * * * *", timezone: str = "UTC") -> list[RunnerDeployment]:
    """The deployments for one machine. Delivering has no schedule here: the deliverer process never stops."""
    parameters = {"config": str(config)}
    return [
        await watch_feeds.ato_deployment(
            NAME,
            schedule=Cron(cron, timezone=timezone),
            concurrency_limit=ONE_AT_A_TIME,
            parameters=parameters,
            tags=["monitor"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        await load_seeds.ato_deployment(
            NAME,
            parameters=parameters,
            concurrency_limit=ONE_AT_A_TIME,
            tags=["monitor"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        await deliver_alerts.ato_deployment(
            NAME,
            parameters=parameters,
            concurrency_limit=ONE_AT_A_TIME,
            tags=["monitor"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
    ]
