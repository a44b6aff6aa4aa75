"""The body of a feed → its entries. Pure: bytes and headers in, entries out; nothing is fetched here."""

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from monitor.domain.articles import Entry, FeedState
from monitor.errors import SourceError
from monitor.sources.dates import from_struct, is_all_figures, parse_date
from monitor.sources.feedbody import ITEM, ITEM_END, ROOT_END, fit, is_page, looks_like_feed
from monitor.sources.feedparsing import parse
from monitor.sources.jsonfeed import items_before_break, json_feed
from monitor.sources.plaintext import clean, one_line, plain_text
from monitor.sources.sitemap import sitemap_items
from monitor.sources.urls import absolute_url, canonical_url, shown_url, whole_url

MAX_ENTRIES = 5_000
FULL_TEXT_LENGTH = 600  # characters from which a feed's own text can be the whole article
MAX_KEY = 500  # characters of an id that are kept as they are

_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\W*$|\b(?:read more|continue reading|read the full)\b.{0,80}$",
    re.IGNORECASE | re.DOTALL,
)
_FEED_TAIL = re.compile(r"(?:^|\n)\s*The post .{0,300} (?:appeared first on|first appeared on) .{0,200}$", re.DOTALL)
_REFERENCE = re.compile(rb"&#(x[0-9a-f]{1,400}|[0-9]{1,400});?", re.IGNORECASE)
_PARSER_FAILS = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError, AssertionError)
_ZONE = re.compile(r"\d\s?[A-Za-z]{2,5}$|[a-z]/[A-Z][a-z_A-Z]+$")
"""A time zone at a date's end: one that isn't known is no zero."""
_FAR_ZONE = re.compile(r"[+-](?:1[5-9]|[2-9]\d|\d\d:?[6-9]):?\d*$")
"""One that no place has."""
_SURE = re.compile(r"\d{4}-\d\d-\d\dT24:00|\d{4}(?:-\d\d)?$")
"""The end of a day, which the parser takes for the beginning of the next, and the first day of a month or a year that
stands alone (in journals): the dates in figures that it reads better than we do. Other days that don't exist it counts
into the next month."""
_CHARSET = re.compile(r";\s*charset\b.*", re.IGNORECASE)


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed's body held. `complete` is False when the body ends in the middle: what came before is good. `more`:
    it has more than MAX_ENTRIES."""

    entries: tuple[Entry, ...]
    complete: bool = True
    title: str = ""
    more: bool = False


def said_of(feed: ParsedFeed) -> tuple[str, str]:
    """The kind and the words of what is amiss with a feed that could be read, "" for nothing."""
    if not feed.complete:
        return "truncated", f"the feed breaks off after {len(feed.entries)} entries"
    return ("too_many_entries", f"of more entries the first {MAX_ENTRIES:,} are read") if feed.more else ("", "")


def parse_feed(body: bytes, headers: Mapping[str, str], state: FeedState) -> list[Entry]:
    """The entries of a feed in the order of the body, at most MAX_ENTRIES. Header names are lower-case.

    Raises SourceError when this is no feed: kinds "empty", "html", "truncated" (not one whole entry), "not_a_feed",
    "parse_error".
    """
    return list(read_feed(body, headers, state).entries)


def read_feed(body: bytes, headers: Mapping[str, str], state: FeedState) -> ParsedFeed:
    """Like parse_feed, and says whether the body was whole."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SourceError(shown_url(state.url), "empty", "the answer has no content")
    found = _items(body, headers, state)
    drafts = [draft for item in found.items[:MAX_ENTRIES] if (draft := _draft(item, state, found.base)) is not None]
    more = len(found.items) > MAX_ENTRIES
    return ParsedFeed(tuple(_keyed(drafts)), found.complete, one_line(found.title)[:200], more)


@dataclass(frozen=True, slots=True)
class _Items:
    """Items in the feed parser's words, and the address that their relative links start from."""

    items: list[dict[str, Any]]
    base: str
    complete: bool = True
    title: str = ""


