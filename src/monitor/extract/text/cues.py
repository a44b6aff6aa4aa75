"""Patterns for small and capital letters alike, and the plain look that spares most texts the pattern."""

import re
from collections.abc import Iterable, Iterator


def any_case(pattern: str) -> re.Pattern[str]:
    """The pattern for small and capital letters alike."""
    return re.compile(pattern, re.IGNORECASE)


def holds_any(low: str, words: Iterable[str]) -> bool:
    """True when one of these stands anywhere in the lower-case text, inside a longer word too."""
    for word in words:  # noqa: SIM110  a generator costs as much again as the looks themselves
        if word in low:
            return True
    return False


class Cue:
    """A pattern of which every match holds one of its `needs` (in lower case): where none stands, it is not tried."""

    def __init__(self, pattern: str, *needs: str) -> None:
        self.pattern, self.needs = any_case(pattern), needs

    def search(self, words: str, start: int = 0) -> re.Match[str] | None:
        """The first match behind `start`."""
        return self.pattern.search(words, start) if holds_any(words.lower(), self.needs) else None

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """All matches in order."""
        return self.pattern.finditer(words) if holds_any(words.lower(), self.needs) else iter(())

    def without(self, words: str) -> str:
        """The words without what matches."""
        return self.pattern.sub("", words)
