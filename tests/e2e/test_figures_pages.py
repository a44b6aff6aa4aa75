"""The way of an analyst through the figures' own pages, in a real browser, on what a hostile feed sends."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsers import chromium
from served import served
from webkit import NOW, publish, told

from monitor.domain.articles import Entry
from monitor.domain.quantities import in_words
from monitor.pipeline import Monitor
from monitor.web.app import create_app
from monitor.web.site import write_site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

EVIL = "<script>document.title='ran'</script>\"><img src=x onerror=\"document.title='ran'\"> " + "A" * 150
COUNTS = ("More than 3,000", "4,700", "5,900")
WATCH = """
[store]
url = "sqlite:///monitor.db"
[server]
timezone = "Europe/Kyiv"
[[watch]]
name = "koreans"
subject = "North Korean troops"
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config: Path = tmp_path_factory.mktemp("pages") / "monitor.toml"
    config.write_text(WATCH, encoding="utf-8")
    with Monitor.open(config) as monitor:
        for number, count in enumerate(COUNTS):
            now = NOW + timedelta(days=number)
            url = f"https://wire.example.org/{min(number, 1)}"  # the last one is an edit of the one before
            text = f"{count} North Korean soldiers have been killed or wounded, Zelensky said.\n{EVIL}"
            entry = Entry(
                feed="w", key=url, url=url, title=EVIL, outlet=EVIL, published_at=now, text=text, full_text=True
            )
            publish(monitor, entry, now)
        with served(create_app(monitor.settings, monitor.store)) as address:
            yield address


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_an_analyst_goes_from_an_alert_to_the_change_the_claim_and_the_series(
    address: str, width: int, scheme: str
) -> None:
    from playwright.sync_api import Page, expect

    def whole(page: Page) -> None:
        """One heading, nothing ran, nothing sticks out."""
        assert page.locator("h1").count() == 1
        assert page.title() != "ran"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    asked: set[str | None] = set()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.goto(f"{address}/changes?kind=corrected")
        whole(page)
        page.locator("tbody th a").first.click()
        expect(page.locator("del")).to_have_text("4,700")
        expect(page.locator("ins")).to_have_text("5,900")
        whole(page)
        page.get_by_role("link", name="How this was read").click()
        expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
        expect(page.locator("mark")).to_have_text("5,900")
        whole(page)
        page.go_back()
        page.get_by_role("link", name="The whole series").click()
        expect(page.locator("svg.chart circle.hollow")).to_have_count(1)
        expect(page.get_by_role("table").last.locator("tbody tr")).to_have_count(len(COUNTS))
        whole(page)
        page.get_by_role("link", name="Figure monitor").click()
        expect(page.get_by_role("heading", name="What is known now")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="To the content")).to_be_focused()
        expect(page.get_by_role("img", name=re.compile("from more than 3,000"))).to_be_visible()
        whole(page)
    assert asked == {"127.0.0.1"}


def test_a_site_of_files_opens_from_a_disk(tmp_path: Path) -> None:
    """Style, small drawings, charts, and the way from page to page."""
    from playwright.sync_api import expect

    site = tmp_path / "site"
    texts = [f"{count} North Korean soldiers have been killed or wounded, Zelensky said." for count in COUNTS]
    with told(tmp_path, texts=texts) as monitor:
        (raised,) = [
            one.change for one in monitor.store.changes() if one.change.after and in_words(one.change.after) == "4,700"
        ]
        monitor.bench.reject(raised.claim_id, who="Ada", why="an age", now=NOW + timedelta(days=9))
        write_site(create_app(monitor.settings, monitor.store, frozen=True), site)
    asked: set[str] = set()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 800}, timezone_id="America/New_York")
        page.on("request", lambda request: asked.add(urlsplit(request.url).scheme))
        for file in sorted(site.rglob("*.html")):
            page.goto(file.as_uri())
            assert page.locator(".skip").evaluate("one => getComputedStyle(one).position") == "absolute", file
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), file
        page.goto((site / "index.html").as_uri())
        expect(page.locator("time.at").first).to_have_attribute("title", re.compile(" EET "))
        expect(page.get_by_role("img", name=re.compile("more than 3,000")).first).to_be_visible()
        page.locator(".card h3 a").filter(has_text="casualties").click()
        expect(page.locator("svg.chart")).to_be_visible()
        page.locator("tr.gone th a").first.click()
        expect(page.locator(".notice")).to_contain_text("Ada rejected it as misread: an age")
    assert asked == {"file"}


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Kyiv", "4 Feb 2025 14:00 EET (12:00 UTC)"),
        ("America/New_York", "4 Feb 2025 07:00 EST (12:00 UTC)"),
        ("Asia/Tbilisi", "4 Feb 2025 16:00 GMT+4 (12:00 UTC)"),
        ("Pacific/Kiritimati", "5 Feb 2025 02:00 GMT+14 (4 Feb 2025 12:00 UTC)"),
        ("Europe/London", "4 Feb 2025 12:00 UTC"),
    ],
)
def test_times_are_in_the_zone_of_who_reads(address: str, zone: str, shown: str) -> None:
    """Where scripts run; else they stay in that of the settings. The page keeps its place."""
    from playwright.sync_api import Page, expect

    def seen(scripts: bool) -> tuple[Page, int]:
        page = browser.new_page(
            viewport={"width": 360, "height": 800}, timezone_id=zone, java_script_enabled=scripts, locale="de-DE"
        )
        page.goto(f"{address}/changes?kind=raised")
        return page, page.evaluate("document.documentElement.scrollHeight")

    with chromium() as browser:
        (plain, height), (page, with_scripts) = seen(False), seen(True)
        written = "4 Feb 2025 14:00 EET (12:00 UTC)"
        expect(plain.locator("time.at").first).to_have_text(written)
        expect(page.locator("time.at").first).to_have_text(shown)
        assert page.locator("time.at").first.get_attribute("title") == (None if shown == written else written)
        assert page.locator("time.at").first.get_attribute("datetime") == "2025-02-04T12:00:00+00:00"
        assert abs(with_scripts - height) <= 24, "more than a line"
