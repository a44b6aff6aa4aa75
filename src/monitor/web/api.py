"""The same for programs: JSON with cursors and ETags, feeds of changes, CSV. docs/fields.md tells the fields."""

import base64
import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, field_validator, model_validator
from starlette.exceptions import HTTPException

from monitor.alerts.neutral import clean, clean_data
from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Claim, Measure
from monitor.domain.series import SeriesKey
from monitor.extract.rules import RULES
from monitor.store import ChangeLine, MovedSeries, Store, Wanted
from monitor.web import shapes, views

PAGE = 50
"""Entries of an answer; `limit` asks for other numbers, up to MOST."""
MOST = 500
FEED = 50
"""Entries of a feed of changes."""

LONGEST = 1_000
"""Characters of a name or a cursor that is asked for."""

Name = Annotated[str, Field(max_length=LONGEST)] | None
Limit = Annotated[int, Query(ge=1, le=MOST)]
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
"""The number of a row: both databases keep such."""


class Filters(BaseModel):
    """What a list is narrowed to; an empty field of a form asks for nothing."""

    watch: Name = None
    subject: Name = None
    measure: Measure | None = None
    party: Name = None
    place: Name = None

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("party")
    @classmethod
    def _as_stored(cls, value: str | None) -> str | None:
        return UNATTRIBUTED if value == views.NO_SOURCE else value

    def wanted(self) -> Wanted:
        """The same for the store."""
        given = self.model_dump(mode="python", exclude={"limit", "after"}, exclude_none=True)
        return Wanted(**given)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as the parameters of an address."""
        found = self.model_dump(mode="json", exclude={"limit", "after"}, exclude_none=True)
        return found | ({"party": views.NO_SOURCE} if self.party == UNATTRIBUTED else {})


class OfChanges(Filters):
    """What a list of changes is narrowed to, besides."""

    kind: Kind | None = None
    outlet: Name = None
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("since is after until")
        return self


class Slice(Filters):
    """A part of the list of series: so many entries, behind a cursor."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE
    after: Annotated[str, Field(max_length=LONGEST)] | None = None


class SliceOfChanges(OfChanges):
    """A part of a list of changes."""

    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE
    after: Annotated[str, Field(max_length=LONGEST)] | None = None


def add_routes(
    app: FastAPI,
    store: Store,
    series: Callable[[str], SeriesKey],
    moved: Callable[[Wanted, int, str | None], list[MovedSeries]],
    changed: Callable[[Wanted, int, str | None], list[ChangeLine]],
    watches: Sequence[str],
    public_url: str | None = None,
) -> None:
    """Adds what programs ask for. `series` finds one by its name, `moved` those that moved last, `changed` the
    changes; `public_url` is where people reach the pages: the ids in feeds must not change."""
    _add_figures(app, store, series, moved, changed)
    _add_feeds(app, store, watches, public_url.rstrip("/") if public_url else None)
    _add_tables(app, moved, changed)


def _add_figures(
    app: FastAPI,
    store: Store,
    series: Callable[[str], SeriesKey],
    moved: Callable[[Wanted, int, str | None], list[MovedSeries]],
    changed: Callable[[Wanted, int, str | None], list[ChangeLine]],
) -> None:
    @app.get("/api/v1/figures", response_model=shapes.FiguresAnswer, responses=shapes.NO_WATCH)
    def figures(request: Request, wanted: Annotated[Slice, Query()]) -> Response:
        """The series that moved last, with what each party says now."""
        found = moved(wanted.wanted(), wanted.limit, wanted.after)
        following = cursor_of(*found[-1].place) if len(found) == wanted.limit else None
        return answer(request, {"figures": [views.series_view(one.lines) for one in found], "after": following})

    @app.get("/api/v1/series/{name}", response_model=shapes.SeriesAnswer, responses=shapes.UNKNOWN)
    def one_series(request: Request, name: str, limit: Limit = PAGE, before: Number = None) -> Response:
        """One series: what each party says now, and the claims that were put into it, those compared last first; with
        the first of them also those that people rejected."""
        key = series(name)
        lines, said = store.lines_of(key), store.said_in(key, limit, before)
        rejected = [] if before else store.rejected_in(key, limit)
        following = said[-1].number if len(said) == limit else None
        view = views.series_view(lines) if lines else None
        claims = [views.said_view(line) for line in views.in_time(said, rejected)]
        return answer(request, {"series": view, "claims": claims, "before": following})

    @app.get("/api/v1/changes", response_model=shapes.ChangesAnswer, responses=shapes.NO_WATCH)
    def changes(request: Request, wanted: Annotated[SliceOfChanges, Query()]) -> Response:
        """Changes, the newest first; `after` goes on where an answer ended."""
        found = changed(wanted.wanted(), wanted.limit, wanted.after)
        following = cursor_of(found[-1].at, found[-1].change.id) if len(found) == wanted.limit else None
        return answer(request, {"changes": [views.change_view(line) for line in found], "after": following})


