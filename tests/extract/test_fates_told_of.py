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
    ("Fifteen of the 40 wounded have since died.", ["killed 15 asserted"]),
    ("Four of the 12 soldiers missing since Sunday were found dead.", ["killed 4 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), SOME_OF_THEM)
def test_some_of_the_wounded_are_what_the_verb_says(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


HOW_THEY_DIED = [
    ("More than 250 villagers had their throats cut at Bentalha.", ["killed 250 asserted"]),
    ("Some 400 people were burnt alive in a mosque.", ["killed 400 asserted"]),
    ("Some 148 people, among them children as young as five, died.", ["killed 148 asserted"]),
    ("Two SEALs reported lost at sea on Jan. 11 have been declared dead.", ["killed 2 asserted"]),
    ("About 1,000 of them are still being looked for.", ["missing 1000 asserted"]),
    (
        "Nine workers were killed, 59 hurt and 600 taken.",
        ["killed 9 asserted", "wounded 59 asserted", "captured 600 asserted"],
    ),
    ("Soldiers killed: 14 (September: 9).", ["killed 14 asserted", "killed 9 superseded"]),
    (
        "Nine soldiers died, 12 were wounded and 446 detained.",
        ["killed 9 asserted", "wounded 12 asserted", "captured 446 asserted"],
    ),
    ("Coalition deaths in the ground war: 149.", ["killed 149 asserted"]),
    ("Salamanca puts its own fatal losses at 1,333.", ["killed 1333 asserted"]),
    ("Some 37 hostages of eight nationalities had died.", ["killed 37 asserted"]),
    ("The blast sent 46 people to hospital.", ["wounded 46 asserted"]),
    ("Observers put the fallen of both sides at 10,000.", ["killed 10000 asserted"]),
    ("Thirteen airmen paid for the mutiny with their lives.", ["killed 13 asserted"]),
    ("Thirteen airmen escaped from the fire with their lives.", []),
    ("Twelve fishermen went to the bottom with the trawler.", ["killed 12 asserted"]),
    ("Nine policemen bled out beside the road.", ["killed 9 asserted"]),
    ("Gunmen made off with 40 villagers; the number hurt rose to 12.", ["captured 40 asserted", "wounded 12 asserted"]),
    ("31 KIA and 60 WIA in two days, the brigade reports.", ["killed 31 asserted", "wounded 60 asserted"]),
    ("Another 29 died overnight, making 60 in all.", ["killed 29 asserted", "killed 60 asserted"]),
    ("Another 29 died overnight, for a total of 60.", ["killed 29 asserted", "killed 60 asserted"]),
    ("Union leaders, who had threatened to bring out 9,000 drivers, surrendered.", []),
    ("Six soldiers and a constable of the state police died.", ["killed 6 asserted"]),
    ("12 israelis wounded, 3 ukrainian soldiers killed", ["wounded 12 asserted", "killed 3 asserted"]),
    ("Some 148 people, some as young as five, were killed.", ["killed 148 asserted"]),
    ("Rescuers pulled 14 bodies and 3 survivors from the rubble in Beni.", ["killed 14 asserted"]),
    ("The crash left 40 dead, 12 alive and three missing.", ["killed 40 asserted", "missing 3 asserted"]),
    ("Two survivors died in hospital in Beni.", ["killed 2 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), HOW_THEY_DIED)
def test_how_they_died_and_how_old_they_were(text: str, expected: list[str]) -> None:
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


DESCRIBED = [
    ("20 soldiers guarding the bridge were killed.", ["killed 20 asserted"]),
    ("Two peacekeepers serving in Lebanon were wounded by shell fire.", ["wounded 2 asserted"]),
    ("12 troops taking part in the mission died.", ["killed 12 asserted"]),
    ("12 troops deployed near Goma were wounded.", ["wounded 12 asserted"]),
    ("Some 900 soldiers deployed to the border killed 30 rebels.", ["deployed 900 asserted", "killed 30 asserted"]),
    ("Some 12,000 soldiers are serving in Mali, where 300 died.", ["deployed 12000 asserted", "killed 300 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), DESCRIBED)
def test_a_participle_says_who_they_are_and_the_verb_what_became_of_them(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


def test_a_part_between_them_parts_no_phrase_from_its_verb() -> None:
    whole, part = read("At least 12 policemen, including a colonel and three captains, were shot dead in Quetta.")
    assert (whole.quantity.number, part.quantity.number) == (12, 3)
    assert whole.confidence >= part.confidence


def test_what_an_attack_is_held_against_is_no_time_that_it_counts_over() -> None:
    [figure] = read("In the deadliest attack since the ceasefire, a suicide bomber killed 21 people in Idlib.")
    assert figure.scope.value == "incident"


TIMED = [
    ("The bombing killed 30 last week.", ["killed 30 asserted"]),
    ("The toll reached 4,100 last month, officials said.", ["killed 4100 asserted"]),
    ("Officials put the toll at 4,100 this week.", ["killed 4100 asserted"]),
    ("In the past 24 hours: 12 killed, 31 wounded.", ["killed 12 asserted", "wounded 31 asserted"]),
    ("Two soldiers were killed; the shelling began at five this morning.", ["killed 2 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), TIMED)
def test_when_it_was_is_no_noun_of_the_number(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


HELD = [
    ("Ukraine holds about 600 Russian soldiers in camps, an official said.", ["captured 600 asserted"]),
    ("The kidnappers are holding 25 schoolgirls, an official said.", ["captured 25 asserted"]),
    ("Rebels in the hills still hold seven soldiers of the Chadian army.", ["captured 7 asserted"]),
]


@pytest.mark.parametrize(("text", "expected"), HELD)
def test_who_holds_soldiers_has_captives(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


WHOSE = [
    # after a part the text goes on with the whole
    (
        "27 civilians, including nine children, were killed and 30 wounded in Kharkiv.",
        {27: "civilians", 30: "civilians"},
    ),
    ("A bomb killed 12 soldiers, including two officers, and wounded seven.", {12: "soldiers", 7: "soldiers"}),
    # who tells of the dead is not who died, and a state tells of those it fights
    ("Amnesty documented the deaths of 300 protesters.", {300: "protesters"}),
    ("Pakistan's army said 54 militants were killed near the border.", {54: "militants"}),
    ("India's army said five soldiers were killed in Kashmir.", {5: "Indian soldiers"}),
    # the losses of those whom a word before them names
    ("The army said 12 soldiers died; guerrilla losses were put at 84 dead.", {84: "guerrillas"}),
    # prisoners are of those who were fought, and what one side lost is not what the other tells of
    ("The SDF, which lost 12, took 40 prisoners.", {40: "prisoners"}),
    ("Russia says it lost 67 men; South Ossetia says 365 died.", {67: "Russian men", 365: "people"}),
    ("Denmark has 43 dead in Afghanistan.", {43: "Danish people"}),
    # who did it is told of, not who died of it; and one reports the loss of one's own
    ("The number of people killed when Israeli troops stormed the hospital has risen to 40.", {40: "people"}),
    ("The toll from the attack in which Russian forces bombed a theatre has risen to 600.", {600: "people"}),
    ("Armenia said 49 of its men were killed. Azerbaijan reported the loss of 50 troops.", {50: "Azerbaijani troops"}),
    # whose row it is, and who only counts; a common noun is nobody's name
    ("UN: over 1,000 killed in 5 months in Haiti", {1000: "people"}),
    ("The regime lost 12 soldiers.", {12: "soldiers of the regime"}),
]


@pytest.mark.parametrize(("text", "subjects"), WHOSE)
def test_whose_the_dead_and_hurt_are(text: str, subjects: dict[int, str]) -> None:
    read_as = {f.quantity.number: f.subject.text for f in read(text)}
    assert {number: read_as[number] for number in subjects} == subjects


def test_a_part_that_a_time_tells_apart_is_counted_over_that_time() -> None:
    whole, part = read(
        "Russia has lost 921,500 troops since the invasion began in 2022, 1,240 of them in the past day."
    )
    assert (whole.quantity.number, part.quantity.number, part.window_days) == (921_500, 1_240, 1)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In Grozny the Russian command admitted that 1,100 soldiers had died.", "the Russian command"),
        ("In Kabul Taliban officials said that 12 soldiers had died.", "Taliban officials"),
        ("According to figures released by the interior ministry, 214 people were killed.", "the interior ministry"),
        ("Data compiled by ACLED show 14,700 deaths in Sudan.", "ACLED"),
        ('Asked about losses, the minister said: "Forty-one dead, that is all I can say."', "the minister"),
    ],
)
def test_the_source_is_the_phrase_of_who_speaks_and_no_more(text: str, source: str) -> None:
    [figure] = read(text)
    assert [one.name for one in figure.claimants] == [source]


ON = [
    ("The Tigers admitted the loss of seven men and claimed to have killed 25.", ["casualties 7", "killed 25"]),
    (
        "The ministry said 102 rebels were killed, with 21 policemen and 87 farmers.",
        ["killed 102", "killed 21", "killed 87"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ON)
def test_a_list_goes_on(text: str, expected: list[str]) -> None:
    assert brief(text) == [f"{one} asserted" for one in expected]


def test_what_a_number_once_was_no_longer_holds() -> None:
    assert brief("The number of French soldiers in Chad, once 1,000, is now nil.") == ["deployed 1000 superseded"]


def test_what_a_number_could_reach_is_no_count() -> None:
    told = "At least 5,000 Cuban soldiers have landed in Angola, Pretoria says, and the number could reach 12,000."
    assert brief(told) == ["deployed 5000 asserted", "deployed 12000 hypothetical"]


def test_a_hospital_tells_of_all_that_it_took_in() -> None:
    dead, hurt = read("Two hospitals in Nyala received 40 bodies and treated 70 wounded.")
    assert [c.name for c in dead.claimants] == [c.name for c in hurt.claimants] == ["Two hospitals in Nyala"]


def test_who_disputes_a_toll_disputes_the_dead_that_it_opens_with() -> None:
    told = "The army said 16 road workers were killed in Goma and 67 hurt. The rebels' spokesman claimed 24."
    assert brief(told) == ["killed 16 asserted", "wounded 67 asserted", "killed 24 asserted"]
    told = "The army said 16 road workers were killed in Goma and 67 hurt. The hospital put the wounded at 70."
    assert brief(told) == ["killed 16 asserted", "wounded 67 asserted", "wounded 70 asserted"]


def test_who_changes_its_own_count_is_the_source_however_long_the_name_of_the_count() -> None:
    figures = read("The Red Cross has lowered its count of the people killed in the market of Goma on 3 March to 108.")
    assert [(f.quantity.number, [one.name for one in f.claimants]) for f in figures] == [(108, ["the Red Cross"])]
