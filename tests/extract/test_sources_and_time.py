"""Phrases of time and other things beside a source or a figure don't lead astray."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def figures(text: str) -> tuple[Figure, ...]:
    return extract(text, published=date(2025, 1, 17)).figures


def test_all_three_of_other_things_stands_for_no_soldiers() -> None:
    text = (
        "Ukraine showed a video of two captured North Korean soldiers.\n\nOn Friday, too, Iran became the latest "
        "country to sign a treaty with Russia, after China and North Korea. Washington counts all three as adversaries."
    )
    assert [figure.quantity.low for figure in figures(text)] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine's president, Volodymyr Zelensky, said earlier in the week that 3,000 North Koreans had been killed.",
        "Earlier in the week Mr Zelensky said 3,000 North Korean troops had been killed or wounded in Kursk.",
        "President Zelensky earlier in the week put North Korean losses in Kursk at 3,000.",
    ],
)
def test_a_time_beside_the_verb_of_saying_is_no_source(text: str) -> None:
    (one,) = figures(text)
    assert one.parties == ("Ukraine",)


def test_officials_of_a_kind_are_a_party_of_their_own() -> None:
    (one,) = figures("About 4,000 North Korean soldiers have been killed or wounded, Western officials told the BBC.")
    assert one.parties == ("Western officials",)


def test_an_agency_speaks_for_the_state_whose_capital_it_speaks_in() -> None:
    (one,) = figures("In Seoul, the spy agency said on Monday that 300 North Korean soldiers had been killed.")
    assert one.parties == ("South Korea",)
