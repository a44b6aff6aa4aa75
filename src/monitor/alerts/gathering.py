"""What becomes of alerts that wait together for one reader. Pure.

Newer news takes the place of older news of the same line; what waited for quiet hours, for the time of a digest or for
room under the cap of an hour goes out as one message; and more at once than is believable waits for a person.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.alerts.messages import (
    Item,
    Message,
    deliveries_for,
    delivery,
    digest,
    from_payload,
    headline,
    notice,
    to_payload,
)
from monitor.domain.changes import Kind, direction
from monitor.domain.deliveries import NewDelivery, Rearrangement, SentDelivery, WaitingDelivery
from monitor.domain.pace import BURST_WITHIN, HOUR, Pace
from monitor.domain.quantities import agree, in_words

SOON = timedelta(seconds=5)
"""What is due this much later than it was composed was made to wait."""
NAMED_IN_NOTICE = 20


@dataclass(slots=True)
class _Waiting:
    """One alert that waits. `items` are what is left to tell of it."""

    row: WaitingDelivery
    message: Message
    items: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.items = list(self.message.items)

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def to(self) -> str | None:
        return self.row.payload.get("to")

    @property
    def untried(self) -> bool:
        return self.row.attempts == 0

    @property
    def delayed(self) -> bool:
        return self.row.held or self.row.due_at > self.message.at + SOON

    @property
    def stale(self) -> bool:
        """True when newer news of the same line takes its place; till then each step is told, and a digest is whole."""
        return not self.message.digest and (self.delayed or not self.untried)

    def due_by(self, pace: Pace, now: datetime, full: datetime | None) -> datetime:
        """When it goes out at this pace; `full`: until when there is no room under the cap of an hour."""
        if self.message.urgent or not self.message.items:
            return now
        due = self.message.at if self.message.digest else pace.due(self.message.at)
        due = max(due, now, full or now)
        return pace.waits_until(due) or due

    def left(self) -> Message:
        """The message without what newer ones tell."""
        return replace(self.message, items=tuple(self.items), headline=headline(self.items))


def rearrange(
    waiting: Sequence[WaitingDelivery],
    sent: Sequence[SentDelivery],
    *,
    channel: str,
    pace: Pace,
    now: datetime,
    operators: Mapping[str, Sequence[str]] | None = None,
) -> Rearrangement:
    """Decides for all that waits for a channel, in the order in which it was put there. `sent`: what it got in the last
    hour. `operators`: the addresses of the channels that hear of a burst as well."""
    found = [
        _Line(channel, to, pace, now, [one.at for one in sent if one.to == to], operators or {}).rearranged(line)
        for to, line in _by_reader(waiting).items()
    ]
    return Rearrangement(
        new=tuple(one for part in found for one in part.new),
        folded={key: into for part in found for key, into in part.folded.items()},
        postponed={key: due for part in found for key, due in part.postponed.items()},
        rewritten={key: payload for part in found for key, payload in part.rewritten.items()},
        parked=tuple(key for part in found for key in part.parked),
    )


def due_anew(
    waiting: Sequence[WaitingDelivery], sent: Sequence[SentDelivery], *, pace: Pace, now: datetime
) -> Rearrangement:
    """Puts what waits for a channel's pace where the pace of now has it: the settings may have changed since. What was
    tried keeps its wait, what is due stays due, what is parked waits for its person, and a notice for its time."""
    moved: dict[str, datetime] = {}
    for to, line in _by_reader(waiting).items():
        full = _full_until([one.at for one in sent if one.to == to], pace, now)
        for one in line:
            if one.untried and one.message.items and not one.row.parked and one.row.due_at > now:
                due = one.due_by(pace, now, full)
                if due != one.row.due_at:
                    moved[one.key] = due
    return Rearrangement(postponed=moved)


def together(waiting: Sequence[WaitingDelivery], *, channel: str, now: datetime) -> Rearrangement:
    """All that waits as one message for each reader, whatever the channel's pace: what a person has let go."""
    new: list[NewDelivery] = []
    folded: dict[str, str | None] = {}
    for to, line in _by_reader(waiting).items():
        made, gone = _digest(line, channel, to, now)
        new += made
        folded |= gone
    return Rearrangement(new=tuple(new), folded=folded)


