"""The words for places, events and times, read once from lexicon/words/scenes.yaml."""

import re
from functools import cache

from monitor.extract.lexicon.wordlists import read_data


@cache
def _lists() -> dict[str, list[str]]:
    return {name: [str(word) for word in words] for name, words in read_data("words/scenes.yaml").items()}


@cache
def scene_words(*names: str) -> frozenset[str]:
    """Lists of the file as one set, in lower case. Raises KeyError for a list that the file doesn't have."""
    return frozenset(word for name in names for word in _lists()[name])


@cache
def any_of(*names: str) -> str:
    """The words of these lists as one alternation of a regular expression, the longest first."""
    words = {word for name in names for word in _lists()[name]}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
