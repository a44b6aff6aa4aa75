"""Mail by our own small sender: one Message-ID per delivery, one thread per series, reply codes, refused recipients."""

import contextlib
import logging
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from monitor.alerts import chart, neutral, render
from monitor.alerts.messages import Item, Message
from monitor.errors import ChannelError

TIMEOUT = 20.0
"""Seconds that a server may take for one answer."""
DEADLINE = 60.0
"""Seconds for the whole of one mail: a server that drips its answers is cut off."""

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

REJECTED_LOGIN = frozenset({530, 534, 535, 538})
MOST_CHARTS = 3
"""In one mail."""

log = logging.getLogger("monitor.mail")


class Security(StrEnum):
    """How the connection is protected; `when_offered` never sends a password in the clear to another machine."""

    WHEN_OFFERED = "when_offered"
    STARTTLS = "starttls"
    SSL = "ssl"
    INSECURE = "insecure"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail channel's URL, understood. The password never shows in a repr."""

    host: str
    port: int
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    sender: Address
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    reply: str | None = None
    verify: bool = True
    timeout: float = TIMEOUT

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address that gets the mail, each once."""
        return tuple(dict.fromkeys((*self.to, *self.cc, *self.bcc)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message that was taken. `refused` are (address, reply code) of recipients that the server wouldn't have."""

    refused: tuple[tuple[str, int], ...] = ()


class MailChannel:
    """Sends by SMTP, one connection for each mail."""

    def __init__(
        self, name: str, server: MailServer, *, tls: ssl.SSLContext | None = None, deadline: float = DEADLINE
    ) -> None:
        self.name = name
        self._server = server
        self._tls = tls or _tls_context(verify=server.verify)
        self._deadline = deadline

    def __repr__(self) -> str:
        return f"MailChannel({self.name!r})"

    @property
    def recipients(self) -> tuple[str, ...]:
        """The channel's addresses."""
        return self._server.recipients

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:
        """Sends one mail, to all recipients or to one of them. Raises ChannelError when nobody got it."""
        if to is not None and to not in self.recipients:
            raise ChannelError(self.name, "recipient_removed", "the recipient is no longer configured", permanent=True)
        addressees = (to,) if to is not None else self.recipients
        mail = build(message, key, self._server)
        with _as_channel_error(self.name):
            refused = self._deliver(mail, addressees)
        return Receipt(tuple((address, code) for address, (code, _) in refused.items()))

    def _deliver(self, mail: EmailMessage, addressees: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        cut_off = _CutOff()
        smtp = _Connection(self._server, self._tls, cut_off)
        try:
            with cut_off.after(self._deadline):
                smtp.open()
                self._secure(smtp)
                self._log_in(smtp)
                refused = smtp.send_message(mail, self._server.sender.addr_spec, list(addressees))
            # The mail is taken: a server that breaks off while saying goodbye must not make us send it again.
            with contextlib.suppress(smtplib.SMTPException, OSError), cut_off.after(2.0):
                smtp.quit()
        finally:
            smtp.close()
            cut_off.close()
        return refused

    def _secure(self, smtp: smtplib.SMTP) -> None:
        if self._server.security in {Security.SSL, Security.INSECURE}:
            return
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._tls)
        elif self._server.security is Security.STARTTLS:
            raise ChannelError(self.name, "no_starttls", "the server offers no STARTTLS")
        elif self._server.user and not _is_loopback(smtp):
            raise ChannelError(
                self.name, "no_tls", "the password would go in the clear; mode=insecure allows it", auth=True
            )

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._server.user is None:
            return
        try:
            smtp.login(self._server.user, self._server.password or "")
        except smtplib.SMTPNotSupportedError:
            raise ChannelError(self.name, "no_auth", "the server takes no logins", auth=True) from None
        except UnicodeEncodeError:
            raise ChannelError(self.name, "bad_login", "user and password have to be ASCII", auth=True) from None


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


def build(message: Message, key: str, server: MailServer) -> EmailMessage:
    """The mail: threaded by series, its Message-ID made of the delivery's key, a text and an HTML part."""
    domain = server.sender.domain
    roots = [f"<{thread}.series@{domain}>" for thread in message.threads]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = server.sender
    mail["To"] = ", ".join(server.to)
    if server.cc:
        mail["Cc"] = ", ".join(server.cc)
    if server.reply:
        mail["Reply-To"] = server.reply
    mail["Subject"] = render.subject(message)
    mail["Date"] = message.at
    mail["Message-ID"] = f"<{key}@{domain}>"
    # What was told together stays together: a correction of any of it follows in this thread.
    mail["In-Reply-To"] = roots[-1]
    mail["References"] = " ".join(roots)
    mail["List-Id"] = f"<{_label(message.watch)}.watch.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if message.urgent:
        mail["X-Priority"] = "1"
        mail["Importance"] = "high"
    charts = {} if message.digest else _charts(message, domain)
    mail.set_content(render.text(message), cte="quoted-printable")
    page = render.html(message, {name: one.cid for name, one in charts.items()})
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    for one in charts.values():
        _page_of(mail).add_related(
            one.png, "image", "png", cid=f"<{one.cid}>", disposition="inline", filename="chart.png"
        )
    return mail


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


