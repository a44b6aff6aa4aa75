"""Why a number counts no people: years, dates, ages, money, units, weapons, durations, ratios, scores, names …

Each rule is one small function that looks at the number's own words and a few tokens to either side. The first that
answers decides; its answer is the recorded reason. The order matters only where two could answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.extract.lexicon.wordlists import number_words, things
from monitor.extract.numbers.cardinals import CEILING, SCALES, TENS, UNITS, Number, Reader
from monitor.extract.numbers.heads import head_category

WORDS = number_words().sets
CURRENCY_SIGNS = frozenset("$£€¥₩₽₴₪₹₺₦")


@dataclass(slots=True)
class Context:
    """A number and what stands around it. Indices are tokens; `before` and `after` are the neighbouring numbers.

    `prev` is the token before the number itself (inside its qualifying words), `next` the one behind it; `digits` says
    that it is a single token of digits, `plain` that these have no separators: how years, labels and days are written.
    `word` gives the lower-case token at an index, `glued` whether nothing stands between it and the one before it.
    """

    reader: Reader
    first: int
    last: int
    start: int
    low: Number
    high: Number
    form: str
    flags: set[str]
    before: tuple[int, int, Number] | None
    after: tuple[int, int, int, Number] | None
    refused_before: str | None
    prev: str = field(init=False)
    next: str = field(init=False)
    digits: bool = field(init=False)
    plain: bool = field(init=False)
    word: Callable[[int], str] = field(init=False)
    glued: Callable[[int], bool] = field(init=False)
    _head: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Takes down once what nearly every rule asks for."""
        self.word, self.glued = self.reader.word, self.reader.glued
        self.prev, self.next = self.word(self.first - 1), self.word(self.last)
        self.digits = self.last - self.first == 1 and self.word(self.first)[:1].isdecimal()
        self.plain = self.digits and self.word(self.first).isdecimal()

    def raw(self, index: int) -> str:
        """The token at the index as written."""
        return self.reader.raw(index)

    @property
    def bare(self) -> bool:
        """No qualifying words before it."""
        return self.start == self.first

    @property
    def head(self) -> str:
        """The category of the noun that is counted: "people", "weapon", …, or "" for one that no list knows."""
        if self._head is None:
            self._head = head_category(self.reader, self.last)
        return self._head


def is_base(reader: Reader, start: int, before_last: int | None) -> bool:
    """ "4,000 of the 11,000", "one out of 40": the number at `start` is what a part is taken of.

    `before_last` is the index behind the number before it, None where there is none.
    """
    at = start - 1
    while reader.word(at) in ("the", "its", "their", "his", "those", "these"):
        at -= 1
    return reader.word(at) == "of" and before_last in (at, at - 1)


def _glued_name(c: Context) -> str | None:
    """ "KN-23", "G7", "mid-2024", "#5", "9/11", "14:32", "$500"."""
    prev = c.first - 1
    if c.prev in CURRENCY_SIGNS:
        return "money"
    if c.prev in ("usd", "eur", "gbp", "rs", "inr") and c.digits:
        return "money"
    if c.prev in ("#", "№", "§", "@", "_"):
        return "label"
    if not c.glued(c.first):
        return None
    if c.reader.is_word(prev):
        return "name"
    if not c.glued(prev):
        return None
    outer, digits, letters = c.word(prev - 1), c.reader.is_number(prev - 1), c.reader.is_word(prev - 1)
    if c.prev == "-" and letters:
        if outer in UNITS or outer in TENS:
            return "score"
        return "year" if outer in ("mid", "pre", "post", "late", "early") else "name" if c.digits else "compound"
    if digits and c.prev == "-" and len(outer) == 4 and outer.isdecimal() and outer[:2] < "21":
        return "year"
    if digits and c.prev in "/:.-":
        return {"/": "date", ":": "time", ".": "name", "-": "score"}[c.prev]
    joined = c.prev in "/." and letters and c.digits
    return "name" if joined and outer not in WORDS["befell"] else None


