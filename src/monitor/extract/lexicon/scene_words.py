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
def _bounded(*names: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = {word for name in names for word in _lists()[name]}
    return tuple((word, re.compile(rf"\b{re.escape(word)}\b")) for word in sorted(words))


def holds(low: str, *names: str) -> bool:
    """True when the lower-case text holds a word or phrase of these lists: a plain look for each before any pattern."""
    for word, pattern in _bounded(*names):  # noqa: SIM110  a generator costs as much again as the looks themselves
        if word in low and pattern.search(low) is not None:
            return True
    return False


@cache
def any_of(*names: str) -> str:
    """The words of these lists as one alternation of a regular expression, the longest first."""
    words = {word for name in names for word in _lists()[name]}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
