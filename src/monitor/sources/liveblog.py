"""Live blogs: one page of many posts, each with a time of its own.

Read as one article, "on Monday" in a post of last week would mean this Monday. So the text of such a page has a line
with the time above each post, and whoever reads figures from it reads post by post.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import Any

from monitor.sources.dates import parse_date
from monitor.sources.plaintext import one_line, plain_text
from monitor.sources.pruning import linked_page
from monitor.sources.structured import json_nodes

FEWEST = 3
"""Posts that make a live blog; two dated blocks are an article and its neighbour."""
MOST = 500
SHORTEST = 40  # characters of a post; less is a caption or a teaser
_TIME_LINE = re.compile(r"^\[(\d{4}-\d\d-\d\dT\d\d:\d\d)Z\]\n\n", re.MULTILINE)
_COMMENT = re.compile(r"comment|reply|teaser|related|promo", re.IGNORECASE)
_POST = re.compile(
    r"(?:^|[\s_-])(?:live-?_?(?:blog)?|timeline|ticker|stream|feed)\w*?[_-]{1,2}(?:blog[_-])?"
    r"(?:post|entry|update|item|event|card|block|message)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LIVE = re.compile(r"live[-_]?(?:blog|ticker|feed|updates?|stream|coverage)|timeline|ticker", re.IGNORECASE)
_POST_ALONE = frozenset({"post", "entry", "update", "item", "event", "block"})
_NEAR = 3  # boxes around a post, of which one may say that it holds a live blog
_TIMES = (
    "datetime",
    "data-timestamp",
    "data-published",
    "data-published-at",
    "data-time",
    "data-date",
    "data-datetime",
)


@dataclass(frozen=True, slots=True)
class Post:
    """One post: when it was published (aware UTC), and its text, paragraphs parted by an empty line."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A post in the text of its page: `start` is where its own text begins there."""

    at: datetime
    start: int
    text: str


def posts_of(tree: Any, article: str) -> list[Post]:
    """The posts of a live blog, the oldest first; [] for any other page.

    `article` is what the page's article was found to be: without a LiveBlogPosting, dated blocks count as posts only
    when they hold most of it (else they are comments, or teasers of other articles).
    """
    stated = _stated(tree)
    if len(stated) >= FEWEST:
        return _in_time(stated)
    shown = _shown(
        [one for one in tree.iter("article", "section", "div", "li") if one.tag == "article" or _is_marked(one)]
    )
    return _in_time(shown) if len(shown) >= FEWEST and _hold_most(shown, article) else []


def carried_on(earlier: str, text: str) -> str:
    """`text` with the posts of the page's earlier text that are older than all of its own.

    Live pages show their newest posts only: what scrolls off at the end is said as before. A post that goes from among
    the others was taken back, and isn't kept.
    """
    posts = parted(text)
    if not posts:
        return text
    oldest = min(post.at for post in posts)
    gone_by = [Post(part.at, part.text.strip()) for part in parted(earlier) if part.at < oldest]
    both = [*gone_by, *(Post(part.at, part.text.strip()) for part in posts)]
    return written(_in_time(both)[-MOST:]) if gone_by else text


