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


# Digits in every separator style come first, so that "3,000", "3 000", "3.000" and "3'000" are one token each.
_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?![\d])|\d{1,3}(?: \d{3}){1,4}(?!\d|,\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d+(?:\.\d+){0,4})"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<line>\n)"
    r"|(?P<mark>[^\s])"
)


def tokenise(text: str) -> list[Token]:
    """All tokens in order; time linear in the length."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        word = match.group()
        if kind == "digits" and " " in word and _splits(tokens, word):
            tokens.extend(_parts(word, match.start()))
            continue
        tokens.append(Token(word.lower(), match.start(), match.end(), kind))
    return tokens


def _splits(before: Sequence[Token], word: str) -> bool:
    """ "May 3 120 soldiers" holds a day and a number, "3 120 soldiers" one number; "200 100" is none in either."""
    after_month = bool(before) and before[-1].word.rstrip(".") in number_words().months
    return after_month or word.startswith("0")


def _parts(word: str, start: int) -> list[Token]:
    first, rest = word.split(" ", 1)
    gap = start + len(first) + 1
    return [Token(first, start, start + len(first), "digits"), Token(rest, gap, gap + len(rest), "digits")]
