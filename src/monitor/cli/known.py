"""What is known: figures, changes, articles, feeds, deliveries. Only `deliveries retry` writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.listing import lists
from monitor.cli.options import CONFIG, Config, Json, Limit
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.domain.contradictions import Side, SideBySide
    from monitor.domain.quantities import Quantity
    from monitor.domain.series import SeriesKey
    from monitor.store import ArticleLine, ChangeLine, DeliveryLine, FeedHealth, FigureLine, MergeLine, Store

LOOKED_AT = 100
"""Articles among which one with figures is looked for, the newest first."""

State = Literal["due", "leased", "sent", "dead", "held", "parked", "folded"]

app = App()
deliveries = App(name="deliveries", help="The outbox: what is due, sent, held or given up.")
app.command(deliveries)
feeds_app = App(name="feeds", help="How the feeds do; lists of feeds in and out (OPML).")
feeds_app.update(lists)
app.command(feeds_app)


@contextmanager
def opened(config: Path) -> "Iterator[Store]":
    """The store of a settings file, its tables up to date. Raises ConfigError or StoreError."""
    from monitor.settings import load_settings
    from monitor.store import Store

    with Store(load_settings(config).store_url) as store:
        store.migrate()
        yield store


@app.command
def figures(
    *,
    watch: Annotated[str | None, Parameter(help="only this watch")] = None,
    lines: Annotated[bool, Parameter(help="the parties of each series side by side: who agrees with whom")] = False,
    json: Json = False,
    config: Config = CONFIG,
) -> None:
    """What each party says now, series by series, and what you were last told."""
    if lines:
        show_lines(watch, config, as_json=json)
        return
    with opened(config) as store:
        found = [figure_row(line) for line in store.figures(watch)]
        nothing = "" if found else _nothing_yet(store)
    if watch is not None and not found:
        _known_watch(watch, config)
    columns = ("watch", "figure", "party", "now", "as_of", "told", "check", "statements", "outlets", "claim")
    show.rows(found, as_json=json, columns=columns, nothing=nothing)


def _nothing_yet(store: "Store") -> str:
    """Why there is no figure: none was read, or no watch asks for those that were."""
    held = next((line for line in store.articles(LOOKED_AT) if line.claims), None)
    if held is None:
        return "No figures yet. `monitor run` looks for some."
    return f"No watch asks for any of the figures read. Why, for the newest: monitor explain {held.url}"


def _known_watch(watch: str, config: Path) -> None:
    """Raises InputError for a name that no watch has; one that the settings no longer have may hold figures still."""
    from monitor.settings import load_settings
    from monitor.settings_text import no_such

    names = [one.name for one in load_settings(config).watch_settings]
    if watch not in names:
        raise InputError(no_such("watch", watch, names))


def show_lines(watch: str | None, config: Path, *, as_json: bool) -> None:
    """The parties of each series side by side; a JSON object for each series."""
    with opened(config) as store:
        found = store.side_by_side(watch)
        nothing = "" if found else _nothing_yet(store)
    if watch is not None and not found:
        _known_watch(watch, config)
    if as_json:
        show.json_lines(lines_row(one) for one in found)
        return
    sides = [side for one in found for side in lines_row(one)["lines"]]
    columns = ("watch", "figure", "group", "party", "now", "as_of", "told", "check", "statements", "outlets", "claim")
    show.rows(sides, as_json=False, columns=columns, nothing=nothing)
    if sides:
        show.say("Parties with the same letter agree. More than one letter in a figure is a contradiction.")


@app.command
def changes(*, limit: Limit = 20, json: Json = False, config: Config = CONFIG) -> None:
    """What changed, the newest first. `monitor explain CHANGE` says why."""
    with opened(config) as store:
        found = [change_row(line) for line in store.changes(limit)]
    columns = (
        "at",
        "watch",
        "kind",
        "figure",
        "party",
        "before",
        "after",
        "as_of",
        "check",
        "told",
        "undone",
        "outlet",
        "change",
    )
    show.rows(found, as_json=json, columns=columns, nothing="Nothing has changed yet.")


@app.command
def articles(*, limit: Limit = 20, json: Json = False, config: Config = CONFIG) -> None:
    """What was read, the newest first, and how each article ended."""
    with opened(config) as store:
        found = [article_row(line) for line in store.articles(limit)]
    columns = ("seen", "outlet", "title", "status", "claims", "revisions", "reason")
    show.rows(found, as_json=json, columns=columns, nothing="No articles yet. `monitor run` looks for some.")


@feeds_app.default
def feeds(*, json: Json = False, config: Config = CONFIG) -> None:
    """How the feeds do: when they answered, how often in a row they failed, when they are asked again."""
    with opened(config) as store:
        found = [feed_row(line) for line in store.feeds(datetime.now(UTC))]
    columns = (
        "feed",
        "state",
        "new_item",
        "items_a_day",
        "figures_a_day",
        "failures",
        "answered",
        "next_poll",
        "error",
    )
    show.rows(found, as_json=json, columns=columns, nothing="No feeds were asked yet. `monitor run` asks them.")


@deliveries.default
def list_deliveries(
    *,
    state: Annotated[State | None, Parameter(help="only those")] = None,
    limit: Limit = 20,
    json: Json = False,
    config: Config = CONFIG,
) -> None:
    """What is due, sent, held or given up, the newest first."""
    from monitor.domain.deliveries import DeliveryState

    with opened(config) as store:
        wanted = DeliveryState(state) if state else None
        found = [delivery_row(line) for line in store.deliveries(wanted, limit)]
        more = store.number_of_deliveries(wanted) - len(found)
        held = store.held_channels(datetime.now(UTC))
    columns = ("created", "channel", "to", "state", "attempts", "due", "ended", "headline", "error", "key")
    show.rows(found, as_json=json, columns=columns, nothing="No deliveries.")
    if more > 0 and not json:
        show.say(f"… and {more:,} more (--limit)")
    for channel, error in () if json else held.items():
        show.say(show.cell(f"channel {channel} is on hold ({error}): `monitor deliveries retry` tries it again now"))


@deliveries.command
def retry(
    *keys: str,
    channel: Annotated[str | None, Parameter(help="only those of this channel")] = None,
    config: Config = CONFIG,
) -> None:
    """Makes deliveries that were given up or held due again: the named ones, a channel's, or all of them.

    Parameters
    ----------
    keys
        keys of deliveries, as `monitor deliveries` shows them
    """
    with opened(config) as store:
        count = store.retry_deliveries(keys or None, datetime.now(UTC), channel=channel)
    if (keys or channel) and not count:
        which = " ".join([*([", ".join(keys)] if keys else []), *([f"of the channel {channel}"] if channel else [])])
        raise InputError(f"no dead or held delivery {which}; `monitor deliveries` lists them")
    show.say(f"{count} made due. `monitor run`, or the running monitor, sends them.")


@deliveries.command
def release(channel: str, *, config: Config = CONFIG) -> None:
    """Sends what was held back because it came with too many others, as one digest.

    Parameters
    ----------
    channel
        the channel's name
    """
    from monitor.alerts.gathering import together

    now = datetime.now(UTC)
    with opened(config) as store:
        count = store.release_parked(now, channel, lambda waiting: together(waiting, channel=channel, now=now))
    _say_parked(channel, count, "go out as one digest. `monitor run`, or the running monitor, sends it.")


@deliveries.command
def drop(channel: str, *, config: Config = CONFIG) -> None:
    """Leaves out what was held back because it came with too many others. It stays listed.

    Parameters
    ----------
    channel
        the channel's name
    """
    with opened(config) as store:
        count = store.drop_parked(datetime.now(UTC), channel)
    _say_parked(channel, count, "are left out.")


def _say_parked(channel: str, count: int, what: str) -> None:
    if not count:
        raise InputError(
            f'nothing is held back for a channel "{channel}"; `monitor deliveries --state parked` lists it'
        )
    show.say(f"{count} {what}")


def figure_row(line: "FigureLine") -> dict[str, Any]:
    """A party's line in a series."""
    from monitor.alerts.messages import series_id

    figure, key = line.claim.figure, line.series
    return {
        "watch": key.watch,
        "series": series_id(key),
        "figure": named(key, figure.subject.text),
        "measure": key.measure.value,
        "subject": key.subject,
        "scope": key.scope.value,
        "place": key.place,
        "window_days": key.window_days,
        "party": line.party,
        "now": words(figure.quantity) + (" (by hand)" if line.claim.accepted else ""),
        **bounds("", figure.quantity),
        "as_of": line.claim.as_of.day,
        "told": told_words(line.anchor.quantity if line.anchor else None, line.muted),
        "check": words(line.doubt.quantity if line.doubt else None),
        "statements": line.statements,
        "outlets": line.outlets,
        "by_hand": line.claim.accepted,
        "claim": line.claim.id,
        "outlet": line.claim.origin.outlet,
        "url": line.claim.origin.url,
        "quote": figure.quote,
    }


