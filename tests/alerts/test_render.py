"""Messages as readers get them, and hostile feed text in every one of them."""

import email
import email.policy
import json
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import alertkit
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.alerts import mime, neutral, render
from monitor.alerts.mail import build, read_mail_url
from monitor.alerts.messages import compose, notice
from monitor.alerts.words import more
from monitor.domain.changes import Kind

HOSTILE = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
SERVER = read_mail_url("newsroom", "mailto://127.0.0.1?from=a@b.org&to=c@d.org")
OWN_LINK = "https://northwire.example.org/2025/04/30/seoul-nk?ref=a_b"

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
LINKS = re.compile(r"\w://|\bwww\.|javascript:|data:|mailto:|\w\.(?:example|com|exe|org)\b", re.IGNORECASE)
LIVE_CHAT = re.compile(r"[@<>\[\]`*_~|\\#]|:\w{1,60}:|(?:^|\s)[/!]\w|\$[A-Za-z$]")

anything = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=200), st.text("@<>[](){}*_`~|#!:/.\\ \r\nahtps", max_size=80)
)


class Page(HTMLParser):
    """What a mail program would make of the HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PLAIN = {bool(words): Page(render.html(alertkit.hostile_message(words))) for words in ("plain words", "")}
"""The page with harmless words, and without any (then it has no line that says why)."""


def feed_lines(text: str) -> str:
    """The text without the links that we made ourselves."""
    return re.sub(r"https?://\S+", "", text)


@pytest.mark.parametrize("words", HOSTILE)
def test_html_keeps_its_own_shape_whatever_the_feed_says(words: str):
    page = Page(render.html(alertkit.hostile_message(words)))
    assert [tag for tag in page.tags if tag != "a"] == PLAIN[bool(words)].tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    links = [value for name, value in page.attributes if name == "href"]
    assert all(re.match(r"https?://[a-z0-9.-]+(/|$|\?|:)", link) for link in links)
    shown = "".join(page.words)
    assert not STEERING.search(shown)
    assert not LINKS.search(shown.split("</style>")[-1])


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_text_keeps_its_own_lines_and_links(words: str):
    message = alertkit.hostile_message(words)
    text = render.text(message)
    assert len(text.splitlines()) == len(render.text(alertkit.hostile_message("plain words")).splitlines()) - (
        0 if message.items[0].why else 1
    )
    assert not STEERING.search(text)
    assert not LINKS.search(feed_lines(text))
    assert all(ord(char) < 0xD800 or ord(char) > 0xDFFF for char in text)


@pytest.mark.parametrize("words", HOSTILE)
def test_headers_hold_one_clean_line(words: str):
    raw = build(alertkit.without_charts(alertkit.hostile_message(words)), "d1", SERVER)
    head, _, _ = raw.partition(b"\r\n\r\n")
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert names == [
        line.split(b":")[0]
        for line in build(alertkit.message(), "d1", SERVER).partition(b"\r\n\r\n")[0].split(b"\r\n")
        if not line.startswith((b" ", b"\t"))
    ]
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert raw.isascii()
    assert b"\n" not in b"".join(lines)


def test_a_line_feed_is_in_no_header_whatever_it_is_made_of():
    with pytest.raises(ValueError, match="linefeed"):
        build(alertkit.message(), "d1\r\nBcc: all@evil.example", SERVER)


@pytest.mark.parametrize("words", HOSTILE)
def test_chat_has_no_live_mention_markup_or_link(words: str):
    message = alertkit.hostile_message(words)
    text = f"{render.chat_title(message)}\n{render.chat(message)}"
    assert not STEERING.search(text)
    assert not LIVE_CHAT.search(feed_lines(text))
    assert not LINKS.search(feed_lines(text))


@pytest.mark.parametrize("words", HOSTILE)
def test_webhook_data_is_clean_json(words: str):
    data = render.webhook(alertkit.hostile_message(words), "d1")
    assert not STEERING.search(json.dumps(data, ensure_ascii=False))
    assert data["items"][0]["url"] is None or data["items"][0]["url"].startswith(("http://", "https://"))
    json.dumps(data).encode()


@settings(deadline=None)
@given(anything)
def test_no_control_character_is_ever_in_a_header(words: str):
    line = neutral.header(words)
    assert not [char for char in line if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert len(line) <= 200
    assert "=?" not in line
    build(alertkit.without_charts(alertkit.hostile_message(words)), "d1", SERVER)


@example("!`")
@example("-/start")
@example("- !_room")
@example("x.–:skull:")
@given(anything)
def test_chat_text_is_never_live(words: str):
    assert not LIVE_CHAT.search(neutral.chat(words))


@settings(deadline=None)
@given(anything, st.integers(20, 400))
def test_chat_fits_its_room(words: str, limit: int):
    assert len(render.chat(alertkit.hostile_message(words), limit)) <= limit


@given(anything)
def test_a_safe_url_stays_safe_and_changes_no_more(url: str):
    safe = neutral.safe_url(url)
    if safe is not None:
        assert re.fullmatch(r"https?://[\x21-\x7e]+", safe)
        assert not re.search(r"[<>\"'`@\[\]\\|*~()]", safe)
        assert neutral.safe_url(safe) == safe


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (OWN_LINK, OWN_LINK),
        ("https://bbc.co.uk/news/a%20b?x=1&y=(2)#top", "https://bbc.co.uk/news/a%20b?x=1&y=%282%29#top"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://한국.example/뉴스", "https://xn--3e0b707e.example/%EB%89%B4%EC%8A%A4"),
        ("javascript:alert(1)", None),
        ("https://bbc.com@evil.example/", None),
        ("file:seed1.txt", None),
        ("https://h/\r\nx", None),
        ("", None),
    ],
)
def test_links(url: str, safe: str | None):
    assert neutral.safe_url(url) == safe


def test_ordinary_text_stays_as_it_is():
    words = "At 10:30 Mr. Lee (NIS) said: “4,700” — U.S. agrees; cost $3.5m and 50% more, AT-T. Üñí 김정은"
    assert neutral.defang(words) == words
    assert neutral.chat(words) == words


def test_persian_and_emoji_joiners_are_kept():
    assert neutral.clean("می‌خواهم 👨‍👩‍👧") == "می‌خواهم 👨‍👩‍👧"


@settings(deadline=None)
@given(anything, st.integers(400, 2000), st.integers(1, 9), st.sampled_from(["\n", "\n\n"]), st.booleans())
def test_what_to_do_and_links_stay_whole_in_a_chat_message_of_any_room(
    words: str, limit: int, count: int, gap: str, headed: bool
):
    """Feed text is what is cut, however much of it there is, and no link ends anywhere but at its end."""
    source = alertkit.claim(quote=words * 50, title=words, outlet=words)
    changes = [replace(alertkit.told(f"x{number}", source=source), why="it differs") for number in range(count)]
    pages = "https://figures.example.org"
    message = compose("north-korean-troops", changes, now=alertkit.NOW, public_url=pages)
    text = render.chat(message, limit, headed=headed, gap=gap)
    assert len(text) <= limit
    lines = text.split(gap)
    shown = [item for item in message.items if item.link in text]
    assert shown == list(message.items[: len(shown)])
    assert shown
    for item in shown:
        assert f"Explain: {item.link} · Mute: {item.mute_link}" in lines
    assert lines.count("Why: it differs") == len(shown)
    assert {*re.findall(r"https://\S+", text)} <= {OWN_LINK, *(item.link for item in shown), shown[0].mute_link}
    assert [line for line in lines if line.startswith("… and")] == [more(count - len(shown))] * (count > len(shown))


def test_a_chat_message_with_room_says_all_and_one_without_says_less_of_everything():
    changes = [alertkit.told(f"x{number}") for number in range(4)]
    whole, short = (render.chat(alertkit.message(*changes), limit) for limit in (5000, 1900))
    assert whole.count("Quote: “Seoul’s spy agency put the North’s losses at 4,700, including 600 dead”") == 4
    assert whole.count("Also: ") == 4
    assert short.count("Quote: “") == short.count("Explain: monitor explain ") == 4
    assert "Also: " not in short


def test_a_notice_that_is_too_long_keeps_its_last_lines():
    notes = ["More than 30 alerts.", *["headline " * 20] * 10, "`monitor deliveries release desk` sends them."]
    notes.append("`monitor deliveries drop desk` leaves them out.")
    text = render.chat(notice("n", "Held back", notes, now=alertkit.NOW), 400)
    assert len(text) <= 400
    assert text.startswith("Held back\n– More than 30 alerts.\n")
    assert text.splitlines()[-3:] == ["…", *(f"– {note}" for note in notes[-2:])]


def test_a_text_mail_reads_in_order():
    lines = render.text(alertkit.message()).splitlines()
    assert lines[0] == "North Korean casualties: more than 3,000 → 4,700, says South Korea"
    assert lines[2] == "  Raised: South Korea now says 4,700; it was more than 3,000."
    assert "  Said by: National Intelligence Service (South Korea)" in lines
    assert f"  Link: {OWN_LINK}" in lines
    assert "  Also: Ukraine: 4,000 (13 Jan 2025)" in lines
    assert "Explain: monitor explain x0123456789ab" in lines


def test_an_article_without_an_outlet_goes_by_its_title():
    told = alertkit.told(source=alertkit.claim(outlet="", title="Seoul counts", url=""))
    message = alertkit.message(told)
    words = " ".join(" ".join(Page(render.html(message)).words).split())
    assert "in “Seoul counts” · 13 Jan" in words
    assert "  Source: “Seoul counts”, 13 Jan" in render.text(message)
    assert ", in “Seoul counts”" in render.chat(message)


def test_each_link_of_a_text_mail_of_several_changes_names_its_change():
    lines = render.text(alertkit.message(alertkit.told("x1"), alertkit.told("x2"))).splitlines()
    links = [line for line in lines if line.startswith("Explain")]
    assert links == [
        "Explain North Korean casualties: more than 3,000 → 4,700, says South Korea: monitor explain x1",
        "Explain North Korean casualties: more than 3,000 → 4,700, says South Korea: monitor explain x2",
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "changes; ministry 4,700, Ukraine's more Korea North North North Gaza wounded",
        "North Korean soldiers killed: 3,300, says United States; others say 4,700–6,900",  # folded at an encoded word
    ],
)
def test_a_subject_begins_on_its_own_line_and_keeps_its_blanks(subject: str):
    folded = mime.header("Subject", subject).decode()
    assert not folded.startswith("Subject:\r\n")
    assert max(map(len, folded.splitlines())) <= 78
    assert email.message_from_string(folded, policy=email.policy.default)["Subject"] == subject


@pytest.mark.parametrize("kind", [Kind.FIRST, Kind.RAISED, Kind.DIFFERS, Kind.CORRECTED, Kind.WITHDRAWN])
def test_every_alerting_kind_renders_everywhere(kind: Kind):
    message = alertkit.message(alertkit.told(kind=kind))
    for shown in (render.text(message), render.html(message), render.chat(message)):
        assert "None" not in shown


def test_html_fetches_nothing_and_is_dark_mode_aware():
    html = render.html(alertkit.message())
    assert not re.search(r"<(img|script|link|iframe)|@import|url\(", html)
    assert "prefers-color-scheme: dark" in html
    assert '<html lang="en">' in html


def test_a_figure_to_be_checked_is_marked_everywhere():
    told = alertkit.told()
    doubtful = replace(told.others[0], check=True)
    message = alertkit.message(replace(told, change=replace(told.change, check=True), others=(doubtful,)))
    assert render.subject(message).startswith("Please check: ")
    for shown in (render.text(message), render.html(message)):
        assert "Raised · please check" in shown
        assert "It looks like a slip: please check it before you use it." in shown
        assert "4,000 (please check)" in shown
    assert "Please check" in render.chat(message)
    assert "Raised · please check" in render.chat(message, headed=False)
    assert render.webhook(message, "d1")["items"][0]["check"] is True
