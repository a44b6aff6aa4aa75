"""A command line, and settings to give to it."""

from pathlib import Path

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

SETTINGS = """\
[store]
url = "sqlite:///monitor.db"

[[feed]]
name = "Drop"
folder = "drop"

[[watch]]
name = "north-korean-troops"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
scope = ["cumulative", "period"]
"""


@pytest.fixture
def monitor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """The command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("MONITOR_CONFIG", "MONITOR_STORE_URL"):
        monkeypatch.delenv(name, raising=False)
    return CommandLine(capsys)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings that work, with a folder of articles as their feed."""
    (tmp_path / "drop").mkdir()
    file = tmp_path / "monitor.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    return file
