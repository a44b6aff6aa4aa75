"""What sites ask of programs in their robots.txt (RFC 9309). For pages only: a feed is there for programs."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from monitor.errors import SourceError
from monitor.sources.urls import shown_url

NAME = "figure-monitor"
"""The name that rules for us alone are written for."""
KEPT = 24 * 3600.0  # seconds that a site's rules hold
UNKNOWN_KEPT = 600.0  # seconds after which a site whose rules couldn't be had is asked for them again
MAX_BYTES = 512 * 1024
MAX_STORED = 64 * 1024
"""Characters of a robots.txt that is worth storing; a longer one is asked for in each run."""
_HOPELESS = frozenset({"bad_url", "private_address"})
"""Failures that the page itself will meet too, and tell better."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one site; None: it has none. `unknown`: why they can't be had, and nothing may be asked for."""

    rules: Protego | None
    until: float
    unknown: str = ""


class Robots:
    """The rules of every site that a run has met. `clock` gives seconds.

    `stored` may give the text of a site's robots.txt that was taken in an earlier run ("" where it has none), and for
    how many seconds it still holds.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        stored: Callable[[str], tuple[str, float] | None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self.stored = stored
        self._taken: dict[str, str] = {}
        self._known: dict[str, _Rules] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def check(self, url: str, text_at: Callable[[str], Awaitable[bytes]]) -> None:
        """Passes when the page at `url` may be asked for. `text_at` gets a robots.txt, or raises SourceError.

        Raises SourceError: kind "robots" when the site doesn't want programs to, "robots_unknown" when its rules can't
        be had now, which is to be taken for a no.
        """
        site = _site(url)
        if site is None:
            return
        found = await self._rules(site, text_at)
        if found.unknown:
            raise SourceError(shown_url(url), "robots_unknown", f"its site's robots.txt can't be had ({found.unknown})")
        if found.rules is not None and not found.rules.can_fetch(url, NAME):
            raise SourceError(shown_url(url), "robots", "its site's robots.txt asks programs not to read it")

    def taken(self) -> dict[str, str]:
        """The texts that were asked for since the last call, by site, as `stored` is to give them for KEPT seconds."""
        taken, self._taken = self._taken, {}
        return taken

    async def _rules(self, site: str, text_at: Callable[[str], Awaitable[bytes]]) -> _Rules:
        async with self._asking.setdefault(site, asyncio.Lock()):
            known = self._known.get(site)
            if known is None or known.until <= self._clock():
                known = self._known[site] = await self._asked(site, text_at)
        self._asking.pop(site, None)  # a lock belongs to one event loop, and these rules outlive it
        return known

    async def _asked(self, site: str, text_at: Callable[[str], Awaitable[bytes]]) -> _Rules:
        now = self._clock()
        kept = self.stored(site)
        if kept is not None:
            return _Rules(_parsed(kept[0]), now + kept[1])
        try:
            text = (await text_at(f"{site}/robots.txt")).decode("utf-8", "replace")
        except SourceError as error:
            if not _says_none(error.kind):
                return _Rules(None, now + UNKNOWN_KEPT, unknown=error.kind)
            text = ""
        if len(text) <= MAX_STORED and "@" not in site:  # a password in an address stays out of every store
            self._taken[site] = text
        return _Rules(_parsed(text), now + KEPT)


def _parsed(text: str) -> Protego | None:
    return Protego.parse(text) if text.strip() else None


def _says_none(kind: str) -> bool:
    """True when a failure means that the site has no rules: 4xx, but for "too many", and endless redirects."""
    refused = kind.startswith("http_4") and kind != "http_429"
    return refused or kind in {"too_many_redirects", "bad_redirect"} or kind in _HOPELESS


def _site(url: str) -> str | None:
    """Scheme, host and port, with what the host asks to be told; None for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme.lower() in ("http", "https") and parts.netloc else None
