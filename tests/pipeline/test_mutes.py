"""What nobody wants to hear of: it is stored, shown as muted, and taken back in silence."""

import pytest
from verdictkit import ALL_LOSSES, HOUR, STRIKE, Desk

from monitor.alerts.messages import series_id
from monitor.cli.main import main


def test_a_merge_that_nobody_heard_of_is_taken_back_in_silence(desk: Desk) -> None:
    (market,) = desk.reads("a", STRIKE.format("a market", "54"))
    (hospital,) = desk.reads("b", STRIKE.format("a hospital", "71"), outlet="The Post")
    desk.store.add_mute("strikes", outlet="The Wire", until=None, who="ana", why="too loud", now=desk.now)
    merged = desk.monitor.bench.merge(hospital, market, who="ana", why="", now=desk.now)
    assert len(merged.change_ids) == 1
    (line,) = desk.store.merges()
    assert desk.monitor.bench.unmerge(line.number, who="bob", why="", now=desk.now + HOUR).change_ids == ()
    assert len(desk.mails()) == 2  # the two strikes themselves
    told = {line.claim.id: line.anchor and line.anchor.quantity.number for line in desk.store.figures("strikes")}
    assert told == {market: 54, hospital: 71}


@pytest.mark.parametrize(
    ("heard", "muted", "right", "mails"),
    [
        ("3,000", "4,000", 3000, 1),  # readers have 3,000 in hand: nothing to correct
        ("3,000", "4,000", 9000, 2),
        (None, "4,000", 9000, 0),  # they were told nothing that could be wrong
    ],
)
def test_a_person_corrects_what_readers_have_in_hand(
    desk: Desk, heard: str | None, muted: str, right: int, mails: int
) -> None:
    if heard is not None:
        desk.reads("a", ALL_LOSSES.format(heard))
    mute = desk.store.add_mute("koreans", until=None, who="ana", why="", now=desk.now)
    (claim,) = desk.reads("b", ALL_LOSSES.format(muted))
    desk.store.remove_mute(mute)
    edits = ["edit", claim, "--low", str(right), "--config", str(desk.monitor.settings.file)]
    assert main(edits) == 0
    sent = desk.mails()
    assert len(sent) == mails
    if mails == 2:
        assert "3,000 → 9,000" in sent[1]


