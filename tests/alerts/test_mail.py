"""The mail sender against a real SMTP server."""

import logging
import re
import socket
import ssl
import time
from dataclasses import replace
from datetime import timedelta

import alertkit
import pytest
import trustme
from mailroom import PASSWORD, USER, MailRoom, free_port, open_dripping, open_mute, open_room

from monitor.alerts.channels import open_channel
from monitor.alerts.deliver import ATTEMPTS, deliver_due
from monitor.alerts.mail import MailChannel, read_mail_url
from monitor.alerts.messages import deliveries_for, notice
from monitor.alerts.smtp import Security
from monitor.domain.claims import Measure
from monitor.domain.deliveries import DeliveryState
from monitor.errors import ChannelError
from monitor.store import Store

pytestmark = pytest.mark.process  # a real SMTP server

SERVER_HELLO = [bytes([part]) for part in b"\x16\x03\x03\x40\x00\x02\x00\x3f\xf0\x03\x03\x00"]
"""The beginning of a TLS server's first message of 16 KB, byte by byte."""
TO = "from=monitor@desk.example&to=ann@desk.example,bob@desk.example"


def open_mail(
    port: int, query: str = TO, *, scheme: str = "mailto", login: str = "", tls: ssl.SSLContext | None = None
):
    return open_channel("newsroom", f"{scheme}://{login}127.0.0.1:{port}?{query}", tls=tls)


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def failure(channel, **options) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(alertkit.message(), "d1", **options)
    return caught.value


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def room():
    with open_room() as room:
        yield room


