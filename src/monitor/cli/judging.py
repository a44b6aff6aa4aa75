"""A person's verdicts: what was misread, what is right, what should be read otherwise."""

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.options import CONFIG, Config

if TYPE_CHECKING:
    from monitor.verdicts import Bench, Ruled

Why = Annotated[str, Parameter(help="the reason, for others and for those who get a correction")]
Who = Annotated[str | None, Parameter(help="whose verdict it is; your user name when left out")]

app = App()


@app.command
def reject(claim: str, /, *, why: Why = "", who: Who = None, config: Config = CONFIG) -> None:
    """A claim is misread: it no longer counts. Readers get a correction where they were told because of it.

    Parameters
    ----------
    claim
        as `monitor figures` and `monitor changes` show it
    """
    _give(config, lambda bench, now: bench.reject(claim, who=_person(who), why=why, now=now), "rejected")


@app.command
def accept(claim: str, /, *, why: Why = "", who: Who = None, config: Config = CONFIG) -> None:
    """A claim is right: no slip, however it looks. Takes back a rejection.

    Parameters
    ----------
    claim
        as `monitor figures` and `monitor changes` show it
    """
    _give(config, lambda bench, now: bench.accept(claim, who=_person(who), why=why, now=now), "accepted")


def _give(config: Path, verdict: "Callable[[Bench, datetime], Ruled]", done: str) -> None:
    from monitor.pipeline import Monitor

    with Monitor.open(config) as monitor:
        ruled = verdict(monitor.bench, datetime.now(UTC))
    for line in in_words(ruled, done):
        show.say(line)


def in_words(ruled: "Ruled", done: str) -> list[str]:
    """What a verdict did, line by line."""
    if not ruled.changed:
        before = ruled.before
        whose = f" by {before.who} on {before.at:%Y-%m-%d %H:%M} UTC" if before else ""
        reason = f": {before.why}" if before and before.why else ""
        return [f"already {done}{whose}{reason}. Nothing changes."]
    counted = f"{_plural(ruled.decisions, 'decision')} in {_plural(ruled.series, 'series')} made anew"
    lines = [f"{done}; {counted if ruled.series else 'no decision changes'}."]
    if ruled.change_ids:
        lines.append(
            f"Readers are told: {', '.join(ruled.change_ids)}. `monitor run`, or the running monitor, sends it."
        )
    return lines


def _person(who: str | None) -> str:
    return who or getpass.getuser()


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 or noun.endswith("s") else f"{count:,} {noun}s"
