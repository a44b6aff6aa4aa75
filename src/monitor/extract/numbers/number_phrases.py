"""Number phrases: every number of a text with its qualifying words, its quantity, and why it may count no people.

Below it lie tokens.py (words and digits), cardinals.py (plain numbers), relations.py (ratios, scores, wholes) and
refusals.py (years, ages, weapons …); here the qualifying words, ranges and additions are put around a number.
Everything looks a bounded number of tokens to either side, so time is linear in the length of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, count

from monitor.domain.quantities import OPEN_ABOVE, OPEN_BELOW, Qualifier, Quantity
from monitor.extract.lexicon.wordlists import number_words
from monitor.extract.numbers.around import Context
from monitor.extract.numbers.cardinals import CEILING, SCALES, STARTERS, Cardinal, Number, Reader
from monitor.extract.numbers.refusals import refuse
from monitor.extract.numbers.relations import is_base
from monitor.extract.text.tokens import tokenise

REACH = 8
"""How many tokens before "from 54 to 119" may hold the word that makes it a change."""
_ONE = Quantity(1, 1, Qualifier.EXACT)
_PERHAPS = frozenset({"perhaps", "maybe", "possibly"})
_CLOSING = frozenset({",", ".", ";", ""})
SUFFIXES = {"strong", "man", "men", "member", "members", "person", "people", "soldier", "troop", "woman", "fighter"}


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number with its qualifying words: `start:end` with them, `number_start:number_end` without; text offsets.

    `refusal` says why it counts no people ("year", "age", "weapon", …), None when it may. `flags` may hold
    "additional" (a further 500, 3,000 more), "article" (a soldier), "approx_suffix" (3,000 men or thereabouts: the
    words behind the noun are outside `end`), "superseded" (the 54 of "from 54 to 119"), "revised" (its 119), "strong"
    (3,000-strong, 12-man), "base" (the 11,000 of "4,000 of the 11,000"), "increment" ("+350" in brackets).
    """

    start: int
    end: int
    quantity: Quantity
    number_start: int
    number_end: int
    refusal: str | None = None
    flags: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Draft:
    """A phrase in the making: token indices `first:last` of the number, `start:end` with its qualifying words."""

    first: int
    last: int
    low: Number
    high: Number
    form: str
    start: int
    end: int
    classes: list[str]
    flags: set[str]


def find_numbers(text: str) -> list[NumberPhrase]:
    """All number phrases of a normalised text in order; none overlap. Never raises; time linear in the length."""
    return _Finder(text).phrases()


