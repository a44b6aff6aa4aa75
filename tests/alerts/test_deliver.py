"""The deliverer, with an outbox in memory and channels that do as they are told."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import alertkit
import pytest

from monitor.alerts.deliver import ATTEMPTS, HOLD, deliver_due, wait_before_retry
from monitor.alerts.journal import Journal
from monitor.alerts.mail import Receipt, unheard
from monitor.alerts.messages import Message, deliveries_for, notice
from monitor.domain.deliveries import DeliveryState, DueDelivery, NewDelivery
from monitor.errors import ChannelError, StoreError
from monitor.store.failing import AGAIN


@dataclass
class Row:
    key: str
    channel: str
    payload: Any
    due_at: datetime
    state: DeliveryState = DeliveryState.DUE
    attempts: int = 0
    error: str | None = None
    worker: str | None = None


class MemoryOutbox:
    """An outbox with verbs: `post` deliveries, ask for their `state`."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.known: dict[tuple[str, str, str], tuple[datetime, bool]] = {}

    def post(self, *channels: str, change: str = "x1", at: datetime = alertkit.NOW) -> list[NewDelivery]:
        made = deliveries_for(alertkit.message(alertkit.told(change)), channels, at)
        for one in made:
            self.rows.setdefault(one.key, Row(one.key, one.channel, one.payload, one.due_at))
        return made

    def states(self) -> list[str]:
        return [row.state.value for row in self.rows.values()]

    def lease_due(self, now: datetime, *, limit: int, lease: timedelta, worker: str) -> Sequence[DueDelivery]:
        waiting = (DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.HELD)
        due = [row for row in self.rows.values() if row.state in waiting and row.due_at <= now]
        for row in due[:limit]:
            row.state, row.due_at, row.worker = DeliveryState.LEASED, now + lease, worker
        return [DueDelivery(key=r.key, channel=r.channel, payload=r.payload, attempts=r.attempts) for r in due[:limit]]

    def mark_sent(self, keys: Sequence[str], now: datetime) -> None:
        for key in keys:
            self.rows[key].state = DeliveryState.SENT

    def mark_retry(self, key: str, due_at: datetime, error: str, *, worker: str) -> None:
        row = self.rows[key]
        assert row.worker == worker
        row.state, row.due_at, row.error, row.attempts = DeliveryState.DUE, due_at, error, row.attempts + 1

    def mark_dead(self, key: str, now: datetime, error: str, *, worker: str) -> None:
        assert self.rows[key].worker == worker
        self.rows[key].state, self.rows[key].error = DeliveryState.DEAD, error

    def give_back(self, key: str, *, worker: str) -> None:
        row = self.rows[key]
        assert row.worker == worker
        row.state, row.due_at = DeliveryState.DUE, alertkit.NOW

    def rearrange(self, now: datetime, channels: Any, plan: Any, *, ahead: bool = False) -> None:
        raise AssertionError("nobody gave paces")

    def note_failing(
        self, channel: str, reader: str, cause: str, now: datetime, notices: Sequence[NewDelivery]
    ) -> None:
        told_at, over = self.known.get((channel, reader, cause), (now - AGAIN, True))
        if over and told_at <= now - AGAIN:
            self.known[channel, reader, cause] = (now, False)
            self._add(notices)

    def failing(self, now: datetime) -> set[tuple[str, str]]:
        return {(channel, reader) for (channel, reader, _), (_, over) in self.known.items() if not over}

    def note_recovered(self, channel: str, reader: str, now: datetime, notices: Sequence[NewDelivery]) -> None:
        if (channel, reader) in self.failing(now):
            over = {one: (at, True) for one, (at, _) in self.known.items() if one[:2] == (channel, reader)}
            self.known |= over
            self._add(notices)

    def _add(self, made: Sequence[NewDelivery]) -> None:
        for one in made:
            self.rows.setdefault(one.key, Row(one.key, one.channel, one.payload, one.due_at))

    def hold_channel(self, channel: str, until: datetime, error: str, notices: Sequence[NewDelivery] = ()) -> None:
        self._add(notices)
        for row in self.rows.values():
            if row.channel == channel and row.state in (DeliveryState.DUE, DeliveryState.LEASED):
                row.state, row.due_at, row.error = DeliveryState.HELD, until, error


