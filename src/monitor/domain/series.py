"""Series: the claims of one subject, measure, scope and place, one line per party, and what they say now.

Everything here depends on the set of claims alone, never on the order in which they came in.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from operator import attrgetter
from typing import Any

from monitor.domain.claims import AsOf, Claim, Measure, Scope, Status
from monitor.domain.doubts import NEVER_FALL, doubt_of_step
from monitor.domain.quantities import Looseness, Quantity, agree, overall, retells, width

_Moment = tuple[date, datetime]
_WHEN = attrgetter("when")
STATEMENT_DAYS = timedelta(days=3)
"""Copies and retellings of a statement come out within so many days of one another. The same figure after a longer
silence is a new statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesKey:
    """Which claims are about the same thing, for one watch.

    `subject` is the canonical subject ("North Korea/troops"); `place` is None where the figure is for the whole
    theatre; `window_days` parts `period` figures by the length of their window; `incident` names one incident.
    """

    watch: str
    subject: str
    measure: Measure
    scope: Scope
    place: str | None = None
    window_days: int | None = None
    incident: str | None = None
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = (self.watch, self.subject, self.measure, self.scope, self.place, self.window_days, self.incident)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[Any, ...]:
        """Made anew where it is read: another process gives texts other hashes."""
        return _made_anew, (
            self.watch,
            self.subject,
            self.measure,
            self.scope,
            self.place,
            self.window_days,
            self.incident,
        )


@lru_cache(maxsize=10_000)
def counting(key: SeriesKey, measure: Measure) -> SeriesKey:
    """The series of the same people and place in which something else is counted."""
    return replace(key, measure=measure)


