"""Files with secrets in them that everybody on the machine can read."""

import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FROM_ENVIRONMENT = re.compile(r"\$\{[^}]*\}")
MAIL = frozenset({"mailto", "mailtos"})
"""Their paths and users are addresses; those of all other channels may be tokens."""


def exposed(settings: Path) -> list[Path]:
    """The settings, if there is a secret in them, and the files of `url_file` and `password_file`: those that others
    may read."""
    tables = list(_tables(tomllib.loads(settings.read_text(encoding="utf-8"))))
    files = [settings] if any(_is_secret(kind, table.get("url")) for kind, table in tables) else []
    named = [str(table[key]) for _, table in tables for key in ("url_file", "password_file") if key in table]
    files += [settings.parent / Path(name).expanduser() for name in named]
    return [file for file in dict.fromkeys(files) if file.exists() and file.stat().st_mode & stat.S_IROTH]


def _tables(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in ("channel", "store", "feed", "server"):
        found = raw.get(kind, [])
        for table in found if isinstance(found, list) else [found]:
            if isinstance(table, dict):
                yield kind, table


def _is_secret(kind: str, url: object) -> bool:
    """Whether an address holds more than where it leads; what comes from the environment doesn't stand in the file."""
    try:
        parts = urlsplit(FROM_ENVIRONMENT.sub("", str(url or "")))
    except ValueError:
        return True
    if parts.password or parse_qs(parts.query).keys() & {"pass", "password", "secret", "token", "key"}:
        return True
    return kind == "channel" and parts.scheme not in MAIL and bool(parts.username or parts.path.strip("/"))
