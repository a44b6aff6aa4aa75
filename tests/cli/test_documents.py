"""What the documents tell people to type is there."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from monitor.cli.main import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "src/monitor/cli/starter.toml"])

CALL = re.compile(r"(?:^\s{4,}(?:\S*/bin/)?|`)monitor ((?:[\w./<>-]|[ ](?![<>|#]))+)", re.MULTILINE)
"""A call in a code span or at the beginning of an indented line, up to a pipe, a redirection or a comment."""
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def calls() -> Iterator[tuple[str, str]]:
    """Every call of the command in the documents, with the document's name."""
    for document in DOCUMENTS:
        for call in CALL.findall(document.read_text(encoding="utf-8")):
            yield document.name, call.strip()


def test_there_are_calls_to_look_at() -> None:
    assert len({call for _, call in calls()}) > 20


@pytest.mark.parametrize("call", sorted({call for _, call in calls()}))
def test_a_command_in_the_documents_exists(call: str) -> None:
    words = call.split()
    found, *_ = app.parse_commands(words)
    assert found, f"monitor {call}"
    command = app
    for name in found:
        command = command[name]
    options = [word for word in words if word.startswith("--")]
    known = {name for argument in command.assemble_argument_collection() for name in argument.names}
    assert set(options) <= known | {"--help"}, f"monitor {call}"


def test_every_command_is_in_the_documents() -> None:
    told = {call.split()[0] for _, call in calls()}
    assert {name for name in app if not name.startswith("-")} <= told


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_link_between_the_documents_leads_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_setting_is_in_the_documents() -> None:
    from monitor.settings import TABLES, known_keys

    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for table in TABLES:
        for key in known_keys((table,)):
            assert f"`{key}`" in told, f"[{table}] {key}"


def test_every_dependency_is_in_the_documents() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", told, re.IGNORECASE)} == set()
