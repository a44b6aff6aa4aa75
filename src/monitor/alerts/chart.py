"""A chart of a series' last steps as a PNG: each party's line, bounds as whiskers. Pure, and the same bytes each time.

Pillow is imported when the first chart is drawn. The picture is made for a phone: 800 pixels shown 312 to 400 wide. It
has a light ground of its own, since no colour reads well on every mail program's light and dark.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from monitor.alerts.courses import named, on
from monitor.domain.quantities import Qualifier, Quantity, in_words
from monitor.domain.steps import MOST_PARTIES, Course, Mark, Step

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_Point = tuple[float, float]

WIDTH, PLOT = 800, 300
"""Pixels: of the whole picture, and the height of the lines' field."""
EDGE, ROW, TEXT = 22, 42, 29
SIZE = 10
"""Of a marker, from its middle."""
GROUND, GRID, INK, SOFT = "#f6f8fa", "#d5dce3", "#1b232b", "#4b5864"
COLOURS = ("#1d5fa8", "#b3470f", "#17795a", "#8a3a86", "#6d6000", "#4a5560")
"""One for each party, all dark enough on the ground; the markers tell them apart as well."""
OFF_SCALE = 2.5
"""A figure in doubt, or taken back, doesn't stretch the field beyond so many times what the others say."""
ARROW = 26
LONGEST = 80
"""Letters of a party's name."""
SHAPES: "tuple[tuple[_Point, ...], ...]" = (
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((0, -1.2), (1.2, 1), (-1.2, 1)),
    ((-1.2, -1), (1.2, -1), (0, 1.2)),
    ((-0.5, -1.2), (0.5, -1.2), (1.2, 0), (0.5, 1.2), (-0.5, 1.2), (-1.2, 0)),
    ((-0.6, -1.2), (0.6, -1.2), (0.6, 1.2), (-0.6, 1.2)),
)
MARKED = {Mark.CHECK: "Hollow: {}, please check", Mark.TAKEN_BACK: "Crossed out: {}, taken back"}


def png(courses: Sequence[Course]) -> bytes | None:
    """The chart; None where there is nothing to see: less than two days."""
    shown = tuple(course for course in courses if course.steps)[:MOST_PARTIES]
    days = {step.day for course in shown for step in course.steps}
    return _drawn(shown) if len(days) > 1 else None


def plain(party: str, number: int) -> str:
    """The party's name in the letters that the picture's font has; "source 2" where little is left of it."""
    name = named(party)[:LONGEST]
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = " ".join("".join(char for char in folded if char.isprintable()).split())
    letters = sum(char.isalnum() for char in name)
    return kept if letters and 2 * sum(char.isalnum() for char in kept) > letters else f"source {number}"