def lines_row(found: "SideBySide") -> dict[str, Any]:
    """A series with its parties' lines; groups by letters, the lowest figures first."""
    key = found.key
    figure = named(key, found.sides[0].claim.figure.subject.text)
    about = {"watch": key.watch, "figure": figure}
    return {
        **about,
        "measure": key.measure.value,
        "subject": key.subject,
        "scope": key.scope.value,
        "place": key.place,
        "window_days": key.window_days,
        "contradiction": found.contradicted,
        "groups": [list(group) for group in found.groups],
        "lines": [{**about, **side_row(side)} for side in found.sides],
    }


def side_row(side: "Side") -> dict[str, Any]:
    """What one party says now, beside the others."""
    return {
        "group": [letter(number) for number in side.groups],
        "party": side.party,
        "now": words(side.claim.figure.quantity) + (" (by hand)" if side.claim.accepted else ""),
        **bounds("", side.claim.figure.quantity),
        "as_of": side.claim.as_of.day,
        "told": told_words(side.told, side.muted),
        "check": side.check,
        "statements": side.support.statements,
        "outlets": side.support.outlets,
        "by_hand": side.claim.accepted,
        "claim": side.claim.id,
    }


def letter(number: int) -> str:
    """A group's name: A to Z, then A1, B1, …"""
    turn, place = divmod(number, 26)
    return f"{chr(ord('A') + place)}{turn or ''}"


