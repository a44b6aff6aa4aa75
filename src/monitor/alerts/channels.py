"""Channels: where messages go. Mail by our own sender, everything else through Apprise, one URL for each delivery."""

import logging
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Protocol
from urllib.parse import urlsplit

import apprise

from monitor.alerts import render
from monitor.alerts.mail import DEADLINE, MailChannel, MailServer, Receipt, read_mail_url
from monitor.alerts.messages import Message
from monitor.errors import ChannelError

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

GONE = frozenset({400, 404, 405, 410, 413, 414, 422})
FORBIDDEN = frozenset({401, 403, 407})

NOISY_LOGGERS = ("apprise", "urllib3.connectionpool", "urllib3.util.retry", "requests", "paho.mqtt.client")
URL_SECRETS = re.compile(r"\w+://\S+|(?<!\w)/\S+")
REDACTED = "(address hidden)"

_heard: ContextVar[list[str] | None] = ContextVar("apprise_said", default=None)


class Channel(Protocol):
    """Somewhere to send messages; `name` is its name in the configuration."""

    @property
    def name(self) -> str:
        """The channel's name."""
        ...

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:
        """Sends, to one of its recipients if `to` is given. The same `key` marks the same delivery tried again.

        Raises ChannelError when nobody got it.
        """
        ...


class AppriseChannel:
    """One Apprise URL. Opened afresh for each send: a reused object sleeps between messages."""

    def __init__(self, name: str, url: str, *, deadline: float = DEADLINE) -> None:
        self.name = name
        self._url, self._deadline = url, deadline
        _open_plugin(name, url)

    def __repr__(self) -> str:
        return f"AppriseChannel({self.name!r})"

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:  # noqa: ARG002  # the protocol's
        """Sends to everybody behind the URL; `to` has no meaning here. Raises ChannelError."""
        plugin = _open_plugin(self.name, self._url)
        _mark(plugin, message, key)
        title = render.chat_title(message)
        with _listening() as said:
            body = render.chat(message, _room(plugin, title), headed=False)
            taken = _within(self._deadline, self.name, partial(self._notify, plugin, title, body))
        if not taken:
            raise _failure(self.name, said)
        return Receipt()

    def _notify(self, plugin: Any, title: str, body: str) -> bool:
        sender = apprise.Apprise(asset=plugin.asset)
        sender.add(plugin)
        try:
            return bool(sender.notify(body=body, title=title, body_format="text"))
        except Exception as error:  # noqa: BLE001  # a hundred plugins, each with vendor exceptions of its own
            # Not chained: such exceptions carry the URL with its secrets.
            raise ChannelError(self.name, "plugin", f"its plugin failed ({type(error).__name__})") from None


def open_channel(name: str, url: str, *, tls: ssl.SSLContext | None = None) -> Channel:
    """Opens a channel by its URL. Nothing is sent yet. `tls` overrides how mail servers' certificates are trusted.

    Raises ChannelError (permanent) that names the channel and what is wrong, never the URL.
    """
    if _scheme(url) in MAIL_SCHEMES:
        return MailChannel(name, read_mail_url(name, url), tls=tls)
    return AppriseChannel(name, url)


def recipients(name: str, url: str) -> tuple[str, ...]:
    """The addresses of a mail channel; nothing for others. Raises ChannelError as open_channel does."""
    if _scheme(url) not in MAIL_SCHEMES:
        return ()
    server: MailServer = read_mail_url(name, url)
    return server.recipients


def hush_libraries() -> None:
    """Keeps what Apprise and its HTTP client log from showing addresses with secrets in them, at any level."""
    for name in NOISY_LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, _Redaction) for known in logger.filters):
            logger.addFilter(_Redaction())


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
    asset = apprise.AppriseAsset(async_mode=False, secure_logging=True, http_redirects=False)
    with _listening():
        try:
            plugin = apprise.Apprise.instantiate(url, asset=asset)
        except Exception as error:  # noqa: BLE001  # as above
            raise _unusable(name, scheme, type(error).__name__) from None
    if plugin is None:
        raise _unusable(name, scheme, "something in its URL is missing or wrong")
    plugin.redirects = False  # a message that was redirected counts as sent in Apprise, wherever it went
    if "rto=" not in url:
        plugin.socket_read_timeout = READ_TIMEOUT
    if "cto=" not in url:
        plugin.socket_connect_timeout = CONNECT_TIMEOUT
    return plugin


def _within(seconds: float, name: str, work: Callable[[], bool]) -> bool:
    """What `work` returns or raises; ChannelError when it takes longer.

    A plugin has time-outs for single reads at most, and nothing that would end it: it is left behind in its thread.
    """
    done: SimpleQueue[bool | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            done.put(work())
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            done.put(error)

    # In the caller's context: what the plugin's libraries log goes where the caller listens.
    threading.Thread(target=copy_context().run, args=(run,), daemon=True, name=f"channel {name}").start()
    try:
        outcome = done.get(timeout=seconds)
    except Empty:
        raise ChannelError(name, "timeout", "its receiver didn't answer in time") from None
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _mark(plugin: Any, message: Message, key: str) -> None:
    """Gives plain webhooks the delivery's key, and those that take JSON the whole message as data."""
    headers = getattr(plugin, "headers", None)
    if isinstance(headers, dict):
        headers["Idempotency-Key"] = key
    extras = getattr(plugin, "payload_extras", None)
    if isinstance(extras, dict) and getattr(plugin, "protocol", None) == "json":
        extras.setdefault("alert", render.webhook(message, key))


def _room(plugin: Any, title: str) -> int:
    """Characters that a message may have, its title aside."""
    room = int(getattr(plugin, "body_maxlen", 0) or render.CHAT_LIMIT)
    beside = 0 if getattr(plugin, "title_maxlen", 0) else len(title) + 2
    return max(min(room, render.CHAT_LIMIT) - beside, 40)


def _failure(name: str, said: list[str]) -> ChannelError:
    """Reads the HTTP status out of what Apprise said; its answer is only yes or no."""
    codes = [int(code) for line in said for code in re.findall(r"error=(\d{3})\b", line)]
    if not codes:
        unreached = any("onnection error" in line for line in said)
        if unreached:
            return ChannelError(name, "network", "its receiver couldn't be reached")
        return ChannelError(name, "not_taken", "its receiver didn't take the message")
    last, said_so = codes[-1], f"its receiver answered {codes[-1]}"
    return ChannelError(name, f"http_{last}", said_so, permanent=last in GONE, auth=last in FORBIDDEN)


def _unusable(name: str, scheme: str, what: str) -> ChannelError:
    return ChannelError(name, "bad_url", f"its {scheme}:// URL can't be used: {what}", permanent=True)


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
