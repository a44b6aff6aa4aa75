"""The way of an analyst in a real browser: from the link in an alert to a correction in the outbox; and what a hostile
feed can do on the way, which is nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browsers import chromium
from served import served
from webkit import told

from monitor.web.app import create_app
from monitor.web.passwords import Password

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

WORDS = "correct horse battery"
HOSTILE: list[str] = json.loads(
    (Path(__file__).resolve().parents[1] / "alerts" / "hostile.json").read_text(encoding="utf-8")
)
LOSSES = "North Korean soldiers have been killed or wounded in Kursk, President Zelensky said."
PART = 40
"""Strings of the corpus in one title: as many as a feed might send at once."""


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with chromium() as browser:
        yield browser


def test_an_analyst_rejects_what_an_alert_told_and_the_correction_waits(browser: "Browser", tmp_path: Path) -> None:
    from playwright.sync_api import expect

    with (
        told(tmp_path) as monitor,
        served(create_app(monitor.settings, monitor.store, password=Password.of(WORDS))) as at,
    ):
        page = browser.new_page(viewport={"width": 360, "height": 800}, java_script_enabled=False)
        alert = next(one for one in monitor.store.deliveries() if "4,700" in json.dumps(one.payload))
        page.goto(f"{at}/changes/{alert.change_ids[0]}")
        page.get_by_role("link", name="How this was read").click()
        expect(page.locator("mark")).to_have_text("4,700")
        page.get_by_role("link", name="Log in", exact=True).last.click()
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("The operator’s password").fill("wrong password")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_have_text("That is not the password.")
        page.get_by_label("The operator’s password").fill(WORDS)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Your verdict")).to_be_visible()
        page.get_by_label("Why").fill("an age, not a toll")
        page.get_by_role("button", name="Misread").click()
        expect(page.get_by_role("status")).to_contain_text("Rejected")
        page.get_by_role("link", name=re.compile("^change ")).click()
        expect(page.get_by_role("heading", name="Who was told").locator("+ ul")).to_contain_text("desk: due")
        newest = monitor.store.deliveries()[0]
        assert newest.change_ids[0] == urlsplit(page.url).path.removeprefix("/changes/")
        assert "an age, not a toll" in json.dumps(newest.payload)
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("link", name="Log in")).to_be_visible()
        page.close()


def test_nothing_of_a_hostile_feed_runs_or_breaks_out_on_any_page(browser: "Browser", tmp_path: Path) -> None:
    """Every kind of page, logged in: nothing is asked elsewhere, says anything or is markup."""
    parts = range(0, len(HOSTILE), PART)
    words = [" ".join(HOSTILE[at : at + PART]).encode("utf-8", "replace").decode() for at in parts]
    texts = [f"{number + 3},000 {LOSSES}" for number in range(len(words))]
    with (
        told(tmp_path, words=words, texts=texts) as monitor,
        served(create_app(monitor.settings, monitor.store, password=Password.of(WORDS))) as at,
    ):
        context = browser.new_context()
        page = context.new_page()
        asked: set[str | None] = set()
        said: list[str] = []
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{at}/login")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("The operator’s password").fill(WORDS)
        page.get_by_role("button", name="Log in").click()
        seen: set[str] = set()
        read_out: set[tuple[str, int]] = set()
        waiting = {"/", "/review", "/changes", "/figures", "/articles", "/feeds"}
        while waiting:
            path = waiting.pop()
            seen.add(path)
            page.goto(at + path)
            _harmless(page, path)
            kind = path.split("/")[1], path.count("/")
            if kind not in read_out:
                read_out.add(kind)
                _accessible(page, path)
            links = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))")
            waiting |= {one for one in links if re.fullmatch(r"/(?:series|changes|claims|articles)/[\w.]+", one)} - seen
        assert len([path for path in seen if path.startswith("/articles/")]) == len(words)
        assert {path.split("/")[1] for path in seen} >= {"series", "changes", "claims"}
        assert asked == {"127.0.0.1"}
        assert said == []
        context.close()


def _accessible(page: "Page", path: str) -> None:
    """No rule of axe is broken, light or dark."""
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}, {scheme}: {found.generate_report()}"


def _harmless(page: "Page", path: str) -> None:
    strange = (
        "script:not([src='/static/times.js']), img, iframe, object, embed, base, style, meta[http-equiv], plaintext, "
        "math, marquee, video, audio"
    )
    if path.endswith(".svg"):
        strange = "script, image, foreignObject, iframe, animate, set, use"
    assert page.locator(strange).count() == 0, path
    wrong = page.evaluate(
        """[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]
            .filter(a => a.name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(a.value)
                || (a.name === 'action' && !a.value.startsWith('/')))
            .map(a => a.name + '=' + a.value))"""
    )
    # What is typed into a field, or said in a label, may look like anything.
    assert [one for one in wrong if not one.startswith(("value=", "title=", "aria-label="))] == [], path
    if not path.endswith(".svg"):
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
