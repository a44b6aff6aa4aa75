"""A series as a picture: a line for each party, bounds as bands. Pure; SVG for the page and for other sites.

Drawn here and not by a library of the browser's: the page works without JavaScript, and the picture is the same in a
page, in somebody's article and on paper.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.domain.quantities import Quantity, interval

WIDTH, HEIGHT = 600, 300
RIGHT, TOP, BOTTOM = 16, 16, 40
"""Pixels of the drawing, and of the margins around the lines."""
LETTER = 12
"""Pixels of a letter beside the axis, as wide as on a telephone, where the letters are larger than the drawing."""
NEAR = 6
"""Pixels between two marks of which one hides the other."""
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
    """A point where it is drawn; `low` and `high` are the ends of its whisker. `around`: one that stands lies under it,
    so that it is drawn as a ring around that one."""

    x: float
    y: float
    low: float
    high: float
    hollow: bool
    label: str
    link: str
    around: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A party's marks, the path through those that are not hollow and the band between their bounds: a figure stands
    until the next one is said. `rest` goes on from the last of them to the end of the axis. `number` chooses its colour
    and dashes."""

    party: str
    number: int
    path: str
    band: str
    marks: tuple[Mark, ...]
    rest: str = ""


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

    standing = [(x(point.day), y(point.quantity.number)) for point in points if not point.hollow]
    lines = []
    for number, party in enumerate(dict.fromkeys(point.party for point in points)):
        mine = sorted((point for point in points if point.party == party), key=lambda point: point.day)
        marks = [_mark(point, x(point.day), y) for point in mine]
        said = [mark for mark in marks if not mark.hollow]
        gone = [replace(mark, around=_covers(mark, standing)) for mark in marks if mark.hollow]
        rest = _rest(said, WIDTH - RIGHT)
        lines.append(Line(party, min(number, LINES - 1), _path(said), _band(said), (*gone, *said), rest))
    return Chart(
        tuple(lines),
        tuple(Tick(y(tick), f"{tick:,}") for tick in ticks),
        tuple(Tick(x(day), f"{day.day} {day:%b %Y}") for day in _days(first, last)),
        left=left,
    )


def spark(points: Sequence[Point]) -> tuple[Line, ...]:
    """The paths of a small drawing, from nothing at its foot to the highest number at its head, with the last mark of
    each and those that are hollow."""
    if sum(not point.hollow for point in points) < 2:
        return ()
    first, last = min(point.day for point in points), max(point.day for point in points)
    most = max(point.quantity.number for point in points)
    wide, high = SPARK[0] - 4, SPARK[1] - 6

    def at(point: Point) -> Mark:
        x = round(2 + wide * (point.day - first).days / ((last - first).days or 1), 1)
        y = round(3 + high * (1 - point.quantity.number / max(most, 1)), 1)
        return Mark(x, y, y, y, point.hollow, "", "")

    lines = []
    for number, party in enumerate(dict.fromkeys(point.party for point in points)):
        marks = [at(point) for point in points if point.party == party]
        said, gone = [mark for mark in marks if not mark.hollow], [mark for mark in marks if mark.hollow]
        lines.append(Line(party, min(number, LINES - 1), _path(said), "", (*gone, *said[-1:])))
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


def _covers(mark: Mark, standing: Sequence[tuple[float, float]]) -> bool:
    return any(abs(mark.x - x) < NEAR and abs(mark.y - y) < NEAR for x, y in standing)


def _rest(marks: Sequence[Mark], end: float) -> str:
    return f"M{marks[-1].x} {marks[-1].y}H{end}" if marks and marks[-1].x < end else ""


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
