"""How things are shown: tables for people, JSON lines for programs. Nothing from a feed may steer the terminal."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.alerts.neutral import clean

Row = Mapping[str, Any]
"""What one line shows: the columns of a table by their headings, the fields of a JSON object by their names."""

PIPE_WIDTH = 200
"""Width of a table that is not written to a terminal."""


def say(line: str = "") -> None:
    """One line to the person at the terminal; texts of feeds have to be cleaned before."""
    sys.stdout.write(f"{line}\n")


def counted(number: int, what: str) -> str:
    """ "1 feed", "3 feeds", "2 watches"."""
    many = "es" if what.endswith("ch") else "s"
    return f"{number:,} {what}{'' if number == 1 else many}"


def rows(found: Sequence[Row], *, as_json: bool, nothing: str, columns: Sequence[str] | None = None) -> None:
    """The rows as JSON lines, or as a table of the given columns (all of them); `nothing` says that there are none."""
    if as_json:
        json_lines(found)
    elif found:
        table(found, columns or list(found[0]))
    else:
        say(nothing)


def json_lines(found: Iterable[Row]) -> None:
    """One JSON object a line; what steers a terminal or can't be seen comes as \\uXXXX, which reads back the same."""
    for row in found:
        line = json.dumps(row, ensure_ascii=False, default=plain)
        sys.stdout.write((line if line.isprintable() else "".join(map(escaped, line))) + "\n")


def escaped(char: str) -> str:
    """A character of JSON, as an escape unless it is to be seen (or a space): no control, no mark of direction."""
    return char if char.isprintable() else json.dumps(char)[1:-1]


def table(found: Sequence[Row], columns: Sequence[str]) -> None:
    """A plain table; on a terminal as wide as that is."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = all(isinstance(row.get(column), int | None) for row in found)
        shown.add_column(column.replace("_", " "), justify="right" if right else "left", overflow="fold")
    for row in found:
        shown.add_row(*(Text(cell(row.get(column))) for column in columns))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    console.print(shown)


def cell(value: object) -> str:
    """A value as a table shows it: times to the minute in UTC, numbers with commas, nothing as nothing."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case list() | tuple():
            return ", ".join(cell(part) for part in value)
    return clean(str(value))


def plain(value: object) -> object:
    """What json can't write by itself: times as ISO 8601, all else as text."""
    return value.isoformat() if isinstance(value, date) else str(value)
