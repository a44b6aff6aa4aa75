"""What is stored, written out whole: tables as CSV or JSON. docs/fields.md tells the columns."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Literal, TextIO

from monitor.alerts.neutral import clean_data
from monitor.store import Store, Wanted
from monitor.web import views
from monitor.web.api import cell

What = Literal["figures", "changes", "claims"]
Form = Literal["csv", "json"]
PAGE = 500

SOURCE = ("quote", "outlet", "headline", "url", "claimants")
SERIES = ("series", "watch", "title", "measure", "scope", "place")
BOUNDS = ("low", "best", "high", "qualifier")
COLUMNS: dict[What, tuple[str, ...]] = {
    "figures": (
        *SERIES,
        "party",
        "now",
        *BOUNDS,
        "as_of",
        "told",
        "check",
        "statements",
        "outlets",
        "claim",
        *SOURCE,
    ),
    "changes": (
        "id",
        "at",
        "watch",
        "series",
        "title",
        "kind",
        "kind_words",
        "party",
        "before",
        "after",
        "low",
        "best",
        "high",
        "previous_low",
        "previous_high",
        "check",
        "muted",
        "claim",
        *SOURCE,
    ),
    "claims": (
        "claim",
        "subject",
        "subject_party",
        "measure",
        "scope",
        "window_days",
        "place",
        "party",
        "status",
        *BOUNDS,
        "as_of",
        "confidence",
        "counts",
        "published_at",
        "revision",
        *SOURCE,
    ),
}
"""The columns of each table, in their order: the same ones even where nothing is stored."""


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
            for claim, revision, counts in some:
                yield views.claim_view(claim, counts=counts)
                last = claim.id, revision


def write(found: Iterable[dict[str, Any]], columns: tuple[str, ...], form: Form, out: TextIO) -> int:
    """Writes rows as they come; returns how many. JSON is one array with an object a line."""
    if form == "csv":
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        return sum(bool(writer.writerow({name: cell(row[name]) for name in columns})) for row in found)
    number = 0
    out.write("[")
    for number, row in enumerate(found, 1):
        out.write(",\n" if number > 1 else "\n")
        out.write(json.dumps(clean_data({name: row[name] for name in columns}), ensure_ascii=False, default=_plain))
    out.write("\n]\n")
    return number


def _plain(value: Any) -> str:
    return str(value.isoformat())
