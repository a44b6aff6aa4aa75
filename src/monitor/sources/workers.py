"""Work on strangers' bytes that can take for ever, done in processes of their own with a deadline.

Neither the feed parser nor the text extractor has a time-out, and both have bodies on which they don't come back. A
worker that oversteps its deadline is killed and replaced; one that has done its share is replaced too, so that what
its libraries leak doesn't add up. Workers live as long as the process that uses them, and end by themselves with it.
"""

import asyncio
import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from monitor.domain.articles import Entry, FeedState
from monitor.errors import SourceError
from monitor.sources.discovery import FeedLink
from monitor.sources.entries import ParsedFeed
from monitor.sources.urls import shown_url

DEADLINE = 20.0  # seconds for one body
TASKS = 200  # bodies that one worker reads before it is replaced
START_ALLOWANCE = 20.0  # seconds more for the first body: a cold start imports the libraries on a busy machine
_LENGTHS = struct.Struct(">II")


class _OverdueError(Exception):
    """The worker didn't answer in time, or died."""


class _Worker:
    """One child process that reads one body at a time."""

    def __init__(self) -> None:
        self.done = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "monitor.sources.worker_main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, request: Mapping[str, object], body: bytes, deadline: float) -> dict[str, Any]:
        """The worker's answer; _OverdueError when there is none after `deadline` seconds."""
        allowed = deadline if self.done else deadline + START_ALLOWANCE
        timer = threading.Timer(allowed, self.kill)
        timer.start()
        try:
            _there(self._process.stdin).write(frame(request, body))
            _there(self._process.stdin).flush()
            answer, _ = read_frame(_there(self._process.stdout))
        except (OSError, EOFError, ValueError) as error:
            raise _OverdueError from error
        finally:
            timer.cancel()
        self.done += 1
        return answer

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()

    def close(self) -> None:
        """Ends the process and takes it off the list of children."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nobody to read it
                    continue
        self._process.wait()


class _Pool:
    """Threads that each own one worker; more work than threads waits its turn, outside every deadline."""

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers=size, thread_name_prefix="reader")
        self._own = threading.local()
        self._workers: set[_Worker] = set()
        atexit.register(self.close)

    async def ask(self, request: Mapping[str, object], body: bytes, deadline: float) -> dict[str, Any]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, request, body, deadline)

    def soon(self, request: Mapping[str, object], body: bytes, deadline: float) -> "Future[dict[str, Any]]":
        return self._threads.submit(self._ask, request, body, deadline)

    def _ask(self, request: Mapping[str, object], body: bytes, deadline: float) -> dict[str, Any]:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or worker.done >= TASKS:
            worker = self._replace(worker)
        try:
            return worker.ask(request, body, deadline)
        except _OverdueError:
            self._drop(worker)
            self._own.worker = None
            raise

    def _replace(self, worker: _Worker | None) -> _Worker:
        if worker is not None:
            self._drop(worker)
        fresh = _Worker()
        self._own.worker = fresh
        self._workers.add(fresh)
        return fresh

    def _drop(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        worker.close()

    def close(self) -> None:
        """Ends all workers."""
        for worker in list(self._workers):
            self._drop(worker)
        self._threads.shutdown(wait=False, cancel_futures=True)


_pool: _Pool | None = None


def _the_pool() -> _Pool:
    global _pool  # noqa: PLW0603  # one pool for the process: a cold worker costs a second
    if _pool is None:
        _pool = _Pool(max(1, min(4, os.cpu_count() or 1)))
    return _pool


def close_workers() -> None:
    """Ends all workers now; the next body starts new ones."""
    global _pool  # noqa: PLW0603  # as above
    if _pool is not None:
        atexit.unregister(_pool.close)
        _pool.close()
        _pool = None


async def read_feed_apart(
    body: bytes, headers: Mapping[str, str], state: FeedState, *, deadline: float = DEADLINE
) -> ParsedFeed:
    """entries.read_feed in a worker. Raises SourceError; kind "parse_timeout" after `deadline` seconds."""
    request = {"task": "feed", "headers": dict(headers), "name": state.name, "url": state.url}
    answer = await _asked(state.url, request, body, deadline)
    entries = tuple(entry_from_json(item) for item in answer["entries"])
    return ParsedFeed(entries, answer["complete"], answer["title"], answer["more"])


async def read_page_apart(
    body: bytes, headers: Mapping[str, str], url: str, *, deadline: float = DEADLINE
) -> dict[str, Any]:
    """pagetext.read_html in a worker, as its JSON form. Raises SourceError; kind "parse_timeout" after `deadline`."""
    return await _asked(url, {"task": "page", "headers": dict(headers), "url": url}, body, deadline)


def page_from_worker(
    body: bytes, headers: Mapping[str, str], url: str, *, deadline: float = DEADLINE
) -> "Future[dict[str, Any]]":
    """read_page_apart for callers outside an event loop: its `result` gives the page, or raises SourceError."""
    asked = _the_pool().soon({"task": "page", "headers": dict(headers), "url": url}, body, deadline)
    told: Future[dict[str, Any]] = Future()

    def tell(answered: "Future[dict[str, Any]]") -> None:
        try:
            told.set_result(_told(url, answered.result()))
        except (SourceError, _OverdueError) as error:
            told.set_exception(error if isinstance(error, SourceError) else _overdue(url, deadline))
        except Exception as error:  # noqa: BLE001  # whoever waits for it has to hear of a worker that can't start
            told.set_exception(error)

    asked.add_done_callback(tell)
    return told


async def find_feeds_apart(
    body: bytes, headers: Mapping[str, str], url: str, *, deadline: float = DEADLINE
) -> list[FeedLink]:
    """discovery.find_feeds in a worker. Raises SourceError; kind "parse_timeout" after `deadline` seconds."""
    answer = await _asked(url, {"task": "links", "headers": dict(headers), "url": url}, body, deadline)
    return [FeedLink(**link) for link in answer["feeds"]]


async def _asked(url: str, request: Mapping[str, object], body: bytes, deadline: float) -> dict[str, Any]:
    try:
        answer = await _the_pool().ask(request, body, deadline)
    except _OverdueError as error:
        raise _overdue(url, deadline) from error
    return _told(url, answer)


def _overdue(url: str, deadline: float) -> SourceError:
    return SourceError(shown_url(url), "parse_timeout", f"can't be read in {deadline:g} s, or ends its reader")


def _told(url: str, answer: dict[str, Any]) -> dict[str, Any]:
    if "kind" in answer:
        raise SourceError(shown_url(url), answer["kind"], answer["message"], onward=answer.get("onward", ""))
    return answer


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The entry with its date as ISO text."""
    return {**asdict(entry), "published_at": entry.published_at.isoformat() if entry.published_at else None}


def entry_from_json(item: Mapping[str, Any]) -> Entry:
    """The reverse of entry_to_json."""
    published = item["published_at"]
    return Entry(**{**item, "published_at": datetime.fromisoformat(published) if published else None})


def frame(head: Mapping[str, object], body: bytes) -> bytes:
    """One message on the pipe: two lengths (4 bytes each, big-endian), JSON, bytes."""
    text = json.dumps(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The next message; EOFError when the other side has gone."""
    head, size = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
    return json.loads(_exactly(pipe, head)), _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    """The pipe, which is there because the process was started with one."""
    if pipe is None:
        raise EOFError
    return pipe
