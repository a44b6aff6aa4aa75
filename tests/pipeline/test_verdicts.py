"""Verdicts from end to end: texts are read, readers are told over real SMTP, and a person sets it right."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text
from verdictkit import ALL_LOSSES, LOSSES, NOW, STRIKE, Desk, tolls

from monitor.cli.main import main
from monitor.cli.reviewing import _doubt_row
from monitor.domain.quantities import Qualifier, Quantity
from monitor.errors import InputError, StoreError
from monitor.extract.lexicon import Lexicon, load
from monitor.store import Comparing
from monitor.verdicts import read_edits, unknown_names


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def test_an_alert_counts_all_that_its_run_has_brought(desk: Desk) -> None:
    """The message is composed with the first of three texts; the others say the same before it goes out."""
    for outlet in ("The Wire", "Daily Post", "Morning Paper"):
        desk.takes(outlet, LOSSES.format("3,000"), outlet)
    desk.monitor.compare(desk.now)
    [mail] = desk.mails()
    assert "3 outlets, 1 statement" in mail
    desk.reads("later", LOSSES.format("3,000"), "Evening Paper")
    assert len(desk.mails()) == 1


def test_an_alert_counts_what_was_compared_before_the_run_broke_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlets = ("The Wire", "Daily Post", "Morning Paper")
    *_, last = [desk.takes(outlet, LOSSES.format("3,000"), outlet) for outlet in outlets]
    compare_one = desk.monitor._compare_one

    def breaking(revision: int, *rest: Any) -> list[str]:
        if revision == last:
            raise StoreError("away")
        return compare_one(revision, *rest)

    monkeypatch.setattr(desk.monitor, "_compare_one", breaking)
    with pytest.raises(StoreError, match="away"):
        desk.monitor.compare(desk.now)
    [mail] = desk.mails()
    assert "2 outlets, 1 statement" in mail


def test_a_message_that_cannot_be_read_keeps_no_other_from_being_counted(desk: Desk) -> None:
    desk.reads("first", LOSSES.format("3,000"))
    with desk.store._database.write() as session:
        session.execute(text("UPDATE deliveries SET payload = '{}'"))
    for outlet in ("Daily Post", "Morning Paper"):
        desk.takes(outlet, LOSSES.format("4,700"), outlet)
    desk.monitor.compare(desk.now)
    [mail] = desk.mails()
    assert "2 outlets, 1 statement" in mail


def test_a_rejected_figure_is_corrected_by_mail(desk: Desk) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (misread,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    assert len(desk.mails()) == 2

    ruled = desk.rejects(misread)
    assert (ruled.changed, ruled.decisions, len(ruled.change_ids)) == (True, 1, 1)
    mail = desk.mails()[-1]
    assert "8,500 → more than 3,000 (corrected)" in mail.partition("\n")[0]
    assert "Corrected by a person" in mail
    assert "ana rejected it as misread: an age" in mail
    assert desk.figures() == {"Ukraine": (3000, 3000)}

    again = desk.rejects(misread)
    assert (again.changed, again.before and again.before.who, len(desk.mails())) == (False, "ana", 3)
    detail = desk.store.claim(misread)
    assert detail is not None
    assert [(line.undone, line.decision.alert) for line in detail.decisions] == [
        ("ana rejected it as misread: an age", True)
    ]


def test_what_was_held_against_a_rejected_figure_says_that_it_was_another_that_fell(desk: Desk) -> None:
    (misread,) = desk.reads("a", LOSSES.format("3,000"))
    (stands,) = desk.reads("b", LOSSES.format("4,700"))
    desk.rejects(misread)
    undone = {}
    for name in (misread, stands):
        detail = desk.store.claim(name)
        assert detail is not None
        undone[name] = [line.undone for line in detail.decisions if line.undone]
    said = "ana rejected it as misread: an age"
    assert undone == {misread: [said], stands: [f"another figure changed: {said}"]}


def test_a_rejection_is_taken_back(desk: Desk) -> None:
    (only,) = desk.reads("a", LOSSES.format("3,000"))
    desk.rejects(only)
    desk.accepts(only)
    desk.rejects(only)
    subjects = [mail.partition("\n")[0] for mail in desk.mails()]
    assert ["withdrawn" in subject for subject in subjects] == [False, True, False, True]
    assert [line.verdict.value for line in desk.store.verdicts(only)] == ["rejected", "accepted", "rejected"]
    assert desk.figures() == {}


def test_a_figure_to_be_checked_is_accepted_in_silence(desk: Desk) -> None:
    desk.reads("a", ALL_LOSSES.format("1,000"))
    (slip,) = desk.reads("b", ALL_LOSSES.format("10,000"))
    assert "Please check" in desk.mails()[-1]
    assert desk.figures() == {"Ukraine": (10000, 1000)}
    assert desk.accepts(slip).change_ids == ()
    assert desk.figures() == {"Ukraine": (10000, 10000)}
    desk.reads("c", ALL_LOSSES.format("11,500"))
    mails = desk.mails()
    assert len(mails) == 3
    assert "10,000 → 11,500" in mails[-1]


def test_a_verdict_holds_for_the_same_claim_of_a_later_text(desk: Desk) -> None:
    (misread,) = desk.reads("a", LOSSES.format("3,000"))
    desk.rejects(misread)
    assert desk.reads("a", "The headline of this article was changed on Tuesday.\n\n" + LOSSES.format("3,000")) == []
    assert desk.figures() == {}
    assert len(desk.mails()) == 2


def test_a_verdict_between_reading_and_comparing_holds(desk: Desk) -> None:
    revision = desk.takes("a", LOSSES.format("3,000"))
    with desk.store.comparing() as book:
        (claim,) = book.arrival(revision).claims
    assert desk.rejects(claim.id).decisions == 0
    assert desk.monitor.compare(NOW) == []


def test_verdicts_at_once_lose_nothing(desk: Desk) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (claim,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    others = [desk.reads(f"o{number}", ALL_LOSSES.format("8,500"))[0] for number in range(3)]
    verdicts = [(desk.rejects, claim), (desk.accepts, claim), *((desk.rejects, other) for other in others)]
    threads = [threading.Thread(target=give, args=(of,)) for give, of in verdicts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = desk.store.verdicts(claim)[-1].verdict.value
    assert {line.who for line in desk.store.verdicts(claim)} == {"ana", "bob"}
    expected = (8500, 8500) if last == "accepted" else (3000, 3000)
    assert desk.figures() == {"Ukraine": expected}


def test_a_verdict_on_nothing_is_an_error(desk: Desk) -> None:
    with pytest.raises(StoreError, match="no claim c0"):
        desk.rejects("c0")


def test_an_edited_figure_is_corrected_and_holds_in_later_texts(desk: Desk) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (read,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    detail = desk.store.claim(read)
    assert detail is not None
    was = detail.claim.figure.quantity
    edits = read_edits(desk.monitor.lexicon, was, {"low": 4500, "party": "South Korea"})
    ruled = desk.monitor.bench.edit(read, edits, who="ana", why="a slip of ours", now=desk.now)
    assert (ruled.changed, len(ruled.change_ids)) == (True, 2)
    assert desk.figures() == {"South Korea": (4500, 4500), "Ukraine": (3000, 3000)}
    assert "ana corrected how it was read: a slip of ours" in desk.mails()[-1]
    assert not desk.monitor.bench.edit(read, edits, who="ana", why="again", now=desk.now).changed

    desk.reads("b", "The headline of this article was changed on Tuesday.\n\n" + ALL_LOSSES.format("8,500"))
    assert desk.figures() == {"South Korea": (4500, 4500), "Ukraine": (3000, 3000)}
    assert len(desk.mails()) == 3


def test_words_that_mean_nothing_are_no_edit(desk: Desk) -> None:
    for words in ({}, {"measure": "hurt"}, {"as_of": "Monday"}, {"qualifier": "many"}):
        with pytest.raises(InputError):
            read_edits(desk.monitor.lexicon, Quantity(1, 1, Qualifier.EXACT), words)


EXACT, RANGE = Quantity(1, 1, Qualifier.EXACT), Quantity(200, 400, Qualifier.RANGE)


@pytest.mark.parametrize(
    ("was", "words", "says"),
    [
        (EXACT, {"low": 5, "high": 10, "qualifier": "exact"}, "exact takes one number"),
        (EXACT, {"low": 5, "high": 10, "qualifier": "at_least"}, "at_least takes one number"),
        (EXACT, {"low": 200, "high": 999, "qualifier": "vague"}, "vague takes one number"),
        (RANGE, {"qualifier": "exact"}, "exact takes one number, and there are 200 and 400"),
        (EXACT, {"low": 5, "qualifier": "range"}, "range takes two numbers"),
        (EXACT, {"low": 10**30}, "more than any count"),
        (EXACT, {"window_days": -3}, "a period of -3 days"),
        (EXACT, {"window_days": 0}, "a period of 0 days"),
        (EXACT, {"measure": "deaths"}, "one of .*killed, wounded"),
    ],
)
def test_an_edit_that_contradicts_itself_is_refused(
    lexicon: Lexicon, was: Quantity, words: dict[str, str | int | None], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        read_edits(lexicon, was, words)


def test_an_edit_of_one_number_takes_any_qualifier(lexicon: Lexicon) -> None:
    for words, right in (
        ({"low": 300, "qualifier": "at_least"}, Quantity(300, None, Qualifier.AT_LEAST)),
        ({"high": 300, "qualifier": "at_most"}, Quantity(None, 300, Qualifier.AT_MOST)),
        ({"low": 300, "high": 300, "qualifier": "about"}, Quantity(300, 300, Qualifier.ABOUT)),
        ({"low": 300, "high": 500}, Quantity(300, 500, Qualifier.RANGE)),
    ):
        assert read_edits(lexicon, RANGE, words) == {"quantity": right}


def test_names_that_nobody_knows_are_told(lexicon: Lexicon) -> None:
    typed = {"subject": "asdf", "party": "Ukrane", "place": "Nowhereville"}
    assert [line.split(":")[0] for line in unknown_names(lexicon, typed)] == [
        "the lexicon doesn't know the subject 'asdf'",
        "the lexicon doesn't know the party 'Ukrane'",
        "the lexicon doesn't know the place 'Nowhereville'",
    ]
    known = {"subject": "civilians", "party": "Ukraine", "place": "the Kursk region", "low": 3}
    assert unknown_names(lexicon, known) == []
    assert unknown_names(lexicon, {"subject": "Russian troops", "party": "", "place": ""}) == []


def test_the_figure_that_waits_for_a_person_is_the_doubtful_one(desk: Desk) -> None:
    desk.reads("a", ALL_LOSSES.format("46,006"))
    (slip,) = desk.reads("b", ALL_LOSSES.format("4,606"))
    desk.reads("c", ALL_LOSSES.format("46,006"))
    (now,) = desk.store.figures()
    assert now.claim.id != slip
    (line,) = desk.store.doubted()
    row = _doubt_row(line, desk.store)
    assert row is not None
    assert (row["claim"], row["low"], row["high"]) == (slip, 4_606, 4_606)
    assert "4,606" in row["figure"]
    assert "4,606" in row["quote"]
    assert row["url"].endswith("/b")


def test_two_incidents_are_one_and_two_again(desk: Desk) -> None:
    (first,) = desk.reads("a", STRIKE.format("a market", "54"))
    (second,) = desk.reads("b", STRIKE.format("a hospital", "71"))
    assert len({name for name, _ in tolls(desk)}) == 2
    sent = len(desk.mails())

    bench = desk.monitor.bench
    assert bench.merge(second, first, who="ana", why="the hospital is at the market", now=desk.now).changed
    assert [toll for _, toll in tolls(desk)] == [71]
    assert not bench.merge(second, first, who="ana", why="", now=desk.now).changed
    desk.reads("c", STRIKE.format("a hospital", "75"))  # what would go into the second goes into the first
    assert [toll for _, toll in tolls(desk)] == [75]

    assert bench.split([second], who="ana", why="it is another one after all", now=desk.now).changed
    assert [toll for _, toll in tolls(desk)] == [71, 75]
    assert len({name for name, _ in tolls(desk)}) == 2
    assert not bench.split([second], who="ana", why="", now=desk.now).changed
    assert len(desk.mails()) > sent


def test_a_claim_is_split_off_though_its_own_day_would_name_the_new_incident(desk: Desk) -> None:
    desk.reads("a", "The Rapid Support Forces said its men killed 20 Sudanese soldiers near Bara on Monday morning.")
    (other,) = desk.reads("b", "Sudan's army said 60 of its troops were killed in clashes near Bara on Sunday.")
    assert len({name for name, _ in tolls(desk)}) == 1  # a night lies between them at most
    ruled = desk.monitor.bench.split([other], who="ana", why="another clash", now=desk.now)
    assert ruled.decisions > 0
    assert len({name for name, _ in tolls(desk)}) == 2


def test_two_who_split_at_the_same_time_open_two_incidents(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [desk.reads(name, STRIKE.format("a market", toll))[0] for name, toll in (("a", "54"), ("b", "55"))]
    (other,) = desk.reads("c", STRIKE.format("a market", "56"))
    bench, comparing = desk.monitor.bench, desk.store.comparing
    assert len({name for name, _ in tolls(desk)}) == 1
    waiting = [other]

    @contextmanager
    def interrupted() -> Iterator[Comparing]:
        with comparing() as book:
            yield book
        while waiting:
            bench.split([waiting.pop()], who="bob", why="a second one", now=desk.now)

    monkeypatch.setattr(desk.store, "comparing", interrupted)
    bench.split(claims[:1], who="ana", why="a third one", now=desk.now)
    assert len({name for name, _ in tolls(desk)}) == 3


def test_a_total_is_no_incident_and_killed_are_no_wounded(desk: Desk) -> None:
    (total,) = desk.reads("a", LOSSES.format("3,000"))
    (strike,) = desk.reads("b", STRIKE.format("a market", "54"))
    with pytest.raises(InputError, match="about no incident"):
        desk.monitor.bench.split([total], who="ana", why="", now=desk.now)
    assert not desk.monitor.bench.merge(total, strike, who="ana", why="", now=desk.now).changed


VICTIM = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import event
from monitor.pipeline import Monitor

left = int(sys.argv[3])

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def count(*_):
    global left
    left -= 1
    if left < 0:
        die()

with Monitor.open(Path(sys.argv[1])) as monitor:
    engine = monitor.store._database._engine
    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", die) if left > 500 else None
    monitor.bench.reject(sys.argv[2], who="ana", why="an age", now=datetime.fromisoformat(sys.argv[4]))
"""


