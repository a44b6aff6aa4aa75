"""Numbers of people in settings of no harm and no war; and the same words where harm is told, which must be read."""

import pytest

from monitor.extract import extract


def found(text: str) -> list[tuple[str, int]]:
    """Measure and number of every asserted figure."""
    figures = extract(text).figures
    return sorted((f.measure.value, f.quantity.number) for f in figures if f.status.value == "asserted")


NONE = [
    "In a mock battle, 500 schoolboys took the hill and 40 were declared dead.",
    "More than 2,000 dead olive trees were cut down near Bari.",
    "The volcano claimed no lives, though 600 dead fish floated in the lake.",
    "Nine of the fallen statues have been put back.",
    "Around 120 casualties of the budget, as the union calls them, will leave at Christmas.",
    "The 60 casualties of the merger were named on Tuesday.",
    "The Vatican said the relics of 13 martyrs had been found under the altar.",
    "The tank museum has lost two of its Shermans to a film company.",
    "In the last act all five of the brothers are dead.",
    "The exercise supposes an attack that leaves 150 wounded, and 150 students played them.",
    "The bishop baptised 60 and buried none this year.",
    "Wreaths were laid for the dead, one for each year since the rising.",
    "At 83, the former guerrilla still walks to the grave of her brother, who was killed.",
    # few soldiers, errands, occasions
    "Six marines stood guard at the door of the embassy.",
    "The regiment sent 40 men to the shooting contest at Bisley.",
    "The ministry sent three officers to the inquiry.",
    # no army sends them, or none has them yet
    "The eruption sent 12,000 to the coast.",
    "Anglers landed 64 in an hour.",
    "About 500 Britons arrived at the airport after their flight was diverted.",
    "Some 600 observers from 20 countries are in the country for the vote on Sunday.",
    "They would need 40,000 men to hold the line, he argued.",
    "The force is short of 4,000 men.",
    # companies, forces and bodies of civil life
    "The opera company, 60 strong, stays for two weeks.",
    "The sales force of 900 is to be cut.",
    "The garrison town of 22,000 has two cinemas.",
    "The battle honours of the regiment number 34.",
    "The widow of the commander of the 9th Division is 104.",
    # people lost to life
    "The village has lost 300 of its 900 inhabitants since 1990, most to the cities.",
    "The club has lost 400 members since the scandal.",
    # things and beasts
    "Sixteen dead batteries were found in the boat.",
    "The 12 missing paintings were returned to the museum.",
    "The count of dead links on the site rose to 1,400.",
    "The ministry is missing 400 laptops and 12 cannot be traced.",
    "The army retook nine positions and lost two.",
    "She lost 14 kilos and he lost nine.",
    "Farmers in Devon slaughtered 4,300 after the outbreak was confirmed, mostly dairy cows.",
    "Wolves killed 130 ewes and wounded some 40 others in the Jura.",
    "The ministry killed three projects and wounded 14 others with cuts.",
    "He executed four perfect turns and took silver.",
    "Voters killed off two proposals and left 41 of the 60 incumbents without a seat.",
    # nobody was
    "The bus carrying 44 pupils overturned, but nobody was injured.",
    "The plane made a belly landing with 118 on board, none of whom was hurt.",
    "The rebels freed 14 hostages, among them three nuns.",
    "The remains of 11 airmen were flown home after 70 years.",
    # ratios, shared units, pronouns, somebody told of apart
    "The dead to wounded is 1 to 3.",
    "The ratio of dead to wounded in the campaign was one to three.",
    "Two generals got 35 and 21 years at The Hague, a third died in his cell.",
    "Two men fled, and the third officer was killed.",
    "Sergeant Diallo, 31, one of 19 siblings, had been wounded twice.",
    "Inflation claimed another 40 casualties among the finance houses of Lagos.",
    "Fifty Americans, civilians all of them, are in N'Djamena advising the Chadian army on pay.",
    "The studio shot 300 hours of film in Kabul and killed off two of the leading characters.",
    "The regime's courts have handed down 17 death sentences since the new year; the appeals are pending.",
    "An airlift by 9 aircraft brought 1,470 Britons out of Khartoum, from an airstrip held by soldiers.",
    "The three wars devoured 40 per cent of the budget, and a million Portuguese moved to France.",
    "About 140 of the schoolgirls abducted ten years ago have come home one by one.",
    "The mine took 11 years to build, 8 of them under three governments, and was lost in an afternoon.",
    "The task force now has 31 Harriers on two decks, after the loss of 4 to weather and gunfire.",
    "Proposals to enlarge the force to as many as 5,000 peacekeepers have been criticised.",
    "There is relief in sight for the firefighters, with the arrival of 130 officers from Queensland.",
    "Three more yachts pulled out overnight, one of them with an injured skipper.",
    "Some 1,570 people died from drug related causes in the year 2000.",
    "The skipper, one of the most successful sailors of his time, was killed in a shooting.",
    "The city is agog after the violent death of one of the world's most notorious terrorists.",
    "Around 1,000 people have come for a vigil to the home town of George Harrison, who died last week.",
    "Losing George is like losing one of the family, and his music touched the lives of millions of people.",
    "A special unit within the task force is to track the spending of at least 10 serving squad members.",
    "Helicopters lifted tens of thousands of residents out in the worst flooding to hit the region.",
    # dates, ages, labels, units
    "Howe's force arrived off Staten Island on June 30, 1776, and his army captured it without resistance.",
    "The Slavs began to overrun it from 548 and onward, and it was captured by the Bulgarian Empire.",
    "At eighteen, he joined the academy in Athens and remained there until the age of thirty-seven.",
    "They stand in the second column, rows 1-5, and steps 2 and 3 can be eliminated.",
    "The ground forces had 42 armoured/infantry regiments and 16 infantry brigades.",
    "The troops were organised into more than seventy brigades ranging from 750 to 1,200 men each.",
    # votes, censuses, matches, particles
    "His victory in the electoral college was decisive: Lincoln had 180 and his opponents only 123.",
    "Alabama has one of the highest incidences of adult onset diabetes in the country.",
    "Between 90,000 and 165,000 Sahrawis live in the Sahrawi refugee camps.",
    "According to the 1970 census, there were 510,000 ethnic Russians and 484,000 Armenians in Azerbaijan.",
    "In 2000 the number of people living with HIV/AIDS was estimated at less than 100.",
    "He suffered two early-round losses at Wimbledon and began the year with a five-set loss.",
    "The hour was a factor in sparing thousands of lives, particularly in Anchorage.",
    "Fluoride loses a pair of valence electrons, and the craft orbits more than one celestial body.",
    "Asia dominated the office locations with 4 of top 5 being in Asia.",
    # words spelt like others, and verbs of somebody else
    "That year Texas won only one game and lost nine.",
    "The victim Darnell Somerville, Negro, 1, was pronounced dead on arrival.",
    "The wagon has picked up the twenty-five thousandth corpse.",
    "But one cannot escape the suspicion that the liquidated group would be unnecessary.",
    "If one lives near a subway, the solution is to have one's wines stored.",
    "There is great hope that the Forty Martyrs and Cardinal Newman will soon be canonised.",
    "Beginning at least as far back as 1789 various Baptist bodies condemned slavery.",
    "It cuts the dealer's cost because it takes only one man to unload it.",
    "He carried three guns -- one in the right trouser pocket, one under his left armpit, one in the coat.",
    "He finished the war commanding a full division, and at 25 was the youngest general in the army.",
    "Hamilton, poorest of the seven, gave up a brilliant law practice to enter the cabinet.",
    "The earth is in the centre and the seven heavenly bodies turn around it, acting as one body.",
    "Seven battle flags and fourteen officers' swords were sent to headquarters.",
    "The shore was part of the reorganisation of Britain (post A.D. 369) and had a garrison.",
    "Thomas married twice, had seventeen children, and died in 1615.",
    "The causes are many: high taxes, losses of revenue to air carriers, to name but two.",
    "If one die is tossed, the marksman gets one on his third shot and heard one strangled sound.",
    "Two Mexicans rushed into the open for a shot, and five basic forces are based upon events.",
    "Six tons of hay belonging to one rancher were burned.",
    "We sent them one last year, some other prisoner than one of these had written.",
    "The garrison church at Arlon seats 600, and the last tank left in 1989.",
    "Fighters of the Free Army pulled back 15 kilometres with their 60 guns; monitors counted 54.",
    "The ship's company of HMS Leander, 260 officers and ratings, will march through Hull on Saturday.",
    "A list of 40 officers to be killed was found in the colonel's desk.",
    "In the simulation 4,000 die on the first day and Taipei holds out for 31.",
    "Seats for 50 wounded were ripped out of the aircraft.",
    "The three of them came through the door and fell in a heap; she was one of the town's neutralised minorities.",
    # patients, players, patrons
    "Surgeons at the clinic operated on 26 children with cleft palates.",
    "Food poisoning put 57 pupils in hospital.",
    "Heart trouble and bad diets kill 18 million a year.",
    "Seven players are injured and two are suspended, the coach said.",
    "The defence minister met 30 wounded soldiers at a clinic and thanked them.",
    "About 900 wounded veterans compete in the games.",
    # pictures, lists, letters
    "The photograph captured two soldiers sharing a cigarette.",
    "Nine backbenchers defected and two were captured on camera asleep.",
    "Three of the nine generals on the council are missing from the photograph.",
    "The Red Cross brought letters from 340 prisoners of war to their families.",
    "Nine hundred of the prisoners chose to stay in the South.",
    "The brigade got 40 new mortars, of which six have burst.",
    "The children shot one another dead all afternoon.",
    "The government lost three ministers in a week, all to scandal.",
    "A cyclone warning sent 40,000 soldiers of the garrison to barracks.",
    "He never said, as quoted here, that 900 had died.",
    "Six soldiers were held for an hour and let go.",
    "The accused had dreamt of killing all 22, the jury heard.",
    "Among the voters were 1,100 dead people and nine horses.",
    # acted, told and remembered
    "The play's 40 dead rise for the curtain call.",
    "The old joke about 12 dead generals made the table laugh.",
    'In the drill, rescuers treated 60 "casualties" at the station.',
    "Her play about the siege, in which 40 women are taken hostage, opens on Tuesday.",
    "The street is named after five executed trade unionists.",
    "The grave held the bones of 17 people, killed some 5,000 years ago.",
    "The report that 19 sailors had drowned was a hoax, the navy said.",
    # the law's own
    "The kingdom plans two executions in May.",
    "Some 90 prisoners wait on death row.",
    "The number of prisoners in the kingdom's jails has risen to 88,000.",
    "Kellogg's team lost three of its seven members to the Treasury before it saw Kyiv.",
    "The hospital has lost 44 of its 1,900 to Leeds.",
    "The service asked for 250,000 volunteers and had 750,000 by Sunday; 20,000 nurses are on their way to the wards.",
    "The captain, an army sergeant's son, had two.",
    "Two of the skiers went out injured on the second descent.",
    "Spain sent back 4,000 in a day.",
    '"Nobody has lost 500 men," he scoffed.',
    "The siege was over in 17 minutes, of which the snooker lost eleven.",
]
READ = [
    ("Six soldiers were captured and three were killed.", [("captured", 6), ("killed", 3)]),
    ("He was accused of killing all 22.", [("killed", 22)]),
    ("A bomb at the count killed 11 voters; 40 dead people lay in the street.", [("killed", 11), ("killed", 40)]),
    ("The army captured two soldiers on the ridge.", [("captured", 2)]),
    ("Three of the nine generals are missing from their posts.", [("missing", 3)]),
    ("Rebels said they were holding 340 prisoners of war.", [("captured", 340)]),
    ("The government lost three ministers in the plane crash.", [("casualties", 3)]),
    ("He never said who they were, but 900 had died.", [("killed", 900)]),
    ("Gunmen shot one soldier dead.", [("killed", 1)]),
    ("India sent 1,200 soldiers to the valley and 40 doctors to its hospitals.", [("deployed", 1200)]),
    ("The OSCE has sent 340 military observers to the front.", [("deployed", 340)]),
    ("The garrison of the town, 900 strong, has food for a week.", [("deployed", 900)]),
    ("A company of 300 marines holds the airport.", [("deployed", 300)]),
    ("Moscow keeps a force of 5,000 in the enclave.", [("deployed", 5000)]),
    ("The village lost 300 of its 900 inhabitants in the raid.", [("casualties", 300)]),
    ("The regiment has lost 400 men since March.", [("casualties", 400)]),
    ("The army retook nine villages and lost 40 men.", [("casualties", 40)]),
    ("Sixteen dead soldiers lay in the boat.", [("killed", 16)]),
    ("Twelve missing climbers were still being sought on Friday.", [("missing", 12)]),
    ("Three fishing boats sank; eight are still missing.", [("missing", 8)]),
    ("Two armies fought over a flock of sheep; 40 were killed.", [("killed", 40)]),
    ("The bombing of the zoo killed 22 visitors and wounded 40 others.", [("killed", 22), ("wounded", 40)]),
    ("A bus with 50 pupils overturned and 44 were killed.", [("killed", 44)]),
    ("Four ministers went to the funeral of the 14 soldiers killed at Kot.", [("killed", 14)]),
    ("The plane crashed into a barn, killing all eight aboard.", [("killed", 8)]),
    ("Nobody was hurt in the first blast, but 19 died in the second.", [("killed", 19)]),
    ("The rebels freed 14 hostages but seized 14 soldiers.", [("captured", 14)]),
    ("After the strike surgeons operated on 26 children.", [("wounded", 26)]),
    ("Landmines kill 2,000 people a year in the country.", [("killed", 2000)]),
    ("The war kills 10,000 people a year, the institute says.", [("killed", 10000)]),
    ("A rocket landed on the training ground and 30 players were injured, the coach said.", [("wounded", 30)]),
    ("A play about the war was on when a shell hit the theatre and killed 40 people.", [("killed", 40)]),
    ("The shell, fired 80 years ago, killed five ploughmen on Monday.", [("killed", 5)]),
    ("The report that 50 sailors had drowned was confirmed by the navy.", [("killed", 50)]),
    ("In the market one was killed.", [("killed", 1)]),
    ("Four physicians who performed abortions have been murdered.", [("killed", 4)]),
    ("An outbreak of fighting in Wau left 43 dead.", [("killed", 43)]),
    ("The officers, 60 of them, were shot at dawn; three boys were shot at by soldiers.", [("killed", 60)]),
    ("The last 400 Senegalese of the force are still in Banjul.", [("deployed", 400)]),
    (
        "Three soldiers' bodies were found; twelve men surrendered and nine others gave up.",
        [("captured", 9), ("captured", 12), ("killed", 3)],
    ),
    ("Five soldiers were shot and one died.", [("killed", 1), ("killed", 5)]),
    ("On March 3, 1500 soldiers were killed.", [("killed", 1500)]),
    ("The militia lost 40 men and suffered two losses more in the raid.", [("casualties", 2), ("casualties", 40)]),
    ("More than 40 lives were lost; the quake claimed 300 lives.", [("killed", 40), ("killed", 300)]),
    ("Two boys aged three and 13 died.", [("killed", 2)]),
    ("Two armed men were shot dead, but it is not clear if Saadi was one of them.", [("killed", 2)]),
    ("Troops shot eight children near the crossing, killing one.", [("casualties", 8), ("killed", 1)]),
    ("He is held responsible for the death or injury of 1,000 people.", [("casualties", 1000)]),
    ("The floods cost the lives of 30 people.", [("killed", 30)]),
    ("Some 300 soldiers of the 4th Battalion, who were killed on Friday, had families.", [("killed", 300)]),
    ("The 60 Gurkhas held on after the loss of 4.", [("casualties", 4)]),
    ("Some 40 men went up. In three days, two of them were killed.", [("killed", 2)]),
    ("Loss ratios of 1 to 5 are claimed by both; the hospital has registered 212 wounded.", [("wounded", 212)]),
    ("Strike on a market: 23 killed, 40 injured.", [("killed", 23), ("wounded", 40)]),
    ("Of the 31 killed at Djibo, one of the youngest was four.", [("killed", 31)]),
    ("Eritrea has released nobody: 181 Ethiopians captured at Badme are still in its hands.", [("captured", 181)]),
    ("Twelve hundred blue helmets of the brigade hold the road to Sake.", [("deployed", 1200)]),
    ("The loss ratio was 14 dead to 40 wounded.", [("killed", 14), ("wounded", 40)]),
    ("The raid killed 9 and 2 days later a shell killed 4.", [("killed", 4), ("killed", 9)]),
    ("The protests against the cuts left 40 casualties.", [("casualties", 40)]),
    ("A mock attack was followed by a real one: 14 soldiers were killed.", [("killed", 14)]),
    ("The toll rose to 31, one of the highest of the week.", [("killed", 31)]),
    ("Losses were put at 2,487, of whom 361 were killed.", [("casualties", 2487), ("killed", 361)]),
    ("Gunmen killed 12 ice-cream sellers and nine Guatemalans.", [("killed", 9), ("killed", 12)]),
    ("Rescuers recovered 30 decomposing bodies from the river after the massacre.", [("killed", 30)]),
    ("Police shot eight protesters dead, injuring two.", [("killed", 8), ("wounded", 2)]),
    ("The US deployed 3,000 troops to Liberia to fight Ebola.", [("deployed", 3000)]),
    ("Premature reports said 12 people were killed in Goma.", [("killed", 12)]),
    ("The army suffered 40 casualties in fighting on the banks of the Dnipro.", [("casualties", 40)]),
    ("Against all odds the rebels held out, killing 12 soldiers on Tuesday.", [("killed", 12)]),
    ("The 40 girls abducted in Chibok whose sisters have come home are still held.", [("captured", 40)]),
    ("Some 1,200 French soldiers are based on Reunion.", [("deployed", 1200)]),
    ("The army sent 400 Ethiopians to Somalia to protect the population.", [("deployed", 400)]),
    ("Some 500 reservists were sent to Gaza, and firefighters fought wildfires in Israel.", [("deployed", 500)]),
    ("Forty officers to be tried were shot.", [("killed", 40)]),
    ("We lost eleven on the ridge, the sergeant said.", [("casualties", 11)]),
    ("The hospital lost four nurses when a shell came through its roof.", [("casualties", 4)]),
    ("Losing 12 men a day, the column turned back.", [("casualties", 12)]),
    ("Hezbollah lost 500 in two months.", [("casualties", 500)]),
    ("The general has 3,000 men and keeps 800 at the ford.", [("deployed", 800)]),
    (
        "The army had 9,000 soldiers in Ceuta and sent back 4,000 to the front.",
        [("deployed", 4000), ("deployed", 9000)],
    ),
    ("Nobody knows who killed 40 people at Yelwata.", [("killed", 40)]),
    ("The force has 300 men in Tessalit, of which the mine killed three.", [("deployed", 300), ("killed", 3)]),
]


