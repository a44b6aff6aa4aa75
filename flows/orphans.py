"""What an earlier supervisor of a data folder left behind when it was killed."""

import contextlib
import os
import signal
import time
from pathlib import Path

FOLDER = "MONITOR_SERVE_FOLDER"
"""Names the data folder in the environment of all that a supervisor starts, and of what they start in turn."""
GONE_WITHIN = 5.0
"""Seconds that the system gets to end them: until then they hold their ports."""


def mark(data: Path) -> dict[str, str]:
    """The variable by which a child of the supervisor of this folder is known."""
    return {FOLDER: str(data.resolve())}


def sweep(data: Path) -> int:
    """Kills every process that belongs to this folder and says how many there were.

    For who holds the folder's lock, before the first child: whatever has the mark then is without a parent. Only where
    the system tells of its processes in /proc.
    """
    wanted = os.fsencode(f"{FOLDER}={data.resolve()}")
    found = [pid for pid in _processes() if wanted in _environment(pid)]
    for pid in found:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + GONE_WITHIN
    while any(wanted in _environment(pid) for pid in found) and time.monotonic() < until:
        time.sleep(0.05)
    return len(found)


def _processes() -> list[int]:
    """All but this one."""
    folder = Path("/proc")
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return [int(name) for name in names if name.isdigit() and int(name) != os.getpid()]


def _environment(pid: int) -> list[bytes]:
    """NAME=value of a process as it was started; none of somebody else's or of one that is gone."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