def overtake(
    line: Sequence[_Waiting],
    stale: Callable[[_Waiting], bool] = lambda _: True,
    takes: Callable[[_Waiting], bool] = lambda _: True,
) -> dict[str, str | None]:
    """Takes out of older messages, if they are `stale`, what newer ones that `takes` tell of the same line, and lets
    the newer ones begin at what the reader was told last. What is to be checked takes no place: it may be a slip.
    Returns the messages that have nothing left to tell, each with the one that does."""
    last: dict[tuple[str, str], tuple[_Waiting, Item]] = {}
    heirs: dict[str, str | None] = {}
    for one in line:
        left: list[Item] = []
        for item in one.items:
            told_now: Item | None = item
            older, told = last.pop((item.series, item.party), (None, item))
            if item.check and not told.check:
                older = None
            if older is not None and older is not one and stale(older) and takes(one):
                older.items.remove(told)
                heirs[older.key] = one.key
                told_now = step(told, item) if older.untried else item
            if told_now is not None:
                left.append(told_now)
                last[item.series, item.party] = (one, told_now)
        one.items = left
    return {one.key: heirs.get(one.key) for one in line if one.message.items and not one.items}


def step(older: Item, newer: Item) -> Item | None:
    """Two steps of one line as one, for a reader who was told of neither; None when they end where they began.
    What it says of why it is told is of the whole step."""
    before, after = older.before, newer.after
    if after is None:
        return replace(newer, before=before) if before is not None else None
    if before is None:
        return replace(newer, before=None, kind=Kind.FIRST, was_quote="", why=older.why)
    differed = older.kind is Kind.DIFFERS
    if agree(before, after, same_party=not differed):
        return None
    if differed:
        return replace(newer, before=before, kind=Kind.DIFFERS, was_quote="", why=older.why)
    why = f"{in_words(before)} was told, now {in_words(after)}"
    return replace(newer, before=before, kind=direction(after, before), was_quote="", why=why)


