"""Mail by our own small sender: one Message-ID per delivery, one thread per series, reply codes, refused recipients."""

import logging
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import format_datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from monitor.alerts import chart, mime, neutral, render
from monitor.alerts.messages import Item, Message
from monitor.alerts.smtp import DEADLINE, TIMEOUT, Line, MailServer, Security
from monitor.errors import ChannelError

PROVIDERS = {
    "gmail.com": "smtp.gmail.com",
    "googlemail.com": "smtp.gmail.com",
    "fastmail.com": "smtp.fastmail.com",
    "icloud.com": "smtp.mail.me.com",
    "outlook.com": "smtp-mail.outlook.com",
    "hotmail.com": "smtp-mail.outlook.com",
    "yahoo.com": "smtp.mail.yahoo.com",
}
"""Submission servers of providers whose mail domain is not their server (STARTTLS on port 587)."""

KNOWN_KEYS = frozenset({"to", "from", "name", "cc", "bcc", "reply", "smtp", "user", "pass", "mode", "verify", "rto"})
OTHER_TOOLS_KEYS = frozenset({"format", "overflow", "cto", "emojis", "tz", "store", "redirect"})
"""What Apprise's users may have in such URLs and what has no meaning here."""

MOST_CHARTS = 3
"""In one mail."""

log = logging.getLogger("monitor.mail")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message that was taken. `refused` are (address, reply code) of recipients that the server wouldn't have."""

    refused: tuple[tuple[str, int], ...] = ()


def unheard() -> None:
    """Nobody wants to hear at once that a message is taken."""


class MailChannel:
    """Sends by SMTP; the connection is kept until there is nothing more to send."""

    def __init__(
        self, name: str, server: MailServer, *, tls: ssl.SSLContext | None = None, deadline: float = DEADLINE
    ) -> None:
        self.name = name
        self._server = server
        self._line = Line(name, server, tls=tls, deadline=deadline)

    def __repr__(self) -> str:
        return f"MailChannel({self.name!r})"

    @property
    def recipients(self) -> tuple[str, ...]:
        """The channel's addresses."""
        return self._server.recipients

    def send(
        self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
    ) -> Receipt:
        """Sends one mail, to all recipients or to one of them. Raises ChannelError when nobody got it."""
        if to is not None and to not in self.recipients:
            raise ChannelError(self.name, "recipient_removed", "the recipient is no longer configured", permanent=True)
        addressees = (to,) if to is not None else self.recipients
        refused = self._line.send(build(message, key, self._server), addressees)
        taken()
        return Receipt(tuple((address, code) for address, (code, _) in refused.items()))

    def rest(self) -> None:
        """Says goodbye to the server."""
        self._line.hang_up()


def read_mail_url(name: str, url: str) -> MailServer:
    """Understands mailto:// (STARTTLS when offered) and mailtos:// (TLS always) URLs, as Apprise's users write them:
    `mailto://user:pass@host:port/to@a.org?from=…&to=a,b&name=…&smtp=…&mode=starttls|ssl|insecure`.

    Raises ChannelError that names what is wrong, never the URL.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _bad(name, "its URL can't be read") from None
    query = {key.casefold(): value for key, value in parse_qsl(parts.query, keep_blank_values=True)}
    if query.keys() - KNOWN_KEYS - OTHER_TOOLS_KEYS:
        # Which one isn't said: a password with a bare "?" or "&" in it ends up as such a key.
        raise _bad(name, f"its URL has an unknown key; known are {', '.join(sorted(KNOWN_KEYS))}")
    if not host:
        raise _bad(name, "its URL names no host")
    user = query.get("user") or (unquote(parts.username) if parts.username else None)
    security = _security(name, parts.scheme, query.get("mode"), port, provider=host in PROVIDERS)
    login = f"{user}@{host}" if user and host in PROVIDERS and "@" not in user else user
    to = _addresses(name, ",".join([query.get("to", ""), *map(unquote, parts.path.strip("/").split("/"))]))
    sender = _sender(name, query, login, host, to)
    return MailServer(
        host=query.get("smtp") or PROVIDERS.get(host, host),
        port=port or _default_port(security, user),
        security=security,
        user=login,
        password=query.get("pass") or (unquote(parts.password) if parts.password else None),
        sender=sender,
        to=to or (sender.addr_spec,),
        cc=_addresses(name, query.get("cc", "")),
        bcc=_addresses(name, query.get("bcc", "")),
        reply=next(iter(_addresses(name, query.get("reply", ""))), None),
        verify=query.get("verify", "yes").casefold() not in {"no", "false", "0"},
        timeout=_seconds(name, query.get("rto")),
    )


def build(message: Message, key: str, server: MailServer) -> bytes:
    """The mail: threaded by series, its Message-ID made of the delivery's key, a text and an HTML part."""
    head = b"".join(mime.header(name, value) for name, value in _headers(message, key, server))
    charts = {} if message.digest else _charts(message, server.sender.domain)
    page = mime.text(render.html(message, {name: one.cid for name, one in charts.items()}), "html")
    if charts:
        page = mime.several("related", [page, *(mime.picture(one.png, one.cid) for one in charts.values())])
    return head + mime.several("alternative", [mime.text(render.text(message), "plain"), page])


