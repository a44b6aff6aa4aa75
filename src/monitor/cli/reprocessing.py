"""`monitor reprocess`: the extractor of today over everything that is stored."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter, validators

from monitor.cli import show
from monitor.cli.known import plain, words
from monitor.cli.options import CONFIG, Config, Json

if TYPE_CHECKING:
    from monitor.domain.claims import Claim
    from monitor.domain.rereading import Tally
    from monitor.reprocess import Progress, Report
    from monitor.store import TakenOver

SORTS = ("added", "lost", "kept", "altered", "reworked")
"""Claims that are new, gone, read no more but kept since a person has looked at them,
that say something else, or say the same for other reasons."""

app = App()


@app.command
def reprocess(
    *,
    write: Annotated[bool, Parameter(negative="", help="take the new reading over")] = False,
    examples: Annotated[int, Parameter(help="show so many of each sort", validator=validators.Number(gte=0))] = 3,
    workers: Annotated[
        int | None,
        Parameter(help="read in so many processes; one a core when left out", validator=validators.Number(gte=1)),
    ] = None,
    json: Json = False,
    config: Config = CONFIG,
) -> None:
    """Reads every stored text again with the extractor of today and shows what that would change; sends nothing.

    It can be stopped at any time; the next start goes on. With --write the new reading counts from then on: figures are
    folded again, what you were told and what people said of claims stays, and old readings are kept.
    """
    from monitor.pipeline import Monitor
    from monitor.reprocess import default_workers, read_again, report, take_over

    with Monitor.open(config) as monitor:
        with _bar() as progress:
            read_again(monitor, progress, workers=workers or default_workers())
        found = report(monitor, examples=examples)
        done = take_over(monitor, datetime.now(UTC)) if write else None
    _show(found, done, as_json=json)


@contextmanager
def _bar() -> "Iterator[Progress]":
    """A bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("reading", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(found: "Report", done: "TakenOver | None", *, as_json: bool) -> None:
    tally = found.tally
    if as_json:
        show.json_lines([_summary(found, done), *_rule_rows(tally), *_field_rows(tally), *_example_rows(tally)])
        return
    state = found.state
    if not state.read:
        show.say(f"Nothing to do: everything was read by this extractor ({found.version}).")
        return
    show.say(f"{state.read:,} texts read again by {found.version}; {state.same:,} of them give the same claims.")
    if state.failed:
        show.say(f"{state.failed:,} can't be read by it and keep their claims.")
    show.say("claims: " + ", ".join(f"{tally.counts[sort]:,} {sort}" for sort in SORTS))
    for rows in (_rule_rows(tally), _field_rows(tally)):
        if rows:
            show.say()
            show.table(rows, [name for name in rows[0] if name != "what"])
    for sort in SORTS:
        if tally.examples.get(sort):
            show.say(f"\n{sort}, for example:")
        for example in tally.examples.get(sort, ()):
            for line in _example_lines(*example):
                show.say(line)
    show.say()
    if done:
        show.say(f"Taken over; {done.decided:,} decisions are others now. Nothing was sent.")
    else:
        show.say("Nothing was changed. `monitor reprocess --write` takes the new reading over.")


def _summary(found: "Report", done: "TakenOver | None") -> dict[str, Any]:
    state, tally = found.state, found.tally
    texts = {"texts": state.read, "same_texts": state.same, "failed_texts": state.failed}
    written = {"written": done is not None, "decisions": done.decided if done else 0}
    counts = {sort: tally.counts[sort] for sort in SORTS}
    return {"what": "summary", "extractor": found.version, **texts, **counts, **written}


def _rule_rows(tally: "Tally") -> list[dict[str, Any]]:
    return [
        {"what": "rule", "rule": rule, **{sort: counts[sort] for sort in SORTS}}
        for rule, counts in tally.by_rule().items()
    ]


def _field_rows(tally: "Tally") -> list[dict[str, Any]]:
    return [{"what": "field", "field": name, "claims": count} for name, count in tally.by_field.most_common()]


def _example_rows(tally: "Tally") -> list[dict[str, Any]]:
    return [
        {
            "what": "example",
            "sort": sort,
            "url": (after or before).origin.url,  # type: ignore[union-attr]  # one of them is there
            "before": _said(before),
            "after": _said(after),
            "differs": list(names),
        }
        for sort in SORTS
        for before, after, names in tally.examples.get(sort, ())
    ]


def _said(claim: "Claim | None") -> dict[str, Any] | None:
    from monitor.extract.forms import figure_form

    return None if claim is None else {"claim": claim.id, **figure_form(claim.figure)}


def _example_lines(before: "Claim | None", after: "Claim | None", names: "tuple[str, ...]") -> Iterator[str]:
    claim = after or before
    if claim is None:
        return
    yield f"  {show.cell(claim.origin.url)} ({claim.id})"
    yield f"    “{show.cell(claim.figure.quote)}”"
    if before is None or after is None:
        who = ", ".join(claim.figure.parties)
        what = f"{words(claim.figure.quantity)} {claim.figure.measure.value}"
        yield f"    {what}, {show.cell(claim.figure.subject.text)}; {claim.figure.status.value}, {show.cell(who)}"
    for name in names:
        old, new = (plain(getattr(one.figure, name)) for one in (before, after) if one)
        yield f"    {name}: {old} → {new}"
