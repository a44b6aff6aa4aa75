"""A watch from its baseline to its alerts, by the commands that people type."""

import json
import shutil
from pathlib import Path
from typing import Any

from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

SEEDS = Path(__file__).parents[2] / "seeds"


def rows(monitor: CommandLine, *command: object) -> list[dict[str, Any]]:
    outcome = monitor(*command, "--json")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_a_new_file_of_settings_can_be_checked_at_once(monitor: CommandLine, tmp_path: Path) -> None:
    assert monitor("init").code == 0
    outcome = monitor("check", "--offline")
    assert (outcome.code, outcome.err) == (0, "")
    assert "watch     north-korean-troops: North Korean troops (of North Korea)" in outcome.out
    assert "A run would ask 3 feeds for 1 watches and send to 0 channels." in outcome.out
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


def test_every_figure_and_change_can_be_explained(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    for article in (SEEDS / "demo").glob("*.md"):
        shutil.copy(article, config.parent / "drop")
    monitor("run")
    changes = rows(monitor, "changes", "--limit", 100)
    for name in [change["change"] for change in changes] + [line["claim"] for line in rows(monitor, "figures")]:
        told = monitor("explain", name).out
        for part in ("»", "read as", "who says", "confidence", "rules", "alert"):
            assert part in told, (name, told)
        [row] = rows(monitor, "explain", name)
        assert row["decisions"]
    assert "alert      yes" in monitor("explain", changes[0]["change"]).out


def test_tables_show_what_the_json_lines_hold(monitor: CommandLine, config: Path) -> None:
    monitor("seed", SEEDS, "--config", config)
    table = monitor("figures").out
    for line in rows(monitor, "figures"):
        assert line["claim"] in table
