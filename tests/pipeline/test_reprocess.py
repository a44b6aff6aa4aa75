"""Stored texts read again by another extractor."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from monitor import extract as extraction
from monitor import reprocess, rereaders
from monitor.cli.main import main
from monitor.domain.articles import Entry
from monitor.domain.claims import Claimant
from monitor.extract import Figure, Reading
from monitor.pipeline import Monitor
from monitor.reprocess import Report, read_again, report, take_over
from monitor.store import TakenOver, taking_over
from monitor.store.tables import ClaimTable, FormerClaimTable

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
KYIV = Claimant("the mayor of Kyiv", "Kyiv")
LOSSES = "More than {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."
CONFIG = """
[store]
url = "{url}"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
"""

extract = extraction.extract


@pytest.fixture
def monitor(tmp_path: Path, store_url: str) -> Iterator[Monitor]:
    config = tmp_path / "monitor.toml"
    config.write_text(CONFIG.format(url=store_url), encoding="utf-8")
    with Monitor.open(config) as opened:
        yield opened


def article(name: str, number: str, days: int = 0) -> Entry:
    url = f"https://{name}.example.org/"
    body = LOSSES.format(number)
    return Entry(
        feed="wire",
        key=url,
        url=url,
        title="Losses",
        outlet=name,
        published_at=NOW + timedelta(days=days),
        text=body,
        full_text=True,
    )


def take(monitor: Monitor, *entries: Entry) -> None:
    """Everything that follows from articles, one after the other."""
    for entry in entries:
        now = entry.published_at or NOW
        monitor.store.add_entries([entry], now, baseline=False)
        monitor.take_texts(now)
        monitor.extract()
        monitor.compare(now)


def another_extractor(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch, *, factor: int = 1, blind: str = "-", shift: int = 0
) -> None:
    """From now on every number is read as so many times itself, at a place that begins a little later, and nothing in
    texts with the word `blind`."""

    def read(body: str, **more: object) -> Reading:
        found = extract(body, **more)  # type: ignore[arg-type]
        figures = () if blind in body else found.figures
        return replace(found, figures=tuple(map(larger, figures)))

    def larger(figure: Figure) -> Figure:
        low, high = (number and number * factor for number in (figure.quantity.low, figure.quantity.high))
        quantity = replace(figure.quantity, low=low, high=high)
        return replace(figure, quantity=quantity, start=figure.start + shift)

    monkeypatch.setattr(extraction, "extract", read)
    monitor.extractor = f"{factor}-{blind}-{shift}"


def reread(monitor: Monitor) -> Report:
    read_again(monitor, lambda *_: None)
    return report(monitor, examples=3)


def test_what_the_same_extractor_has_read_is_not_read_again(monitor: Monitor) -> None:
    take(monitor, article("a", "3,000"))
    found = reread(monitor)
    assert (found.state.read, found.state.waiting, found.tally.counts) == (0, 0, {})


def test_what_another_extractor_reads_is_shown_and_changes_nothing(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9), article("c", "5,000", 19))
    figures, changes = monitor.store.figures(), monitor.store.changes()
    another_extractor(monitor, monkeypatch, factor=2, blind="5,000")
    found = reread(monitor)
    assert found.tally.counts == {"altered": 2, "lost": 1}
    assert found.tally.by_field == {"quantity": 2}
    before, after, names = found.tally.examples["altered"][0]
    assert before is not None
    assert after is not None
    assert (before.figure.quantity.low, after.figure.quantity.low, names) == (3_000, 6_000, ("quantity",))
    assert (monitor.store.figures(), monitor.store.changes()) == (figures, changes)


def test_a_text_that_cannot_be_read_keeps_its_claims_and_is_counted(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"))

    def fail(*_: object, **__: object) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr(extraction, "extract", fail)
    monitor.extractor = "broken"
    found = reread(monitor)
    assert (found.state.read, found.state.failed, found.tally.counts) == (1, 1, {})


def test_a_reading_that_was_broken_off_goes_on(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, *(article(name, "3,000", days) for days, name in enumerate("abcd")))
    another_extractor(monitor, monkeypatch, factor=2)
    batch = monitor.store.to_reread(monitor.extractor, limit=3)
    read = [(old, rereaders.read_one(old.revision, monitor.lexicon)) for old in batch]
    monitor.store.keep_rereadings(monitor.extractor, read)
    seen: list[tuple[int, int]] = []
    read_again(monitor, lambda done, total: seen.append((done, total)))
    assert seen == [(3, 4), (4, 4)]
    assert report(monitor, examples=0).tally.counts == {"altered": 4}


def test_a_third_extractor_begins_anew(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, article("a", "3,000"))
    another_extractor(monitor, monkeypatch, factor=2)
    reread(monitor)
    another_extractor(monitor, monkeypatch, factor=3)
    (example,) = reread(monitor).tally.examples["altered"]
    assert example[1] is not None
    assert example[1].figure.quantity.low == 9_000


def test_processes_read_what_one_would(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9))
    monkeypatch.setattr(reprocess, "ALONE", 1)
    monitor.extractor = "another"
    read_again(monitor, lambda *_: None, workers=2)
    state = report(monitor, examples=0).state
    assert (state.read, state.same) == (2, 2)


def written(monitor: Monitor) -> None:
    reread(monitor)
    take_over(monitor, NOW + timedelta(days=99))


def said(monitor: Monitor) -> list[tuple[object, ...]]:
    return [(one.series, one.party, one.claim.id, one.claim.figure.quantity) for one in monitor.store.figures()]


def told(monitor: Monitor) -> list[tuple[object, ...]]:
    anchors = ((one.party, one.anchor) for one in monitor.store.figures())
    return [(party, anchor and (anchor.quantity, anchor.as_of)) for party, anchor in anchors]


@pytest.mark.parametrize("portion", [1, 2, 300])
def test_what_was_taken_over_is_what_a_fold_over_the_new_claims_gives(
    monitor: Monitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(taking_over, "CHUNK", portion)
    entries = [article("a", "3,000"), article("b", "4,000", 9), article("a", "3,500", 12), article("c", "5,000", 19)]
    take(monitor, *entries)
    deliveries, changes, anchors = monitor.store.deliveries(), monitor.store.changes(), told(monitor)
    another_extractor(monitor, monkeypatch, factor=2)
    config = tmp_path / "other.toml"
    config.write_text(CONFIG.format(url=f"sqlite:///{tmp_path / 'other.db'}"), encoding="utf-8")
    with Monitor.open(config) as fresh:
        take(fresh, *entries)
        right = said(fresh)
    assert right
    written(monitor)
    assert said(monitor) == right
    assert (monitor.store.deliveries(), told(monitor)) == (deliveries, anchors)
    assert [line.change for line in monitor.store.changes()] == [line.change for line in changes]


def test_articles_are_what_they_would_be_had_this_extractor_read_them(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    revised = (article("d", "6,000"), article("d", "6,500", 1))
    take(monitor, article("a", "3,000"), article("b", "4,000"), article("c", "5,000"), *revised)

    def states() -> dict[str, str]:
        return {line.outlet: str(line.status) for line in monitor.store.articles()}

    assert states() == {"a": "new", "b": "new", "c": "new", "d": "revised"}
    another_extractor(monitor, monkeypatch, blind="4,000")
    english = extraction.extract
    # Of one text it says that it isn't English, and of the others what they were, with the same claims.
    monkeypatch.setattr(
        extraction,
        "extract",
        lambda body, **more: Reading((), "nl") if "5,000" in body else english(body, **more),
    )
    written(monitor)
    assert states() == {"a": "new", "b": "no_claims", "c": "wrong_language", "d": "revised"}
    monkeypatch.setattr(extraction, "extract", extract)
    monitor.extractor = "the first again"
    written(monitor)
    assert states() == {"a": "new", "b": "new", "c": "new", "d": "revised"}


def test_a_text_that_broke_the_extractor_is_read_by_the_next_one(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr(extraction, "extract", fail)
    take(monitor, article("a", "3,000"))
    (line,) = monitor.store.articles()
    assert line.status == "quarantined"
    monkeypatch.setattr(extraction, "extract", extract)
    monitor.extractor = "another"
    written(monitor)
    (line,) = monitor.store.articles()
    assert (line.status, line.reason, line.claims) == ("new", "", 1)


def test_what_was_taken_over_is_not_read_or_written_again(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, article("a", "3,000"))
    another_extractor(monitor, monkeypatch, factor=2)
    written(monitor)
    found = reread(monitor)
    assert (found.state.read, found.state.waiting) == (0, 0)
    assert take_over(monitor, NOW) == TakenOver()


def test_an_anchor_whose_claim_is_read_no_more_stays_and_can_be_explained(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9))
    (line,) = monitor.store.figures()
    assert line.anchor is not None
    another_extractor(monitor, monkeypatch, blind="4,000")
    written(monitor)
    (now,) = monitor.store.figures()
    assert (now.claim.figure.quantity.low, now.anchor) == (3_000, line.anchor)
    detail = monitor.store.claim(line.claim.id)
    assert detail is not None
    assert (detail.read_no_more, detail.active, len(detail.changes)) == (True, False, 1)
    assert monitor.store.articles()[0].claims == 0


def test_the_next_article_is_held_against_what_readers_know(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9))
    another_extractor(monitor, monkeypatch, factor=2)
    written(monitor)
    another_extractor(monitor, monkeypatch)
    changes = len(monitor.store.changes())
    take(monitor, article("c", "4,000", 12))
    assert len(monitor.store.changes()) == changes


def test_what_readers_were_told_goes_with_a_source_that_is_known_better_now(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"))

    def read(body: str, **more: object) -> Reading:
        found = extract(body, **more)  # type: ignore[arg-type]
        return replace(found, figures=tuple(replace(one, claimants=(KYIV,)) for one in found.figures))

    monkeypatch.setattr(extraction, "extract", read)
    monitor.extractor = "another"
    written(monitor)
    (line,) = monitor.store.figures()
    assert (line.party, line.anchor and line.anchor.quantity.low) == ("Kyiv", 3_000)
    changes = len(monitor.store.changes())
    take(monitor, article("b", "3,000", 9))
    assert len(monitor.store.changes()) == changes
    take(monitor, article("c", "4,000", 10))
    assert monitor.store.changes()[0].change.before == line.anchor.quantity  # type: ignore[union-attr]


def test_decisions_that_no_longer_hold_are_kept(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9))
    another_extractor(monitor, monkeypatch, factor=2, blind="3,000")
    written(monitor)
    with monitor.store._database.read() as session:
        former = session.execute(text("SELECT kind, alert FROM former_decisions ORDER BY id")).all()
        columns = session.scalars(select(FormerClaimTable.columns)).all()
    assert [kind for kind, _ in former] == ["first", "raised"]
    assert [one["low"] for one in columns] == [4_000]
    (line,) = monitor.store.figures()
    *_, decided = monitor.store.decisions(line.claim.id)
    assert (decided.decision.kind, decided.decision.alert) == ("first", False)
    assert "nobody was told" in decided.decision.why


def test_what_an_older_extractor_read_is_explained(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    take(monitor, article("a", "3,000"))
    (line,) = monitor.store.figures()
    older = monitor.extractor
    another_extractor(monitor, monkeypatch, factor=2)
    written(monitor)
    assert main(["explain", line.claim.id, "--config", str(monitor.settings.file)]) == 0
    explained = capsys.readouterr().out
    assert "more than 6,000" in explained
    assert f"quantity more than 3,000 (extractor {older}, until 2025-05-13 12:00 UTC)" in explained


def test_what_a_person_said_of_a_claim_holds_for_the_new_reading(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(monitor, article("a", "3,000"), article("b", "4,000", 9))
    (line,) = monitor.store.figures()
    monitor.bench.reject(line.claim.id, who="desk", why="a slip", now=NOW + timedelta(days=10))
    another_extractor(monitor, monkeypatch, factor=2)
    written(monitor)
    (now,) = monitor.store.figures()
    assert now.claim.figure.quantity.low == 6_000
    assert now.anchor is not None
    assert now.anchor.quantity.low == 3_000


def test_a_figure_that_only_the_new_extractor_reads_goes_where_its_series_was_merged_into(
    tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "all.toml"
    config.write_text(f'[store]\nurl = "{store_url}"\n[[watch]]\nname = "all"\n', encoding="utf-8")
    with Monitor.open(config) as monitor:
        people = replace(article("p", "2,000"), text=LOSSES.format("2,000").replace("North Korean soldiers", "people"))
        take(monitor, people, article("a", "3,000", 1))
        into, merging = sorted(monitor.store.figures(), key=lambda one: one.claim.figure.quantity.number or 0)
        assert into.series.subject != merging.series.subject
        merge = monitor.bench.merge
        assert merge(merging.claim.id, into.claim.id, who="ana", why="the same", now=NOW + timedelta(days=2)).changed
        another_extractor(monitor, monkeypatch, blind="9,000")
        take(monitor, article("b", "9,000", 9))
        another_extractor(monitor, monkeypatch)
        written(monitor)
        (line,) = monitor.store.figures()
        assert (line.series.subject, line.claim.figure.quantity.number) == (into.series.subject, 9_000)


def test_a_live_posts_own_time_survives_a_new_reading(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    times = [NOW - timedelta(hours=ago) for ago in (9, 6, 3)]
    live = "\n\n".join(f"[{at:%Y-%m-%dT%H:%M}Z]\n\n{LOSSES.format(3000)}" for at in times)
    take(monitor, replace(article("live", "3,000"), text=live, published_at=NOW))

    def said() -> list[datetime | None]:
        with monitor.store._database.read() as session:
            return list(session.scalars(select(ClaimTable.said_at).order_by(ClaimTable.start)))

    assert said() == times
    another_extractor(monitor, monkeypatch, factor=2)
    reread(monitor)
    assert take_over(monitor, NOW).texts == 1
    assert said() == times
