"""What the API says of itself, held against what it answers, by a tool that makes up requests from it."""

import subprocess
from pathlib import Path

import pytest
from needs import VAR
from served import served
from webkit import told

from monitor.web.app import create_app

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SCHEMATHESIS = VAR / "schemathesis" / "bin" / "schemathesis"
NOT_ASKED = "positive_data_acceptance,negative_data_rejection"
"""A cursor looks like any text, and is refused when it is none of ours; an empty field, as browsers send
it, is no filter."""


def test_answers_are_as_the_api_describes_them_and_never_an_error_of_the_server(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with told(tmp_path) as monitor, served(create_app(monitor.settings, monitor.store)) as at:
        done = subprocess.run(
            [
                *(SCHEMATHESIS, "run", f"{at}/openapi.json", "--no-color", "--phases=examples,coverage,fuzzing"),
                *("--max-examples=10", "--seed=1", "--continue-on-failure", f"--exclude-checks={NOT_ASKED}"),
            ],
            cwd=tmp_path / "run",
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
        )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "Tested: 14" in done.stdout
