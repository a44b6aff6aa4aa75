"""Mails in a real browser, as wide as a phone and a desk, light and dark: nothing is cut, nothing is fetched."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import alertkit
import pytest
from browsers import chromium

from monitor.alerts.mail import read_mail_url
from monitor.alerts.messages import Message, digest
from monitor.domain.changes import Kind
from monitor.domain.claims import Measure

pytestmark = pytest.mark.e2e

SERVER = read_mail_url("newsroom", "mailto://127.0.0.1?from=a@b.org&to=c@d.org")
LONG = "https://example.org/" + "long" * 100


def messages() -> dict[str, Message]:
    told = replace(alertkit.told(), courses=alertkit.COURSES)
    corrected = replace(
        alertkit.told(kind=Kind.CORRECTED), was_quote=told.claim.figure.quote.replace("4,700", "47,000")
    )
    many = [alertkit.message(alertkit.told(f"x{number}", measure=measure)) for number, measure in enumerate(Measure)]
    return {
        "raised": alertkit.message(told),
        "corrected": alertkit.message(corrected),
        "withdrawn": alertkit.message(alertkit.told(kind=Kind.WITHDRAWN)),
        "hostile": alertkit.hostile_message(LONG),
        "digest": digest(many, now=alertkit.NOW),
    }


def page_of(message: Message) -> str:
    """The HTML part with its pictures, as a mail program shows it."""
    mail = alertkit.mail(message, "d1", SERVER)
    html = mail.get_body(("html",)).get_content()
    for part in mail.walk():
        if part.get_content_type() == "image/png":
            data = base64.b64encode(part.get_content()).decode()
            html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{data}")
    return html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600])
def test_mails_fit_their_readers_and_fetch_nothing(width: int, scheme: str, tmp_path: Path) -> None:
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme).new_page()
        page.on("request", lambda request: asked.append(request.url))
        for name, message in messages().items():
            page.set_content(page_of(message))
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            shown = page.evaluate("[...document.images].map(one => one.complete && one.clientWidth / one.naturalWidth)")
            assert all(0.35 < share <= 0.5 for share in shown), name
            assert len(shown) == (name in {"raised", "hostile"})
    assert not [url for url in asked if not re.match(r"data:|about:", url)]
