"""The deliverer: takes due deliveries out of the outbox, sends them, and writes down how each of them ended.

At least once: a deliverer that dies before a receiver has answered leaves its lease to run out, and the repeat carries
the same key. What was answered stands in its journal. Errors are kept as their code alone; texts of servers and
addresses of channels stay out.
"""

import contextlib
import hashlib
import logging
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from monitor.alerts import notices
from monitor.alerts.channels import Channel
from monitor.alerts.gathering import due_anew, rearrange
from monitor.alerts.journal import Journal
from monitor.alerts.messages import Message, from_payload
from monitor.alerts.smtp import DEADLINE
from monitor.domain.deliveries import DueDelivery, NewDelivery, Rearrangement, SentDelivery, WaitingDelivery
from monitor.domain.pace import Pace
from monitor.errors import ChannelError

LEASE = timedelta(minutes=5)
BATCH = 20
ATTEMPTS = 8
FIRST_WAIT = 30.0
LONGEST_WAIT = 24 * 3600.0
"""Seconds."""
HOLD = timedelta(hours=1)
"""How long a channel rests that refused our credentials, or that the configuration no longer has."""
FORGET = timedelta(days=7)
"""A message for a channel that doesn't exist is given up at this age."""
PARALLEL = 8

log = logging.getLogger("monitor.deliver")


class Outbox(Protocol):
    """The deliveries as stored. All times are aware UTC; each method is one transaction."""

    def lease_due(self, now: datetime, *, limit: int, lease: timedelta, worker: str) -> Sequence[DueDelivery]:
        """Deliveries that are due (or whose lease ran out), now leased to this worker alone, in the order in which they
        are to be sent."""
        ...

    def rearrange(
        self,
        now: datetime,
        channels: Collection[str],
        plan: Callable[[str, Sequence[WaitingDelivery], Sequence[SentDelivery]], Rearrangement],
        *,
        ahead: bool = False,
    ) -> None:
        """Lets `plan` decide on what waits for each of these channels where something is due (or will be: `ahead`), and
        writes what it says."""
        ...

    def mark_sent(self, keys: Sequence[str], now: datetime) -> None:
        """Their channels took them."""
        ...

    def mark_retry(self, key: str, due_at: datetime, error: str, *, worker: str) -> None:
        """It failed for now: one attempt more, due again at the given time. Nothing when the lease is another's now."""
        ...

    def mark_dead(self, key: str, now: datetime, error: str, *, worker: str) -> None:
        """It will not be tried again unless a person asks for it. Nothing when the lease is another's now."""
        ...

    def give_back(self, key: str, *, worker: str) -> None:
        """It was not tried: due as before, no attempt counted. Nothing when the lease is another's now."""
        ...

    def hold_channel(self, channel: str, until: datetime, error: str, notices: Sequence[NewDelivery] = ()) -> None:
        """Every delivery of this channel that is due or leased waits until then; no attempt is counted. `notices` are
        written with it, once."""
        ...

    def note_failing(
        self, channel: str, reader: str, cause: str, now: datetime, notices: Sequence[NewDelivery]
    ) -> None:
        """Writes `notices` of what is given up for a reader (empty: the channel), unless operators know already; they
        go out at once, or when the last ones of this cause are a day old."""
        ...

    def failing(self, now: datetime) -> AbstractSet[tuple[str, str]]:
        """The channels and readers of which operators know that they get nothing."""
        ...

    def note_recovered(self, channel: str, reader: str, now: datetime, notices: Sequence[NewDelivery]) -> None:
        """Writes `notices` of a reader that gets something again, if operators know that it didn't."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """One delivery or recipient that failed: the channel's name and the code, as stored."""

    key: str
    channel: str
    code: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many deliveries ended how. `failures` lists every failed try, and recipients that a server refused
    while it took the message for others."""

    sent: int = 0
    retried: int = 0
    dead: int = 0
    held: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome:
    delivery: DueDelivery
    error: ChannelError | None = None
    refused: tuple[tuple[str, int], ...] = ()
    held: bool = False
    untried: bool = False


def deliver_due(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    *,
    now: Callable[[], datetime],
    limit: int = 500,
    worker: str = "deliverer",
    paces: Mapping[str, Pace] | None = None,
    operators: Mapping[str, Sequence[str]] | None = None,
    notes: Path | None = None,
) -> DeliveryReport:
    """Sends what is due, at most `limit` deliveries: channels side by side, each channel's messages in order.

    `paces` says how channels want to be written to; without one a channel gets everything at once. `operators`: the
    channels that hear of a channel that is held and of bursts, with their addresses. `notes`: the folder of this
    machine's journals. Raises what the outbox raises; failures of channels are recorded and counted.
    """
    counts: Counter[str] = Counter()
    failures: list[Failure] = []
    left, watchers = limit, operators or {}
    got: set[tuple[str, str]] = set()

    def record(outcome: _Outcome) -> None:
        counts[ended := _record(outbox, outcome, now(), worker, watchers)] += 1
        (got.add if ended == "sent" else got.discard)(_reader(outcome.delivery))  # how the last of them ended
        failures.extend(_failures(outcome))

    with Journal(notes) as journal:
        journal.settle(lambda keys: outbox.mark_sent(keys, now()))
        if paces:
            _rearrange(outbox, paces, watchers, now())
        while left > 0:
            batch = outbox.lease_due(now(), limit=min(BATCH, left), lease=LEASE, worker=worker)
            if not batch:
                break
            left -= len(batch)
            taken = journal.taken()
            for delivery in batch:
                if delivery.key in taken:  # by a deliverer that hasn't come to say so
                    record(_Outcome(delivery))
            behind = counts["untried"]
            _send_batch([one for one in batch if one.key not in taken], channels, now, record, journal.note)
            if paces and counts["untried"] > behind:  # newer news that was kept back takes the place of what failed
                _rearrange(outbox, paces, watchers, now())
    if got and watchers:
        _tell_recovered(outbox, got, now(), watchers)
    return DeliveryReport(counts["sent"], counts["retried"], counts["dead"], counts["held"], tuple(failures))


def _rearrange(
    outbox: Outbox, paces: Mapping[str, Pace], operators: Mapping[str, Sequence[str]], now: datetime
) -> None:
    outbox.rearrange(
        now,
        tuple(paces),
        lambda name, waiting, sent: rearrange(
            waiting, sent, channel=name, pace=paces[name], now=now, operators=operators
        ),
    )


def move_waiting(outbox: Outbox, paces: Mapping[str, Pace], now: datetime) -> None:
    """Puts what waits where the channels' paces have it now: to be called once for settings that were read anew."""
    outbox.rearrange(
        now,
        tuple(paces),
        lambda name, waiting, sent: due_anew(waiting, sent, pace=paces[name], now=now),
        ahead=True,
    )


