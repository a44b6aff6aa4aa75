"""Killed at any statement of a comparison or of a new reading taken over: nothing is lost, nothing is there twice."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.process

DRIVER = Path(__file__).parent / "kill_reprocess.py"


@pytest.mark.parametrize("step", ["compare", "reprocess"])
def test_a_kill_at_any_statement_loses_nothing_and_doubles_nothing(step: str, store_url: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(DRIVER), step, store_url, str(tmp_path)],
        capture_output=True,
        timeout=600,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    trials: list[dict[str, Any]] = [json.loads(line) for line in ended.stdout.splitlines()]
    whole = trials[0]["left"]
    assert all(whole[name] for name in ("claims", "decisions", "changes", "anchors"))
    assert len(trials) > 20
    assert [trial["killed"] for trial in trials if trial["left"] != whole] == []
