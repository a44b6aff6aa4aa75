"""What is told of a battle that goes on: its length, its toll told bit by bit, its nights one after the other."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract

FRIDAY = date(2019, 4, 19)


def figure(text: str, number: int, title: str = "") -> Figure:
    figures = extract(text, title=title, published=FRIDAY).figures
    return next(one for one in figures if number in {one.quantity.low, one.quantity.high})


@pytest.mark.parametrize(
    ("text", "number", "scope", "since"),
    [
        ("The death toll in the battle for Aleppo has risen to 56, the WHO said.", 56, "cumulative", None),
        ("Ten days of fighting on the outskirts of Aleppo have left 147 people dead.", 147, "cumulative", None),
        ("More than 270 people have been killed in three weeks, the WHO says.", 270, "period", date(2019, 3, 26)),
        ("The army lost 55 men in the ten days of its operation.", 55, "period", date(2019, 4, 8)),
        ("In the past three weeks 30 soldiers were killed.", 30, "period", None),
        ("Clashes have killed 47 people since last week.", 47, "period", date(2019, 4, 8)),
        ("Up to 25,000 people died in the 2011 war.", 25_000, "period", None),
        ("Rockets struck Barda for a second day on Wednesday, killing 19 people.", 19, "incident", None),
        (
            "A shell hit Barda on Wednesday. Seven people died there the night before, when rockets fell.",
            7,
            "incident",
            None,
        ),
    ],
)
def test_over_what_it_counts(text: str, number: int, scope: str, since: date | None) -> None:
    found = figure(text, number)
    assert (found.scope.value, found.since) == (scope, since)


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("The toll has risen to 56, up from 47 on Tuesday, and 266 people have been wounded.", 266, None),
        ("The toll from Tuesday night's shelling of Barda has risen to seven.", 7, date(2019, 4, 16)),
        (
            "A shell hit Barda on Wednesday. Seven people died there the night before, when rockets fell.",
            7,
            date(2019, 4, 16),
        ),
    ],
)
def test_on_which_day_it_fell(text: str, number: int, day: date | None) -> None:
    assert figure(text, number).as_of == day


@pytest.mark.parametrize(
    ("text", "number", "parties"),
    [
        ("Nine people were wounded, the WHO said.", 9, ("World Health Organization",)),
        ("The army of Chad said that 37 of its men had been killed. The wounded number 52.", 52, ("Chad",)),
        (
            "The army of Chad denied that it had fired the rockets that killed seven people, and accused rebels of it.",
            7,
            (),
        ),
        ("The hospital in Goma received nine bodies, its spokesman said.", 9, ("Goma hospital",)),
    ],
)
def test_who_says_so(text: str, number: int, parties: tuple[str, ...]) -> None:
    assert tuple(one.party for one in figure(text, number).claimants) == parties


def test_the_title_names_the_country_whose_ministry_speaks() -> None:
    text = "The defence ministry puts the number of rebels killed at 112."
    assert figure(text, 112, "What we know of the war in Chad").parties == ("Chad",)
    assert figure(text, 112).parties == ("defence ministry",)


@pytest.mark.parametrize(
    ("text", "number", "whose"),
    [
        ("The army of Chad said that 37 of its men had been killed. The wounded number 52.", 52, "Chad"),
        (
            "A watchdog said 61 Chadian soldiers were killed in the past week. Its count now stands at 84 soldiers.",
            84,
            "Chad",
        ),
    ],
)
def test_whose_they_are(text: str, number: int, whose: str) -> None:
    assert figure(text, number).subject.party == whose


@pytest.mark.parametrize(
    "text",
    [
        "Thirty rebels were killed. The army put the number of air strikes at 160.",
        "The wounded, some of them under 18, were treated in Goma.",
        "A man who leads a unit of 60 men said so.",
        "Chad's death toll rises to 56 as thousands trapped",
    ],
)
def test_what_counts_nobody(text: str) -> None:
    numbers = {one.quantity.number for one in extract(text, published=FRIDAY).figures}
    assert numbers.isdisjoint({160, 18, 60, 2000})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rockets hit the Abu Salim district of Tripoli, killing four people.", "Tripoli"),
        ("Forty people were wounded in Goma. Twelve of them are being treated in Kigali.", "Goma"),
    ],
)
def test_where_they_fell(text: str, place: str) -> None:
    assert {one.place for one in extract(text, published=FRIDAY).figures} == {place}