@pytest.mark.process
@pytest.mark.parametrize("statement", [12, 24, 1_000])
def test_a_kill_in_a_verdict_leaves_all_or_nothing(desk: Desk, statement: int) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (misread,) = desk.reads("b", ALL_LOSSES.format("8,500"))
    desk.store.close()
    arguments = [str(desk.monitor.settings.file), misread, str(statement), desk.now.isoformat()]
    ended = subprocess.run([sys.executable, "-c", VICTIM, *arguments], capture_output=True, timeout=120, check=False)
    if ended.returncode == 0:  # it had no more statements to die at
        assert len(desk.store.verdicts(misread)) == 1
    else:
        assert ended.returncode == -9, ended.stderr.decode()
        assert desk.store.verdicts(misread) == []
        assert desk.figures() == {"Ukraine": (8500, 8500)}
    desk.rejects(misread)
    assert desk.figures() == {"Ukraine": (3000, 3000)}
    assert len(desk.mails()) == 3


def test_a_history_that_nothing_is_said_of_stays_as_it_is(desk: Desk) -> None:
    """Accepting what was read, compared and told in order, revisions and incidents among it, leaves every decision."""
    desk.reads("a", LOSSES.format("3,000"))
    desk.reads("b", ALL_LOSSES.format("1,000"))
    desk.reads("s", STRIKE.format("a market", "54"))
    (toll,) = desk.reads("s", STRIKE.format("a market", "61"))
    (last,) = desk.reads("b", ALL_LOSSES.format("3,100"))
    for claim in (toll, last):
        ruled = desk.accepts(claim)
        assert (ruled.changed, ruled.decisions, ruled.change_ids) == (True, 0, ())


def test_a_correction_by_the_outlet_shows_both_texts_and_what_differs(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.reads("a", LOSSES.format("3,000"))
    (now,) = desk.reads("a", LOSSES.format("4,700"))
    mail = " ".join(desk.mails()[-1].split())
    assert "Quote: “More than 4,700 North Korean" in mail
    assert "It said: “More than 3,000 North Korean" in mail
    assert "What differs: More than [3,000 → 4,700] North Korean soldiers have been killed …" in mail
    assert main(["explain", now, "--config", str(desk.monitor.settings.file)]) == 0
    assert "differs    More than [3,000 → 4,700] North Korean" in capsys.readouterr().out

    desk.reads("a", "Nothing is known of losses in Kursk, President Zelensky said on Monday.")
    mail = " ".join(desk.mails()[-1].split())
    assert "It said: “More than 4,700 North Korean" in mail
    assert "Behind it: no outlet any more" in mail
