"""Channels: where messages go. Mail by our own sender, everything else through Apprise, one URL for each delivery."""

import logging
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import cache, partial
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import apprise

from monitor.alerts import render, services
from monitor.alerts.mail import MailChannel, Receipt, read_mail_url, unheard
from monitor.alerts.matrix import MatrixChannel
from monitor.alerts.messages import Message
from monitor.alerts.pagerduty import PagerDutyChannel
from monitor.alerts.posting import refusal
from monitor.alerts.smtp import DEADLINE, MailServer
from monitor.alerts.webhook import MARK, WebhookChannel
from monitor.errors import ChannelError

T = TypeVar("T")

MAIL_SCHEMES = frozenset({"mailto", "mailtos"})

# fmt: off
SCHEMES = frozenset({
    "apprise", "apprises", "bark", "barks", "brevo", "discord", "dingtalk", "feishu", "flock", "form", "forms",
    "gchat", "gotify", "gotifys", "groupme", "hassio", "hassios", "humhub", "humhubs", "ifttt", "jira", "join",
    "json", "jsons", "kook", "lark", "line", "mailersend", "mailgun", "mastodon", "mastodons", "matrix", "matrixs",
    "misskey", "misskeys", "mmost", "mmosts", "mqtt", "mqtts", "msgbird", "nctalk", "nctalks", "nexmo", "ntfy",
    "ntfys", "o365", "onesignal", "opsgenie", "pagerduty", "pagertree", "pbul", "plivo", "postmark", "pover",
    "prowl", "psafer", "psafers", "pushy", "resend", "revolt", "rocket", "rockets", "ryver", "sendgrid", "ses",
    "signal", "signals", "signl4", "sinch", "slack", "smtp2go", "sns", "sparkpost", "splunk", "stackfield",
    "synology", "synologys", "tgram", "threema", "toot", "toots", "twilio", "twist", "victorops", "vonage", "webex",
    "wecombot", "whatsapp", "workflow", "workflows", "wxteams", "xml", "xmls", "zoom", "zulip",
})
# fmt: on
"""The kinds of channels that we let Apprise open. Left out on purpose: irc (executes commands that stand in a text),
everything that acts on this machine (syslog, dbus, desktop notices), radio, SMS gateways of one country, players."""

READ_TIMEOUT = 15.0
CONNECT_TIMEOUT = 10.0
"""Seconds. Apprise's own four seconds report slow receivers as failed that did take the message."""

WEBHOOKS = frozenset({"json", "jsons"})
MATRIX = frozenset({"matrix", "matrixs"})
PAGERDUTY = "pagerduty"
MATRIX_ITSELF = "off"
"""Apprise's word for a Matrix server that is asked by Matrix' own API, and not by one of its bridges' webhooks."""
SIGNING = "secret"
"""The parameter of a webhook's URL that its messages are signed with."""

NOISY_LOGGERS = (
    "apprise",
    "urllib3.connectionpool",
    "urllib3.util.retry",
    "requests",
    "paho.mqtt.client",
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
)
URL_SECRETS = re.compile(r"\w+://\S+|(?<!\w)/\S+")
REDACTED = "(address hidden)"

_heard: ContextVar[list[str] | None] = ContextVar("apprise_said", default=None)


class Channel(Protocol):
    """Somewhere to send messages; `name` is its name in the configuration."""

    @property
    def name(self) -> str:
        """The channel's name."""
        ...

    def send(
        self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
    ) -> Receipt:
        """Sends, to one of its recipients if `to` is given. The same `key` marks the same delivery tried again.

        `taken` is called in the moment in which it is known that somebody got it, in any thread and perhaps late: a
        receiver may take what has failed here by then. Raises ChannelError when nobody got it in time.
        """
        ...

    def rest(self) -> None:
        """There is nothing more to send for now: lets go of what only the next message would need."""
        ...


