"""The only place that asks the network for anything.

One session for a run. Redirects are followed here, hop by hop, because each target has to pass the guard; bodies are
read as a stream of decoded bytes under a cap, because a megabyte of gzip can be a gigabyte of text; and one deadline
covers a request with all its hops, because a server that drips never trips a read time-out.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import aiohttp

from monitor import __version__
from monitor.domain.waits import parse_retry_after
from monitor.errors import SourceError
from monitor.sources.guard import AllowList, refusal
from monitor.sources.pace import Pace
from monitor.sources.robots import MAX_BYTES as ROBOTS_BYTES
from monitor.sources.robots import Robots
from monitor.sources.urls import shown_url

MAX_HOPS = 5
FEED_BYTES = 10 * 1024 * 1024
FEED_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
BROKE_OFF = "the answer broke off or can't be decoded"
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PORTS = {"http": 80, "https": 443}
_USUAL = re.compile(r"(https?)://([a-z0-9.-]+)(?::([1-9]\d{0,3}))?(?:[/?#]|$)")
"""Scheme, host and port of nearly all addresses; the others are taken apart by the rules, in ten times as long."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that can be used: 2xx, or 304 to a conditional request.

    `headers` have lower-case names; `body` is decoded from gzip and the like; `url` is where the redirects ended.
    `moved`: each redirect on the way was a permanent one. `cut`: the connection broke off, and `body` is what had come.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    moved: bool = False
    cut: bool = False


@dataclass(slots=True)
class _Attempt:
    """What the guard has to know of the request that a socket is made for, and what it says back."""

    allowed: bool
    refused: list[str] = field(default_factory=list)


# The socket factory is called deep in the connector and sees the address only; this carries the request's side of it.
_attempt: ContextVar[_Attempt | None] = ContextVar("_attempt", default=None)


