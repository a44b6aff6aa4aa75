"""Tables for Prefect's pages, in Markdown: figures, changes, feeds. Pure. What comes from feeds can't open markup."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.alerts.messages import series_id
from monitor.alerts.neutral import markdown, safe_url
from monitor.alerts.words import series_name
from monitor.domain.health import STALE_AFTER
from monitor.domain.rereading import Tally
from monitor.store import ChangeLine, FeedHealth, FigureLine, RereadingState, TakenOver
from monitor.web import views

MOST_ROWS = 200
"""A longer table says how much more there is: the pages of figures have all of it."""
QUOTE = 400


def figures(lines: Iterable[FigureLine], public_url: str | None = None) -> str:
    """What each party says now, series by series."""
    columns = ("watch", "figure", "party", "now", "as of", "told", "to check", "outlets")
    rows = []
    for line in lines:
        key, view = line.series, views.figure_view(line)
        title = series_name(key, line.claim.figure.subject.text)
        link = f"{public_url}/series/{series_id(key)}" if public_url else None
        words = (view["party"], view["now"], view["as_of"], view["told"], view["check"], str(view["outlets"]))
        rows.append((markdown(key.watch), linked(title, link), *map(markdown, words)))
    return table(columns, rows, nothing="No figures yet.")


def changes(lines: Iterable[ChangeLine], zone: ZoneInfo, public_url: str | None = None) -> str:
    """Each change with its quote and its article, and with a link to the page that explains it."""
    return "\n\n".join(_change(views.change_view(line), zone, public_url) for line in lines) or "Nothing has changed."


def _change(view: dict[str, Any], zone: ZoneInfo, public_url: str | None) -> str:
    step = f"{view['before']} → {view['after']}" if view["before"] else view["after"]
    page = f"{public_url}/changes/{view['id']}" if public_url else None
    said = f"{view['party']}, {views.when(view['at'], zone)}"
    return "\n".join(
        [
            f"### {markdown(view['title'])}: {markdown(step)}",
            f"{linked(view['kind_words'], page)} · {markdown(said)} · {markdown(view['watch'])}",
            "",
            f"> “{markdown(view['quote'], QUOTE)}”",
            "",
            f"{linked(view['headline'] or view['outlet'], view['url'])} ({markdown(view['outlet'])})",
        ]
    )


def feeds(found: Sequence[FeedHealth], now: datetime, zone: ZoneInfo) -> str:
    """How the feeds do: a count of each state, then a row for each feed, those in trouble first."""
    states = [(feed_state(feed, now), feed) for feed in found]
    counts = [(state, sum(one == state for one, _ in states)) for state in STATES]
    lines = [f"- {number} {state}" for state, number in counts if number]
    ranked = sorted(states, key=lambda pair: (-STATES.index(pair[0]), pair[1].name))
    columns = ("feed", "state", "last answer", "last new entry", "articles a day", "with figures", "what is wrong")
    rows = [
        (
            markdown(feed.name),
            state,
            markdown(views.when(feed.answered_at, zone)),
            markdown(views.when(feed.new_at, zone)),
            f"{feed.items:.1f}",
            f"{feed.figures:.1f}",
            markdown((feed.trouble or "").replace("_", " ") or feed.error or ""),
        )
        for state, feed in ranked
    ]
    return "\n".join([*lines, "", table(columns, rows, nothing="There are no feeds.")])


STATES = ("resting", "not asked yet", "well", "failing for now", "in trouble")
"""Of feeds, the worst last."""


def feed_state(feed: FeedHealth, now: datetime) -> str:
    """One of STATES: operators hear of a feed in trouble; one that failed lately may just be slow."""
    if not feed.active:
        return "resting"
    if feed.trouble is not None:
        return "in trouble"
    if feed.polled_at is None:
        return "not asked yet"
    if feed.error is not None:
        return "in trouble" if feed.answered_at and now - feed.answered_at >= STALE_AFTER else "failing for now"
    return "well"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, nothing: str) -> str:
    """A table of cells that are Markdown already."""
    found = list(rows)
    if not found:
        return nothing
    lines = [f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * len(columns), *found[:MOST_ROWS])]
    more = len(found) - MOST_ROWS
    return "\n".join([*lines, *(["", f"… and {more:,} more"] if more > 0 else [])])


def linked(words: str, url: str | None) -> str:
    """Words that link to an address, if it is one that a link may carry."""
    safe = safe_url(url) if url else None
    return f"[{markdown(words, 200)}](<{safe}>)" if safe else markdown(words, 200)


def rereading(tally: Tally, state: RereadingState, done: TakenOver | None) -> str:
    """What a newer extractor reads otherwise: how much of it, which fields and rules, and examples."""
    sorts = ", ".join(f"{tally.counts[sort]:,} {sort}" for sort in ("added", "lost", "altered", "reworked"))
    end = f"Taken over; {done.decided:,} decisions are others now." if done else "Nothing was changed."
    fields = [(name, f"{number:,}") for name, number in tally.by_field.most_common()]
    rules = [(markdown(rule), f"{counts.total():,}") for rule, counts in tally.by_rule().items()]
    examples = [
        f"- {sort}: “{markdown(claim.figure.quote, QUOTE)}” ({linked(claim.origin.outlet, claim.origin.url)})"
        for sort, found in tally.examples.items()
        for claim in (after or before for before, after, _ in found)
        if claim is not None
    ]
    return "\n".join(
        [
            f"{state.read:,} texts read again, {state.same:,} of them the same, {state.failed:,} can't be read.",
            f"Claims: {sorts}. {end}",
            "",
            table(("field", "claims"), fields, nothing=""),
            "",
            table(("rule", "claims"), rules, nothing=""),
            "",
            *examples,
        ]
    )
