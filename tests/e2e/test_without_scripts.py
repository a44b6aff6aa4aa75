"""The pages in a browser that runs no JavaScript: whatever they are for can be done there."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers import chromium
from served import served
from webkit import told

from monitor.web.app import create_app
from monitor.web.passwords import Password

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

WORDS = "correct horse battery"


def test_a_figure_is_found_explained_and_rejected_and_its_correction_shown(tmp_path: Path) -> None:
    with (
        told(tmp_path) as monitor,
        served(create_app(monitor.settings, monitor.store, password=Password.of(WORDS))) as at,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 360, "height": 800}, java_script_enabled=False)
        page.goto(at)
        _explain(page)
        _reject(page)
        _see_the_correction(page)
        _search(page)


def _explain(page: "Page") -> None:
    """From the overview by the series to how its figure was read."""
    from playwright.sync_api import expect

    page.get_by_role("link", name="North Korean casualties").first.click()
    expect(page.locator("svg.chart circle.mark")).to_have_count(2)
    page.get_by_role("table").last.get_by_role("link", name="4,700", exact=True).click()
    expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    expect(page.locator("blockquote mark")).to_have_text("4,700")
    expect(page.locator("dt", has_text="Confidence").locator("+ dd")).to_contain_text("=")


def _reject(page: "Page") -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="Log in", exact=True).last.click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("The operator’s password").fill(WORDS)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Why").fill("an age, not a toll")
    page.get_by_role("button", name="Misread").click()
    expect(page.get_by_role("status")).to_contain_text("Rejected")


def _see_the_correction(page: "Page") -> None:
    """On its own page, on that of the series, and on the overview."""
    from playwright.sync_api import expect

    page.get_by_role("link", name=re.compile("^change ")).click()
    expect(page.locator(".figure")).to_have_text(re.compile(r"4,700.*more than 3,000", re.DOTALL))
    expect(page.get_by_role("heading", name="Who was told").locator("+ ul")).to_contain_text("desk: due")
    page.get_by_role("link", name="The whole series").click()
    expect(page.locator("svg.chart circle.hollow")).to_have_count(1)
    expect(page.get_by_role("table").last.locator("tr.gone")).to_contain_text("rejected by Ada: an age, not a toll")
    page.get_by_role("link", name="Figure monitor").click()
    expect(page.locator(".card").first.locator(".now")).to_have_text("more than 3,000")


def _search(page: "Page") -> None:
    """Every list is narrowed by its form, and widened again."""
    from playwright.sync_api import expect

    pages, rows = page.get_by_role("navigation", name="Pages"), page.locator("tbody tr")

    def show(name: str, **fields: str) -> None:
        pages.get_by_role("link", name=name).click()
        for label, value in fields.items():
            field = page.get_by_role("search").get_by_label(label.replace("_", " "))
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        page.get_by_role("button", name="Show").click()

    show("Changes", Kind="raised", Subject="korea", Since="2025-02-01")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("4,700")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("tbody tr").nth(1)).to_be_visible()
    show("Changes", Until="2025-02-01")
    expect(page.get_by_text("None.")).to_be_visible()
    show("Figures", Measure="missing")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card")).to_contain_text("90")
    show("Figures", Who_says_so="nobody")
    expect(page.get_by_text("Nothing is known of that.")).to_be_visible()
    show("Articles", Figures="true", Outlet="wire")
    expect(rows).to_have_count(3)
    show("Articles", Title="no such")
    expect(page.get_by_text("None.")).to_be_visible()
    show("Feeds", State="trouble")
    expect(page.get_by_text("None.")).to_be_visible()
