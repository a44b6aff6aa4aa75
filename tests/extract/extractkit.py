"""What is read in a text, as tables of tests write it down."""

from monitor.domain.claims import Status
from monitor.extract import extract


def measured(text: str) -> list[tuple[str, int | None]]:
    """Measure and lowest number of every figure, in the text's order."""
    return [(figure.measure.value, figure.quantity.low) for figure in extract(text).figures]


def held(text: str) -> list[tuple[str, int]]:
    """Measure and number of every figure held to be true."""
    figures = extract(text).figures
    return sorted((f.measure.value, f.quantity.number) for f in figures if f.status is Status.ASSERTED)


def held_in_words(text: str) -> list[str]:
    """The same as "killed 12"."""
    return sorted(f"{measure} {number}" for measure, number in held(text))
