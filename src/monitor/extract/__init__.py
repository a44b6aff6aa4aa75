"""Text in, figures out: normalise → sentences → gate → annotate → frame → attribute → reconcile. Pure and bounded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.articles import LANGUAGES
from monitor.domain.claims import Figure, Subject
from monitor.domain.rereading import TITLE_RULE
from monitor.extract.fingerprint import version
from monitor.extract.lexicon import Lexicon, load
from monitor.extract.reader import MOST_FIGURES, Article, open_article, read
from monitor.extract.reconcile import add_headlines, explained, foes_named, lost_is_killed, merge
from monitor.extract.subjects import canonical_place, knows_subject, parse_subject
from monitor.extract.text.folding import FOLD_CAP, folded, unfolded
from monitor.extract.text.language import detect_language
from monitor.extract.text.sentences import ARTICLE_CAP

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
    """What one text gives: its figures in order, and its language ("en", another code, or "und" when too short).

    `left_out` says what was not read of a text that is over a limit, each in words.
    """

    figures: tuple[Figure, ...]
    language: str
    left_out: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """ "read", or why it was not."""
        return "read" if self.language in LANGUAGES else "wrong_language"


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
    `published` resolves relative dates. Where the text names no state, "the government" is that of
    the land in the name of its `outlet`.
    """
    forms = folded(text[:FOLD_CAP])
    plain = forms[-1].text
    language = detect_language(f"{title}\n{plain}" if title else plain)
    if language not in LANGUAGES:
        return Reading((), language)
    words = lexicon or load()
    article = open_article(plain, words, published, title or "", outlet or "")
    found = read(article)
    body = foes_named(lost_is_killed(merge(figure for figure, headline in found if not headline)))
    figures = add_headlines(merge(figure for figure, headline in found if headline), body)
    own = [unfolded(figure, forms, text) for figure in figures]
    return Reading(
        (*own, *_from_title(title, text, figures, words, published)),
        language,
        tuple(_left_out(article, cut=len(text) > FOLD_CAP)),
    )


def _left_out(article: Article, *, cut: bool) -> Iterator[str]:
    if cut or len(article.text) > ARTICLE_CAP:
        yield f"only the first {ARTICLE_CAP:,} characters were read"
    if article.full:
        yield f"only the first {MOST_FIGURES} figures were read"


def _from_title(
    title: str | None, text: str, figures: list[Figure], lexicon: Lexicon, published: date | None
) -> list[Figure]:
    """What the title alone tells; a first line that repeats the title was read with the text."""
    if not title or text.lstrip().startswith(title.strip()):
        return []
    forms = folded(title)
    found = merge(figure for figure, _ in read(open_article(forms[-1].text, lexicon, published)))
    return [
        unfolded(replace(figure, rules=(*figure.rules, TITLE_RULE)), forms, title)
        for figure in found
        if not explained(figure, figures)
    ]
