"""Lists of feeds as other programs write them: OPML. https://opml.org/spec2.opml"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # its types are a package of their own

from monitor.errors import InputError
from monitor.sources.plaintext import clean, one_line

MAX_BYTES = 10 * 1024 * 1024
MAX_NAME = 200
_SCHEMES = ("http://", "https://")
_FEED = re.compile(r"\Afeed:(?://(?!/)|(?=https?:))", re.IGNORECASE)
"""What programs write before a feed's address, so that readers open it: `feed://host/…` and `feed:https://host/…`."""
_SCHEME = re.compile(r"\Ahttps?(?=://)", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?opml\s*>|<(?:\w+:)?opml[^<>]*/>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed of a list, under a name that no other feed of it has."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, each address once; `left_out` names those whose address is no web address. `complete` is
    False for a list that breaks off: there may have been more."""

    feeds: tuple[ListedFeed, ...]
    left_out: tuple[str, ...]
    complete: bool


def read_opml(body: bytes, subject: str) -> FeedList:
    """The feeds of a list.

    Raises InputError, with `subject` (the file's name), for what is no OPML.
    """
    root = _root(body)
    if root is None or _name(root) != "opml":
        raise InputError(f"{subject}: is no OPML")
    found: dict[str, ListedFeed] = {}
    left_out: list[str] = []
    taken: set[str] = set()
    for outline in root.iter("{*}outline"):
        told = {_plain(key).lower(): value for key, value in outline.attrib.items()}
        url = _address(clean(told.get("xmlurl", "")).strip())
        if not url or url in found:
            continue
        name = one_line(told.get("title") or told.get("text") or "")[: MAX_NAME - 10]
        if not _is_address(url):
            left_out.append(name or url[:100])
            continue
        feed = ListedFeed(_unused(name or urlsplit(url).netloc.rpartition("@")[2], taken), url)
        taken.add(feed.name)
        found[url] = feed
    complete = _END.search(body.replace(b"\0", b"")[-1000:]) is not None
    return FeedList(tuple(found.values()), tuple(left_out), complete)


def write_opml(feeds: Iterable[ListedFeed]) -> str:
    """A list of feeds for other programs."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of figure-monitor"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name, url = clean(feed.name), clean(feed.url)
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=url)
    etree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def _unused(name: str, taken: set[str]) -> str:
    """The name, else the name with the first number that makes it a new one."""
    number, tried = 1, name
    while tried in taken:
        number += 1
        tried = f"{name} ({number})"
    return tried


def _address(given: str) -> str:
    """The address with its scheme as the settings want it."""
    url = _FEED.sub(lambda found: "http://" if found[0].endswith("/") else "", given)
    return _SCHEME.sub(lambda found: found[0].lower(), url)


def _is_address(url: str) -> bool:
    try:
        return url.startswith(_SCHEMES) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _root(body: bytes) -> Any | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        return etree.fromstring(body.strip(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _name(node: Any) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _plain(key: str) -> str:
    return key.rpartition("}")[2]
