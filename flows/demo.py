"""`make run`: the whole way once, on real parts of this machine and without the internet.

The seed articles are loaded as the baseline. A feed of later articles is served over HTTP, a mail server listens, a
Prefect server runs: all on the loopback, on free ports. Then `watch_feeds` runs, and what came of it is shown.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.demo_feed import FEED, Site, serve_site, site
from flows.demo_mail import Mailbox, serve_mailbox
from flows.environment import prefect_environment, with_environment
from flows.lock import only_one
from flows.orphans import sweep
from flows.server import PORTS_TRIED, PortInUseError, ServerError, free_port, running_server, wait_healthy
from monitor.alerts.deliver import DeliveryReport
from monitor.domain.articles import ArticleStatus
from monitor.errors import InputError
from monitor.pipeline import Monitor
from monitor.report import PollReport, RunReport
from monitor.sources.folder import read_folder

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
LATER = SEEDS / "demo"

PORTS = {"Prefect": 4300, "news": 8300, "mail": 2500}
"""Wished for; any free port will do. The same ones every time keep the articles' addresses the same."""

CONFIG = """\
# Written by the demonstration. A real one to start from: `monitor init`.
[store]
url = "sqlite:///monitor.db"

[[feed]]
name = "Later articles"
url = "{feed}"

[fetch]
allow_private = ["127.0.0.1"]   # this machine serves the feed

[lexicon]
packs = ["{packs}"]

[[watch]]
name = "north-korean-troops"
subject = "North Korean troops"
measures = ["killed", "wounded", "casualties", "captured", "missing", "deployed"]
theatre = ["Kursk", "Russia", "Ukraine"]
min_change = "2%"
channels = ["newsroom"]

[[channel]]
name = "newsroom"
url = "mailto://127.0.0.1:{mail}?from=monitor@example.org&to=newsroom@example.org"
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The running parts of the demonstration."""

    data: Path
    prefect_port: int
    site: Site
    mailbox: Mailbox

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.data / "monitor.toml"


def main(data: Path, *, stay: bool = False) -> int:
    """Runs the demonstration with its state in `data`; with `stay`, its servers go on until Ctrl-C."""
    console = Console(highlight=False)
    data = data.resolve()
    with only_one(data, f"the demonstration, process {os.getpid()}"):
        sweep(data)
        for _ in range(PORTS_TRIED):
            try:
                with _stage(data) as stage:
                    asyncio.run(_perform(stage, console, stay=stay))
            except PortInUseError as error:
                console.print(f"{error}; again on another one\n")
            else:
                return 0
    raise PortInUseError("others are always faster to take the port of Prefect's server")


@contextlib.contextmanager
def _stage(data: Path) -> Iterator[Stage]:
    later = read_folder(LATER).entries
    if not later:
        raise InputError(f"no articles in {LATER}: the demonstration runs in a clone of the project")
    web_port, mail_port = free_port(PORTS["news"]), free_port(PORTS["mail"])
    documents = site("Later articles", later, web_port)
    with serve_site(documents, web_port) as news, serve_mailbox(data / "mails", mail_port) as mailbox:
        stage = Stage(data, free_port(PORTS["Prefect"]), news, mailbox)
        packs = (SEEDS / "packs").as_posix()
        stage.config.write_text(CONFIG.format(feed=news.feed, mail=mail_port, packs=packs), encoding="utf-8")
        yield stage


async def _perform(stage: Stage, console: Console, *, stay: bool) -> None:
    began = time.monotonic()
    console.print("[bold]1  The baseline[/]: the seed articles, history that alerts nobody")
    async with running_server(stage.data, stage.prefect_port) as server:
        # Prefect's server makes its tables meanwhile.
        baseline = await asyncio.to_thread(_load_baseline, stage.config)
        console.print(status_table(baseline.rows()))
        console.print("\n[bold]2  A run[/] of the flow watch_feeds under Prefect: later articles from a local feed")
        with console.status("waiting for Prefect's server (half a minute the first time)"):
            await wait_healthy(server, stage.prefect_port)
        result = await _watch(stage)
        console.print(status_table(report_of(result).rows()))
        if (FEED, 304) in stage.site.answers:
            console.print("   the feed was asked and answered that nothing in it has changed (304)")
        _show_mails(stage, console)
        _show_figures(stage, console)
        _show_next(stage, console, time.monotonic() - began)
        if stay:
            await _until_told(stage, console)


