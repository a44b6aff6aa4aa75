"""Hostile feed text in every kind of message but a plain alert, which test_render.py has: it has no effect in any."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import alertkit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_render import HOSTILE, LINKS, LIVE_CHAT, STEERING, Page, anything, feed_lines

from monitor.alerts import matrix, render
from monitor.alerts.gathering import rearrange
from monitor.alerts.messages import Message, digest, from_payload, notice, to_payload
from monitor.domain.deliveries import WaitingDelivery
from monitor.domain.health import FeedRecord, Trouble, in_words
from monitor.domain.pace import Pace

OWN_COMMANDS = re.compile(r"`monitor [a-z ]+`")


def of_several(words: str) -> Message:
    bad = alertkit.hostile_message(words)
    return digest([bad, alertkit.message(alertkit.told("x2")), bad], now=alertkit.NOW)


def corrected(words: str) -> Message:
    bad = alertkit.hostile_message(words)
    return replace(bad, items=(bad.items[0], replace(bad.items[0], change_id="x2", was_quote=f"{words} 3 {words}")))


def burst(words: str) -> Message:
    """What a channel and its operators are told of a burst: it names the alerts."""
    bad = [replace(alertkit.hostile_message(words), id=f"m{number}") for number in range(3)]
    rows = [WaitingDelivery(key=one.id, payload=to_payload(one), due_at=one.at, attempts=0) for one in bad]
    (new,) = rearrange(rows, [], channel="desk", pace=Pace(burst=1), now=alertkit.NOW).new
    return from_payload(new.payload)


def of_trouble(trouble: Trouble) -> Callable[[str], Message]:
    """What operators are told of a feed: its address and its failure come from outside."""

    def made(words: str) -> Message:
        feed = FeedRecord(name="Wire", added_at=alertkit.NOW, new_at=alertkit.NOW, moved_since=alertkit.NOW)
        headline, note = in_words(replace(feed, name=words or "Wire", error=words, moved_to=words), trouble)
        return notice("n", headline, [note], now=alertkit.NOW)

    return made


FORMS: dict[str, Callable[[str], Message]] = {
    "digest": of_several,
    "several": corrected,
    "burst": burst,
    **{f"feed {trouble}": of_trouble(trouble) for trouble in Trouble},
}
PLAIN = {name: made("plain words") for name, made in FORMS.items()}


@pytest.mark.parametrize("form", FORMS)
def test_chat_and_matrix_have_nothing_live(form: str) -> None:
    for words in HOSTILE:
        message = FORMS[form](words)
        event = matrix.content(message)
        assert (event.keys(), event["m.mentions"]) == ({"msgtype", "body", "m.mentions"}, {})
        for text in (event["body"], render.chat_title(message), render.chat(message, 400)):
            said = OWN_COMMANDS.sub("", feed_lines(text))
            assert not STEERING.search(said), words
            assert not LIVE_CHAT.search(said), words
            assert not LINKS.search(said), words


@pytest.mark.parametrize("form", FORMS)
def test_mails_keep_their_shape_their_subject_and_their_links(form: str) -> None:
    tags = [tag for tag in Page(render.html(PLAIN[form])).tags if tag != "a"]
    for words in HOSTILE:
        message = FORMS[form](words)
        page, text = Page(render.html(message)), render.text(message)
        if words.strip():  # a line that says nothing is left out
            assert [tag for tag in page.tags if tag != "a"] == tags, words
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"], words
        shown = "".join(page.words).split("</style>")[-1]
        for said in (feed_lines(text), shown):
            assert not STEERING.search(said), words
            assert not LINKS.search(said), words
        assert not STEERING.search(render.subject(message)), words
        assert "=?" not in render.subject(message), words


@pytest.mark.parametrize("form", FORMS)
def test_programs_get_the_letters_as_they_were_and_people_look_alikes(form: str) -> None:
    for words in HOSTILE:
        data = render.webhook(FORMS[form](words), "d1")
        assert not STEERING.search(json.dumps(data, ensure_ascii=False)), words
        assert all(re.match(r"https?://", item["url"]) for item in data["items"] if item["url"]), words
    said = FORMS[form]("@desk <b> 3_000")
    assert "@desk <b> 3_000" in json.dumps(render.webhook(said, "d1"), ensure_ascii=False)
    assert "＠desk ‹b› 3＿000" in render.chat(said)


@settings(max_examples=30)  # test_render.py tries every letter; here it is about what letters go through
@given(anything, st.sampled_from(sorted(FORMS)))
def test_no_form_of_a_message_is_live_in_chat_whatever_a_feed_says(words: str, form: str) -> None:
    said = OWN_COMMANDS.sub("", feed_lines(render.chat(FORMS[form](words))))
    assert not LIVE_CHAT.search(said)
    assert not STEERING.search(said)


def test_commands_can_be_pasted_out_of_chat() -> None:
    notes = [
        "Do `monitor deliveries release my_desk` or `monitor mute add 'a b' --series s1`.",
        "It said `monitor @all`.",
    ]
    said = render.chat(notice("n", "Held", notes, now=alertkit.NOW))
    assert "`monitor deliveries release my_desk` or `monitor mute add 'a b' --series s1`" in said
    assert "‘monitor ＠all‘" in said
    alert = alertkit.message()
    named = replace(alert, items=tuple(replace(item, watch="north_korea") for item in alert.items))
    assert "Mute: monitor mute add north_korea --series " in render.chat(named)