BOUNDS = [
    ("Two thousand soldiers, if not more, were killed.", (2000, None, "at_least")),
    ("Getting on for 300 soldiers were killed.", (300, 300, "about")),
    ("300 soldiers, more or less, were killed.", (300, 300, "about")),
    ("At the outside 300 soldiers were killed.", (None, 300, "at_most")),
    ("The death toll went up to 40.", (40, 40, "exact")),
    ("The toll is up to 40.", (40, 40, "exact")),
    ("Up to 40 people were killed.", (None, 40, "at_most")),
    ("The death toll rose by five to 40.", (40, 40, "exact")),
    ("The number of dead rose to 30 to 40.", (30, 40, "range")),
]


@pytest.mark.parametrize(("text", "bounds"), BOUNDS)
def test_words_around_a_number_bound_it_or_only_lead_to_it(
    text: str, bounds: tuple[int | None, int | None, str]
) -> None:
    figures = [f for f in extract(text).figures if f.status.value == "asserted"]
    assert [(f.quantity.low, f.quantity.high, f.quantity.qualifier.value) for f in figures] == [bounds]


@pytest.mark.parametrize("text", NONE)
def test_people_counted_where_no_harm_and_no_war_is_told_are_no_figure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "figures"), READ)
def test_the_same_words_where_harm_is_told_are_read(text: str, figures: list[tuple[str, int]]) -> None:
    assert found(text) == figures


def test_who_is_told_of_the_dead_is_not_among_them() -> None:
    (figure,) = extract("The boat went down at night, survivors told doctors, so hundreds are feared drowned.").figures
    assert "doctors" not in figure.subject.text
