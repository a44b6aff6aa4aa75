"""Tables and sites written to files."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyarrow.parquet import read_table
from webkit import NOW, publish

from monitor.cli.main import main
from monitor.domain.articles import Entry
from monitor.pipeline import Monitor
from monitor.web.columns import COLUMNS
from monitor.web.parquet import write_parquet

WATCH = """
[store]
url = "sqlite:///monitor.db"
[[watch]]
name = "koreans & others"
subject = "North Korean troops"
"""
TEXTS = (
    "More than 3,000 North Korean soldiers have been killed or wounded, President Zelensky said.",
    "4,700 North Korean soldiers have been killed or wounded, President Zelensky said on Monday.",
)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = tmp_path_factory.mktemp("export") / "monitor.toml"
    config.write_text(WATCH, encoding="utf-8")
    with Monitor.open(config) as monitor:
        for number, text in enumerate(TEXTS):
            now = NOW + timedelta(days=number)
            url = f"https://wire.example.org/{number}"
            entry = Entry(
                feed="wire",
                key=url,
                url=url,
                title='<a href="/evil">',
                outlet="=Wire",
                published_at=now,
                text=text,
                full_text=True,
            )
            publish(monitor, entry, now)
    return config


@pytest.mark.parametrize(("what", "number"), [("figures", 1), ("changes", 2), ("claims", 2)])
def test_csv_json_and_parquet_say_the_same(config: Path, tmp_path: Path, what: str, number: int) -> None:
    for form in ("csv", "json", "parquet"):
        file = tmp_path / f"out.{form}"
        assert main(["export", "--what", what, "--format", form, "--config", str(config), str(file)]) == 0
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    objects = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(rows) == len(objects) == number
    assert [list(row) for row in rows] == [list(one) for one in objects]
    assert {row["best"] for row in rows} == {str(one["best"]) for one in objects} <= {"3000", "4700"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] == "="]
    table = read_table(tmp_path / "out.parquet").to_pylist()
    assert [{name: _as_in_json(value) for name, value in row.items()} for row in table] == objects
    assert {type(row["best"]) for row in table} == {int}


def _as_in_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def test_an_empty_table_has_its_typed_columns_too() -> None:
    for what, names in COLUMNS.items():
        out = io.BytesIO()
        assert write_parquet([], what, names, out) == 0
        schema = read_table(io.BytesIO(out.getvalue())).schema
        assert schema.names == list(names)
        assert str(schema.field("low").type) == "int64"
        assert str(schema.field("claimants").type) == "list<element: string>"


def test_every_column_is_told_in_the_documents() -> None:
    told = (Path(__file__).parents[2] / "docs" / "fields.md").read_text(encoding="utf-8")
    missing = {name for names in COLUMNS.values() for name in names if f"`{name}`" not in told}
    assert not missing


def test_a_site_has_no_link_that_leads_nowhere_and_none_to_a_server(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert main(["export", "--site", str(site), "--config", str(config)]) == 0
    pages = list(site.rglob("*.html"))
    assert {"index.html", "figures.html", "changes.html"} <= {page.name for page in pages}
    for page in pages:
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', page.read_text(encoding="utf-8")):
            if not link.startswith(("https://wire.example.org/", "#")):
                assert (page.parent / link.partition("#")[0]).is_file(), (page, link)
    assert main(["export", "--site", str(site), "--config", str(config)]) == 2  # not over another one


def test_a_site_of_few_pages_links_to_these_alone(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "small"
    assert main(["export", "--site", str(site), "--most", "4", "--config", str(config)]) == 0
    assert sum(path.is_file() for path in site.rglob("*")) == 4


def test_bad_input_is_told_in_a_line(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--config", str(config), str(tmp_path / "no" / "folder.csv")]) == 2
    assert main(["export", "--site", str(tmp_path), "--config", str(config), "out.csv"]) == 2
    assert main(["export", "--format", "xlsx", "--config", str(config)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) >= 3
