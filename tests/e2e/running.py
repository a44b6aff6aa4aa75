"""Servers that tests start: processes on free ports of the loopback, ended with the test."""

import contextlib
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


@contextlib.contextmanager
def running(command: Sequence[str | Path], log: Path, port: int, *, patience: float = 20.0) -> Iterator[None]:
    """A server that listens on its port; what it says goes to `log`."""
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + patience
        while not _listens(port):
            said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
            assert server.poll() is None, f"{command[0]} ended: {said}"
            assert time.monotonic() < until, f"{command[0]} doesn't listen: {said}"
            time.sleep(0.05)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [int(probe.getsockname()[1]) for probe in probes]


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
