"""`monitor mute`: a person wants no alerts for a while. What changes meanwhile is stored, and not told later."""

import getpass
import re
from datetime import UTC, date, datetime
from typing import Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.known import opened
from monitor.cli.options import CONFIG, Config, Json
from monitor.errors import InputError

app = App()
mute = App(name="mute", help="Watches, or parties, series, outlets and feeds in them, that nobody is told about.")
app.command(mute)


@mute.default
def list_mutes(*, json: Json = False, config: Config = CONFIG) -> None:
    """What is muted now."""
    with opened(config) as store:
        found = [
            {
                "mute": one.id,
                "watch": one.watch,
                "party": one.party,
                "series": one.series,
                "outlet": one.outlet,
                "feed": one.feed,
                "until": one.until,
                "who": one.who,
                "why": one.why,
            }
            for one in store.list_mutes(datetime.now(UTC))
        ]
    show.rows(found, as_json=json, nothing="Nothing is muted.")


@mute.command
def add(
    watch: str,
    *,
    party: Annotated[str | None, Parameter(help="only what this party says")] = None,
    series: Annotated[str | None, Parameter(help="only this series, by the name that its alerts give it")] = None,
    outlet: Annotated[str | None, Parameter(help="only what this outlet brings")] = None,
    feed: Annotated[str | None, Parameter(help="only articles that this feed brought first")] = None,
    until: Annotated[date | None, Parameter(help="up to this day (UTC); for good when left out")] = None,
    why: str = "",
    config: Config = CONFIG,
) -> None:
    """Mutes a watch, or what is of a party, a series, an outlet or a feed in it. Changes are stored all the same.

    Parameters
    ----------
    watch
        the watch's name, as in the settings; "*" for all of them
    why
        the reason, for others
    """
    from monitor.settings import load_settings
    from monitor.settings_text import no_such
    from monitor.store import EVERY_WATCH

    settings = load_settings(config)
    names, feeds = [one.name for one in settings.watch_settings], [one.name for one in settings.feeds]
    if watch not in {*names, EVERY_WATCH}:
        raise InputError(no_such("watch", watch, names))
    if feed is not None and feed not in feeds:
        raise InputError(no_such("feed", feed, feeds))
    if series is not None and not re.fullmatch(r"s[0-9a-f]{20}", series):
        raise InputError(f'"{series}" is no name of a series: alerts and `monitor figures --json` give it')
    now = datetime.now(UTC)
    end = datetime(until.year, until.month, until.day, tzinfo=UTC) if until else None
    if end is not None and end <= now:
        raise InputError(f"{until} is over already")
    if party is not None and settings.load_lexicon().party(party) is None:
        show.say(f"Note: the lexicon doesn't know the party {party!r}: alerts give the name that is muted.")
    with opened(config) as store:
        if outlet is not None and not store.knows_outlet(outlet):
            show.say(f"Note: no article of the outlet {outlet!r} is stored: alerts give the name that is muted.")
        number = store.add_mute(
            watch,
            party=party,
            series=series,
            outlet=outlet,
            feed=feed,
            until=end,
            who=getpass.getuser(),
            why=why,
            now=now,
        )
    show.say(f"muted ({number}). `monitor mute end {number}` ends it.")


@mute.command
def end(number: int, *, config: Config = CONFIG) -> None:
    """Ends a mute.

    Parameters
    ----------
    number
        as `monitor mute` shows it
    """
    with opened(config) as store:
        if number not in {one.id for one in store.list_mutes(datetime.now(UTC))}:
            raise InputError(f"there is no mute {number}; `monitor mute` lists them")
        store.remove_mute(number)
    show.say(f"ended ({number}).")
