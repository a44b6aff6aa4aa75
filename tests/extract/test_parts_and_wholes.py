"""Parts and wholes, what becomes of captives, and numbers of people to whom nothing happened."""

import pytest
from extractkit import held

from monitor.extract import extract

READ = [
    # a participle with a date behind it is no active verb
    ("The centre has recorded 5,350 civilians killed since the coup.", "killed 5350"),
    ("The group has counted 812 people wounded since the truce.", "wounded 812"),
    # killed and wounded in one, whoever they are
    ('The group said it had "killed or wounded more than 30 apostates".', "casualties 30"),
    # what becomes of captives outweighs that they are captives
    ("The rebels said that 214 hostages, all soldiers, had been put to death.", "killed 214"),
    ("Forty prisoners died in the camp.", "killed 40"),
    ("The militia holds 40 hostages in the hills.", "captured 40"),
    ("Some 11,000 of the garrison, a third of them hurt, marched off into captivity.", "captured 11000"),
    (
        "Their losses are put at 250 dead, and about 1,400 prisoners are held.",
        "captured 1400, killed 250",
    ),
    # parts with a state of their own
    ("It has registered 1,014 Eritrean and 2,600 Ethiopian prisoners since May.", "captured 1014, captured 2600"),
    ("They took 30 soldiers prisoner, killing their commander and 17 of his men.", "captured 30, killed 17"),
    # the same count at another time
    ("So far 63 soldiers have died this year, against 41 last year.", "killed 41, killed 63"),
    (
        "This year 374 people were killed or hurt, it said, compared with 52 in all of 2023.",
        "casualties 374, casualties 52",
    ),
    # who is missing, hurt or lost, and whose count it isn't
    ("The front said it had lost four of its men and not the 27 claimed by the army.", "casualties 4"),
    ("The bomb killed seven labourers and left 12 with serious injuries.", "killed 7, wounded 12"),
    ("About 60 people are still missing a week after the attack on Palma.", "missing 60"),
    # forces face to face, busy, grown, and the dead of whom a share is told
    ("At Vukovar 1,800 defenders faced 36,000 federal troops.", "deployed 1800, deployed 36000"),
    ("About 150 US soldiers are training the Philippine army in Zamboanga.", "deployed 150"),
    ("French forces in Mali have been raised from 700 to 2,500.", "deployed 2500"),
    ("In the caves 300 guerrillas faced 4,000 Colombian soldiers.", "deployed 300, deployed 4000"),
    ("Some 200 French soldiers are instructing the Chadian army in the north.", "deployed 200"),
    ("Some 80 percent of the 600 dead were women.", "killed 600"),
    ("Two in three of the 600 dead were women.", "killed 600"),
    ("Nine passengers aboard a Boeing 737-800 that crashed in Rostov have been killed.", "killed 9"),
    # those who are held
    ("The rebels said they had 33 soldiers in their power.", "captured 33"),
    # the rest of a force
    ("Some 3,500 Cuban troops have left Angola; 37,000 remain.", "deployed 37000"),
    ("Moscow says it has 25 advisers in Mali; Paris believes there are 400.", "deployed 25, deployed 400"),
    # parts with a state of their own
    ("The army had 57,470 casualties, 19,240 of them fatal.", "casualties 57470, killed 19240"),
    ("The blast wounded 40, six of them fatally.", "killed 6, wounded 40"),
    ("Seven of the crew were found alive, 33 are missing.", "missing 33"),
    ("Nairobi has lifted its contingent to 600 of the 2,500 that the mission is meant to have.", "deployed 600"),
    ("The brigade holds the pocket with perhaps 10,000 men.", "deployed 10000"),
    # a whole that opens the clause lends its parts what became of it
    ("Of the dead, 14 were soldiers.", "killed 14"),
    ("Among the dead, five were police officers, doctors said.", "killed 5"),
    ("Of the injured, 12 were firefighters.", "wounded 12"),
    ("Of 251 hostages, 101 are still in Gaza.", "captured 101"),
    ("Of 60 fishermen seized, 22 are still in Eritrea.", "captured 22"),
    # contingents, and those who are there already
    ("Troop contributions: Uganda 6,223, Burundi 5,432.", "deployed 5432, deployed 6223"),
    ("The mission draws on Fiji (412), Nepal (890) and Ghana (850).", "deployed 412, deployed 850, deployed 890"),
    ("Some 500 marines will join 1,200 who are already in the province.", "deployed 1200"),
    ("A new battalion relieves 650 peacekeepers from Ireland.", "deployed 650"),
    ("Kenya has sent 400 police officers to Haiti.", "deployed 400"),
    ("There are 600 Kenyan police in Haiti.", "deployed 600"),
    # who is looked for after a disaster
    ("Rescuers are searching for 14 miners.", "missing 14"),
    ("The search for 12 sailors went on after the ferry sank.", "missing 12"),
    # what is fired hits people
    ("The shells hit 14 soldiers near the bridge.", "casualties 14"),
    ("Snipers hit three of our men.", "casualties 3"),
    # a rate is no object
    ("The clinic counts 12 people murdered a week, and 640 since January.", "killed 12, killed 640"),
    # both sides of a comparison share its verb
    ("The ministry says 140 rebels have been killed since May, against 12 soldiers.", "killed 12, killed 140"),
    # who gives a number gives it of the same people
    ("Gunmen killed 35 farmers, the mayor said; the police spokesman gave six.", "killed 35, killed 6"),
    # a part leaves its whole where it is, and a whole of the dead is a toll
    ("Only 300 of the mission's 900 soldiers have arrived in Haiti.", "deployed 300"),
    ("About 60 Fijians have died out of some 470 casualties.", "casualties 470, killed 60"),
    ("Turkey has 1,200 troops in Libya and Russia some 800 mercenaries.", "deployed 1200, deployed 800"),
    # set aside between commas, or told as a state
    ("Civilian deaths, 40, are as they were.", "killed 40"),
    ("Thirteen came home in coffins and 27 were injured.", "killed 13, wounded 27"),
    ("Forty died or were taken to hospital with burns.", "casualties 40"),
    ("The front claimed to have killed 360 soldiers and to hold 14 others.", "captured 14, killed 360"),
    ("Their own loss was one man.", "casualties 1"),
    # in a list an army's row counts its men
    ("Losses for March:\n- Army: 44 killed\n- Police: 12 killed", "killed 12, killed 44"),
]