def test_a_mail_carries_text_and_html_and_the_headers_of_its_thread(room: MailRoom):
    open_mail(room.port).send(alertkit.message(), "d1")
    (mail,) = room.mails
    assert room.envelopes == [["ann@desk.example", "bob@desk.example"]]
    assert mail["Subject"] == "North Korean casualties: more than 3,000 → 4,700, says South Korea"
    assert mail["From"] == "Figure monitor <monitor@desk.example>"
    assert mail.get_all("Message-ID") == ["<d1@desk.example>"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<north-korean-troops.watch.desk.example>"
    assert mail["Date"].datetime == alertkit.NOW
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text = mail.get_body(("plain",)).get_content()
    assert "Seoul’s spy agency put the North’s losses at 4,700" in text
    assert "2 independent statements, this one in 5 outlets" in text
    assert "https://northwire.example.org/2025/04/30/seoul-nk?ref=a_b" in mail.get_body(("html",)).get_content()


def test_a_series_is_one_thread_and_another_series_another(room: MailRoom):
    channel = open_mail(room.port)
    changes = (alertkit.told("x1"), alertkit.told("x2"), alertkit.told("x3", measure=Measure.KILLED))
    for number, change in enumerate(changes):
        channel.send(alertkit.message(change), f"d{number}")
    first, second, other = (mail["References"] for mail in room.mails)
    assert first == second != other
    assert all(mail["In-Reply-To"] == mail["References"] for mail in room.mails)


def test_the_same_delivery_tried_again_is_the_same_mail_with_the_same_id(room: MailRoom):
    for _ in range(2):
        open_mail(room.port).send(alertkit.message(), "d1")
    first, second = room.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_mails_share_a_connection_until_there_are_no_more(room: MailRoom):
    channel = open_mail(room.port)
    for number in range(3):
        channel.send(alertkit.message(), f"d{number}")
    assert (len(room.mails), len(set(room.lines)), room.goodbyes) == (3, 1, 0)
    channel.rest()
    channel.send(alertkit.message(), "d3")
    channel.rest()
    assert (len(room.mails), len(set(room.lines)), room.goodbyes) == (4, 2, 2)


def test_a_server_that_has_hung_up_meanwhile_is_called_again(room: MailRoom):
    channel = open_mail(room.port)
    channel.send(alertkit.message(), "d1")
    room.hang_up()
    channel.send(alertkit.message(), "d2")
    assert (len(room.mails), len(set(room.lines))) == (2, 2)
    room.answer("451 later")
    assert failure(channel).code == "smtp_451"
    channel.send(alertkit.message(), "d3")
    assert len(room.mails) == 3


def test_starttls_is_used_when_offered_and_the_login_goes_through(authority: trustme.CA):
    with open_room(login=True, authority=authority) as room:
        open_mail(room.port, login=f"{USER}:{PASSWORD}@", tls=trusting(authority)).send(alertkit.message(), "d1")
    assert (room.encrypted, room.users) == ([True], [USER])


def test_tls_from_the_first_byte(authority: trustme.CA):
    with open_room(authority=authority, implicit=True) as room:
        channel = open_mail(room.port, f"{TO}&mode=ssl", scheme="mailtos", tls=trusting(authority))
        channel.send(alertkit.message(), "d1")
    assert len(room.mails) == 1  # this server takes nothing in the clear


def test_an_untrusted_certificate_ends_it_unless_verify_is_off(authority: trustme.CA):
    with open_room(authority=authority) as room:
        assert failure(open_mail(room.port)).code == "tls"
        open_mail(room.port, f"{TO}&verify=no").send(alertkit.message(), "d1")
    assert room.encrypted == [True]


def test_mailtos_never_falls_back_to_the_clear(room: MailRoom):
    error = failure(open_mail(room.port, scheme="mailtos"))
    assert (error.code, error.permanent, room.mails) == ("no_starttls", False, [])


def test_a_wrong_password_holds_the_channel(authority: trustme.CA):
    with open_room(login=True, authority=authority) as room:
        error = failure(open_mail(room.port, login=f"{USER}:wrong-one@", tls=trusting(authority)))
    assert (error.code, error.auth, error.permanent) == ("smtp_535", True, False)


def test_a_missing_login_holds_the_channel():
    with open_room(login=True) as room:
        error = failure(open_mail(room.port))
    assert (error.code, error.auth) == ("smtp_530", True)


def test_a_server_without_logins_holds_the_channel(room: MailRoom):
    error = failure(open_mail(room.port, login=f"{USER}:{PASSWORD}@"))
    assert (error.code, error.auth) == ("no_auth", True)


def test_451_then_250(room: MailRoom):
    room.answer("451 4.7.1 greylisted, come back")
    channel = open_mail(room.port)
    error = failure(channel)
    assert (error.code, error.permanent, error.auth) == ("smtp_451", False, False)
    channel.send(alertkit.message(), "d1")
    assert [mail["Message-ID"] for mail in room.mails] == ["<d1@desk.example>"]


def test_554_is_for_good(room: MailRoom):
    room.answer("554 5.7.1 no")
    error = failure(open_mail(room.port))
    assert (error.code, error.permanent) == ("smtp_554", True)


def test_a_refused_recipient_is_reported_while_the_others_get_the_mail(room: MailRoom):
    room.refuse("bob@desk.example", "550 5.1.1 no such user")
    receipt = open_mail(room.port).send(alertkit.message(), "d1")
    assert receipt.refused == (("bob@desk.example", 550),)
    assert room.envelopes == [["ann@desk.example"]]


@pytest.mark.parametrize(
    ("ann", "bob", "code", "permanent"),
    [("550 no", "550 no", "smtp_550", True), ("550 no", "450 later", "smtp_450", False)],
)
def test_nobody_taken(room: MailRoom, ann: str, bob: str, code: str, permanent: bool):
    room.refuse("ann@desk.example", ann)
    room.refuse("bob@desk.example", bob)
    error = failure(open_mail(room.port))
    assert (error.code, error.permanent) == (code, permanent)


def test_one_recipient_of_several(room: MailRoom):
    channel = open_mail(room.port)
    channel.send(alertkit.message(), "d1", to="bob@desk.example")
    assert room.envelopes == [["bob@desk.example"]]
    error = failure(channel, to="gone@desk.example")
    assert (error.code, error.permanent) == ("recipient_removed", True)


@pytest.mark.clock
def test_a_server_that_says_nothing_times_out():
    with open_mute() as port:
        began = time.monotonic()
        error = failure(open_mail(port, f"{TO}&rto=1"))
    assert (error.code, error.permanent) == ("timeout", False)
    assert time.monotonic() - began < 4


@pytest.mark.clock
def test_a_server_that_drips_is_cut_off():
    with open_mute(greeting=b"220 hi\r\n", drip=b"2") as port:
        server = read_mail_url("newsroom", f"mailto://127.0.0.1:{port}?{TO}")
        began = time.monotonic()
        error = failure(MailChannel("newsroom", server, deadline=0.7))
    assert not error.permanent
    assert time.monotonic() - began < 5


@pytest.mark.clock
@pytest.mark.parametrize(
    ("options", "mode"),
    [
        ({"drips": [b"2"]}, "insecure"),
        ({"drips": [b"220-wait\r\n"]}, "insecure"),
        ({"drips": SERVER_HELLO}, "ssl"),
        ({"hello": b"220 hi\r\n", "offer": b"250-hi\r\n250 STARTTLS\r\n", "drips": SERVER_HELLO}, "starttls"),
        ({}, "ssl"),
    ],
)
def test_a_server_that_drips_before_the_mail_is_cut_off_too(options: dict, mode: str):
    with open_dripping(**options) as port:
        server = read_mail_url("newsroom", f"mailto://127.0.0.1:{port}?{TO}&mode={mode}")
        began = time.monotonic()
        error = failure(MailChannel("newsroom", server, deadline=0.7))
    assert (error.code, error.permanent) == ("timeout", False)
    assert time.monotonic() - began < 5


def test_a_server_that_does_not_greet_has_its_code_reported():
    with open_mute(greeting=b"554 5.7.1 not today\r\n") as port:
        assert failure(open_mail(port)).code == "smtp_554"


def test_nobody_listens():
    error = failure(open_mail(free_port()))
    assert (error.code, error.permanent) == ("refused", False)


def test_a_hostile_headline_stays_one_header(room: MailRoom):
    words = "x\r\nBcc: all@evil.example\r\n\r\n<b>body</b> =?utf-8?q?=0d=0aX-Evil:_1?= \u202e"
    open_mail(room.port).send(alertkit.hostile_message(words), "d1")
    (mail,) = room.mails
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", str(mail["Subject"]))
    assert "<b>body</b>" not in mail.get_body(("html",)).get_content()


def test_a_notice_goes_out_as_well(room: MailRoom):
    open_mail(room.port).send(notice("test", "This is a test", ["It works."], now=alertkit.NOW), "d1")
    assert room.mails[0]["Subject"] == "This is a test"
    assert "It works." in room.mails[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("url", "host", "port", "security", "to", "sender"),
    [
        ("mailto://localhost:2525?from=a@b.org&to=c@d.org", "localhost", 2525, "when_offered", ("c@d.org",), "a@b.org"),
        ("mailto://u:p@mail.b.org", "mail.b.org", 587, "when_offered", ("u@mail.b.org",), "u@mail.b.org"),
        ("mailtos://u:p@b.org?smtp=out.b.org&to=c@d.org", "out.b.org", 587, "starttls", ("c@d.org",), "u@b.org"),
        ("mailtos://u:p@b.org:465/c@d.org/e@f.org", "b.org", 465, "ssl", ("c@d.org", "e@f.org"), "u@b.org"),
        ("mailto://ann:p@gmail.com", "smtp.gmail.com", 587, "starttls", ("ann@gmail.com",), "ann@gmail.com"),
        ("mailto://b.org?mode=insecure&from=Desk%20%3Ca@b.org%3E", "b.org", 25, "insecure", ("a@b.org",), "a@b.org"),
        ("mailto://u%40b.org:p%23@b.org?name=Desk&format=text", "b.org", 587, "when_offered", ("u@b.org",), "u@b.org"),
    ],
)
def test_mail_urls_as_people_write_them(url: str, host: str, port: int, security: str, to: tuple, sender: str):
    server = read_mail_url("newsroom", url)
    assert (server.host, server.port, server.security) == (host, port, Security(security))
    assert (server.recipients, server.sender.addr_spec) == (to, sender)


@pytest.mark.parametrize(
    "url",
    [
        "mailto://",
        "mailto://u:s3cretpart@h:notaport",
        "mailto://localhost",
        "mailto://u:s3cretpart@h?mode=magic",
        "mailto://u:s3cretpart@h?to=not-an-address",
        "mailto://u:x?s3cretpart@h",
        "mailto://u:s3cretpart@h?rto=soon",
        "mailto://u:s3cretpart@h?to=a@b.org%0d%0aBcc:x@y.org&from=a@b.org,c",
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_showing_it(url: str):
    with pytest.raises(ChannelError) as caught:
        open_channel("newsroom", url)
    assert (caught.value.code, caught.value.permanent) == ("bad_url", True)
    assert "s3cretpart" not in str(caught.value)


def test_no_secret_shows_in_logs_errors_or_reprs(authority: trustme.CA, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    with open_room(login=True, authority=authority) as room:
        good = open_mail(room.port, login=f"{USER}:{PASSWORD}@", tls=trusting(authority))
        good.send(alertkit.message(), "d1")
        error = failure(open_mail(room.port, login=f"{USER}:planted-wrong@", tls=trusting(authority)))
    server = read_mail_url("newsroom", f"mailto://{USER}:{PASSWORD}@127.0.0.1?{TO}")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    shown = " ".join([repr(good), repr(server), str(error), repr(error), repr(vars(error)), *ours])
    assert PASSWORD not in shown
    assert "planted-wrong" not in shown


def test_alerts_for_a_mail_server_whose_name_nobody_knows_end_dead_and_listed(monkeypatch: pytest.MonkeyPatch):
    def unknown(*_: object, **__: object):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    at = alertkit.NOW
    with Store("sqlite://") as store:
        store.migrate()
        made = deliveries_for(alertkit.message(), ["newsroom"], at)
        store.enqueue([replace(one, change_ids=()) for one in made], at)
        for tries in range(ATTEMPTS):
            assert [line.attempts for line in store.deliveries(DeliveryState.DUE)] == [tries]
            deliver_due(store, {"newsroom": open_mail(25)}, now=lambda: at)  # noqa: B023 -- asked at once
            at += timedelta(hours=2)
        (dead,) = store.deliveries()
    assert (dead.state, dead.error, dead.attempts) == (DeliveryState.DEAD, "dns", ATTEMPTS)
