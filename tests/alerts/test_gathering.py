"""What becomes of alerts that wait together, from the outbox of a real store to what a channel is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import alertkit
import pytest

from monitor.alerts.deliver import deliver_due, move_waiting
from monitor.alerts.gathering import step, together
from monitor.alerts.mail import Receipt, unheard
from monitor.alerts.messages import Item, Message, compose, deliveries_for, notice
from monitor.domain.changes import Kind
from monitor.domain.claims import Measure
from monitor.domain.deliveries import DeliveryState
from monitor.domain.pace import Pace, parse_digest, parse_quiet_hours
from monitor.domain.quantities import Qualifier, Quantity, in_words
from monitor.errors import ChannelError
from monitor.store import Store

MORNING = alertkit.NOW.replace(hour=7, minute=0)
NIGHT = alertkit.NOW.replace(hour=23, minute=0) - timedelta(days=1)


def exactly(number: int | None) -> Quantity | None:
    return None if number is None else Quantity(number, number, Qualifier.EXACT)


@dataclass
class Desk:
    """A channel, its outbox and a clock: alerts are `told` to it, `rounds` are made, what arrived stands in `got`."""

    store: Store
    pace: Pace
    at: datetime = NIGHT
    got: list[Message] = field(default_factory=list)
    failures: list[ChannelError] = field(default_factory=list)
    name: str = "desk"
    number: int = 0

    def rest(self) -> None:
        """Nothing is kept."""

    def send(
        self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
    ) -> Receipt:
        if self.failures:
            raise self.failures.pop()
        self.got.append(message)
        return Receipt()

    def told(
        self,
        before: int | None,
        after: int | None,
        *,
        party: str = "South Korea",
        measure: Measure = Measure.CASUALTIES,
        urgent: bool = False,
        check: bool = False,
        addresses: tuple[str, ...] = (),
    ) -> None:
        self.number += 1
        kind = Kind.FIRST if before is None else Kind.WITHDRAWN if after is None else Kind.RAISED
        told = alertkit.told(f"x{self.number:012}", kind, measure)
        change = replace(told.change, party=party, before=exactly(before), after=exactly(after), check=check)
        message = compose("koreans", [replace(told, change=change)], now=self.at, urgent=urgent)
        made = deliveries_for(message, [self.name], self.at, {self.name: addresses}, paces={self.name: self.pace})
        self.store.enqueue([replace(one, change_ids=()) for one in made], self.at)

    def round(self, **later: float) -> None:
        self.at += timedelta(**later)
        deliver_due(self.store, {self.name: self}, now=lambda: self.at, paces={self.name: self.pace})

    def wants(self, pace: Pace) -> None:
        """The settings have changed, and are read."""
        self.pace = pace
        move_waiting(self.store, {self.name: pace}, self.at)

    @property
    def steps(self) -> list[list[tuple[int | None, int | None]]]:
        """What the messages told: the numbers before and after of each change."""
        return [
            [(one.before.number if one.before else None, one.after.number if one.after else None) for one in got.items]
            for got in self.got
        ]

    def states(self) -> list[DeliveryState]:
        return [line.state for line in reversed(self.store.deliveries())]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store("sqlite://") as store:
        store.migrate()
        yield store


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, Pace())


def test_without_a_pace_of_its_own_a_channel_gets_each_alert_at_once(desk: Desk) -> None:
    desk.told(None, 3000)
    desk.told(None, 600, measure=Measure.KILLED)
    desk.round()
    assert desk.steps == [[(None, 3000)], [(None, 600)]]


def test_what_comes_in_quiet_hours_waits_for_the_morning_and_comes_as_one(desk: Desk) -> None:
    desk.pace = Pace(quiet=parse_quiet_hours("22:00-07:00"))
    desk.told(3000, 4000)
    desk.round()
    desk.told(None, 600, measure=Measure.KILLED)
    desk.round(hours=5)
    assert desk.got == []
    desk.round(hours=3)
    assert desk.steps == [[(3000, 4000), (None, 600)]]
    assert desk.got[0].digest
    assert desk.states() == [DeliveryState.FOLDED, DeliveryState.FOLDED, DeliveryState.SENT]


def test_one_alert_of_the_night_comes_as_itself(desk: Desk) -> None:
    desk.pace = Pace(quiet=parse_quiet_hours("22:00-07:00"))
    desk.told(3000, 4000)
    desk.round(hours=8)
    assert [(one.digest, len(one.items)) for one in desk.got] == [(False, 1)]


def test_an_urgent_watch_waits_for_nothing(desk: Desk) -> None:
    desk.pace = Pace(quiet=parse_quiet_hours("22:00-07:00"), per_hour=1)
    desk.told(3000, 4000)
    desk.told(None, 600, measure=Measure.KILLED, urgent=True)
    desk.told(None, 70, measure=Measure.CAPTURED, urgent=True)
    desk.round()
    assert desk.steps == [[(None, 600)], [(None, 70)]]


def test_a_try_that_failed_in_the_evening_is_not_tried_again_at_night(desk: Desk) -> None:
    desk.pace = Pace(quiet=parse_quiet_hours("23:30-07:00"))
    desk.told(3000, 4000)
    desk.failures.append(ChannelError("desk", "timeout", "no answer"))
    desk.round(minutes=29)
    desk.round(minutes=10)
    assert desk.got == []
    desk.round(hours=8)
    assert desk.steps == [[(3000, 4000)]]


def test_a_daily_digest_tells_where_the_day_began_and_ended(desk: Desk) -> None:
    desk.pace = Pace(digest=parse_digest("daily 08:00"))
    desk.told(3000, 4000)
    desk.told(None, 600, measure=Measure.KILLED)
    desk.told(4000, 4700)
    desk.told(4700, 5000, party="Ukraine")
    desk.round(hours=8)
    assert desk.got == []
    desk.round(hours=2)
    assert desk.steps == [[(None, 600), (3000, 4700), (4700, 5000)]]
    assert desk.got[0].headline.startswith("Digest: ")
    desk.round(hours=24)
    assert len(desk.got) == 1


def test_what_went_up_and_came_back_in_the_meantime_is_not_told(desk: Desk) -> None:
    desk.pace = Pace(digest=parse_digest("daily 08:00"))
    desk.told(3000, 30000)
    desk.told(30000, 3000)
    desk.told(None, 50, measure=Measure.MISSING)
    desk.told(50, None, measure=Measure.MISSING)
    desk.round(hours=12)
    assert desk.got == []
    assert set(desk.states()) == {DeliveryState.FOLDED}


def test_beyond_the_cap_of_an_hour_the_rest_is_one_message(desk: Desk) -> None:
    desk.pace = Pace(per_hour=3)
    for number, measure in enumerate(Measure):
        desk.told(None, 100 + number, measure=measure)
    desk.round()
    assert [len(step) for step in desk.steps] == [1, 1, len(Measure) - 2]
    desk.told(100, 500)
    desk.told(101, 501, measure=Measure.KILLED)
    desk.round(minutes=30)
    assert len(desk.got) == 3
    desk.round(minutes=31)
    assert [len(step) for step in desk.steps[3:]] == [2]


def test_each_reader_of_a_channel_gets_one_digest(desk: Desk) -> None:
    desk.pace = Pace(digest=parse_digest("daily 08:00"))
    desk.told(3000, 4000, addresses=("a@desk.example", "b@desk.example"))
    desk.told(None, 600, measure=Measure.KILLED, addresses=("a@desk.example", "b@desk.example"))
    desk.round(hours=12)
    assert [len(step) for step in desk.steps] == [2, 2]


def test_an_older_alert_that_waits_is_overtaken_by_a_newer_one(desk: Desk) -> None:
    desk.told(3000, 4000)
    desk.failures.append(ChannelError("desk", "timeout", "no answer"))
    desk.round()
    desk.told(4000, 4700)
    desk.round(seconds=5)
    desk.round(hours=1)
    assert desk.steps == [[(4000, 4700)]]  # the older one may have come through, so the newer begins where it ended
    assert desk.states() == [DeliveryState.FOLDED, DeliveryState.SENT]


def test_a_burst_is_parked_and_summed_up_until_a_person_decides(desk: Desk) -> None:
    desk.pace = Pace(burst=4)
    for number in range(6):
        desk.told(None, 100 + number, party=f"Party {number}")
    desk.round()
    assert [(one.items, len(one.notes)) for one in desk.got] == [((), 9)]
    assert "6 alerts at once" in desk.got[0].headline
    desk.round(hours=1)
    assert len(desk.got) == 1
    freed = desk.store.release_parked(desk.at, "desk", lambda rows: together(rows, channel="desk", now=desk.at))
    desk.round()
    assert (freed, [len(step) for step in desk.steps]) == (6, [0, 6])


def test_a_burst_counts_what_went_out_just_before(desk: Desk) -> None:
    desk.pace = Pace(burst=4)
    for number in range(7):
        desk.told(None, 100 + number, party=f"Party {number}")
        desk.round(minutes=1)
    assert [len(step) for step in desk.steps] == [1, 1, 1, 1, 1, 1, 1]  # one by one it is a busy day
    for number in range(2):
        desk.told(None, 200 + number, party=f"Other {number}")
    desk.round(minutes=1)
    assert desk.got[-1].items == ()
    assert desk.store.drop_parked(desk.at, "desk") == 2
    desk.round(hours=1)
    assert desk.got[-1].items == ()


NIGHTLY, EARLY = Pace(quiet=parse_quiet_hours("22:00-07:00")), Pace(quiet=parse_quiet_hours("22:00-02:00"))
MORNINGLY, MONDAYS = Pace(digest=parse_digest("daily 08:00")), Pace(digest=parse_digest("wednesday 08:00"))


@pytest.mark.parametrize(
    ("before", "after", "hours"),  # from eleven in the evening, Sunday, until it is told
    [
        (NIGHTLY, Pace(), 0),
        (NIGHTLY, EARLY, 3),
        (EARLY, NIGHTLY, 8),
        (MORNINGLY, Pace(), 0),
        (MORNINGLY, NIGHTLY, 8),
        (NIGHTLY, MORNINGLY, 9),
        (MORNINGLY, MONDAYS, 57),
        (Pace(quiet=NIGHTLY.quiet, digest=MORNINGLY.digest), NIGHTLY, 8),
    ],
)
def test_what_waits_moves_when_the_settings_change(desk: Desk, before: Pace, after: Pace, hours: int) -> None:
    desk.pace = before
    desk.told(3000, 4000)
    desk.told(None, 600, measure=Measure.KILLED)
    desk.round(minutes=1)
    desk.wants(after)
    desk.wants(after)
    if hours:
        desk.round(hours=hours, minutes=-2)
        assert desk.got == []
    desk.round(minutes=1)
    assert desk.steps == [[(3000, 4000), (None, 600)]]


def test_settings_that_are_read_again_make_no_more_room_under_the_cap(desk: Desk) -> None:
    desk.pace = Pace(per_hour=2)
    for number, measure in enumerate(Measure):
        desk.told(None, 100 + number, measure=measure)
    desk.round()
    desk.told(100, 500)
    desk.told(101, 501, measure=Measure.KILLED)
    desk.round(minutes=30)
    desk.wants(Pace(per_hour=2))
    desk.round(minutes=29)
    assert len(desk.got) == 2
    desk.wants(Pace(per_hour=3))
    desk.round()
    assert len(desk.got) == 3


def test_a_wait_after_a_failed_try_is_no_matter_of_the_settings(desk: Desk) -> None:
    desk.told(3000, 4000)
    desk.failures.append(ChannelError("desk", "http_429", "slow down", retry_after=3600))
    desk.round()
    desk.wants(EARLY)
    desk.wants(Pace())
    desk.round(minutes=59)
    assert desk.got == []
    desk.round(minutes=2)
    assert desk.steps == [[(3000, 4000)]]


def test_notices_wait_for_nothing(desk: Desk) -> None:
    desk.pace = Pace(quiet=parse_quiet_hours("22:00-07:00"), digest=parse_digest("daily 08:00"))
    desk.store.enqueue(deliveries_for(notice("n", "A feed fails", ["x"], now=desk.at), ["desk"], desk.at), desk.at)
    desk.round()
    assert [one.headline for one in desk.got] == ["A feed fails"]


STEPS = [
    ((3000, 4000), (4000, 4700), Kind.RAISED, (3000, 4700)),
    ((3000, 4000), (4000, 2000), Kind.LOWERED, (3000, 2000)),
    ((None, 4000), (4000, 4700), Kind.FIRST, (None, 4700)),
    ((None, 4000), (4000, None), None, None),
    ((3000, 4000), (4000, None), Kind.WITHDRAWN, (3000, None)),
    ((3000, 4000), (4000, 3000), None, None),
]


def test_a_slip_takes_no_steps_place(desk: Desk) -> None:
    desk.pace = Pace(digest=parse_digest("daily 08:00"))
    desk.told(100, 200)
    desk.told(200, 20000, check=True)
    desk.round(hours=12)
    assert desk.steps == [[(100, 200), (200, 20000)]]


def test_what_is_due_today_is_not_put_off_by_the_next_digest(desk: Desk) -> None:
    desk.pace = Pace(digest=parse_digest("daily 08:00"))
    desk.told(100, 200)
    desk.at += timedelta(hours=9, minutes=30)  # the deliverer was down at eight
    desk.told(200, 300)
    desk.round()
    assert desk.steps == [[(100, 200)]]
    desk.round(hours=24)
    assert desk.steps == [[(100, 200)], [(200, 300)]]


def test_what_goes_on_from_a_parked_figure_waits_with_it(desk: Desk) -> None:
    desk.pace = Pace(burst=3)
    for number in range(5):
        desk.told(None, 100 + number, party=f"Party {number}")
    desk.round()
    desk.told(100, 300, party="Party 0")
    desk.told(None, 7, party="Another")
    desk.round(hours=1)
    assert desk.steps == [[], [(None, 7)]]
    desk.store.release_parked(desk.at, "desk", lambda rows: together(rows, channel="desk", now=desk.at))
    desk.round()
    assert (None, 300) in desk.steps[-1]
    assert len(desk.steps[-1]) == 5


def test_an_outage_is_no_burst(desk: Desk) -> None:
    desk.pace = Pace(burst=3)
    for number in range(5):
        desk.told(None, 100 + number, party=f"Party {number}")
        desk.at += timedelta(minutes=30)
    desk.round()
    assert [len(step) for step in desk.steps] == [1] * 5


def test_what_came_in_the_hours_of_a_hold_is_one_message(desk: Desk) -> None:
    for number in range(4):
        desk.failures = [ChannelError("desk", "smtp_535", "its login is refused", auth=True)]
        desk.told(None, 100 + number, party=f"Party {number}")
        desk.round(hours=1.1)
    assert desk.got == []
    desk.failures = []
    desk.told(None, 104, party="Party 4")
    desk.round(hours=1.1)
    assert desk.steps == [[(None, 100 + number) for number in range(5)]]


@pytest.mark.parametrize(("older", "newer", "kind", "left"), STEPS)
def test_two_steps_that_nobody_saw_are_one(
    older: tuple[int | None, int], newer: tuple[int, int | None], kind: Kind | None, left: tuple[int | None, int | None]
) -> None:
    def item(before: int | None, after: int | None) -> Item:
        told = alertkit.told(kind=Kind.FIRST if before is None else Kind.WITHDRAWN if after is None else Kind.RAISED)
        change = replace(told.change, before=exactly(before), after=exactly(after))
        return compose("w", [replace(told, change=change)], now=NIGHT).items[0]

    found = step(item(*older), item(*newer))
    assert (found and (found.kind, found.before, found.after)) == (left and (kind, exactly(left[0]), exactly(left[1])))
    if found and found.before and found.after:
        assert found.why == f"{in_words(found.before)} was told, now {in_words(found.after)}"
