"""Doubts: figures that look like a slip of the pen rather than news. Readers are asked to check them; pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from monitor.domain.claims import Measure, Scope
from monitor.domain.quantities import OPEN_BELOW, Looseness, Qualifier, Quantity, agree, in_words, interval

TENFOLD = 10
"""A digit too many or too few makes a number at least so many times as large, or as small."""
SMALLEST = 20
"""Below this a number may well grow tenfold: the first report of a strike knows of three dead, the second of forty."""
DIGITS = 4
"""Numbers of fewer digits lose one too easily in earnest: 119 after 19 is a toll that rose."""

NEVER_FALL = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES})
"""What can only add up. Prisoners are exchanged, missing men found, troops sent home."""


def doubt_of_step(
    measure: Measure, scope: Scope, told: Quantity, now: Quantity, looseness: Looseness | None = None
) -> str | None:
    """Why a party's step from the figure told to another one is to be checked; None for one that may be news.

    `now` doesn't agree with `told`.
    """
    least, most = _ends(told)
    low, high = _ends(now)
    if least >= SMALLEST and low >= TENFOLD * most:
        return "ten times as many or more"
    if least >= SMALLEST and TENFOLD * high <= least:
        return "a tenth as many or fewer"
    if scope is not Scope.PERIOD and _slipped(told, now):
        return f"the digits of {in_words(told)} with one dropped or doubled"
    falls = interval(now, looseness).high < interval(told, looseness).low and told.qualifier not in OPEN_BELOW
    if scope is Scope.CUMULATIVE and measure in NEVER_FALL and falls:
        return "a total since the start can't fall"
    return None


def doubt_of_first(others: Sequence[Quantity], now: Quantity, looseness: Looseness | None = None) -> str | None:
    """Why a party's first figure is to be checked: two others stand together, and it is far from all of them."""
    together = any(agree(one, two, same_party=False, looseness=looseness) for one, two in combinations(others, 2))
    if not together:
        return None
    least, most = min(_ends(one)[0] for one in others), max(_ends(one)[1] for one in others)
    low, high = _ends(now)
    if most >= SMALLEST and low >= TENFOLD * most:
        return "ten times as many or more as the others say"
    if least >= SMALLEST and TENFOLD * high <= least:
        return "a tenth or less of what the others say"
    return None


@dataclass(frozen=True, slots=True)
class Beside:
    """What the same party gives of the same by other measures: `whole` is all its casualties, beside its killed or its
    wounded; `parts` are those two, beside its casualties."""

    whole: Quantity | None = None
    parts: tuple[Quantity, ...] = ()


def doubt_beside(beside: Beside, now: Quantity, looseness: Looseness | None = None) -> str | None:
    """Why a figure can't be right beside what its party gives else: more killed than killed and wounded together, or
    fewer casualties than dead and wounded."""
    if beside.whole is not None and SMALLEST <= _least(now, looseness) > interval(beside.whole, looseness).high:
        return f"more than all its casualties ({in_words(beside.whole)})"
    least = sum(_least(part, looseness) for part in beside.parts)
    if least >= SMALLEST and interval(now, looseness).high < least:
        return f"fewer than its own dead and wounded ({' + '.join(map(in_words, beside.parts))})"
    return None


def _least(quantity: Quantity, looseness: Looseness | None) -> float:
    return 0 if quantity.qualifier in OPEN_BELOW else interval(quantity, looseness).low


def _ends(quantity: Quantity) -> tuple[float, float]:
    """The lowest and highest number that the words leave open; a number itself, with or without "more than"."""
    if quantity.qualifier in {Qualifier.RANGE, Qualifier.VAGUE}:
        return interval(quantity)
    return quantity.number, quantity.number


def _slipped(told: Quantity, now: Quantity) -> bool:
    """46,006 → 4,606 or 466,006."""
    if {told.qualifier, now.qualifier} & {Qualifier.RANGE, Qualifier.VAGUE}:
        return False
    was, new = str(told.number), str(now.number)
    if len(was) < DIGITS:
        return False
    return new in _with_one_dropped(was) or new in {was[:at] + was[at] + was[at:] for at in range(len(was))}


def _with_one_dropped(digits: str) -> set[str]:
    return {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