class AppriseChannel:
    """One Apprise URL. Opened afresh for each send: a reused object sleeps between messages."""

    def __init__(self, name: str, url: str, *, deadline: float = DEADLINE) -> None:
        self.name = name
        self._url, self._deadline = url, deadline
        _open_plugin(name, url)

    def __repr__(self) -> str:
        return f"AppriseChannel({self.name!r})"

    def send(
        self,
        message: Message,
        key: str,
        *,
        to: str | None = None,  # noqa: ARG002  # the protocol's
        taken: Callable[[], object] = unheard,
    ) -> Receipt:
        """Sends to everybody behind the URL; `to` has no meaning here. Raises ChannelError."""
        plugin = _open_plugin(self.name, self._url)
        services.fit(plugin)
        _mark(plugin, key)
        title = render.chat_title(message)
        with _listening() as said:
            body = services.body(plugin, message, title)
            notify = partial(self._notify, plugin, title, body, urgent=message.urgent, taken=taken)
            done = _within(self._deadline, self.name, notify)
        if not done:
            raise _failure(self.name, said)
        return Receipt()

    def rest(self) -> None:
        """Nothing is kept."""

    def _notify(self, plugin: Any, title: str, body: str, *, urgent: bool, taken: Callable[[], object]) -> bool:
        sender = apprise.Apprise(asset=plugin.asset)
        sender.add(plugin)
        try:
            kind = apprise.NotifyType.WARNING if urgent else apprise.NotifyType.INFO
            done = bool(sender.notify(body=body, title=title, notify_type=kind, body_format="text"))
        except Exception as error:  # noqa: BLE001  # a hundred plugins, each with vendor exceptions of its own
            # Not chained: such exceptions carry the URL with its secrets.
            raise ChannelError(self.name, "plugin", f"its plugin failed ({type(error).__name__})") from None
        else:
            if done:
                taken()
            return done
        finally:
            services.close(plugin)


class Service(Protocol):
    """A channel that takes its time, and returns as soon as its receiver has answered."""

    name: str

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:
        """As a channel's."""
        ...

    def rest(self) -> None:
        """As a channel's."""
        ...


class InTime:
    """A channel whose every message has one deadline: what drips an answer has time-outs for single reads only."""

    def __init__(self, channel: Service, *, deadline: float) -> None:
        self.name, self._channel, self._deadline = channel.name, channel, deadline

    def __repr__(self) -> str:
        return repr(self._channel)

    def send(
        self, message: Message, key: str, *, to: str | None = None, taken: Callable[[], object] = unheard
    ) -> Receipt:
        """Sends. Raises ChannelError, also for what takes too long."""

        def work() -> Receipt:
            receipt = self._channel.send(message, key, to=to)
            taken()
            return receipt

        with _listening():
            return _within(self._deadline, self.name, work)

    def rest(self) -> None:
        """As its channel does."""
        self._channel.rest()


def open_channel(name: str, url: str, *, tls: ssl.SSLContext | None = None, deadline: float = DEADLINE) -> Channel:
    """Opens a channel by its URL. Nothing is sent yet. `tls` overrides how mail servers' certificates are trusted;
    `deadline` is for one message to anything but a mail server (seconds).

    Raises ChannelError (permanent) that names the channel and what is wrong, never the URL.
    """
    scheme = _scheme(url)
    if scheme in MAIL_SCHEMES:
        return MailChannel(name, read_mail_url(name, url), tls=tls)
    if scheme in WEBHOOKS:
        return InTime(_webhook(name, url), deadline=deadline)
    if scheme in MATRIX and (plugin := _open_plugin(name, url)).mode == MATRIX_ITSELF:
        return InTime(MatrixChannel(name, plugin), deadline=deadline)
    if scheme == PAGERDUTY:
        return InTime(PagerDutyChannel(name, _open_plugin(name, url)), deadline=deadline)
    return AppriseChannel(name, url, deadline=deadline)


def recipients(name: str, url: str) -> tuple[str, ...]:
    """The addresses of a mail channel, the rooms of a Matrix one; nothing for others. Raises ChannelError as
    open_channel does."""
    if _scheme(url) in MATRIX:
        plugin = _open_plugin(name, url)
        return tuple(plugin.rooms) if plugin.mode == MATRIX_ITSELF else ()
    if _scheme(url) not in MAIL_SCHEMES:
        return ()
    server: MailServer = read_mail_url(name, url)
    return server.recipients


def hush_libraries() -> None:
    """Keeps what Apprise and its HTTP client log from showing addresses with secrets in them, at any level."""
    for logger in _noisy():
        if not any(isinstance(known, _Redaction) for known in logger.filters):
            logger.addFilter(_Redaction())


@cache
def _noisy() -> tuple[logging.Logger, ...]:
    return tuple(logging.getLogger(name) for name in NOISY_LOGGERS)


class _Redaction(logging.Filter):
    """Drops what is below WARNING; keeps the rest for the send that it belongs to, else lets it pass redacted."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        said = record.getMessage()
        heard = _heard.get()
        if heard is not None:
            heard.append(said)
            return False
        record.msg, record.args = URL_SECRETS.sub(REDACTED, said), None
        record.exc_info = record.exc_text = None
        return True


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects the warnings of the libraries instead of letting them be logged."""
    hush_libraries()
    said: list[str] = []
    token = _heard.set(said)
    try:
        yield said
    finally:
        _heard.reset(token)