def _page_of(mail: EmailMessage) -> EmailMessage:
    """The HTML part, pictures and all."""
    page = list(mail.iter_parts())[-1]
    if not isinstance(page, EmailMessage):
        raise TypeError("a mail is made of mails")
    return page


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


def _tls_context(*, verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_loopback(smtp: smtplib.SMTP) -> bool:
    if smtp.sock is None:
        return False
    peer = str(smtp.sock.getpeername()[0])
    return peer == "::1" or peer.startswith("127.")


class _CutOff:
    """Shuts a connection after a time: time-outs of single reads never stop a server that drips.

    It has a handle of its own on the connection: the one that smtplib reads from changes hands when TLS begins.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._over = False

    def watch(self, connection: socket.socket) -> None:
        """Cuts this connection when the time is over, or at once if it is already."""
        with self._lock:
            self._handle = connection.dup()
        if self._over:
            self._cut()

    @contextlib.contextmanager
    def after(self, seconds: float) -> Iterator[None]:
        """What goes on inside is cut off after a time; it fails with TimeoutError then, whatever broke first."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (smtplib.SMTPException, OSError):
            if self._over:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()

    def close(self) -> None:
        """Lets go of the connection."""
        with self._lock:
            if self._handle is not None:
                self._handle.close()
            self._handle = None

    def _cut(self) -> None:
        with self._lock:
            self._over = True
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)


class _Connection(smtplib.SMTP):
    """A connection that is under the cut-off from its first byte: before the greeting and before any TLS."""

    def __init__(self, server: MailServer, tls: ssl.SSLContext, cut_off: _CutOff) -> None:
        super().__init__(local_hostname=server.sender.domain, timeout=server.timeout)
        self._host = server.host  # what smtplib checks the certificate against
        self._port, self._cut_off = server.port, cut_off
        self._tls = tls if server.security is Security.SSL else None

    def open(self) -> None:
        """Connects and waits for the greeting. Raises what smtplib and the network raise."""
        code, said = self.connect(self._host, self._port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((host, port), timeout)
        self._cut_off.watch(connection)
        if self._tls is None:
            return connection
        try:
            return self._tls.wrap_socket(connection, server_hostname=host)
        except BaseException:
            connection.close()
            raise


@contextlib.contextmanager
def _as_channel_error(name: str) -> Iterator[None]:
    """Wraps what smtplib and the network raise; server texts stay out, they may repeat what they were sent."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(name, error) from None
    except smtplib.SMTPResponseException as error:
        raise _replied(name, error.smtp_code) from None
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError):  # smtplib's way of saying so
            raise _network(name, error.__context__) from None
        raise ChannelError(name, "disconnected", "the mail server broke off") from None
    except smtplib.SMTPException as error:
        raise ChannelError(name, "smtp", f"the mail couldn't be sent ({type(error).__name__})") from None
    except (OSError, UnicodeError) as error:
        raise _network(name, error) from None


def _refused(name: str, error: smtplib.SMTPRecipientsRefused) -> ChannelError:
    codes = sorted(code for code, _ in error.recipients.values())
    if codes and codes[0] in REJECTED_LOGIN:
        return _replied(name, codes[0])
    message = f"the mail server refused every recipient ({codes[0] if codes else 'no reply'})"
    # One recipient that may be taken later is reason enough to try again.
    return ChannelError(name, f"smtp_{codes[0]}", message, permanent=codes[0] >= 500)


def _replied(name: str, code: int) -> ChannelError:
    auth = code in REJECTED_LOGIN
    message = "the mail server refused the login" if auth else f"the mail server answered {code}"
    return ChannelError(name, f"smtp_{code}", message, permanent=code >= 500 and not auth, auth=auth)


def _network(name: str, error: OSError | UnicodeError) -> ChannelError:
    match error:
        case TimeoutError():
            return ChannelError(name, "timeout", "the mail server didn't answer in time")
        case ssl.SSLError():
            return ChannelError(name, "tls", "no trusted TLS connection to the mail server")
        case socket.gaierror() | UnicodeError():
            return ChannelError(name, "dns", "the mail server's name isn't known")
        case ConnectionRefusedError():
            return ChannelError(name, "refused", "nothing listens at the mail server's address")
        case _:
            return ChannelError(name, "network", f"the connection failed ({type(error).__name__})")
