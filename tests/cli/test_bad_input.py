"""Whatever is wrong with what a user gives, the answer is one clear line and exit 2."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file


def test_an_unknown_command_is_named(monitor: CommandLine) -> None:
    assert "frobnicate" in monitor.complaint("frobnicate")


def test_an_unknown_option_gets_a_suggestion(monitor: CommandLine) -> None:
    assert "Did you mean --json" in monitor.complaint("figures", "--jsno")


@pytest.mark.parametrize("command", ["changes", "articles", "deliveries"])
@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_below_one_is_refused(monitor: CommandLine, config: Path, command: str, limit: str) -> None:
    assert "--limit" in monitor.complaint(command, f"--limit={limit}", "--config", config)


def test_missing_settings_say_how_to_get_some(monitor: CommandLine) -> None:
    assert monitor.complaint("figures") == "monitor.toml: no such file; `monitor init` writes one"


@pytest.mark.parametrize("command", ["check", "run", "seed", "figures", "serve", "alert test", "deliveries"])
def test_a_mistake_in_the_settings_is_named_by_every_command(monitor: CommandLine, config: Path, command: str) -> None:
    config.write_text('[[watch]]\nname = "w"\nmin_chnage = 5\n', encoding="utf-8")
    said = 'monitor.toml:3: watch[0].min_chnage: unknown key; did you mean "min_change"?'
    assert monitor.complaint(*command.split()) == said


def test_the_settings_may_be_named_by_the_environment(
    monitor: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MONITOR_CONFIG", str(tmp_path / "other.toml"))
    assert "other.toml: no such file" in monitor.complaint("figures")


def test_a_settings_file_is_never_overwritten(monitor: CommandLine, config: Path) -> None:
    before = config.read_bytes()
    assert monitor.complaint("init") == "monitor.toml is there already; nothing was written"
    assert config.read_bytes() == before


def test_a_database_that_is_none_is_no_crash(monitor: CommandLine, config: Path) -> None:
    config.with_name("monitor.db").write_bytes(b"this is a letter, not a database" * 200)
    assert "monitor.db" in monitor.complaint("figures")


def test_a_database_of_a_newer_version_is_left_alone(monitor: CommandLine, config: Path) -> None:
    assert monitor("figures").code == 0
    with sqlite3.connect(config.with_name("monitor.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'made_tomorrow'")
    assert "newer" in monitor.complaint("figures")


def test_a_channel_that_does_not_load_is_named_without_its_secrets(monitor: CommandLine, config: Path) -> None:
    channel = '\n[[channel]]\nname = "desk"\nurl = "slakc://hunter2/token"\n'
    config.write_text(config.read_text(encoding="utf-8") + channel, encoding="utf-8")
    for command in ("check", "run"):
        said = monitor.complaint(command)
        assert "desk" in said
        assert "hunter2" not in said


def test_a_check_tells_all_that_is_wrong(monitor: CommandLine, config: Path) -> None:
    """What the one mistake hides of the others is not told; each table is judged by itself."""
    config.with_name("secret").write_text("slakc://hunter2/token", encoding="utf-8")
    config.write_text(
        """
