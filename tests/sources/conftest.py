"""What the tests of this room share: a news site, a fetcher for it, and a net under all of them."""

import asyncio
import asyncio.selector_events
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.sources.fetch import Fetcher


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    """A site on 127.0.0.1 that knows no page yet."""
    server = NewsSite()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher that may talk to 127.0.0.1 and to nothing else that is private."""
    async with Fetcher(allow_private={"127.0.0.1"}, deadline=5) as fetcher:
        yield fetcher


@pytest.fixture(autouse=True)
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that a connection is tried to; anything but loopback is refused before it leaves the machine."""
    addresses: list[str] = []
    connect = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def watched(self: Any, sock: socket.socket, address: Any) -> None:
        addresses.append(str(address[0]))
        if address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test dialled {address[0]}")
        await connect(self, sock, address)

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", watched)
    return addresses
