"""Bodies and servers that mean harm, or might as well: each with what a poll of it has to end in.

Everything is made here; large bodies are made in pieces while they are sent, so that what memory grows by is the
reader's doing and not the server's.
"""

import asyncio
import gzip
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

import brotli
from aiohttp import web
from news_site import Handler  # type: ignore[import-not-found,unused-ignore]  # beside this file

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Make = Callable[[], Iterable[bytes]]
PIECE = 64 * 1024


@dataclass(frozen=True)
class Case:
    """One bad feed. `kind`: of its failure, "" when it is read; `entries`: what could be saved, None for "not asked".

    `body` makes the answer's pieces; `raw` is sent as it is, over the bare socket, and then the line goes dead unless
    `closes`; `to` redirects there. `patience`: seconds for
    parsing it, few where it can't be parsed in any.
    """

    name: str
    kind: str
    entries: int | None = 0
    body: Make | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    pause: float = 0.0
    raw: Make | None = None
    closes: bool = True
    to: str | None = None
    patience: float = 20.0

    def handler(self) -> Handler:
        """Serves this case."""

        async def serve(request: web.Request) -> web.StreamResponse:
            if self.raw is not None:
                return await _bare(request, self.raw(), self.pause, self.closes)
            headers = {**self.headers, **({"Location": self.to} if self.to is not None else {})}
            answer = web.StreamResponse(status=self.status, headers=headers)
            if self.status == 302:
                await asyncio.sleep(self.pause)
                return web.Response(status=302, headers=headers)
            await answer.prepare(request)
            for piece in self.body() if self.body else ():
                await answer.write(piece)
                if self.pause:
                    await asyncio.sleep(self.pause)
            return answer

        return serve


async def _bare(request: web.Request, pieces: Iterable[bytes], pause: float, closes: bool) -> web.StreamResponse:
    """Writes to the socket past the HTTP server, which would never write such things itself."""
    transport = request.transport
    assert isinstance(transport, asyncio.Transport)
    for piece in pieces:
        if transport.is_closing():
            break
        transport.write(piece)
        await asyncio.sleep(pause)
        while transport.get_write_buffer_size() > 1_000_000 and not transport.is_closing():  # noqa: ASYNC110  # asyncio tells nobody
            await asyncio.sleep(0.01)
    while not closes and not transport.is_closing():  # noqa: ASYNC110  # the same
        await asyncio.sleep(0.02)
    transport.close()
    raise asyncio.CancelledError


def item(number: int, inner: str = "") -> str:
    return (
        f"<item><title>Report {number}</title><link>https://news.example/{number}</link>"
        f"<guid>g{number}</guid><description>Words.</description>{inner}</item>"
    )


def feed(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>', channel: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>x</title>{channel}{"".join(items)}</channel></rss>'


def once(body: bytes | str) -> Make:
    return lambda: (body.encode() if isinstance(body, str) else body,)


def repeated(start: str, piece: str, times: int, end: str = "") -> Make:
    """`piece` so many times, sent in portions."""

    def make() -> Iterator[bytes]:
        yield start.encode()
        per = max(1, PIECE // len(piece))
        for begun in range(0, times, per):
            yield (piece * min(per, times - begun)).encode()
        yield end.encode()

    return make


def many_items(count: int) -> Make:
    def make() -> Iterator[bytes]:
        yield b'<rss version="2.0"><channel><title>x</title>'
        for begun in range(0, count, 500):
            yield "".join(
                f"<item><guid>{n}</guid><title>t{n}</title></item>" for n in range(begun, begun + 500)
            ).encode()
        yield b"</channel></rss>"

    return make


def bomb(kind: str, megabytes: int) -> Make:
    """Blanks, packed: a megabyte of them ends in the same bytes each time, so the bomb needn't be made in full."""

    def brotlied() -> Iterator[bytes]:
        packer = brotli.Compressor(quality=1)
        yield packer.process(feed(item(1)).encode()[:-16]) + packer.flush()
        for _ in range(megabytes):
            yield packer.process(b" " * 1_000_000) + packer.flush()

    def zstandard() -> Iterator[bytes]:
        packed = zstd.compress(b" " * 1_000_000)
        yield zstd.compress(feed(item(1)).encode()[:-16])
        yield from (packed for _ in range(megabytes))

    def make() -> Iterator[bytes]:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31 if kind == "gzip" else 15)
        blanks = b" " * 1_000_000
        yield packer.compress(feed(item(1)).encode()[:-16]) + packer.flush(zlib.Z_FULL_FLUSH)
        packed = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(megabytes):
            yield packed

    return {"br": brotlied, "zstd": zstandard}.get(kind, make)


def forever(piece: bytes, start: bytes = b"") -> Make:
    def make() -> Iterator[bytes]:
        yield start
        while True:
            yield piece

    return make


OK = b"HTTP/1.1 200 OK\r\n"
GOOD = feed(item(1), item(2))
THREE = feed(item(1), item(2), item(3))
RSS = MappingProxyType({"Content-Type": "application/rss+xml"})
HTML = "<!doctype html><html><head><title>Hello</title></head><body><p>Hello there.</p></body></html>"
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "x"}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _json(*items: object) -> bytes:
    return json.dumps({**JSON_FEED, "items": items}).encode()


