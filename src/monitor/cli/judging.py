"""A person's verdicts: what was misread, what is right, what should be read otherwise."""

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.known import merge_row, opened
from monitor.cli.options import CONFIG, Config, Json
from monitor.errors import InputError

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


@app.command
def edit(  # one option for each field that may be read otherwise
    claim: str,
    /,
    *,
    low: int | None = None,
    high: int | None = None,
    qualifier: Annotated[str | None, Parameter(help="exact, about, at_least, more_than, at_most, …")] = None,
    measure: Annotated[str | None, Parameter(help="killed, wounded, casualties, captured, …")] = None,
    subject: Annotated[str | None, Parameter(help='who is counted: "North Korean troops"')] = None,
    party: Annotated[str | None, Parameter(help="who says so; empty for nobody")] = None,
    place: Annotated[str | None, Parameter(help="where; empty for the whole theatre")] = None,
    scope: Annotated[str | None, Parameter(help="cumulative, period or incident")] = None,
    window_days: Annotated[int | None, Parameter(help="the length of a period")] = None,
    status: Annotated[str | None, Parameter(help="asserted, denied, superseded, hypothetical, planned, …")] = None,
    as_of: Annotated[str | None, Parameter(help="the day that it speaks of: 2025-01-13")] = None,
    why: Why = "",
    who: Who = None,
    config: Config = CONFIG,
) -> None:
    """A claim should have been read otherwise: it counts as you say from now on, and readers are told what changes.

    Parameters
    ----------
    claim
        as `monitor figures` and `monitor changes` show it
    """
    from monitor.pipeline import Monitor
    from monitor.verdicts import read_edits, unknown_names

    words = {
        "low": low,
        "high": high,
        "qualifier": qualifier,
        "measure": measure,
        "subject": subject,
        "party": party,
        "place": place,
        "scope": scope,
        "window_days": window_days,
        "status": status,
        "as_of": as_of,
    }
    with Monitor.open(config) as monitor:
        detail = monitor.store.claim(claim)
        if detail is None:
            raise InputError(f"no claim {claim}; `monitor figures` shows their ids")
        now = datetime.now(UTC)
        edits = read_edits(monitor.lexicon, detail.claim.figure.quantity, words, now.date())
        for line in unknown_names(monitor.lexicon, words):
            show.say(f"Note: {line}.")
        ruled = monitor.bench.edit(claim, edits, who=_person(who), why=why, now=now)
    _say(ruled, "edited so")


@app.command
def split(*claims: str, why: Why = "", who: Who = None, config: Config = CONFIG) -> None:
    """Claims are about an incident of their own: another strike than the one that they were counted for.

    Parameters
    ----------
    claims
        as `monitor figures` and `monitor changes` show them
    """
    if not claims:
        raise InputError("name the claims that are about another incident")
    _give(config, lambda bench, now: bench.split(claims, who=_person(who), why=why, now=now), "split off")


@app.command
def merge(claim: str, into: str, /, *, why: Why = "", who: Who = None, config: Config = CONFIG) -> None:
    """Two incidents, or two series, are one: all that goes into the one goes into the other from now on.

    Parameters
    ----------
    claim
        any claim of the one
    into
        any claim of the other, which stays
    """
    if claim == into:
        raise InputError(f"{claim} twice: name a claim of each of the two")
    _give(config, lambda bench, now: bench.merge(claim, into, who=_person(who), why=why, now=now), "merged")


@app.command
def unmerge(number: int, /, *, why: Why = "", who: Who = None, config: Config = CONFIG) -> None:
    """A merge was wrong: what it put together is counted apart again, what came in since as well.

    Parameters
    ----------
    number
        of the merge, as `monitor merges` shows it
    """
    _give(config, lambda bench, now: bench.unmerge(number, who=_person(who), why=why, now=now), "taken apart")


@app.command
def merges(*, json: Json = False, config: Config = CONFIG) -> None:
    """What people have put together, and what they have taken apart again."""
    with opened(config) as store:
        found = [merge_row(line) for line in store.merges()]
    columns = ("merge", "watch", "figure", "into", "who", "why", "at", "ended_at", "ended_by", "ended_why")
    show.rows(found, as_json=json, columns=columns, nothing="Nothing was merged.")


def _give(config: Path, verdict: "Callable[[Bench, datetime], Ruled]", done: str) -> None:
    from monitor.pipeline import Monitor

    with Monitor.open(config) as monitor:
        ruled = verdict(monitor.bench, datetime.now(UTC))
    _say(ruled, done)


def _say(ruled: "Ruled", done: str) -> None:
    for line in in_words(ruled, done):
        show.say(line)


def in_words(ruled: "Ruled", done: str) -> list[str]:
    """What a verdict did, line by line."""
    if not ruled.changed:
        before = ruled.before
        whose = f" by {before.who} on {before.now:%Y-%m-%d %H:%M} UTC" if before else ""
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
