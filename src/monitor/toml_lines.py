"""Where in a TOML text a key stands: the standard reader tells what a file says, not where it says it."""

import re

HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
ASSIGNMENT = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

Key = tuple[str | int, ...]
"""A way into the file, as ("watch", 0, "min_change")."""


def spelled(key: Key) -> str:
    """watch[0].min_change"""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


def find_line(text: str, key: Key) -> int | None:
    """The line (from 1) of the key, else of the nearest thing around it that stands in the file; None for nothing."""
    places = key_lines(text)
    for length in range(len(key), 0, -1):
        if key[:length] in places:
            return places[key[:length]]
    return None


def key_lines(text: str) -> dict[Key, int]:
    """The line of every table and key that stands at the start of a line. Text in triple quotes is passed over."""
    found: dict[Key, int] = {}
    table: Key = ()
    counts: dict[Key, int] = {}
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        inside, quoted = quoted, quoted != bool((line.count('"""') + line.count("'''")) % 2)
        if inside:
            continue
        if header := HEADER.match(line):
            table = _table(header, counts)
            found.setdefault(table, number)
        elif key := ASSIGNMENT.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def _table(header: re.Match[str], counts: dict[Key, int]) -> Key:
    """The way to a table from its header; a table of an array carries its number."""
    name = _parts(header[2])
    if header[1] == "[":
        return name
    counts[name] = counts.get(name, -1) + 1
    return (*name, counts[name])


def _parts(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted))
