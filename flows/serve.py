"""Everything for good on one machine: a small supervisor over Prefect's server, the runner and the deliverer.

It holds the data folder, starts its children, says when all of them are ready, starts again what dies, and ends them
within ten seconds when it is told to. It doesn't import Prefect: there is little in it that can fail.
"""

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.environment import AUTH, LOG_FORMAT, address_of, as_set, is_loopback, prefect_environment, with_environment
from flows.lock import only_one
from flows.orphans import mark, sweep
from flows.processes import Child, keep_running
from flows.server import PORTS_TRIED, PortInUseError, ServerError, answers, near_port, server_child, wait_healthy
from monitor import logs
from monitor.errors import MonitorError
from monitor.settings import DATA, LogSetting

PAGES_AUTH = "MONITOR_PAGES_AUTH"
"""What `monitor pages` reads its NAME:PASSWORD from."""
PAGES_URL = "MONITOR_PAGES_URL"
"""Where flows find the figures' pages that charts are shown from."""
WORKERS_GRACE = 5.0
SERVER_GRACE = 3.0
"""Seconds that children get to end by themselves: together under the ten that a stop may take."""


@dataclass(frozen=True, slots=True)
class Service:
    """What to run: the settings file, the folder for all state, and when to watch. `pages_port` is where the figures'
    own pages listen, on the same host; `any_port`: nobody has asked for this port, so another one will do. `history` is
    how long Prefect keeps runs, None for good."""

    config: Path
    data: Path
    host: str
    port: int
    cron: str
    timezone: str
    pages_port: int
    log: LogSetting = field(default_factory=LogSetting)
    history: timedelta | None = timedelta(days=14)
    any_port: bool = False
    any_pages_port: bool = False

    def on_free_ports(self) -> "Service":
        """The same on ports that can be had. Raises PortInUseError for one that was asked for."""
        port = near_port(self.port, self.host, 0 if self.any_pages_port else self.pages_port)
        if port != self.port and not self.any_port:
            raise PortInUseError(f"port {self.port} is in use; choose another one with --port")
        pages_port = near_port(self.pages_port, self.host, port)
        if pages_port != self.pages_port and not self.any_pages_port:
            raise PortInUseError(f"port {self.pages_port} is in use; choose another one with --pages-port")
        return replace(self, port=port, pages_port=pages_port)

    @property
    def pages(self) -> str:
        """Where people find the figures."""
        return address_of(self.host, self.pages_port)

    @property
    def address(self) -> str:
        """Where people find Prefect's pages."""
        return address_of(self.host, self.port)

    @property
    def open_to_all(self) -> bool:
        """True when other machines reach the pages and nothing asks them for a password."""
        return not is_loopback(self.host) and not os.environ.get(AUTH)

    def child(self, name: str, *arguments: str) -> Child:
        """One of our own processes, with the environment of the server that it talks to."""
        pages = {PAGES_URL: os.environ.get(PAGES_URL, self.pages)}
        environment = with_environment(prefect_environment(self.data / "prefect", self.port, host=self.host) | pages)
        return self._child(name, environment, *arguments)

    def pages_child(self) -> Child:
        """The figures' own pages, behind the password of Prefect's."""
        login = {PAGES_AUTH: os.environ[AUTH]} if os.environ.get(AUTH) else {}
        return self._child("pages", with_environment(login), "--host", self.host, "--port", str(self.pages_port))

    def _child(self, name: str, environment: dict[str, str], *arguments: str) -> Child:
        command = (sys.executable, "-P", "-m", "flows", name, "--config", str(self.config), *arguments)
        # In the data folder, since Prefect imports flows from the folder where it works before all others.
        own = {DATA: str(self.data), **mark(self.data)}
        return Child(name, command, environment | own, self.data / "logs" / f"{name}.log", self.data)


def say(line: str) -> None:
    """Tells the person at the terminal (or the journal) one line."""
    sys.stdout.write(f"{logs.line(line, os.environ.get(LOG_FORMAT, 'text'))}\n")
    sys.stdout.flush()


def serve(service: Service) -> int:
    """Runs until SIGTERM or Ctrl-C. Raises MonitorError when it can't start."""
    os.environ.update(as_set(service.log, service.history))
    with only_one(service.data, f"process {os.getpid()}") as note:
        if left := sweep(service.data):
            say(f"ended {left} processes that an earlier start had left behind")
        for _ in range(PORTS_TRIED):
            service = service.on_free_ports()
            note(f"process {os.getpid()}, {service.address}")
            _warn(service)
            try:
                asyncio.run(_supervise(service))
            except PortInUseError as error:
                if not service.any_port:
                    raise
                say(f"{error}; trying another one")
            else:
                return 0
    raise PortInUseError(f"port {service.port} is in use; choose another one with --port")


def _warn(service: Service) -> None:
    if service.open_to_all:
        say(f"anyone who reaches port {service.port} of this machine can start runs: set {AUTH} (NAME:PASSWORD)")


async def _supervise(service: Service) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = server_child(service.data, service.port, host=service.host)
    workers = [
        service.child("runner", "--cron", service.cron, "--timezone", service.timezone),
        service.child("deliverer"),
        service.pages_child(),
    ]
    for child in (server, *workers):
        child.log_size, child.log_files = service.log.size, service.log.files
    work = asyncio.ensure_future(_run_all(service, server, workers))
    try:
        await _until_told(work, stop)
    except* MonitorError as group:
        raise group.exceptions[0] from None
    finally:
        await _cancelled(work)
        say("stopping")
        await asyncio.gather(*(worker.stop(WORKERS_GRACE) for worker in workers))
        await server.stop(SERVER_GRACE)
        say("stopped")


async def _run_all(service: Service, server: Child, workers: list[Child]) -> None:
    say(f"starting Prefect's server on {service.address} (the first time it takes half a minute)")
    healthy = asyncio.Event()

    async def server_started() -> None:
        try:
            await wait_healthy(server, service.port, host=service.host)
        except ServerError as error:
            if not healthy.is_set():
                raise  # the first start of all: nobody is served yet, so say it and end
            say(str(error))
            await server.stop(SERVER_GRACE)
        healthy.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(keep_running(server, say=say, started=server_started))
        await healthy.wait()
        for worker in workers:
            group.create_task(keep_running(worker, say=say))
        group.create_task(_tell_when_ready(service, workers))


async def _tell_when_ready(service: Service, workers: list[Child]) -> None:
    deployed = f"{service.address}/api/deployments/name/watch_feeds/local"
    for wanted in (deployed, f"{service.pages}/health"):
        while not await asyncio.to_thread(answers, wanted):  # noqa: ASYNC110 -- another process makes it true
            await asyncio.sleep(0.5)
    while not all(worker.running for worker in workers):  # noqa: ASYNC110 -- the same
        await asyncio.sleep(0.5)
    say("ready. Ctrl-C stops it")
    say(f"  runs, logs, status tables   {service.address}")
    say(f"  figures, changes            {service.pages}")
    say(f"  schedule                    {service.cron} {service.timezone}")
    say(f"  state and logs              {service.data}")


async def _until_told(work: "asyncio.Future[None]", stop: asyncio.Event) -> None:
    """Waits until a stop is asked for, or the work fails, which is raised."""
    stopping = asyncio.ensure_future(stop.wait())
    either: set[asyncio.Future[Any]] = {work, stopping}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()


async def _cancelled(work: "asyncio.Future[None]") -> None:
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await work
