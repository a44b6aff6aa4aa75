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
