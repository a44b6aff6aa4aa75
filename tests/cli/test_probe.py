"""`monitor probe` on saved files, as a person and as a program."""

import json
from pathlib import Path

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

pytestmark = pytest.mark.process  # bodies are read in worker processes

FEED = (
    "<rss version='2.0'><channel><title>Wire \x1b[31m</title>"
    + "".join(f"<item><title>Story {n}</title><link>https://wire.example/{n}</link></item>" for n in range(12))
    + "</channel></rss>"
)


def test_people_see_the_first_entries_and_how_many_more_there_are(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "wire.xml").write_text(FEED, encoding="utf-8")
    outcome = monitor("probe", "wire.xml")
    assert outcome.code == 0
    assert "wire.xml: a feed, 12 entries" in outcome.out
    assert "Story 9" in outcome.out
    assert "Story 10" not in outcome.out
    assert "and 2 more" in outcome.out
    assert "\x1b" not in outcome.out


def test_programs_get_one_line_for_each_place_and_exit_2_when_one_holds_nothing(
    monitor: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "wire.xml").write_text(FEED, encoding="utf-8")
    outcome = monitor("probe", "--json", "wire.xml", "gone.xml")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(row["file"], row["kind"], len(row["entries"])) for row in rows] == [
        ("wire.xml", "feed", 12),
        ("gone.xml", "none", 0),
    ]
    assert rows[1]["why"] == "no such file or directory"
    assert outcome.code == 2


def test_private_addresses_are_asked_only_when_allowed(monitor: CommandLine) -> None:
    row = json.loads(monitor("probe", "--json", "http://127.0.0.1:1/feed").out)
    assert row["error"] == "private_address"
    row = json.loads(monitor("probe", "--json", "--allow-private", "127.0.0.1", "http://127.0.0.1:1/feed").out)
    assert row["error"] == "connect"


def test_what_is_no_web_address_is_told_so_and_is_no_file(monitor: CommandLine) -> None:
    row = json.loads(monitor("probe", "--json", "ftp://news.example.org/feed").out)
    assert (row["kind"], row["why"]) == ("none", "only addresses with http:// or https:// are read")
