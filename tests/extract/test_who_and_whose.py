"""Who says so and whose, beyond the plain "X said N": pronouns, second sources, owners named elsewhere."""

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def figure(text: str, number: int) -> Figure:
    """The figure of a text with this number at either end."""
    return next(f for f in extract(text).figures if number in {f.quantity.low, f.quantity.high})


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        (
            "President Ola Berg flew to the base. Some 34 soldiers, he wrote, had been killed there.",
            34,
            ["President Ola"],
        ),
        ("A health official in Gao came out. At least 40 civilians were killed, he said.", 40, ["health official"]),
        ("The rebel commander was brief. By his count, 60 soldiers had died.", 60, ["rebel commander"]),
        ("The governor gave a fresh toll. Twenty-one people were dead.", 21, ["governor"]),
        ("Ukraine, South Korea and the United States say 300 men were killed.", 300, ["Ukraine", "South", "United"]),
        ("Kyiv says 200 Russians died, Moscow that Ukraine has had 170 killed.", 170, ["Moscow"]),
        ("The army said 90 gunmen were killed; medics in the town had received 60 bodies.", 60, ["medics"]),
        ("Baku says 30 died; Yerevan says the Azeris have buried 65.", 65, ["Yerevan"]),
        ("The toll rose to 74, Kenya's police chief said, while the opposition spoke of 120.", 120, ["opposition"]),
        ("The region's governor, Ivan Prok, on Monday morning confirmed 5 deaths.", 5, ["governor"]),
        ("French paratroops found 18 hostages dead in Kolwezi.", 18, []),
        ("A doctor aboard said that 60 more had burns.", 60, ["doctor"]),
        ("Refugees reaching the port said they had seen 200 bodies.", 200, ["Refugees"]),
        ("Radio Free Bangla said 300 people were killed.", 300, ["Radio Free Bangla"]),
        (
            "Residents of Bama, 70 km from Maiduguri, the state capital, said 60 had been killed.",
            60,
            ["Residents of Bama"],
        ),
        ("Twelve people died in the blast; the governor said 40 others were hurt.", 12, []),
    ],
)
def test_the_source(text: str, number: int, names: list[str]) -> None:
    claimants = [claimant.name for claimant in figure(text, number).claimants]
    assert len(claimants) == len(names)
    assert all(name.lower() in claimant.lower() for name, claimant in zip(names, claimants, strict=True))


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("The BLA put the number of soldiers killed at 130.", 130, "soldiers"),
        ("The raid took the number of insurgents killed this year to 81.", 81, "insurgents"),
        ("Jakarta's military spokesman spoke of two dead, both of them his own men.", 2, "Indonesian"),
        ("Its own casualties, the Arakan Army admitted, came to 217 dead.", 217, "Arakan Army"),
        ("Twenty of its soldiers were killed on Monday, India's army said.", 20, "Indian"),
        ("Mali's army says that 150 Tuareg fighters and 19 of its own soldiers have been killed.", 19, "Malian"),
        ("Forty Malian soldiers are dead, the M23 said, and it put its own dead at seven fighters.", 7, "M23"),
        (
            "His army, the general said, had lost 19 men; the other side, by his reckoning, at least 45.",
            45,
            "other side",
        ),
        ("Seven Senegalese soldiers walked free. Four others had died in the clash.", 4, "Senegalese"),
        # "them" is not the one who acts
        ("Rangers surprised a bandit gang near Kano and killed eleven of them.", 11, "bandit gang"),
        ("Losses were 16 killed and 96 wounded among the Turks, the ministry said.", 16, "Turks"),
        ("Losses were 16 killed and 96 wounded among the British, the ministry said.", 96, "British"),
        ("More than 100 Burmese soldiers were killed. Fifteen of Thailand's had fallen.", 15, "Thai"),
        ("The bulletin put the navy's dead since 6 June at 40.", 40, "navy"),
        ("The colonel said the rebels had lost 300 men and the army 97.", 97, "army"),
        # every part of a list in one line has its own label
        ("Dead by army: Ethiopia: 490 killed; Eritrea: 312 dead.", 312, "Eritrean"),
        ("Losses so far: Azerbaijan 290 killed, 120 hurt; Armenia 380 killed, 900 hurt.", 900, "Armenian"),
        ("Police: 12 killed; civilians: 40 dead; gunmen: three killed.", 40, "civilians"),
        ("Thailand: 14 civilians and one soldier killed; Cambodia: 13 dead.", 13, "Cambodian"),
        ("The toll by nationality: Nepal 12, Ghana 4, Fiji 3 and India 2.", 2, "Indian"),
        ("Killed by service: the marines 16, Navy 12.", 12, "Navy"),
        # a state told of, who has them there, and towns, which are no army
        ("Senegal said seven of the country's soldiers had died in the ambush.", 7, "Senegalese"),
        ("Kyiv has some 800 marines dug in along the river.", 800, "Ukrainian"),
        ("Marawi suffered 1,100 killed over five months.", 1100, "people"),
        # opponents, by the speaker's side
        ("Ukraine's staff said its troops had killed 340 of the enemy in the past day.", 340, "enemy"),
        # the carrier's flag says nothing of whom it carries
        ("A Russian landing ship carried 400 special forces troops to the coast.", 400, "special forces troops"),
        # the speaker's own, and an owner that is named behind
        ('"We lost 32 of our fighters," the M23 spokesman said.', 32, "M23"),
        ('"Our losses are 13 dead and 29 wounded," the Russian command said.', 29, "Russia"),
        ("Finnish communique claims a victory. Own losses 900 killed.", 900, "Finnish"),
        ("The Turkish army said it had killed 100 militants. The army's own dead number 28.", 28, "Turkish"),
        ("South Vietnamese forces reported 456 killed and 1,109 wounded.", 1109, "South Vietnamese"),
        ("The Turkish army reported 12 killed in the attack on the market.", 12, "people"),
        ("The enemy is thought to have left 250 dead on the ground.", 250, "enemy"),
        ("The bandits abandoned 922 dead.", 922, "bandits"),
        ("The army inflicted 170 casualties on the mercenaries.", 170, "mercenaries"),
        ("The National Army paid with 243 killed.", 243, "National Army"),
        ("The day cost the Syrians 14 dead and the villagers of Bhamdoun seven.", 7, "villagers"),
        ("Killed in October\n- Soldiers killed: 14 (September: 9)\n- Rebels killed: 31", 14, "Soldiers"),
        ('The army put the dead at 400, 370 of them "terrorists".', 370, "terrorists"),
        ("General Low put federal losses in Dagestan and Chechnya since August at 544 dead.", 544, "federal"),
        ("Army kills 31 rebels, loses 4 in Ituri clash", 4, "Army"),
        ("Losing 70 of their own in a day, the Houthis pulled back from the dam.", 70, "Houthi"),
        ("While conceding the loss of 23 of its men, Chad's government said 300 raiders were dead.", 23, "Chad"),
        ("Of the 900 Tamil Tigers in the pocket, the army said, 340 of them had surrendered.", 340, "Tamil Tigers"),
        # the target of the attack
        ("The ambush on the Burundian contingent cost 73 lives.", 73, "Burundian"),
        ("Gunmen ambushed a convoy of Nigerian soldiers. At least 12 were killed.", 12, "Nigerian soldiers"),
        ("Malian soldiers were ambushed on Sunday. The dead: 51.", 51, "Malian soldiers"),
        # what all of them are
        ("Five people, all Ugandan soldiers, died when the helicopter crashed.", 5, "Ugandan soldiers"),
        ("The blast killed 13, all of them Nepalese guards.", 13, "Nepalese guards"),
        # those who count bodies count everybody's
        ("Israel says 40 militants died in the strike, but rescuers counted 71 dead.", 71, "people"),
        # labels and headings
        ("Losses in the Falklands\n- Argentina: 649 killed\n- Britain: 255 killed, 777 wounded", 777, "British"),
        ("Russian losses to date, by the staff in Kyiv:\n- killed: 91,300\n- captured: 600", 91300, "Russia"),
        # losers that no lexicon knows
        ("The 72nd Brigade has lost 240 soldiers since July, its commander said.", 240, "72nd Brigade"),
        ("Both sides together had 2,200 killed.", 2200, "oth sides"),
        ("The Popular Front for Velia (PFV) said 19 of its fighters had been killed.", 19, "Popular Front for Velia"),
        ("The Popular Front for Velia (PFV) fell back. The PFV had lost 60 men.", 60, "Popular Front for Velia"),
        ("The army said 45 MKL fighters had died. The MKL lost 12 men.", 12, "MKL"),
        ("The Orani Liberation Army lost 60 men at the ford.", 60, "Orani Liberation Army"),
        # "its own" in a communique, after the other side's losses
        (
            "Chad's army took the base, killing 1,269 Libyans, N'Djamena said. Its own losses were 29 dead, it added.",
            29,
            "Chad",
        ),
        # who acts is not who is harmed
        ("RSF fighters shelled El Fasher, killing 54, medics said.", 54, "people"),
        ("Gunmen opened fire on a church, killing 12 and wounding 30.", 30, "people"),
        ("Indonesian troops entered Dili and killed 14.", 14, "people"),
        ("Nigerian troops watch the lake. Boko Haram fighters attacked Baga and killed 150.", 150, "people"),
        ("Fighters of the RSF crept into Kasanzi at night and hacked 22 to death.", 22, "people"),
        ("Villagers fled and rebels killed 12.", 12, "Villagers"),
        ("The students were met by soldiers, who killed 12.", 12, "people"),
        ("Rebels stopped a bus of pilgrims near Quetta and shot 14.", 14, "pilgrims"),
        ("The crew left the ship after a missile killed three of them.", 3, "crew"),
        ("Frelimo said its fighters had killed 22 Portuguese soldiers and lost three.", 3, "Frelimo"),
        ("The Polisario guerrillas took the fort. Rabat said its men killed more than 1,100.", 1100, "Polisario"),
        ("An RSF man said his men had taken 160 of the soldiers prisoner.", 160, "soldiers"),
        ("Ukraine's forces said they had killed 50 and wounded 47 North Koreans.", 50, "North Korea"),
        ("Chechens ambushed Russian paratroopers near Shatoi, killing 26 of them.", 26, "Russian paratroopers"),
        # a list that puts the number behind its people, and a part described
        ("Killed in June: 1,466 (civilians 665, security forces 801).", 801, "security forces"),
        ("The spokesman owned to 53 dead at the post, 49 of them gendarmes.", 49, "gendarmes"),
        # those who left or paid them
        ("The attackers had waded the river in the dark; they left 35 bodies on the wire.", 35, "attackers"),
        ("The war cost the regional force 300 dead.", 300, "regional force"),
        # the count goes on
        ("Five hundred Peshmerga have fallen since June. Sixty-two are still missing.", 62, "Peshmerga"),
        (
            "They name 111,387 Russian servicemen killed. The true number is at least 171,000.",
            171000,
            "Russia",
        ),
        ("Kim Jong Un has sent 12,000 men. Of these, 3,800 were dead or wounded.", 3800, "North Korea"),
        ("Ukraine's losses since the invasion have passed 46,000 dead.", 46000, "Ukrain"),
        ("The Japanese garrison of 21,000 was wiped out.", 21000, "Japanese garrison"),
        ("The general said his men had killed 130 of the rebels and lost 17.", 17, "men"),
        ("The ministry recorded 40 casualties, pushing the military death toll to 673.", 673, "military"),
        ("Ukrainian military losses rose to 31,000.", 31000, "Ukrain"),
        ("Over 300 hurt men were landed. The total British losses amount to 69 killed and wounded.", 69, "British"),
        ("The governor put at 2,000 the civilians killed in the first two days.", 2000, "civilians"),
        # tables
        ("Country | Killed | Wounded\nFrance | 2,300 | 5,100\nViet Minh | 8,000 | 15,000", 5100, "French"),
        (
            "UN peacekeepers killed this year, by nationality:\nSouth Africa: 14\nMalawi: 3",
            14,
            "South African peacekeepers",
        ),
        ("Casualties at Gettysburg\nUnion 3,155 killed, 14,531 wounded", 14531, "Union"),
        ("Rwanda has 4,000 soldiers in eastern Congo and the M23 perhaps 8,000.", 8000, "M23"),
        ("It had inflicted losses of up to 230 servicemen on five Ukrainian brigades over the day.", 230, "Ukrain"),
        ("Pakistan lost 11 soldiers and 40 civilians killed, and had 78 troops hurt.", 78, "Pakistani"),
        ("Yerevan acknowledged the deaths of 202 servicemen, and Baku 80.", 80, "Azerbaijani"),
        ("Hanoi admitted 900 killed, and Beijing 600.", 600, "Chinese"),
        ("The Taliban police acknowledged 16 dead.", 16, "people"),
        ("Kyiv says 50,000 troops are in Kursk, including the 11,000 sent by Pyongyang.", 11000, "North Korean"),
        (
            "In numbers.\nRussia's losses. Ukraine's General Staff: almost 40,000, of whom 16,100 killed.",
            16100,
            "Russian",
        ),
    ],
)
def test_whose(text: str, number: int, words: str) -> None:
    assert words in figure(text, number).subject.text


