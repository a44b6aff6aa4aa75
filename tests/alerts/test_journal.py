"""Journals: what one deliverer was answered, the next one knows."""

import errno
import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import IO

import pytest

from monitor.alerts.journal import Journal
from monitor.errors import StoreError

OPEN: Callable[..., IO[bytes]] = Path.open
WRITE = os.write


def test_a_deliverer_that_ended_well_leaves_nothing_behind(tmp_path: Path) -> None:
    with Journal(tmp_path / "notes") as journal:
        journal.note("d1")
        assert journal.taken() == frozenset()  # its own is what it has marked, or is about to
    assert not list((tmp_path / "notes").iterdir())


def test_what_a_deliverer_wrote_is_known_while_it_runs_and_settled_once_it_has_ended(tmp_path: Path) -> None:
    settled: list[str] = []
    with Journal(tmp_path) as next_one:
        journal = Journal(tmp_path)
        journal.note("d1")
        journal.note("d2")
        next_one.settle(settled.extend)
        assert (next_one.taken(), settled) == ({"d1", "d2"}, [])
        journal.__exit__(StoreError, None, None)
        journal.note("d3")  # too late: a receiver that answered after the end
        assert next_one.taken() == {"d1", "d2"}
        next_one.settle(settled.extend)
        assert (next_one.taken(), settled) == (frozenset(), ["d1", "d2"])


def test_what_cannot_be_settled_is_kept(tmp_path: Path) -> None:
    (tmp_path / "dead.taken").write_text("d1\nd2\nd3 is cut o")

    def fail(_: object) -> None:
        raise ZeroDivisionError

    with Journal(tmp_path) as journal:
        with pytest.raises(ZeroDivisionError):
            journal.settle(fail)
        assert journal.taken() == {"d1", "d2"}


def test_a_folder_that_cannot_be_used_is_said_once_and_hinders_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    (tmp_path / "file").touch()
    with Journal(tmp_path / "file") as journal:
        journal.note("d1")
        journal.note("d2")
        assert journal.taken() == frozenset()
    assert len(caplog.records) == 1


def test_threads_write_whole_lines(tmp_path: Path) -> None:
    keys = {f"d{number:020}" for number in range(200)}
    with Journal(tmp_path) as journal, Journal(tmp_path) as other:
        threads = [threading.Thread(target=journal.note, args=(key,)) for key in keys]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert other.taken() == keys


def test_a_killed_deliverers_file_is_free(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        Journal(tmp_path).note("d1")
        os._exit(9)
    os.waitpid(child, 0)
    settled: list[str] = []
    with Journal(tmp_path) as journal:
        journal.settle(settled.extend)
    assert settled == ["d1"]
    assert not list(tmp_path.iterdir())


def no_locks(handle: object, how: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def half_a_line(handle: int, line: bytes) -> int:
    return WRITE(handle, line[:2])


@pytest.mark.parametrize(("module", "name", "broken"), [(fcntl, "flock", no_locks), (os, "write", half_a_line)])
def test_where_nothing_can_be_written_others_are_read_and_the_next_round_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, broken: Callable[..., object]
) -> None:
    """A disk without locks, and a full one."""
    with Journal(tmp_path) as other:
        other.note("other")
        with monkeypatch.context() as now, Journal(tmp_path) as journal:
            now.setattr(module, name, broken)
            journal.note("d1")
            now.setattr(os, "write", WRITE)
            journal.note("d2")  # not behind half a key
            assert journal.taken() == {"other"}
            journal.settle(pytest.fail)
        settled: list[str] = []
        with Journal(tmp_path) as later:
            later.settle(settled.extend)
        assert settled == []
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_read_is_left_aside_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def opened(path: Path, mode: str) -> IO[bytes]:
        if path.name == "another's.taken":  # a test that runs as root could read it
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return OPEN(path, mode)

    (tmp_path / "another's.taken").touch(0o600)
    (tmp_path / "folder.taken").mkdir()
    (tmp_path / "left.taken").write_text("d1\n")
    monkeypatch.setattr(Path, "open", opened)
    settled: list[str] = []
    for _ in range(3):
        with Journal(tmp_path) as journal:
            journal.settle(settled.extend)
            journal.note("d2")
            assert journal.taken() == frozenset()
    assert (settled, len(caplog.records)) == (["d1"], 2)
