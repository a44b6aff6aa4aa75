"""A Prefect server as a child process, from start to healthy to gone."""

import asyncio
import base64
import contextlib
import errno
import http.client
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

from flows.environment import AUTH, address_of, prefect_environment, with_environment
from flows.orphans import mark
from flows.processes import Child
from monitor.errors import MonitorError

HEALTHY_WITHIN = 180.0
"""Seconds that a first start may take: it makes Prefect's tables, on a slow disk for minutes."""
PORTS_TRIED = 5
"""How often somebody may be faster to take the port, where any will do."""


class ServerError(MonitorError):
    """The Prefect server couldn't be started or didn't become healthy."""


class PortInUseError(ServerError):
    """Something else listens on the port of the Prefect server, maybe since a moment ago."""


def server_child(data: Path, port: int, *, host: str = "127.0.0.1") -> Child:
    """The server of the installation whose state is in `data`, not started yet."""
    environment = prefect_environment(data / "prefect", port, host=host) | mark(data)
    command = (sys.executable, "-P", "-m", "prefect", "server", "start", "--host", host, "--port", str(port))
    return Child("Prefect server", command, with_environment(environment), data / "logs" / "server.log", data)


async def wait_healthy(child: Child, port: int, within: float = HEALTHY_WITHIN, *, host: str = "127.0.0.1") -> None:
    """Returns when this child answers on this host, and not another server that was faster to take the port.

    Raises PortInUseError when there is such a one, ServerError when the child ends first or `within` seconds are over.
    """
    address, home = f"{address_of(host, port)}/api", child.environment["PREFECT_HOME"]
    until = time.monotonic() + within
    while time.monotonic() < until:
        healthy = await asyncio.to_thread(answers, f"{address}/health")
        answering = await asyncio.to_thread(_home, address) if healthy else None
        if answering not in {None, home}:
            raise PortInUseError(f"port {port} is in use by another Prefect server")
        if not child.running:
            if not port_is_free(port, host):
                raise PortInUseError(f"port {port} is in use")
            raise ServerError(f"the Prefect server ended while starting; its last words are in {child.log}")
        if answering == home:
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
    return _get(url, timeout) is not None


def _home(address: str) -> str | None:
    """The folder of the Prefect server that answers there: no two that run have the same one."""
    try:
        return str(json.loads(_get(f"{address}/admin/settings", 10.0) or b"{}")["home"])
    except (ValueError, KeyError, TypeError):
        return None


def _get(url: str, timeout: float) -> bytes | None:
    """What this local address answers, None when that isn't a 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url)  # noqa: S310 -- our own address
    if password := os.environ.get(AUTH):
        request.add_header("Authorization", f"Basic {base64.b64encode(password.encode()).decode()}")
    try:
        with opener.open(request, timeout=timeout) as response:
            return bytes(response.read()) if response.status == 200 else None
    except (urllib.error.URLError, OSError, ValueError, http.client.HTTPException):
        return None


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
