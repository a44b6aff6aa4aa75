"""Quantities: how many, as an interval with the words that made it, and when two of them agree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Qualifier(StrEnum):
    """The words around a number, in eight classes."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


OPEN_ABOVE = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.VAGUE})
OPEN_BELOW = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN})

VAGUE_CEILINGS = {24: 99, 40: 99, 200: 999, 2_000: 9_999, 20_000: 99_999, 200_000: 999_999, 2_000_000: 9_999_999}
"""Upper ends of "dozens", "scores", "hundreds", "thousands", …, by their lower ends."""

_EXACT, _ABOUT, _VAGUE, _RANGE = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.VAGUE, Qualifier.RANGE
_BOUNDS = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.AT_MOST, Qualifier.LESS_THAN})

_VAGUE_WORDS = {
    24: "dozens",
    40: "scores",
    200: "hundreds",
    2_000: "thousands",
    20_000: "tens of thousands",
    200_000: "hundreds of thousands",
    2_000_000: "millions",
}

_QUALIFIER_WORDS = {
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.AT_MOST: "up to ",
    Qualifier.LESS_THAN: "fewer than ",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: `low` and `high` are counts of people or None for an open end.

    Raises ValueError for a combination that the table of quantities doesn't have. `number` stands for it in
    sentences and steps: the low end, else the high one. It and the hash, `key`, are worked out once: quantities are
    what is compared most.
    """

    low: int | None
    high: int | None
    qualifier: Qualifier
    number: int = field(init=False, repr=False, compare=False)
    key: int = field(init=False, repr=False, compare=False)
    _read: "tuple[float, Interval, bool] | None" = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", self.low if self.low is not None else self.high or 0)
        # Of numbers alone, so that it holds in another process as well.
        low, high = -1 if self.low is None else self.low, -1 if self.high is None else self.high
        object.__setattr__(self, "key", hash((low, high, len(self.qualifier))))
        if self.low is None and self.high is None:
            raise ValueError("a quantity needs a bound")
        if self.low is not None and self.high is not None and low > high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        if (self.low is not None and low < 0) or (self.high is not None and high < 0):
            raise ValueError("a count is never negative")
        if (self.high is None) != (self.qualifier in OPEN_ABOVE):
            raise ValueError(f"{self.qualifier} with high {self.high}")
        if (self.low is None) != (self.qualifier in OPEN_BELOW):
            raise ValueError(f"{self.qualifier} with low {self.low}")

    def __hash__(self) -> int:
        return self.key

    def read(self, looseness: "Looseness") -> "tuple[float, Interval, bool]":
        """With the looseness of bounds: the interval that it is read as, and whether it was rounded. Kept for the next
        time."""
        known = self._read
        if known is None or known[0] != looseness.bound:
            known = (looseness.bound, _interval(self, looseness), slack(self) > 0)
            object.__setattr__(self, "_read", known)
        return known


@dataclass(frozen=True, slots=True)
class Looseness:
    """How loosely news gives its numbers, as fractions. `bound`: what "more than" reaches above (and "up to" below)
    its number; `parties`: by how much each interval is widened between two different parties."""

    bound: float = 0.10
    parties: float = 0.10


USUAL = Looseness()
"""What the domain's page gives."""


class Interval(NamedTuple):
    """What a quantity is read as when it is compared; real numbers, both ends included."""

    low: float
    high: float


def half_step(number: int) -> float:
    """Half a step of the second significant digit: 46,000 → 500, 3,000 → 50, 4,700 → 50."""
    step = 10 ** (len(str(abs(number))) - 2)
    return step / 2 if step >= 1 else 0.0


def is_round(number: int) -> bool:
    """Two or more trailing zeros."""
    return number != 0 and number % 100 == 0


def significant(number: int) -> int:
    """How many digits a number is given with: 46,000 → 2, 46,006 → 5."""
    return len(str(number).rstrip("0"))


def slack(quantity: Quantity) -> float:
    """How far rounding may have moved an exact or approximate number to either side; 0 where nothing was rounded."""
    rounded = quantity.qualifier is _ABOUT or (quantity.qualifier is _EXACT and is_round(quantity.number))
    return half_step(quantity.number) if rounded else 0.0


def interval(quantity: Quantity, looseness: Looseness | None = None) -> Interval:
    """Reads a quantity with the looseness that news gives it."""
    return quantity.read(looseness or USUAL)[1]


def _interval(quantity: Quantity, loose: Looseness) -> Interval:
    low, high, number = quantity.low, quantity.high, quantity.number
    match quantity.qualifier:
        case Qualifier.EXACT | Qualifier.ABOUT:
            return Interval(number - slack(quantity), number + slack(quantity))
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return Interval(number, number * (1 + loose.bound))
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return Interval(number * (1 - loose.bound), number)
        case Qualifier.VAGUE:
            # A vague low that the table lacks ("a few dozen" as 36) reaches to one below ten times itself.
            return Interval(number, VAGUE_CEILINGS.get(number, number * 10 - 1))
        case Qualifier.RANGE:
            return Interval(float(low or 0), float(high or 0))


def agree(one: Quantity, other: Quantity, *, same_party: bool, looseness: Looseness | None = None) -> bool:
    """True when the two intervals meet, each widened first where two different parties speak. Symmetric.

    Two rounded numbers whose intervals only touch are neighbours on the same scale (3,000 and 3,100): they don't agree.
    """
    if one is other:
        return True
    loose = looseness or USUAL
    mine, theirs = one._read, other._read
    _, left, rounded = mine if mine is not None and mine[0] == loose.bound else one.read(loose)
    _, right, also_rounded = theirs if theirs is not None and theirs[0] == loose.bound else other.read(loose)
    if not same_party:
        left, right = widen(left, loose.parties), widen(right, loose.parties)
    if rounded and also_rounded:
        return left[0] < right[1] and right[0] < left[1]
    return left[0] <= right[1] and right[0] <= left[1]


def widen(span: Interval, fraction: float) -> Interval:
    """The interval, its ends pushed out by a fraction of themselves."""
    return Interval(span.low * (1 - fraction), span.high * (1 + fraction))


def width(quantity: Quantity, looseness: Looseness | None = None) -> float:
    """How much the quantity leaves open, in people."""
    span = interval(quantity, looseness)
    return span.high - span.low


def narrower(one: Quantity, other: Quantity, looseness: Looseness | None = None) -> bool:
    """True when `one` says more than `other`: it gives an end that was open, or leaves less open.

    The same number with its "more than" lost says nothing new: outlets drop such words freely.
    """
    if one.number == other.number and other.qualifier is not _VAGUE:
        return False
    bound, was_bound = one.qualifier in _BOUNDS, other.qualifier in _BOUNDS
    if bound != was_bound and abs(width(one, looseness) - width(other, looseness)) < 1:
        return was_bound
    return width(one, looseness) < width(other, looseness) - 0.5


def overall(quantities: Iterable[Quantity]) -> Quantity | None:
    """The span from the lowest to the highest of several; None of none, the quantity itself of one."""
    known = list(dict.fromkeys(quantities))
    if len(known) <= 1:
        return known[0] if known else None
    low = min(quantity.number for quantity in known)
    high = max(quantity.high or quantity.number for quantity in known)
    return Quantity(low, high, Qualifier.RANGE if low != high else Qualifier.EXACT)


def is_lone(quantity: Quantity) -> bool:
    """One single person: "a soldier"."""
    return quantity.low == quantity.high == 1


def restates(now: Quantity, was: Quantity, looseness: Looseness | None = None) -> bool:
    """True when an edit from `was` to `now` leaves the figure as it is: the same number, or one that `was` left open or
    was rounded from. 46,006 for "46,000" tells more of the same, 46,500 is another number; so is "more than 3,200" for
    "more than 3,000"."""
    if not agree(now, was, same_party=True, looseness=looseness):
        return False
    if now.number == was.number or Qualifier.VAGUE in (now.qualifier, was.qualifier):
        return True
    if now.qualifier is was.qualifier and now.qualifier in _BOUNDS | {Qualifier.RANGE}:
        return False
    if was.qualifier in _BOUNDS | {Qualifier.RANGE} or now.qualifier in _BOUNDS | {Qualifier.RANGE}:
        return True
    return abs(now.number - was.number) < slack(was) or abs(now.number - was.number) < slack(now)


def retells(one: Quantity, other: Quantity, looseness: Looseness | None = None) -> bool:
    """True when both may be one and the same figure, given more or less exactly: 243,500 and "240,000". Not 245,000 and
    "240,000", though they agree: each is written as exactly as it would have to be to tell them apart. Symmetric."""
    if not restates(one, other, looseness):
        return False
    if one.qualifier is not _EXACT or other.qualifier is not _EXACT or one.number == other.number:
        return True
    return abs(one.number - other.number) < max(_last_digit(one.number), _last_digit(other.number))


def _last_digit(number: int) -> float:
    """Half a step of the last digit that a round number is given with, at least its second: 245,000 → 500. 0 for one
    that isn't round."""
    step = 10.0 ** (len(str(number)) - max(2, significant(number)))
    return step / 2 if is_round(number) else 0.0


def adds_up(killed: Quantity, wounded: Quantity, casualties: Quantity, looseness: Looseness | None = None) -> bool:
    """True when killed and wounded together agree with the party's casualties (300 + 2,700 = 3,000)."""
    dead, hurt, total = (interval(quantity, looseness) for quantity in (killed, wounded, casualties))
    return dead.low + hurt.low <= total.high and total.low <= dead.high + hurt.high


@lru_cache(maxsize=20_000)
def in_words(quantity: Quantity) -> str:
    """The quantity as readers see it everywhere: "more than 3,000", "about 1,100", "10,000–12,000", "dozens"."""
    match quantity.qualifier:
        case Qualifier.RANGE:
            return f"{quantity.low:,}–{quantity.high:,}"
        case Qualifier.VAGUE:
            return _VAGUE_WORDS.get(quantity.number, f"{quantity.number:,} or more")
        case qualifier:
            return f"{_QUALIFIER_WORDS.get(qualifier, '')}{quantity.number:,}"
