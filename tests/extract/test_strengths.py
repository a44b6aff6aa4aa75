"""Forces told of by their strength, in wordings without a verb of sending; and men with somebody who are no force."""

import pytest
from extractkit import held_in_words

FORCES = [
    # a body, by its noun or by a name that ends in one
    ("A flotilla of 600 sailors lay off Beirut.", 600),
    ("The Kenyan-led force in Haiti numbers 5,000.", 5000),
    ("Kenya's 240-strong advance party arrived at the airport.", 240),
    ("Australia's commitment in Uruzgan, 650 soldiers at first, doubled.", 650),
    ("The Soviet garrison in Kabul and along the highway is put at 60,000 men.", 60000),
    ("The peacekeeping force has been brought up to 7,000.", 7000),
    # troops by their name and place, a link, a bare number
    ("French troops in Algeria's east: some 20,000.", 20000),
    ("ECOWAS troops in Monrovia now total 5,600.", 5600),
    ("UNIFIL soldiers in Naqoura: 700.", 700),
    ("The besiegers numbered 6,000.", 6000),
    # brought along, sent before the clause begins
    ("SAMIDRC, with 2,900 soldiers, took over from the Kenyans.", 2900),
    ("With 2,500 men, the general marched on Addis.", 2500),
    ("Dispatched last month, the 5,500 Ugandans have taken over the airfield.", 5500),
    ("The offensive was launched by 2,500 ISIS men, most of them foreigners.", 2500),
    # going somewhere, doing something somewhere
    ("Six and a half thousand Syrian troops moved back into Hama.", 6500),
    ("700 Marines head for Beirut", 700),
    ("Some 1,200 soldiers left Nairobi for Haiti on Monday.", 1200),
    ("Eighty French special forces are working with the Chadians in the north.", 80),
    ("France had 4,000 men engaged in the Sahel.", 4000),
    ("The mission, which counts 8,500 blue helmets, has its headquarters in Gao.", 8500),
    ("Operation Zarb involved 17,000 soldiers.", 17000),
    ("Rwanda has as many as 2,000 troops over the border, UN experts say.", 2000),
    ("Ankara's forces at Bashiqa, estimated at 2,000, have dug in.", 2000),
    ("Moscow has built up its forces on the border to about 100,000 men.", 100000),
    ("The Belgians flew 500 para-commandos into Stanleyville.", 500),
    ("One thousand police from Guatemala are in Port-au-Prince.", 1000),
    # verbs that look like nouns
    ("Five thousand guardsmen patrol the streets of Washington.", 5000),
    ("Three hundred Cubans man the radar at Lobito.", 300),
    # a clause of its own says nothing of them
    ("There are now 430 Kenyan police in Port-au-Prince, far short of what was promised.", 430),
    ("Chad said its 1,700 soldiers in Mali would stay.", 1700),
]


@pytest.mark.parametrize(("text", "number"), FORCES)
def test_a_strength_is_told_of_a_force(text: str, number: int) -> None:
    assert held_in_words(text) == [f"deployed {number}"]


NO_FORCES = [
    "With 1.2 million soldiers, the country has the world's fourth largest army.",
    "The president, with two soldiers, walked to the gate.",
    "With 200 soldiers to feed, the cook was up at four.",
    "Some 400 soldiers went home for Christmas.",
    "The 600 troops moved back to barracks.",
    "Nearly 1,200 rebels marched to the camp to hand in their guns.",
    "Some 3,000 troops left Mali in December.",
    "About 200 officers are studying in Moscow.",
    "Over 2,000 soldiers marched through Red Square at the parade.",
    "The mission has a staff of 900.",
    "The operation involved 300 surgeons.",
    "Wounded soldiers in Goma: no beds for them.",
    "The dispute involved 12 police cars the next day.",
]


@pytest.mark.parametrize("text", NO_FORCES)
def test_men_with_somebody_are_no_force(text: str) -> None:
    assert held_in_words(text) == []
