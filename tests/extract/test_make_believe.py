"""What isn't told as having happened, or not to people: games, works and politics; and what only looks like it."""

import pytest

from monitor.extract import extract


def found(text: str) -> list[tuple[str, int]]:
    """Measure and number of every figure."""
    return sorted((figure.measure.value, figure.quantity.number) for figure in extract(text).figures)


@pytest.mark.parametrize(
    "text",
    [
        "Officials did not contact 40 soldiers in Kursk.",
        "Ukraine could not reach 40 villagers in Kursk with aid.",
        "The paper could not contact 12 officers for comment.",
        "Twelve officers could not be reached for comment.",
    ],
)
def test_who_was_not_contacted_is_not_missing(text: str) -> None:
    assert not [figure for figure in found(text) if figure[0] == "missing"]


@pytest.mark.parametrize(
    "text",
    [
        "Rescuers could not reach 40 miners trapped in the shaft.",
        "The army could not contact 40 soldiers since Monday.",
    ],
)
def test_who_is_out_of_reach_where_a_loss_is_told_is_missing(text: str) -> None:
    assert ("missing", 40) in found(text)
