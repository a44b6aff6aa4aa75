"""Articles out of pages. The extractor is called directly for what it reads; its processes have tests of their own."""

import json
import os
import time
from datetime import UTC, datetime

import pytest
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.domain.articles import TextSource
from monitor.errors import SourceError
from monitor.sources import workers
from monitor.sources.fetch import Fetcher
from monitor.sources.pages import read_page
from monitor.sources.pagetext import PageText, read_html

pytestmark = pytest.mark.process  # a real web server, and worker processes

URL = "https://www.news.example/world/story"
FIRST = "More than 4,000 North Korean troops have been killed or wounded in Kursk, Ukraine’s president said."
SECOND = "South Korea’s intelligence agency put the dead at about 300 and the injured at 2,700, a lawmaker said."


def page(body: str = f"<p>{FIRST}</p><p>{SECOND}</p>", head: str = "") -> str:
    heading = "<h1>Losses top 4,000</h1>"
    comments = "<section class='comments'><h2>Comments</h2><p>I heard that 9,000 of them died last week.</p></section>"
    return (
        f"<!doctype html><html><head><title>Losses top 4,000 | News</title>{head}</head><body><nav><a href='/'>Home</a>"
        f"<a href='/w'>World</a></nav><article>{heading}{body}</article>{comments}<footer>© News</footer></body></html>"
    )


def read(source: str | bytes, content_type: str = "text/html; charset=utf-8", url: str = URL) -> PageText:
    return read_html(source.encode() if isinstance(source, str) else source, {"content-type": content_type}, url)


def test_the_article_is_read_without_menus_comments_and_its_own_title() -> None:
    found = read(page())
    assert found.text == f"{FIRST}\n\n{SECOND}"
    assert found.title == "Losses top 4,000"


def test_tables_are_text_too() -> None:
    table = "<table><tr><th>Killed</th><th>Wounded</th></tr><tr><td>300</td><td>2,700</td></tr></table>"
    text = read(page(f"<p>{FIRST}</p>{table}<p>{SECOND}</p>")).text
    assert "300 | 2,700" in text
    assert "---" not in text


DATED = {"@type": "NewsArticle", "datePublished": "2025-01-03T10:00Z"}


