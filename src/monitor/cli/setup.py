"""Setting up and running: init, check, seed, run, serve, alert test."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.exposed import exposed
from monitor.cli.known import change_row
from monitor.cli.options import CONFIG, Config, Json
from monitor.errors import ChannelError, ConfigError, InputError, together

if TYPE_CHECKING:
    from monitor.alerts.channels import Channel
    from monitor.alerts.messages import Message
    from monitor.domain.articles import FeedAnswer
    from monitor.domain.watches import Watch
    from monitor.extract.lexicon import Lexicon
    from monitor.pipeline import Monitor, RunReport
    from monitor.settings import Settings

FAILED = 1
"""Exit code of a check, run or test that went through and found that something doesn't work."""

NAMED = 5
"""Files without a day that are named; the others are counted."""

app = App()
alert = App(name="alert", help="Alerts: `monitor alert test` sends one that says nothing but that it works.")
app.command(alert)


@app.command
def init(file: Path = CONFIG) -> None:
    """Writes a commented settings file to start from. A file that is there stays as it is.

    Parameters
    ----------
    file
        the file to write
    """
    text = Path(__file__).with_name("starter.toml").read_text(encoding="utf-8")
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError as error:
        raise InputError(f"{file} is there already; nothing was written") from error
    except OSError as error:
        raise InputError(f"{file} can't be written: {error.strerror}") from error
    show.say(f"{file} written. Look through it, then: monitor check --config {file}")


@app.command
def check(
    *,
    offline: Annotated[bool, Parameter(negative="", help="don't ask the feeds")] = False,
    config: Config = CONFIG,
) -> int:
    """Looks over settings, words, database, channels and feeds, and says what a run would do. Sends nothing."""
    import asyncio

    _look_over(config)
    from monitor.pipeline import Monitor

    with Monitor.open(config) as monitor:
        settings = monitor.settings
        show.say(f"settings  {settings.file}")
        for file in exposed(settings.file):
            show.say(f"          {file} holds secrets and can be read by everybody on this machine: chmod o-r")
        show.say(f"database  {show.cell(monitor.store.name)}")
        for watch in monitor.watches:
            show.say(f"watch     {_watch_line(watch)}")
            for place in _unknown_places(watch, monitor.lexicon):
                show.say(f"          the place {show.cell(place)} is in no lexicon: it is taken letter by letter")
        for channel in settings.channels:
            show.say(f"channel   {show.cell(channel.name)}: loads (try it: monitor alert test)")
        answers = [] if offline else asyncio.run(monitor.try_feeds(datetime.now(UTC)))
    for answer in answers:
        show.say(f"feed      {_feed_line(answer)}")
    failed = sum(answer.error is not None for answer in answers)
    show.say(_outlook(settings, failed))
    return FAILED if failed else 0


@app.command
def seed(source: Path = Path("seeds"), *, config: Config = CONFIG) -> None:
    """Loads articles as the baseline: history that alerts nobody. Again, it changes nothing.

    Parameters
    ----------
    source
        a folder of .txt and .md files (front matter with title, outlet, url, published if there is any), a .jsonl with
        the keys of `monitor extract` and "url", or a web archive (.warc, .warc.gz)
    """
    from monitor.pipeline import Monitor

    with Monitor.open(config) as monitor:
        report = monitor.seed(source, datetime.now(UTC))
    _show_report(report)


@app.command
def run(
    *,
    everything: Annotated[bool, Parameter(name="--all", negative="", help="ask every feed, due or not")] = False,
    json: Json = False,
    config: Config = CONFIG,
) -> int:
    """One pass now: asks the feeds that are due, reads, compares, sends what is to be sent."""
    import asyncio

    from monitor.pipeline import Monitor

    with Monitor.open(config) as monitor:
        report = asyncio.run(_pass(monitor, everything=everything))
        resting = len(monitor.settings.feeds) - report.feeds.asked
        changes = [line for change in report.change_ids if (line := monitor.store.change(change)) is not None]
    if json:
        show.json_lines([report.as_json()])
    else:
        _show_report(report)
        if resting:
            show.say(
                f"{resting} of the feeds are not due yet: monitor feeds says when; monitor run --all asks them now"
            )
        for line in changes:
            row = change_row(line)
            step = f"{row['before']} → {row['after']}" if row["before"] else row["after"]
            outlet = f" ({row['outlet']})" if row["outlet"] else ""
            show.say(show.cell(f"{row['kind']}: {row['figure']}: {step}, {row['party']}{outlet}"))
        if report.blind is not None:
            show.say(show.cell(f"no news is not no change: {report.blind}"))
    return FAILED if report.blind is not None else 0


@app.command(help_flags=["--help"])
def serve(
    *,
    port: Annotated[int | None, Parameter(help="port of Prefect's pages")] = None,
    pages_port: Annotated[int | None, Parameter(help="port of the figures' own pages")] = None,
    host: Annotated[str | None, Parameter(help="address that they listen on")] = None,
    data: Annotated[Path | None, Parameter(help="folder for all state and logs")] = None,
    cron: Annotated[str | None, Parameter(help='when to watch, as in "*/15 * * * *"')] = None,
    timezone: Annotated[str | None, Parameter(help="zone of the schedule")] = None,
    config: Config = CONFIG,
) -> None:
    """Everything for good on this machine: Prefect's server, the schedule, the deliverer, the pages. Ctrl-C ends it."""
    options = {"--port": port, "--pages-port": pages_port, "--host": host, "--data": data, "--cron": cron}
    _become("serve", config, {**options, "--timezone": timezone})


