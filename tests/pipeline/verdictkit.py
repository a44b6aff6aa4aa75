"""A desk at which texts come in, readers are told over real SMTP, and people give verdicts."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from flows.demo_mail import Mailbox, serve_mailbox
from flows.server import free_port
from monitor.domain.articles import Entry
from monitor.pipeline import Monitor
from monitor.verdicts import Ruled

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STRIKE = "An airstrike on {} in El Fasher on Sunday killed {} people, the Sudan Doctors Network said."
LOSSES = "More than {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."
ALL_LOSSES = "{} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."

CONFIG = """
[store]
url = "{url}"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["desk"]
[[watch]]
name = "strikes"
measures = ["killed", "wounded"]
scope = ["incident"]
channels = ["desk"]
[[channel]]
name = "desk"
url = "mailto://127.0.0.1:{mail}?from=monitor@example.org&to=desk@example.org"
"""


class Desk:
    """A monitor, a mailbox, and texts that come in, with verbs."""

    def __init__(self, monitor: Monitor, mailbox: Mailbox) -> None:
        self.monitor, self.mailbox, self.store = monitor, mailbox, monitor.store
        self.now = NOW

    def takes(self, name: str, text: str, outlet: str = "The Wire") -> int:
        """A text comes in and is read; returns the id of its revision."""
        self.now += HOUR
        entry = Entry(
            feed="wire",
            key=name,
            url=f"https://wire.example.org/{name}",
            title="Fighting",
            outlet=outlet,
            published_at=self.now,
            text=text,
            full_text=True,
        )
        self.store.add_entries([entry], self.now, baseline=False)
        self.monitor.take_texts(self.now)
        (revision,) = self.store.unread()
        self.monitor.extract()
        return revision.id

    def reads(self, name: str, text: str, outlet: str = "The Wire") -> list[str]:
        """A text comes in and is compared; returns the ids of its claims."""
        revision = self.takes(name, text, outlet)
        with self.store.comparing() as book:
            claims = [claim.id for claim in book.arrival(revision).claims]
        self.monitor.compare(self.now)
        return claims

    def mails(self) -> list[str]:
        """Subjects and texts of the mails so far, once all that is due has been sent."""
        asyncio.run(self.monitor.deliver(self.now, lambda: self.now))
        return [f"{mail['Subject']}\n{_text(mail)}" for _, mail in self.mailbox.messages()]

    def rejects(self, claim: str, why: str = "an age") -> Ruled:
        return self.monitor.bench.reject(claim, who="ana", why=why, now=self.now)

    def accepts(self, claim: str, why: str = "no slip") -> Ruled:
        return self.monitor.bench.accept(claim, who="bob", why=why, now=self.now)

    def figures(self) -> dict[str, tuple[int | None, int | None]]:
        """What each party says now and what readers were told, by party and place."""
        return {
            f"{line.party} {line.series.place or ''}".strip(): (
                line.claim.figure.quantity.number,
                line.anchor.quantity.number if line.anchor else None,
            )
            for line in self.store.figures()
        }


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


@contextmanager
def opened_desk(url: str, folder: Path) -> Iterator[Desk]:
    """A desk with its files in a folder."""
    mail = free_port()
    config = folder / "monitor.toml"
    config.write_text(CONFIG.format(url=url, mail=mail), encoding="utf-8")
    with serve_mailbox(folder / "mails", mail) as mailbox, Monitor.open(config) as monitor:
        yield Desk(monitor, mailbox)


def tolls(desk: Desk) -> list[tuple[str | None, int]]:
    """The tolls of the incidents, by their names."""
    found = [(line.series.incident, line.claim.figure.quantity.number) for line in desk.store.figures("strikes")]
    return sorted(found, key=lambda pair: pair[1])
