"""The outbox: at least once, to one deliverer at a time, and never lost."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from storekit import MINUTE, NOW, delivery

from monitor.domain.deliveries import DeliveryState, DueDelivery
from monitor.store import DeliveryLine, Store

LEASE = 2 * MINUTE


def lease(store: Store, *, after: timedelta = timedelta(), limit: int = 10, worker: str = "w1") -> list[str]:
    return [due.key for due in store.lease_due(NOW + after, limit=limit, lease=LEASE, worker=worker)]


def line(store: Store, key: str = "d1") -> DeliveryLine:
    return next(one for one in store.deliveries() if one.key == key)


def test_a_delivery_is_leased_with_its_message(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    (due,) = store.lease_due(NOW, limit=5, lease=LEASE, worker="w1")
    assert due == DueDelivery(key="d1", channel="newsroom", payload={"subject": "d1"}, attempts=0)
    assert line(store).state is DeliveryState.LEASED


def test_nothing_is_leased_before_it_is_due_and_the_longest_due_first(store: Store) -> None:
    store.enqueue([delivery(f"d{minute}", due_at=NOW + minute * MINUTE) for minute in (3, 1, 2)], NOW)
    assert lease(store) == []
    assert lease(store, after=2 * MINUTE, limit=1) == ["d1"]
    assert lease(store, after=3 * MINUTE, limit=1) == ["d2"]
    assert lease(store, after=3 * MINUTE) == ["d3"]


def test_what_is_due_together_goes_out_in_the_order_in_which_it_was_enqueued(store: Store) -> None:
    store.enqueue([delivery("d3"), delivery("d1")], NOW)
    store.enqueue([delivery("d1"), delivery("d2")], NOW)
    assert lease(store) == ["d3", "d1", "d2"]
    store.mark_retry("d3", NOW + 5 * MINUTE, "timeout")
    store.mark_retry("d1", NOW + 4 * MINUTE, "timeout")
    assert lease(store, after=5 * MINUTE) == ["d3", "d1", "d2"]  # an outage changes nothing in it


def test_a_leased_delivery_is_nobody_elses_until_the_lease_runs_out(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    assert lease(store) == ["d1"]
    assert lease(store, after=LEASE - timedelta(seconds=1), worker="w2") == []
    (again,) = store.lease_due(NOW + LEASE, limit=5, lease=LEASE, worker="w2")
    assert again.attempts == 1  # the try that never came back counts


def test_a_sent_delivery_is_never_leased_again(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    store.mark_sent(["d1"], NOW + MINUTE)
    assert lease(store, after=timedelta(days=1)) == []
    assert (line(store).state, line(store).ended_at) == (DeliveryState.SENT, NOW + MINUTE)
    assert store.next_due(NOW) is None


def test_a_failed_try_is_due_again_when_the_alerts_room_says(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    store.mark_retry("d1", NOW + 5 * MINUTE, "smtp_451")
    assert (line(store).state, line(store).error) == (DeliveryState.DUE, "smtp_451")
    assert lease(store, after=4 * MINUTE) == []
    (again,) = store.lease_due(NOW + 5 * MINUTE, limit=5, lease=LEASE, worker="w1")
    assert again.attempts == 1


def test_a_dead_delivery_waits_for_a_person(store: Store) -> None:
    store.enqueue([delivery("d1"), delivery("d2")], NOW)
    lease(store)
    store.mark_dead("d1", NOW, "smtp_550")
    store.mark_sent(["d2"], NOW)
    assert lease(store, after=timedelta(days=30)) == []
    assert [one.key for one in store.deliveries(DeliveryState.DEAD)] == ["d1"]
    assert store.retry_deliveries(None, NOW, channel="desk") == 0
    assert store.retry_deliveries(["d1", "d2"], NOW, channel="newsroom") == 1
    (again,) = store.lease_due(NOW, limit=5, lease=LEASE, worker="w1")
    assert (again.key, again.attempts) == ("d1", 0)


@pytest.mark.parametrize("mark", ["retry", "dead"])
def test_a_late_worker_doesnt_undo_a_delivery_that_was_sent_meanwhile(store: Store, mark: str) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    lease(store, after=LEASE, worker="w2")
    store.mark_sent(["d1"], NOW + LEASE)
    if mark == "retry":
        store.mark_retry("d1", NOW + LEASE, "timeout")
    else:
        store.mark_dead("d1", NOW + LEASE, "timeout")
    assert line(store).state is DeliveryState.SENT


@pytest.mark.parametrize("mark", ["retry", "dead", "give back"])
def test_a_late_worker_leaves_a_delivery_to_the_one_that_holds_it_now(store: Store, mark: str) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    lease(store, after=LEASE, worker="w2")
    if mark == "retry":
        store.mark_retry("d1", NOW + LEASE, "timeout", worker="w1")
    elif mark == "dead":
        store.mark_dead("d1", NOW + LEASE, "timeout", worker="w1")
    else:
        store.give_back("d1", worker="w1")
    assert (line(store).state, line(store).attempts, line(store).error) == (DeliveryState.LEASED, 2, None)
    store.mark_retry("d1", NOW + LEASE, "smtp_451", worker="w2")
    assert (line(store).state, line(store).error) == (DeliveryState.DUE, "smtp_451")


def test_a_delivery_that_was_not_tried_is_due_as_before_and_counts_no_try(store: Store) -> None:
    store.enqueue([delivery("d1"), delivery("d2")], NOW)
    lease(store)
    store.give_back("d1", worker="w1")
    (again,) = store.lease_due(NOW, limit=5, lease=LEASE, worker="w2")
    assert (again.key, again.attempts) == ("d1", 0)


# Holds.


def test_a_held_channel_waits_as_a_whole_and_the_others_go_on(store: Store) -> None:
    store.enqueue([delivery("d1"), delivery("d2"), delivery("d3", channel="desk")], NOW)
    assert lease(store, limit=1) == ["d1"]
    store.hold_channel("newsroom", NOW + 30 * MINUTE, "smtp_535")
    store.enqueue([delivery("d4")], NOW)
    assert lease(store, after=5 * MINUTE) == ["d3"]
    assert [one.key for one in store.deliveries(DeliveryState.HELD)] == ["d2", "d1"]
    assert store.held_channels(NOW) == {"newsroom": "smtp_535"}


def test_a_hold_ends_by_itself_and_its_tries_dont_count(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    store.hold_channel("newsroom", NOW + 30 * MINUTE, "smtp_535")
    store.hold_channel("newsroom", NOW + 30 * MINUTE, "smtp_535")
    assert store.held_channels(NOW + 30 * MINUTE) == {}
    (again,) = store.lease_due(NOW + 30 * MINUTE, limit=5, lease=LEASE, worker="w1")
    assert again.attempts == 0


def test_a_hold_without_an_end_waits_for_a_person(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    store.hold_channel("newsroom", None, "smtp_535")
    assert lease(store, after=timedelta(days=365)) == []
    assert store.retry_deliveries(None, NOW + MINUTE) == 1
    assert store.held_channels(NOW) == {}
    assert lease(store, after=MINUTE) == ["d1"]


def test_a_channel_can_be_released(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    store.hold_channel("newsroom", None, "smtp_535")
    store.release_channel("newsroom")
    store.release_channel("never held")
    assert lease(store) == ["d1"]


def test_a_message_that_went_out_all_the_same_is_sent(store: Store) -> None:
    store.enqueue([delivery("d1")], NOW)
    lease(store)
    store.hold_channel("newsroom", None, "smtp_535")
    store.mark_sent(["d1"], NOW)
    assert line(store).state is DeliveryState.SENT
    assert store.retry_deliveries(None, NOW) == 0


# When to come back.


def test_the_next_time_is_the_earliest_of_all_that_waits(store: Store) -> None:
    assert store.next_due(NOW) is None
    store.enqueue([delivery("d1", due_at=NOW + 9 * MINUTE), delivery("d2", channel="desk")], NOW)
    assert store.next_due(NOW) == NOW
    lease(store)
    assert store.next_due(NOW) == NOW + LEASE
    store.mark_sent(["d2"], NOW)
    assert store.next_due(NOW) == NOW + 9 * MINUTE
    store.hold_channel("newsroom", NOW + 30 * MINUTE, "smtp_535")
    assert store.next_due(NOW) == NOW + 30 * MINUTE
    store.hold_channel("newsroom", None, "smtp_535")
    assert store.next_due(NOW) is None


# Many at once.


@pytest.mark.parametrize("workers", [2, 4])
def test_no_two_workers_ever_hold_the_same_delivery(store: Store, workers: int) -> None:
    count = 60
    store.enqueue([delivery(f"d{number:03}") for number in range(count)], NOW)
    taken: list[str] = []
    together = threading.Barrier(workers)

    def work(name: str) -> None:
        together.wait()
        while mine := store.lease_due(NOW, limit=3, lease=LEASE, worker=name):
            for due in mine:
                taken.append(due.key)
                store.mark_sent([due.key], NOW)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == [f"d{number:03}" for number in range(count)]
    assert store.next_due(NOW) is None


def test_payloads_come_back_as_json_has_them(store: Store) -> None:
    payload = {"subject": "3 000 втрат\0", "lines": [1, 2.5, None, True, {"a": "b"}], "nothing": {}}
    store.enqueue([replace(delivery("d1"), payload=payload)], NOW)
    (due,) = store.lease_due(NOW, limit=1, lease=LEASE, worker="w1")
    assert due.payload == payload | {"subject": "3 000 втрат\ufffd"}


def test_naive_times_are_refused(store: Store) -> None:
    naive = datetime(2025, 1, 13)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="naive"):
        store.enqueue([delivery("d1", due_at=naive)], NOW)
    with pytest.raises(ValueError, match="naive"):
        store.lease_due(naive, limit=1, lease=LEASE, worker="w1")
    with pytest.raises(ValueError, match="naive"):
        store.hold_channel("newsroom", naive, "x")
    assert store.deliveries() == []


def test_operators_are_told_of_a_cause_once_until_it_is_over_and_once_a_day_at_most(store: Store) -> None:
    def told() -> list[str]:
        return sorted(one.key for one in store.deliveries())

    day, reader = timedelta(days=1), ("mail", "a@b.org")
    for number, (cause, after) in enumerate([("smtp_550", 0), ("smtp_550", 2), ("smtp_554", 2), ("smtp_550", 3)]):
        store.note_failing(*reader, cause, NOW + after * day, [delivery(f"n{number}")])
    assert (told(), store.failing(NOW + 3 * day)) == (["n0", "n2"], {reader})
    store.note_recovered("mail", "", NOW + 3 * day, [delivery("r0")])
    store.note_recovered(*reader, NOW + 3 * day, [delivery("r1")])
    store.note_recovered(*reader, NOW + 3 * day, [delivery("r2")])
    assert (told(), store.failing(NOW + 3 * day)) == (["n0", "n2", "r1"], set())
    # Told half a day ago: it is told when the day is over, and what comes between, its end too, isn't.
    later = NOW + 2.5 * day
    store.note_failing(*reader, "smtp_554", later, [delivery("n4", due_at=later)])
    store.note_failing(*reader, "smtp_554", later, [delivery("n5", due_at=later)])
    store.note_recovered(*reader, later, [delivery("r3")])
    assert (told(), store.failing(later)) == (["n0", "n2", "n4", "r1"], set())
    assert {one.key: one.due_at for one in store.deliveries()}["n4"] == NOW + 3 * day
    store.note_recovered(*reader, NOW + 3 * day, [delivery("r4")])
    assert (told(), store.failing(NOW + 3 * day)) == (["n0", "n2", "n4", "r1", "r4"], set())
