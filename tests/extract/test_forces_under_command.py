"""Forces by who commands them, comes with them or is left of them; "died in their thousands"; a denial's own count."""

import pytest
from extractkit import held_in_words

FIGURES = [
    # whom a commander has
    ("Westmoreland himself has 468,000 Americans under his command.", ["deployed 468000"]),
    ("The general has 12,000 men under him.", ["deployed 12000"]),
    ("General Franco had 34,000 soldiers under his command.", ["deployed 34000"]),
    ("The colonel has only 900 riflemen at his disposal.", ["deployed 900"]),
    ("The French general has 8,000 Senegalese under his orders.", ["deployed 8000"]),
    # brought in unseen
    ("Moscow slipped 2,000 mercenaries into Libya.", ["deployed 2000"]),
    ("Rwanda smuggled 4,000 soldiers into Kivu.", ["deployed 4000"]),
    ("Iran has infiltrated 600 guerrillas into Kurdistan.", ["deployed 600"]),
    ("Pakistan sneaked 1,500 regulars into Kashmir.", ["deployed 1500"]),
    ("Tehran spirited 300 fighters into Lebanon.", ["deployed 300"]),
    # with those who move
    (
        "Two thousand Ethiopian soldiers crossed into Somalia, and with them 600 militiamen.",
        ["deployed 2000", "deployed 600"],
    ),
    ("The marines landed at Danang on Sunday, and with them 400 South Korean soldiers.", ["deployed 400"]),
    # on whose side strangers fight, and whom soldiers face
    ("Some 3,000 foreigners are fighting for Kyiv, the ministry said.", ["deployed 3000"]),
    (
        "Some 85,000 Russian soldiers face 120,000 Ukrainians along 310 km of trenches.",
        ["deployed 120000", "deployed 85000"],
    ),
    # what is left of a force
    ("France had 4,000 men in Mali. Some 300 remain.", ["deployed 300", "deployed 4000"]),
    (
        "Jakarta, which had 15,000 men in the territory, says that 1,300 are left and that these are packing.",
        ["deployed 1300", "deployed 15000"],
    ),
    # a number behind the verb of its people
    ("Dominicans have died in their thousands, the radio says.", ["killed 2000"]),
    ("Villagers were killed in their hundreds.", ["killed 200"]),
    ("Soldiers were killed by the dozen at the ford.", ["killed 12"]),
    ("Refugees perished in their thousands on the road to Bukavu.", ["killed 2000"]),
    # ways of killing, of being named, of serving
    ("At least 50 were hacked down in the church.", ["killed 50"]),
    ("Twelve villagers were struck down by gunmen at Duékoué.", ["killed 12"]),
    ("Hutu militiamen chopped down 70 Tutsis at a roadblock.", ["killed 70"]),
    ("Sabato's commission has 8,961 of the missing by name.", ["missing 8961"]),
    ("Mladic told officers that no more than a hundred Muslims had fallen, all of them soldiers.", ["killed 100"]),
    # who disputes an account tells his own
    (
        "The army says 12 were killed at Bama. The hospital rejects that: its own count is 40 dead.",
        ["killed 12", "killed 40"],
    ),
    ("The government put the toll at 30. The opposition denies it; it counts 90 dead.", ["killed 30", "killed 90"]),
    (
        "The junta says that 57 people died. A league disputes this: it has a list of 157 dead and 1,253 wounded.",
        ["killed 157", "killed 57", "wounded 1253"],
    ),
]

NO_FIGURES = [
    "The headmaster has 900 pupils under his care.",
    "The manager has 120 staff under him.",
    "The police chief has 60 men under 30.",
    "The colonel could have 900 soldiers under his command by June.",
    "The minister has 40 companies at his disposal.",
    "The gang smuggled 300 migrants into Britain.",
    "The coach slipped two substitutes into the side.",
    "Two thousand fans streamed into Wembley, and with them 500 policemen.",
    "The king arrived on Monday, and with him 20 policemen.",
    "Perhaps 2,500 workers are fighting for the right to strike.",
    "Some 800 foreigners are fighting for custody of their children.",
    "Some 120 foreigners are fighting for Bayern's badge.",
    "Some 2,500 citizens are fighting for Justice Party seats.",
    "Around 60 citizens are fighting against Heathrow's third runway.",
    "Some 85,000 teachers face 120,000 pupils each morning.",
    "France won 4,000 seats. Some 300 remain.",
    "Cattle died in their thousands.",
    "People came in their hundreds after he died.",
    "Eggs are sold by the dozen.",
    "Villagers say that elephants were killed by the dozen.",
    "Horses of the soldiers were killed by the dozen.",
    "Fifty trees were hacked down in the park.",
    "Twelve workers were struck down by flu.",
    "Two golfers were struck down by lightning.",
    "Forty players were struck down by a stomach bug.",
    "Three farmers were struck down with cholera.",
    "Fever struck down 300 soldiers in the garrison.",
    "Lightning struck down 12 soldiers at the camp.",
    "The museum has 600 of the paintings by name.",
    "No more than a hundred stocks had fallen.",
    "The army disputes that 157 people died.",
    "The army denies the report of 157 dead: it says it has found nobody.",
    "Kyiv rejects this: the claim of 600 dead is propaganda.",
    "Kyiv rejects this: its own enemies' count of 600 dead is a lie.",
    "Moscow denies this: the report that 900 soldiers were killed was fabricated.",
    "Israel denies that: it has been accused of killing 300 people in the strike.",
    "Russia rejected the claim; the figure of 10,000 dead was absurd, it said.",
    # old soldiers, and those who play at soldiers
    "Forty-one old sailors of the convoys were piped ashore.",
    "Sixty old soldiers of the Chindits marched through Rangoon.",
    '1,200 extras stormed the beach, and 300 of them were "killed" before lunch.',
    "Eight hundred re-enactors stormed the hill at Gettysburg; 200 of them were killed by noon.",
]


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_what_is_told_of_a_force_or_of_its_dead(text: str, figures: list[str]) -> None:
    assert held_in_words(text) == figures


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_force_and_no_dead(text: str) -> None:
    assert held_in_words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers died at Bakhmut, and with them 500 Wagner fighters.",
        "Soldiers were killed in the blast, and with them 40 policemen.",
        "The brigade surrendered, and with them 500 policemen.",
    ],
)
def test_who_falls_with_a_force_comes_with_none(text: str) -> None:
    assert not [figure for figure in held_in_words(text) if figure.startswith("deployed")]


def test_real_dead_among_players() -> None:
    assert held_in_words("Gunmen stormed a film set, where 400 extras were at work, and killed 12 people.") == [
        "killed 12"
    ]
