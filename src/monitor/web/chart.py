"""A series as a picture: a line for each party, bounds as whiskers. Pure; SVG for the page and for other sites.

Drawn here and not by a library of the browser's: the page works without JavaScript, and the picture is the same in a
page, in somebody's article and on paper.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.domain.quantities import Quantity, interval

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 14, 34
"""Pixels of the drawing, and of the margins around the lines."""
LINES = 8
"""Parties that are told apart; further ones are drawn like the last."""
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: of a party, as of a day. `hollow`: it is not what the party says now (superseded, denied, replaced).
    `label` tells it in words, `link` leads to it."""

    party: str
    day: date
    quantity: Quantity
    hollow: bool = False
    label: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point where it is drawn; `low` and `high` are the ends of its whisker."""

    x: float
    y: float
    low: float
    high: float
    hollow: bool
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """A party's marks, and the path through those that are not hollow. `number` chooses its colour and dashes."""

    party: str
    number: int
    path: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label beside an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn, in pixels."""

    lines: tuple[Line, ...]
    heights: tuple[Tick, ...]
    days: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(points: Sequence[Point]) -> Chart | None:
    """The drawing of these points; None without any."""
    if not points:
        return None
    first, last = min(point.day for point in points), max(point.day for point in points)
    if first == last:
        first, last = first - timedelta(days=1), last + timedelta(days=1)
    ticks = heights(max(interval(point.quantity).high for point in points))

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(number: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(number / ticks[-1], 1), 1)

    lines = []
    for number, party in enumerate(dict.fromkeys(point.party for point in points)):
        mine = sorted((point for point in points if point.party == party), key=lambda point: point.day)
        marks = tuple(_mark(point, x(point.day), y) for point in mine)
        lines.append(Line(party, min(number, LINES - 1), _path([mark for mark in marks if not mark.hollow]), marks))
    return Chart(
        tuple(lines),
        tuple(Tick(y(tick), f"{tick:,}") for tick in ticks),
        tuple(Tick(x(day), f"{day:%d %b %Y}") for day in _days(first, last)),
    )


def heights(most: float) -> list[int]:
    """Round numbers from 0 to at least this one, four to six of them."""
    step = 10 ** math.floor(math.log10(max(most, 1) / 4)) if most > 4 else 1
    step = next(step * factor for factor in STEPS if step * factor * 5 >= most) if most > 5 * step else step
    return [int(step * number) for number in range(math.ceil(max(most, 1) / step) + 1)]


def _mark(point: Point, x: float, y: Callable[[float], float]) -> Mark:
    span = interval(point.quantity)
    middle = point.quantity.number
    return Mark(x, y(middle), y(span.low), y(span.high), point.hollow, point.label, point.link)


def _path(marks: Sequence[Mark]) -> str:
    return " ".join(f"{'L' if number else 'M'}{mark.x} {mark.y}" for number, mark in enumerate(marks))


def _days(first: date, last: date) -> list[date]:
    """At most four days, the first and the last among them."""
    span = (last - first).days
    return [first + timedelta(days=round(span * part / 3)) for part in range(4)] if span >= 9 else [first, last]
