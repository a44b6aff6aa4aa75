"""Who agrees with whom."""

import pytest
from newsroom import Newsroom, quantity

from monitor.domain.contradictions import agreeing, side_by_side

KYIV, SEOUL, WASHINGTON = "Ukraine", "South Korea", "United States"


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ({}, []),
        ({"a": "3,000"}, ["a"]),
        ({"a": "3,000", "b": "3,100", "c": "1,100"}, ["c", "ab"]),
        ({"a": "1,100", "b": "3,000", "c": "1,000-3,500"}, ["ca", "cb"]),
        ({"a": "3,000", "b": "more than 3,000", "c": "some", "d": "3,200"}, ["abd"]),
        ({"a": "1,000", "b": "1,150", "c": "1,350"}, ["ab", "bc"]),
    ],
)
def test_groups_of_agreeing_parties(said: dict[str, str], groups: list[str]) -> None:
    quantities = {party: quantity(words) for party, words in said.items() if words != "some"}
    assert ["".join(group) for group in agreeing(quantities)] == groups


def test_the_sides_of_a_series() -> None:
    newsroom = Newsroom()
    newsroom.says(KYIV, casualties="more than 3,000", on="2024-12-23")
    newsroom.says(KYIV, casualties="3,000", on="2024-12-24", outlet="Harbour Times")
    newsroom.says(SEOUL, casualties="1,100", on="2024-12-23")
    newsroom.says(WASHINGTON, casualties="1,200", on="2024-12-24")
    newsroom.says(SEOUL, casualties="11,000", on="2024-12-25")
    (key,) = newsroom.book.series_keys()
    found = side_by_side(newsroom.book.series(key))
    assert found.contradicted
    assert found.groups == ((WASHINGTON,), (KYIV,), (SEOUL,))
    low, middle, high = found.sides
    assert (middle.party, middle.support.statements, middle.support.outlets, middle.check) == (KYIV, 1, 2, False)
    assert (high.party, high.claim.figure.quantity.number, high.check, high.groups) == (SEOUL, 11_000, True, (2,))
    assert (high.told, low.told) == (quantity("1,100"), quantity("1,200"))
