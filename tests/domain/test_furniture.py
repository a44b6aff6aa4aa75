"""Bylines and dates of update are no part of a text."""

import pytest

from monitor.domain.furniture import substance

TEXT = "KYIV. At least 40 people died on Monday.\n\nFighting went on."


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe and Richard O’Roe in Kyiv",
        "Written by Jane Doe, Staff Reporter",
        "Updated 3 February 2025, 10:00",
        "Last updated: Feb. 3, 2025 at 2:30 p.m. EST",
        "Updated 3 hours ago",
        "Published on Monday 3 February 2025",
        "This story was last updated on 3 February 2025 at 10:00 GMT.",
        "By Jane Doe | Updated 14:30 GMT",
        "",
    ],
)
def test_who_wrote_it_and_when_is_left_out(line: str) -> None:
    assert substance(f"{line}\n\n{TEXT}\n{line}") == substance(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, 300 had died.",
        "By Monday Three Hundred Had Died",
        "By the evening the army said that it was over.",
        "Updated: 300 died on Monday",
        "Updated figures put the dead at 300.",
        "3 February 2025",
        "300",
        "Published figures differ",
    ],
)
def test_what_may_be_news_is_not(line: str) -> None:
    assert substance(f"{line}\n\n{TEXT}") != substance(TEXT)


def test_white_space_counts_for_nothing() -> None:
    assert substance(TEXT.replace(" ", "\n")) == substance(TEXT)


def test_a_line_made_to_be_slow_is_not() -> None:
    for line in ("Updated " + "1." * 5_000 + "x", "Updated " + "am. " * 5_000 + "x", "By " + "A " * 5_000 + "!"):
        assert substance(line) == " ".join(line.split())
