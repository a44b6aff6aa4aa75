"""The pages as files: a folder that any file server shows, with links from page to page that need no server."""

import asyncio
import hashlib
import posixpath
import re
from collections import deque
from collections.abc import Iterator, MutableMapping
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from fastapi import FastAPI

LINK = re.compile(r'((?:<a|<link)\b[^>]*? href|<script src)="([/?][^"]*)"')
"""Links of our own pages: the text of feeds holds no such thing, since its quotation marks are escaped."""
MOST = 20_000


def write_site(app: FastAPI, folder: Path, most: int = MOST) -> tuple[int, int]:
    """Writes the pages that are reached from the first one, the nearest first, at most so many; returns how many, and
    how many were left out. A link to a page that was left out is plain text."""
    waiting = deque(["/"])
    names = {"/": "index.html"}
    left: set[str] = set()
    asked = asyncio.Runner()
    with asked:
        while waiting:
            path = waiting.popleft()
            status, kind, body = asked.run(_ask(app, path))
            if status != 200:
                raise RuntimeError(f"{path} answers {status}")
            if kind.startswith(("text/html", "image/svg")):
                page = _Page(path, names, left, most)
                body = LINK.sub(page.relative, body.decode()).encode()
                waiting.extend(page.new)
            target = folder / names[path]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
    return len(names), len(left)


class _Page:
    """A page whose links are made relative; `new` are those that nobody has asked for."""

    def __init__(self, path: str, names: dict[str, str], left: set[str], most: int) -> None:
        self._path, self._names, self._left, self._most = path, names, left, most
        self.new: list[str] = []

    def relative(self, match: re.Match[str]) -> str:
        """The tag with its link relative to the page."""
        wanted = urljoin(self._path, unescape(match[2]))
        path, _, fragment = wanted.partition("#")
        if path not in self._names:
            if len(self._names) >= self._most:
                self._left.add(path)
                return match[1].rpartition(" ")[0]
            self._names[path] = file_name(path)
            self.new.append(path)
        link = posixpath.relpath(self._names[path], posixpath.dirname(self._names[self._path]) or ".")
        return f'{match[1]}="{escape(link)}{"#" + escape(fragment) if fragment else ""}"'


def file_name(path: str) -> str:
    """The file of an address: what is asked for behind "?" is told by a short hash."""
    parts = urlsplit(path)
    name = "/".join(_harmless(part) for part in parts.path.split("/") if part) or "index"
    if parts.query:
        name += f"-{hashlib.sha256(parts.query.encode()).hexdigest()[:10]}"
    return name if re.search(r"\.(?:css|js|svg|csv)$", name) else f"{name}.html"


def _harmless(part: str) -> str:
    return re.sub(r"[^\w.-]", "_", unquote(part)).lstrip(".") or "_"


async def _ask(app: FastAPI, path: str) -> tuple[int, str, bytes]:
    """What the application answers; no port is opened."""
    parts = urlsplit(path)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 0),
    }
    sent: list[MutableMapping[str, Any]] = []
    waiting: Iterator[dict[str, Any]] = iter([{"type": "http.request", "body": b"", "more_body": False}])
    gone = asyncio.Event()

    async def receive() -> dict[str, Any]:
        for message in waiting:
            return message
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers.get("content-type", ""), b"".join(one.get("body", b"") for one in sent[1:])