def _glued_unit(c: Context) -> str | None:
    """ "240mm", "15C", "11th", "1990s", "9am", "50%", "13/24", "14:32"."""
    if not c.glued(c.last):
        return None
    word = c.next
    if word in ("/", ":") and c.glued(c.last + 1) and c.reader.is_number(c.last + 1):
        return "date" if word == "/" else "time"
    if word in ("°", "º"):
        return "temperature"
    if not (c.digits or c.form == "range") or not c.reader.is_word(c.last):
        return None
    if word in ("st", "nd", "rd", "th"):
        return "ordinal"
    if word in ("am", "pm", "h", "hrs", "gmt"):
        return "time"
    if word == "s":
        return "decade"
    if word in ("c", "f"):
        return "temperature"
    return things().category.get(word, "name")


def _percent(c: Context) -> str | None:
    if c.next in ("%", "percent", "pct", "pc", "percentage") or (c.next, c.word(c.last + 1)) == ("per", "cent"):
        return "percent"
    return None


def _compound(c: Context) -> str | None:
    """ "23-year-old", "two-day", "three-star", "twenty-first"; but "3,000-strong" and "12-man" count people."""
    if c.next != "-" or not c.glued(c.last) or not c.glued(c.last + 1) or "strong" in c.flags:
        return None
    if not c.reader.is_word(c.last + 1):
        return None
    word = c.word(c.last + 1)
    if word in ("plus", "odd"):
        return None
    if word in ("year", "month", "week", "day", "years") and "old" in (
        c.word(c.last + 3),
        c.word(c.last + 2),
        c.word(c.last + 3)[:3],
    ):
        return "age"
    if word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"):
        return "ordinal" if c.word(c.last - 1) in TENS else "part"
    if word == "star":
        return "rank"
    category = things().category.get(word, "")
    return category if category not in ("", "people") else "compound"


_ELDEST = frozenset({"eldest", "oldest", "youngest"})


def _age(c: Context) -> str | None:
    """ "aged 34", "the age of 34", "23 years old", "children under five", "Petrov, 27, said"."""
    if c.prev in ("aged", "age", "ages") or (c.word(c.start - 1) in ("aged", "age", "ages")):
        return "age"
    if (c.word(c.start - 2), c.word(c.start - 1)) == ("age", "of"):
        return "age"
    opens = c.word(c.start - 1) == "at" and c.next == "," and _line_start(c, c.start - 1)
    if opens and c.plain and 10 <= c.low < 110:
        return "age"  # "At 83, the former guerrilla still walks"
    if c.bare and not _ELDEST.isdisjoint(c.reader.words[max(0, c.start - 3) : c.start]) and c.head != "people":
        return "age"  # "the eldest of them 15"
    if c.next in ("year", "years", "month", "months") and c.word(c.last + 1)[:3] == "old":
        return "age"
    if c.next in ("year", "years") and c.word(c.last + 1) == "of" and c.word(c.last + 2) == "age":
        return "age"
    ahead = c.word(c.first - 2)
    some = things().category.get(ahead) == "people" or ahead in ("them", "those", "whom")
    limit = c.prev in ("under", "over", "below", "above") and some
    if limit and c.high <= 100 and c.head != "people":
        return "age"
    if c.prev == "of" and c.bare and c.high < 100 and ahead in WORDS["of_an_age"] and c.head == "":
        return "age"  # "a girl of two", "men of 18 to 20"
    apposed = c.prev == "," and c.plain and 5 <= c.low < 100 and c.bare and not _lists(c)
    if apposed and c.next == "," and c.word(c.first - 2) not in WORDS["befell"]:
        return "age"  # but "civilian deaths, 40, stay as they were"
    return "age" if apposed and c.next in (".", ")") and _person(c, c.first - 2) else None


def _person(c: Context, index: int) -> bool:
    """A name, or a noun for a person that is no toll."""
    word = c.word(index)
    return c.raw(index)[:1].isupper() or (things().category.get(word) == "people" and word not in WORDS["befell"])


def _lists(c: Context) -> bool:
    """ "killing 12, 14 and 9": a number stands right before the comma or right behind the next."""
    before = c.before is not None and c.before[1] == c.first - 1
    return before or (c.after is not None and c.after[0] == c.last + 1)


