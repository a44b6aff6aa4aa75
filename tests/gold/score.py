"""Holds extracted figures against gold ones: which were found, what was drawn from nothing, which fields are right.

A figure is found when its measure and its numbers are those of a required gold figure. Optional gold figures are
neither asked for nor punished, nor are predictions that the extractor itself doesn't assert, nor a figure given twice.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
FIELDS = ("qualifier", "subject", "claimants", "place", "scope")
LONGEST_ANSWER = 120
"""Characters; a whole sentence is no answer to "who says so"."""


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def numbers(figure: Row) -> frozenset[int]:
    """The bounds that say something: an open end and a low of nought don't."""
    return frozenset(int(figure[end]) for end in ("low", "high") if figure.get(end))


def same_numbers(predicted: Row, gold: Row) -> bool:
    """True when the bounds are the same; "dozens" may be read as anything inside its limits."""
    if gold.get("vague"):
        low, high = gold["accept_low"]
        found = numbers(predicted)
        return bool(found) and low <= min(found) <= high
    return numbers(predicted) == numbers(gold)


def same_measure(predicted: Row, gold: Row) -> bool:
    """True for the gold measure or another that counts as right."""
    return predicted["measure"] in {gold["measure"], *gold.get("accept_measure", ())}


def names(answer: object, keys: Iterable[str]) -> bool:
    """True when the answer has one of the keys at the start of a word; keys of up to three letters as whole words."""
    text = " | ".join(map(str, answer)) if isinstance(answer, (list, tuple)) else str(answer or "")
    text = text.lower().replace(".", "")
    if len(text) > LONGEST_ANSWER:
        return False
    return any(re.search(rf"(?<![^\W_]){re.escape(k)}" + (r"(?![^\W_])" if len(k) <= 3 else ""), text) for k in keys)


def field_right(name: str, predicted: Row, gold: Row) -> bool | None:
    """Whether one field of a found figure is right; None when the gold doesn't ask for it."""
    if name == "qualifier":
        allowed = {gold.get("qualifier"), *gold.get("accept_qualifier", ())}
        return bool(gold.get("vague")) or predicted.get("qualifier") in allowed
    if name == "scope":
        return predicted.get("scope") == gold["scope"] if gold.get("scope") else None
    if name == "claimants":
        asked = gold.get("claimant_keys")
        if asked is None:
            return None
        given = predicted.get("claimants") or []
        return all(names(given, keys) for keys in asked) if asked else not given
    keys = gold.get(f"{name}_keys")
    return names(predicted.get(name), keys) if keys else None


@dataclass
class Result:
    """One text: pairs of found and gold figures, those missed, those drawn from nothing."""

    row: Row
    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    spurious: list[Row] = field(default_factory=list)

    @property
    def full(self) -> int:
        """Pairs with the right qualifier, subject and claimants too."""
        wanted = ("qualifier", "subject", "claimants")
        return sum(all(field_right(name, *pair) is not False for name in wanted) for pair in self.pairs)

    @property
    def traps(self) -> int:
        """Numbers marked as no claim that were taken for one."""
        taken = [(figure["measure"], numbers(figure)) for figure in self.spurious]
        return sum(
            any(measure == trap["measure"] and trap["value"] in found for measure, found in taken)
            for trap in self.row.get("traps", ())
        )


def _counts(figure: Row, row: Row) -> bool:
    found = numbers(figure)
    alone = row.get("ignore_one") and found == {1}
    return figure.get("status", "asserted") == "asserted" and bool(found) and not alone


def score(row: Row, predicted: Sequence[Row]) -> Result:
    """Pairs the figures of one text, the exact measure before an accepted one."""
    result = Result(row)
    required = [gold for gold in row["gold"] if not gold.get("optional")]
    figures = [figure for figure in predicted if _counts(figure, row)]
    free = list(range(len(required)))
    rest: list[Row] = []
    for exact in (True, False):
        for figure in figures if exact else rest[:]:
            fits = [i for i in free if same_measure(figure, required[i]) and same_numbers(figure, required[i])]
            if exact:
                fits = [i for i in fits if figure["measure"] == required[i]["measure"] and not required[i].get("vague")]
            if fits:
                free.remove(fits[0])
                result.pairs.append((figure, required[fits[0]]))
                if not exact:
                    rest.remove(figure)
            elif exact:
                rest.append(figure)
    result.missed = [required[i] for i in free]
    seen = set()
    for figure in rest:
        told = any(same_measure(figure, gold) and same_numbers(figure, gold) for gold in row["gold"])
        mark = (figure["measure"], numbers(figure))
        if not told and mark not in seen:
            seen.add(mark)
            result.spurious.append(figure)
    return result


def f1(right: int, predicted: int, required: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision = right / predicted if predicted else 0.0
    recall = right / required if required else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Scores:
    """The sums over a file. `fields` holds (right, asked) by field, `tags` and `measures` (found, spurious, missed)."""

    precision: float
    recall: float
    f1: float
    full: float
    clean: float
    traps: tuple[int, int]
    fields: dict[str, tuple[int, int]]
    measures: dict[str, tuple[int, int, int]]
    tags: dict[str, tuple[int, int, int]]


def summarise(results: Sequence[Result]) -> Scores:
    """Adds up the results of a file."""
    found = sum(len(result.pairs) for result in results)
    predicted = found + sum(len(result.spurious) for result in results)
    required = found + sum(len(result.missed) for result in results)
    precision, recall, mean = f1(found, predicted, required)
    empty = [r for r in results if not any(not gold.get("optional") for gold in r.row["gold"])]
    return Scores(
        precision=precision,
        recall=recall,
        f1=mean,
        full=f1(sum(result.full for result in results), predicted, required)[2],
        clean=sum(not r.spurious for r in empty) / len(empty) if empty else 1.0,
        traps=(sum(r.traps for r in results), sum(len(r.row.get("traps", ())) for r in results)),
        fields={name: _field_sums(name, results) for name in FIELDS},
        measures=_by(results, lambda result, figure: [figure["measure"]]),
        tags=_by(results, lambda result, figure: result.row.get("tags", [])),
    )


BINS = (0.0, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 0.95)
"""Lower ends of the bins of confidence."""


def reliability(results: Sequence[Result]) -> dict[float, tuple[int, int]]:
    """(right, given) figures by the lower end of their bin of confidence. Right: measure and numbers are."""
    sums: dict[float, list[int]] = {low: [0, 0] for low in BINS}
    for result in results:
        given = [(figure, 1) for figure, _ in result.pairs] + [(figure, 0) for figure in result.spurious]
        for figure, right in given:
            bin_ = sums[max(low for low in BINS if low <= figure["confidence"])]
            bin_[0] += right
            bin_[1] += 1
    return {low: (right, given) for low, (right, given) in sums.items()}


def _field_sums(name: str, results: Sequence[Result]) -> tuple[int, int]:
    answers = [field_right(name, *pair) for result in results for pair in result.pairs]
    return sum(answer is True for answer in answers), sum(answer is not None for answer in answers)


def _by(results: Sequence[Result], keys: Any) -> dict[str, tuple[int, int, int]]:
    sums: dict[str, Counter[str]] = {}
    for result in results:
        groups = {"found": [g for _, g in result.pairs], "spurious": result.spurious, "missed": result.missed}
        for kind, figures in groups.items():
            for figure in figures:
                for key in keys(result, figure):
                    sums.setdefault(key, Counter())[kind] += 1
    return {key: (c["found"], c["spurious"], c["missed"]) for key, c in sorted(sums.items())}
