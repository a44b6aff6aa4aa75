"""News sitemaps, brought into the form that the feed parser gives items of feeds.

https://www.sitemaps.org/protocol.html for the addresses, and Google's news extension for title and date.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # its types are a package of their own

from monitor.errors import SourceError
from monitor.sources.urls import shown_url

MAX_NAMED = 3
"""Sitemaps of an index that its refusal names."""
MAX_SHOWN = 200
"""Characters of each."""
_END = re.compile(rb"</urlset\s*>|<urlset[^<>]*/>")
_OPENED, _CLOSED = re.compile(rb"<url[\s>]"), re.compile(rb"</url\s*>")


def sitemap_items(body: bytes, subject: str, most: int) -> tuple[list[dict[str, Any]], bool] | None:
    """The addresses of a news sitemap, at most `most`, and whether it was whole; None when the body is none:
    without a word of news it lists all pages of a site.

    Raises SourceError, kind "sitemap_index", for a list of sitemaps: each of them is a source of its own.
    """
    if b"<urlset" not in body[:4000] and b"<sitemapindex" not in body[:4000]:
        return None
    root = _root(body)
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        return None
    if _name(root) == "sitemapindex":
        named = [
            shown_url(loc)[:MAX_SHOWN] for node in root if _name(node) == "sitemap" and (loc := _texts(node).get("loc"))
        ]
        named = named[-MAX_NAMED:]
        where = ", ".join(named) or "it is empty"
        raise SourceError(subject, "sitemap_index", f"a list of sitemaps, not a sitemap; watch one of them: {where}")
    whole, nodes = _END.search(body[-1000:]) is not None, list(root)
    if not whole and len(_OPENED.findall(body)) > len(_CLOSED.findall(body)):
        nodes = nodes[:-1]  # cut in the middle
    items = list(_items(nodes, most))
    if any(item["title"] or "published" in item for item in items) or (not whole and b"sitemap-news" in body[:4000]):
        return items, whole
    return None


def _items(nodes: Iterable[Any], most: int) -> Iterator[dict[str, Any]]:
    count = 0
    for node in nodes:
        told = _texts(node) if _name(node) == "url" else {}
        if not told.get("loc"):
            continue
        if count == most:
            return
        count += 1
        # `lastmod` is when the page changed: it is the date only where nothing says when the article came out.
        dates = {"published": told.get("publication_date"), "updated": told.get("lastmod")}
        yield {
            "id": "",
            "title": told.get("title", ""),
            "link": told["loc"],
            "summary": "",
            **{name: date for name, date in dates.items() if date},
        }


def _texts(node: Any) -> dict[str, str]:
    """The texts of all elements below, by their names without namespace; the first of a name counts, and none of a
    picture's or film's, which have an address and a title of their own."""
    found: dict[str, str] = {}
    for part in node:
        if _name(part) in {"image", "video"}:
            continue
        for child in part.iter():
            if isinstance(child.tag, str) and (child.text or "").strip():
                found.setdefault(_name(child), child.text.strip())
    return found


def _root(body: bytes) -> Any | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _name(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""
