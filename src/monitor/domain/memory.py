"""A book in memory: lines kept in order, so that an arrival costs the same however much is known."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter

from monitor.domain.changes import Arrival, Comparison, Decision, Kind, Move
from monitor.domain.claims import Claim, Scope
from monitor.domain.incidents import incident_day
from monitor.domain.quantities import Quantity, agree
from monitor.domain.series import Anchor, Series, SeriesKey, latest, place_in_time, with_anchor
from monitor.domain.verdicts import Merge
from monitor.domain.windows import (
    DENIALS,
    LAST_DAYS,
    Glance,
    Role,
    Window,
    days_told,
    decided,
    further_back,
    role_of,
    tellers,
    wants_newest,
)

_DAY = attrgetter("day")
_LONG = 128
"""So many claims come into a line, and as many as were left in it, before it is shortened again."""
_TOTAL = Role.TOTAL
_CORRECTED, _CONFIRMED = Kind.CORRECTED, Kind.CONFIRMED


class MemoryBook:
    """A `Book` that lives in memory. What is recorded in it is all that it knows.

    `keep`: how far back from its newest claim a line is kept, and around what readers were told; None keeps all.
    Nothing older is asked for unless an article of long ago is taken back.
    """

    def __init__(self, keep: timedelta | None = None) -> None:
        self._keep = keep
        self._shelves: dict[SeriesKey, _Shelf] = {}
        self._seen: dict[int, _Place] = {}
        """By claim, the revisions that state it and the series that it was put into. Ids are kept by their hashes, and
        each place once: a million ids would be the better part of what the book takes up."""
        self._places: dict[_Place, _Place] = {}
        self._incidents: dict[tuple[str, str], dict[int, list[SeriesKey]]] = {}
        """By watch and subject, and then by the number of the day; so are the times."""
        self._last_said: dict[tuple[str, str], dict[int, datetime]] = {}
        self._told: set[str] = set()
        self._agreed: set[str] = set()
        self._corrected: dict[tuple[SeriesKey, str], list[tuple[date, Quantity]]] = {}
        self._last_start: date | None = None
        self._beside: dict[tuple[object, ...], list[SeriesKey]] = {}
        """The series of totals and periods, by their keys without a subject."""

    def merges(self) -> Sequence[Merge]:
        """None: claims are placed before they are folded again."""
        return ()

    def series(self, key: SeriesKey, window: Window | None = None) -> Series:
        """The series under this key, or a part of it; an empty one when nothing was recorded."""
        shelf = self._shelves.get(key)
        if shelf is None:
            return Series(key)
        if window is None:
            return Series(key, tuple(shelf.pairs()), shelf.anchors, shelf.doubts)
        told = Series(key, (), shelf.anchors, shelf.doubts)
        if not window.party:
            return told
        return Series(key, tuple(shelf.part(told, window, self._again(window))), shelf.anchors, shelf.doubts)

    def glance(self, key: SeriesKey, party: str, claim: Claim) -> Glance | None:
        """A first look at a line; None for one without claims, and for a claim that was recorded before."""
        shelf = self._shelves.get(key)
        line = shelf.lines.get(party) if shelf else None
        if shelf is None or line is None or hash(claim.id) in self._seen:
            return None
        told = shelf.anchors.get(party)
        teller = line.find(told.claim_id, told.as_of.day) if told and told.as_of.day == claim.day else None
        return Glance(shelf.anchors, shelf.doubts, line.newest, teller.when if teller else None)

    def speaker(self, key: SeriesKey, party: str) -> Claim | None:
        """The claim that speaks for a party in a series now."""
        shelf = self._shelves.get(key)
        line = shelf.lines.get(party) if shelf else None
        if shelf is None or line is None:
            return None
        if line.speaker is None:
            line.speaker = line.plain_speaker() or latest(line.window(Series(key, (), shelf.anchors), Window(party)))
        return line.speaker

    def incidents(self, watch: str, subject: str, first: date, last: date) -> Sequence[SeriesKey]:
        """The keys of the incident series of these days, any measure, by day and then in order of first record."""
        days = self._incidents.get((watch, subject), {})
        return [key for day in _numbers(first, last) if day in days for key in days[day]]

    def known_to_readers(self, claim_ids: Sequence[str]) -> bool:
        """True when readers were told of one of these claims that may be moved, by an alert or with the baseline."""
        return any(name in self._told for name in claim_ids)

    def only_agreed(self, claim_ids: Sequence[str]) -> Collection[str]:
        """Of these claims of incidents those that readers were never told, since they agreed with what they knew."""
        return {name for name in claim_ids if name in self._agreed and name not in self._told}

    def last_said(self, watch: str, subject: str, first: date, last: date) -> datetime | None:
        """When the newest text came out that gives a figure of an incident of these days."""
        times = self._last_said.get((watch, subject), {})
        return max([times[day] for day in _numbers(first, last) if day in times], default=None)

    def corrected(self, key: SeriesKey, party: str, first: date, last: date) -> Sequence[Quantity]:
        """The figures of a party that articles gave until they were corrected, to what is as of these days."""
        return [quantity for day, quantity in self._corrected.get((key, party), ()) if first <= day <= last]

    def earliest(self, key: SeriesKey) -> date | None:
        """The first day that a figure of a series ever spoke of; None for an empty one."""
        shelf = self._shelves.get(key)
        return shelf.first if shelf else None

    def beside(self, key: SeriesKey) -> Sequence[SeriesKey]:
        """The series that differ from this one in who is counted alone, by subject; of an incident those of incidents
        at its place on its day."""
        found = self._beside.get(_but_for_subject(key), ())
        return sorted((one for one in found if one.subject != key.subject), key=lambda one: one.subject)

    def last_start(self) -> date | None:
        """The latest day from which any figure counts; None where none does."""
        return self._last_start

    def counted_since(self, key: SeriesKey, day: date) -> Sequence[Claim]:
        """The claims of a series that count from a day after this one."""
        shelf = self._shelves.get(key)
        found = shelf.counting.values() if shelf else ()
        return sorted((one for one in found if (one.figure.since or day) > day), key=lambda one: one.id)

    def series_keys(self) -> tuple[SeriesKey, ...]:
        """The keys of all series, in order of first record."""
        return tuple(self._shelves)

    def anchors(self) -> dict[tuple[SeriesKey, str], Anchor]:
        """What the reader was last told, by series and party."""
        return {(key, party): told for key, shelf in self._shelves.items() for party, told in shelf.anchors.items()}

    def doubts(self) -> dict[tuple[SeriesKey, str], Anchor]:
        """What the reader was asked to check, by series and party."""
        return {(key, party): doubt for key, shelf in self._shelves.items() for party, doubt in shelf.doubts.items()}

    def knows(self, arrival: Arrival) -> bool:
        """True when every claim of the arrival was recorded before, even if its article was revised since: the whole
        run once more. A later revision that returns to an earlier wording is not known."""
        for claim in arrival.claims:
            place = self._seen.get(hash(claim.id))
            if place is None or claim.origin.revision not in place[0]:
                return False
        return bool(arrival.claims)

    def record(self, arrival: Arrival, comparison: Comparison) -> None:
        """Enters an arrival and what was decided about it."""
        claims = {claim.id: claim for claim in arrival.claims}
        for replaced in arrival.replaced:
            if replaced.id not in claims:
                self._take_out(replaced)
        moved = self._taken_away(comparison.moves) if comparison.moves else {}
        claims |= moved
        again = {name for name in claims if hash(name) in self._seen}
        starts = {name: since for name, claim in claims.items() if (since := claim.figure.since) is not None}
        if starts:
            self._last_start = max(day for day in (self._last_start, *starts.values()) if day)
        found: dict[str, tuple[SeriesKey, ...]] = {}
        for decision in comparison.decisions:
            name, key = decision.claim_id, decision.series
            if (key.incident or name in starts) and (decision.alert or arrival.baseline):
                self._told.add(name)
            if key.incident and decision.kind is _CONFIRMED:
                self._agreed.add(name)
            claim = claims.get(name)
            if claim is not None:
                self._enter(decision, claim, again=name in again)
                keys = found.get(name, ())
                if key not in keys:
                    found[name] = (*keys, key)
        for claim in (*arrival.claims, *moved.values()):
            self._see(claim, found.get(claim.id, ()))
        for (key, party), anchor in comparison.anchors.items():
            shelf = self._shelf(key)
            shelf.anchors = with_anchor(shelf.anchors, party, anchor)
        for (key, party), doubt in comparison.doubts.items():
            shelf = self._shelf(key)
            shelf.doubts = with_anchor(shelf.doubts, party, doubt)

    def _enter(self, decision: Decision, claim: Claim, *, again: bool) -> None:
        """Puts a claim into its line, once where it was recorded before."""
        key, party = decision.series, decision.party
        shelf = self._shelf(key)
        if again:
            shelf.take_out(party, claim.id)
        line = shelf.put_in(party, claim, role_of(claim) if decision.speaks else None)
        if decision.kind is _CORRECTED:
            self._note_correction(decision, claim)
        if key.incident:
            self._note_time(key, claim)
        if self._keep is not None and line.is_long():
            shelf.shorten(party, line, self._keep)

    def _taken_away(self, moves: Sequence[Move]) -> dict[str, Claim]:
        """Takes claims from where they don't belong any more; returns them by id."""
        for move in moves:
            for party in move.claim.figure.parties:
                self._shelf(move.source).take_out(party, move.claim.id, move.claim)
        return {move.claim.id: move.claim for move in moves}

    def _note_correction(self, decision: Decision, claim: Claim) -> None:
        if decision.before is not None:
            put_right = self._corrected.setdefault((decision.series, decision.party), [])
            if self._keep is not None:
                first = claim.day - self._keep
                put_right[:] = [one for one in put_right if one[0] >= first]
            put_right.append((claim.day, decision.before))

    def _note_time(self, key: SeriesKey, claim: Claim) -> None:
        times = self._last_said.setdefault((key.watch, key.subject), {})
        day = incident_day(key.incident or "").toordinal()
        times[day] = max(times.get(day, claim.said_at), claim.said_at)

    def _see(self, claim: Claim, keys: tuple[SeriesKey, ...]) -> None:
        """Notes the revision that states a claim, and where it was put."""
        name = hash(claim.id)
        place: _Place = ((claim.origin.revision,), keys)
        if (known := self._seen.get(name)) is not None:
            place = tuple(dict.fromkeys((*known[0], *place[0]))), tuple(dict.fromkeys((*known[1], *keys)))
        self._seen[name] = self._places.setdefault(place, place)

    def _again(self, window: Window) -> set[str]:
        return {claim.id for claim in window.news if hash(claim.id) in self._seen}

    def _shelf(self, key: SeriesKey) -> "_Shelf":
        shelf = self._shelves.get(key)
        if shelf is None:
            shelf = self._shelves[key] = _Shelf()
            if key.incident:
                days = self._incidents.setdefault((key.watch, key.subject), {})
                days.setdefault(incident_day(key.incident).toordinal(), []).append(key)
            self._beside.setdefault(_but_for_subject(key), []).append(key)
        return shelf

    def _take_out(self, claim: Claim) -> None:
        for key in self._seen.get(hash(claim.id), _NOWHERE)[1]:
            for party in claim.figure.parties:
                self._shelves[key].take_out(party, claim.id, claim)


