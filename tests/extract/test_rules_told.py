"""A figure tells by which rules it was read: measure, source, place, scope and day, each with its reason."""

from datetime import date
from pathlib import Path

import pytest

from monitor.domain.claims import Status
from monitor.extract import extract
from monitor.extract.rules import RULES

TODAY = date(2025, 11, 19)  # a Wednesday
DOCS = Path(__file__).parents[2] / "docs" / "extraction.md"


def rules(text: str, kind: str) -> list[str]:
    figures = extract(text, published=TODAY).figures
    return [next((rule for rule in figure.rules if rule.startswith(kind)), "") for figure in figures]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Thirty soldiers were killed near Sudzha.", "place-in"),
        ("The Omagh bombing killed 29 people.", "place-setting"),
        ("Sarajevo's market was shelled and 19 people were killed.", "place-owner"),
        ("Losses on the Israeli side came to 12 dead.", "place-land"),
        ("Kharkiv: six people killed and 40 wounded in a missile strike", "place-row"),
        ("A shell hit a bus in Kherson on Monday. Nine people were killed.", "place-scene"),
        ("Iran's health ministry says 610 people were killed.", "place-service"),
        ("Some 4,000 prisoners are held by Ukraine.", "place-captors"),
    ],
)
def test_the_rule_of_the_place(text: str, rule: str) -> None:
    assert rules(text, "place-")[-1] == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The toll from Friday's strike has climbed to 75.", "scope-one-event"),
        ("An ambush near Gao killed 12 soldiers.", "scope-event"),
        ("Twelve soldiers were killed on Monday.", "scope-dated"),
        ("Some 12,000 people have been killed since the invasion.", "scope-since-start"),
        ("The army lost 200 men in the past week.", "scope-window"),
        ("The rebels say they are holding 84 prisoners.", "scope-held"),
        ("Seoul says 1,100 North Korean soldiers have been killed.", "scope-unsaid"),
        ("About 11,000 North Korean soldiers are in Kursk.", "scope-standing"),
        ("A shell hit a bus in Kherson on Monday. Nine people were killed.", "scope-scene"),
    ],
)
def test_the_rule_of_the_scope(text: str, rule: str) -> None:
    assert rules(text, "scope-")[-1] == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The toll from Friday's strike has climbed to 75.", "day-owner"),
        ("Twelve soldiers were killed on Monday.", "day-named"),
        ("A shell hit a bus in Kherson on Monday. Nine people were killed.", "day-scene"),
        ("About 1,650 Kenyan soldiers had arrived in Haiti by Thursday.", "day-reached"),
        ("Seoul says 1,100 North Korean soldiers have been killed.", ""),
    ],
)
def test_the_rule_of_the_day(text: str, rule: str) -> None:
    assert rules(text, "day-")[-1] == rule


def test_the_table_in_the_docs_is_that_of_the_code() -> None:
    rows = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = dict(zip([row.split("`")[1] for row in rows], rows, strict=True))
    assert {rule: row for rule, row in told.items() if rule in RULES} == {
        rule: f"| `{rule}` | {known.phrase} | {known.reason} |" for rule, known in RULES.items()
    }


def test_every_status_but_asserted_has_a_rule() -> None:
    assert {status.value for status in Status if status is not Status.ASSERTED} <= set(RULES)