def stated(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-01-03T19:00:00+09:00">',
        '<meta itemprop="datePublished" content="2025-01-03T10:00:00Z">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-01-03T10:00:00Z"}</script>',
        '<script type="application/ld+json">{"@graph": [1, {"datePublished": "2025-01-03T10:00Z"}]}</script>',
        '<script type="application/ld+json">{broken</script><meta name="pubdate" content="3 Jan 2025 10:00 GMT">',
        '<meta property="article:published_time" content="today"><meta name="pubdate" content="2025-01-03T10:00Z">',
        stated({"@type": "VideoObject", "datePublished": "2024-01-01"}, {"mainEntity": DATED}),
        '<meta name="DC.Date.Issued" content="2025-01-03T10:00:00+00:00">',
        (
            '<script type="application/ld+json; charset=utf-8">//<![CDATA[\n{"headline": "a\nb", "@type": "Article",'
            ' "datePublished": "2025-01-03T10:00:00Z"};\n//]]></script>'
        ),
        stated({"@type": "Article", "dateCreated": "2025-01-03T10:00Z"}),
        '<meta name="citation_publication_date" content="2025-01-03 10:00">',
    ],
)
def test_the_date_is_the_one_that_the_page_states(head: str) -> None:
    assert read(page(head=head)).published_at == datetime(2025, 1, 3, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (('<time class="entry-date published" datetime="2025-01-03T10:00Z">x</time><time class="updated" '
         'datetime="2025-01-04T10:00Z">x</time>'), ""),
        ('<time datetime="2025-01-03T10:00Z">Published</time><time class="is-modified" datetime="2025-01-05">x</time>',
         '<ul><li><time datetime="2024-12-01">1 December</time></li></ul>'),
        ('<div class="byline"><time>3 January 2025, 10:00</time></div>', ""),
        ('<abbr class="published" title="2025-01-03T10:00:00Z">Friday</abbr>', '<time datetime="2024-12-01">x</time>'),
        ('<span itemprop="datePublished">3 January 2025 10:00 UTC</span>', ""),
        ('<p class="story-date">Published: January 3, 2025 10:00 GMT</p>', '<p class="date-updated">5 May 2025</p>'),
        ('<time datetime="2025-01-03">x</time><time datetime="2025-01-03T10:00:00Z">x</time>', ""),
    ],
    ids=["marked", "beside the heading", "only seen", "abbr", "itemprop", "class", "one day twice"],
)  # fmt: skip
def test_the_date_that_readers_see(above: str, below: str) -> None:
    source = page(f"<div>{above}</div><p>{FIRST}</p><p>{SECOND}</p>").replace("<footer>", f"{below}<footer>")
    assert read(source).published_at == datetime(2025, 1, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/2025/jan/03/story", "/a/20250103/story", "/2025/01/03", "/a/2025-01-03.html"])
def test_the_day_in_an_address_in_other_forms(path: str) -> None:
    assert read(page(), url=f"https://www.news.example{path}").published_at == datetime(2025, 1, 3, tzinfo=UTC)


def test_the_day_in_an_address_is_the_last_resort() -> None:
    dated = "https://www.news.example/2025/01/03/story"
    assert read(page(), url=dated).published_at == datetime(2025, 1, 3, tzinfo=UTC)
    stated = page(head='<meta name="pubdate" content="2025-01-02T10:00Z">')
    assert read(stated, url=dated).published_at == datetime(2025, 1, 2, 10, tzinfo=UTC)
    assert read(page(), url="https://www.news.example/2025/13/03/story").published_at is None


def test_a_date_is_not_guessed() -> None:
    assert read(page()).published_at is None
    times = "<time datetime='2025-01-03'>3</time><time datetime='2024-01-03'>3</time>"
    assert read(page(f"{times}<p>{FIRST}</p><p>{SECOND}</p>")).published_at is None


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/world/other?utm_source=x", "https://www.news.example/world/other"),
        ("https://news.example/world/story", "https://news.example/world/story"),
        ("https://elsewhere.example2/story", None),
        ("https://www.news.example/", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
    ],
)
def test_the_canonical_address_has_to_be_of_the_same_domain(href: str, canonical: str | None) -> None:
    assert read(page(head=f'<link rel="canonical" href="{href}">')).canonical_url == canonical


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://news.example/b">', "/a"),
        ('<base href="https://news.example/x/"><link rel="canonical" href="a">', "/x/a"),
        ('<link rel="canonical" href=""><meta name="twitter:url" content="https://news.example/b">', "/b"),
        (stated({"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://news.example/c"}}), "/c"),
        (stated({"@type": "WebSite", "url": "https://news.example/d"}), None),
    ],
)
def test_the_canonical_address_of_a_saved_page(head: str, canonical: str | None) -> None:
    found = read(page(head=head), url="").canonical_url
    assert found == (canonical and f"https://news.example{canonical}")


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (page().encode("windows-1252", "xmlcharrefreplace"), "text/html; charset=windows-1252"),
        (page(head='<meta charset="windows-1252">').encode("windows-1252"), "text/html"),
        (page().encode(), ""),
        (page().encode("windows-1252"), "text/html; charset=no-such"),
        (page().replace("killed", "kil\x00led").encode(), "application/xhtml+xml"),
    ],
)
def test_character_sets(raw: bytes, content_type: str) -> None:
    assert read(raw, content_type).text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("", "no_text"),
        ("<html></html>", "no_text"),
        (page("<p>Read more.</p>"), "no_text"),
        (page("<p>We value your privacy. We and our 842 partners store and access information on a device, such as "
              "cookies, and process personal data. Accept all cookies or manage your choices.</p>"), "no_text"),
        (page("<p>Please enable JavaScript and cookies to continue. This check takes a few seconds and protects this "
              "site from automated traffic that would slow it down for everybody else.</p>"), "no_text"),
        (page(f"<p>{FIRST}</p><p>Subscribe to continue reading this article and get all of our reporting from "
              "around the world for one dollar a week.</p>"), "no_text"),
        ("<html><body>" + "".join(f"<a href='/{n}'>Story {n}</a>" for n in range(50)) + "</body></html>", "no_text"),
        (page("".join(f"<p><a href='/{n}'>{n} men killed. What is known.</a></p>" for n in range(30))), "no_text"),
    ],
)  # fmt: skip
def test_walls_notices_and_indexes_are_never_read_as_text(source: str, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(source)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("raw", "content_type"), [(b"%PDF-1.7", "text/html"), (b"\x89PNG", "image/png"), (b"{}", "application/json")]
)
def test_what_is_no_page_is_told_apart(raw: bytes, content_type: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(raw, content_type)
    assert caught.value.kind == "not_html"


def test_a_long_article_that_mentions_cookies_is_an_article() -> None:
    body = (
        "".join(f"<p>{FIRST} {SECOND} Paragraph {n}.</p>" for n in range(5)) + "<p>We use cookies, said the baker.</p>"
    )
    assert "baker" in read(page(body)).text


@pytest.mark.process
async def test_a_page_is_fetched_and_read_apart(site: NewsSite, fetcher: Fetcher) -> None:
    site.answers("/world/story", page().encode(), Content_Type="text/html")
    article = await read_page(site.redirects("/short", "/world/story?utm_source=rss"), fetcher)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.source, article.title) == (TextSource.PAGE, "Losses top 4,000")
    assert article.canonical_url == site.url("/world/story")


