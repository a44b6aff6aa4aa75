"""Alerts over MQTT through a real broker (mosquitto), read back by a subscriber."""

import logging
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import alertkit
import pytest
from running import free_ports, running

from monitor.alerts import render
from monitor.alerts.channels import open_channel
from monitor.errors import ChannelError

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

USER, PASSWORD = "monitor", "hunter2-planted"
SETTINGS = """\
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/logins
persistence false
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a broker that lets one user in."""
    folder: Path = tmp_path_factory.mktemp("broker")
    (port,) = free_ports(1)
    subprocess.run(["mosquitto_passwd", "-b", "-c", folder / "logins", USER, PASSWORD], check=True, capture_output=True)
    keep_user = "user root\n" if os.geteuid() == 0 else ""  # else it can't read what is ours
    (folder / "mosquitto.conf").write_text(SETTINGS.format(port=port, folder=folder) + keep_user, encoding="utf-8")
    with running(["/usr/sbin/mosquitto", "-c", folder / "mosquitto.conf"], folder / "mosquitto.log", port):
        yield port


@pytest.fixture
def heard(port: int) -> "Iterator[SimpleQueue[tuple[str, str]]]":
    """What a subscriber hears: topic and text."""
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    messages: SimpleQueue[tuple[str, str]] = SimpleQueue()
    subscribed = threading.Event()
    client = Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set(USER, PASSWORD)
    client.on_message = lambda _client, _data, message: messages.put((message.topic, message.payload.decode()))
    client.on_subscribe = lambda *_: subscribed.set()
    client.connect("127.0.0.1", port)
    client.loop_start()
    client.subscribe("desk/#", qos=1)
    assert subscribed.wait(10)
    yield messages
    client.disconnect()
    client.loop_stop()


def test_an_alert_is_read_back_and_leaves_nothing_behind(port: int, heard: "SimpleQueue[tuple[str, str]]") -> None:
    channel = open_channel("broker", f"mqtt://{USER}:{PASSWORD}@127.0.0.1:{port}/desk/alerts")
    before = threading.active_count()
    for number in range(3):
        channel.send(alertkit.message(), f"d{number}")
    message = alertkit.message()
    expected = f"{render.chat_title(message)}\r\n{render.chat(message, headed=False)}"
    assert [heard.get(timeout=10) for _ in range(3)] == [("desk/alerts", expected)] * 3
    assert threading.active_count() == before


def test_what_a_broker_refused_never_counts_as_sent_and_shows_no_password(
    port: int, heard: "SimpleQueue[tuple[str, str]]", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = open_channel("broker", f"mqtt://{USER}:planted-wr0ng@127.0.0.1:{port}/desk/alerts?rto=1")
    before = threading.active_count()
    with pytest.raises(ChannelError) as caught:
        channel.send(alertkit.message(), "d1")
    assert (caught.value.permanent, "planted" in str(caught.value) + caplog.text) == (False, False)
    assert heard.empty()
    assert threading.active_count() == before
