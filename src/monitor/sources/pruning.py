"""What is taken out of a page before its text is: what readers can't see, and the articles below this one. And what is
kept that would be taken for a link to another article: whose report it is."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from monitor.sources.urls import before_query

_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\D|$)|opacity\s*:\s*0(?:[;\s]|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_ADVERTS = frozenset(
    {"ad", "ads", "ad-slot", "ad-container", "advert", "adverts", "advertisement", "sponsored-content"}
)
_CREDIT = re.compile(
    r"\W{0,3}(?:(?:original\s+)?source|originally|via|first\s+(?:published|appeared)|read\s+the\s+original"
    r"|republished|reprinted)\b",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(r"\W*(?:original\s+)?source\W*(?:link|here|article)?\W*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]{1,300}")
LONGEST_CREDIT = 120  # characters
SHORTEST = 80  # characters of an article that ends where the next one begins
LONGEST_TEASER = 400  # characters of a box that tells of another article
LONGEST_NOTE = 200  # characters beside a list of other pages
FEWEST_LISTED = 5  # boxes that make a list of other pages
MOST_TOLD = 10  # paragraphs of a box that are looked at
SHORTEST_PLACED = 300  # characters of a cell that isn't one of a table of numbers
MOST_UNSEEN = 0.5  # of a page's text; where more is unseen, a script shows it later: then it is the article


def pruned(tree: Any) -> bool:
    """Takes out of `tree` what isn't its article's for sure; True when anything of it is another than before."""
    unseen = [element for element in _unseen(tree) if element.getparent() is not None]
    if sum(map(_length, unseen)) > MOST_UNSEEN * _length(tree):
        unseen = []
    rewritten = _credited(tree)
    unwrapped = _unwrapped(tree)
    gone = [*unseen, *_further_articles(tree), *_teasers(tree)]
    for element in gone:
        if element.getparent() is not None:  # else it is gone already: an article below may be unseen as well
            element.drop_tree()
    return rewritten or unwrapped or bool(gone)


def _credited(tree: Any) -> bool:
    """Makes plain text of lines that say whose report it is and link to it: "Source: Reuters https://…". A line that is
    little but a link would be taken for one to another article."""
    lines = dict.fromkeys(next(link.iterancestors("p", "div", "li"), None) for link in tree.iter("a"))
    found = [(line, text) for line in lines if line is not None and (text := _credit(line)) is not None]
    for line, text in found:
        for part in [*line]:
            line.remove(part)
        line.text = text
    return bool(found)


def _credit(line: Any) -> str | None:
    """The words of such a line with the address that they lead to, None for any other line. The link is a name, without
    a number: what is said within it is another article's headline."""
    words, links = _words(line), [*islice(line.iter("a"), 2)]
    if words is None or len(links) != 1 or not _CREDIT.match(words):
        return None
    address, name = links[0].get("href", "").strip(), " ".join(links[0].text_content().split())
    within = _CREDIT.match(name) is not None and not _CREDIT_ALONE.fullmatch(name)
    if within or not _ADDRESS.fullmatch(address) or _DIGIT.search(name.replace(address, "")):
        return None
    return words if "://" in words else f"{words.rstrip(' .:')}{'' if ':' in words.rstrip(' :') else ':'} {address}"


def _words(line: Any) -> str | None:
    """The text of a line, None for a longer one: a box may hold the whole page."""
    held = ""
    for part in line.itertext():
        held += part
        if len(held) > 2 * LONGEST_CREDIT:
            return None
    held = " ".join(held.split())
    return held if len(held) <= LONGEST_CREDIT else None


def _unwrapped(tree: Any) -> bool:
    """Makes boxes of tables that only place the parts of a page: one of their cells holds most of its text."""
    most = _length(tree) / 2
    placing = [cell for cell in tree.iterfind(".//td") if _length(cell) > max(most, SHORTEST_PLACED)]
    tables = {next(cell.iterancestors("table"), None) for cell in placing}
    parts = [part for part in tree.iter("tbody", "tr", "td") if next(part.iterancestors("table"), None) in tables]
    for element in (*tables, *parts):
        if element is not None:
            element.tag = "div"
    return bool(placing)


def _unseen(tree: Any) -> Iterator[Any]:
    """The outermost elements of the body that nobody sees: an injected text is for programs alone."""
    for element in tree.iterfind("./body//*"):
        if isinstance(element.tag, str) and _is_unseen(element) and not any(map(_is_unseen, element.iterancestors())):
            yield element


def _is_unseen(element: Any) -> bool:
    attributes = element.attrib
    if element.tag in {"template", "noscript"} or not _ADVERTS.isdisjoint(attributes.get("class", "").lower().split()):
        return bool(element.text_content().strip())
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _UNSEEN.search(style) is not None


def _length(element: Any) -> int:
    """The characters of its text, without scripts and styles. An XPath for them takes the square of a page's length."""
    parts = list(element.iter())
    own = sum(len(part.text or "") for part in parts if part.tag not in {"script", "style"})
    return own + sum(len(part.tail or "") for part in parts if part is not element)


def _further_articles(tree: Any) -> Iterator[Any]:
    """The <article> elements with a main heading of their own behind the first such: pages that go on without an end
    put the next article below the one that was asked for."""
    with_heading = [
        element
        for element in tree.iterfind(".//article")
        if element.find(".//h1") is not None and element.find(".//article") is None
    ]
    if with_heading and len(with_heading[0].text_content().strip()) >= SHORTEST:
        yield from with_heading[1:]


def is_list(tree: Any, text: str) -> bool:
    """True where most of the text tells of other pages: it stands in short boxes, each with one heading, and that a
    link, of which many lead to as many places."""
    places, told = set[str](), set[str]()
    for heading in tree.iter("h2", "h3", "h4"):
        box = next((above for above in heading.iterancestors("div", "li", "section", "article") if _told(above)), None)
        page = linked_page(heading)
        if page is None or box is None or len([*islice(box.iter("h2", "h3", "h4"), 2)]) > 1:
            continue
        lines = _told(box)
        if sum(map(len, lines)) <= LONGEST_TEASER:
            places.add(page)
            told.update(lines)
    held = sum(len(line) for line in text.split("\n\n") if line.removeprefix("- ") in told)
    beside = len(text) - held  # the lead of an article in sections has more
    return len(places) >= FEWEST_LISTED and beside < min(held, LONGEST_NOTE)


def linked_page(heading: Any) -> str | None:
    """The address in or around a heading, without its query and place; None where it is no link."""
    link = next(heading.iter("a"), heading.getparent())
    return before_query(link.get("href") or "") if link.tag == "a" else None


def _told(box: Any) -> list[str]:
    """The paragraphs of a box, each in one line."""
    return [line for part in islice(box.iter("p"), MOST_TOLD) if (line := " ".join(part.text_content().split()))]


def _teasers(tree: Any) -> Iterator[Any]:
    """Short boxes outside the only article with a main heading whose own heading is a link: they tell of other ones.
    Beside a news flash of one sentence they would be most of the page."""
    own = [article for article in tree.iterfind(".//article") if article.find(".//h1") is not None]
    if len(own) != 1 or _length(own[0]) < SHORTEST:
        return
    around = {own[0], *own[0].iterancestors()}
    for heading in tree.iter("h2", "h3", "h4"):
        box = next(heading.iterancestors("div", "li", "section", "article"), None)
        linked = heading.getparent().tag == "a" or "".join(heading.xpath(".//a//text()")) == heading.text_content()
        outside = box is not None and box not in around and own[0] not in box.iterancestors()
        if linked and outside and heading.text_content().strip() and _length(box) <= LONGEST_TEASER:
            yield box