EMPTY = [
    Case("no content at all", "empty", body=once(b"")),
    Case("204", "empty", status=204),
    Case("blanks and a mark of byte order", "empty", body=once(b"\xef\xbb\xbf \r\n\t ")),
    Case("nothing but NULs", "empty", body=once(b"\0" * 5000)),
    Case("a web page", "html", body=once(HTML)),
    Case("a web page that calls itself a feed", "html", body=once(HTML), headers=dict(RSS)),
    Case("a login page of 3 MB", "html", body=repeated("<html><body>", "<p>Log in.</p>", 200_000)),
    Case("a path", "not_a_feed", body=once(b"/etc/hostname")),
    Case("an address of a file", "not_a_feed", body=once(b"file:///etc/hostname")),
    Case("an address", "not_a_feed", body=once(b"http://127.0.0.1:9/feed")),
    Case("words", "not_a_feed", body=once(b"Service temporarily unavailable")),
    Case("a picture", "not_a_feed", body=once(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)),
    Case("a PDF", "not_a_feed", body=once(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Catalog >>")),
    Case("a packed feed that isn't announced as packed", "not_a_feed", body=once(gzip.compress(GOOD.encode()))),
    Case("a list in JSON", "not_a_feed", body=once(b"[1, 2, 3]")),
    Case("JSON of another kind", "not_a_feed", body=once(b'{"error": {"code": 500}}')),
    Case("a version in JSON that is no text", "not_a_feed", body=once(b'{"version": [{}], "items": 7}')),
    Case("deep JSON", "not_a_feed", body=repeated("", '{"a":', 200_000)),
    Case("deep lists in JSON", "not_a_feed", body=repeated('{"version":', "[", 500_000)),
    Case("a number of a million digits", "not_a_feed", body=repeated('{"items": ', "9", 1_000_000, "}")),
    Case("other XML", "not_a_feed", body=once(b"<?xml version='1.0'?><invoice><sum>3</sum></invoice>")),
    Case("an index of sitemaps", "sitemap_index", body=once(b"<sitemapindex><sitemap/></sitemapindex>")),
    Case(
        "a sitemap without news", "not_a_feed", body=once(b"<urlset><url><loc>https://a.example/</loc></url></urlset>")
    ),
    Case("a feed without entries", "", body=once(feed())),
]

BROKEN_OFF = [
    Case("cut in a tag", "truncated", 2, body=once(THREE[: THREE.index("Report 3") - 4])),
    Case("cut in a text", "truncated", 2, body=once(THREE[: THREE.index("Report 3") + 4])),
    Case(
        "cut in a section",
        "truncated",
        1,
        body=once(feed(item(1)).removesuffix("</channel></rss>") + "<item><title><![CDATA[Half of"),
    ),
    Case(
        "cut in a character", "truncated", 1, body=once(feed(item(1)).encode()[:-16] + "<item><title>é".encode()[:-1])
    ),
    Case("cut before the first entry", "truncated", body=once(GOOD[:70])),
    Case("a JSON feed cut off", "truncated", body=once(_json({"id": "1", "title": "one"})[:-10])),
    Case(
        "a packed feed cut off",
        "truncated",
        2,
        body=once(gzip.compress(THREE.encode(), 0)[:-60]),
        headers={"Content-Encoding": "gzip"},
    ),
    Case("tags never closed", "truncated", None, body=once("<rss version='2.0'><channel><item><title>a<item><title>b")),
    Case("two feeds in one", "", None, body=once(GOOD + GOOD)),
    Case("words before the feed", "", 2, body=once("\n\nWarning: mysql_connect() failed in line 3\n" + GOOD)),
    Case("words behind the feed", "", 2, body=once(GOOD + "<!-- 0.3 s --> <script>x()</script>")),
]

ENCODED = [
    Case("says UTF-8, is Latin-1", "", 1, body=once(feed(item(1, "<category>Zürich</category>")).encode("latin-1"))),
    Case("says UTF-16, is UTF-8", "", 2, body=once(GOOD.replace("utf-8", "utf-16"))),
    Case("a character set that doesn't exist", "", 2, body=once(GOOD.replace("utf-8", "x-klingon"))),
    Case("the header contradicts", "", 2, body=once(GOOD), headers={"Content-Type": "text/xml; charset=utf-16"}),
    Case(
        "a header with a path for a character set",
        "",
        2,
        body=once(GOOD),
        headers={"Content-Type": 'text/xml; charset="../../etc/passwd"'},
    ),
    Case("UTF-16 with its mark", "", 2, body=once(GOOD.replace("utf-8", "utf-16").encode("utf-16"))),
    Case("UTF-7", "", 2, body=once(GOOD.replace("utf-8", "utf-7"))),
    Case("bytes that no character set has", "", 2, body=once(GOOD.encode().replace(b"Words.", b"\xff\xfe\xc0\x80"))),
    Case("half a character in each word", "", 1, body=once(feed(item(1)).encode().replace(b"Words", b"W\xe2\x82rds"))),
    Case("a feed called a picture", "", 2, body=once(GOOD), headers={"Content-Type": "image/png"}),
    Case("a feed called a page", "", 2, body=once(GOOD), headers={"Content-Type": "text/html"}),
    Case("a content type that is none", "", 2, body=once(GOOD), headers={"Content-Type": ";;;=,"}),
    Case("in br", "", 2, body=once(brotli.compress(GOOD.encode())), headers={"Content-Encoding": "br"}),
    Case("in zstd", "", 2, body=once(zstd.compress(GOOD.encode())), headers={"Content-Encoding": "zstd"}),
    Case(
        "br that breaks off",
        "truncated",
        None,
        body=once(brotli.compress(GOOD.encode(), quality=0)[:-40]),
        headers={"Content-Encoding": "br"},
    ),
    Case("br that lies", "bad_encoding", None, body=once(GOOD), headers={"Content-Encoding": "br"}),
    Case("zstd that lies", "bad_encoding", None, body=once(GOOD), headers={"Content-Encoding": "zstd"}),
    Case("gzip that lies", "bad_encoding", body=once(GOOD), headers={"Content-Encoding": "gzip"}),
    Case("deflate that lies", "bad_encoding", body=once(GOOD), headers={"Content-Encoding": "deflate"}),
    Case("an encoding of its own", "", 2, body=once(GOOD), headers={"Content-Encoding": "rot13"}),
    Case(
        "packed twice",
        "not_a_feed",
        body=once(gzip.compress(gzip.compress(GOOD.encode()))),
        headers={"Content-Encoding": "gzip"},
    ),
]

LARGE = [
    Case("100,000 entries", "too_many_entries", 5000, body=many_items(100_000)),
    Case(
        "100,000 entries without a word",
        "too_many_entries",
        0,
        body=repeated("<rss version='2.0'><channel>", "<item/>", 100_000, "</channel></rss>"),
    ),
    Case("a gigabyte in gzip", "too_large", body=bomb("gzip", 1000), headers={"Content-Encoding": "gzip"}),
    Case("a gigabyte in deflate", "too_large", body=bomb("deflate", 1000), headers={"Content-Encoding": "deflate"}),
    Case("a gigabyte in br", "too_large", body=bomb("br", 1000), headers={"Content-Encoding": "br"}),
    Case("a gigabyte in zstd", "too_large", body=bomb("zstd", 1000), headers={"Content-Encoding": "zstd"}),
    Case("a body without an end", "too_large", body=forever(b" " * PIECE, b"<rss>")),
    Case(
        "a size of a terabyte", "too_large", raw=once(OK + b"Content-Length: 1000000000000\r\n\r\n<rss>"), closes=False
    ),
    Case(
        "a title of 5 MB",
        "",
        1,
        body=repeated(
            "<rss version='2.0'><channel><item><title>", "word ", 1_000_000, "</title></item></channel></rss>"
        ),
    ),
    Case(
        "an attribute of 5 MB",
        "",
        None,
        body=repeated('<rss version="2.0" about="', "x", 5_000_000, '">' + GOOD[GOOD.index("<channel>") :]),
    ),
    Case(
        "100,000 attributes",
        "parse_timeout",
        patience=1,
        body=once(
            "<rss version='2.0' "
            + " ".join(f"a{n}='1'" for n in range(100_000))
            + ">"
            + GOOD[GOOD.index("<channel>") :]
        ),
    ),
    Case(
        "100,000 tags deep",
        "parse_timeout",
        patience=1,
        body=repeated("<rss version='2.0'><channel><item>", "<a>", 100_000),
    ),
    Case("20,000 tags deep", "truncated", None, body=repeated("<rss version='2.0'><channel><item>", "<a>", 20_000)),
    Case(
        "a million comments",
        "",
        2,
        body=repeated("<rss version='2.0'><channel>", "<!-- -->", 1_000_000, GOOD[GOOD.index("<item>") :]),
    ),
    Case(
        "markup 50,000 deep in a text",
        "",
        1,
        body=repeated(
            "<rss version='2.0'><channel><item><title>t</title><description>",
            "&lt;b&gt;",
            50_000,
            "</description></item></channel></rss>",
        ),
    ),
    Case(
        "10,000 names of names",
        "",
        2,
        body=once(
            GOOD.replace('version="2.0"', 'version="2.0" ' + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(10_000)))
        ),
    ),
]

ENTITIES = [
    Case(
        "a billion laughs",
        "",
        None,
        body=once(
            feed(
                item(1, "<category>&l9;</category>"),
                head=f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
            )
        ),
    ),
    Case(
        "a long entity, often",
        "",
        None,
        body=once(
            feed(
                item(1, "<category>" + "&a;" * 10_000 + "</category>"),
                head=f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 40_000}">]>',
            )
        ),
    ),
    Case(
        "an entity that is a file",
        "",
        1,
        body=once(
            feed(
                item(1).replace("Words.", "&f;"),
                head='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>',
            )
        ),
    ),
    Case(
        "an entity that is an address",
        "",
        1,
        body=once(
            feed(
                item(1).replace("Words.", "&f;"),
                head='<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "http://10.0.0.1/">]>',
            )
        ),
    ),
    Case("a definition elsewhere", "", 2, body=once(GOOD.replace("?>", '?><!DOCTYPE rss SYSTEM "http://10.0.0.1/">'))),
    Case("entities that nobody defined", "", 1, body=once(feed(item(1).replace("Words", "a&nbsp;b &hellip; &bogus;")))),
    Case("lone surrogates", "", 1, body=once(feed(item(1).replace("Words", "a&#xD800;b &#56320;")))),
    Case("surrogates as bytes", "", 1, body=once(feed(item(1)).encode().replace(b"Words", b"a\xed\xa0\x80b"))),
    Case(
        "surrogates in JSON", "", 1, body=once(_json({"id": "\ud800", "title": "a\udfff", "url": "https://a.example/"}))
    ),
    Case("characters beyond the last", "", 1, body=once(feed(item(1).replace("Words", "&#x110000; &#99999999999;")))),
    Case("a character of 5,000 digits", "", 1, body=once(feed(item(1).replace("Words", f"&#{'9' * 5000};")))),
    Case("NULs between the letters", "", 2, body=once(GOOD.replace("Words", "W\0o\0rds"))),
    Case("control characters", "", 2, body=once(GOOD.replace("Words", "\x01\x08\x0b\x1b[31mred\x7f"))),
]

