"""Forces that are somewhere and people who are lost, told without the usual verb; and what only looks like it."""

import pytest

from monitor.domain.claims import Status
from monitor.extract import extract


def told(text: str) -> list[tuple[str, int | None]]:
    """The asserted figures of a text: measure and number."""
    held = [f for f in extract(text).figures if f.status is Status.ASSERTED]
    return [(f.measure.value, f.quantity.low if f.quantity.low is not None else f.quantity.high) for f in held]


FIGURES = [
    # the place between the verb and the force, or before both
    ("By Christmas the Cubans had on the Cunene front 11,000 soldiers.", [("deployed", 11000)]),
    ("Turkey keeps in the north of the island some 30,000 soldiers.", [("deployed", 30000)]),
    ("In the valley stood 12,000 regulars.", [("deployed", 12000)]),
    # seen, reporting, put, standing
    ("About 600 fighters have shown themselves in the hills above Zabadani.", [("deployed", 600)]),
    ("An estimated 700 Wagner men have been spotted at the Bangui airport.", [("deployed", 700)]),
    ("Eleven hundred reservists reported for duty at Ramat David.", [("deployed", 1100)]),
    ("Nine hundred militiamen reported to the barracks in Dili.", [("deployed", 900)]),
    ("Five thousand soldiers have been put on the streets of Lima.", [("deployed", 5000)]),
    ("By Friday 2,200 Bersaglieri stood along the Isonzo.", [("deployed", 2200)]),
    ("The 400 men of the 3rd Battalion who marched into Suez at dawn found it empty.", [("deployed", 400)]),
    ("The old fort holds 300 Moroccan riflemen.", [("deployed", 300)]),
    # a strength set beside its people, a list of contingents
    ("First across the bridge were the Ghanaians, 320 of them.", [("deployed", 320)]),
    ("The Janjaweed, some 2,000 strong, camped at Kutum.", [("deployed", 2000)]),
    (
        "Multinational brigade, a year after its first loss: Portugal 330, Hungary 210.",
        [("deployed", 330), ("deployed", 210)],
    ),
    ("Spain has 900 men in Mali; its 650 at Koulikoro stay.", [("deployed", 900), ("deployed", 650)]),
    ("By dusk 6,000 marines had waded ashore at Inchon.", [("deployed", 6000)]),
    ("At Dien Bien Phu 10,800 are dug in.", [("deployed", 10800)]),
    ("Along the frontier there are today 16,000 foreign troops.", [("deployed", 16000)]),
    ("Some 260 paratroops jumped over the airfield at first light.", [("deployed", 260)]),
    # nobody knows
    ("Of 41 fishermen no sign has been seen.", [("missing", 41)]),
    ("Of the convoy 141 seamen were never seen again.", [("missing", 141)]),
    ("The list of the vanished has grown to 1,113.", [("missing", 1113)]),
    ("Nothing has been heard of 43 students since the night of the buses.", [("missing", 43)]),
    ("Some 340 Bosniaks who set off through the woods in July have not been heard from since.", [("missing", 340)]),
    ("At the roll-call next morning 212 did not answer.", [("missing", 212)]),
    # captives
    ("The reporters were shown 85 Libyans sitting in the sand.", [("captured", 85)]),
    ("Prisoners counted so far: 2,300.", [("captured", 2300)]),
    ("Some 5,000 of the enemy, all that was left of the division, laid down their arms.", [("captured", 5000)]),
    ("We have in our stockades 3,400 of their conscripts, the colonel boasted.", [("captured", 3400)]),
    ("Eleven airmen are prisoners in Hanoi.", [("captured", 11)]),
    ("Our lancers brought in 230 prisoners.", [("captured", 230)]),
    # the dead
    ("In all 39 villagers were put to the sword.", [("killed", 39)]),
    ("Twenty-six of the garrison met their end in the cellar.", [("killed", 26)]),
    ("Forty-eight lie in the base hospital with gas.", [("wounded", 48)]),
    ("Eighteen did not live to see the relief.", [("killed", 18)]),
    ("The fighting took 71 militiamen and 30 villagers with it.", [("killed", 71), ("killed", 30)]),
    ("He admitted that 12 of his had fallen at the ford.", [("killed", 12)]),
    ("Of its own dead the ministry in Yerevan has named 112.", [("killed", 112)]),
    ("The Mahdist dead counted on the field are 1,200.", [("killed", 1200)]),
    ("Yesterday's shelling accounted for 11 in the bazaar.", [("killed", 11)]),
    ("Five people are dead; the infirmary has treated over 90.", [("killed", 5), ("wounded", 90)]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_what_is_told_without_the_usual_verb(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert told(text) == expected


NOTHING = [
    "The museum has on display 1,500 soldiers made of tin.",
    "The company has in its books 1,150 Canadians.",
    "Some 120 tourists were seen at the monuments.",
    "Three hundred students reported to the office.",
    "Some 500 pilgrims reported to the border post.",
    "The survivors, 80 of them, were given soup.",
    "First home were the Kenyans, 12 of them in the top twenty.",
    "The choir, 60 strong, sang in the camp.",
    "The museum reported 170,000 objects missing.",
    "The 16 Bihar and 3 Punjab have been at the river since spring.",
    "The militia boasts of 33 friends in the valley.",
    "The clinic treated 300 children for malaria.",
    "The operation took 300 men to Berlin.",
    "The theatre holds 900 people, the fort 40.",
    "The goal killed off the hosts, and four of them wept.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_looks_like_it_and_is_none(text: str) -> None:
    assert told(text) == []


SOURCES = [
    ("The panel holds that 2,900 soldiers were killed.", ("panel",)),
    ("The Mahdist dead counted on the field are 1,200.", ()),
    ("Prisoners counted so far: 2,300.", ()),
    ("It has 1,000 soldiers in Syria, an official said on terms that he not be named.", ("official",)),
]


@pytest.mark.parametrize(("text", "names"), SOURCES)
def test_who_is_counted_counts_nobody(text: str, names: tuple[str, ...]) -> None:
    (figure,) = extract(text).figures
    assert len(figure.claimants) == len(names)
    assert all(name in claimant.name for name, claimant in zip(names, figure.claimants, strict=True))
