"""Alerts through real mail servers, read back as a reader's mail program does."""

import io
import os
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import alertkit
import pytest
from mailservers import DOMAIN, PASSWORD, USER, MailServers, open_mail_servers
from PIL import Image

from monitor.alerts.channels import Channel, open_channel, recipients
from monitor.alerts.deliver import DeliveryReport, deliver_due
from monitor.alerts.messages import Message, deliveries_for
from monitor.cli import main
from monitor.domain.claims import Measure
from monitor.domain.deliveries import DeliveryState
from monitor.store import Store

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(os.geteuid() != 0, reason="OpenSMTPD starts as root only"),
]


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with open_mail_servers() as servers:
        yield servers


@pytest.fixture
def store() -> Iterator[Store]:
    with Store("sqlite://") as store:
        store.migrate()
        yield store


SETTINGS = """\
[store]
url = "sqlite:///monitor.db"
[[feed]]
name = "drop"
folder = "drop"
[[channel]]
name = "newsroom"
url = "${NEWSROOM}"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk"]
channels = ["newsroom"]
"""
ARTICLE = """\
---
title: What the war costs Pyongyang
outlet: Northwire
url: {url}
published: 2025-01-{day:02}T09:00:00Z
---
{count} North Korean soldiers have been killed or wounded in Kursk, Zelensky said on Monday.
"""


def address(servers: MailServers, *to: str, password: str = PASSWORD) -> str:
    """A channel with STARTTLS and a login."""
    login = f"{USER}:{password}@127.0.0.1:{servers.submission_port}"
    return f"mailtos://{login}?from=monitor@{DOMAIN}&to={','.join(to)}"


def opened(servers: MailServers, url: str) -> Channel:
    trusted = ssl.create_default_context()
    servers.authority.configure_trust(trusted)
    return open_channel("newsroom", url, tls=trusted)


def delivered(store: Store, channel: Channel, url: str, messages: Sequence[Message], at: datetime) -> DeliveryReport:
    for message in messages:
        made = deliveries_for(message, ["newsroom"], at, {"newsroom": recipients("newsroom", url)})
        store.enqueue([replace(one, change_ids=()) for one in made], at)
    return deliver_due(store, {"newsroom": channel}, now=lambda: at)


def parts(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if not part.is_multipart()]


def test_a_mail_arrives_with_text_page_and_chart_under_one_message_id(servers: MailServers) -> None:
    told = replace(alertkit.told(), courses=alertkit.COURSES)
    opened(servers, address(servers, f"desk@{DOMAIN}")).send(alertkit.message(told), "d1")
    (mail,) = servers.mails("desk", 1)
    assert mail.get_all("Message-ID") == [f"<d1@{DOMAIN}>"]
    assert mail["Subject"] == "North Korean casualties: more than 3,000 → 4,700, says South Korea"
    text, page, chart = parts(mail)
    assert [part.get_content_type() for part in (text, page, chart)] == ["text/plain", "text/html", "image/png"]
    assert "“Seoul’s spy agency put the North’s losses at 4,700, including 600 dead”" in text.get_content()
    assert f'src="cid:{chart["Content-ID"].strip("<>")}"' in page.get_content()
    assert chart.get_content_disposition() == "inline"
    with Image.open(io.BytesIO(chart.get_content())) as picture:
        picture.verify()


def test_each_series_is_one_thread_for_a_mail_program(servers: MailServers, store: Store) -> None:
    series = [Measure.CASUALTIES, Measure.KILLED, Measure.CASUALTIES, Measure.KILLED, Measure.CASUALTIES]
    messages = [alertkit.message(alertkit.told(f"x{number:012}", measure=one)) for number, one in enumerate(series)]
    url = address(servers, f"night@{DOMAIN}")
    assert delivered(store, opened(servers, url), url, messages, alertkit.NOW).sent == len(series)
    mails = servers.mails("night", len(series))
    assert len({mail["Message-ID"] for mail in mails}) == len(series)
    counted = [[mails[number - 1]["Subject"].partition(":")[0] for number in one] for one in servers.threads("night")]
    assert sorted(counted) == [["North Korean casualties"] * 3, ["North Korean troops killed"] * 2]


def test_who_is_not_known_there_is_dead_at_once_and_keeps_nobody_waiting(servers: MailServers, store: Store) -> None:
    url = address(servers, f"gone@{DOMAIN}", f"late@{DOMAIN}", "ann@elsewhere.example")
    report = delivered(store, opened(servers, url), url, [alertkit.message()], alertkit.NOW)
    assert (report.sent, report.dead, report.retried) == (1, 2, 0)
    assert Counter((line.state, line.error, line.attempts) for line in store.deliveries()) == {
        (DeliveryState.SENT, None, 1): 1,
        (DeliveryState.DEAD, "smtp_550", 1): 1,  # no such reader
        (DeliveryState.DEAD, "smtp_524", 1): 1,  # no such host, as this server says it
    }
    (mail,) = servers.mails("late", 1)
    assert deliver_due(store, {}, now=lambda: alertkit.NOW + timedelta(days=1)) == DeliveryReport()
    assert mail["To"] == f"gone@{DOMAIN}, late@{DOMAIN}, ann@elsewhere.example"


def test_a_refused_login_holds_the_channel_and_gives_nothing_away(servers: MailServers, store: Store) -> None:
    url = address(servers, f"desk@{DOMAIN}", password="planted-wr0ng")
    report = delivered(store, opened(servers, url), url, [alertkit.message()], alertkit.NOW)
    assert (report.held, report.dead) == (1, 0)
    (line,) = store.deliveries()
    assert (line.state, line.error, line.attempts) == (DeliveryState.HELD, "smtp_535", 0)


def test_a_certificate_that_nobody_signed_gets_no_password(servers: MailServers, store: Store) -> None:
    url = address(servers, f"desk@{DOMAIN}")
    report = delivered(store, open_channel("newsroom", url), url, [alertkit.message()], alertkit.NOW)
    assert [failure.code for failure in report.failures] == ["tls"]


def test_an_article_becomes_a_mail_that_its_reader_fetches_and_the_same_run_again_none(
    servers: MailServers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the commands that people type: a baseline, an article in a folder, two runs."""
    servers.authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("NEWSROOM", address(servers, f"early@{DOMAIN}"))
    monkeypatch.chdir(tmp_path)
    Path("monitor.toml").write_text(SETTINGS, encoding="utf-8")
    link = "https://northwire.example.org/2025/01/20/cost"
    for folder, day, count in (("known", 13, "3,000"), ("drop", 20, "4,700")):
        Path(folder).mkdir()
        text = ARTICLE.format(url=link if day == 20 else f"{link}-before", day=day, count=count)
        Path(folder, "article.md").write_text(text, encoding="utf-8")
    assert main(["seed", "known"]) == 0
    assert main(["run"]) == main(["run", "--all"]) == 0
    with Store("sqlite:///monitor.db") as store:
        (line,) = store.deliveries()
    (change,) = line.change_ids
    assert line.state is DeliveryState.SENT
    (mail,) = servers.mails("early", 1)
    assert mail.get_all("Message-ID") == [f"<{line.key}@{DOMAIN}>"]
    assert mail["Subject"] == "North Korean casualties: 3,000 → 4,700, says Ukraine"
    text, page, _ = parts(mail)
    said = text.get_content()
    assert "“4,700 North Korean soldiers have been killed or wounded in Kursk, Zelensky said on Monday.”" in said
    assert (link in said, link in page.get_content()) == (True, True)
    assert f"Explain: monitor explain {change}" in said
    assert PASSWORD not in mail.as_string()
