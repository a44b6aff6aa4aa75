"""Sentences end where they end, and nothing is lost or told twice."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.text.normalise import normalise
from monitor.extract.text.sentences import ARTICLE_CAP, SENTENCE_CAP, split_sentences

ONE = [
    "He met Gen. Smith of the U.S. Army on Jan. 5.",
    "It cost 3.5 million dollars.",
    "Col. Petrov told No. 5 unit; 300 died; 40 fled.",
    "Then J. K. Ngozi left at 9 p.m. Monday.",
    "The toll (12 dead, 3 hurt) was given by Lt. Col. Ivan Petrov.",
    "Some 300 people, incl. children, died.",
    "“We lost 12 men!” he said.",
    "U.N. officials counted 12.",
    "The area vs. Rebel lines saw St. John's hit.",
]


@pytest.mark.parametrize("text", ONE)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert len(split_sentences(normalise(text))) == 1


MANY = [
    ("Ten died in the U.S. The army said so.", 2),
    ("They fled at 5 a.m. Then it rained.", 2),
    ("Really?! Yes. No.", 3),
    ('"It is over." He wept.', 2),
    ("It was 2003. 12 men died.", 2),
    ("The toll was 12.The army said so.", 2),
    ("Wait... He left.", 2),
    ("First line\nSecond line", 2),
    ("The general died in 1999. Rebels cheered.", 2),
    ("He said (in private.) They left.", 2),
]


@pytest.mark.parametrize(("text", "count"), MANY)
def test_sentences_are_parted(text: str, count: int) -> None:
    assert len(split_sentences(normalise(text))) == count


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("SEOUL, Oct 18 (Northwire) - At least 100 died.", "SEOUL", "At least 100 died."),
        ("ISTANBUL – Jets hit 71 targets.", "ISTANBUL", "Jets hit 71 targets."),
        ("MOGADISHU, Somalia (XY) — Ten died.", "MOGADISHU", "Ten died."),
        ("Goma (XY) - Ten died.", "Goma", "Ten died."),
        ("ADDIS ABABA, 3 May (Wire) -- Ten died.", "ADDIS ABABA", "Ten died."),
        ("March 7 (Delta Wire) - Ten died.", "March 7", "Ten died."),
    ],
)
def test_a_dateline_stands_apart(text: str, place: str, rest: str) -> None:
    plain = normalise(text)
    (sentence,) = split_sentences(plain)
    assert sentence.dateline is not None
    assert plain[slice(*sentence.dateline)] == place
    assert plain[sentence.start : sentence.end] == rest


def test_a_row_of_a_list_has_no_dateline() -> None:
    (sentence,) = split_sentences("Kharkiv - 3 dead, 29 injured; Odesa - none")
    assert sentence.dateline is None


def test_headlines_bullets_and_bold_lines_are_told_apart() -> None:
    text = "Pentagon cuts estimate\n**Losses Mount**\n• Eight dead in the east.\n* Three hurt\nThe army said so."
    kinds = [(sentence.kind, text[sentence.start : sentence.end]) for sentence in split_sentences(text)]
    assert kinds == [
        ("headline", "Pentagon cuts estimate"),
        ("headline", "Losses Mount"),
        ("bullet", "Eight dead in the east."),
        ("bullet", "Three hurt"),
        ("text", "The army said so."),
    ]


@given(st.text(alphabet=st.sampled_from("aA1 .!?\"'()\n*-•:;,—U.S|\t"), max_size=400) | st.text(max_size=200))
def test_sentences_are_slices_in_order_that_lose_no_letter(text: str) -> None:
    plain = normalise(text)
    end, covered = 0, set()
    for sentence in split_sentences(plain):
        assert end <= sentence.start < sentence.end <= len(plain)
        end = sentence.end
        assert plain[sentence.start : sentence.end].strip() == plain[sentence.start : sentence.end]
        covered |= set(range(sentence.start, sentence.end))
        covered |= set(range(plain.rfind("\n", 0, sentence.start) + 1, sentence.start)) if sentence.dateline else set()
    letters = {index for index, character in enumerate(plain) if character.isalpha()}
    assert letters <= covered


def test_long_sentences_and_articles_are_capped() -> None:
    sentences = split_sentences("word " * 100_000)
    assert max(sentence.end - sentence.start for sentence in sentences) <= SENTENCE_CAP
    assert sentences[-1].end <= ARTICLE_CAP
    assert max(sentence.end - sentence.start for sentence in split_sentences("x" * 50_000)) <= SENTENCE_CAP


@pytest.mark.parametrize(
    "piece", ["a. ", "A.", ".", "* ", "**a**", "X ", "SEOUL, ", '"', "(", "U.S. ", "\n", "1. ", "A. B "]
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text, best = piece * (size // len(piece)), 9.0
        for _ in range(3):
            began = time.process_time()
            split_sentences(text)
            best = min(best, time.process_time() - began)
        return best

    small = seconds(25_000)
    assert seconds(100_000) < 4 * small * 2.5 + 0.05
