"""The systemd units, as systemd reads them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "deployments" / "systemd"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here"),
]


def verified(folder: Path, change: str = "") -> str:
    """What systemd says of the units, with the program where it is on this machine."""
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/figure-monitor/.venv", sys.prefix)
        (folder / unit.name).write_text(text + change, encoding="utf-8")
    units = sorted(str(path) for path in folder.iterdir())
    ended = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False, timeout=60
    )
    return "\n".join(line for line in ended.stderr.splitlines() if "figure-monitor" in line)


def test_systemd_has_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    assert verified(tmp_path) == ""


def test_it_would_say_so(tmp_path: Path) -> None:
    assert "Colour" in verified(tmp_path, "\n[Service]\nColour=red\n")


@pytest.mark.parametrize("unit", ["figure-monitor.service", "figure-monitor-backup.service"])
def test_the_units_do_without_what_they_do_not_need(unit: str) -> None:
    text = (UNITS / unit).read_text(encoding="utf-8")
    for line in ("User=figure-monitor", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
        assert line in text
