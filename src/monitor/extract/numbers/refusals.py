"""Why a number counts no people: years, dates, ages, money, units, weapons, durations, ratios, scores, names …

Each rule is one small function that looks at the number's own words and a few tokens to either side. The first that
answers decides; its answer is the recorded reason. The order matters only where two could answer.
"""

from collections.abc import Callable

from monitor.extract.lexicon.wordlists import number_words, things
from monitor.extract.numbers.around import Context
from monitor.extract.numbers.cardinals import CEILING, SCALES, TENS, UNITS
from monitor.extract.numbers.heads import head_category
from monitor.extract.numbers.relations import base, contest, difference, ratio

WORDS = number_words().sets
CURRENCY_SIGNS = frozenset("$£€¥₩₽₴₪₹₺₦")


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
    if c.form == "words" and c.next in ("hundredth", "thousandth", "millionth"):
        return "ordinal"  # "the twenty-five thousandth corpse"
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


def _titled(c: Context) -> str | None:
    """ "the Forty Martyrs", "the Five Hundred": capitals behind a small article make a name."""
    led = c.form == "words" and c.bare and c.prev == "the" and c.raw(c.first - 1) == "the"
    return "name" if led and c.raw(c.first)[:1].isupper() and c.raw(c.last)[:1].isupper() else None


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


_MERELY = frozenset({"only", "just", "still", "then", "barely", "already", "now", "about", "nearly"})
_AGE_ENDS = frozenset({"when", "and", "at", "as", "or", "but", ",", ".", ";", '"', ""})
_ELDEST = frozenset({"eldest", "oldest", "youngest"})


def _age(c: Context) -> str | None:
    """ "aged 34", "the age of 34", "23 years old", "children under five", "Petrov, 27, said"."""
    led = c.word(c.start - 1)
    if c.prev in ("aged", "age", "ages") or led in ("aged", "age", "ages"):
        return "age"
    if led == "of" and c.word(c.start - 2) == "age":
        return "age"
    joined = c.refused_before == "age" and c.before is not None and c.before[1] == c.first - 1
    if joined and c.prev in ("and", "or", "to") and c.head == "":
        return "age"  # "two boys aged three and 13 died"
    if c.prev == "as" and c.word(c.first - 2) in ("young", "old") and c.word(c.first - 3) == "as" and c.high < 120:
        return "age"  # "children as young as five"
    opens = led == "at" and c.next == "," and _line_start(c, c.start - 1)
    if opens and (c.plain or c.form == "words") and 10 <= c.low < 110:
        return "age"  # "At 83, the former guerrilla still walks"
    if c.bare and not _ELDEST.isdisjoint(c.reader.words[max(0, c.start - 3) : c.start]) and c.head != "people":
        return "age"  # "the eldest of them 15"
    if c.next in ("year", "years", "month", "months") and c.word(c.last + 1)[:3] == "old":
        return "age"
    if c.next in ("year", "years") and c.word(c.last + 1) == "of" and c.word(c.last + 2) == "age":
        return "age"
    ahead = c.word(c.first - 2)
    limit = c.prev in ("under", "over", "below", "above") and c.high <= 100
    some = limit and (things().category.get(ahead) == "people" or ahead in ("them", "those", "whom"))
    if some and c.head != "people":
        return "age"
    if c.prev == "of" and c.bare and c.high < 100 and ahead in WORDS["of_an_age"] and c.head == "":
        return "age"  # "a girl of two", "men of 18 to 20"
    apposed = c.prev == "," and c.plain and 5 <= c.low < 100 and c.bare and not _lists(c)
    if apposed and c.next == "," and c.word(c.first - 2) not in WORDS["befell"]:
        return "age"  # but "civilian deaths, 40, stay as they were"
    return "age" if apposed and c.next in (".", ")") and _person(c, c.first - 2) else None


def _age_told_of(c: Context) -> str | None:
    """ "Somerville, 1, was pronounced dead", "and at 25 was the youngest major general"."""
    if not (c.plain and c.bare):
        return None
    infant = c.prev == "," and c.next == "," and c.low < 5 and c.word(c.last + 1) in ("was", "is", "of", "died")
    if infant and _person(c, c.first - 2):
        return "age"
    led = c.prev == "at" and c.word(c.first - 2) in (",", "and", "who", "but") and 10 <= c.low < 110
    return "age" if led and c.next in ("was", "is", "he", "she", "became", "had") else None


