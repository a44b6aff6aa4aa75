"""Scores the extractor on the gold texts: tests/gold/*.jsonl, and ../shared/gold where it is at hand.

    python tests/gold/run.py [--part seen|opened|last] [--no-shared]      ERRORS=20 prints the errors of each file

dev.jsonl is split by a fixed seed: a half that was looked at while rules were written, and two quarters that were
opened one after the other. own6, own8, own12, own14 and own15 have only ever been scored: they tell how the rules do
on new text, and their errors are never printed.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from score import FIELDS, Result, Scores, load, reliability, score, summarise

from monitor.extract import extract
from monitor.extract.forms import figure_form

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "gold"
RECALL_ONLY = {"muc4_docs"}
SPLIT_SEED = 7
ONLY_SCORED = {"dev", "own6", "own8", "own12", "own14", "own15"}
"""Files whose errors are never printed; those of dev are printed by part."""


def parts_of(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows by part, the same on every run: "seen" (half), "opened" and "last" (a quarter each)."""
    ids = sorted(row["id"] for row in rows)
    random.Random(SPLIT_SEED).shuffle(ids)
    half = len(ids) // 2 + 1
    rest = half + (len(ids) - half) // 2
    named = {"seen": ids[:half], "opened": ids[half:rest], "last": ids[rest:]}
    return {name: [row for row in rows if row["id"] in set(part)] for name, part in named.items()}


def read(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of one text in their JSON form."""
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return [figure_form(f) for f in extract(row["text"], title=row.get("title"), published=published).figures]


def score_rows(rows: Sequence[dict[str, Any]]) -> list[Result]:
    """Reads and scores each text."""
    return [score(row, read(row)) for row in rows]


def show(name: str, results: Sequence[Result], seconds: float, *, recall_only: bool) -> Scores:
    """Prints the scores of one file."""
    s = summarise(results)
    print(f"\n{name}: {len(results)} texts in {seconds:.1f} s")
    if recall_only:
        print(f"  recall {s.recall:.3f}")
        return s
    print(f"  P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  full record {s.full:.3f}", end="")
    print(f"  clean {s.clean:.3f}  traps {s.traps[0]} of {s.traps[1]}")
    print("  " + "  ".join(f"{field} {right}/{asked}" for field, (right, asked) in s.fields.items() if field in FIELDS))
    for measure, (found, spurious, missed) in s.measures.items():
        print(f"    {measure:11s} found {found:4d}  missed {missed:3d}  spurious {spurious:3d}")
    weak = sorted(s.tags.items(), key=lambda item: -(item[1][1] + item[1][2]))[:12]
    print("  most errors by tag: " + ", ".join(f"{tag} {b + c}" for tag, (_, b, c) in weak if b + c))
    return s


def show_errors(results: Sequence[Result], most: int) -> None:
    """Prints the texts that went wrong, at most so many."""
    for result in [r for r in results if r.missed or r.spurious][:most]:
        print(f"\n{result.row['id']} {result.row['text'][:400]}")
        for gold in result.missed:
            print(f"    missed   {gold['measure']} {gold['low']} {gold['high']} {gold.get('surface', '')!r}")
        for figure in result.spurious:
            print(f"    spurious {figure['measure']} {figure['low']} {figure['high']} {figure['rules']}")


def show_reliability(results: Sequence[Result]) -> None:
    """Prints how often figures of each bin of confidence are right: it should be about the confidence itself."""
    print("\nconfidence: right of all given")
    for low, (right, given) in reliability(results).items():
        share = f"{right / given:.2f}" if given else "-"
        print(f"  from {low:.2f}  {right:5d} of {given:5d}  {share}")


def files(*, shared: bool) -> list[Path]:
    """The project's own gold, then what is kept beside the project and not in it."""
    own = sorted(HERE.glob("*.jsonl"))
    names = ("dev", "seeds", "muc4_sentences", "muc4_docs")
    return own + [path for name in names if shared and (path := SHARED / f"{name}.jsonl").exists()]


def main() -> None:
    """Scores every file at hand."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--part", choices=("seen", "opened", "last"))
    parser.add_argument("--no-shared", action="store_true")
    options = parser.parse_args()
    most = int(os.environ.get("ERRORS", "0"))
    everything: list[Result] = []
    for path in files(shared=not options.no_shared):
        rows = load(path)
        parts = [(path.stem, rows)]
        if path.stem == "dev":
            split = parts_of(rows)
            parts += [(f"dev, {name} part", part) for name, part in split.items()]
            if options.part:
                parts = [(f"dev, {options.part} part", split[options.part])]
        for name, part in parts:
            start = time.perf_counter()
            results = score_rows(part)
            show(name, results, time.perf_counter() - start, recall_only=path.stem in RECALL_ONLY)
            if most and name not in ONLY_SCORED:
                show_errors(results, most)
            if name == path.stem and name not in RECALL_ONLY:
                everything += results
    show_reliability(everything)


if __name__ == "__main__":
    main()
