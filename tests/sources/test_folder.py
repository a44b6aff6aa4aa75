"""A folder of text files as a source."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.articles import FeedState, PollOutcome
from monitor.errors import InputError
from monitor.sources.folder import entry_of, poll_folder, read_folder

NOW = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
FRONT = """---
title: "Seoul: 300 killed"
outlet: Example News
url: https://news.example/a?utm_source=x
published: {published}
extra: ignored
---

First paragraph.

Second paragraph.
"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_front_matter_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.md", FRONT.format(published="2025-01-17"))
    (entry,) = read_folder(tmp_path, feed="desk").entries
    assert (entry.feed, entry.key, entry.url) == ("desk", "file:a.md", "https://news.example/a")
    assert (entry.title, entry.outlet) == ("Seoul: 300 killed", "Example News")
    assert entry.published_at == datetime(2025, 1, 17, tzinfo=UTC)
    assert entry.text == "First paragraph.\n\nSecond paragraph."
    assert entry.full_text


@pytest.mark.parametrize(
    ("published", "instant"),
    [
        ("2025-01-17T09:30:00+09:00", datetime(2025, 1, 17, 0, 30, tzinfo=UTC)),
        ("2025-01-17 09:30", datetime(2025, 1, 17, 9, 30, tzinfo=UTC)),
        ("17 January 2025 09:30 KST", datetime(2025, 1, 17, 0, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_published_is_an_instant_in_utc(tmp_path: Path, published: str, instant: datetime | None) -> None:
    write(tmp_path, "a.txt", FRONT.format(published=published))
    assert read_folder(tmp_path).entries[0].published_at == instant


@pytest.mark.parametrize(
    ("name", "front", "day"),
    [
        ("2025-01-17-losses.txt", "", 17), ("kursk_20250117.md", "", 17), ("2025_01_17.txt", "", 17),
        ("2025-01-17.txt", "---\npublished: 2025-01-18\n---\n", 18),
        ("losses.txt", "", None), ("a20250117f.txt", "", None), ("2025-02-30.txt", "", None),
        ("2025-01-17-to-2025-01-18.txt", "", None),
    ],
)  # fmt: skip
def test_the_name_tells_the_day_where_the_text_does_not(tmp_path: Path, name: str, front: str, day: int | None) -> None:
    write(tmp_path, name, f"{front}Text.")
    (entry,) = read_folder(tmp_path).entries
    assert entry.published_at == (datetime(2025, 1, day, tzinfo=UTC) if day else None)


def test_plain_text_works_and_is_named_by_its_file_alone(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", b"\xef\xbb\xbfLine one\r\nLine two\r\n")
    write(tmp_path, "a.txt", "Kursk — 3,000".encode("utf-16"))
    first, second = read_folder(tmp_path).entries
    assert (first.text, first.url) == ("Kursk — 3,000", "file:a.txt")
    assert (second.text, second.title, second.outlet, second.published_at) == ("Line one\nLine two", "", "", None)
    assert str(tmp_path) not in second.url + second.key


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n\x00\n", "is empty"),
        (b"---\ntitle: x\n---\n\n", "no text below"),
        (b"---\ntitle: x\nText that follows.", "never closed"),
        (b"---\ntitle: [x\n---\nText.", "not valid YAML"),
        (b"---\n- a\n- b\n---\nText.", "not a list of"),
        (b"---\npublished: someday\n---\nText.", "published 'someday'"),
        (b"---\nurl: /etc/hostname\n---\nText.", "url '/etc/hostname'"),
        (b"---\nx: !!python/object/apply:os.getcwd []\n---\nText.", "not valid YAML"),
        (b"caf\xe9 with a latin letter", "not UTF-8 text (byte 3)"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: Path, content: bytes, problem: str) -> None:
    write(tmp_path, "bad.txt", content)
    write(tmp_path, "good.txt", "Good.")
    reading = read_folder(tmp_path)
    assert [entry.key for entry in reading.entries] == ["file:good.txt"]
    ((name, what),) = reading.problems
    assert name == "bad.txt"
    assert problem in what


def test_other_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("a.html", ".hidden.txt", "b.txt~"):
        write(tmp_path, name, "text")
    (tmp_path / "sub.txt").mkdir()
    assert read_folder(tmp_path) == read_folder(tmp_path)
    assert read_folder(tmp_path).entries == ()


def test_a_folder_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_folder(tmp_path / "nowhere")


def test_a_polled_folder_is_unchanged_until_a_file_changes(tmp_path: Path) -> None:
    def poll(known: str | None) -> tuple[PollOutcome, int, str | None]:
        state = FeedState(name="desk", url="texts", body_sha256=known)
        answer = poll_folder(tmp_path, state, now=NOW, interval=timedelta(minutes=15))
        assert answer.next_poll_at > NOW
        return answer.outcome, len(answer.entries), answer.body_sha256

    file = write(tmp_path, "a.txt", "One.")
    fresh, count, known = poll(None)
    assert (fresh, count) == (PollOutcome.FRESH, 1)
    assert poll(known) == (PollOutcome.UNCHANGED, 0, known)
    file.write_text("Two.")
    os.utime(file, ns=(1, 1))
    assert poll(known)[0] == PollOutcome.FRESH
    write(tmp_path, "b.txt", "Three.")
    assert poll(known)[:2] == (PollOutcome.FRESH, 2)


def test_a_polled_folder_says_what_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, "bad.txt", b"\xff")
    answer = poll_folder(tmp_path, FeedState(name="d", url="x"), now=NOW, interval=timedelta(minutes=15))
    assert answer.outcome is PollOutcome.FRESH
    assert answer.error == "bad_files: bad.txt: is not UTF-8 text (byte 0)"
    assert answer.body_sha256 is None
    gone = poll_folder(tmp_path / "no", FeedState(name="d", url="x"), now=NOW, interval=timedelta(minutes=15))
    assert gone.outcome is PollOutcome.FAILED
    assert str(tmp_path) not in (gone.error or "")


def test_one_text_is_read_like_a_file() -> None:
    entry = entry_of(FRONT.format(published="2025-01-17"), "standard input")
    assert (entry.outlet, entry.key) == ("Example News", "file:standard input")
    with pytest.raises(InputError, match=r"a\.md: front matter \(line 2\) is not valid YAML"):
        entry_of("---\ntitle: [x\n---\nText.", "a.md")
