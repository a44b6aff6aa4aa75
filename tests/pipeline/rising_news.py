"""Made-up news whose every alert is known beforehand: some governments, each with a feed, each with a total that rises.

A site over loopback HTTP serves the feeds and counts who asked, and takes what the monitor tells. What the feeds say is
set by the caller, on whose simulated clock all of it goes.
"""

import asyncio
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from monitor.pipeline import Monitor

SPEAKERS = (
    "President Zelensky",
    "South Korea's spy agency",
    "the Pentagon",
    "Britain's defence ministry",
    "the United Nations",
    "the German government",
)
KEPT = 20
"""Items that a feed shows."""
FIGURE = "{:,} North Korean soldiers have been killed or wounded in Kursk, {} said."
NO_FIGURE = "Talks on the budget of {:,} dollars go on, {} said."
REST = """Both sides have said little about it. Neither the ministry in the capital nor the governor would comment, and
independent observers have no way into the region, where the roads are closed and the telephones are silent.

Diplomats expect the matter to come up again when the council meets. They do not expect a decision from it, since two of
its members have a veto and have used it before on this very question."""
_FIGURE = re.compile(r"([\d,]+) North Korean")

CONFIG = """
[store]
url = "{store}"
[fetch]
allow_private = ["127.0.0.1"]
timeout = "20s"
user_agent = "${{ASKING_AS:-a test}}"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk"]
channels = ["desk"]
[[channel]]
name = "desk"
url = "json://127.0.0.1:{port}/desk"
[[channel]]
name = "ops"
url = "json://127.0.0.1:{port}/ops"
[operator]
channels = ["ops"]
"""
FEED = """
[[feed]]
name = "{name}"
url = "http://127.0.0.1:{port}/{name}.xml"
interval = "{interval}"
"""


@dataclass
class Feed:
    """What one feed says now: items as (number, text, when), newest last. `down`: it answers 500.
    `pages`: it gives headlines alone, and the texts are on their pages."""

    speaker: str
    pages: bool = False
    down: bool = False
    items: list[tuple[int, str, datetime]] = field(default_factory=list)


@dataclass
class Site:
    """Feeds by name, what was asked since the last look, as (path, User-Agent), and what each channel was told: (key,
    title, figures), in order."""

    feeds: dict[str, Feed]
    port: int = 0
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: list[tuple[str, str, str, tuple[int, ...]]] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def taken(self) -> Counter[tuple[str, str]]:
        """What was asked since the last look."""
        with self.turn:
            asked, self.asked = self.asked, Counter()
        return asked

    def says(self, name: str, text: str, now: datetime) -> None:
        """Puts an article into a feed."""
        feed = self.feeds[name]
        number = feed.items[-1][0] + 1 if feed.items else 0
        feed.items = [*feed.items, (number, text, now)][-KEPT:]

    def edits(self, name: str, number: int, text: str) -> None:
        """Gives a page of a feed another text."""
        feed = self.feeds[name]
        feed.items = [(one, text if one == number else said, when) for one, said, when in feed.items]

    def configured(self, folder: Path, store: str, interval: str = "15m") -> Path:
        """Settings that watch it all, as a file in the folder."""
        file = folder / "monitor.toml"
        feeds = "".join(FEED.format(name=name, port=self.port, interval=interval) for name in self.feeds)
        file.write_text(CONFIG.format(store=store, port=self.port) + feeds, encoding="utf-8")
        return file

    def figures(self, channel: str = "desk") -> Counter[int]:
        """How often each figure was told, repeats of one message (by its key) counted once."""
        once = {key: figures for where, key, _, figures in self.told if where == channel}
        return Counter(figure for figures in once.values() for figure in figures)


def feeds(figures: int, others: int, *, pages: int = 0) -> dict[str, Feed]:
    """Feeds that give figures, the first `pages` of them on pages of their own, and others that never do."""
    with_figures = {f"gov{at}": Feed(SPEAKERS[at], pages=at < pages) for at in range(figures)}
    return with_figures | {f"other{at}": Feed("the minister") for at in range(others)}


def rss(site: Site, name: str) -> str:
    """The feed as a news site gives it: headlines that link to pages, or texts in full, which have no page."""
    items = []
    for number, text, when in site.feeds[name].items:
        link = f"<link>http://127.0.0.1:{site.port}/{name}/{number}</link>"
        whole = f"<description>{escape(html(text))}</description>"
        items.append(
            f"<item><guid isPermaLink='false'>{name}-{number}</guid><title>Report {number} of {name}</title>"
            f"<pubDate>{format_datetime(when)}</pubDate>{link if site.feeds[name].pages else whole}</item>"
        )
    return f"<rss version='2.0'><channel><title>{name}</title>{''.join(items)}</channel></rss>"


def html(text: str) -> str:
    """Paragraphs, with what else a report says."""
    return "".join(f"<p>{escape(part)}</p>" for part in f"{text}\n\n{REST}".split("\n\n"))


class Handler(BaseHTTPRequestHandler):
    """One connection, which is closed after its answer."""

    def __init__(self, site: Site, *given: object) -> None:
        self.site = site
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        with self.site.turn:
            self.site.asked[self.path, self.headers["User-Agent"]] += 1
        name, _, number = self.path.strip("/").partition("/")
        feed = self.site.feeds.get(name.removesuffix(".xml"))
        if feed is not None and feed.down:
            self._answer(500, "down")
        elif feed is not None and not number:
            self._answer(200, rss(self.site, name.removesuffix(".xml")), "application/rss+xml")
        elif feed is not None and (text := dict(item[:2] for item in feed.items).get(int(number))) is not None:
            self._answer(200, f"<html><body><article><h1>Report</h1>{html(text)}</article></body></html>")
        else:
            self._answer(404, "not here")

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        figures = tuple(_number(item["quote"]) for item in said["alert"]["items"])
        with self.site.turn:
            channel = self.path.strip("/")
            self.site.told.append((channel, self.headers["Idempotency-Key"], said["title"], figures))
        self._answer(200, "taken")

    def _answer(self, status: int, text: str, kind: str = "text/html; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def _number(quote: str) -> int:
    found = _FIGURE.search(quote)
    return int(found[1].replace(",", "")) if found else 0


class Server(ThreadingHTTPServer):
    """Takes what many workers ask at once."""

    daemon_threads = True
    request_queue_size = 128


@contextmanager
def served(made: dict[str, Feed]) -> Iterator[Site]:
    """A site that answers, in threads of this process."""
    site = Site(made)
    server = Server(("127.0.0.1", 0), partial(Handler, site))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def figure(speaker: int, step: int) -> int:
    """A total that is no other's and no round number: twice that of the speaker before, and rising by 3 %."""
    return int(1000 * 2**speaker * 1.03**step) // 10 * 10 + speaker + 1


def run_once(monitor: Monitor, now: datetime) -> None:
    """All steps of a run, on the simulated clock throughout."""
    asyncio.run(_steps(monitor, now))


async def _steps(monitor: Monitor, now: datetime) -> None:
    monitor.begin(now)
    async with monitor.fetching():
        await monitor.poll(now)
        await monitor.read(now)
        await monitor.revisit(now)
    monitor.extract()
    monitor.compare(now)
    monitor.look_after(now)
    await monitor.deliver(now, lambda: now)
    monitor.finish(now)
