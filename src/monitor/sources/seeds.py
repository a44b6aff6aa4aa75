"""What a baseline is loaded from: a folder of text files, a file of JSON lines, or a web archive (WARC)."""

import json
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from monitor.domain.articles import Entry
from monitor.errors import InputError, SourceError
from monitor.sources.dates import parse_date
from monitor.sources.folder import MAX_BYTES, read_folder
from monitor.sources.pages import PAGE_BYTES
from monitor.sources.plaintext import clean
from monitor.sources.urls import absolute_url, canonical_url, shown_url
from monitor.sources.workers import page_from_worker

FEED = "folder"
"""The feed that loaded articles stand under."""
LINES = frozenset({".jsonl", ".ndjson"})
ARCHIVES = (".warc", ".warc.gz")
AT_ONCE = 8  # pages of an archive that wait for a worker
_BREAKS = (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that can't be used: which one, and why."""

    name: str
    why: str


class _UnusableError(Exception):
    """Why one record can't be used."""


def read_seeds(path: Path) -> Iterator[Entry | Unread]:
    """The articles of a folder, a .jsonl or a .warc(.gz), each with its whole text; what can't be used is named.

    Raises InputError for what is none of these, or can't be read at all.
    """
    if path.name.lower().endswith(ARCHIVES):
        yield from _archived(path)
    elif path.suffix.lower() in LINES:
        yield from _lines(path)
    elif path.is_file():
        raise InputError(f"{path.name}: neither a folder nor a .jsonl nor a .warc or .warc.gz")
    else:
        found = read_folder(path, feed=FEED)
        yield from found.entries
        yield from (Unread(name, why) for name, why in found.problems)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path.name or path}: can't be read ({error.strerror})") from error


def _lines(path: Path) -> Iterator[Entry | Unread]:
    seen: dict[str, int] = {}
    with _opened(path) as opened:
        for number, line in enumerate(_pieces(opened), 1):
            if line is not None and not line.strip():
                continue
            try:
                yield _first(_row(line, path.name, number), seen, number)
            except _UnusableError as error:
                yield Unread(f"{path.name}:{number}", str(error))


def _first(entry: Entry, seen: dict[str, int], number: int) -> Entry:
    """The entry, noted in `seen` (key → line)."""
    if entry.key in seen:
        raise _UnusableError(f"its id is that of line {seen[entry.key]}")
    seen[entry.key] = number
    return entry


def _pieces(opened: IO[bytes]) -> Iterator[bytes | None]:
    """The lines; None for one that is longer than any article."""
    while line := opened.readline(MAX_BYTES + 1):
        whole = len(line) <= MAX_BYTES
        while not line.endswith(b"\n") and (more := opened.readline(MAX_BYTES)):
            line = more  # the rest of a line that is too long
        yield line if whole else None


def _row(line: bytes | None, name: str, number: int) -> Entry:
    if line is None:
        raise _UnusableError(f"is longer than {MAX_BYTES // 1024 // 1024} MB")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _UnusableError("is not one JSON object in UTF-8") from error
    if not isinstance(row, dict):
        raise _UnusableError("is not a JSON object")
    title, text = " ".join(_words(row, "title").split()), clean(_words(row, "text")).strip()
    if not (text or title):
        raise _UnusableError('has neither "text" nor "title"')
    given = row.get("id")
    key = f"file:{clean(name)}:{clean(str(given)) if isinstance(given, str | int) else f'line {number}'}"
    return Entry(
        feed=FEED,
        key=key,
        url=_url(row) or key,
        title=title,
        outlet=_words(row, "outlet"),
        published_at=_published(row),
        text=text or title,
        full_text=True,
    )


def _words(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _UnusableError(f'"{key}" is not text')
    return clean(value or "").strip()


def _url(row: dict[str, Any]) -> str:
    given = _words(row, "url")
    url = absolute_url("", given)
    if given and not url:
        raise _UnusableError('"url" is not an http or https address')
    return url


def _published(row: dict[str, Any]) -> datetime | None:
    given = _words(row, "published")
    instant = parse_date(given)
    if given and instant is None:
        raise _UnusableError('"published" is not a date that can be read (write 2025-01-17 or 2025-01-17T09:30Z)')
    return instant


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of an archive on its way through a worker; `why` when it can't be used before."""

    name: str
    url: str
    taken_at: datetime | None
    reading: "Future[dict[str, Any]] | None" = None
    why: str = ""


def _archived(path: Path) -> Iterator[Entry | Unread]:
    waiting: deque[_Page] = deque()
    for page in _pages(path):
        waiting.append(page)
        if len(waiting) > AT_ONCE:
            yield _read(waiting.popleft(), path.name)
    while waiting:
        yield _read(waiting.popleft(), path.name)


def _pages(path: Path) -> Iterator[_Page]:
    """The answers of an archive that are web pages; requests, pictures, redirects and the like are passed over."""
    number = 0
    with _opened(path) as opened:
        try:
            for number, record in enumerate(ArchiveIterator(opened), 1):
                name = f"{path.name}:{number}"
                if _is_page(record):
                    yield _page(record, name)
        except _BREAKS as error:
            if number == 0:
                raise _no_archive(path) from error
            yield _Page(f"{path.name}:{number + 1}", "", None, why=f"the archive breaks off ({type(error).__name__})")
    if number == 0:
        raise _no_archive(path)


def _no_archive(path: Path) -> InputError:
    return InputError(f"{path.name}: no web archive that can be read")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    return "html" in (headers.get_header("content-type") or "").lower()


def _page(record: Any, name: str) -> _Page:
    stated = record.rec_headers.get_header
    url, taken_at = absolute_url("", stated("WARC-Target-URI") or ""), parse_date(stated("WARC-Date") or "")
    if not url:
        return _Page(name, "", None, why="its address is not an http or https address")
    body = record.content_stream().read(PAGE_BYTES + 1)
    if len(body) > PAGE_BYTES:
        return _Page(name, url, None, why=f"is larger than {PAGE_BYTES // 1024 // 1024} MB")
    if not record.raw_stream.read(1) and record.raw_stream.limit > 0:
        return _Page(name, url, None, why="the archive breaks off in it")
    headers = {"content-type": record.http_headers.get_header("content-type") or ""}
    return _Page(name, url, taken_at, reading=page_from_worker(body, headers, url))


def _read(page: _Page, archive: str) -> Entry | Unread:
    if page.reading is None:
        return Unread(page.name, page.why)
    try:
        found = page.reading.result()
    except SourceError as error:
        return Unread(page.name, f"{shown_url(page.url)}: {str(error).removeprefix(f'{error.subject}: ')}")
    published = found["published_at"]
    url = found["canonical_url"] or canonical_url(page.url)
    return Entry(
        feed=FEED,
        key=f"file:{clean(archive)}:{url}",
        url=url,
        title=found["title"] or "",
        outlet=(urlsplit(url).hostname or "").removeprefix("www."),
        # A page that doesn't say when it came out was out by the time it was archived: nearer than today.
        published_at=datetime.fromisoformat(published) if published else page.taken_at,
        text=found["text"],
        full_text=True,
    )