def _time(c: Context) -> str | None:
    """ "9 a.m.", "0430 GMT", "9 o'clock", "0300 hours", "at five this morning"."""
    part_of_day = c.next in ("this", "that") and c.word(c.last + 1) in ("morning", "afternoon", "evening")
    if part_of_day and c.high <= 12 and c.word(c.start - 1) in ("at", "by", "until", "till", "before", "after"):
        return "time"
    if c.next in ("am", "pm", "gmt", "utc", "o'clock"):
        return "time"
    if c.next in ("a", "p") and c.word(c.last + 1) == "." and c.word(c.last + 2) == "m":
        return "time"
    return "time" if c.plain and c.word(c.first).startswith("0") and c.next in ("hours", "hrs", "local") else None


def _date(c: Context) -> str | None:
    """ "9 January", "Jan. 13", "October 7 and 8"."""
    if c.high > 31 or not (c.digits or c.form == "range"):
        return None
    after = c.last + 1 if c.next == "of" else c.last
    if c.next in ("and", "or", "to", "-") and c.word(after + 1).isdecimal() and len(c.word(after + 1)) <= 2:
        after += 2  # "on 7 and 8 May"
    if c.word(after) in number_words().months and c.raw(after)[:1].isupper():
        return "date"
    before = c.start - 2 if c.word(c.start - 1) == "." else c.start - 1
    if c.word(before) in number_words().months and c.raw(before)[:1].isupper():
        day_first = c.word(before - 1).isdecimal() and int(c.word(before - 1)) <= 31
        return None if day_first and c.word(before - 2) != "-" else "date"
    return None


def _year(c: Context) -> str | None:
    """Four plain digits from 1800 to 2099, unless people are counted: "in 2021", "1950-53", "(1994)", "2024's"."""
    written = c.word(c.first)
    if (
        not c.reader.is_number(c.first)
        or not (len(written) == 4 and written.isdecimal())
        or not 1500 <= int(written) <= 2100
    ):
        return None
    if c.form == "range":
        return (
            "year"
            if c.word(c.last - 1).isdecimal() and int(c.word(c.last - 1)) <= 2100 and c.head != "people"
            else None
        )
    if not c.digits:
        return None
    if c.next == "-" and c.glued(c.last) and c.glued(c.last + 1):
        return "year"
    month = c.word(c.first - 1).rstrip(".") in number_words().months or (
        c.prev == "." and c.word(c.first - 2) in number_words().months
    )
    if month or (c.prev in WORDS["sure_year"] and c.bare) or (c.next == "'" and c.word(c.last + 1) == "s"):
        return "year"
    named = c.prev == "of" and things().category.get(c.word(c.first - 2)) == "event"  # "the crash of 1929 killed"
    befell = c.next in WORDS["befell"]
    people = (c.head == "people" or befell) and not (named and befell)
    if int(written) < 1800:
        return "year" if c.prev in WORDS["year_before"] and not people and c.bare else None
    if people or not (c.bare or c.prev in ("around", "about", "circa", "past", "near", "of")):
        return None
    return "year"


_PARTED = frozenset({",", ":", "(", ")", "-", "\n"})
_OF_A_DAY = frozenset({"of", "on", "by", "until", "to", "for"})