CLEAN = [
    # the things counted last go on
    "The brigade got 31 tanks and lost four of them in eight weeks; two more were captured intact.",
    # a clause with a verb of its own puts nobody anywhere
    "Some 900 fighters in Goma have enrolled for courses.",
    "Three of Russia's towns have fallen.",
    # lost to better work, missing on paper
    "The bank lost 300 of its clerks to rivals.",
    "Another 40 are missing from the payroll.",
    "After the loss was known, 300 people marched.",
    "There were 40 crashes last year, six of them fatal.",
    "Police recorded 120 shootings in the city, 30 of them fatal.",
    "The study gave a confidence interval of 55,298 to 78,525 deaths.",
    "The regiment, raised in 1815, recruits 300 men a year from the hills.",
    "He was prisoner number 46664 and spent 27 years in jail.",
    "The battalion's cook peels 90 kilos of potatoes for 800 men a day.",
    "Volunteers buried 40,000 tulip bulbs in memory of the fallen.",
    "The peace deal lets 1,200 former rebels join the army.",
    "Of the 98 hostages still in Gaza, about half are alive.",
    "The company sacked 4,000 workers and shut down six plants.",
    "Doctors without pay since May: 600 of them struck on Monday.",
    "The crash closed the road for 11 hours; 4 lanes were hit.",
    # nobody is lost whom the police or an employer looks for
    "Police are searching for two men after the robbery.",
    "Detectives are looking for 14 suspects.",
    "The company is looking for 300 drivers.",
    # at home the police are no force
    "France deployed 7,000 police officers in Paris.",
    "Haiti has 9,000 police officers.",
    "Bangladesh sent 330 border policemen back to Sittwe by boat.",
    # what hits people is not always fired
    "The cuts hit 4,000 soldiers.",
    "The rocket hit 12 homes.",
    # ratios, premises, capacities
    "For every soldier killed, three are wounded, the manual says.",
    "The plan assumes 200 casualties a day in the first week of a war.",
    "The order of battle lists 14 divisions of 12,000 men each.",
    "A frigate has a crew of 180 and can carry 50 marines.",
    # war as a figure of speech
    "It was a massacre, the party chairman said: 254 councillors lost and three ministers wounded before breakfast.",
    "The chef murdered 12 oysters.",
    # called untrue over a comma
    "Not a word is true of the report that 400 soldiers died, the ministry said.",
    "The claim that 1,200 were captured, the army said, is not true.",
    "That 300 men fell in the valley is a lie, said the general.",
]


@pytest.mark.parametrize(("text", "figures"), READ)
def test_parts_and_captives(text: str, figures: str) -> None:
    wanted = sorted((part.split()[0], int(part.split()[1])) for part in figures.split(", "))
    assert held(text) == wanted


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_happened_to_them(text: str) -> None:
    assert held(text) == []


SCOPES = [
    ("Divers seek eight sailors missing after a collision near Singapore earlier this week.", "incident"),
    ("Four of its soldiers were killed in last year's Himalayan border clash.", "incident"),
    ("The group killed 67 people at a shopping mall in 2013.", "incident"),
    ("The fighting left 10 rebels dead.", "incident"),
    ("Of its thirty-six men, nine are missing.", "incident"),
    ("Fighting in the province killed 300 people last year.", "period"),
    ("Drone strikes killed 90 people last month.", "period"),
    ("Losses for March:\n- Army: 44 killed", "period"),
    ("More than 21,320 people have been killed since the war with Israel erupted on October 7.", "cumulative"),
    ("Some 498 soldiers have been killed during the ongoing attack on the country.", "cumulative"),
    ("Of the 251 hostages, 60 have died.", "cumulative"),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES)
def test_scope_of_events_told_of_later(text: str, scope: str) -> None:
    assert extract(text).figures[0].scope.value == scope


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels killed 17 soldiers in northwest Colombia.", "Colombia"),
        ("Gunmen killed four people in a raid in northeast Nigeria.", "Nigeria"),
        ("A battle in the Southern Philippine province of Basilan killed five.", "Basilan"),
    ],
)
def test_compass_before_places(text: str, place: str) -> None:
    assert extract(text).figures[0].place == place
