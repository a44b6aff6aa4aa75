"""Feeds: configuration, polls and health."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from storekit import MINUTE, NOW, answer, entry

from monitor.domain.articles import PollOutcome
from monitor.store import Store

LATER = NOW + 15 * MINUTE


@pytest.fixture(autouse=True)
def configured(store: Store) -> None:
    store.sync_feeds([("wire", "https://wire.example.org/rss"), ("post", "https://post.example.org/rss")], NOW)


def test_new_feeds_are_due_at_once(store: Store) -> None:
    assert [feed.name for feed in store.due_feeds(NOW)] == ["post", "wire"]


def test_a_polled_feed_is_due_when_its_time_has_come(store: Store) -> None:
    store.save_answers([answer()], NOW)
    assert [feed.name for feed in store.due_feeds(LATER - MINUTE)] == ["post"]
    assert [feed.name for feed in store.due_feeds(LATER)] == ["post", "wire"]
    assert [feed.name for feed in store.due_feeds(NOW, everything=True)] == ["post", "wire"]


def test_a_feed_no_longer_configured_is_kept_but_never_due(store: Store) -> None:
    store.save_answers([answer(entry())], NOW)
    store.sync_feeds([("post", "https://post.example.org/rss")], NOW)
    assert [feed.name for feed in store.due_feeds(NOW, everything=True)] == ["post"]
    assert store.pending(NOW) == []  # its articles wait until it is back
    assert [(feed.name, feed.active) for feed in store.feeds(NOW)] == [("post", True), ("wire", False)]
    store.sync_feeds([("wire", "https://wire.example.org/rss")], NOW)
    assert [feed.name for feed in store.due_feeds(LATER)] == ["wire"]
    assert len(store.pending(NOW)) == 1


def test_another_url_starts_a_feed_anew(store: Store) -> None:
    store.save_answers([answer(etag='"1"', body_sha256="aa")], NOW)
    store.sync_feeds([("wire", "https://wire.example.org/new")], NOW)
    (feed,) = store.due_feeds(NOW)
    assert (feed.url, feed.etag, feed.body_sha256) == ("https://wire.example.org/new", None, None)


def test_validators_come_back_byte_for_byte(store: Store) -> None:
    store.save_answers([answer(etag='W/"ä 1"', last_modified="Mon, 13 Jan 2025", body_sha256="aa")], NOW)
    feed = next(feed for feed in store.due_feeds(LATER) if feed.name == "wire")
    assert (feed.etag, feed.last_modified, feed.body_sha256) == ('W/"ä 1"', "Mon, 13 Jan 2025", "aa")


def test_a_fresh_answer_without_validators_clears_them_and_an_unchanged_one_keeps_them(store: Store) -> None:
    store.save_answers([answer(etag='"1"', body_sha256="aa")], NOW)
    store.save_answers([answer(outcome=PollOutcome.UNCHANGED)], NOW)
    assert next(feed.etag for feed in store.due_feeds(LATER) if feed.name == "wire") == '"1"'
    store.save_answers([answer(body_sha256="bb")], NOW)
    feed = next(feed for feed in store.due_feeds(LATER) if feed.name == "wire")
    assert (feed.etag, feed.body_sha256) == (None, "bb")


def test_failures_count_up_and_end_with_the_next_answer(store: Store) -> None:
    failed = answer(outcome=PollOutcome.FAILED, error="timeout: no answer")
    store.save_answers([failed], NOW)
    store.save_answers([failed], NOW + MINUTE)
    (health,) = [feed for feed in store.feeds(NOW) if feed.name == "wire"]
    assert (health.failures, health.polls, health.error) == (2, 2, "timeout: no answer")
    assert (health.polled_at, health.answered_at) == (NOW + MINUTE, None)
    assert store.due_feeds(LATER)[-1].failures == 2
    store.save_answers([answer(entry())], NOW + 2 * MINUTE)
    (health,) = [feed for feed in store.feeds(NOW) if feed.name == "wire"]
    assert (health.failures, health.polls, health.error, health.entries) == (0, 3, None, 1)
    assert health.answered_at == health.fresh_at == NOW + 2 * MINUTE


def test_a_failed_poll_keeps_the_validators(store: Store) -> None:
    store.save_answers([answer(etag='"1"')], NOW)
    store.save_answers([answer(outcome=PollOutcome.FAILED, error="timeout: x")], NOW)
    assert next(feed.etag for feed in store.due_feeds(LATER) if feed.name == "wire") == '"1"'


def test_answers_count_what_became_pending(store: Store) -> None:
    assert store.save_answers([answer(entry(1), entry(2)), answer(entry(3, feed="post"), feed="post")], NOW) == 3
    assert store.save_answers([answer(entry(1), entry(2), entry(4))], NOW) == 1
    assert store.save_answers([answer(entry(1), replace(entry(2), title="Losses double"))], NOW) == 1


def test_naive_times_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="naive"):
        store.save_answers([answer()], NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="naive"):
        store.due_feeds(datetime.min + timedelta(days=1))  # noqa: DTZ901 - the point of the test


def test_lists_have_the_same_order_on_every_database(store: Store) -> None:
    store.sync_feeds([(name, "https://x.example.org/") for name in ("éa", "Zb", "a-c", "ab", "B")], NOW)
    order = ["B", "Zb", "a-c", "ab", "éa"]
    assert [feed.name for feed in store.due_feeds(NOW)] == order
    assert [feed.name for feed in store.feeds(NOW)] == [*order, "post", "wire"]


def test_what_a_site_asks_of_programs_is_kept_until_it_ends(store: Store) -> None:
    store.keep_robots({"https://a.example": "User-agent: *\nDisallow: /", "https://b.example": ""}, NOW + MINUTE, NOW)
    assert store.robots_of("https://a.example", NOW) == ("User-agent: *\nDisallow: /", NOW + MINUTE)
    assert store.robots_of("https://b.example", NOW) == ("", NOW + MINUTE)
    assert store.robots_of("https://a.example", NOW + MINUTE) is None
    store.keep_robots({"https://a.example": "new"}, NOW + 3 * MINUTE, NOW + 2 * MINUTE)
    assert store.robots_of("https://a.example", NOW) == ("new", NOW + 3 * MINUTE)
    assert store.robots_of("https://b.example", NOW) is None
