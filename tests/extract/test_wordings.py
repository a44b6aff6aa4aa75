"""What becomes of people, in wordings that name it without the usual verb; and numbers that no war has to do with."""

import pytest
from extractkit import held

READ = [
    # nobody knows where they are
    ("Some 150 men were not answering the roll, the colonel said.", "missing 150"),
    ("Forty people are feared buried under the rubble.", "missing 40"),
    ("Rescuers lost contact with 11 miners after the collapse.", "missing 11"),
    ("At least 60 people were still under the rubble in Aleppo.", "missing 60"),
    ("The army cannot account for 25 of its soldiers.", "missing 25"),
    ("The fate of 17 crew members is unknown.", "missing 17"),
    ("There was no word from 14 of the trawler's crew.", "missing 14"),
    ("About 300 people could not be traced after the flood.", "missing 300"),
    ("Thirty-two never came back.", "killed 32"),
    # in somebody's hands
    ("The rebels said they had 27 soldiers in their hands.", "captured 27"),
    ("More than 70 militants handed themselves in.", "captured 70"),
    ("Armenian forces seized six Azerbaijani soldiers.", "captured 6"),
    ("Guerrillas are holding 32 policemen in the jungle.", "captured 32"),
    ("Twelve soldiers fell into rebel hands.", "captured 12"),
    ("Gunmen took 18 villagers hostage.", "captured 18"),
    ("More than 200 soldiers are in rebel custody, a spokesman said.", "captured 200"),
    ("Nineteen soldiers were dragged off alive.", "captured 19"),
    # there, without a verb of being
    ("Wellington had 68,000 men in line that morning.", "deployed 68000"),
    ("Facing them are 230,000 Americans.", "deployed 230000"),
    ("Against them stood 12,000 regulars.", "deployed 12000"),
    ("The camp is home to 5,000 American soldiers.", "deployed 5000"),
    ("Camp Bastion houses 1,300 Danish and Estonian troops.", "deployed 1300"),
    ("The valley is occupied by 2,000 Pakistani regulars.", "deployed 2000"),
    ("Around 200 fighters are holed up in the cathedral.", "deployed 200"),
    ("Two thousand Vietnamese regulars still garrison Siem Reap.", "deployed 2000"),
    ("There were about 1,000 legionnaires in the fort when the siege began.", "deployed 1000"),
    ("The 13,000 peacekeepers are spread across six provinces.", "deployed 13000"),
    ("The mission's 13,000 peacekeepers face new rules.", "deployed 13000"),
    ("Twelve American soldiers are embedded at Arawa.", "deployed 12"),
    # killed and wounded in one
    ("Some 85 militants were put out of the fight.", "casualties 85"),
    ("Taking the hill cost 800 men.", "casualties 800"),
    ("Irrecoverable losses reached 180.", "casualties 180"),
    # there, behind what they face
    ("On the other bank waited 6,000 Argentine conscripts.", "deployed 6000"),
    ("The general put 4,000 men on the ground in Helmand.", "deployed 4000"),
    # questions, tables, headlines
    ("How many soldiers died? Nineteen, said the ministry.", "killed 19"),
    ('How many dead? "Forty," the mayor answered.', "killed 40"),
    ("The ambush brings to 16 the number of soldiers it has lost this month.", "casualties 16"),
    ("The arrivals bring to 17,000 the number of troops in the country.", "deployed 17000"),
    ("This brings to 40 the total killed this year.", "killed 40"),
    ("Sixteen is the number of dead that the hospital gave.", "killed 16"),
    ("KIA 12, WIA 40, MIA 3.", "killed 12, missing 3, wounded 40"),
    ("Enemy KIA: 57. Friendly: 4 KIA, 13 WIA.", "killed 4, killed 57, wounded 13"),
    ("Dead 14, injured 30, missing 2", "killed 14, missing 2, wounded 30"),
    ("Enemy losses on Monday: personnel - about 1,020, tanks - 12, guns - 30.", "casualties 1020"),
    ("Horror as 21 perish in ferry blaze", "killed 21"),
    ("Nine die, scores hurt in Mogadishu blast", "killed 9, wounded 40"),
    # outcomes told by way of something else
    ("Five did not survive, the hospital announced.", "killed 5"),
    ("A mine blew up a bus; fourteen people were flown to hospitals.", "wounded 14"),
    ("The plane was carrying 40 mercenaries, all of whom perished.", "killed 40"),
    ("They took the hill at the price of four of their own men.", "casualties 4"),
    ("On Tuesday his side took twenty-three Russians alive.", "captured 23"),
    ("Of the 120 policemen who held the town, at least 100 were marched off.", "captured 100"),
    ("They put 6,000 men ashore near Kyrenia.", "deployed 6000"),
    ("The division went into Mosul with some 10,000 fighters.", "deployed 10000"),
    ("The post had been 150 strong.", "deployed 150"),
    ("The mission has 17,430 in uniform.", "deployed 17430"),
    ("Officers: 36 killed, 57 wounded; total, 93.", "killed 36, wounded 57, casualties 93"),
    ("It put total casualties, including the wounded, at nearly 950,000.", "casualties 950000"),
    ("Four Eastern Front Army (EFA) fighters have been killed.", "killed 4"),
    ("Two hundred and six men went down with the ship.", "killed 206"),
    ("Some 3,000 militiamen defend the city.", "deployed 3000"),
    ("Nearly 900 men raised the white flag.", "captured 900"),
    ("Hopes are fading for 21 trapped miners.", "missing 21"),
    ("Eight hundred paratroops were dropped on the airfield.", "deployed 800"),
    # others
    ("The company was down 40 men by nightfall.", "casualties 40"),
    ("Of 600 who charged, 110 were killed.", "killed 110"),
    ("War dead number 5,000.", "killed 5000"),
    ("Four soldiers made the supreme sacrifice in Kupwara.", "killed 4"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_wording_gives_its_figures(text: str, expected: str) -> None:
    wanted = sorted((item.split()[0], int(item.split()[1])) for item in expected.split(", "))
    assert held(text) == wanted


CLEAN = [
    # games, books, shows
    "Rangers beat Celtic 3-1; Kane scored two and had a third shot saved.",
    "In the second half the visitors, down to 10 men, lost two more players.",
    "In his novel 40 soldiers hold a bridge against 2,000.",
    # training, rules, wishes
    "Some 3,000 troops took part in the drills, which ended on Friday.",
    "The exercise ended when 400 marines came ashore and were declared casualties by the umpires.",
    "An army corps usually consists of 20,000 to 45,000 soldiers.",
    "At the start of the war the division had 12,000 men, on paper.",
    "The number of troops needed is put at 150,000 by planners.",
    "The number of recruits fell to 16,000.",
    # business
    "The bank lost 12,000 customers in a year.",
    "Retailers reported losses of 120 million and the closure of 40 shops.",
    "The ruling party lost 63 seats, its worst defeat since 1948.",
    "The brewery's closure cost 800 men their jobs.",
    "The prize money cost 800 men nothing.",
    "The intake brings to 2,000 the number of soldiers recruited this year.",
    # soldiers who are somewhere only to live, to parade or to go
    "The town is home to 5,000 veterans.",
    "The shelter houses 120 women.",
    "The regiment's 600 men marched past the Queen.",
    "The mission's 13,000 peacekeepers have gone home.",
    "Some 4,000 recruits are being trained at a camp in Wales.",
    "About 1,500 police officers were on duty for the derby.",
    # prisoners who are told of
    "The king pardoned 480 prisoners for the feast.",
    "She interviewed 47 former prisoners for the book.",
    "About 7,000 fighters have laid down their arms under the amnesty since 2016.",
    "Nine suspects surrendered to police on Wednesday over the bank fraud.",
    "Negotiators spoke of 33 hostages in the first phase and 1,900 prisoners in return.",
    "More than 2,000 prisoners broke out of the jail in Goma.",
    "The jail held 3,600 prisoners when the doors were opened.",
    "The Houthis let 153 prisoners go on Saturday.",
    "Families of 59 hostages rallied in Tel Aviv.",
    # killers that no war sends
    "Malaria kills 600,000 people a year, most of them children in Africa.",
    "Measles has killed 14 children in the camp since the new year.",
    "The mission has a ceiling of 17,000 uniformed personnel.",
    "With 15 dead in the final scene, the opera is not for children.",
    # things
    "Troops seized 120 rifles, 14 machine guns and 30,000 rounds.",
    "Enemy losses on Monday: tanks - 12, guns - 30.",
    "Two brothers who could not be named were found alive.",
    "Eleven drones came over the dam, and nine of them fell in the river.",
    "Of the 40 houses 12 were burned.",
    "Six lorries crossed with 1,245 more bodies under the agreement.",
    # nothing happened to them
    "Two of the women decided not to return.",
    "It is one of the biggest and deadliest missions.",
    "Some 4,300 were reported homeless and no one dead.",
    "The patrol came under fire, but its eight men returned to base unharmed.",
    "A force of 40 firefighters fought the blaze.",
    "All 155 people aboard survived.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_no_war_gives_no_figure(text: str) -> None:
    assert not held(text)
