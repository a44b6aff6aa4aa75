"""What is deployed: the flows with their schedules and limits. `deployments/prefect.yaml` says the same for workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.upkeep import digest_changes, prune_stored, reprocess_texts
from flows.watch import deliver_alerts, load_seeds, revisit_pages, watch_feeds

LOCAL, WORKER = "local", "worker"
"""The deployments' names: "watch_feeds/local" on one machine, "watch_feeds/worker" for workers of a pool."""
POOL = "monitor"
TAGS = ("monitor",)

GRACE_SECONDS = 90
"""How long a run that was killed before it began may keep its slot; one that has begun says itself that it lives."""

CANCEL_NEW, ENQUEUE = ConcurrencyLimitStrategy.CANCEL_NEW, ConcurrencyLimitStrategy.ENQUEUE


@dataclass(frozen=True, slots=True)
class Plan:
    """A deployment. `cron` is in the user's zone; one that is not `active` can be switched on in the UI.

    `collision`: a run that finds another one of its kind on its way is cancelled where that one does its work as well,
    and waits where it has work of its own.
    """

    flow: Flow[..., Any]
    cron: str | None
    collision: ConcurrencyLimitStrategy
    why: str
    active: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def limit(self) -> ConcurrencyLimitConfig:
        """One at a time."""
        return ConcurrencyLimitConfig(limit=1, collision_strategy=self.collision, grace_period_seconds=GRACE_SECONDS)

    @property
    def description(self) -> str:
        """What the UI says of it."""
        what = (self.flow.description or "").partition("Args:")[0].strip()
        then = "is cancelled" if self.collision is CANCEL_NEW else "waits"
        return f"{what}\n\nA run that is due while another one is on its way {then}: {self.why}."


def plans(watch_cron: str = "*/15 * * * *") -> tuple[Plan, ...]:
    """Every deployment."""
    return (
        Plan(
            watch_feeds, watch_cron, CANCEL_NEW, "the run on its way asks the same feeds", parameters={"edits": False}
        ),
        Plan(revisit_pages, "7-59/15 * * * *", CANCEL_NEW, "the run on its way looks at the same pages"),
        Plan(deliver_alerts, "*/5 * * * *", CANCEL_NEW, "the run on its way sends the same alerts"),
        Plan(digest_changes, "0 8 * * *", CANCEL_NEW, "the run on its way shows the same days", parameters={"days": 1}),
        Plan(
            reprocess_texts, "30 3 * * 0", ENQUEUE, "one that takes over must not be lost to one that only shows", False
        ),
        Plan(prune_stored, "30 4 * * *", CANCEL_NEW, "the run on its way throws the same away"),
        Plan(load_seeds, None, ENQUEUE, "two folders are two baselines"),
    )


async def served(config: Path, *, cron: str = "*/15 * * * *", timezone: str = "UTC") -> list[RunnerDeployment]:
    """The deployments for one machine. Delivering waits for no schedule here: the deliverer process never stops."""
    return [
        await _deployment(plan, LOCAL, config, timezone, active=plan.active and plan.flow is not deliver_alerts)
        for plan in plans(cron)
    ]


async def for_workers(config: Path, *, timezone: str = "UTC") -> list[RunnerDeployment]:
    """The deployments for the workers of a pool, on which this package is installed and the settings have one place."""
    return [await _deployment(plan, WORKER, config, timezone, active=plan.active, pool=POOL) for plan in plans()]


async def _deployment(
    plan: Plan, name: str, config: Path, timezone: str, *, active: bool, pool: str | None = None
) -> RunnerDeployment:
    schedule = Cron(plan.cron, timezone=timezone, active=active) if plan.cron else None
    return await plan.flow.ato_deployment(
        name,
        schedule=schedule,
        concurrency_limit=plan.limit,
        parameters={"config": str(config), **plan.parameters},
        tags=list(TAGS),
        description=plan.description,
        entrypoint_type=EntrypointType.MODULE_PATH,
        work_pool_name=pool,
    )
