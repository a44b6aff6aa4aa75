"""Changes of estimates → deliveries, in the transaction that writes them."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from monitor.alerts.messages import (
    ChangeToTell,
    Item,
    Standing,
    compose_all,
    deliveries_for,
    from_payload,
    notice,
    series_id,
    to_payload,
)
from monitor.domain.changes import Arrival, Change, Comparison, Kind
from monitor.domain.claims import Claim
from monitor.domain.deliveries import NewDelivery, Sequel
from monitor.domain.health import FeedRecord, Trouble, in_words
from monitor.domain.quantities import agree
from monitor.domain.series import Anchor, Support, in_doubt, independent, support
from monitor.domain.steps import MOST_PARTIES, Course, Said, course
from monitor.domain.watches import Watch
from monitor.domain.windows import TOLD
from monitor.errors import StoreError
from monitor.opening import addresses
from monitor.settings import Settings
from monitor.store import EVERY_WATCH, Comparing, Mute, Store

log = logging.getLogger("monitor.pipeline")


class Teller:
    """Who is told of what, by the settings."""

    def __init__(self, settings: Settings, watches: Sequence[Watch]) -> None:
        self._settings = settings
        self._channels = {watch.name: watch.channels for watch in watches}
        self._urgent = frozenset(one.name for one in settings.watch_settings if one.urgent)
        self._paces = {one.name: one.pace for one in settings.channels}

    @cached_property
    def _addresses(self) -> dict[str, tuple[str, ...]]:
        """The addresses of each channel. Raises ConfigError for those that don't load."""
        return addresses(self._settings)

    def deliveries(self, told: Sequence[ChangeToTell], now: datetime) -> list[NewDelivery]:
        """One delivery for each message and channel, a message for each article and watch."""
        addresses = self._addresses if told else {}
        return [
            delivery
            for message in compose_all(told, now=now, public_url=self._settings.public_url, urgent=self._urgent)
            for delivery in deliveries_for(
                message, self._channels.get(message.watch, ()), now, addresses, paces=self._paces
            )
        ]

    def to_operators(self, feed: FeedRecord, trouble: Trouble | None, now: datetime) -> list[Sequel]:
        """A notice that a feed is in trouble, or does well again, on the operators' channels; it goes on from the one
        before, which may still wait there."""
        if trouble is not None:
            headline, note = in_words(feed, trouble)
        else:
            headline, note = f"The feed {feed.name} does well again", "What was told of it before is over."
        new = self._of_feed(feed.name, trouble, now, headline, note, goes_on=feed.trouble is not None)
        if feed.trouble is None or feed.trouble_since is None:
            return [Sequel(delivery=one) for one in new]
        was = feed.name, feed.trouble, feed.trouble_since
        first, other = self._of_feed(*was), self._of_feed(*was, goes_on=True)
        # One that went on from another tells of a feed of which something may have been told: it isn't taken back.
        return [
            Sequel(delivery=one, takes=(begun.key, more.key), settles=begun.key if trouble is None else None)
            for one, begun, more in zip(new, first, other, strict=True)
        ]

    def _of_feed(
        self, name: str, trouble: Trouble | None, at: datetime, *words: str, goes_on: bool = False
    ) -> list[NewDelivery]:
        """What operators are told of a feed at a time: its keys are known by that, whatever the words."""
        headline, *notes = words or ("",)
        what = "still " if goes_on and trouble is not None else ""
        message = notice(f"feed {name} {what}{trouble} {at.isoformat()}", headline, notes, now=at)
        return deliveries_for(message, self._settings.operator.channels, at, self.operators)

    @property
    def operators(self) -> dict[str, tuple[str, ...]]:
        """The operators' channels with the addresses of each."""
        names = self._settings.operator.channels
        return {name: known for name, known in self._addresses.items() if name in names}


def to_tell(comparison: Comparison, arrival: Arrival, book: Comparing) -> list[ChangeToTell]:
    """The changes of a comparison that isn't recorded yet, each with what stands behind it and beside it."""
    told = []
    for change in comparison.changes:
        moved = [one.claim for one in comparison.moves if one.into == change.series]
        also = [one for one in (*arrival.claims, *moved) if one.id == change.claim_id]
        known = (comparison.doubts if change.check else comparison.anchors).get((change.series, change.party))
        told.append(change_to_tell(change, book, _why(change, comparison), told=known, also=also))
    return told


def _why(change: Change, comparison: Comparison) -> str:
    """What the decision behind a change says."""
    behind = (change.claim_id, change.series, change.party)
    decided = comparison.decisions
    return next((one.why for one in decided if (one.claim_id, one.series, one.party) == behind), "")


