"""The extractor and the whole way from article to alert on files, for people and programs that measure them."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.explaining import figure_lines, marked
from monitor.cli.options import CONFIG, Config, refuse_options
from monitor.errors import InputError, MonitorError

STDIN = Path("-")
JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
FENCES = ("---\n", "---\r\n")
BAD_INPUT = 2
"""The exit code of a command that named lines which can't be used."""
MAX_BYTES = 100 * 1024 * 1024

app = App()


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read figures from. `id` is given back as it came."""

    id: Any
    text: str
    title: str | None = None
    published: date | None = None
    outlet: str | None = None


@app.command
def extract(
    *files: Annotated[Path, Parameter(allow_leading_hyphen=True)],
    explain: Annotated[bool, Parameter(negative="", help="for people: each figure in its sentence, and why")] = False,
    pack: Annotated[
        tuple[Path, ...], Parameter(negative="", help="a folder with a lexicon pack; can be given again")
    ] = (),
) -> int:
    """Reads figures out of texts: JSON lines in, JSON lines out; needs no settings and no database.

    Each line in holds "id" and "text" (or "title" alone), and "title", "published" and "outlet". A file that is no
    JSON lines is one article, with or without front matter; start and end of a figure count from the text below it. A
    line that can't be used is named, the others are read, and the command ends with 2.

    Parameters
    ----------
    files
        the files to read; standard input for - and when left out
    """
    refuse_options(files)
    from monitor.extract import extract as read_figures
    from monitor.extract.forms import figure_form
    from monitor.extract.lexicon import load

    lexicon = load(pack)
    failed = 0
    for article in (one for file in files or (STDIN,) for one in _articles(file)):
        if isinstance(article, InputError):
            failed = BAD_INPUT
            sys.stderr.write(f"monitor: {show.cell(str(article))}\n")
            continue
        reading = read_figures(
            article.text,
            title=article.title,
            published=article.published,
            outlet=article.outlet,
            lexicon=lexicon,
        )
        for limit in reading.left_out:
            sys.stderr.write(f"warning: row {show.cell(str(article.id))}: {limit}\n")
        if explain:
            _explain(article, reading)
            continue
        row = {"id": article.id, "language": reading.language, "status": reading.status}
        row |= {"figures": [figure_form(figure) for figure in reading.figures]}
        show.json_lines([row | ({"truncated": True} if reading.left_out else {})])
    sys.stdout.flush()
    return failed


@app.command
def replay(
    events: Path,
    *,
    seed: Annotated[Path | None, Parameter(help="a folder of articles, loaded first as the baseline")] = None,
    config: Config = CONFIG,
) -> None:
    """Runs a time line of articles through a fresh database; writes the alerts that would go out, as JSON lines.

    Each line in holds "id", "at", "url", "outlet", "title", "published" and "text"; "at" is the clock (left out, it is
    "published"), and the same url with another text is a revision. Nothing is sent, and the settings' own database is
    left alone.

    Parameters
    ----------
    events
        the time line; - for standard input
    """
    from monitor.replay import read_events
    from monitor.replay import replay as play
    from monitor.settings import load_settings

    settings = load_settings(config)
    for alert in play(read_events(_read(events).split("\n"), _name(events)), settings, seed=seed):
        show.json_lines([alert])
        sys.stdout.flush()


def _articles(file: Path) -> Iterator[Article | InputError]:
    """The texts of a file; what can't be used comes as the error that says so, and the next line follows."""
    try:
        text, name = _read(file), _name(file)
        if file.suffix.lower() in JSON_SUFFIXES or _looks_like_json(text):
            yield from _rows(name, text)
        elif text.strip():
            yield _plain(file, text)
        else:
            yield InputError(f"{name}: there is no text in it")
    except MonitorError as error:
        yield InputError(str(error))


def _rows(name: str, text: str) -> Iterator[Article | InputError]:
    if re.match(r"\s*\[\s*(\{|\]|$)", text):
        raise InputError(f"{name}: is a JSON array; one object a line is wanted (`jq -c '.[]'` writes them)")
    for number, line in enumerate(_lines(text), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            yield _article(_parsed(line, where), where, number)
        except InputError as error:
            yield error


def _lines(text: str) -> list[str]:
    """The lines, or one object that is spread over several as one."""
    if text.lstrip().startswith(("{\n", "{\r\n")):
        with suppress(ValueError, RecursionError):
            return [json.dumps(json.loads(text))]
    return text.split("\n")


def _looks_like_json(text: str) -> bool:
    """No article opens with a brace and a quote; a line that does and can't be parsed is a broken one, and is said."""
    return re.match(r'\s*\[?\s*\{\s*["}]', text) is not None


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: is not a line of JSON") from error
    if not isinstance(found, dict):
        raise InputError(f"{where}: is not a JSON object")
    return found


def _article(found: Mapping[str, Any], where: str, number: int) -> Article:
    text, title = _words(found, "text", where), _words(found, "title", where)
    if text is None and title is None and found.get("text") is None:
        raise InputError(f'{where}: "text" is missing, and there is no "title"')
    return Article(
        id=found.get("id", number),
        text=text or "",
        title=title,
        published=_day(found, where),
        outlet=_words(found, "outlet", where),
    )


def _plain(file: Path, text: str) -> Article:
    """One article. Front matter is taken off as it is for folders of articles; without any, the text is as it is."""
    from monitor.sources.folder import entry_of

    name = file.name if file == STDIN else file.stem
    if not text.startswith(FENCES):
        return Article(name, text)
    entry = entry_of(text, _name(file))
    published = entry.published_at.date() if entry.published_at else None
    return Article(name, entry.text, entry.title or None, published, entry.outlet or None)


def _day(found: Mapping[str, Any], where: str) -> date | None:
    from monitor.sources.dates import parse_date

    given = _words(found, "published", where)
    if given is None:
        return None
    try:
        return date.fromisoformat(given[:10])  # the day as the text's own place counts it
    except ValueError:
        instant = parse_date(given)
    if instant is None:
        raise InputError(f'{where}: "published" is no date like 2025-01-17 or 2025-01-17T09:30:00Z')
    return instant.date()


def _words(found: Mapping[str, Any], name: str, where: str) -> str | None:
    given = found.get(name)
    if given is not None and not isinstance(given, str):
        raise InputError(f'{where}: "{name}" is no text')
    return given or None


def _read(file: Path) -> str:
    name = _name(file)
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if file == STDIN else _bytes(file)
        if len(raw) > MAX_BYTES:
            raise InputError(f"{name}: is larger than {MAX_BYTES // 1024 // 1024} MB")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}:{line}: is no UTF-8 text") from error
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or 'can not be read').lower()}") from error


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _name(file: Path) -> str:
    return "standard input" if file == STDIN else str(file)


def _explain(article: Article, reading: Any) -> None:
    from monitor.domain.rereading import TITLE_RULE

    show.say(
        f"{show.cell(str(article.id))}: {show.counted(len(reading.figures), 'figure')}, language {reading.language}"
    )
    for figure in reading.figures:
        source = article.title or "" if TITLE_RULE in figure.rules else article.text
        show.say("")
        show.say(f"  {'text':<11}{show.cell(marked(source, figure.start, figure.end))}")
        for line in figure_lines(figure):
            show.say(line)
