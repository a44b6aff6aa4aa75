"""Windows: the part of a series that a comparison needs. A line may be years long, and its last days decide.

What is asked of a line, and what answers it:

- who speaks for the party now: the figures of the last days before the newest one that counts, and its denials;
- what the party has gone beyond, where the claim isn't late anyhow: the same days;
- what still stands behind a figure that was told, when it is taken back: the days around that figure;
- which claim told a figure, and whether the arrival's own claims are known: those claims, by their ids;
- whether a party's first figure is late: the newest figure of the whole series.

A window holds all of these, so that what follows from it is what would follow from the whole series.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from monitor.domain.claims import Claim
from monitor.domain.series import (
    STATEMENT_DAYS,
    Anchor,
    Denials,
    Series,
    in_doubt,
    speaking,
)

LAST_DAYS = 2 * STATEMENT_DAYS
"""A claim of the last three days speaks, and three days before it show whether it is a late copy."""

DENIALS = 64
"""So many of a party's own denials count in a line, the newest: enough for all that is still said."""


class Role(StrEnum):
    """What a claim can do in its line. Claims of any other status can do nothing there but be known."""

    TOTAL = "total"
    LONE = "lone"
    """A single man among running totals."""
    DENIAL = "denial"


_TOTAL, _LONE, _DENIAL = Role.TOTAL, Role.LONE, Role.DENIAL


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a series is wanted: that for an arrival that says `news` for a party and takes back the claims of
    the ids in `gone`. Without a party, only what readers were told."""

    party: str | None = None
    news: Sequence[Claim] = ()
    gone: frozenset[str] = frozenset()


TOLD = Window()
"""No claims, only what readers were told."""


class Glance(NamedTuple):
    """What a first look at a party's line tells, and for most claims it is enough: what readers were told of the
    series, and what they were asked to check; the day of the line's newest claim that may speak; and the moment of the
    claim that told the party's anchor, looked up only where that is of the new claim's own day."""

    anchors: Mapping[str, Anchor]
    doubts: Mapping[str, Anchor]
    newest: date
    told_at: tuple[date, datetime] | None


def role_of(claim: Claim) -> Role | None:
    """What a claim can do in its line."""
    if claim.asserted:
        return _LONE if claim.lone else _TOTAL
    return _DENIAL if claim.own_denial else None


def decided(last: Sequence[Claim], since: date, series: Series, window: Window) -> bool:
    """True when these claims of the window's line, all that may speak since that day and its denials, say who speaks
    for the party, whatever was said before. `series` holds what readers were told."""
    party = window.party or ""
    denials = [claim for claim in window.news if claim.own_denial]
    if not denials and party not in series.doubts and all(claim.asserted for claim in last):
        return bool(last)
    if _stands(last, since + LAST_DAYS, denials, series, party):
        return True
    line = speaking((*last, *denials))
    sure = (claim for claim in reversed(line) if not in_doubt(series, party, claim.figure.quantity))
    newest = next(sure, None)
    return newest is not None and newest.day - since >= LAST_DAYS


def _stands(last: Sequence[Claim], day: date, denials: Sequence[Claim], series: Series, party: str) -> bool:
    """True when one claim since this day surely speaks for the party: it isn't to be checked, no denial takes it back,
    and no other figure of its article goes before it. A look at those of the newest day alone, the likeliest."""
    taken_back = Denials(no for no in (*last, *denials) if no.own_denial)
    doubtful = party in series.doubts
    texts = Counter([one.origin.url for one in last])
    for one in reversed(last):
        if not one.asserted:
            continue
        if one.day < day or one.lone:
            return False
        if texts[one.origin.url] > 1 or (doubtful and in_doubt(series, party, one.figure.quantity)):
            continue
        if one not in taken_back:
            return True
    return False


def days_told(series: Series, window: Window) -> Iterator[tuple[date, date]]:
    """The days, first and last, in which copies of a figure came out that the arrival may take back."""
    if window.gone or any(claim.own_denial for claim in window.news):
        for told in (series.anchors, series.doubts):
            anchor = told.get(window.party or "")
            if anchor is not None:
                yield anchor.as_of.day - STATEMENT_DAYS, anchor.as_of.day + STATEMENT_DAYS


def wants_newest(series: Series, window: Window) -> bool:
    """True where the party may have nothing that readers were told: no anchor, or one whose claim is taken back."""
    told = series.anchors.get(window.party or "")
    return told is None or told.claim_id in window.gone


def tellers(series: Series, window: Window) -> set[tuple[str, str, date | None]]:
    """Claims that are asked for by name, as (party, id, day): those that told a figure, and the arrival's own, which
    may be known under another day."""
    party = window.party or ""
    named: set[tuple[str, str, date | None]] = {(party, claim.id, None) for claim in window.news}
    if series.doubts:
        named |= {(speaker, doubt.claim_id, doubt.as_of.day) for speaker, doubt in series.doubts.items()}
    told = series.anchors.get(party)
    if told is not None:
        named.add((party, told.claim_id, told.as_of.day))
    return named


def further_back(since: date, newest: date) -> date:
    """From which day to look when the days since then decide nothing: twice as far."""
    return newest - 2 * max(newest - since, timedelta(days=1))