def _age_of_one(c: Context) -> str | None:
    """ "She was only 19 when a shell hit the house", "Omar, who was 24, died": "was" and "he" are of one person, so
    what stands alone behind them counts no people; nor behind a name of two words or more."""
    at = c.start - 1
    while c.word(at) in _MERELY:
        at -= 1
    if c.word(at) not in ("was", "is", "turned") or not 2 <= c.low <= c.high < 110 or c.next not in _AGE_ENDS:
        return None
    if c.word(at) == "turned" and c.word(at - 1) in ("had", "just"):
        at -= 1 + (c.word(at - 2) == "had")
    if c.word(at - 1) in ("he", "she", "who"):
        return "age"
    timed = c.next == "when" or (c.next == "at" and c.word(c.last + 1) == "the" and c.word(c.last + 2) == "time")
    nobody = WORDS["befell"] | WORDS["no_one_person"]
    named = all(c.raw(i)[:1].isupper() and c.word(i) not in nobody for i in (at - 1, at - 2))
    return "age" if timed and named else None


def _person(c: Context, index: int) -> bool:
    """A name, or a noun for a person that is no toll."""
    word = c.word(index)
    return c.raw(index)[:1].isupper() or (things().category.get(word) == "people" and word not in WORDS["befell"])


def _lists(c: Context) -> bool:
    """ "killing 12, 14 and 9": a number stands right before the comma or right behind the next."""
    before = c.before is not None and c.before[1] == c.first - 1
    after = c.after is not None and c.after[0] == c.last + 1
    return before or (after and c.after is not None and c.word(c.after[2]) != "of")  # "Diallo, 31, one of 19 siblings,"


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


_ERAS = frozenset({"ad", "bc", "bce", "ce", "onward", "onwards"})


def _year(c: Context) -> str | None:
    """Four plain digits from 1800 to 2099, unless people are counted: "in 2021", "1950-53", "(1994)", "2024's"."""
    if c.plain and _of_an_era(c):
        return "year"
    written = c.word(c.first)
    if not (len(written) == 4 and written.isdecimal() and 1500 <= int(written) <= 2100):
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
    day = c.prev == "," and c.word(c.first - 2).isdecimal() and c.word(c.first - 3) in number_words().months
    if day and c.head != "people":
        return "year"  # "on June 30, 1776, and his army …"
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


def _of_an_era(c: Context) -> bool:
    """ "AD 79", "A.D. 410", "300 and 200 BC", "as early as 1204"."""
    if c.next in _ERAS or c.prev in ("ad", "bc") or (c.next == "and" and c.word(c.last + 1) in _ERAS):
        return True
    if c.prev == "as" and c.low < 2100 and c.word(c.first - 2) in ("back", "early", "late", "recently"):
        return True
    return c.prev == "." and c.reader.words[max(0, c.first - 4) : c.first] == ["a", ".", "d", "."]


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
    if _several_labels(c):
        return "label"
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


def _several_labels(c: Context) -> bool:
    """ "rows 1-5", "steps 2 and 3 are left out": a label in the plural names as many as it has numbers."""
    word = c.word(c.first - 1)
    label = word.endswith("s") and word[:-1] in things().labels and word[:-1] not in WORDS["loose_labels"]
    several = c.form == "range" or (c.next in ("and", "to", "or", "through", ",") and c.reader.is_number(c.last + 1))
    return label and several and c.bare and c.high < LABELLED and c.head != "people"


LABELLED = 1000
"""Rows, steps and pages are numbered below."""


def _line_start(c: Context, index: int) -> bool:
    return c.word(index - 1) in ("", "\n", ".", "*")


_AFTER_ANYBODY = frozenset("""cannot may must can could should would might ' hand by""".split())


def _anybody(c: Context) -> str | None:
    """ "if one lives near a subway", "to name but two"."""
    if c.prev == "but" and c.word(c.start - 2) == "name":
        return "pronoun"
    if c.prev not in ("if", "when", "whether", "unless") or not c.next.isalpha():
        return None
    if not (c.bare and c.word(c.first) == "one" and c.last - c.first == 1):
        return None
    return "pronoun" if c.next not in WORDS["befell"] and (c.head != "people" or c.next == "lives") else None


_LINKS = frozenset({"was", "is", "were", "be", "being", "been", "as", "became"})
_DESCRIBES = _LINKS | {",", "of", "by", "has", "have", "had", "with"}
"""What leads to "one of the most wanted men": somebody is described who is known."""


