"""Tables for Prefect's pages: what a feed sends is read there and never obeyed."""

import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from webkit import NOW, publish

from monitor.alerts.neutral import markdown as escaped
from monitor.domain.articles import Entry
from monitor.domain.health import Trouble
from monitor.pipeline import Monitor
from monitor.store import FeedHealth
from monitor.web import markdown

KYIV = ZoneInfo("Europe/Kyiv")
EVIL = "| <script>x</script> [click](javascript:x) ![i](http://evil.example/i.png) **b** `c` http://evil.example &lt;"
WATCH = """
[store]
url = "sqlite:///monitor.db"
[[watch]]
name = "koreans"
subject = "North Korean troops"
"""


@pytest.fixture
def monitor(tmp_path: Path) -> Monitor:
    """Two figures, said in an article of a hostile outlet."""
    config = tmp_path / "monitor.toml"
    config.write_text(WATCH, encoding="utf-8")
    monitor = Monitor.open(config)
    for number, count in enumerate(("More than 3,000", "4,700")):
        now = NOW + timedelta(days=number)
        text = f"{count} North Korean soldiers have been killed or wounded, Zelensky said."
        url = f"https://wire.example.org/{number}"
        entry = Entry(feed="w", key=url, url=url, title=EVIL, outlet=EVIL, published_at=now, text=text, full_text=True)
        publish(monitor, entry, now)
    return monitor


def test_changes_show_quote_source_and_links_and_no_markup_of_a_feed(monitor: Monitor) -> None:
    with monitor:
        text = markdown.changes(monitor.store.changes(), KYIV, "https://figures.example.org")
    assert "more than 3\\,000 → 4\\,700" in text
    assert "> “4\\,700 North Korean soldiers" in text
    assert "(<https://wire.example.org/1>)" in text
    assert "](<https://figures.example.org/changes/" in text
    assert "EET" in text, "in the reader's zone"
    assert not re.search(r"<script>|\]\(javascript|http://evil|(?<!\\)[|*`]", text)


def test_figures_are_one_row_for_each_party(monitor: Monitor) -> None:
    with monitor:
        head, _, *rows = markdown.figures(monitor.store.figures()).splitlines()
    assert head.startswith("| watch | figure | party | now |")
    assert [row.count(" | ") for row in rows] == [head.count(" | ")]
    assert "4\\,700" in rows[0]


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ({}, "well"),
        ({"active": False}, "resting"),
        ({"polled_at": None}, "not asked yet"),
        ({"error": "timeout"}, "failing for now"),
        ({"error": "timeout", "answered_at": NOW - timedelta(hours=5)}, "in trouble"),
        ({"trouble": Trouble.SILENT}, "in trouble"),
    ],
)
def test_a_feed_is_in_one_state(what: dict[str, object], state: str) -> None:
    assert markdown.feed_state(feed(**what), NOW) == state


def test_feeds_in_trouble_come_first_and_a_long_table_says_how_many_more_there_are() -> None:
    found = [feed(name=f"feed {number:03}") for number in range(markdown.MOST_ROWS + 5)]
    found.append(feed(name="last | one", error="http_500 <b>", trouble=Trouble.FAILING))
    counts, table, more = markdown.feeds(found, NOW, KYIV).split("\n\n")
    assert counts == "- 205 well\n- 1 in trouble"
    assert table.splitlines()[2].startswith("| last \\| one | in trouble |")
    assert more == "… and 6 more"


def feed(**what: object) -> FeedHealth:
    known: dict[str, object] = {
        "name": "Wire",
        "url": "https://wire.example.org",
        "active": True,
        "polls": 3,
        "failures": 0,
        "entries": 9,
        "error": None,
        "polled_at": NOW,
        "answered_at": NOW,
        "fresh_at": NOW,
        "next_poll_at": NOW,
    }
    return FeedHealth(**(known | what))  # type: ignore[arg-type]  # a test's own words


def test_an_address_without_http_is_no_link() -> None:
    assert markdown.linked("page", "javascript:alert(1)") == "page"
    assert markdown.linked("a]b", "https://a.example/(x)") == "[a\\]b](<https://a.example/%28x%29>)"


def test_no_character_of_a_text_is_markup() -> None:
    assert escaped("a\nb <i>|") == "a b \\<i\\>\\|"
