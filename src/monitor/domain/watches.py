"""Watches: what a user asked to be told about, and which claims that takes in."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from monitor.domain.claims import Claim, Figure, Measure, Scope, Subject
from monitor.domain.incidents import Atlas, BlankAtlas, incident_name
from monitor.domain.quantities import Looseness, Quantity
from monitor.domain.series import SeriesKey

EVERYONE = "people"
"""The kind that takes in all other kinds."""
COMBATANTS = "troops"
"""The kind that stands for all who bear arms in a war."""
ARMED = frozenset({COMBATANTS, "fighters", "mercenaries"})

WINDOWS = ((1, 1), (3, 3), (10, 7), (20, 14), (45, 30), (135, 90), (270, 180))
"""Longest window in days, and the length that stands for all up to it: a day; a weekend or "three days"; a week, which
news writes for six to ten days; a fortnight; a month of any length; a quarter; half a year. Longer ones are years."""

_YEAR = 365
_INCIDENT = Scope.INCIDENT
_UNKNOWN = SeriesKey(watch="", subject="", measure=Measure.KILLED, scope=_INCIDENT)
"""Stands for a key that isn't worked out yet."""
_ANYONE = "anyone"
_REMEMBERED = 10_000

TRUSTED = 0.7
"""Below this confidence a figure waits for a person: of new text read so, hardly more than half was right, and above it
more than nine in ten (docs/extraction.md)."""


@dataclass(frozen=True, slots=True)
class MinChange:
    """The smallest step worth telling, measured from the last figure told: a count of people or a fraction of it."""

    count: int = 0
    fraction: float = 0.0

    def reached(self, before: Quantity, after: Quantity) -> bool:
        """True when the step from the figure told to the new one is at least this long."""
        return abs(after.number - before.number) >= max(self.count, self.fraction * before.number)

    def __str__(self) -> str:
        return f"{self.fraction * 100:g}%" if self.fraction else str(self.count)