def _items(body: bytes, headers: Mapping[str, str], state: FeedState) -> _Items:
    own = shown_url(state.url)
    if (whole_json := json_feed(body)) is not None:
        base = own or absolute_url("", whole_json.home)
        return _Items(whole_json.items, base, title=whole_json.title)
    found, whole = items_before_break(body), False
    if found is None:
        sitemap = sitemap_items(body, own, MAX_ENTRIES + 1)
        if sitemap is None:
            return _xml_items(body, headers, state)
        found, whole = sitemap
    if not whole and not found:
        raise SourceError(own, "truncated", "the feed breaks off before its first whole entry")
    return _Items(found, own, complete=whole)


def _xml_items(body: bytes, headers: Mapping[str, str], state: FeedState) -> _Items:
    if is_page(body):
        raise SourceError(shown_url(state.url), "html", "a web page, not a feed")
    whole, given = fit(body, headers, MAX_ENTRIES + 1)
    parsed = _parsed(whole, given, state)
    stated = given.get("content-type", "")
    if not parsed.entries and _CHARSET.search(stated) and ITEM.search(whole):
        # Read in a character set that isn't the body's: the body says better what it is.
        parsed = _parsed(whole, {**given, "content-type": _CHARSET.sub("", stated)}, state)
    # Plain dictionaries: the parser's own kind is slow, and gives `published` for an `updated` that isn't there.
    items: list[dict[str, Any]] = [dict(item) for item in parsed.entries]
    if not parsed.version and not items:
        raise _no_feed(whole, state)
    broken_off = bool(parsed.bozo) and not ROOT_END.search(whole[-400:])
    if broken_off and len(ITEM.findall(whole)) > len(ITEM_END.findall(whole)):
        items = items[:-1]  # cut in the middle of its text
    if broken_off and not items:
        raise SourceError(shown_url(state.url), "truncated", "the feed breaks off before its first whole entry")
    # What is secret in the feed's own address must not get into those of its articles.
    found_at = shown_url(given.get("content-location") or state.url)
    base = found_at or absolute_url("", str(parsed.feed.get("link") or ""))
    return _Items(
        items, shown_url(base), complete=not broken_off, title=plain_text(str(parsed.feed.get("title") or ""))
    )


def _parsed(body: bytes, headers: Mapping[str, str], state: FeedState) -> Any:
    """What the feed parser makes of the body. It has to survive the world's feeds, and now and then it doesn't."""
    try:
        return parse(body, headers)
    except _PARSER_FAILS:
        log.info("%s: parsing again without references to characters that don't exist", state.name)
    try:
        return parse(_REFERENCE.sub(_existing, body), headers)
    except _PARSER_FAILS as error:
        message = f"can't be parsed ({type(error).__name__})"
        raise SourceError(shown_url(state.url), "parse_error", message) from error


def _existing(reference: re.Match[bytes]) -> bytes:
    """The numeric character reference, or nothing if no such character exists: the parser fails on those."""
    digits = reference[1].lower()
    number = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    return reference[0] if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else b""


