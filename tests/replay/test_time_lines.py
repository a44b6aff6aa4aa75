"""The alerts of whole time lines, through the command line as users have it."""

import runpy
from pathlib import Path

import pytest
from score_replay import score
from time_lines import HERE, NOT_YET, score_folder

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


def test_please_check_has_to_be_said_where_it_is_wanted() -> None:
    row = {"after": "e1", "must": [{"measure": "killed", "party": "US", "low": 3000, "check": True}]}
    plain, doubtful = alert("e1", 3000), alert("e1", 3000) | {"check": True}
    assert score([row], [doubtful]).perfect
    assert len(score([row], [plain]).missed) == 1
    assert len(score([row], [plain]).false) == 1


def test_please_check_may_be_ruled_out_and_is_open_without_a_word() -> None:
    plain, doubtful = alert("e1", 200), alert("e1", 200) | {"check": True}
    certain = {"after": "e1", "must": [EXPECTED[0]["must"][0] | {"check": False}]}  # type: ignore[index]
    assert score([certain], [plain]).perfect
    assert not score([certain], [doubtful]).perfect
    assert score(EXPECTED, [plain]).perfect
    assert score(EXPECTED, [doubtful]).perfect


@pytest.mark.parametrize(("key", "right", "wrong"), [("kind", "raised", "first"), ("previous_low", 200, None)])
def test_what_is_told_is_told_as_what_it_is(key: str, right: object, wrong: object) -> None:
    row = {"after": "e1", "must": [{"measure": "killed", "party": "US", "low": 300, key: right}]}
    assert score([row], [alert("e1", 300) | {key: right}]).perfect
    other = score([row], [alert("e1", 300) | {key: wrong}])
    assert (len(other.found), len(other.missed), len(other.false), len(other.otherwise)) == (1, 0, 0, 1)
    assert not other.perfect


def _lines() -> list[object]:
    names = sorted(path.parent.name for path in HERE.glob("*/events.jsonl"))
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=NOT_YET[name], strict=True)) if name in NOT_YET else name
        for name in names
    ]


@pytest.mark.process
@pytest.mark.parametrize("name", _lines())
def test_time_line_is_told_as_expected(name: str, tmp_path: Path) -> None:
    result = score_folder(HERE / name, tmp_path)
    assert result.perfect, "\n".join(result.lines())


def test_the_counter_is_what_its_script_writes() -> None:
    folder = HERE / "daily-counter"
    for name, content in runpy.run_path(str(folder / "make_events.py"))["written"]().items():
        assert (folder / name).read_text(encoding="utf-8") == content