ODD = [
    Case(
        "dates of all kinds",
        "",
        6,
        body=once(
            feed(
                *(
                    item(n, f"<pubDate>{date}</pubDate>")
                    for n, date in enumerate(
                        (
                            "yesterday",
                            "",
                            "0000-00-00",
                            "99999-01-01T00:00:00Z",
                            "Wed, 31 Feb 2025 25:61:61 GMT+99",
                            "1" * 9000,
                        )
                    )
                )
            )
        ),
    ),
    Case("no ids", "", 3, body=once(feed(*(f"<item><title>t{n}</title></item>" for n in range(3))))),
    Case("one id for all", "", 3, body=once(feed(*(item(n).replace(f"g{n}", "same") for n in range(3))))),
    Case("the same entry 50 times", "", 1, body=once(feed(*[item(1)] * 50))),
    Case(
        "ids of 100,000 letters",
        "",
        2,
        body=once(feed(*(item(n).replace(f"g{n}", "x" * 100_000 + str(n)) for n in range(2)))),
    ),
    Case(
        "links that are none",
        "",
        5,
        body=once(
            feed(
                *(
                    f"<item><title>t{n}</title><link>{link}</link></item>"
                    for n, link in enumerate(
                        (
                            "javascript:alert(1)",
                            "data:text/html,x",
                            "http://[::1",
                            "file:///etc/passwd",
                            "http://a b:x/",
                        )
                    )
                )
            )
        ),
    ),
    Case(
        "a link of 1 MB",
        "",
        None,
        body=once(feed(item(1).replace("news.example/1", "news.example/" + "a" * 1_000_000))),
    ),
    Case(
        "entries in JSON that are none",
        "",
        2,
        body=once(
            _json(
                None,
                7,
                [],
                {},
                {"id": 5, "title": "a"},
                {"id": [], "title": {}, "content_html": 3, "url": "https://a.example/"},
            )
        ),
    ),
    Case(
        "a JSON feed of 20,000 entries",
        "too_many_entries",
        5000,
        body=once(_json(*({"id": str(n), "title": f"t{n}"} for n in range(20_000)))),
    ),
]