def change_to_tell(
    change: Change,
    book: Comparing,
    why: str,
    *,
    told: Anchor | None,
    also: Sequence[Claim] = (),
    by: str = "",
) -> ChangeToTell:
    """A change with what stands behind it and beside it. `told` is what readers have in hand by it, `also` are claims
    of its line that aren't recorded yet; `by` is the person who set it right."""
    claim = next((one for one in also if one.id == change.claim_id), None) or book.claim(change.claim_id)
    mine: list[Claim] = []
    if change.after is not None:
        day = told.as_of.day if told else claim.day
        mine = book.behind(change.series, change.party, change.after, day=day, also=also)
    counted = support(mine, change.after) if change.after is not None else Support(0, 0)
    others = _standings(change, mine, book)
    news = Said(told.as_of.day if told else claim.day, change.kind, change.before, change.after)
    return ChangeToTell(
        change=change,
        claim=claim,
        statements=counted.statements,
        outlets=counted.outlets,
        voices=counted.voices,
        credit=counted.credit,
        others=others,
        courses=_courses(change, news, others, book),
        was_quote="" if by else _was_quote(change, claim, book),
        why=why,
        by=by,
    )


def _was_quote(change: Change, claim: Claim, book: Comparing) -> str:
    """What the article said before it was corrected; nothing where another one sets it right."""
    if change.kind is not Kind.CORRECTED or change.held_against is None:
        return ""
    was = book.claim(change.held_against)
    return was.figure.quote if was.origin.url == claim.origin.url and was.id != claim.id else ""


def _standings(change: Change, mine: Sequence[Claim], book: Comparing) -> tuple[Standing, ...]:
    """What the other parties say now, and whether it is known to be the same report as `mine`."""
    key, series = change.series, book.series(change.series, TOLD)
    found = []
    for party, other in sorted(book.other_lines(key, but=change.party).items()):
        quantity = other.figure.quantity
        same = change.after is not None and agree(quantity, change.after, same_party=False)
        copied = same and not independent(mine, book.behind(key, party, quantity, day=other.day))
        found.append(Standing(party, quantity, other.as_of.at, in_doubt(series, party, quantity), copied))
    return tuple(found)


def _courses(change: Change, news: Said, others: Sequence[Standing], book: Comparing) -> tuple[Course, ...]:
    """The last steps of the series: the change's own line with the change at its end, then those who spoke last."""
    key, doubts = change.series, book.series(change.series, TOLD).doubts
    mine = [one for one in book.last_moves(key, change.party) if one != news]
    check = (change.after,) if change.check and change.after is not None else ()
    found = [course(change.party, (*mine, news), check=check)]
    lately = sorted(others, key=lambda one: (one.as_of is not None, one.as_of, one.party), reverse=True)
    for other in lately[: MOST_PARTIES - 1]:
        doubt = doubts.get(other.party)
        asked = (doubt.quantity,) if doubt else ()
        found.append(course(other.party, book.last_moves(key, other.party), check=asked))
    return tuple(one for one in found if one.steps)


def heard(
    told: Sequence[ChangeToTell], mutes: Sequence[Mute], book: Comparing
) -> tuple[list[ChangeToTell], dict[str, str]]:
    """The changes that are to be told, and by their ids those that nobody wants to hear of, each with the mute in
    words."""
    silent = {one.change.id: mute.words for one in told if (mute := _muting(one, mutes, book)) is not None}
    return [one for one in told if one.change.id not in silent], silent


def _muting(told: ChangeToTell, mutes: Sequence[Mute], book: Comparing) -> Mute | None:
    """The mute for which nobody is told; None where somebody is."""
    change, claim, key = told.change, told.claim, told.change.series
    mine = [one for one in mutes if one.watch in {key.watch, EVERY_WATCH}]
    mine = [one for one in mine if one.party in {None, change.party} and one.outlet in {None, claim.origin.outlet}]
    mine = [one for one in mine if one.series in {None, series_id(key)}]
    return next((one for one in mine if one.feed is None or one.feed == book.feed_of(claim.origin.url)), None)


def count_again(store: Store, revisions: Sequence[int]) -> None:
    """Has the alerts that wait say what stands behind their figures now that these revisions are compared: a message is
    composed with the first text that gives a figure, and often the same run brings nine more."""
    with store.comparing() as book:
        for key, payload in book.untried(revisions):
            try:
                message = from_payload(payload)
                items = tuple(_counted_again(item, book) for item in message.items)
            except (ValueError, StoreError) as error:  # nothing of it is changed: the others are no worse for it
                log.warning("alert %s stays as it was composed: %s", key, error)
                continue
            if items != message.items:
                book.reword(key, {**payload, **to_payload(replace(message, items=items))})


def _counted_again(item: Item, book: Comparing) -> Item:
    """What a person set right, or what was withdrawn or put together with newer news, is as it was told."""
    change = book.change(item.change_id)
    if change is None or item.by or item.after is None or (change.kind, change.after) != (item.kind, item.after):
        return item
    now = change_to_tell(change, book, item.why, told=None)
    return replace(
        item,
        statements=now.statements,
        outlets=now.outlets,
        voices=now.voices,
        credit=now.credit,
        others=now.others,
        courses=(*_of(item.party, item.courses), *(one for one in now.courses if one.party != item.party)),
    )


def _of(party: str, courses: Sequence[Course]) -> list[Course]:
    return [one for one in courses if one.party == party]