def wait_before_retry(key: str, attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait after a failed try, `attempts` tries having gone before it: 30 s × 2^attempts, give or take a
    fifth that the key decides (so that a repeat of the run decides the same). What the receiver asked for wins."""
    if retry_after is not None:
        return timedelta(seconds=min(max(retry_after, 1.0), LONGEST_WAIT))
    digest = hashlib.sha256(f"{key}:{attempts}".encode()).digest()
    jitter = 0.8 + 0.4 * int.from_bytes(digest[:4]) / 0xFFFFFFFF
    return timedelta(seconds=min(FIRST_WAIT * 2**attempts * jitter, LONGEST_WAIT))


def _send_batch(
    batch: Sequence[DueDelivery],
    channels: Mapping[str, Channel],
    now: Callable[[], datetime],
    record: Callable[[_Outcome], None],
    note: Callable[[str], object],
) -> None:
    """Sends, and has each outcome written down; `note` hears the key of each message as soon as it is taken.

    Channels are written to in threads of their own. A message is marked before the next one of its channel is begun:
    so a kill doubles at most the one on its way on each channel. Nothing more is begun when marks can't be written.
    """
    started = time.monotonic()
    by_channel: dict[str, list[DueDelivery]] = {}
    for delivery in batch:
        by_channel.setdefault(delivery.channel, []).append(delivery)
    stop, alone = threading.Event(), threading.Lock()

    def run(line: Generator[_Outcome, None, None]) -> None:
        with contextlib.closing(line):
            for outcome in line:
                with alone, _stopping(stop):
                    record(outcome)
                if stop.is_set():
                    break

    with ThreadPoolExecutor(max_workers=PARALLEL) as pool, _stopping(stop):
        lines = [_send_in_order(line, channels.get(name), now, note, started) for name, line in by_channel.items()]
        for running in [pool.submit(run, line) for line in lines]:
            running.result()  # what can't be marked, and an unforeseen exception, end the run loudly


@contextlib.contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """Lets nothing more begin when what is inside fails."""
    try:
        yield
    except BaseException:
        stop.set()
        raise


def _send_in_order(
    line: Sequence[DueDelivery],
    channel: Channel | None,
    now: Callable[[], datetime],
    note: Callable[[str], object],
    started: float,
) -> Generator[_Outcome, None, None]:
    """One channel's deliveries, tried until it has to be held or the lease gets short. What tells a reader of a
    series whose older news has just failed for now is left: it would overtake."""
    held: ChannelError | None = None
    failed: frozenset[tuple[str, str]] = frozenset()
    try:
        for delivery in line:
            if held is not None:
                yield _Outcome(delivery, held, held=True)
            elif time.monotonic() - started > LEASE.total_seconds() - DEADLINE or (
                failed and failed & _lines(delivery)
            ):
                yield _Outcome(delivery, untried=True)
            else:
                outcome = _send(delivery, channel, now, note)
                if outcome.error is not None and not outcome.error.permanent:
                    failed |= _lines(delivery)
                held = outcome.error if outcome.error is not None and outcome.error.auth else None
                yield replace(outcome, held=held is not None)
    finally:
        if channel is not None:
            channel.rest()


def _lines(delivery: DueDelivery) -> frozenset[tuple[str, str]]:
    """The reader with each series that the delivery tells of; none where it can't be read."""
    _, reader = _reader(delivery)
    try:
        return frozenset((reader, item.series) for item in from_payload(delivery.payload).items)
    except ValueError:
        return frozenset()


def _send(
    delivery: DueDelivery, channel: Channel | None, now: Callable[[], datetime], note: Callable[[str], object]
) -> _Outcome:
    """One try. Whatever breaks in it is the fault of this message alone: the others, and the next rounds, go on."""
    try:
        return _try(delivery, channel, now, note)
    except ChannelError as error:
        return _Outcome(delivery, error)
    except Exception as bug:  # noqa: BLE001 -- unforeseen: it would come again with each round
        # Its text may hold addresses, so it is not logged, nor with it the traceback (TRY400).
        last = traceback.extract_tb(bug.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        log.error("delivery %s on %s given up: %s in %s", delivery.key, delivery.channel, type(bug).__name__, place)  # noqa: TRY400
        return _Outcome(delivery, ChannelError(delivery.channel, "internal", "its message broke it", permanent=True))


def _try(
    delivery: DueDelivery, channel: Channel | None, now: Callable[[], datetime], note: Callable[[str], object]
) -> _Outcome:
    try:
        message = from_payload(delivery.payload)
    except ValueError:
        error = ChannelError(delivery.channel, "bad_payload", "its message can't be read", permanent=True)
        return _Outcome(delivery, error)
    if channel is None:
        return _Outcome(delivery, _unknown(delivery.channel, message, now()))
    receipt = channel.send(message, delivery.key, to=delivery.payload.get("to"), taken=partial(note, delivery.key))
    return _Outcome(delivery, refused=receipt.refused)


def _unknown(channel: str, message: Message, now: datetime) -> ChannelError:
    old = now.astimezone(UTC) - message.at > FORGET
    return ChannelError(
        channel, "unknown_channel", "no channel of this name is configured", permanent=old, auth=not old
    )


def _record(
    outbox: Outbox, outcome: _Outcome, now: datetime, worker: str, operators: Mapping[str, Sequence[str]]
) -> str:
    """Writes the outcome down; the word of the report for it."""
    delivery, error = outcome.delivery, outcome.error
    if outcome.untried:
        outbox.give_back(delivery.key, worker=worker)
        return "untried"
    if error is None:
        outbox.mark_sent([delivery.key], now)
        return "sent"
    (channel, reader), others = _reader(delivery), _others(operators, delivery.channel)
    if outcome.held:
        if others:  # of the hold itself they hear with it
            outbox.note_failing(channel, "", f"hold:{error.code}", now, ())  # news again when they are given up
        outbox.hold_channel(channel, now + HOLD, error.code, notices.of_hold(channel, error.code, others, now))
        return "held"
    if error.permanent or delivery.attempts + 1 >= ATTEMPTS:
        if others:  # before: a deliverer that is killed in between says it, and tries again
            said = notices.of_given_up(channel, reader, error.code, others, now)
            outbox.note_failing(channel, reader, error.code, now, said)
        outbox.mark_dead(delivery.key, now, error.code, worker=worker)
        return "dead"
    wait = wait_before_retry(delivery.key, delivery.attempts, error.retry_after)
    outbox.mark_retry(delivery.key, now + wait, error.code, worker=worker)
    return "retried"


def _tell_recovered(
    outbox: Outbox, got: Collection[tuple[str, str]], now: datetime, operators: Mapping[str, Sequence[str]]
) -> None:
    """Operators hear of the readers that `got` something again."""
    for channel, reader in sorted(outbox.failing(now) & {one for name, to in got for one in ((name, to), (name, ""))}):
        said = notices.of_recovery(channel, reader, _others(operators, channel), now)
        outbox.note_recovered(channel, reader, now, said)


def _reader(delivery: DueDelivery) -> tuple[str, str]:
    """Whom it is for: its channel and, where that has several recipients, one of them (else empty)."""
    return delivery.channel, str(delivery.payload.get("to") or "")


def _others(operators: Mapping[str, Sequence[str]], channel: str) -> dict[str, Sequence[str]]:
    """The operators' channels that can tell of this one."""
    return {name: known for name, known in operators.items() if name != channel}


def _failures(outcome: _Outcome) -> Iterator[Failure]:
    delivery = outcome.delivery
    if outcome.error is not None:
        yield Failure(delivery.key, delivery.channel, outcome.error.code)
    for _, code in outcome.refused:
        yield Failure(delivery.key, delivery.channel, f"recipient_refused_{code}")
