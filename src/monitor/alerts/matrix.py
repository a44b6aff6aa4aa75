"""Matrix rooms: each delivery is one event, however often it is sent.

A room takes an event under a name of the sender's choice once only (the "transaction id" of the client-server API,
https://spec.matrix.org/latest/client-server-api/), and our name is the delivery's key. A name counts for one device, so
a login by password always names the same one.
"""

import json
from typing import Any
from urllib.parse import quote

from monitor.alerts import render
from monitor.alerts.mail import Receipt
from monitor.alerts.messages import Message
from monitor.alerts.posting import Poster, address
from monitor.errors import ChannelError

API = "/_matrix/client/v3"
DEVICE = "FIGUREMONITOR"


def content(message: Message) -> dict[str, Any]:
    """The event of a message: plain text without a formatted form, and nobody mentioned, whatever it says."""
    return {"msgtype": "m.text", "body": render.chat(message), "m.mentions": {}}


class MatrixChannel:
    """A `matrix://` or `matrixs://` address with rooms (ids or aliases) and a token, or a user and a password."""

    def __init__(self, name: str, plugin: Any) -> None:
        self.name, self.rooms = name, tuple(plugin.rooms)
        self._base, self._asked = address(plugin), plugin.port is not None
        self._user, self._password = plugin.user, plugin.password
        self._token: str | None = None if plugin.user else plugin.password
        self._joined: dict[str, str] = {}
        self._poster = Poster(name, plugin)

    def __repr__(self) -> str:
        return f"MatrixChannel({self.name!r})"

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:
        """Sends to one room, or to all. Raises ChannelError."""
        sent = content(message)
        for room in [to] if to else self.rooms:
            where = quote(self._room(room), safe="")
            self._ask("PUT", f"{API}/rooms/{where}/send/m.room.message/{key}", sent)
        return Receipt()

    def rest(self) -> None:
        """The connection is kept: receivers close idle ones by themselves."""

    def _room(self, named: str) -> str:
        """The id of a room that we are in."""
        if named not in self._joined:
            self._joined[named] = self._named("room_id", self._ask("POST", f"{API}/join/{quote(named, safe='')}", {}))
        return self._joined[named]

    def _login(self) -> str:
        if self._token is None:
            identifier = {"type": "m.id.user", "user": self._user}
            wanted = {"type": "m.login.password", "identifier": identifier, "password": self._password}
            device = {"device_id": DEVICE, "initial_device_display_name": "figure monitor"}
            answer = self._ask("POST", f"{API}/login", wanted | device, open_to_all=True)
            self._token = self._named("access_token", answer)
        return self._token

    def _named(self, name: str, answer: dict[str, Any]) -> str:
        """What an answer gives by this name. ChannelError where it doesn't: the server may be being put right."""
        if not isinstance(found := answer.get(name), str) or not found:
            raise ChannelError(self.name, "bad_answer", f"its receiver's answer has no {name}")
        return found

    def _home(self) -> str:
        """Where the server's API is: what its well-known file says, if no port was given."""
        if not self._asked:
            self._base = self._delegated() or self._base
            self._asked = True
        return self._base

    def _delegated(self) -> str | None:
        """The server that the well-known file names; None when there is no such file. Raises ChannelError."""
        try:
            said = json.loads(self._poster.ask("GET", f"{self._base}/.well-known/matrix/client"))
            found = str(said["m.homeserver"]["base_url"]).rstrip("/")
        except ChannelError as error:
            if error.code == "http_404":
                return None
            raise
        except (ValueError, KeyError, TypeError):
            found = ""
        if not found.startswith("https://"):
            raise ChannelError(self.name, "not_taken", "its well-known file names no https server", permanent=True)
        return found

    def _ask(self, method: str, path: str, content: dict[str, Any], *, open_to_all: bool = False) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        headers |= {} if open_to_all else {"Authorization": f"Bearer {self._login()}"}
        try:
            answer = self._poster.ask(
                method, self._home() + path, content=json.dumps(content).encode(), headers=headers
            )
            found = json.loads(answer)
        except ValueError:
            raise ChannelError(self.name, "not_taken", "its receiver speaks no Matrix", permanent=True) from None
        except ChannelError as error:
            if error.code == "http_403" and not open_to_all:  # of this room; the others may take it
                raise ChannelError(self.name, "forbidden_room", "the room doesn't let it in", permanent=True) from None
            if error.auth and self._user:
                self._token = None  # it may have run out; the next try logs in again
            raise
        if not isinstance(found, dict):
            raise ChannelError(self.name, "not_taken", "its receiver speaks no Matrix", permanent=True)
        return found
