"""The passages of our own are marked as the others are: exact slices, valid quantities, honest tags."""

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.claims import Measure, Scope, Status
from monitor.domain.quantities import Qualifier, Quantity

GOLD = Path(__file__).parents[1] / "gold"
ITEMS = [
    json.loads(line)
    for name in ("own", "own2", "own3", "own4")
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_a_passage_is_marked_consistently(item: dict[str, Any]) -> None:
    required = [figure for figure in item["gold"] if not figure.get("optional")]
    assert ("negative" in item["tags"]) == (not required)
    assert "title" not in item or item["text"].startswith(item["title"] + "\n")
    for figure in item["gold"]:
        start, end = figure["span"]
        assert item["text"][start:end] == figure["surface"]
        assert Quantity(figure["low"], figure["high"], Qualifier(figure["qualifier"]))
        assert Measure(figure["measure"])
        assert figure["scope"] is None or Scope(figure["scope"])
        assert Status(figure.get("status", "asserted"))
        assert len(figure.get("claimant_keys", [])) in (0, len(figure["claimants"]))


def test_every_passage_has_its_own_name() -> None:
    assert len({item["id"] for item in ITEMS}) == len(ITEMS) == 214
