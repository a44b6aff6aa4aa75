"""A settings file as it is written: its tables with variables and secrets filled in, and what is wrong, by line."""

import difflib
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monitor.errors import ConfigError
from monitor.toml_lines import Key, find_line, spelled


class SettingsText:
    """One file. `wrong` is what was complained of, by key; of one key, or of what is in it, only the first is told.

    Raises ConfigError for a file that can't be read, or is no TOML.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.wrong = path, dict[Key, ConfigError]()
        self._text = read_text(path)
        try:
            self._raw = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise _syntax_complaint(path, str(error)) from error

    def complain(self, key: Key, message: str) -> None:
        """Something is wrong with this key."""
        around = {key[:length] for length in range(1, len(key) + 1)}
        if key[-1:] == ("url",):
            around.add((*key[:-1], "url_file"))  # which stands for it
        if not around & self.wrong.keys():
            self.wrong[key] = complaint(self.path, key, message, self._text)

    def tables(self) -> dict[str, Any]:
        """What it says, with every ${NAME} and `url_file`. What can't be had is complained of, and "" instead."""
        tables: dict[str, Any] = self._expand(self._raw, ())
        self._read_secrets(tables)
        return tables

    def _expand(self, value: Any, key: Key) -> Any:
        if isinstance(value, dict):
            return {name: self._expand(inner, (*key, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._expand(inner, (*key, number)) for number, inner in enumerate(value)]
        if isinstance(value, str):
            return re.sub(r"\$\{(\w+)(?::-([^}]*))?\}", lambda found: self._variable(found, key), value)
        return value

    def _variable(self, found: re.Match[str], key: Key) -> str:
        value = os.environ.get(found[1]) or found[2]
        if value is None:
            self.complain(key, f"the environment variable {found[1]} is not set")
        return value or ""

    def _read_secrets(self, tables: dict[str, Any]) -> None:
        """Puts the content of every `url_file` in the place of its `url`."""
        channels = tables.get("channel")
        places: list[tuple[Key, Any]] = [(("store",), tables.get("store"))]
        if isinstance(channels, list):
            places += [(("channel", number), table) for number, table in enumerate(channels)]
        for key, table in places:
            if isinstance(table, dict) and "url_file" in table:
                name = table.pop("url_file")
                if "url" in table:
                    self.complain((*key, "url_file"), "give either url or url_file")
                else:
                    table["url"] = self._secret(name, key)

    def _secret(self, name: object, table: Key) -> str:
        file = self.path.resolve().parent / Path(str(name)).expanduser()
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.complain((*table, "url_file"), f"the file {name} can't be read")
            return ""


def read_text(path: Path) -> str:
    """A text file of the user's. Raises ConfigError when it can't be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        hint = "no such file; `monitor init` writes one" if path.suffix == ".toml" else "no such file"
        raise ConfigError(hint, file=str(path)) from error
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError("is no UTF-8 text", file=str(path), line=line) from error


def complaint(path: Path, key: Key, message: str, text: str | None = None) -> ConfigError:
    """A ConfigError for one key, its line looked up in the file."""
    line = find_line(read_text(path) if text is None else text, key)
    return ConfigError(message, file=str(path), line=line, key=spelled(key) or None)


def suggestion(word: str, known: Sequence[str]) -> str:
    """ "; did you mean …?" when a known word is near, else the known words."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{near[0]}"?'
    return f" (known: {', '.join(known)})" if known else ""


def no_such(what: str, word: str, known: Sequence[str]) -> str:
    """ "there is no watch "x"; did you mean …?" """
    return f'there is no {what} "{word}"{suggestion(word, known)}'


def _syntax_complaint(path: Path, message: str) -> ConfigError:
    found = re.search(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)", message)
    said = message[: found.start()] if found else message
    line = int(found[1]) if found and found[1] else None
    return ConfigError(f"no valid TOML: {said[:1].lower()}{said[1:]}", file=str(path), line=line)
