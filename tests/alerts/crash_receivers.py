"""A mail server and a web server in a process of their own, which count what comes.

They have nothing else to do: a kill doubles a message whose answer is awaited, and in a busy process it comes late.
"""

import contextlib
import multiprocessing
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from mailroom import MailRoom, open_room
from webhook_sink import Sink, open_sink


@dataclass(frozen=True)
class Arrival:
    """A message that came: where, under which key, and which change it told."""

    channel: str
    key: str
    change: str


class Receivers:
    """Their ports, and what came to them."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self.mail_port, self.web_port = line.recv()

    def arrivals(self) -> list[Arrival]:
        self._line.send("all")
        return [Arrival(*one) for one in self._line.recv()]


@contextlib.contextmanager
def receivers() -> Iterator[Receivers]:
    """Starts both."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_receive, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Receivers(ours)
    finally:
        process.kill()
        process.join()


def _receive(line: Connection) -> None:
    sys.setswitchinterval(0.0005)  # two servers in threads, which shall not wait for each other
    with open_sink() as sink, open_room() as room:
        line.send((room.port, sink.port))
        while True:
            line.recv()
            line.send([*_posts(sink), *_mails(room)])


def _posts(sink: Sink) -> Iterator[tuple[str, str, str]]:
    for headers, body in zip(sink.headers, sink.bodies, strict=True):
        assert headers["Idempotency-Key"] == body["alert"]["key"]
        yield "hook", headers["Idempotency-Key"], body["alert"]["items"][0]["change_id"]


def _mails(room: MailRoom) -> Iterator[tuple[str, str, str]]:
    for mail in room.mails:
        text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        yield "desk", mail["Message-ID"].strip("<>").partition("@")[0], text.split("monitor explain ")[1].split()[0]
