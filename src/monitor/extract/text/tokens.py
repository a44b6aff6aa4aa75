"""Words, numbers and marks of a normalised text, in one linear pass."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from monitor.extract.lexicon.wordlists import number_words


class Token(NamedTuple):
    """One word, digit number, mark or line end. `word` is its lower case; `start:end` is a slice of the text."""

    word: str
    start: int
    end: int
    kind: str

    @property
    def is_number(self) -> bool:
        """Written in digits."""
        return self.kind == "digits"

    @property
    def is_word(self) -> bool:
        """Made of letters."""
        return self.kind == "word"


# Digits in every separator style are one token each: "3,000", "3 000", "3.000", "3'000" and India's "3,50,000". No two
# alternatives can begin with the same character, so the most frequent stands first; the first character tells the kind.
_TOKEN = re.compile(
    r"[^\W\d_]++(?:'[^\W\d_]++)*+"
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d|,\d)"
    r"|\d{1,3}(?: ?,\d{3}){1,5}(?![\d])|\d{1,3}(?: \d{3}){1,4}(?!\d|,\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d+(?:\.\d+){0,4}"
    r"|\n|\S"
)


_PARTED = re.compile(f"({_TOKEN.pattern})")
"""Splits a text into blanks and tokens by turns, with blanks, which may be empty, at both ends."""


class Tokens:
    """A text's tokens, from its parts by turns blank and token. `words` are theirs in lower case; the rest of a token
    is made when it is asked for, as only those near a number ever are."""

    def __init__(self, parts: list[str]) -> None:
        self.words = list(map(str.lower, parts[1::2]))
        self._ends = list(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Token:
        word, before = self.words[index], 2 * range(len(self.words))[index]
        return Token(word, self._ends[before], self._ends[before + 1], _kind(word[0]))


def _kind(first: str) -> str:
    if first.isdecimal():
        return "digits"
    return "word" if first.isalnum() else "line" if first == "\n" else "mark"


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
