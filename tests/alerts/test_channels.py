"""Channels through Apprise, against a real HTTP receiver."""

import base64
import hmac
import logging
import time

import alertkit
import pytest
from mailroom import free_port, open_dripping
from webhook_sink import Sink, open_sink

from monitor.alerts.channels import AppriseChannel, Channel, hush_libraries, open_channel, recipients
from monitor.alerts.mail import MailChannel
from monitor.errors import ChannelError

pytestmark = pytest.mark.process  # a real web receiver

SECRET = "planted-t0ken-4f8a"


@pytest.fixture
def sink():
    with open_sink() as sink:
        yield sink


def webhook(sink: Sink, path: str = "hook", query: str = "") -> Channel:
    return open_channel("desk", f"json://127.0.0.1:{sink.port}/{path}{query}")


def failure(channel) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(alertkit.message(), "d1")
    return caught.value


def test_a_webhook_gets_words_for_people_and_data_for_programs(sink: Sink):
    webhook(sink).send(alertkit.message(), "d1")
    (body,) = sink.bodies
    assert body["title"] == "North Korean casualties: more than 3,000 → 4,700, says South Korea"
    assert "Seoul’s spy agency" in body["message"]
    item = body["alert"]["items"][0]
    assert item["before"] == {"low": 3000, "high": None, "qualifier": "more_than", "words": "more than 3,000"}
    assert item["after"]["low"] == 4700
    assert (body["alert"]["key"], sink.headers[0]["Idempotency-Key"]) == ("d1", "d1")


def test_a_signed_webhook_is_checked_by_its_receiver(sink: Sink):
    secret = f"whsec_{base64.b64encode(b'planted-key').decode()}"
    webhook(sink, query=f"?secret={secret}&-q=1").send(alertkit.message(), "d1")
    said = sink.headers[0]
    signed = f"{said['webhook-id']}.{said['webhook-timestamp']}.".encode() + sink.raw[0]
    expected = base64.b64encode(hmac.digest(b"planted-key", signed, "sha256")).decode()
    assert (said["webhook-signature"], said["webhook-id"]) == (f"v1,{expected}", "d1")
    assert sink.paths == ["/hook?q=1"]
    assert abs(int(said["webhook-timestamp"]) - time.time()) < 60


def test_a_secret_that_is_no_base64_is_refused_without_being_shown(sink: Sink):
    with pytest.raises(ChannelError, match="no base64") as caught:
        webhook(sink, query=f"?secret=whsec_{SECRET}!")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("empty", ["", "%20", "whsec_"])
def test_an_empty_secret_is_refused_and_not_left_out(sink: Sink, empty: str):
    with pytest.raises(ChannelError, match="secret is empty"):
        webhook(sink, query=f"?secret={empty}")


@pytest.mark.parametrize(("header", "least", "most"), [("120", 120, 120), ("Fri, 31 Dec 2100 23:59:59 GMT", 1e9, 1e10)])
def test_what_a_receiver_asks_for_is_waited_for(sink: Sink, header: str, least: float, most: float):
    sink.answer(429)
    sink.extra = {"Retry-After": header}
    error = failure(webhook(sink))
    assert (error.code, error.permanent) == ("http_429", False)
    assert error.retry_after is not None
    assert least <= error.retry_after <= most


def test_two_messages_in_a_row_take_no_pause(sink: Sink):
    channel = webhook(sink)
    for number in range(3):
        channel.send(alertkit.message(), f"d{number}")
    assert [body["alert"]["key"] for body in sink.bodies] == ["d0", "d1", "d2"]


@pytest.mark.parametrize(
    ("status", "permanent", "auth"),
    [
        (500, False, False),
        (503, False, False),
        (429, False, False),
        (302, False, False),
        (307, False, False),
        (404, True, False),
        (410, True, False),
        (401, False, True),
        (403, False, True),
    ],
)
def test_what_a_receiver_answers_decides_what_happens_next(sink: Sink, status: int, permanent: bool, auth: bool):
    sink.answer(status)
    error = failure(webhook(sink))
    assert (error.code, error.permanent, error.auth) == (f"http_{status}", permanent, auth)


def test_a_redirect_is_never_followed_even_if_its_url_asks_for_it(sink: Sink):
    sink.answer(302)
    assert failure(webhook(sink, query="?redirect=yes")).code == "http_302"
    assert sink.paths == ["/hook"]


def test_a_slow_receiver_is_waited_for(sink: Sink):
    sink.slow = 4.2  # Apprise itself gives up after four seconds, though the message arrives
    webhook(sink).send(alertkit.message(), "d1")
    assert len(sink.bodies) == 1


