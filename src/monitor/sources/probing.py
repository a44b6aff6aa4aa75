"""What would be read from an address or a file, before it is watched: a feed, a page, or nothing and why not."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.domain.articles import Entry, FeedState
from monitor.errors import SourceError
from monitor.sources.discovery import FeedLink
from monitor.sources.entries import said_of
from monitor.sources.fetch import BROKE_OFF, FEED_BYTES, Fetcher, Response
from monitor.sources.urls import canonical_url, shown_url
from monitor.sources.workers import DEADLINE, find_feeds_apart, read_feed_apart, read_page_apart

ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"
NO_FEED = frozenset({"html", "not_a_feed"})
"""Why a body is no feed that leave it open whether it is a page."""
_LIST = re.compile(rb"^[^<]*(?:<[?!][^>]*>\s*)*<opml[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Probe:
    """What one address or file holds. `kind`: "feed", "page" or "none"; `why` says what stood in the way.

    `feeds` are those that a page names. `error` is the kind of failure, as `SourceError.kind`.
    """

    name: str
    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    text: str = ""
    published_at: datetime | None = None
    canonical_url: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    error: str = ""
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form of `monitor probe --json`."""
        row: dict[str, Any] = {"file": self.name, "kind": self.kind, "title": self.title}
        if self.kind == "page":
            published = self.published_at.isoformat() if self.published_at else None
            row |= {"text": self.text, "published": published, "canonical_url": self.canonical_url}
        else:
            row["entries"] = [_entry_form(entry) for entry in self.entries]
        if self.feeds:
            row["feeds"] = [{"url": feed.url, "title": feed.title} for feed in self.feeds]
        return row | ({"error": self.error, "why": self.why} if self.why else {})


def _entry_form(entry: Entry) -> dict[str, Any]:
    published = entry.published_at.isoformat() if entry.published_at else None
    # Without a link, and nobody knows where the file came from: then there is no address.
    url = entry.link or (None if entry.url.startswith("#") else entry.url)
    return {"id": entry.id or entry.key, "title": entry.title, "url": url, "published": published}


async def probe_url(url: str, fetcher: Fetcher) -> Probe:
    """Asks for an address once, unconditionally, and tells what it holds. Never raises for what a server does."""
    try:
        response = await fetcher.get(url, accept=ACCEPT, cut_too=True)
    except SourceError as error:
        return _nothing(shown_url(url), error)
    return await probe_answer(shown_url(url), response)


async def probe_file(path: Path, *, deadline: float = DEADLINE) -> Probe:
    """Tells what a saved feed or page holds; where it came from isn't known."""
    try:
        with path.open("rb") as opened:
            body = opened.read(FEED_BYTES + 1)
    except OSError as error:
        return Probe(str(path), "none", error="unreadable", why=(error.strerror or "can't be read").lower())
    if len(body) > FEED_BYTES:
        return Probe(str(path), "none", error="too_large", why=f"more than {FEED_BYTES} bytes")
    return await probe_answer(str(path), Response(200, {}, body, ""), deadline=deadline)


async def probe_answer(name: str, response: Response, *, deadline: float = DEADLINE) -> Probe:
    """Tells what an answer holds; `response.url` may be "" where it isn't known."""
    headers = {**response.headers, "content-location": shown_url(response.url)} if response.url else response.headers
    if _LIST.search(response.body[:4000]):
        return Probe(name, "none", error="opml", why="a list of feeds (OPML), for `monitor feeds import`")
    try:
        feed = await read_feed_apart(response.body, headers, FeedState(name=name, url=response.url), deadline=deadline)
    except SourceError as error:
        if response.cut:
            return _nothing(name, SourceError(name, "connection", BROKE_OFF))
        if error.kind not in NO_FEED:
            return _nothing(name, error)
        found = await _page(name, response, deadline)
        neither = error.kind == "not_a_feed" and found.error in {"no_text", "not_html"}
        return replace(found, why="neither a feed nor a page with an article") if neither else found
    kind, why = said_of(replace(feed, complete=feed.complete and not response.cut))
    return Probe(name, "feed", feed.title, feed.entries, error=kind, why=why)


async def _page(name: str, response: Response, deadline: float) -> Probe:
    feeds: tuple[FeedLink, ...] = ()
    try:
        feeds = tuple(await find_feeds_apart(response.body, response.headers, response.url, deadline=deadline))
        page = await read_page_apart(response.body, response.headers, response.url, deadline=deadline)
    except SourceError as error:
        return _nothing(name, error, feeds)
    return Probe(
        name,
        "page",
        page["title"] or "",
        text=page["text"],
        published_at=datetime.fromisoformat(page["published_at"]) if page["published_at"] else None,
        canonical_url=page["canonical_url"] or canonical_url(response.url) or None,
        feeds=feeds,
    )


def _nothing(name: str, error: SourceError, feeds: tuple[FeedLink, ...] = ()) -> Probe:
    why = str(error).removeprefix(f"{error.subject}: ")
    return Probe(name, "none", feeds=feeds, error=error.kind, why=why)
