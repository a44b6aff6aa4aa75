"""Matrix' own server (Synapse), which `needs.py` installs into an environment of its own, and people who use it."""

import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from needs import VAR
from running import free_ports, running

NAME = "matrix.example"
SECRET = "planted-registration"

SETTINGS = """\
server_name: {NAME}
pid_file: {folder}/pid
listeners:
  - {{port: {port}, bind_addresses: [127.0.0.1], type: http, resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: {folder}/synapse.db}}}}
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
macaroon_secret_key: planted-macaroons
form_secret: planted-forms
registration_shared_secret: {SECRET}
bcrypt_rounds: 4
report_stats: false
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
rc_login: {{address: {{per_second: 100, burst_count: 100}}, account: {{per_second: 100, burst_count: 100}}}}
rc_message: {{per_second: 100, burst_count: 100}}
"""


@dataclass
class Person:
    """A user with a token; reads and opens rooms."""

    name: str
    token: str
    base: str

    def opens_room(self, *guests: str, version: str) -> str:
        """A room with these guests invited. Returns its id."""
        wanted = {"preset": "private_chat", "room_version": version, "invite": [f"@{one}:{NAME}" for one in guests]}
        return str(self._asks("POST", "createRoom", wanted)["room_id"])

    def reads(self, room: str) -> list[dict[str, Any]]:
        """The messages in a room, oldest first."""
        found = self._asks("GET", f"rooms/{quote(room, safe='')}/messages?dir=f&limit=100")["chunk"]
        return [event for event in found if event["type"] == "m.room.message"]

    def _asks(self, method: str, path: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        url, login = f"{self.base}/_matrix/client/v3/{path}", {"Authorization": f"Bearer {self.token}"}
        answer = httpx.request(method, url, json=content, headers=login, timeout=20)
        assert answer.is_success, answer.text
        return dict(answer.json())


@dataclass
class HomeServer:
    """A running server."""

    port: int

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def registers(self, name: str, password: str) -> Person:
        """A new user, by the secret that the server's owner has."""
        url = f"{self.base}/_synapse/admin/v1/register"
        nonce = httpx.get(url, timeout=20).json()["nonce"]
        proof = hmac.new(SECRET.encode(), f"{nonce}\0{name}\0{password}\0notadmin".encode(), hashlib.sha1)
        asked = {"nonce": nonce, "username": name, "password": password, "admin": False, "mac": proof.hexdigest()}
        answer = httpx.post(url, json=asked, timeout=20)
        assert answer.is_success, answer.text
        return Person(name, answer.json()["access_token"], self.base)


@contextlib.contextmanager
def open_home_server(folder: Path) -> Iterator[HomeServer]:
    """Starts it in an empty folder."""
    (port,) = free_ports(1)
    settings = folder / "homeserver.yaml"
    settings.write_text(SETTINGS.format(NAME=NAME, SECRET=SECRET, folder=folder, port=port), encoding="utf-8")
    command = [VAR / "synapse" / "bin" / "python", "-m", "synapse.app.homeserver", "--config-path", settings]
    with running(command, folder / "synapse.log", port, patience=60):
        yield HomeServer(port)