def test_what_stands_before_it_said_is_the_statement_and_names_no_speaker() -> None:
    text = (
        "South Korea's National Intelligence Service told lawmakers that about 600 North Koreans had been killed. "
        "North Korea has deployed about 15,000 troops to Russia in two rounds, it said."
    )
    assert [figure.parties for figure in extract(text).figures] == [("South Korea",), ("South Korea",)]


def test_a_tally_that_is_given_is_no_verb_of_saying() -> None:
    text = "President Zelensky gave a fresh tally. More than 3,000 of Kim Jong Un's men had been killed, he said."
    (figure,) = extract(text).figures
    assert [claimant.name for claimant in figure.claimants] == ["President Zelensky"]


@pytest.mark.parametrize(
    ("text", "number", "party"),
    [
        ("The M23 rebels have captured 23 soldiers this month, their spokesman said.", 23, "M23"),
        ("The M23 rebels have sent 300 fighters to Uvira, their command said.", 300, "M23"),
        ("The United Nations mission in Mali said that it had verified 37 deaths.", 37, "United Nations"),
        ("Chad's army has lost 15 soldiers in eastern Mali since May, it says.", 15, "Chad"),
        ("Russia has moved 900 soldiers to Mali, it said.", 900, "Russia"),
        (
            "The British-based Syrian Observatory said it had counted 12 dead in Idlib.",
            12,
            "Syrian Observatory for Human Rights",
        ),
        ("A Turkish-registered charity said it had counted 12 dead in Idlib.", 12, None),
        ("A rights group based in London said it had counted 12 dead in Idlib.", 12, None),
        ("At a news conference in Paris, the minister said 9 soldiers had died at Gao.", 9, None),
        ("Rebel leader Jean-Pierre Bemba said 40 soldiers had died.", 40, None),
        ("Addressing parliament in Ottawa, the minister said 12 soldiers had died in Kandahar.", 12, "Canada"),
        ("Speaking in Skopje, Nigeria's army chief said his men had lost 9 killed.", 9, "Nigeria"),
    ],
)
def test_a_pronoun_stands_for_who_is_told_of_not_for_where(text: str, number: int, party: str) -> None:
    assert [claimant.party for claimant in figure(text, number).claimants] == [party]


