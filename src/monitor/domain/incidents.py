"""Incidents: one strike or clash, known by its place, its day and what was hit, whatever is counted in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from monitor.domain.claims import Claim
from monitor.domain.quantities import Qualifier, Quantity, agree

SAME_INCIDENT = timedelta(days=2)
"""A toll rises for a day or two after the strike, and reports give the day of the strike or their own: figures for one
place within so many days of the incident's day are one incident. A later strike there is another."""

SAME_NIGHT = timedelta(days=1)
"""Two texts that name days so near to one another may mean one night."""

RETOLD = timedelta(days=14)
"""For so long a strike is retold without its date. A figure that readers were told for an incident at the place is
that incident again, not a new strike with as many dead."""

TOLD_AHEAD = timedelta(hours=6)
"""A day begins earlier in the east. A text older than that by more knows nothing of what fell on the day."""

TELLING = 10
"""Fewer dead than this are the toll of many a strike: the same number says nothing about whether it is the same one."""

NOWHERE = "unplaced"


class Atlas(Protocol):
    """Which places lie in which."""

    def contains(self, outer: str, inner: str) -> bool:
        """True when `inner` is or lies in `outer`."""
        ...

    def knows_place(self, place: str) -> bool:
        """False for a name on no list: it may lie anywhere."""
        ...

    def surrounding(self, place: str) -> str | None:
        """The place that this one lies in; None for a country, and for a name on no list."""
        ...


class BlankAtlas:
    """An atlas without a place in it. All names are taken for places that are known, none within another."""

    def contains(self, outer: str, inner: str) -> bool:
        """True for the place itself."""
        return outer == inner

    def knows_place(self, place: str) -> bool:
        """True for any."""
        return bool(place)

    def surrounding(self, place: str) -> str | None:
        """None for any."""
        return place if not place else None


Scene = tuple[str, str | None, str | None, str | None, date | None]
"""What one text says of a strike: its address, the place, the kind of event, the target and the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as far as its texts have told: the kinds of event, the targets and the days that they name, what
    they give of the measure in question (`lately`: each party last), and the ids of its claims. `began` is the day of
    its first text (None: that in its name), `known` when that came out, `rank` its place among all, in the order of
    their first texts."""

    name: str
    place: str | None
    events: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    told: tuple[Quantity, ...] = ()
    lately: tuple[Quantity, ...] = ()
    claims: frozenset[str] = frozenset()
    scenes: frozenset["Scene"] = frozenset()
    began: date | None = None
    known: datetime | None = None
    rank: int = 0

    @property
    def day(self) -> date:
        """Its day."""
        return self.began or incident_day(self.name)


def scene_of(claim: Claim) -> Scene | None:
    """The scene that a figure's text sets for it; None where it tells neither what was hit nor when."""
    figure = claim.figure
    if figure.target is None and not claim.names_day:
        return None
    day = claim.event_day if claim.names_day else None
    return claim.origin.url, figure.place, figure.event, figure.target, day


def incident_name(place: str | None, day: date, known: Sequence[str] = (), target: str | None = None) -> str:
    """The name that an incident gets from the first figure for it: "El Fasher 2025-10-26"; a second one of that day
    there has its target in its name, or a number."""
    where = place or NOWHERE
    marks = ["", *([f" ({target})"] if target else []), *(f" ({number})" for number in range(2, len(known) + 3))]
    names = (f"{where}{mark} {day.isoformat()}" for mark in marks)
    return next(name for name in names if name not in known)


def incident_mark(name: str, place: str | None) -> str:
    """What tells an incident from others at its place: its day, and the target or number that its name has."""
    day, second = name[-10:], second_there(name, place)
    return f"{day}, {second}" if second else day


def second_there(name: str, place: str | None) -> str:
    """What tells an incident from the first of its day at its place: "market", "number 2"; nothing for the first."""
    rest = name[:-10].removeprefix(place or NOWHERE).strip(" ()")
    return f"number {rest}" if rest.isdigit() else rest


def incident_day(name: str) -> date:
    """The day in the name of an incident. Raises ValueError for a name without one."""
    return date.fromisoformat(name[-10:])


