"""Articles as they come in: entries of feeds, texts of pages, and the one status that each of them ends in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ArticleStatus(StrEnum):
    """How an article left a run. Every article that came in has exactly one, so the counts add up."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    NO_TEXT = "no_text"
    NO_CLAIMS = "no_claims"
    WRONG_LANGUAGE = "wrong_language"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class TextSource(StrEnum):
    """Where an article's text was taken from."""

    PAGE = "page"
    FEED = "feed"
    """The whole text came with the feed."""
    SUMMARY = "summary"
    """The page can't be read: the feed's few words on it were."""
    BARRED = "barred"
    """The page's site doesn't want programs to read it (robots.txt): the feed's few words on it were."""
    TITLE = "title"
    """The page can't be read and the feed gives no text: the headline alone was."""
    FILE = "file"


INSTEAD = {
    TextSource.SUMMARY: "its page can't be read: the feed's summary was",
    TextSource.BARRED: "its site's robots.txt keeps programs off its page: the feed's summary was read",
    TextSource.TITLE: "its page can't be read: the headline alone was",
}
"""What is said of articles that were read from less than their text."""
UNREADABLE = "the extractor failed on it"
"""What is said of those that were set aside by the extractor."""
LANGUAGES = frozenset({"en", "und"})
"""The languages that are read; "und" is what is too short to tell."""


def status_of(number: int, source: TextSource, language: str, *, claims: bool) -> ArticleStatus:
    """The one status of an article whose revision of this number has been read. A page that nobody saw isn't said to
    hold no claims."""
    if language not in LANGUAGES:
        return ArticleStatus.WRONG_LANGUAGE
    if number > 1:
        return ArticleStatus.REVISED
    if claims:
        return ArticleStatus.NEW
    return ArticleStatus.NO_TEXT if source in INSTEAD else ArticleStatus.NO_CLAIMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, or one file of a folder.

    `key` tells items of one feed apart (its id, else its link, else a hash); `url` is canonical; `text` is plain text
    ("" when the feed gives none) and `full_text` says that it is the whole article, so that no page has to be fetched.
    `published_at` is aware UTC, None when the source doesn't say: never "now". `id` and `link` are what the feed itself
    says, "" where that doesn't tell items apart: for who looks at it, never stored.
    """

    feed: str
    key: str
    url: str
    title: str
    outlet: str
    published_at: datetime | None
    text: str = ""
    full_text: bool = False
    id: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What a poll has to know of a feed. `etag` and `last_modified` are echoed byte for byte. `moved_to` is where it is
    asked instead of its `url`, once its redirect is believed."""

    name: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    failures: int = 0
    next_poll_at: datetime | None = None
    moved_to: str | None = None


class PollOutcome(StrEnum):
    """How a poll of one feed ended."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnswer:
    """What one poll of one feed brought. `error` is "kind: message" when it failed. `moved_to` is where permanent
    redirects led; `gone`: the server says that the feed is no more."""

    feed: str
    outcome: PollOutcome
    entries: tuple[Entry, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    error: str | None = None
    next_poll_at: datetime
    moved_to: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """The text of one article as read now. `text` is plain, paragraphs parted by an empty line."""

    text: str
    source: TextSource
    title: str | None = None
    published_at: datetime | None = None
    canonical_url: str | None = None


OLD_NEWS = timedelta(days=2)
"""Entries that are older when a feed is added to a running monitor are history: nobody wants them told as news."""

AHEAD = timedelta(days=1)
"""A date of publication may lie so far ahead: zones are mixed up, and what is to come out is announced."""


def believed(published: datetime | None, now: datetime) -> datetime | None:
    """A stated date of publication, None for one that lies ahead: a slip of the year would be the newest news for as
    long, and nothing could follow it."""
    if published is None or None in (published.utcoffset(), now.utcoffset()):
        return published  # whoever stores a naive one refuses it
    return None if published > now + AHEAD else published


REVISITS = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=3)),
    (timedelta(days=30), timedelta(days=3)),
)
"""How often a page is looked at again while its text is no older than this: most edits come in the first hours. The
steps are those with which the newsdiffs project followed newspapers for years."""


def next_revisit(changed_at: datetime, now: datetime) -> datetime | None:
    """When a page whose text has stood since `changed_at` is looked at again; None when it has settled."""
    age = now - changed_at
    return next((now + gap for younger, gap in REVISITS if age < younger), None)