@dataclass(frozen=True, slots=True)
class _Line:
    """What waits for one reader of a channel."""

    channel: str
    to: str | None
    pace: Pace
    now: datetime
    sent: Sequence[datetime]
    operators: Mapping[str, Sequence[str]]

    def rearranged(self, every: Sequence[_Waiting]) -> Rearrangement:
        held = {(item.series, item.party) for one in every if one.row.parked for item in one.items}
        line = [one for one in every if not one.row.parked]
        # What goes on from a figure that a person has yet to look at waits with it.
        behind = [one for one in line if held and any((item.series, item.party) in held for item in one.items)]
        found = self._rearranged([one for one in line if one not in behind])
        return replace(found, parked=(*found.parked, *(one.key for one in behind)))

    def _rearranged(self, line: Sequence[_Waiting]) -> Rearrangement:
        # News that waits longer takes no place: a digest of next week would swallow what is due today.
        folded = overtake(line, lambda one: one.stale, lambda one: one.row.due_at <= self.now)
        left = [one for one in line if one.items or not one.message.items]
        rewritten = {
            one.key: to_payload(one.left()) | ({"to": one.to} if one.to else {})
            for one in left
            if one.message.items and tuple(one.items) != one.message.items
        }
        paced = self._paced([one for one in left if one.message.items and one.row.due_at <= self.now])
        gone = {*paced.folded, *folded}
        return replace(
            paced,
            folded=folded | dict(paced.folded),
            rewritten={key: payload for key, payload in rewritten.items() if key not in gone},
        )

    def _paced(self, due: Sequence[_Waiting]) -> Rearrangement:
        calm = [one for one in due if not one.message.urgent]
        quiet = self.pace.waits_until(self.now)
        if quiet is not None and calm:
            rest = self._paced([one for one in due if one.message.urgent])
            return replace(rest, postponed={one.key: quiet for one in calm})
        fresh = [one for one in due if one.untried and not one.delayed and not one.message.digest]
        fresh = [one for one in fresh if one.message.at > self.now - BURST_WITHIN]  # else an outage would be a burst
        if len(fresh) > 1 and len(fresh) + self._sent_within(BURST_WITHIN) > self.pace.burst:
            return self._parked(fresh)
        # What a hold stopped goes out as one, hour after hour of it: a digest of the hours before as well.
        calm = [one for one in calm if one.untried and (one.row.held or not one.message.digest)]
        if sum(one.delayed for one in calm) > 1:
            return self._folded(calm)
        return self._capped(calm)

    def _capped(self, calm: Sequence[_Waiting]) -> Rearrangement:
        if self.pace.per_hour is None:
            return Rearrangement()
        room = self.pace.per_hour - self._sent_within(HOUR)
        if len(calm) <= room:
            return Rearrangement()
        if room > 0:
            return self._folded(calm[room - 1 :])
        full = _full_until(self.sent, self.pace, self.now)
        return Rearrangement(postponed={one.key: full for one in calm} if full is not None else {})

    def _folded(self, several: Sequence[_Waiting]) -> Rearrangement:
        if len(several) == 1:
            return Rearrangement()
        made, folded = _digest(several, self.channel, self.to, self.now)
        return Rearrangement(new=made, folded=folded)

    def _parked(self, fresh: Sequence[_Waiting]) -> Rearrangement:
        named = [one.left().headline for one in fresh[:NAMED_IN_NOTICE]]
        more = [f"… and {len(fresh) - len(named)} more"] if len(fresh) > len(named) else []
        said = notice(
            f"burst {self.channel} {fresh[0].key}",
            f"{len(fresh)} alerts at once are held back: please look before you use them",
            [
                f"More than {self.pace.burst} alerts within {BURST_WITHIN.seconds // 60} minutes are rarely news.",
                *named,
                *more,
                f"`monitor deliveries release {self.channel}` sends them as one digest.",
                f"`monitor deliveries drop {self.channel}` leaves them out.",
            ],
            now=self.now,
        )
        others = {name: known for name, known in self.operators.items() if name != self.channel}
        new = [delivery(said, self.channel, self.to, self.now), *deliveries_for(said, tuple(others), self.now, others)]
        return Rearrangement(new=tuple(new), parked=tuple(one.key for one in fresh))

    def _sent_within(self, span: timedelta) -> int:
        return sum(at > self.now - span for at in self.sent)


def _full_until(sent: Sequence[datetime], pace: Pace, now: datetime) -> datetime | None:
    """When there is room again under the cap of an hour, for a reader who got messages at these times; None when there
    is some now."""
    lately = sorted(at for at in sent if at > now - HOUR)
    if pace.per_hour is None or len(lately) < pace.per_hour:
        return None
    return lately[-pace.per_hour] + HOUR + SOON


def _digest(
    several: Sequence[_Waiting], channel: str, to: str | None, now: datetime
) -> tuple[tuple[NewDelivery, ...], dict[str, str | None]]:
    """All of them as one message, or none where nothing is left to tell; and what tells each of them now."""
    folded = overtake(several)
    left = [one for one in several if one.items]
    if not left:
        return (), folded
    made = delivery(digest([one.left() for one in left], now=now), channel, to, now)
    told = dict.fromkeys(change for one in several for change in one.row.change_ids)
    return (replace(made, change_ids=tuple(told)),), {one.key: made.key for one in several}


def _by_reader(waiting: Iterable[WaitingDelivery]) -> dict[str | None, list[_Waiting]]:
    lines: dict[str | None, list[_Waiting]] = {}
    for row in waiting:
        if (one := _read(row)) is not None:
            lines.setdefault(one.to, []).append(one)
    return lines


def _read(row: WaitingDelivery) -> _Waiting | None:
    """None for what is no message: the deliverer says so of it."""
    try:
        return _Waiting(row, from_payload(row.payload))
    except ValueError:
        return None