def find_incident(known: Sequence[Incident], claim: Claim, atlas: Atlas, *, apart: bool = False) -> Incident | None:
    """The incident that a figure belongs to; None for a new one. `apart`: its text tells of two days at its place, so
    that each means its very day.

    First of all those of the same place and days; then one whose place lies around or within the figure's, where no
    other is in question; one at a place that no list has and with the very number; then, for a fortnight, one that the
    figure retells, which a text without a day may mean before one of the last days. A text that names another kind of
    event or another target means another incident, unless it gives the number that is known.
    """
    again = next((one for one in known if claim.id in one.claims), None)
    if again is not None:
        return again
    fit = [one for one in known if not _kept_apart(one, claim, apart=apart)]
    near = [one for one in fit if abs(one.day - claim.event_day) <= SAME_INCIDENT]
    place = claim.figure.place
    here = [one for one in near if _same_place(one.place, place)]
    if (before := _told_before(fit, here, claim)) is not None:
        return before
    around = [one for one in near if _nested(one.place, place, atlas) and one not in here]
    retold = [one for one in around if _retells(one, claim)]
    if here and (not retold or any(_retells(one, claim) for one in here)):
        return min(here, key=lambda one: _rank(one, claim))
    if (only := _only(around, claim, atlas)) is not None:
        return only
    if len(near) == 1 and None in (place, near[0].place):
        return near[0]
    if (unlisted := [one for one in near if _may_hold(one, claim, atlas)]) and len(unlisted) == 1:
        return unlisted[0]
    return _retold(fit, claim, atlas) if place is not None else None


def _may_hold(one: Incident, claim: Claim, atlas: Atlas) -> bool:
    """True where one of the two places is on no list, and the text tells of the same kind of event on the same day, or
    of no day and as many: the name is that of a quarter or a village."""
    place, event = claim.figure.place, claim.figure.event
    if place is None or one.place is None or atlas.knows_place(place) == atlas.knows_place(one.place):
        return False
    wide = place if atlas.knows_place(place) else one.place
    same = claim.event_day in one.days if claim.names_day else _give(_in_numbers(one.told), claim)
    return same and not _is_country(wide, atlas) and event in one.events


def _told_before(fit: Sequence[Incident], here: Sequence[Incident], claim: Claim) -> Incident | None:
    """The incident of up to a fortnight ago that a text without a day means, at the same place: the one with its
    number, else the one that it goes on with, else the one with its target and no more dead than it gives ("the toll
    of the ferry bombing"), be they "dozens". None where one of the last days fits too, and for a text that names its
    day."""
    if claim.names_day or claim.figure.place is None:
        return None
    days = ((one, abs(one.day - claim.event_day)) for one in fit if one not in here)
    before = [one for one, far in days if far <= RETOLD and _same_place(one.place, claim.figure.place)]
    for points in (_retells, _goes_on, _may_rise_to):
        if any(points(one, claim) for one in here):
            return None
        if meant := [one for one in before if points(one, claim)]:
            return min(meant, key=lambda one: _rank(one, claim))
    return None


def _may_rise_to(one: Incident, claim: Claim) -> bool:
    return _shares(one, claim) and (_gives(one, claim) or not _is_fewer(one, claim))


def _goes_on(one: Incident, claim: Claim) -> bool:
    """True where the same text has given a figure of this incident, in the same scene."""
    return scene_of(claim) in one.scenes


def _only(around: Sequence[Incident], claim: Claim, atlas: Atlas) -> Incident | None:
    """The one incident that the figure's number or target points to, or the only one in question.

    A whole country is too wide for that: what fell in Sudan on a day is more than what fell in El Fasher.
    """
    wide = [one for one in around if not _is_country(claim.figure.place, atlas) and not _is_country(one.place, atlas)]
    groups = [[one for one in around if _retells(one, claim)], [one for one in around if _shares(one, claim)], wide]
    return next((group[0] for group in groups if len(group) == 1), None)


def _is_country(place: str | None, atlas: Atlas) -> bool:
    return place is None or atlas.surrounding(place) is None


def _retold(fit: Sequence[Incident], claim: Claim, atlas: Atlas) -> Incident | None:
    """The incident that a later text retells with its number, the nearest in time."""
    told = [one for one in fit if _gives(one, claim) and _distance(one, claim.event_day)[0] <= _memory_of(one, claim)]
    place = claim.figure.place
    here = [one for one in told if _same_place(one.place, place)]
    anywhere = [one for one in told if _retells(one, claim) and may_be(one.place, place, atlas)]
    return min(here or anywhere, key=lambda one: _distance(one, claim.event_day), default=None)


