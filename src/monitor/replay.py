"""Replays: a time line of articles through extract and compare, in a fresh database, as they would have come in."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.domain.articles import Entry
from monitor.errors import InputError
from monitor.pipeline import Monitor
from monitor.settings import Settings
from monitor.store import ChangeLine, Store

FEED = "replay"


@dataclass(frozen=True, slots=True)
class Event:
    """One article as it turned up at a time (aware UTC); the same URL with another text is a revision."""

    id: str
    at: datetime
    entry: Entry


def read_events(lines: Iterable[str], name: str) -> list[Event]:
    """Events from JSON lines, in their order. Raises InputError with the file's name and the line."""
    return [_event(line, f"{name}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def replay(events: Iterable[Event], settings: Settings, *, seed: Path | None = None) -> Iterator[dict[str, Any]]:
    """The alerts that the events cause, one row for each change told, with the id of the event that it followed.

    `seed` is a folder that is loaded as the baseline first; its undated texts are as of just before the first event.
    """
    with TemporaryDirectory(prefix="replay-") as folder:
        store = Store(f"sqlite:///{folder}/replay.db")
        store.migrate()
        with Monitor(settings, store, settings.load_lexicon()) as monitor:
            waiting = list(events)
            if seed is not None:
                before = waiting[0].at - timedelta(seconds=1) if waiting else datetime.now(UTC)
                monitor.seed(seed, before)
            for event in waiting:
                yield from _alerts(monitor, event)


def _alerts(monitor: Monitor, event: Event) -> Iterator[dict[str, Any]]:
    monitor.store.add_entries([event.entry], event.at, baseline=False)
    monitor.take_texts(event.at)
    monitor.extract()
    for change_id in monitor.compare(event.at):
        line = monitor.store.change(change_id)
        if line is not None:
            yield _row(event.id, line)


def _row(event: str, line: ChangeLine) -> dict[str, Any]:
    change, figure = line.change, line.claim.figure
    after, before = change.after, change.before
    return {
        "after": event,
        "watch": change.series.watch,
        "kind": change.kind.value,
        "measure": change.series.measure.value,
        "subject": figure.subject.text,
        "party": change.party,
        "claimants": [claimant.name for claimant in figure.claimants],
        "place": figure.place,
        "scope": change.series.scope.value,
        "low": after.low if after else None,
        "high": after.high if after else None,
        "qualifier": after.qualifier.value if after else None,
        "previous_low": before.low if before else None,
        "previous_high": before.high if before else None,
        "quote": figure.quote,
        **({"check": True} if change.check else {}),
    }


def _event(line: str, where: str) -> Event:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: no JSON ({error})") from error
    if not isinstance(raw, Mapping):
        raise InputError(f"{where}: an object is wanted")
    at = _instant(raw, "at", where) or _instant(raw, "published", where)
    if at is None:
        raise InputError(f"{where}: at is missing, and so is published")
    url = _words(raw, "url", where) or f"replay:{_words(raw, 'id', where)}"
    entry = Entry(
        feed=FEED,
        key=url,
        url=url,
        title=_words(raw, "title", where),
        outlet=_words(raw, "outlet", where),
        published_at=_instant(raw, "published", where),
        text=_words(raw, "text", where),
        full_text=True,
    )
    return Event(_words(raw, "id", where), at, entry)


def _words(raw: Mapping[str, Any], key: str, where: str) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} is no text")
    return value


def _instant(raw: Mapping[str, Any], key: str, where: str) -> datetime | None:
    written = _words(raw, key, where)
    if not written:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise InputError(f"{where}: {key} is no time ({written[:40]})") from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