def change_row(line: "ChangeLine") -> dict[str, Any]:
    """A change with the claim that caused it."""
    change, figure = line.change, line.claim.figure
    return {
        "at": line.at,
        "change": change.id,
        "watch": change.series.watch,
        "kind": change.kind.value,
        "figure": named(change.series, figure.subject.text),
        "measure": change.series.measure.value,
        "scope": change.series.scope.value,
        "place": change.series.place,
        "party": change.party,
        "before": words(change.before),
        "after": words(change.after) or "withdrawn",
        "as_of": line.claim.as_of.day,
        **bounds("previous_", change.before),
        **bounds("", change.after),
        "check": change.check,
        "told": told_words(None, line.muted) or "told",
        "undone": line.undone,
        "undone_at": line.undone_at,
        "claim": change.claim_id,
        "outlet": line.claim.origin.outlet,
        "url": line.claim.origin.url,
        "quote": figure.quote,
    }


def article_row(line: "ArticleLine") -> dict[str, Any]:
    """An article and how it ended."""
    return {
        "seen": line.first_seen_at,
        "published": line.published_at,
        "outlet": line.outlet,
        "title": line.title or line.url,
        "status": line.status.value if line.status else "pending",
        "claims": line.claims,
        "revisions": line.revisions,
        "reason": line.reason,
        "url": line.url,
    }


