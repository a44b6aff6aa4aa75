"""What is stored, written out whole: tables as CSV, JSON or Parquet. docs/fields.md tells the columns."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import groupby
from typing import IO, Any

from monitor.alerts.neutral import clean_data
from monitor.store import Store, Wanted
from monitor.web import views
from monitor.web.api import cell
from monitor.web.columns import COLUMNS, Form, What
from monitor.web.parquet import write_parquet

PAGE = 500


def rows(store: Store, what: What) -> Iterator[dict[str, Any]]:
    """All rows of a table, read some at a time."""
    if what == "figures":
        for _, lines in groupby(store.figures(), key=lambda line: line.series):
            yield from views.figure_rows(views.series_view(list(lines)))
    elif what == "changes":
        place = None
        while found := store.changes_page(Wanted(), PAGE, place):
            yield from map(views.change_view, found)
            place = found[-1].at, found[-1].change.id
    else:
        last = "", 0
        while some := store.every_claim(last, PAGE):
            for claim, revision, counts, homes in some:
                yield views.placed_view(claim, homes, counts=counts)
                last = claim.id, revision


def write(store: Store, what: What, form: Form, out: IO[bytes]) -> int:
    """Writes a table, its rows as they come; returns how many. Text is UTF-8.

    Raises:
        InputError: for Parquet, if pyarrow is not installed.
    """
    if form == "parquet":
        return write_parquet(rows(store, what), what, COLUMNS[what], out)
    text = TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    try:
        return (_write_csv if form == "csv" else _write_json)(rows(store, what), COLUMNS[what], text)
    finally:
        text.detach()


def _write_csv(found: Iterable[dict[str, Any]], columns: tuple[str, ...], out: IO[str]) -> int:
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    return sum(bool(writer.writerow({name: cell(row[name]) for name in columns})) for row in found)


def _write_json(found: Iterable[dict[str, Any]], columns: tuple[str, ...], out: IO[str]) -> int:
    """One array with an object a line."""
    number = 0
    out.write("[")
    for number, row in enumerate(found, 1):
        out.write(",\n" if number > 1 else "\n")
        out.write(json.dumps(clean_data({name: row[name] for name in columns}), ensure_ascii=False, default=_plain))
    out.write("\n]\n")
    return number


def _plain(value: Any) -> str:
    return str(value.isoformat())
