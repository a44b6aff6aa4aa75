"""Sentences end where they end, and nothing is lost or told twice."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.text.folding import folded
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


WRAPPED = [
    ("12 soldiers were\nkilled in Goma.", 0),
    ("The death toll has passed\n46,000.", 0),
    ("12 soldiers were killed in Goma\nand 14 wounded.", 0),
    ("Among the dead was a\n14-year-old, said Gen.\nMbeki.", 0),
    (
        "M23 denied it had lost 40 men near the town of Sake on\nFriday. The army said that 17 men were held by\nM23.",
        0,
    ),
    ("Washington keeps around 2,500 soldiers in Iraq, says\nErbil, which has none.", 0),
    ("- soldiers: 4 killed when the rebels came to\n  the bridge, 12 wounded\n- civilians: 8 killed", 1),
    ("> the army said that 12 soldiers\n> were killed in Goma.", 0),
    ("Toll of the attack on Sake\n\nThe army said that 12 soldiers were killed when the rebels\nattacked Sake.", 2),
    ("Goma: 12 dead\nSake: 9 dead\nBeni: 4 dead.", 2),
    ("personnel - about 1,000,340 (+1,140)\ntanks - 10,933 (+4)\nartillery systems - 29,063 (+41)", 2),
    ("Losses at Sake\nsoldiers 12\ncivilians 4", 2),
    ("14:05 Two dead in Kharkiv, the mayor says in a message\n14:40 Now three are dead.", 1),
    ("Rebels kill 12 soldiers near Goma in the east of Congo\nThe army said 12 men died on Monday.", 1),
    ("Rebels kill 12 soldiers near Goma\nArmy kills 40 rebels at Sake\nUN counts 9 dead in Beni", 2),
    ("12 soldiers were killed in Goma.\n9 were killed in Sake.\n4 died in Beni.", 2),
    ("1. Goma, where 12 soldiers died\n2. Sake, where nine did\n3. Beni.", 2),
    ("town    killed    wounded\nGoma    12        30\nSake    4         9", 2),
    ("army says 12 dead in goma\nrebels say 40 dead in sake\nun counts 9", 2),
]


@pytest.mark.parametrize(("text", "ends"), WRAPPED)
def test_a_line_end_that_a_full_line_made_is_a_blank(text: str, ends: int) -> None:
    assert folded(text)[-1].text.count("\n") == ends


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