def _pronoun(c: Context) -> str | None:
    """ "no one", "one another", "this one", "not one of", "a real one", "Diallo, 31, one of 19"."""
    if c.word(c.first) != "one" or c.last - c.first != 1:
        return None
    if c.next == "another":
        return "pronoun"  # "shot one another dead"
    if c.prev == "," and c.next == "of" and c.refused_before == "age":
        return "pronoun"
    if c.next == "of" and _superlative(c, c.last + 1) and (c.head != "people" or c.prev in _DESCRIBES):
        return "pronoun"
    if c.next == "of" and c.word(c.last + 1) in ("them", "those", "these") and c.prev in _LINKS:
        return "pronoun"  # "if Saadi was one of them"
    if c.head == "people":
        return None
    if c.prev in WORDS["demonstrative"] or (c.prev == "number") or (c.prev == "-" and c.word(c.first - 2) == "no"):
        return "pronoun"
    if c.prev == "not" and c.next == "of":
        return "pronoun"
    if c.bare and c.word(c.first - 2) in ("a", "an", "the") and not _at_a_place(c):
        return "pronoun"
    if c.prev in ("by", "at") and c.next in ("by", "point", "time", "stage"):
        return "pronoun"
    return "pronoun" if c.next in _AFTER_ANYBODY else None


def _superlative(c: Context, index: int) -> bool:
    """ "one of the highest of the week", "one of the world's worst": what the count was like, no count."""
    owner = c.word(index + 1).endswith("'s")
    word, named = c.word(index + 2 if owner else index + 1), c.raw(index + 1)[:1].isupper()
    return c.word(index) in WORDS["owners"] and not named and (word.endswith("est") or word in ("most", "worst"))


def _at_a_place(c: Context) -> bool:
    """ "in the village one was killed": the words before it are no part of its phrase."""
    return c.next in WORDS["befell"] and c.word(c.first - 3) in things().stops


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


_ABSURD = CEILING // 200


def _broken(c: Context, at: int) -> bool:
    """The comma at `at` in "12,34 men", "3,5000 men": digits right on both sides of it, in no grouping there is."""
    if c.word(at) != "," or not (c.glued(at) and c.glued(at + 1)):
        return False
    before, after = c.word(at - 1), c.word(at + 1)
    return before.isdecimal() and after.isdecimal() and len(before) <= 3 and len(after) != 3


def _form(c: Context) -> str | None:
    """Phone numbers, lists, decimals, absurdities, temperatures, rank lists."""
    if c.high > _ABSURD:
        return "money" if c.head == "money" else "malformed"
    if c.low.denominator != 1 or c.high.denominator != 1:
        return "decimal"
    if c.digits and "," in (c.prev, c.next) and (_broken(c, c.last) or _broken(c, c.first - 1)):
        return "malformed"
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
    if c.last - c.first > 1 and not _RUPEES.isdisjoint(c.reader.words[c.first : c.last]) and c.head != "people":
        return "money"  # "an ex gratia of 10 lakh each": in lakhs without a noun India counts rupees
    if c.next in SCALES or c.next in ("mark", "threshold"):  # "five hundreds", "passed the 40,000 mark"
        return None
    if c.head == "" and (shared := _shared_unit(c)) is not None:
        return shared
    return c.head if c.head not in ("", "people") and "strong" not in c.flags else None


_UNITS = frozenset({"duration", "money", "distance", "weight", "part"})


def _shared_unit(c: Context) -> str | None:
    """ "got 35 and 21 years", "500 by 800 metres": joined numbers have one unit, which stands behind the last."""
    sides = c.next in ("by", "x")
    joined = sides or (c.next in ("and", "or") and c.prev not in WORDS["befell"])
    if not joined or c.after is None or c.after[0] != c.last + 1:
        return None
    unit = head_category(c.reader, c.after[2])
    later = c.word(c.after[2] + 1) in ("later", "ago", "before", "after", "earlier", "away")
    return unit if unit in _UNITS and not later else None


_UNSURE = frozenset({"interval", "margin", "uncertainty", "deviation"})


def _statistic(c: Context) -> str | None:
    """ "a confidence interval of 55,298 to 78,525", "a margin of error of 900": how sure a number is, no number."""
    return None if _UNSURE.isdisjoint(c.reader.words[max(0, c.start - 6) : c.start]) else "statistic"


RULES: tuple[Callable[[Context], str | None], ...] = (
    _glued_name,
    _glued_unit,
    _percent,
    _titled,
    _compound,
    _age,
    _age_told_of,
    _age_of_one,
    difference,
    _time,
    _date,
    _year,
    contest,
    ratio,
    _form,
    _pronoun,
    _anybody,
    _label,
    base,
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
