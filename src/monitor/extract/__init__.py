"""Text in, figures out: normalise → sentences → gate → annotate → frame → attribute → reconcile. Pure and bounded."""

from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.claims import Figure, Subject
from monitor.extract.fingerprint import version
from monitor.extract.language import detect_language
from monitor.extract.lexicon import Lexicon, load
from monitor.extract.reader import open_article, read
from monitor.extract.reconcile import add_headlines, explained, lost_is_killed, merge
from monitor.extract.subjects import canonical_place, knows_subject, parse_subject

__all__ = [
    "Figure",
    "Lexicon",
    "Reading",
    "Subject",
    "canonical_place",
    "extract",
    "knows_subject",
    "parse_subject",
    "version",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text gives: its figures in order, and its language ("en", another code, or "und" when too short)."""

    figures: tuple[Figure, ...]
    language: str


def extract(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    outlet: str | None = None,
    lexicon: Lexicon | None = None,
) -> Reading:
    """Reads the figures of one article; none when it isn't English. Never raises on any text.

    Offsets are into `text`. A figure that only the title holds has the rule "from_title" and offsets into the title.
    `published` resolves relative dates. `outlet` is kept for sources that name themselves.
    """
    del outlet
    language = detect_language(f"{title}\n{text}" if title else text)
    if language not in {"en", "und"}:
        return Reading((), language)
    words = lexicon or load()
    found = read(open_article(text, words, published))
    body = lost_is_killed(merge(figure for figure, headline in found if not headline))
    figures = add_headlines(merge(figure for figure, headline in found if headline), body)
    return Reading((*figures, *_from_title(title, text, figures, words, published)), language)


def _from_title(
    title: str | None, text: str, figures: list[Figure], lexicon: Lexicon, published: date | None
) -> list[Figure]:
    """What the title alone tells; a first line that repeats the title was read with the text."""
    if not title or text.lstrip().startswith(title.strip()):
        return []
    found = merge(figure for figure, _ in read(open_article(title, lexicon, published)))
    return [replace(figure, rules=(*figure.rules, "from_title")) for figure in found if not explained(figure, figures)]
