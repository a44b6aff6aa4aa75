"""Logging in and out."""

import logging
from collections.abc import Callable, Mapping
from math import ceil
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from monitor.alerts.neutral import clean
from monitor.web.desk import LONGEST_NAME, Peer, cookie_name
from monitor.web.pages import Pages
from monitor.web.sent import own_path, sent
from monitor.web.sessions import SESSION, Visitor, visitor

READ_ONLY = "These pages are for reading: no operator's password is set. Verdicts are given on the command line."
EXPIRED = (
    "This form was open for too long, or is from before you logged in. Nothing was done yet: please send it again."
)
LOOPBACK = ("127.0.0.1", "::1")
"""Whose word on https and on addresses counts where the settings name no proxies."""
_HIDDEN = {"token", "seen", "password"}

Form = Annotated[dict[str, str], Depends(sent)]

log = logging.getLogger("monitor.web")


def add_routes(app: FastAPI, pages: Pages) -> None:
    """Adds them, and what tells all other routes who asks."""
    _add_who(app, pages)

    @app.get("/login", include_in_schema=False)
    def login(onward: Annotated[str, Query(alias="next", max_length=500)] = "/") -> Response:
        return _login_page(pages, onward=own_path(onward))

    @app.post("/login", include_in_schema=False)
    def log_in(request: Request, form: Form) -> Response:
        return _log_in(pages, request, form)

    @app.post("/logout", include_in_schema=False)
    def log_out(request: Request, form: Form) -> Response:
        one = visitor.get()
        if one is not None and pages.desk.sessions.takes(one, form.get("token", "")):
            pages.desk.sessions.end(one)
            log.info("%s logs out", one.who)
        elif one is not None:
            raise HTTPException(403, "This page was open for too long. Please go back, reload it and log out again.")
        answer = RedirectResponse("/", status_code=303)
        answer.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True, samesite="lax")
        return answer


def need(pages: Pages, form: Mapping[str, str], back: str) -> Visitor | Response:
    """Who sends a form; for somebody who isn't logged in (any more) a page that shows what they have written."""
    one = visitor.get()
    if one is not None:
        return one
    if not pages.desk.acting:
        raise HTTPException(403, READ_ONLY)
    written = {name: value for name, value in form.items() if name not in _HIDDEN and not name.startswith("was-")}
    words = "You aren't logged in, or not any more. Nothing was done yet."
    return _login_page(pages, 401, onward=back, words=words, written={name: v for name, v in written.items() if v})


def _log_in(pages: Pages, request: Request, form: Mapping[str, str]) -> Response:
    desk, onward = pages.desk, own_path(form.get("next", "/"))
    name, address = clean(form.get("name", ""), LONGEST_NAME), request.client.host if request.client else ""
    if desk.password is None:
        return _login_page(pages, onward=onward)
    if not name:
        return _login_page(pages, 422, onward=onward, words="Please give your name: it stands beside your verdicts.")
    wait = desk.tries.begin(address)
    if wait:
        log.warning("too many wrong passwords: %s isn't heard for %.0f s", address, wait)
        words = f"Too many wrong passwords. Please try again in {ceil(wait / 60)} minutes."
        answer = _login_page(pages, 429, onward=onward, words=words, name=name)
        answer.headers["Retry-After"] = str(ceil(wait))
        return answer
    if not desk.password.matches(form.get("password", "")):
        log.warning("wrong password from %s for %s", address, name)
        return _login_page(pages, 401, onward=onward, words="That is not the password.", name=name)
    desk.tries.forgive(address)
    log.info("%s logs in from %s", name, address)
    answer = RedirectResponse(onward, status_code=303)
    answer.set_cookie(
        cookie_name(request),
        desk.sessions.open(name),
        max_age=SESSION,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def _login_page(pages: Pages, status: int = 200, **values: Any) -> Response:
    if not pages.desk.acting:
        return pages.page("error", READ_ONLY, status=403, words=READ_ONLY)
    shown = {"words": "", "name": "", "written": {}} | values
    answer = pages.page("login", "Log in", status=status, **shown)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Form realm="figure monitor"'  # RFC 9110 wants one; browsers ignore this
    return answer


def _add_who(app: FastAPI, pages: Pages) -> None:
    @app.middleware("http")
    async def who(request: Request, call: Callable[[Request], Any]) -> Response:
        known = visitor.set(pages.desk.knows(request))
        try:
            answer: Response = await call(request)
        finally:
            visitor.reset(known)
        if pages.desk.acting and answer.headers.get("content-type", "").startswith("text/html"):
            answer.headers["Cache-Control"] = "no-store"
        return answer

    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=[*pages.settings.server.proxies] or [*LOOPBACK])
    app.add_middleware(Peer)
