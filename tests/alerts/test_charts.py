"""The last steps of a series in an alert: the picture in the mail, and the same in words."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import alertkit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from monitor.alerts import chart, render
from monitor.alerts.courses import in_line
from monitor.alerts.mail import read_mail_url
from monitor.alerts.messages import Message, from_payload, to_payload
from monitor.domain.quantities import OPEN_ABOVE, OPEN_BELOW, Qualifier, Quantity, in_words
from monitor.domain.steps import MOST_PARTIES, MOST_STEPS, Course, Mark, Step

HOSTILE = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))
SERVER = read_mail_url("newsroom", "mailto://127.0.0.1?from=a@b.org&to=c@d.org")


def with_steps(courses: tuple[Course, ...] = alertkit.COURSES) -> Message:
    return alertkit.message(replace(alertkit.told(), courses=courses))


def parts(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in mail.walk()}


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    how = draw(st.sampled_from(Qualifier))
    low, more = draw(st.integers(0, 10**10)), draw(st.integers(1, 10**9))
    if how in OPEN_ABOVE:
        return Quantity(24 if how is Qualifier.VAGUE else low, None, how)
    if how in OPEN_BELOW:
        return Quantity(None, low, how)
    return Quantity(low, low + more if how is Qualifier.RANGE else low, how)


lines = st.builds(
    Course,
    st.sampled_from(["Ukraine", "unattributed", "한국", *HOSTILE]),
    st.lists(
        st.builds(Step, st.dates(date(1990, 1, 1), date(2030, 1, 1)), quantities(), st.sampled_from(Mark)),
        min_size=1,
        max_size=MOST_STEPS,
    ).map(lambda steps: tuple(sorted(steps, key=lambda step: step.day))),
)


def test_the_picture_is_in_the_mail_and_the_text_does_without_it():
    mail = alertkit.mail(with_steps(), "d1", SERVER)
    text, page = mail.iter_parts()
    assert (mail.get_content_type(), text.get_content_type()) == ("multipart/alternative", "text/plain")
    assert page.get_content_type() == "multipart/related"
    inside = parts(mail)
    picture, html = inside["image/png"], inside["text/html"].get_content()
    (shown,) = re.findall(r'<img [^>]*src="cid:([^"]+)"', html)
    assert picture["Content-ID"] == f"<{shown}>"
    assert picture.get_content_disposition() == "inline"
    (alt,) = re.findall(r'<img [^>]*alt="([^"]+)"', html)
    assert alt == (
        "Chart. North Korean casualties, 19 Dec 2024 to 13 Jan 2025. "
        "South Korea: from at least 1,100 to 4,700. Ukraine: 3,500–4,000."
    )
    words = text.get_content()
    assert all(in_words(step.quantity) in words for course in alertkit.COURSES for step in course.steps)
    with Image.open(io.BytesIO(picture.get_content())) as image:
        assert (image.format, image.width) == ("PNG", chart.WIDTH)


def test_one_series_has_one_picture_and_one_figure_none():
    told = replace(alertkit.told(), courses=alertkit.COURSES)
    same = replace(told, change=replace(told.change, id="x2", party="Ukraine"))
    assert (
        len(
            re.findall(
                "cid:", parts(alertkit.mail(alertkit.message(told, same), "d1", SERVER))["text/html"].get_content()
            )
        )
        == 1
    )
    lone = with_steps(alertkit.COURSES[1:])
    assert "image/png" not in parts(alertkit.mail(lone, "d1", SERVER))
    assert "Last steps" not in render.text(lone)


def test_a_picture_that_breaks_keeps_no_alert_back(monkeypatch: pytest.MonkeyPatch):
    def breaks(_: object) -> bytes:
        raise OSError("no font")

    monkeypatch.setattr(chart, "png", breaks)
    mail = alertkit.mail(with_steps(), "d1", SERVER)
    assert "cid:" not in parts(mail)["text/html"].get_content()
    assert "Last steps, South Korea: at least 1,100" in parts(mail)["text/plain"].get_content()


@settings(max_examples=25, deadline=None)
@given(st.lists(lines, min_size=1, max_size=MOST_PARTIES).map(tuple))
def test_whatever_was_said_is_drawn_the_same_each_time_and_said_in_the_text(courses: tuple[Course, ...]):
    message = with_steps(courses)
    first = chart.png(courses)
    chart._drawn.cache_clear()
    assert chart.png(courses) == first
    assert first is None or len(first) < 60_000
    if sum(len(course.steps) for course in courses) > 1:
        text = render.text(message)
        assert all(in_words(step.quantity) in text for course in courses for step in course.steps)
    assert from_payload(json.loads(json.dumps(to_payload(message)))) == message


@pytest.mark.parametrize("words", HOSTILE)
def test_feed_text_is_no_more_than_plain_letters_in_a_picture_and_nothing_in_the_page(words: str):
    assert re.fullmatch(r"[ -~]+", chart.plain(words, 2))
    html = parts(alertkit.mail(alertkit.hostile_message(words), "d1", SERVER))["text/html"].get_content()
    (image,) = re.findall(r"<img [^>]*>", html)
    assert re.findall(r' ([\w-]+)="', image) == ["class", "src", "alt", "width", "style"]
    assert not re.search(r"https?://|javascript:", image)


@pytest.mark.parametrize(
    ("party", "label"),
    [("Gaza’s Health Ministry", "Gazas Health Ministry"), ("Türkiye", "Turkiye"), ("대한민국", "source 3")],
)
def test_names_in_a_picture_are_in_letters_that_its_font_has(party: str, label: str):
    assert chart.plain(party, 3) == label


def test_a_year_is_said_where_it_is_another():
    steps = tuple(
        Step(date(2024, 12, 30) + timedelta(days), Quantity(days, days, Qualifier.EXACT)) for days in (1, 2, 3)
    )
    assert in_line(Course("Ukraine", steps)) == "1 (31 Dec 2024) → 2 (1 Jan 2025) → 3 (2 Jan)"
    assert in_line(Course("Ukraine", steps), 1) == "3 (2 Jan 2025)"


def test_nothing_draws_before_a_mail_is_sent():
    check = "import sys, monitor.alerts.mail; assert 'PIL' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
