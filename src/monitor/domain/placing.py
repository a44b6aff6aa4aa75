"""Placing: which incident each figure is about, as if all texts had come in in the order in which they came out.

A text that comes in late may open an incident that texts known already belong to, or join two days. What came out
after it is placed anew, and figures that belong elsewhere now are moved. So the same texts in any order make the same
incidents; only names stay those that readers have.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.domain.changes import Arrival, Book, Move
from monitor.domain.claims import Claim, Measure, Scope
from monitor.domain.incidents import RETOLD, Incident, find_incident, incident_day, incident_name, may_be, scene_of
from monitor.domain.series import SeriesKey, leading
from monitor.domain.watches import Watch

REACH = 2 * RETOLD
"""So far from a late text's day figures are placed anew: what it says may be retold by one, and that by another."""

Turn = tuple[datetime, str, int, str]


def turn(claim: Claim) -> Turn:
    """Where a claim stands among all: by the time at which its text came out."""
    return claim.said_at, claim.origin.url, claim.figure.start, claim.id


@dataclass(slots=True)
class _Group:
    """The claims of one incident. `name` and `place` are those of its series; no name: it has none as yet."""

    name: str | None
    place: str | None
    claims: list[Claim] = field(default_factory=list)
    fixed: bool = False
    """A person has said what belongs to it."""

    def in_question(self, claim: Claim) -> bool:
        """False where no rule reaches: all that is said of the incident is of days too far from the claim's."""
        day = claim.event_day
        return any(abs(one.event_day - day) <= RETOLD or one.id == claim.id for one in self.claims)

    def seen_by(self, claim: Claim, rank: int) -> Incident | None:
        """The incident as it was when the claim's text came out; None where it wasn't known by then, or was so long
        before or after that the claim can't be about it."""
        mine, said_at, now = claim.origin.url, claim.said_at, turn(claim)
        known = [
            one
            for one in self.claims
            if one.said_at < said_at or self.fixed or one.origin.url == mine or turn(one) < now
        ]
        if not known:
            return None
        first = min(known, key=turn)
        far = abs(first.event_day - claim.event_day) > RETOLD
        if far and all(one.id != claim.id for one in known):
            return None  # no rule reaches so far, but to the claim's own
        totals = _totals(known, claim.figure.measure)
        return Incident(
            name=self.name or str(rank),
            place=first.figure.place,
            events=frozenset(one.figure.event for one in known if one.figure.event),
            targets=frozenset(one.figure.target for one in known if one.figure.target),
            days=frozenset(one.event_day for one in known if one.names_day),
            told=tuple(one.figure.quantity for one in totals),
            lately=tuple({one.figure.parties: one.figure.quantity for one in totals}.values()),
            claims=frozenset(one.id for one in known),
            scenes=frozenset(scene for one in known if (scene := scene_of(one)) is not None),
            began=first.event_day,
            known=first.said_at,
            rank=rank,
        )


