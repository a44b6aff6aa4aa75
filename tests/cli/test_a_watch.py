"""A watch from its baseline to its alerts, by the commands that people type."""

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.cli.known import opened
from monitor.domain.deliveries import NewDelivery

SEEDS = Path(__file__).parents[2] / "seeds"


def rows(monitor: CommandLine, *command: object) -> list[dict[str, Any]]:
    outcome = monitor(*command, "--json")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


@pytest.fixture
def sink() -> Iterator[tuple[int, list[bytes]]]:
    """A server that takes what is posted to it: its port, and the bodies that came."""
    bodies: list[bytes] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1], bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_new_file_of_settings_can_be_checked_at_once(monitor: CommandLine, tmp_path: Path) -> None:
    assert monitor("init").code == 0
    outcome = monitor("check", "--offline")
    assert (outcome.code, outcome.err) == (0, "")
    assert "watch     north-korean-troops: North Korean troops (of North Korea)" in outcome.out
    assert "A run would ask 3 feeds for 1 watch and send to 0 channels." in outcome.out
    assert (tmp_path / "monitor.toml").exists()


def test_nothing_known_is_said_in_words(monitor: CommandLine, config: Path) -> None:
    for command in ("figures", "changes", "articles", "feeds", "deliveries"):
        outcome = monitor(command, "--config", config)
        assert outcome.code == 0
        assert outcome.out.count("\n") == 1


def test_a_baseline_alerts_nobody_and_changes_nothing_twice(monitor: CommandLine, config: Path) -> None:
    assert monitor("seed", SEEDS, "--config", config).code == 0
    known = rows(monitor, "figures")
    assert known
    assert rows(monitor, "changes") == []
    assert monitor("seed", SEEDS, "--config", config).code == 0
    assert rows(monitor, "figures") == known
    assert "articles handled" in monitor("seed", SEEDS).out


def test_later_articles_change_figures_once(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS)
    for article in (SEEDS / "demo").glob("*.md"):
        shutil.copy(article, config.parent / "drop")
    [report] = rows(monitor, "run")
    changes = rows(monitor, "changes", "--limit", 100)
    assert report["changes"] == len(changes) > 0
    assert {"killed", "casualties", "deployed"} <= {change["measure"] for change in changes}
    [again] = rows(monitor, "run")
    assert again["changes"] == 0
    assert rows(monitor, "changes", "--limit", 100) == changes
    assert {feed["state"] for feed in rows(monitor, "feeds")} == {"ok"}
    assert {article["status"] for article in rows(monitor, "articles", "--limit", 100)} <= {"new", "no_claims"}


