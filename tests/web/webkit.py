"""Figures for tests of the pages: a hostile feed's texts, read and compared."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.domain.articles import Entry
from monitor.pipeline import Monitor

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
CHANNEL = """
[[channel]]
name = "desk"
url = "jsons://127.0.0.1:9/hook"
"""
SETTINGS = """
[store]
url = "sqlite:///monitor.db"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["desk"]
[server]
timezone = "Europe/Kyiv"
"""
TEXTS = [
    "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said.",
    "4,700 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday.",
    "Perhaps 90 North Korean soldiers are missing in Kursk.",
]


def publish(monitor: Monitor, entry: Entry, now: datetime) -> None:
    """One article comes out, and is read and compared."""
    monitor.store.add_entries([entry], now, baseline=False)
    monitor.take_texts(now)
    monitor.extract()
    monitor.compare(now)


@contextmanager
def told(
    folder: Path, settings: str = "", words: str | Sequence[str] = "", texts: Sequence[str] = TEXTS
) -> Iterator[Monitor]:
    """A monitor that has taken these texts in, each a day later. `words` stand in what an outlet is free to choose,
    the same in all of them or others in each; `settings` go on where [server] began."""
    free = [words] * len(texts) if isinstance(words, str) else words
    config = folder / "monitor.toml"
    config.write_text(f"{SETTINGS}{settings}{CHANNEL}", encoding="utf-8")
    with Monitor.open(config) as monitor:
        for number, (text, chosen) in enumerate(zip(texts, free, strict=True)):
            now = NOW + timedelta(days=number)
            entry = Entry(
                feed="wire",
                key=str(number),
                url=f"https://wire.example.org/{number}",
                title=f"Fighting {chosen}",
                outlet=f"The Wire {chosen}",
                published_at=now,
                text=f"{text}\n{chosen}",
                full_text=True,
            )
            publish(monitor, entry, now)
        yield monitor
