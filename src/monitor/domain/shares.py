"""Shares of history that can be folded apart, in a process each: what is counted in one has no say in another.

A figure is held against its own series, against those of the same people by other measures, and, where a text leaves
open whose people or which they are, against those of people who may be the same (`monitor.domain.elsewhere`). Which
strike it belongs to is said by the strikes of its watch and subject. Nothing else is asked.
"""

from collections import Counter
from collections.abc import Iterable

from monitor.domain.series import SeriesKey
from monitor.domain.watches import left_open

Unit = tuple[str, str]
"""A watch and a subject: all series of them are folded together."""


def unit_of(key: SeriesKey) -> Unit:
    """The unit of a series."""
    return key.watch, key.subject


def shares(keys: Iterable[SeriesKey], count: int) -> list[frozenset[Unit]]:
    """The units of these series in so many shares, about as many series in each; some are empty where few have no say
    in one another."""
    series = Counter(map(unit_of, keys))
    found: list[set[Unit]] = [set() for _ in range(count)]
    together = _together(sorted(series))
    for group in sorted(together, key=lambda units: (-sum(series[unit] for unit in units), units)):
        smallest = min(found, key=lambda share: sum(series[unit] for unit in share))
        smallest |= set(group)
    return [frozenset(share) for share in found]


def _together(units: Iterable[Unit]) -> list[list[Unit]]:
    """The units in groups: those that may count the same people in one."""
    groups: list[list[Unit]] = []
    for unit in units:
        touched = [group for group in groups if any(_touch(unit, other) for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([unit, *(other for group in touched for other in group)])
    return groups


def _touch(one: Unit, other: Unit) -> bool:
    return one[0] == other[0] and left_open(one[1], other[1])