def _open_plugin(name: str, url: str) -> Any:
    """A fresh Apprise plugin that follows no redirects and waits long enough. Raises ChannelError."""
    scheme = _scheme(url)
    if scheme not in SCHEMES:
        raise ChannelError(name, "scheme", _why_refused(scheme), permanent=True)
    with _listening():
        try:
            plugin = apprise.Apprise.instantiate(url, asset=services.own_asset())
        except Exception as error:  # noqa: BLE001  # as above
            raise _unusable(name, scheme, type(error).__name__) from None
    if plugin is None:
        raise _unusable(name, scheme, f"something in its URL is missing or wrong; it has the form {_form(scheme)}")
    if getattr(plugin, "topics", None) == []:
        raise _unusable(name, scheme, f"it names no topic; it has the form {_form(scheme)}")
    plugin.redirects = False  # a message that was redirected counts as sent in Apprise, wherever it went
    if "rto=" not in url:
        plugin.socket_read_timeout = READ_TIMEOUT
    if "cto=" not in url:
        plugin.socket_connect_timeout = CONNECT_TIMEOUT
    return plugin


def _within(seconds: float, name: str, work: Callable[[], T]) -> T:
    """What `work` returns or raises; ChannelError when it takes longer.

    A plugin has time-outs for single reads at most, and nothing that would end it: it is left behind in its thread.
    """
    done: SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            done.put((None, error))

    # In the caller's context: what the plugin's libraries log goes where the caller listens.
    threading.Thread(target=copy_context().run, args=(run,), daemon=True, name=f"channel {name}").start()
    try:
        found, error = done.get(timeout=seconds)
    except Empty:
        raise ChannelError(name, "timeout", "its receiver didn't answer in time") from None
    if error is not None:
        raise error
    return cast("T", found)


def _webhook(name: str, url: str) -> WebhookChannel:
    """A webhook; its signing secret is ours, the rest of the URL is read as Apprise does. Raises ChannelError."""
    split = urlsplit(url.strip())
    query = parse_qsl(split.query, keep_blank_values=True)
    secrets = [value for key, value in query if key == SIGNING]
    rest = urlencode([(key, value) for key, value in query if key != SIGNING])
    if not all(secret.removeprefix(MARK).strip() for secret in secrets):  # it would go out unsigned unawares
        raise ChannelError(name, "bad_url", "its secret is empty: give one, or leave secret= out", permanent=True)
    plugin = _open_plugin(name, split._replace(query=rest).geturl() if secrets else url)
    try:
        return WebhookChannel(name, plugin, secrets[0] if secrets else None)
    except ValueError:
        raise ChannelError(name, "bad_url", "its secret is no base64", permanent=True) from None


def _mark(plugin: Any, key: str) -> None:
    """Gives what takes headers the delivery's key."""
    headers = getattr(plugin, "headers", None)
    if isinstance(headers, dict):
        headers["Idempotency-Key"] = key


def _failure(name: str, said: list[str]) -> ChannelError:
    """Reads the HTTP status out of what Apprise said; its answer is only yes or no."""
    codes = [int(code) for line in said for code in re.findall(r"error=(\d{3})\b", line)]
    if not codes:
        unreached = any("onnection error" in line for line in said)
        if unreached:
            return ChannelError(name, "network", "its receiver couldn't be reached")
        return ChannelError(name, "not_taken", "its receiver didn't take the message")
    return refusal(name, codes[-1])


def _unusable(name: str, scheme: str, what: str) -> ChannelError:
    return ChannelError(name, "bad_url", f"its {scheme}:// URL can't be used: {what}", permanent=True)


def _form(scheme: str) -> str:
    """The parts of such a URL as Apprise names them, in its fullest form: slack://{token_a}/{token_b}/…"""
    manager: Any = apprise.NotificationManager
    return max(map(str, manager()[scheme].templates), key=len).replace("{schema}", scheme)


def _why_refused(scheme: str) -> str:
    if scheme and scheme in _known_schemes():
        return f"{scheme}:// channels are not allowed"
    return "its URL is of no known kind"


def _known_schemes() -> frozenset[str]:
    manager: Any = apprise.NotificationManager
    return frozenset(manager().schemas())


def _scheme(url: str) -> str:
    try:
        return urlsplit(url.strip()).scheme.casefold()
    except ValueError:
        return ""
