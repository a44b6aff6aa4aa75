"""A line to a mail server: how it is secured and opened, kept for the next mail, cut off, and what its answers mean."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from typing import Any

from monitor.errors import ChannelError

TIMEOUT = 20.0
"""Seconds that a server may take for one answer."""
DEADLINE = 60.0
"""Seconds for the whole of one mail: a server that drips its answers is cut off."""
GOODBYE = 2.0
"""Seconds that a server may take to say goodbye."""

REJECTED_LOGIN = frozenset({530, 534, 535, 538})


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


class Line:
    """A connection to a mail server, kept from one mail to the next until `hang_up`."""

    def __init__(self, name: str, server: MailServer, *, tls: ssl.SSLContext | None, deadline: float) -> None:
        """`deadline`: seconds for the whole of one mail, the way there included."""
        self._name, self._server, self._deadline = name, server, deadline
        self._tls = tls or _tls_context(verify=server.verify)
        self._kept: _Connection | None = None

    def send(self, mail: bytes, addressees: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        """Sends one mail; gives the recipients that the server refused while it took the mail for others. Raises
        ChannelError when it took it for nobody."""
        with _as_channel_error(self._name):
            kept, self._kept = self._kept, None
            try:
                return self._send(kept or _Connection(self._server, self._tls), mail, addressees)
            except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as error:
                if kept is None or not kept.was_closed(error):
                    raise
            # The server hung up meanwhile, and has nothing of this mail.
            return self._send(_Connection(self._server, self._tls), mail, addressees)

    def _send(self, smtp: "_Connection", mail: bytes, addressees: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        try:
            with smtp.cut_off.after(self._deadline):
                if smtp.sock is None:
                    self._dial(smtp)
                refused = smtp.sendmail(self._server.sender.addr_spec, list(addressees), mail)
        except BaseException:
            smtp.close()
            raise
        self._kept = smtp
        return refused

    def hang_up(self) -> None:
        """Closes the connection, if there is one. Raises nothing: its mails are taken."""
        smtp, self._kept = self._kept, None
        if smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError), smtp.cut_off.after(GOODBYE):
                smtp.quit()
            smtp.close()

    def _dial(self, smtp: "_Connection") -> None:
        smtp.open()
        self._secure(smtp)
        self._log_in(smtp)

    def _secure(self, smtp: smtplib.SMTP) -> None:
        if self._server.security in {Security.SSL, Security.INSECURE}:
            return
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._tls)
        elif self._server.security is Security.STARTTLS:
            raise ChannelError(self._name, "no_starttls", "the server offers no STARTTLS")
        elif self._server.user and not _is_loopback(smtp):
            raise ChannelError(
                self._name, "no_tls", "the password would go in the clear; mode=insecure allows it", auth=True
            )

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self._server.user is None:
            return
        try:
            smtp.login(self._server.user, self._server.password or "")
        except smtplib.SMTPNotSupportedError:
            raise ChannelError(self._name, "no_auth", "the server takes no logins", auth=True) from None
        except UnicodeEncodeError:
            raise ChannelError(self._name, "bad_login", "user and password have to be ASCII", auth=True) from None


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

    def __init__(self, server: MailServer, tls: ssl.SSLContext) -> None:
        super().__init__(local_hostname=server.sender.domain, timeout=server.timeout)
        self._host = server.host  # what smtplib checks the certificate against
        self._port, self.cut_off = server.port, _CutOff()
        self._handed_over = False
        self._tls = tls if server.security is Security.SSL else None

    def open(self) -> None:
        """Connects and waits for the greeting. Raises what smtplib and the network raise."""
        code, said = self.connect(self._host, self._port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def sendmail(self, *mail: Any, **options: Any) -> dict[str, tuple[int, bytes]]:
        """As smtplib does; `was_closed` is about the last mail."""
        self._handed_over = False
        return super().sendmail(*mail, **options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """From here on the server may have taken the mail, whatever it says or doesn't."""
        self._handed_over = True
        return super().data(msg)

    def was_closed(self, error: smtplib.SMTPException) -> bool:
        """True when this error means that the server had ended the connection before it was given the mail."""
        late = isinstance(error.__context__, TimeoutError)  # a server that is slow is not asked twice
        refused = isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != 421
        return not (self._handed_over or late or refused)

    def close(self) -> None:
        """Closes without a word."""
        super().close()
        self.cut_off.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((host, port), timeout)
        # A mail is written in parts; else the last one would wait for the server to confirm those before it.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cut_off.watch(connection)
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
