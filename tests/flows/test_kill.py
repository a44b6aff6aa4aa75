"""kill -9 at any commit of a run, then a second run: the same claims, changes and mails as without the kill."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flowkit import World, world

from monitor.pipeline import Monitor

DRIVER = Path(__file__).with_name("kill_driver.py")


def trials(running: World, folder: Path) -> Iterator[tuple[str | None, dict[str, Any], list[str]]]:
    """Each trial: where it was killed, what the database holds after the second run, the ids of the mails."""
    command = [sys.executable, str(DRIVER), str(folder), str(running.config)]
    # The driver imports what lies beside it; tests before this one may have turned that off for children.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        for line in driver.stdout:
            told = json.loads(line)
            mails = [str(mail["Message-ID"]) for _, mail in running.mailbox.messages()]
            running.mailbox.arrived.clear()
            yield told["killed"], told["left"], mails
            driver.stdin.write("\n")
            driver.stdin.flush()
    assert driver.returncode == 0


@pytest.mark.process
@pytest.mark.timeout(
    900
)  # some twenty trials of two runs each: half a minute on an idle machine, minutes on a busy one
def test_a_kill_at_any_commit_changes_nothing(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        with Monitor.open(running.config):
            pass
        (tmp_path / "monitor.db").rename(tmp_path / "template.db")
        undisturbed, *disturbed = trials(running, tmp_path)
    _, expected, mails = undisturbed
    assert len(mails) == len(set(mails)) > 0
    assert {state for _, state in expected["deliveries"]} == {"sent"}
    assert len(disturbed) > 10
    assert sum(str(killed).startswith("before") for killed, _, _ in disturbed) == len(mails)
    for killed, rest, again in disturbed:
        assert rest == expected, killed
        # Between sending and marking too: the journal knows what was taken.
        assert sorted(again) == sorted(mails), killed