def test_what_nobody_was_told_for_a_mute_says_so(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    until = desk.now.replace(year=2999, month=1, day=1)
    desk.store.add_mute("koreans", party="Ukraine", until=until, who="ana", why="too loud", now=desk.now)
    (claim,) = desk.reads("a", ALL_LOSSES.format("3,000"))
    desk.reads("b", STRIKE.format("a market", "54"))
    config = ["--config", str(desk.monitor.settings.file)]
    why = "party Ukraine of koreans, until 2999-01-01, ana: too loud"
    for command in (["explain", claim], ["changes", "--json"], ["figures", "--json"], ["figures", "--lines", "--json"]):
        assert main([*command, *config]) == 0
        shown = capsys.readouterr().out
        assert shown.count(f"muted ({why})") == 1, command
    (mute,) = desk.store.list_mutes(desk.now)
    desk.store.remove_mute(mute.id)
    desk.reads("c", ALL_LOSSES.format("5,000"))  # told, as of now
    assert main(["figures", *config]) == 0
    assert "muted" not in capsys.readouterr().out
    assert main(["explain", claim, *config]) == 0
    assert f"muted ({why})" in capsys.readouterr().out


def test_alike_incidents_are_told_apart(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for number, target in enumerate(("market", "hospital")):
        desk.reads(f"a{number}", STRIKE.format(f"a {target}", 54 + 20 * number))
    desk.reads("b", STRIKE.format("a camp", 31).replace("Sunday", "January 20"))
    assert main(["figures", "--json", "--config", str(desk.monitor.settings.file)]) == 0
    shown = capsys.readouterr().out
    for mark in ("(one incident, 2025-02-02)", "(one incident, 2025-02-02, hospital)", "(one incident, 2025-01-20)"):
        assert shown.count(f"People killed in El Fasher {mark}") == 1, shown


def test_a_channel_that_is_held_says_so(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.store.hold_channel("desk", None, "smtp_535")
    assert main(["deliveries", "--config", str(desk.monitor.settings.file)]) == 0
    assert "channel desk is on hold (smtp_535)" in capsys.readouterr().out


def test_changes_of_one_run_stand_in_the_order_in_which_they_were_found(desk: Desk) -> None:
    for number, toll in enumerate(("3,000", "4,000", "5,000", "6,000", "7,000", "8,000")):
        desk.takes(f"a{number}", ALL_LOSSES.format(toll))
    desk.monitor.compare(desk.now)
    found = desk.store.changes()
    assert len({line.at for line in found}) == 1
    assert [line.claim.figure.quantity.number for line in found] == [8000, 7000, 6000, 5000, 4000, 3000]


@pytest.mark.parametrize("what", [{"outlet": "Good Times"}, {"series": "its own"}, {"party": "Ukraine"}])
def test_what_a_mute_kept_from_readers_is_not_held_to_have_been_told(desk: Desk, what: dict[str, str]) -> None:
    desk.reads("a", ALL_LOSSES.format("1,200"))
    assert len(desk.mails()) == 1
    if "series" in what:
        what = {"series": series_id(desk.store.figures("koreans")[0].series)}
    mute = desk.store.add_mute("koreans", until=None, who="ana", why="", now=desk.now, **what)
    for name in "bcd":  # said three times, stored once
        desk.reads(name, ALL_LOSSES.format("1,900"), outlet="Good Times")
    change = desk.store.changes()[0].change
    assert len(desk.store.changes()) == 2
    assert change.before is not None
    assert change.before.number == 1200
    assert desk.figures()["Ukraine"] == (1900, 1200)
    if "outlet" not in what:
        desk.store.remove_mute(mute)
    desk.reads("e", ALL_LOSSES.format("1,900"))
    desk.reads("f", ALL_LOSSES.format("2,500"))
    sent = desk.mails()
    assert len(sent) == 3
    assert "1,200 → 1,900" in sent[1]
    assert "1,900 → 2,500" in sent[2]


def test_who_was_told_nothing_gets_a_first_figure_and_a_muted_correction_takes_none_away(desk: Desk) -> None:
    desk.store.add_mute("koreans", outlet="Good Times", until=None, who="ana", why="", now=desk.now)
    both = " The South Korean military also put North Korean casualties at 1,900."
    desk.reads("a", ALL_LOSSES.format("1,900") + both, outlet="Good Times")
    assert {told for _, told in desk.figures().values()} == {None}
    desk.reads("b", ALL_LOSSES.format("1,900"))
    desk.reads("c", ALL_LOSSES.format("2,500"))
    (claim,) = desk.reads("d", ALL_LOSSES.format("3,500"), outlet="Good Times")
    assert len(desk.mails()) == 2
    assert main(["edit", claim, "--low", "9000", "--config", str(desk.monitor.settings.file)]) == 0
    assert len(desk.mails()) == 2
    assert desk.figures()["Ukraine"] == (9000, 2500)


def test_the_steps_of_all_parties_are_those_after_the_article(desk: Desk) -> None:
    both = " The South Korean military said that {} North Korean soldiers had been killed or wounded."
    for name, ours, theirs in (("a", "1,200", "2,900"), ("b", "3,300", "5,100")):
        desk.reads(name, ALL_LOSSES.format(ours) + both.format(theirs))
    steps = [line for line in desk.mails()[1].splitlines() if "Last steps, South Korea" in line]
    assert steps
    assert all("2,900" in line and "5,100" in line for line in steps), steps
