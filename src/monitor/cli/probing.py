"""`monitor probe`: what would be read from a feed or a page, before anybody watches it."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.options import CONFIG, Config, Json

if TYPE_CHECKING:
    from monitor.sources.fetch import Fetcher
    from monitor.sources.probing import Probe

SHOWN = 10
"""Entries of a feed that people are shown."""
OPENING = 300
"""Characters of an article's text that people are shown."""

app = App()


@app.command
def probe(
    *places: str,
    allow_private: Annotated[
        tuple[str, ...], Parameter(negative="", help="a private host that may be asked; can be given again")
    ] = (),
    json: Json = False,
    config: Config = CONFIG,
) -> int:
    """Says what would be read from addresses and files: a feed's entries, an article's text, or why neither.

    Nothing is stored and no settings are needed; where there are any, [fetch] of them holds. Ends with 2 when a place
    holds nothing that can be read.

    Parameters
    ----------
    places
        http(s) addresses, or files that hold the body of a feed or a page
    """
    import asyncio  # which half the commands do without, and start the sooner

    return asyncio.run(_probe_all(places, allow_private, config, as_json=json))


async def _probe_all(places: Sequence[str], allow_private: Sequence[str], config: Path, *, as_json: bool) -> int:
    nothing = False
    async with _fetcher(config, allow_private) as fetcher:
        async for found in _probes(places, fetcher):
            nothing = nothing or found.kind == "none"
            if as_json:
                show.json_lines([found.to_json()])
            else:
                _tell(found)
    return 2 if nothing else 0


def _fetcher(config: Path, allow_private: Sequence[str]) -> "Fetcher":
    from monitor.settings import load_settings
    from monitor.sources.fetch import Fetcher

    if not config.exists():
        return Fetcher(allow_private=allow_private)
    fetch = load_settings(config).fetch
    return Fetcher(
        allow_private=[*fetch.allow_private, *allow_private],
        user_agent=fetch.user_agent,
        contact=fetch.contact,
        deadline=fetch.timeout.total_seconds(),
    )


async def _probes(places: Sequence[str], fetcher: "Fetcher") -> "AsyncIterator[Probe]":
    from monitor.sources.probing import Probe, probe_file, probe_url
    from monitor.sources.urls import shown_url

    for place in places:
        if re.match(r"https?://", place, re.IGNORECASE):
            yield await probe_url(place, fetcher)
        elif re.match(r"[a-z][a-z0-9+.-]*://", place, re.IGNORECASE):
            why = "only addresses with http:// or https:// are read"
            yield Probe(shown_url(place), "none", error="scheme", why=why)
        else:
            yield await probe_file(Path(place))


def _tell(found: "Probe") -> None:
    about = {"feed": f"a feed, {len(found.entries)} entries", "page": "a page", "none": "nothing that can be read"}
    show.say(f"{show.cell(found.name)}: {about[found.kind]}" + (f" ({show.cell(found.why)})" if found.why else ""))
    if found.title:
        show.say(f"  {'title':<11}{show.cell(found.title)}")
    if found.kind == "page":
        show.say(f"  {'published':<11}{show.cell(found.published_at) or 'not stated'}")
        show.say(f"  {'address':<11}{show.cell(found.canonical_url) or 'not stated'}")
        show.say(f"  {'text':<11}{len(found.text):,} characters: {show.cell(_opening(found.text))}")
    rows = [{"published": entry.published_at, "title": entry.title, "url": entry.url} for entry in found.entries]
    if rows:
        show.table(rows[:SHOWN], ("published", "title", "url"))
    if len(rows) > SHOWN:
        show.say(f"  and {len(rows) - SHOWN} more")
    for feed in found.feeds:
        show.say(f"  {'names feed':<11}{show.cell(feed.url)} {show.cell(feed.title)}".rstrip())


def _opening(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= OPENING else words[:OPENING].rsplit(" ", 1)[0] + " …"