class _Finder:
    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, tokenise(text)
        self.reader, self.words = Reader(text, self.tokens), number_words()
        self.drafts: list[_Draft] = []

    def phrases(self) -> list[NumberPhrase]:
        """Finds the numbers, then what each is to its neighbours, then refuses what counts no people."""
        self.drafts = list(self._drafts())
        self._mark_changes()
        found = []
        before: NumberPhrase | None = None
        for index, draft in enumerate(self.drafts):
            before = self._phrase(draft, index, before)
            found.append(before)
        return found

    def _phrase(self, draft: _Draft, index: int, before: NumberPhrase | None) -> NumberPhrase:
        tokens = self.tokens
        follower = self.drafts[index + 1] if index + 1 < len(self.drafts) else None
        previous = self.drafts[index - 1] if index else None
        reason = self._refusal(draft, previous, follower, before.refusal if before else None)
        base = reason is None and is_base(
            self.reader, draft.start, previous.last if previous and previous.form != "article" else None
        )
        start, end = tokens.start(draft.start), tokens.end(draft.end - 1)
        return NumberPhrase(
            start=start,
            end=end,
            quantity=_ONE if draft.form == "article" else quantity_of(draft.low, draft.high, draft.form, draft.classes),
            number_start=start if draft.first == draft.start else tokens.start(draft.first),
            number_end=end if draft.last == draft.end else tokens.end(draft.last - 1),
            refusal=reason,
            flags=frozenset({*draft.flags, "base"} if base else draft.flags),
        )

    def _refusal(
        self, draft: _Draft, previous: _Draft | None, follower: _Draft | None, refused_before: str | None
    ) -> str | None:
        if draft.form == "article":
            return None
        return refuse(
            Context(
                reader=self.reader,
                first=draft.first,
                last=draft.last,
                start=draft.start,
                low=draft.low,
                high=draft.high,
                form=draft.form,
                flags=draft.flags,
                before=(previous.first, previous.last, previous.low) if previous else None,
                after=(follower.start, follower.first, follower.last, follower.low) if follower else None,
                refused_before=refused_before,
            )
        )

    def _drafts(self) -> Iterator[_Draft]:
        behind, floor = 0, 0
        article: _Draft | None = None  # held back: the "a" of "a further 500" is no soldier
        words = self.tokens.words
        starters = STARTERS.union([word for word in set(words) if word[0].isdecimal()])
        for index in compress(count(), map(starters.__contains__, words)):
            cardinal = self.reader.read(index) if index >= behind else None
            if cardinal is None:
                continue
            draft = self._draft(cardinal, floor)
            if article is not None and article.first < draft.start:
                yield article
            article = draft if draft.form == "article" else None
            if article is None:
                floor = draft.end
                yield draft
            behind = draft.end
        if article is not None:
            yield article

    def _draft(self, cardinal: Cardinal, floor: int) -> _Draft:
        first, last = cardinal.first, cardinal.last
        if cardinal.form == "article":
            return _Draft(first, last, cardinal.value, cardinal.value, "article", first, last, [], {"article"})
        last = self._repeated(cardinal)
        draft = _Draft(first, last, cardinal.value, cardinal.value, cardinal.form, first, last, [], set())
        if self.reader.word(first - 1) == "+" and self.reader.word(first - 2) in ("(", "["):
            draft.flags.add("increment")
        self._qualify_before(draft, floor)
        if last == cardinal.last:
            self._extend_range(draft, cardinal)
        self._qualify_after(draft)
        return draft

    def _repeated(self, cardinal: Cardinal) -> int:
        """Where the number ends with its other form behind it: "12 (twelve) soldiers" tells of twelve once."""
        word = self.reader.word
        again = self._cardinal(cardinal.last + 1) if word(cardinal.last) == "(" else None
        same = again is not None and again.value == cardinal.value and again.form != cardinal.form
        return again.last + 1 if again is not None and same and word(again.last) == ")" else cardinal.last

    # --- qualifying words

    def _qualify_before(self, draft: _Draft, floor: int) -> None:
        for _ in range(4):
            found = self._qualifier_before(draft.start, floor, draft.low)
            if found is None:
                return
            draft.start, name = found
            draft.classes.append(name)
            if name == "additional":
                draft.flags.add("additional")

    def _qualifier_before(self, index: int, floor: int, value: Number) -> tuple[int, str] | None:
        word = self.reader.word
        for phrase, name in self.words.before.get(word(index - 1), ()):
            start = index - len(phrase)
            if start < floor or tuple(self.reader.words[start:index]) != phrase:
                continue
            outer = word(start - 1)
            if phrase[0] in ("over", "past", "above", "under") and outer in self.words.over_verbs:
                continue
            if phrase == ("up", "to") and (outer in self.words.up_verbs or self._stands(start)):
                continue  # "has gone up to 15": the verb takes "up" along
            if phrase == ("as", "many", "as") and outer in ("twice", "times", "half"):
                continue
            if phrase == ("top",) and value < 100:
                continue
            return start, name
        return None

    def _stands(self, index: int) -> bool:
        """ "the toll is up to 40": how far a count has come, no bound of it."""
        word = self.reader.word
        counted = any(word(at) in ("toll", "tally", "count", "total", "number") for at in range(index - 4, index - 1))
        return counted and word(index - 1) in ("is", "was", "now")

    def _qualify_after(self, draft: _Draft) -> None:
        word, glued = self.reader.word, self.reader.glued
        at = draft.last
        if word(at) == "+" and glued(at):
            draft.end = at + 1
            draft.classes.insert(0, "more_than")
            return
        if word(at) == "-" and glued(at) and glued(at + 1):
            self._glued_suffix(draft, at + 1)
            return
        if word(at) == "strong":
            draft.end = at + 1
            draft.flags.add("strong")
            return
        if word(at) in ("more", "additional", "extra", "further") and word(at + 1) != "than":
            draft.flags.add("additional")
        self._suffix(draft, at)

    def _glued_suffix(self, draft: _Draft, at: int) -> None:
        suffix = self.reader.word(at)
        if suffix in ("plus", "odd"):
            draft.classes.insert(0, "more_than" if suffix == "plus" else "about")
            draft.end = at + 1
            scale = SCALES.get(self.reader.word(at + 1))
            if scale is not None and draft.high < scale:  # "twenty-odd thousand"
                draft.low, draft.high = draft.low * scale, draft.high * scale
                draft.last = draft.end = at + 2
        elif suffix in SUFFIXES:
            draft.end = at + 1 if suffix == "strong" else draft.last
            draft.flags.add("strong")

    def _suffix(self, draft: _Draft, at: int) -> None:
        """ "or so" right behind the number, or behind its noun."""
        found = self._qualifier_after(at)
        if found is not None:
            draft.end = found[0]
            draft.classes.insert(0, found[1])
            return
        for skip in (1, 2):
            if self.reader.word(at + skip - 1) not in self.words.between_after:
                return
            behind = at + skip + (1 if self.reader.word(at + skip) == "," else 0)
            found = self._qualifier_after(behind, behind_noun=True)
            if found is not None:
                draft.classes.insert(0, found[1])
                draft.flags.add("approx_suffix")
                return

    def _qualifier_after(self, index: int, *, behind_noun: bool = False) -> tuple[int, str] | None:
        word = self.reader.word
        for phrase, name in self.words.after.get(word(index), ()):
            end = index + len(phrase)
            if tuple(self.reader.words[index:end]) != phrase:
                continue
            if self.reader.is_number(end) or word(end) in ("one", "two", "three", "a"):
                continue  # "300 plus 50", "12 soldiers at least three of them"
            if len(phrase) == 1 and behind_noun:
                continue
            return end, name
        return None

    # --- ranges

    def _extend_range(self, draft: _Draft, one: Cardinal) -> None:
        opener = self.reader.word(draft.start - 1)
        other = self._range_end(one, opener)
        if other is None:
            return
        low, high = aligned(one, other)
        if not low < high or (opener in ("from", "by") and self._is_change(draft.start)):
            return
        if opener == "between":
            draft.start -= 1
        draft.low, draft.high, draft.last, draft.end = low, high, other.last, other.last
        draft.form = "range"

    def _range_end(self, one: Cardinal, opener: str) -> Cardinal | None:
        """The second number of "10,000-12,000", "10,000 to 12,000", "four or five", "between 60 and 70", "from 300 up
        to 400", "300, perhaps 400,"."""
        if one.form == "vague":
            return None
        at = one.last
        joint = self.reader.word(at)
        if joint == "up" and self.reader.word(at + 1) == "to" and opener == "from":
            return self._cardinal(at + 2)
        if joint in (",", "or") and self.reader.word(at + 1) in _PERHAPS:
            other = self._cardinal(at + 2)
            # "killed 12, perhaps 20 were wounded" goes on to others
            alone = other is not None and (joint == "or" or self.reader.word(other.last) in _CLOSING)
            return other if other and alone and one.value < other.value <= 3 * one.value else None
        if joint in ("-", "—"):
            other = self._cardinal(at + 1)
            even = self.reader.glued(at) == self.reader.glued(at + 1)
            even = even and (joint == "-" or self.reader.glued(at))
            return other if other and even and (other.form == "digits") == (one.form == "digits") else None
        if joint == "and" and opener == "between":
            return self._cardinal(at + 1, skip=3)
        if joint in ("to", "or") and not self._dated_year(one):
            other = self._cardinal(at + 1)
            most = 3 if joint == "or" else 20
            if other and self._dated_day(one, other):
                return None
            sure = joint == "to" and opener in ("from", "between")
            if other and joint == "to" and opener == "in" and _a_year(one) and not _a_year(other):
                return None  # "from 65,000 in 1988 to 14,500 in 2009"
            return other if other and (sure or other.value <= most * aligned(one, other)[0]) else None
        return None

    def _dated_year(self, one: Cardinal) -> bool:
        """The year of a date: "the number killed since 7 October 2023 to 30,631" holds no range."""
        written, before = self.reader.word(one.first), one.first - 1
        while before >= 0 and (self.reader.word(before) in {",", "."} or self.reader.word(before).isdecimal()):
            before -= 1
        return len(written) == 4 and written.isdecimal() and self.reader.word(before) in self.words.months

    def _dated_day(self, one: Cardinal, other: Cardinal) -> bool:
        """The day of a date before what is no day, or after "since": "killed since May 23 to 44" holds no range, while
        "from May 23 to 25" does, of days."""
        month = one.first - 1
        if not (self.reader.word(one.first).isdecimal() and self.reader.word(month) in self.words.months):
            return False
        return one.value <= 31 and (other.value > 31 or self.reader.word(month - 1) == "since")

    def _cardinal(self, index: int, skip: int = 0) -> Cardinal | None:
        """A cardinal at the index, or behind up to `skip` words there ("between 300 and as many as 400")."""
        for at in range(index, min(index + skip + 1, len(self.tokens))):
            found = self.reader.read(at)
            if found is not None and found.form not in ("article", "vague"):
                return found
        return None

    # --- from … to …

    def _is_change(self, index: int) -> bool:
        for at in range(index - 1, max(index - 1 - REACH, -1), -1):
            word = self.reader.word(at)
            if word in self.words.change_words:
                return True
            if word in (".", ";", "\n", "range", "ranging", "ranges", "ranged", "anywhere", "estimates"):
                return False
        return False

    def _mark_changes(self) -> None:
        for index, draft in enumerate(self.drafts):
            if self.reader.word(draft.start - 1) == "from" and self._changes(draft, index, draft.start - 1):
                continue
            origin = self._origin(draft.start)
            if origin is not None and self.reader.word(origin - 1) in ("up", "down"):
                draft.flags.add("superseded")

    def _changes(self, draft: _Draft, index: int, origin: int) -> bool:
        """ "from 54 dead to at least 119" marks both numbers, "to 119 from 54" as well. True when it did."""
        later = self.drafts[index + 1] if index + 1 < len(self.drafts) else None
        if (
            later
            and self.reader.word(later.start - 1) == "to"
            and later.start - draft.end <= 5
            and draft.form != "range"
            and (self._is_change(origin) or draft.low > later.low)
        ):
            draft.flags.add("superseded")
            later.flags.add("revised")
            return True
        earlier = self.drafts[index - 1] if index else None
        close = earlier and self.reader.word(earlier.start - 1) in ("to", "at") and origin - earlier.end <= 3
        if (
            earlier
            and close
            and (self._is_change(earlier.start) or self.reader.word(origin - 1) in ("up", "down", ","))
        ):
            draft.flags.add("superseded")
            earlier.flags.add("revised")
            return True
        return False

    def _origin(self, index: int) -> int | None:
        """The index of "from" in "up from an earlier count of 54"."""
        for at in range(index - 1, max(index - REACH, -1), -1):
            word = self.reader.word(at)
            if word == "from":
                return at
            if word not in self.words.sets["earlier"]:
                return None
        return None


