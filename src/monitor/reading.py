"""One stored text through the extractor: its claims, and the status of its article."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from monitor import extract as extraction
from monitor.domain.articles import LANGUAGES, TextSource
from monitor.domain.claims import Claim, Origin, claim_id
from monitor.extract.lexicon import Lexicon
from monitor.extract.text.originals import original_source
from monitor.sources.liveblog import Part, parted
from monitor.store import StoredRevision

log = logging.getLogger(__name__)


def read_claims(revision: StoredRevision, lexicon: Lexicon) -> tuple[list[Claim], str]:
    """The claims of a stored text and its language. The same text gives the same claims, whenever it is read."""
    origin = replace(revision.origin, credit=original_source(revision.text, revision.outlet))
    posts = parted(revision.text)
    if posts:
        return _read_posts(revision, posts, origin, lexicon)
    only_title = revision.source is TextSource.TITLE
    reading = extraction.extract(
        revision.text,
        title=None if only_title else revision.title,
        published=(revision.published_at or revision.fetched_at).date(),
        outlet=revision.outlet,
        lexicon=lexicon,
    )
    for limit in reading.left_out:
        log.warning("%s: %s", revision.url, limit)
    figures = reading.figures
    return [Claim(claim_id(revision.url, revision.text_sha256, one), one, origin) for one in figures], reading.language


def _read_posts(
    revision: StoredRevision, posts: Sequence[Part], origin: Origin, lexicon: Lexicon
) -> tuple[list[Claim], str]:
    """A live blog, post by post: days are counted from the post's own, and what it says was said when it came out,
    however long the page has been there. A clock that goes ahead makes no post younger than its page's text.

    The page's headline only repeats what posts say, and nobody knows of which of them.
    """
    claims: list[Claim] = []
    languages: list[str] = []
    for post in posts:
        said_at = min(post.at, revision.fetched_at)
        reading = extraction.extract(post.text, published=said_at.date(), outlet=revision.outlet, lexicon=lexicon)
        languages.append(reading.language)
        for one in reading.figures:
            figure = replace(
                one,
                said_at=said_at,
                start=one.start + post.start,
                end=one.end + post.start,
                quote_start=one.quote_start + post.start,
            )
            claims.append(Claim(claim_id(revision.url, revision.text_sha256, figure), figure, origin))
    return claims, max(set(languages), key=lambda one: (one in LANGUAGES, languages.count(one)))


def credit_of(claims: Sequence[Claim]) -> str | None:
    """The agency or outlet that the text of these claims goes back to, by its own words."""
    return claims[0].origin.credit if claims else None
