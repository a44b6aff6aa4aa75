"""Changes that a person has taken back and figures that a person has edited are marked wherever they stand."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient
from webkit import NOW, told

from monitor.alerts.messages import series_id
from monitor.cli.main import main
from monitor.domain.quantities import Qualifier, Quantity
from monitor.pipeline import Monitor
from monitor.web.app import create_app

LATER = NOW + timedelta(days=9)
SAID = "Ada rejected it as misread: an <i>age</i>"
ESCAPED = "Ada rejected it as misread: an &lt;i&gt;age&lt;/i&gt;"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with told(tmp_path) as monitor:
        yield monitor


def raised(monitor: Monitor) -> tuple[str, str, str]:
    """The change from 3,000 to 4,700, its claim, and the name of its series."""
    (line,) = [one for one in monitor.store.changes() if one.change.kind == "raised"]
    return line.change.id, line.change.claim_id, series_id(line.change.series)


def rejected(monitor: Monitor) -> tuple[str, str, str]:
    change, claim, series = raised(monitor)
    monitor.bench.reject(claim, who="Ada", why="an <i>age</i>", now=LATER)
    return change, claim, series


def test_a_change_taken_back_is_marked_wherever_it_is_listed(monitor: Monitor) -> None:
    change, claim, series = rejected(monitor)
    client = TestClient(create_app(monitor.settings, monitor.store))
    for path in ("/", "/changes", f"/series/{series}", f"/changes/{change}", f"/claims/{claim}"):
        page = client.get(path).text
        assert ESCAPED in page, path
        assert "<i>age" not in page, path
    marked = client.get("/changes").text.split("<tr")
    assert [f'href="/changes/{change}"' in row for row in marked if "<strong>Undone</strong> <time" in row] == [True]
    listed = client.get("/api/v1/changes").json()["changes"]
    assert {one["id"]: one["undone"] for one in listed if one["undone"]} == {change: SAID}
    assert [one["undone_at"] for one in listed if one["id"] == change] == [LATER.isoformat()]
    rows = csv.DictReader(io.StringIO(client.get("/export/changes.csv").text))
    assert {row["id"]: row["undone_at"] for row in rows if row["undone"]} == {change: LATER.isoformat()}


def test_the_command_line_marks_a_change_that_was_taken_back(
    monitor: Monitor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, _, _ = rejected(monitor)
    assert main(["changes", "--json", "--config", str(tmp_path / "monitor.toml")]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["change"]: (one["undone"], one["undone_at"]) for one in listed if one["undone"]} == {
        change: (SAID, LATER.isoformat())
    }
    assert {one["undone_at"] for one in listed if not one["undone"]} == {None}


def test_a_feed_tells_again_of_a_change_that_was_taken_back(monitor: Monitor) -> None:
    change, _, _ = rejected(monitor)
    client = TestClient(create_app(monitor.settings, monitor.store))
    feed = ET.fromstring(client.get("/watches/koreans/changes.atom").text)
    (entry,) = [one for one in feed.iter(f"{ATOM}entry") if one.findtext(f"{ATOM}id", "").endswith(change)]
    assert entry.findtext(f"{ATOM}title", "").startswith("Undone: ")
    assert entry.findtext(f"{ATOM}updated") == LATER.isoformat() == feed.findtext(f"{ATOM}updated")
    assert entry.findtext(f"{ATOM}published") == (NOW + timedelta(days=1)).isoformat()
    items = client.get("/watches/koreans/changes.json").json()["items"]
    assert [one["date_modified"] for one in items if one["id"].endswith(change)] == [LATER.isoformat()]


def test_a_change_that_is_right_after_all_is_marked_no_more(monitor: Monitor) -> None:
    change, claim, _ = rejected(monitor)
    monitor.bench.accept(claim, who="Ben", why="it is a toll", now=LATER + timedelta(hours=1))
    line = monitor.store.change(change)
    assert line is not None
    assert (line.undone, line.undone_at) == ("", None)


def test_an_edited_figure_tells_what_it_was(monitor: Monitor) -> None:
    change, claim, series = raised(monitor)
    edits = {"quantity": Quantity(4_900, 4_900, Qualifier.EXACT)}
    monitor.bench.edit(claim, edits, who="Ada", why="a slip of ours", now=LATER)
    client = TestClient(create_app(monitor.settings, monitor.store))
    page = client.get(f"/series/{series}").text
    assert f'<a href="/claims/{claim}#said">edited by Ada, was 4,700: a slip of ours</a>' in page
    stated = client.get(f"/api/v1/series/{series}").json()["claims"]
    assert {one["figure"]: one["edited"] for one in stated} == {
        "4,900": "edited by Ada, was 4,700: a slip of ours",
        "more than 3,000": "",
    }
    line = monitor.store.change(change)
    assert line is not None
    assert line.undone.startswith("Ada corrected how it was read")


def test_exported_claims_name_their_series_and_watches(monitor: Monitor, tmp_path: Path) -> None:
    _, claim, series = raised(monitor)
    out = tmp_path / "claims.json"
    config = str(tmp_path / "monitor.toml")
    assert main(["export", "--what", "claims", "--format", "json", "--config", config, str(out)]) == 0
    rows = {one["claim"]: one for one in json.loads(out.read_text(encoding="utf-8"))}
    assert (rows[claim]["series"], rows[claim]["watch"]) == ([series], ["koreans"])
    asked = TestClient(create_app(monitor.settings, monitor.store)).get("/api/v1/claims").json()["claims"]
    assert {one["claim"]: one["series"] for one in asked} == {name: one["series"] for name, one in rows.items()}
