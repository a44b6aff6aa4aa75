"""JSON Feed (versions 1 and 1.1), brought into the form that the feed parser gives items of the other kinds."""

import json
import re
from typing import Any, NamedTuple

_VERSIONS = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")
_VERSION = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*+(?=\{)")


class JsonFeed(NamedTuple):
    """A JSON Feed, its items in the feed parser's words. `home`: the page that it belongs to, else its own address, ""
    where it states neither."""

    items: list[dict[str, Any]]
    title: str
    home: str


def json_feed(body: bytes) -> JsonFeed | None:
    """The JSON Feed that the body holds; None when it is none.

    What has the wrong type counts as missing: one odd item must not cost the others.
    """
    feed = _feed(body)
    if feed is None:
        return None
    items = [_item(item) for item in feed["items"] if isinstance(item, dict)]
    return JsonFeed(items, _text(feed, "title"), _text(feed, "home_page_url") or _text(feed, "feed_url"))


def items_before_break(body: bytes) -> list[dict[str, Any]] | None:
    """The items that came whole of a JSON Feed that breaks off, so that it is no JSON; None when the body is none."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    text = body.decode("utf-8", "replace")
    begun = _ITEMS.search(text)
    if begun is None or not _VERSION.search(text):
        return None
    items: list[dict[str, Any]] = []
    decoder, at = json.JSONDecoder(), begun.end()
    while (found := _NEXT.match(text, at)) is not None:
        try:
            item, at = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            break
        items.append(_item(item))
    return items


def _feed(body: bytes) -> dict[str, Any] | None:
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not str(feed.get("version", "")).startswith(_VERSIONS) or not isinstance(feed.get("items"), list):
        return None
    return dict(feed)


def _item(item: dict[str, Any]) -> dict[str, Any]:
    number = item.get("id")  # version 1 allowed numbers
    own_id = str(number) if isinstance(number, int | float) else _text(item, "id")
    found: dict[str, Any] = {
        "id": own_id,
        "title": _text(item, "title"),
        # By the specification the id is best the item's own address.
        "link": _text(item, "url") or _text(item, "external_url") or (own_id if "://" in own_id else ""),
        "summary": _text(item, "summary"),
        "content": [
            {"type": kind, "value": _text(item, name)}
            for name, kind in (("content_html", "text/html"), ("content_text", "text/plain"))
            if _text(item, name)
        ],
    }
    dates = {"published": _text(item, "date_published"), "updated": _text(item, "date_modified")}
    return {**found, **{name: date for name, date in dates.items() if date}}


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