LINES = [
    Case("accepts and says nothing", "timeout", raw=once(b""), closes=False),
    Case("half a status line", "timeout", raw=once(b"HTTP/1."), closes=False),
    Case("drips its headers", "timeout", raw=forever(b"X-A: b\r\n", OK), pause=0.05),
    Case("drips its body", "timeout", body=forever(b" ", b"<rss>"), pause=0.05),
    Case(
        "drips a packed body",
        "timeout",
        body=forever(b" ", gzip.compress(GOOD.encode())[:60]),
        headers={"Content-Encoding": "gzip"},
        pause=0.05,
    ),
    Case("goes on asking for patience", "timeout", raw=forever(b"HTTP/1.1 100 Continue\r\n\r\n"), pause=0.02),
    Case("a redirect that takes its time, to one that does too", "timeout", status=302, to="/self", pause=0.4),
    Case("hangs up", "connection", raw=once(b"")),
    Case("hangs up in the middle", "connection", raw=once(OK + b"Content-Length: 1000\r\n\r\n<rss>")),
    Case(
        "hangs up after two items",
        "truncated",
        2,
        raw=once(OK + b"Content-Length: 90000\r\n\r\n" + THREE[:-90].encode()),
    ),
    Case("no HTTP", "bad_response", raw=once(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")),
    Case("random bytes", "bad_response", raw=once(bytes(range(256)) * 20)),
    Case("a status of letters", "bad_response", raw=once(b"HTTP/1.1 OK fine\r\n\r\n")),
    Case("status 999", "http_999", raw=once(b"HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n")),
    Case("20,000 headers", "bad_response", raw=repeated(OK.decode(), "X-A: b\r\n", 20_000, "\r\n")),
    Case("a header of 1 MB", "bad_response", raw=repeated(OK.decode() + "X-A: ", "b", 1_000_000, "\r\n\r\n")),
    Case("headers without an end", "bad_response", raw=forever(b"X-A: " + b"b" * 1000 + b"\r\n", OK)),
    Case("two sizes", "bad_response", raw=once(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>")),
    Case("a negative size", "bad_response", raw=once(OK + b"Content-Length: -5\r\n\r\n<rss/>")),
    Case(
        "a size that is too small",
        "bad_response",
        raw=once(OK + b"Content-Length: 120\r\nConnection: close\r\n\r\n" + GOOD.encode()),
    ),
    Case("pieces of no size", "bad_response", raw=once(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n")),
    Case(
        "a piece of endless size",
        "bad_response",
        raw=once(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n<rss>"),
    ),
    Case("a 304 that nobody asked for", "http_304", status=304),
    Case("half of it", "", 2, status=206, body=once(GOOD)),
    Case("come again in an age", "http_429", status=429, headers={"Retry-After": "9" * 400}),
    Case("come again the day before yesterday", "http_503", status=503, headers={"Retry-After": "-86400"}),
    Case("fresh for longer than the world", "", 2, body=once(GOOD), headers={"Cache-Control": "max-age=" + "9" * 400}),
    Case("an ETag of 7,000 letters", "", 2, body=once(GOOD), headers={"ETag": '"' + "e" * 7000 + '"'}),
]

REDIRECTS = [
    Case("a redirect to itself", "too_many_redirects", status=302, to="/self"),
    Case("a redirect that grows", "too_many_redirects", status=302, to="/self?a=" + "a" * 3000),
    Case("a redirect without a target", "bad_redirect", status=302),
    Case("a redirect to a file", "bad_redirect", status=302, to="file:///etc/hostname"),
    Case("a redirect to a script", "bad_redirect", status=302, to="javascript:alert(1)"),
    Case("a redirect to half an address", "bad_redirect", status=302, to="http://[::1"),
    *(
        Case(f"a redirect to {place}", "private_address", status=302, to=f"http://{place}/")
        for place in (
            "10.0.0.1",
            "192.168.1.1:8080",
            "172.16.0.9",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::a00:1]",
            "[2002:a00:1::]",
            "[fec0::1]",
            "224.0.0.1",
            "intranet.example",
        )
    ),
]

CASES = [*EMPTY, *BROKEN_OFF, *ENCODED, *LARGE, *ENTITIES, *ODD, *LINES, *REDIRECTS]
