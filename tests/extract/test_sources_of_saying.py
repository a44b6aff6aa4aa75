"""Who says so where the clause of saying is parted, shared, quoted or announced."""

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def figure(text: str, number: int) -> Figure:
    """The figure of a text with this number at its low end."""
    return next(f for f in extract(text).figures if f.quantity.low == number)


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        # the head of a list names who gave it out
        ("Tally on the fourth day (Health Ministry): killed: 14 civilians; wounded: 32.", 32, "health ministry"),
        ("Toll as issued by the Relief Committee on Sunday: 41 dead, 130 hurt.", 130, "relief committee"),
        ("From the General Staff. Tolvo: the enemy left 400 fallen upon the ice.", 400, "general staff"),
        ("Kyiv: 300 Russians killed; Moscow: 500 Ukrainians killed.", 500, "moscow"),
        ("Congo: M23 kills 140 villagers, UN says", 140, "un"),
        ("Radio Freetown, 8 p.m.: our fighters took the post; 12 dead, 3 prisoners.", 3, "radio freetown"),
        ("Kinshasa acknowledges 13 dead; the M23 speaks of 20, MONUSCO of over 100.", 100, "monusco"),
        ("Moscow, which rarely speaks of losses, owned up to 63 dead.", 63, "moscow"),
        ("Divers have brought up 68 bodies and four men are missing, the army's man said.", 68, "army's man"),
        ("The camp at Mopti shelters 340 soldiers behind a berm that was raised by two metres.", 340, ""),
        ("Police post attack leaves nine dead in Manipur", 9, ""),
        ("An exile group in Washington has 1,190 dead.", 1190, "exile group"),
        ('"Some 20 are dead," a nurse told AFP on condition of anonymity, adding that 40 were hurt.', 20, "nurse"),
        ("At least 20 people were killed, local media reported, in what was called an accident.", 20, "local media"),
        ("The raid left 18 troops dead, and the army has since said it will pull back.", 18, ""),
        ("The group claimed responsibility for the blast, which killed 12 soldiers.", 12, ""),
        ("President Rossi mourned the 13 soldiers killed in the crash.", 13, ""),
        ("The navy chief denied the loss of a ship but conceded 48 deaths.", 48, "navy chief"),
        ("Rebels claim, and the army denies, that 44 soldiers were killed.", 44, "rebels"),
        ("General Ruiz raged on Telegram that 77 men had died for want of shells.", 77, "ruiz"),
        ("The mayor's office has updated its count after the shelling of the market: 31 dead.", 31, "mayor's office"),
        ("The toll rose to 216, the Pentagon announced last night, from 191.", 216, "pentagon"),
        ("The Egyptians left 400 dead behind and the Israelis 90, diplomats in Cairo say.", 90, "diplomats"),
        ("The Vale repelled two attacks, the ministry said. The enemy lost 180 men.", 180, "ministry"),
        ("Tolvo communique claims a victory. Own losses 900 killed, 1,770 wounded.", 1770, "tolvo communique"),
        ("Radio Sandino (Managua, 2300 GMT) announced that 905 raiders had died.", 905, "radio sandino"),
        ("How many have died? Nobody knows. The Red Cross speaks of 800 in Goma.", 800, "red cross"),
        ("Tiraspol owns to 320 dead since March, Chisinau to 279.", 279, "chisinau"),
        (
            "Serbian television listed the toll town by town: Surdulica, 17; Aleksinac, 12; Cuprija, 3.",
            12,
            "serbian television",
        ),
        ("Some 236 rebels died, according to figures that President Rossi read out.", 236, "rossi"),
        ("Rawalpindi, whose own tally of the dead stands at 7,000, denies it.", 7000, "rawalpindi"),
        ("At least 40 recruits were killed, an army communique read.", 40, "army communique"),
        ("The rebels, by their own account, lost 315.", 315, "rebels"),
        ("The army said it killed 20 men. Eleven pilgrims have been missing since May.", 11, ""),
        ("General Low said 30 had died. The UN counted 40 dead. Some 50 are missing, he added.", 50, "general low"),
        ("General Low said 30 had died. The UN counted 40 dead. Some 50 are missing, it added.", 50, "un"),
        ("The minister spoke of 11 dead; the mayor of Brussels, of about 20.", 20, "mayor of brussels"),
        (
            "Field hospitals at Ain Zara, where the army tries to break in, have counted 220 dead.",
            220,
            "field hospitals",
        ),
        ("The Far East Command made public its estimate of losses in three years: 350,000 killed.", 350000, "far east"),
        ("Twelve soldiers died, reports the Red Cross.", 12, "red cross"),
        ("State news agency SANA: 12 dead in strike", 12, "sana"),
        ("State TV: 12 dead in strike", 12, "state tv"),
        ("The general was blunt: his brigade had lost 300 men.", 300, "general"),
        ("The families' association has a list of 67 missing soldiers.", 67, "association"),
        ("The minister blamed rebels in a speech carried by state radio. He put the dead at 35.", 35, "minister"),
        ("Fourteen officers had been killed, Yonhap quoted a government source as saying.", 14, "government source"),
        ("Reuters, citing the defence ministry, put the number of missing at 900.", 900, "defence ministry"),
        ("The Saudi-led coalition fighting in Yemen said its jets had killed 134 rebels.", 134, "saudi-led coalition"),
        ("The group monitoring the war said that 40 people had been killed.", 40, "group"),
        (
            "The ministry corrected the number of soldiers killed since early September in the fight for Marib to 118.",
            118,
            "ministry",
        ),
        ("Seoul's defence ministry corrected its estimate of the dead from 1,100 to 1,400.", 1400, "seoul"),
        # each source of a sentence tells of its own part
        ("According to the government 12 died, according to the rebels 40.", 40, "the rebels"),
        ("Twelve died, according to police, and 40 were hurt, according to medics.", 12, "police"),
        ("The army had said 40 died at Kabinda; it now says 52.", 52, "the army"),
        ("Police reported 17 dead; residents said they had counted 43.", 43, "residents"),
        # a count puts nothing, and is put by somebody
        ("The toll doubled to 40.", 40, ""),
        ("The toll, first given as 40, is now 52, police said.", 52, "police"),
        ("Their losses were put at 1,200 dead and 3,500 wounded by the high command.", 3500, "high command"),
        ("The dead were numbered at 54 by the Red Cross.", 54, "red cross"),
        ("The junta, by contrast, says its men killed 80 rebels.", 80, "the junta"),
        ("In Goma, said its governor, 40 people were killed.", 40, "its governor"),
        ("Ukraine: 3,000 North Koreans killed, and Zelensky said more would come", 3000, "ukraine"),
        ("Grenada: 18 Americans have died, the Pentagon said.", 18, "the pentagon"),
        ("Forty people were killed and 12 wounded by soldiers in Goma.", 12, ""),
        # who won't or can't say so claims nothing
        ("The army declined to comment on reports that 40 of its soldiers had been killed.", 40, ""),
        ("The army refused to confirm that 40 soldiers had died, but said 12 were hurt.", 12, "the army"),
        ("The army refused to confirm that 40 soldiers had died, but said 12 were hurt.", 40, ""),
        ("The army said it could not confirm that 40 soldiers had died.", 40, ""),
        ("Kyiv would neither confirm nor deny that 600 soldiers had been killed.", 600, ""),
        ("A spokesman had no comment on reports of 30 dead in Jos.", 30, ""),
        ('"We can neither confirm nor deny that 22 men were captured," an official said.', 22, ""),
        ("The army, which declined to comment on the strike, said 40 soldiers died.", 40, "the army"),
        ("Police declined to give a toll after residents said 40 people had been killed.", 40, "residents"),
        # fighters before a bare number are who is counted; the army before it may tell
        ("Boko Haram fighters: 19 killed, 3 captured.", 19, ""),
        ("Army: 19 rebels killed.", 19, "army"),
    ],
)
def test_the_source(text: str, number: int, names: str) -> None:
    claimants = " | ".join(claimant.name for claimant in figure(text, number).claimants).lower()
    assert names in claimants if names else not claimants


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        ("The army said it had retaken the town. More than 40 rebels had been killed.", 40, "army"),
        ("The army said it had retaken the town. On Tuesday 7 people had been killed there.", 7, ""),
        (
            "Hospitals took in 77 dead, the ministry said. That brings the number killed since May to 5,762.",
            5762,
            "ministry",
        ),
        (
            '"A slaughter," said Major Petro Hrib, who leads the unit. "They left 80 dead behind."',
            80,
            "hrib",
        ),
        ('"We have 12 dead. The search goes on," said fire chief Ann Moore.', 12, "moore"),
        (
            'The mayor had no comment.\n"We have 12 dead. The search goes on," the fire chief told reporters.',
            12,
            "fire chief",
        ),
        (
            '"Some ten thousand of our children die daily," Dr Okeke, who runs a clinic, told two visiting MPs.',
            10000,
            "okeke",
        ),
        ("Villagers who came back to the town say they found at least 180 bodies.", 180, "villagers"),
        ("About 5,000 people have been killed, a rights group that tracks the dead says.", 5000, "rights group"),
        ("By evening the government spokesman had to own to 53 dead.", 53, "spokesman"),
        ("Some 50,000 people have been hacked or burned to death, a Swiss aid agency believes.", 50000, "swiss aid"),
        ("Airwars, a group that tracks civilian harm, believes at least 250 civilians died.", 250, "airwars"),
        ("Some 11,000 North Korean troops are now in Kursk, per Pentagon.", 11000, "pentagon"),
        ("The list of the dead that the state government keeps ends at 1,383 killed.", 1383, "government"),
        (
            "Turkey, which put 60 men ashore, had 3,000 on the island, British officers reckon.",
            3000,
            "british officers",
        ),
    ],
)
def test_the_source_of_what_goes_on(text: str, number: int, names: str) -> None:
    claimants = " | ".join(claimant.name for claimant in figure(text, number).claimants).lower()
    assert names in claimants
    assert names or not claimants


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        ("By Monday the ministry in Niamey acknowledged 29 soldiers killed.", 29, "ministry in niamey"),
        ("Nine people were killed, police said. Thirty-one were wounded.", 31, "police"),
        ("Some 500 died last year, the UN said. At least 20 of them were shot.", 20, "un"),
        ("The UN said it was alarmed. Two of the wounded soldiers died overnight.", 2, ""),
        ("Nine people were killed in Gao, police said. In Israel, 28 died.", 28, ""),
        ("- Losses in a day: 1,340 men, the General Staff said\n- Total since June: 79,000", 79000, "general staff"),
        (
            "Enemy losses as counted by the General Staff in Kyiv:\npersonnel - about 1,002,150",
            1002150,
            "general staff",
        ),
        ("Forty dead is the count of the provincial hospital.", 40, "provincial hospital"),
        ("Kharkiv: 3 dead; Sumy: 11 hurt: the tally of the raids, as read out by the minister.", 3, "minister"),
        ("At least 33 are missing, the port director was overheard saying.", 33, "port director"),
        ("The commander was heard boasting on the radio that 60 soldiers had been killed.", 60, "commander"),
        ("A spokesman emerged from a briefing to say that 14 soldiers had died.", 14, "spokesman"),
        ("He went to hospital to say goodbye to the 14 wounded soldiers.", 14, ""),
        ("The ministry says 12 were killed, whereas the Observatory has 19 killed.", 19, "observatory"),
        ("The mission has 14 wounded and two dead.", 14, ""),
        ("It was the Red Cross that put the dead at 300.", 300, "red cross"),
        ("The shelling killed 30 people in Goma. The figures come from the hospital.", 30, "hospital"),
        ("Forty soldiers were killed. That is the count of the Sudan Doctors Network.", 40, "doctors network"),
        ("Eighteen people died in the raid. So says the governor.", 18, "governor"),
        ("The bomb killed 20 people. That is from a war that nobody wanted.", 20, ""),
    ],
)
def test_the_source_named_around_the_count(text: str, number: int, names: str) -> None:
    claimants = " | ".join(claimant.name for claimant in figure(text, number).claimants).lower()
    assert names in claimants
    assert names or not claimants


