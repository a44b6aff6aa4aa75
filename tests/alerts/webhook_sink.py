"""A real HTTP receiver in the test process. Loopback only."""

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sink:
    """Takes posts. `answer` scripts the next status codes; afterwards it says 200, and `said` to everything."""

    port: int = 0
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    said: bytes = b""
    extra: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    _answers: deque[int] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, *codes: int) -> None:
        self._answers.extend(codes)

    def take(self, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
        time.sleep(self.slow)
        with self._lock:
            self.methods.append(method)
            self.paths.append(path)
            self.headers.append(headers)
            self.raw.append(body)
            self.bodies.append(json.loads(body) if body.startswith(b"{") else body)
            return self._answers.popleft() if self._answers else 200


@contextlib.contextmanager
def open_sink() -> Iterator[Sink]:
    """Starts the receiver on a free port."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                return  # its sender was cut off
            code = sink.take(self.command, self.path, dict(self.headers), body)
            with contextlib.suppress(OSError):
                self.send_response(code)
                if 300 <= code < 400:
                    self.send_header("Location", f"http://127.0.0.1:{sink.port}/elsewhere")
                for name, value in sink.extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(sink.said)))
                self.end_headers()
                self.wfile.write(sink.said)

        do_GET = do_PUT = do_POST  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)
