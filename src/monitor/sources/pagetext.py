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
from monitor.sources.feedbody import ONE_BYTE
from monitor.sources.liveblog import posts_of, written
from monitor.sources.pagedates import published_of
from monitor.sources.plaintext import clean, one_line
from monitor.sources.pruning import is_list, pruned
from monitor.sources.structured import json_nodes
from monitor.sources.urls import absolute_url, canonical_url, same_site, shown_url
from monitor.sources.walls import is_dead_title, is_wall

SHORTEST_TEXT = 80  # characters; a news flash has more, what is left of a wall has less

_BINARY = (b"%PDF", b"\x89PNG", b"\x1f\x8b", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_AS_WINDOWS = frozenset({"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "ascii", "us-ascii"})
"""Those that are read as Windows-1252, which is what most bodies are that name them."""
_LABEL = re.compile(r"^[^:]{1,40}:\s+")
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]*(?:\s|$)|[。！？।؟]")
_RULE_LINE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_REFRESH = re.compile(r"\s*\d(?:\.\d*)?\s*[;,]\s*url\s*=\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_HEADLINE = re.compile(r"\b(?:entry|post|article|story)-?_?(?:title|headline)\b|\bheadline\b", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title")


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
    if (kind and not (kind.startswith("text/") or "html" in kind or "xml" in kind)) or body.startswith(_BINARY):
        raise SourceError(shown_url(url), "not_html", f"not a web page ({kind or 'its bytes are no text'})")
    source = _source(body, headers)
    tree = _tree(source)
    if tree is None:
        raise SourceError(shown_url(url), "no_text", "the page is empty")
    metas = _metas(tree)
    title, canonical = _title(tree, metas), _canonical(tree, metas, url)
    published = published_of(tree, metas, canonical or url)
    if pruned(tree):
        source = str(html.tostring(tree, encoding="unicode"))
    links = _link_texts(tree)
    text = _article(source, title)
    posts = posts_of(tree, text)
    if posts:
        return PageText(written(posts), title, published, canonical)
    dead = any(is_dead_title(one) for one in _named(tree))
    whole = _without_teasers(text, links)
    if len(whole) < SHORTEST_TEXT or dead or is_wall(whole) or _is_index(text, links) or is_list(tree, whole):
        why = "no article text on the page (a wall, a notice or an index)"
        raise SourceError(shown_url(url), "no_text", why, onward=_onward(tree, url))
    return PageText(whole, title, published, canonical)


def tree_of(body: bytes, headers: Mapping[str, str]) -> Any | None:
    """The parsed page, None for an empty one."""
    return _tree(_source(body, headers))


def _source(body: bytes, headers: Mapping[str, str]) -> str:
    return clean(_decoded(body, headers))


def _decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of the body: as its first bytes mark it, else in the header's character set, else the page's own, else
    UTF-8, else Windows-1252. What is UTF-8 is never read in a set of one byte a letter, whoever says so."""
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), None)
    stated = _CHARSET.search(headers.get("content-type", "")) or _CHARSET.search(body[:4096].decode("ascii", "ignore"))
    told = marked or (stated[1].lower() if stated else "utf-8")
    sets = ("utf-8",) if told in _AS_WINDOWS else ("utf-8", told) if ONE_BYTE.fullmatch(told) else (told, "utf-8")
    for name in sets:
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    loose = body.decode("utf-8", "replace")
    if len(body) - len(loose) > loose.count("\ufffd"):
        return loose  # more letters of two bytes and more than bad bytes: UTF-8 with a slip in it
    try:
        return body.decode("cp1252")
    except (LookupError, UnicodeDecodeError):
        return body.decode("latin-1")


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


def _without_teasers(text: str, links: frozenset[str]) -> str:
    """`text` without the paragraphs that are a link as a whole, behind a label ("Read more: …") or not: they are other
    articles' headlines."""
    return "\n\n".join(
        line
        for line in text.split("\n\n")
        if not links.intersection((line, line.removeprefix("- "), _LABEL.sub("", line)))
    )


def _is_index(text: str, links: frozenset[str]) -> bool:
    """True for a list of headlines: no sentence ends, or most of the text is lines that are links as a whole."""
    linked = sum(len(line) for line in text.split("\n\n") if line.removeprefix("- ") in links)
    return linked > len(text) / 2 or _SENTENCE_END.search(text) is None


def _line(line: str) -> str:
    plain = " ".join(line.split())
    return plain.strip("| ") if plain.startswith("|") and plain.endswith("|") else plain


def _metas(tree: Any) -> dict[str, list[str]]:
    """What the page states about itself, by the name in lower-case letters, all of it in one pass."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content] | //*[@itemprop='datePublished']"):
        content = element.get("content") or element.get("datetime") or ""
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content.strip():
                found.setdefault(name, []).append(content)
    return found


def _of(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _named(tree: Any) -> Iterator[str]:
    """What the page calls itself: its title, and its heading where it has one only."""
    yield tree.findtext(".//title") or ""
    headings = [element.text_content() for element in tree.iterfind(".//h1")]
    yield from headings if len(headings) == 1 else ()


def _title(tree: Any, metas: Mapping[str, list[str]]) -> str | None:
    """What the page states as its title, else its heading, else what it is called with its site's name."""
    only = tree.findall(".//h1")
    marked = [
        one for one in tree.iter("h1", "h2", "h3") if _HEADLINE.search(f"{one.get('class')} {one.get('itemprop')}")
    ]
    shown = [one_line(group[0].text_content()) for group in (only, marked) if len(group) == 1]
    stated = [one_line(content) for content in _of(metas, _TITLES)]
    named = [one_line(tree.findtext(".//title") or "")]
    return next((title for title in (*stated, *shown, *named) if title), None)


def _canonical(tree: Any, metas: Mapping[str, list[str]], url: str) -> str | None:
    """rel=canonical, else what the page calls itself elsewhere, if it is of the same domain and not just its front
    page; where the page was found may be unknown (""), and then any article's address is believed."""
    links = [link for link in tree.iterfind(".//link[@rel]") if "canonical" in link.get("rel").lower().split()]
    stated = [link.get("href") or "" for link in links]
    others = [*_of(metas, ("og:url", "twitter:url")), *_json_addresses(tree)]
    base = _base(tree, url) or next((found for other in others if (found := absolute_url("", other))), "")
    for address in (*stated, *others):
        found = absolute_url(base, address) if address.strip() else ""
        known = same_site(found, url) if url else True
        if found and known and (not _is_front_page(found) or (url and _is_front_page(url))):
            return found
    return None


def _onward(tree: Any, url: str) -> str:
    """Where the page sends its readers by itself within seconds (<meta http-equiv="refresh">); "" for nowhere else."""
    for element in tree.iterfind(".//meta[@http-equiv]"):
        asked = _REFRESH.fullmatch(element.get("content") or "")
        if asked is not None and element.get("http-equiv").strip().lower() == "refresh":
            target = absolute_url(_base(tree, url), asked[1].strip("'\" "))
            return target if target != canonical_url(url) else ""
    return ""


def _base(tree: Any, url: str) -> str:
    """What the page's own links start from."""
    base = tree.find(".//base[@href]")
    return (absolute_url(url, base.get("href")) if base is not None else "") or url


def _json_addresses(tree: Any) -> Iterator[str]:
    """The addresses that articles of the JSON-LD blocks give themselves."""
    for node in json_nodes(tree):
        if "Article" in str(node.get("@type")):
            page = node.get("mainEntityOfPage")
            for address in (page.get("@id") if isinstance(page, dict) else page, node.get("url")):
                if isinstance(address, str):
                    yield address


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
