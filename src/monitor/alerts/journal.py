"""What receivers have taken and the outbox doesn't know yet: a file for each deliverer, read by those that follow it.

The outbox is told in a transaction, which waits for a disk; a line here is written within microseconds of the
receiver's answer, and outlives a killed process (not a power cut: nothing here waits for a disk). So what was answered
isn't sent again, unless another machine takes it over. It is a help only: where the folder or one of its files can't be
used, deliveries go out all the same. A folder belongs to one database: two may have deliveries of the same key.
"""

import contextlib
import errno
import fcntl
import functools
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

SUFFIX = ".taken"

log = logging.getLogger("monitor.deliver")


class Journal:
    """One deliverer's file in a folder that it shares with the others; None: nothing is written down.

    Use it as a context manager: a clean end removes the file, after any other the next deliverer reads it.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._writes = True
        self._file: tuple[int, Path] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            file, self._file, self._writes = self._file, None, False
        if file is not None:
            if kind is None:
                _remove(file[1])
            os.close(file[0])

    def note(self, key: str) -> None:
        """The receiver has taken this delivery. Nothing after the end, nor after a line that couldn't be written. Safe
        for threads."""
        with self._lock:
            try:
                if self._file is None and self._folder is not None and self._writes:
                    self._file = _new_file(self._folder)
                if self._file is not None:
                    _write(self._file[0], f"{key}\n".encode())
            except OSError as error:
                self._give_up(error)

    def taken(self) -> frozenset[str]:
        """What other deliverers have written down, those that run and those that ended at once."""
        own = self._file[1] if self._file is not None else None
        return frozenset(key for path in self._files() if path != own for key in _keys(path))

    def settle(self, mark: Callable[[Sequence[str]], object]) -> None:
        """Has `mark` write down for good what deliverers left that have ended, and removes their files."""
        for path in self._files():
            if (left := _left_behind(path)) is not None:
                file, keys = left
                with file:
                    if keys:
                        mark(keys)
                    _remove(path)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder is not None else []

    def _give_up(self, error: OSError) -> None:
        """Writes no more: after half a line the next key would be lost in it. What stands there is left to the next
        deliverer, and the others' files are read as before."""
        log.info("%s can't be written to (%s): a killed deliverer's last messages may come twice", self._folder, error)
        file, self._file, self._writes = self._file, None, False
        if file is not None:
            os.close(file[0])


def _new_file(folder: Path) -> tuple[int, Path]:
    """A file that is ours as long as we live: the system lets go of its lock when the process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        handle, name = tempfile.mkstemp(suffix=SUFFIX, dir=folder)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if Path(name).exists():
                return handle, Path(name)
        except BlockingIOError:
            pass
        except OSError:  # a disk without locks: nobody could tell whether we live
            os.close(handle)
            _remove(Path(name))
            raise
        os.close(handle)  # another deliverer was faster, and took it for left behind


def _write(handle: int, line: bytes) -> None:
    if os.write(handle, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _left_behind(path: Path) -> tuple[IO[bytes], list[str]] | None:
    """A file where nobody writes any more, ours until it is closed, and its keys; None where somebody does, or where it
    can't be read."""
    with contextlib.ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("r+b"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            keys = _whole_lines(file.read())
            if path.exists():
                opened.pop_all()
                return file, keys
        except (FileNotFoundError, BlockingIOError):
            pass
        except OSError as error:
            _say_once(path, str(error))
        return None


def _keys(path: Path) -> list[str]:
    try:
        return _whole_lines(path.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        _say_once(path, str(error))
        return []


def _whole_lines(written: bytes) -> list[str]:
    """The last line may be cut off."""
    return written.decode("ascii", "replace").split("\n")[:-1]


@functools.lru_cache(maxsize=100)
def _say_once(path: Path, why: str) -> None:
    """Each round comes by it again."""
    log.warning("%s is left aside: %s", path, why)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
