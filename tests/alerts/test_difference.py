"""What differs between two wordings of a sentence."""

import pytest

from monitor.alerts.difference import difference, in_line

LONG = "In the first days of a very long winter the army said that {} men of its own were lost near the town by the sea"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("3,000 were killed", "4,700 were killed", "[3,000 → 4,700] were killed"),
        ("3,000 were killed", "About 3,000 were killed", "[added: About] 3,000 were killed"),
        ("3,000 were killed, it said", "3,000 were killed,", "3,000 were killed, [dropped: it said]"),
        ("40 died  in\nKyiv", "40 died in Kyiv", ""),
        (LONG.format(40), LONG.format(400), "… long winter the army said that [40 → 400] men of its own were lost …"),
        ("", "40 died", "[added: 40 died]"),
    ],
)
def test_the_words_that_differ_are_shown_with_some_around_them(before: str, after: str, line: str) -> None:
    assert in_line(difference(before, after)) == line