@pytest.mark.process
async def test_a_page_that_sends_its_readers_on_is_followed_like_a_redirect(site: NewsSite, fetcher: Fetcher) -> None:
    def onward(path: str, to: str, wait: str = "0") -> str:
        head = f"<meta http-equiv='Refresh' content=\"{wait}; URL='{to}'\">"
        body = f"<html><head>{head}</head><body><p>You are sent on. <a href='{to}'>Go</a></p></body></html>"
        return site.answers(path, body.encode(), Content_Type="text/html")

    site.answers("/world/story", page().encode(), Content_Type="text/html")
    article = await read_page(onward("/one", onward("/two", "/world/story")), fetcher)
    assert (article.text, article.canonical_url) == (f"{FIRST}\n\n{SECOND}", site.url("/world/story"))
    ends = {onward("/self", "/self"): "no_text", onward("/late", "/world/story", "300"): "no_text",
            onward("/a", "/b"): "no_text", onward("/in", "http://10.0.0.1/"): "private_address",
            onward("/file", "file:///etc/passwd"): "no_text"}  # fmt: skip
    onward("/b", "/a")
    for url, kind in ends.items():
        with pytest.raises(SourceError) as caught:
            await read_page(url, fetcher)
        assert caught.value.kind == kind


@pytest.mark.process
@pytest.mark.parametrize(
    ("body", "kind"), [(b"<html><body><p>Hi</p></body></html>", "no_text"), (b"x" * (2 * 1024 * 1024 + 1), "too_large")]
)
async def test_a_page_without_an_article_is_a_failure(site: NewsSite, fetcher: Fetcher, body: bytes, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        await read_page(site.answers("/p", body, Content_Type="text/html"), fetcher)
    assert caught.value.kind == kind


@pytest.mark.process
@pytest.mark.clock
async def test_a_page_that_takes_for_ever_meets_the_deadline(site: NewsSite, fetcher: Fetcher) -> None:
    endless = b"<html><body>" + b"<p>At least 300 people were killed.</p>" * 50_000
    await read_page(site.answers("/warm", page().encode(), Content_Type="text/html"), fetcher)
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        await read_page(site.answers("/slow", endless, Content_Type="text/html"), fetcher, deadline=0.3)
    assert caught.value.kind == "parse_timeout"
    assert time.monotonic() - started < 25
    assert (await read_page(site.url("/warm"), fetcher)).text.startswith("More than 4,000")


@pytest.mark.process
async def test_workers_are_replaced_after_their_share_and_end_with_their_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    workers.close_workers()
    monkeypatch.setattr(workers, "TASKS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    pool = workers._the_pool()
    seen = set()
    for _ in range(2):
        await workers.read_page_apart(page().encode(), {}, URL)
        seen.add(next(iter(pool._workers))._process.pid)
    assert len(seen) == 2
    (left,) = pool._workers
    workers.close_workers()
    assert left._process.returncode is not None
