"""What a run reports: one status for each article, the feeds' answers, changes and deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.alerts.deliver import DeliveryReport
from monitor.alerts.neutral import markdown
from monitor.domain.articles import ArticleStatus, FeedAnswer, PollOutcome

NAMED = 5
"""Feeds that a sentence names."""


@dataclass(frozen=True, slots=True)
class PollReport:
    """How the feeds answered, by outcome. `errors` are (feed, "kind: message") pairs; `pending` says how many articles
    came in with something to read."""

    fresh: int = 0
    unchanged: int = 0
    failed: int = 0
    pending: int = 0
    errors: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, answers: Sequence[FeedAnswer], pending: int) -> "PollReport":
        """Counts answers."""
        outcomes = [answer.outcome for answer in answers]
        return cls(
            fresh=outcomes.count(PollOutcome.FRESH),
            unchanged=outcomes.count(PollOutcome.UNCHANGED),
            failed=outcomes.count(PollOutcome.FAILED),
            pending=pending,
            errors=tuple((answer.feed, answer.error) for answer in answers if answer.error is not None),
        )

    def __add__(self, other: "PollReport") -> "PollReport":
        return PollReport(
            fresh=self.fresh + other.fresh,
            unchanged=self.unchanged + other.unchanged,
            failed=self.failed + other.failed,
            pending=self.pending + other.pending,
            errors=(*self.errors, *other.errors),
        )

    @property
    def asked(self) -> int:
        """How many feeds were asked."""
        return self.fresh + self.unchanged + self.failed

    @property
    def blind(self) -> bool:
        """True when feeds were asked and not one could be read: then "no news" is not "no change"."""
        return self.asked > 0 and self.asked == self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run did. `counts` has every status, and each article that was handled under exactly one of them;
    `problems` are (file, what is wrong) pairs of a folder that was loaded, `undated` those of its files that tell no
    day; `stale` are (feed, "kind: message") pairs of those of the `watched` feeds that have not answered for hours."""

    run: int | None = None
    counts: Mapping[ArticleStatus, int] = field(default_factory=dict)
    feeds: PollReport = field(default_factory=PollReport)
    change_ids: tuple[str, ...] = ()
    deliveries: DeliveryReport = field(default_factory=DeliveryReport)
    problems: tuple[tuple[str, str], ...] = ()
    undated: tuple[str, ...] = ()
    watched: int = 0
    stale: tuple[tuple[str, str], ...] = ()

    @property
    def blind(self) -> str | None:
        """Why "no news" of this run is not "no change": no feed that was asked answered, or most of them have been
        silent for hours. None when it saw enough."""
        if len(self.stale) * 2 > self.watched:
            return f"{len(self.stale)} of {self.watched} feeds have not answered for hours: {_some(self.stale)}"
        if self.feeds.blind:
            return f"none of the {self.feeds.asked} feeds asked could be read: {_some(self.feeds.errors)}"
        return None

    @property
    def articles(self) -> int:
        """How many articles were handled."""
        return sum(self.counts.values())

    @property
    def changes(self) -> int:
        """How many changes were found that readers are told."""
        return len(self.change_ids)

    def rows(self) -> list[tuple[str, int]]:
        """The status table: feeds, articles by status (only those that occurred), changes, deliveries."""
        statuses = [(f"articles {status.value.replace('_', ' ')}", number) for status, number in self.counts.items()]
        return [
            ("feeds with news", self.feeds.fresh),
            ("feeds unchanged", self.feeds.unchanged),
            ("feeds failed", self.feeds.failed),
            ("articles handled", self.articles),
            *[row for row in statuses if row[1]],
            ("changes", self.changes),
            ("alerts sent", self.deliveries.sent),
            *[row for row in self._trouble() if row[1]],
        ]

    def _trouble(self) -> list[tuple[str, int]]:
        return [
            ("alerts to be tried again", self.deliveries.retried),
            ("alerts held with their channel", self.deliveries.held),
            ("alerts given up", self.deliveries.dead),
            ("files or records that can't be used", len(self.problems)),
            ("files or records without a day", len(self.undated)),
            ("feeds not heard of for hours", len(self.stale)),
        ]

    def markdown(self) -> str:
        """The status table for the Prefect UI. Names of feeds are the user's own; reasons are ours."""
        lines = ["| what | how many |", "| --- | ---: |", *(f"| {name} | {number} |" for name, number in self.rows())]
        errors = [f"- **{markdown(feed)}**: {markdown(error)}" for feed, error in self.feeds.errors]
        return "\n".join([*lines, *(["", "Feeds that failed:", "", *errors] if errors else [])])

    def as_dict(self) -> dict[str, int]:
        """The table as JSON data, every status included."""
        return {
            "feeds_fresh": self.feeds.fresh,
            "feeds_unchanged": self.feeds.unchanged,
            "feeds_failed": self.feeds.failed,
            "feeds_stale": len(self.stale),
            **{status.value: self.counts.get(status, 0) for status in ArticleStatus},
            "articles": self.articles,
            "changes": self.changes,
            "alerts_sent": self.deliveries.sent,
            "alerts_retried": self.deliveries.retried,
            "alerts_held": self.deliveries.held,
            "alerts_dead": self.deliveries.dead,
        }

    def as_json(self) -> dict[str, Any]:
        """The table with its ids and errors."""
        return {
            "run": self.run,
            **self.as_dict(),
            "change_ids": list(self.change_ids),
            "feed_errors": [{"feed": feed, "error": error} for feed, error in self.feeds.errors],
            "undated": [*self.undated],
            "problems": [{"file": file, "problem": problem} for file, problem in self.problems],
        }


def _some(errors: Sequence[tuple[str, str]]) -> str:
    """The first of them, each with the kind of its failure."""
    named = [f"{feed} ({error.partition(':')[0]})" for feed, error in errors[:NAMED]]
    return ", ".join([*named, f"and {len(errors) - NAMED} more"] if len(errors) > NAMED else named)