def test_no_figure_is_as_of_a_day_to_come(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    figure = rows(monitor, "figures")[0]
    refused = monitor("edit", figure["claim"], "--as-of", "2999-01-01")
    assert (refused.code, "2999-01-01 is yet to come" in refused.err) == (2, True)
    assert rows(monitor, "figures")[0]["as_of"] == figure["as_of"]


def test_every_figure_and_change_can_be_explained(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    for article in (SEEDS / "demo").glob("*.md"):
        shutil.copy(article, config.parent / "drop")
    monitor("run")
    changes = rows(monitor, "changes", "--limit", 100)
    figures = rows(monitor, "figures")
    for name in (changes[0]["change"], changes[-1]["change"], figures[0]["claim"], figures[-1]["claim"]):
        told = monitor("explain", name).out
        for part in ("»", "read as", "who says", "confidence", "rules", "alert"):
            assert part in told, (name, told)
        [row] = rows(monitor, "explain", name)
        assert row["decisions"]
    told = monitor("explain", changes[0]["change"]).out
    assert "alert      yes" in told
    for address in {line["url"] for line in (*changes, *figures)}:
        page = monitor("explain", address).out
        [row] = rows(monitor, "explain", address)
        assert row["url"] == address
        assert row["claims"]
        for claim in row["claims"]:
            assert f"claim {claim['claim']}: " in page
            assert all(one["why"] for one in claim["decisions"]) or claim["left"]
    assert f"change {changes[0]['change']} of " in told


def test_a_claim_that_no_watch_takes_is_explained(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    claim = rows(monitor, "figures")[0]["claim"]
    text = config.read_text(encoding="utf-8")
    name = '\nname = "others"\nsubject = "Russian troops"\n'
    config.write_text(f"{text}\n[[watch]]{name}", encoding="utf-8")
    said = "others: not compared: it is on Russian troops, not on "
    assert said in monitor("explain", claim).out
    [row] = rows(monitor, "explain", claim)
    assert row["left"]["others"].startswith("not compared: it is on Russian troops")


def test_what_was_read_with_little_confidence_waits_for_a_person(monitor: CommandLine, config: Path) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[[watch]]", "[[watch]]\nmin_confidence = 0.999", 1), encoding="utf-8")
    monitor("seed", SEEDS)
    waiting = rows(monitor, "review", "--limit", 100)
    shown = {line["claim"] for line in rows(monitor, "figures")}
    assert waiting
    assert all(row["confidence"] < 0.999 and row["waits_for"].startswith("confidence") for row in waiting)
    assert shown.isdisjoint(row["claim"] for row in waiting)
    chosen = next(row["claim"] for row in waiting if row["status"] == "asserted")
    assert monitor("accept", chosen, "--why", "read it myself").code == 0
    assert chosen not in {row["claim"] for row in rows(monitor, "review", "--limit", 100)}
    assert "read it myself" in monitor("explain", chosen).out
    assert not rows(monitor, "explain", chosen)[0]["left"]


def test_tables_show_what_the_json_lines_hold(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    table = monitor("figures").out
    for line in rows(monitor, "figures"):
        assert line["claim"] in table


def test_a_feed_that_does_not_answer_is_named_by_the_check(monitor: CommandLine, config: Path) -> None:
    text = config.read_text(encoding="utf-8") + '\n[fetch]\nallow_private = ["127.0.0.1"]\n'
    config.write_text(text.replace('folder = "drop"', 'url = "http://127.0.0.1:9/rss"'), encoding="utf-8")
    outcome = monitor("check")
    assert (outcome.code, outcome.err) == (1, "")
    assert "feed      Drop: connect" in outcome.out
    assert "1 of them can't be read now" in outcome.out


def test_a_test_message_arrives_or_its_failure_is_told(
    monitor: CommandLine, config: Path, sink: tuple[int, list[bytes]]
) -> None:
    port, bodies = sink
    channels = f"""
[[channel]]
name = "good"
url = "json://127.0.0.1:{port}/"

[[channel]]
name = "closed"
url = "json://user:hunter2@127.0.0.1:9/"
"""
    config.write_text(config.read_text(encoding="utf-8") + channels, encoding="utf-8")
    outcome = monitor("alert", "test", "good")
    assert (outcome.code, outcome.out) == (0, "good: sent\n")
    assert len(bodies) == 1
    outcome = monitor("alert", "test")
    assert outcome.code == 1
    assert outcome.out.startswith("good: sent\nclosed: ")
    assert "hunter2" not in outcome.out + outcome.err
    assert len(bodies) == 2


def test_a_delivery_that_failed_waits_and_can_be_seen(monitor: CommandLine, config: Path) -> None:
    channel = '\n[[channel]]\nname = "closed"\nurl = "json://127.0.0.1:9/"\n'
    text = config.read_text(encoding="utf-8").replace("scope =", 'channels = ["closed"]\nscope =') + channel
    config.write_text(text, encoding="utf-8")
    shutil.copy(next((SEEDS / "demo").glob("*western*")), config.parent / "drop")
    [report] = rows(monitor, "run")
    assert (report["alerts_sent"], report["alerts_retried"]) == (0, 1)
    [delivery] = rows(monitor, "deliveries", "--state", "due")
    assert (delivery["channel"], delivery["attempts"]) == ("closed", 1)
    assert rows(monitor, "deliveries", "--state", "sent") == []


def test_deliveries_name_their_recipient_and_say_how_many_more_there_are(monitor: CommandLine, config: Path) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    people = ("ann@desk.example", "bob@desk.example")
    with opened(config) as store:
        made = [NewDelivery(key=to, channel="desk", change_ids=(), payload={"to": to}, due_at=now) for to in people]
        store.enqueue(made, now)
    assert {row["to"] for row in rows(monitor, "deliveries")} == set(people)
    shown = monitor("deliveries", "--limit", "1", "--state", "due").out
    assert shown.endswith("… and 1 more (--limit)\n")
    assert "more (" not in monitor("deliveries").out


def test_a_table_goes_to_standard_output_where_a_hyphen_says_so(monitor: CommandLine, config: Path) -> None:
    assert monitor("export", "--what", "figures", "--format", "csv", "-").out.startswith("series,watch,")
    assert "--wath" in monitor.complaint("export", "--wath")
    assert not list(config.parent.glob("-*"))


def test_a_muted_watch_stores_changes_and_tells_nobody(monitor: CommandLine, config: Path) -> None:
    channel = '\n[[channel]]\nname = "closed"\nurl = "json://127.0.0.1:9/"\n'
    text = config.read_text(encoding="utf-8").replace("scope =", 'channels = ["closed"]\nscope =') + channel
    config.write_text(text, encoding="utf-8")
    assert monitor("mute", "add", "north-korean-troops", "--until", "2999-01-01", "--why", "holiday").code == 0
    shutil.copy(next((SEEDS / "demo").glob("*western*")), config.parent / "drop")
    assert rows(monitor, "run")[0]["changes"] > 0
    assert rows(monitor, "deliveries") == []
    [muted] = rows(monitor, "mute")
    assert (muted["why"], muted["until"]) == ("holiday", "2999-01-01T00:00:00+00:00")
    assert monitor("mute", "end", muted["mute"]).code == 0
    assert rows(monitor, "mute") == []
    noted = monitor("mute", "add", "north-korean-troops", "--party", "Ruritania", "--outlet", "No Such Times").out
    assert noted.count("Note: ") == 2
    assert f"muted ({muted['mute'] + 1})" in noted  # a number never comes again


def test_a_mute_needs_a_watch_and_a_day_to_come(monitor: CommandLine, config: Path) -> None:
    said = 'there is no watch "north-korea-troops"; did you mean "north-korean-troops"?'
    assert monitor.complaint("mute", "add", "north-korea-troops", "--config", config) == said
    assert (
        monitor.complaint("mute", "add", "north-korean-troops", "--until", "2020-01-01") == "2020-01-01 is over already"
    )
    assert "yesterday" in monitor.complaint("mute", "add", "north-korean-troops", "--until", "yesterday")
    assert monitor.complaint("mute", "end", "7") == "there is no mute 7; `monitor mute` lists them"


def test_the_lines_of_each_figure_stand_side_by_side(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS)
    found = rows(monitor, "figures", "--lines")
    known = {(line["claim"], line["party"]) for line in rows(monitor, "figures")}
    assert {(line["claim"], line["party"]) for one in found for line in one["lines"]} == known
    for one in found:
        assert one["contradiction"] is (len(one["groups"]) > 1)
        assert {party for group in one["groups"] for party in group} == {line["party"] for line in one["lines"]}
    table = monitor("figures", "--lines").out
    assert "Parties with the same letter agree." in table
