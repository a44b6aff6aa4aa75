"""A mail server on the loopback that keeps every message as a file."""

import contextlib
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(slots=True)
class Mailbox:
    """The folder that mails land in, and the files that came since the start, in order of arrival."""

    folder: Path
    arrived: list[Path] = field(default_factory=list)

    def keep(self, content: bytes) -> Path:
        """Writes one message under the next number."""
        path = self.folder / f"{len(list(self.folder.glob('*.eml'))) + 1:03}.eml"
        path.write_bytes(content)
        self.arrived.append(path)
        return path

    def messages(self) -> list[tuple[Path, EmailMessage]]:
        """The mails that came since the start."""
        return [(path, read_mail(path)) for path in self.arrived]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        """Called by the mail server for each message."""
        path = self.keep(envelope.content)
        return f"250 kept as {path.name}"


def read_mail(path: Path) -> EmailMessage:
    """A mail from its file."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


@contextlib.contextmanager
def serve_mailbox(folder: Path, port: int) -> Iterator[Mailbox]:
    """Receives mails on the loopback until the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    mailbox = Mailbox(folder)
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
