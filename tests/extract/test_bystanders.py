"""People told of beside another's verb, or in a text of peace, count for nothing; beside an army they do."""

import pytest

from monitor.extract import extract


def figures(text: str) -> list[tuple[str, int | None]]:
    return [(f.measure.value, f.quantity.number) for f in extract(text).figures]


NOBODY = [
    # the kin of the dead, and what is for them
    "The families of 14 dead climbers waited in the hotel.",
    "A fund for the families of 300 soldiers killed in Donbas has raised two million euros.",
    "Rations for 12,000 troops lie in the depot at Brest.",
    "The field hospital in Rafah has beds for 60 wounded.",
    # a nation's people abroad, and soldiers who are the object of another verb
    "60,000 Filipinos are in Lebanon, most as maids, and Manila wants them home.",
    "A thousand Danes went to Greenland, and 960 of them were engineers of the mining company.",
    "An earthquake woke 4,000 soldiers at the base in Incirlik and broke 60 windows.",
    "The vaccine went to 5,000 troops in Okinawa first.",
    # who flees is no force, war or not
    "Some 110,000 Sudanese are now camped along the Chadian border, the UN refugee agency said.",
    "The shelling goes on. More than 6,000 Sudanese crossed into Chad last week, the UN refugee agency said.",
    # remembered, or told in a work
    "The monument honours 58,000 dead.",
    "The film, in which 300 Spartans die, made $450 million.",
    # the verb is that of others
    "11,000 Chileans marched in memory of the disappeared.",
    "Some 900 Ghanaians work in the hotels of Doha, and the embassy has 40 beds for those who fall ill.",
    # prisoners whom nobody takes, captives of a storm
    "88 prisoners in Nablus sat their school-leaving exams.",
    "Hackers took 30 million customers hostage, in the words of the regulator.",
    "Armenia received 32 of its prisoners on Tuesday.",
    "The ministry of martyrs pays 51,000 widows.",
    "The hunger strike by 29 Tamil prisoners has entered its third week.",
    "Immigration officers held 48 Eritreans who had climbed into a lorry at Calais.",
    "The customs police of Calais have held 48 Eritreans.",
    # brought to their own land
    "A plane brought 44 Armenian captives to Yerevan; 12 Azerbaijanis were flown to Baku.",
    "The Red Cross flew 59 captured Saudi soldiers to Riyadh.",
    "A snowstorm held 600 skiers captive in Chamonix.",
    "The rising price of wheat holds 30 million people hostage, the minister said.",
    # who is absent
    "Forty deputies were missing when the vote on the call-up came.",
    "Forty deputies were missing from Parliament when the vote came.",
    "About 40 pupils were missing from Lincoln High when the school opened again.",
    "12 million children are missing school because of the war.",
    # no force there, or none yet
    "About 3,000 soldiers are on leave in Kyiv at any time.",
    "Had the 2,000 men at Mosul fired a shot, the town would have held, the inquiry says.",
    "2,000 men are at the front of the queue for jobs in Abuja.",
    "The army can raise two divisions of 15,000 men within a month.",
    "The survey asked 1,100 soldiers in four garrisons whether they would re-enlist.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_counted(text: str) -> None:
    assert figures(text) == []


SOMEBODY = [
    ("More than 1,000 people are missing from Zamzam camp, the IOM said.", ("missing", 1000)),
    ("Some 300 villagers were missing from Kukawa and its surroundings, elders said.", ("missing", 300)),
    ("The army held funerals for 14 soldiers killed in Friday's ambush.", ("killed", 14)),
    ("Relatives of the 43 students missing from Iguala blocked the toll road.", ("missing", 43)),
    ("15,000 Cubans are fighting in Angola.", ("deployed", 15000)),
    ("600 Rwandans crossed into Congo at night with mortars.", ("deployed", 600)),
    ("Some 5,000 troops at the Bagram base came under rocket fire.", ("deployed", 5000)),
    ("The bandits held 600 villagers captive in Chibok.", ("captured", 600)),
    ("Ukraine captured 59 Russian soldiers, according to Russia.", ("captured", 59)),
    ("Ukraine captured 59 Russian soldiers close to Russia.", ("captured", 59)),
    ("The rebels hold 40 Kenyan prisoners in a camp next to Kenya.", ("captured", 40)),
    ("Some 600 Rwandans are fighting in Congo, according to Rwanda.", ("deployed", 600)),
    ("Gunmen overran the customs office and captured 12 soldiers.", ("captured", 12)),
    ("Gunmen at the customs office captured 12 soldiers.", ("captured", 12)),
    ("Fifteen Russian prisoners sat in a cellar in Sumy.", ("captured", 15)),
    ("Twelve sailors are missing after the ferry sank.", ("missing", 12)),
    ("KFOR is 4,700 strong.", ("deployed", 4700)),
    ("The ministry says 12\u200b,000 soldiers were killed.", ("killed", 12000)),
]


@pytest.mark.parametrize(("text", "figure"), SOMEBODY)
def test_beside_an_army_or_a_danger_they_are(text: str, figure: tuple[str, int]) -> None:
    assert figures(text) == [figure]


def test_who_puts_something_at_a_number_is_its_source_and_no_force() -> None:
    told = figures("Residents counted 290 dead in the raid on Burhakaba; the UN mission put it at 330.")

    assert told == [("killed", 290), ("killed", 330)]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Indian soldiers in Sri Lanka number 52,000, Delhi says.", "India"),
        ("French forces in Chad total 1,400.", "France"),
        ("The French garrison in Chad numbers 1,400.", "France"),
    ],
)
def test_a_force_is_whose_it_is_called_and_not_the_lands_that_it_stands_in(text: str, party: str) -> None:
    [figure] = extract(text).figures

    assert figure.subject.party == party