def test_an_article_at_the_head_of_a_sentence_makes_no_other_name() -> None:
    head = figure("The Border Monitor said that 31 soldiers had been killed.", 31)
    tail = figure("Some 31 soldiers have been killed, the Border Monitor said.", 31)
    assert head.parties == tail.parties


@pytest.mark.parametrize(
    ("text", "number", "party"),
    [
        ("India's retaliation killed more than 100 militants.", 100, None),
        ("Israel's bombardment killed 40 people in Tyre.", 40, None),
        ("Turkey's air force killed 30 fighters near Qandil.", 30, None),
        ("M23 denied that it had lost 40 men and said its fighters had captured 17 soldiers.", 17, None),
        ("Eritrean troops attacked Badme. A militia commander said his men had lost 12 killed.", 12, None),
        ("Renamo denied losing 30 men and said its guerrillas had killed 11 soldiers.", 11, None),
        ("Pyongyang's 300 men were killed.", 300, "North Korea"),
        ("Israel's military said 12 soldiers had been killed.", 12, "Israel"),
    ],
)
def test_who_strikes_owns_none_of_those_struck(text: str, number: int, party: str | None) -> None:
    assert figure(text, number).subject.party == party


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("The hospital logged eight dead and 27 wounded rebels.", 8, "rebels"),
        ("The attackers took 900 casualties in the first half of February.", 900, "attackers"),
        ("The National Guard's commander put its casualties since Wednesday at 420.", 420, "National Guard"),
        ("Sir Horace telegraphs that our casualties on the 24th amounted to 187.", 187, "our men"),
        ("Ankara announced the loss of 57 dead in both operations.", 57, "Turkish"),
        ("Three more died, bringing to 149 the number of government soldiers killed.", 149, "government soldiers"),
        ("The army said that 52 of its soldiers had been killed. It put the wounded at 402.", 402, "soldiers"),
    ],
)
def test_the_owner_of_a_loss_is_named_elsewhere(text: str, number: int, words: str) -> None:
    assert words in figure(text, number).subject.text


@pytest.mark.parametrize(
    ("text", "number", "party"),
    [
        ("The Arakan Army revised its toll for Tuesday's bombing of a ferry in Minbya to 58 killed.", 58, None),
        ("The Arakan Army put its own toll in the battle at 40 killed.", 40, "Arakan Army"),
        (
            "The RSF said they had killed 240 soldiers in a battle near Bara. The army said 35 of its soldiers died.",
            240,
            "Sudan",
        ),
    ],
)
def test_whose_the_dead_are_by_who_counts_them(text: str, number: int, party: str | None) -> None:
    assert figure(text, number).subject.party == party
