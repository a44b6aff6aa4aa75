"""Figures that readers have been told already of people who may be the same.

"Nineteen soldiers", says the army, and "19 Malian soldiers" in the next paper; "17 civilians" in Mali, and "17 Malian
civilians". Whose people are counted, and of which kind, is left open by one text and said by another, and stands in two
series. What a party says in the one is no news where readers were told it of the other. Of one strike it is none
whoever says it: the nine bodies that the hospital received are the nine soldiers of whom the mayor spoke.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Claim
from monitor.domain.incidents import TELLING
from monitor.domain.lines import Line, Verdict
from monitor.domain.quantities import Interval, agree, in_words, interval, overall, widen
from monitor.domain.series import Anchor, Series, near
from monitor.domain.watches import ARMED, EVERYONE

_NEWS = frozenset({Kind.FIRST, Kind.DIFFERS, Kind.RAISED, Kind.LOWERED})
_NEW = frozenset({Kind.FIRST, Kind.DIFFERS})
_FEW = 3


def told_beside(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    """The verdict without an alert where readers know the figure from a series of people who may be the same: by its
    party, or, of a first figure that names nobody and leaves open whose people they are, by what all others say.

    Small numbers tell nothing: seven fighters and seven people may be any. But of one strike the
    same party's "five soldiers" are its "five Philippine soldiers", however few.
    """
    if line.series.key.incident is not None:
        if verdict.kind in _NEW and not verdict.check and (known := _same_said(line, claim, beside)) is not None:
            why = f"{verdict.why}; readers were told {in_words(known.quantity)} there, and one text leaves open whose"
            return _silent(verdict, Kind.REPEATED, why, known)
        return _same_dead(line, claim, verdict, beside)
    if verdict.kind not in _NEWS or verdict.check or claim.figure.quantity.number < TELLING:
        return verdict
    for series in beside:
        known = series.anchors.get(line.party)
        if known is None:
            continue
        told = f"{in_words(known.quantity)} {_people(series)}, who may be the same"
        if line.agrees(claim.figure.quantity, known.quantity):
            return _silent(verdict, Kind.REPEATED, f"{verdict.why}; readers were told {told}", known)
        if claim.as_of.before(known.as_of) and _wider(line.series.key.subject, series.key.subject):
            return _silent(verdict, Kind.LATE, f"{verdict.why}; readers were told since {told}", known)
    if line.party == UNATTRIBUTED and verdict.kind in _NEW:
        return _among_all(line, claim, verdict, beside)
    soldiers = [one for one in beside if _same_arms(line, claim, one)]
    return _beside_both(line, claim, verdict, soldiers) if verdict.kind in _NEW and soldiers else verdict


def _same_said(line: Line, claim: Claim, beside: Sequence[Series]) -> Anchor | None:
    """The very number that readers were told by the same party of the soldiers of the same strike, but that one of the
    two texts leaves open whose they are."""
    figure = claim.figure
    if line.party == UNATTRIBUTED or figure.subject.kind not in ARMED or figure.quantity.number < 2:
        return None
    for series in beside:
        known = series.anchors.get(line.party)
        same = known is not None and known.quantity.number == figure.quantity.number and near(claim, known)
        if same and _same_arms(line, claim, series):
            return known
    return None


def _same_dead(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    """A party's first figure for an incident, of people, where readers were told of as many soldiers at the place. The
    other way round it is news: that the 17 dead of a monastery were fighters is what one side says of them. One or two
    dead may be any, and so may those who died nobody knows where."""
    figure = claim.figure
    if verdict.kind not in _NEW or verdict.check or figure.subject.kind != EVERYONE:
        return verdict
    if figure.place is None or figure.quantity.number < _FEW:
        return verdict
    for series in beside:
        tellers = {one.id: one.figure.subject.kind for _, one in series.claims}
        for party, known in sorted(series.anchors.items()):
            soldiers = tellers.get(known.claim_id) in ARMED
            same = party == line.party
            if soldiers and agree(figure.quantity, known.quantity, same_party=same, looseness=line.watch.looseness):
                told = f"{in_words(known.quantity)} {_people(series)} by {party}"
                return _silent(verdict, Kind.CONFIRMED, f"{verdict.why}; readers were told {told} of that day", known)
    return verdict


def _beside_both(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    """A party's first figure of soldiers, held against what readers were told of them in both series: the one that says
    whose they are, and the one that leaves it open."""
    known = [*line.others, *(anchor for one in beside for _, anchor in sorted(one.anchors.items()))]
    number = claim.figure.quantity.number
    nearest = min(known, key=lambda one: (abs(one.quantity.number - number), one.party))
    said = in_words(overall(one.quantity for one in known) or nearest.quantity)
    if _given(line, claim, known) or (line.others and _within(line, claim, known)):
        why = f"{line.party}'s first figure agrees with what others say of soldiers who may be the same ({said})"
        return _silent(verdict, Kind.CONFIRMED, why, nearest)
    why = f"{line.party}'s first figure does not agree with what others say of soldiers who may be the same ({said})"
    return replace(verdict, kind=Kind.DIFFERS, why=why, held_against=nearest.claim_id)


def _given(line: Line, claim: Claim, known: Sequence[Anchor]) -> bool:
    """True where one of these gives the figure. Where nobody has told of these people yet, what lies between figures of
    others who may be they is told by none: one may be of the one army, one of the other."""
    loose = line.watch.looseness
    return any(agree(claim.figure.quantity, one.quantity, same_party=False, looseness=loose) for one in known)


def _same_arms(line: Line, claim: Claim, other: Series) -> bool:
    """True for two series of soldiers, or of fighters, one of which leaves open whose they are."""
    kinds = {one.figure.subject.kind for _, one in other.claims}
    mine, theirs = (subject.rsplit("/", 1)[1] for subject in (line.series.key.subject, other.key.subject))
    return bool(other.anchors) and {mine, theirs} <= ARMED and claim.figure.subject.kind in kinds


def _within(line: Line, claim: Claim, known: Sequence[Anchor]) -> bool:
    """True where a figure meets the span from the lowest to the highest of these."""
    loose = line.watch.looseness
    spans = [widen(interval(one.quantity, loose), loose.parties) for one in known]
    span = Interval(min(low for low, _ in spans), max(high for _, high in spans))
    mine = widen(interval(claim.figure.quantity, loose), loose.parties)
    return mine.low <= span.high and span.low <= mine.high


def _among_all(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    narrower = [one for one in beside if _wider(line.series.key.subject, one.key.subject)]
    known = [anchor for series in narrower for _, anchor in sorted(series.anchors.items())]
    if not known:
        return verdict
    if not _within(line, claim, known):
        return verdict
    number = claim.figure.quantity.number
    nearest = min(known, key=lambda one: (abs(one.quantity.number - number), one.party))
    why = f"{verdict.why}; names nobody, and agrees with what readers were told of the sides"
    return _silent(verdict, Kind.CONFIRMED, why, nearest)


def _people(series: Series) -> str:
    """Who is counted, in words: "troops of Mali", "troops"."""
    party, kind = series.key.subject.rsplit("/", 1)
    return kind if party == "anyone" else f"{kind} of {party}"


def _wider(subject: str, other: str) -> bool:
    """True where the one leaves open whose the people are, and the other says it."""
    return subject.startswith("anyone/") and not other.startswith("anyone/")


def _silent(verdict: Verdict, kind: Kind, why: str, known: Anchor) -> Verdict:
    return replace(verdict, kind=kind, why=why, alert=False, held_against=known.claim_id, before=known.quantity)
