"""Parts are tied to their whole, and say nothing against it."""

from dataclasses import replace

import pytest
from newsroom import Newsroom, claim

from monitor.domain.claims import Claim
from monitor.domain.parts import whole_of

SEOUL = "South Korea"
SENTENCE = "4,700 casualties, including 600 dead"


def said(measure: str, words: str, start: int, *, quote_start: int = 0, party: str = SEOUL) -> Claim:
    one = claim(party, measure, words, on="2025-04-30", start=start)
    figure = replace(one.figure, end=start + len(words), quote=SENTENCE, quote_start=quote_start)
    origin = replace(one.origin, url="https://northwire.example.org/1")
    return replace(one, figure=figure, origin=origin, id=f"c{measure}{words}{start}")


@pytest.mark.parametrize(
    ("part", "tied"),
    [
        (said("killed", "600", 28), True),
        (said("killed", "600", 300, quote_start=280), False),
        (said("killed", "6,000", 28), False),
        (said("deployed", "600", 28), False),
        (said("killed", "600", 28, party="Ukraine"), False),
    ],
)
def test_which_figures_are_parts(part: Claim, tied: bool) -> None:
    whole = said("casualties", "4,700", 0)
    assert (whole_of(part, [whole, part]) == whole) is tied
    assert whole_of(whole, [whole, part]) is None


def test_the_decision_names_the_whole() -> None:
    outcome = Newsroom().publishes(said("casualties", "4,700", 0), said("killed", "600", 28))
    why = {decision.series.measure: decision.why for decision in outcome.comparison.decisions}
    assert why["killed"].endswith("; of the 4,700 casualties in the same sentence")
    assert "of the" not in why["casualties"]


@pytest.mark.parametrize(("dead", "told"), [("3", []), ("25", ["differs killed 25 unattributed"])])
def test_a_few_beside_a_named_total_in_one_text_are_of_those(dead: str, told: list[str]) -> None:
    total = claim(SEOUL, "killed", "19", on="2025-04-30", outlet="Wire")
    nobodys = replace(claim(None, "killed", dead, on="2025-04-30", start=90), origin=total.origin)
    assert Newsroom().publishes(total, nobodys).told == ["first killed 19 South Korea", *told]
