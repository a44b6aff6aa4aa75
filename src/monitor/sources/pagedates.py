"""When a page's article came out, from what the page states: a date that has to be guessed is none.

Sites state it in a dozen ways. They are asked in the order in which they can be trusted: what is meant for programs
first, then what readers see and is marked as the date of publication, then the only date there is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from monitor.sources.dates import parse_date
from monitor.sources.structured import json_nodes

_DATES = ("article:published_time", "og:article:published_time", "og:published_time", "article:published")
_MORE_DATES = (
    "datepublished", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date",
    "published_time", "published-date", "date_published", "parsely-pub-date", "dc.date.issued", "dcterms.issued",
    "dc.issued", "dc.date.created", "dc.date", "dcterms.date", "dcterms.created", "dc.created", "dcterms.available",
    "article_date_original", "article:post_date", "article.published", "article.created", "rnews:datepublished",
    "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date",
    "citation_date", "prism.publicationdate", "bt:pubdate", "pdate", "displaydate", "release_date", "datecreated",
    "shareaholic:article_published_time", "date",
)  # fmt: skip
# Not who published it, nor in what series.
_PUBLISHED = re.compile(
    r"publi(?:sh(?!er)|c(?!ation$|-id))|pub-?date|posted|entry-date|post-?date|article-?date|date-?line", re.IGNORECASE
)
_CHANGED = re.compile(r"updat|modif|chang|edited", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[\s_-])(?:date|time|datetime|timestamp)(?:$|[\s_-])", re.IGNORECASE)
_BYLINE = re.compile(r"(?:^|[\s_-])by-?line(?:$|[\s_-])", re.IGNORECASE)
_LONGEST = 80  # characters of what readers see of a date, with its label
_IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|[-_](?=\D)|\.[a-z]+$|$)"),
    re.compile(r"/((?:19|20)\d\d)[/-]([a-z]{3,9})[/-]([0-3]?\d)(?:/|[-_](?=\D)|$)"),
    re.compile(r"/((?:19|20)\d\d)([01]\d)([0-3]\d)(?:/|[-_](?=\D))"),
)


def published_of(tree: Any, metas: Mapping[str, list[str]], address: str) -> datetime | None:
    """What the page states, else the day in its address, else None. `metas`: its <meta> elements by name."""
    others = [name for name in metas if _PUBLISHED.search(name) and not _CHANGED.search(name)]
    stated = (*_of(metas, _DATES), *_json_dates(tree, "datePublished"), *_of(metas, (*_MORE_DATES, *others)))
    found = next((instant for text in stated if (instant := parse_date(text)) is not None), None)
    if found is not None:
        return found
    ways = (_marked(tree), _beside_heading(tree), _times(tree), _json_dates(tree, "dateCreated"), _shown(tree))
    return next((instant for texts in ways if (instant := _agreed(texts)) is not None), None) or _day_in(address)


def _of(metas: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _agreed(texts: Iterable[str]) -> datetime | None:
    """The instant of texts that all name one day, by the first that has a time; None where they name several."""
    instants = [instant for text in texts if (instant := parse_date(text)) is not None]
    if len({instant.date() for instant in instants}) != 1:
        return None
    return next((instant for instant in instants if instant.time() != time()), instants[0])


def _json_dates(tree: Any, name: str) -> list[str]:
    """The dates of the JSON-LD blocks, those of articles first: films and pages have one too."""
    nodes = [node for outer in json_nodes(tree) for node in (outer, outer.get("mainEntity")) if isinstance(node, dict)]
    nodes.sort(key=lambda node: "Article" not in str(node.get("@type")))
    return [node[name] for node in nodes if isinstance(node.get(name), str)]


def _marks(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "property"))


def _marked(tree: Any) -> Iterator[str]:
    """Elements that are marked as the date of publication: <time class="published">, <abbr class="published">,
    <span itemprop="datePublished">."""
    for element in tree.xpath("//time | //abbr[@title] | //*[@itemprop]"):
        marks = _marks(element)
        named = "pubdate" in element.attrib or (_PUBLISHED.search(marks) and not _CHANGED.search(marks))
        if named and (element.tag in {"time", "abbr"} or "date" in marks.lower()):
            yield _value(element)


def _beside_heading(tree: Any) -> list[str]:
    """The times that stand nearest to the only heading, without those of changes."""
    headings = tree.findall(".//h1")
    for above in headings[0].iterancestors() if len(headings) == 1 else ():
        times = above.findall(".//time")
        if times:
            return [_value(element) for element in times if not _CHANGED.search(_marks(element))]
    return []


def _times(tree: Any) -> list[str]:
    """All <time> elements with a date: lists of other articles have many, and then none counts."""
    return [element.get("datetime") for element in tree.iterfind(".//time[@datetime]")]


def _shown(tree: Any) -> Iterator[str]:
    """What readers see of a date: short texts in elements whose class says so."""
    for element in tree.xpath("//span[@class] | //div[@class] | //p[@class] | //li[@class] | //small[@class]"):
        marks = _marks(element)
        if (_DATED.search(marks) or _PUBLISHED.search(marks) or _BYLINE.search(marks)) and not _CHANGED.search(marks):
            yield _words(element)


def _value(element: Any) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or _words(element)


def _words(element: Any) -> str:
    """The element's text; "" for more than a date and its label."""
    text = " ".join(element.text_content().split())
    return text if len(text) <= _LONGEST else ""


def _day_in(address: str) -> datetime | None:
    for pattern in _IN_ADDRESS:
        found = pattern.search(address)
        if found is not None:
            year, month, day = found.groups()
            return parse_date(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
    return None
