"""Single steps of a run, without a network: articles come in with their texts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor import pipeline
from monitor.domain.articles import ArticleStatus, Entry
from monitor.domain.changes import Arrival, Comparison
from monitor.errors import StoreError
from monitor.pipeline import Monitor
from monitor.replay import Event, replay
from monitor.report import PollReport
from monitor.store import PendingArticle, Store

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOSSES = "More than {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."
CONFIG = """
[store]
url = "sqlite:///monitor.db"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
"""


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    config = tmp_path / "monitor.toml"
    config.write_text(CONFIG, encoding="utf-8")
    with Monitor.open(config) as opened:
        yield opened


def article(name: str, number: str, published: datetime = NOW) -> Entry:
    url = f"https://wire.example.org/{name}"
    text = LOSSES.format(number)
    return Entry(
        feed="wire", key=url, url=url, title="Losses", outlet="Wire", published_at=published, text=text, full_text=True
    )


def take(monitor: Monitor, entry: Entry, now: datetime = NOW) -> list[str]:
    """Everything that follows from one article."""
    monitor.store.add_entries([entry], now, baseline=False)
    monitor.take_texts(now)
    monitor.extract()
    return monitor.compare(now)


def stumble_over(number: int, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Makes the comparison fail on articles with this figure."""
    compare = pipeline.compare  # type: ignore[attr-defined]

    def stumbling(arrival: Arrival, *rest: object) -> Comparison:
        if any(claim.figure.quantity.number == number for claim in arrival.claims):
            raise error
        return compare(arrival, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compare", stumbling)


def test_an_article_that_breaks_the_comparison_is_set_aside_and_the_others_are_told(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stumble_over(4_000, monkeypatch, ZeroDivisionError())
    entries = [article("a", "4,000"), article("b", "3,000", NOW + HOUR)]
    monitor.store.add_entries(entries, NOW, baseline=False)
    monitor.take_texts(NOW)
    monitor.extract()
    assert len(monitor.compare(NOW)) == 1
    assert monitor.compare(NOW) == []
    states = {line.url[-1]: (line.status, line.reason) for line in monitor.store.articles()}
    assert states == {
        "a": (ArticleStatus.QUARANTINED, "the comparison failed on it"),
        "b": (ArticleStatus.NEW, ""),
    }


def test_a_step_that_broke_off_and_is_done_again_reports_all_that_it_did(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor.begin(NOW)
    monitor.store.add_entries([article("a", "3,000"), article("b", "4,700", NOW + HOUR)], NOW, baseline=False)
    monitor.take_texts(NOW)
    monitor.extract()
    with monkeypatch.context() as patched:
        stumble_over(4_700, patched, StoreError("away"))
        with pytest.raises(StoreError):
            monitor.compare(NOW)
    assert len(monitor.compare(NOW)) == 1
    assert monitor.finish(NOW).changes == 2


async def test_a_poll_that_broke_off_and_is_done_again_counts_every_feed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "monitor.toml"
    feeds = "".join(f'[[feed]]\nname = "{name}"\nfolder = "{name}"\n' for name in "ab")
    config.write_text(CONFIG + feeds, encoding="utf-8")
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(LOSSES.format("3,000"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "FEEDS_AT_ONCE", 1)
    save, calls = Store.save_answers, list[int]()

    def once(*given: Any, **more: Any) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise StoreError("away")
        return save(*given, **more)

    monkeypatch.setattr(Store, "save_answers", once)
    with Monitor.open(config) as opened:
        opened.begin(NOW)
        with pytest.raises(StoreError):
            await opened.poll(NOW)
        await opened.poll(NOW)
        assert opened.finish(NOW).feeds == PollReport(fresh=2, pending=2)
        opened.begin(NOW)
        assert opened.finish(NOW).feeds.asked == 0


def test_what_a_set_aside_text_said_is_told_when_a_later_text_says_it(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"))
    with monkeypatch.context() as patched:
        stumble_over(4_700, patched, ZeroDivisionError())
        assert take(monitor, article("a", "4,700"), NOW + HOUR) == []
    (change_id,) = take(monitor, article("a", "4,710"), NOW + 2 * HOUR)
    line = monitor.store.change(change_id)
    assert line is not None
    assert line.change.before is not None
    assert (line.change.before.number, line.claim.figure.quantity.number) == (3_000, 4_710)


def test_texts_are_taken_in_portions_past_pages_that_wait(monitor: Monitor) -> None:
    pages = [replace(article(f"p{number}", "3,000"), text="", full_text=False) for number in range(3)]
    texts = [article(f"t{number}", "3,000") for number in range(510)]
    monitor.store.add_entries([*pages, *texts], NOW, baseline=False)
    asked: list[int] = []
    pending = monitor.store.pending

    def counted(*given: object, **options: object) -> list[PendingArticle]:
        found = pending(*given, **options)  # type: ignore[arg-type]
        asked.append(len(found))
        return found

    monitor.store.pending = counted  # type: ignore[method-assign]
    assert monitor.take_texts(NOW) == 510
    assert asked == [500, 10, 0]
    assert len(pending(NOW)) == 3


def test_a_database_that_is_away_sets_nothing_aside(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        stumble_over(3_000, patched, StoreError("away"))
        with pytest.raises(StoreError):
            take(monitor, article("a", "3,000"))
    assert len(monitor.compare(NOW)) == 1


def test_a_slip_is_told_with_a_mark_and_its_correction_without(monitor: Monitor) -> None:
    take(monitor, article("a", "1,000"))
    slip = take(monitor, article("b", "10,000", NOW + HOUR))
    copy = take(monitor, article("c", "10,000", NOW + 2 * HOUR))
    right = take(monitor, article("b", "1,000", NOW + HOUR), NOW + 3 * HOUR)
    assert copy == []
    told = [monitor.store.change(one) for one in (*slip, *right)]
    assert [(line.change.kind, line.change.check) for line in told if line] == [("raised", True), ("corrected", False)]
    (line,) = monitor.store.figures()
    assert (line.anchor and line.anchor.quantity.number, line.doubt) == (1_000, None)


def test_a_replay_marks_only_what_is_to_be_checked(monitor: Monitor) -> None:
    found = [article("a", "1,000"), article("b", "10,000", NOW + HOUR)]
    events = [Event(one.key[-1], one.published_at or NOW, one) for one in found]
    assert [row.get("check") for row in replay(events, monitor.settings)] == [None, True]
