"""What receivers have taken and the outbox doesn't know yet: a file for each deliverer, read by those that follow it.

The outbox is told in a transaction, which waits for a disk; a line here is written within microseconds of the
receiver's answer, and outlives a killed process (not a power cut: nothing here waits for a disk). So what was answered
isn't sent again, unless another machine takes it over. It is a help only: where the folder can't be used, deliveries
go out all the same.
"""

import contextlib
import fcntl
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

SUFFIX = ".taken"

log = logging.getLogger("monitor.deliver")


class Journal:
    """One deliverer's file in a folder that it shares with the others; None: nothing is written down.

    Use it as a context manager: a clean end removes the file, after any other the next deliverer reads it.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._file: tuple[int, Path] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            file, self._file, self._folder = self._file, None, None
        if file is not None:
            if kind is None:
                _remove(file[1])
            os.close(file[0])

    def note(self, key: str) -> None:
        """The receiver has taken this delivery. Nothing after the end. Safe for threads."""
        with self._lock:
            try:
                if self._file is None and self._folder is not None:
                    self._file = _new_file(self._folder)
                if self._file is not None:
                    os.write(self._file[0], f"{key}\n".encode())
            except OSError as error:
                self._give_up(error)

    def taken(self) -> frozenset[str]:
        """What other deliverers have written down, those that run and those that ended at once."""
        own = self._file[1] if self._file is not None else None
        return frozenset(key for path in self._files() if path != own for key in _keys(path))

    def settle(self, mark: Callable[[Sequence[str]], object]) -> None:
        """Has `mark` write down for good what deliverers left that have ended, and removes their files."""
        for path in self._files():
            with _left_behind(path) as left:
                if left:
                    if keys := _keys(path):
                        mark(keys)
                    _remove(path)

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder is not None else []
        except OSError as error:
            self._give_up(error)
            return []

    def _give_up(self, error: OSError) -> None:
        log.info("%s can't be used (%s): a killed deliverer's last messages may come twice", self._folder, error)
        self._folder = None


def _new_file(folder: Path) -> tuple[int, Path]:
    """A file that is ours as long as we live: the system lets go of its lock when the process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        handle, name = tempfile.mkstemp(suffix=SUFFIX, dir=folder)
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if Path(name).exists():
                return handle, Path(name)
        os.close(handle)  # another deliverer was faster, and took it for left behind


@contextlib.contextmanager
def _left_behind(path: Path) -> Iterator[bool]:
    """True when nobody writes there any more; then it is ours to read until the end of the block."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield path.exists()
    except (FileNotFoundError, BlockingIOError):
        yield False


def _keys(path: Path) -> list[str]:
    """The whole lines; the last one may be cut off."""
    try:
        *whole, _ = path.read_text("ascii", "replace").split("\n")
    except FileNotFoundError:
        return []
    return whole


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
