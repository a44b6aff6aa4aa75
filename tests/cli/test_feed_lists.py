"""Lists of feeds go in and out as OPML: what comes in is checked, what goes out holds no secrets."""

import tomllib
from pathlib import Path

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.settings import load_settings
from monitor.sources.opml import read_opml

OPML = """\
<?xml version="1.0"?>
<opml version="2.0"><head><title>mine</title></head><body>
<outline text="World">
  <outline text="Wire &amp; &quot;Post&quot;" xmlUrl="https://wire.example/rss?section=world"/>
  <outline title="Wire" text="x" type="rss" XMLURL="https://wire.example/2"/>
  <outline title="Wire" xmlUrl="https://wire.example/3"/>
  <outline title="Again" xmlUrl="https://wire.example/2"/>
  <outline xmlUrl="http://nameless.example/feed"/>
  <outline title="Old" xmlUrl="mailto:old@old.example"/>
  <outline title="Loud" xmlUrl="HTTPS://loud.example/RSS"/>
  <outline title="Feed" xmlUrl="feed://feed.example/rss"/>
  <outline title="Feeds" xmlUrl="feed:HTTPS://feeds.example/rss"/>
  <outline title="${HOME}\\" xmlUrl="https://tricks.example/?a=${HOME}&amp;b=&quot;"/>
</outline></body></opml>
"""
TAKEN = {
    'Wire & "Post"': "https://wire.example/rss?section=world",
    "Wire": "https://wire.example/2",
    "Wire (2)": "https://wire.example/3",
    "nameless.example": "http://nameless.example/feed",
    "Loud": "https://loud.example/RSS",
    "Feed": "http://feed.example/rss",
    "Feeds": "https://feeds.example/rss",
    "{HOME}\\": 'https://tricks.example/?a=%24{HOME}&b="',
}


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    file = tmp_path / "mine.opml"
    file.write_text(OPML, encoding="utf-8")
    return file


def test_a_list_becomes_tables_for_the_settings(monitor: CommandLine, opml: Path) -> None:
    result = monitor("feeds", "import", opml)
    assert {feed["name"]: feed["url"] for feed in tomllib.loads(result.out)["feed"]} == TAKEN
    assert result.err == "Old: left out, its address is neither http nor https\n"


def test_the_tables_are_appended_once(monitor: CommandLine, config: Path, opml: Path) -> None:
    before = config.read_text(encoding="utf-8")
    assert "8 feeds added" in monitor("feeds", "import", opml, "--write").out
    assert config.read_text(encoding="utf-8").startswith(before)
    assert {feed.name: feed.url for feed in load_settings(config).feeds} == {"Drop": None} | TAKEN
    after = config.read_text(encoding="utf-8")
    assert "0 feeds added" in monitor("feeds", "import", opml, "--write").out
    assert config.read_text(encoding="utf-8") == after


def test_a_list_that_breaks_off_is_said_to(monitor: CommandLine, opml: Path) -> None:
    opml.write_text(OPML[: OPML.index('3"/>')], encoding="utf-8")
    result = monitor("feeds", "import", opml)
    assert [feed["name"] for feed in tomllib.loads(result.out)["feed"]] == ['Wire & "Post"', "Wire"]
    assert result.err == "mine.opml: breaks off after 2 feeds; there may have been more\n"


def test_settings_that_could_not_be_read_are_not_written(monitor: CommandLine, config: Path, opml: Path) -> None:
    nameless = '<outline title="&#8203;" xmlUrl="https://a.example/"/>'  # a name that nobody sees
    opml.write_text(f"<opml><body>{nameless}</body></opml>", encoding="utf-8")
    before = config.read_bytes(), sorted(config.parent.iterdir())
    said = monitor.complaint("feeds", "import", opml, "--write")
    assert said.startswith("the settings could not be read with these feeds, nothing was written: monitor.toml:")
    assert (config.read_bytes(), sorted(config.parent.iterdir())) == before


def test_names_that_are_taken_are_said_before_anything_is_written(
    monitor: CommandLine, config: Path, opml: Path
) -> None:
    opml.write_text(OPML.replace("mailto:old@", "http://").replace('"Old"', '"Drop"'), encoding="utf-8")
    before = config.read_bytes()
    said = monitor.complaint("feeds", "import", opml, "--write")
    assert said.endswith("the settings have other feeds of these names, nothing was written: Drop")
    assert config.read_bytes() == before


def test_what_goes_out_comes_back_and_holds_no_secrets(monitor: CommandLine, config: Path) -> None:
    feeds = '[[feed]]\nname = "Täglich <1>"\nurl = "https://open.example/a"\n'
    feeds += '[[feed]]\nname = "Paid"\nurl = "https://desk:hunter2@paid.example/rss?token=hunter2"\n'
    config.write_text(config.read_text(encoding="utf-8") + feeds, encoding="utf-8")
    result = monitor("feeds", "export")
    assert "hunter2" not in result.out + result.err
    assert "Paid: user, password and query of its address are left out" in result.err
    found = read_opml(result.out.encode(), "out.opml")
    assert found.complete
    assert {feed.name: feed.url for feed in found.feeds} == {
        "Täglich <1>": "https://open.example/a",
        "Paid": "https://paid.example/rss",
    }


def test_how_the_feeds_do_is_still_shown(monitor: CommandLine, config: Path) -> None:
    assert monitor("feeds").out == "No feeds were asked yet. `monitor run` asks them.\n"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"words", b"<rss version='2.0'><channel/></rss>", b"<html><outline xmlUrl='http://a.example/'/></html>",
        b"\xff\xfe\x00", b'{"feeds": []}',
    ],
)  # fmt: skip
def test_what_is_no_list_is_said(monitor: CommandLine, tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "mine.opml"
    file.write_bytes(body)
    assert monitor.complaint("feeds", "import", file) == "mine.opml: is no OPML"
    assert "missing.opml" in monitor.complaint("feeds", "import", tmp_path / "missing.opml")


def test_a_list_that_means_harm_gives_its_feeds_alone(monitor: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    file.write_text(
        f'<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]><opml><body>'
        f'<outline title="a&f;&#27;[2J" xmlUrl="https://a.example/"/>{"<outline>" * 3000}</body></opml>',
        encoding="utf-8",
    )
    (feed,) = tomllib.loads(monitor("feeds", "import", file).out)["feed"]
    assert feed["url"] == "https://a.example/"
    assert Path("/etc/hostname").read_text().strip() not in feed["name"]
    assert feed["name"].isprintable()
