"""Many readings of one article made into its figures: said twice is said once, the headline gives way to the body."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.domain.claims import Figure, Measure, Scope, Status, Subject
from monitor.domain.quantities import agree

LOSSES = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES})


def _same_subject(one: Figure, other: Figure) -> bool:
    left, right = one.subject, other.subject
    return left.party == right.party or left.party is None or right.party is None


def _said_again(figure: Figure, earlier: Figure) -> bool:
    """The same number of the same people for the same measure; a source named later adds nothing against none."""
    if figure.measure is not earlier.measure or figure.quantity.number != earlier.quantity.number:
        return False
    if figure.quote_start == earlier.quote_start and figure.subject.text != earlier.subject.text:
        return False
    if figure.status is not earlier.status or not _same_subject(figure, earlier) or figure.scope is not earlier.scope:
        return False
    if bool(figure.claimants) == bool(earlier.claimants):
        return False
    return not (figure.place and earlier.place and figure.place != earlier.place and figure.quantity.number < 100)


def _better(one: Figure, other: Figure) -> Figure:
    """Of two readings of one statement the one that tells more."""

    def told(figure: Figure) -> tuple[int, int, float, int]:
        return (len(figure.claimants), int(figure.subject.party is not None), figure.confidence, -figure.start)

    return max(one, other, key=told)


def merge(figures: Iterable[Figure]) -> list[Figure]:
    """The figures in order, each statement once."""
    kept: list[Figure] = []
    places: dict[tuple[Measure, int], list[int]] = {}
    for figure in figures:
        alike = places.setdefault((figure.measure, figure.quantity.number), [])
        told = next((index for index in alike if _said_again(figure, kept[index])), None)
        if told is None:
            alike.append(len(kept))
            kept.append(figure)
        else:
            kept[told] = _better(kept[told], figure)
    return kept


def foes_named(figures: Sequence[Figure]) -> list[Figure]:
    """The figures, with those of nobody's soldiers given to the side that tells of its own from the same clash: "the
    RSF said that they had killed 240 soldiers in a battle near Bara. The army said that 35 of its soldiers died."."""
    return [replace(one, subject=foe) if (foe := _foe_of(one, figures)) is not None else one for one in figures]


def _foe_of(figure: Figure, figures: Sequence[Figure]) -> Subject | None:
    if figure.subject.party is not None or figure.subject.kind != "troops" or figure.scope is not Scope.INCIDENT:
        return None
    own = {
        other.subject.party: other.subject
        for other in figures
        if (other.measure, other.scope, other.place) == (figure.measure, figure.scope, figure.place)
        and other.as_of == figure.as_of
        and other.subject.kind == figure.subject.kind
        and other.parties == (other.subject.party,)
        and other.subject.party not in figure.parties
    }
    return next(iter(own.values())) if len(own) == 1 and figure.claimants else None


def lost_is_killed(figures: Sequence[Figure]) -> list[Figure]:
    """ "Lost 600" is that figure again where the text gives the same number as killed."""
    killed = {(f.quantity.number, f.subject.party) for f in figures if f.measure is Measure.KILLED}
    return [
        f
        for f in figures
        if f.measure is Measure.KILLED
        or "lost-object" not in f.rules
        or (f.quantity.number, f.subject.party) not in killed
    ]


def explained(headline: Figure, body: Sequence[Figure]) -> bool:
    """True when the body tells of what the headline says: the same number, or an agreeing one of a near measure."""
    for figure in body:
        near = figure.measure is headline.measure or {figure.measure, headline.measure} <= LOSSES
        if figure.quantity.number == headline.quantity.number and _same_subject(figure, headline):
            return True
        if near and agree(figure.quantity, headline.quantity, same_party=False):
            return True
        if (
            figure.measure is headline.measure
            and figure.status is Status.ASSERTED
            and _same_subject(figure, headline)
            and headline.quantity.number <= figure.quantity.number
        ):
            return True
    return False


def add_headlines(headlines: Sequence[Figure], body: Sequence[Figure]) -> list[Figure]:
    """The body's figures, and those of headlines that the body does not explain."""
    return [*[headline for headline in headlines if not explained(headline, body)], *body]
