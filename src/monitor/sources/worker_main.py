"""What a worker process runs (`python -m monitor.sources.worker_main`): it answers messages and never fetches."""

import os
import sys
from dataclasses import asdict
from typing import Any

from monitor.domain.articles import FeedState
from monitor.errors import SourceError
from monitor.sources.discovery import find_feeds
from monitor.sources.entries import read_feed
from monitor.sources.pagetext import read_html
from monitor.sources.workers import entry_to_json, frame, read_frame


def main() -> None:
    """Answers until the pipe is closed, which is also how a worker ends when its owner was killed."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not talk into the pipe
    while True:
        try:
            request, body = read_frame(requests)
        except EOFError:
            return
        answers.write(frame(_answer(request, body), b""))
        answers.flush()


def _answer(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return _TASKS[request["task"]](request, body)
    except SourceError as error:
        message = str(error).removeprefix(f"{error.subject}: ")
        return {"kind": error.kind, "message": message, "onward": error.onward}
    except Exception as error:  # noqa: BLE001  # whatever a parser raises on a hostile body is that body's failure
        return {"kind": "parse_error", "message": f"can't be parsed ({type(error).__name__})"}


def _feed(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    parsed = read_feed(body, request["headers"], FeedState(name=request["name"], url=request["url"]))
    entries = [entry_to_json(entry) for entry in parsed.entries]
    return {"entries": entries, "complete": parsed.complete, "title": parsed.title, "more": parsed.more}


def _page(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    return read_html(body, request["headers"], request["url"]).to_json()


def _links(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    return {"feeds": [asdict(link) for link in find_feeds(body, request["headers"], request["url"])]}


_TASKS = {"feed": _feed, "page": _page, "links": _links}


if __name__ == "__main__":
    main()
