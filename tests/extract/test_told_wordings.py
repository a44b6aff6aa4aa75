"""Wordings of agency copy: what a number of troops is of, bodies of troops, who "the army" is, nights, hospitals."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def only(text: str) -> Figure:
    figures = extract(text, published=date(2025, 7, 8)).figures
    assert len(figures) == 1, [(f.measure.value, f.quantity.number) for f in figures]
    return figures[0]


NUMBERS_OF_TROOPS = [
    ("The deaths bring the number of troops killed in Gaza to 408, the Israeli military said.", "killed 408"),
    ("That brought the number of soldiers killed in the campaign to 91, the ministry said.", "killed 91"),
    ("The number of soldiers wounded in the fighting rose to 212.", "wounded 212"),
    ("The number of troops who have died in Mali has reached 310.", "killed 310"),
    ("It brings the number of troops deployed in Mali to 4,000, the ministry said.", "deployed 4000"),
    ("The number of troops in Gaza has risen to 5,000, the Israeli military said.", "deployed 5000"),
    ("NATO has deployed a battlegroup of about 4,800 soldiers to Lithuania.", "deployed 4800"),
    ("Germany has stationed an armoured brigade group of 4,000 soldiers in Lithuania.", "deployed 4000"),
    ("France is keeping a taskforce of 900 marines in Djibouti.", "deployed 900"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS_OF_TROOPS)
def test_a_number_of_troops_is_of_what_its_participle_says_and_a_body_holds_them(text: str, expected: str) -> None:
    figure = only(text)
    assert f"{figure.measure.value} {figure.quantity.number}" == expected


NIGHTS = [
    ("Russian drones hit an apartment block in Odesa overnight, killing three people.", "incident"),
    ("Shelling overnight killed two people in Kherson.", "incident"),
    ("Israeli strikes killed 61 people across Gaza overnight, health officials said.", "period"),
    ("Ukraine said it killed 1,200 Russian soldiers overnight.", "period"),
]


@pytest.mark.parametrize(("text", "expected"), NIGHTS)
def test_overnight_is_the_hour_of_a_strike_and_the_window_of_what_happened_widely(text: str, expected: str) -> None:
    assert only(text).scope.value == expected
