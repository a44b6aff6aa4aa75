"""A poll of feeds over real HTTP: one answer for each, whatever the others do."""

import asyncio
import hashlib
import itertools
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.domain.articles import FeedAnswer, FeedState, PollOutcome
from monitor.sources.feeds import poll_each, poll_feeds
from monitor.sources.fetch import Fetcher

pytestmark = pytest.mark.process  # a real web server

NOW = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def rss(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


async def poll(fetcher: Fetcher, *states: FeedState) -> list[FeedAnswer]:
    answers = await poll_feeds(states, fetcher, now=NOW, interval=QUARTER)
    assert [answer.feed for answer in answers] == [state.name for state in states]
    assert all(answer.next_poll_at > NOW for answer in answers)
    return answers


def after(state: FeedState, answer: FeedAnswer) -> FeedState:
    """The state that a store keeps after this answer."""
    return FeedState(
        name=state.name,
        url=state.url,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_sha256=answer.body_sha256,
        failures=state.failures + 1 if answer.outcome is PollOutcome.FAILED else 0,
    )


def minutes(answer: FeedAnswer) -> float:
    return (answer.next_poll_at - NOW).total_seconds() / 60


@pytest.mark.parametrize(
    "validators", [{"ETag": 'W/"1"', "Last_Modified": "Fri, 03 Jan 2025 10:00:00 GMT"}, {"Last_Modified": "whenever"}]
)
async def test_fresh_then_unchanged_for_good(site: NewsSite, fetcher: Fetcher, validators: dict[str, str]) -> None:
    body = rss("one", "two")
    state = FeedState(name="a", url=site.keeps("/feed", body, **validators))
    (first,) = await poll(fetcher, state)
    assert first.outcome is PollOutcome.FRESH
    assert [entry.title for entry in first.entries] == ["one", "two"]
    assert first.body_sha256 == hashlib.sha256(body).hexdigest()
    for _ in range(2):
        state = after(state, first)
        (again,) = await poll(fetcher, state)
        assert (again.outcome, again.entries, after(state, again)) == (PollOutcome.UNCHANGED, (), state)


async def test_the_same_body_without_validators_is_unchanged(site: NewsSite, fetcher: Fetcher) -> None:
    state = FeedState(name="a", url=site.answers("/feed", rss("one")))
    state = after(state, (await poll(fetcher, state))[0])
    (again,) = await poll(fetcher, state)
    assert (again.outcome, again.body_sha256) == (PollOutcome.UNCHANGED, state.body_sha256)


async def test_a_failure_keeps_what_was_known_and_backs_off(site: NewsSite, fetcher: Fetcher) -> None:
    state = FeedState(name="a", url=site.answers("/feed", status=500), etag='"e"', body_sha256="h", failures=2)
    (answer,) = await poll(fetcher, state)
    assert (answer.outcome, answer.etag, answer.body_sha256) == (PollOutcome.FAILED, '"e"', "h")
    assert 108 <= minutes(answer) <= 132


async def test_retry_after_decides_when_to_come_back(site: NewsSite, fetcher: Fetcher) -> None:
    (answer,) = await poll(fetcher, FeedState(name="a", url=site.answers("/f", status=429, Retry_After="3600")))
    assert 60 <= minutes(answer) <= 66
    assert (answer.error or "").startswith("http_429: ")


async def test_feeds_are_asked_on_while_an_answer_is_stored(site: NewsSite, fetcher: Fetcher) -> None:
    states = [FeedState(name=str(n), url=site.answers(f"/{n}", rss("one"))) for n in range(40)]
    others, taken = asyncio.Event(), list[str]()

    async def take(answer: FeedAnswer) -> None:
        taken.append(answer.feed)
        if len(taken) == len(states):
            others.set()
        await others.wait()

    await asyncio.wait_for(poll_each(states, fetcher, take, now=NOW, interval=QUARTER), 20)
    assert sorted(taken) == sorted(state.name for state in states)


@pytest.mark.clock
async def test_one_bad_feed_touches_no_other(site: NewsSite) -> None:
    bad = {
        "drip": ("timeout", site.drips("/drip")),
        "gone": ("http_410", site.answers("/gone", status=410)),
        "missing": ("http_404", site.url("/missing")),
        "page": ("html", site.answers("/page", b"<!doctype html><html><body>Hello</body></html>")),
        "empty": ("empty", site.answers("/empty", b"")),
        "path": ("not_a_feed", site.answers("/path", b"/etc/hostname")),
        "cut": ("truncated", site.answers("/cut", rss("one")[:90])),
        "private": ("private_address", site.redirects("/private", "http://10.0.0.1/")),
        "loop": ("too_many_redirects", site.redirects("/loop", "/loop")),
        "broken": ("bad_encoding", site.answers("/broken", b"xxxx", Content_Encoding="gzip")),
        "nonsense": ("bad_url", "gopher://x/"),
    }
    states = [FeedState(name=name, url=url) for name, (_, url) in bad.items()]
    good = [FeedState(name=f"good {number}", url=site.answers(f"/{number}", rss("one"))) for number in range(20)]
    started = time.monotonic()
    async with Fetcher(allow_private={"127.0.0.1"}, deadline=1.0) as fetcher:
        answers = await poll(fetcher, *good[:10], *states, *good[10:])
    assert time.monotonic() - started < 5
    kinds = {answer.feed: (answer.error or "").split(":")[0] for answer in answers if answer.feed in bad}
    assert kinds == {name: kind for name, (kind, _) in bad.items()}
    assert sum(answer.outcome is PollOutcome.FRESH for answer in answers) == 20


async def test_a_feed_that_breaks_off_is_read_again_next_time(site: NewsSite, fetcher: Fetcher) -> None:
    cut = rss("one", "two", "three")[:-60]
    (answer,) = await poll(fetcher, FeedState(name="a", url=site.answers("/feed", cut, ETag='"e"')))
    assert [entry.title for entry in answer.entries] == ["one", "two"]
    assert (answer.outcome, answer.etag, answer.body_sha256) == (PollOutcome.FRESH, None, None)
    assert (answer.error or "").startswith("truncated: ")


async def test_relative_links_are_seen_from_where_the_redirects_ended(site: NewsSite, fetcher: Fetcher) -> None:
    body = (
        b'<rss version="2.0"><channel><title>x</title><item><title>t</title><link>story</link></item></channel></rss>'
    )
    site.answers("/en/world/feed", body)
    (answer,) = await poll(fetcher, FeedState(name="a", url=site.redirects("/feed", "/en/world/feed", 301)))
    assert answer.entries[0].url == site.url("/en/world/story")


async def test_each_feed_may_have_its_own_interval_and_a_folder_is_a_feed(site: NewsSite, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Three soldiers were killed.")
    states = [FeedState(name="web", url=site.answers("/f", rss("one"))), FeedState(name="desk", url="texts")]
    async with Fetcher(allow_private={"127.0.0.1"}) as fetcher:
        web_answer, desk = await poll_feeds(
            states,
            fetcher,
            now=NOW,
            interval=QUARTER,
            intervals={"web": timedelta(hours=2)},
            folders={"desk": tmp_path},
        )
    assert 108 <= minutes(web_answer) <= 132
    assert [entry.url for entry in desk.entries] == ["file:a.txt"]


async def test_a_max_age_lengthens_the_interval(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.answers("/f", rss("one"), Cache_Control="max-age=1800")
    (answer,) = await poll(fetcher, FeedState(name="a", url=url))
    assert 27 <= minutes(answer) <= 33


@pytest.mark.process
async def test_a_large_feed_is_parsed_apart_and_comes_back_whole(site: NewsSite, fetcher: Fetcher) -> None:
    filler = f"<!-- {'x' * 1_200_000} -->".encode()
    body = rss("one", "two").replace(b"</channel>", filler + b"</channel>")
    (answer,) = await poll(fetcher, FeedState(name="a", url=site.answers("/f", body)))
    assert [(entry.title, entry.feed) for entry in answer.entries] == [("one", "a"), ("two", "a")]
    page = b"<html>" + b" " * 1_100_000
    (failed,) = await poll(fetcher, FeedState(name="a", url=site.answers("/f", page)))
    assert (failed.error or "").startswith("html: ")


@pytest.mark.clock
@pytest.mark.process
async def test_a_body_that_keeps_the_parser_busy_keeps_nobody_else_waiting(site: NewsSite, fetcher: Fetcher) -> None:
    hostile = FeedState(name="a", url=site.answers("/f", b"<rss><channel><item>" + b"<a>" * 80_000))
    beats = [time.monotonic()]

    async def beat() -> None:
        while True:
            await asyncio.sleep(0.02)
            beats.append(time.monotonic())

    heart = asyncio.create_task(beat())
    (answer,) = await poll(fetcher, hostile)
    heart.cancel()
    assert (answer.error or "").startswith("truncated: ")
    assert max(after - before for before, after in itertools.pairwise(beats)) < 1


@pytest.mark.parametrize(
    "link", ["<link>#one</link>", "<link/>", "", "<link>?id=1</link>", "<link>//news.example/a</link>"]
)
async def test_the_secrets_of_a_feeds_address_get_into_no_entry_and_no_error(
    site: NewsSite, fetcher: Fetcher, link: str
) -> None:
    body = f'<rss version="2.0"><channel><link/><item><title>t</title>{link}</item></channel></rss>'
    for path, status in (("/f", 200), ("/gone", 410)):
        site.answers(path, body, status=status)
        url = site.url(path).replace("://", "://desk:hunter2@") + "?token=hunter2"
        (answer,) = await poll(fetcher, FeedState(name="a", url=url))
        assert "hunter2" not in repr(answer)
        assert site.asked[-1].query["token"] == "hunter2"
        assert site.asked[-1].headers["Authorization"].startswith("Basic ")
    for url in ("http://desk:hun/ter2@127.0.0.1/", "http://desk:hunter2@127.0.0.1:x/", "http://desk:hunter2@[::1"):
        (answer,) = await poll(fetcher, FeedState(name="a", url=url))
        assert (answer.error or "").startswith("bad_url: ")
        assert "hun" not in repr(answer)


async def test_many_unchanged_feeds_cost_little(site: NewsSite, fetcher: Fetcher) -> None:
    async def unchanged(_: web.Request) -> web.StreamResponse:
        return web.Response(status=304)

    states = [FeedState(name=f"f{n}", url=site.does(f"/{n}", unchanged), etag='"e"') for n in range(300)]
    started = time.process_time()
    answers = await poll(fetcher, *states)
    assert {answer.outcome for answer in answers} == {PollOutcome.UNCHANGED}
    assert time.process_time() - started < 3