public_url = "${NO_SUCH_THING}"
[log]
files = 0
[[feed]]
name = "wire"
url = "ftp://feeds.example.org"
[[channel]]
name = "broken"
url = "mailto://127.0.0.1?to=a@b.org&from=b@a.org"
digets = "daily 08:00"
[[channel]]
name = "desk"
url_file = "secret"
[[channel]]
name = "night"
url = "slack://hunter2"
[[watch]]
name = "a"
measures = "kiled"
[[watch]]
name = "b"
subject = "Norht Kroean troops"
channels = ["broken", "dekc"]
""",
        encoding="utf-8",
    )
    outcome = monitor("check")
    said = [line.removeprefix("monitor: monitor.toml:").split(": ")[:2] for line in outcome.err.splitlines()]
    assert outcome.code == 2
    assert said == [
        ["2", "public_url"],
        ["4", "log.files"],
        ["7", "feed[0].url"],
        ["11", "channel[0].digets"],
        ["14", "channel[1].url_file"],
        ["17", "channel[2].url"],
        ["20", "watch[0].measures[0]"],
        ["23", "watch[1].subject"],
        ["24", "watch[1].channels"],
    ]
    assert "channel[1].url_file: desk: its URL is of no known kind" in outcome.err
    assert "hunter2" not in outcome.err


def test_a_folder_that_is_missing_is_named(monitor: CommandLine, config: Path) -> None:
    assert "nowhere" in monitor.complaint("seed", "nowhere", "--config", config)


def test_lines_of_a_baseline_that_cannot_be_used_are_named_and_the_others_loaded(
    monitor: CommandLine, config: Path
) -> None:
    said = "Ukraine says that 3,000 North Korean soldiers have been killed in Kursk."
    config.with_name("known.jsonl").write_text(f'{{"id": "a", "text": "{said}"}}\nno json\n', encoding="utf-8")
    for _ in range(2):
        result = monitor("seed", "known.jsonl")
        assert result.code == 0
        assert "known.jsonl:2: is not one JSON object in UTF-8" in result.out
        assert "no day is known of known.jsonl:a: what they tell counts as of today" in result.out
    assert monitor("figures").out.count("North Korean soldiers killed") == 1


def test_an_unknown_claim_or_change_is_named(monitor: CommandLine, config: Path) -> None:
    said = 'no claim or change "c0ffee"; `monitor figures` and `monitor changes` show their ids, '
    said += "and the address of an article those of all its figures"
    assert monitor.complaint("explain", "c0ffee", "--config", config) == said
    assert monitor.complaint("figures", "--watch", "nope", "--config", config).startswith('there is no watch "nope"')
    address = "https://nowhere.example/a"
    assert monitor.complaint("explain", address, "--config", config).startswith(f"no article {address}; `monitor")
    assert monitor.complaint("reject", "c0ffee", "--config", config).startswith("no claim c0ffee; `monitor figures`")


def test_an_unknown_channel_gets_a_suggestion(monitor: CommandLine, config: Path) -> None:
    assert "there is no [[channel]]" in monitor.complaint("alert", "test")
    channel = '\n[[channel]]\nname = "desk"\nurl = "json://127.0.0.1:9/"\n'
    config.write_text(config.read_text(encoding="utf-8") + channel, encoding="utf-8")
    assert monitor.complaint("alert", "test", "dekc") == 'there is no channel "dekc"; did you mean "desk"?'


def test_an_unknown_delivery_is_named(monitor: CommandLine, config: Path) -> None:
    assert "no dead or held delivery d123" in monitor.complaint("deliveries", "retry", "d123", "--config", config)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": "a", "text": "x"}\n{"id": \n', "texts.jsonl:2: is not a line of JSON"),
        (b'{"id": "a"}\n', 'texts.jsonl:1: "text" is missing'),
        (b'{"id": "a", "text": 7}\n', 'texts.jsonl:1: "text" is no text'),
        (b"[1, 2]\n", "texts.jsonl:1: is not a JSON object"),
        (b'{"text": "x", "published": "yesterday"}\n', 'texts.jsonl:1: "published" is no date like'),
        (b'{"text": "x", "title": ["t"]}\n', 'texts.jsonl:1: "title" is no text'),
        (b'{"text": "caf\xe9"}\n', "texts.jsonl:1: is no UTF-8 text"),
    ],
)
def test_a_line_that_is_no_text_is_named(monitor: CommandLine, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "texts.jsonl").write_bytes(content)
    outcome = monitor("extract", "texts.jsonl")
    assert outcome.code == 2
    assert said in outcome.err


def test_a_file_that_is_missing_or_empty_is_named(monitor: CommandLine, tmp_path: Path) -> None:
    assert monitor.complaint("extract", "nowhere.txt") == "nowhere.txt: no such file or directory"
    assert monitor.complaint("extract", tmp_path) == f"{tmp_path}: is a directory"
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert monitor.complaint("extract", "empty.txt") == "empty.txt: there is no text in it"


def test_front_matter_that_is_broken_is_named(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\ntitle: [\n---\nText.\n", encoding="utf-8")
    assert "a.txt: front matter" in monitor.complaint("extract", "a.txt")


def test_a_time_line_with_a_mistake_is_named_with_its_line(monitor: CommandLine, config: Path, tmp_path: Path) -> None:
    good = {"id": "e1", "at": "2025-01-01T00:00:00Z", "url": "https://news.example.org/1", "text": "Nothing."}
    bad = good | {"at": "soon"}
    (tmp_path / "events.jsonl").write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n", encoding="utf-8")
    assert "events.jsonl:2" in monitor.complaint("replay", "events.jsonl", "--config", config)


@pytest.mark.process
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "a", "text": "Nothing happened."}\n' * 5_000, encoding="utf-8")
    command = [sys.executable, "-m", "monitor", "extract", str(texts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_feed_is_not_asked_more_often_than_every_five_minutes(monitor: CommandLine, config: Path) -> None:
    config.write_text(config.read_text(encoding="utf-8").replace('"drop"', '"drop"\ninterval = "1s"'), encoding="utf-8")
    outcome = monitor("check", "--config", config)
    assert outcome.code == 2
    assert "between 5m and 1d" in outcome.err


def test_a_place_that_no_lexicon_has_is_pointed_out(monitor: CommandLine, config: Path) -> None:
    text = config.read_text(encoding="utf-8").replace('"Kursk", "Russia"', '"Kursk", "Zzyzx"')
    config.write_text(text, encoding="utf-8")
    outcome = monitor("check", "--offline", "--config", config)
    assert outcome.code == 0
    assert "Zzyzx is in no lexicon" in outcome.out
