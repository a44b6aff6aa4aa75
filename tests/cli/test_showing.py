"""What is shown steers no terminal, and no page makes links of it."""

import json
import re

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.cli import show
from monitor.report import PollReport, RunReport

HOSTILE = "a\x1b[2Jb\x9b2Jc\x7fd\u202ee\u2066f\u2028g\u200bh\ufeffi\U000e0041j\x85k Łódź 北京 😀"
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")


def test_json_lines_hold_nothing_that_steers_and_read_back_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    show.json_lines([{HOSTILE: HOSTILE}])
    out = capsys.readouterr().out.removesuffix("\n")
    assert STEERING.findall(out) == []
    assert json.loads(out) == {HOSTILE: HOSTILE}
    assert "Łódź 北京 😀" in out


def test_a_complaint_repeats_nothing_that_steers(monitor: CommandLine) -> None:
    for arguments in ((f"nosuch{HOSTILE}",), ("figures", "--config", f"{HOSTILE}.toml")):
        said = monitor.complaint(*arguments)
        assert STEERING.findall(said) == []
        assert "北京" in said


def test_the_table_of_a_run_holds_no_link() -> None:
    error = "http_404: http://evil.example/a: see www.evil.example, ann@evil.example, <b>, [a](b), &lt;"
    report = RunReport(feeds=PollReport(failed=1, errors=(("http://feed.example", error),)))
    _, _, shown = report.markdown().rpartition("**: ")
    assert re.findall(r"(?<!\\)[^\w\s\\]|https?:|www\.", shown) == []
    assert shown.replace("\\", "") == error
