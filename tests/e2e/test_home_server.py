"""Alerts in rooms of a real Matrix server, read by somebody else."""

from collections.abc import Iterator

import alertkit
import pytest
from homeserver import HomeServer, Person, open_home_server

from monitor.alerts.channels import open_channel, recipients
from monitor.errors import ChannelError

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PASSWORD = "hunter2-planted"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HomeServer]:
    with open_home_server(tmp_path_factory.mktemp("matrix")) as server:
        yield server


@pytest.fixture(scope="module")
def monitor(server: HomeServer) -> Person:
    return server.registers("monitor", PASSWORD)


@pytest.fixture(scope="module")
def ann(server: HomeServer) -> Person:
    return server.registers("ann", "another-planted")


def address(server: HomeServer, login: str, room: str) -> str:
    return f"matrix://{login}@127.0.0.1:{server.port}/{room}"


@pytest.mark.parametrize("version", ["11", "12"])  # ids of the latter's rooms name no server
def test_the_same_delivery_three_times_is_one_message_that_others_read(
    server: HomeServer, monitor: Person, ann: Person, version: str
) -> None:
    room = ann.opens_room("monitor", version=version)
    url = address(server, monitor.token, room)
    assert recipients("room", url) == (room,)
    channel = open_channel("room", url)
    for _ in range(3):
        channel.send(alertkit.message(), "d1")
    channel.send(alertkit.message(), "d2", to=room)
    first, second = ann.reads(room)
    assert [event["sender"] for event in (first, second)] == ["@monitor:matrix.example"] * 2
    assert first["content"]["body"].startswith("North Korean casualties: more than 3,000 → 4,700, says South Korea\n")
    assert "“Seoul’s spy agency put the North’s losses at 4,700, including 600 dead”" in first["content"]["body"]


def test_a_deliverer_that_died_and_logs_in_anew_doubles_nothing(
    server: HomeServer, monitor: Person, ann: Person
) -> None:
    room = ann.opens_room("monitor", version="11")
    for _ in range(3):
        open_channel("room", address(server, f"monitor:{PASSWORD}", room)).send(alertkit.message(), "d1")
    assert len(ann.reads(room)) == 1


def test_hostile_text_is_plain_text_that_mentions_nobody(server: HomeServer, monitor: Person, ann: Person) -> None:
    room = ann.opens_room("monitor", version="11")
    message = alertkit.hostile_message("@room @ann:matrix.example <b>x</b> [y](https://evil.example)")
    open_channel("room", address(server, monitor.token, room)).send(message, "d1")
    (event,) = ann.reads(room)
    assert event["content"].keys() == {"msgtype", "body", "m.mentions"}
    assert event["content"]["m.mentions"] == {}
    assert not any(live in event["content"]["body"] for live in ("@room", "@ann", "<b>", "](", "https://evil"))


def test_a_room_and_a_token_that_are_not_ours(server: HomeServer, monitor: Person, ann: Person) -> None:
    closed, open_to_us = ann.opens_room(version="11"), ann.opens_room("monitor", version="11")
    with pytest.raises(ChannelError) as caught:
        open_channel("room", address(server, monitor.token, closed)).send(alertkit.message(), "d1")
    assert (caught.value.code, caught.value.permanent) == ("forbidden_room", True)
    with pytest.raises(ChannelError) as caught:
        open_channel("room", address(server, "planted-wr0ng", open_to_us)).send(alertkit.message(), "d1")
    assert (caught.value.auth, "planted" in str(caught.value)) == (True, False)
