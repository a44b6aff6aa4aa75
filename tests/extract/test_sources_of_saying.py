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
        ('"Some 20 are dead," a nurse told AFP on condition of anonymity, adding that 40 were hurt.', 20, "nurse"),
        ("At least 20 people were killed, local media reported, in what was called an accident.", 20, "local media"),
        ("The raid left 18 troops dead, and the army has since said it will pull back.", 18, ""),
        ("The group claimed responsibility for the blast, which killed 12 soldiers.", 12, ""),
        ("President Rossi mourned the 13 soldiers killed in the crash.", 13, ""),
        ("The navy chief denied the loss of a ship but conceded 48 deaths.", 48, "navy chief"),
        ("Rebels claim, and the army denies, that 44 soldiers were killed.", 44, "rebels"),
        ("General Ruiz raged on Telegram that 77 men had died for want of shells.", 77, "ruiz"),
        ("The general was blunt: his brigade had lost 300 men.", 300, "general"),
        ("The families' association has a list of 67 missing soldiers.", 67, "association"),
        ("The minister blamed rebels in a speech carried by state radio. He put the dead at 35.", 35, "minister"),
        ("Fourteen officers had been killed, Yonhap quoted a government source as saying.", 14, "government source"),
        ("Reuters, citing the defence ministry, put the number of missing at 900.", 900, "defence ministry"),
        ("Seoul's defence ministry corrected its estimate of the dead from 1,100 to 1,400.", 1400, "seoul"),
    ],
)
def test_the_source(text: str, number: int, names: str) -> None:
    claimants = " | ".join(claimant.name for claimant in figure(text, number).claimants).lower()
    assert names in claimants
    assert names or not claimants


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
