"""Patterns for small and capital letters alike, and the plain look that spares most texts the pattern."""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import Any

import ahocorasick


def any_case(pattern: str) -> re.Pattern[str]:
    """The pattern for small and capital letters alike."""
    return re.compile(pattern, re.IGNORECASE)


def holds_any(low: str, words: Iterable[str]) -> bool:
    """True when one of these stands anywhere in the lower-case text, inside a longer word too."""
    for word in words:  # noqa: SIM110  a generator costs as much again as the looks themselves
        if word in low:
            return True
    return False


@lru_cache(maxsize=64)  # a clause is looked through by dozens of cues
def lowered(words: str) -> str:
    """The words in lower case, one character for one, so that offsets hold in both."""
    low = words.lower()
    return low if len(low) == len(words) else words.replace("İ", "i").lower()  # the one letter that grows


_NEEDS: set[str] = set()
"""All that some cue needs: they are looked for together, in one pass over the words."""


def needs(*words: str) -> frozenset[str]:
    """Words, or parts of them, in small letters, of which `standing` tells from now on whether they stand in a text;
    one that holds another is told of by that one."""
    kept = frozenset(need for need in words if not any(other != need and other in need for other in words))
    _NEEDS.update(kept)
    _finder.cache_clear()
    standing.cache_clear()
    return kept


@cache
def _finder() -> Any:
    automaton = ahocorasick.Automaton()
    for need in _NEEDS:
        automaton.add_word(need, need)
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=64)  # a clause is looked through by dozens of cues
def standing(words: str) -> frozenset[str]:
    """Which of all needs stand in the words, inside a longer word too."""
    return frozenset([need for _, need in _finder().iter(lowered(words))])


class Cue:
    """A pattern for small and capital letters alike, written in small ones, of which every match holds one of its
    `needs`: where none stands, it is not tried.

    It is looked for in the lower-case words, since `re` takes many times as long over an alternation that has to
    match letters of both cases. So a match has the offsets of the words as given, and its groups are in lower case.
    """

    def __init__(self, pattern: str, *words: str) -> None:
        self._written = pattern
        self.needs = needs(*words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text first needs it: for a single text most never are, and all of them take long."""
        return re.compile(self._written)

    def search(self, words: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """The first match that lies in `start:stop`."""
        if standing(words).isdisjoint(self.needs):
            return None
        return self.pattern.search(lowered(words), start, stop)

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """All matches in order."""
        if standing(words).isdisjoint(self.needs):
            return iter(())
        return self.pattern.finditer(lowered(words))

    def without(self, words: str) -> str:
        """The words without what matches."""
        left, behind = [], 0
        for match in self.finditer(words):
            left.append(words[behind : match.start()])
            behind = match.end()
        return "".join([*left, words[behind:]])
