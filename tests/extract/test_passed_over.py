"""What stands between people and their predicate, or looks like one: parts, asides, lists, split verbs, labels."""

import pytest
from extractkit import held_in_words

READ = [
    # the verb of a part is not that of the whole
    ("Its losses between the 1st and the 4th came to 2,487, of whom 361 were killed.", "casualties 2487, killed 361"),
    ("Over 12 days 7,960 fighters, 664 women and 175 wounded had been taken off.", "wounded 175"),
    # several kinds of people under one number
    ("Over 270 officers and men are returned as missing.", "missing 270"),
    ("Bangkok has 60,000 soldiers, rangers and paramilitaries there.", "deployed 60000"),
    ("The blast killed 12 soldiers and civilians were evacuated.", "killed 12"),
    # an aside that names a part
    ("Officials reported 12 civilians, two of them children, dead in one strike.", "killed 12, killed 2"),
    ("The rebels, about 350 of them, defend the bridge.", "deployed 350"),
    # listed as, or coming as
    ("The UN lists 9,000 people as missing.", "missing 9000"),
    ("The paper lists 493 civilians and terrorists as killed and says so twice.", "killed 493"),
    ("Some 1,250 soldiers trooped out with their hands on their heads.", "captured 1250"),
    ("One pilot is in Palestinian hands.", "captured 1"),
    ("His men had caught nine Russians at Pushghor.", "captured 9"),
    # with the dead, of whom nothing else is told
    ("There were 263 militants dead, with 31 civilians.", "killed 263, killed 31"),
    ("Asmara has put thousands of the Weyane out of action.", "casualties 2000"),
    ("The hospital logged eight dead and 27 wounded rebels.", "killed 8, wounded 27"),
    ("A mortar killed 25 people who thought it was safe.", "killed 25"),
    ("Some 1,066 soldiers had received bullet or splinter injuries.", "wounded 1066"),
    ("Fifty others lie wounded and a score are missing.", "missing 20, wounded 50"),
    ("Nearly 60 bodies lie unclaimed in the morgue.", "killed 60"),
    ("The raid killed 13 village defence volunteers.", "killed 13"),
    # idioms of dying, being taken and being lost
    ("Fourteen jawans attained martyrdom at Galwan.", "killed 14"),
    ("Twelve of the crew never made it off the ship.", "killed 12"),
    ("Three hundred Iraqis threw down their weapons and walked over.", "captured 300"),
    ("The whereabouts of 15 of the patrol is not known.", "missing 15"),
    ("Twelve of the platoon were killed.", "killed 12"),
    ("Relatives have registered 400 people as lost.", "missing 400"),
    ("About 250 are still somewhere under the mud.", "missing 250"),
    ("Casualties on both sides exceed 500.", "casualties 500"),
    ("Some 40 Frenchmen were killed or disabled.", "casualties 40"),
    ("The Guards' casualty list runs to a thousand.", "casualties 1000"),
    ("Three Naxals were killed, two INSAS recovered.", "killed 3"),
    # lakhs
    ("Over 3.5 lakh security men are deployed in the Valley.", "deployed 350000"),
    ("Over 3,50,000 soldiers are deployed in the Valley.", "deployed 350000"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_the_predicate_is_found_past_what_stands_between(text: str, expected: str) -> None:
    assert held_in_words(text) == sorted(expected.split(", "))


CLEAN = [
    "What the wounded need is not flour but latrines, 6,000 of them.",
    "The state announced an ex gratia of 10 lakh for the kin of each of the dead.",
    "The storm caught 300 soldiers in the open.",
    "A score of members are missing the vote.",
    "The dispute involved 12 police cars the next day.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_counts_nobody_gives_no_figure(text: str) -> None:
    assert held_in_words(text) == []