@app.command(help_flags=["--help"])
def pages(
    *,
    port: Annotated[int | None, Parameter(help="port that they listen on")] = None,
    host: Annotated[str | None, Parameter(help="address that they listen on")] = None,
    config: Config = CONFIG,
) -> None:
    """The figures' own pages, alone; `monitor serve` serves them as well. Ctrl-C ends it."""
    _become("pages", config, {"--port": port, "--host": host})


@app.command(help_flags=["--help"])
def deploy(*, config: Config = CONFIG) -> None:
    """Puts the deployments, their schedules and automations on the Prefect server of PREFECT_API_URL, for workers.

    Again, it changes what the settings say otherwise by now. `monitor serve` needs none of it.
    """
    _become("deploy", config, {})


def _become(process: str, config: Path, options: dict[str, object]) -> NoReturn:
    """This process becomes one of those of flows, which may import what the command line may not."""
    from monitor.settings import load_settings

    load_settings(config)
    given = [part for name, value in options.items() if value is not None for part in (name, str(value))]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-P", "-m", "flows", process, "--config", str(config), *given])  # noqa: S606 -- no shell wanted


@alert.command(name="test")
def alert_test(*channels: str, config: Config = CONFIG) -> int:
    """Sends a message that says nothing but that the channel works, to the named channels or to all.

    Parameters
    ----------
    channels
        names of channels, as in the settings
    """
    from monitor.alerts.messages import notice
    from monitor.opening import open_channels
    from monitor.settings import load_settings

    settings = load_settings(config)
    now = datetime.now(UTC)
    note = "Somebody asked for this test message; alerts will come the same way."
    message = notice(f"test {now.isoformat()}", "The monitor's test message", [note], now=now)
    failed = 0
    for channel in open_channels(settings, _chosen(settings, channels)).values():
        failed += not _sent(channel, message, f"{message.id}-{channel.name}")
    return FAILED if failed else 0


def _look_over(config: Path) -> None:
    """Raises one ConfigError with all that is wrong with the settings, words and channels."""
    from monitor.opening import open_channels
    from monitor.settings import look_over

    settings, wrong = look_over(config)

    def judge(look: Callable[[], object]) -> None:
        try:
            look()
        except ConfigError as error:
            wrong.append(error)

    if not any((one.key or "").startswith("lexicon") for one in wrong):  # without its packs no watch can be judged
        judge(lambda: settings.watches(settings.load_lexicon()))
    judge(lambda: open_channels(settings))
    if wrong:
        raise together(wrong)


def _chosen(settings: "Settings", names: Sequence[str]) -> list[str]:
    from monitor.settings_text import no_such

    known = [channel.name for channel in settings.channels]
    if not known:
        raise ConfigError("there is no [[channel]]", file=str(settings.file))
    for name in names:
        if name not in known:
            raise InputError(no_such("channel", name, known))
    return list(names or known)


def _sent(channel: "Channel", message: "Message", key: str) -> bool:
    try:
        receipt = channel.send(message, key)
    except ChannelError as error:
        show.say(f"{show.cell(str(error))} ({error.code})")
        return False
    finally:
        channel.rest()
    refused = f"; refused for {len(receipt.refused)} of its recipients" if receipt.refused else ""
    show.say(f"{channel.name}: sent{refused}")
    return not receipt.refused


async def _pass(monitor: "Monitor", *, everything: bool) -> "RunReport":
    """A run with a line on the terminal that says which step it is at."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as status:
        return await monitor.run(datetime.now(UTC), everything=everything, at=status.update)


def _show_report(report: "RunReport") -> None:
    for name, count in report.rows():
        show.say(f"{name:<32}{count:>6,}")
    for subject, what in (*report.feeds.errors, *report.problems):
        show.say(f"{show.cell(subject)}: {show.cell(what)}")
    if report.undated:
        more = f" and {len(report.undated) - NAMED} more" if len(report.undated) > NAMED else ""
        named = ", ".join(show.cell(name) for name in report.undated[:NAMED]) + more
        show.say(
            f"no day is known of {named}: what they tell counts as of today, and what news tell of the days before is "
            "taken for older and alert nobody. Give them a day (`published: 2025-01-17` in the front matter, "
            '"published" in JSON lines, or in the name of the file) and load them into a new database.'
        )


def _feed_line(answer: "FeedAnswer") -> str:
    if answer.error is not None:
        return f"{show.cell(answer.feed)}: {show.cell(answer.error)}"
    return f"{show.cell(answer.feed)}: {len(answer.entries)} entries"


def _watch_line(watch: "Watch") -> str:
    who = watch.subject.text if watch.subject else "anyone"
    party = f" (of {watch.subject.party})" if watch.subject and watch.subject.party else ""
    where = ", ".join(sorted(watch.places or watch.theatre)) or "anywhere"
    told = ", ".join(watch.channels) or "nobody (no channels)"
    measures = ", ".join(sorted(measure.value for measure in watch.measures))
    return show.cell(f"{watch.name}: {who}{party}, {measures}; {where}; tells {told}")


def _unknown_places(watch: "Watch", lexicon: "Lexicon") -> list[str]:
    return sorted(place for place in watch.places | watch.theatre if not lexicon.knows_place(place))


def _outlook(settings: "Settings", failed: int) -> str:
    feeds, watches = len(settings.feeds), len(settings.watch_settings)
    if not feeds or not watches:
        missing = "a [[feed]]" if not feeds else "a [[watch]]"
        return f"A run would find nothing: {missing} is missing."
    bad = f" {failed} of them can't be read now." if failed else ""
    asked, told = show.counted(feeds, "feed"), show.counted(len(settings.channels), "channel")
    return f"A run would ask {asked} for {show.counted(watches, 'watch')} and send to {told}.{bad}"
