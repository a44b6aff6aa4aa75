"""A series as a picture: a line for each party, bounds as bands. Pure; SVG for the page and for other sites.

Drawn here and not by a library of the browser's: the page works without JavaScript, and the picture is the same in a
page, in somebody's article and on paper.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.domain.quantities import Quantity, interval

WIDTH, HEIGHT = 600, 300
RIGHT, TOP, BOTTOM = 16, 16, 40
"""Pixels of the drawing, and of the margins around the lines."""
LETTER = 12
"""Pixels of a letter beside the axis, as wide as on a telephone, where the letters are larger than the drawing."""
SPARK = (120, 32)
"""Pixels of a small drawing."""
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
    """A party's marks, the path through those that are not hollow and the band between their bounds: a figure stands
    until the next one is said. `number` chooses its colour and dashes."""

    party: str
    number: int
    path: str
    band: str
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
    left: int = LETTER
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
    left = LETTER * (len(f"{ticks[-1]:,}") + 1)

    def x(day: date) -> float:
        return round(left + (WIDTH - left - RIGHT) * (day - first).days / (last - first).days, 1)

    def y(number: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(number / ticks[-1], 1), 1)

    lines = []
    for number, party in enumerate(dict.fromkeys(point.party for point in points)):
        mine = sorted((point for point in points if point.party == party), key=lambda point: point.day)
        marks = tuple(_mark(point, x(point.day), y) for point in mine)
        said = [mark for mark in marks if not mark.hollow]
        lines.append(Line(party, min(number, LINES - 1), _path(said), _band(said), marks))
    return Chart(
        tuple(lines),
        tuple(Tick(y(tick), f"{tick:,}") for tick in ticks),
        tuple(Tick(x(day), f"{day.day} {day:%b %Y}") for day in _days(first, last)),
        left=left,
    )


def spark(points: Sequence[Point]) -> tuple[Line, ...]:
    """The paths alone of a small drawing, from nothing at its foot to the highest number at its head."""
    if len(points) < 2:
        return ()
    first, last = min(point.day for point in points), max(point.day for point in points)
    most = max(point.quantity.number for point in points)
    wide, high = SPARK[0] - 4, SPARK[1] - 6

    def at(point: Point) -> Mark:
        x = round(2 + wide * (point.day - first).days / ((last - first).days or 1), 1)
        y = round(3 + high * (1 - point.quantity.number / max(most, 1)), 1)
        return Mark(x, y, y, y, False, "", "")

    lines = []
    for number, party in enumerate(dict.fromkeys(point.party for point in points)):
        marks = [at(point) for point in points if point.party == party]
        lines.append(Line(party, min(number, LINES - 1), _path(marks), "", (marks[-1],)))
    return tuple(lines)


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
    """A step at each mark."""
    return " ".join(f"H{mark.x}V{mark.y}" if number else f"M{mark.x} {mark.y}" for number, mark in enumerate(marks))


def _band(marks: Sequence[Mark]) -> str:
    """Along the upper ends, and back along the lower ones."""
    if all(mark.low == mark.high for mark in marks) or len(marks) < 2:
        return ""
    above = "".join(f"H{mark.x}V{mark.high}" for mark in marks[1:])
    below = "".join(f"V{mark.low}H{mark.x}" for mark in reversed(marks[:-1]))
    return f"M{marks[0].x} {marks[0].high}{above}{below}Z"


def _days(first: date, last: date) -> list[date]:
    """At most four days, the first and the last among them."""
    span = (last - first).days
    return [first + timedelta(days=round(span * part / 3)) for part in range(4)] if span >= 9 else [first, last]