_Place = tuple[tuple[int, ...], tuple[SeriesKey, ...]]
_NOWHERE: _Place = ((), ())


def _but_for_subject(key: SeriesKey) -> tuple[object, ...]:
    day = incident_day(key.incident) if key.incident else None
    return key.watch, key.measure, key.scope, key.place, key.window_days, day


class _Shelf:
    """One series: its lines, and what readers were told of each."""

    __slots__ = ("anchors", "counting", "doubts", "first", "lines")

    def __init__(self) -> None:
        self.lines: dict[str, _Line] = {}
        self.first: date | None = None
        self.counting: dict[str, Claim] = {}
        """The claims that count from a day on, by id."""
        # Made anew with each figure told, and so handed out as they are.
        self.anchors: Mapping[str, Anchor] = {}
        self.doubts: Mapping[str, Anchor] = {}

    def put_in(self, party: str, claim: Claim, role: Role | None) -> "_Line":
        line = self.lines.get(party)
        if line is None:
            line = self.lines[party] = _Line()
        line.put_in(claim, role)
        if claim.asserted and (self.first is None or claim.day < self.first):
            self.first = claim.day
        if claim.figure.since is not None and claim.figure.scope is Scope.PERIOD:
            self.counting[claim.id] = claim
        return line

    def shorten(self, party: str, line: "_Line", keep: timedelta) -> None:
        """Drops what is older than `keep` in a line, and as far from what readers were told: where that is taken back
        a copy of its days stands for it, and a copy of that one's days where that is taken back as well."""
        told = [known[party].as_of.day for known in (self.anchors, self.doubts) if party in known]
        line.shorten(keep, [(day - keep, day + keep) for day in told])

    def take_out(self, party: str, claim_id: str, claim: Claim | None = None) -> None:
        self.counting.pop(claim_id, None)
        if party in self.lines:
            self.lines[party].take_out(claim_id, claim)

    def pairs(self) -> Iterator[tuple[str, Claim]]:
        """All claims, each with its party, but those that speak for nobody."""
        return ((party, claim) for party, line in self.lines.items() for claim in line.heard())

    def part(self, told: Series, window: Window, again: Collection[str]) -> list[tuple[str, Claim]]:
        """The claims of a window, each with its party, once. `again` are the ids that were recorded before."""
        party = window.party or ""
        line = self.lines.get(party)
        found = {(party, claim.id): claim for claim in line.window(told, window)} if line is not None else {}
        for speaker, claim_id, day in tellers(told, window):
            if (speaker, claim_id) not in found and speaker in self.lines and (day or claim_id in again):
                teller = self.lines[speaker].find(claim_id, day)
                if teller is not None:
                    found[speaker, claim_id] = teller
        if wants_newest(told, window):
            newest = max(self._newest(window.gone), key=lambda pair: pair[1].day, default=None)
            if newest is not None:
                found.setdefault((newest[0], newest[1].id), newest[1])
        return [(speaker, claim) for (speaker, _), claim in found.items()]

    def _newest(self, gone: Collection[str]) -> Iterator[tuple[str, Claim]]:
        """The newest asserted claim of each party."""
        for party, line in self.lines.items():
            for claims in (line.totals, line.lones):
                claim = next((one for one in reversed(claims) if one.id not in gone), None)
                if claim is not None:
                    yield party, claim


