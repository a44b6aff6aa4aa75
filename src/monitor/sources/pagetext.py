"""The HTML of an article's page → its text, title, date and canonical address. Pure; runs inside a worker process.

The text is trafilatura's. Title, date and address are read here, from what the page states: a date that has to be
guessed is none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import html  # type: ignore[import-untyped,unused-ignore]  # its types are a package of their own

from monitor.errors import SourceError
from monitor.sources.dates import parse_date
from monitor.sources.liveblog import posts_of, written
from monitor.sources.plaintext import clean, one_line
from monitor.sources.structured import json_nodes
from monitor.sources.urls import absolute_url, same_site, shown_url

SHORTEST_TEXT = 80  # characters; a news flash has more, what is left of a wall has less
WALL_TEXT = 700  # characters up to which a text with a wall's words is taken for the wall

_WALL = re.compile(
    r"(?:enable|turn on|activate) (?:javascript|cookies)|javascript is (?:disabled|required|not enabled)"
    r"|(?:accept|allow|manage|use of) (?:all )?(?:our )?cookies|cookie (?:policy|settings|preferences|consent)"
    r"|we(?: and our \d* ?partners)? use cookies|your privacy (?:choices|matters)|we value your privacy"
    r"|subscribe (?:now )?to (?:continue|read|keep)|to (?:continue|keep) reading|already a subscriber|subscribers only"
    r"|(?:sign|log) ?in to (?:continue|read|your account)|create (?:a free|an) account"
    r"|(?:are you|you are|you're) (?:not )?a (?:robot|human)|verify (?:that )?you are"
    r"|unusual traffic|checking your browser"
    r"|access (?:to this page has been )?denied|request blocked|page (?:not found|can(?:no|')t be found)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]*(?:\s|$)|[。！？।؟]")
_RULE_LINE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TITLES = (("property", "og:title"), ("name", "twitter:title"))
_DATES = (
    ("property", "article:published_time"), ("property", "og:article:published_time"),
    ("name", "article:published_time"),
    ("itemprop", "datePublished"), ("name", "datePublished"), ("name", "pubdate"), ("name", "publishdate"),
    ("name", "parsely-pub-date"), ("name", "DC.date.issued"),
    ("name", "sailthru.date"), ("name", "cXenseParse:recs:publishtime"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page holds. `text` is plain, paragraphs parted by an empty line; `canonical_url` is of the same domain."""

    text: str
    title: str | None
    published_at: datetime | None
    canonical_url: str | None

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows; the date as ISO text."""
        published = self.published_at.isoformat() if self.published_at else None
        return {
            "text": self.text,
            "title": self.title,
            "published_at": published,
            "canonical_url": self.canonical_url,
        }


def read_html(body: bytes, headers: Mapping[str, str], url: str) -> PageText:
    """The article on a page. Header names are lower-case; `url` is where the page was found.

    Raises SourceError: kind "not_html" for something else than a page, "no_text" for a page without an article (a
    wall, a cookie notice, an index of links).
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (kind and not (kind.startswith("text/") or "html" in kind or "xml" in kind)) or body.startswith(b"%PDF"):
        raise SourceError(shown_url(url), "not_html", f"not a web page ({kind or 'PDF'})")
    source = _source(body, headers)
    tree = _tree(source)
    if tree is None:
        raise SourceError(shown_url(url), "no_text", "the page is empty")
    title = _title(tree)
    published, canonical, links = _published(tree), _canonical(tree, url), _link_texts(tree)
    text = _article(source, title)
    posts = posts_of(tree, text)
    if posts:
        return PageText(written(posts), title, published, canonical)
    if len(text) < SHORTEST_TEXT or (len(text) <= WALL_TEXT and _WALL.search(text)) or _is_index(text, links):
        raise SourceError(shown_url(url), "no_text", "no article text on the page (a wall, a notice or an index)")
    return PageText(text, title, published, canonical)


