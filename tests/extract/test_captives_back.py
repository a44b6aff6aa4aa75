"""Captives who came back are none, however far their return stands behind their capture."""

import pytest

from monitor.extract import extract

BACK = [
    "Some 60 Ukrainian soldiers whom Russia had held since Mariupol were handed back.",
    "The 90 men, captured in the fall of Aleppo, have been exchanged.",
    "The 43 soldiers, whom the rebels had held for two years, were returned on Monday.",
    "The 31 policemen captured by the guerrillas in Cauca, some of them wounded, were released on Tuesday.",
    "The 16 sailors captured in the strait by the Houthis, most of them Filipinos, walked free.",
    "The 18 miners kidnapped in Zamfara regained their freedom.",
    "Forty soldiers captured at Kidal are back with their units.",
    "Nine Turks seized in Libya in June have flown home.",
]
STILL_HELD = [
    ("Some 60 soldiers captured at Mariupol were taken to Russia.", [60]),
    ("The 43 soldiers, whom the rebels had captured in May, are still held.", [43]),
    ("The 90 men, captured in Aleppo, have not been exchanged.", [90]),
    ("The 60 soldiers captured in May have not been released.", [60]),
    ("The rebels captured 12 soldiers, who were returning from leave.", [12]),
    ("Gunmen abducted 27 girls, whose sisters were released last year.", [27]),
    ("Rebels captured 60 soldiers, and the bodies of nine were returned.", [60]),
    ("Rebels captured 40 soldiers in Gao, and 12 hostages were freed.", [40]),
    ("Forty soldiers captured at Kidal were shown on television, a day after others were released.", [40]),
    ("Twelve soldiers captured near Gao were paraded before the rebels returned to their camp.", [12]),
    ("The 31 policemen captured in Cauca, whose families were released, are alive.", [31]),
]


@pytest.mark.parametrize("text", BACK)
def test_who_came_back_is_no_captive(text: str) -> None:
    assert not extract(text).figures


@pytest.mark.parametrize(("text", "told"), STILL_HELD)
def test_who_has_not_come_back_is_captured(text: str, told: list[int]) -> None:
    assert [f.quantity.low for f in extract(text).figures if f.measure == "captured"] == told