def feed_row(line: "FeedHealth") -> dict[str, Any]:
    """A feed and how it does; its address without what may be secret."""
    from monitor.sources.urls import shown_url

    at_an_end = line.trouble == "gone" and (line.error or "").startswith("http_410:")  # it isn't asked any more
    state = "failing for now" if line.failures else "ok" if line.answered_at else "not asked yet"
    told = str(line.trouble).replace("_", " ") if line.trouble is not None else state
    return {
        "feed": line.name,
        "state": told if line.active else "not configured any more",
        "state_since": line.trouble_since,
        "new_item": line.new_at,
        "items_a_day": f"{line.items:.1f}",
        "figures_a_day": f"{line.figures:.1f}",
        "entries": line.entries,
        "polls": line.polls,
        "failures": line.failures,
        "answered": line.answered_at,
        "fresh": line.fresh_at,
        "next_poll": line.next_poll_at if line.active and not at_an_end else None,
        "error": line.error,
        "url": shown_url(line.url),
    }


def delivery_row(line: "DeliveryLine") -> dict[str, Any]:
    """A delivery; its channel by name, never by its URL. `to`: which of a channel's several recipients it is for."""
    return {
        "created": line.created_at,
        "channel": line.channel,
        "to": line.payload.get("to"),
        "state": line.state.value,
        "attempts": line.attempts,
        "due": line.due_at,
        "ended": line.ended_at,
        "headline": str(line.payload.get("headline", "")),
        "error": line.error,
        "key": line.key,
        "folded_into": line.folded_into,
        "changes": list(line.change_ids),
    }


def merge_row(line: "MergeLine") -> dict[str, Any]:
    """A merge and, where it was taken back, who did it and why."""
    source, into, ended = line.merge.source, line.merge.into, line.ended
    return {
        "merge": line.number,
        "watch": source.watch,
        "figure": counted(source),
        "into": counted(into),
        "who": line.said.who,
        "why": line.said.why,
        "at": line.said.now,
        "ended_at": ended.now if ended else None,
        "ended_by": ended.who if ended else None,
        "ended_why": ended.why if ended else None,
    }


def counted(key: "SeriesKey") -> str:
    """A series in a few words: the incident where it is of one, with all that is counted there."""
    subject = key.subject.replace("/", " ")
    return f"{key.incident}: {subject}" if key.incident else named(key, subject)


def named(key: "SeriesKey", subject: str) -> str:
    """What a series counts, in words."""
    from monitor.alerts.words import series_name

    return series_name(key, subject)


def words(quantity: "Quantity | None") -> str:
    """A quantity in words; nothing for none."""
    from monitor.domain.quantities import in_words

    return in_words(quantity) if quantity is not None else ""


def told_words(told: "Quantity | None", muted: str) -> str:
    """What readers were told, or by which mute they weren't."""
    from monitor.alerts.words import told_or_muted

    return told_or_muted(told, muted)


def bounds(prefix: str, quantity: "Quantity | None") -> dict[str, Any]:
    """A quantity's ends and qualifier as fields of a JSON object."""
    return {
        f"{prefix}low": quantity.low if quantity else None,
        f"{prefix}high": quantity.high if quantity else None,
        f"{prefix}qualifier": quantity.qualifier.value if quantity else None,
    }


def plain(value: object) -> str:
    """A field's value in words."""
    from monitor.domain.claims import Claimant, Subject
    from monitor.domain.quantities import Quantity

    match value:
        case Quantity():
            return words(value)
        case Subject():
            return show.cell(f"{value.text} ({value.kind}{f', {value.party}' if value.party else ''})")
        case Claimant():
            return show.cell(value.name if value.party in {None, value.name} else f"{value.name} (for {value.party})")
        case (str(name), float(number)):
            return f"{number:+.2f} {name}"
        case tuple():
            return ", ".join(map(plain, value)) or "none"
        case float():
            return f"{value:.2f}"
    return show.cell(value) or "none"
