"""A real SMTP server in the test process, and servers that misbehave on purpose. Loopback only."""

import contextlib
import email
import socket
import ssl
import threading
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "newsdesk", "hunter2-planted"


class MailRoom:
    """Takes mails. Script its answers with `refuse` and `answer`."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.encrypted: list[bool] = []
        self.users: list[str | None] = []
        self.lines: list[object] = []
        self.goodbyes = 0
        self._newest: Any = None
        self._refused: dict[str, str] = {}
        self._answers: deque[str] = deque()
        self.port = 0

    def refuse(self, address: str, answer: str) -> None:
        self._refused[address] = answer

    def answer(self, *answers: str) -> None:
        """What the server says to the next mails' data; afterwards it takes them."""
        self._answers.extend(answers)

    def hang_up(self) -> None:
        """The server closes its newest connection, as it does after minutes without a word."""
        assert self._newest is not None
        loop, transport = self._newest
        loop.call_soon_threadsafe(transport.close)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self._refused:
            return self._refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.goodbyes += 1
        return "221 bye"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self._answers:
            answer = self._answers.popleft()
            if not answer.startswith("250"):
                return answer
        mail = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.envelopes.append(list(envelope.rcpt_tos))
        self.lines.append(session.peer)
        self._newest = (server.loop, server.transport)
        self.encrypted.append(session.ssl is not None)
        self.users.append(session.auth_data.login.decode() if session.auth_data else None)
        return "250 OK"


@contextlib.contextmanager
def open_room(
    *, login: bool = False, authority: trustme.CA | None = None, implicit: bool = False
) -> Iterator[MailRoom]:
    """Starts the server on a free port; with `authority` it offers STARTTLS, or speaks TLS at once (`implicit`)."""
    room = MailRoom()
    context = _server_tls(authority) if authority else None

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False, auth_data=data if good else None)

    settings: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port()}
    if implicit:
        settings["ssl_context"] = context
    elif context:
        settings["tls_context"] = context
    if login:
        settings |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = Controller(room, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a login without TLS is what one of the tests is about
        controller.start()
    room.port = settings["port"]
    try:
        yield room
    finally:
        controller.stop()


@contextlib.contextmanager
def open_mute(*, greeting: bytes = b"", drip: bytes = b"", gap: float = 0.1) -> Iterator[int]:
    """A server that takes connections, says `greeting` and then hangs, or drips one byte after every gap."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.sendall(greeting)
                while not over.wait(gap):
                    if drip:
                        connection.sendall(drip)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread where nobody ever connected
        listener.close()
        thread.join(2)


@contextlib.contextmanager
def open_dripping(*, hello: bytes = b"", offer: bytes = b"", drips: Sequence[bytes] = ()) -> Iterator[int]:
    """A server that says `hello`, answers EHLO with `offer` and STARTTLS with 220, if these are given, and then drips
    for ten seconds at most, whatever it is told: one piece after the other, and then the last again and again."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.sendall(hello)
                for answer in filter(None, (offer, offer and b"220 go\r\n")):
                    connection.recv(1000)
                    connection.sendall(answer)
                for number in range(100):
                    if over.wait(0.1):
                        return
                    if drips:
                        connection.sendall(drips[min(number, len(drips) - 1)])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        over.set()
        listener.close()
        thread.join(2)


def _server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
