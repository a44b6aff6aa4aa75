"""What the routes of the pages need: the store, the settings, the templates."""

import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException

from monitor import __version__
from monitor.alerts.courses import on
from monitor.alerts.messages import series_id
from monitor.alerts.neutral import clean
from monitor.domain.claims import Claim
from monitor.domain.series import SeriesKey
from monitor.extract.lexicon import Lexicon
from monitor.extract.subjects import canonical_place
from monitor.settings import Settings
from monitor.store import ArticleLine, ChangeLine, ClaimDetail, FeedHealth, MovedSeries, Store, Wanted
from monitor.web import api, views
from monitor.web.desk import Desk
from monitor.web.kept import Kept
from monitor.web.sessions import visitor

SCOPES = {"cumulative": "in all, since the beginning", "period": "of a span of time", "incident": "of one incident"}
LONGEST_TEXT = 60_000
"""Characters of an article that its page shows."""


class Pages:
    """Makes pages. `frozen`: as files, with nothing that only a server can answer."""

    def __init__(self, settings: Settings, store: Store, desk: Desk, *, frozen: bool = False) -> None:
        self.settings, self.store, self.desk = settings, store, desk
        self.zone = ZoneInfo(settings.server.timezone)
        self.kept = Kept(store)
        self._templates = Environment(
            loader=PackageLoader("monitor.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_plain,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "when": self._when,
            "day": self._day,
            "scopes": SCOPES,
            "version": __version__,
            "frozen": frozen,
            "shell": shlex.quote,
        }

    def _when(self, instant: datetime | None) -> str:
        """A time that the pages' script puts into the reader's own zone, where there is one that runs it."""
        if instant is None:
            return ""
        at, words = instant.isoformat(timespec="seconds"), views.when(instant, self.zone)
        return Markup('<time class="at" datetime="{}">{}</time>').format(at, words)

    def _day(self, of: date | str) -> str:
        if isinstance(of, datetime):
            return on(of.astimezone(self.zone))
        return on(date.fromisoformat(of) if isinstance(of, str) else of)

    @property
    def watches(self) -> list[str]:
        """The names of the watches, as the settings have them."""
        return [one.name for one in self.settings.watch_settings]

    def series(self, name: str) -> SeriesKey:
        """The series of this short name. Raises 404."""
        named: dict[str, SeriesKey] = self.kept("names", self._names)
        if name not in named:
            raise HTTPException(404, "There is no series of this name.")
        return named[name]

    def known(self, watch: str) -> bool:
        """Whether there is a watch of this name: in the settings, or one that is there no more and left figures."""
        return watch in self.watches or any(key.watch == watch for key in self.kept("names", self._names).values())

    def claim(self, name: str) -> ClaimDetail:
        """The claim of this id. Raises 404."""
        detail = self.store.claim(name) if "\0" not in name else None
        if detail is None:
            raise HTTPException(404, "There is no claim of this name.")
        return detail

    def change(self, name: str) -> ChangeLine:
        """The change of this id. Raises 404."""
        line = self.store.change(name) if "\0" not in name else None
        if line is None:
            raise HTTPException(404, "There is no change of this name.")
        return line

    def article(self, number: int) -> tuple[ArticleLine, str, list[tuple[Claim, bool]]]:
        """The article of this number with its newest text and the claims in it, each with whether it counts. Raises
        404."""
        found = self.store.article_read(number)
        if found is None:
            raise HTTPException(404, "There is no article of this number.")
        return found

    def _names(self) -> dict[str, SeriesKey]:
        return {series_id(key): key for key in self.store.series_keys()}

    def moved(self, wanted: Wanted, limit: int, after: str | None = None) -> list[MovedSeries]:
        """The series that moved last, behind a cursor."""
        found: list[MovedSeries] = self.kept(
            (wanted, limit, after), lambda: self.store.latest_series(self._there(wanted), limit, api.cursor(after))
        )
        return found

    def changed(self, wanted: Wanted, limit: int, after: str | None = None) -> list[ChangeLine]:
        """Changes, the newest first, behind a cursor."""
        return self.store.changes_page(self._there(wanted), limit, api.cursor(after))

    def _there(self, wanted: Wanted) -> Wanted:
        """With what lies in the place asked for: a town in its region, a theatre that reaches there."""
        if wanted.place is None:
            return wanted
        atlas, outer = self._atlas, canonical_place(wanted.place, self._atlas)
        stored = {key.place for key in self.kept("names", self._names).values() if key.place}
        there = [
            one.name
            for one in self.settings.watch_settings
            if any(atlas.contains(outer, canonical_place(words, atlas)) for words in one.theatre)
        ]
        within = frozenset(place for place in stored if atlas.contains(outer, place))
        return replace(wanted, within=within, whole=frozenset(there))

    @cached_property
    def _atlas(self) -> Lexicon:
        """Read when the first one asks for a place: it takes half a second."""
        return self.settings.load_lexicon()

    def feeds(self) -> list[FeedHealth]:
        """How the feeds do: counted over a week's articles."""
        found: list[FeedHealth] = self.kept("feeds", lambda: self.store.feeds(datetime.now(UTC)))
        return found

    def page(self, template: str, title: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page of the given template."""
        one = visitor.get()
        known = {
            "title": title,
            "watches": self.watches,
            "visitor": one,
            "token": self.desk.sessions.token(one) if one else "",
            "acting": self.desk.acting,
            "by_password": self.desk.password is not None,
        }
        made = self._templates.get_template(f"{template}.html").render(known | values)
        return HTMLResponse(made, status_code=status)


def _plain(value: Any) -> Any:
    """Feed text as it may be shown: no character of it steers the direction of writing or paints over others."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "\n".join(_cleaned(line) for line in value.split("\n"))


def _cleaned(line: str) -> str:
    """The spaces at its ends stay: a piece of a sentence is followed by another one."""
    words = clean(line, LONGEST_TEXT)
    if not words:
        return line[:1] if line.isspace() else ""
    return f"{' ' if line[0].isspace() else ''}{words}{' ' if line[-1].isspace() else ''}"
