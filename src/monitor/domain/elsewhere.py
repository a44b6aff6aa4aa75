"""Figures that readers have been told already of people who may be the same.

"Nineteen soldiers", says the army, and "19 Malian soldiers" in the next paper; "17 civilians" in Mali, and "17 Malian
civilians". Whose people are counted, and of which kind, is left open by one text and said by another, and stands in two
series. What a party says in the one is no news where readers were told it of the other.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Claim
from monitor.domain.incidents import TELLING
from monitor.domain.lines import Line, Verdict
from monitor.domain.quantities import Interval, in_words, interval, widen
from monitor.domain.series import Anchor, Series

_NEWS = frozenset({Kind.FIRST, Kind.DIFFERS, Kind.RAISED, Kind.LOWERED})
_NEW = frozenset({Kind.FIRST, Kind.DIFFERS})


def told_beside(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    """The verdict without an alert where readers know the figure from a series of people who may be the same: by its
    party, or, of a first figure that names nobody and leaves open whose people they are, by what all others say.

    Small numbers tell nothing: seven fighters and seven people may be any.
    """
    if verdict.kind not in _NEWS or verdict.check or claim.figure.quantity.number < TELLING:
        return verdict
    for series in beside:
        known = series.anchors.get(line.party)
        if known is None:
            continue
        told = f"{in_words(known.quantity)} of {series.key.subject.replace('/', ' ')}, which may be the same people"
        if line.agrees(claim.figure.quantity, known.quantity):
            return _silent(verdict, Kind.REPEATED, f"{verdict.why}; readers were told {told}", known)
        if claim.as_of.before(known.as_of) and _wider(line.series.key.subject, series.key.subject):
            return _silent(verdict, Kind.LATE, f"{verdict.why}; readers were told since {told}", known)
    if line.party == UNATTRIBUTED and verdict.kind in _NEW:
        return _among_all(line, claim, verdict, beside)
    return verdict


def _among_all(line: Line, claim: Claim, verdict: Verdict, beside: Sequence[Series]) -> Verdict:
    narrower = [one for one in beside if _wider(line.series.key.subject, one.key.subject)]
    known = [anchor for series in narrower for _, anchor in sorted(series.anchors.items())]
    if not known:
        return verdict
    loose, number = line.watch.looseness, claim.figure.quantity.number
    spans = [widen(interval(one.quantity, loose), loose.parties) for one in known]
    span = Interval(min(low for low, _ in spans), max(high for _, high in spans))
    mine = widen(interval(claim.figure.quantity, loose), loose.parties)
    if mine.low > span.high or span.low > mine.high:
        return verdict
    nearest = min(known, key=lambda one: (abs(one.quantity.number - number), one.party))
    why = f"{verdict.why}; names nobody, and agrees with what readers were told of the sides"
    return _silent(verdict, Kind.CONFIRMED, why, nearest)


def _wider(subject: str, other: str) -> bool:
    """True where the one leaves open whose the people are, and the other says it."""
    return subject.startswith("anyone/") and not other.startswith("anyone/")


def _silent(verdict: Verdict, kind: Kind, why: str, known: Anchor) -> Verdict:
    return replace(verdict, kind=kind, why=why, alert=False, held_against=known.claim_id, before=known.quantity)
