"""Holds the alerts of a replay against what had to be told, what might be, and what must not.

An expected row is for one event: `must` lists the alerts that have to follow it, `may` those that the rules leave open.
An alert answers a `must` when measure, party and number are the same; each `must` is answered once. A `must` with the
key `check` wants that mark too: true for "please check", false for a plain alert; without the key either will do. So
with `kind` and `previous_low`, what is said to have stood there before: an alert with another one answers the `must`
and is counted as otherwise told. What answers neither is a false alert, also a second answer to the same `must` and
anything after an event that isn't expected.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

SHORT = 3
"""Names up to this length ("US", "NIS") have to stand as whole words; longer ones may be part of a name."""


EXACT = ("kind", "previous_low")
"""Keys of a `must` that its answer has to have as well, and that don't say which answer is meant."""


@dataclass(slots=True)
class Score:
    """The outcome: rows in the order of the events."""

    found: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    allowed: list[Row] = field(default_factory=list)
    false: list[Row] = field(default_factory=list)
    otherwise: list[Row] = field(default_factory=list)
    """What was told and found, and said to be another kind of change or one from another figure."""

    @property
    def perfect(self) -> bool:
        """Nothing missed, nothing false and nothing told as something else."""
        return not (self.missed or self.false or self.otherwise)

    def lines(self) -> list[str]:
        """For people: one line with the counts, then every fault."""
        told = len(self.found) + len(self.missed)
        head = f"{len(self.found)} of {told} told, {len(self.allowed)} allowed besides, {len(self.false)} false"
        return [
            head + (f", {len(self.otherwise)} told as something else" if self.otherwise else ""),
            *(f"  missed {_brief(row)}" for row in self.missed),
            *(f"  false  {_brief(row)}" for row in self.false),
            *(f"  told as {_difference(row)}" for row in self.otherwise),
        ]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(expected: Sequence[Row], alerts: Sequence[Row]) -> Score:
    """Scores all alerts of one replay."""
    result = Score()
    for row in expected:
        _score_event(row, [alert for alert in alerts if alert.get("after") == row["after"]], result)
    events = {row["after"] for row in expected}
    result.false += [alert for alert in alerts if alert.get("after") not in events]
    return result


def _score_event(row: Row, alerts: list[Row], result: Score) -> None:
    left = list(alerts)
    for wanted in row.get("must", []):
        answer = next((alert for alert in left if _answers(wanted, alert)), None)
        (result.missed if answer is None else result.found).append({"after": row["after"], **wanted})
        if answer is not None:
            left.remove(answer)
            if any(wanted[key] != answer.get(key) for key in EXACT if key in wanted):
                result.otherwise.append({"after": row["after"], "told": answer, **wanted})
    for alert in left:
        open_to = any(_answers(option, alert) for option in row.get("may", []))
        (result.allowed if open_to else result.false).append(alert)


def _answers(wanted: Row, alert: Row) -> bool:
    return (
        wanted["measure"] in {"*", alert.get("measure")}
        and _same_number(wanted.get("low", "*"), alert)
        and _same_party(wanted, alert)
        and wanted.get("check", bool(alert.get("check"))) == bool(alert.get("check"))
    )


def _same_number(wanted: Any, alert: Row) -> bool:
    """The low end counts, the high end where there is no low one."""
    options = wanted if isinstance(wanted, list) else [wanted]
    number = alert["low"] if alert.get("low") is not None else alert.get("high")
    return "*" in options or number in options


def _same_party(wanted: Row, alert: Row) -> bool:
    names = [wanted.get("party", "*"), *wanted.get("accept", [])]
    return names[0] == "*" or any(_names_meet(name, alert.get("party") or "") for name in names)


def _names_meet(one: str, other: str) -> bool:
    left, right = one.strip().casefold(), other.strip().casefold()
    if not left or not right:
        return False
    if min(len(left), len(right)) <= SHORT:
        return left in right.split() or right in left.split()
    return left in right or right in left


def _brief(row: Row) -> str:
    words = " ".join(str(row.get(key, "-")) for key in ("after", "kind", "measure", "party", "low"))
    return words + (" (please check)" if row.get("check") else "")


def _difference(row: Row) -> str:
    told = row["told"]
    return ", ".join(f"{key} {told.get(key)}" for key in EXACT if key in row) + f", not {_brief(row)}"
