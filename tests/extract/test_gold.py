"""The scores on the project's own gold texts don't fall: floors a little below what was measured."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

GOLD = Path(__file__).parents[1] / "gold"


def module(name: str) -> ModuleType:
    """A module of tests/gold under a name of its own: other folders have a run.py as well."""
    spec = importlib.util.spec_from_file_location(f"gold_{name}", GOLD / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


score = module("score")
run = module("run")

FLOORS = {
    "own": (0.95, 0.88),
    "own2": (0.97, 0.93),
    "own3": (0.92, 0.87),
    "own4": (0.92, 0.84),
    "seeds": (1.0, 1.0),
}


@pytest.mark.parametrize(("name", "floors"), FLOORS.items())
def test_scores_stay_above_their_floors(name: str, floors: tuple[float, float]) -> None:
    scores = score.summarise(run.score_rows(score.load(GOLD / f"{name}.jsonl")))
    assert scores.f1 >= floors[0]
    assert scores.full >= floors[1]


def test_the_part_that_is_only_scored_is_the_same_on_every_run() -> None:
    rows = [{"id": f"dev-{number}"} for number in range(313)]
    there, back = run.parts_of(rows), run.parts_of(list(reversed(rows)))
    assert {name: {row["id"] for row in part} for name, part in there.items()} == {
        name: {row["id"] for row in part} for name, part in back.items()
    }
    assert [len(part) for part in there.values()] == [157, 78, 78]


def test_a_gold_row_given_back_scores_full_marks() -> None:
    row = next(row for row in score.load(GOLD / "own4.jsonl") if len(row["gold"]) > 1)
    result = score.score(row, row["gold"])
    assert not result.missed
    assert not result.spurious