def _no_feed(body: bytes, state: FeedState) -> SourceError:
    if looks_like_feed(body):
        return SourceError(shown_url(state.url), "truncated", "the feed breaks off before its first whole entry")
    return SourceError(shown_url(state.url), "not_a_feed", "neither RSS nor Atom nor JSON Feed")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before its key is settled: that takes a look at the whole feed. One with a link has none until then."""

    entry: Entry
    id: str
    link: str


def _draft(item: Mapping[str, Any], state: FeedState, base: str) -> _Draft | None:
    title = one_line(str(item.get("title") or ""))
    stated = _link(item)
    link = absolute_url(base, stated) if stated else ""
    text, whole = _text(item)
    if not (title or text or link):
        return None
    published = _published(item)
    own_hash = "" if link else _own_hash(title, published, text)
    entry = Entry(
        feed=state.name,
        key=own_hash,
        url=link or f"{canonical_url(shown_url(state.url))}#{own_hash}",
        title=title,
        outlet=_outlet(item, state),
        published_at=published,
        text=text if link else text or title,
        full_text=whole or not link,  # without a link there is no page to ask
        link=whole_url(base, stated) if link else "",
    )
    return _Draft(entry, clean(str(item.get("id") or "")).strip(), link)


def _link(item: Mapping[str, Any]) -> str:
    """The entry's address as it states it; the parser takes the id for one, which it is only where it is a whole one.
    Else where the text of an Atom entry lies, if that is elsewhere, or the entry itself."""
    stated = str(item.get("link") or "")
    links = [str(link.get("href") or "") for link in item.get("links") or []]
    if stated and ("://" in stated or stated in links or stated != item.get("id")):
        return stated
    elsewhere = [str(part["src"]) for part in item.get("content") or [] if part.get("src")]
    own = [str(link["href"]) for link in item.get("links") or [] if link.get("rel") == "self" and link.get("href")]
    return next(iter((*elsewhere, *own)), "")


def _outlet(item: Mapping[str, Any], state: FeedState) -> str:
    """Aggregators name the source of each item; other feeds go by the name that the user gave them."""
    source = item.get("source")
    named = one_line(str(source.get("title") or "")) if isinstance(source, Mapping) else ""
    return named[:200] or state.name


def _keyed(drafts: list[_Draft]) -> Iterator[Entry]:
    """Entries with keys that tell them apart; what comes twice in one body is given once."""
    links_of_id: dict[str, set[str]] = {}
    for draft in drafts:
        links_of_id.setdefault(draft.id, set()).add(draft.link)
    uses_of_link = Counter(draft.link for draft in drafts)
    seen: set[str] = set()
    for draft in drafts:
        key = _key(draft, own_id=len(links_of_id[draft.id]) == 1, own_link=uses_of_link[draft.link] == 1)
        if key not in seen:
            seen.add(key)
            own_id = draft.id if len(links_of_id[draft.id]) == 1 else ""
            yield replace(draft.entry, key=key if len(key) <= MAX_KEY else _hash(key), id=own_id)


def _key(draft: _Draft, *, own_id: bool, own_link: bool) -> str:
    """The id, else the link, else a hash of title and date.

    An id that stands for different links in one feed is no id. One that is the link with something behind it
    ("…/articles/c4g#3", the count of edits at the BBC) would make a new article of each edit: the link is taken.
    """
    has_link = bool(draft.link) and own_link
    if draft.id and own_id and not (has_link and "://" in draft.id and canonical_url(draft.id) == draft.link):
        return draft.id
    entry = draft.entry
    return draft.link if has_link else entry.key or _own_hash(entry.title, entry.published_at, entry.text)


def _own_hash(title: str, published: datetime | None, text: str) -> str:
    return _hash(title, published.isoformat() if published else text)


def _published(item: Mapping[str, Any]) -> datetime | None:
    """The date of publication, else of creation, else of the last update (that the item itself states)."""
    for name in ("published", "created", "prism_publicationdate", "updated"):
        if name in item and (instant := _instant(item, name)) is not None:
            return instant
    return None


def _instant(item: Mapping[str, Any], name: str) -> datetime | None:
    # Our own reading first: the parser's takes zone names that it doesn't know (KST) for UTC.
    text = str(item[name] or "")
    ours = parse_date(text)
    if ours is not None or _ZONE.search(text) or _FAR_ZONE.search(text):
        return ours
    if is_all_figures(text) and not _SURE.match(text.strip()):
        return None
    return from_struct(item.get(f"{name}_parsed"))


def _text(item: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text that the feed gives, plain, and whether it is the whole article."""
    summary = _plain(item.get("summary_detail"), item.get("summary"))
    contents = item.get("content") or []
    content = max((_plain(part, part.get("value")) for part in contents), key=len, default="")
    if len(content) <= len(summary) and content != summary:
        return summary, False
    own_summary = "" if content == summary else summary
    longer = len(content) >= FULL_TEXT_LENGTH and len(content) >= 1.5 * len(own_summary)
    return content, bool(contents) and longer and not _CUT_OFF.search(content)


def _plain(detail: object, value: object) -> str:
    kind = str(detail.get("type") or "") if isinstance(detail, Mapping) else ""
    text = str(value or "")
    if kind == "text/plain" and not re.search(r"</?(?:p|br|div|a|b|i|img|strong|em|span|ul|li)\b", text, re.IGNORECASE):
        return clean(text).strip()
    plain = plain_text(text)
    return _FEED_TAIL.sub("", plain).strip() if "The post " in plain else plain


def _hash(*parts: str) -> str:
    return "sha256:" + hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
