"""What the command line and the pages ask for; runs and mutes."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from storekit import (
    KEY,
    MINUTE,
    NOW,
    SEOUL,
    change,
    decision,
    delivery,
    entry,
    exactly,
    figure,
    first,
    read,
    record,
    stored,
)

from monitor.domain.articles import ArticleStatus
from monitor.domain.changes import Comparison, Kind
from monitor.domain.claims import Measure, Scope
from monitor.domain.compare import compare
from monitor.domain.deliveries import DeliveryState, Rearrangement, WaitingDelivery
from monitor.domain.series import anchor_of
from monitor.domain.watches import Watch
from monitor.domain.windows import Window
from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.held import HeldClaims
from monitor.store.tables import ClaimTable, RevisionTable, Table


def test_an_empty_store_knows_nothing(store: Store) -> None:
    assert not any((store.figures(), store.changes(), store.articles(), store.feeds(NOW), store.deliveries()))
    assert not any((store.claim("c0"), store.change("x0"), store.decisions("c0"), store.runs()))


def test_figures_show_each_partys_line_with_what_readers_were_told(store: Store) -> None:
    old = stored(store, "3,000 lost", number=1)
    (told,) = read(store, old, figure(3000))
    record(store, old, first(told))
    new = stored(store, "3,050 lost; Seoul: 4,000", number=2, now=NOW + MINUTE)
    latest, seoul = read(store, new, figure(3050), figure(4000, by=(SEOUL,), start=12))
    both = (decision(latest, Kind.REPEATED), decision(seoul, Kind.DIFFERS, party="South Korea"))
    record(store, new, Comparison(both, (), {}))
    korea, ukraine = store.figures()
    assert (korea.party, korea.claim, korea.anchor, korea.series) == ("South Korea", seoul, None, KEY)
    assert (ukraine.party, ukraine.claim) == ("Ukraine", latest)
    assert ukraine.anchor == anchor_of("Ukraine", told)
    assert (ukraine.statements, ukraine.outlets) == (1, 1)
    assert len(store.figures("north-korean-troops")) == 2
    assert store.figures("another") == []


def test_changes_come_newest_first_with_their_claims(store: Store) -> None:
    for number, count in ((1, 3000), (2, 4000)):
        revision = stored(store, f"{count:,} lost", number=number)
        (one,) = read(store, revision, figure(count))
        with store.comparing() as book:
            book.record(revision.id, first(one), (), NOW + number * MINUTE)
    newest, oldest = store.changes()
    assert (newest.at, newest.change.after, newest.claim.figure.quantity) == (
        NOW + 2 * MINUTE,
        exactly(4000),
        exactly(4000),
    )
    assert store.changes(limit=1) == [newest]
    assert store.change(oldest.change.id) == oldest
    assert oldest.change == change(oldest.claim)


def test_a_claim_is_explained_with_its_text_and_what_came_of_it(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    detail = store.claim(one.id)
    assert detail is not None
    assert (detail.claim, detail.text, detail.extractor, detail.language) == (one, "3,000 lost", "1", "en")
    assert [line.decision for line in detail.decisions] == [decision(one)]
    assert [line.at for line in store.decisions(one.id)] == [NOW]
    assert [line.change for line in detail.changes] == [change(one)]
    assert detail.active


def test_a_change_is_shown_once_though_its_claim_is_stated_by_two_revisions(store: Store) -> None:
    for text_now in ("3,000 lost", "4,000 lost", "3,000 lost"):
        revision = stored(store, text_now)
        (one,) = read(store, revision, figure(int(text_now[0]) * 1000))
        record(store, revision, first(one))
    assert len(store.changes()) == 2
    assert {line.claim.figure.quantity.number: line.claim.origin.revision for line in store.changes()} == {
        3000: 3,
        4000: 2,
    }


def test_articles_come_newest_first(store: Store) -> None:
    for number in (1, 2, 3):
        store.add_entries([entry(number)], NOW + number * MINUTE, baseline=False)
    assert [line.url[-1] for line in store.articles()] == ["3", "2", "1"]
    assert [line.url[-1] for line in store.articles(limit=1)] == ["3"]
    (line,) = store.articles(limit=1)
    assert (line.status, line.pending, line.revisions, line.claims, line.title) == (None, True, 0, 0, "Losses mount")


def test_deliveries_are_listed_by_state_with_the_changes_they_tell(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one), delivery("d1", change(one).id), delivery("d2"))
    store.mark_dead("d2", NOW, "smtp_550")
    assert [(line.key, line.change_ids) for line in store.deliveries()] == [("d2", ()), ("d1", (change(one).id,))]
    assert [line.key for line in store.deliveries(DeliveryState.DEAD)] == ["d2"]
    assert [line.key for line in store.deliveries(limit=1)] == ["d2"]


def test_newer_news_of_a_series_doesnt_overtake_what_is_on_its_way_to_a_channel(store: Store) -> None:
    enqueue_news_of_a_series(store, 1)
    (older,) = store.lease_due(NOW, limit=5, lease=MINUTE, worker="slow")
    enqueue_news_of_a_series(store, 2)
    store.enqueue([delivery("other", channel="desk")], NOW)
    assert [due.key for due in store.lease_due(NOW, limit=5, lease=MINUTE, worker="quick")] == ["other"]
    store.mark_sent([older.key], NOW)
    assert [due.key for due in store.lease_due(NOW, limit=5, lease=MINUTE, worker="quick")] == ["d2"]


def test_nor_what_another_takes_in_the_same_moment(store: Store) -> None:
    enqueue_news_of_a_series(store, 1, 2)
    with leasing_meanwhile(store) as (meanwhile, taken):
        event.listen(store._database._engine, "commit", meanwhile, once=True)
        assert [due.key for due in store.lease_due(NOW, limit=1, lease=MINUTE, worker="slow")] == ["d1"]
    assert taken == []


@pytest.mark.postgres
@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)  # on SQLite nobody writes meanwhile
def test_nor_what_another_puts_together(store: Store) -> None:
    def plan(_: str, waiting: Sequence[WaitingDelivery], __: object) -> Rearrangement:
        assert [one.key for one in waiting] == ["d1"]
        enqueue_news_of_a_series(store, 2)
        meanwhile()
        return Rearrangement()

    enqueue_news_of_a_series(store, 1)
    with leasing_meanwhile(store) as (meanwhile, taken):
        store.rearrange(NOW, ["newsroom"], plan)
    assert taken == ["d1", "d2"]


def enqueue_news_of_a_series(store: Store, *numbers: int) -> None:
    for number in numbers:
        revision = stored(store, f"{number},000 lost", number=number)
        (one,) = read(store, revision, figure(number * 1_000))
        record(store, revision, first(one), delivery(f"d{number}", change(one).id))


@contextmanager
def leasing_meanwhile(store: Store) -> Iterator[tuple[Callable[..., None], list[str]]]:
    """What has another deliverer lease all that it may, and what that got in the end."""
    taken: list[str] = []

    def lease() -> None:
        taken.extend(due.key for due in store.lease_due(NOW, limit=5, lease=MINUTE, worker="quick"))

    def meanwhile(*_: object) -> None:
        other.start()
        other.join(0.3)  # it is ready by then, unless it waits

    other = threading.Thread(target=lease)
    yield meanwhile, taken
    other.join(30)


def test_the_deliveries_of_some_changes_are_found_among_many(store: Store) -> None:
    changes = []
    for number in (1, 2, 3):
        revision = stored(store, f"{number},000 lost", number=number)
        (one,) = read(store, revision, figure(number * 1_000))
        changes.append(change(one).id)
        mails = [delivery(f"d{number}{desk}", change(one).id, channel=desk) for desk in "ab"]
        record(store, revision, first(one), *mails)
    assert store.deliveries_of([]) == []
    found = store.deliveries_of(changes[:2])
    assert [line.key for line in found] == ["d2b", "d2a", "d1b", "d1a"]
    assert [line.change_ids for line in found] == [(changes[1],)] * 2 + [(changes[0],)] * 2


def test_a_long_list_of_deliveries_binds_few_values_at_a_time(store: Store) -> None:
    store.enqueue([delivery(f"d{number}") for number in range(700)], NOW)
    with statements(store) as asked:
        assert len(store.deliveries(limit=700)) == 700
    assert max(len(values) for _, values in asked) <= 310


def test_lists_leave_the_texts_of_their_articles_alone(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    with statements(store) as asked:
        assert len([*store.changes(), *store.figures(), *store.articles()]) == 3
        with store.comparing() as book:
            assert book.series(KEY).claims
            assert book.claim(one.id) == one
    assert [sql for sql, _ in asked if "revisions.text," in sql or "entry_text" in sql] == []


def test_a_comparison_reads_a_window_of_a_line_in_three_questions_and_a_known_claim_once(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    store._held = HeldClaims()
    for questions in (4, 3):  # which series there are, what readers were told, which claims, and what they say
        with store.comparing() as book, statements(store) as asked:
            assert book.series(KEY, Window("Ukraine")).claims == (("Ukraine", one),)
        assert len([sql for sql, _ in asked if "SELECT" in sql]) == questions


def test_a_known_claim_is_read_anew_once_a_person_has_ruled_on_it(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    with store.comparing() as book:
        assert book.series(KEY, Window("Ukraine")).claims == (("Ukraine", one),)
    with store._database.write() as session:
        session.execute(update(ClaimTable).values(accepted=True))
    with store.comparing() as book:
        assert book.series(KEY, Window("Ukraine")).claims == (("Ukraine", replace(one, accepted=True)),)


def test_a_claim_that_a_newer_extractor_reads_is_read_anew(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    with store._database.write() as session:
        session.execute(update(ClaimTable).values(confidence=0.5))
        session.execute(update(RevisionTable).values(extractor="newer"))
    with store.comparing() as book:
        ((_, again),) = book.series(KEY, Window("Ukraine")).claims
    assert again.figure.confidence == 0.5


def test_a_figure_that_agrees_is_compared_and_written_in_ten_statements(store: Store) -> None:
    """As many when the line is long: the windows of lines, and all that is written, go in one statement each."""
    watch = Watch(name=KEY.watch, subject=None, measures=frozenset(Measure))
    for number in range(12):
        revision = stored(store, f"{3000 + number} lost", number=number)
        read(store, revision, figure(3000))
        with statements(store) as sent, store.comparing() as book:
            arrival = book.arrival(revision.id)
            book.record(revision.id, compare(arrival, [watch], book), (), NOW)
    assert len([sql for sql, _ in sent if "pg_" not in sql]) <= 10


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent meanwhile, with the values that it binds."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        sent.append((sql, values))

    store.deliveries(limit=1)  # opens the database
    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_a_figure_for_a_strike_takes_as_many_statements_beside_twenty_strikes_as_beside_one(store: Store) -> None:
    watch = Watch(name="w", subject=None, measures=frozenset(Measure), scopes=frozenset({Scope.INCIDENT}))
    asked: list[int] = []
    for number in range(22):
        revision = stored(store, f"{50 + 10 * number} lost in town {number}", number=number)
        strike = replace(figure(50 + 10 * number), scope=Scope.INCIDENT, place=f"Town {number}")
        read(store, revision, strike)
        with statements(store) as sent, store.comparing() as book:
            comparison = compare(book.arrival(revision.id), [watch], book)
            book.record(revision.id, comparison, (), NOW)
        asked.append(len([sql for sql, _ in sent if "pg_" not in sql]))
        assert [one.kind for one in comparison.decisions] == [Kind.FIRST]
    assert asked[2] == asked[-1]


def test_runs_keep_what_they_came_to(store: Store) -> None:
    run = store.start_run(NOW)
    killed = store.start_run(NOW + MINUTE)
    assert set(store.status_counts(run)) == set(ArticleStatus)
    store.finish_run(run, {"new": 3, "problems": []}, NOW + 2 * MINUTE)
    last, done = store.runs()
    assert (last.id, last.started_at, last.finished_at, last.counts) == (killed, NOW + MINUTE, None, {})
    assert (done.id, done.finished_at, done.counts) == (run, NOW + 2 * MINUTE, {"new": 3, "problems": []})


def test_mutes_silence_a_watch_or_a_party_for_a_time(store: Store) -> None:
    party = store.add_mute("w", party="Russia", until=NOW + MINUTE, who="ana", why="noise", now=NOW)
    store.add_mute("v", until=None, who="ana", why="closed", now=NOW)
    assert [mute.watch for mute in store.list_mutes(NOW + MINUTE)] == ["v"]
    assert [mute.watch for mute in store.list_mutes(NOW + timedelta(days=999))] == ["v"]
    assert [(mute.watch, mute.party, mute.why) for mute in store.list_mutes(NOW)] == [
        ("w", "Russia", "noise"),
        ("v", None, "closed"),
    ]
    store.remove_mute(party)
    store.remove_mute(party)
    assert [mute.watch for mute in store.list_mutes(NOW)] == ["v"]


def asked_in_a_run(store: Store) -> list[tuple[str, Any]]:
    """The questions that a run puts to the database, with their values."""
    revision = stored(store, "3,000 lost")
    record(store, revision, first(*read(store, revision, figure(3000))))
    store._held = HeldClaims()
    asked: list[tuple[str, Any]] = []
    event.listen(store._database._engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    store.pending(NOW)
    store.unread()
    store.uncompared()
    store.lease_due(NOW, limit=5, lease=MINUTE, worker="w")
    store.claim("c0")
    store.deliveries(DeliveryState.DUE)
    with store.comparing() as book:
        book.series(KEY, Window("Ukraine"))
        book.other_lines(KEY)
        book.statements(KEY, "Ukraine", exactly(3000), day=NOW.date())
        book.incidents(KEY.watch, KEY.subject, NOW.date(), NOW.date())
        book.incidents(KEY.watch, KEY.subject, date(2024, 12, 31), date(2025, 1, 5))
        with suppress(StoreError):
            book.claim("c0")
    return [(question, values) for question, values in asked if "SELECT" in question and "pg_" not in question]


READ_WHOLE = {"holds", "failing"}
"""Channels on hold, and what operators were told of channels, addresses and causes: a handful, which prune keeps so."""


@pytest.mark.postgres
def test_postgresql_looks_the_questions_of_a_run_up_as_well(
    postgres: Callable[[str], str], migrated_template: str
) -> None:
    """Small tables are read through for good reason; with that made dear, a plan that does so has no index to use."""
    with Store(postgres(migrated_template)) as store:
        questions = asked_in_a_run(store)
        with store._database.read() as session:
            ask = session.connection().exec_driver_sql
            ask("SET LOCAL enable_seqscan = off")
            plans = [row[0] for asks, values in questions for row in ask(f"EXPLAIN {asks}", values)]
    assert len(questions) >= 9
    read_through = {row.split("Seq Scan on ")[1].split()[0] for row in plans if "Seq Scan on " in row}
    assert read_through & {*Table.metadata.tables} <= READ_WHOLE


def test_the_questions_of_a_run_are_look_ups_in_an_index(migrated_file: Path, tmp_path: Path) -> None:
    """SQLite's planner is asked about every question that was really put: no step reads a whole table."""
    with Store(f"sqlite:///{shutil.copy(migrated_file, tmp_path)}") as store:
        questions = asked_in_a_run(store)
        with store._database.read() as session:
            explain = session.connection().exec_driver_sql
            plans = [row[3] for asks, values in questions for row in explain(f"EXPLAIN QUERY PLAN {asks}", values)]
    assert len(questions) >= 9
    # A scan of a partial index reads those that wait and nothing else; channels on hold are a handful.
    read_through = {row.split()[1] for row in plans if row.startswith("SCAN") and "INDEX" not in row}
    assert read_through & {*Table.metadata.tables} <= READ_WHOLE