@pytest.mark.parametrize(
    ("text", "number", "party"),
    [
        # who is named only by what it strikes with speaks for nobody; the office is of the land that was struck
        ("A Russian strike killed 12 people in Zaporizhzhia, the governor said.", 12, "Ukraine"),
        ("A Ukrainian drone killed three people in Belgorod, the governor said.", 3, "Russia"),
        ("An Israeli strike in southern Lebanon killed two people, the health ministry said.", 2, "Lebanon"),
        ("Ukrainian shelling killed seven in Donetsk, the mayor said.", 7, "Ukraine"),
        ("A Pakistani drone strike killed eight people, the government said.", 8, None),
        # a land without an army of its own: another's is "the army"
        ("At least 30 people were killed in Gaza City. The army said 14 of its soldiers were hurt.", 14, "Israel"),
        ("Palestinian medics said 12 people died in Jabalia. The military said it killed nine gunmen.", 9, "Israel"),
        ("An air strike hit Khartoum in Sudan. The army said 14 of its soldiers were wounded.", 14, "Sudan"),
        # who counts the dead of a place is of its land, whoever hit it
        ("Russian missiles hit Kharkiv on Monday. Police said 12 people were killed.", 12, "Ukraine"),
        (
            "Israel struck Nuseirat on Monday. The health ministry said 12 people were killed.",
            12,
            "Palestinian territories",
        ),
        # the police of a report without a place are those of where it was filed
        (
            "KABUL (Reuters) - A bomber killed 12 people, three of them Italian soldiers, police said.",
            12,
            "Afghanistan",
        ),
        ("KABUL (Reuters) - A bomber killed 12 people in Quetta, police said.", 12, "Pakistan"),
        # of the only state told of, of where the report was filed; rebels are those of the only group told of
        ("The BLA said it killed 102 Pakistani troops. The army said 14 soldiers had died.", 14, "Pakistan"),
        (
            "LONDON - The Ministry of Defence said 46 men were missing after Argentine jets hit a ship.",
            46,
            "United Kingdom",
        ),
        ("COLOMBO - Tamil Tiger rebels overran a base, killing 200 soldiers, the rebels said.", 200, "Tamil Tigers"),
        # a coast guard is an organ of the state; a national society speaks for no state
        ("TRIPOLI: The number of migrants missing off Libya is 104, the coast guard said.", 104, "Libya"),
        ("Kenya's Red Cross said 147 students were killed at Garissa.", 147, "Kenya Red Cross"),
        ("The Sudanese Red Crescent said 40 people were killed in Nyala.", 40, "Sudan Red Crescent"),
        ("The Kenya Red Cross said 147 students were killed at Garissa.", 147, "Kenya Red Cross"),
        ("The Red Cross said 40 people were killed.", 40, "International Committee of the Red Cross"),
        # a hospital is nobody's organ
        ("An Israeli strike killed 12 people in Nuseirat, hospital staff said.", 12, "unattributed"),
        ("Russian missiles hit Kharkiv. Hospital staff said 12 people were killed.", 12, "unattributed"),
        ("Israel's air force struck Nuseirat. Staff at Al-Awda Hospital said 12 people died.", 12, None),
    ],
)
def test_whose_an_organ_is_that_the_text_gives_no_country(text: str, number: int, party: str | None) -> None:
    assert [claimant.party for claimant in figure(text, number).claimants] == [party]


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("Myanmar's National Unity Government", "National Unity Government"),
        ("Lebanese Hezbollah", "Hezbollah"),
        ("Myanmar's military", "Myanmar"),
    ],
)
def test_the_country_of_a_group_does_not_speak_for_it(source: str, party: str) -> None:
    assert figure(f"{source} said that 33 people had been killed in Tuesday's strike.", 33).parties == (party,)