def _label(c: Context) -> str | None:
    """ "Tower 22", "Resolution 1701", "brigade 94", "No. 5", "94 Brigade"."""
    labels = things().labels
    if c.prev == "." and c.word(c.first - 2) in ("no", "nos", "art", "res", "vol", "pp", "ext") and c.digits:
        return "label"
    if (
        c.plain
        and c.next in ("brigade", "regiment", "battalion", "corps", "division", "commando", "para", "squadron", "wing")
        and c.raw(c.last)[:1].isupper()
    ):
        return "unit"
    if c.word(c.first - 1) not in labels or not c.bare:
        return None
    holder = c.word(c.first - 2)
    if c.prev == "number" and holder in ("dead", "wounded", "injured", "missing"):
        return None  # "The wounded number 52"
    if c.prev == "number" and c.plain and things().category.get(holder) == "people" and not holder.endswith(("s", "n")):
        return "label"  # "prisoner number 46664"
    capital = c.raw(c.first - 1)[:1].isupper()
    if c.form == "range" and capital and c.glued(c.first + 1):
        return "label"  # "a Boeing 737-800"
    if not c.plain:
        return (
            "label"
            if capital
            and c.raw(c.first)[:1].isupper()
            and c.form == "words"
            and c.head != "people"
            and not _line_start(c, c.first - 1)
            else None
        )
    if c.low >= 10_000 or c.next in WORDS["befell"] or c.head == "people":
        return None
    told = c.prev in ("day", "week", "month") and c.word(c.first - 2) in _OF_A_DAY  # "as of day 741: 417,950"
    parted = c.word(c.first - 2) in _PARTED and c.next in _PARTED  # "Marawi, day 4, as read out"
    if c.prev in WORDS["loose_labels"] and not capital and not told and not parted:
        return None
    return "label"


def _line_start(c: Context, index: int) -> bool:
    return c.word(index - 1) in ("", "\n", ".", "*")


def _ratio(c: Context) -> str | None:
    """ "nine in ten", "one out of every five", "10 to 1", "49 wreaths, one for each year"."""
    if c.next == "for" and c.word(c.last + 1) in ("each", "every") and c.head != "people":
        return "ratio"
    if c.after is not None and c.after[0] == c.after[1]:
        between = [c.word(at) for at in range(c.last, c.after[0])] if c.after[0] - c.last <= 3 else []
        if (
            between in (["in"], ["in", "every"], ["out", "of", "every"], ["of", "every"], ["out", "of"])
            and c.low < c.after[3]
        ):
            large = c.after[3] > (10 if between == ["out", "of"] else 20) and c.after[3] not in (100, 1000)
            noun = head_category(c.reader, c.after[2])
            if not large and noun not in ("duration", "event", "place", "vehicle", "building"):
                return "ratio"
    if c.word(c.start - 1) == "per":
        return "ratio"
    if c.refused_before == "ratio" and c.before is not None and c.first - c.before[1] <= 3:
        whole = (c.word(c.before[1]), c.prev) == ("of", "the")  # "two in three of the 600 dead"
        return None if whole else "ratio"
    return None


def _base(c: Context) -> str | None:
    """ "half of the 200 men", "most of the 62", "not one of the 1,200", "half its 300"."""
    at = c.start - 1
    while c.word(at) in ("the", "its", "their", "his", "those", "these", "all"):
        at -= 1
    if c.next in ("dead", "killed", "wounded", "casualties", "deaths", "victims"):
        return None  # "80 percent of the 600 dead were civilians"
    if c.word(at) == "of":
        at -= 1
        if c.word(at) == "cent" or c.word(at) == "%":
            return "fraction"
        if c.word(at) == "one" and c.word(at - 1) in ("not", "no"):
            return "fraction"
        return "fraction" if c.word(at) in number_words().fraction_words else None
    return "fraction" if c.word(at) == "half" and at < c.start - 1 else None


def _contest(c: Context) -> str | None:
    """ "3-1", "191 to 94", "won 2-0", "voted 94 to 191"."""
    if (
        c.form != "range"
        and c.after is not None
        and c.after[0] == c.last + 1
        and c.next in ("to", "-")
        and c.after[3] <= c.low
    ):
        if c.next == "-" and not (c.glued(c.last) and c.glued(c.last + 1)):
            return None
        if c.next == "to" and "superseded" in c.flags:
            return None
        return "vote" if c.next == "to" else "score"
    if (
        c.refused_before in ("vote", "score")
        and c.before is not None
        and c.before[1] == c.first - 1
        and c.prev in ("to", "-")
    ):
        return c.refused_before
    if c.form == "range":
        near = {c.word(at) for at in range(c.start - 6, c.start)}
        if near & {"voted", "vote", "votes"}:
            return "vote"
        if c.high <= 40 and near & number_words().score_words and c.head != "people" and "-" in c.raw(c.first + 1):
            return "score"
    return None


