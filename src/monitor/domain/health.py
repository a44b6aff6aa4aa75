"""How a feed does: when it is in trouble, judged by its own habit. Pure: the clock is an argument."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Trouble(StrEnum):
    """What an operator is told about a feed, once, and once more when it is over; the worst first."""

    GONE = "gone"
    FAILING = "failing"
    MOVED = "moved"
    SILENT = "silent"
    ROLLED_OVER = "rolled_over"
    NO_FIGURES = "no_figures"


FAILING_FOR = timedelta(hours=6)
"""A feed that has not answered for so long is failing; an outage of an evening hour is nobody's business."""
STALE_AFTER = timedelta(hours=3)
"""What was last heard so long ago says nothing of now."""
ROLLED_FOR = timedelta(days=1)
"""So long a feed that rolled over is said to do so."""
HABIT = 10
"""New items after which a feed's habit is known."""
SILENT_TIMES = 8
"""A feed is silent when its pause is so many times its usual one …"""
SILENT_AT_LEAST = timedelta(hours=24)
""" … and at least this long: newsrooms sleep."""
MOVED_TIMES, MOVED_FOR = 3, timedelta(days=1)
"""A permanent redirect is believed when it was met so often, over so long."""
FIGURES_LOOKED_AT = 40
"""The newest articles of a feed among which there should be figures …"""
FIGURES_BEFORE = 60
"""… where it is known from so many earlier ones …"""
FIGURES_SHARE = 0.15
""" … that at least this share of them held some."""
SMOOTHING = 0.2
"""How much the newest pause counts in a feed's habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """What is known of how a feed does. `habit` is its usual pause between new items; `with_figures` says which
    of its articles held figures, the newest first; `trouble` is what operators were told, and when."""

    name: str
    added_at: datetime
    answered_at: datetime | None = None
    new_at: datetime | None = None
    new_entries: int = 0
    habit: timedelta | None = None
    error: str | None = None
    rolled_over: bool = False
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_seen: int = 0
    gone: bool = False
    with_figures: tuple[bool, ...] = ()
    trouble: Trouble | None = None
    trouble_since: datetime | None = None


def trouble_of(feed: FeedRecord, now: datetime) -> Trouble | None:
    """The worst of what is wrong with a feed, None when it does well.

    What was told of it holds until it has answered again: an unanswered feed is neither well nor in a lesser trouble.
    """
    found = _seen(feed, now)
    if feed.trouble is None or feed.trouble_since is None or found in {Trouble.GONE, Trouble.FAILING}:
        return found
    answered = feed.answered_at is not None and feed.answered_at > feed.trouble_since
    return found if answered or not _is_less(found, feed.trouble) else feed.trouble


def _is_less(found: Trouble | None, told: Trouble) -> bool:
    worst_first = list(Trouble)
    return found is None or worst_first.index(found) > worst_first.index(told)


def _seen(feed: FeedRecord, now: datetime) -> Trouble | None:
    """The worst of what shows now, whatever was told before."""
    if feed.gone:
        return Trouble.GONE
    if feed.error is not None and now - (feed.answered_at or feed.added_at) >= FAILING_FOR:
        return Trouble.FAILING
    if has_moved(feed.moved_seen, feed.moved_since, now):
        return Trouble.MOVED
    if feed.habit is not None and feed.new_at is not None and feed.new_entries >= HABIT:
        pause = now - feed.new_at
        if pause >= SILENT_AT_LEAST and pause > SILENT_TIMES * feed.habit:
            return Trouble.SILENT
    if feed.rolled_over or _rolled_lately(feed, now):
        return Trouble.ROLLED_OVER
    newest, before = feed.with_figures[:FIGURES_LOOKED_AT], feed.with_figures[FIGURES_LOOKED_AT:]
    if len(before) >= FIGURES_BEFORE and sum(before) >= FIGURES_SHARE * len(before) and not any(newest):
        return Trouble.NO_FIGURES
    return None


def _rolled_lately(feed: FeedRecord, now: datetime) -> bool:
    """A feed that rolls over at every other poll is told of once: what was told holds for a day."""
    since = feed.trouble_since
    return feed.trouble is Trouble.ROLLED_OVER and since is not None and now - since < ROLLED_FOR


def is_stale(feed: FeedRecord, now: datetime) -> bool:
    """True for a feed that fails, and of which nothing newer is known than STALE_AFTER ago."""
    return feed.gone or (feed.error is not None and now - (feed.answered_at or feed.added_at) >= STALE_AFTER)


def has_moved(seen: int, since: datetime | None, now: datetime) -> bool:
    """True for a permanent redirect that was met often enough, over long enough, to be believed."""
    return seen >= MOVED_TIMES and since is not None and now - since >= MOVED_FOR


def new_habit(habit: timedelta | None, pause: timedelta, items: int) -> timedelta:
    """The usual pause between new items after `items` of them came behind a pause."""
    each = pause / max(items, 1)
    return each if habit is None else habit * (1 - SMOOTHING) + each * SMOOTHING


def in_words(feed: FeedRecord, trouble: Trouble) -> tuple[str, str]:
    """A trouble as a headline, and what it means for whoever runs the monitor."""
    headline = f"The feed {feed.name} {_HEADLINES[trouble]}"
    match trouble:
        case Trouble.FAILING:
            last = feed.answered_at or feed.added_at
            told = f"No answer since {last:%Y-%m-%d %H:%M} UTC; the last failure: {feed.error}. "
        case Trouble.MOVED:
            told = f"It has redirected for good since {feed.moved_since:%Y-%m-%d}, to {feed.moved_to}. "
        case Trouble.SILENT:
            usual = _span(feed.habit or timedelta())
            told = f"No new item since {feed.new_at:%Y-%m-%d %H:%M} UTC; usually one comes every {usual}."
        case _:
            told = ""
    return headline, told + _MEANING[trouble] + _over(feed, trouble)


def _over(feed: FeedRecord, trouble: Trouble) -> str:
    """That a worse trouble is over, where operators were told of one: a lesser one is seen only behind it."""
    if feed.trouble is None or not _is_less(trouble, feed.trouble):
        return ""
    return f" What was told of it before is over (“{_HEADLINES[feed.trouble]}”)."


_HEADLINES = {
    Trouble.GONE: "is gone for good",
    Trouble.FAILING: "does not answer",
    Trouble.MOVED: "has moved",
    Trouble.SILENT: "has fallen silent",
    Trouble.ROLLED_OVER: "rolls over between polls",
    Trouble.NO_FIGURES: "yields no figures any more",
}
_MEANING = {
    Trouble.GONE: "Its server answers 410. It isn't asked any more: give it another url in monitor.toml, or remove it.",
    Trouble.FAILING: "It is asked on, ever less often.",
    Trouble.MOVED: "It is asked there now. Write the new url into monitor.toml.",
    Trouble.SILENT: "",
    Trouble.ROLLED_OVER: "Not one entry was known from its answer before: some may have come and gone unseen. A "
    "shorter interval in monitor.toml helps, unless the feed had been away.",
    Trouble.NO_FIGURES: f"None in its newest {FIGURES_LOOKED_AT} articles, where there used to be some. Its texts may "
    "be cut or walled off: `monitor probe` shows what is read.",
}


def _span(time: timedelta) -> str:
    hours = time.total_seconds() / 3600
    if hours < 1:
        return f"{max(1, round(hours * 60))} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"