class _Line:
    """One party's line: its claims by what they can do, each sort in order."""

    __slots__ = ("denials", "lones", "long", "others", "speaker", "totals")

    def __init__(self) -> None:
        self.long = _LONG
        self.speaker: Claim | None = None
        """Who speaks for the party, where that was asked since the last claim came in."""
        self.totals: list[Claim] = []
        self.lones: list[Claim] = []
        self.denials: list[Claim] = []
        self.others: list[Claim] = []

    def __iter__(self) -> Iterator[Claim]:
        return chain(self.totals, self.lones, self.denials, self.others)

    def heard(self) -> Iterator[Claim]:
        """All claims but asserted ones that say nothing of what the party says now."""
        others = (claim for claim in self.others if not claim.asserted)
        return chain(self.totals, self.lones, self.denials, others)

    def of(self, role: Role | None) -> list[Claim]:
        """The claims of one sort."""
        if role is _TOTAL:
            return self.totals
        if role is None:
            return self.others
        return self.lones if role is Role.LONE else self.denials

    def put_in(self, claim: Claim, role: Role | None) -> None:
        """Enters a claim in its place."""
        if role is not None:
            self.speaker = None
        claims = self.of(role)
        if claims and claims[-1].when >= claim.when:
            insort(claims, claim, key=place_in_time)
        else:
            claims.append(claim)

    @property
    def newest(self) -> date:
        """The day of the newest claim that may speak."""
        if self.totals and self.lones:
            return max(self.totals[-1].day, self.lones[-1].day)
        return next((claims[-1].day for claims in (self.totals, self.lones) if claims), date.min)

    def plain_speaker(self) -> Claim | None:
        """Who speaks for the party where all that it said in the last days agrees with the newest; else None."""
        if not self.totals:
            return None
        newest = self.totals[-1]
        since = newest.day - LAST_DAYS
        quantity, url = newest.figure.quantity, newest.origin.url
        for no in reversed(self.denials):
            if no.when < newest.when:
                break
            if agree(no.figure.quantity, quantity, same_party=True):
                return None
        said = {quantity}
        for claim in reversed(self.totals):
            if claim.day < since:
                break
            if claim.origin.url == url and claim is not newest:
                return None
            said.add(claim.figure.quantity)
        return newest if all(agree(one, quantity, same_party=True) for one in said) else None

    def is_long(self) -> bool:
        """True when so much has come in that it is worth the while to drop what is old."""
        return len(self.totals) + len(self.others) > self.long

    def shorten(self, keep: timedelta, days: Sequence[tuple[date, date]]) -> None:
        """Drops what is older than the newest claim of its sort by more than `keep` and not of these days."""
        for claims in (self.totals, self.lones, self.denials, self.others):
            old = bisect_left(claims, claims[-1].day - keep, key=_DAY) if claims else 0
            if old:
                claims[:old] = [one for one in claims[:old] if any(start <= one.day <= stop for start, stop in days)]
        self.long = 2 * (len(self.totals) + len(self.others)) + _LONG

    def take_out(self, claim_id: str, claim: Claim | None = None) -> None:
        """Takes out a claim by its id; where the claim itself is given, without looking through the line."""
        self.speaker = None
        if claim is not None:
            for claims in (self.of(role_of(claim)), self.others):  # among the others where it speaks for nobody
                at = bisect_left(claims, place_in_time(claim), key=place_in_time)
                if at < len(claims) and claims[at].id == claim_id:
                    del claims[at]
                    break
            return
        for claims in (self.totals, self.lones, self.denials, self.others):
            claims[:] = [one for one in claims if one.id != claim_id]

    def find(self, claim_id: str, day: date | None) -> Claim | None:
        """The claim of this id, looked for among those of its day, or (None) among all."""
        if day is None:
            return next((one for one in self if one.id == claim_id), None)
        for claims in (self.totals, self.lones):
            for at in range(bisect_left(claims, day, key=_DAY), len(claims)):
                if claims[at].id == claim_id:
                    return claims[at]
                if claims[at].day != day:
                    break
        return None

    def window(self, told: Series, window: Window) -> list[Claim]:
        """The last days of the line, as many as decide who speaks, and the days of what may be taken back."""
        gone = window.gone
        noes = [one for one in self.denials if one.id not in gone] if gone else self.denials
        denials = noes[-DENIALS:]
        found = denials
        for claims in (self.totals, self.lones):
            newest = next((one for one in reversed(claims) if one.id not in gone), None)
            if newest is not None:
                found = _deciding(claims, denials, newest.day, told, window)
                break
        for first, last in days_told(told, window):
            found = found + _days(self.totals, first, last) + _days(self.lones, first, last)
        return found


def _deciding(claims: list[Claim], denials: list[Claim], newest: date, told: Series, window: Window) -> list[Claim]:
    """What was said since the day that decides who speaks, with the denials since then."""
    since = newest - LAST_DAYS
    while True:
        last = _since(claims, since)
        if window.gone:
            last = [one for one in last if one.id not in window.gone]
        lately = [*last, *(one for one in denials if one.day >= since)]
        if claims[0].day >= since or decided(lately, since, told, window):
            return lately
        since = further_back(since, newest)


def _since(claims: list[Claim], day: date) -> list[Claim]:
    at = len(claims)
    while at and claims[at - 1].day >= day:
        at -= 1
    return claims[at:]


def _days(claims: list[Claim], first: date, last: date) -> list[Claim]:
    return claims[bisect_left(claims, first, key=_DAY) : bisect_right(claims, last, key=_DAY)]


def _numbers(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)
