"""The form of `monitor extract`, which other tools depend on."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine  # type: ignore[import-not-found,unused-ignore]  # beside this file

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "KYIV - More than 3,000 North Korean soldiers have been killed or wounded in Kursk, Zelensky said on Monday."
FIELDS = {
    "measure",
    "low",
    "high",
    "qualifier",
    "subject",
    "claimants",
    "party",
    "place",
    "scope",
    "status",
    "as_of",
    "start",
    "end",
    "quote",
    "confidence",
    "rules",
}


def lines(written: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


def extracted(monitor: CommandLine, folder: Path, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """What the command gives for these rows."""
    file = folder / "texts.jsonl"
    file.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    outcome = monitor("extract", file)
    assert outcome.code == 0, outcome.err
    return lines(outcome.out)


def test_each_line_in_gives_a_line_out_with_its_id(monitor: CommandLine, tmp_path: Path) -> None:
    rows = [{"id": "b", "text": TEXT, "published": "2024-12-23", "unknown": 1}, {"id": 7, "text": "Nothing."}]
    first, second = extracted(monitor, tmp_path, *rows)
    assert (first["id"], second) == ("b", {"id": 7, "figures": []})
    [figure] = first["figures"]
    assert figure.keys() >= FIELDS
    assert TEXT[figure["start"] : figure["end"]] == "More than 3,000"
    assert figure["quote"] in TEXT
    assert (figure["measure"], figure["low"], figure["high"]) == ("casualties", 3000, None)
    assert (figure["qualifier"], figure["party"], figure["place"]) == ("more_than", "Ukraine", "Kursk")


def test_a_text_file_is_one_article_with_or_without_front_matter(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "fronted.md").write_text(f"---\npublished: 2024-12-23\n---\n{TEXT}\n", encoding="utf-8")
    [plain], [fronted] = (lines(monitor("extract", name).out) for name in ("plain.txt", "fronted.md"))
    assert (plain["id"], fronted["id"]) == ("plain", "fronted")
    assert [figure["start"] for figure in plain["figures"]] == [figure["start"] for figure in fronted["figures"]] == [7]


def test_standard_input_is_read_without_a_file(monitor: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    given = json.dumps({"id": "a", "text": TEXT}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    [row] = lines(monitor("extract").out)
    assert len(row["figures"]) == 1


@pytest.mark.parametrize("published", ["2024-12-27", "2024-12-27T03:10:00Z", "Fri, 27 Dec 2024 03:10:00 +0000"])
def test_a_day_of_publication_is_read_in_the_forms_that_feeds_use(
    monitor: CommandLine, tmp_path: Path, published: str
) -> None:
    text = "At least 30 soldiers were killed in Kursk on Tuesday, the army said."
    [row] = extracted(monitor, tmp_path, {"id": "a", "text": text, "published": published})
    assert [figure["as_of"] for figure in row["figures"]] == ["2024-12-24"]


def test_a_text_in_another_language_has_no_figures(monitor: CommandLine, tmp_path: Path) -> None:
    german = "Mehr als 3.000 nordkoreanische Soldaten seien in der Region Kursk getötet worden, sagte der Präsident."
    assert extracted(monitor, tmp_path, {"id": "a", "text": german}) == [{"id": "a", "figures": []}]


def test_broken_characters_pass_through(monitor: CommandLine, tmp_path: Path) -> None:
    [row] = extracted(monitor, tmp_path, {"id": "\ud800", "text": TEXT + " \ud83d"})
    assert row["id"] == "\ud800"


def test_the_explanation_marks_the_figure_in_its_sentence(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    told = monitor("extract", "plain.txt", "--explain").out
    assert "»More than 3,000« North Korean soldiers" in told
    assert "confidence" in told
    assert "(for Ukraine)" in told


def test_every_seed_can_be_read(monitor: CommandLine) -> None:
    for seed in sorted(SEEDS.glob("*.txt")):
        [row] = lines(monitor("extract", seed).out)
        assert row["id"] == seed.stem
        assert row["figures"]


def test_a_broken_first_line_is_said_and_not_read_as_an_article(monitor: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text('{"id": 1, "text": "ok\n{"id": 2, "text": "300 killed"}\n', encoding="utf-8")
    outcome = monitor("extract", file)
    assert outcome.code == 2
    assert "texts.txt:1: is not a line of JSON" in outcome.err