class Placing:
    """The incidents of one watch and subject around an arrival's figures."""

    def __init__(self, watch: Watch, subject: str, book: Book, arrival: Arrival) -> None:
        self._beside = tuple(one for one in arrival.claims if one.figure.scope is Scope.INCIDENT)
        self._watch = watch
        self._subject = subject
        self._book = book
        self._gone = frozenset(claim.id for claim in arrival.replaced)
        self._groups: dict[str, _Group] = {}
        self._fresh: list[_Group] = []
        self._homes: dict[str, SeriesKey] = {}
        self._read_keys: set[SeriesKey] = set()
        self._mine: set[str] = set()
        self._given = {
            key.incident for merge in book.merges() for key in (merge.source, merge.into) if key.incident is not None
        }

    def place(self, claim: Claim, key: SeriesKey) -> SeriesKey:
        """The series that a claim of the arrival goes into. `key` is the one that it would open."""
        self._load(claim)
        later = self._later(claim)
        for one in later:
            self._group_of(one.id).claims.remove(one)
        group = self._join(claim)
        for one in later:
            self._rejoin(one)
        self._mine.add(claim.id)
        for fresh in sorted(self._fresh, key=lambda one: min(map(turn, one.claims))):
            self._name(fresh)
        self._fresh.clear()
        return replace(key, incident=group.name, place=group.place)

    def moves(self) -> Iterator[Move]:
        """The figures known before that belong elsewhere now."""
        for group in self._groups.values():
            for claim in group.claims:
                home = self._homes.get(claim.id)
                if home is not None and home.incident != group.name and claim.id not in self._mine:
                    yield Move(claim, home, replace(home, incident=group.name, place=group.place))

    def _load(self, claim: Claim) -> None:
        """Reads the incidents that the claim may be about: those of the days around its own, at places that may be its
        own; all where the claim, or one of them, names none, and for one that comes in late."""
        day, place = claim.event_day, claim.figure.place
        known = (self._watch.name, self._subject)
        last = self._book.last_said(*known, day - 2 * RETOLD, day + 2 * RETOLD)
        late = last is not None and last >= claim.said_at
        reach = REACH + RETOLD if late else 2 * RETOLD
        keys = self._book.incidents(*known, day - reach, day + reach)
        places = {key.place for key in keys}
        atlas, everywhere = self._watch.atlas, late or place is None or None in places
        here = places if everywhere else {one for one in places if may_be(one, place, atlas)}
        for key in dict.fromkeys(keys):
            name = key.incident or ""
            group = self._groups.get(name)
            if group is None and key.place in here:
                group = self._groups[name] = _Group(name, key.place)
            if group is not None and key not in self._read_keys:
                self._read(group, key)

    def _read(self, group: _Group, key: SeriesKey) -> None:
        self._read_keys.add(key)
        for _, claim in self._book.series(key).claims:
            if claim.id not in self._homes:
                self._homes[claim.id] = key
                group.claims.append(claim)
                group.fixed = group.fixed or claim.incident is not None or key.incident in self._given

    def _later(self, claim: Claim) -> list[Claim]:
        """What came out after the claim and may be about the same: it is placed again."""
        if claim.id in self._homes:
            return []
        found: list[Claim] = []
        said_at, now, passed = claim.said_at, turn(claim), self._gone | self._mine
        for group in self._groups.values():
            after = [one for one in group.claims if one.said_at >= said_at and turn(one) > now and one.id not in passed]
            if not after:
                continue
            if not group.fixed and any(abs(one.event_day - claim.event_day) <= REACH for one in after):
                found += after
        return sorted(found, key=turn)

    def _join(self, claim: Claim) -> _Group:
        """The group that a claim belongs to, a new one where it belongs to none, with the claim in it."""
        groups = [*self._groups.values(), *(one for one in self._fresh if one.name is None)]
        near = [group for group in groups if group.in_question(claim)]
        ranked = sorted(near, key=lambda group: min(map(turn, group.claims))) if len(near) > 1 else near
        seen = [one for rank, group in enumerate(ranked) if (one := group.seen_by(claim, rank)) is not None]
        found = find_incident(seen, claim, self._watch.atlas, apart=self._tells_of_two_days(claim, groups))
        if found is not None:
            group = ranked[found.rank]
        else:
            group = _Group(None, claim.figure.place)
            self._fresh.append(group)
        if all(one.id != claim.id for one in group.claims):
            group.claims.append(claim)
        return group

    def _tells_of_two_days(self, claim: Claim, groups: Iterable[_Group]) -> bool:
        """True where the claim's text gives another figure for another day at its place."""
        known = (one for group in groups for one in group.claims)
        days = {
            one.event_day
            for one in (*known, *self._beside)
            if one.origin.url == claim.origin.url and one.names_day and one.figure.place == claim.figure.place
        }
        return claim.names_day and bool(days - {claim.event_day})

    def _rejoin(self, claim: Claim) -> None:
        """Places a known claim again. A group without a name takes that of the incident to which this claim gave it."""
        group, home = self._join(claim), self._homes[claim.id]
        named = home.incident is not None and incident_day(home.incident) == claim.event_day
        if group.name is None and named and home.place == claim.figure.place:
            self._take_name(group, home)

    def _take_name(self, group: _Group, home: SeriesKey) -> None:
        """Gives a group the name of an incident that its figures come from, if no other group has it."""
        old = self._groups.get(home.incident or "")
        if group.name is None and (old is None or not old.claims):
            group.name, group.place = home.incident, home.place
            self._groups[home.incident or ""] = group

    def _name(self, group: _Group) -> None:
        """Gives a group without a name that of an incident that figures of it come from, or else one of its own."""
        for claim in sorted(group.claims, key=turn):
            if claim.id in self._homes:
                self._take_name(group, self._homes[claim.id])
        if group.name is None:
            first = min(group.claims, key=turn)
            marked = first.figure.target or first.figure.event
            group.name = incident_name(first.figure.place, first.event_day, [*self._groups], marked)
            self._groups[group.name] = group

    def _group_of(self, claim_id: str) -> _Group:
        return next(group for group in self._groups.values() if any(one.id == claim_id for one in group.claims))


def _totals(claims: Sequence[Claim], measure: Measure) -> list[Claim]:
    """What each text gives of a measure, its whole and no part of that, as the texts came out."""
    texts: dict[tuple[str, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        if claim.figure.measure is measure and claim.asserted:
            texts.setdefault((claim.origin.url, claim.figure.parties), []).append(claim)
    leaders = (leading(said) for said in texts.values())
    return sorted((one for one in leaders if one is not None), key=turn)
