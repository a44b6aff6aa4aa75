"""What is told of people counted before: some of the wounded, all six of the dead, a toll that its owner changes."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def read(text: str) -> tuple[Figure, ...]:
    return tuple(extract(text, published=date(2025, 7, 8)).figures)


def brief(text: str) -> list[str]:
    return [f"{f.measure.value} {f.quantity.number} {f.status.value}" for f in read(text)]


SOME_OF_THEM = [
    ("As many as 40 of the wounded could die within days, doctors in Goma warned.", ["killed 40 hypothetical"]),
    ("Two of the injured died on Tuesday in hospital.", ["killed 2 asserted"]),
    ("Four of the missing were found dead on the shore.", ["killed 4 asserted"]),
    ("Three of the wounded were flown to Cairo.", []),
    ("Three of the wounded were children.", ["wounded 3 asserted"]),
    ("Two of the missing are soldiers.", ["missing 2 asserted"]),
    ("Seven of those killed were women.", ["killed 7 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), SOME_OF_THEM)
def test_some_of_the_wounded_are_what_the_verb_says(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


ALL_OF_THEM = [
    ("Six people died in the shelling of Nyala. All six had been operated on.", ["killed 6 asserted"]),
    ("Nine miners were killed in Goma. The nine had been wounded by splinters.", ["killed 9 asserted"]),
    ("Six people were wounded in Goma. All six died on Monday.", ["wounded 6 asserted", "killed 6 asserted"]),
    ("Six people died in Goma. Six were wounded.", ["killed 6 asserted", "wounded 6 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), ALL_OF_THEM)
def test_the_wounds_of_the_dead_are_not_counted_beside_them(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


def test_who_changes_its_own_count_is_the_source_however_long_the_name_of_the_count() -> None:
    figures = read("The Red Cross has lowered its count of the people killed in the market of Goma on 3 March to 108.")
    assert [(f.quantity.number, [one.name for one in f.claimants]) for f in figures] == [(108, ["the Red Cross"])]
