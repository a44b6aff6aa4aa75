"""One process at a time on one data folder."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path

from monitor.errors import MonitorError


class AlreadyRunningError(MonitorError):
    """Another process works on the same data folder."""


class DataFolderError(MonitorError):
    """The data folder can't be written: a full disk, one mounted for reading, rights of somebody else."""


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

    Gives a function that changes the words. The system lets go of it when the process ends, however it ends. Raises
    DataFolderError where nothing can be written: all that is started after it writes there.
    """
    with _opened(data) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunningError(f"already running on {data}: {_told(file) or 'starting'}") from error

        def say(words: str) -> None:
            try:
                file.truncate(0)  # what is appended then begins at the start
                file.write(words.encode())
            except OSError as error:
                raise _unwritable(data, error) from error

        say(words)
        yield say
        file.truncate(0)


def _opened(data: Path) -> FileIO:
    # Unbuffered: what a full disk refuses is not tried once more when the file is closed.
    try:
        data.mkdir(parents=True, exist_ok=True)
        return (data / "serve.lock").open("a+b", buffering=0)
    except OSError as error:
        raise _unwritable(data, error) from error


def _told(file: FileIO) -> str:
    file.seek(0)
    return file.read().decode().strip()


def _unwritable(data: Path, error: OSError) -> DataFolderError:
    return DataFolderError(f"the data folder {data} can't be written: {error.strerror}")
