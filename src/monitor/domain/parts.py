"""Parts and wholes: "4,700 casualties, including 600 dead" gives two figures, the one within the other."""

from collections.abc import Iterable

from monitor.domain.claims import Claim, Measure, Scope, Status
from monitor.domain.incidents import TELLING
from monitor.domain.quantities import interval
from monitor.domain.series import SeriesKey
from monitor.domain.watches import ARMED

_PARTS = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED, Measure.MISSING})


def whole_of(claim: Claim, said: Iterable[Claim]) -> Claim | None:
    """The figure of the same sentence that this one is a part of: all casualties of its party, or all people counted
    with the same measure; never a smaller number. The nearest of several, None for none."""
    wholes = [other for other in said if _is_whole(other, claim)]
    return min(wholes, key=lambda other: (abs(other.figure.start - claim.figure.start), other.id), default=None)


def takes_in(total: SeriesKey, key: SeriesKey, claim: Claim) -> bool:
    """True for a total since the start, of no other people, beside a few who fell on no day that the text names."""
    few = claim.figure.quantity.number < TELLING and not claim.names_day
    running = total.scope is Scope.CUMULATIVE and (total.watch, total.measure) == (key.watch, key.measure)
    return few and running and _unarmed(total.subject) == _unarmed(key.subject)


def _unarmed(subject: str) -> bool:
    return subject.rsplit("/", 1)[1] not in ARMED


def _is_whole(whole: Claim, part: Claim) -> bool:
    one, other = whole.figure, part.figure
    counts_more = one.measure is Measure.CASUALTIES and other.measure in _PARTS
    counts_all = one.measure is other.measure and one.subject.kind != other.subject.kind
    return (
        whole.id != part.id
        and whole.origin.url == part.origin.url
        and one.status is other.status is Status.ASSERTED
        and (counts_more or counts_all)
        and one.scope is other.scope
        and bool({*one.parties} & {*other.parties})
        and interval(one.quantity).high > interval(other.quantity).high
        and _in_one_sentence(whole, part)
    )


def _in_one_sentence(one: Claim, other: Claim) -> bool:
    """The quotes are parts of sentences: those of one sentence overlap, or nothing that ends one lies between them."""
    first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
    within = second.start - first.quote_start
    if within <= len(first.quote):
        return True
    return second.quote_start <= first.end
