"""Words, numbers and marks of a normalised text, in one linear pass."""

import re
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


# Digits in every separator style are one token each: "3,000", "3 000", "3.000", "3'000" and India's "3,50,000". No two
# alternatives can begin with the same character, so the most frequent stands first; the first character tells the kind.
_TOKEN = re.compile(
    r"[^\W\d_]++(?:'[^\W\d_]++)*+"
    r"|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d|,\d)"
    r"|\d{1,3}(?:,\d{3}){1,5}(?![\d])|\d{1,3}(?: \d{3}){1,4}(?!\d|,\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d+(?:\.\d+){0,4}"
    r"|\n|\S"
)


class Tokens:
    """A text's tokens. `words` are theirs in lower case; the rest of a token is made when it is asked for, as only
    those near a number ever are."""

    def __init__(self, words: list[str], found: list[re.Match[str] | Token]) -> None:
        self.words, self._found = words, found

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Token:
        found = self._found[index]
        if isinstance(found, Token):
            return found
        token = self._found[index] = Token(word := self.words[index], *found.span(), _kind(word[0]))
        return token


def _kind(first: str) -> str:
    if first.isdecimal():
        return "digits"
    return "word" if first.isalnum() else "line" if first == "\n" else "mark"


def tokenise(text: str) -> Tokens:
    """All tokens in order; time linear in the length."""
    matches = list(_TOKEN.finditer(text))
    words = [match[0].lower() for match in matches]
    if " " not in "".join(words):
        return Tokens(words, [*matches])
    found: list[re.Match[str] | Token] = []
    for before, word, match in zip(["", *words], words, matches, strict=False):
        found.extend(_parts(word, match.start()) if " " in word and _splits(before, word) else (match,))
    return Tokens([(item.word if isinstance(item, Token) else item[0].lower()) for item in found], found)


def _splits(before: str, word: str) -> bool:
    """ "May 3 120 soldiers" holds a day and a number, "3 120 soldiers" one number; "200 100" is none in either."""
    return before.rstrip(".") in number_words().months or word.startswith("0")


def _parts(word: str, start: int) -> list[Token]:
    first, rest = word.split(" ", 1)
    gap = start + len(first) + 1
    return [Token(first, start, start + len(first), "digits"), Token(rest, gap, gap + len(rest), "digits")]
