"""Who sits before the pages: signed cookies, tokens of forms, and how often a password may be tried.

All of it is of one process: whoever was logged in before a restart logs in again.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

COOKIE = "figure-monitor"
SECURE_COOKIE = "__Host-figure-monitor"
"""Its name over https: browsers then take it from this very host alone, and send it nowhere unencrypted."""

SESSION = 12 * 3600
FORM = 4 * 3600
"""Seconds for which somebody stays logged in, and for which a form can be sent."""

SPAN = 15 * 60.0
TRIES = 5
TRIES_OF_ALL = 60
"""Wrong passwords in SPAN seconds from one address, and from all of them, before nobody is heard any more."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may give verdicts, by name. `session` is what forms are bound to; `by_proxy`: a proxy knows them,
    and there is nothing to log out of here."""

    who: str
    session: str
    until: int = 0
    by_proxy: bool = False


visitor: ContextVar[Visitor | None] = ContextVar("visitor", default=None)
"""Who asks for the page that is being made."""


class Sessions:
    """Makes cookies and tokens, and knows its own again."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._ended: dict[str, int] = {}

    def open(self, who: str) -> str:
        """A cookie for somebody who has just logged in."""
        body = json.dumps([who, secrets.token_urlsafe(18), int(self._clock()) + SESSION])
        packed = base64.urlsafe_b64encode(body.encode()).decode()
        return f"{packed}.{self._sign('cookie', packed)}"

    def known(self, cookie: str) -> Visitor | None:
        """Whose cookie it is; None for one that isn't ours, is over or was ended."""
        packed, _, signature = cookie.rpartition(".")
        if not self._signed(signature, "cookie", packed):
            return None
        who, session, until = json.loads(base64.urlsafe_b64decode(packed))
        if until <= self._clock() or session in self._ended:
            return None
        return Visitor(who, session, until)

    def end(self, one: Visitor) -> None:
        """Nobody is known by this session any more."""
        now = self._clock()
        self._ended = {session: until for session, until in self._ended.items() if until > now} | {
            one.session: one.until
        }

    def token(self, one: Visitor) -> str:
        """What a form of theirs carries."""
        made = str(int(self._clock()))
        return f"{made}.{self._sign('form', one.session, made)}"

    def takes(self, one: Visitor, token: str) -> bool:
        """Whether a form with this token is theirs, and not too old."""
        made, _, signature = token.partition(".")
        return self._signed(signature, "form", one.session, made) and self._clock() - int(made) < FORM

    def _sign(self, *parts: str) -> str:
        return hmac.new(self._key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()

    def _signed(self, signature: str, *parts: str) -> bool:
        return hmac.compare_digest(signature.encode("utf-8", "replace"), self._sign(*parts).encode())


class Tries:
    """Counts wrong passwords. A try counts from its beginning, so that many at once are no way around."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._made: deque[tuple[float, str]] = deque()

    def begin(self, address: str) -> float:
        """Counts a try from an address: 0, or the seconds after which it will be heard again."""
        now, house = self._clock(), _house(address)
        with self._lock:
            while self._made and now - self._made[0][0] >= SPAN:
                self._made.popleft()
            mine = [at for at, one in self._made if one == house]
            if len(mine) >= TRIES:
                return SPAN - (now - mine[-TRIES])
            if len(self._made) >= TRIES_OF_ALL:
                return SPAN - (now - self._made[-TRIES_OF_ALL][0])
            self._made.append((now, house))
        return 0.0

    def forgive(self, address: str) -> None:
        """The password was right: what this address tried doesn't count any more."""
        house = _house(address)
        with self._lock:
            self._made = deque(one for one in self._made if one[1] != house)


def _house(address: str) -> str:
    """Whoever has one address of IPv6 has 2**64 of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Address(int(found) >> 64 << 64))
    return address
