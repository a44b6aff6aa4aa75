"""Who is deployed: armed people who are there, or on their way, told as a fact; and the many soldiers who are not."""

from datetime import date

import pytest

from monitor.domain.claims import Measure, Status
from monitor.extract import extract

PUBLISHED = date(2025, 6, 1)


def deployed(text: str) -> list[int | None]:
    """The numbers of troops that the text puts somewhere."""
    figures = extract(text, published=PUBLISHED).figures
    held = [f for f in figures if f.measure is Measure.DEPLOYED and f.status is Status.ASSERTED]
    return [f.quantity.low if f.quantity.low is not None else f.quantity.high for f in held]


NOWHERE = [
    # an army, its recruits, its veterans
    "The Armenian army has about 45,000 men under arms, and the defence ministry in Yerevan wants to make it leaner.",
    "Colombia swore in 4,500 new soldiers in Tolemaida on Friday.",
    "The demobilisation programme has taken in 3,200 former fighters in Ituri.",
    "Some 3,000 contractors at Bagram lost their jobs when the base was closed.",
    "Recruiters have enrolled 900 Nepalis in the Russian army, activists in Kathmandu say.",
    "Each of the four brigades has 5,000 soldiers.",
    # something else was done to them, or is told of what is theirs
    "Doctors treated 300 soldiers at the military hospital in Dnipro on Saturday alone.",
    "The president decorated 500 soldiers in Bakhmut with medals for bravery.",
    "A charity sends parcels to 6,000 soldiers in Estonia and Cyprus.",
    "The president's convoy, escorted by 120 soldiers, was fired on outside Beni; nobody was hurt.",
    "Some 3,000 villagers remain cut off in the Swat valley.",
    "About 900 soldiers were surrounded by reporters.",
    "The opposition put the number of paratroopers lost at Bangui at 50.",
    "More than 60 soldiers crossed into Turkey overnight with their families, officials in Hatay said.",
    # what there may be
    "Some 300 Malian soldiers are training in Germany.",
    "The Ethiopian National Defence Force has about 162,000 active personnel.",
    "Turkey's army has 355,000 active soldiers, the ministry says.",
    "The army says it can put 250,000 men in the field within 72 hours.",
    "The treaty bars each side from keeping more than 5,000 soldiers within 20 km of the line.",
    "About 200 soldiers faced 5,000 demonstrators.",
    "Interest in the mission is high: 900 have applied for 40 places.",
    "The force was promised 12 helicopters and has received three.",
    "The army's commission is to demobilise 75,000 fighters; the first 320 handed in their rifles in Mekelle.",
    "Conscription brings 18,000 Azerbaijanis into barracks every October.",
    "The rebels' tax on charcoal, two dollars a bag, brings in 10 million a year.",
    "The levy on cattle brings in 8 million a month.",
    "Some 200 soldiers are training for the parade in Paris.",
    "The mission's budget of 1.1 billion dollars pays for 14,000 soldiers but only nine helicopters.",
    "Under a pact Turkey may keep 650 soldiers on the island and Greece 950.",
    # what there may be
    "Resolution 1769 provides for 19,555 soldiers and 6,432 police in Darfur, but few countries have come forward.",
    "The treaty of 1990 allowed each side 20,000 tanks and 300,000 soldiers in the central zone.",
    "An agreement signed in Cairo sets the size of the joint patrol at 1,500 soldiers.",
    "A law passed on Tuesday lets the government send up to 2,000 soldiers abroad without a vote.",
    "Britain should station 5,000 soldiers in Poland, a former general wrote.",
    "Sending 1,000 soldiers to Mali would cost Berlin 400 million euros a year, a study by the ministry says.",
    "The two presidents agreed that 5,000 Russian soldiers may stay at the base until 2030.",
    "The navy's biggest ship carries 1,200 sailors and 40 aircraft.",
    "The rebels hold 300 soldiers in Goma.",
    "The law forbids it to send more than 500 soldiers to Mali.",
    # gone, or fewer by so many
    "The last 60 Danish soldiers in Kabul flew out on Thursday night.",
    "Kenya has cut its contingent in Haiti by 250 after a dispute about pay.",
    "The junta's spokesman said 60 soldiers had gone over to the resistance in Kayah.",
    # long ago, or added up over the years
    "In 1979 the Soviet Union sent 80,000 soldiers over the Amu Darya; ten years later it left beaten.",
    "In June 1944 some 156,000 Allied soldiers landed in Normandy on a single day.",
    "The UN force was cut to 270 soldiers in April 1994, when the killing was at its worst.",
    "The general, who commanded 4,000 men in Bosnia in 1995, died on Saturday at 82.",
    "A total of 13,400 soldiers have served in the Danish contingents in Afghanistan since 2002.",
    "More than 700,000 Americans served in Iraq between 2003 and 2011.",
]


