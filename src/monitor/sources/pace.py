"""How many requests run at once, and how far apart those to one host start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager


class _Host:
    """The queue before one host."""

    __slots__ = ("next_start", "slots")

    def __init__(self, concurrency: int) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.next_start = 0.0


class Pace:
    """Lets requests through: `concurrency` at once in all, `per_host` at once to a host, `gap` seconds between starts.

    Waiting here is no part of a request's deadline, so a long queue before one host fails nobody.
    """

    def __init__(self, *, concurrency: int, per_host: int, gap: float) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._per_host, self._gap = per_host, gap
        self._hosts: dict[str, _Host] = {}

    def turn(self, host: str, *, polite: bool = True) -> AbstractAsyncContextManager[None]:
        """Waits for a turn at `host`; without `polite` (the user's own machines) only the total counts."""
        return self._polite_turn(host) if polite else self._all

    @asynccontextmanager
    async def _polite_turn(self, host: str) -> AsyncIterator[None]:
        queue = self._hosts.setdefault(host, _Host(self._per_host))
        async with queue.slots:
            await self._gap_over(queue)
            async with self._all:
                yield

    async def _gap_over(self, queue: _Host) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, queue.next_start)
        queue.next_start = start + self._gap
        if start > now:
            await asyncio.sleep(start - now)
