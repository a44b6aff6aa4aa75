"""Throwing away by the policy of [keep]. What people judged, and all that it stands on, stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.opening import addresses
from monitor.settings import Settings
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much went, or would go."""

    texts: int = 0
    deliveries: int = 0
    runs: int = 0
    robots: int = 0
    failing: int = 0

    def rows(self) -> list[tuple[str, int]]:
        """What went, in words, and how many of it."""
        return [
            ("texts without figures", self.texts),
            ("deliveries that have ended", self.deliveries),
            ("runs", self.runs),
            ("robots.txt that hold no more", self.robots),
            ("failures that are over", self.failing),
        ]


def prune(settings: Settings, store: Store, now: datetime, *, dry_run: bool = False) -> Pruned:
    """Deletes what is older than [keep] of the settings says, in short transactions; again, it finds nothing more.

    Never a claim, a decision, a change or a verdict, nor a text that one of them comes from. With `dry_run` it counts
    and nothing goes. Raises StoreError, and ConfigError for a channel that doesn't load.
    """
    keep = settings.keep
    readers = addresses(settings)

    def older(method: Callable[..., int], age: timedelta | None) -> int:
        return 0 if age is None else method(now - age, dry_run=dry_run)

    return Pruned(
        texts=older(store.prune_texts, keep.texts),
        deliveries=older(store.prune_deliveries, keep.deliveries),
        runs=older(store.prune_runs, keep.runs),
        robots=store.prune_robots(now, dry_run=dry_run),
        failing=store.prune_failing(now, readers, dry_run=dry_run),
    )
