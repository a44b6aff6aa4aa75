"""A person's verdicts: history is folded again in the transaction that keeps the verdict, and corrections go out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from monitor.domain.apart import movable, moved, taken_apart
from monitor.domain.claims import Claim, Claimant, Measure, Scope, Status
from monitor.domain.compare import place
from monitor.domain.incidents import incident_name
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.refold import Cause, History, Refolded, Rewriting, refold, rewriting
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Edits, Merge, Said, Verdict, merged
from monitor.domain.watches import Watch, series_key
from monitor.errors import InputError
from monitor.extract import canonical_place, knows_subject, parse_subject
from monitor.extract.lexicon import Lexicon
from monitor.store import LARGEST, Comparing, Judged, Mute, Store, VerdictLine
from monitor.telling import Teller, change_to_tell, heard

SAID = {
    Verdict.REJECTED: "rejected it as misread",
    Verdict.ACCEPTED: "says that it is right",
    Verdict.EDITED: "corrected how it was read",
    Verdict.SPLIT: "says that it is another incident",
}


class OutdatedError(InputError):
    """A verdict on a claim of which another one was given meanwhile: whoever gives it should know."""


_Word = TypeVar("_Word", bound=StrEnum)
_OPEN = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.VAGUE})
_LONGEST = 366 * 200
"""Days of a period: more than anybody counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What a verdict did. `before` is the verdict by which things stood so already, where nothing is `changed`;
    `decisions` counts those that no longer hold, `change_ids` are the corrections that readers are told."""

    changed: bool
    claims: tuple[str, ...] = ()
    series: int = 0
    decisions: int = 0
    change_ids: tuple[str, ...] = ()
    before: Said | None = None


class Bench:
    """Where verdicts are given."""

    def __init__(self, store: Store, watches: Sequence[Watch], teller: Teller) -> None:
        self._store = store
        self._watches = tuple(watches)
        self._teller = teller

    def reject(self, claim_id: str, *, who: str, why: str, now: datetime) -> Ruled:
        """The claim is misread: it no longer counts, and never did. StoreError for an unknown claim."""
        return self.judge((claim_id,), Verdict.REJECTED, {}, who=who, why=why, now=now)

    def accept(self, claim_id: str, *, who: str, why: str, now: datetime) -> Ruled:
        """The claim is right as it stands: no slip, however it looks, and not rejected any more. StoreError for an
        unknown claim."""
        return self.judge((claim_id,), Verdict.ACCEPTED, {}, who=who, why=why, now=now)

    def edit(self, claim_id: str, edits: Edits, *, who: str, why: str, now: datetime) -> Ruled:
        """The claim should have been read otherwise; `read_edits` understands a person's words. StoreError for an
        unknown claim."""
        return self.judge((claim_id,), Verdict.EDITED, edits, who=who, why=why, now=now)

    def split(self, claim_ids: Sequence[str], *, who: str, why: str, now: datetime) -> Ruled:
        """These claims are about an incident of their own. StoreError for an unknown claim, InputError for one that is
        about no incident."""

        def named(book: Comparing) -> Edits:
            return {"incident": _own_incident([book.claim(name) for name in claim_ids], self._watches, book)}

        return self._judge(claim_ids, Verdict.SPLIT, named, self._case(who, why, now, SAID[Verdict.SPLIT]))

    def merge(self, claim_id: str, into: str, *, who: str, why: str, now: datetime) -> Ruled:
        """What the one claim's series counts is the same as what the other's does: all that went, and will go, into
        the one goes into the other. StoreError for an unknown claim, InputError for series that can't be one."""
        case = self._case(who, why, now, "says that two figures are about the same")
        with self._store.comparing() as book:
            homes = [{key.watch: key for key in book.judged(name)[-1].homes} for name in (claim_id, into)]
            merges = [Merge(homes[0][name], homes[1][name]) for name in homes[0] if name in homes[1]]
            merges = [merge for merge in merges if not _is_one(merge)]
            if not merges:
                return Ruled(changed=False, claims=(claim_id, into))
            keys = book.families([key for merge in merges for key in (merge.source, merge.into)])
            history = book.history(keys)
            placed = {name: merged(key, merges) for name, key in history.placed.items()}
            numbers = [book.note_merge(merge, case.said) for merge in merges]
            gone = {key: new for key in keys if (new := merged(key, merges)) != key}
            cause = Cause(into, f"merge {numbers[0]}", gone)
            return self._refold(book, history, History(history.turns, placed), cause, case)

    def unmerge(self, number: int, *, who: str, why: str, now: datetime) -> Ruled:
        """What was put together by this merge, and by those that were given with it, is counted apart again, what came
        in since as well. InputError for a merge that isn't there."""
        case = self._case(who, why, now, "says that two figures are not about the same")
        with self._store.comparing() as book:
            lines = book.merge_lines()
            named = next((line for line in lines if line.number == number), None)
            if named is None:
                raise InputError(f"there is no merge {number}; `monitor merges` lists them")
            if named.ended is not None:
                return Ruled(changed=False, before=named.ended)
            ended = [line for line in lines if line.said == named.said and line.ended is None]
            into = [merged(line.merge.into, book.merges()) for line in ended]
            series = book.families([*into, *(key for line in ended for key in (line.merge.source, line.merge.into))])
            left = book.moved_by(line for line in lines if line.ended is None)
            history = book.history(series)
            stood = movable(history, into, left, min(line.turn for line in ended))
            book.end_merges([line.number for line in ended], case.said)
            watches = _watches(self._watches, {*series, *into})
            apart = taken_apart(history, watches, book.merges(), stood, series)
            last = [*moved(history, apart)][-1:]
            if not last:
                return Ruled(changed=True)
            told = book.last_told(set(series) - set(into))
            cause = Cause(last[0], f"the end of merge {number}", told_before=told)
            return self._refold(book, history, apart, cause, case)

    def judge(
        self,
        claim_ids: Sequence[str],
        verdict: Verdict,
        edits: Edits,
        *,
        who: str,
        why: str,
        now: datetime,
        seen: str | None = None,
    ) -> Ruled:
        """One verdict on these claims. It holds for the same claims of other revisions too, earlier and later ones.
        `seen` is how the first one stood when it was looked at (`Store.claim_states`). StoreError for an unknown claim,
        OutdatedError for one that stands otherwise by now."""

        def wanted(book: Comparing) -> Edits:
            if seen is not None and book.states(claim_ids).get(claim_ids[0]) != seen:
                raise OutdatedError(f"something was said of {claim_ids[0]} meanwhile")
            return edits

        return self._judge(claim_ids, verdict, wanted, self._case(who, why, now, SAID[verdict]))

    def _case(self, who: str, why: str, now: datetime, says: str) -> "_Case":
        reason = f"{who} {says}{f': {why}' if why else ''}"
        return _Case(Said(who=who, why=why, now=now), reason, self._store.list_mutes(now))

    def _judge(
        self, claim_ids: Sequence[str], verdict: Verdict, wanted: Callable[[Comparing], Edits], case: "_Case"
    ) -> Ruled:
        """`wanted` are the edits, found in the transaction that writes them."""
        with self._store.comparing() as book:
            edits = wanted(book)
            named = {claim_id: book.judged(claim_id) for claim_id in dict.fromkeys(claim_ids)}
            was = {(one.revision, one.read.id): one for judged in named.values() for one in judged}
            now_so = {name: one.after(verdict, edits) for name, one in was.items()}
            before = _same_so_far(book, named, was, now_so)
            if before is not None and (before.who, before.why) == (case.said.who, case.said.why):
                return Ruled(changed=False, claims=tuple(named), before=_said(before))
            history, after = self._histories(book, was, now_so)
            numbers = [
                book.note_verdict(claim_id, verdict, edits, case.said, [now_so[_name(one)] for one in judged])
                for claim_id, judged in named.items()
            ]
            if before is not None:
                return Ruled(changed=False, claims=tuple(named), before=_said(before))
            case = replace(case, claims=frozenset(name for _, name in was))
            return self._refold(book, history, after, Cause(next(iter(named)), f"verdict {numbers[0]}"), case)

    def _histories(
        self,
        book: Comparing,
        was: Mapping[tuple[int, str], Judged],
        now_so: Mapping[tuple[int, str], Judged],
    ) -> tuple[History, History]:
        """History as it stands, and as it will with the verdict."""
        placed: dict[tuple[str, str], SeriesKey] = {}
        for name, one in was.items():
            if one.compared and not now_so[name].standing.rejected:
                placed |= {(key.watch, one.read.id): key for key in self._homes(one, now_so[name], book)}
        homes = {key for one in was.values() for key in one.homes}
        keys = book.families({*homes, *placed.values()})
        history = book.history(keys, {one.article for one in was.values()})
        ids = {claim_id for _, claim_id in was}
        others = {name: key for name, key in history.placed.items() if name[1] not in ids}
        claims = {name: None if one.standing.rejected else one.claim for name, one in now_so.items() if one.compared}
        return history, history.with_claims(claims, others | placed)

    def _homes(self, was: Judged, now_so: Judged, book: Comparing) -> list[SeriesKey]:
        """The series of a claim from now on: where it was while what names a series is the same."""
        known = {key.watch: key for key in was.homes}
        found = [key for name, key in known.items() if name not in {watch.name for watch in self._watches}]
        for watch in self._watches:
            key = series_key(now_so.claim, watch)
            before = series_key(was.claim, watch)
            # A claim split off may get the very name that it would have opened: it is another home all the same.
            stays = was.claim.incident == now_so.claim.incident
            if key is not None and watch.name in known and stays and before == _with_measure(key, before):
                found.append(_with_measure(known[watch.name], key))
            elif key is not None:
                found.append(place(now_so.claim, watch, book) or key)
        return [merged(key, book.merges()) for key in found]

    def _refold(self, book: Comparing, before: History, after: History, cause: Cause, case: "_Case") -> Ruled:
        """Folds both histories, writes where they differ and tells readers what they have to know."""
        watches = _watches(self._watches, {*before.placed.values(), *after.placed.values()})
        found = rewritten(book, refold(before, watches), refold(after, watches), watches, cause)
        keys = {change.series for change in found.changes}
        unheard, in_hand = book.unheard(keys), book.told(keys)
        book.rewrite(found, case.reason_for, case.said.now)
        told, silent = [], {}
        for change in found.changes:
            line = (change.series, change.party)
            known = (found.doubts if change.check else found.anchors).get(line)
            if line in unheard and unheard[line].had is None:
                silent[change.id] = unheard[line].muted  # readers have nothing in hand that could be wrong
            else:
                told.append(change_to_tell(change, book, case.reason, told=known, by=case.said.who))
        told, muted = heard(told, case.mutes, book)
        book.note_muted(silent | muted)
        quiet = [(one.series, one.party) for one in found.changes if one.id in silent | muted]
        book.keep_told(in_hand, quiet, case.said.now)
        book.enqueue(self._teller.deliveries(told, case.said.now), case.said.now)
        touched = {series for _, _, series, _ in (*found.undone, *found.decisions)}
        return Ruled(
            changed=True,
            claims=(cause.claim_id,),
            series=len(touched),
            decisions=len(found.undone),
            change_ids=tuple(change.id for change in found.changes),
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """A verdict being carried out: whose it is, what is said of it for those who ask why, of what nobody hears, and
    which claims it is of; None where it is of whole series."""

    said: Said
    reason: str
    mutes: Sequence[Mute]
    claims: frozenset[str] | None = None

    def reason_for(self, claim_id: str) -> str:
        """Why what was decided of a claim no longer holds: it may be the figure that it was held against that fell."""
        of_it = self.claims is None or claim_id in self.claims
        return self.reason if of_it else f"another figure changed: {self.reason}"


def rewritten(book: Comparing, before: Refolded, after: Refolded, watches: Sequence[Watch], cause: Cause) -> Rewriting:
    """What is to be written where two histories differ, given what readers were told."""
    lines = (*before.told.anchors, *before.told.doubts, *after.told.anchors, *after.told.doubts)
    told = book.told({key for key, _ in lines})
    return rewriting(replace(told, anchors={**cause.told_before, **told.anchors}), before, after, watches, cause)


def _same_so_far(
    book: Comparing,
    named: Collection[str],
    was: Mapping[tuple[int, str], Judged],
    now_so: Mapping[tuple[int, str], Judged],
) -> VerdictLine | None:
    """The verdict by which things stand so already; None where the new one changes something."""
    if any(one.standing != now_so[name].standing for name, one in was.items()):
        return None
    return next((line for claim_id in named for line in reversed(book.verdicts(claim_id))), None)


def _said(line: VerdictLine) -> Said:
    return Said(who=line.who, why=line.why, now=line.at)


def _name(one: Judged) -> tuple[int, str]:
    return one.revision, one.read.id


def read_edits(
    lexicon: Lexicon, was: Quantity, words: Mapping[str, str | int | None], today: date | None = None
) -> dict[str, Any]:
    """What a person wants otherwise of a claim, understood: low, high, qualifier, measure, subject, party, place,
    scope, window_days, status and as_of, each None to be left as it is. An empty place is the whole theatre.
    InputError for words that mean nothing, and for a day after `today`."""
    given = {name: value for name, value in words.items() if value is not None}
    edits: dict[str, Any] = {}
    if given.keys() & {"low", "high", "qualifier"}:
        try:
            edits["quantity"] = _quantity(was, given)
        except ValueError as error:
            raise InputError(f"low, high, qualifier: {error}") from error
    for name, kind in (("measure", Measure), ("scope", Scope), ("status", Status)):
        if name in given:
            edits[name] = _field(name, partial(_one_of, kind), given)
    if "as_of" in given:
        edits["as_of"] = _field("as_of", partial(_day, today=today), given)
    if "window_days" in given:
        edits["window_days"] = _window(int(given["window_days"]))
    if "place" in given:
        edits["place"] = canonical_place(str(given["place"]), lexicon) if given["place"] else None
    if "subject" in given:
        edits["subject"] = parse_subject(str(given["subject"]), lexicon)
    if "party" in given:
        name = str(given["party"])
        edits["claimants"] = (Claimant(name, lexicon.party(name)),) if name else ()
    if not edits:
        raise InputError("nothing to edit: name at least one thing that should be otherwise, as --low 300 --high 300")
    return edits


def _field(name: str, read: Callable[[str], Any], given: Mapping[str, str | int]) -> Any:
    """One field, understood. InputError that names it."""
    try:
        return read(str(given[name]))
    except ValueError as error:
        raise InputError(f"{name.replace('_', '-')}: {error}") from error


def _one_of(kind: type[_Word], word: str) -> _Word:
    """The member of this name. ValueError with the names that there are."""
    try:
        return kind(word)
    except ValueError:
        raise ValueError(f'"{word}" is not known; one of {", ".join(kind)}') from None


def _day(words: str, *, today: date | None) -> date:
    """ValueError for what is none, and for one that is yet to come."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise ValueError(f'"{words}" is no day like 2025-01-13') from None
    if today is not None and day > today:
        raise ValueError(f"{day} is yet to come: no figure is as of then")
    return day


def _quantity(was: Quantity, given: Mapping[str, str | int]) -> Quantity:
    """One number alone is exact, two are a range, unless a qualifier says otherwise. ValueError for a qualifier that
    takes one number where there are two, or the other way round: nobody's number is dropped in silence."""
    low, high = (int(given[name]) if name in given else None for name in ("low", "high"))
    if low is None and high is None:
        low, high = was.low, was.high
    one = low if low is not None else high
    usual = Qualifier.EXACT if None in (low, high) or low == high else Qualifier.RANGE
    qualifier = _one_of(Qualifier, str(given.get("qualifier", usual)))
    numbers = sorted({number for number in (low, high) if number is not None})
    if max(numbers) > LARGEST:
        raise ValueError(f"{max(numbers):,} is more than any count: at most {LARGEST:,}")
    if qualifier is Qualifier.RANGE and None in (low, high):
        raise ValueError("range takes two numbers, and there is one: give --low and --high")
    if qualifier is not Qualifier.RANGE and len(numbers) > 1:
        raise ValueError(
            f"{qualifier} takes one number, and there are {low:,} and {high:,}: give one of --low and --high, "
            "or --qualifier range"
        )
    if qualifier in _OPEN:
        return Quantity(one, None, qualifier)
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return Quantity(None, high if high is not None else low, qualifier)
    if qualifier is Qualifier.RANGE:
        return Quantity(low, high, qualifier)
    return Quantity(one, one, qualifier)


def _window(days: int) -> int:
    if not 1 <= days <= _LONGEST:
        raise InputError(f"a period of {days:,} days: give one of 1 to {_LONGEST:,}")
    return days


def unknown_names(lexicon: Lexicon, words: Mapping[str, str | int | None]) -> list[str]:
    """Of what a person wants otherwise, the names that the lexicon doesn't know, each with what follows: they may be
    meant, or be slips of the pen that open a line or a series of their own."""
    subject, party, place_ = (str(words.get(name) or "") for name in ("subject", "party", "place"))
    found = []
    if subject and not knows_subject(subject, lexicon):
        found.append(f"the lexicon doesn't know the subject {subject!r}: it is taken for people of no party")
    if party and lexicon.party(party) is None:
        found.append(f"the lexicon doesn't know the party {party!r}: it is a party of its own from now on")
    if place_ and lexicon.place(canonical_place(place_, lexicon)) is None:
        found.append(f"the lexicon doesn't know the place {place_!r}: what is counted there is a series of its own")
    return found


def _own_incident(claims: Sequence[Claim], watches: Sequence[Watch], book: Comparing) -> tuple[str | None, str]:
    """The place and a name for an incident of these claims alone."""
    other = next((claim for claim in claims if claim.figure.scope is not Scope.INCIDENT), None)
    if other is not None:
        raise InputError(f"claim {other.id} is about no incident: edit its place, scope or subject instead")
    first = claims[0]
    if first.incident is not None and all(claim.incident == first.incident for claim in claims):
        return first.incident
    place_, day = first.figure.place, first.event_day
    keys = [key for watch in watches if (key := series_key(first, watch)) is not None]
    known = {one.incident or "" for key in keys for one in book.incidents(key.watch, key.subject, day, day)}
    return place_, incident_name(place_, day, sorted(known), first.figure.target or first.figure.event)


def _is_one(merge: Merge) -> bool:
    """True where both are one already. InputError for series that can't be."""
    one, other = merge.source, merge.into
    if one.scope is not other.scope or (one.incident is None and one.measure is not other.measure):
        raise InputError(
            f"{one.scope} {one.measure} and {other.scope} {other.measure} can't be one: `monitor edit` a claim instead"
        )
    return one == other or (one.incident is not None and (one.incident, one.subject) == (other.incident, other.subject))


def _with_measure(key: SeriesKey, like: SeriesKey | None) -> SeriesKey:
    return replace(key, measure=like.measure) if like else key


def _watches(configured: Sequence[Watch], keys: Collection[SeriesKey]) -> list[Watch]:
    """The watches of these series. One that is configured no more still has its history, and tells nobody."""
    known = {watch.name: watch for watch in configured}
    return [
        known.get(name) or Watch(name=name, subject=None, measures=frozenset(Measure), scopes=frozenset(Scope))
        for name in sorted({key.watch for key in keys})
    ]