def parse_min_change(setting: str | int) -> MinChange:
    """Reads the setting: "2%" or a number of people. Raises ValueError, with what was written, for anything else."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", str(setting))
    if match is None or isinstance(setting, bool) or ("." in match[1] and not match[2]):
        raise ValueError(f"min_change is {setting!r}: a whole number of people (50) or a percentage (2%) is needed")
    return MinChange(fraction=float(match[1]) / 100) if match[2] else MinChange(count=int(match[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A watch, its words already understood: `subject` None means anyone; `theatre` are canonical place names that
    mean the whole; `places` (the setting `place`) limit it to figures for those places. `atlas` knows which lie in
    which."""

    name: str
    subject: Subject | None
    measures: frozenset[Measure]
    theatre: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset({Scope.CUMULATIVE})
    min_change: MinChange = field(default_factory=MinChange)
    min_confidence: float = TRUSTED
    channels: tuple[str, ...] = ()
    looseness: Looseness = field(default_factory=Looseness)
    atlas: Atlas = field(default_factory=BlankAtlas, compare=False, repr=False)
    _keys: dict[tuple[object, ...], SeriesKey | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """The series of figures that were asked for before: news is about the same few things day after day."""


def series_key(claim: Claim, watch: Watch) -> SeriesKey | None:
    """The series of this watch that the claim belongs to; None when the watch doesn't ask for it.

    A figure for an incident gets the key of one that it opens: whether it belongs to a known one is for those to say.
    """
    figure = claim.figure
    if figure.confidence < watch.min_confidence and not claim.accepted:
        return None
    if figure.scope is _INCIDENT:
        if why_left(claim, watch) is not None:
            return None
        place, name = claim.incident or (figure.place, incident_name(figure.place, claim.event_day))
        return _key(watch, figure, place, name)
    subject = figure.subject
    about = (figure.measure, figure.scope, subject.party, subject.kind, figure.place, figure.window_days)
    key = watch._keys.get(about, _UNKNOWN)
    if key is _UNKNOWN:
        if len(watch._keys) >= _REMEMBERED:
            watch._keys.clear()
        wanted = why_left(claim, watch) is None
        key = watch._keys[about] = _key(watch, figure, _place(watch, figure.place)) if wanted else None
    return key


def window_key(claim: Claim, watch: Watch) -> SeriesKey:
    """The series of figures over as long a time as this one's, whatever the watch asks for."""
    return _key(watch, claim.figure, _place(watch, claim.figure.place))


def _key(watch: Watch, figure: Figure, place: str | None, incident: str | None = None) -> SeriesKey:
    return SeriesKey(
        watch=watch.name,
        subject=_subject(watch, figure),
        measure=figure.measure,
        scope=figure.scope,
        place=place,
        window_days=bucket(figure.window_days) if figure.scope is Scope.PERIOD else None,
        incident=incident,
    )


def why_left(claim: Claim, watch: Watch) -> str | None:
    """Why the watch leaves the claim aside, in words; None when it takes it."""
    figure = claim.figure
    if figure.measure not in watch.measures:
        return f"it asks for {', '.join(sorted(watch.measures))}, not for {figure.measure}"
    if figure.scope not in watch.scopes:
        return f"it asks for {', '.join(sorted(watch.scopes))} figures, not for {figure.scope} ones"
    if watch.subject is not None and not concerns(watch.subject, figure.subject):
        return f"it is on {watch.subject.text}, not on {figure.subject.text}"
    if watch.places and _among(figure.place, watch.places) is None:
        where = f"this one is for {figure.place}" if figure.place else "this one names none"
        return f"it is limited to certain places, and {where}"
    if figure.confidence < watch.min_confidence and not claim.accepted:
        return f"its confidence is {figure.confidence:.2f}, and the watch asks for {watch.min_confidence:.2f}"
    return None


def to_review(claim: Claim, watch: Watch) -> bool:
    """True for a claim that the watch asks for and leaves aside for its low confidence alone."""
    return why_left(claim, watch) is not None and why_left(replace(claim, accepted=True), watch) is None


def bucket(days: int | None) -> int | None:
    """The length that stands for a window of so many days; None for an unknown one."""
    if days is None:
        return None
    return next((length for longest, length in WINDOWS if days <= longest), max(1, round(days / _YEAR)) * _YEAR)


def concerns(watched: Subject | None, subject: Subject) -> bool:
    """True when a watch for `watched` takes in figures on `subject`.

    "North Koreans" (people) are not taken for a watch on North Korean troops: whether a text means soldiers is for
    the extractor to say, which knows the text.
    """
    if watched is None:
        return True
    if watched.party is not None and not _same(watched.party, subject.party):
        return False
    return watched.kind == EVERYONE or _kind(watched.kind) == _kind(subject.kind)


def _subject(watch: Watch, figure: Figure) -> str:
    """ "Party/kind". The kind is the claim's own: the civilians among the dead don't contradict all the dead.

    But for one incident: there the toll is called 43 civilians on one day and 75 people, or Palestinians, on the next.
    """
    party = figure.subject.party if watch.subject is None else watch.subject.party
    kind = _kind(figure.subject.kind)
    if party is None and kind == COMBATANTS and figure.scope is not Scope.INCIDENT:
        kind = figure.subject.kind  # nobody's rebels and nobody's soldiers are two sides
    if figure.scope is Scope.INCIDENT and kind != COMBATANTS:
        party, kind = watch.subject.party if watch.subject else None, EVERYONE
    return f"{party or _ANYONE}/{kind}"


@lru_cache(maxsize=_REMEMBERED)
def left_open(subject: str, other: str) -> bool:
    """True for subjects of series, "party/kind", that may be the same people, since one of them leaves open whose or
    which they are: "anyone/troops" and "Mali/troops", "Mali/people" and "Mali/troops"."""
    (whose, kind), (theirs, other_kind) = (one.rsplit("/", 1) for one in (subject, other))
    if _ANYONE not in (whose, theirs):
        return whose == theirs and EVERYONE in (kind, other_kind)
    if whose != theirs:
        kind, other_kind = _kind(kind), _kind(other_kind)
    return kind == other_kind or EVERYONE in (kind, other_kind)


def _kind(kind: str) -> str:
    """The kind of people that two texts may name differently: one's fighters are the other's mercenaries."""
    return COMBATANTS if kind in ARMED else kind


def _place(watch: Watch, place: str | None) -> str | None:
    if place is None or _among(place, watch.theatre) is not None:
        return None
    return _among(place, watch.places) or place


def _among(place: str | None, places: frozenset[str]) -> str | None:
    """The place as the watch spells it, None when it isn't one of them."""
    return next((known for known in sorted(places) if _same(known, place)), None)


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.casefold() == other.casefold()
