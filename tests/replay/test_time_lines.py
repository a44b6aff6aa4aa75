"""The alerts of whole time lines, through the command line as users have it."""

from pathlib import Path

import pytest
from score_replay import score
from time_lines import HERE, score_folder

EXPECTED = [
    {"after": "e1", "must": [{"measure": "killed", "party": "United States", "low": [200, 300], "accept": ["US"]}]},
    {"after": "e2", "must": [], "may": [{"measure": "killed", "low": 500}]},
]


def alert(after: str, low: int | None, party: str = "US", high: int | None = None) -> dict[str, object]:
    return {"after": after, "measure": "killed", "party": party, "low": low, "high": high}


def test_an_alert_answers_a_must_once() -> None:
    result = score(EXPECTED, [alert("e1", 300), alert("e1", 300)])
    assert (len(result.found), len(result.missed), len(result.false)) == (1, 0, 1)


def test_what_may_be_told_is_neither_missed_nor_false() -> None:
    result = score(EXPECTED, [alert("e1", 200), alert("e2", None, high=500)])
    assert result.perfect
    assert len(result.allowed) == 1


@pytest.mark.parametrize("wrong", [alert("e1", 250), alert("e1", 300, "Russia"), alert("e9", 300)])
def test_another_number_party_or_event_is_false(wrong: dict[str, object]) -> None:
    result = score(EXPECTED, [wrong])
    assert (len(result.missed), len(result.false)) == (1, 1)


def test_short_names_match_whole_words_only() -> None:
    assert not score(EXPECTED, [alert("e1", 300, "Russia")]).perfect  # "us" is in "russia"


@pytest.mark.process
@pytest.mark.parametrize("name", sorted(path.parent.name for path in HERE.glob("*/events.jsonl")))
def test_time_line_is_told_as_expected(name: str, tmp_path: Path) -> None:
    result = score_folder(HERE / name, tmp_path)
    assert result.perfect, "\n".join(result.lines())
