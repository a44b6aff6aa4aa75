"""A body that no lexicon has is one party, whoever speaks for it and with whatever article."""

import pytest

from monitor.extract import extract


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The Northern Peace Network said 40 villagers were killed.", "Northern Peace Network"),
        ("Northern Peace Network says 40 villagers were killed.", "Northern Peace Network"),
        ("Forty villagers were killed, Northern Peace Network director Amina Rasouli said.", "Northern Peace Network"),
        (
            "Ko Min, a spokesman for the Karen Relief Committee, said 40 villagers were killed.",
            "Karen Relief Committee",
        ),
        ("Forty villagers were killed, a spokesman for the rescue teams said.", "spokesman for the rescue teams"),
    ],
)
def test_a_body_is_one_party(text: str, party: str) -> None:
    (figure,) = extract(text).figures
    assert figure.parties == (party,)