def _a_year(one: Cardinal) -> bool:
    """Written as years are: four digits without a mark."""
    return one.form == "digits" and one.last - one.first == 1 and 1500 <= one.value < 2100


def aligned(one: Cardinal, other: Cardinal) -> tuple[Number, Number]:
    """The two ends of a range, where the first borrows the multiplier of the second: "10-12,000", "2 to 3 million"."""
    low, high = one.value, other.value
    if one.scale == 1 and other.scale > 1 and low <= high / other.scale:
        return low * other.scale, high
    thousands = other.form == "digits" and other.scale == 1 and high >= 1000 and high % 1000 == 0
    if one.form == "digits" and one.scale == 1 and thousands and low < high / 1000:
        return low * 1000, high
    return low, high


def quantity_of(low: Number, high: Number, form: str, classes: list[str]) -> Quantity:
    """The quantity of a number with its qualifying classes, the innermost first."""
    least, most = min(int(low), CEILING * 10), min(int(high), CEILING * 10)
    if not classes and form in ("digits", "words"):
        return Quantity(least, least, Qualifier.EXACT)
    if form == "range" and least < most:
        return Quantity(least, most, Qualifier.RANGE)
    bounds = [Qualifier(name) for name in reversed(classes) if name not in ("about", "exact", "additional")]
    if form == "vague":
        open_above = [bound for bound in bounds if bound in OPEN_ABOVE]
        return Quantity(least, None, open_above[0] if open_above else Qualifier.VAGUE)
    if bounds:
        bound = bounds[0]
        return Quantity(None, least, bound) if bound in OPEN_BELOW else Quantity(least, None, bound)
    loose = "about" in classes or (form == "round" and "exact" not in classes)
    return Quantity(least, least, Qualifier.ABOUT if loose else Qualifier.EXACT)
