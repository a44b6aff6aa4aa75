"""What each service is sent, exactly: requests of the real plugins, led to a receiver in this process.

    python tests/alerts/payloads.py      # writes tests/alerts/golden/ anew; look at the difference before you commit it

Apprise's plugins go out through `requests`, our own channels through `httpx`. At these doors they are led aside: the
receiver gets what the service would have got, and where it was meant to go.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import alertkit
import httpx
import requests
from requests.adapters import HTTPAdapter
from webhook_sink import Sink, open_sink

from monitor.alerts.channels import open_channel
from monitor.alerts.messages import Message

GOLDEN = Path(__file__).with_name("golden")
KEY = "d0123456789abcdef0123"
MEANT = "X-Meant-For"
HERE = "127.0.0.1:PORT"
"""What stands for the receiver's own address in golden files."""

SERVICES = {
    "slack": "slack://T00FAKE01/B00FAKE01/fakefakefakefakefakefake/#desk",
    "discord": "discord://100000000000000001/fake-discord-token",
    "mattermost": "mmost://127.0.0.1:{port}/fakefakefakefakefakefake12",
    "telegram": "tgram://123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFak/12315544/",
    "ntfy": "ntfy://127.0.0.1:{port}/desk",
    "gotify": "gotify://127.0.0.1:{port}/AfakeFAKEfake12",
    "teams": "workflow://fake.westus.logic.azure.example:443/fakeWorkflow/fakeSignature",
    "pagerduty": "pagerduty://fakeFakeFakeIntegrationKey000000@fakeApiKey0000000000",
    "webhook": "json://127.0.0.1:{port}/hook?secret=fake-secret",
    "matrix": "matrix://fake-token@127.0.0.1:{port}/!room:matrix.example",
}
HOSTILE = "@everyone <!channel> [3,000](https://evil.example) **dead** <b>x</b> /start\r\nBcc: all@evil.example"
LINK = "https://northwire.example.org/2025/04/30/seoul-nk?ref=a_b&copy=2"
MESSAGES = {
    "alert": alertkit.message(replace(alertkit.told(source=alertkit.claim(url=LINK)), courses=alertkit.COURSES)),
    "hostile text": alertkit.hostile_message(HOSTILE),
}
ANSWERS = {"slack": b"ok", "matrix": b'{"room_id": "!room:matrix.example", "event_id": "$1"}'}
"""What a service says when it has taken a message, where it says more than its status."""
SHOWN = ("Content-Type", "Authorization", "Idempotency-Key", "X-Gotify-Key", "webhook-id")


def payloads(service: str) -> dict[str, list[dict[str, Any]]]:
    """The requests that each message is, as the service gets them."""
    return {what: requests_of(service, message) for what, message in MESSAGES.items()}


def requests_of(service: str, message: Message) -> list[dict[str, Any]]:
    with open_sink() as sink, led_to(sink):
        sink.said = ANSWERS.get(service, b"{}")
        open_channel("desk", SERVICES[service].format(port=sink.port)).send(message, KEY)
        return [_shown(sink, number) for number in range(len(sink.raw))]


@contextlib.contextmanager
def led_to(sink: Sink) -> Iterator[None]:
    """What goes to another machine goes to the receiver instead."""
    send, handle = HTTPAdapter.send, httpx.HTTPTransport.handle_request

    def aside(adapter: HTTPAdapter, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        meant = urlsplit(str(request.url))
        if meant.hostname != "127.0.0.1":
            request.headers[MEANT] = f"{meant.scheme}://{meant.netloc}"
            request.url = meant._replace(scheme="http", netloc=f"127.0.0.1:{sink.port}").geturl()
        return send(adapter, request, **options)

    def aside_too(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        meant = request.url
        if meant.host != "127.0.0.1":
            request.headers[MEANT] = f"{meant.scheme}://{meant.netloc.decode()}"
            request.url = meant.copy_with(scheme="http", host="127.0.0.1", port=sink.port)
        return handle(transport, request)

    with patch.object(HTTPAdapter, "send", aside), patch.object(httpx.HTTPTransport, "handle_request", aside_too):
        yield


def _shown(sink: Sink, number: int) -> dict[str, Any]:
    headers = sink.headers[number]
    where = headers.get(MEANT, f"http://{HERE}") + sink.paths[number]
    return {
        "to": f"{sink.methods[number]} {where}",
        "headers": {name: headers[name] for name in SHOWN if name in headers},
        "body": _body(sink.raw[number]),
    }


def _body(raw: bytes) -> Any:
    """JSON as data, without Slack's time of sending."""
    return json.loads(raw, object_hook=lambda fields: fields | ({"ts": "NOW"} if "ts" in fields else {}))


def written(service: str) -> str:
    """The golden file's text."""
    return json.dumps(payloads(service), indent=1, ensure_ascii=False) + "\n"


def golden(service: str) -> str:
    return (GOLDEN / f"{service}.json").read_text(encoding="utf-8")


def main() -> int:
    GOLDEN.mkdir(exist_ok=True)
    for service in SERVICES:
        (GOLDEN / f"{service}.json").write_text(written(service), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
