"""Plain numbers in digits, words or both: "3,000", "1.2 million", "twenty-one", "half a million", "several hundred".

A cardinal has no qualifying words yet; number_phrases.py puts those around it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from monitor.extract.text.tokens import Tokens

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
UNITS |= {f"{ten}{unit}": TENS[ten] + UNITS[unit] for ten in TENS for unit in list(UNITS)[:9]}
"""With "twentyone" and its like, as the careless write them."""
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
}
GROUPS = {"dozen": 12, "score": 20}
ABBREVIATED = frozenset({"mln", "mn", "bn"})
"""Multipliers that are no other word, so that a blank may stand before them."""
MULTIPLIERS = SCALES | {"dozen": 12, "k": 1_000, "mn": 1_000_000, "m": 1_000_000, "bn": 1_000_000_000, "mln": 1_000_000}
PLURALS = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2_000_000_000,
}
_IN_PLURAL = frozenset({100, 1_000})
SMALL_GROUPS = {"pair": 2, "trio": 3, "score": 20}
_SPORT = frozenset({"goals", "points", "runs", "tries", "times", "hits", "as", "its", "his", "this"})
_SCORE_OF = ("of", "more", "are", "were", "or", "have")
FEW = frozenset({"several", "few", "many", "couple"})
STARTERS = frozenset({*UNITS, *TENS, *PLURALS, *FEW, "a", "an", "dozen", "half", "quarter", "good", "great"})
"""Every word that a cardinal may begin with: the one look-up that all other words cost."""
SHARES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
REACH = 64
"""How far outside the text an index may lie; no rule looks half as far without a word that leads it on."""
BEYOND = ("",) * 2 * REACH
Number = int | Fraction
"""Whole numbers are plain integers: fractions cost ten times as much and are rare."""
CEILING = 100_000_000_000
"""Nothing larger is ever a number of people; the grammar reads it as malformed."""


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number and the tokens `first:last` (end excluded) that write it.

    `form` is "digits", "words", "round" (a dozen, a hundred: loosely meant), "vague" or "article"; `bare` is the value
    before its multiplier where it has one ("20" of "20 thousand"), for ranges that give the multiplier only once.
    """

    value: Number
    first: int
    last: int
    form: str
    scale: int = 1

    @property
    def whole(self) -> int | None:
        """The count, None for a fraction ("2.5") or an absurdity."""
        return int(self.value) if self.value.denominator == 1 and self.value <= CEILING else None