class Fetcher:
    """Asks for feeds and pages; use it as `async with Fetcher(...) as fetcher`.

    `allow_private`: hosts, addresses, host:port pairs or networks that may be private (everything else has to be
    public). `user_agent`: the whole header; left out it is `own_name(contact)`. `deadline`: seconds for one request
    with its redirects. `max_bytes`: cap of a decoded body. `concurrency`, `per_host`, `host_gap` (seconds): see `Pace`;
    hosts on the allow list are not paced. `robots`: the rules of sites that are known already; those that are met go
    into it.
    """

    def __init__(
        self,
        *,
        allow_private: Iterable[str] = (),
        user_agent: str | None = None,
        contact: str | None = None,
        deadline: float = 30.0,
        max_bytes: int = FEED_BYTES,
        concurrency: int = 20,
        per_host: int = 4,
        host_gap: float = 0.5,
        ssl_context: ssl.SSLContext | None = None,
        robots: Robots | None = None,
    ) -> None:
        self._allow = AllowList.parse(allow_private)
        self.user_agent = user_agent or own_name(contact)
        self._deadline, self._max_bytes = deadline, max_bytes
        self._pace = Pace(concurrency=concurrency, per_host=per_host, gap=host_gap)
        self._concurrency, self._ssl = concurrency, ssl_context
        self._robots = robots or Robots()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=self._concurrency, socket_factory=self._socket, ssl=self._ssl if self._ssl is not None else True
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.user_agent},
            timeout=aiohttp.ClientTimeout(total=None),  # our own deadline covers all hops
            raise_for_status=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str = FEED_ACCEPT,
        max_bytes: int | None = None,
        obey_robots: bool = False,
        cut_too: bool = False,
    ) -> Response:
        """Asks for `url`. Validators are echoed byte for byte; If-Modified-Since is sent only without an ETag.

        `obey_robots`: nothing is asked for, on no hop, that the site's robots.txt keeps from programs. `cut_too`: what
        had come of an answer that breaks off is one, no error.

        Raises SourceError for everything that is neither 2xx nor a 304 that was asked for. Kinds: bad_url,
        private_address, dns, connect, tls, timeout, connection, bad_response, bad_encoding, too_large,
        too_many_redirects, bad_redirect, robots, robots_unknown, http_NNN.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        elif last_modified:
            headers["If-Modified-Since"] = last_modified
        cap = self._max_bytes if max_bytes is None else max_bytes
        left = self._deadline
        hops: list[int] = []
        for _ in range(MAX_HOPS + 1):
            if obey_robots:
                await self._robots.check(url, self._robots_txt)
            answer, spent = await self._hop(url, headers, cap, left, cut_too=cut_too)
            if answer.status not in _REDIRECTS:
                moved = bool(hops) and _PERMANENT.issuperset(hops)
                checked = _checked(answer, conditional=len(headers) > 1)
                return replace(checked, moved=True) if moved else checked
            hops.append(answer.status)
            url, left = _target(answer), left - spent
        raise SourceError(shown_url(url), "too_many_redirects", f"more than {MAX_HOPS} redirects")

    async def _robots_txt(self, url: str) -> bytes:
        return (await self.get(url, accept="text/plain, */*;q=0.5", max_bytes=ROBOTS_BYTES)).body

    async def _hop(
        self, url: str, headers: Mapping[str, str], cap: int, left: float, *, cut_too: bool
    ) -> tuple[Response, float]:
        """One request without redirects, and the seconds that it took."""
        host, port = _address_of(url)
        attempt = _Attempt(allowed=self._allow.has_host(host, port))
        async with self._pace.turn(host, polite=not attempt.allowed):
            clock = asyncio.get_running_loop().time
            started = clock()
            token = _attempt.set(attempt)
            try:
                async with asyncio.timeout(max(left, 0)):
                    answer = await self._ask(url, headers, cap, cut_too=cut_too)
            except TimeoutError as error:
                raise SourceError(shown_url(url), "timeout", f"no whole answer in {self._deadline:g} s") from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _wrapped(url, error, attempt) from error
            finally:
                _attempt.reset(token)
            return answer, clock() - started

    async def _ask(self, url: str, headers: Mapping[str, str], cap: int, *, cut_too: bool) -> Response:
        if self._session is None:
            raise RuntimeError("a Fetcher is used as `async with Fetcher(...)`")
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            plain = {name.lower(): value for name, value in answer.headers.items()}
            body, cut = await _read(answer, url, cap, cut_too=cut_too) if 200 <= answer.status < 300 else (b"", False)
            return Response(answer.status, plain, body, url, cut=cut)

    def _socket(self, info: tuple[Any, ...]) -> socket.socket:
        """Makes the socket for one resolved address, if the guard lets it pass; OSError otherwise."""
        family, kind, protocol, _, (address, port, *_) = info
        self._admit(str(address), int(port))
        return socket.socket(family, kind, protocol)

    def _admit(self, address: str, port: int) -> None:
        """Raises PermissionError when `address` must not be dialled for the request under way."""
        attempt = _attempt.get()
        if (attempt is not None and attempt.allowed) or self._allow.has_address(address, port):
            return
        reason = refusal(address)
        if reason is None:
            return
        if attempt is not None:
            attempt.refused.append(address)
        raise PermissionError(reason)


def own_name(contact: str | None = None) -> str:
    """How we present ourselves: name and version, and whom a webmaster can turn to (a URL or address), who is the one
    that runs this where the settings name one, else the project."""
    known = contact or project_url()
    return f"figure-monitor/{__version__}" + (f" (+{known})" if known else "")


@cache
def project_url() -> str | None:
    """Where the installed package says that the project is found (`[project.urls]`); None where it names no place."""
    try:
        stated = metadata("figure-monitor").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    named = {label.strip().lower(): url.strip() for label, _, url in (one.partition(",") for one in stated)}
    return next(
        (named[label] for label in ("homepage", "documentation", "repository", "source") if label in named), None
    )


async def _read(answer: aiohttp.ClientResponse, url: str, cap: int, *, cut_too: bool) -> tuple[bytes, bool]:
    """The decoded body, and whether it broke off."""
    if (answer.content_length or 0) > cap:
        raise SourceError(shown_url(url), "too_large", f"announces {answer.content_length} bytes, {cap} are read")
    body = bytearray()
    try:
        async for chunk in answer.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > cap:
                raise SourceError(shown_url(url), "too_large", f"more than {cap} bytes when decoded")
    except aiohttp.ClientPayloadError:
        if not (cut_too and body):
            raise
        return bytes(body), True
    return bytes(body), False


def _address_of(url: str) -> tuple[str, int]:
    """Host and port of an http(s) URL; SourceError "bad_url" for anything else."""
    usual = _USUAL.match(url)
    if usual is not None:
        return usual[2], int(usual[3] or _PORTS[usual[1]])
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        # Neither told nor chained: such errors repeat parts of what they couldn't read, a password among them.
        raise SourceError(shown_url(url), "bad_url", "not a usable address") from None
    if parts.scheme.lower() not in _PORTS or not host:
        raise SourceError(shown_url(url), "bad_url", "not an http or https address")
    return host, port or _PORTS[parts.scheme.lower()]


def _target(answer: Response) -> str:
    """Where a redirect leads."""
    location = answer.headers.get("location", "").strip()
    if not location:
        raise SourceError(shown_url(answer.url), "bad_redirect", f"HTTP {answer.status} without a Location")
    try:
        target = urljoin(answer.url, location)
        _address_of(target)
    except (ValueError, SourceError) as error:
        raise SourceError(shown_url(answer.url), "bad_redirect", "redirects to what is no web page") from error
    return target


def _checked(answer: Response, *, conditional: bool) -> Response:
    if 200 <= answer.status < 300 or (answer.status == 304 and conditional):
        return answer
    retry_after = parse_retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
    words = {404: "not found", 410: "gone for good", 429: "asks to slow down"}.get(answer.status, "refused")
    message = f"HTTP {answer.status}, {words}"
    raise SourceError(shown_url(answer.url), f"http_{answer.status}", message, retry_after=retry_after)


def _wrapped(url: str, error: Exception, attempt: _Attempt) -> SourceError:
    """The SourceError for what the client library raised."""
    if attempt.refused:
        return SourceError(shown_url(url), "private_address", "leads to a private address (allow_private can name it)")
    kind, words = _kind(error)
    return SourceError(shown_url(url), kind, f"{words} ({type(error).__name__})")


_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    ((aiohttp.ClientSSLError, ssl.SSLError), "tls", "no trusted encrypted connection"),
    (aiohttp.ClientConnectorDNSError, "dns", "the host name is not known"),
    (aiohttp.ClientConnectorError, "connect", "no connection"),
    (aiohttp.InvalidURL, "bad_url", "not a usable address"),
    (aiohttp.ContentTypeError, "bad_response", "not a proper answer"),
    (aiohttp.ClientPayloadError, "connection", BROKE_OFF),
    (aiohttp.ClientResponseError, "bad_response", "not a proper HTTP answer"),
    (aiohttp.ClientError, "connection", "the connection broke off"),
    (OSError, "connection", "the connection broke off"),
    (ValueError, "bad_url", "not a usable address"),
)


def _kind(error: Exception) -> tuple[str, str]:
    if "content-encoding" in str(error).lower() and isinstance(error, aiohttp.ClientError):
        return "bad_encoding", "the answer can't be decoded"
    return next((kind, words) for types, kind, words in _KINDS if isinstance(error, types))