@dataclass(frozen=True, slots=True)
class _Field:
    """Where days and figures are in the picture."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self.first).days / max((self.last - self.first).days, 1)

    def beyond(self, value: float) -> bool:
        return value > self.high

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * share


@dataclass(frozen=True, slots=True)
class _Pen:
    """How the line of one party is drawn."""

    draw: "ImageDraw.ImageDraw"
    number: int

    @property
    def colour(self) -> str:
        return COLOURS[self.number % len(COLOURS)]

    def line(self, *points: _Point, width: int = 5) -> None:
        self.draw.line(points, fill=self.colour, width=width, joint="curve")

    def dashes(self, start: _Point, end: _Point) -> None:
        """A level line of dashes: what still stands."""
        at = start[0] + 8
        while at < end[0]:
            self.line((at, start[1]), (min(at + 7, end[0]), start[1]), width=3)
            at += 16

    def marker(self, at: _Point, *, hollow: bool = False) -> None:
        """Each party has a shape of its own besides its colour."""
        corners = [(at[0] + SIZE * x, at[1] + SIZE * y) for x, y in SHAPES[self.number % len(SHAPES)]]
        self.draw.polygon(corners, fill=GROUND if hollow else self.colour, outline=self.colour, width=4)

    def cross(self, at: _Point) -> None:
        """Over a figure that was taken back."""
        reach = SIZE + 3
        for slope in (-1, 1):
            self.line((at[0] - reach, at[1] - slope * reach), (at[0] + reach, at[1] + slope * reach), width=4)

    def bar(self, x: float, low: float, high: float) -> None:
        """A range, from end to end."""
        self.line((x, low), (x, high), width=4)
        for y in (low, high):
            self.line((x - SIZE, y), (x + SIZE, y), width=4)

    def arrow(self, at: _Point, way: int) -> None:
        """The open end of "more than" (up, -1) or "up to" (down, 1)."""
        tip = at[1] + way * (SIZE + ARROW)
        self.line(at, (at[0], tip), width=4)
        self.line((at[0] - 8, tip - way * 10), (at[0], tip), (at[0] + 8, tip - way * 10), width=4)


@lru_cache(maxsize=64)
def _drawn(courses: tuple[Course, ...]) -> bytes:
    """The picture; held for the other recipients of the same alert."""
    from PIL import Image, ImageDraw

    notes = list(_notes(courses))
    top = EDGE + (len(courses) + len(notes)) * ROW + 30
    image = Image.new("RGB", (WIDTH, top + PLOT + 20 + ROW + 8), GROUND)
    draw = ImageDraw.Draw(image)
    field = _axes(draw, courses, top)
    for number, course in enumerate(courses):
        _legend(_Pen(draw, number), course, EDGE + ROW * (number + 0.5))
    for row, words in enumerate(notes, len(courses)):
        draw.text((EDGE, EDGE + ROW * (row + 0.5)), words, fill=SOFT, font=_font(), anchor="lm")
    for number, course in reversed(list(enumerate(courses))):  # whose change it is goes on top
        _curve(_Pen(draw, number), field, course)
    data = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(data, "PNG")
    return data.getvalue()


def _notes(courses: Sequence[Course]) -> Iterator[str]:
    """What the marks mean, with their figures, which may be off the scale."""
    for mark, words in MARKED.items():
        marked = [_words(step.quantity) for course in courses for step in course.steps if step.mark is mark]
        if marked:
            yield words.format(marked[-1] if len(marked) == 1 else f"{marked[-1]} and others")


def _words(quantity: Quantity) -> str:
    return in_words(quantity).replace("–", "-")  # the font has no dash


def _legend(pen: _Pen, course: Course, middle: float) -> None:
    """The party with its mark, and what it says now."""
    pen.marker((EDGE + SIZE + 4, middle))
    last = next((step for step in reversed(course.steps) if step.mark is Mark.SURE), None)
    words = f": {_words(last.quantity)}" if last else ""
    name = _cut(plain(course.party, pen.number + 1), WIDTH - 2 * EDGE - 40 - _font().getlength(words))
    pen.draw.text((EDGE + 40, middle), name + words, fill=INK, font=_font(), anchor="lm")


def _cut(name: str, room: float) -> str:
    """The name as far as there is room for it."""
    if _font().getlength(name) <= room:
        return name
    return next(
        (f"{name[:end]}..." for end in range(len(name), 0, -1) if _font().getlength(name[:end]) < room - 30), ""
    )


def _axes(draw: "ImageDraw.ImageDraw", courses: Sequence[Course], top: float) -> _Field:
    """Draws the scale and the first and last day; where the lines go."""
    steps = [step for course in courses for step in course.steps]
    days = sorted(step.day for step in steps)
    ticks = _ticks(*_span(steps))
    labels = [f"{tick:,}" for tick in ticks]
    left = EDGE + max(_font().getlength(label) for label in labels) + 16
    field = _Field(left + 14, WIDTH - EDGE - 14, top, top + PLOT, days[0], days[-1], ticks[0], ticks[-1])
    for tick, label in zip(ticks, labels, strict=True):
        draw.line(((left, field.y(tick)), (WIDTH - EDGE, field.y(tick))), fill=GRID, width=2)
        draw.text((left - 14, field.y(tick)), label, fill=SOFT, font=_font(), anchor="rm")
    middle = top + PLOT + 20 + ROW / 2
    draw.text((left, middle), on(days[0]), fill=SOFT, font=_font(), anchor="lm")
    draw.text((WIDTH - EDGE, middle), on(days[-1]), fill=SOFT, font=_font(), anchor="rm")
    return field


def _curve(pen: _Pen, field: _Field, course: Course) -> None:
    """A party's line: a figure stands until the next one, and the last one still does."""
    sure = [(field.x(step.day), field.y(_value(step.quantity))) for step in course.steps if step.mark is Mark.SURE]
    for (x, y), (following, higher) in pairwise(sure):
        pen.line((x, y), (following, y), (following, higher))
    if sure:
        pen.dashes(sure[-1], (field.right, sure[-1][1]))
    for step in course.steps:
        x, quantity = field.x(step.day), step.quantity
        at = (x, field.y(_value(quantity)))
        if quantity.low is None or quantity.high is None:
            pen.arrow(at, -1 if quantity.high is None else 1)
        elif quantity.low < quantity.high:
            pen.bar(x, field.y(quantity.low), field.y(quantity.high))
        if field.beyond(_value(quantity)):
            pen.arrow(at, -1)
        pen.marker(at, hollow=step.mark is not Mark.SURE)
        if step.mark is Mark.TAKEN_BACK:
            pen.cross(at)


def _value(quantity: Quantity) -> float:
    """Where the marker stands: in the middle of a range."""
    if quantity.qualifier is Qualifier.RANGE and quantity.low is not None and quantity.high is not None:
        return (quantity.low + quantity.high) / 2
    return quantity.number


def _span(steps: Sequence[Step]) -> tuple[float, float]:
    """From the lowest to the highest figure; those in doubt and those taken back count only where they are near."""
    ends = {step: [end for end in (step.quantity.low, step.quantity.high) if end is not None] for step in steps}
    sure = [end for step in steps if step.mark is Mark.SURE for end in ends[step]] or [*chain(*ends.values())]
    low, high = min(sure), max(sure)
    near = [end for end in chain(*ends.values()) if low / OFF_SCALE <= end <= high * OFF_SCALE]
    return min(near), max(near)


def _ticks(low: float, high: float) -> list[int]:
    """Four to seven round numbers around the figures; from zero unless they all lie far above it."""
    low = 0 if low < high * 2 / 3 else low - (high - low) / 5
    raw = max((high - low) / 5, 1)
    power = 10 ** (len(str(int(raw))) - 1)
    step = next(power * part for part in (1, 2, 5, 10) if power * part >= raw)
    first = int(low // step)
    last = max(-int(-high // step), first + 2)
    return [step * at for at in range(first, last + 1)]


@cache
def _font() -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    """The font that comes with Pillow: the same on each machine. It has plain Latin letters alone."""
    from PIL import ImageFont

    return ImageFont.load_default(TEXT)
