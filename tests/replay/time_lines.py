"""Replays every time line beside this file through `monitor replay` and scores the alerts: `make replay`.

Where the project stands beside a folder of more time lines (../shared/replay), those are replayed as well.
Exits with 1 when an alert is missed or false, but for the time lines that are known not to be met yet.
"""

import argparse
import contextlib
import io
import sys
import time
from pathlib import Path

from score_replay import Score, read_rows, score

from monitor.cli import main as command

HERE = Path(__file__).resolve().parent
BESIDE = HERE.parents[2] / "shared" / "replay"

NOT_YET: dict[str, str] = {
    "enclave-war": (
        "losses that a colon leads to, both sides' dead beside one side's, missing who are fewer, patients whom "
        "nothing is said to have harmed"
    ),
    "lake-siege": (
        "the tolls of a siege that is told of as one fight are read as those of one day's strike, and what an earlier "
        "accident cost as that of the new one"
    ),
}
"""Time lines that aren't told as expected yet. Whoever makes one of them perfect takes it off this list."""


def time_lines() -> list[Path]:
    """The folders that hold events, expected alerts and a watch."""
    found = [path.parent for root in (HERE, BESIDE) for path in sorted(root.glob("*/events.jsonl"))]
    return [folder for folder in found if (folder / "expected.jsonl").exists()]


def replay(folder: Path) -> list[str]:
    """The lines that `monitor replay` prints for one time line. Raises RuntimeError where the command fails. In this
    process: one of its own would take longer to start than most time lines to run."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = command(["replay", str(folder / "events.jsonl"), "--config", str(folder / "watch.toml")])
    if code:
        raise RuntimeError(f"monitor replay of {folder.name} ended with {code}")
    return told.getvalue().splitlines()


def score_folder(folder: Path, out: Path) -> Score:
    """Replays one time line, keeps its alerts in `out` and scores them."""
    out.mkdir(parents=True, exist_ok=True)
    alerts = out / f"{folder.parent.parent.name}-{folder.name}.jsonl"
    alerts.write_text("".join(f"{line}\n" for line in replay(folder)), encoding="utf-8")
    return score(read_rows(folder / "expected.jsonl"), read_rows(alerts))


def main() -> int:
    """Scores all time lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/replay"), help="folder for the alerts")
    parser.add_argument("names", nargs="*", help="only these time lines")
    given = parser.parse_args()
    perfect = True
    for folder in time_lines():
        if given.names and folder.name not in given.names:
            continue
        began = time.monotonic()
        result = score_folder(folder, given.out)
        perfect = perfect and (result.perfect or folder.name in NOT_YET)
        first, *faults = result.lines()
        print(f"{folder.parent.parent.name}/{folder.name}: {first} ({time.monotonic() - began:.1f} s)")
        print("\n".join(faults), end="\n" if faults else "")
        if folder.name in NOT_YET:
            print(f"  not met yet: {NOT_YET[folder.name]}")
    return 0 if perfect else 1


if __name__ == "__main__":
    sys.exit(main())
