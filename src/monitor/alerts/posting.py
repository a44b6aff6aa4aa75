"""HTTP for the channels that are our own: one client for a channel, answers read as they are meant."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from monitor.domain.waits import parse_retry_after
from monitor.errors import ChannelError

LONGEST_ANSWER = 65_536
"""Bytes of an answer that are read."""

GONE = frozenset({400, 404, 405, 410, 413, 414, 422})
FORBIDDEN = frozenset({401, 403, 407})


class Poster:
    """Sends requests for one channel and keeps its connection open. No redirect is followed: what was redirected would
    count as sent, wherever it went."""

    def __init__(self, name: str, plugin: Any) -> None:
        """As the address says that Apprise has read into `plugin`: time-outs, and whether certificates are checked."""
        self._name = name
        timeout = httpx.Timeout(plugin.socket_read_timeout, connect=plugin.socket_connect_timeout)
        self._client = httpx.Client(timeout=timeout, follow_redirects=False, verify=plugin.verify_certificate)

    def ask(self, method: str, url: str, *, content: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
        """The beginning of the answer. Raises ChannelError with what the receiver meant by it."""
        try:
            with self._client.stream(method, url, content=content, headers=dict(headers or {})) as answer:
                body = _beginning(answer)
        except (httpx.HTTPError, httpx.InvalidURL):
            # Not chained: the texts of such errors carry the address with its secrets.
            raise ChannelError(self._name, "network", "its receiver couldn't be reached") from None
        if answer.is_success:
            return body
        raise refusal(
            self._name, answer.status_code, parse_retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
        )


def refusal(name: str, status: int, wait: float | None = None) -> ChannelError:
    """What an answer with this status means: for good, for our credentials, or for now (`wait`: seconds)."""
    said = f"its receiver answered {status}"
    permanent, auth = status in GONE, status in FORBIDDEN
    return ChannelError(name, f"http_{status}", said, permanent=permanent, auth=auth, retry_after=wait)


def address(plugin: Any) -> str:
    """The address that an Apprise plugin was given, without its path and credentials."""
    port = f":{plugin.port}" if isinstance(plugin.port, int) else ""
    return f"{'https' if plugin.secure else 'http'}://{plugin.host}{port}"


def _beginning(answer: httpx.Response) -> bytes:
    found = b""
    for part in answer.iter_bytes():
        found += part
        if len(found) > LONGEST_ANSWER:
            break
    return found[:LONGEST_ANSWER]
