"""Matrix rooms, against a server that keeps to the rule on transaction ids."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import alertkit
import pytest

from monitor.alerts.channels import open_channel, recipients
from monitor.errors import ChannelError

pytestmark = pytest.mark.process  # a real web receiver

ROOM = "!abc:example.org"
TOKEN = "planted-t0ken"


class Home:
    """A small homeserver: one room with an alias, one user, one event for each transaction id."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str], dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.logins = 0
        self.busy = 0
        self.tokens = {TOKEN}
        self.port = 0

    def answer(self, method: str, path: str, token: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append((method, path))
        parts = path.removeprefix("/_matrix/client/v3/").split("/")
        if parts == ["login"]:
            self.logins += 1
            self.tokens.add(f"t{self.logins}")
            right = body["password"] == "hunter2" and body["device_id"]
            return (200, {"access_token": f"t{self.logins}"}) if right else (403, {"errcode": "M_FORBIDDEN"})
        if token not in self.tokens:
            return 401, {"errcode": "M_UNKNOWN_TOKEN"}
        if parts[0] == "join":
            if "nameless" in parts[1]:
                return 200, {}
            return (200, {"room_id": ROOM}) if "abc" in parts[1] or "room" in parts[1] else (403, {})
        if self.busy:
            self.busy -= 1
            return 429, {"errcode": "M_LIMIT_EXCEEDED"}
        self.events.setdefault((parts[1], parts[4]), body)
        return 200, {"event_id": "$1"}


@pytest.fixture
def home() -> Iterator[Home]:
    found = Home()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, said = found.answer(self.command, self.path, token, body)
            answer = json.dumps(said).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_PUT = do_GET = do_POST  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def test_the_same_delivery_three_times_is_one_event_that_pings_nobody(home: Home) -> None:
    channel = open_channel("room", f"matrix://{TOKEN}@127.0.0.1:{home.port}/{ROOM}")
    for _ in range(3):
        channel.send(alertkit.message(), "d1")
    channel.send(alertkit.message(), "d2")
    assert [key for _, key in home.events] == ["d1", "d2"]
    (first, _) = home.events.values()
    assert (first["msgtype"], first["m.mentions"]) == ("m.text", {})
    assert "4,700" in first["body"]
    assert len([1 for method, _ in home.asked if method == "POST"]) == 1  # it joins once


def test_a_user_logs_in_and_again_when_the_token_has_run_out(home: Home) -> None:
    channel = open_channel("room", f"matrix://bot:hunter2@127.0.0.1:{home.port}/%23room:example.org")
    channel.send(alertkit.message(), "d1")
    home.tokens.clear()
    with pytest.raises(ChannelError) as caught:
        channel.send(alertkit.message(), "d2")
    assert caught.value.auth
    channel.send(alertkit.message(), "d2")
    assert ([key for _, key in home.events], home.logins) == (["d1", "d2"], 2)


def test_a_busy_server_says_how_long_to_wait(home: Home) -> None:
    home.busy = 1
    with pytest.raises(ChannelError) as caught:
        open_channel("room", f"matrix://{TOKEN}@127.0.0.1:{home.port}/{ROOM}").send(alertkit.message(), "d1")
    assert (caught.value.code, caught.value.retry_after, caught.value.auth) == ("http_429", 7.0, False)


@pytest.mark.parametrize("login", ["wrong", "bot:wrong"])
def test_a_refused_login_holds_the_channel_and_shows_nothing(home: Home, login: str) -> None:
    with pytest.raises(ChannelError) as caught:
        open_channel("room", f"matrix://{login}@127.0.0.1:{home.port}/{ROOM}").send(alertkit.message(), "d1")
    assert (caught.value.auth, "wrong" in str(caught.value)) == (True, False)


def test_each_room_is_a_recipient_of_its_own(home: Home) -> None:
    url = f"matrix://{TOKEN}@127.0.0.1:{home.port}/{ROOM}/%23room:example.org"
    rooms = recipients("room", url)
    assert set(rooms) == {ROOM, "#room:example.org"}
    open_channel("room", url).send(alertkit.message(), "d1", to=rooms[0])
    assert len(home.events) == 1


def test_a_room_that_refuses_keeps_no_other_room_waiting(home: Home) -> None:
    url = f"matrix://{TOKEN}@127.0.0.1:{home.port}/!secret:example.org"
    with pytest.raises(ChannelError) as caught:
        open_channel("room", url).send(alertkit.message(), "d1")
    assert (caught.value.auth, caught.value.permanent) == (False, True)


def test_an_answer_without_a_room_is_tried_again(home: Home) -> None:
    url = f"matrix://{TOKEN}@127.0.0.1:{home.port}/!nameless:example.org"
    with pytest.raises(ChannelError, match="no room_id") as caught:
        open_channel("room", url).send(alertkit.message(), "d1")
    assert (caught.value.code, caught.value.permanent) == ("bad_answer", False)
