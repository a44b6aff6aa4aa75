"""Whose losses, and who tells of them: prices paid, sides of rows, forces by number, heads of bulletins, certainty."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def read(text: str, number: int) -> Figure:
    """The one figure of that number."""
    return next(f for f in extract(text, published=date(2025, 2, 1)).figures if f.quantity.number == number)


WHOSE = [
    # whoever does the harm pays its price
    ("Security forces killed 93 bandits, against losses of their own of 31 killed.", 31, "Security forces"),
    ("Security forces killed 93 bandits against losses of 31 killed and 28 wounded.", 28, "Security forces"),
    ("The army says it has killed 300 rebels at a cost of 40 dead and 12 missing.", 40, "army"),
    ("The army says it killed 300 rebels at the cost of 40 dead.", 40, "army"),
    (
        "Saigon says that it has killed 13,636 of the enemy, at a cost of 1,146 dead and 245 missing.",
        1146,
        "South Viet",
    ),
    ("Russia killed 40 Ukrainians for the loss of 12 men.", 12, "Russian"),
    # whose losses are given
    ("Indian headquarters gave its losses in the taking of Goa as 22 killed and 54 wounded.", 22, "Indian"),
    ("Indian headquarters gave its losses in the taking of Goa as 22 killed and 54 wounded.", 54, "Indian"),
    ("Kenya gave its losses in the battle as 22 killed.", 22, "Kenyan"),
    # sides of rows
    ("Enemy: dead 922, prisoners 765, surrendered 179", 765, "Enemy"),
    ("National Army: dead 243, wounded 1,452, missing 11", 1452, "National Army"),
    # forces by their number
    ("Azerbaijan lost 20 men. The Russian mission, 1,960 strong, mans 27 posts.", 1960, "Russian mission"),
    ("Spain lost 61 men. The irregulars who ring the town are thought to number 2,000.", 2000, "irregulars"),
    ("Spain lost 61 men. The rebels around the town number 2,000.", 2000, "rebels"),
    # "our" of who issues the text
    ("Communiqué No. 412 of the Russian command: A day passed. Our losses were 311 dead.", 311, "Russian"),
    # both verbs are the army's
    ("Chad's army reported 217 rebels killed and admitted to 5 dead and 36 wounded.", 5, "Chadian"),
    ("Chad's army reported 217 rebels killed and admitted to 5 dead.", 217, "rebels"),
    ("Chad's police reported 217 arrests and admitted to 5 dead.", 5, "people"),
    ("The spokesman said: enemy casualties 45 dead, 12 captured.", 45, "enemy"),
    ("The Malian army said: enemy losses: 45 killed; own losses: 3 killed, 7 wounded.", 45, "enemy"),
    ("The Malian army said: enemy losses: 45 killed; own losses: 3 killed, 7 wounded.", 7, "Malian"),
    ("The Malian army said: enemy casualties 45 dead, friendly casualties 3 dead.", 3, "Malian"),
    # look-alikes: nobody else's become their own
    ("Security forces killed 93 bandits in January.", 93, "bandits"),
    ("Kenya put its losses at 22 killed, and 40 people were hurt in the town.", 40, "people"),
    ("Kenya's army put the rebels' losses in the battle at 22 killed.", 22, "rebels"),
    ("The UN put its estimate of losses in the battle at 22 killed.", 22, "people"),
    ("The army revised its toll for the bombing of a ferry to 58 killed.", 58, "people"),
    ("The storm killed 40 people at a cost of 12 million dollars.", 40, "people"),
    ("Health ministry: dead 243, wounded 1,452", 243, "people"),
    ("Army: 12 dead in clash", 12, "people"),
    ("Rebels: killed 40, captured 12", 40, "people"),
    ("The French force, 1,960 strong, lies in the north.", 1960, "French force"),
    ("The French troops in Mali number 2,000.", 2000, "French troops"),
    ("The Ulster police told of bombs. The IRA let off 22 bombs in Belfast, killing nine.", 9, "people"),
]


@pytest.mark.parametrize(("text", "number", "whose"), WHOSE)
def test_whose_the_losses_are(text: str, number: int, whose: str) -> None:
    assert read(text, number).subject.text.startswith(whose)


SOURCES = [
    # certainty is told
    ("A rights worker is sure of 500 bodies there.", 500, ["rights worker"]),
    ("The doctor is certain that 40 people died.", 40, ["the doctor"]),
    ("The mayor was convinced that 40 people had died.", 40, ["the mayor"]),
    ("The ministry holds to its figure of 169 dead.", 169, ["the ministry"]),
    # behind an aside, at the end of the sentence, by an account
    ("American officers, who asked not to be named, put losses at 7,000 men.", 7000, ["American officers"]),
    ("Officials, who declined to be named, put the dead at 700.", 700, ["Officials"]),
    ("Some 500 people have died, researchers at Ghent University estimate.", 500, ["researchers at Ghent University"]),
    ("The gunmen killed 90 soldiers by a security source's estimate.", 90, ["security source"]),
    ("The gunmen killed 90 soldiers, by an army officer's reckoning.", 90, ["army officer"]),
    # the head of a bulletin speaks for its rows and sentences
    ("From the General Staff's bulletin on Grammos:\nEnemy: dead 922, prisoners 765", 922, ["the General Staff"]),
    ("Communiqué No. 412 of the Russian command: A day passed. We have 311 dead.", 311, ["Russian command"]),
    # look-alikes: nobody claims these
    ("It is certain that 40 people died.", 40, []),
    ("The army made sure that 40 rebels were killed.", 40, []),
    ("Nobody is sure that 40 people died.", 40, []),
    ("They were never certain of victory, and 40 people died.", 40, []),
    ("The rebels held to 12 villages while 40 people died.", 40, []),
    ("Prisoners who asked not to be named, put in cells, were 40 dead by May.", 40, []),
]


@pytest.mark.parametrize(("text", "number", "claimants"), SOURCES)
def test_who_tells_of_them(text: str, number: int, claimants: list[str]) -> None:
    assert [one.name for one in read(text, number).claimants] == claimants


def test_the_head_of_a_bulletin_is_no_town() -> None:
    figures = extract("ENEMY LOSSES: 45 killed, 12 captured. OWN LOSSES: 3 killed, 7 wounded.").figures
    assert {f.place for f in figures} == {None}
    (town,) = extract("BAMA: Gunmen killed 12 people.").figures
    assert town.place == "Bama"
