"""The pages: HTML that works without JavaScript. Reads only."""

import logging
import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException

from monitor import __version__
from monitor.alerts.courses import on
from monitor.alerts.difference import Piece as Changed
from monitor.alerts.messages import series_id
from monitor.alerts.neutral import clean, safe_url
from monitor.domain.series import SeriesKey
from monitor.errors import MonitorError
from monitor.settings import Settings
from monitor.store import ClaimDetail, MovedSeries, Store, Wanted
from monitor.web import api, metrics, views
from monitor.web.chart import Chart, chart
from monitor.web.kept import Kept

SERIES_OF_A_WATCH = 12
SERIES_ON_A_PAGE = 24
CHANGES_ON_A_PAGE = 50
CLAIMS_ON_A_PAGE = 50
POINTS = 120
"""Claims of a series, the latest ones, that its chart shows, and as many changes of older times."""
SCOPES = {"cumulative": "in all, since the beginning", "period": "of a span of time", "incident": "of one incident"}
LONGEST_TEXT = 60_000
"""Characters of an article that its page shows."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

log = logging.getLogger("monitor.web")


class Pages:
    """What the routes need: the store, the settings, the templates."""

    def __init__(self, settings: Settings, store: Store, *, frozen: bool = False) -> None:
        self.settings, self.store = settings, store
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
            "when": lambda instant: views.when(instant, self.zone),
            "day": self._day,
            "scopes": SCOPES,
            "title_of": lambda key: views.series_title(key, key.subject),
            "version": __version__,
            "frozen": frozen,
            "shell": shlex.quote,
        }

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

    def _names(self) -> dict[str, SeriesKey]:
        return {series_id(key): key for key in self.store.series_keys()}

    def moved(self, wanted: Wanted, limit: int, after: str | None = None) -> list[MovedSeries]:
        """The series that moved last, behind a cursor."""
        found: list[MovedSeries] = self.kept(
            (wanted, limit, after), lambda: self.store.latest_series(wanted, limit, api.cursor(after))
        )
        return found

    def page(self, template: str, title: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page of the given template."""
        made = self._templates.get_template(f"{template}.html").render(title=title, watches=self.watches, **values)
        return HTMLResponse(made, status_code=status)


def create_app(settings: Settings, store: Store, *, frozen: bool = False) -> FastAPI:
    """The application. It has to be given a store that is migrated. `frozen`: as pages that are written to files, with
    nothing that only a server can answer."""
    app = FastAPI(
        title="Figure monitor", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json"
    )
    pages = Pages(settings, store, frozen=frozen)
    _add_headers(app)
    _add_errors(app, pages)
    _add_lists(app, pages)
    _add_series(app, pages)
    _add_details(app, pages)
    metrics.add_routes(app, store)
    api.add_routes(app, pages.store, pages.series, pages.moved, pages.watches, settings.public_url)
    return app


def _add_lists(app: FastAPI, pages: Pages) -> None:
    @app.get("/", include_in_schema=False)
    def overview() -> HTMLResponse:
        found = [
            (watch, [views.card(one) for one in pages.moved(Wanted(watch=watch), SERIES_OF_A_WATCH)])
            for watch in pages.watches
        ]
        changes = [views.change_view(line) for line in pages.store.changes_page(Wanted(), 10)]
        return pages.page("overview", "What is known now", found=found, changes=changes)

    @app.get("/figures", include_in_schema=False)
    def figures(wanted: Annotated[api.Slice, Query()]) -> HTMLResponse:
        found = pages.moved(wanted.wanted(), SERIES_ON_A_PAGE, wanted.after)
        following = api.cursor_of(*found[-1].place) if len(found) == SERIES_ON_A_PAGE else None
        cards = [views.card(one) for one in found]
        return pages.page("figures", "Figures", found=cards, chosen=wanted, following=following)

    @app.get("/changes", include_in_schema=False)
    def changes(wanted: Annotated[api.SliceOfChanges, Query()]) -> HTMLResponse:
        lines = pages.store.changes_page(wanted.wanted(), CHANGES_ON_A_PAGE, api.cursor(wanted.after))
        following = api.cursor_of(lines[-1].at, lines[-1].change.id) if len(lines) == CHANGES_ON_A_PAGE else None
        found = [views.change_view(line) for line in lines]
        return pages.page("changes", "Changes", found=found, chosen=wanted, following=following)

    @app.get("/articles", include_in_schema=False)
    def articles() -> HTMLResponse:
        return pages.page("articles", "Articles", found=pages.store.articles(100))

    @app.get("/feeds", include_in_schema=False)
    def feeds() -> HTMLResponse:
        return pages.page("feeds", "Feeds", found=pages.store.feeds(datetime.now(UTC)))

    @app.get("/review", include_in_schema=False)
    def review() -> HTMLResponse:
        threshold = max((one.min_confidence for one in pages.settings.watch_settings), default=0.0)
        doubts = [(series_id(line.series), line) for line in pages.store.doubted()]
        return pages.page(
            "review", "To review", doubts=doubts, unsure=pages.store.unsure(threshold, 100), words=views.words
        )


