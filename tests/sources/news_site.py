"""A small news site on loopback that tests tell what to answer."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class NewsSite:
    """An HTTP server with verbs: `answers`, `redirects`, `drips`; `asked` keeps every request that came."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.port = 0
        self._handlers: dict[str, Handler] = {}
        self._runner: web.AppRunner | None = None

    async def start(self, context: ssl.SSLContext | None = None) -> None:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener, ssl_context=context).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answers(self, path: str, body: bytes | str = b"", *, status: int = 200, **headers: str) -> str:
        """`path` gives this; header names are written with underscores."""

        async def handler(_: web.Request) -> web.StreamResponse:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(body=body, status=status, headers=named)

        return self.does(path, handler)

    def keeps(self, path: str, body: bytes | str, **validators: str) -> str:
        """`path` is answered with 304 to whoever echoes its ETag (or else its Last-Modified) byte for byte."""
        named = {name.replace("_", "-"): value for name, value in validators.items()}

        async def handler(request: web.Request) -> web.StreamResponse:
            if "ETag" in named:
                known = request.headers.get("If-None-Match") == named["ETag"]
            else:
                known = request.headers.get("If-Modified-Since") == named["Last-Modified"]
            return web.Response(status=304) if known else web.Response(body=body, headers=named)

        return self.does(path, handler)

    def redirects(self, path: str, target: str, status: int = 302) -> str:
        return self.answers(path, status=status, Location=target)

    def drips(self, path: str, piece: bytes = b" ", pause: float = 0.02) -> str:
        """`path` gives one piece after the other and never ends."""

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(piece)
                await asyncio.sleep(pause)

        return self.does(path, handler)

    def does(self, path: str, handler: Handler) -> str:
        self._handlers[path] = handler
        return self.url(path)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        handler = self._handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404, text="no such page")
