"""Words, numbers and marks of a normalised text, in one linear pass."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress, count

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
_OVER_A_BLANK = re.compile(r" (?<=\d ),?\d")
"""What a token that holds a blank has in it: "3 000", "3 ,000"."""
_LONG = 60
"""Characters; what is longer comes once and is not kept."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens by their index: `words` in lower case, each as long as it is written.

    They come in runs with no blank inside: `firsts` are the indices of the first tokens of these, `begins` the offsets
    of the runs less their number, for the one blank that stands before each but the first. `apart` are the indices of
    the tokens that stand behind a blank.
    """

    words: list[str]
    firsts: list[int]
    begins: list[int]
    apart: frozenset[int]

    def __len__(self) -> int:
        return len(self.words)

    def start(self, index: int) -> int:
        """The offset at which the token begins."""
        run = bisect_right(self.firsts, index) - 1
        first = self.firsts[run]
        inside = sum(map(len, self.words[first:index])) if first < index else 0
        return self.begins[run] + run + inside

    def end(self, index: int) -> int:
        """The offset behind the token."""
        return self.start(index) + len(self.words[index])


def tokenise(text: str) -> Tokens:
    """All tokens in order; time linear in the length."""
    low = text.lower()
    runs = low.rstrip(" ").split(" ")
    sizes = list(map(len, runs))
    if len(low) != len(text) or 0 in sizes or max(sizes) > _LONG or _OVER_A_BLANK.search(low) is not None:
        return _one_by_one(text)
    parts = list(map(_run, runs))
    firsts = list(accumulate(map(len, parts), initial=0))
    return Tokens(list(chain.from_iterable(parts)), firsts, list(accumulate(sizes, initial=0)), frozenset(firsts))


@lru_cache(maxsize=30_000)  # a few thousand words make up nearly all news: a look instead of the pattern
def _run(written: str) -> tuple[str, ...]:
    """The tokens of what stands between two blanks."""
    return tuple(_PARTED.split(written)[1::2])


def _one_by_one(text: str) -> Tokens:
    """The tokens of a text in which some hold blanks, or which has more than one blank between some."""
    parts = list(_parted(_PARTED.split(text)))
    words = [low if len(low := word.lower()) == len(word) else word for word in parts[1::2]]
    starts = list(accumulate(map(len, parts)))[:-1:2]
    apart = frozenset(compress(count(), parts[::2]))
    return Tokens(words, list(range(len(words))), [start - run for run, start in enumerate(starts)], apart)


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
