"""Child processes that are watched, ended with all that they started, and never outlive their parent."""

import asyncio
import contextlib
import ctypes
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import MonitorError

HOPELESS = 2
"""The exit code after which another start would end the same way."""

LOG_LIMIT = 10_000_000
"""Bytes of a log file after which what it holds is put aside, unless the settings say otherwise."""

LOG_SECONDS = 5.0
"""How often the log of a running child is looked at."""

_PR_SET_PDEATHSIG = 1


class HopelessError(MonitorError):
    """A child can't run as things are configured."""


@dataclass(slots=True)
class Child:
    """One child process in a session of its own; what it prints goes to the file `log`.

    `environment` is complete, not an addition. `folder` is where it works; this process's own when left out. `log_size`
    and `log_files` are what `rotate` is told.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    folder: Path | None = None
    log_size: int = LOG_LIMIT
    log_files: int = 1
    process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def start(self) -> None:
        """Starts it. Its output is appended to the log, wherever the end of that is then (see `rotate`)."""
        self.rotate()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                env=dict(self.environment),
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )

    @property
    def running(self) -> bool:
        """True while the process itself lives."""
        return self.process is not None and self.process.returncode is None

    async def ended(self) -> int:
        """Waits for its end and gives the exit code; negative is a signal's number."""
        assert self.process is not None  # noqa: S101 -- for the type checker: started before it is waited for
        return await self.process.wait()

    def last_words(self) -> str:
        """The last line that it printed."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].removeprefix("monitor: ") if lines else f"nothing was said in {self.log}"

    def rotate(self) -> None:
        """Keeps its log short."""
        rotate(self.log, self.log_size, self.log_files)

    async def stop(self, grace: float) -> None:
        """Asks it to end, and after `grace` seconds kills it with everything in its session."""
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), grace)
        self.sweep()
        await self.process.wait()

    def sweep(self) -> None:
        """Kills what is left in its session: also after a clean end, what it started itself has to be gone as well."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.process is not None:
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds to wait before the next start: doubled each time, from the beginning again after a life of `settled`."""

    first: float = 1.0
    longest: float = 60.0
    settled: float = 60.0

    def after(self, wait: float, lived: float) -> float:
        """The wait that follows one of `wait` seconds and a life of `lived` seconds."""
        return self.first if lived >= self.settled or wait <= 0 else min(wait * 2, self.longest)


async def keep_running(
    child: Child,
    *,
    say: Callable[[str], None],
    backoff: Backoff | None = None,
    started: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Starts a child and starts it again whenever it ends, until cancelled. `started` is awaited after each start.

    Raises HopelessError when it ends with exit code 2: so our processes say that a person has to mend something.
    """
    rhythm, wait = backoff or Backoff(), 0.0
    while True:
        born = time.monotonic()
        await child.start()
        if started is not None:
            await started()
        code = await _ended(child)
        child.sweep()
        if code == HOPELESS:
            raise HopelessError(f"{child.name}: {child.last_words()}")
        wait = rhythm.after(wait, time.monotonic() - born)
        say(f"{child.name} ended ({describe(code)}); starting it again in {wait:.0f} s, see {child.log}")
        await asyncio.sleep(wait)


async def _ended(child: Child) -> int:
    """Waits for the end of a child, and keeps its log short meanwhile."""
    ending = asyncio.ensure_future(child.ended())
    try:
        while not (await asyncio.wait({ending}, timeout=LOG_SECONDS))[0]:
            child.rotate()
        return ending.result()
    finally:
        ending.cancel()


def describe(code: int) -> str:
    """An exit code in words."""
    return f"exit {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"


def rotate(log: Path, limit: int, files: int = 1) -> None:
    """Puts aside what a log that has grown beyond `limit` bytes holds, as `.1`; `files` of such are kept.

    Copied and cut, not renamed: who has it open goes on to append, at the new end. What is said in the instant between
    is lost. A disk that has no room for the copy gets the room of the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > limit:
        with contextlib.suppress(OSError):
            for number in range(files - 1, 0, -1):
                older = log.with_name(f"{log.name}.{number}")
                if older.exists():
                    older.replace(log.with_name(f"{log.name}.{number + 1}"))
            shutil.copyfile(log, log.with_name(log.name + ".1"))
        os.truncate(log, 0)


def die_with_parent() -> None:
    """Runs in the child before its program: the kernel ends it when the parent dies, kill -9 included."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def outlive_no_parent(grace: float = 3.0, pause: float = 1.0) -> None:
    """For a child that takes its time to end (Prefect's runner asks its server, which is gone too): `grace` seconds
    after its parent has died it is killed with all that it started. Looked at every `pause` seconds.

    Does nothing in a process that leads no session, which `Child` didn't start.
    """
    if os.getsid(0) == os.getpid():
        threading.Thread(target=_watch_parent, args=(os.getppid(), grace, pause), daemon=True).start()


def _watch_parent(parent: int, grace: float, pause: float) -> None:
    while os.getppid() == parent:
        time.sleep(pause)
    time.sleep(grace)
    os.killpg(0, signal.SIGKILL)