def _load_baseline(config: Path) -> RunReport:
    with Monitor.open(config) as monitor:
        return monitor.seed(SEEDS, datetime.now(UTC))


async def _watch(stage: Stage) -> dict[str, int]:
    """Runs the flow in this process, seen by the server that was just started."""
    os.environ.update(with_environment(prefect_environment(stage.data / "prefect", stage.prefect_port)))
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"  # the whole log is in Prefect's pages
    from prefect.logging.handlers import APILogHandler

    from flows.watch import watch_feeds

    try:
        return await watch_feeds(stage.config, everything=True)
    finally:
        await APILogHandler.aflush()  # its thread would go on to send when the server is gone


def report_of(result: dict[str, int]) -> RunReport:
    """What the flow returned as a report again, for the same table as that of the baseline."""
    return RunReport(
        counts={status: result[status.value] for status in ArticleStatus},
        feeds=PollReport(result["feeds_fresh"], result["feeds_unchanged"], result["feeds_failed"]),
        change_ids=("",) * result["changes"],
        deliveries=DeliveryReport(
            result["alerts_sent"], result["alerts_retried"], result["alerts_dead"], result["alerts_held"]
        ),
    )


def status_table(rows: list[tuple[str, int]]) -> Table:
    """How many articles ended in which status."""
    table = Table("what", "how many", box=None, show_header=False)
    for name, count in rows:
        table.add_row(f"   {name.replace('_', ' ')}", str(count))
    return table


def _show_mails(stage: Stage, console: Console) -> None:
    console.print("\n[bold]3  The alerts[/] that arrived as mails")
    for path, mail in stage.mailbox.messages():
        console.print(f"   {path.name}  {str(mail['Subject']).strip()}", markup=False, soft_wrap=True)
    if not stage.mailbox.arrived:
        told = len(list(stage.mailbox.folder.glob("*.eml")))
        why = f"; the {told} mails in {shown(stage.mailbox.folder)} told all of it before" if told else ""
        console.print(f"   none: nothing has changed{why}", soft_wrap=True)


def _show_figures(stage: Stage, console: Console) -> None:
    """What is known now, by the same command that people use."""
    console.print(f"\n[bold]4  What is known now[/]: monitor figures --config {shown(stage.config)}")
    command = [sys.executable, "-m", "monitor", "figures", "--config", str(stage.config)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 -- our own command
        raise ServerError("the figures could not be shown")


def _show_next(stage: Stage, console: Console, seconds: float) -> None:
    config = shown(stage.config)
    console.print(f"\n[bold]Where to look next[/]   (this took {seconds:.0f} s)")
    for what, where in (
        ("the mails", f"{shown(stage.mailbox.folder)}/*.eml"),
        ("what changed", f"{shown(Path(sys.prefix))}/bin/monitor changes --config {config}"),
        ("why, claim by claim", f"{shown(Path(sys.prefix))}/bin/monitor explain CHANGE --config {config}"),
        ("the run in Prefect's pages", "make run STAY=1"),
        ("again", "make run     sends nothing: the same articles change nothing"),
        ("your own feeds", "README.md, then: make serve"),
    ):
        console.print(f"   {what:<28}{where}", markup=False, soft_wrap=True)


async def _until_told(stage: Stage, console: Console) -> None:
    console.print(f"\nPrefect's pages: http://127.0.0.1:{stage.prefect_port}   Ctrl-C ends it")
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def shown(path: Path) -> str:
    """A path as people would type it from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