def _in_time(posts: list[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.at)


def written(posts: list[Post]) -> str:
    """The text of a live blog: each post below a line with its time."""
    return "\n\n".join(f"[{post.at.astimezone(UTC):%Y-%m-%dT%H:%M}Z]\n\n{post.text}" for post in posts)


def parted(text: str) -> list[Part]:
    """The posts of a text that `written` made, with their exact places in it; [] for any other text."""
    lines = list(_TIME_LINE.finditer(text))
    if len(lines) < FEWEST or lines[0].start() != 0:
        return []
    ends = [*(line.start() for line in lines[1:]), len(text)]
    return [
        Part(datetime.fromisoformat(line[1]).replace(tzinfo=UTC), line.end(), text[line.end() : end].rstrip())
        for line, end in zip(lines, ends, strict=True)
    ]


def _stated(tree: Any) -> list[Post]:
    """The updates of the page's LiveBlogPosting."""
    for node in (part for outer in json_nodes(tree) for part in (outer, outer.get("mainEntity"))):
        told = node if isinstance(node, dict) else {}
        kinds, updates = told.get("@type"), told.get("liveBlogUpdate")
        if "LiveBlogPosting" in (kinds if isinstance(kinds, list) else [kinds]) and isinstance(updates, list):
            return [post for update in updates[:MOST] if (post := _update(update)) is not None]
    return []


def _update(update: object) -> Post | None:
    if not isinstance(update, dict):
        return None
    told = {name: value for name, value in update.items() if isinstance(value, str)}
    at = parse_date(told.get("datePublished", "") or told.get("dateCreated", ""))
    bodies = (plain_text(told.get(name, "")) for name in ("articleBody", "text", "description"))
    body = next(filter(None, bodies), "")
    return Post(at, _with_title(one_line(told.get("headline", "")), body)) if at is not None and body else None


def _with_title(title: str, body: str) -> str:
    return f"{title}\n\n{body}" if title and not body.startswith(title) else body


def _is_marked(element: Any) -> bool:
    """True for a box that says that it is a post: by schema.org's words for one, in its class, or there together with
    a box around it."""
    if "liveBlogUpdate" in (element.get("itemprop") or "") or "BlogPosting" in (element.get("itemtype") or ""):
        return True
    named = element.get("class") or ""
    if _POST_ALONE.isdisjoint(named.lower().split()):
        return _POST.search(named) is not None
    return _in_live_box(element)


def _in_live_box(element: Any) -> bool:
    """True where a box around it says that it holds a live blog."""
    around = islice(element.iterancestors(), _NEAR)
    return any(_LIVE.search(f"{above.get('class')} {above.get('id')}") for above in around)


def _shown(marked: list[Any]) -> list[Post]:
    """The posts among elements that hold a time and none of the others, the largest family of neighbours of them."""
    outer = {above for element in marked for above in element.iterancestors()}
    posts = {one: post for one in marked if one not in outer and (post := _block(one)) is not None}
    below = Counter(above for element in posts for above in element.iterancestors())
    families: dict[Any, list[Any]] = {}
    for element in posts:
        # Each may stand in an item of a list, or in a box of its own: the family is where the next one is.
        family = next((above for above in element.iterancestors() if below[above] > 1), None)
        families.setdefault(family, []).append(element)
    largest = max(families.values(), key=len, default=[])
    return [] if _lead_elsewhere(largest) else [posts[element] for element in largest[:MOST]]


def _lead_elsewhere(blocks: list[Any]) -> bool:
    """True where most headings are links, each to another page, and nothing says that these are posts: a list of
    articles. Posts may have pages of their own."""
    if any("liveBlogUpdate" in (one.get("itemprop") or "") or _in_live_box(one) for one in blocks):
        return False
    headings = [next(block.iter("h2", "h3", "h4"), None) for block in blocks]
    pages = {linked_page(heading) for heading in headings if heading is not None} - {"", None}
    return len(pages) > len(blocks) / 2


def _block(element: Any) -> Post | None:
    at = None if _is_comment(element) else next(filter(None, map(parse_date, _times(element))), None)
    paragraphs = [" ".join(found.text_content().split()) for found in _paragraphs(element)]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Post(at, text) if at is not None and len(text) >= SHORTEST else None


def _times(element: Any) -> Iterator[str]:
    """What could be the post's own time: of <time> elements, else as programs are told it."""
    yield from (found.get("datetime") for found in element.iterfind(".//time[@datetime]"))
    yield from (found.get("content") or "" for found in element.iterfind(".//*[@itemprop='datePublished']"))
    for name in _TIMES:
        yield from (found.get(name) for found in (element, *element.iterfind(f".//*[@{name}]")) if found.get(name))


def _paragraphs(element: Any) -> Iterator[Any]:
    """Headings, paragraphs and items of lists, outermost first and none inside another."""
    for found in element.iter("h2", "h3", "h4", "p", "li", "blockquote"):
        within = takewhile(lambda above: above is not element, found.iterancestors())
        if found is not element and not any(above.tag in {"p", "li", "blockquote"} for above in within):
            yield found


def _is_comment(element: Any) -> bool:
    return any(
        _COMMENT.search(f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemtype') or ''}")
        for node in (element, *element.iterancestors())
    )


def _hold_most(posts: list[Post], article: str) -> bool:
    """True when most of the article's paragraphs are in the posts."""
    held = {paragraph for post in posts for paragraph in post.text.split("\n\n")}
    paragraphs = [line.removeprefix("- ") for line in article.split("\n\n")]
    return sum(len(line) for line in paragraphs if line in held) > len(article) / 2