def _memory_of(one: Incident, claim: Claim) -> timedelta:
    """For how long a figure is that of the incident once more. "Dozens" are said of strike after strike, and so are
    four: they agree with many a number, and days later tell none of them again."""
    if claim.figure.quantity.number < TELLING and not _shares(one, claim):
        return SAME_INCIDENT
    vague = claim.figure.quantity.qualifier is Qualifier.VAGUE or not _give(_in_numbers(one.told), claim)
    return SAME_INCIDENT if vague else RETOLD


def _kept_apart(one: Incident, claim: Claim, *, apart: bool) -> bool:
    """True when the text names another kind of event, another target, or days that lie further apart than a night and
    the clocks of two countries explain, than all texts of the incident do. A number that agrees goes before one such
    difference, only the very same number before two: forty at a funeral are not the "at least 39" of a market."""
    figure = claim.figure
    night = timedelta(0) if apart else SAME_NIGHT
    other_day = claim.names_day and one.days and all(abs(day - claim.event_day) > night for day in one.days)
    other_day = other_day or _told_ahead(one, claim)
    other_event = figure.event is not None and one.events and figure.event not in one.events
    other_target = figure.target is not None and one.targets and figure.target not in one.targets
    same_target = figure.target is not None and figure.target in one.targets
    other_kind = other_event or _another_day(one, claim)
    against = sum(map(bool, (other_day, other_target, other_kind and not same_target)))
    if not against:
        return False
    return not (_retells(one, claim) if against == 1 else _is_very_number(one, claim))


def _told_ahead(one: Incident, claim: Claim) -> bool:
    """True where the incident had been reported before the day began that the text names."""
    if not claim.names_day or one.known is None:
        return False
    return one.known < datetime.combine(claim.event_day, time(), UTC) - TOLD_AHEAD


def _another_day(one: Incident, claim: Claim) -> bool:
    """True for what the text says fell on a later day than the incident, and fewer than all that is told of that: tolls
    rise, so nine dead on Wednesday are no part of Tuesday's 34."""
    return claim.names_day and claim.event_day > one.day and _is_fewer(one, claim)


def _is_fewer(one: Incident, claim: Claim) -> bool:
    """True for a number below all that the parties give of the incident by now."""
    known = one.lately or one.told
    return bool(known) and all(claim.figure.quantity.number < told.number for told in known)


def _gives(one: Incident, claim: Claim) -> bool:
    return _give(one.told, claim)


def _give(told: Sequence[Quantity], claim: Claim) -> bool:
    return any(agree(known, claim.figure.quantity, same_party=True) for known in told)


def _retells(one: Incident, claim: Claim) -> bool:
    """True for a number that the incident is known by; "dozens" agree with many a number, and tell none again."""
    if claim.figure.quantity.number < TELLING:
        return False
    vague = claim.figure.quantity.qualifier is Qualifier.VAGUE
    return _give(one.told if vague else _in_numbers(one.told), claim)


def _is_very_number(one: Incident, claim: Claim) -> bool:
    number = claim.figure.quantity.number
    return number >= TELLING and any(told.number == number for told in _in_numbers(one.lately))


def _in_numbers(told: Sequence[Quantity]) -> list[Quantity]:
    """What is told without what is told in words only."""
    return [known for known in told if known.qualifier is not Qualifier.VAGUE]


def _shares(one: Incident, claim: Claim) -> bool:
    return claim.figure.target is not None and claim.figure.target in one.targets


def _rank(one: Incident, claim: Claim) -> tuple[bool, bool, bool, bool, tuple[timedelta, date, int, int, str]]:
    """Tolls rise: a number below all that is told of one strike is likelier to be another's."""
    points = not _shares(one, claim), not _retells(one, claim), not _goes_on(one, claim)
    return *points, _is_fewer(one, claim), _distance(one, claim.event_day)


def _nested(one: str | None, other: str | None, atlas: Atlas) -> bool:
    return one is not None and other is not None and (atlas.contains(one, other) or atlas.contains(other, one))


def may_be(one: str | None, other: str | None, atlas: Atlas) -> bool:
    """True where one place lies in the other, or one is a name that no list has."""
    known = all(place is not None and atlas.knows_place(place) for place in (one, other))
    return not known or _nested(one, other, atlas)


def _same_place(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()


def _distance(one: Incident, day: date) -> tuple[timedelta, date, int, int, str]:
    return abs(one.day - day), one.day, one.rank, len(one.name), one.name