@pytest.mark.parametrize("text", NOWHERE)
def test_soldiers_who_are_told_to_be_nowhere_are_not_deployed(text: str) -> None:
    assert deployed(text) == []


THERE = [
    ("About 3,000 Ethiopians are camped near the border, the army in Khartoum said.", 3000),
    ("Bangladesh, with 1,600 soldiers in Juba, is the second largest contributor.", 1600),
    ("At least 3,000 Fano fighters have entered Gondar, residents said by telephone.", 3000),
    ("Officials say 3,000 Nicaraguan soldiers have crossed the border in pursuit of contra rebels.", 3000),
    ("Some 250 Ukrainian marines were still holding out in the steelworks on Sunday, their commander said.", 250),
    ("Two thousand JNIM fighters are said to roam the forests of eastern Burkina Faso.", 2000),
    ("French strength in the Sahel fell to 3,000 from 5,100 last year.", 3000),
    ("The mission, set up in 1999, fields 17,000 soldiers in the east.", 17000),
    ("Turkey has kept 35,000 soldiers in Cyprus since 1974.", 35000),
    ("Of the 2,000 marines flown to Los Angeles, 700 were on the streets by Tuesday.", 700),
    ("Al-Tanf is held by 200 soldiers, and the Kurds, backed by 900 Americans in the northeast, keep the roads.", 900),
    ("South Africa's contingent of 1,300 in eastern Congo has been cut off since January.", 1300),
    ("The front at Huliaipole is held by some 3,000 Ukrainians, a deputy commander said.", 3000),
    ("In and around Kupiansk the Russians have 12,000 men.", 12000),
    ("Some 3,000 rebels hold the town of Sake.", 3000),
    ("The blockade of the port is enforced by 300 militiamen.", 300),
    ("Kyiv has shifted 3,000 paratroopers from Sumy to Dobropillia.", 3000),
    ("There were 9,000 Rwandan soldiers in his country, he said, and called up reservists born after 1996.", 9000),
    ("Pentagon: U.S. troops in Syria now number 1,400", 1400),
    # who serves is there, where a place or a sender is told
    ("North Korea has sent 11,000 active soldiers to Kursk.", 11000),
    ("About 11,000 active North Korean troops are in Kursk.", 11000),
    ("Some 900 active Danish soldiers have arrived in Latvia.", 900),
    # a force with what it has, before a town, over a river, shut in
    ("Turkey now has close to 40,000 men and 200 tanks in Cyprus, officials say.", 40000),
    ("Perhaps 2,000 fighters with 300 vehicles now stand before Gao, an officer said.", 2000),
    ("Some 20,000 Chinese troops have crossed the Yalu.", 20000),
    ("Around 3,000 soldiers are cut off in the Faluja pocket.", 3000),
    ("Some 25,000 troops and police sealed Nairobi at dawn on Saturday.", 25000),
    ("Analysts think the invaders, some 85,000 strong, have suffered heavily.", 85000),
    ("UN peacekeepers in Congo number 14,000.", 14000),
    ("Riyadh left 500 troops behind in Aden.", 500),
    # a rule that was set for something else
    ("After the army barred the road, it deployed 200 soldiers to Bama.", 200),
    ("The army barred the road and deployed 200 soldiers to Bama.", 200),
    ("Under the accord, which fixed the line, Russia sent 2,000 soldiers to Stepanakert.", 2000),
]


@pytest.mark.parametrize(("text", "number"), THERE)
def test_soldiers_who_are_there_are_deployed(text: str, number: int) -> None:
    assert number in deployed(text)


def test_what_happened_brings_a_number_up_and_who_speaks_tells_it() -> None:
    text = "A further 2,000 Rwandans have entered Congo, which brings their number to 9,000, President Tshisekedi said."
    (total,) = (figure for figure in extract(text).figures if figure.status is Status.ASSERTED)
    assert (total.quantity.low, total.claimants[0].party) == (9000, "Democratic Republic of Congo")


@pytest.mark.parametrize(
    "headline",
    ["US to send 3,000 troops to Poland", "Germany and France to deploy 5,000 soldiers in Lithuania"],
)
def test_a_headline_that_names_what_is_to_come_plans_it(headline: str) -> None:
    (figure,) = extract(headline).figures
    assert figure.status is Status.PLANNED
