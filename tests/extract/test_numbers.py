"""The table of quantities: each phrase as news writes it, and what it is read as."""

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.quantities import OPEN_ABOVE, OPEN_BELOW, Qualifier, Quantity
from monitor.extract.numbers.number_phrases import NumberPhrase, find_numbers
from monitor.extract.text.normalise import normalise

EXACT, ABOUT, AT_LEAST, MORE, AT_MOST, LESS, RANGE, VAGUE = (
    Qualifier.EXACT,
    Qualifier.ABOUT,
    Qualifier.AT_LEAST,
    Qualifier.MORE_THAN,
    Qualifier.AT_MOST,
    Qualifier.LESS_THAN,
    Qualifier.RANGE,
    Qualifier.VAGUE,
)


def numbers(text: str) -> list[NumberPhrase]:
    """All phrases but the articles."""
    return [phrase for phrase in find_numbers(normalise(text)) if "article" not in phrase.flags]


def only(text: str) -> NumberPhrase:
    found = numbers(text)
    assert len(found) == 1, found
    return found[0]


def quantity(qualifier: Qualifier, value: int) -> Quantity:
    low = None if qualifier in OPEN_BELOW else value
    high = None if qualifier in OPEN_ABOVE else value
    return Quantity(low, high, qualifier)


READ = [
    # digits in every separator style
    ("3,000 soldiers", EXACT, 3000),
    ("3 000 soldiers", EXACT, 3000),
    ("3\u00a0000 soldiers", EXACT, 3000),
    ("3\u2009000 soldiers", EXACT, 3000),
    ("3.000 soldiers", EXACT, 3000),
    ("3'000 soldiers", EXACT, 3000),
    ("3000 soldiers", EXACT, 3000),
    ("1,234,567 refugees", EXACT, 1234567),
    ("1.234.567 refugees", EXACT, 1234567),
    ("1 234 567 refugees", EXACT, 1234567),
    ("12k soldiers", EXACT, 12000),
    ("700K casualties", EXACT, 700000),
    ("1.2m people", EXACT, 1200000),
    ("1.2 million people", EXACT, 1200000),
    ("1.25 million people", EXACT, 1250000),
    ("2 million people", EXACT, 2000000),
    ("1.2-million people", EXACT, 1200000),
    ("20 thousand men", EXACT, 20000),
    ("3 hundred men", EXACT, 300),
    ("5 hundred thousand men", EXACT, 500000),
    ("killed 22", EXACT, 22),
    ("The toll tops 3,000", MORE, 3000),
    ("The toll surpasses 3,000", MORE, 3000),
    ("46,006 people", EXACT, 46006),
    # words
    ("seven people", EXACT, 7),
    ("Seventeen people", EXACT, 17),
    ("twenty soldiers", EXACT, 20),
    ("twenty-one soldiers", EXACT, 21),
    ("Twenty one soldiers", EXACT, 21),
    ("Fifty‑two soldiers", EXACT, 52),
    ("three hundred men", EXACT, 300),
    ("two hundred and two men", EXACT, 202),
    ("two hundred two men", EXACT, 202),
    ("twelve hundred men", EXACT, 1200),
    ("three thousand men", EXACT, 3000),
    ("three thousand two hundred men", EXACT, 3200),
    ("two thousand and five men", EXACT, 2005),
    ("one hundred thousand men", EXACT, 100000),
    ("two hundred and fifty thousand men", EXACT, 250000),
    ("one million two hundred thousand men", EXACT, 1200000),
    ("one and a half thousand men", EXACT, 1500),
    ("two and a half million people", EXACT, 2500000),
    ("a million and a half people", EXACT, 1500000),
    ("a hundred and fifty men", EXACT, 150),
    ("a thousand and one men", EXACT, 1001),
    ("a pair of soldiers", ABOUT, 2),
    ("a couple of soldiers", ABOUT, 2),
    ("one soldier", EXACT, 1),
    ("one of the soldiers", EXACT, 1),
    # loosely meant
    ("a dozen men", ABOUT, 12),
    ("two dozen men", ABOUT, 24),
    ("some three-dozen men", ABOUT, 36),
    ("twenty-odd thousand men", ABOUT, 20_000),
    ("almost three score men", ABOUT, 60),
    ("2 mln men", EXACT, 2_000_000),
    ("3 thousand 200 men", EXACT, 3_200),
    ("twentyone men", EXACT, 21),
    ("one-hundred-and-five men", EXACT, 105),
    ("12 (twelve) men", EXACT, 12),
    ("three-quarters of a million men", ABOUT, 750_000),
    ("nigh on 90 men", ABOUT, 90),
    ("c. 100 men", ABOUT, 100),
    ("1000s of people", VAGUE, 2_000),
    ("half a dozen men", ABOUT, 6),
    ("a half-dozen men", ABOUT, 6),
    ("Dozen or so men", ABOUT, 12),
    ("a hundred men", ABOUT, 100),
    ("a thousand men", ABOUT, 1000),
    ("half a million people", ABOUT, 500000),
    ("half-a-million people", ABOUT, 500000),
    ("half a thousand men", ABOUT, 500),
    ("a quarter of a million people", ABOUT, 250000),
    ("three quarters of a million people", ABOUT, 750000),
    ("exactly a dozen men", EXACT, 12),
    # about
    ("some 3,000 men", ABOUT, 3000),
    ("about 3,000 men", ABOUT, 3000),
    ("around 3,000 men", ABOUT, 3000),
    ("roughly 3,000 men", ABOUT, 3000),
    ("approximately 3,000 men", ABOUT, 3000),
    ("an estimated 3,000 men", ABOUT, 3000),
    ("nearly 3,000 men", ABOUT, 3000),
    ("almost 3,000 men", ABOUT, 3000),
    ("close to 3,000 men", ABOUT, 3000),
    ("closer to 10,000", ABOUT, 10000),
    ("perhaps 10,000 men", ABOUT, 10000),
    ("probably 3,000 men", ABOUT, 3000),
    ("in the region of 3,000 men", ABOUT, 3000),
    ("of the order of 3,000 men", ABOUT, 3000),
    ("something like 3,000 men", ABOUT, 3000),
    ("just short of 3,000 men", ABOUT, 3000),
    ("11,000 or so", ABOUT, 11000),
    ("300 or thereabouts", ABOUT, 300),
    ("3,000 men or thereabouts", ABOUT, 3000),
    ("300 people or so", ABOUT, 300),
    ("sixty-odd men", ABOUT, 60),
    ("approx. 3,000 men", ABOUT, 3000),
    ("c. 3,000 men", ABOUT, 3000),
    ("~3,000 men", ABOUT, 3000),
    (">300 dead", MORE, 300),
    ("<50 dead", LESS, 50),
    ("1,5 million people", EXACT, 1500000),
    ("two-and-a-half thousand men", EXACT, 2500),
    ("60-odd men", ABOUT, 60),
    ("300 odd men", ABOUT, 300),
    ("300 men, give or take", ABOUT, 300),
    # at least
    ("at least 3,000 men", AT_LEAST, 3000),
    ("At least three men", AT_LEAST, 3),
    ("no fewer than 3,000 men", AT_LEAST, 3000),
    ("no less than 3,000 men", AT_LEAST, 3000),
    ("not fewer than 3,000 men", AT_LEAST, 3000),
    ("a minimum of 3,000 men", AT_LEAST, 3000),
    ("3,000 or more men", AT_LEAST, 3000),
    ("3,000 men or more", AT_LEAST, 3000),
    ("300 if not more", AT_LEAST, 300),
    ("300 soldiers at least", AT_LEAST, 300),
    ("300 and counting", AT_LEAST, 300),
    ("at least some 300 men", AT_LEAST, 300),
    ("at least a dozen men", AT_LEAST, 12),
    ("at least several dozen men", AT_LEAST, 24),
    ("a dozen or more men", AT_LEAST, 12),
    # more than
    ("more than 3,000 men", MORE, 3000),
    ("over 3,000 men", MORE, 3000),
    ("Over half a million men", MORE, 500000),
    ("above 3,000", MORE, 3000),
    ("upwards of 3,000 men", MORE, 3000),
    ("in excess of 3,000 men", MORE, 3000),
    ("well over 3,000 men", MORE, 3000),
    ("just over 10,000 men", MORE, 10000),
    ("slightly more than 3,000 men", MORE, 3000),
    ("north of 3,000 men", MORE, 3000),
    ("losses topped 700,000", MORE, 700000),
    ("losses top 4,000: Seoul", MORE, 4000),
    ("the toll passed 46,000", MORE, 46000),
    ("the toll passed the 46,000 mark", MORE, 46000),
    ("the toll surpassed 46,000", MORE, 46000),
    ("the toll exceeded 46,000", MORE, 46000),
    ("the toll has crossed 46,000", MORE, 46000),
    ("passed one million casualties", MORE, 1000000),
    ("1,000-plus men", MORE, 1000),
    ("1,000 plus men", MORE, 1000),
    ("5000+ men", MORE, 5000),
    ("more than an estimated 300 men", MORE, 300),
    ("more than a dozen men", MORE, 12),
    ("more than a thousand men", MORE, 1000),
    # at most
    ("up to 3,000 men", AT_MOST, 3000),
    ("as many as 3,000 men", AT_MOST, 3000),
    ("at most 3,000 men", AT_MOST, 3000),
    ("a maximum of 3,000 men", AT_MOST, 3000),
    ("no more than 500 men", AT_MOST, 500),
    ("not more than 400 men", AT_MOST, 400),
    ("anything up to 400 men", AT_MOST, 400),
    ("up to around 400 men", AT_MOST, 400),
    ("400 or fewer men", AT_MOST, 400),
    ("400 men at the most", AT_MOST, 400),
    ("as many as three hundred men", AT_MOST, 300),
    # less than
    ("fewer than 3,000 men", LESS, 3000),
    ("less than 3,000 men", LESS, 3000),
    ("under 50 men", LESS, 50),
    ("below 3,000", LESS, 3000),
    ("just under 3,000 men", LESS, 3000),
    ("well below 3,000 men", LESS, 3000),
    # vague
    ("dozens of men", VAGUE, 24),
    ("Dozens killed", VAGUE, 24),
    ("scores of men", VAGUE, 40),
    ("hundreds of men", VAGUE, 200),
    ("Hundreds more died", VAGUE, 200),
    ("thousands of men", VAGUE, 2000),
    ("tens of thousands of men", VAGUE, 20000),
    ("hundreds of thousands of men", VAGUE, 200000),
    ("millions of people", VAGUE, 2000000),
    ("several hundred men", VAGUE, 200),
    ("several hundreds of men", VAGUE, 200),
    ("a few hundred men", VAGUE, 200),
    ("a couple of hundred men", VAGUE, 200),
    ("a couple hundred men", VAGUE, 200),
    ("a few thousand men", VAGUE, 2000),
    ("several thousand men", VAGUE, 2000),
    ("many thousands of men", VAGUE, 2000),
    ("several dozen men", VAGUE, 24),
    ("a few dozen men", VAGUE, 24),
    ("several tens of thousands of men", VAGUE, 20000),
    ("thousands upon thousands of men", VAGUE, 2000),
    # a total, all of them
    ("a total of 300 men", EXACT, 300),
    ("all 12,000 men", EXACT, 12000),
    ("exactly 300 men", EXACT, 300),
    ("twice as many as 300", EXACT, 300),
    ("handed over 200 prisoners", EXACT, 200),
    # strength in one word
    ("a 2,500-strong brigade", EXACT, 2500),
    ("880,000 strong", EXACT, 880000),
    ("a 12-man patrol", EXACT, 12),
    ("a five-member crew", EXACT, 5),
]


