"""How fast alerts go out: the outbox alone, then with a mail server and a web server that take everything.

    python tests/bench/delivering.py [--deliveries 1000]

The receivers are processes of their own and as fast as Python allows, with no network in between. Real ones take far
longer, so this shows what the deliverer itself costs.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from monitor.alerts.channels import open_channel
from monitor.alerts.deliver import BATCH, LEASE, deliver_due
from monitor.alerts.messages import deliveries_for
from monitor.store import Store

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "alerts"))

import alertkit  # the tests' own message

DELIVERIES = 1_000
TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


@contextmanager
def measured(what: str, count: int, unit: str) -> Iterator[list[float]]:
    """Prints what the block took, and leaves how many there were a second. CPU is this process's own, all threads."""
    rate: list[float] = []
    wall, cpu = time.perf_counter(), time.process_time()
    yield rate
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"{what:<44}{count:>6} {unit:<9}{wall:>8.2f} s wall {cpu:>7.2f} s CPU {count / wall:>9.0f} /s"
        f" {count / cpu:>7.0f} /s CPU",
        flush=True,
    )
    rate.append(count / wall)


def mail_server(port: Connection) -> None:
    """Takes every mail as quickly as a server in Python can."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while (line := await reader.readline()) and not line.upper().startswith(b"QUIT"):
                if line.upper().startswith(b"DATA"):
                    writer.write(b"354 go on\r\n")
                    await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 ok\r\n")
        writer.close()

    asyncio.run(_serve(serve, port))


def web_server(port: Connection) -> None:
    """Takes every post."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(int(length.split(b":")[1]))
                writer.write(TAKEN)
        writer.close()

    asyncio.run(_serve(serve, port))


async def _serve(answer: Any, port: Connection) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=2**22)
    port.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


@contextmanager
def running(server: Any) -> Iterator[int]:
    """The port of a receiver in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=server, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


def enqueue(store: Store, channel: str, count: int) -> None:
    """So many messages of one alert each."""
    made = []
    for number in range(count):
        message = alertkit.message(alertkit.told(f"{channel}{number}"))
        made += [replace(one, change_ids=()) for one in deliveries_for(message, (channel,), alertkit.NOW)]
    store.enqueue(made, alertkit.NOW)


def bench_outbox(store: Store, count: int, name: str = "none") -> float:
    """Claims and marks, as the deliverer makes them when sending takes no time. Returns how many a second. Of one
    `name` each message is made once."""
    enqueue(store, name, count)
    with measured("outbox: claim and mark", count, "rows") as rate:
        while batch := store.lease_due(alertkit.NOW, limit=BATCH, lease=LEASE, worker="bench"):
            store.mark_sent([one.key for one in batch], alertkit.NOW)
    return rate[0]


def bench_channel(store: Store, what: str, address: str, count: int) -> float:
    """The whole way of each message, from the outbox to its mark. Returns how many a second."""
    channel = open_channel(what, address)
    channel.send(alertkit.message(), "warm")
    enqueue(store, what, count)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as notes,
        measured(f"deliver, one channel: {what}", count, "messages") as rate,
    ):
        report = deliver_due(store, {what: channel}, now=lambda: datetime.now(UTC), limit=count, notes=Path(notes))
    assert report.sent == count, report
    return rate[0]


def bench_mails(store: Store, count: int, name: str = "mails") -> float:
    """Mails a second."""
    with running(mail_server) as port:
        return bench_channel(store, name, f"mailto://127.0.0.1:{port}?from=a@b.org&to=c@d.org", count)


def bench_webhooks(store: Store, count: int, name: str = "webhooks") -> float:
    """Webhooks a second."""
    with running(web_server) as port:
        return bench_channel(store, name, f"json://127.0.0.1:{port}/hook", count)


def bench_delivering(count: int = DELIVERIES) -> None:
    """All measurements, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Store(f"sqlite:///{folder}/monitor.db") as store:
        store.migrate()
        bench_outbox(store, count)
        bench_mails(store, count)
        bench_webhooks(store, count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES)
    bench_delivering(parser.parse_args().deliveries)
