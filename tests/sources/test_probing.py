"""What a feed, a page or neither is found to be, from an address and from a file."""

import json
from pathlib import Path

import pytest
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.sources.discovery import FeedLink, find_feeds
from monitor.sources.fetch import Fetcher
from monitor.sources.probing import Probe, probe_file, probe_url

pytestmark = pytest.mark.process  # a real web server, and worker processes

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire &amp; World</title><link>https://wire.example/</link>
<item><title>Toll rises to 31</title><link>https://wire.example/toll?utm_source=rss</link>
<guid isPermaLink="false">w-1</guid>
<pubDate>Tue, 04 Feb 2025 09:00:00 GMT+2</pubDate></item>
<item><title>Talks go on</title><link>https://wire.example/talks</link></item>
<item><title>Ferry sinks</title><link>/ferry</link><guid>https://wire.example/ferry#2</guid></item></channel></rss>"""

SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://wire.example/a</loc><lastmod>2025-02-06</lastmod><n:news>
<n:publication><n:name>Wire</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2025-02-05T08:00:00+01:00</n:publication_date><n:title>Nine killed at the bridge</n:title>
</n:news></url>
<url><loc>https://wire.example/b</loc><lastmod>2025-02-03</lastmod></url><url><loc>  </loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://wire.example/2024.xml</loc></sitemap><sitemap><loc>https://wire.example/2025.xml</loc></sitemap>
</sitemapindex>"""

ARTICLE = """<!doctype html><html><head><title>Nine killed | Wire</title>
<link rel="canonical" href="https://wire.example/world/nine">
<meta property="og:title" content="Nine killed at the bridge">
<meta property="article:published_time" content="2025-02-05T07:00:00Z">
<link rel="alternate" type="application/rss+xml" title="World" href="/world.xml">
<link rel="alternate" type="application/rss+xml" title="Comments on this" href="/nine/comments.xml">
<link rel="alternate" hreflang="de" href="/de/nine"></head><body><article><h1>Nine killed at the bridge</h1>
<p>Nine people were killed and twenty wounded when shells hit the bridge on Tuesday, the governor said.</p>
<p>Rescuers searched the river until the evening, and the road stays closed, he told reporters.</p>
</article></body></html>"""


def saved(folder: Path, body: str | bytes, name: str = "saved") -> Path:
    file = folder / name
    file.write_bytes(body.encode() if isinstance(body, str) else body)
    return file


async def test_a_feed_is_told_with_its_entries(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.answers("/feed", RSS, Content_Type="application/rss+xml")
    found = await probe_url(url, fetcher)
    assert (found.kind, found.title, found.why) == ("feed", "Wire & World", "")
    assert [(e["id"], e["url"], e["published"]) for e in found.to_json()["entries"]] == [
        ("w-1", "https://wire.example/toll?utm_source=rss", "2025-02-04T07:00:00+00:00"),
        ("https://wire.example/talks", "https://wire.example/talks", None),
        ("https://wire.example/ferry#2", site.url("/ferry"), None),
    ]


async def test_a_saved_page_is_told_with_its_text_and_the_feeds_that_it_names(tmp_path: Path) -> None:
    found = (await probe_file(saved(tmp_path, ARTICLE))).to_json()
    assert found["kind"] == "page"
    assert found["title"] == "Nine killed at the bridge"
    assert found["text"].startswith("Nine people were killed")
    assert found["published"] == "2025-02-05T07:00:00+00:00"
    assert found["canonical_url"] == "https://wire.example/world/nine"
    assert "feeds" not in found  # a relative address leads nowhere when nobody knows where the page came from


async def test_the_feeds_of_a_front_page_are_found_though_it_holds_no_article(site: NewsSite, fetcher: Fetcher) -> None:
    links = '<base href="/in/"><link rel="alternate" type="application/atom+xml" title="All" href="all.xml">'
    url = site.answers(
        "/", f"<html><head>{links}</head><body><a href='/1'>One</a></body></html>", Content_Type="text/html"
    )
    found = await probe_url(url, fetcher)
    assert (found.kind, found.error) == ("none", "no_text")
    assert found.feeds == (FeedLink(site.url("/in/all.xml"), "All"),)


def test_feeds_of_comments_and_other_languages_are_no_news() -> None:
    found = find_feeds(ARTICLE.encode(), {}, "https://wire.example/world/nine")
    assert found == [FeedLink("https://wire.example/world.xml", "World")]


async def test_a_news_sitemap_is_a_feed_and_its_own_date_beats_that_of_the_last_edit(tmp_path: Path) -> None:
    found = (await probe_file(saved(tmp_path, SITEMAP))).to_json()
    assert found["kind"] == "feed"
    assert [(e["title"], e["url"], e["published"]) for e in found["entries"]] == [
        ("Nine killed at the bridge", "https://wire.example/a", "2025-02-05T07:00:00+00:00"),
        ("", "https://wire.example/b", "2025-02-03T00:00:00+00:00"),
    ]


async def test_an_index_of_sitemaps_names_the_newest_to_watch(tmp_path: Path) -> None:
    found = await probe_file(saved(tmp_path, INDEX))
    assert (found.kind, found.error) == ("none", "sitemap_index")
    assert "https://wire.example/2025.xml" in found.why


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "empty"),
        (b"\x00\x00 \n", "empty"),
        (b"just some words", "no_text"),
        (b'<opml version="2.0"><body><outline xmlUrl="https://a.example/"/></body></opml>', "opml"),
        (b"%PDF-1.7 \x00\x01", "not_html"),
        (b"<rss version='2.0'><channel><item><title>cut", "truncated"),
        (b"<html><body>Please enable cookies to go on reading.</body></html>", "no_text"),
        (b'{"version": "https://example.org/other", "items": []}', "no_text"),
        (b"<urlset><url><loc>", "not_a_feed"),
    ],
)
async def test_what_is_nothing_says_why(tmp_path: Path, body: bytes, error: str) -> None:
    found = await probe_file(saved(tmp_path, body))
    assert found.kind == "none"
    assert found.entries == ()
    assert found.why
    assert found.error == error or (error == "not_a_feed" and found.error in {"no_text", "not_a_feed"})


async def test_a_refused_address_is_told_and_never_dialled(dialled: list[str]) -> None:
    async with Fetcher() as fetcher:
        found = await probe_url("http://user:secret@127.0.0.1:9/feed?token=abc", fetcher)
    assert (found.kind, found.error) == ("none", "private_address")
    assert dialled == []
    assert "secret" not in json.dumps(found.to_json())
    assert "abc" not in json.dumps(found.to_json())


async def test_a_server_that_fails_is_told(site: NewsSite, fetcher: Fetcher) -> None:
    found = await probe_url(site.answers("/gone", status=410), fetcher)
    assert (found.error, found.kind) == ("http_410", "none")


async def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert (await probe_file(tmp_path / "nowhere")).why == "no such file or directory"


def test_the_form_for_programs_is_that_of_the_design() -> None:
    assert Probe("f", "feed", "T").to_json() == {"file": "f", "kind": "feed", "title": "T", "entries": []}
    assert set(Probe("f", "page", "T", text="x").to_json()) == {
        "file",
        "kind",
        "title",
        "text",
        "published",
        "canonical_url",
    }
