"""Pages are read only where their sites let programs in; asked once a site, told why not."""

import asyncio

import pytest
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.errors import SourceError
from monitor.sources.fetch import Fetcher
from monitor.sources.pages import read_page
from monitor.sources.robots import KEPT, UNKNOWN_KEPT, Robots

ARTICLE = "<html><body><article><h1>Losses</h1>" + "<p>Twelve soldiers were killed near the border.</p>" * 5


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Site:
    """A site's robots.txt: its text, or the kind of failure to get it; counts how often it was asked for."""

    def __init__(self, text: str = "", failure: str = "") -> None:
        self.text, self.failure, self.asked = text, failure, 0

    async def __call__(self, url: str) -> bytes:
        self.asked += 1
        await asyncio.sleep(0)
        if self.failure:
            raise SourceError(url, self.failure, "no")
        return self.text.encode()


async def kind(robots: Robots, site: Site, path: str = "/news/1") -> str:
    """What a check of this path ends in: "" for allowed."""
    try:
        await robots.check("https://news.example" + path, site)
    except SourceError as error:
        return error.kind
    return ""


@pytest.mark.parametrize(
    ("text", "path", "ends"),
    [
        ("", "/a", ""),
        ("User-agent: *\nDisallow: /", "/a", "robots"),
        ("User-agent: *\nDisallow:", "/a", ""),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", ""),  # the longest rule counts, not the first
        ("User-agent: *\nAllow: /\nDisallow: /api/", "/api/1", "robots"),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", "robots"),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", "robots"),
        ("User-agent: other-bot\nDisallow: /", "/a", ""),
        ("User-agent: Figure-Monitor\nDisallow: /live\n\nUser-agent: *\nDisallow: /", "/a", ""),
        ("User-agent: figure-monitor\nDisallow: /live\n\nUser-agent: *\nAllow: /", "/live/1", "robots"),
        ("<!doctype html><html><body>Not found</body></html>", "/a", ""),
        ("User-agent: *\nDisallow: /" + "*a" * 40 + "*b$", "/" + "a" * 60, ""),  # would keep a pattern engine busy
    ],
)
async def test_rules_are_read_as_they_are_meant(text: str, path: str, ends: str) -> None:
    assert await kind(Robots(), Site(text), path) == ends


@pytest.mark.parametrize(
    ("failure", "ends"),
    [
        ("http_404", ""), ("http_403", ""), ("http_410", ""), ("too_many_redirects", ""),
        ("http_429", "robots_unknown"), ("http_500", "robots_unknown"), ("http_503", "robots_unknown"),
        ("timeout", "robots_unknown"), ("connect", "robots_unknown"), ("too_large", "robots_unknown"),
    ],
)  # fmt: skip
async def test_no_rules_allow_everything_and_unknown_ones_nothing(failure: str, ends: str) -> None:
    assert await kind(Robots(), Site(failure=failure)) == ends


async def test_a_site_is_asked_once_for_all_its_pages_and_again_after_a_day() -> None:
    clock, site = Clock(), Site("User-agent: *\nDisallow: /live")
    robots = Robots(clock)
    ends = await asyncio.gather(*(kind(robots, site, f"/{name}") for name in ("a", "b", "live/1", "c")))
    assert (ends, site.asked) == (["", "", "robots", ""], 1)
    clock.now = KEPT - 1
    await kind(robots, site)
    assert site.asked == 1
    clock.now = KEPT + 1
    await kind(robots, site)
    assert site.asked == 2


async def test_rules_that_could_not_be_had_are_asked_for_again_soon() -> None:
    clock, site = Clock(), Site(failure="http_503")
    robots = Robots(clock)
    assert [await kind(robots, site) for _ in range(3)] == ["robots_unknown"] * 3
    assert site.asked == 1
    clock.now, site.failure = UNKNOWN_KEPT + 1, ""
    assert await kind(robots, site) == ""


async def test_what_an_earlier_run_took_is_not_asked_for_until_it_ends() -> None:
    clock, site = Clock(), Site("User-agent: *\nDisallow: /live")
    first = Robots(clock)
    assert [await kind(first, site), await kind(Robots(clock), Site(failure="http_404"))] == ["", ""]
    taken = first.taken()
    assert (taken, first.taken()) == ({"https://news.example": site.text}, {})
    second = Robots(clock, stored=lambda name: (taken[name], 60.0))
    assert [await kind(second, site, path) for path in ("/live/1", "/a")] == ["robots", ""]
    assert site.asked == 1
    clock.now, second.stored = 61.0, lambda _: None
    assert await kind(second, site, "/live/1") == "robots"
    assert site.asked == 2


async def test_rules_that_could_not_be_had_and_those_behind_a_password_are_not_kept() -> None:
    robots = Robots()
    await kind(robots, Site(failure="http_503"))
    await robots.check("https://ana:secret@news.example/a", Site("User-agent: *\nDisallow: /live"))
    assert robots.taken() == {}


def test_what_is_known_serves_other_event_loops_too() -> None:
    robots, site = Robots(), Site("User-agent: *\nDisallow: /")

    async def several() -> list[str]:
        return await asyncio.gather(*(kind(robots, site) for _ in range(3)))

    assert asyncio.run(several()) + asyncio.run(several()) == ["robots"] * 6
    assert site.asked == 1


@pytest.mark.process
async def test_a_page_that_is_kept_from_programs_is_not_asked_for(site: NewsSite, fetcher: Fetcher) -> None:
    site.answers("/robots.txt", "User-agent: *\nDisallow: /closed")
    closed, opened = site.answers("/closed/1", ARTICLE), site.answers("/open/1", ARTICLE)
    astray = site.redirects("/short", "/closed/1")
    for url in (closed, astray):
        with pytest.raises(SourceError) as caught:
            await read_page(url, fetcher)
        assert caught.value.kind == "robots"
    assert "Twelve soldiers" in (await read_page(opened, fetcher)).text
    assert [request.path for request in site.asked] == ["/robots.txt", "/short", "/open/1"]
    assert all("figure-monitor/" in request.headers["User-Agent"] for request in site.asked)


@pytest.mark.process
async def test_feeds_are_there_for_programs(site: NewsSite, fetcher: Fetcher) -> None:
    site.answers("/robots.txt", "User-agent: *\nDisallow: /")
    assert (await fetcher.get(site.answers("/feed", b"<rss/>"))).body == b"<rss/>"
    assert [request.path for request in site.asked] == ["/feed"]
