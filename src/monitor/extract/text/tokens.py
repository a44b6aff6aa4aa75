"""Words, numbers and marks of a normalised text, in one linear pass."""

import re
from collections.abc import Iterator
from itertools import accumulate

from monitor.extract.lexicon.wordlists import number_words

# Digits in every separator style are one token each: "3,000", "3 000", "3.000", "3'000" and India's "3,50,000". The
# most frequent stands first, words of plain letters; any others are read by the alternative behind it, which costs
# more. One look spares all but digits the five forms of numbers.
_TOKEN = re.compile(
    r"[a-zA-Z]++(?:'?[^\W\d_]++)*+|[^\W\d_]++(?:'[^\W\d_]++)*+"
    r"|(?=\d)(?:\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d|,\d)"
    r"|\d{1,3}(?: ?,\d{3}){1,5}(?![\d])|\d{1,3}(?: \d{3}){1,4}(?!\d|,\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d+(?:\.\d+){0,4})"
    r"|\n|\S"
)


_PARTED = re.compile(f"({_TOKEN.pattern})")
"""Splits a text into blanks and tokens by turns, with blanks, which may be empty, at both ends."""


class Tokens:
    """A text's tokens as lists by their index, from its parts by turns blank and token: their `words` in lower case,
    the `gaps` before them, which may be empty, and their `starts` and `ends` as offsets into the text."""

    def __init__(self, parts: list[str]) -> None:
        self.words = list(map(str.lower, parts[1::2]))
        self.gaps = parts[:-1:2]
        bounds = list(accumulate(map(len, parts)))
        self.starts, self.ends = bounds[:-1:2], bounds[1::2]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """All tokens in order; time linear in the length."""
    parts = _PARTED.split(text)
    if " " in "".join(parts[1::2]):
        parts = list(_parted(parts))
    return Tokens(parts)


def _parted(parts: list[str]) -> Iterator[str]:
    """The parts with the digits apart that a blank joins and that are no one number."""
    before = ""
    for index, part in enumerate(parts):
        if index % 2 and " " in part and _splits(before, part):
            first, rest = part.split(" ", 1)
            yield from (first, " ", rest)
        else:
            yield part
        before = part.lower() if index % 2 else before


def _splits(before: str, word: str) -> bool:
    """ "May 3 120 soldiers" holds a day and a number, "3 120 soldiers" one number; "200 100" is none in either."""
    return before.rstrip(".") in number_words().months or word.startswith("0")
