"""Messages as readers get them: plain text, HTML mail, chat text and webhook JSON. Pure.

Every piece of feed text passes through neutral.py on its way out; HTML is escaped besides, by the template engine.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from monitor.alerts import courses, digests, neutral, words
from monitor.alerts.courses import named
from monitor.alerts.difference import Piece, in_line
from monitor.alerts.messages import Item, Message, Standing, to_payload
from monitor.domain.changes import Kind
from monitor.domain.quantities import in_words

CHAT_LIMIT = 1_900
"""Characters of a chat message where the service sets no tighter limit; Discord takes 2,000."""
CHAT_ITEMS = 5
SOURCE = "Source: "
HTML_ITEMS, HTML_ROWS = 10, 50
"""So many changes are told in full, and so many more in a table: mail programs cut pages over 100 KB."""
CHAT_STEPS, HTML_STEPS = 4, 6
"""So many of the last steps are shown; the text part of a mail has them all."""
QUOTE_LIMIT = 600
MOST_PIECES = 40
"""Of a difference; a sentence that was written anew shows its beginning."""
NAME_LIMIT = 120
IN_BACKTICKS = re.compile(rf"`{neutral.COMMAND.pattern}`")


def subject(message: Message) -> str:
    """The message's subject line: one clean line of at most 200 characters."""
    return neutral.header(message.headline)


def text(message: Message) -> str:
    """The plain text part of a mail. Feed text never begins a line."""
    several = len(message.items) > 1
    if message.digest:
        items = [digests.text(message)] if message.items else []
    else:
        items = ["\n".join(_text_item(item, headed=several)) for item in message.items]
    blocks = [neutral.defang(message.headline, 300), *items]
    if message.notes:
        blocks.append("\n".join(f"- {neutral.defang(note)}" for note in message.notes))
    return "\n\n".join([*blocks, "\n".join(_text_footer(message))]) + "\n"


def html(message: Message, charts: Mapping[str, str] | None = None) -> str:
    """The HTML part of a mail: inline styles, no scripts, nothing fetched. `charts`: Content-IDs of pictures in the
    mail, by the change that each stands beside."""
    pictures, whole = charts or {}, 0 if message.digest else HTML_ITEMS
    rows = message.items[whole : whole + HTML_ROWS]
    view = {
        "headline": neutral.defang(message.headline, 300),
        "items": [_item_view(item, pictures.get(item.change_id)) for item in message.items[:whole]],
        "digest": digests.view(rows),
        "rows": len(message.items[whole:]),
        "more": len(message.items[whole:]) - len(rows),
        "notes": [neutral.defang(note) for note in message.notes],
        "watch": neutral.defang(message.watch, NAME_LIMIT),
        "composed": _when(message.at),
    }
    return _template("mail.html.jinja").render(view)


