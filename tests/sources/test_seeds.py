"""A baseline out of a folder, JSON lines or a web archive: every record is an article or named with what is wrong."""

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.domain.articles import Entry
from monitor.errors import InputError
from monitor.sources.folder import MAX_BYTES
from monitor.sources.seeds import Unread, read_seeds

WORDS = "Twelve soldiers were killed near the border on Monday, the ministry said. "


def articles(path: Path) -> list[Entry]:
    return [one for one in read_seeds(path) if isinstance(one, Entry)]


def problems(path: Path) -> dict[str, str]:
    return {one.name: one.why for one in read_seeds(path) if isinstance(one, Unread)}


def page(title: str, *, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{WORDS * 4}</p></article></body></html>"


def archive(path: Path, *pages: tuple[str, str, str, str | bytes]) -> Path:
    """Writes (address, status, content type, body) as the answers of an archive, with the requests between them."""
    packed = path.suffix == ".gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for address, status, kind, body in pages:
            data = body.encode() if isinstance(body, str) else body
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            dated = {"WARC-Date": "2025-01-05T08:00:00Z"}
            answer = writer.create_warc_record(address, "response", io.BytesIO(data), http_headers=head,
                                               warc_headers_dict=dated)  # fmt: skip
            writer.write_record(answer)
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(address, "request", io.BytesIO(b""), http_headers=asked))
    return path


def test_json_lines_have_the_keys_of_extract(tmp_path: Path) -> None:
    rows = [
        {"id": 7, "title": "Losses", "published": "2025-01-17T09:30+09:00", "outlet": "Example", "text": WORDS,
         "url": "https://news.example/a?utm_source=x"},
        {"id": "b", "title": "Only a headline: 12 killed"},
        {"text": "Without\0 an id."},
    ]  # fmt: skip
    file = tmp_path / "known.jsonl"
    file.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    first, second, third = read_seeds(file)
    assert first == Entry(
        feed="folder",
        key="file:known.jsonl:7",
        url="https://news.example/a",
        title="Losses",
        outlet="Example",
        published_at=datetime(2025, 1, 17, 0, 30, tzinfo=UTC),
        text=WORDS.strip(),
        full_text=True,
    )
    assert isinstance(second, Entry)
    assert (second.key, second.url, second.text) == ("file:known.jsonl:b",) * 2 + ("Only a headline: 12 killed",)
    assert isinstance(third, Entry)
    assert (third.key, third.text) == ("file:known.jsonl:line 5", "Without an id.")


def test_bad_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    bad: list[bytes] = [
        b"no json", b"[1]", b"{}", b'{"text": 5}', b'{"text": "a", "url": "mailto:a@b"}',
        b'{"text": "a", "published": "soon"}', b'{"id": "x", "text": "twice"}', b'{"text": "\xff"}', b"[" * 100_000,
        b'{"text": "' + b"a" * MAX_BYTES + b'"}',
    ]  # fmt: skip
    file = tmp_path / "known.jsonl"
    file.write_bytes(b"\n".join([b'{"id": "x", "text": "first"}', *bad, b'{"id": "y", "text": "last"}']))
    assert [entry.text for entry in articles(file)] == ["first", "last"]
    found = problems(file)
    assert list(found) == [f"known.jsonl:{number}" for number in range(2, 12)]
    assert [found[f"known.jsonl:{number}"] for number in (4, 8, 11)] == [
        'has neither "text" nor "title"', "its id is that of line 1", "is longer than 2 MB",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["news.warc", "news.warc.gz"])
@pytest.mark.process
def test_the_pages_of_an_archive_are_read(tmp_path: Path, name: str) -> None:
    stated = '<meta property="article:published_time" content="2025-01-03T10:00:00Z">'
    file = archive(
        tmp_path / name,
        ("https://www.news.example/a", "200 OK", "text/html; charset=utf-8", page("One", head=stated)),
        ("https://news.example/b?utm_source=x", "200 OK", "text/html", page("Two")),
        ("https://news.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://news.example/moved", "301 Moved Permanently", "text/html", "moved"),
        (
            "https://news.example/wall",
            "200 OK",
            "text/html",
            "<html><body><p>Please enable JavaScript.</p></body></html>",
        ),
        ("https://news.example/huge", "200 OK", "text/html", b" " * 2_200_000),
    )
    entries = {entry.title: entry for entry in articles(file)}
    assert {title: (entry.url, entry.outlet) for title, entry in entries.items()} == {
        "One": ("https://www.news.example/a", "news.example"),
        "Two": ("https://news.example/b", "news.example"),
    }
    assert entries["One"].published_at == datetime(2025, 1, 3, 10, tzinfo=UTC)
    assert entries["Two"].published_at == datetime(2025, 1, 5, 8, tzinfo=UTC)  # when it was archived
    assert all(entry.text == (WORDS * 4).strip() and entry.key.startswith("file:") for entry in entries.values())
    assert problems(file) == {
        f"{name}:10": "https://news.example/wall: no article text on the page (a wall, a notice or an index)",
        f"{name}:12": "is larger than 2 MB",
    }


@pytest.mark.process
def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = archive(tmp_path / "news.warc", *((f"https://news.example/{n}", "200 OK", "text/html", page(f"{n}"))
                                                 for n in range(3)))  # fmt: skip
    last = whole.read_bytes().index(b"<h1>2</h1>")
    cut = tmp_path / "cut.warc"
    cut.write_bytes(whole.read_bytes()[: last + 50])
    assert [entry.title for entry in articles(cut)] == ["0", "1"]
    assert problems(cut) == {"cut.warc:6": "the archive breaks off in it"}
    cut.write_bytes(whole.read_bytes()[:last] + b"\r\nno record\r\n" * 90)
    assert [entry.title for entry in articles(cut)][:2] == ["0", "1"]
    packed = tmp_path / "cut.warc.gz"
    archive(packed, *((f"https://news.example/{n}", "200 OK", "text/html", page(f"{n}")) for n in range(3)))
    packed.write_bytes(packed.read_bytes()[:-300] + bytes(range(256)))
    assert [entry.title for entry in articles(packed)][:2] == ["0", "1"]


@pytest.mark.parametrize("content", [b"", b"no archive at all\r\n\r\n", gzip.compress(b"nor this", mtime=0)])
def test_what_is_no_archive_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "news.warc.gz"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"news\.warc\.gz: no web archive"):
        list(read_seeds(file))


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.warc", "missing", "text.docx"])
def test_what_cannot_be_read_is_said_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.docx").write_text("x")
    with pytest.raises(InputError, match=name):
        list(read_seeds(tmp_path / name))
