"""What each service is sent, exactly; `payloads.py` says how these files are made anew."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import alertkit
import pytest
from payloads import ANSWERS, HOSTILE, SERVICES, golden, led_to, payloads, requests_of, written
from webhook_sink import open_sink

from monitor.cli import main

pytestmark = pytest.mark.process  # a real web receiver

PROGRAMS = {"webhook"}
"""Programs get the texts as they are, without what steers; people get them without what is live."""
LIVE = re.compile(r"@everyone|<!channel>|\]\(|<b>x|https://evil|(?:^|\s)/start|[\r\n]Bcc")
LIMITS = {"discord": 2_000, "telegram": 4_096, "slack": 35_000, "ntfy": 4_096}
"""Characters that the services' own manuals allow for the text."""


def texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for value in data.values():
                yield from texts(value)
        case list():
            for value in data:
                yield from texts(value)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_exactly_what_is_written_down(service: str) -> None:
    assert written(service) == golden(service)


@pytest.mark.parametrize("service", sorted(SERVICES.keys() - PROGRAMS))
def test_nothing_that_a_feed_wrote_is_live_there(service: str) -> None:
    hostile = json.loads(golden(service))["hostile text"]
    said = [text for request in hostile for text in texts(request["body"])]
    assert any("3,000" in text for text in said)
    assert not [text for text in said if LIVE.search(text)]
    assert LIVE.search(HOSTILE)


@pytest.mark.parametrize("service", LIMITS)
def test_the_longest_message_is_one_request_that_the_service_takes(service: str) -> None:
    long = alertkit.hostile_message("A rather long quote & what comes with it " * 40)
    items = [replace(long.items[0], change_id=f"x{number}", series=f"s{number}") for number in range(12)]
    for message in (replace(long, items=tuple(items)), replace(long, items=tuple(items), digest=True)):
        (request,) = requests_of(service, message)
        assert max(len(text) for text in texts(request["body"])) <= LIMITS[service]


def test_no_service_is_given_pictures_or_names_of_the_library() -> None:
    for service in SERVICES:
        said = json.dumps(payloads(service))
        assert "github" not in said
        assert "pprise" not in said


@pytest.mark.parametrize("service", SERVICES)
def test_the_test_message_goes_out_by_the_command_for_it(
    service: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "monitor.toml"
    with open_sink() as sink, led_to(sink):
        sink.said = ANSWERS.get(service, b"{}")
        address = SERVICES[service].format(port=sink.port)
        config.write_text(f'[[channel]]\nname = "desk"\nurl = "{address}"\n', encoding="utf-8")
        assert main(["alert", "test", "--config", str(config)]) == 0
        assert any(b"test message" in raw for raw in sink.raw)
    assert capsys.readouterr().out == "desk: sent\n"
