"""Numbers that are told of one person or of a part, beside those told of many or of the whole."""

import pytest

from monitor.extract import extract

COUNTED_ALL_THE_SAME = [
    ("The toll was 41 when he was killed.", [41]),
    ("The Death Toll was 30 when the search ended.", [30]),
    ("The dead were 41 when the count ended.", [41]),
    ("The number of dead was 19 when she was wounded.", [19]),
    ("The general who was there said 40 had died.", [40]),
    ("He saw 14 soldiers killed.", [14]),
    ("What he buried was 14 soldiers.", []),
    ("He was 20 kilometres from where 14 soldiers were killed.", [14]),
    ("The number killed was 23, she said.", [23]),
    ("How many had died? The toll was 60, she said.", [60]),
]


@pytest.mark.parametrize(("text", "told"), COUNTED_ALL_THE_SAME)
def test_what_is_no_age_is_counted(text: str, told: list[int]) -> None:
    assert [figure.quantity.low for figure in extract(text).figures] == told


TOLD_TO = [
    ("A doctor told Reuters the toll was 40.", "doctor", None),
    ("The governor told AFP the death toll stood at 27.", "the governor", None),
    ("A hospital official told The Associated Press the number of dead was 19.", "hospital official", None),
    ("Ahmed Saleh, a medic, told AFP the toll was 13 dead.", "Ahmed Saleh, a medic", None),
    ("The Gaza health ministry told AFP Israeli strikes had killed 40.", "the Gaza health ministry", None),
    ("By the official Israeli tally 40 soldiers were killed.", "the official Israeli tally", None),
    ("The latest AFP count stands at 412 dead.", "the latest AFP", None),
    ("Reuters' own tally of the dead is 64.", "Reuters", None),
    ("The BBC's count of Russian dead is 90,000.", "the BBC", "Russia"),
    ("In Gaza the toll passed 46,000, the health ministry said.", "the health ministry", None),
    ("Ukraine's toll is 31,000, Zelensky told CNN.", "Zelensky", "Ukraine"),
]


@pytest.mark.parametrize(("text", "teller", "whose"), TOLD_TO)
def test_who_is_told_of_a_toll_neither_claims_nor_suffers_it(text: str, teller: str, whose: str | None) -> None:
    (figure,) = extract(text).figures
    assert [one.name for one in figure.claimants] == [teller]
    assert figure.subject.party == whose
