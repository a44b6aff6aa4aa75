"""Digests as readers get them: a table of changes, one row each. Pure; feed text passes through neutral.py."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from monitor.alerts import neutral, words
from monitor.alerts.courses import named
from monitor.alerts.messages import Item, Message
from monitor.domain.changes import Kind
from monitor.domain.quantities import in_words

NAME_LIMIT = 60
WIDEST = 44
"""Letters of the first column of the text; a longer name pushes its row to the right."""
NOTHING = "—"


def text(message: Message) -> str:
    """The rows in columns, under the names of their watches; below each who says so, how to explain and to mute."""
    return "\n\n".join("\n".join([watch, *_text_rows(items)]) for watch, items in _by_watch(message.items))


def view(items: Sequence[Item]) -> list[dict[str, Any]]:
    """What the HTML template shows of each watch; every text is already harmless."""
    return [{"watch": watch, "rows": [_row_view(item) for item in some]} for watch, some in _by_watch(items)]


def chat(message: Message, room: int, gap: str = "\n") -> Iterator[str]:
    """A line for each change, and below it how to mute it; where there isn't room for that, as many lines as there is,
    how many more changes there are, and how to mute their watches."""
    lines = [_chat_line(item) for item in message.items]
    mutes = [f"Mute: {chat_link_or(item.mute_link, item.mute)}" for item in message.items]
    if sum(len(line) + len(gap) for line in (*lines, *mutes)) <= room:
        yield from (line for both in zip(lines, mutes, strict=True) for line in both)
        return
    mute = _mute_watches(message.items, room // 3)
    room -= len(mute) + len(gap)
    for number, line in enumerate(lines):
        more = words.more(len(lines) - number)
        room -= len(line) + len(gap)
        if room < len(more):
            yield more
            break
        yield line
    yield mute


def _mute_watches(items: Sequence[Item], room: int) -> str:
    """How to mute the watches of these: the first, others while there is room, and how many more there are. The ways to
    mute leave room for the changes themselves."""
    watches = [neutral.command(item.mute_watch) for item in {item.watch: item for item in items}.values()]
    shown = 1
    while shown < len(watches) and len("Mute: " + " · ".join(watches[: shown + 1])) <= room:
        shown += 1
    rest = [f"and {len(watches) - shown} more"] if shown < len(watches) else []
    return "Mute: " + " · ".join([*watches[:shown], *rest])


def _chat_line(item: Item) -> str:
    link = neutral.safe_url(item.url)
    return f"• {neutral.chat(item.headline, 200)}" + (f" {link}" if link else "")


def _by_watch(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    parts = groupby(items, key=lambda item: item.watch)
    return [(neutral.defang(watch, NAME_LIMIT), list(some)) for watch, some in parts]


def _text_rows(items: Sequence[Item]) -> Iterator[str]:
    rows = [(item, neutral.defang(item.counted, 80), _before(item)) for item in items]
    first = max((len(counted) for _, counted, _ in rows if len(counted) <= WIDEST), default=WIDEST)
    second = max(len(before) for _, _, before in rows)
    for item, counted, before in rows:
        yield f"  {counted:<{first}}  {before:>{second}}  →  {_after(item)}"
        kind = item.kind_words
        said_by, outlet = (neutral.defang(name, NAME_LIMIT) for name in (named(item.party), item.where))
        yield f"    {kind}: {said_by}, in {outlet}"
        yield f"    Link: {neutral.safe_url(item.url) or 'none'}"
        yield f"    Explain: {link_or(item.link, item.explain)}"
        yield f"    Mute: {link_or(item.mute_link, item.mute)}"


def _row_view(item: Item) -> dict[str, Any]:
    return {
        "counted": neutral.defang(item.counted, 200),
        "kind": item.kind_words,
        "before": _before(item),
        "after": _after(item),
        "party": neutral.defang(named(item.party), NAME_LIMIT),
        "outlet": neutral.defang(item.where, NAME_LIMIT),
        "url": neutral.safe_url(item.url),
        "link": neutral.safe_url(item.link) if item.link else None,
        "explain": neutral.clean(item.explain, 60),
        "mute_link": neutral.safe_url(item.mute_link) if item.mute_link else None,
    }


def _before(item: Item) -> str:
    if item.before is None:
        return NOTHING
    return f"others: {in_words(item.before)}" if item.kind is Kind.DIFFERS else in_words(item.before)


def _after(item: Item) -> str:
    return in_words(item.after) if item.after is not None else "withdrawn"


def link_or(link: str | None, command: str) -> str:
    """The link where there are pages, else what does the same on a command line."""
    return (neutral.safe_url(link) if link else None) or neutral.clean(command, 200)


def chat_link_or(link: str | None, command: str) -> str:
    """The same for chat services."""
    return (neutral.safe_url(link) if link else None) or neutral.command(command)
