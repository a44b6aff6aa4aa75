"""Plain text from the markup of feeds."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources.plaintext import clean, one_line, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>At least 300 &amp; more.</p><p>Second.</p>", "At least 300 & more.\n\nSecond."),
        ("one<br>two<br/><br/>three", "one\ntwo\n\nthree"),
        ("<ul><li>10 killed</li><li>20 wounded</li></ul>", "10 killed\n\n20 wounded"),
        ("<table><tr><td>Killed</td><td>300</td></tr></table>", "Killed 300"),
        ("a<script>var n = 9000;</script><style>p{}</style>b", "ab"),
        ("<b>4,000</b> dead", "4,000 dead"),
        ("3 < 4 and 5 > 2, R&D", "3 < 4 and 5 > 2, R&D"),
        ("plain\n\nparagraphs  stay", "plain\n\nparagraphs stay"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("<!-- 500 dead -->300 dead", "300 dead"),
        ("no\x00nul\ud800\ufeff\x0b", "nonul"),
        ("<?xml version='1.0' encoding='latin-1'?><p>é</p>", "é"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_titles_are_one_line_and_unescaped() -> None:
    assert one_line("Seoul&#8217;s count:\n <i>3,000</i>") == "Seoul’s count: 3,000"
    assert one_line("Seoul&amp;#8217;s&amp;#65279; <b>count</b>") == one_line("Seoul&#8217;s count")


def test_deep_and_broken_markup_costs_little() -> None:
    started = time.process_time()
    for hostile in (
        "<div>" * 200_000,
        "<" * 500_000,
        "<!--" * 200_000,
        "<a" * 300_000,
        "&lt" * 300_000,
        "<p><b>" * 100_000,
    ):
        plain_text(hostile)
    assert time.process_time() - started < 6


@given(st.text())
@settings(max_examples=30)
def test_clean_text_can_be_stored_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    once.encode()
    assert "\0" not in once
    assert clean(once) == once


@given(st.text())
@settings(max_examples=30)
def test_any_text_comes_through(text: str) -> None:
    plain_text(text).encode()