class Reader:
    """Reads cardinals at a token index; every method returns None where there is none. Looks a few tokens on."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text, self.tokens, self.size = text, tokens, len(tokens)
        # "" on both sides (a negative index counts from the end), so that a look past the text needs no check.
        self.words = [*tokens.words, *BEYOND]
        self.word: Callable[[int], str] = self.words.__getitem__
        """The lower-case token at the index, "" up to REACH tokens outside the text."""

    def glued(self, index: int) -> bool:
        """True when the token at the index stands right behind the one before it, without a space."""
        return 0 < index < self.size and index not in self.tokens.apart

    def is_number(self, index: int) -> bool:
        """True for a token of digits."""
        return self.words[index][:1].isdecimal()

    def is_word(self, index: int) -> bool:
        """True for a token of letters."""
        first = self.words[index][:1]
        return first.isalnum() and not first.isdecimal()

    def raw(self, index: int) -> str:
        """The token at the index as written, "" outside the text."""
        tokens = self.tokens
        return self.text[tokens.start(index) : tokens.end(index)] if 0 <= index < self.size else ""

    def read(self, index: int) -> Cardinal | None:
        """The longest cardinal that begins at the index."""
        if self.words[index][0].isdecimal():
            return self._digits(index)
        if self.words[index] not in STARTERS:
            return None
        return self._vague(index) or self._half(index) or self._article(index) or self._words(index)

    # --- digits

    def _digits(self, index: int) -> Cardinal | None:
        if self.word(index + 1) == "," and self.glued(index + 1) and self.glued(index + 2):
            decimal = self._decimal_comma(index)
            if decimal is not None:
                return decimal
        value = digit_value(self.words[index], scaled=self._multiplier(index + 1) is not None)
        if value is None:
            return None
        plural = self.word(index + 1) == "s" and self.word(index + 2) == "of" and self.glued(index + 1)
        if plural and value in _IN_PLURAL:
            return Cardinal(2 * value, index, index + 2, "vague")  # "1000s of people"
        found = self._multiplier(index + 1)
        if found is None:
            return Cardinal(value, index, index + 1, "digits")
        scale, last = found
        rest = self.word(last)
        hundreds = rest.isdecimal() and len(rest) == 3 and self.word(last - 1) == "thousand" and scale == 1_000
        if hundreds and value.denominator == 1 and self._multiplier(last + 1) is None:  # "3 thousand 200"
            return Cardinal(value * scale + int(rest), index, last + 1, "digits")
        return Cardinal(value * scale, index, last, "digits", scale)

    def _decimal_comma(self, index: int) -> Cardinal | None:
        """ "1,5 million", as the continent writes it: only before a multiplier, else "1,5" is no number."""
        whole, part = self.word(index), self.word(index + 2)
        found = self._multiplier(index + 3)
        if found is None or not (whole.isdecimal() and part.isdecimal() and len(whole) <= 3 and len(part) <= 2):
            return None
        value = digit_value(f"{whole}.{part}", scaled=True)
        return Cardinal(value * found[0], index, found[1], "digits", found[0]) if value is not None else None

    def _multiplier(self, index: int) -> tuple[int, int] | None:
        """ "million" after "1.2", the k glued to "12", "-million"; up to two of them ("5 hundred thousand")."""
        word = self.word(index)
        if word == "-" and self.word(index + 1) in SCALES:
            return MULTIPLIERS[self.word(index + 1)], index + 2
        if word not in MULTIPLIERS or (
            word not in SCALES and word != "dozen" and word not in ABBREVIATED and not self.glued(index)
        ):
            return None
        if word == "m" and self.word(index + 1) in ("high", "long", "tall", "wide", "deep", "away", "from", "off", "x"):
            return None
        second = self.word(index + 1)
        if second in SCALES and SCALES[second] > MULTIPLIERS[word]:
            return MULTIPLIERS[word] * SCALES[second], index + 2
        return MULTIPLIERS[word], index + 1

    # --- words

    def _below_hundred(self, index: int) -> tuple[int, int] | None:
        word = self.word(index)
        if word in UNITS:
            return UNITS[word], index + 1
        if word not in TENS:
            return None
        after = index + 2 if self.word(index + 1) == "-" else index + 1
        if 0 < UNITS.get(self.word(after), 0) < 10:
            return TENS[word] + UNITS[self.word(after)], after + 1
        return TENS[word], index + 1

    def _below_thousand(self, index: int) -> tuple[int, int] | None:
        """ "two hundred and two", "twelve hundred", "forty"."""
        if self.word(index) == "a" and self._joined(index + 1)[0] == "hundred":
            found: tuple[int, int] | None = (1, index + 1)
        else:
            found = self._below_hundred(index)
        if found is None:
            return None
        value, index = found
        word, after = self._joined(index)
        if word != "hundred":
            return value, index
        value, index = value * 100, after
        hyphened = self.word(index) == "-" and self.word(index + 1) == "and" and self.word(index + 2) == "-"
        rest = index + 3 if hyphened else index + 1 if self.word(index) in ("and", "-") else index
        tail = self._below_hundred(rest)
        if tail is not None and self._joined(tail[1])[0] != "hundred":
            return value + tail[0], tail[1]
        return value, index

    def _joined(self, index: int) -> tuple[str, int]:
        """The word at the index or behind a hyphen there, and the index after it."""
        at = index + 1 if self.word(index) == "-" else index
        word = self.word(at)
        if word == "score" and at == index and not self._counts_scores(at + 1):
            return "", index + 1
        return (word, at + 1) if word in SCALES or word in GROUPS else (self.word(index), index + 1)

    def _counts_scores(self, index: int) -> bool:
        """ "three score men", not "the two score goals": people stand behind."""
        word = self.word(index)
        return (
            word in _SCORE_OF or word in ("men", "women", "people", "dead") or (word[-1:] == "s" and word not in _SPORT)
        )

    def _words(self, index: int) -> Cardinal | None:
        """ "one million two hundred thousand and five"; "two and a half thousand"."""
        first, total, ceiling, last_scale = index, 0, CEILING, 1
        while (found := self._below_thousand(index)) is not None:
            value, after = found
            half = self._and_a_half(after)
            word, following = self._joined(half or after)
            scale = SCALES.get(word) or GROUPS.get(word, 1)
            if half is not None and scale == 1:
                half = None
            if scale >= ceiling or (scale == 1 and value >= ceiling):
                break
            total += value * scale + (scale // 2 if half else 0)
            index, ceiling, last_scale = following if scale > 1 else after, scale, scale
            if scale in (1, *GROUPS.values()):
                break
            if self.word(index) == "and" and self._small_rest(index + 1, scale):
                index += 1
        if index == first:
            return None
        end = index - 1 if self.word(index - 1) == "and" else index
        round_form = last_scale in GROUPS.values() or (self.word(first) == "a" and end == first + 2)
        if self.word(end - 1) == "hundred" and last_scale == 1:
            last_scale = 100
        return Cardinal(total, first, end, "round" if round_form else "words", last_scale)

    def _small_rest(self, index: int, scale: int) -> bool:
        found = self._below_thousand(index)
        return found is not None and found[0] < scale and self.word(found[1]) not in SCALES

    def _and_a_half(self, index: int) -> int | None:
        """The index after "and a half" or "-and-a-half"."""
        if self.word(index) != "and" and self.word(index + 1) != "and":
            return None
        for words in (("and", "a", "half"), ("-", "and", "-", "a", "-", "half")):
            if all(self.word(index + step) == word for step, word in enumerate(words)):
                return index + len(words)
        return None

    # --- "a hundred", "a dozen", "a soldier"

    def _article(self, index: int) -> Cardinal | None:
        if self.word(index) == "dozen" and self.word(index + 1) != "s":
            return Cardinal(12, index, index + 1, "round", 12)
        if self.word(index) not in ("a", "an"):
            return None
        word = self.word(index + 1)
        if word in ("dozen", "thousand", "lakh", "million", "crore", "billion"):
            scale = MULTIPLIERS[word]
            half = self._and_a_half(index + 2)
            if half:
                return Cardinal(Fraction(scale * 3, 2), index, half, "words", scale)
            rest = index + 3 if self.word(index + 2) == "and" else index + 2
            if word == "thousand" and self._small_rest(rest, scale):
                tail = self._below_thousand(rest)
                return Cardinal(scale + tail[0], index, tail[1], "words", 1) if tail else None
            return Cardinal(scale, index, index + 2, "round", scale)
        if word == "hundred" or word in FEW or word in ("half", "quarter"):
            return None
        if word in SMALL_GROUPS and self.word(index + 2) in (("of",) if word != "score" else _SCORE_OF):
            return Cardinal(SMALL_GROUPS[word], index, index + 2, "round")
        if self.is_word(index + 1):
            return Cardinal(1, index, index + 1, "article")
        return None

    # --- halves

    def _half(self, index: int) -> Cardinal | None:
        """ "half a million", "a half-dozen", "a quarter of a million", "three quarters of a million"."""
        at = index + 1 if self.word(index) == "a" else index
        share = SHARES.get(self.word(at))
        behind = at + 2 if self.word(at + 1) == "-" else at + 1
        if share is None and (self.word(at), self.word(behind)) == ("three", "quarters"):
            share, at = Fraction(3, 4), behind
        if share is None:
            return None
        at += 1
        while self.word(at) in ("a", "of", "-"):
            at += 1
        scale = MULTIPLIERS.get(self.word(at), 0)
        if scale < 12 or self.word(at) in ("k", "m", "mn", "bn"):
            return None
        return Cardinal(share * scale, index, at + 1, "round", scale)

    # --- vague

    def _vague(self, index: int) -> Cardinal | None:
        """ "dozens", "tens of thousands", "several hundred", "a couple of hundred", "a few dozen"."""
        few = self._few(index)
        if few is not None and few > index:
            plural = self._plural(few)
            if plural is not None:
                return Cardinal(plural[0], index, plural[1], "vague")
            word = self.word(few)
            if word in SCALES or word == "dozen":
                low = 24 if word == "dozen" else 2 * SCALES[word]
                if word == "hundred" and self.word(few + 1) == "thousand":
                    return Cardinal(200_000, index, few + 2, "vague")
                return Cardinal(low, index, few + 1, "vague")
            if self.word(few - 2) == "couple" and self.word(few - 1) == "of":
                return Cardinal(2, index, few - 1, "round")
            return None
        plural = self._plural(index)
        return Cardinal(plural[0], index, plural[1], "vague") if plural else None

    def _few(self, index: int) -> int | None:
        """The index after "several", "a few", "quite a few", "a couple of", "many"."""
        at = index + 1 if self.word(index) == "a" else index
        if self.word(at) in ("good", "great") and self.word(at + 1) in FEW:
            at += 1
        if self.word(at) not in FEW:
            return None
        return at + 2 if self.word(at) == "couple" and self.word(at + 1) == "of" else at + 1

    def _plural(self, index: int) -> tuple[int, int] | None:
        word = self.word(index)
        if word not in PLURALS:
            return None
        larger = self.word(index + 2)
        if (
            self.word(index + 1) in ("of", "and", "upon")
            and larger in PLURALS
            and word in ("tens", "hundreds", "thousands", "dozens", "scores")
        ):
            if larger == word:
                return PLURALS[word], index + 3
            if PLURALS[larger] > PLURALS[word]:
                factor = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}[word]
                return factor * PLURALS[larger], index + 3
        if word == "tens" and self.word(index + 1) != "of":
            return None
        return PLURALS[word], index + 1


def digit_value(written: str, *, scaled: bool) -> Number | None:
    """The number of a digit token; `scaled` when a multiplier follows ("3.125 million" is a decimal, "3.125" is not).

    None for what no count looks like: "1.2.3", twenty digits.
    """
    plain = written.replace(",", "").replace(" ", "").replace("'", "")
    groups = plain.split(".")
    if len(plain) > 16:
        return None
    if len(groups) == 1:
        return int(plain)
    thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and not groups[0].startswith("0")
    if thousands and not scaled:
        return int("".join(groups))
    if len(groups) == 2:
        return Fraction(int(groups[0]) * 10 ** len(groups[1]) + int(groups[1]), 10 ** len(groups[1]))
    return None
