"""Backup, restore and prune as a person calls them."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.logs import JsonLines, line
from monitor.store import Store

ARTICLE = "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said."


@pytest.fixture
def filled(monitor: CommandLine, config: Path, tmp_path: Path) -> Path:
    """The folder of a monitor that has read an article."""
    (tmp_path / "drop" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert monitor("run").code == 0
    return tmp_path


def test_what_was_backed_up_is_there_again(monitor: CommandLine, filled: Path) -> None:
    (filled / "backups").mkdir()
    figures = monitor("figures", "--json").out
    said = monitor("backup", "backups").out
    (file,) = (filled / "backups").iterdir()
    assert said.startswith(f"backups/{file.name} written and checked: 1 articles, 1 claims, 1 changes, 0 verdicts; ")
    assert "already" in monitor.complaint("backup", f"backups/{file.name}")
    assert monitor("backup", "--replace", f"backups/{file.name}").code == 0
    assert "already; nothing was changed" in monitor.complaint("restore", f"backups/{file.name}")
    for rest in filled.glob("monitor.db*"):
        rest.unlink()
    assert monitor("restore", f"backups/{file.name}").out.startswith(
        f"sqlite:///{filled}/monitor.db holds what backups/"
    )
    assert monitor("figures", "--json").out == figures


def test_what_cant_be_done_is_one_line(monitor: CommandLine, filled: Path) -> None:
    assert monitor.complaint("backup", "nowhere/b.db") == "nowhere is no folder"
    assert monitor.complaint("restore", "nowhere.db") == "nowhere.db: there is no such file"
    assert "monitor.toml" in monitor.complaint("restore", "monitor.toml", "--replace")
    assert json.loads(monitor("figures", "--json").out)["party"] == "Ukraine"


def test_prune_counts_and_leaves_figures(monitor: CommandLine, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    with (filled / "monitor.toml").open("a", encoding="utf-8") as config:
        config.write('[server]\nport = 1\n[keep]\nruns = "1d"\n')
    with Store(f"sqlite:///{filled}/monitor.db") as store:
        for age in (5, 4):
            store.start_run(datetime.now(UTC) - timedelta(days=age))
        store.start_run(datetime.now(UTC))
    figures = monitor("figures", "--json").out
    for options, left in ((["--dry-run"], 4), ([], 2)):
        outcome = monitor("prune", *options)
        assert outcome.code == 0
        assert "runs                                   2\n" in outcome.out
        with Store(f"sqlite:///{filled}/monitor.db") as store:
            assert len(store.runs()) == left
    assert monitor("figures", "--json").out == figures


def test_logs_as_json_are_one_object_a_line() -> None:
    record = logging.LogRecord("monitor.x", logging.WARNING, "", 0, "feed %s:\nforged", ("\u202ea",), None)
    said = JsonLines().format(record)
    assert "\n" not in said
    assert json.loads(said) | {"time": ""} == {
        "time": "",
        "level": "warning",
        "logger": "monitor.x",
        "message": "feed a: forged",
    }
    assert json.loads(line("ready", "json"))["message"] == "ready"
    assert line("  ready", "text") == "  ready"
