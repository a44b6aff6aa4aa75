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


def read(text: str) -> list[tuple[str, int | None]]:
    return [(str(figure.measure), figure.quantity.low) for figure in extract(text).figures]


AT_IT = [
    ("The army said 27 soldiers fighting in Tigray had died.", [("killed", 27)]),
    ("Some 200 Chadians fighting Boko Haram were killed on Monday.", [("killed", 200)]),
    ("Some 900 militiamen fighting alongside the army were captured.", [("captured", 900)]),
    ("Forty farmers meeting in a mosque in Barsalogho were shot dead.", [("killed", 40)]),
    ("Two pilots bombing a bridge near Vinh were captured.", [("captured", 2)]),
    ("There are 5,000 soldiers fighting in the east.", [("deployed", 5000)]),
    ("Ukraine has lost 31,000 soldiers fighting Russia.", [("casualties", 31000)]),
    ("Wagner lost 20,000 men fighting for Bakhmut.", [("casualties", 20000)]),
    ("The militia has lost 90 men since fighting resumed in April.", [("casualties", 90)]),
    ("The army has lost 604 soldiers since fighting began.", [("casualties", 604)]),
]
NOT_AT_IT = [
    ("The truce fell after 12 police training exercises.", []),
    ("There were 14 fighting seasons.", []),
    ("The mayor said 12 rebel bombings had killed 40.", [("killed", 40)]),
    ("He counted 12 fighting vehicles.", []),
    ("Some 300 fighting men were killed.", [("killed", 300)]),
    ("The region saw 12 armed men kidnappings.", []),
    ("The town saw 40 days of soldiers fighting.", []),
    ("The coup killed 40 guards defending the palace.", [("killed", 40)]),
    ("Russia deployed 900 soldiers fighting for pay.", [("deployed", 900)]),
    ("About 3,000 mercenaries are fighting in Libya.", [("deployed", 3000)]),
    ("Some 200 volunteers died while fighting for Ukraine.", [("killed", 200)]),
]


@pytest.mark.parametrize(("text", "told"), AT_IT + NOT_AT_IT)
def test_what_people_were_at_is_neither_counted_nor_their_end(text: str, told: list[tuple[str, int]]) -> None:
    assert read(text) == told