def _add_series(app: FastAPI, pages: Pages) -> None:
    @app.get("/series/{name}.svg", include_in_schema=False)
    def picture(name: str) -> Response:
        key = pages.series(name)
        drawn = _chart(pages, key)
        lines = pages.store.lines_of(key)
        title = views.series_title(key, lines[0].claim.figure.subject.text if lines else key.subject)
        made = pages.page("chart.svg", title, chart=drawn, style=_style("chart.css"))
        headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Response(made.body, media_type="image/svg+xml", headers=headers)

    @app.get("/series/{name}", include_in_schema=False)
    def series(name: str, before: api.Number = None) -> HTMLResponse:
        key = pages.series(name)
        lines = pages.store.lines_of(key)
        said = pages.store.said_in(key, CLAIMS_ON_A_PAGE, before)
        drawn = _chart(pages, key)
        view = views.series_view(lines) if lines else None
        title = view["title"] if view else key.subject
        return pages.page(
            "series",
            title,
            view=view,
            name=name,
            chart=drawn,
            said=[views.said_view(line) for line in said],
            following=said[-1].number if len(said) == CLAIMS_ON_A_PAGE else None,
            changes=[views.change_view(line) for line in pages.store.changes_in(key, 20)],
        )


def _add_details(app: FastAPI, pages: Pages) -> None:
    @app.get("/changes/{name}", include_in_schema=False)
    def change(name: str) -> HTMLResponse:
        line = pages.store.change(name)
        if line is None:
            raise HTTPException(404, "There is no change of this name.")
        detail = pages.store.claim(line.change.claim_id)
        edited, rewritten = _edit(pages, detail) if detail else (None, False)
        decided = [one for one in detail.decisions if one.decision.series == line.change.series] if detail else []
        return pages.page(
            "change",
            views.change_view(line)["title"],
            view=views.change_view(line),
            around=views.paragraph(detail.text, detail.claim) if detail else [],
            as_of=line.claim.day,
            edited=edited,
            rewritten=rewritten,
            decisions=decided,
            deliveries=pages.store.deliveries_of([line.change.id]),
        )

    @app.get("/claims/{name}", include_in_schema=False)
    def claim(name: str) -> HTMLResponse:
        detail = pages.store.claim(name)
        if detail is None:
            raise HTTPException(404, "There is no claim of this name.")
        return pages.page(
            "claim",
            f"{detail.claim.figure.subject.text}: {views.words(detail.claim.figure.quantity)}",
            detail=detail,
            figure=detail.claim.figure,
            view=views.source_view(detail.claim),
            around=views.paragraph(detail.text, detail.claim),
            rules=api.rules_of(detail.claim),
            article=pages.store.article_at(detail.claim.origin.url),
            words=views.words,
            named=[(series_id(one.decision.series), one) for one in detail.decisions],
        )

    @app.get("/articles/{number}", include_in_schema=False)
    def article(number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> HTMLResponse:
        found = pages.store.article_read(number)
        if found is None:
            raise HTTPException(404, "There is no article of this number.")
        line, text, claims = found
        pieces = views.pieces(text[:LONGEST_TEXT], [one for one in claims if one.figure.end <= LONGEST_TEXT])
        return pages.page("article", line.title, line=line, pieces=pieces, url=safe_url(line.url), claims=claims)

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        if name not in {"style.css", "chart.css"}:
            raise HTTPException(404, "There is no such file.")
        return Response(_style(name), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _chart(pages: Pages, key: SeriesKey) -> Chart | None:
    def drawn() -> Chart | None:
        said = pages.store.said_in(key, POINTS)
        return chart(views.points(said, pages.store.changes_in(key, POINTS)))

    found: Chart | None = pages.kept(("chart", key), drawn)
    return found


def _edit(pages: Pages, detail: ClaimDetail) -> tuple[tuple[Changed, ...] | None, bool]:
    """How the article was edited when it came to state the claim, and whether too much for that to be shown."""
    texts = pages.store.texts_before_and_after(detail.claim)
    if texts is None:
        return None, False
    found = views.edited(*texts)
    return found, found is None


def _add_headers(app: FastAPI) -> None:
    @app.middleware("http")
    async def headers(request: Request, call: Callable[[Request], Any]) -> Response:
        answer: Response = await call(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


def _add_errors(app: FastAPI, pages: Pages) -> None:
    def said(request: Request, status: int, words: str) -> Response:
        if request.url.path.startswith("/api/"):
            return api.problem(status, words)
        return pages.page("error", words, status=status, words=words)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return said(request, error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return said(request, 422, f"{first['loc'][-1]}: {first['msg']}")

    @app.exception_handler(MonitorError)
    def failed(request: Request, error: MonitorError) -> Response:
        log.warning("%s: %s", request.url.path, error)
        return said(request, 503, "The figures can't be read at the moment. Please try again.")


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


def _style(name: str) -> str:
    return files("monitor.web").joinpath("static", name).read_text(encoding="utf-8")
