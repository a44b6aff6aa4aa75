"""Pages as newsrooms' software writes them, and feeds as it does: all of them is read, and nothing else."""

import re

import pytest
from cms import PAGES, Written  # type: ignore[import-not-found,unused-ignore]  # beside this file
from cms_feeds import FEEDS, Row  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.domain.articles import FeedState
from monitor.sources.entries import read_feed
from monitor.sources.pagetext import read_html


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_a_page_is_read_with_all_that_it_states(case: Written) -> None:
    found = read_html(case.source.encode(case.charset), {"content-type": "text/html"}, case.where)
    text = " ".join(found.text.split())
    assert [part for part in case.holds if " ".join(part.split()) not in text] == []
    assert [strange for strange in case.lacks if strange in text] == []
    at = found.published_at.isoformat() if found.published_at else ""
    assert (at, found.canonical_url or "", found.title) == (case.at, case.canonical, case.title)


@pytest.mark.parametrize(("name", "body", "wanted"), FEEDS, ids=[name for name, _, _ in FEEDS])
@pytest.mark.parametrize("url", ["", "https://www.news.example/feed"], ids=["saved", "fetched"])
def test_a_feed_is_read_with_all_that_it_states(name: str, body: str, wanted: list[Row], url: str) -> None:
    stated = re.search(r"encoding=.([\w-]+)", body[:60])
    raw = body.encode({"gb2312": "gb18030"}.get(stated[1], stated[1]) if stated else "utf-8")
    found = read_feed(raw, {"content-type": "application/rss+xml"} if url else {}, FeedState(name=name, url=url))
    told = [(one.id or one.key, one.title, one.link, one.published_at and one.published_at.isoformat())
            for one in found.entries]  # fmt: skip
    assert told == wanted
    assert "8,888" not in " ".join(one.text for one in found.entries)
