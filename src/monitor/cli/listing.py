"""`monitor feeds import` and `monitor feeds export`: lists of feeds as other programs write them (OPML)."""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.options import CONFIG, Config
from monitor.cli.whole import written_whole
from monitor.errors import ConfigError, InputError

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.sources.opml import ListedFeed

lists = App()


@lists.command(name="import")
def import_feeds(
    file: Path,
    *,
    write: Annotated[bool, Parameter(negative="", help="append them to the settings instead")] = False,
    config: Config = CONFIG,
) -> None:
    """Turns a list of feeds (OPML) into [[feed]] tables for monitor.toml.

    An address that the settings have already is passed over. With --write nothing is written when a name stands for
    another feed there.

    Parameters
    ----------
    file
        the list, as feed readers export it
    """
    from monitor.sources.opml import read_opml

    found = read_opml(_read(file), file.name)
    feeds = [_harmless(feed) for feed in found.feeds]
    if not found.complete:
        sys.stderr.write(f"{show.cell(file.name)}: breaks off after {len(feeds)} feeds; there may have been more\n")
    for name in found.left_out:
        sys.stderr.write(f"{show.cell(name)}: left out, its address is neither http nor https\n")
    if not write:
        show.say(_tables(feeds).rstrip("\n"))
        return
    added = _append(feeds, config)
    show.say(f"{added} feeds added to {config}. Look through them, then: monitor check --config {config}")


@lists.command(name="export")
def export_feeds(*, config: Config = CONFIG) -> None:
    """Writes the settings' feeds as OPML to standard output, without what may be secret in their addresses."""
    from monitor.settings import load_settings
    from monitor.sources.opml import ListedFeed, write_opml
    from monitor.sources.urls import shown_url

    feeds = [feed for feed in load_settings(config).feeds if feed.url is not None]
    for feed in feeds:
        if shown_url(feed.url or "") != feed.url:
            sys.stderr.write(f"{show.cell(feed.name)}: user, password and query of its address are left out\n")
    show.say(write_opml(ListedFeed(feed.name, shown_url(feed.url or "")) for feed in feeds).rstrip("\n"))


def _read(file: Path) -> bytes:
    from monitor.sources.opml import MAX_BYTES

    try:
        with file.open("rb") as opened:
            body = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: can't be read ({error.strerror})") from error
    if len(body) > MAX_BYTES:
        raise InputError(f"{file}: is larger than {MAX_BYTES // 1024 // 1024} MB")
    return body


def _harmless(feed: "ListedFeed") -> "ListedFeed":
    """The feed without what can't be seen; ${NAME} would stand for a variable of the environment in the settings, and
    a list from elsewhere must not get at those."""
    name, url = ("".join(char for char in text if char.isprintable()) for text in (feed.name, feed.url))
    return replace(feed, name=name.replace("${", "{"), url=url.replace("${", "%24{"))


def _tables(feeds: "list[ListedFeed]") -> str:
    return "\n".join(f"[[feed]]\nname = {_quoted(feed.name)}\nurl = {_quoted(feed.url)}\n" for feed in feeds)


def _quoted(text: str) -> str:
    """A TOML string of one line."""
    return json.dumps(text, ensure_ascii=False)


def _append(feeds: "list[ListedFeed]", config: Path) -> int:
    """Appends the feeds that are new to the settings; returns how many."""
    from monitor.settings import load_settings
    from monitor.settings_text import read_text

    settings = load_settings(config)
    new = _new(feeds, settings)
    if not new:
        return 0
    text = read_text(config)
    added = ("" if text.endswith("\n") else "\n") + "\n" + _tables(new)
    try:
        _replace(config.resolve(), text + added)
    except OSError as error:
        raise InputError(f"{config} can't be written: {error.strerror}") from error
    return len(new)


def _replace(config: Path, text: str) -> None:
    """Puts settings in the place of the old ones, once they are known to load. Raises InputError or OSError."""
    from monitor.settings import load_settings

    with written_whole(config) as tried:  # beside the other: what the settings name is meant from their folder
        tried.write_text(text, encoding="utf-8")
        shutil.copymode(config, tried)
        try:
            load_settings(tried)
        except ConfigError as error:
            why = str(error).replace(str(tried), config.name)
            raise InputError(f"the settings could not be read with these feeds, nothing was written: {why}") from error


def _new(feeds: "list[ListedFeed]", settings: "Settings") -> "list[ListedFeed]":
    known = {feed.url for feed in settings.feeds}
    new = [feed for feed in feeds if feed.url not in known]
    names = {feed.name for feed in settings.feeds}
    clashes = [show.cell(feed.name) for feed in new if feed.name in names]
    if clashes:
        said = ", ".join(clashes[:5]) + (f" and {len(clashes) - 5} more" if len(clashes) > 5 else "")
        raise InputError(f"the settings have other feeds of these names, nothing was written: {said}")
    return new
