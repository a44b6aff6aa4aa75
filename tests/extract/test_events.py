"""Kinds of events, and what they hit."""

from datetime import date

import pytest

from monitor.extract import extract
from monitor.extract.scene.events import clause_at, event_of, target_of


@pytest.mark.parametrize(
    ("words", "event", "target"),
    [
        ("at least 54 people were killed when warplanes bombed a crowded market in el obeid", "fire", "market"),
        ("a drone struck the maternity hospital in el obeid on monday evening, killing 11", "fire", "hospital"),
        ("the death toll from monday's air strike on a market has risen to 119", "fire", "market"),
        ("12 people were killed when shells fell on the bus station in dilling", "fire", "bus"),
        ("nine died when a market in north kordofan was bombed", None, "market"),
        ("survivors of the market strike were taken to a hospital", None, "market"),
        ("119 people were killed in the market of el obeid", None, "market"),
        ("thirteen people died when a bus hit a mine near um rawaba", "bomb", "bus"),
        ("40 were killed in a raid on a camp for displaced people", "ground", "camp"),
        ("bodies lay in the wing of the hospital, and the toll of the drone strike there is 17", "fire", "hospital"),
        ("the wounded were moved to a hospital with 140 beds", None, None),
        ("he died in the hospital", None, None),
        ("a coal mine collapsed near zonguldak, killing 12", "accident", None),
        ("twelve people were killed hiding in the mine", None, None),
        ("a farmer stepped on an old mine, and three died", "bomb", None),
        ("three sappers were killed by a mine near izyum", "bomb", None),
        ("the mine exploded under a tractor, killing two", "bomb", None),
        ("the quake flattened a hospital and a school", "nature", None),
        ("gunmen and drones killed 12", None, None),
        ("33 people were killed on a ferry at minbya", None, "ferry"),
    ],
)
def test_what_happened_and_what_was_hit(words: str, event: str | None, target: str | None) -> None:
    assert (event_of(words), target_of(words)) == (event, target)


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        (
            "on tuesday 34 people were killed on a ferry in minbya, and on wednesday 9 died in a monastery there",
            {"34": "ferry", "9 ": "church"},
        ),
        (
            "a week ago 58 people were killed on a ferry in the town, and 15 a day later in a monastery",
            {"58": "ferry", "15": "church"},
        ),
        ("on monday 12 people died, and 30 were hurt, when jets bombed a market", {"12": "market", "30": "market"}),
    ],
)
def test_days_of_their_own_part_a_sentence_by_what_was_hit(words: str, targets: dict[str, str]) -> None:
    assert {number: target_of(clause_at(words, words.index(number))) for number in targets} == targets


def test_the_sentences_after_go_on_with_the_event_and_totals_have_none() -> None:
    text = (
        "At least 54 people were killed on Monday when warplanes bombed a crowded market in El Obeid, the Sudan "
        "Doctors Network said. Another 158 people were wounded, the group said.\n\n"
        "More than 20,000 people have been killed in Sudan since the war began in April 2023, the United Nations says."
    )
    figures = extract(text, published=date(2025, 3, 3)).figures
    found = {figure.quantity.number: (figure.event, figure.target) for figure in figures}
    assert found == {54: ("fire", "market"), 158: ("fire", "market"), 20_000: (None, None)}
