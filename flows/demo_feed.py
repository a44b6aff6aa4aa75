"""A news feed on the loopback, made from a folder of articles: real HTTP with ETag and 304."""

import contextlib
import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

from monitor.domain.articles import Entry

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
ET.register_namespace("content", _CONTENT)
ET.register_namespace("dc", _DUBLIN_CORE)


def rss(title: str, entries: Sequence[Entry]) -> bytes:
    """An RSS 2.0 document that carries each entry's whole text; the newest entry first, as feeds have it."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", "http://127.0.0.1/")
    _add(channel, "description", "Later articles for the demonstration")
    for entry in sorted(entries, key=lambda entry: (entry.published_at is None, entry.published_at), reverse=True):
        _item(channel, entry)
    return b'<?xml version="1.0" encoding="utf-8"?>' + ET.tostring(root, encoding="unicode").encode()


def _item(channel: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.url)
    ET.SubElement(item, "guid", isPermaLink="false").text = entry.key
    _add(item, f"{{{_DUBLIN_CORE}}}creator", entry.outlet)
    if entry.published_at is not None:
        _add(item, "pubDate", format_datetime(entry.published_at))
    paragraphs = (part.strip() for part in entry.text.split("\n\n"))
    _add(item, f"{{{_CONTENT}}}encoded", "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part))


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


@dataclass(slots=True)
class FeedSite:
    """A running feed: where it is, and the statuses that it has answered with, in order."""

    port: int
    answers: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The feed's address."""
        return f"http://127.0.0.1:{self.port}/feed.xml"


@contextlib.contextmanager
def serve_feed(body: bytes, port: int) -> Iterator[FeedSite]:
    """Serves one feed on the loopback until the end of the block."""
    site = FeedSite(port)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(body, site.answers))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(body: bytes, answers: list[int]) -> type[BaseHTTPRequestHandler]:
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = 404 if self.path != "/feed.xml" else 304 if self.headers.get("If-None-Match") == tag else 200
            answers.append(status)
            self.send_response(status)
            self.send_header("ETag", tag)
            if status == 200:
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if status == 200 else 0))
            self.end_headers()
            if status == 200:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
            """Stays quiet: `answers` says what happened."""

    return Handler
