"""Who may give verdicts on the pages, and with what they are given."""

from ipaddress import ip_address, ip_network

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.alerts.neutral import clean
from monitor.pipeline import Monitor
from monitor.settings import Settings, load_settings
from monitor.store import Store
from monitor.web.passwords import Password
from monitor.web.sessions import COOKIE, SECURE_COOKIE, Sessions, Tries, Visitor

LONGEST_NAME = 80
"""Characters of a person's name."""

PEER = "monitor.peer"
"""Where a request keeps the address that its connection really comes from."""


class Peer:
    """Notes who is at the other end of a connection, before what a proxy tells of its clients takes that place."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        scope[PEER] = (scope.get("client") or ("",))[0]
        await self._app(scope, receive, send)


class Desk:
    """Where people are known. Without a password and without a proxy that knows them nobody is."""

    def __init__(self, settings: Settings, store: Store, password: Password | None, *, frozen: bool = False) -> None:
        self._settings, self._store = settings, store
        self.password = None if frozen else password
        self._header = None if frozen else settings.server.user_header
        self._proxies = [ip_network(one) for one in settings.server.proxies]
        self.sessions = Sessions()
        self.tries = Tries()

    @property
    def acting(self) -> bool:
        """Whether anybody could give verdicts here."""
        return self.password is not None or self._header is not None

    def knows(self, request: Request) -> Visitor | None:
        """Who asks; None for somebody who may only read."""
        name = self._by_proxy(request)
        if name:
            return Visitor(name, f"proxy {name}", by_proxy=True)
        if self.password is None:
            return None
        cookie = request.cookies.get(cookie_name(request), "")
        return self.sessions.known(cookie) if cookie else None

    def _by_proxy(self, request: Request) -> str:
        """The name that a proxy gives. Two of them may be one that the client sent and the proxy let through."""
        if self._header is None or not self._trusted(request.scope.get(PEER, "")):
            return ""
        names = request.headers.getlist(self._header)
        return clean(_in_utf8(names[0]), LONGEST_NAME) if len(names) == 1 else ""

    def _trusted(self, address: str) -> bool:
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        peer = getattr(peer, "ipv4_mapped", None) or peer
        return any(peer in network for network in self._proxies)

    def monitor(self) -> Monitor:
        """What gives verdicts, by the settings as they are now, like a command. Raises ConfigError."""
        settings = load_settings(self._settings.file)
        return Monitor(settings, self._store, settings.load_lexicon())


def _in_utf8(header: str) -> str:
    """A header's words: its bytes come as one letter each, and most proxies mean UTF-8 by them."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def cookie_name(request: Request) -> str:
    """The cookie of a session, which over https is another one."""
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE
