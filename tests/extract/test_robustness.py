"""Whatever the text: no exception, exact offsets, the same answer twice, and time that grows with the length only."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extract import extract
from monitor.extract.forms import figure_form

WORDS = (
    "killed",
    "wounded",
    "soldiers",
    "North Korean",
    "said",
    "Kyiv",
    "and",
    "of",
    "12",
    "3,000",
    "more than",
    "dead",
    ",",
    ";",
    ":",
    "in",
    "Kursk",
    "were",
    "lost",
    "toll",
    "to",
    "from",
    "according to",
    "the",
    "its",
    "troops",
    "sent",
    "had",
    "whom",
    "(",
    ")",
    "including",
    "who",
    "a",
    "dozens",
    "prisoners",
    "Seoul",
    "denied",
    "that",
    "could",
    "-",
    "—",
    "•",
    ".",
    "'s",
    "by",
    "put",
    "at",
)
NEWSY = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
HOSTILE = (
    "1,000 " * 4000,
    '"' * 20000,
    ", " * 10000,
    "killed 12 and " * 2000,
    "of the " * 5000,
    "said " * 5000,
    "(" * 20000,
)


def read(text: str) -> list[dict[str, object]]:
    return [figure_form(figure) for figure in extract(text).figures]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    read(text)


@settings(max_examples=250, deadline=None)
@given(NEWSY)
def test_words_of_the_grammar_in_any_order_give_exact_slices(text: str) -> None:
    for figure in extract(text).figures:
        if "from_title" not in figure.rules:
            assert text[figure.quote_start : figure.quote_start + len(figure.quote)] == figure.quote
            assert figure.quote_start <= figure.start < figure.end <= figure.quote_start + len(figure.quote)


@settings(max_examples=60, deadline=None)
@given(NEWSY)
def test_the_same_text_gives_the_same_figures(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=60, deadline=None)
@given(NEWSY)
def test_the_terms_add_up_to_the_confidence(text: str) -> None:
    for figure in extract(text).figures:
        total = sum(value for _, value in figure.terms)
        assert figure.confidence == pytest.approx(min(1.0, max(0.0, total)), abs=0.002)


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_runs_take_time_in_line_with_their_length(text: str) -> None:
    read(text[: len(text) // 2])
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 6.0


def test_what_is_not_english_is_left_alone() -> None:
    text = "Les autorités ont annoncé que 12 soldats ont été tués et 30 blessés dans une attaque contre un convoi."
    reading = extract(text)
    assert reading.language == "fr"
    assert reading.figures == ()
