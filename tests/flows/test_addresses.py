"""Where Prefect's server listens, who finds it there, and whom it answers."""

import base64
import http.server
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.environment import AUTH, CORS, address_of, is_loopback, prefect_environment, with_environment
from flows.processes import Child
from flows.server import PortInUseError, ServerError, answers, port_is_free, wait_healthy

pytestmark = pytest.mark.process


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:4200"),
        ("0.0.0.0", "http://127.0.0.1:4200"),
        ("::", "http://[::1]:4200"),
        ("::1", "http://[::1]:4200"),
        ("192.0.2.7", "http://192.0.2.7:4200"),
        ("desk.example.org", "http://desk.example.org:4200"),
    ],
)
def test_a_server_is_asked_where_it_listens(host: str, address: str) -> None:
    assert address_of(host, 4200) == address
    assert prefect_environment(Path("home"), 4200, host=host)["PREFECT_API_URL"] == f"{address}/api"


@pytest.mark.parametrize(("host", "alone"), [("127.0.0.2", True), ("::1", True), ("localhost", True), ("::", False)])
def test_what_other_machines_reach_is_told_from_the_loopback(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone


def test_only_its_own_pages_may_ask_the_server() -> None:
    allowed = prefect_environment(Path("home"), 4200, host="192.0.2.7")[CORS]
    assert allowed == "http://192.0.2.7:4200,http://127.0.0.1:4200,http://localhost:4200"


def test_pages_on_a_wildcard_address_ask_where_they_come_from() -> None:
    assert prefect_environment(Path("home"), 4200, host="0.0.0.0")["PREFECT_UI_API_URL"] == "/api"


def test_a_password_and_origins_of_the_user_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    monkeypatch.setenv(AUTH, "desk:secret")
    monkeypatch.setenv(CORS, "https://figures.example.org")
    environment = with_environment(prefect_environment(Path("home"), 4200))
    assert environment[CORS] == "https://figures.example.org"
    assert environment["PREFECT_API_AUTH_STRING"] == "desk:secret"


class Quiet(http.server.BaseHTTPRequestHandler):
    """Says nothing of what it is asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        pass


class Guarded(Quiet):
    """Answers to who says the password."""

    def do_GET(self) -> None:
        known = self.headers.get("Authorization") == f"Basic {base64.b64encode(b'desk:secret').decode()}"
        self.send_response(200 if known else 401)
        self.end_headers()


@contextmanager
def serving(handler: type[Quiet]) -> Iterator[int]:
    """The port where such answers are given."""
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@pytest.fixture
def guarded() -> Iterator[str]:
    with serving(Guarded) as port:
        yield f"http://127.0.0.1:{port}/"


def test_health_is_asked_with_the_password(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(AUTH, raising=False)
    assert not answers(guarded)
    monkeypatch.setenv(AUTH, "desk:secret")
    assert answers(guarded)


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_port_is_looked_at_where_it_will_be_taken(family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as taken:
        try:
            taken.bind((host, 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        port = taken.getsockname()[1]
        taken.listen()
        assert not port_is_free(port, host)
    assert port_is_free(port, host)


@pytest.mark.parametrize("host", ["192.0.2.7", "1:2:3"])
def test_a_host_that_is_not_this_machine_is_no_port_in_use(host: str) -> None:
    with pytest.raises(ServerError, match=f'"{host}" is no address'):
        port_is_free(4200, host)


class Prefects(Quiet):
    """Answers as the Prefect server of the installation `here` does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"home": "here"} if self.path == "/api/admin/settings" else True).encode())


async def test_who_answers_for_another_installation_is_not_the_own_server(tmp_path: Path) -> None:
    with serving(Prefects) as port:
        for home in ("here", "there"):
            environment = {**os.environ, "PREFECT_HOME": home}
            child = Child(
                "server", (sys.executable, "-c", "import time; time.sleep(60)"), environment, tmp_path / "log"
            )
            await child.start()
            try:
                if home == "here":
                    await wait_healthy(child, port)
                else:
                    with pytest.raises(PortInUseError, match=f"port {port} is in use"):
                        await wait_healthy(child, port)
            finally:
                await child.stop(1)