def test_a_receiver_that_hangs_is_a_failure_for_now(sink: Sink):
    sink.slow = 2.0
    error = failure(webhook(sink, query="?rto=0.5"))
    assert (error.code, error.permanent) == ("network", False)


@pytest.mark.clock
@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_receiver_that_drips_is_given_up(answer: bytes):
    with open_dripping(hello=answer, drips=[b"H"]) as port:
        began = time.monotonic()
        errors = [
            failure(open_channel("desk", f"json://127.0.0.1:{port}/", deadline=0.7)),
            failure(AppriseChannel("desk", f"form://127.0.0.1:{port}/", deadline=0.7)),
        ]
    assert [(error.code, error.permanent) for error in errors] == [("timeout", False)] * 2
    assert time.monotonic() - began < 4


def test_nobody_there():
    assert failure(open_channel("desk", f"json://127.0.0.1:{free_port()}/")).code == "network"


@pytest.mark.parametrize(
    "url",
    [
        "irc://127.0.0.1/room",
        "ircs://u:p@h/room",
        "syslog://",
        "rsyslog://h",
        "dbus://",
        "gnome://",
        "windows://",
        "file:///etc/passwd",
        "exec://ls",
        "macosx://",
        "aprs://u:p@h",
        "http://h/x",
        "",
        "newsroom",
        "://",
        "json",
    ],
)
def test_only_listed_kinds_of_channels_open(url: str):
    with pytest.raises(ChannelError) as caught:
        open_channel("desk", url)
    assert (caught.value.code, caught.value.permanent) == ("scheme", True)


@pytest.mark.parametrize(
    "url",
    [
        "discord://planted-t0ken-4f8a",
        "slack://planted-t0ken-4f8a",
        "tgram://planted-t0ken-4f8a",
        "json://",
        "json://:planted-t0ken-4f8a@:0",
        "planted-t0ken-4f8a://x",
        "mailto://u:planted-t0ken-4f8a@h:x",
        "ntfy://u:planted-t0ken-4f8a@127.0.0.1",
        "mqtt://u:planted-t0ken-4f8a@127.0.0.1",
    ],
)
def test_a_bad_url_is_refused_when_the_channel_opens_without_showing_it(url: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ChannelError) as caught:
        open_channel("desk", url)
    assert str(caught.value).startswith("desk: ")
    assert SECRET not in str(caught.value) + caplog.text


@pytest.mark.parametrize("kind", ["slack", "discord", "tgram", "gotify", "mmost", "workflow", "pagerduty", "matrix"])
def test_what_is_missing_in_a_url_is_said_by_the_form_that_it_has(kind: str):
    with pytest.raises(ChannelError, match=rf"it has the form {kind}://.*\{{\w+\}}"):
        open_channel("desk", f"{kind}://")


@pytest.mark.parametrize("scheme", ["json", "xml", "form"])
@pytest.mark.parametrize("answer", [200, 500])
def test_no_secret_shows_when_everything_logs_at_debug(
    sink: Sink, caplog: pytest.LogCaptureFixture, answer: int, scheme: str
):
    caplog.set_level(logging.DEBUG)
    for name in ("apprise", "urllib3", "urllib3.connectionpool", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    sink.answer(answer)
    url = f"{scheme}://bot:{SECRET}@127.0.0.1:{sink.port}/services/{SECRET}?+X-Token={SECRET}"
    channel = open_channel("desk", url)
    shown = [repr(channel)]
    try:
        channel.send(alertkit.message(), "d1")
    except ChannelError as error:
        shown += [str(error), repr(error), repr(vars(error))]
    assert sink.paths == [f"/services/{SECRET}"] or scheme != "json"
    assert SECRET not in caplog.text + " ".join(shown)


def test_what_others_do_with_apprise_is_logged_without_addresses(caplog: pytest.LogCaptureFixture):
    hush_libraries()
    logging.getLogger("apprise").warning("Unparseable URL %s", f"mailto://bot:{SECRET}@h")
    logging.getLogger("urllib3.connectionpool").warning("Retrying after %r: %s", "x", f"/services/T0/{SECRET}")
    assert "Unparseable URL" in caplog.text
    assert SECRET not in caplog.text


def test_mail_urls_open_our_own_sender_and_name_their_recipients():
    url = "mailto://127.0.0.1:25?from=a@b.org&to=c@d.org,e@f.org&bcc=g@h.org"
    assert isinstance(open_channel("desk", url), MailChannel)
    assert recipients("desk", url) == ("c@d.org", "e@f.org", "g@h.org")
    assert recipients("desk", "json://127.0.0.1:1") == ()
