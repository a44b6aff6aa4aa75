"""Numbers that are told of one person or of a part, beside those told of many or of the whole."""

import pytest
from extractkit import measured

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
    assert measured(text) == told


PARTS_OF_THE_DEAD = [
    ("Of the 1,532 deaths, 912 were in the north.", [("killed", 912)]),
    ("Of the 240 fatalities recorded in May, 171 were in Ituri, the UN said.", [("killed", 171)]),
    ("Of the 84 wounded, 30 were in Kharkiv.", [("wounded", 84), ("wounded", 30)]),
    (
        "Of 130 people killed in the south of Mali this year, 91 of those were in Kayes.",
        [("killed", 130), ("killed", 91)],
    ),
    ("Of the 96 people killed, 60 were in Homs and 36 in Hama.", [("killed", 96), ("killed", 60), ("killed", 36)]),
    ("Of the 700 casualties, 450 were in the city of Mosul.", [("casualties", 450)]),
    ("The group counted 640 deaths in Nigeria; 410 of those were in Zamfara.", [("killed", 640), ("killed", 410)]),
    ("Some 2,100 died in Yemen. About 900 of those were in Hodeidah.", [("killed", 2100), ("killed", 900)]),
    ("More than 400 were killed. Of these, 150 were in Tripoli.", [("killed", 400), ("killed", 150)]),
    ("There were 58 deaths in the region, of which 41 were in Goma.", [("killed", 58), ("killed", 41)]),
]
PARTS_OF_OTHERS = [
    ("The army has 30,000 men; 12,000 of those are in the north.", [("deployed", 12000)]),
    ("Of 251 hostages, 101 are in Gaza.", [("captured", 101)]),
    ("Of the 12,000 troops sent, 4,000 were in Kursk by May.", [("deployed", 12000), ("deployed", 4000)]),
    ("Of its 5,200 peacekeepers, 2,800 were in Juba.", [("deployed", 2800)]),
    ("Of the 4,000 troops who survived, 900 were in Aleppo.", [("deployed", 900)]),
    ("Of the 3,100 Koreans not killed or wounded, 2,000 are in Kursk.", [("deployed", 2000)]),
    ("Of the 9,000 men who fled after 30 were killed, 900 are in Goma.", [("killed", 30), ("deployed", 900)]),
    ("Of the 600 rebels who killed the governor, 200 are in Gao.", [("deployed", 200)]),
    ("Two soldiers were killed. Some 600 of those troops were in Goma.", [("killed", 2), ("deployed", 600)]),
    ("Of the 62 soldiers killed, 14 were in their teens.", [("killed", 62)]),
    ("Of the 800 prisoners, 300 are in camps in the south.", [("captured", 300)]),
    ("Of the 300 wounded, 40 are in hospital in Goma.", [("wounded", 300), ("wounded", 40)]),
]


@pytest.mark.parametrize(("text", "told"), PARTS_OF_THE_DEAD + PARTS_OF_OTHERS)
def test_a_part_that_was_somewhere_has_the_fate_of_its_whole(text: str, told: list[tuple[str, int]]) -> None:
    assert measured(text) == told


PLACES_OF_PARTS = [
    ("Of the 1,532 people killed across Nigeria in May, 912 were in Borno state.", ["Nigeria", "Borno"]),
    ("Militants killed 40 villagers in Darfur, including 12 in El Fasher.", ["Darfur", "El Fasher"]),
    ("Shelling killed 63 people in Donetsk region, among them 17 in Bakhmut.", ["Donetsk", "Bakhmut"]),
    ("Clashes left 85 dead in Syria, 30 of whom died in Aleppo.", ["Syria", "Aleppo"]),
    ("The army said 27 soldiers had been killed in Mali, nine of them in Gao.", ["Mali", "Gao"]),
    ("About 450 rebels have died in Colombia since May, 200 of them in Cauca.", ["Colombia", "Cauca"]),
    ("The group counted 640 deaths in Nigeria; 410 of those were in Zamfara.", ["Nigeria", "Zamfara"]),
    ("In Sudan, 85 people were killed on Friday, 30 of them in El Fasher.", ["Sudan", "El Fasher"]),
]
PLACES_OF_ALL = [
    ("Gunmen in Darfur killed 40 people, including 12 children in El Fasher.", ["El Fasher", "El Fasher"]),
    ("Gunmen killed 31 people, including 12 children, in El Fasher in Darfur.", ["El Fasher", "El Fasher"]),
    ("In Mali, rebels killed 14 soldiers and wounded 12 in Gao.", ["Gao", "Gao"]),
    ("In Gaza, an airstrike killed 22, including six women, in Khan Younis.", ["Khan Younis", "Khan Younis"]),
    ("Shelling killed nine people, two of them children, in Bakhmut in the Donetsk region.", ["Bakhmut", "Bakhmut"]),
    ("The bombing killed 40 people, 12 of them in a bus, in Aleppo in northern Syria.", ["Aleppo", "Aleppo"]),
    ("Militants killed 20 people in Borno state, including 11 in a mosque in Maiduguri.", ["Maiduguri", "Maiduguri"]),
    ("Gunmen killed 40 people, including 12 at a wedding in El Fasher in Darfur.", ["El Fasher", "El Fasher"]),
    ("An attack in Burkina Faso killed 60, including 20 soldiers, in Djibo.", ["Djibo", "Djibo"]),
    ("In Syria, a strike killed 12 people, including a mother and 3 children, in Homs.", ["Homs", "Homs"]),
]


@pytest.mark.parametrize(("text", "places"), PLACES_OF_PARTS + PLACES_OF_ALL)
def test_the_place_of_a_part_is_not_that_of_the_whole(text: str, places: list[str]) -> None:
    assert [figure.place for figure in extract(text).figures] == places


NUMBERED = [
    ("Prisoners of war at the camp number 350.", [("captured", 350)]),
    ("Captives in the north number 80, the Red Cross said.", [("captured", 80)]),
    ("Hostages in Gaza number 101.", [("captured", 101)]),
    ("The missing in Valencia number 89.", [("missing", 89)]),
    ("Our losses in the north number 300.", [("casualties", 300)]),
    ("The dead in Aleppo number 56.", [("killed", 56)]),
    ("Indian soldiers in Sri Lanka number 52,000.", [("deployed", 52000)]),
    ("The rebels in the hills number some 10,000.", [("deployed", 10000)]),
    ("French forces in the Sahel number 5,100.", [("deployed", 5100)]),
    ("Refugees in the camp number 12,000.", []),
    ("Detainees at the base number 600.", []),
    ("The captives were held at house number 40.", []),
    ("Prisoners in the camp's block number 12 went on strike.", []),
]
COUNTERS_HAVE = [
    ("The army says 31 were killed, but the Red Crescent has 48.", [("killed", 31), ("killed", 48)]),
    ("Police say 31 were wounded, while the Observatory has 48.", [("wounded", 31), ("wounded", 48)]),
    ("The army says 31 were killed, but the Red Crescent has 48 ambulances.", [("killed", 31)]),
    ("The ministry says 31 died, but the Red Crescent has 48 hours.", [("killed", 31)]),
    ("The army says 31 were killed, and the town has 48.", [("killed", 31)]),
    ("The army says 31 were killed, and Ukraine has 48.", [("killed", 31)]),
    ("The army says 31 were killed, and the Red Cross has 12 there.", [("killed", 31)]),
]


@pytest.mark.parametrize(("text", "told"), NUMBERED + COUNTERS_HAVE)
def test_what_numbers_so_many_is_what_stands_before_its_place(text: str, told: list[tuple[str, int]]) -> None:
    assert measured(text) == told
