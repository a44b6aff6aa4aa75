"""What stands beside a number: taken alive, "no deaths and", camps, wishes, promises, exercises, films told before."""

import pytest
from extractkit import held_in_words

from monitor.domain.claims import Status
from monitor.extract import extract

FIGURES = [
    # taken alive
    ("The army killed 40 rebels in May and took 19 alive.", ["captured 19", "killed 40"]),
    ("Troops took 19 alive.", ["captured 19"]),
    ("Security forces killed 93 bandits and took 19 of them alive.", ["captured 19", "killed 93"]),
    # nobody dead, and yet some hurt
    ("The minister reported no deaths and 11 wounded among the gendarmes.", ["wounded 11"]),
    # the object of one verb, the subject of the next
    ("Police arrested 45 protesters, and 12 officers were slightly injured.", ["wounded 12"]),
    ("Police said they had detained 300 men and 12 officers were hurt.", ["wounded 12"]),
    ("The army evacuated the 45 villagers and 12 soldiers were killed in the operation.", ["killed 12"]),
    ("The navy stopped 45 fishermen, and nine sailors were wounded.", ["wounded 9"]),
    ("The police caught 45 men and 12 officers were hurt.", ["wounded 12"]),
    ("Police are holding 45 people and 12 officers were hurt.", ["wounded 12"]),
    ("A survey found 45 people and 12 soldiers had died.", ["killed 12", "killed 45"]),
    ("45 protesters and 12 officers were injured.", ["wounded 12", "wounded 45"]),
    ("The army recognized that two soldiers and four civilians had died.", ["killed 2", "killed 4"]),
    ("The ministry confirmed 45 soldiers and 12 civilians were killed.", ["killed 12", "killed 45"]),
    ("It emerged 45 soldiers and 12 civilians were killed.", ["killed 12", "killed 45"]),
    ("When the bridge collapsed 45 workers and 12 soldiers were killed.", ["killed 12", "killed 45"]),
    ("In fighting that followed 45 soldiers and 12 civilians were killed.", ["killed 12", "killed 45"]),
    ("The rebels attacked and 45 soldiers and 12 civilians were killed.", ["killed 12", "killed 45"]),
    ("An estimated 45 soldiers and 12 civilians were killed.", ["killed 12", "killed 45"]),
    ("None of the 12 soldiers and 40 civilians was hurt, the governor said.", []),
    ("None of the 12 soldiers or 40 civilians aboard was killed.", []),
    ("Neither the 12 soldiers nor the 40 civilians were hurt in the blast.", []),
    ("None of the 12 soldiers was hurt and 40 civilians were killed in the blast.", ["killed 40"]),
    ("None of the attackers was caught, and 40 civilians were killed.", ["killed 40"]),
    ("Neither side gave way; 12 soldiers and 40 civilians were killed.", ["killed 12", "killed 40"]),
    ("The army reported no dead and 11 wounded in the attack.", ["wounded 11"]),
    # a verb among the labels of a row
    ("Enemy: dead 922, prisoners 765, surrendered 179", ["captured 179", "captured 765", "killed 922"]),
    # people in camps, beside camps
    ("The number of soldiers in the camps rose to 24,000.", ["deployed 24000"]),
    ("The number of dead in the camps rose to 240.", ["killed 240"]),
    ("The number of battalions in the east rose to 40.", ["deployed 40"]),
    # condemned, and dead
    ("The number of people killed since the coup rose to 139.", ["killed 139"]),
    # who stays is there
    ("Some 2,400 Cuban soldiers remain in Angola.", ["deployed 2400"]),
    ("Of the Cuban troops 2,400 stayed in Angola.", ["deployed 2400"]),
    # parts of a force that is there
    ("Rebels captured 300 of the 2,500 soldiers that were sent there.", ["captured 300", "deployed 2500"]),
    # of whom so many fell, and how a group's own name counts its men
    (
        "Some 2,700 Libyans were flown in to save Amin, of whom 600 fell at Lukaya.",
        ["deployed 2700", "killed 600"],
    ),
    ("Some 900 soldiers came, of whom 40 fell at the bridge.", ["killed 40"]),
    ("The LTTE attacked the camp. The army said 241 Tigers fell in the assault.", ["killed 241"]),
    # whom a hospital is treating
    ("A bomb hit the market. A hospital in Goma says it is treating eleven.", ["wounded 11"]),
    ("A bomb hit the market. Hospitals in the town are treating 40.", ["wounded 40"]),
    # sent elsewhere than to the exercise
    ("NATO held an exercise on Monday. Germany sent 800 soldiers to Mali.", ["deployed 800"]),
    ("NATO held an exercise on Monday. Germany has 800 soldiers in Mali.", ["deployed 800"]),
    ("NATO held an exercise on Monday. A blast killed 12 soldiers in Mali.", ["killed 12"]),
    ("Russia held a parade on Monday. Ukraine sent 800 soldiers into Kursk.", ["deployed 800"]),
    # no scene of a film
    ("The film crew was attacked on Monday. Gunmen killed nine of them.", ["killed 9"]),
    ("The film about the war is on. In the same town 40 soldiers died.", ["killed 40"]),
    ("The raid was the worst. In the same scene of horror 40 soldiers died.", ["killed 40"]),
    ("A play about the war was on when a shell hit the theatre and killed 40 people.", ["killed 40"]),
]

NOTHING = [
    "Rescuers found 19 alive.",
    "No soldiers and no civilians were killed.",
    "There was no fighting and 11 soldiers came home.",
    "The battalion fought on, surrendered 179 posts and fled.",
    "The number of makeshift camps rose from 142 to 246.",
    "The number of military bases rose to 24.",
    "The number of posts along the border was put at 31.",
    "The number of people condemned to die since the coup rose to 139.",
    "The number of people sentenced to death has risen to 139.",
    "Forty rockets were fired, of which 13 fell on the suburbs.",
    "Some 900 villagers fled, of whom 40 fell ill.",
    "Some 900 soldiers came, of whom 40 fell ill.",
    "Sri Lanka's zoo lost two tigers.",
    "A bomb hit the market. A hospital in Goma is treating 40 for malaria.",
    "A clinic in Goma is treating 40 dogs.",
    "The last prisoners crossed the river on Friday. Some 2,400 have asked to stay in Paraguay.",
    "Some 500 of the refugees hoped to remain in Chad.",
    "More than 14,000 troops opened their yearly exercise. Japan is sending 150 observers and Australia 260 soldiers.",
    "The film about Grammos runs for two hours. In its best scene a shepherd leads 40 guerrillas and loses nine.",
]


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_the_words_beside_a_number_tell_what_became_of_its_people(text: str, figures: list[str]) -> None:
    assert held_in_words(text) == figures


@pytest.mark.parametrize("text", NOTHING)
def test_the_words_beside_a_number_tell_that_nothing_did(text: str) -> None:
    assert held_in_words(text) == []


@pytest.mark.parametrize(
    "whole",
    [
        "of the 2,500 officers that were promised to it",
        "of the 2,500 officers it was promised",
        "of the 2,500 soldiers authorised by the council",
        "of the 2,500 soldiers that it needs",
    ],
)
def test_the_whole_that_was_promised_is_a_plan_and_its_part_is_there(whole: str) -> None:
    figures = extract(f"The mission has only 800 {whole}.").figures
    assert [(f.quantity.number, f.status) for f in figures] == [(800, Status.ASSERTED), (2500, Status.PLANNED)]
