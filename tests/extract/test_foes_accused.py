""" "The rebels" stand for the one armed group of a text, but never for the group that they tell of."""

import pytest

from monitor.extract import extract

OTHERS = [
    "The rebels accused the RSF of killing 40 civilians in Darfur.",
    "A rebel spokesman said the RSF had killed 14 villagers.",
    "Militia fighters said Boko Haram had shot dead 31 farmers.",
    "The militants said a Hezbollah rocket had killed four of them.",
    "The insurgents say Wagner executed 60 villagers in Moura.",
    "The rebels said that the RSF lost 40 men.",
    "Militants said 14 people were killed by Hamas.",
    "Guerrillas accused the ELN of abducting 12 farmers.",
]
THEMSELVES = [
    ("A Taliban bomb killed 12 soldiers, the militants said.", "Taliban"),
    ("A Hezbollah rocket wounded 4 soldiers, a militant commander said.", "Hezbollah"),
    ("Boko Haram fighters killed 14 soldiers, the insurgents said in a video.", "Boko Haram"),
    ("M23 took Goma. The rebels said 12 of their men had been killed.", "M23"),
    ("The FARC attacked a base. The guerrillas said they killed 14 policemen.", "FARC"),
    ("The rebels said they had killed 31 soldiers, the M23 spokesman told Reuters.", "M23"),
    ("The rebels said 12 of their men died when M23 took Goma.", "M23"),
    ("Officials blamed al-Shabab for the bombing. The militants said 14 soldiers had died.", "al-Shabaab"),
    ("M23 entered Goma. The rebels said M23 had lost 12 men.", "M23"),
    ('"Hamas has killed 30 soldiers," the militants said.', "Hamas"),
]


@pytest.mark.parametrize("text", OTHERS)
def test_nobody_speaks_for_the_group_that_he_accuses(text: str) -> None:
    (figure,) = extract(text).figures
    assert [one.party for one in figure.claimants] == [None]


@pytest.mark.parametrize(("text", "group"), THEMSELVES)
def test_fighters_speak_for_the_only_group_named(text: str, group: str) -> None:
    (figure,) = extract(text).figures
    assert group in {one.party for one in figure.claimants}