@dataclass
class FakeChannel:
    """Takes everything, unless told to `fail` first."""

    name: str = "mail"
    sent: list[str] = field(default_factory=list)
    tried: int = 0
    rests: int = 0
    failures: deque[ChannelError] = field(default_factory=deque)
    refused: tuple[tuple[str, int], ...] = ()

    def fail(self, code: str, times: int = 1, **how: Any) -> None:
        self.failures.extend([ChannelError(self.name, code, "failed", **how)] * times)

    def send(
        self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
    ) -> Receipt:
        self.tried += 1
        if self.failures:
            raise self.failures.popleft()
        self.sent.append(key)
        taken()
        return Receipt(self.refused)

    def rest(self) -> None:
        self.rests += 1


class Clock:
    def __init__(self) -> None:
        self.at = alertkit.NOW

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mail() -> FakeChannel:
    return FakeChannel()


def test_what_is_due_is_sent_once(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    (made,) = outbox.post("mail")
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 1
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 0
    assert mail.sent == [made.key]


def test_what_is_due_later_waits(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail", at=alertkit.NOW + timedelta(minutes=1))
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 0
    clock.advance(minutes=1)
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 1


def test_a_failure_for_now_is_tried_again_after_the_back_off(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail")
    mail.fail("smtp_451")
    report = deliver_due(outbox, {"mail": mail}, now=clock)
    assert (report.retried, report.failures[0].code) == (1, "smtp_451")
    clock.advance(seconds=20)
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 0
    clock.advance(seconds=20)
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 1


def test_newer_news_of_a_series_waits_for_older_news_that_failed_for_now(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel
):
    (older,), (newer,) = outbox.post("mail", change="x1"), outbox.post("mail", change="x2")
    (apart,) = deliveries_for(
        notice("silent", "A feed is silent", ("nothing for a week",), now=alertkit.NOW), ("mail",), alertkit.NOW
    )
    outbox.rows[apart.key] = Row(apart.key, apart.channel, apart.payload, apart.due_at)
    mail.fail("smtp_451")
    deliver_due(outbox, {"mail": mail}, now=clock, limit=3)
    assert mail.sent == [apart.key]
    assert [(outbox.rows[one.key].state.value, outbox.rows[one.key].attempts) for one in (older, newer)] == [
        ("due", 1),
        ("due", 0),
    ]


def test_a_failure_for_good_is_dead_at_once(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail")
    mail.fail("smtp_550", permanent=True)
    assert deliver_due(outbox, {"mail": mail}, now=clock).dead == 1
    assert [row.error for row in outbox.rows.values()] == ["smtp_550"]


def test_after_eight_tries_it_is_dead(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail")
    mail.fail("timeout", times=20)
    for _ in range(12):
        deliver_due(outbox, {"mail": mail}, now=clock)
        clock.advance(hours=2)
    assert (mail.tried, outbox.states()) == (ATTEMPTS, ["dead"])


def test_what_the_receiver_asks_for_wins(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    (made,) = outbox.post("mail")
    mail.fail("http_429", retry_after=600)
    deliver_due(outbox, {"mail": mail}, now=clock)
    assert outbox.rows[made.key].due_at == alertkit.NOW + timedelta(seconds=600)


def test_a_refused_login_holds_the_channel_and_not_the_others(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    for number in range(3):
        outbox.post("mail", "chat", change=f"x{number}")
    chat = FakeChannel("chat")
    mail.fail("smtp_535", auth=True)
    report = deliver_due(outbox, {"mail": mail, "chat": chat}, now=clock)
    assert (report.sent, report.held, mail.tried) == (3, 3, 1)
    assert all(row.attempts == 0 for row in outbox.rows.values())
    clock.advance(seconds=HOLD.total_seconds())
    assert deliver_due(outbox, {"mail": mail, "chat": chat}, now=clock).sent == 3


def test_a_channel_that_is_gone_holds_its_messages_and_gives_up_old_ones(outbox: MemoryOutbox, clock: Clock):
    """Operators hear of both."""
    pager = FakeChannel("pager")
    outbox.post("mail")
    report = deliver_due(outbox, {"pager": pager}, now=clock, operators={"pager": ()})
    assert (report.held, report.failures[0].code) == (1, "unknown_channel")
    clock.advance(days=8)
    assert deliver_due(outbox, {"pager": pager}, now=clock, operators={"pager": ()}).dead == 1
    assert [row.error for row in outbox.rows.values() if row.channel == "mail"] == ["unknown_channel"]
    said = [outbox.rows[key].payload["headline"] for key in pager.sent]
    assert said == ["The channel mail takes no alerts", "An alert to the channel mail was given up"]


def test_a_message_that_cannot_be_read_is_dead_and_stops_nothing(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail")
    outbox.rows["broken"] = Row("broken", "mail", {"id": "m"}, alertkit.NOW)
    report = deliver_due(outbox, {"mail": mail}, now=clock)
    assert (report.sent, report.dead) == (1, 1)
    assert outbox.rows["broken"].error == "bad_payload"


def test_a_recipient_refused_among_others_is_told(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    outbox.post("mail")
    mail.refused = (("bob@desk.example", 550),)
    report = deliver_due(outbox, {"mail": mail}, now=clock)
    assert (report.sent, [failure.code for failure in report.failures]) == (1, ["recipient_refused_550"])


def test_more_than_a_batch_and_no_more_than_the_limit(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    made = [outbox.post("mail", change=f"x{number}")[0].key for number in range(50)]
    assert deliver_due(outbox, {"mail": mail}, now=clock, limit=45).sent == 45
    assert (mail.sent, mail.rests) == (made[:45], 3)
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 5


def test_a_deliverer_that_died_after_sending_repeats_with_the_same_key(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel
):
    (made,) = outbox.post("mail")
    mark_sent = outbox.mark_sent

    def die(keys: Sequence[str], now: datetime) -> None:
        raise KeyboardInterrupt

    outbox.mark_sent = die  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        deliver_due(outbox, {"mail": mail}, now=clock)
    outbox.mark_sent = mark_sent  # type: ignore[method-assign]
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 0
    clock.advance(minutes=6)
    assert deliver_due(outbox, {"mail": mail}, now=clock).sent == 1
    assert mail.sent == [made.key, made.key]


def locked(keys: Sequence[str], now: datetime) -> None:
    """In the place of an outbox's `mark_sent`."""
    raise StoreError("locked")


def test_a_deliverer_whose_marks_fail_begins_nothing_more(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel):
    for number in range(20):
        outbox.post("mail", change=f"x{number}")
    outbox.mark_sent = locked  # type: ignore[method-assign]
    with pytest.raises(StoreError):
        deliver_due(outbox, {"mail": mail}, now=clock)
    assert len(mail.sent) <= 1


def test_what_was_answered_is_not_sent_again_where_its_mark_could_not_be_written(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The mark fails as it does when the deliverer is killed before it: the channel has answered by then."""
    outbox.post("mail")
    monkeypatch.setattr(outbox, "mark_sent", locked)
    with pytest.raises(StoreError):
        deliver_due(outbox, {"mail": mail}, now=clock, notes=tmp_path)
    monkeypatch.undo()
    clock.advance(minutes=6)
    deliver_due(outbox, {"mail": mail}, now=clock, notes=tmp_path)
    assert (len(mail.sent), outbox.states(), list(tmp_path.iterdir())) == (1, ["sent"], [])


def test_what_another_deliverer_has_been_answered_is_left_alone(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel, tmp_path: Path
) -> None:
    """It runs still, and is late with its mark: its lease has run out."""
    made = [*outbox.post("mail"), *outbox.post("mail", change="x2")]
    with Journal(tmp_path) as late:
        late.note(made[0].key)
        report = deliver_due(outbox, {"mail": mail}, now=clock, notes=tmp_path)
    assert (report.sent, mail.sent, outbox.states()) == (2, [made[1].key], ["sent", "sent"])


def test_a_message_that_breaks_its_channel_is_dead_and_stops_nothing(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel, caplog: pytest.LogCaptureFixture
):
    class Broken(FakeChannel):
        def send(
            self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
        ) -> Receipt:
            if message.items[0].change_id == "poison":
                raise ZeroDivisionError("https://hunter2@chat.example.org")
            return super().send(message, key, to=to, taken=taken)

    outbox.post("mail", "chat", change="poison")
    outbox.post("chat")
    report = deliver_due(outbox, {"mail": mail, "chat": Broken("chat")}, now=clock)
    assert (report.sent, report.dead, [failure.code for failure in report.failures]) == (2, 1, ["internal"])
    assert outbox.states() == ["sent", "dead", "sent"]
    assert "ZeroDivisionError in test_deliver.py" in caplog.text
    assert "hunter2" not in caplog.text


def test_what_a_short_lease_leaves_untried_is_given_back_and_counts_no_try(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel, monkeypatch: pytest.MonkeyPatch
):
    for number in range(3):
        outbox.post("mail", change=f"x{number}")
    seconds = iter([0, 0, 280, 280, 300, 300, 300])
    monkeypatch.setattr("monitor.alerts.deliver.time.monotonic", lambda: next(seconds))
    report = deliver_due(outbox, {"mail": mail}, now=clock, limit=3)
    assert (report.sent, mail.tried, report.failures) == (1, 1, ())
    assert outbox.states() == ["sent", "due", "due"]
    assert [row.attempts for row in outbox.rows.values()] == [0, 0, 0]


@pytest.mark.parametrize("attempts", range(ATTEMPTS))
def test_the_back_off_doubles_with_a_jitter_that_the_key_decides(attempts: int):
    waits = [wait_before_retry(f"d{number}", attempts).total_seconds() for number in range(50)]
    assert all(0.8 * 30 * 2**attempts <= wait <= 1.2 * 30 * 2**attempts for wait in waits)
    assert len(set(waits)) > 40
    assert waits[0] == wait_before_retry("d0", attempts).total_seconds()


def test_operators_hear_once_of_a_channel_that_is_held(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel) -> None:
    pager = FakeChannel("pager")
    outbox.post("mail")
    mail.fail("smtp_535", times=3, auth=True)
    for _ in range(3):
        deliver_due(outbox, {"mail": mail, "pager": pager}, now=clock, operators={"pager": (), "mail": ()})
        clock.advance(minutes=61)
    assert (len(pager.sent), mail.sent) == (1, [])


def test_operators_hear_once_of_what_is_given_up_for_a_cause_and_once_when_it_goes_again(
    outbox: MemoryOutbox, clock: Clock, mail: FakeChannel
) -> None:
    pager, operators = FakeChannel("pager"), {"pager": (), "mail": ()}

    def deliver() -> list[str]:
        before = len(pager.sent)
        for _ in range(2):
            deliver_due(outbox, {"mail": mail, "pager": pager}, now=clock, operators=operators)
        return [outbox.rows[key].payload["headline"] for key in pager.sent[before:]]

    for number in range(5):
        outbox.post("mail", change=f"x{number}")
    mail.fail("smtp_550", times=4, permanent=True)
    mail.fail("smtp_554", permanent=True)
    assert deliver() == ["An alert to the channel mail was given up"] * 2  # for two causes
    assert deliver() == []
    for number in range(5, 8):
        outbox.post("mail", change=f"x{number}")
        assert deliver() == (["Alerts to the channel mail go out again"] if number == 5 else [])


def test_a_channel_that_was_held_is_said_to_go_again(outbox: MemoryOutbox, clock: Clock, mail: FakeChannel) -> None:
    pager = FakeChannel("pager")
    outbox.post("mail")
    mail.fail("smtp_535", auth=True)
    for _ in range(4):
        deliver_due(outbox, {"mail": mail, "pager": pager}, now=clock, operators={"pager": ()})
        clock.advance(minutes=61)
    said = [outbox.rows[key].payload["headline"] for key in pager.sent]
    assert said == ["The channel mail takes no alerts", "Alerts to the channel mail go out again"]
