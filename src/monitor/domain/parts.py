"""Parts and wholes: "4,700 casualties, including 600 dead" gives two figures, the one within the other."""

from collections.abc import Iterable

from monitor.domain.claims import Claim, Measure, Status
from monitor.domain.quantities import interval

_PARTS = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED, Measure.MISSING})


def whole_of(claim: Claim, said: Iterable[Claim]) -> Claim | None:
    """The figure of the same sentence that this one is a part of: all casualties of its party, or all people counted
    with the same measure; never a smaller number. The nearest of several, None for none."""
    wholes = [other for other in said if _is_whole(other, claim)]
    return min(wholes, key=lambda other: (abs(other.figure.start - claim.figure.start), other.id), default=None)


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
