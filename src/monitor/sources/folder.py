"""A folder of text files as a source: .txt and .md, with or without front matter.

---
title: Seoul raises its estimate
outlet: Example News
url: https://news.example/2025/estimate
published: 2025-01-17 09:30 +09:00
---
The text, paragraphs parted by empty lines.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from monitor.domain.articles import Entry, FeedAnswer, FeedState, PollOutcome
from monitor.errors import InputError
from monitor.sources.dates import parse_date
from monitor.sources.intervals import next_poll
from monitor.sources.plaintext import clean
from monitor.sources.urls import absolute_url

SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 2 * 1024 * 1024
_FENCE = "---"
_IN_NAME = re.compile(r"(?<![^\W_])((?:19|20)\d\d)([-_.]?)([01]\d)\2([0-3]\d)(?![^\W_])")
"""A day in a file's name: `2025-01-17-losses.txt`, `20250117.md`."""


@dataclass(frozen=True, slots=True)
class FolderReading:
    """The articles of a folder in the order of their names, and (file name, what is wrong) for the files left out."""

    entries: tuple[Entry, ...]
    problems: tuple[tuple[str, str], ...]


def read_folder(path: Path, *, feed: str = "folder") -> FolderReading:
    """Reads all .txt and .md files right inside `path` (hidden ones aside).

    Entries carry their whole text; key is "file:NAME", and so is the URL where the front matter names none. Raises
    InputError when `path` is no folder that can be read; a file that can't be used is a problem, not an error.
    """
    entries: list[Entry] = []
    problems: list[tuple[str, str]] = []
    for file in _files(path):
        try:
            entries.append(_entry(file, feed))
        except _UnusableError as error:
            problems.append((file.name, str(error)))
        except OSError as error:
            problems.append((file.name, f"can't be read: {error.strerror or type(error).__name__}"))
    return FolderReading(tuple(entries), tuple(problems))


def poll_folder(path: Path, state: FeedState, *, now: datetime, interval: timedelta) -> FeedAnswer:
    """A poll of a folder as if it were a feed: UNCHANGED while no file has been added, changed or removed.

    Files that can't be used are named in `error`, beside the entries of the others, at every poll.
    """
    try:
        listing = _listing(path)
        same = listing == state.body_sha256
        reading = FolderReading((), ()) if same else read_folder(path, feed=state.name)
    except InputError as error:
        due = next_poll(state.name, now, interval, failures=state.failures + 1)
        return FeedAnswer(feed=state.name, outcome=PollOutcome.FAILED, error=f"folder: {error}", next_poll_at=due)
    return FeedAnswer(
        feed=state.name,
        outcome=PollOutcome.UNCHANGED if same else PollOutcome.FRESH,
        entries=reading.entries,
        body_sha256=None if reading.problems else listing,  # what is wrong is said again until it is mended
        error=_summary(reading.problems),
        next_poll_at=next_poll(state.name, now, interval),
    )


class _UnusableError(Exception):
    """Why one file can't be used."""


def _files(path: Path) -> list[Path]:
    try:
        found = [file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    except OSError as error:
        raise InputError(f"{path.name or path}: no folder that can be read ({error.strerror})") from error
    return sorted((file for file in found if file.is_file()), key=lambda file: file.name)


def _listing(path: Path) -> str:
    """A digest of names, sizes and times of change."""
    lines = (f"{file.name}\0{status.st_size}\0{status.st_mtime_ns}" for file, status in _statuses(_files(path)))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _statuses(files: Iterable[Path]) -> list[tuple[Path, os.stat_result]]:
    statuses = []
    for file in files:
        with suppress(OSError):  # removed since it was listed
            statuses.append((file, file.stat()))
    return statuses


def _summary(problems: tuple[tuple[str, str], ...]) -> str | None:
    if not problems:
        return None
    named = "; ".join(f"{name}: {what}" for name, what in problems[:5])
    more = f" and {len(problems) - 5} more" if len(problems) > 5 else ""
    return f"bad_files: {named}{more}"


def entry_of(text: str, name: str, *, feed: str = "folder") -> Entry:
    """One article from the text of a file called `name`, its front matter taken off.

    The text below the front matter comes without the space around it, otherwise as it is. Raises InputError.
    """
    try:
        return _entry_of(text, name, feed)
    except _UnusableError as error:
        raise InputError(f"{name}: {error}") from error


def _entry(file: Path, feed: str) -> Entry:
    return _entry_of(_decoded(file), file.name, feed)


def _entry_of(text: str, name: str, feed: str) -> Entry:
    front, body = _parted(text)
    if not body:
        raise _UnusableError("is empty" if not front else "has no text below its front matter")
    key = "file:" + clean(name)
    return Entry(
        feed=feed,
        key=key,
        url=_url(front) or key,
        title=_words(front, "title"),
        outlet=_words(front, "outlet"),
        published_at=_published(front) or _named_day(name),
        text=body,
        full_text=True,
    )


def _decoded(file: Path) -> str:
    if file.stat().st_size > MAX_BYTES:
        raise _UnusableError(f"is larger than {MAX_BYTES // 1024 // 1024} MB")
    raw = file.read_bytes()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return clean(raw.decode("utf-16" if wide else "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _UnusableError(f"is not UTF-8 text (byte {error.start})") from error


def _parted(text: str) -> tuple[Mapping[str, object], str]:
    """Front matter and text; the front matter is empty when the file doesn't begin with a line of three hyphens."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return {}, text.strip()
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise _UnusableError("front matter (line 1) is never closed by a line ---")
    return _front("\n".join(lines[1:closing])), "\n".join(lines[closing + 1 :]).strip()


def _front(block: str) -> Mapping[str, object]:
    try:
        front = yaml.safe_load(block) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark is not None else ""
        raise _UnusableError(f"front matter{where} is not valid YAML") from error
    if not isinstance(front, dict):
        raise _UnusableError("front matter is not a list of `key: value` lines")
    return {str(key).strip().lower(): value for key, value in front.items()}


def _words(front: Mapping[str, object], key: str) -> str:
    return " ".join(str(front.get(key) if front.get(key) is not None else "").split())


def _url(front: Mapping[str, object]) -> str:
    given = _words(front, "url")
    url = absolute_url("", given)
    if given and not url:
        raise _UnusableError(f"url {given[:100]!r} is not an http or https address")
    return url


def _named_day(name: str) -> datetime | None:
    """The day that a file's name tells, None where it tells none or several. When the file was written is none: a copy,
    an archive or a checkout writes all of them anew."""
    days = {parse_date("-".join(found.group(1, 3, 4))) for found in _IN_NAME.finditer(name)}
    return days.pop() if len(days) == 1 else None


def _published(front: Mapping[str, object]) -> datetime | None:
    """Midnight UTC for a date alone; a time without a zone is UTC."""
    given = front.get("published")
    if given is None or given == "":
        return None
    if isinstance(given, datetime):
        return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day, tzinfo=UTC)
    instant = parse_date(str(given))
    if instant is None:
        raise _UnusableError(
            f"published {str(given)[:100]!r} is not a date that can be read (write 2025-01-17 or 2025-01-17T09:30Z)"
        )
    return instant
