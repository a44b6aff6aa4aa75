"""The pages: HTML that works without JavaScript, which only puts times into the reader's zone. They read; what people
do on them is in `actions`."""

import logging
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor import __version__
from monitor.alerts.difference import Piece as Changed
from monitor.alerts.neutral import safe_url
from monitor.alerts.words import series_name
from monitor.domain.articles import ArticleStatus
from monitor.domain.series import SeriesKey
from monitor.errors import MonitorError
from monitor.settings import Settings
from monitor.store import ClaimDetail, Store, Wanted
from monitor.web import actions, api, logins, metrics, records, shapes, views, waiting
from monitor.web.chart import Chart, chart
from monitor.web.desk import Desk
from monitor.web.pages import LONGEST_TEXT, Pages
from monitor.web.passwords import Password

SERIES_OF_A_WATCH = 12
SERIES_ON_A_PAGE = 24
CHANGES_ON_A_PAGE = 50
ARTICLES_ON_A_PAGE = 50
CLAIMS_ON_A_PAGE = 40
REJECTED = 10
"""Claims of a series, those rejected last, that its chart and its first page show besides."""
POINTS = 60
"""Claims of a series, the latest ones, that its chart shows, and as many changes of older times."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

PICTURE: shapes.Responses = {
    **shapes.KNOWN,
    **shapes.files("image/svg+xml"),
    404: {"description": "there is no series of this name", "content": {"text/html": {}}},
    503: {"description": "the database can't be read at the moment", "content": {"text/html": {}}},
}
STATIC = {"style.css": "text/css", "chart.css": "text/css", "times.js": "text/javascript"}
"""The files beside the templates. Nothing else here is a script to a browser: what isn't called one is run by none."""
FOR_PROGRAMS = ("/api/", "/export/", "/watches/")
"""Where errors are told as JSON."""

log = logging.getLogger("monitor.web")


def create_app(settings: Settings, store: Store, *, password: Password | None = None, frozen: bool = False) -> FastAPI:
    """The application. It has to be given a store that is migrated. `password` is the operator's, for verdicts on the
    pages. `frozen`: as pages that are written to files, with nothing that only a server can answer."""
    pages = Pages(settings, store, Desk(settings, store, password, frozen=frozen), frozen=frozen)
    app = FastAPI(
        title="Figure monitor",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        dependencies=[Depends(_known_watch(pages))],
    )
    _add_headers(app)
    app.add_middleware(HeadAsGet)
    logins.add_routes(app, pages)
    _add_errors(app, pages)
    _add_lists(app, pages)
    _add_series(app, pages)
    _add_details(app, pages)
    actions.add_routes(app, pages)
    waiting.add_routes(app, pages)
    metrics.add_routes(app, store)
    records.add_routes(app, pages)
    api.add_routes(app, pages.store, pages.series, pages.moved, pages.changed, pages.watches, settings.public_url)
    return app


def _known_watch(pages: Pages) -> Callable[[Request], None]:
    def known(request: Request) -> None:
        """A list of nothing would say that nothing is known, where nobody looked."""
        watch = request.query_params.get("watch", "")
        if watch.strip() and not pages.known(watch):
            raise HTTPException(404, "There is no watch of this name.")

    return known


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
        lines = pages.changed(wanted.wanted(), CHANGES_ON_A_PAGE, wanted.after)
        following = api.cursor_of(lines[-1].at, lines[-1].change.id) if len(lines) == CHANGES_ON_A_PAGE else None
        found = [views.change_view(line) for line in lines]
        return pages.page("changes", "Changes", found=found, chosen=wanted, following=following)

    @app.get("/articles", include_in_schema=False)
    def articles(wanted: Annotated[records.OfArticles, Query()]) -> HTMLResponse:
        found = pages.store.articles(ARTICLES_ON_A_PAGE, wanted.wanted(), wanted.after)
        following = found[-1].id if len(found) == ARTICLES_ON_A_PAGE else None
        return pages.page(
            "articles", "Articles", found=found, chosen=wanted, following=following, statuses=[*ArticleStatus]
        )

    @app.get("/feeds", include_in_schema=False)
    def feeds(wanted: Annotated[records.OfFeeds, Query()]) -> HTMLResponse:
        found = wanted.of(pages.feeds())
        return pages.page("feeds", "Feeds", found=found, chosen=wanted)


