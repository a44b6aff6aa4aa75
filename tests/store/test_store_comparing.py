"""Comparisons: what a revision is held against, and that all that follows is written once, or not at all."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from storekit import (
    KEY,
    MINUTE,
    NOW,
    SEOUL,
    UKRAINE,
    change,
    decision,
    delivery,
    entry,
    exactly,
    figure,
    first,
    page,
    read,
    record,
    stored,
)

from monitor.domain.book import MemoryBook
from monitor.domain.changes import Arrival, Book, Comparison, Kind
from monitor.domain.claims import Claim, Claimant, Measure, Scope, Status
from monitor.domain.compare import compare
from monitor.domain.series import SeriesKey, Support, anchor_of
from monitor.domain.watches import Watch
from monitor.errors import StoreError
from monitor.store import Store, judging

WATCH = Watch(
    name="all",
    subject=None,
    measures=frozenset(Measure),
    theatre=frozenset({"Kursk"}),
    scopes=frozenset(Scope),
)
NOTHING = Comparison((), (), {})


def opened(store: Store, *, number: int = 1, count: int = 3000) -> Claim:
    """A claim that opened the series."""
    revision = stored(store, f"{count:,} lost", number=number)
    (one,) = read(store, revision, figure(count))
    record(store, revision, first(one))
    return one


def test_a_series_that_nobody_spoke_of_is_empty(store: Store) -> None:
    with store.comparing() as book:
        series = book.series(KEY)
        assert (series.key, series.claims, dict(series.anchors)) == (KEY, (), {})


def test_an_arrival_is_no_part_of_its_series_before_it_is_recorded(store: Store) -> None:
    revision = stored(store, "3,000 lost", baseline=True)
    (one,) = read(store, revision, figure(3000))
    with store.comparing() as book:
        assert book.arrival(revision.id) == Arrival((one,), (), baseline=True)
        assert book.series(KEY).claims == ()
        book.record(revision.id, first(one), (), NOW)
        series = book.series(KEY)
        assert series.claims == (("Ukraine", one),)
        assert dict(series.anchors) == {"Ukraine": anchor_of("Ukraine", one)}
    assert store.uncompared() == []


def test_claims_of_every_status_are_in_their_series(store: Store) -> None:
    revision = stored(store, "3,000 lost, not 5,000")
    one, denied = read(store, revision, figure(3000), figure(5000, status=Status.DENIED, start=10))
    comparison = first(one)
    record(store, revision, replace(comparison, decisions=(*comparison.decisions, decision(denied, None))))
    with store.comparing() as book:
        assert {claim.id for claim in book.series(KEY).line("Ukraine")} == {one.id, denied.id}


def test_a_claim_of_two_parties_stands_in_both_lines(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000, by=(UKRAINE, SEOUL)))
    both = (decision(one), decision(one, Kind.CONFIRMED, party="South Korea"))
    record(store, revision, Comparison(both, (), {}))
    with store.comparing() as book:
        assert book.series(KEY).claims == (("Ukraine", one), ("South Korea", one))
        assert book.other_lines(KEY) == {"Ukraine": one, "South Korea": one}


def test_a_doubt_is_kept_beside_the_anchor_until_it_is_settled(store: Store) -> None:
    one = opened(store)
    revision = stored(store, "30,000 lost", number=2)
    (slip,) = read(store, revision, figure(30_000))
    doubt = anchor_of("Ukraine", slip)
    asked = replace(change(slip, Kind.RAISED), check=True)
    record(store, revision, Comparison((decision(slip, Kind.RAISED),), (asked,), {}, {(KEY, "Ukraine"): doubt}))
    with store.comparing() as book:
        assert dict(book.series(KEY).anchors) == {"Ukraine": anchor_of("Ukraine", one)}
        assert dict(book.series(KEY).doubts) == {"Ukraine": doubt}
    assert {line.change.kind: line.change.check for line in store.changes()} == {Kind.FIRST: False, Kind.RAISED: True}
    assert [line.doubt for line in store.figures()] == [doubt]
    later = stored(store, "31,000 lost", number=3)
    (right,) = read(store, later, figure(31_000))
    record(store, later, Comparison((decision(right, Kind.RAISED),), (), {}, {(KEY, "Ukraine"): None}))
    with store.comparing() as book:
        assert dict(book.series(KEY).doubts) == {}


def test_keys_that_differ_anywhere_are_different_series(store: Store) -> None:
    one = opened(store)
    others: tuple[SeriesKey, ...] = (
        replace(KEY, watch="other"),
        replace(KEY, subject="North Korea"),
        replace(KEY, measure=Measure.KILLED),
        replace(KEY, scope=Scope.PERIOD),
        replace(KEY, scope=Scope.PERIOD, window_days=7),
        replace(KEY, place="Kursk"),
        replace(KEY, place="null"),
        replace(KEY, incident="Kursk 2025-01-03", place="Kursk"),
    )
    with store.comparing() as book:
        assert [book.series(key).claims for key in others] == [()] * len(others)
        assert book.series(KEY).claims == (("Ukraine", one),)


def test_incident_series_are_found_by_watch_and_subject(store: Store) -> None:
    strike = replace(KEY, scope=Scope.INCIDENT, incident="Kursk 2025-01-03", place="Kursk")
    wounded = replace(strike, measure=Measure.WOUNDED)
    for number, key in enumerate((strike, wounded, replace(strike, watch="other"), KEY)):
        revision = stored(store, f"text {number}", number=number)
        (one,) = read(store, revision, figure(50))
        record(store, revision, first(one, key=key))
    with store.comparing() as book:
        found = book.incidents(KEY.watch, KEY.subject, date(2024, 12, 31), date(2025, 1, 3))
        assert sorted(key.measure for key in found) == ["casualties", "wounded"]
        assert book.incidents(KEY.watch, KEY.subject, date(2025, 1, 4), date(2025, 1, 9)) == []
        assert book.incidents(KEY.watch, "people", date(2024, 12, 31), date(2025, 1, 5)) == []
        assert book.beside(replace(strike, subject="people")) == [strike]
        for other in ({"place": "Sudzha"}, {"incident": "Kursk 2025-01-04"}, {"watch": "none"}):
            assert book.beside(replace(strike, subject="people", **other)) == []


# Revisions.


def test_a_revision_replaces_the_claims_of_the_one_before(store: Store) -> None:
    old = opened(store)
    revision = stored(store, "4,000 lost")
    (new,) = read(store, revision, figure(4000))
    with store.comparing() as book:
        assert book.arrival(revision.id) == Arrival((new,), (old,))
        assert book.series(KEY).claims == (("Ukraine", old),)
        book.record(revision.id, Comparison((decision(new, Kind.CORRECTED),), (), {}), (), NOW)
        assert book.series(KEY).claims == (("Ukraine", new),)
        assert book.claim(old.id) == old


def test_a_revision_without_claims_replaces_them_too(store: Store) -> None:
    old = opened(store)
    revision = stored(store, "none lost")
    read(store, revision)
    withdrawn = (decision(old, Kind.WITHDRAWN),)
    with store.comparing() as book:
        assert book.arrival(revision.id).replaced == (old,)
        book.record(revision.id, Comparison(withdrawn, (), {(KEY, "Ukraine"): None}), (), NOW)
        series = book.series(KEY)
        assert (series.claims, dict(series.anchors)) == ((), {})
    assert [line.decision.kind for line in store.decisions(old.id)] == [Kind.FIRST, Kind.WITHDRAWN]


def test_a_figure_that_returns_with_its_old_wording_is_compared_again(store: Store) -> None:
    old = opened(store)
    changed = stored(store, "4,000 lost")
    (new,) = read(store, changed, figure(4000))
    record(store, changed, Comparison((decision(new, Kind.CORRECTED),), (), {}))
    back = stored(store, "3,000 lost")
    (again,) = read(store, back, figure(3000))
    with store.comparing() as book:
        arrival = book.arrival(back.id)
        assert (arrival.claims, arrival.replaced) == ((again,), (new,))
        assert again.id == old.id
        book.record(back.id, Comparison((decision(again, Kind.CORRECTED),), (), {}), (), NOW)
        assert book.series(KEY).claims == (("Ukraine", again),)
    assert [line.decision.kind for line in store.decisions(again.id)] == [Kind.FIRST, Kind.CORRECTED]
    detail = store.claim(again.id)
    assert detail is not None
    assert detail.claim.origin.revision == 3


def test_claims_of_other_articles_are_left_alone(store: Store) -> None:
    other = opened(store, number=2, count=3100)
    opened(store)
    revision = stored(store, "4,000 lost")
    (new,) = read(store, revision, figure(4000))
    record(store, revision, Comparison((decision(new, Kind.CORRECTED),), (), {}))
    with store.comparing() as book:
        assert set(book.series(KEY).claims) == {("Ukraine", other), ("Ukraine", new)}


# Written once.


def test_recording_twice_writes_nothing_new(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    comparison = first(one)
    told = delivery("d1", comparison.changes[0].id)
    record(store, revision, comparison, told)
    before = (store.changes(), store.decisions(one.id), store.deliveries(), store.figures())
    record(store, revision, comparison, told, delivery("d2"))
    assert (store.changes(), store.decisions(one.id), store.deliveries(), store.figures()) == before


def test_a_change_or_delivery_that_is_known_is_not_written_over(store: Store) -> None:
    one = opened(store)
    revision = stored(store, "other words", number=2)
    read(store, revision)
    repeated = replace(change(one), after=exactly(9))
    record(store, revision, Comparison((), (repeated,), {}), delivery("d1", repeated.id))
    assert [line.change.after for line in store.changes()] == [exactly(3000)]
    store.mark_sent(["d1"], NOW)
    store.enqueue([delivery("d1"), delivery("d2")], NOW)
    assert sorted((line.key, line.state.value) for line in store.deliveries()) == [("d1", "sent"), ("d2", "due")]


def test_an_exception_inside_leaves_nothing_behind(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))

    def stumble() -> None:
        with store.comparing() as book:
            book.record(revision.id, first(one), [delivery("d1", change(one).id)], NOW)
            raise KeyError("a bug elsewhere")

    with pytest.raises(KeyError, match="a bug elsewhere"):
        stumble()
    assert (store.changes(), store.deliveries(), store.decisions(one.id)) == ([], [], [])
    assert store.uncompared() == [revision.id]


def test_deliveries_may_follow_in_the_same_transaction(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    with store.comparing() as book:
        book.record(revision.id, first(one), (), NOW)
        book.enqueue([delivery("d1", change(one).id)], NOW)
    (line,) = store.deliveries()
    assert line.change_ids == (change(one).id,)


def test_what_is_not_there_is_an_error(store: Store) -> None:
    unread = stored(store, "3,000 lost")
    with store.comparing() as book:
        for revision_id in (unread.id, 99):
            with pytest.raises(StoreError, match=f"no revision {revision_id}"):
                book.arrival(revision_id)
            with pytest.raises(StoreError, match=f"no revision {revision_id}"):
                book.record(revision_id, NOTHING, (), NOW)
        with pytest.raises(StoreError, match="no claim c0"):
            book.claim("c0")


def test_naive_times_are_refused(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    with pytest.raises(ValueError, match="naive"), store.comparing() as book:
        book.record(revision.id, first(one), (), NOW.replace(tzinfo=None))
    assert store.decisions(one.id) == []


# What stands behind a figure.


def test_copies_count_as_one_statement_in_several_outlets(store: Store) -> None:
    opened(store)
    for number, days in ((2, 1), (3, 30)):
        later = stored(store, f"{number}: still 3,000 lost", number=number)
        dated = replace(figure(3000), as_of=NOW.date() + timedelta(days=days) if days < 2 else None)
        (copy,) = read(store, later, dated)
        record(store, later, Comparison((decision(copy, Kind.REPEATED),), (), {}))
    with store.comparing() as book:
        assert book.statements(KEY, "Ukraine", exactly(3000), day=NOW.date()) == Support(1, 1)
        assert book.statements(KEY, "Ukraine", exactly(9000), day=NOW.date()) == Support(0, 0)
        assert book.statements(KEY, "Russia", exactly(3000), day=NOW.date()) == Support(0, 0)


def test_an_arrival_can_be_counted_before_it_is_recorded(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    with store.comparing() as book:
        assert book.statements(KEY, "Ukraine", exactly(3000), day=NOW.date(), also=[one]) == Support(1, 1)
        book.record(revision.id, first(one), (), NOW)
        assert book.statements(KEY, "Ukraine", exactly(3000), day=NOW.date(), also=[one]) == Support(1, 1)


# As the domain asks it.


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([0, 2900, 3000, 3100, 4000]), st.sampled_from([UKRAINE, SEOUL])),
        min_size=1,
        max_size=8,
    )
)
def test_the_store_is_the_same_book_as_the_one_in_memory(store: Store, steps: list[tuple[int, int, Claimant]]) -> None:
    """Articles and their revisions in any order: the same decisions, changes and anchors as without a database."""
    _forget(store)
    memory = MemoryBook()
    newest: dict[int, str] = {}
    for minute, (number, count, claimant) in enumerate(steps):
        wording = f"{count} lost, says {claimant.name}"
        if newest.get(number) == wording:
            continue
        newest[number] = wording
        now = NOW + minute * MINUTE
        store.add_entries([entry(number, text=wording, full_text=True)], now, baseline=False)
        (waiting,) = store.pending(now)
        if not store.save_text(waiting.id, page(wording), now):
            continue  # it flaps
        revision = store.unread()[-1]
        read(store, revision, *([figure(count, by=(claimant,))] if count else []))
        with store.comparing() as book:
            checked: Book = book
            arrival = book.arrival(revision.id)
            comparison = compare(arrival, [WATCH], checked)
            assert comparison == compare(arrival, [WATCH], memory)
            book.record(revision.id, comparison, (), NOW)
            memory.record(arrival, comparison)
            keys = {one.series for one in comparison.decisions} | {key for key, _ in comparison.anchors}
            for key in keys:
                assert set(book.series(key).claims) == set(memory.series(key).claims)
                assert dict(book.series(key).anchors) == dict(memory.series(key).anchors)
                assert dict(book.series(key).doubts) == dict(memory.series(key).doubts)


def _forget(store: Store) -> None:
    """Each example of a property starts from an empty database."""
    tables = "decisions changes anchors doubts series claims entries revisions articles"
    with store._database.write() as session:
        for table in tables.split():
            session.execute(text(f"DELETE FROM {table}"))


def test_two_comparers_take_turns(store: Store) -> None:
    """Both want to open the series; the second finds it open."""
    revisions = [stored(store, f"{count} lost", number=count) for count in (3000, 4000)]
    for revision, count in zip(revisions, (3000, 4000), strict=True):
        read(store, revision, figure(count))
    kinds: list[str | None] = []
    together = threading.Barrier(2)

    def run(revision_id: int) -> None:
        together.wait()
        with store.comparing() as book:
            comparison = compare(book.arrival(revision_id), [WATCH], book)
            book.record(revision_id, comparison, (), NOW)
            kinds.extend(one.kind for one in comparison.decisions)

    threads = [threading.Thread(target=run, args=(revision.id,)) for revision in revisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(kinds) == 2
    assert kinds.count(Kind.FIRST) == 1


def test_verdicts_load_no_whole_texts_with_the_claims() -> None:
    statement = str(judging._claims())
    assert "revisions.text," not in statement
    assert "entry_text" not in statement


def test_the_last_moves_of_a_line_leave_out_what_says_the_same_again(store: Store) -> None:
    for number, (count, kind) in enumerate(
        [(3000, Kind.FIRST), (3000, Kind.REPEATED), (2000, Kind.LATE), (4700, Kind.RAISED)], start=1
    ):
        revision = stored(store, f"{count:,} lost, {number}", number=number, now=NOW + number * MINUTE)
        (one,) = read(store, revision, figure(count))
        record(store, revision, replace(first(one), decisions=(decision(one, kind),), changes=()))
    with store.comparing() as book:
        moves = book.last_moves(KEY, "Ukraine")
        assert [(one.kind, one.after) for one in moves] == [(Kind.FIRST, exactly(3000)), (Kind.RAISED, exactly(4700))]
        assert book.last_moves(KEY, "Russia") == []