def chat(message: Message, limit: int = CHAT_LIMIT, *, headed: bool = True, gap: str = "\n") -> str:
    """Short text for chat services, at most `limit` characters, its lines parted by `gap`.

    Where it is too long, quotes are cut and what stands in the middle is left out; links and the last lines of a
    change stay whole. `headed` False leaves the headline out, for services that show a title of its own.
    """
    head = [chat_title(message)] if headed else []
    notes = [f"– {_chat_note(note)}" for note in message.notes]
    if message.digest:
        room = limit - sum(len(line) + len(gap) for line in [*head, *notes])
        return neutral.cut_middle([*head, *digests.chat(message, max(room, limit // 2), gap), *notes], limit, gap)
    for shown, detail in _ways(min(len(message.items), CHAT_ITEMS)):
        text = gap.join([*head, *_chat_items(message.items, shown, detail), *notes])
        if len(text) <= limit:
            break
    else:
        return neutral.cut_middle(text.split(gap), limit, gap)
    return text or neutral.cut_middle([chat_title(message)], limit, gap)


def chat_title(message: Message) -> str:
    """The headline for chat services."""
    return neutral.chat(message.headline, 200)


def webhook(message: Message, key: str) -> dict[str, Any]:
    """The message as JSON data for programs: texts without control characters, links http(s) or null.

    `key` is the same each time one delivery is tried: receivers can drop repeats by it.
    """
    payload = to_payload(message)
    for item, data in zip(message.items, payload["items"], strict=True):
        data["url"] = neutral.safe_url(item.url)
        data |= {"headline": item.headline, "behind": item.behind, "explain": item.explain, "mute": item.mute}
    return {"key": key, **neutral.clean_data(payload)}


def _text_item(item: Item, *, headed: bool) -> Iterator[str]:
    if headed:
        yield f"* {neutral.defang(item.headline, 300)}"
    yield f"  {item.kind_words}: {neutral.defang(_sentence(item))}"
    yield f"  Said by: {_speakers(item)}"
    yield f"  {words.quoted(item.kind, item.by)}: “{neutral.defang(item.quote, QUOTE_LIMIT)}”"
    if item.was_quote:
        yield f"  {words.IT_SAID}: “{neutral.defang(item.was_quote, QUOTE_LIMIT)}”"
    if item.difference:
        yield f"  What differs: {neutral.defang(in_line(item.difference), QUOTE_LIMIT)}"
    yield f"  Source: {_source(item)}"
    yield f"  Link: {neutral.safe_url(item.url) or 'none'}"
    yield f"  Behind it: {neutral.defang(item.behind)}; confidence {item.confidence:.0%}"
    for other in item.others:
        yield f"  Also: {_standing(other)}"
    for one in courses.worth_showing(item.courses):
        yield f"  Last steps, {neutral.defang(named(one.party), NAME_LIMIT)}: {courses.in_line(one)}"
    yield from (f"  {line}" for line in _why(item))


def _text_footer(message: Message) -> Iterator[str]:
    yield "-- "
    yield f"Watch: {neutral.defang(message.watch, NAME_LIMIT)} · {_when(message.at)}"
    if message.digest:
        return
    for item in message.items:
        which = f" {neutral.defang(item.headline, NAME_LIMIT)}" if len(message.items) > 1 else ""
        yield f"Explain{which}: {digests.link_or(item.link, item.explain)}"
    for muting in dict.fromkeys(digests.link_or(item.mute_link, item.mute) for item in message.items):
        yield f"Mute: {muting}"


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said of a change: letters of its quote, whether what others say and its steps, and its source."""

    quote: int
    middle: bool = False
    source: bool = True


_DETAILS = (
    _Detail(300, middle=True),
    _Detail(150, middle=True),
    _Detail(150),
    _Detail(60),
    _Detail(0),
    _Detail(0, source=False),
)


def _ways(items: int) -> Iterator[tuple[int, _Detail]]:
    """How many changes are told, and how fully: rather more of them than every word of a few."""
    yield from ((items, detail) for detail in _DETAILS)
    yield from ((fewer, _DETAILS[-1]) for fewer in range(items - 1, 0, -1))


def _chat_items(items: Sequence[Item], shown: int, detail: _Detail) -> Iterator[str]:
    source = ""
    for item in items[:shown]:
        for line in _chat_item(item, detail, repeat_headline=len(items) > 1):
            if line != source:  # said once for changes that one article brought
                yield line
            source = line if line.startswith(SOURCE) else source
    if len(items) > shown:
        yield words.more(len(items) - shown)


def _chat_item(item: Item, detail: _Detail, *, repeat_headline: bool) -> Iterator[str]:
    if repeat_headline:
        yield f"• {neutral.chat(item.headline, 200)}"
    kind = item.kind_words
    yield f"{kind} · {neutral.chat(item.behind)} · confidence {item.confidence:.0%}"
    if detail.quote:
        yield f"{words.quoted(item.kind, item.by)}: “{neutral.chat(item.quote, detail.quote)}”"
    if item.difference and detail.quote:
        yield f"What differs: {neutral.chat(in_line(item.difference), detail.quote)}"
    if detail.source:
        link = neutral.safe_url(item.url)
        source = f"{neutral.chat(_speakers(item), 2 * NAME_LIMIT)}, in {neutral.chat(item.where, NAME_LIMIT)}"
        yield f"{SOURCE}{source}" + (f" {link}" if link else "")
    if item.others and detail.middle:
        yield "Also: " + "; ".join(neutral.chat(_standing(other), NAME_LIMIT) for other in item.others[:4])
    for own in courses.worth_showing(item.courses)[:1] if detail.middle else ():
        yield f"Last steps: {neutral.chat(courses.in_line(own, CHAT_STEPS), 300)}"
    if item.why:
        yield f"Why: {neutral.chat(item.why, 200)}"
    link_or = digests.chat_link_or
    yield f"Explain: {link_or(item.link, item.explain)} · Mute: {link_or(item.mute_link, item.mute)}"


def _chat_note(note: str) -> str:
    said = neutral.chat(note)
    for command in IN_BACKTICKS.findall(note):
        said = said.replace(neutral.chat(command), f"`{neutral.command(command[1:-1])}`")
    return said


def _item_view(item: Item, chart: str | None) -> dict[str, Any]:
    """What the HTML template shows of a change; every text is already harmless."""
    lines = courses.worth_showing(item.courses)
    return {
        "chart": chart,
        "chart_shows": neutral.defang(courses.summary(item.counted, lines)),
        "steps": courses.in_line(lines[0], HTML_STEPS) if lines and len(lines[0].steps) > 1 else "",
        "kind": item.kind_words,
        "tone": "quiet" if item.kind in {Kind.CORRECTED, Kind.WITHDRAWN} else "loud",
        "counted": neutral.defang(item.counted, 200),
        "before": in_words(item.before) if item.before else None,
        "after": in_words(item.after) if item.after else None,
        "sentence": neutral.defang(_sentence(item)),
        "speakers": _speakers(item),
        "said": "" if (said := words.quoted(item.kind, item.by)) == words.QUOTE else said,
        "quote": neutral.defang(item.quote, QUOTE_LIMIT),
        "was_quote": neutral.defang(item.was_quote, QUOTE_LIMIT),
        "difference": [_piece_view(piece) for piece in item.difference[:MOST_PIECES]],
        "title": neutral.defang(item.title, 300) or "the article",
        "outlet": neutral.defang(item.outlet, NAME_LIMIT),
        "url": neutral.safe_url(item.url),
        "published": _when(item.published) if item.published else None,
        "behind": neutral.defang(item.behind),
        "confidence": f"{item.confidence:.0%}",
        "others": [_other_view(other) for other in item.others],
        "why": [neutral.defang(line) for line in _why(item)],
        "link": neutral.safe_url(item.link) if item.link else None,
        "explain": neutral.clean(item.explain, 60),
        "mute_link": neutral.safe_url(item.mute_link) if item.mute_link else None,
        "mute": neutral.clean(item.mute, 200),
    }


def _piece_view(piece: Piece) -> dict[str, str]:
    before, after = (neutral.defang(words, QUOTE_LIMIT) for words in (piece.before, piece.after))
    return {"same": after, "before": "", "after": ""} if piece.same else {"same": "", "before": before, "after": after}


def _other_view(other: Standing) -> dict[str, str]:
    return {
        "party": neutral.defang(named(other.party), NAME_LIMIT),
        "words": _figure(other),
        "as_of": courses.on(other.as_of.date()) if other.as_of else "",
    }


def _sentence(item: Item) -> str:
    party = neutral.clean(item.party, NAME_LIMIT)
    sentence = words.sentence(item.kind, item.before, item.after, party, item.by)
    return f"{sentence} {words.CHECK_SENTENCE}" if item.check else sentence


def _speakers(item: Item) -> str:
    """ "Volodymyr Zelenskyy (Ukraine)": the claimants as the text names them, and whom they speak for."""
    names = ", ".join(neutral.defang(name, NAME_LIMIT) for name in item.claimants)
    party = neutral.defang(named(item.party), NAME_LIMIT)
    return names if names and names == party else f"{names} ({party})" if names else party


def _source(item: Item) -> str:
    dated = f", {_when(item.published)}" if item.published else ""
    outlet = f"{neutral.defang(item.outlet, NAME_LIMIT)}, " if item.outlet else ""
    return f"{outlet}“{neutral.defang(item.title, 300)}”{dated}"


def _standing(other: Standing) -> str:
    dated = f" ({courses.on(other.as_of.date())})" if other.as_of else ""
    return f"{neutral.defang(named(other.party), NAME_LIMIT)}: {_figure(other)}{dated}"


def _figure(other: Standing) -> str:
    return f"{in_words(other.quantity)} ({words.CHECK})" if other.check else in_words(other.quantity)


def _why(item: Item) -> list[str]:
    return [f"Why you are told: {neutral.defang(item.why, 300)}"] if item.why else []


def _when(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%d %b %Y %H:%M} UTC"


@cache
def _template(name: str) -> Template:
    loader = PackageLoader("monitor.alerts", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
