"""Changes → messages → deliveries. Pure: what an alert says, as data that goes through the database and back."""

import hashlib
import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor.alerts import courses, words
from monitor.alerts.difference import Piece, difference
from monitor.domain.changes import Change, Kind
from monitor.domain.claims import UNATTRIBUTED, Claim, Measure, Scope
from monitor.domain.deliveries import NewDelivery
from monitor.domain.incidents import second_there
from monitor.domain.pace import Pace
from monitor.domain.quantities import Qualifier, Quantity, agree, in_words
from monitor.domain.series import SeriesKey
from monitor.domain.steps import Course

MEASURE_ORDER = (
    Measure.CASUALTIES,
    Measure.KILLED,
    Measure.WOUNDED,
    Measure.CAPTURED,
    Measure.MISSING,
    Measure.DEPLOYED,
)
"""What leads a message about several changes. Fixed, so that the same changes always open the same mail thread."""

MOST_THREADS = 8
"""Of one message: more series in one article have little to do with each other."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What another party says now; `as_of` is aware UTC. `check`: readers were asked to check that figure. `copied`: it
    is known from the same report alone."""

    party: str
    quantity: Quantity
    as_of: datetime | None = None
    check: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeToTell:
    """A change with all that a reader should know of it: the claim that caused it, how many statements, outlets and
    independent voices stand behind the new figure, what the other parties say now, and why the reader is told. `by` is
    the person who set it right, if one did; `was_quote` is what the article said before it was corrected; `courses` are
    the last steps of the series, its own line's first."""

    change: Change
    claim: Claim
    statements: int = 1
    outlets: int = 1
    voices: int = 1
    credit: str | None = None
    others: tuple[Standing, ...] = ()
    why: str = ""
    by: str = ""
    was_quote: str = ""
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change as a message tells it. `series` names its thread; `link` leads to its page, if there are pages, and
    `mute_link` to where its series is muted. `courses`: the last steps of the series, its own line's first. `check`:
    the new figure looks like a slip, and readers are asked to check it. `by`: the person who set it right. `was_quote`:
    what the article said before it was corrected. `second` tells its incident from the first one of that day there.

    Texts are as the source wrote them: only render.py may show them.
    """

    change_id: str
    claim_id: str
    series: str
    kind: Kind
    measure: Measure
    subject: str
    party: str
    claimants: tuple[str, ...]
    place: str | None
    scope: Scope
    window_days: int | None
    before: Quantity | None
    after: Quantity | None
    quote: str
    title: str
    outlet: str
    url: str
    published: datetime | None
    statements: int
    outlets: int
    others: tuple[Standing, ...]
    confidence: float
    why: str
    link: str | None = None
    voices: int = 1
    credit: str | None = None
    check: bool = False
    by: str = ""
    was_quote: str = ""
    watch: str = ""
    mute_link: str | None = None
    courses: tuple[Course, ...] = ()
    second: str = ""

    @property
    def difference(self) -> tuple[Piece, ...]:
        """What was changed in the sentence that gives the figure, where the article was corrected."""
        return difference(self.was_quote, self.quote) if self.was_quote else ()

    @property
    def kind_words(self) -> str:
        """What kind of change it is, and who set it right."""
        return words.kind_words(self.kind, self.check, self.by, edited=bool(self.was_quote))

    @property
    def where(self) -> str:
        """Where it was read: the outlet, or the article's title for a text that names none."""
        return self.outlet or (f"“{self.title}”" if self.title else "the article")

    @property
    def counted(self) -> str:
        """What is counted: "North Korean casualties"."""
        return words.counted(
            self.subject,
            self.measure,
            scope=self.scope,
            place=self.place,
            window_days=self.window_days,
            second=self.second,
        )

    @property
    def behind(self) -> str:
        """What stands behind the new figure; other named parties that agree with it are statements of their own, unless
        the same report says so for all of them. Who names nobody may have copied one of them."""
        after = self.after
        if after is None or self.party == UNATTRIBUTED:
            return words.behind(self.statements, self.outlets, self.voices, credit=self.credit)
        speaking = (one for one in self.others if one.party != UNATTRIBUTED and not (one.check or one.copied))
        agreeing = sum(agree(other.quantity, after, same_party=False) for other in speaking)
        return words.behind(self.statements, self.outlets, self.voices, agreeing, credit=self.credit)

    @property
    def explain(self) -> str:
        """What shows on a command line how the change came about."""
        return f"monitor explain {self.change_id}"

    @property
    def mute(self) -> str:
        """What mutes the series on a command line."""
        return f"{self.mute_watch} --series {self.series}"

    @property
    def mute_watch(self) -> str:
        """What mutes all of its watch."""
        return f"monitor mute add {shlex.quote(self.watch or '*')}"

    @property
    def headline(self) -> str:
        """The change in one line."""
        line = words.headline(self.kind, self.counted, self.before, self.after, self.party)
        return words.to_check(line) if self.check else line


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One alert: the changes that one article brought for one watch, a notice (no items, only notes), or a digest of
    several alerts.

    `id` is stable: the same changes give the same message. `at` is when it was composed (aware UTC).
    """

    id: str
    watch: str
    headline: str
    at: datetime
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    digest: bool = False
    urgent: bool = False

    @property
    def threads(self) -> tuple[str, ...]:
        """The names of the mail threads that this message belongs to: one for each series, that of the first change
        last."""
        if self.digest:
            return (_hash("s", "digest"),)
        series = tuple(dict.fromkeys(item.series for item in self.items))[:MOST_THREADS]
        return series[::-1] or (_hash("s", "notices", self.watch),)


def compose(
    watch: str,
    changes: Sequence[ChangeToTell],
    *,
    now: datetime,
    public_url: str | None = None,
    urgent: bool = False,
) -> Message:
    """One message for the given changes of one watch. Raises ValueError without any."""
    if not changes:
        raise ValueError("a message needs a change to tell")
    items = tuple(sorted((_item(told, public_url) for told in changes), key=_rank))
    identity = _hash("m", watch, *sorted(item.change_id for item in items))
    return Message(id=identity, watch=watch, headline=headline(items), at=now, items=items, urgent=urgent)


def headline(items: Sequence[Item]) -> str:
    """The first change in one line, and how many more there are."""
    more = f" (and {len(items) - 1} more)" if len(items) > 1 else ""
    return items[0].headline + more if items else ""


def digest(messages: Sequence[Message], *, now: datetime) -> Message:
    """Several alerts as one message, the changes of a watch beside each other. Raises ValueError without any."""
    if not messages:
        raise ValueError("a digest needs messages")
    every = [item for message in messages for item in message.items]  # of a digest, they may be of several watches
    watches = dict.fromkeys(item.watch for item in every)
    items = [item for watch in watches for item in every if item.watch == watch]
    return Message(
        id=_hash("m", "digest", *sorted(message.id for message in messages)),
        watch=", ".join(watches),
        headline=f"Digest: {headline(items)}",
        at=now,
        items=tuple(items),
        notes=tuple(note for message in messages for note in message.notes),
        digest=True,
    )


def compose_all(
    changes: Iterable[ChangeToTell],
    *,
    now: datetime,
    public_url: str | None = None,
    urgent: Collection[str] = (),
) -> tuple[Message, ...]:
    """Groups changes: all those of one article for one watch make one message. In order of first appearance. `urgent`
    names the watches whose messages wait for nothing."""
    groups: dict[tuple[str, str], list[ChangeToTell]] = {}
    for told in changes:
        groups.setdefault((told.change.series.watch, told.claim.origin.url), []).append(told)
    return tuple(
        compose(watch, group, now=now, public_url=public_url, urgent=watch in urgent)
        for (watch, _), group in groups.items()
    )


def notice(identity: str, headline: str, notes: Sequence[str], *, now: datetime, watch: str = "monitor") -> Message:
    """A message without a change: a test, a feed that fell silent. The same `identity` is delivered once."""
    return Message(id=_hash("m", "notice", identity), watch=watch, headline=headline, at=now, notes=tuple(notes))


def deliveries_for(
    message: Message,
    channels: Sequence[str],
    now: datetime,
    recipients: Mapping[str, Sequence[str]] | None = None,
    paces: Mapping[str, Pace] | None = None,
) -> list[NewDelivery]:
    """One delivery for each channel, due when the channel's pace says; keys are stable for message and channel.

    `recipients` gives the addresses of mail channels (channels.recipients): a channel with several of them gets a
    delivery for each, so that one refused recipient never makes the others get a mail twice.
    """
    known, waits = recipients or {}, paces if paces is not None and not message.urgent else {}
    return [
        delivery(message, channel, address, waits[channel].due(now) if channel in waits else now)
        for channel in dict.fromkeys(channels)
        for address in _addresses(known.get(channel, ()))
    ]


def series_id(key: SeriesKey) -> str:
    """A short stable name of a series."""
    parts = (key.watch, key.subject, key.measure, key.scope, key.place, key.window_days, key.incident)
    return _hash("s", *("" if part is None else str(part) for part in parts))


def to_payload(message: Message) -> dict[str, Any]:
    """The message as JSON data; also what webhooks get."""
    return {
        "id": message.id,
        "watch": message.watch,
        "headline": message.headline,
        "at": message.at.isoformat(),
        "items": [_item_payload(item) for item in message.items],
        "notes": list(message.notes),
        "digest": message.digest,
        "urgent": message.urgent,
    }


def from_payload(payload: Mapping[str, Any]) -> Message:
    """The message back from its JSON data. Raises ValueError for anything else."""
    try:
        return Message(
            id=str(payload["id"]),
            watch=str(payload["watch"]),
            headline=str(payload["headline"]),
            at=_instant(payload["at"]),
            items=tuple(_item_from(item, str(payload["watch"])) for item in payload["items"]),
            notes=tuple(str(note) for note in payload["notes"]),
            # Older messages may still wait in the outbox.
            digest=bool(payload.get("digest", False)),
            urgent=bool(payload.get("urgent", False)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no message: {type(error).__name__} {error}") from error


def _item(told: ChangeToTell, public_url: str | None) -> Item:
    change, figure, origin = told.change, told.claim.figure, told.claim.origin
    pages, series = public_url.rstrip("/") if public_url else None, series_id(change.series)
    return Item(
        change_id=change.id,
        claim_id=change.claim_id,
        series=series,
        kind=change.kind,
        measure=change.series.measure,
        subject=figure.subject.text,
        party=change.party,
        claimants=tuple(claimant.name for claimant in figure.claimants),
        place=change.series.place,
        scope=change.series.scope,
        window_days=change.series.window_days,
        before=change.before,
        after=change.after,
        quote=figure.quote,
        title=origin.title,
        outlet=origin.outlet,
        url=origin.url,
        published=figure.said_at or origin.published_at,
        statements=told.statements,
        outlets=told.outlets,
        voices=told.voices,
        credit=told.credit,
        others=told.others,
        confidence=figure.confidence,
        why=told.why,
        link=f"{pages}/changes/{change.id}" if pages else None,
        check=change.check,
        by=told.by,
        was_quote=told.was_quote,
        watch=change.series.watch,
        mute_link=f"{pages}/series/{series}#mute" if pages else None,
        courses=told.courses,
        second=second_there(change.series.incident, change.series.place) if change.series.incident else "",
    )


def _rank(item: Item) -> tuple[int, str, str]:
    return MEASURE_ORDER.index(item.measure), item.series, item.party


def _addresses(addresses: Sequence[str]) -> Sequence[str | None]:
    return addresses if len(addresses) > 1 else (None,)


def delivery(message: Message, channel: str, address: str | None, due_at: datetime) -> NewDelivery:
    """The message on its way to one channel, to one of its addresses if there are several."""
    payload = to_payload(message) | ({"to": address} if address else {})
    return NewDelivery(
        key=_hash("d", channel, message.id, address or ""),
        channel=channel,
        change_ids=tuple(item.change_id for item in message.items),
        payload=payload,
        due_at=due_at,
    )


def _hash(kind: str, *parts: str) -> str:
    return kind + hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _item_payload(item: Item) -> dict[str, Any]:
    return {
        "change_id": item.change_id,
        "claim_id": item.claim_id,
        "series": item.series,
        "kind": item.kind.value,
        "measure": item.measure.value,
        "subject": item.subject,
        "party": item.party,
        "claimants": list(item.claimants),
        "place": item.place,
        "scope": item.scope.value,
        "window_days": item.window_days,
        "before": _quantity_payload(item.before),
        "after": _quantity_payload(item.after),
        "quote": item.quote,
        "title": item.title,
        "outlet": item.outlet,
        "url": item.url,
        "published": item.published.isoformat() if item.published else None,
        "statements": item.statements,
        "outlets": item.outlets,
        "voices": item.voices,
        "credit": item.credit,
        "others": [_standing_payload(other) for other in item.others],
        "confidence": item.confidence,
        "why": item.why,
        "link": item.link,
        "check": item.check,
        "by": item.by,
        "was_quote": item.was_quote,
        "watch": item.watch,
        "mute_link": item.mute_link,
        "courses": courses.to_data(item.courses),
        **({"second": item.second} if item.second else {}),
    }


def _item_from(data: Mapping[str, Any], watch: str) -> Item:
    plain = ("change_id", "claim_id", "series", "subject", "party", "quote", "title", "outlet", "url", "why")
    return Item(
        **{name: str(data[name]) for name in plain},
        kind=Kind(data["kind"]),
        measure=Measure(data["measure"]),
        scope=Scope(data["scope"]),
        claimants=tuple(str(name) for name in data["claimants"]),
        place=data["place"],
        window_days=data["window_days"],
        before=_quantity_from(data["before"]),
        after=_quantity_from(data["after"]),
        published=_instant(data["published"]) if data["published"] else None,
        statements=int(data["statements"]),
        outlets=int(data["outlets"]),
        others=tuple(_standing_from(other) for other in data["others"]),
        confidence=float(data["confidence"]),
        link=data["link"],
        # Older messages may still wait in the outbox.
        voices=int(data.get("voices", 1)),
        credit=data.get("credit"),
        check=bool(data.get("check", False)),
        by=str(data.get("by", "")),
        was_quote=str(data.get("was_quote", "")),
        watch=str(data.get("watch", watch)),
        mute_link=data.get("mute_link"),
        courses=courses.from_data(data.get("courses", ())),
        second=str(data.get("second", "")),
    )


def _quantity_payload(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    spoken = in_words(quantity)
    return {"low": quantity.low, "high": quantity.high, "qualifier": quantity.qualifier.value, "words": spoken}


def _quantity_from(data: Mapping[str, Any] | None) -> Quantity | None:
    return Quantity(data["low"], data["high"], Qualifier(data["qualifier"])) if data is not None else None


def _standing_payload(other: Standing) -> dict[str, Any]:
    return {
        "party": other.party,
        "quantity": _quantity_payload(other.quantity),
        "as_of": other.as_of.isoformat() if other.as_of else None,
        "check": other.check,
        "copied": other.copied,
    }


def _standing_from(data: Mapping[str, Any]) -> Standing:
    quantity = _quantity_from(data["quantity"])
    if quantity is None:
        raise ValueError("a standing needs a quantity")
    as_of = _instant(data["as_of"]) if data["as_of"] else None
    check, copied = (bool(data.get(name, False)) for name in ("check", "copied"))
    return Standing(str(data["party"]), quantity, as_of, check, copied)


def _instant(written: str) -> datetime:
    instant = datetime.fromisoformat(written)
    if instant.utcoffset() is None:
        raise ValueError(f"naive time {written}")
    return instant.astimezone(UTC)