@pytest.mark.parametrize(("text", "qualifier", "value"), READ)
def test_a_phrase_is_read_as_the_table_says(text: str, qualifier: Qualifier, value: int) -> None:
    phrase = only(text)
    assert phrase.quantity == quantity(qualifier, value)
    assert phrase.refusal is None


RANGES = [
    ("300—400 men", 300, 400),
    ("10,000-12,000 men", 10000, 12000),
    ("10,000–12,000 men", 10000, 12000),
    ("10,000 - 12,000 men", 10000, 12000),
    ("10,000 to 12,000 men", 10000, 12000),
    ("between 10,000 and 12,000 men", 10000, 12000),
    ("between 10,000 and as many as 12,000 men", 10000, 12000),
    ("between sixty and seventy men", 60, 70),
    ("from 10,000 to 12,000 men", 10000, 12000),
    ("estimates ranging from 300 to 400 dead", 300, 400),
    ("10-12,000 men", 10000, 12000),
    ("10 to 12,000 men", 10000, 12000),
    ("2 to 3 million people", 2000000, 3000000),
    ("two to three thousand men", 2000, 3000),
    ("two or three hundred men", 200, 300),
    ("four or five men", 4, 5),
    ("35 to 40 men", 35, 40),
    ("twenty to thirty men", 20, 30),
    ("20-30 men", 20, 30),
    ("about 300 to 400 men", 300, 400),
    ("between some 300 and 400 men", 300, 400),
    ("1.5-2 million people", 1500000, 2000000),
    ("three to four dozen men", 36, 48),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_a_range_has_two_ends(text: str, low: int, high: int) -> None:
    phrase = only(text)
    assert phrase.quantity == Quantity(low, high, Qualifier.RANGE)
    assert phrase.refusal is None


REFUSED = [
    ("all of 2024", "year"),
    ("The crash of 1929 killed", "year"),
    ("in 2024", "year"),
    ("In 1994 Hutu militias killed", "year"),
    ("the war of 1950-53", "year"),
    ("the 2014 invasion", "year"),
    ("mid-2024", "year"),
    ("(1994)", "year"),
    ("2024's losses", "year"),
    ("in the 1990s", "decade"),
    ("in his 30s", "decade"),
    ("on 9 January", "date"),
    ("on Jan. 13", "date"),
    ("October 7", "date"),
    ("Oct 7-9", "date"),
    ("the 61st swap", "ordinal"),
    ("the twenty-first prisoner", "ordinal"),
    ("the 11th Corps", "ordinal"),
    ("a 23-year-old soldier", "age"),
    ("a 23 year old soldier", "age"),
    ("aged 34", "age"),
    ("among them girls as young as five", "age"),
    ("the striker, 29, has missed", "age"),
    ("said the student, 20.", "age"),
    ("children under five", "age"),
    ("18 years old", "age"),
    ("a girl of two was hurt", "age"),
    ("mostly conscripts of 18 to 20", "age"),
    ("He was 41 when he was killed.", "age"),
    ("She was just 16 when she was abducted.", "age"),
    ("He was 56 and was killed in the raid.", "age"),
    ("Omar, who was 24, was killed in Kursk.", "age"),
    ("He had just turned 22 when he died.", "age"),
    ("Lieutenant Park was 23 when he died.", "age"),
    ("Sergeant Cole was only 21 at the time.", "age"),
    ("the toll, 40 more than last week", "difference"),
    ("aged between 19 and 24", "age"),
    ("$500", "money"),
    ("$1.25 billion", "money"),
    ("£3m", "money"),
    ("3,000 million euros", "money"),
    ("300 dollars", "money"),
    ("millions in losses", "money"),
    ("Three others were defused", "weapon"),
    ("three medical care centers", "place"),
    ("52%", "percent"),
    ("52 percent", "percent"),
    ("52 per cent", "percent"),
    ("at 9 a.m.", "time"),
    ("at 6pm", "time"),
    ("0430 GMT", "time"),
    ("12 other armoured vehicles", "vehicle"),
    ("KN-23", "name"),
    ("G7", "name"),
    ("Su-35", "name"),
    ("the 240mm launchers", "distance"),
    ("a 152-mm gun", "distance"),
    ("500lb bombs", "weight"),
    ("120 missiles", "weapon"),
    ("34 were shot down", "weapon"),
    ("500 armoured vehicles", "vehicle"),
    ("15 Russian tanks", "vehicle"),
    ("50 armoured personnel carriers", "vehicle"),
    ("12 police cars", "vehicle"),
    ("two villages", "place"),
    ("dozens of villages", "place"),
    ("three of the villages", "place"),
    ("hundreds of homes", "building"),
    ("five divisions", "unit"),
    ("two Russian brigades", "unit"),
    ("59 exchanges", "event"),
    ("118 combat clashes", "event"),
    ("for 90 minutes", "duration"),
    ("over the past 24 hours", "duration"),
    ("a two-day battle", "duration"),
    ("the nearly three-year conflict", "duration"),
    ("1,000km", "distance"),
    ("three miles north", "distance"),
    ("1,200 square kilometres", "distance"),
    ("4,000 chickens", "animal"),
    ("Tower 22", "label"),
    ("Resolution 1701", "label"),
    ("Article 5", "label"),
    ("No. 5", "label"),
    ("brigade 94", "label"),
    ("#5", "label"),
    ("Camp 14", "label"),
    ("155 Brigade", "unit"),
    ("a three-star general", "rank"),
    ("a 15-point plan", "event"),
    ("16-nation force", "place"),
    ("half of the 200 men", "fraction"),
    ("fewer than half the 60,000", "fraction"),
    ("60% of them", "percent"),
    ("two thirds of the men", "part"),
    ("three times", "part"),
    ("15C", "temperature"),
    ("minus 15", "temperature"),
    ("no one", "pronoun"),
    ("one another", "pronoun"),
    ("at one point", "pronoun"),
    ("0800", "phone"),
    ("2.5 men", "decimal"),
    ("12 billion people", "malformed"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_number_that_counts_no_people_is_refused(text: str, reason: str) -> None:
    assert {phrase.refusal for phrase in numbers(text)} == {reason}


PAIRS = [
    ("1,200 KN-23 missiles", "weapon name"),
    ("three F-16s", "weapon name"),
    ("47 of 60 drones", "weapon"),
    ("13 of the 24 missiles", "weapon"),
    ("nine in ten", "ratio"),
    ("one in five soldiers", "ratio"),
    ("one out of every three", "ratio"),
    ("shut nine weeks in ten", "duration ratio"),
    ("an area of 500 by 800 metres", "distance"),
    ("a pocket of three by five miles", "distance"),
    ("voted 191 to 94", "vote"),
    ("won 3-1", "score"),
    ("at 14:32", "time"),
    ("24/7", "date"),
    ("9/11", "date"),
    ("on 7 and 8 May", "date"),
]


@pytest.mark.parametrize(("text", "reason"), PAIRS)
def test_both_numbers_of_a_pair_are_refused(text: str, reason: str) -> None:
    first, *second = reason.split()
    assert [phrase.refusal for phrase in numbers(text)] == [first, *(second or [first])]


@pytest.mark.parametrize(
    "text",
    [
        "In May the 300 soldiers",
        "killed two in 24 hours",
        "20 tank crews",
        "12 police officers",
        "six bus passengers",
        "40 drone operators",
        "300 rocket attack victims",
        "300 were killed",
        "killing 12, 14 and 9",
        "1900 people died",
        "a force of 2000 soldiers",
        "more than 2000 died",
        "last week 300 soldiers died",
        "300 Russian and Belarusian soldiers",
        "four school children",
        "two of the country's soldiers",
        "12 of the dead",
        "On Monday 12 died",
        "12 killed by 30 soldiers",
    ],
)
def test_people_are_not_refused(text: str) -> None:
    assert numbers(text)[0].refusal is None


ADDITIONAL = ["a further 500", "another 430", "an additional 500", "an extra 300", "3,000 more", "dozens more",
              "500 additional troops", "200 extra soldiers", "at least another 40", "another dozen"]  # fmt: skip


@pytest.mark.parametrize("text", ADDITIONAL)
def test_what_comes_on_top_is_flagged(text: str) -> None:
    assert "additional" in only(text).flags


def test_the_span_holds_the_qualifying_words_and_not_the_noun() -> None:
    text = "He sent a further 5,000 soldiers and more than 300 men."
    assert [text[phrase.start : phrase.end] for phrase in numbers(text)] == ["a further 5,000", "more than 300"]
    assert [text[phrase.number_start : phrase.number_end] for phrase in numbers(text)] == ["5,000", "300"]


@pytest.mark.parametrize(
    "text",
    ["rose from 54 to 119", "raised its estimate from 3,000 troops to 4,700", "was cut from 119 to 54",
     "rose to 119 from 54", "119, up from 54", "119, up from an earlier count of 54"],
)  # fmt: skip
def test_the_old_figure_of_a_change_is_flagged(text: str) -> None:
    old = [phrase for phrase in numbers(text) if "superseded" in phrase.flags]
    assert [phrase.quantity.number in (54, 3000, 119) for phrase in old] == [True]
    assert all(phrase.quantity.qualifier is Qualifier.EXACT for phrase in numbers(text))


def test_an_article_is_offered_as_one() -> None:
    (phrase,) = find_numbers("a soldier")
    assert (phrase.quantity, phrase.flags) == (Quantity(1, 1, EXACT), frozenset({"article"}))


def test_the_whole_of_a_part_is_flagged() -> None:
    part, whole = numbers("4,000 of the 11,000 soldiers")
    assert (part.flags, whole.flags) == (frozenset(), frozenset({"base"}))
    assert numbers("a battalion of 800")[0].flags == frozenset()
    assert numbers("some of the 12 hostages")[0].refusal == "fraction"


# --- properties

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".splitlines()
ONES = [word for line in ONES for word in line.split()]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int, *, joint: str) -> str:
    """British or American words for a whole number below a thousand million."""
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= scale:
            rest = value % scale
            tail = (joint if rest < 100 else " ") + in_words(rest, joint=joint) if rest else ""
            return f"{in_words(value // scale, joint=joint)} {name}{tail}"
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


@dataclass(frozen=True)
class Written:
    phrase: str
    quantity: Quantity


BEFORE = {EXACT: "", ABOUT: "about ", AT_LEAST: "at least ", MORE: "more than ", AT_MOST: "up to ", LESS: "fewer than "}


@st.composite
def written(draw: st.DrawFn) -> Written:
    value = draw(st.one_of(st.integers(2, 1499), st.integers(2101, 400_000_000)))
    qualifier = draw(st.sampled_from(sorted(BEFORE)))
    styles = [f"{value:,}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "\u202f"), str(value),
              f"{value:,}".replace(",", "."), in_words(value, joint=" and "), in_words(value, joint=" ")]  # fmt: skip
    return Written(BEFORE[qualifier] + draw(st.sampled_from(styles)), quantity(qualifier, value))


@given(written())
def test_reading_what_was_written_gives_the_quantity_back(item: Written) -> None:
    text = f"They said {item.phrase} soldiers died."
    phrase = only(text)
    assert phrase.quantity == item.quantity
    assert phrase.refusal is None
    assert text[phrase.start : phrase.end] == item.phrase


@given(st.integers(2, 10**6), st.integers(1, 10**6), st.sampled_from(["{}-{}", "between {} and {}", "{} to {}"]))
def test_a_written_range_is_read_back(low: int, step: int, form: str) -> None:
    high = min(low + step, low * 2 + 1)
    phrase = only("They said " + form.format(f"{low:,}", f"{high:,}") + " soldiers died.")
    assert (phrase.quantity.low, phrase.quantity.high) == (low, high)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    plain = normalise(text)
    end = 0
    for phrase in find_numbers(plain):
        assert end <= phrase.start <= phrase.number_start < phrase.number_end <= len(plain)
        assert phrase.start < phrase.end
        end = phrase.end


PIECES = st.sampled_from(
    ["1,000", "3", "-", " ", "to", "between", "and", "a", "hundred", "million", "of", "more than", "up", "from", "in",
     ".", ",", "\n", "soldiers", "tanks", "No", "half", "several", "dozens", "two", "'", '"', "%", "$",
     "2024", "/", "k"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", ""]))
def test_any_mix_of_its_own_words_is_read_without_an_error(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    assert all(phrase.start < phrase.end <= len(text) for phrase in find_numbers(text))


@pytest.mark.parametrize(
    "piece",
    ["1,000 ", "1,000,", "1 000 ", "'", "1-", "a ", "between ", "more than ", "hundred and ", "1.1.", "of the ",
     "from 1 to ", "two hundred and ", "several ", "up from ", "a couple of ", "KN-23 ", "1", "x", ", 5, ",
     "half of the "],
)  # fmt: skip
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            find_numbers(text)
            best = min(best, time.process_time() - began)
        return best

    small = seconds(4_000)
    assert seconds(16_000) < 4 * small * 2.5 + 0.05