def _add_series(app: FastAPI, pages: Pages) -> None:
    @app.get("/series/{name}.svg", response_class=Response, responses=PICTURE)
    def picture(request: Request, name: str) -> Response:
        """The chart of a series, for pages elsewhere."""
        key = pages.series(name)
        drawn = _chart(pages, key)
        lines = pages.store.lines_of(key)
        title = series_name(key, lines[0].claim.figure.subject.text if lines else key.subject)
        made = pages.page("chart.svg", title, chart=drawn, style=_static("chart.css"))
        answer = api.tagged(request, bytes(made.body), "image/svg+xml")
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return answer

    @app.get("/series/{name}", include_in_schema=False)
    def series(name: str, before: api.Number = None) -> HTMLResponse:
        key = pages.series(name)
        lines = pages.store.lines_of(key)
        said = pages.store.said_in(key, CLAIMS_ON_A_PAGE, before)
        rejected = [] if before else pages.store.rejected_in(key, REJECTED)
        drawn = _chart(pages, key)
        view = views.series_view(lines) if lines else None
        title = view["title"] if view else series_name(key, key.subject)
        return pages.page(
            "series",
            title,
            view=view,
            name=name,
            chart=drawn,
            said=[views.said_view(line) for line in views.in_time(said, rejected)],
            following=said[-1].number if len(said) == CLAIMS_ON_A_PAGE else None,
            changes=[views.change_view(line) for line in pages.store.changes_in(key, 20)],
            mutes=(mutes := actions.mutes_of(pages, key.watch, name)),
            seen=actions.seen_mutes(mutes),
        )


def _add_details(app: FastAPI, pages: Pages) -> None:
    @app.get("/changes/{name}", include_in_schema=False)
    def change(name: str) -> HTMLResponse:
        line = pages.change(name)
        newest = pages.store.changes_in(line.change.series, 1, line.change.party)
        later = next((views.change_view(one) for one in newest if one.change.id != line.change.id), None)
        detail = pages.store.claim(line.change.claim_id)
        edited, rewritten = _edit(pages, detail) if detail else (None, False)
        decided = [one for one in detail.decisions if one.decision.series == line.change.series] if detail else []
        return pages.page(
            "change",
            views.change_view(line)["title"],
            view=views.change_view(line),
            later=later,
            around=views.paragraph(detail.text, detail.claim) if detail else [],
            as_of=line.claim.day,
            edited=edited,
            rewritten=rewritten,
            decisions=decided,
            deliveries=pages.store.deliveries_of([line.change.id]),
            seen=pages.store.claim_states([line.change.claim_id]).get(line.change.claim_id, ""),
        )

    @app.get("/articles/{number}", include_in_schema=False)
    def article(number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> HTMLResponse:
        line, text, found = pages.article(number)
        claims = [one for one, _ in found]
        pieces = views.pieces(text[:LONGEST_TEXT], [one for one in claims if one.figure.end <= LONGEST_TEXT])
        return pages.page("article", line.title, line=line, pieces=pieces, url=safe_url(line.url), claims=claims)

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        if name not in STATIC:
            raise HTTPException(404, "There is no such file.")
        return Response(_static(name), media_type=STATIC[name], headers={"Cache-Control": "max-age=3600"})


def _chart(pages: Pages, key: SeriesKey) -> Chart | None:
    def drawn() -> Chart | None:
        said = [*pages.store.said_in(key, POINTS), *pages.store.rejected_in(key, REJECTED)]
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
        if request.url.path.startswith(FOR_PROGRAMS):
            return api.problem(status, words)
        return pages.page("error", words, status=status, words=words)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        answer = said(request, error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})  # what may be done instead, after 405
        return answer

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return said(request, 422, f"{first['loc'][-1]}: {first['msg']}")

    @app.exception_handler(MonitorError)
    def failed(request: Request, error: MonitorError) -> Response:
        log.warning("%s: %s", request.url.path, error)
        if request.method == "POST":
            return said(request, 503, "Nothing was done: the monitor is busy or broken. Please go back and try again.")
        return said(request, 503, "The figures can't be read at the moment. Please try again.")


class HeadAsGet:
    """HEAD is answered wherever GET is: with the same headers, and nothing behind them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headers_alone(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        if scope["type"] == "http" and scope["method"] == "HEAD":
            # A copy: the server has to know that no body follows.
            await self._app({**scope, "method": "GET"}, receive, headers_alone)
        else:
            await self._app(scope, receive, send)


def _static(name: str) -> str:
    return files("monitor.web").joinpath("static", name).read_text(encoding="utf-8")
