"""Words, numbers and marks of a normalised text, in one linear pass."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from monitor.extract.wordlists import number_words


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


# Digits in every separator style are one token each: "3,000", "3 000", "3.000" and "3'000". No two alternatives can
# begin with the same character, so the most frequent stands first; group numbers tell the kind.
_TOKEN = re.compile(
    r"([^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(\d{1,3}(?:,\d{3}){1,5}(?![\d])|\d{1,3}(?: \d{3}){1,4}(?!\d|,\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d+(?:\.\d+){0,4})"
    r"|(\n)"
    r"|([^\s])"
)
_KINDS = ("", "word", "digits", "line", "mark")
_DIGITS = 2


def tokenise(text: str) -> list[Token]:
    """All tokens in order; time linear in the length."""
    tokens: list[Token] = []
    add = tokens.append
    for match in _TOKEN.finditer(text):
        word, kind = match.group(), match.lastindex or 0
        start, end = match.span()
        if kind == _DIGITS and " " in word and _splits(tokens, word):
            tokens.extend(_parts(word, start))
        else:
            add(Token(word.lower(), start, end, _KINDS[kind]))
    return tokens


def _splits(before: Sequence[Token], word: str) -> bool:
    """ "May 3 120 soldiers" holds a day and a number, "3 120 soldiers" one number; "200 100" is none in either."""
    after_month = bool(before) and before[-1].word.rstrip(".") in number_words().months
    return after_month or word.startswith("0")


def _parts(word: str, start: int) -> list[Token]:
    first, rest = word.split(" ", 1)
    gap = start + len(first) + 1
    return [Token(first, start, start + len(first), "digits"), Token(rest, gap, gap + len(rest), "digits")]
