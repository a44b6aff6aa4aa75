"""The form of `monitor extract`, which other tools depend on."""

import io
import json
import subprocess
import sys
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
    assert (first["id"], first["language"], first["status"]) == ("b", "en", "read")
    assert second == {"id": 7, "language": "en", "status": "read", "figures": []}
    [figure] = first["figures"]
    assert figure.keys() >= FIELDS
    assert TEXT[figure["start"] : figure["end"]] == "More than 3,000"
    assert figure["quote"] in TEXT
    assert (figure["measure"], figure["low"], figure["high"]) == ("casualties", 3000, None)
    assert (figure["qualifier"], figure["party"], figure["place"]) == ("more_than", "Ukraine", "Kursk")


def test_a_text_file_is_one_article_with_or_without_front_matter(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "fronted.md").write_text(f"---\npublished: 2024-12-23\n---\n{TEXT}\n", encoding="utf-8")
    (tmp_path / "windows.md").write_bytes(f"---\r\npublished: 2024-12-23\r\n---\r\n{TEXT}\r\n".encode())
    rows = [lines(monitor("extract", name).out)[0] for name in ("plain.txt", "fronted.md", "windows.md")]
    assert [row["id"] for row in rows] == ["plain", "fronted", "windows"]
    assert [[figure["start"] for figure in row["figures"]] for row in rows] == [[7]] * 3


@pytest.mark.parametrize("hyphen", [(), ("-",)])
def test_standard_input_is_read_without_a_file(
    monitor: CommandLine, monkeypatch: pytest.MonkeyPatch, hyphen: tuple[str, ...]
) -> None:
    given = json.dumps({"id": "a", "text": TEXT}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    [row] = lines(monitor("extract", *hyphen).out)
    assert len(row["figures"]) == 1


@pytest.mark.parametrize(
    "published",
    ["2024-12-27", "2024-12-27T03:10:00Z", "Fri, 27 Dec 2024 03:10:00 +0000", "Fri, 27 Dec 2024 03:10:00 GMT"],
)
def test_a_day_of_publication_is_read_in_the_forms_that_feeds_use(
    monitor: CommandLine, tmp_path: Path, published: str
) -> None:
    text = "At least 30 soldiers were killed in Kursk on Tuesday, the army said."
    [row] = extracted(monitor, tmp_path, {"id": "a", "text": text, "published": published})
    assert [figure["as_of"] for figure in row["figures"]] == ["2024-12-24"]


def test_a_text_in_another_language_has_no_figures(monitor: CommandLine, tmp_path: Path) -> None:
    german = "Mehr als 3.000 nordkoreanische Soldaten seien in der Region Kursk getötet worden, sagte der Präsident."
    [row] = extracted(monitor, tmp_path, {"id": "a", "text": german})
    assert row == {"id": "a", "language": "de", "status": "wrong_language", "figures": []}


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


def test_a_bad_line_is_told_and_the_next_ones_are_read(monitor: CommandLine, tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": TEXT})
    bad = ["{", "3", '{"id": 4}', '{"id": 5, "text": 5}', '{"id": 6, "text": "", "published": "soon"}']
    (tmp_path / "texts.jsonl").write_text("\n".join(["", *bad, good]), encoding="utf-8")
    outcome = monitor("extract", "texts.jsonl")
    assert outcome.code == 2
    assert [row["id"] for row in lines(outcome.out)] == ["good"]
    assert [line.split(": ")[1] for line in outcome.err.splitlines()] == [f"texts.jsonl:{n}" for n in range(2, 7)]


def test_several_files_are_read_in_turn(monitor: CommandLine, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    outcome = monitor("extract", "one.txt", "missing.txt", "two.txt")
    assert [row["id"] for row in lines(outcome.out)] == ["one", "two"]
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "missing.txt: no such file" in outcome.err


@pytest.mark.parametrize("name", ["texts.json", "texts.txt"])
def test_a_json_array_is_refused_in_clear_words(monitor: CommandLine, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(json.dumps([{"text": TEXT}], indent=1), encoding="utf-8")
    assert "is a JSON array; one object a line is wanted" in monitor.complaint("extract", name)


def test_one_object_over_several_lines_is_read(monitor: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "text.json").write_text(json.dumps({"id": "a", "text": TEXT}, indent=1), encoding="utf-8")
    assert [row["id"] for row in lines(monitor("extract", "text.json").out)] == ["a"]


@pytest.mark.parametrize("text", [{}, {"text": ""}, {"text": None}])
def test_a_title_may_stand_alone_and_its_figures_say_so(
    monitor: CommandLine, tmp_path: Path, text: dict[str, str]
) -> None:
    [row] = extracted(monitor, tmp_path, {"id": "a", "title": "14 soldiers killed in Kursk, army says", **text})
    [figure] = row["figures"]
    assert (figure["in"], figure["start"], figure["end"]) == ("title", 0, 2)


def test_what_was_not_read_of_a_long_text_is_told(monitor: CommandLine, tmp_path: Path) -> None:
    long = TEXT + "\n" + "Nothing else was known. " * 9_000
    many = "\n\n".join(f"The army said {n} soldiers were killed in Kursk." for n in range(100, 520))
    rows = [{"id": name, "text": text} for name, text in (("long", long), ("many", many), ("short", TEXT))]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    outcome = monitor("extract", "texts.jsonl")
    assert outcome.code == 0
    assert [row.get("truncated") for row in lines(outcome.out)] == [True, True, None]
    assert outcome.err.splitlines() == [
        "warning: row long: only the first 200,000 characters were read",
        "warning: row many: only the first 400 figures were read",
    ]


def test_a_full_disk_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "extract", tmp_path / "one.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"monitor: can't write: No space left on device\n")