def _made_anew(watch: str, subject: str, measure: Measure, scope: Scope, *rest: Any) -> SeriesKey:
    place, days, incident = rest
    return SeriesKey(
        watch=watch, subject=subject, measure=measure, scope=scope, place=place, window_days=days, incident=incident
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """The figure of one party in one series that the reader was last told, by an alert or by the baseline."""

    party: str
    quantity: Quantity
    claim_id: str
    as_of: AsOf


@dataclass(frozen=True, slots=True)
class Series:
    """A series as stored: its active claims (compared, of the newest revisions, not rejected), its anchors and doubts.

    `claims` holds (party, claim) pairs: a claim by two parties stands in both lines. Claims of every status may be
    among them; only asserted ones make estimates. Order doesn't matter. `doubts` are the figures, one a party, that
    readers were told once and asked to check: no anchors until something confirms them.
    """

    key: SeriesKey
    claims: tuple[tuple[str, Claim], ...] = ()
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    doubts: Mapping[str, Anchor] = field(default_factory=dict)

    def line(self, party: str) -> tuple[Claim, ...]:
        """The claims of one party, of any status."""
        return tuple([claim for speaker, claim in self.claims if speaker == party])


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a series says now: the latest claim of each party, and the span from the lowest to the highest of them."""

    parties: Mapping[str, Claim]
    overall: Quantity | None


@dataclass(frozen=True, slots=True)
class Support:
    """How much stands behind a figure: things said once, and the outlets that carry them. `credit` is the one agency
    that all of them go back to, by their own words; `voices` is how many speak independently of one another, where
    nobody is named but several agencies are credited."""

    statements: int
    outlets: int
    credit: str | None = None
    voices: int = 1


def behind(claims: Iterable[Claim], quantity: Quantity, looseness: Looseness | None = None) -> list[Claim]:
    """Of the claims of one party's line those that give a figure, be it rounded."""
    return [claim for claim in claims if claim.asserted and retells(claim.figure.quantity, quantity, looseness)]


def anchor_of(party: str, claim: Claim) -> Anchor:
    """The anchor that a party gets when the reader is told of this claim."""
    return Anchor(party, claim.figure.quantity, claim.id, claim.as_of)


def with_anchor(anchors: Mapping[str, Anchor], party: str, anchor: Anchor | None) -> dict[str, Anchor]:
    """The anchors (or doubts) of a series with that of one party set, or taken out."""
    if anchor is not None:
        return {**anchors, party: anchor}
    return {speaker: kept for speaker, kept in anchors.items() if speaker != party}


def near(claim: Claim, anchor: Anchor) -> bool:
    """True within the days in which copies of what the anchor says come out."""
    return abs(claim.day - anchor.as_of.day) <= STATEMENT_DAYS


def when(claim: Claim) -> tuple[date, datetime]:
    """Where a claim stands in time: by the day it speaks of, within that day by publication.

    A total order, so that "latest" and "late" can't contradict each other.
    """
    return claim.when


def latest(claims: Iterable[Claim]) -> Claim | None:
    """The claim that speaks for a party now, of all in its line; None when none does.

    Late copies of what the party had gone beyond are passed over. Where for days every figure is a copy of some
    other (two numbers by turns), the newest speaks. So the last days decide, however long the line is.
    """
    line = speaking(claims)
    if not line:
        return None
    newest = line[-1]
    first = newest.day - 2 * STATEMENT_DAYS
    last_days = [claim for claim in line if claim.day >= first]
    # Mostly all that was said lately agrees with what is said now.
    if all(_alike(one, newest.figure.quantity) for one in {claim.figure.quantity for claim in last_days}):
        return newest
    since = newest.day - STATEMENT_DAYS
    if not _is_behind(newest, [one for one in last_days if one.day >= since and one.when < newest.when]):
        return newest
    for claim, recent in reversed(list(_with_days_before(last_days))):
        if newest.day - claim.day > STATEMENT_DAYS:
            break
        if not _is_behind(claim, recent):
            return claim
    return newest


def speaking(claims: Iterable[Claim]) -> list[Claim]:
    """The claims of one party's line that may speak for it, oldest first: one for each article, none that the party
    denied itself, no single man beside a total (be it one that was denied)."""
    asserted: list[Claim] = []
    denials: list[Claim] = []
    for claim in claims:
        if claim.asserted:
            asserted.append(claim)
        elif claim.own_denial:
            denials.append(claim)
    line = in_order(_one_for_each_article([claim for claim in asserted if not claim.lone] or asserted))
    if denials and line:
        taken_back = Denials(no for no in denials if no.when >= line[0].when)
        line = [claim for claim in line if claim not in taken_back]
    return line


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Oldest first; of one moment, the most exact last."""
    line = sorted(claims, key=_WHEN)
    # How exact they are takes long to say, and seldom has to be said.
    ties = len({claim.when for claim in line}) < len(line)
    return sorted(line, key=place_in_time) if ties else line


def leading(claims: Iterable[Claim]) -> Claim | None:
    """The one figure that an article's asserted claims in one line come down to: the latest, of those the highest
    (a part is never larger than its whole), of those the most exact. A single man only where there is no total."""
    asserted = [claim for claim in claims if claim.asserted]
    return asserted[0] if len(asserted) == 1 else max(asserted, key=_weight, default=None)


def history(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Asserted and superseded claims, oldest first."""
    kept = (claim for claim in claims if claim.figure.status in (Status.ASSERTED, Status.SUPERSEDED))
    return tuple(sorted(kept, key=place_in_time))


def estimate(series: Series) -> Estimate:
    """What the series says now, from its claims alone."""
    parties = sorted({party for party, _ in series.claims})
    spoken = {party: claim for party in parties if (claim := latest(series.line(party))) is not None}
    return Estimate(spoken, overall(claim.figure.quantity for claim in spoken.values()))


def in_doubt(series: Series, party: str, quantity: Quantity, looseness: Looseness | None = None) -> bool:
    """True for a figure of this party that readers were asked to check, and that isn't the one told before either."""
    doubt, told = series.doubts.get(party), series.anchors.get(party)
    if doubt is None or not agree(quantity, doubt.quantity, same_party=True, looseness=looseness):
        return False
    return told is None or not agree(quantity, told.quantity, same_party=True, looseness=looseness)


def support(claims: Iterable[Claim], quantity: Quantity, looseness: Looseness | None = None) -> Support:
    """What stands behind a figure of one party, given the claims of its line: copies count as one statement.

    Where nobody is named, each agency that the texts go back to says so itself, and who names none may have copied.
    """
    giving = behind(claims, quantity, looseness)
    named = {credit.casefold(): credit for claim in in_order(giving) if (credit := claim.origin.credit)}
    outlets = len({claim.origin.outlet.casefold() for claim in giving})
    one = next(iter(named.values())) if len(named) == 1 and all(claim.origin.credit for claim in giving) else None
    return Support(sum(_voices(days) for days in _days_together(giving)), outlets, one, _voices(giving))


def same_credit(one: Claim, other: Claim) -> bool:
    """True when both texts go back to one agency, by their own words."""
    mine, theirs = one.origin.credit, other.origin.credit
    return mine is not None and theirs is not None and mine.casefold() == theirs.casefold()


def independent(mine: Iterable[Claim], theirs: Iterable[Claim]) -> bool:
    """True when two parties that give one figure are two statements: one text tells of both, each in words of its own,
    or a text of theirs is none that mine stand in and goes back to no agency that mine go back to."""
    ours = tuple(mine)
    return any(
        any(one.origin.url == other.origin.url and one.id != other.id for other in ours)
        or not any(one.origin.url == other.origin.url or same_credit(one, other) for other in ours)
        for one in theirs
    )


def _days_together(claims: list[Claim]) -> list[list[Claim]]:
    """Claims in order of time, parted where a silence is longer than that in which copies come out."""
    parts: list[list[Claim]] = []
    for claim in in_order(claims):
        if not parts or claim.day - parts[-1][-1].day > STATEMENT_DAYS:
            parts.append([])
        parts[-1].append(claim)
    return parts


def _voices(claims: list[Claim]) -> int:
    """How many speak in these claims of one line and of the same days."""
    if any(claim.figure.claimants for claim in claims):
        return 1
    return max(1, len({claim.origin.credit.casefold() for claim in claims if claim.origin.credit}))


def overtaken(claim: Claim, line: Iterable[Claim]) -> Claim | None:
    """The earlier claim that this one merely repeats after the party had moved on, if that is what it is.

    A slow outlet retells Monday's 1,500 on Tuesday night, when 3,000 is out: no new figure, the old statement once
    more. Only for tolls and running totals, and for totals only when the text doesn't tie a date of its own to them.
    """
    dated = claim.figure.as_of is not None and claim.figure.scope is not Scope.INCIDENT
    if dated or not (claim.figure.running or claim.figure.scope is Scope.INCIDENT):
        return None
    recent = [old for old in line if _shortly_before(old, claim)]
    same = sorted((old for old in recent if _same_figure(old, claim)), key=place_in_time)
    return next((old for old in same if _moved_on(recent, old, claim)), None)


def gone_beyond(claim: Claim, line: Iterable[Claim]) -> Claim | None:
    """The earlier claim whose very number an undated total gives once more, where the party has since said more.

    A total since the start doesn't fall: whoever says 85 again, days after it rose to 112, retells the old figure. As
    far back as a comparison sees a line.
    """
    figure = claim.figure
    if figure.as_of is not None or figure.scope is not Scope.CUMULATIVE or figure.measure not in NEVER_FALL:
        return None
    known = [one for one in line if one.when < claim.when and claim.day - one.day <= 2 * STATEMENT_DAYS]
    said = [one for one in known if one.asserted and one.origin.url != claim.origin.url]
    same = [one for one in said if one.figure.quantity.number == figure.quantity.number]
    old = max(same, key=place_in_time, default=None)
    if old is None or not any(one.when > old.when and _rises(one, old) for one in said):
        return None
    return old


def _rises(one: Claim, other: Claim) -> bool:
    return not _same_figure(one, other) and one.figure.quantity.number > other.figure.quantity.number


def _is_behind(claim: Claim, recent: list[Claim]) -> bool:
    """True for a late copy of what the party had gone beyond. One slip between two equal figures is no going beyond:
    who says 1,000 again has not moved on to the 10,000 that an outlet gave in between."""
    figure = claim.figure
    if overtaken(claim, recent) is None:
        return False
    if not figure.running:  # the toll of a strike may grow tenfold, and is retold all the same
        return True
    said = {old.figure.quantity for old in recent}
    slips = {one for one in said if doubt_of_step(figure.measure, Scope.CUMULATIVE, figure.quantity, one)}
    if not slips or any(not _alike(*two) for two in combinations(slips, 2)):
        return True
    return overtaken(claim, [old for old in recent if old.figure.quantity not in slips]) is not None


class Denials:
    """What a party's own denials take back: the figures that they agree with, given before them. Most claims of a line
    give one of a few quantities, so each quantity is held against the denials once."""

    def __init__(self, denials: Iterable[Claim]) -> None:
        self._last: dict[Quantity, _Moment] = {}
        self._until: dict[Quantity, _Moment | None] = {}
        for no in denials:
            quantity = no.figure.quantity
            if quantity not in self._last or no.when > self._last[quantity]:
                self._last[quantity] = no.when

    def __contains__(self, claim: Claim) -> bool:
        """True for a claim that was taken back."""
        quantity = claim.figure.quantity
        if quantity not in self._until:
            moments = [last for denied, last in self._last.items() if _alike(denied, quantity)]
            self._until[quantity] = max(moments, default=None)
        until = self._until[quantity]
        return until is not None and claim.when <= until


def denies(denial: Claim, claim: Claim) -> bool:
    """True when the party's denial takes back what this claim says, and isn't older than it."""
    return claim.when <= denial.when and _same_figure(denial, claim)


def _with_days_before(line: list[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    """Each claim of a line in order of time, with the first and the last of each quantity among those of the few days
    before it: all that `overtaken` needs, and few where outlets retell the same."""
    said: dict[Quantity, deque[Claim]] = {}
    start = stop = 0
    for claim in line:
        while line[stop].when < claim.when:
            said.setdefault(line[stop].figure.quantity, deque()).append(line[stop])
            stop += 1
        while claim.day - line[start].day > STATEMENT_DAYS:
            said[line[start].figure.quantity].popleft()
            start += 1
        yield claim, [one for same in said.values() for one in (same if len(same) < 3 else (same[0], same[-1]))]


def _one_for_each_article(claims: list[Claim]) -> list[Claim]:
    """What leads each article, of claims that are all asserted."""
    leaders = {claim.origin.url: claim for claim in claims}
    if len(leaders) == len(claims):
        return claims
    for claim in claims:
        other = leaders[claim.origin.url]
        if other is not claim and _weight(claim) > _weight(other):
            leaders[claim.origin.url] = claim
    return list(leaders.values())


def _shortly_before(old: Claim, claim: Claim) -> bool:
    """True for a figure of the same sort, given in the few days before."""
    return (
        claim.day - old.day <= STATEMENT_DAYS
        and old.when < claim.when
        and old.id != claim.id
        and old.asserted
        and old.lone == claim.lone
    )


def _moved_on(recent: list[Claim], old: Claim, claim: Claim) -> bool:
    """True when the party has since said what agrees with neither. A figure between "420,000" and today's 421,305 that
    agrees with the round one is no step beyond it."""
    since = (one for one in recent if one.when > old.when)
    return any(not _same_figure(between, claim) and not _same_figure(between, old) for between in since)


def _same_figure(one: Claim, other: Claim) -> bool:
    return _alike(one.figure.quantity, other.figure.quantity)


def _alike(one: Quantity, other: Quantity) -> bool:
    return agree(one, other, same_party=True)


def place_in_time(claim: Claim) -> tuple[date, datetime, float, str]:
    """The order of a line."""
    return *claim.when, -width(claim.figure.quantity), claim.id


def _weight(claim: Claim) -> tuple[bool, date, int, float, int, str]:
    quantity = claim.figure.quantity
    return not claim.lone, claim.day, quantity.number, -width(quantity), -claim.figure.start, claim.id
