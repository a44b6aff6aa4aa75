"""Webhooks: a message as JSON, with a key that stays the same when it is sent again, signed if there is a secret.

The signature is that of https://www.standardwebhooks.com: HMAC-SHA256 over "id.timestamp.body".
"""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from monitor.alerts import render
from monitor.alerts.mail import Receipt
from monitor.alerts.messages import Message
from monitor.alerts.posting import Poster, address

MARK = "whsec_"
"""In front of a secret that is given in base64."""


class WebhookChannel:
    """A `json://` or `jsons://` address, as Apprise reads it, with what Apprise would send and the alert as data."""

    def __init__(self, name: str, plugin: Any, secret: str | None = None) -> None:
        self.name = name
        query = f"?{urlencode(plugin.params)}" if plugin.params else ""
        self._url = f"{address(plugin)}{plugin.fullpath}{query}"
        self._headers, self._extras = dict(plugin.headers), dict(plugin.payload_extras)
        self._method = plugin.method
        if plugin.user:
            login = base64.b64encode(f"{plugin.user}:{plugin.password or ''}".encode())
            self._headers.setdefault("Authorization", f"Basic {login.decode()}")
        self._secret = read_secret(secret) if secret else None
        self._poster = Poster(name, plugin)

    def __repr__(self) -> str:
        return f"WebhookChannel({self.name!r})"

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:  # noqa: ARG002  # the protocol's
        """Sends; `to` has no meaning here. Raises ChannelError."""
        body = json.dumps(self._payload(message, key)).encode()
        headers = {"User-Agent": "figure-monitor", "Content-Type": "application/json", "Idempotency-Key": key}
        headers |= self._signature(key, body) | self._headers
        self._poster.ask(self._method, self._url, content=body, headers=headers)
        return Receipt()

    def rest(self) -> None:
        """The connection is kept: receivers close idle ones by themselves."""

    def _payload(self, message: Message, key: str) -> dict[str, Any]:
        payload: dict[str, Any] = {
            "version": "1.0",
            "title": render.chat_title(message),
            "message": render.chat(message, headed=False),
            "attachments": [],
            "type": "warning" if message.urgent else "info",
            "alert": render.webhook(message, key),
        }
        for name, value in self._extras.items():
            if name in payload:  # Apprise's way to call a field otherwise, or to leave it out
                moved = payload.pop(name)
                payload |= {value: moved} if value else {}
            else:
                payload[name] = value
        return payload

    def _signature(self, key: str, body: bytes) -> dict[str, str]:
        if self._secret is None:
            return {}
        now = str(int(time.time()))
        signed = hmac.new(self._secret, f"{key}.{now}.".encode() + body, hashlib.sha256).digest()
        return {
            "webhook-id": key,
            "webhook-timestamp": now,
            "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
        }


def read_secret(secret: str) -> bytes:
    """The key of a secret: base64 behind "whsec_", else its own bytes. Raises ValueError."""
    return base64.b64decode(secret.removeprefix(MARK), validate=True) if secret.startswith(MARK) else secret.encode()