def _add_feeds(app: FastAPI, store: Store, watches: Sequence[str], public_url: str | None) -> None:
    @app.get(
        "/watches/{watch:path}/changes.{form}",
        response_class=Response,
        responses=shapes.UNKNOWN | shapes.files("application/atom+xml", "application/feed+json"),
    )
    def watched(request: Request, watch: str, form: Literal["atom", "json"]) -> Response:
        """The changes of a watch as a feed: Atom, or JSON Feed."""
        if watch not in watches:
            raise HTTPException(404, "There is no watch of this name.")
        found = store.changes_page(Wanted(watch=watch), FEED)
        base = public_url or str(request.base_url).rstrip("/")
        made, kind = (
            (atom(watch, found, base), "application/atom+xml")
            if form == "atom"
            else (json.dumps(json_feed(watch, found, base), ensure_ascii=False), "application/feed+json")
        )
        return tagged(request, made.encode("utf-8", "replace"), kind)


def _add_tables(
    app: FastAPI,
    moved: Callable[[Wanted, int, str | None], list[MovedSeries]],
    changed: Callable[[Wanted, int, str | None], list[ChangeLine]],
) -> None:
    @app.get("/export/figures.csv", response_class=Response, responses=shapes.NO_WATCH | shapes.files("text/csv"))
    def figures_csv(request: Request, wanted: Annotated[Filters, Query()]) -> Response:
        """What each party says now, as a table."""
        found = (views.series_view(one.lines) for one in moved(wanted.wanted(), MOST, None))
        rows = [row for view in found for row in views.figure_rows(view)]
        return tagged(request, table(rows), "text/csv")

    @app.get("/export/changes.csv", response_class=Response, responses=shapes.NO_WATCH | shapes.files("text/csv"))
    def changes_csv(request: Request, wanted: Annotated[OfChanges, Query()]) -> Response:
        """The latest changes, as a table."""
        return tagged(
            request, table([views.change_view(one) for one in changed(wanted.wanted(), MOST, None)]), "text/csv"
        )


def answer(request: Request, content: Any, as_it_is: Mapping[str, str] | None = None) -> Response:
    """JSON, its texts cleaned but for those to be left `as_it_is`; 304 for whoever has it already."""
    whole = clean_data(content) | dict(as_it_is or {})
    body = json.dumps(whole, ensure_ascii=False, default=lambda moment: moment.isoformat())
    return tagged(request, body.encode("utf-8", "replace"), "application/json")


