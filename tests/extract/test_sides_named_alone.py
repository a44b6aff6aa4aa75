"""Whose and who says so where a text names sides by their own nouns, and sources by what they keep or find."""

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def figure(text: str, number: int) -> Figure:
    """The figure of a text with this number at either end."""
    return next(f for f in extract(text).figures if number in {f.quantity.low, f.quantity.high})


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("The attackers lost 40 men before they broke off; the garrison had 11 killed and 23 wounded.", 23, "garrison"),
        ("The defenders, most of them students, lost 60 dead, while the attackers admitted to nine.", 60, "defenders"),
        ("The defenders, most of them students, lost 60 dead, while the attackers admitted to nine.", 9, "attackers"),
        ("The storming party took 900 casualties and the defenders fewer than 400.", 400, "defenders"),
        ("Ukraine's General Staff said the enemy lost 980 personnel over the past day.", 980, "enemy"),
        ("We lost 14 men at the bridge, the communique of the Northern Front said.", 14, "our men"),
        ("Captain Low writes that our casualties on the 4th amounted to 187 killed.", 187, "our men"),
        ("The raiders came at night. They lost four and fled.", 4, "raiders"),
        ("On our side there were five wounded.", 5, "our side"),
        ("The home guard's commander put its losses since Monday at 420 men.", 420, "home guard"),
        ("Rebels ambushed a column of the Nigerien army near Ayorou; 29 were killed.", 29, "Nigerien army"),
        ("Masked men fired on a convoy of gold miners, leaving 37 dead.", 37, "miners"),
        ("Twelve Fijian and four Irish peacekeepers were wounded by shellfire.", 12, "Fijian peacekeepers"),
        ("Two members of the territorial defence were killed.", 2, "members of the territorial defence"),
        ("The hospital logged eight dead and 27 wounded rebels.", 8, "rebels"),
        ("Kabul said 58 Pakistani soldiers died and 20 of its own.", 20, "Afghan"),
        ("A Nigerian contingent of the ECOMOG force lost 60 men.", 60, "Nigerian"),
        ("German losses were 5,200 killed, the British 7,300 killed.", 7300, "British"),
        ("Ankara announced the loss of 57 dead.", 57, "Turkish"),
        ("Government forces in Bouake lost 60 men.", 60, "Government forces"),
        ("Their losses were 300 dead, ours 40, the Greek staff said.", 40, "Greek"),
        ("Tehran said 63 of its men died; the Baluch rebels put it at 90 and admitted losing 12.", 12, "Baluch rebels"),
        ("Sri Lanka's army has 40,000 troops in Jaffna and the Tigers have 6,000.", 6000, "Tigers"),
        ("Njuki fighters attacked Lari overnight. They lost six men.", 6, "fighters"),
        # a speaker of whom only the name is known tells of its own, not of the side told of before
        ("Portuguese forces attacked Guileje. The PAIGC said it had lost seven men.", 7, "PAIGC"),
        ("Turkish forces landed. The National Guard said its troops had lost 40 men.", 40, "National Guard troops"),
        (
            "Turkish troops lost 12 men. The National Guard said seven of its soldiers died.",
            7,
            "National Guard soldiers",
        ),
        ("Chinese troops crossed the border at Lang Son. The local militia said it had lost 14.", 14, "local militia"),
        ("French paratroops landed. The mutineers' commander said his men had lost 60.", 60, "mutineers"),
        ("Sudanese troops attacked Kauda. The Nuba fighters said they had lost nine men.", 9, "Nuba fighters"),
        ("Ukrainian forces retreated. Officials said they had lost 40 men.", 40, "Ukrainian"),
        ("At the cost of six of their own, the insurgents overran the post.", 6, "insurgents"),
        (
            "Congo has 4,000 men in a drive which vowed to finish the M23, and which has killed 567 of them.",
            567,
            "M23",
        ),
        (
            "The 1st Guards Division has reached the pass. A spokesman gave its losses as 2,487.",
            2487,
            "Guards Division",
        ),
        ("At least 50 of the elite 76th Guards were wiped out.", 50, "76th Guards"),
        ("The rebels killed nine soldiers, and lost two of their own, the governor said.", 2, "rebels"),
        ("The Israeli army said it had killed 20 gunmen. Two of its soldiers died.", 2, "Israeli"),
        ("Reports speak of 60 dead among the garrison.", 60, "garrison"),
        ("The ministry says enemy losses were 260 servicemen.", 260, "enemy"),
        ("The coalition killed 115 Houthis; the Houthis said 22 of the dead were civilians.", 22, "civilians"),
        ("Passengers: 39 killed, 90 rescued.", 39, "Passengers"),
        ("Casualties: Security forces 12 dead; Militants 27 dead; Civilians 5 dead.", 27, "Militants"),
        ("Two bombs killed 114, the minister said, after twenty patients died; over 290 were hurt.", 290, "people"),
    ],
)
def test_whose(text: str, number: int, words: str) -> None:
    assert words in figure(text, number).subject.text


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        ("Police have now accounted for 74 dead in the valley.", 74, ["Police"]),
        ("The Red Cross picked up 48 bodies.", 48, ["Red Cross"]),
        ("Deputy Governor Bello, after a visit to the Emir, put the dead at 29.", 29, ["Deputy Governor Bello"]),
        ("Five soldiers were killed on Monday, the Turkish Armed Forces (TAF) said.", 5, ["Turkish Armed Forces"]),
        ("Chad and Niger have issued a joint statement saying they killed 100 militants.", 100, ["Chad", "Niger"]),
        (
            "The archbishop's legal aid office won't be hurried. Its list has the names of 716 dead.",
            716,
            ["legal aid office"],
        ),
        ("Moscow keeps 70,000 men in the republic, a figure that the minister gave to the Duma.", 70000, ["minister"]),
        ("Reuters could not independently verify the toll of 84 given by the ministry.", 84, ["ministry"]),
        ("Four New Army (NA) fighters were killed on Friday.", 4, []),
        ("According to papers in the town archive, Army Group Centre lost 35,000 men.", 35000, ["town archive"]),
        ("LTTE losses, in the army's estimation, are not less than 900.", 900, ["army"]),
        ("The 18th Front attacked a police post, leaving nine policemen dead.", 9, []),
        ("In Beni the toll is 27, in Oicha 14.", 27, []),
        ("From London: the Admiralty announces the loss of 833 officers and men.", 833, ["Admiralty"]),
        ("No one has claimed the bombing, which left 31 worshippers dead.", 31, []),
        ("A leaked cable says embassy staff believed 10,000 had died.", 10000, ["embassy staff", "leaked cable"]),
        ("The ministry has issued permits; the UN, quoting both, lists 9,000 people as missing.", 9000, ["UN"]),
        ("Reuters, citing the interior ministry, put the dead at 31.", 31, ["interior ministry"]),
        ("Ten policemen were killed when Maoists overran a post; 25 rebels also died.", 25, []),
    ],
)
def test_who_says_so(text: str, number: int, names: list[str]) -> None:
    claimants = [claimant.name for claimant in figure(text, number).claimants]
    assert len(claimants) == len(names)
    assert all(name in claimant for name, claimant in zip(names, claimants, strict=True))


def test_diplomats_in_a_capital_do_not_speak_for_its_state() -> None:
    (claimant,) = figure("The rebels lost 300 men, diplomats in Khartoum say.", 300).claimants
    assert claimant.party == "unattributed"
