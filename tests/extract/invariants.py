"""What must hold for any text whatever: shared by the property tests and the fuzzer."""

import json
import time
from datetime import date

from monitor.domain.claims import Figure
from monitor.extract import Reading, extract
from monitor.extract.forms import figure_form
from monitor.extract.numbers.number_phrases import find_numbers
from monitor.extract.text.normalise import normalise

PUBLISHED = date(2025, 2, 1)
DRESSED = str.maketrans({"'": "’", "-": "‑", " ": "\u00a0"})
"""Other characters for the same marks: a text must read the same with them."""
SLOWEST = 250.0
"""Microseconds of CPU for one character of any text, on a slow and busy machine; ordinary text takes 2."""
FIXED = 0.25
"""Seconds that any text may take besides."""


def read(text: str, title: str | None = None) -> Reading:
    return extract(text, title=title, published=PUBLISHED)


def complaints(text: str, title: str | None = None) -> list[str]:
    """Everything that is wrong with the reading of the text; an exception is left to the caller."""
    reading = read(text, title)
    found = [wrong for figure in reading.figures for wrong in _of_figure(figure, text, title)]
    if reading != read(text, title):
        found.append("reads differently the second time")
    if reading.figures and reading.language not in {"en", "und"}:
        found.append(f"figures in {reading.language}")
    same = [(f.measure, f.start, f.end, f.quantity, "from_title" in f.rules) for f in reading.figures]
    if len(same) != len(set(same)):
        found.append("one number counted twice for one measure")
    return found


def complaints_about_marks(text: str) -> list[str]:
    """Curly quotes, other hyphens and other spaces change no figure."""
    plain = normalise(text)  # what the rules see
    if read(plain).language not in {"en", "und"} or read(plain.translate(DRESSED)).language not in {"en", "und"}:
        return []
    alike = _told(read(plain)) == _told(read(plain.translate(DRESSED)))
    return [] if alike else ["reads differently with curly quotes, other hyphens and other spaces"]


def _told(reading: Reading) -> list[tuple[object, ...]]:
    return [(f.measure, f.quantity, f.subject, f.claimants, f.start, f.end, f.status) for f in reading.figures]


def _of_figure(figure: Figure, text: str, title: str | None) -> list[str]:
    source = title if title is not None and "from_title" in figure.rules else text
    stop = figure.quote_start + len(figure.quote)
    found = []
    if not 0 <= figure.quote_start <= figure.start < figure.end <= stop <= len(source):
        found.append("offsets that are out of order")
    if source[figure.quote_start : stop] != figure.quote:
        found.append("a quote that is no slice of the text")
    surface = source[figure.start : figure.end]
    joined = " ".join(surface.split())  # a number may go on behind the end of a wrapped line
    # "a couple" alone are two who love each other; before "of" it is a number.
    if surface != surface.strip() or not find_numbers(normalise(f"{joined} of them")):
        found.append(f"a slice that is no number: {surface!r}")
    low, high = figure.quantity.low, figure.quantity.high
    if (
        (low is None and high is None)
        or (low is not None and high is not None and low > high)
        or (low or high or 0) < 0
    ):
        found.append("an impossible quantity")
    if abs(figure.confidence - min(1.0, max(0.0, sum(value for _, value in figure.terms)))) > 0.002:
        found.append("terms that do not add up to the confidence")
    try:
        json.dumps(figure_form(figure), ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError) as error:
        found.append(f"no JSON: {error}")
    return found


def too_slow(text: str, limit: float = SLOWEST) -> str | None:
    """The time per character when it is above the limit, the best of three."""
    allowed = FIXED + limit * len(text) / 1e6
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
        if best <= allowed:
            return None
    return f"{best:.2f} s for {len(text)} characters"
