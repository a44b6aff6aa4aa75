"""One process at a time on one data folder."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

from monitor.errors import MonitorError


class AlreadyRunningError(MonitorError):
    """Another process works on the same data folder."""


def holder(data: Path) -> str:
    """The words of the process that holds the folder now; empty when none does, whatever one that died left there."""
    try:
        file = (data / "serve.lock").open(encoding="utf-8")
    except FileNotFoundError:
        return ""
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip()
        return ""


@contextlib.contextmanager
def only_one(data: Path, words: str) -> Iterator[Callable[[str], None]]:
    """Holds the folder until the end of the block; raises AlreadyRunningError with the holder's `words` otherwise.

    Gives a function that changes the words. The system lets go of it when the process ends, however it ends.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise AlreadyRunningError(f"already running on {data}: {file.read().strip() or 'starting'}") from error

        def say(words: str) -> None:
            file.truncate(0)  # what is appended then begins at the start
            file.write(words)
            file.flush()

        say(words)
        yield say
        file.truncate(0)
