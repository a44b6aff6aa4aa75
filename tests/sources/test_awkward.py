"""Each page of awkward.py ends in the right status, with what should be read of it and nothing else."""

import pytest
from awkward import (  # type: ignore[import-not-found,unused-ignore]  # beside this file
    BODY,
    FIRST,
    PAGES,
    SECOND,
    Page,
    page,
)

from monitor.errors import SourceError
from monitor.sources.pagetext import read_html

URL = "https://www.news.example/world/story"


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_an_awkward_page_ends_as_it_should(case: Page) -> None:
    body = case.source.encode() if isinstance(case.source, str) else case.source
    if case.kind:
        with pytest.raises(SourceError) as caught:
            read_html(body, case.headers, URL)
        assert caught.value.kind == case.kind
        return
    text = read_html(body, case.headers, URL).text
    for held in (FIRST, SECOND, *case.holds):
        assert " ".join(held.split()) in " ".join(text.split())
    for strange in case.lacks:
        assert strange not in text


def test_there_are_enough_of_them_and_no_two_of_a_name() -> None:
    assert len({case.name for case in PAGES}) == len(PAGES) >= 60


def test_markup_without_an_end_costs_no_crash() -> None:
    for source in (page("<div>" * 3_000 + BODY), "<a>" * 2_000, "<b><i>" * 2_000 + BODY):
        try:
            read_html(source.encode(), {}, URL)
        except SourceError as error:
            assert error.kind == "no_text"  # noqa: PT017  # either end is right
