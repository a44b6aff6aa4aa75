"""What a person has put together is taken apart again, with all that has come in since."""

import json

import pytest
from verdictkit import ALL_LOSSES, HOUR, STRIKE, Desk, tolls

from monitor.cli.main import main
from monitor.errors import InputError


def test_a_merge_of_incidents_is_taken_back_with_what_came_since(desk: Desk) -> None:
    (first,) = desk.reads("a", STRIKE.format("a market", "54"))
    (second,) = desk.reads("b", STRIKE.format("a hospital", "71"))
    apart = tolls(desk)
    bench = desk.monitor.bench
    bench.merge(second, first, who="ana", why="the hospital is at the market", now=desk.now)
    desk.reads("c", STRIKE.format("a hospital", "75"))
    desk.reads("d", STRIKE.format("a market", "74"))
    assert len({name for name, _ in tolls(desk)}) == 1
    sent = len(desk.mails())

    (line,) = desk.store.merges()
    ruled = bench.unmerge(line.number, who="bob", why="they are two after all", now=desk.now)
    assert ruled.changed
    assert [(name, toll) for name, toll in tolls(desk)] == [(apart[0][0], 74), (apart[1][0], 75)]
    told = {line.claim.figure.quantity.number: line.anchor for line in desk.store.figures("strikes")}
    assert {now: anchor and anchor.quantity.number for now, anchor in told.items()} == {74: 74, 75: 75}
    mails = desk.mails()[sent:]
    assert len(mails) == 1
    assert "bob says that two figures are not about the same: they are two after all" in mails[0]

    (ended,) = desk.store.merges()
    assert ended.ended is not None
    assert (ended.said.who, ended.ended.who, ended.ended.why) == ("ana", "bob", "they are two after all")
    again = bench.unmerge(line.number, who="eve", why="", now=desk.now)
    assert (again.changed, again.before and again.before.who) == (False, "bob")
    desk.reads("e", STRIKE.format("a hospital", "90"))  # the merge holds no longer
    assert [toll for _, toll in tolls(desk)] == [74, 90]
    with pytest.raises(InputError, match="no merge 9"):
        bench.unmerge(9, who="eve", why="", now=desk.now)


def test_what_a_merge_never_made_wrong_is_not_told_again(desk: Desk) -> None:
    (first,) = desk.reads("a", STRIKE.format("a market", "71"))
    (second,) = desk.reads("b", STRIKE.format("a hospital", "54"))
    before = desk.store.side_by_side("strikes")
    bench, sent = desk.monitor.bench, len(desk.mails())
    bench.merge(first, second, who="ana", why="one", now=desk.now)
    (line,) = desk.store.merges()
    assert bench.unmerge(line.number, who="ana", why="two", now=desk.now).change_ids == ()
    assert [one.sides[0].told for one in desk.store.side_by_side("strikes")] == [one.sides[0].told for one in before]
    assert len(desk.mails()) == sent == 2


def test_a_merge_of_series_is_taken_back_with_what_came_since(desk: Desk) -> None:
    (troops,) = desk.reads("a", ALL_LOSSES.format("3,000"))
    (town,) = desk.reads("b", ALL_LOSSES.replace("Kursk", "Sudzha").format("400"))
    bench = desk.monitor.bench
    assert {line.series.place for line in desk.store.figures()} == {None, "Sudzha"}
    bench.merge(town, troops, who="ana", why="", now=desk.now)
    desk.reads("c", ALL_LOSSES.replace("Kursk", "Sudzha").format("900"))
    assert {line.series.place for line in desk.store.figures()} == {None}
    (line,) = desk.store.merges()
    bench.unmerge(line.number, who="ana", why="a town is no theatre", now=desk.now)
    assert desk.figures() == {"Ukraine": (3000, 3000), "Ukraine Sudzha": (900, 900)}
    assert bench.merge(town, troops, who="ana", why="", now=desk.now).changed
    assert len(desk.store.merges()) == 2


def test_of_three_in_one_the_one_that_is_named_goes(desk: Desk) -> None:
    strikes = (("market", "31"), ("hospital", "54"), ("school", "71"))
    named = [desk.reads(target, STRIKE.format(f"a {target}", toll))[0] for target, toll in strikes]
    bench = desk.monitor.bench
    assert len({name for name, _ in tolls(desk)}) == 3
    bench.merge(named[1], named[0], who="ana", why="", now=desk.now)
    bench.merge(named[0], named[2], who="ana", why="", now=desk.now + HOUR)
    assert len({name for name, _ in tolls(desk)}) == 1
    hospital, market = desk.store.merges()
    bench.unmerge(market.number, who="ana", why="", now=desk.now)
    homes = [_home(desk, claim) for claim in named]
    assert homes[0] == homes[1] != homes[2]
    bench.unmerge(hospital.number, who="ana", why="", now=desk.now)
    assert len({_home(desk, claim) for claim in named}) == 3


def _home(desk: Desk, claim: str) -> str | None:
    detail = desk.store.claim(claim)
    assert detail is not None
    (standing,) = (line for line in detail.decisions if not line.undone)
    return standing.decision.series.incident


def test_explain_and_merges_tell_who_put_what_together_and_took_it_apart(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (first,) = desk.reads("a", STRIKE.format("a market", "54"))
    (second,) = desk.reads("b", STRIKE.format("a hospital", "71"))
    desk.monitor.bench.merge(second, first, who="ana", why="one strike", now=desk.now)
    (line,) = desk.store.merges()
    desk.monitor.bench.unmerge(line.number, who="bob", why="two strikes", now=desk.now + HOUR)
    config = str(desk.monitor.settings.file)
    assert main(["explain", second, "--config", config]) == 0
    explained = capsys.readouterr().out
    both = "El Fasher (hospital) 2025-02-02: anyone people put into El Fasher 2025-02-02: anyone people"
    assert f"{both} by ana, 2025-02-03 14:00 UTC: one strike (merge {line.number})" in explained
    assert f"taken apart by bob, 2025-02-03 15:00 UTC: two strikes (merge {line.number})" in explained
    assert main(["merges", "--json", "--config", config]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["merge"], row["who"], row["ended_by"], row["ended_why"]) == (line.number, "ana", "bob", "two strikes")
    assert main(["unmerge", str(line.number), "--config", config]) == 0
    assert "already taken apart by bob on 2025-02-03 15:00 UTC: two strikes" in capsys.readouterr().out
