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
    for name in ("own", "own2", "own3", "own4", "own5", "own7", "own9", "own10", "own11", "own13", "own16")
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
]
UNREAD = [
    json.loads(line)
    for name in ("own6", "own8", "own12", "own14", "own15")
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
]
"""Passages that are only ever scored: a failing test names them and shows no text."""


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
    assert len({item["id"] for item in ITEMS}) == len(ITEMS) == 824


def faults(item: dict[str, Any]) -> list[str]:
    """What is wrong with the marking of one passage, without a word of its text."""
    figures = item["gold"]
    required = [figure for figure in figures if not figure.get("optional")]
    checks = {
        "negative": ("negative" in item["tags"]) == (not required),
        "long": ("long" in item["tags"]) == (len(item["text"].split()) >= 150),
        "title": "title" not in item or item["text"].startswith(item["title"] + "\n"),
        "span": all(item["text"][slice(*figure["span"])] == figure["surface"] for figure in figures),
        "measure": all(figure["measure"] in set(Measure) for figure in figures),
        "scope": all(figure["scope"] in {None, *Scope} for figure in figures),
        "status": all(figure.get("status", "asserted") in set(Status) for figure in figures),
        "asserted": all(figure.get("status", "asserted") == "asserted" for figure in required),
        "claimants": all(len(figure.get("claimant_keys", [])) in (0, len(figure["claimants"])) for figure in figures),
        "traps": all(trap["measure"] in set(Measure) and trap["value"] > 0 for trap in item.get("traps", ())),
    }
    wrong = [name for name, right in checks.items() if not right]
    for figure in figures:
        try:
            Quantity(figure["low"], figure["high"], Qualifier(figure["qualifier"]))
        except ValueError:
            wrong.append("quantity")
    return wrong


def test_the_passages_that_are_only_scored_are_marked_consistently_too() -> None:
    assert {item["id"]: wrong for item in UNREAD if (wrong := faults(item))} == {}
    assert len({item["id"] for item in ITEMS + UNREAD}) == len(ITEMS) + 265
    assert len({item["text"] for item in UNREAD}) == 265
