import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import quantity

from monitor.domain.quantities import (
    Interval,
    Looseness,
    Qualifier,
    Quantity,
    adds_up,
    agree,
    half_step,
    in_words,
    interval,
    narrower,
    overall,
)


def closed(low: int, high: int) -> tuple[float, float]:
    return pytest.approx((low, high))  # type: ignore[return-value]


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    qualifier = draw(st.sampled_from(list(Qualifier)))
    number = draw(st.integers(1, 2_000_000))
    match qualifier:
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN | Qualifier.VAGUE:
            return Quantity(number, None, qualifier)
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return Quantity(None, number, qualifier)
        case Qualifier.RANGE:
            return Quantity(number, number + draw(st.integers(0, 50_000)), qualifier)
        case _:
            return Quantity(number, number, qualifier)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("46,006", (46_006, 46_006)),
        ("46,000", (45_500, 46_500)),
        ("3,000", (2_950, 3_050)),
        ("about 3,000", (2_950, 3_050)),
        ("about 4,700", (4_650, 4_750)),
        ("more than 3,000", (3_000, 3_300)),
        ("at least 3,000", (3_000, 3_300)),
        ("up to 12,000", (10_800, 12_000)),
        ("fewer than 12,000", (10_800, 12_000)),
        ("10,000-12,000", (10_000, 12_000)),
        ("dozens", (24, 99)),
        ("scores", (40, 99)),
        ("hundreds", (200, 999)),
        ("thousands", (2_000, 9_999)),
        ("tens of thousands", (20_000, 99_999)),
        ("about 100", (95, 105)),
        ("1", (1, 1)),
        ("about 5", (5, 5)),
    ],
)
def test_a_quantity_is_read_with_the_looseness_that_news_gives_it(words: str, span: tuple[int, int]) -> None:
    assert interval(quantity(words)) == closed(*span)


@pytest.mark.parametrize(
    ("one", "other", "same_party", "expected"),
    [
        ("more than 3,000", "3,000", True, True),
        ("3,000", "about 3,000", True, True),
        ("more than 3,000", "about 3,000", True, True),
        ("more than 3,000", "3,800", True, False),
        ("more than 3,000", "4,000", True, False),
        ("more than 10,000", "about 11,000", True, True),
        ("46,006", "more than 46,000", True, True),
        ("3,000", "3,100", False, True),
        ("3,000", "3,100", True, False),
        ("more than 3,000", "1,100", False, False),
        ("hundreds", "about 1,100", False, True),
        ("up to 8,000", "about 10,000", True, False),
    ],
)
def test_the_examples_of_the_page_agree_or_not(one: str, other: str, same_party: bool, expected: bool) -> None:
    assert agree(quantity(one), quantity(other), same_party=same_party) is expected


def test_the_percentages_are_settings() -> None:
    tight = Looseness(bound=0.0, parties=0.0)
    assert interval(quantity("more than 3,000"), tight) == Interval(3_000, 3_000)
    assert not agree(quantity("3,000"), quantity("3,100"), same_party=False, looseness=tight)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("about 11,000", "more than 10,000", True),
        ("46,006", "more than 46,000", True),
        ("11,000-12,000", "10,000-12,000", True),
        ("3,000", "more than 3,000", False),
        ("more than 3,000", "3,000", False),
        ("hundreds", "300", False),
        ("300", "hundreds", True),
    ],
)
def test_a_figure_is_more_exact_when_it_leaves_less_open(one: str, other: str, expected: bool) -> None:
    assert narrower(quantity(one), quantity(other)) is expected


@pytest.mark.parametrize(
    ("killed", "wounded", "casualties", "expected"),
    [
        ("300", "2,700", "3,000", True),
        ("at least 100", "about 1,000", "about 1,100", True),
        ("300", "2,700", "4,000", False),
    ],
)
def test_killed_and_wounded_are_a_breakdown_of_casualties(
    killed: str, wounded: str, casualties: str, expected: bool
) -> None:
    assert adds_up(quantity(killed), quantity(wounded), quantity(casualties)) is expected


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [
        (None, None, Qualifier.EXACT),
        (2, 1, Qualifier.RANGE),
        (-1, -1, Qualifier.EXACT),
        (3_000, 3_000, Qualifier.MORE_THAN),
        (3_000, None, Qualifier.EXACT),
        (3_000, 3_000, Qualifier.AT_MOST),
    ],
)
def test_a_quantity_that_the_table_does_not_have_cannot_be_made(
    low: int | None, high: int | None, qualifier: Qualifier
) -> None:
    with pytest.raises(ValueError, match=r"bound|above|negative|with"):
        Quantity(low, high, qualifier)


def test_half_a_step_of_the_second_digit() -> None:
    assert [half_step(number) for number in (46_000, 3_000, 4_700, 100, 30, 5)] == [500, 50, 50, 5, 0.5, 0]


@pytest.mark.parametrize(
    "words", ["3,000", "about 3,000", "at least 3,000", "more than 3,000", "up to 3,000", "fewer than 3,000", "dozens"]
)
def test_a_quantity_reads_back_in_the_words_it_was_given_in(words: str) -> None:
    assert in_words(quantity(words)) == words
    assert quantity(in_words(quantity(words))) == quantity(words)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "spoken"),
    [
        (3000, None, "more_than", "more than 3,000"),
        (1100, 1100, "about", "about 1,100"),
        (10000, 12000, "range", "10,000–12,000"),
        (None, 8000, "at_most", "up to 8,000"),
        (None, 600, "less_than", "fewer than 600"),
        (300, None, "at_least", "at least 300"),
        (4700, 4700, "exact", "4,700"),
        (1, 1, "exact", "1"),
        (24, None, "vague", "dozens"),
        (40, None, "vague", "scores"),
        (20000, None, "vague", "tens of thousands"),
        (36, None, "vague", "36 or more"),
    ],
)
def test_readers_see_it_in_the_same_words_everywhere(
    low: int | None, high: int | None, qualifier: str, spoken: str
) -> None:
    assert in_words(Quantity(low, high, Qualifier(qualifier))) == spoken


def test_the_overall_span_runs_from_the_lowest_to_the_highest() -> None:
    several = [quantity("hundreds"), quantity("1,100"), quantity("more than 3,000")]
    assert overall(several) == Quantity(200, 3_000, Qualifier.RANGE)
    assert overall(several[1:2]) == several[1]
    assert overall([]) is None


@given(quantities(), quantities(), st.booleans())
def test_agreement_is_symmetric(one: Quantity, other: Quantity, same_party: bool) -> None:
    assert agree(one, other, same_party=same_party) == agree(other, one, same_party=same_party)


@given(quantities())
def test_low_is_never_above_high_and_a_quantity_agrees_with_itself(one: Quantity) -> None:
    span = interval(one)
    assert span.low <= span.high
    assert agree(one, one, same_party=True)
    assert not narrower(one, one)


@given(quantities(), quantities())
def test_one_party_agrees_with_itself_only_where_two_parties_would(one: Quantity, other: Quantity) -> None:
    assert agree(one, other, same_party=False) or not agree(one, other, same_party=True)


@given(quantities(), quantities())
def test_of_two_figures_at_most_one_is_the_more_exact(one: Quantity, other: Quantity) -> None:
    assert not (narrower(one, other) and narrower(other, one))


@given(st.lists(quantities(), min_size=1))
def test_the_overall_span_holds_every_number(several: list[Quantity]) -> None:
    span = overall(several)
    assert span is not None
    assert all(span.number <= one.number <= (span.high or one.number) for one in several) or len(set(several)) == 1