def _headers(message: Message, key: str, server: MailServer) -> Iterator[tuple[str, str]]:
    domain = server.sender.domain
    roots = [f"<{thread}.series@{domain}>" for thread in message.threads]
    yield "From", str(server.sender)
    yield "To", ", ".join(server.to)
    if server.cc:
        yield "Cc", ", ".join(server.cc)
    if server.reply:
        yield "Reply-To", server.reply
    yield "Subject", render.subject(message)
    yield "Date", format_datetime(message.at)
    yield "Message-ID", f"<{key}@{domain}>"
    # What was told together stays together: a correction of any of it follows in this thread.
    yield "In-Reply-To", roots[-1]
    yield "References", " ".join(roots)
    yield "List-Id", f"<{_label(message.watch)}.watch.{domain}>"
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    if message.urgent:
        yield "X-Priority", "1"
        yield "Importance", "high"


@dataclass(frozen=True, slots=True)
class _Chart:
    """A picture and the name by which the page shows it."""

    cid: str
    png: bytes


def _charts(message: Message, domain: str) -> dict[str, _Chart]:
    """Charts by the change that each stands beside: one for a series, few in a mail."""
    found: dict[str, _Chart] = {}
    drawn: set[str] = set()
    for item in message.items:
        picture = _picture(item) if item.series not in drawn and len(found) < MOST_CHARTS else None
        if picture is not None:
            drawn.add(item.series)
            found[item.change_id] = _Chart(f"{item.series}.chart@{domain}", picture)
    return found


def _picture(item: Item) -> bytes | None:
    try:
        return chart.png(item.courses)
    except Exception:
        log.exception("no chart for change %s", item.change_id)  # an alert isn't lost for its picture
        return None


def _security(name: str, scheme: str, mode: str | None, port: int | None, *, provider: bool) -> Security:
    if mode:
        try:
            return Security(mode.casefold())
        except ValueError:
            raise _bad(name, "mode has to be starttls, ssl or insecure") from None
    if port == smtplib.SMTP_SSL_PORT:
        return Security.SSL
    return Security.STARTTLS if scheme == "mailtos" or provider else Security.WHEN_OFFERED


def _default_port(security: Security, user: str | None) -> int:
    if security is Security.SSL:
        return smtplib.SMTP_SSL_PORT
    return 587 if user or security is Security.STARTTLS else 25


def _sender(name: str, query: Mapping[str, str], user: str | None, host: str, to: Sequence[str]) -> Address:
    written = query.get("from", "").strip()
    shown = neutral.header(query.get("name", ""), 80)
    named = re.fullmatch(r"(.*?)<([^<>]+)>", written)
    if named:
        shown, written = shown or neutral.header(named[1]).strip('" '), named[2].strip()
    elif written and "@" not in written:
        shown, written = shown or neutral.header(written, 80), ""
    if not written:
        written = user if user and "@" in user else f"{user}@{host}" if user else to[0] if to else ""
    if not written:
        raise _bad(name, "its URL names no sender: add from=address")
    return Address(display_name=shown or "Figure monitor", addr_spec=_address(name, written))


def _addresses(name: str, written: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"[,;\s]+", written))
    return tuple(dict.fromkeys(_address(name, part) for part in parts if part))


def _address(name: str, written: str) -> str:
    if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", written, re.ASCII):
        raise _bad(name, "an address in its URL can't be used")
    return written


def _seconds(name: str, written: str | None) -> float:
    try:
        seconds = float(written) if written else TIMEOUT
    except ValueError:
        raise _bad(name, "rto has to be a number of seconds") from None
    return min(max(seconds, 1.0), DEADLINE)


def _bad(name: str, what: str) -> ChannelError:
    return ChannelError(name, "bad_url", what, permanent=True)


def _label(watch: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", watch.casefold()).strip("-")[:60] or "watch"
