"""What a party gives of the same people by other measures: its dead and wounded beside all its casualties."""

from collections.abc import Callable
from datetime import timedelta

from monitor.domain.claims import UNATTRIBUTED, Claim, Measure, Scope
from monitor.domain.doubts import Beside
from monitor.domain.series import Anchor, SeriesKey, anchor_of, counting

BESIDE = timedelta(days=14)
"""For so long a total of killed and wounded bounds each of them: it may double in a month of war."""
_KILLED, _WOUNDED, _CASUALTIES = Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES
_PARTS = (_KILLED, _WOUNDED)
_CUMULATIVE, _PERIOD = Scope.CUMULATIVE, Scope.PERIOD


def beside_of(
    key: SeriesKey,
    party: str,
    claim: Claim | None,
    given: Callable[[SeriesKey], Claim | None],
    told: Callable[[SeriesKey], Anchor | None],
) -> Beside:
    """What readers know of the party's dead, wounded and casualties beside the one that a claim gives. The parts are no
    more than a whole of the same days; of a toll that rises, or of a window, than one that isn't older.

    `given` is the party's figure in another series by the same article, `told` what readers were told of it there.
    """
    if claim is None or party == UNATTRIBUTED or (key.measure not in _PARTS and key.measure is not _CASUALTIES):
        return Beside()
    if key.measure is _CASUALTIES:
        said = [given(counting(key, measure)) for measure in _PARTS]
        parts = [anchor_of(party, part) for part in said if part is not None]
        # Of other texts the dead alone: a slip in the wounded would cast doubt on what is right.
        parts = parts or [dead for dead in [told(counting(key, _KILLED))] if dead]
        return Beside(parts=tuple(part.quantity for part in parts if not _of_another_time(key, part, claim)))
    total = counting(key, _CASUALTIES)
    whole_given = given(total)
    whole = anchor_of(party, whole_given) if whole_given is not None else told(total)
    if whole is None:
        return Beside()
    steady = key.scope is _CUMULATIVE and claim.day - whole.as_of.day <= BESIDE
    older = whole.as_of.before(claim.as_of) and not steady
    return Beside() if older or _of_another_time(key, whole, claim) else Beside(whole.quantity)


def _of_another_time(key: SeriesKey, known: Anchor, claim: Claim) -> bool:
    """True for what was told of another window than the one of the claim: the weeks of two days overlap only."""
    return key.scope is _PERIOD and known.as_of.day != claim.day
