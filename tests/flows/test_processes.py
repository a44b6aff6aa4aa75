"""Children that are kept running and never outlive their parent."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import processes
from flows.lock import AlreadyRunningError, DataFolderError, only_one
from flows.orphans import mark, sweep
from flows.processes import Backoff, Child, HopelessError, keep_running, rotate
from flows.server import free_port, port_is_free

pytestmark = pytest.mark.process

FOREVER = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


def python(folder: Path, code: str) -> Child:
    return Child("child", (sys.executable, "-c", code), os.environ, folder / "child.log")


def alive(pid: int) -> bool:
    """False also for a process that has ended and waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


async def until(true: object, seconds: float = 10.0) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.02)


async def test_a_child_that_ends_is_started_again_and_said(tmp_path: Path) -> None:
    said: list[str] = []
    child = python(tmp_path, "print('hello'); raise SystemExit(3)")
    work = asyncio.ensure_future(keep_running(child, say=said.append, backoff=Backoff(first=0.01, longest=0.02)))
    await until(lambda: len(said) >= 2)
    work.cancel()
    await child.stop(1)
    assert said[0].startswith("child ended (exit 3); starting it again in ")
    assert child.log.read_text(encoding="utf-8").count("hello") >= 2


async def test_exit_2_is_not_tried_again_but_said(tmp_path: Path) -> None:
    child = python(tmp_path, "print('monitor: channel newsroom: no such scheme'); raise SystemExit(2)")
    with pytest.raises(HopelessError, match=r"^child: channel newsroom: no such scheme$"):
        await keep_running(child, say=print)


def test_the_wait_doubles_and_begins_again_after_a_long_life() -> None:
    backoff = Backoff(first=1, longest=5, settled=60)
    wait = 0.0
    assert [wait := backoff.after(wait, lived) for lived in (1, 1, 1, 1, 100)] == [1, 2, 4, 5, 1]


@pytest.mark.clock
async def test_a_child_that_does_not_listen_is_killed_after_the_grace(tmp_path: Path) -> None:
    child = python(tmp_path, STUBBORN)
    await child.start()
    await until(lambda: "up" in child.log.read_text(encoding="utf-8"))
    began = time.monotonic()
    await child.stop(0.2)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 2


async def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    start = f"subprocess.Popen([sys.executable, '-c', {FOREVER!r}])"
    code = f"import subprocess, sys, time; print({start}.pid, flush=True); time.sleep(600)"
    child = python(tmp_path, code)
    await child.start()
    await until(lambda: child.log.read_text(encoding="utf-8").strip().isdigit())
    grandchild = int(child.log.read_text(encoding="utf-8"))
    await child.stop(2)
    await until(lambda: not alive(grandchild))


async def test_what_a_child_started_does_not_outlive_its_own_death_beside_the_next_one(tmp_path: Path) -> None:
    start = f"subprocess.Popen([sys.executable, '-c', {FOREVER!r}])"
    child = python(tmp_path, f"import os, subprocess, sys; print({start}.pid, flush=True); os.kill(os.getpid(), 9)")
    said: list[str] = []
    work = asyncio.ensure_future(keep_running(child, say=said.append, backoff=Backoff(first=60)))
    await until(lambda: said)
    work.cancel()
    grandchild = int(child.log.read_text(encoding="utf-8"))
    await until(lambda: not alive(grandchild))
    assert said[0].startswith("child ended (killed by SIGKILL)")


