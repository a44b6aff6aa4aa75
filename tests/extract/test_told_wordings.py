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


TOLLS = [
    # what became of those who were hurt; nouns spelt like verbs; verbs that take "up" along
    ("Six of the people wounded in Monday's attack on the market have died.", "killed 6 exact"),
    ("Six people wounded in the strike have died, medics said.", "killed 6 exact"),
    ("Six people wounded in the strike were flown out, medics said.", "wounded 6 exact"),
    ("Police put the number of people killed in the bombing of the ferry at 31.", "killed 31 exact"),
    ("The number of people killed in the raid has gone up to 15, the army said.", "killed 15 exact"),
    ("Up to 15 people were killed in the raid, the army said.", "killed 15 at_most"),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_tolls_of_one_attack(text: str, expected: str) -> None:
    figure = only(text)
    assert f"{figure.measure.value} {figure.quantity.number} {figure.quantity.qualifier.value}" == expected


def test_the_commonest_headline_of_a_toll_is_trusted() -> None:
    figure = only("The death toll from the bombing of a ferry in Minbya rose to 28 on Tuesday, the Arakan Army said.")
    assert figure.confidence >= 0.7


HOSPITALS = [
    ("Nineteen people were killed in a strike on a market in Minbya, the town's hospital said.", "Minbya hospital"),
    ("The hospital in the town said that 19 people were killed in Minbya.", "Minbya hospital"),
    ("Minbya's hospital said that 19 people were killed in a strike.", "Minbya hospital"),
    ("Nineteen people died in a strike in Minbya, the head of the local hospital, Myo Thant, said.", "Minbya hospital"),
    ("Hospital officials said that 19 people were killed in Minbya.", "unattributed"),
]


@pytest.mark.parametrize(("text", "party"), HOSPITALS)
def test_the_hospital_of_a_place_is_told_from_others_by_it(text: str, party: str | None) -> None:
    assert only(text).claimants[0].party == party


COUNTS_THAT_FALL = [
    ("The number of French soldiers in Mali has fallen to 700.", "deployed 700 asserted"),
    ("The number of American troops in Somalia fell below 700.", "deployed 700 asserted"),
    ("The number of soldiers who have fallen in Mali has reached 310.", "killed 310 asserted"),
    ("A Pentagon official said the number of American troops in Somalia would fall to 700.", "deployed 700 planned"),
    ("France said it would send 500 soldiers to Chad.", "deployed 500 planned"),
    ("France said it would send 500 soldiers to Chad if the truce held.", "deployed 500 hypothetical"),
    ("France could send 500 soldiers to Chad.", "deployed 500 hypothetical"),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS_THAT_FALL)
def test_a_count_that_falls_kills_nobody_and_would_after_said_is_will(text: str, expected: str) -> None:
    figure = only(text)
    assert f"{figure.measure.value} {figure.quantity.number} {figure.status.value}" == expected


TAKEN_AND_HELD = [
    ("Gunmen seized 34 oil workers in the Ogaden on Tuesday.", "captured 34 oil workers incident"),
    ("The pirates took seven sailors from a tanker on Monday.", "captured 7 sailors incident"),
    ("Rebels still hold 50 hostages they seized last week, a chief said.", "captured 50 hostages cumulative"),
    ("The group is holding 12 soldiers captured last month.", "captured 12 soldiers cumulative"),
    ("The group captured 12 soldiers last month.", "captured 12 soldiers period"),
    ("Police detained 12 students on Tuesday.", None),
    ("Rebels took 12 villagers to a hospital in Goma.", None),
]


@pytest.mark.parametrize(("text", "expected"), TAKEN_AND_HELD)
def test_whom_gunmen_take_is_a_captive_and_whom_they_hold_is_held_by_now(text: str, expected: str | None) -> None:
    figures = extract(text, published=date(2025, 7, 8)).figures
    told = [f"{f.measure.value} {f.quantity.number} {f.subject.text} {f.scope.value}" for f in figures]
    assert told == ([expected] if expected is not None else [])


WHO_THEY_ARE = [
    # the doers of a passive are none of those counted further on
    ("Five nurses taken by rebels in Darfur were freed, but two are still missing.", 2, "nurses", None),
    # beside one soldier the others are soldiers of his
    ("A French soldier was killed and two others were wounded.", 2, "French soldier", "France"),
    ("A woman died and two others were wounded.", 2, "others", None),
    ("An Israeli soldier was abducted and eight were killed in the raid.", 8, "Israeli soldier", "Israel"),
    # whose troops a number is of, and no land that a ship is off
    ("Britain said the number of its troops in Basra fell to 4,000.", 4_000, "British troops", "United Kingdom"),
    ("Gunmen took 14 sailors from a tanker off Nigeria.", 14, "sailors", None),
    # men beside arms are of the same side
    ("The UN said 12 Serb tanks and 200 infantrymen had moved into the zone.", 200, "Serbian infantrymen", "Serbia"),
    # who counts has no men of its own
    ("The Soldiers' Mothers' Committee says at least 12,000 have been killed.", 12_000, "people", None),
    # bodies recovered are not those of the rescued
    ("Twelve people were rescued, three bodies were recovered and five men are missing.", 3, "people", None),
    # "the hands of the gunmen" hold captives
    ("The four others are believed to be still in the hands of the gunmen.", 4, "others", None),
]


@pytest.mark.parametrize(("text", "number", "words", "party"), WHO_THEY_ARE)
def test_whose_the_people_are(text: str, number: int, words: str, party: str | None) -> None:
    subjects = [f.subject for f in extract(text).figures if f.quantity.number == number]
    assert [(one.text, one.party) for one in subjects] == [(words, party)]


WHO_SAYS_SO = [
    # behind its only comma a headline goes on with its subject
    ("Malian army repels attack, says 40 jihadists killed", "killed 40 exact", ["Mali"], None),
    # bodies of states have no land: before a colon they tell
    (
        "UN: 90 killed in South Sudan clashes since Saturday; dozens missing",
        "killed 90 exact",
        ["United Nations"],
        None,
    ),
    ("Syria: 90 killed in clashes since Saturday", "killed 90 exact", [], "Syria"),
    # one account has one giver; half is nobody
    ("A toll issued by the Red Crescent put the dead at 47.", "killed 47 exact", ["Red Crescent"], None),
    ("The Cuban force in Angola, once 50,000 strong, was cut by half.", "deployed 50000 exact", [], "Angola"),
    # what is not exceeded is the most
    ("The dead did not exceed 40, Kabul said.", "killed 40 at_most", ["Afghanistan"], None),
    ("The dead exceeded 40, Kabul said.", "killed 40 more_than", ["Afghanistan"], None),
]


@pytest.mark.parametrize(("text", "count", "parties", "place"), WHO_SAYS_SO)
def test_one_teller_of_a_headline_an_account_and_a_bound(
    text: str, count: str, parties: list[str], place: str | None
) -> None:
    figure = extract(text, published=date(2025, 7, 8)).figures[0]
    quantity = figure.quantity
    assert f"{figure.measure.value} {quantity.number} {quantity.qualifier.value}" == count
    assert [one.party for one in figure.claimants] == parties
    assert figure.place == place


def test_since_a_day_of_fighting_is_a_period_and_years_of_it_a_whole() -> None:
    text = (
        "Twenty have been killed since Friday in fighting in Ambon, where over 5,000 people have died in three years."
    )
    assert [f.scope.value for f in extract(text, published=date(2025, 7, 8)).figures] == ["period", "cumulative"]


def test_whom_those_keep_who_free_others_are_no_garrison() -> None:
    assert extract("The rebels freed 80 policemen, but kept the 12 officers.").figures == ()
