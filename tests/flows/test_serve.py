"""`monitor serve` as people and init systems use it: start, a second start, what dies, a stop.

The one that is looked at stands where things go wrong: on an address of its own, behind a password, started in a folder
that has a `flows` and a `prefect` of the user's.
"""

import base64
import http.server
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flowkit import lay_tables, write_config

from flows.environment import AUTH
from flows.serve import Service
from flows.server import PortInUseError, free_port

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc"),
    pytest.mark.prefect,
    pytest.mark.process,
    pytest.mark.timeout(280),
]


HOST = "127.0.0.2"
PASSWORD = "desk:secret"


@dataclass(slots=True)
class Served:
    """A supervisor under test."""

    folder: Path
    address: str
    process: "subprocess.Popen[str]"

    def said(self) -> str:
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    def children(self) -> dict[str, int]:
        """Process ids by the last words of their command."""
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return {_kind(pid): pid for pid in pids if _parent(pid) == self.process.pid}

    def listening(self) -> bool:
        try:
            return bool(self.api("flows/count", {}) >= 0)
        except OSError:
            return False

    def api(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/{path}", data)
        request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", f"Basic {base64.b64encode(PASSWORD.encode()).decode()}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def _kind(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    return next((name for name in ("runner", "deliverer", "pages", "server") if name in command), " ".join(command))


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


class Gazette:
    """A feed that answers when it is told to."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/feed.xml"

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        gazette = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                gazette.asked.set()
                gazette.may_answer.wait(200)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'<rss version="2.0"><channel><title>Gazette</title></channel></rss>')

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def start(
    folder: Path, host: str, environment: dict[str, str] | None = None, feed: str = "http://127.0.0.1:1/"
) -> Served:
    config = write_config(folder, feed, free_port())
    patient = config.read_text(encoding="utf-8").replace("[fetch]", '[fetch]\ntimeout = "10m"')
    config.write_text(patient, encoding="utf-8")
    port, elsewhere = free_port(), shadows(folder / "elsewhere")
    with (folder / "said.txt").open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command(config, port, "--host", host),
            cwd=elsewhere,
            env={**os.environ, **(environment or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Served(folder, f"http://{host}:{port}", process)


def shadows(folder: Path) -> Path:
    """A folder with packages of its own that have the names of ours and of Prefect."""
    for name in ("flows", "prefect"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"raise SystemExit('the wrong {name}')", encoding="utf-8")
    return folder


def command(config: Path, port: int, *options: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "monitor",
        "serve",
        "--config",
        str(config),
        "--port",
        str(port),
        "--pages-port",
        str(free_port()),
        *options,
    ]


def run(config: Path, port: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(config, port), capture_output=True, text=True, check=False, timeout=60)


def until(true: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def gazette() -> Iterator[Gazette]:
    feed = Gazette()
    yield feed
    feed.may_answer.set()
    feed.server.shutdown()
    feed.server.server_close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, prefect_tables: Path, gazette: Gazette) -> Iterator[Served]:
    """A supervisor that is ready. The last test ends it."""
    folder = tmp_path_factory.mktemp("serve")
    lay_tables(prefect_tables, folder / "var")
    running = start(folder, HOST, {AUTH: PASSWORD}, gazette.url)
    try:
        until(lambda: "ready" in running.said() or running.process.poll() is not None, 200)
        assert running.process.poll() is None, running.said()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGTERM)
            try:
                running.process.wait(30)
            except subprocess.TimeoutExpired:
                running.process.kill()
                raise


def test_ready_names_the_address_and_the_schedule(served: Served) -> None:
    assert served.address in served.said()
    assert "*/15 * * * *" in served.said()
    assert set(served.children()) == {"server", "runner", "deliverer", "pages"}


def test_served_schedules_make_scheduled_runs(served: Served) -> None:
    wanted = {"flows": {"name": {"any_": ["watch_feeds"]}}, "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    until(lambda: len(served.api("flow_runs/filter", wanted)) > 1, 60)


def watching(served: Served, state: str) -> list[dict[str, Any]]:
    wanted = {"flows": {"name": {"any_": ["watch_feeds"]}}, "flow_runs": {"state": {"type": {"any_": [state]}}}}
    return list(served.api("flow_runs/filter", wanted))


def test_a_first_run_starts_at_once_and_names_its_time(served: Served, gazette: Gazette) -> None:
    """It goes on until its feed may answer, below."""
    assert gazette.asked.wait(60)
    assert re.fullmatch(r"watch \d\d:\d\d", watching(served, "RUNNING")[0]["name"])


def test_killed_runs_are_noticed(served: Served) -> None:
    found = served.api("automations/filter", {})
    assert [automation["name"] for automation in found] == ["Runs without a heartbeat have crashed"]


def test_a_second_start_says_that_one_is_running(served: Served) -> None:
    second = run(served.folder / "monitor.toml", free_port())
    assert second.returncode == 2
    assert re.fullmatch(rf"monitor: already running on .*: process {served.process.pid}, http://\S+\n", second.stderr)


def test_the_pages_ask_for_the_password_and_allow_no_other_pages(served: Served) -> None:
    health = urllib.request.Request(f"{served.address}/api/health", headers={"Origin": "https://evil.example.org"})
    with urllib.request.urlopen(health, timeout=10) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] is None
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{served.address}/api/admin/version", timeout=10)


def test_the_figures_have_pages_behind_the_same_password(served: Served) -> None:
    (address,) = re.findall(r"figures, changes\s+(\S+)", served.said())
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(address, timeout=20)
    login = base64.b64encode(PASSWORD.encode()).decode()
    asked = urllib.request.Request(address, headers={"Authorization": f"Basic {login}"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        assert "What is known now" in answer.read().decode()


def test_what_dies_is_started_again(served: Served) -> None:
    before = served.children()
    os.kill(before["deliverer"], signal.SIGKILL)
    until(lambda: served.children().get("deliverer", before["deliverer"]) != before["deliverer"], 20)
    os.kill(before["server"], signal.SIGKILL)
    until(lambda: served.children().get("server", before["server"]) != before["server"], 20)
    assert "deliverer ended (killed by SIGKILL); starting it again" in served.said()


def test_a_run_that_went_on_while_prefects_server_was_gone_is_whole(served: Served, gazette: Gazette) -> None:
    """The one that began first: the server that it began under was killed."""
    gazette.may_answer.set()
    until(lambda: served.listening() and watching(served, "COMPLETED"), 100)
    assert re.fullmatch(r"watch \d\d:\d\d · 1 feed · 0 articles · 0 changes", watching(served, "COMPLETED")[0]["name"])
    with sqlite3.connect(served.folder / "monitor.db") as database:
        assert database.execute("SELECT count(*) FROM runs WHERE finished_at IS NOT NULL").fetchone() == (1,)


def test_a_port_in_use_is_one_line_and_exit_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(write_config(tmp_path, "http://127.0.0.1:1/feed.xml", 1), port)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"monitor: port {port} is in use; choose another one with --port\n"


def test_a_port_that_nobody_asked_for_is_another_one_when_it_is_taken(tmp_path: Path) -> None:
    service = Service(tmp_path, tmp_path, "127.0.0.1", 0, "* * * * *", "UTC", 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = replace(service, port=port, pages_port=port, any_port=True, any_pages_port=True).on_free_ports()
        assert len({port, other.port, other.pages_port}) == 3, "free ones, and two of them"
        with pytest.raises(PortInUseError, match=f"port {port} is in use; choose another one with --pages-port"):
            replace(service, port=free_port(), pages_port=port, any_port=True).on_free_ports()


def test_a_port_that_somebody_else_took_meanwhile_is_another_one_or_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import serve as module

    async def supervise(service: Service) -> None:
        tried.append(service.port)
        if len(tried) == 1:
            raise PortInUseError(f"port {service.port} is in use")

    tried: list[int] = []
    monkeypatch.setattr(module, "_supervise", supervise)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    service = Service(tmp_path, tmp_path, "127.0.0.1", free_port(), "* * * * *", "UTC", free_port(), any_port=True)
    assert module.serve(service) == 0
    assert len(tried) == 2
    tried.clear()
    with pytest.raises(PortInUseError, match="is in use"):
        module.serve(replace(service, any_port=False))
    assert len(tried) == 1


def test_settings_that_are_wrong_are_one_line_and_exit_2(tmp_path: Path) -> None:
    config = tmp_path / "monitor.toml"
    config.write_text('[store]\nurl = "sqlite:///monitor.db"\ncolour = 1\n', encoding="utf-8")
    ended = run(config, free_port())
    assert ended.returncode == 2
    assert re.fullmatch(r"monitor: \S*monitor\.toml:3: store\.colour: .*\n", ended.stderr)


def test_a_data_folder_that_can_not_be_written_is_one_line_and_exit_2(tmp_path: Path) -> None:
    """As for a disk that is full or mounted for reading: another start would end the same way."""
    config = write_config(tmp_path, "http://127.0.0.1:1/feed.xml", 1)
    (tmp_path / "var").write_text("no folder", encoding="utf-8")
    ended = run(config, free_port())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"monitor: the data folder {tmp_path / 'var'} can't be written: File exists\n"


def test_a_stop_of_all_that_runs_leaves_nothing(served: Served) -> None:
    """The last one: it ends what the others look at."""
    until(lambda: len(served.children()) == 4, 90)
    stop_in_time(served, signal.SIGTERM)


def test_a_stop_while_it_still_starts_leaves_nothing(tmp_path: Path) -> None:
    """And one that listens to everyone says how to ask for a password."""
    running = start(tmp_path, "0.0.0.0")
    until(lambda: "server" in running.children(), 60)
    assert f"can start runs: set {AUTH} (NAME:PASSWORD)" in running.said()
    stop_in_time(running, signal.SIGINT)


def stop_in_time(running: Served, number: int) -> None:
    """Ten seconds are promised: the graces of the children add up to eight, whatever they do."""
    children = running.children()
    running.process.send_signal(number)
    assert running.process.wait(30) == 0
    assert running.said().endswith("stopping\nstopped\n")
    assert [pid for pid in children.values() if Path(f"/proc/{pid}").exists()] == []


def test_the_graces_fit_into_the_promise() -> None:
    from flows import serve

    assert serve.WORKERS_GRACE + serve.SERVER_GRACE < 10
