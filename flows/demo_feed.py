"""A small news site on the loopback, made from a folder of articles: a feed of summaries and a page for each article.

Real HTTP with ETag and 304. The same kit serves the demonstration, the tests and the benchmark.
"""

import contextlib
import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from monitor.domain.articles import Entry

FEED = "/feed.xml"

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
ET.register_namespace("content", _CONTENT)


@dataclass(frozen=True, slots=True)
class Document:
    """What stands under one path."""

    content_type: str
    body: bytes

    @property
    def etag(self) -> str:
        """The same for the same body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


def site(title: str, entries: Sequence[Entry], port: int) -> dict[str, Document]:
    """A feed that carries first paragraphs and links to the pages of this site, and those pages."""
    base = f"http://127.0.0.1:{port}"
    pages = {path(entry): Document("text/html; charset=utf-8", page(entry)) for entry in entries}
    feed = rss(title, entries, links={entry.key: base + path(entry) for entry in entries})
    return {FEED: Document("application/rss+xml; charset=utf-8", feed), **pages}


def path(entry: Entry) -> str:
    """Where an article's page stands: the outlet's host, then the outlet's path."""
    parts = urlsplit(entry.url)
    return f"/{parts.hostname or 'article'}{parts.path}"


def rss(title: str, entries: Sequence[Entry], links: Mapping[str, str] | None = None) -> bytes:
    """An RSS 2.0 document, the newest entry first. With `links` (by key) it carries summaries, else whole texts."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", "http://127.0.0.1/")
    _add(channel, "description", "News of a small site")
    for entry in sorted(entries, key=lambda entry: (entry.published_at is None, entry.published_at), reverse=True):
        _item(channel, entry, links)
    return b'<?xml version="1.0" encoding="utf-8"?>' + ET.tostring(root, encoding="unicode").encode()


def _item(channel: ET.Element, entry: Entry, links: Mapping[str, str] | None) -> None:
    item = ET.SubElement(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", links[entry.key] if links else entry.url)
    ET.SubElement(item, "guid", isPermaLink="false").text = entry.key
    ET.SubElement(item, "source", url=entry.url).text = entry.outlet
    if entry.published_at is not None:
        _add(item, "pubDate", format_datetime(entry.published_at))
    if links:
        _add(item, "description", paragraphs(entry)[0])
    else:
        _add(item, f"{{{_CONTENT}}}encoded", _markup(entry))


def page(entry: Entry) -> bytes:
    """An article as a web page, with what stands around it on real ones."""
    published = entry.published_at.isoformat() if entry.published_at else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(entry.title)} | {escape(entry.outlet)}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{escape(entry.title)}">
<meta property="og:site_name" content="{escape(entry.outlet)}">
<meta property="article:published_time" content="{published}"></head>
<body><header><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav></header>
<main><article><h1>{escape(entry.title)}</h1>
{_markup(entry)}
</article></main><footer><p><a href="/about">About us</a></p></footer></body></html>
""".encode()


def _markup(entry: Entry) -> str:
    return "\n".join(f"<p>{escape(part)}</p>" for part in paragraphs(entry))


def paragraphs(entry: Entry) -> list[str]:
    """The paragraphs of an article; its title when there is no text."""
    return [part.strip() for part in entry.text.split("\n\n") if part.strip()] or [entry.title]


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


@dataclass(slots=True)
class Site:
    """A running site: its port, its documents by path (they may be exchanged), and each answer's path and status."""

    port: int
    documents: dict[str, Document]
    answers: list[tuple[str, int]] = field(default_factory=list)

    @property
    def feed(self) -> str:
        """The feed's address."""
        return f"http://127.0.0.1:{self.port}{FEED}"


@contextlib.contextmanager
def serve_site(documents: dict[str, Document], port: int) -> Iterator[Site]:
    """Serves documents on the loopback until the end of the block."""
    running = Site(port, documents)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(running))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(running: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            document = running.documents.get(self.path)
            known = document is not None and self.headers.get("If-None-Match") == document.etag
            status = 404 if document is None else 304 if known else 200
            running.answers.append((self.path, status))
            self.send_response(status)
            if document is not None:
                self.send_header("ETag", document.etag)
                self.send_header("Content-Type", document.content_type)
            body = document.body if document is not None and status == 200 else b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
            """Stays quiet: `answers` says what happened."""

    return Handler