async def left_by_a_killed_parent(folder: Path, code: str, *, said: bool = False) -> list[int]:
    """A process starts a child of this code and is killed, if `said` once the child has said something: the child's
    pid, and those that it said."""
    parent = f"""
import asyncio, os, sys, time
from pathlib import Path
from flows.processes import Child
async def main():
    child = Child("child", (sys.executable, "-c", {code!r}), os.environ, Path({str(folder)!r}) / "inner.log")
    await child.start()
    while {said} and not child.log.read_text():
        time.sleep(0.05)
    print(child.process.pid, child.log.read_text(), flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    command = [sys.executable, "-c", parent]
    ended = await asyncio.to_thread(subprocess.run, command, stdout=subprocess.PIPE, text=True, check=False, timeout=30)
    assert ended.returncode == -signal.SIGKILL
    return [int(pid) for pid in ended.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
async def test_a_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    (pid,) = await left_by_a_killed_parent(tmp_path, FOREVER)
    await until(lambda: not alive(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
async def test_a_child_that_takes_its_time_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """With what it started, which the kernel doesn't tell."""
    inner = f"""
import signal, subprocess, sys, time
from flows.processes import outlive_no_parent
signal.signal(signal.SIGTERM, signal.SIG_IGN)
outlive_no_parent(grace=0.1, pause=0.05)
print(subprocess.Popen([sys.executable, "-c", {FOREVER!r}]).pid, flush=True)
time.sleep(600)
"""
    left = await left_by_a_killed_parent(tmp_path, inner, said=True)
    assert len(left) == 2
    await until(lambda: not any(alive(pid) for pid in left))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_what_an_earlier_start_left_behind_is_ended_and_nobody_elses(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    children = {}
    for data in (mine, theirs):
        command = (sys.executable, "-c", FOREVER)
        children[data] = Child("child", command, {**os.environ, **mark(data)}, data / "child.log")
        await children[data].start()
    try:
        assert await asyncio.to_thread(sweep, mine) == 1
        assert await children[mine].ended() == -signal.SIGKILL
        assert children[theirs].running
    finally:
        for child in children.values():
            await child.stop(1)


def test_the_runner_ends_with_the_supervisor(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import runner

    async def run(*_: object) -> None:
        assert watched == ["the parent"]

    watched: list[str] = []
    monkeypatch.setattr(runner, "outlive_no_parent", lambda: watched.append("the parent"))
    monkeypatch.setattr(runner, "run", run)
    assert runner.main(Path("monitor.toml"), "* * * * *", "UTC") == 0


def test_a_data_folder_is_for_one_process(tmp_path: Path) -> None:
    with (
        only_one(tmp_path, "process 1, http://127.0.0.1:4200"),
        pytest.raises(AlreadyRunningError, match="process 1, http"),
        only_one(tmp_path, "process 2"),
    ):
        pass
    with only_one(tmp_path, "process 3"):
        pass


def test_a_data_folder_without_room_is_said_and_held_by_nobody(tmp_path: Path) -> None:
    """A limit of the process stands for the disk, which says it in other words."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(DataFolderError) as caught, only_one(tmp_path, "process 1"):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert str(caught.value) == f"the data folder {tmp_path} can't be written: File too large"
    with only_one(tmp_path, "process 2"):
        assert (tmp_path / "serve.lock").read_text(encoding="utf-8") == "process 2"


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("x" * 100, encoding="utf-8")
    rotate(log, limit=50)
    assert log.read_text(encoding="utf-8") == ""
    assert (tmp_path / "server.log.1").read_text(encoding="utf-8") == "x" * 100


def test_as_many_old_logs_are_kept_as_wanted(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    for letter in "abcd":
        log.write_text(letter * 100, encoding="utf-8")
        rotate(log, limit=50, files=3)
    kept = {path.name: path.read_text(encoding="utf-8")[:1] for path in tmp_path.iterdir()}
    assert kept == {"server.log": "", "server.log.1": "d", "server.log.2": "c", "server.log.3": "b"}


async def test_the_log_of_a_child_that_never_ends_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOG_SECONDS", 0.05)
    talk = "for n in itertools.count(): print(f'line {n} ' + 'x' * 90, flush=True); time.sleep(0.001)"
    child = python(tmp_path, f"import itertools, time\n{talk}")
    child.log_size = 10_000
    work = asyncio.ensure_future(keep_running(child, say=print))
    aside = tmp_path / "child.log.1"
    await until(aside.exists, 30)
    first = aside.read_bytes()[:20]
    await until(lambda: aside.read_bytes()[:20] not in {first, b""}, 30)
    work.cancel()
    await child.stop(1)
    assert child.log.read_bytes()[:4] in {b"line", b""}, "written at its new end, no hole before it"
    assert child.log.stat().st_size < 1_000_000


def test_a_taken_port_is_seen_and_another_one_found() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free(port)
        assert free_port(port) != port
