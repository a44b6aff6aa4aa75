"""One stored text through the extractor: its claims, and the status of its article."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from monitor import extract as extraction
from monitor.domain.articles import TextSource
from monitor.domain.claims import Claim, claim_id
from monitor.extract.lexicon import Lexicon
from monitor.extract.originals import original_source
from monitor.store import StoredRevision

log = logging.getLogger(__name__)


def read_claims(revision: StoredRevision, lexicon: Lexicon) -> tuple[list[Claim], str]:
    """The claims of a stored text and its language. The same text gives the same claims, whenever it is read."""
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
    origin = replace(revision.origin, credit=original_source(revision.text, revision.outlet))
    figures = reading.figures
    return [Claim(claim_id(revision.url, revision.text_sha256, one), one, origin) for one in figures], reading.language


def credit_of(claims: Sequence[Claim]) -> str | None:
    """The agency or outlet that the text of these claims goes back to, by its own words."""
    return claims[0].origin.credit if claims else None
