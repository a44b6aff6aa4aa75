"""Digests: a table of changes in each form, and mails that stay small enough to be shown whole."""

import re
from dataclasses import replace

import alertkit
import pytest

from monitor.alerts import render
from monitor.alerts.mail import read_mail_url
from monitor.alerts.messages import Message, compose, digest
from monitor.domain.changes import Kind
from monitor.domain.claims import Measure
from monitor.domain.quantities import in_words

SERVER = read_mail_url("newsroom", "mailto://127.0.0.1?from=a@b.org&to=c@d.org")
KINDS = (Kind.RAISED, Kind.DIFFERS, Kind.FIRST, Kind.WITHDRAWN)


def of(count: int, url: str | None = None) -> Message:
    changes = [alertkit.told(f"x{number}", KINDS[number % 4]) for number in range(count)]
    return digest(
        [
            compose("north-korean-troops", (one,), now=alertkit.NOW, public_url=url)
            for number, one in enumerate(changes)
        ],
        now=alertkit.NOW,
    )


def test_the_text_has_a_row_in_columns_for_each_change():
    text = render.text(of(4))
    rows = [line for line in text.splitlines() if "→" in line and line.startswith("  ")]
    assert len(rows) == 4
    arrows = [re.search(r"\s→\s", line).start() for line in rows]
    assert arrows[0] == arrows[1]
    assert rows[0].split("→")[1].strip() == "4,700"
    assert "  Raised: South Korea, in Northwire" in text
    assert "Explain: monitor explain x3" in text
    assert text.count("Mute: monitor mute add ") == 4


def test_the_page_has_a_real_table_with_links():
    html = render.html(of(4, "https://figures.example.org"))
    assert html.count('<th scope="col"') == 4
    assert html.count('<th scope="row"') == 4
    assert html.count('href="https://figures.example.org/changes/x') == 4
    assert html.count('#mute"') == 4
    assert "<h1" in html


def test_chat_has_a_line_for_each_change_and_says_how_many_more():
    *lines, more, mute = render.chat(of(40), headed=False).splitlines()
    assert all(line.startswith("• North Korean casualties") and " https://" in line for line in lines)
    assert (more, mute) == (f"… and {40 - len(lines)} more changes", "Mute: monitor mute add north-korean-troops")
    assert len(render.chat(of(40)).splitlines()) > 10


@pytest.mark.parametrize("pages", [None, "https://figures.example.org"])
def test_chat_says_below_each_change_how_to_mute_it_where_there_is_room(pages: str | None):
    message = of(4, pages)
    lines = render.chat(message, headed=False).splitlines()
    assert [line[:2] for line in lines[::2]] == ["• "] * 4
    assert lines[1::2] == [f"Mute: {item.mute_link if pages else item.mute}" for item in message.items]
    short = render.chat(message, sum(map(len, lines)) - 1, headed=False).splitlines()
    assert short == [*lines[::2], "Mute: monitor mute add north-korean-troops"]


@pytest.mark.parametrize("room", range(100, 400, 7))
def test_a_digest_in_chat_keeps_to_its_room_and_its_last_line(room: int):
    text = render.chat(of(5), room, headed=False)
    assert len(text) <= room
    assert text.splitlines()[-1] == "Mute: monitor mute add north-korean-troops"


def test_ways_to_mute_many_watches_leave_room_for_the_changes_themselves():
    message = of(12)
    items = [replace(item, watch=f"losses-told-of-front-number-{number}") for number, item in enumerate(message.items)]
    shown = render.chat(replace(message, items=tuple(items)), 500, headed=False)
    assert shown.count("• ") >= 2
    assert shown.splitlines()[-1].startswith("Mute: monitor mute add losses-told-of-front-number-0 · ")
    assert shown.endswith(" · and 9 more")


def test_a_digest_is_a_thread_of_its_own_whatever_it_holds():
    roots = {alertkit.mail(message, "d1", SERVER)["References"] for message in (of(1), of(4))}
    assert len(roots) == 1
    assert roots != {alertkit.mail(alertkit.message(), "d1", SERVER)["References"]}


def test_mails_of_any_length_are_shown_whole():
    long = alertkit.claim(quote="word " * 400, title="title " * 200)
    whole = alertkit.message(*(alertkit.told(f"x{number}", source=long) for number in range(200)))
    for message in (of(200), whole):
        assert len(render.html(message).encode()) < 100_000
        assert "more; the text part of this mail has them all" in render.html(message)
        assert render.text(message).count("x199") == 1


def test_a_correction_follows_in_the_thread_that_told_the_figure():
    told = [alertkit.told("x1"), alertkit.told("x2", measure=Measure.WOUNDED)]
    first = alertkit.mail(alertkit.message(*told), "d1", SERVER)
    later = alertkit.mail(alertkit.message(alertkit.told("x3", Kind.CORRECTED, Measure.WOUNDED)), "d2", SERVER)
    assert later["In-Reply-To"] in first["References"].split()
    assert first["In-Reply-To"] == first["References"].split()[-1]
    assert first["In-Reply-To"] == alertkit.mail(alertkit.message(told[0]), "d3", SERVER)["References"]


def test_an_urgent_alert_says_so_in_its_headers():
    urgent = replace(alertkit.message(), urgent=True)
    assert [alertkit.mail(one, "d1", SERVER)["X-Priority"] for one in (urgent, alertkit.message())] == ["1", None]
    assert alertkit.mail(urgent, "d1", SERVER)["Importance"] == "high"


def test_each_form_says_how_to_explain_and_to_mute():
    message = alertkit.message()
    (item,) = message.items
    mute = f"monitor mute add north-korean-troops --series {item.series}"
    for shown in (render.text(message), render.html(message), render.chat(message)):
        assert mute in shown
        assert "monitor explain x0123456789ab" in shown
    data = render.webhook(message, "d1")["items"][0]
    assert (data["mute"], data["explain"]) == (mute, "monitor explain x0123456789ab")
    assert data["headline"] == message.headline
    assert in_words(item.after) in data["headline"]
