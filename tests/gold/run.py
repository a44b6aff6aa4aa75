"""Scores the extractor on the gold texts: tests/gold/*.jsonl, and ../shared/gold where it is at hand.

    python tests/gold/run.py [--half seen|unseen] [--no-shared]      ERRORS=20 prints the errors of each file

dev.jsonl is split by a fixed seed into a half that is looked at while rules are written and a half that is only scored.
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

from score import FIELDS, Result, Scores, load, score, summarise

from monitor.extract import extract
from monitor.extract.forms import figure_form

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared" / "gold"
RECALL_ONLY = {"muc4_docs"}
SPLIT_SEED = 7


def seen_half(rows: Sequence[dict[str, Any]]) -> set[str]:
    """The ids of the half that is looked at: the same on every run."""
    ids = sorted(row["id"] for row in rows)
    random.Random(SPLIT_SEED).shuffle(ids)
    return set(ids[: len(ids) // 2 + 1])


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


def files(*, shared: bool) -> list[Path]:
    """The project's own gold, then what is kept beside the project and not in it."""
    own = sorted(HERE.glob("*.jsonl"))
    names = ("seeds", "muc4_sentences", "muc4_docs")
    return own + [path for name in names if shared and (path := SHARED / f"{name}.jsonl").exists()]


def main() -> None:
    """Scores every file at hand."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--half", choices=("seen", "unseen"))
    parser.add_argument("--no-shared", action="store_true")
    options = parser.parse_args()
    most = int(os.environ.get("ERRORS", "0"))
    for path in files(shared=not options.no_shared):
        rows = load(path)
        parts = [(path.stem, rows)]
        if path.stem == "dev":
            seen = seen_half(rows)
            halves = {
                "seen": [row for row in rows if row["id"] in seen],
                "unseen": [row for row in rows if row["id"] not in seen],
            }
            parts += [(f"dev, {half} half", part) for half, part in halves.items()]
            if options.half:
                parts = [(f"dev, {options.half} half", halves[options.half])]
        for name, part in parts:
            start = time.perf_counter()
            results = score_rows(part)
            show(name, results, time.perf_counter() - start, recall_only=path.stem in RECALL_ONLY)
            if most and name != "dev":
                show_errors(results, most)


if __name__ == "__main__":
    main()
