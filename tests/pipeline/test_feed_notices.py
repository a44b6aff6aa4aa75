"""What operators are told of a feed when the notice before has not gone out yet."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.articles import FeedAnswer, PollOutcome
from monitor.domain.deliveries import DeliveryState
from monitor.pipeline import Monitor

NOW = datetime(2025, 2, 3, 12, 0, 7, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILS, GONE, WELL = (f"The feed Wire {what}" for what in ("does not answer", "is gone for good", "does well again"))
CONFIG = """
[store]
url = "{url}"
[operator]
channels = ["ops", "desk"]
[[feed]]
name = "Wire"
url = "https://wire.example.org/feed"
[[channel]]
name = "ops"
url = "mailto://127.0.0.1:9?from=monitor@example.org&to=ada@example.org,bob@example.org"
[[channel]]
name = "desk"
url = "jsons://127.0.0.1:9/hook"
"""


class Watched:
    """A monitor that looks after one feed, with verbs. Each lets hours pass."""

    def __init__(self, monitor: Monitor) -> None:
        self.monitor, self.store, self.now = monitor, monitor.store, NOW
        self.store.sync_feeds([("Wire", "https://wire.example.org/feed")], NOW)

    def answers(
        self, outcome: PollOutcome = PollOutcome.UNCHANGED, error: str | None = None, *, gone: bool = False
    ) -> None:
        """The feed is asked, and judged."""
        self.now += 7 * HOUR
        next_poll = self.now + HOUR
        answer = FeedAnswer(feed="Wire", outcome=outcome, entries=(), next_poll_at=next_poll, error=error, gone=gone)
        self.store.save_answers([answer], self.now)
        self.monitor.look_after(self.now)

    def fails(self, *, gone: bool = False) -> None:
        self.answers(PollOutcome.FAILED, "http_410" if gone else "http_503", gone=gone)

    def sends(self, *, taken: bool = True) -> list[tuple[str, str]]:
        """What is due is sent, or refused for now; returns headlines by channel and address."""
        sent = []
        for one in self.store.lease_due(self.now, limit=99, lease=HOUR, worker="w"):
            sent.append((one.payload["headline"], one.payload.get("to") or one.channel))
            if taken:
                self.store.mark_sent([one.key], self.now)
            else:
                self.store.mark_retry(one.key, self.now + 2 * HOUR, "timeout", worker="w")
        return sorted(sent)


@pytest.fixture
def watched(store_url: str, tmp_path: Path) -> Iterator[Watched]:
    config = tmp_path / "monitor.toml"
    config.write_text(CONFIG.format(url=store_url), encoding="utf-8")
    with Monitor.open(config) as monitor:
        yield Watched(monitor)


def to_all(headline: str) -> list[tuple[str, str]]:
    return [(headline, to) for to in ("ada@example.org", "bob@example.org", "desk")]


def test_what_was_sent_is_followed_by_its_end(watched: Watched) -> None:
    watched.answers()
    watched.fails()
    assert watched.sends() == to_all(FAILS)
    watched.answers()
    assert watched.sends() == to_all(WELL)


def test_a_notice_that_waits_is_called_back_when_the_feed_does_well_again(watched: Watched) -> None:
    watched.answers()
    watched.store.hold_channel("ops", None, "auth")
    watched.fails()
    assert watched.sends() == [(FAILS, "desk")]
    watched.answers()
    watched.store.release_channel("ops")
    assert watched.sends() == [(WELL, "desk")]
    called_back = watched.store.deliveries(DeliveryState.FOLDED)
    assert [(one.channel, one.folded_into) for one in called_back] == [("ops", None)] * 2
    watched.fails()
    assert watched.sends() == to_all(FAILS)


def test_one_that_was_tried_gives_way_to_what_is_true_now(watched: Watched) -> None:
    """Its receiver may have it; and it would come behind the news that it is over."""
    watched.answers()
    watched.fails()
    assert watched.sends(taken=False) == to_all(FAILS)
    watched.answers()
    assert watched.sends() == to_all(WELL)
    watched.now += 24 * HOUR
    assert watched.sends() == []


def test_one_on_its_way_is_left_to_its_deliverer_and_followed(watched: Watched) -> None:
    watched.answers()
    watched.fails()
    under_way = watched.store.lease_due(watched.now, limit=99, lease=24 * HOUR, worker="another")
    assert len(under_way) == 3
    watched.answers()
    watched.store.mark_sent([one.key for one in under_way], watched.now)
    assert watched.sends() == to_all(WELL)


def test_a_worse_trouble_takes_the_place_of_one_that_waits_and_its_end_is_told(watched: Watched) -> None:
    watched.answers()
    watched.fails()
    watched.fails(gone=True)
    assert watched.sends() == to_all(GONE)
    watched.answers()
    assert watched.sends() == to_all(WELL)


def test_the_end_is_told_where_only_the_lesser_trouble_was(watched: Watched) -> None:
    watched.answers()
    watched.fails()
    assert watched.sends() == to_all(FAILS)
    watched.store.hold_channel("ops", None, "auth")
    watched.fails(gone=True)
    watched.answers()
    watched.store.release_channel("ops")
    assert watched.sends() == to_all(WELL)
