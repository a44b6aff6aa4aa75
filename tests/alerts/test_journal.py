"""Journals: what one deliverer was answered, the next one knows."""

import os
import threading
from pathlib import Path

import pytest

from monitor.alerts.journal import Journal
from monitor.errors import StoreError


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
