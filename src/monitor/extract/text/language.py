"""Is this English? Plain English is seen by its own small words; only other texts cost the model's second of loading.

py3langid (97 languages, BSD) answers for the rest. What is too short to tell is "und", and is read as English.
"""

import re
from functools import cache
from typing import Any

SAMPLE = 3_000
"""Characters that are looked at."""
FIRST_LOOK = 800
"""Characters that are enough where they are plainly English."""
PLAIN = 0.17
"""The share of English small words in what is plainly English: news has .17 to .4, half of it more than .27."""
SHORT = 25
"""Words; below it a single English word is enough and a doubtful answer of the model is not."""
SURE = 0.4
"""The model's probability from which a short text is believed to be of another language."""

# None of these is a common word of another language in Latin letters ("in", "is", "was", "of" and "had" are Dutch): one
# is enough to know a short text as English.
MARKERS = frozenset(
    """the and that this were been they their them from with which who whose would should said says after when while
    before more than least killed kills kill wounded dead died slain slay slays soldiers troops troopers people army
    military missing captured captures injured injures civilians residents ministry government officials rebels rebel
    gunmen insurgents militants fighters casualties fatalities losses deaths about between among into during against
    since near loses strike strikes shelling blast bombing ambush airstrike its our his""".split()
)
# Words of English that others have too (German "war", French "on" and "police", Danish "by" and "at", Romanian "are"):
# many of them tell English where the text is long, one tells nothing.
SHARED = frozenset("have has by for at it are not over under police forces attack war on".split())
CREOLES = frozenset({"pcm", "sco"})
"""What the model takes short English for: languages that share its words, and in which no newswire writes."""
_SMALL = MARKERS | SHARED
# The first alternative is that of most words; that behind it would find the same.
_WORD = re.compile(r"[a-z]++(?![\w'])|[^\W\d_]+(?:'[^\W\d_]+)?")


def detect_language(text: str) -> str:
    """ "en", another ISO 639 code, or "und" for what is too short to tell. Never raises; looks at SAMPLE characters."""
    if len(text) > FIRST_LOOK and _share(_WORD.findall(text[:FIRST_LOOK].lower()), _SMALL) >= PLAIN:
        return "en"
    words = _WORD.findall(text[:SAMPLE].lower())
    if not words:
        return "und"
    short = len(words) < SHORT
    share = _share(words, MARKERS if short else _SMALL)
    if share >= 0.12 or (share > 0 and short and text[:SAMPLE].isascii()):
        return "en"
    return _ask(text[:SAMPLE], len(words), share)


def _share(words: list[str], of: frozenset[str]) -> float:
    return len([word for word in words if word in of]) / len(words) if words else 0.0


def _ask(text: str, count: int, share: float) -> str:
    code, probability = _model().classify(text.encode("utf-8", "ignore").decode())
    if str(code) == "en" or (str(code) in CREOLES and count < SHORT):
        return "en"
    latin = sum(character.isascii() for character in text) >= 0.9 * len(text)
    if count < SHORT and latin and (probability < SURE or count < 4):
        return "und"
    return "en" if share >= 0.08 and latin else str(code)


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
