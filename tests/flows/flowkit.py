"""A small world for flows: a feed, a mailbox and settings that name both, all on the loopback."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.demo_feed import Site, serve_site, site
from flows.demo_mail import Mailbox, serve_mailbox
from flows.server import free_port
from monitor.domain.articles import Entry

CONFIG = """
[store]
url = "sqlite:///monitor.db"

[[feed]]
name = "Wire"
url = "{feed}"

[fetch]
allow_private = ["127.0.0.1"]

[[watch]]
name = "north-korean-troops"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["newsroom"]

[[channel]]
name = "newsroom"
url = "mailto://127.0.0.1:{mail}?from=monitor@example.org&to=newsroom@example.org"
"""


REST = """
Both sides have said little about it. Neither the ministry of defence in Moscow nor the government in Pyongyang would
comment, and independent observers have no way into the region. The men are said to come from a corps that was raised
for work behind the lines of an enemy and to have been trained for it for years.

Diplomats expect the matter to come up again when the council meets. They do not expect a decision from it, since two
of its members have a veto and have used it before on this very question."""
"""What makes an article long enough to be told from a notice; no figures in it."""


def article(number: int, text: str, title: str = "Losses") -> Entry:
    """An article of the wire, published in the given order."""
    url = f"https://wire.example.org/{number}"
    published = datetime(2025, 1, 1 + number, 9, tzinfo=UTC)
    return Entry(
        feed="Wire", key=url, url=url, title=title, outlet="Wire", published_at=published, text=f"{text}\n{REST}"
    )


ARTICLES = [
    article(
        1, "North Korea has lost 1,000 soldiers, killed or wounded, in Kursk, President Zelensky said on Thursday."
    ),
    article(2, "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said."),
    article(3, "The harvest was good this year, the ministry of agriculture said on Saturday. Prices fell by a tenth."),
]


@dataclass(frozen=True, slots=True)
class World:
    """Where everything is."""

    config: Path
    site: Site
    mailbox: Mailbox


def write_config(folder: Path, feed: str, mail: int) -> Path:
    """The settings of this world in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "monitor.toml"
    config.write_text(CONFIG.format(feed=feed, mail=mail), encoding="utf-8")
    return config


def lay_tables(template: Path, data: Path) -> None:
    """Gives an installation a Prefect database that has its tables already."""
    (data / "prefect").mkdir(parents=True)
    shutil.copy(template, data / "prefect" / "prefect.db")


@contextmanager
def world(folder: Path, articles: list[Entry] | None = None) -> Iterator[World]:
    """Serves the feed and the mailbox until the end of the block."""
    web, mail = free_port(), free_port()
    documents = site("Wire", ARTICLES if articles is None else articles, web)
    with serve_site(documents, web) as news, serve_mailbox(folder / "mails", mail) as mailbox:
        yield World(write_config(folder, news.feed, mail), news, mailbox)
