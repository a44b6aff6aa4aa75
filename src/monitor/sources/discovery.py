"""The feeds that a web page names for its readers' programs: <link rel="alternate" type="application/rss+xml">."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitor.sources.pagetext import tree_of
from monitor.sources.plaintext import one_line
from monitor.sources.urls import absolute_url

MOST = 20
"""Feeds of one page; some name one for each of a thousand tags."""
TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"}
)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names, by its absolute address and the page's own title for it."""

    url: str
    title: str


def find_feeds(body: bytes, headers: Mapping[str, str], url: str) -> list[FeedLink]:
    """The feeds that the page at `url` names, in its order, each once; none for what is no page. Never raises."""
    tree = tree_of(body, headers)
    if tree is None:
        return []
    found: dict[str, FeedLink] = {}
    for link in tree.iterfind(".//link[@href]"):
        address = absolute_url(_base(tree, url), link.get("href")) if _names_feed(link) else ""
        if address and len(found) < MOST:
            found.setdefault(address, FeedLink(address, one_line(link.get("title") or "")[:200]))
    return list(found.values())


def _names_feed(link: Any) -> bool:
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    relations = (link.get("rel") or "").lower().split()
    # Comments of one article come as a feed too, and hold no news.
    comments = "comments" in (link.get("title") or "").lower()
    return kind in TYPES and ("alternate" in relations or "feed" in relations) and not comments


def _base(tree: Any, url: str) -> str:
    base = tree.find(".//base[@href]")
    return (absolute_url(url, base.get("href")) if base is not None else "") or url
