"""A Prefect server as a child process, from start to healthy to gone."""

import asyncio
import base64
import contextlib
import errno
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

from flows.environment import AUTH, address_of, prefect_environment, with_environment
from flows.processes import Child
from monitor.errors import MonitorError

HEALTHY_WITHIN = 180.0
"""Seconds that a first start may take: it makes Prefect's tables, on a slow disk for minutes."""


class ServerError(MonitorError):
    """The Prefect server couldn't be started or didn't become healthy."""


def server_child(data: Path, port: int, *, host: str = "127.0.0.1") -> Child:
    """The server of the installation whose state is in `data`, not started yet."""
    environment = prefect_environment(data / "prefect", port, host=host)
    command = (sys.executable, "-P", "-m", "prefect", "server", "start", "--host", host, "--port", str(port))
    return Child("Prefect server", command, with_environment(environment), data / "logs" / "server.log", data)


async def wait_healthy(child: Child, port: int, within: float = HEALTHY_WITHIN, *, host: str = "127.0.0.1") -> None:
    """Returns when the server that listens on this host answers.

    Raises ServerError when it ends first or `within` seconds are over.
    """
    until = time.monotonic() + within
    while time.monotonic() < until:
        healthy = await asyncio.to_thread(answers, f"{address_of(host, port)}/api/health")
        if not child.running:  # what answers then is somebody else's, who was faster to take the port
            raise ServerError(f"the Prefect server ended while starting; its last words are in {child.log}")
        if healthy:
            return
        await asyncio.sleep(0.25)
    raise ServerError(f"the Prefect server was not healthy within {within:.0f} s; see {child.log}")


@contextlib.asynccontextmanager
async def running_server(data: Path, port: int) -> AsyncIterator[Child]:
    """A started server, healthy or not yet (see `wait_healthy`), that is gone at the end."""
    child = server_child(data, port)
    await child.start()
    try:
        yield child
    finally:
        await child.stop(grace=5.0)


def answers(url: str, timeout: float = 2.0) -> bool:
    """True when a GET of this local address ends with 200; the server's password is sent if there is one."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url)  # noqa: S310 -- our own address
    if password := os.environ.get(AUTH):
        request.add_header("Authorization", f"Basic {base64.b64encode(password.encode()).decode()}")
    try:
        with opener.open(request, timeout=timeout) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """True when nothing listens on this port. Raises ServerError for a host that isn't this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise ServerError(f'"{host}" is no address to listen on: {error.strerror}') from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise ServerError(f'"{host}" is no address of this machine') from error
            return False
    return True


def near_port(preferred: int, host: str, taken: int = 0) -> int:
    """The preferred port or, where something listens on it or it is `taken`, the next one that is free.

    Raises ServerError when there is none near, or for a host that isn't this machine.
    """
    near = (port for port in range(preferred, min(preferred + 100, 65536)) if port != taken)
    found = next((port for port in near if port_is_free(port, host)), None)
    if found is None:
        raise ServerError(f"no port from {preferred} on is free")
    return found


def free_port(preferred: int = 0) -> int:
    """The preferred port of the loopback when it is free, else any free one."""
    if preferred and port_is_free(preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