def tree_of(body: bytes, headers: Mapping[str, str]) -> Any | None:
    """The parsed page, None for an empty one."""
    return _tree(_source(body, headers))


def _source(body: bytes, headers: Mapping[str, str]) -> str:
    return clean(_decoded(body, headers))


def _decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of the body: the header's character set, else the page's own, else UTF-8, else Windows-1252."""
    stated = _CHARSET.search(headers.get("content-type", "")) or _CHARSET.search(body[:4096].decode("ascii", "ignore"))
    for name in ((stated[1] if stated else "utf-8"), "utf-8", "cp1252"):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def _tree(source: str) -> Any | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.encode(), parser=parser)
    except (ValueError, html.etree.LxmlError):
        return None


def _article(source: str, title: str | None) -> str:
    text = trafilatura.extract(source, include_comments=False, include_tables=True) or ""
    lines = [_line(line) for line in clean(text).split("\n") if not _RULE_LINE.match(line.strip())]
    paragraphs = [line for line in lines if line]
    if paragraphs and title and paragraphs[0].casefold() == title.casefold():
        paragraphs = paragraphs[1:]  # the title is kept by itself; read twice, its figure would count twice
    return "\n\n".join(paragraphs)


def _link_texts(tree: Any) -> frozenset[str]:
    return frozenset(" ".join(link.text_content().split()) for link in tree.iterfind(".//a"))


def _is_index(text: str, links: frozenset[str]) -> bool:
    """True for a list of headlines: no sentence ends, or most of the text is lines that are links as a whole."""
    linked = sum(len(line) for line in text.split("\n\n") if line.removeprefix("- ") in links)
    return linked > len(text) / 2 or _SENTENCE_END.search(text) is None


def _line(line: str) -> str:
    plain = " ".join(line.split())
    return plain.strip("| ") if plain.startswith("|") and plain.endswith("|") else plain


def _meta(tree: Any, names: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """The contents of the named meta elements that aren't empty."""
    for attribute, name in names:
        for element in tree.iterfind(f".//*[@{attribute}='{name}']"):
            content = element.get("content") or element.get("datetime") or ""
            if content.strip():
                yield content


def _title(tree: Any) -> str | None:
    headings = [one_line(element.text_content()) for element in tree.iterfind(".//h1")]
    stated = [one_line(content) for content in _meta(tree, _TITLES)]
    named = [one_line(tree.findtext(".//title") or "")]
    only_heading = headings if len(headings) == 1 else []
    return next((title for title in (*stated, *only_heading, *named) if title), None)


def _published(tree: Any) -> datetime | None:
    stated = (*_meta(tree, _DATES[:3]), *_json_dates(tree), *_meta(tree, _DATES[3:]), *_time_elements(tree))
    return next((instant for text in stated if (instant := parse_date(text)) is not None), None)


def _time_elements(tree: Any) -> list[str]:
    """The date of a <time> element, if the page names one date only: lists of other articles have many."""
    dates = {element.get("datetime") for element in tree.iterfind(".//time[@datetime]")}
    return [date for date in dates if date] if len(dates) == 1 else []


def _json_dates(tree: Any) -> Iterator[str]:
    """datePublished of the JSON-LD blocks."""
    return (node["datePublished"] for node in json_nodes(tree) if isinstance(node.get("datePublished"), str))


def _canonical(tree: Any, url: str) -> str | None:
    """rel=canonical, else og:url, if it is of the same domain and not just its front page; where the page was found
    may be unknown (""), and then any article's address is believed."""
    links = [link for link in tree.iterfind(".//link[@rel]") if "canonical" in link.get("rel").lower().split()]
    stated = [link.get("href") or "" for link in links] + list(_meta(tree, (("property", "og:url"),)))
    for address in stated:
        found = absolute_url(url, address)
        known = same_site(found, url) if url else True
        if found and known and (not _is_front_page(found) or (url and _is_front_page(url))):
            return found
    return None


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
