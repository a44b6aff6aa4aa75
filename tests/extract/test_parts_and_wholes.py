"""Parts and wholes, what becomes of captives, and numbers of people to whom nothing happened."""

import pytest

from monitor.domain.claims import Status
from monitor.extract import extract


def read(text: str) -> list[tuple[str, int]]:
    """Measure and number of every figure held to be true."""
    figures = extract(text).figures
    return sorted((f.measure.value, f.quantity.number) for f in figures if f.status is Status.ASSERTED)


READ = [
    # a participle with a date behind it is no active verb
    ("The centre has recorded 5,350 civilians killed since the coup.", "killed 5350"),
    ("The group has counted 812 people wounded since the truce.", "wounded 812"),
    # killed and wounded in one, whoever they are
    ('The group said it had "killed or wounded more than 30 apostates".', "casualties 30"),
    # what becomes of captives outweighs that they are captives
    ("The rebels said that 214 hostages, all soldiers, had been put to death.", "killed 214"),
    ("Forty prisoners died in the camp.", "killed 40"),
    ("The militia holds 40 hostages in the hills.", "captured 40"),
    ("Some 11,000 of the garrison, a third of them hurt, marched off into captivity.", "captured 11000"),
    (
        "Their losses are put at 250 dead, and about 1,400 prisoners are held.",
        "captured 1400, killed 250",
    ),
    # parts with a state of their own
    ("The army had 57,470 casualties, 19,240 of them fatal.", "casualties 57470, killed 19240"),
    ("The blast wounded 40, six of them fatally.", "killed 6, wounded 40"),
    ("Seven of the crew were found alive, 33 are missing.", "missing 33"),
    ("Nairobi has lifted its contingent to 600 of the 2,500 that the mission is meant to have.", "deployed 600"),
    ("The brigade holds the pocket with perhaps 10,000 men.", "deployed 10000"),
]

CLEAN = [
    "There were 40 crashes last year, six of them fatal.",
    "Police recorded 120 shootings in the city, 30 of them fatal.",
    "The study gave a confidence interval of 55,298 to 78,525 deaths.",
    "The regiment, raised in 1815, recruits 300 men a year from the hills.",
    "He was prisoner number 46664 and spent 27 years in jail.",
    "The battalion's cook peels 90 kilos of potatoes for 800 men a day.",
    "Volunteers buried 40,000 tulip bulbs in memory of the fallen.",
    "The peace deal lets 1,200 former rebels join the army.",
    "Of the 98 hostages still in Gaza, about half are alive.",
    "The company sacked 4,000 workers and shut down six plants.",
    "Doctors without pay since May: 600 of them struck on Monday.",
    "The crash closed the road for 11 hours; 4 lanes were hit.",
]


@pytest.mark.parametrize(("text", "figures"), READ)
def test_parts_and_captives(text: str, figures: str) -> None:
    wanted = sorted((part.split()[0], int(part.split()[1])) for part in figures.split(", "))
    assert read(text) == wanted


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_happened_to_them(text: str) -> None:
    assert read(text) == []