def _pronoun(c: Context) -> str | None:
    """ "no one", "one another", "this one", "not one of"."""
    if c.word(c.first) != "one" or c.last - c.first != 1:
        return None
    if c.next == "another":
        return "pronoun"  # "shot one another dead"
    if c.head == "people":
        return None
    if c.prev in WORDS["demonstrative"] or (c.prev == "number") or (c.prev == "-" and c.word(c.first - 2) == "no"):
        return "pronoun"
    if c.prev == "not" and c.next == "of":
        return "pronoun"
    if c.prev in ("by", "at") and c.next in ("by", "point", "time", "stage"):
        return "pronoun"
    return "pronoun" if c.next in ("must", "can", "could", "should", "would", "might", "'", "hand", "by") else None


def _thing_verb(c: Context) -> str | None:
    """ "34 were shot down", "60 launched overnight"."""
    if c.head == "people" and c.next != "others":
        return None
    at = c.last + 1 if c.next == "others" else c.last
    while c.word(at) in WORDS["aux"] and at - c.last < 3:
        at += 1
    for phrase in things().verbs.get(c.word(at), ()):
        if all(c.word(at + step) == part for step, part in enumerate(phrase)):
            return "weapon"
    return None


def _form(c: Context) -> str | None:
    """Phone numbers, lists, decimals, absurdities, temperatures, rank lists."""
    if c.high > CEILING // 200:
        return "money" if c.head == "money" else "malformed"
    if c.low.denominator != 1 or c.high.denominator != 1:
        return "decimal"
    written = c.word(c.first)
    if c.high == 0:
        return "zero"
    if c.digits and len(written) > 1 and written.startswith("0"):
        return "phone"
    if c.digits and c.reader.is_number(c.first - 1) and c.prev.startswith("0"):
        return "phone"
    if c.prev == "+" and c.glued(c.first) and c.word(c.first - 2) != "(":
        return "phone"
    if c.prev == "minus":
        return "temperature"
    listed = c.plain and c.low <= 50 and c.next in (".", ")") and c.glued(c.last)
    if listed and c.prev in ("", "\n", "(") and c.word(c.last + 1) not in ("", "\n"):
        return "enumeration"
    return "rank" if c.prev == "top" and c.low < 100 else None


_RUPEES = frozenset({"lakh", "crore"})


def _counted(c: Context) -> str | None:
    """The noun behind the number is on a list of things; "millions in losses" are money."""
    if c.next == "in" and c.word(c.last + 1) in WORDS["money_in"]:
        return "money"
    if not _RUPEES.isdisjoint(c.reader.words[c.first : c.last]) and c.head != "people":
        return "money"  # "an ex gratia of 10 lakh each": in lakhs without a noun India counts rupees
    if c.next in SCALES or c.next in ("mark", "threshold"):  # "five hundreds", "passed the 40,000 mark"
        return None
    return c.head if c.head not in ("", "people") and "strong" not in c.flags else None


def _difference(c: Context) -> str | None:
    """ "2,823, 40 more than two weeks ago": by how much two counts differ."""
    compared = c.next in ("more", "fewer", "less") and c.word(c.last + 1) == "than"
    return "difference" if compared and c.prev in (",", "(", "-", "—") else None


_UNSURE = frozenset({"interval", "margin", "uncertainty", "deviation"})


def _statistic(c: Context) -> str | None:
    """ "a confidence interval of 55,298 to 78,525", "a margin of error of 900": how sure a number is, no number."""
    return None if _UNSURE.isdisjoint(c.reader.words[max(0, c.start - 6) : c.start]) else "statistic"


RULES: tuple[Callable[[Context], str | None], ...] = (
    _glued_name,
    _glued_unit,
    _percent,
    _compound,
    _age,
    _difference,
    _time,
    _date,
    _year,
    _contest,
    _ratio,
    _form,
    _pronoun,
    _label,
    _base,
    _counted,
    _thing_verb,
    _statistic,
)


def refuse(context: Context) -> str | None:
    """The reason of the first rule that answers, None when the number may count people."""
    for rule in RULES:
        reason = rule(context)
        if reason is not None:
            return reason
    return None