def tagged(request: Request, body: bytes, kind: str) -> Response:
    """An answer under its ETag; 304 for whoever has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{kind}; charset=utf-8", headers=headers)


def problem(status: int, words: str) -> Response:
    """An error for programs (RFC 9457)."""
    body = json.dumps({"title": words, "status": status})
    return Response(body, status_code=status, media_type="application/problem+json")


def cursor_of(at: datetime, last: str) -> str:
    """The place behind an entry of this time and name."""
    return base64.urlsafe_b64encode(f"{at.isoformat()} {last}".encode()).decode().rstrip("=")


def cursor(given: str | None) -> tuple[datetime, str] | None:
    """The place that a cursor names. Raises 422 for what is none."""
    if not given:
        return None
    try:
        at, _, last = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(" ")
        found = datetime.fromisoformat(at).astimezone(UTC)  # of naive ones, too: what is no time overflows here
    except (ValueError, OverflowError):
        raise HTTPException(422, "after: this is no cursor of ours.") from None
    if "\0" in last:
        raise HTTPException(422, "after: this is no cursor of ours.")
    return found, last


def pair(number: int, name: str) -> str:
    """The place behind an entry of this number and name."""
    return base64.urlsafe_b64encode(f"{number} {name}".encode()).decode().rstrip("=")


def unpaired(given: str) -> tuple[int, str] | None:
    """The number and the name that a cursor of `pair` holds. Raises 422 for what is none."""
    if not given:
        return None
    try:
        number, _, name = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(" ")
        found = int(number), name
    except ValueError:
        raise HTTPException(422, "after: this is no cursor of ours.") from None
    if not 0 < found[0] < 2**31 or "\0" in name:
        raise HTTPException(422, "after: this is no cursor of ours.")
    return found


def rules_of(claim: Claim) -> list[tuple[str, str, str]]:
    """The rules that read a figure: id, phrase, reason."""
    known = [(rule, RULES.get(rule)) for rule in claim.figure.rules]
    return [(rule, one.phrase if one else "", one.reason if one else "") for rule, one in known]


def table(rows: Sequence[dict[str, Any]]) -> bytes:
    """CSV in UTF-8 with a header; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["watch"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def atom(watch: str, lines: Iterable[ChangeLine], base: str) -> str:
    """An Atom feed (RFC 4287); every text in it is text, never markup."""
    found = [views.change_view(line) for line in lines]
    updated = max(map(_updated, found), default=datetime.fromtimestamp(0, UTC)).isoformat()
    entries = "".join(_entry(one, f"{base}/changes/{one['id']}") for one in found)
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_xml(base)}/watches/{_xml(watch)}</id><title>{_xml(watch)}: changes</title><updated>{updated}</updated>"
        f'<link rel="self" href={quoteattr(f"{base}/watches/{quote(watch)}/changes.atom")}/>'
        f"<author><name>figure monitor</name></author>{entries}</feed>"
    )


def _entry(one: dict[str, Any], link: str) -> str:
    return (
        f"<entry><id>{_xml(link)}</id><title>{_xml(_headline(one))}</title><published>{one['at'].isoformat()}</published>"
        f"<updated>{_updated(one).isoformat()}</updated>"
        f'<link href={quoteattr(link)}/><content type="text">{_xml(_content(one))}</content></entry>'
    )


def json_feed(watch: str, lines: Iterable[ChangeLine], base: str) -> dict[str, Any]:
    """A JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(f"{watch}: changes"),
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/watches/{quote(watch)}/changes.json",
        "items": [
            {
                "id": f"{base}/changes/{one['id']}",
                "url": f"{base}/changes/{one['id']}",
                "title": clean(_headline(one)),
                "content_text": clean(_content(one)),
                "date_published": one["at"].isoformat(),
                "date_modified": _updated(one).isoformat(),
            }
            for one in map(views.change_view, lines)
        ],
    }


def _headline(one: dict[str, Any]) -> str:
    step = f"{one['before']} → {one['after']}" if one["before"] else one["after"]
    first = "Undone: " if one["undone"] else "Please check: " if one["check"] else ""
    return f"{first}{one['title']}: {step}, {one['party']}"


def _content(one: dict[str, Any]) -> str:
    undone = f" No longer holds: {one['undone']}." if one["undone"] else ""
    return f"{one['kind_words']}. “{one['quote']}” ({one['outlet']}){undone}"


def _updated(one: dict[str, Any]) -> datetime:
    found: datetime = one["undone_at"] or one["at"]
    return found


def _xml(text: str) -> str:
    return escape(clean(text))


def cell(value: Any) -> Any:
    """A value as a cell of a table: cleaned, and never a formula."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = value.isoformat() if isinstance(value, datetime) else clean(value) if isinstance(value, str) else value
    return f"'{text}" if isinstance(text, str) and text[:1] in {"=", "+", "-", "@"} else text
