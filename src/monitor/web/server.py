"""The pages on a port of this machine, with a password where one is set."""

import base64
import hmac
import logging
import os
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from monitor import logs
from monitor.errors import MonitorError
from monitor.settings import Settings
from monitor.store import Store
from monitor.web.app import create_app
from monitor.web.metrics import HEALTH
from monitor.web.passwords import operator_password

AUTH = "MONITOR_PAGES_AUTH"
"""The variable of the environment with NAME:PASSWORD, which the pages then ask for."""


class PagesError(MonitorError):
    """The pages can't be served where they are wanted."""


def serve_pages(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until SIGTERM or Ctrl-C. Raises StoreError, ConfigError for the
    operator's password, and PagesError when the port can't be had."""
    password = operator_password(settings.server.password_file)
    # Bound here: an address that can't be had is one line, and not one of the server's.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with Store(settings.store_url) as store, socket.socket(family, socket.SOCK_STREAM) as bound:
        store.migrate()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            raise PagesError(f"the pages can't listen on {host} port {port}: {error.strerror}") from error
        app = create_app(settings, store, password=password)
        if login := os.environ.get(AUTH):
            ask_for(app, login)
        shown = f"[{host}]" if family is socket.AF_INET6 else host
        ready(f"http://{shown}:{bound.getsockname()[1]}")
        logs.set_up(settings.log.format)
        logging.getLogger("uvicorn.access").disabled = True
        config = uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            lifespan="off",
            proxy_headers=False,  # the application does it, after it has seen who is really there
        )
        uvicorn.Server(config).run(sockets=[bound])


def ask_for(app: FastAPI, login: str) -> None:
    """Every page asks for this NAME:PASSWORD; whether the server lives may be asked by everyone who watches over it."""
    wanted = f"Basic {base64.b64encode(login.encode()).decode()}".encode()

    @app.middleware("http")
    async def guarded(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.headers.get("authorization", "").encode("latin-1", "replace")
        if request.url.path != HEALTH and not hmac.compare_digest(given, wanted):
            asked = {"WWW-Authenticate": 'Basic realm="figure monitor", charset="UTF-8"'}
            return PlainTextResponse("A name and a password are needed.", status_code=401, headers=asked)
        return await call(request)
