"""Secrets of every kind of channel, of a feed and of the database, in a whole run with everything at DEBUG: none is
found in logs, databases, artifacts and pages. Receivers repeat what they know, and half of them refuse."""

import base64
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import quote

import payloads
import pytest
from fastapi.testclient import TestClient
from flowkit import World, world
from webhook_sink import Sink, open_sink

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_url")]

CHANNELS = {
    "slack": "slack://T00PLANT1/B00PLANT1/plantedSlackTokenQ7xPlnt/#desk",
    "discord": "discord://100000000000000001/planted-discord-q7x",
    "mattermost": "mmost://127.0.0.1:{port}/plantedMattermostQ7xPlan",
    "telegram": "tgram://123456789:plantedTelegramQ7xPlantedTelegramQ7/12315544/",
    "ntfy": "ntfy://desk:planted-ntfy-q7x@127.0.0.1:{port}/desk",
    "gotify": "gotify://127.0.0.1:{port}/AplantedGotifyQ7",
    "teams": "workflow://teams.example:443/plantedWorkflowQ7x/plantedSignatureQ7x",
    "pagerduty": "pagerduty://plantedPagerDutyKeyQ7xPlantedKey@plantedPagerDutyApiQ7",
    "hook": "json://bot:planted-basic-q7x@127.0.0.1:{port}/hook/planted-path-q7x?secret=planted-signing-q7x&+X-T=planted-header-q7x",
    "form": "form://bot:planted-form-q7x@127.0.0.1:{port}/planted-formpath-q7x",
    "token": "matrix://planted-matrix-q7x@127.0.0.1:{port}/!room:matrix.example",
    "login": "matrix://bot:planted-login-q7x@127.0.0.1:{port}/!room:matrix.example",
    "mail": "mailto://bot:planted-mail-q7x@127.0.0.1:{mail}?from=a@desk.example&to=b@desk.example",
}
SECRETS = sorted({found for url in CHANNELS.values() for found in re.findall(r"[\w-]*[Pp]lant[\w-]*", url)})
STORE = "planted-store-q7x"
FEED = "planted-feed-q7x"
NEVER_SENT = {"planted-mail-q7x", "planted-signing-q7x", "plantedPagerDutyApiQ7"}
"""The mail server takes no logins, a webhook's secret signs, and events for PagerDuty need no key of its API."""


def forms(secret: str) -> list[bytes]:
    """A secret as it may stand somewhere: as it is, percent-encoded, in the header of a login."""
    logins = [base64.b64encode(f"{user}:{secret}".encode()).rstrip(b"=")[:-2] for user in ("bot", "desk")]
    return [secret.encode(), quote(secret, safe="").encode(), *logins]


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    """What any logger says, at DEBUG."""

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(logging.Formatter("%(name)s %(message)s").format(record))

    said: list[str] = []
    heard = Heard(logging.DEBUG)
    loggers = [logging.root, *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict))]
    before = [(one, one.level) for one in loggers]
    deaf = [one for one in loggers if one is logging.root or not one.propagate]
    printing, logging.root.handlers = logging.root.handlers, []  # to print it all takes longest
    try:
        for one in loggers:
            one.setLevel(logging.DEBUG)
        for one in deaf:
            one.addHandler(heard)
        yield said
    finally:
        for one in deaf:
            one.removeHandler(heard)
        logging.root.handlers = printing
        for one, level in before:
            one.setLevel(level)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as sink, payloads.led_to(sink):
        sink.said = (" ".join((*SECRETS, STORE, FEED)) + ' {"room_id": "!r"}').encode()
        yield sink


@pytest.fixture
def wire(tmp_path: Path, sink: Sink) -> Iterator[World]:
    with world(tmp_path) as running:
        settings = running.config.read_text(encoding="utf-8")
        mail = re.search(r"127\.0\.0\.1:(\d+)\?from", settings)
        assert mail is not None
        added = [
            f'[[channel]]\nname = "{name}"\nurl = "{url.format(port=sink.port, mail=mail[1])}"\n'
            for name, url in CHANNELS.items()
        ]
        names = ", ".join(f'"{name}"' for name in ("newsroom", *CHANNELS))
        settings = settings.replace('channels = ["newsroom"]', f"channels = [{names}]")
        settings = settings.replace("sqlite:///monitor.db", f"sqlite:///monitor.db?key={STORE}")
        settings = re.sub(r'(\nurl = "http://)(127[^"]*feed[^"]*)"', rf'\1desk:{FEED}@\2"', settings)
        settings += '\n[operator]\nchannels = ["newsroom", "hook"]\n' + "\n".join(added)
        assert FEED in settings
        running.config.write_text(settings, encoding="utf-8")
        yield running


def pages(config: Path) -> bytes:
    """Every page that the first one leads to, and what programs ask for."""
    from monitor.pipeline import Monitor
    from monitor.web.app import create_app

    with Monitor.open(config) as monitor, TestClient(create_app(monitor.settings, monitor.store)) as client:
        waiting, seen = (
            ["/", "/api/v1/feeds", "/api/v1/figures", "/metrics", "/openapi.json"],
            dict[str, bytes](),
        )
        while waiting:
            path = waiting.pop()
            if path not in seen:
                answer = client.get(path)
                assert answer.status_code == 200, path
                seen[path] = answer.content
                waiting += [unescape(found.split("#")[0]) for found in re.findall(r'href="(/[^"]*)"', answer.text)]
        assert {"/changes", "/feeds"} <= seen.keys()
        return b"\n".join(seen.values())


async def artifacts() -> bytes:
    from prefect import get_client

    async with get_client() as client:
        return b"\n".join(str(found).encode() for found in await client.read_artifacts())


async def test_no_secret_is_found_anywhere_after_a_whole_run(wire: World, sink: Sink, prefect_home: Path) -> None:
    from prefect.logging.handlers import APILogHandler

    from flows.watch import watch_feeds
    from monitor.pipeline import Monitor

    sink.answer(*[500, 200] * 6)
    with everything_logged() as said:
        await watch_feeds(wire.config)
        await APILogHandler.aflush()
    with Monitor.open(wire.config) as monitor:
        tried = {(line.channel, line.state) for line in monitor.store.deliveries()}
    assert {channel for channel, _ in tried} >= CHANNELS.keys()
    seen = b"\n".join(
        [*sink.raw, *(f"{path} {headers}".encode() for path, headers in zip(sink.paths, sink.headers, strict=True))]
    )
    used = {secret for secret in SECRETS if any(form in seen for form in forms(secret))}
    assert used == {*SECRETS} - NEVER_SENT
    files = [
        path.read_bytes()
        for folder in (wire.config.parent, prefect_home)
        for path in folder.rglob("*")
        if path.is_file() and path != wire.config
    ]
    places = {
        "logs": "\n".join(said).encode(),
        "files": b"\n".join(files),
        "artifacts": await artifacts(),
        "pages": pages(wire.config),
    }
    assert len(said) > 100
    found = [
        (where, secret)
        for where, text in places.items()
        for secret in (*SECRETS, STORE, FEED)
        if any(form in text for form in forms(secret))
    ]
    assert found == []
