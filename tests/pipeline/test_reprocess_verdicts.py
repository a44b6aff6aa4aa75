"""What people have said of claims and series, when the texts are read again by another extractor."""

from collections.abc import Callable

import pytest
from test_reprocess import another_extractor, reread, written
from verdictkit import ALL_LOSSES, HOUR, LOSSES, STRIKE, Desk, tolls

from monitor.verdicts import read_edits


def silent(desk: Desk, takes_over: Callable[[], None]) -> None:
    """Takes a new reading over; readers are told nothing, and have what they had."""
    sent, changes = len(desk.mails()), [line.change.id for line in desk.store.changes()]
    had = {(line.series, line.party): line.anchor and line.anchor.quantity for line in desk.store.figures()}
    takes_over()
    assert len(desk.mails()) == sent
    assert [line.change.id for line in desk.store.changes()] == changes
    has = {(line.series, line.party): line.anchor and line.anchor.quantity for line in desk.store.figures()}
    assert {line: has.get(line, told) for line, told in had.items()} == had


def edits(desk: Desk, claim: str, **words: str | int | None) -> None:
    detail = desk.store.claim(claim)
    assert detail is not None
    wanted = read_edits(desk.monitor.lexicon, detail.claim.figure.quantity, words)
    desk.monitor.bench.edit(claim, wanted, who="ana", why="a slip of ours", now=desk.now)


@pytest.mark.parametrize("factor", [1, 3])
def test_an_accepted_figure_stays_as_it_was_accepted(desk: Desk, monkeypatch: pytest.MonkeyPatch, factor: int) -> None:
    desk.reads("a", ALL_LOSSES.format("1,000"))
    (slip,) = desk.reads("b", ALL_LOSSES.format("10,000"))
    desk.accepts(slip)
    another_extractor(desk.monitor, monkeypatch, factor=factor)
    silent(desk, lambda: written(desk.monitor))
    assert desk.figures() == {"Ukraine": (10_000, 10_000)}
    assert desk.store.doubted() == []
    (line,) = desk.store.figures()
    assert line.claim.accepted


def test_an_accepted_figure_that_is_read_no_more_still_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = desk.reads("a", ALL_LOSSES.format("1,000"))
    (slip,) = desk.reads("b", ALL_LOSSES.format("10,000"))
    desk.accepts(slip)
    another_extractor(desk.monitor, monkeypatch, blind=",000")
    counts = reread(desk.monitor).tally.counts
    assert (counts["lost"], counts["kept"]) == (1, 1)
    silent(desk, lambda: written(desk.monitor))
    assert desk.figures() == {"Ukraine": (10_000, 10_000)}
    (kept, lost) = (desk.store.claim(claim) for claim in (slip, first))
    assert kept is not None
    assert lost is not None
    assert (kept.active, kept.read_no_more, lost.read_no_more) == (True, False, True)
    another_extractor(desk.monitor, monkeypatch)
    silent(desk, lambda: written(desk.monitor))
    assert desk.figures() == {"Ukraine": (10_000, 10_000)}
    desk.rejects(slip)
    assert desk.figures() == {"Ukraine": (1_000, 1_000)}


@pytest.mark.parametrize(("factor", "blind"), [(1, "-"), (3, "-"), (1, "8,500")])
def test_an_edited_figure_stays_as_it_was_edited(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, factor: int, blind: str
) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (read,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    edits(desk, read, low=4500, party="South Korea")
    another_extractor(desk.monitor, monkeypatch, factor=factor, blind=blind)
    silent(desk, lambda: written(desk.monitor))
    assert desk.figures() == {"South Korea": (4500, 4500), "Ukraine": (3000 * factor, 3000)}
    if blind == "-":
        desk.reads("b", "The headline of this article was changed on Tuesday.\n\n" + ALL_LOSSES.format("8,500"))
        assert desk.figures()["South Korea"] == (4500, 4500)


def test_what_was_edited_in_one_thing_stays_as_it_was_in_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who edits a claim has looked at all of it."""
    (read,) = desk.reads("a", ALL_LOSSES.format("3,000"))
    edits(desk, read, place="Sudzha")
    another_extractor(desk.monitor, monkeypatch, factor=2)
    silent(desk, lambda: written(desk.monitor))
    assert desk.figures() == {"Ukraine Sudzha": (3000, 3000)}


@pytest.mark.parametrize(("factor", "blind"), [(1, "-"), (2, "-"), (1, "54")])
def test_merged_incidents_stay_one(desk: Desk, monkeypatch: pytest.MonkeyPatch, factor: int, blind: str) -> None:
    (market,) = desk.reads("a", STRIKE.format("a market", "54"))
    (hospital,) = desk.reads("b", STRIKE.format("a hospital", "71"))
    desk.monitor.bench.merge(hospital, market, who="ana", why="", now=desk.now)
    another_extractor(desk.monitor, monkeypatch, factor=factor, blind=blind)
    silent(desk, lambda: written(desk.monitor))
    ((name, toll),) = tolls(desk)
    assert (name, toll) == ("El Fasher 2025-02-02", 71 * factor)


def test_a_merge_is_taken_back_after_the_texts_were_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (market,) = desk.reads("a", STRIKE.format("a market", "54"))
    (hospital,) = desk.reads("b", STRIKE.format("a hospital", "71"))
    apart = tolls(desk)
    desk.monitor.bench.merge(hospital, market, who="ana", why="", now=desk.now)
    another_extractor(desk.monitor, monkeypatch, shift=1)
    silent(desk, lambda: written(desk.monitor))
    assert {line.claim.id for line in desk.store.figures()} & {market, hospital} == set()
    (line,) = desk.store.merges()
    desk.monitor.bench.unmerge(line.number, who="ana", why="", now=desk.now + HOUR)
    assert tolls(desk) == apart
    another_extractor(desk.monitor, monkeypatch)
    silent(desk, lambda: written(desk.monitor))
    assert tolls(desk) == apart


@pytest.mark.parametrize(("factor", "blind"), [(1, "-"), (2, "-"), (1, "55")])
def test_a_claim_that_was_split_off_stays_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, factor: int, blind: str
) -> None:
    desk.reads("a", STRIKE.format("a market", "54"))
    (other,) = desk.reads("b", STRIKE.format("a market", "55"))
    desk.monitor.bench.split([other], who="ana", why="another one", now=desk.now)
    apart = [name for name, _ in tolls(desk)]
    another_extractor(desk.monitor, monkeypatch, factor=factor, blind=blind)
    silent(desk, lambda: written(desk.monitor))
    assert [name for name, _ in tolls(desk)] == apart
    assert len(set(apart)) == 2


def test_a_rejected_claim_stays_rejected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (misread,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    desk.rejects(misread)
    for reading in ({"factor": 2}, {"blind": "8,500"}, {}):
        another_extractor(desk.monitor, monkeypatch, **reading)  # type: ignore[arg-type]
        silent(desk, lambda: written(desk.monitor))
        assert set(desk.figures().values()) == {(3000 * int(reading.get("factor", 1)), 3000)}
