"""Feeds over loopback HTTP, from a process of its own: `python feed_server.py [--entries 30]`. Standard library alone.

`/NUMBER.xml` is one feed, `/SLOW/NUMBER.xml` the same after SLOW milliseconds; each has an ETag and answers 304 to
whoever echoes it. Prints its port, and ends when its standard input does.
"""

import argparse
import asyncio
import random
import re
import sys
from datetime import UTC, datetime, timedelta

KINDS = 40
"""Bodies that are made; a feed is one of them with its own number in all ids and links."""
NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)
WORDS = """talks road harvest ministry council river bridge budget winter market school plan report region border coast
weather train station prices energy minister committee agreement village city people workers farmers drivers teachers
said asked opened closed planned moved agreed repaired delayed expected found began ended after before during between
along near again today slowly mostly the a an of in on for with and its their several many new old long""".split()
_ASKED = re.compile(rb"GET (?:/(\d+))?/(\d+)\.xml ")


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + "."


def rss_item(dice: random.Random, number: int, when: datetime) -> str:
    """One item as a news site's own software writes it: a marked-up summary, a picture, an author."""
    link = f"https://outlet-@@.example/world/{when:%Y/%m/%d}/story-{number}"
    words = f"&lt;p&gt;{sentence(dice, 34)} &lt;a href=&quot;{link}&quot;&gt;{sentence(dice, 6)}&lt;/a&gt;&lt;/p&gt;"
    return (
        f"<item><title>{sentence(dice, 9)}</title><link>{link}?utm_source=rss</link>"
        f"<description>{words}</description><guid isPermaLink='false'>outlet-@@-{number}</guid>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate><dc:creator>{sentence(dice, 2)}</dc:creator>"
        f"<category>World</category><category>{dice.choice(WORDS)}</category>"
        f"<media:content url='https://img.outlet-@@.example/{number}.jpg' medium='image' width='640' height='360'/>"
        "</item>"
    )


def atom_entry(dice: random.Random, number: int, when: datetime) -> str:
    link = f"https://outlet-@@.example/{number}.html"
    return (
        f"<entry><title type='html'>{sentence(dice, 9)}</title><link rel='alternate' href='{link}'/>"
        f"<id>tag:outlet-@@.example,2025:{number}</id><published>{when.isoformat()}</published>"
        f"<updated>{when.isoformat()}</updated><author><name>{sentence(dice, 2)}</name></author>"
        f"<summary type='html'>&lt;p&gt;{sentence(dice, 40)}&lt;/p&gt;</summary></entry>"
    )


def body(kind: int, entries: int) -> bytes:
    """Three feeds of four are RSS, the others Atom. @@ stands for the feed's number."""
    dice = random.Random(kind)  # the same feeds in each run
    atom = kind % 4 == 3
    make = atom_entry if atom else rss_item
    items = "\n".join(make(dice, number, NOW - timedelta(minutes=37 * number)) for number in range(entries))
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    if atom:
        return (
            f"{head}<feed xmlns='http://www.w3.org/2005/Atom'><title>Outlet @@</title><id>outlet-@@</id>"
            f"<updated>{NOW.isoformat()}</updated><link href='https://outlet-@@.example/'/>{items}</feed>"
        ).encode()
    return (
        f"{head}<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Outlet @@</title>"
        f"<link>https://outlet-@@.example/</link><description>News</description>{items}</channel></rss>"
    ).encode()


def bodies(entries: int) -> list[bytes]:
    return [body(kind, entries) for kind in range(KINDS)]


def feed(made: list[bytes], number: int) -> bytes:
    return made[number % KINDS].replace(b"@@", str(number).encode())


class Connection(asyncio.Protocol):
    """One connection, kept alive. Only what the two clients send is understood."""

    def __init__(self, made: list[bytes]) -> None:
        self._made, self._read = made, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            request, _, self._read = self._read.partition(b"\r\n\r\n")
            slow, answer = self._answer(request)
            if slow:
                asyncio.get_running_loop().call_later(slow / 1000, self._send, answer)
            else:
                self._send(answer)

    def _answer(self, request: bytes) -> tuple[int, bytes]:
        found = _ASKED.match(request)
        if found is None:
            return 0, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        slow, number = int(found[1] or 0), int(found[2])
        mark = b'ETag: "v%d"\r\n' % number
        if b'if-none-match: "v%d"' % number in request.lower():
            return slow, b"HTTP/1.1 304 Not Modified\r\n" + mark + b"\r\n"
        content = feed(self._made, number)
        kind = b"Content-Type: application/xml\r\nContent-Length: %d\r\n" % len(content)
        return slow, b"HTTP/1.1 200 OK\r\n" + mark + kind + b"\r\n" + content

    def _send(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


async def serve(entries: int) -> None:
    made, loop = bodies(entries), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(made), "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=30)
    asyncio.run(serve(parser.parse_args().entries))
