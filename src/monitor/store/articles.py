"""Articles: entries that announce them, their texts as revisions, and the status that each leaves a run with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.orm import Session

from monitor.domain.articles import INSTEAD, ArticleStatus, ArticleText, Entry, TextSource, believed, next_revisit
from monitor.domain.furniture import substance
from monitor.errors import StoreError
from monitor.store.base import Part, chunks, insert_new, is_due, put
from monitor.store.convert import sha256, text_sha256
from monitor.store.locks import READING, Lock
from monitor.store.rows import PendingArticle, StoredRevision
from monitor.store.tables import ArticleTable, EntryTable, FeedTable, RevisionTable

AT_ONCE = 50
"""Texts that one of several readers is given at a time: a second's work or two."""
RETRIES = 3
"""How often an article that failed is tried again. After that, whoever reads pages takes what the feed itself said."""
FIRST_GAP = timedelta(minutes=15)
"""The wait before the first retry; each further one waits twice as long as the one before."""
CLEANED = 20_000
"""So many texts at most are remembered without what stands around them, by two hashes each."""
_CLEANED: dict[str, str] = {}


class ArticlePart(Part):
    """Articles and their revisions."""

    def add_entries(self, entries: Sequence[Entry], now: datetime, *, baseline: bool) -> int:
        """Stores entries that no feed brought, as of a folder; returns how many articles became pending.

        `baseline`: the text that is taken for them is history, which causes no alert.
        """
        with self._database.write() as session:
            self._database.lock(session, Lock.ENTRIES)
            return take_entries(session, entries, now, baseline=baseline).pending

    def pending(
        self, now: datetime, limit: int = 500, *, full_text: bool | None = None, until: datetime | None = None
    ) -> list[PendingArticle]:
        """The articles whose text has to be taken now, longest waiting first: all, or only those whose entry brought
        the full text (True) or didn't (False). Those of feeds that aren't configured any more are left waiting.

        `until`: they are this worker's alone until then. On SQLite, where one reads alone, that means nothing.
        """
        due = or_(ArticleTable.retry_at.is_(None), is_due(ArticleTable.retry_at, now))
        dropped = exists().where(FeedTable.name == ArticleTable.feed, FeedTable.active.is_(False))
        query = select(ArticleTable).where(ArticleTable.pending, due, ~dropped)
        if full_text is not None:
            query = query.where(ArticleTable.full_text.is_(full_text))
        query = query.order_by(ArticleTable.pending_since, ArticleTable.id).limit(limit)
        if until is not None and not self._database.sqlite:
            with self._database.write() as session:
                return put_off(session, query, ArticleTable.retry_at.key, until)
        with self._database.read() as session:
            return [to_pending(row) for row in session.scalars(query)]

    def newest_text(self, article_id: int) -> str:
        """The newest text of an article; "" for one that has none yet."""
        query = select(RevisionTable.text).where(RevisionTable.article_id == article_id)
        with self._database.read() as session:
            return session.scalar(query.order_by(RevisionTable.number.desc()).limit(1)) or ""

    def save_text(
        self, article_id: int, text: ArticleText, now: datetime, *, run: int | None = None, again: bool = False
    ) -> bool:
        """Stores an article's text as a new revision and returns True; ends pending.

        The same text as the newest revision's makes none, white space, bylines and dates of update apart: False, and
        the status is `unchanged`.
        So does an older wording that comes up again, but for the one return that takes a mistake back: a page that
        flaps between two texts settles. And so does the first text of an article that is another one under a second
        address (for phones, or behind a redirect): that one's text, and by its `canonical_url` that one's page.
        `again`: nobody announced anything, the page was only looked at again; what is the same leaves no trace.
        """
        with self._database.write() as session:
            article = _locked(session, article_id)
            identity = text_sha256(text.text)
            if text.source in INSTEAD and _read_in_full(session, article):
                _end(article, ArticleStatus.UNCHANGED, "its page can't be read now: what it said stands", run)
                return False
            known = _known_as(session, article, text, identity, now)
            if known is not None:
                if not again:
                    _end(article, ArticleStatus.UNCHANGED, known, run)
                return False
            session.add(_revision(article, text, identity, now))
            article.revisions += 1
            article.text_sha256 = identity
            article.changed_at = _changed_at(article, text, now)
            page = text.source is TextSource.PAGE
            article.revisit_at = next_revisit(article.changed_at, now) if page else None
            article.pending, article.attempts, article.retry_at = False, 0, None
            return True

    def save_status(
        self, article_id: int, status: ArticleStatus, reason: str, now: datetime, *, run: int | None = None
    ) -> None:
        """Records how an article left the run, with the reason in a few words; ends pending.

        A `failed` one stays pending for up to RETRIES more tries, after 15 minutes, 30, 60; a changed entry starts the
        count anew. A text of it that nobody has read yet is left for the next run after `failed`, else set aside.
        """
        with self._database.write() as session:
            article = _locked(session, article_id)
            if status is ArticleStatus.FAILED:
                _fail(article, now)
            else:
                _set_aside(session, article_id, now)
                article.pending, article.attempts, article.retry_at = False, 0, None
            article.status, article.reason, article.run_id = status, reason, run

    def unread(self, limit: int = 200) -> list[StoredRevision]:
        """The revisions that no extractor has read, in order of arrival."""
        with self._database.read() as session:
            return _unread(session, limit)

    @contextmanager
    def reading(self) -> Iterator[list[StoredRevision]]:
        """The next revisions that no extractor has read and, on PostgreSQL, that no other worker is reading; theirs
        are passed over as long as the block goes on. A worker that dies holds nothing: the database sees it go."""
        if self._database.sqlite:
            yield self.unread()
            return
        waiting = _in_order(select(RevisionTable.id).where(RevisionTable.extractor.is_(None)))
        # The limit within keeps the lock a filter of what comes out, so that no more is locked than is asked for.
        each = waiting.limit(100 * AT_ONCE).subquery()
        mine = select(each.c.id).where(func.pg_try_advisory_xact_lock(READING, each.c.id)).limit(AT_ONCE)
        with self._database.read() as session:
            # What another one had read while this one looked isn't unread any more.
            yield _unread(session, AT_ONCE, list(session.scalars(mine)))


def _unread(session: Session, limit: int, ids: Sequence[int] | None = None) -> list[StoredRevision]:
    query = select(RevisionTable, ArticleTable).join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
    query = _in_order(query.where(RevisionTable.extractor.is_(None))).limit(limit)
    if ids is not None:
        query = query.where(RevisionTable.id.in_(ids))
    return [to_revision(revision, article) for revision, article in session.execute(query)]


def _in_order(query: "Select[Any]") -> "Select[Any]":
    return query.order_by(RevisionTable.fetched_at, RevisionTable.id)


def put_off(
    session: Session, query: "Select[tuple[ArticleTable]]", column: str, until: datetime
) -> list[PendingArticle]:
    """The articles that `query` finds and no other worker has at hand, and puts their `column` off until then."""
    rows = session.scalars(query.with_for_update(skip_locked=True)).all()
    found = [to_pending(row) for row in rows]
    mine = update(ArticleTable).where(ArticleTable.id.in_([row.id for row in rows]))
    session.execute(mine.values({column: until}).execution_options(synchronize_session=False))
    return found


def to_pending(row: ArticleTable) -> PendingArticle:
    """The article of a row, as one whose text is to be taken."""
    return PendingArticle(row.id, to_entry(row), row.baseline, row.attempts)


def to_revision(row: RevisionTable, article: ArticleTable) -> StoredRevision:
    """The revision of a row."""
    return StoredRevision(
        id=row.id,
        article_id=row.article_id,
        url=article.url,
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        text_sha256=row.text_sha256,
        published_at=row.published_at,
        fetched_at=row.fetched_at,
        number=row.number,
        baseline=row.baseline,
        language=row.language,
        source=TextSource(row.source),
        credit=row.credit,
    )


@dataclass(slots=True)
class Taken:
    """How many articles became pending, and of each feed's entries how many were new and how many were known."""

    pending: int = 0
    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.pending + other.pending, self.new + other.new, self.known + other.known)


def take_entries(session: Session, entries: Sequence[Entry], now: datetime, *, baseline: bool) -> Taken:
    """Upserts entries as articles, in their order.

    Under Lock.ENTRIES, or two writers on PostgreSQL could wait for each other crosswise.
    """
    # The url is part of the mark: ids repeat inside real feeds, and two articles would take turns at being changed.
    marked = {(entry.feed, sha256(entry.key, entry.url)): entry for entry in entries}
    woken: set[int] = set()
    taken = Taken()
    for chunk in chunks(list(marked.items())):
        woken |= _take_chunk(session, dict(chunk), now, taken, baseline=baseline)
    taken.pending = len(woken)
    return taken


_Marks = Mapping[tuple[str, str], Entry]


def _take_chunk(session: Session, marks: _Marks, now: datetime, taken: Taken, *, baseline: bool) -> set[int]:
    known, contents = _known_contents(session, marks), {mark: _content(entry) for mark, entry in marks.items()}
    for mark in marks:
        (taken.known if mark in known else taken.new)[mark[0]] += 1
    changed = {mark: entry for mark, entry in marks.items() if known.get(mark) != contents[mark]}
    urls = {mark: sha256(entry.url) for mark, entry in changed.items()}
    there = _ids_by_url(session, urls.values())
    first: dict[str, tuple[str, str]] = {}
    for mark, url in urls.items():
        if url not in there:
            first.setdefault(url, mark)
    rows = [_article_values(url, changed[mark], now, baseline=baseline) for url, mark in first.items()]
    insert_new(session, ArticleTable, rows)
    fresh = _ids_by_url(session, first)
    ids = there | fresh
    again = {ids[url]: mark for mark, url in urls.items() if first.get(url) != mark}
    articles = _by_id(session, again)  # those of first entries needn't be looked at: the others are few
    woken = set(fresh.values())
    for mark, entry in changed.items():
        article = articles.get(ids[urls[mark]])
        if article is not None and first.get(urls[mark]) != mark and (mark in known or _brings_news(entry, article)):
            _wake(article, entry, now, baseline=baseline)
            woken.add(article.id)
    session.flush()
    _remember(session, {mark: (ids[url], contents[mark]) for mark, url in urls.items()})
    return woken


def _known_contents(session: Session, marks: _Marks) -> dict[tuple[str, str], str]:
    query = select(EntryTable.feed, EntryTable.key_sha256, EntryTable.content_sha256).where(
        EntryTable.feed.in_({feed for feed, _ in marks}), EntryTable.key_sha256.in_({key for _, key in marks})
    )
    return {(feed, key): content for feed, key, content in session.execute(query)}


def _content(entry: Entry) -> str:
    """What an entry says: another title, summary or text makes it news; white space doesn't."""
    return sha256(" ".join(entry.title.split()), " ".join(entry.text.split()), str(entry.full_text))


def _ids_by_url(session: Session, urls: Iterable[str]) -> dict[str, int]:
    query = select(ArticleTable.url_sha256, ArticleTable.id).where(ArticleTable.url_sha256.in_(set(urls)))
    return {row.url_sha256: row.id for row in session.execute(query)} if urls else {}


def _by_id(session: Session, ids: Iterable[int]) -> dict[int, ArticleTable]:
    rows = session.scalars(select(ArticleTable).where(ArticleTable.id.in_(set(ids)))) if ids else ()
    return {row.id: row for row in rows}


def _article_values(url_sha256: str, entry: Entry, now: datetime, *, baseline: bool) -> dict[str, Any]:
    return {
        **_entry_values(entry, now),
        "url": entry.url,
        "url_sha256": url_sha256,
        "baseline": baseline,
        "pending": True,
        "pending_since": now,
        "attempts": 0,
        "revisions": 0,
        "reason": "",
        "first_seen_at": now,
    }


def _entry_values(entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "feed": entry.feed,
        "key": entry.key,
        "outlet": entry.outlet,
        "title": entry.title,
        "published_at": believed(entry.published_at, now),
        "entry_text": entry.text,
        "full_text": entry.full_text,
    }


def _brings_news(entry: Entry, article: ArticleTable) -> bool:
    """Whether an entry not seen before says something new of an article that is known.

    Feeds give an updated article a new id, so one of the same feed does, unless its full text is the one we have.
    One of another feed does only by a full text of its own: the page would be the same.
    """
    if (article.feed, article.key) == (entry.feed, entry.key):
        return False
    if entry.full_text:
        return text_sha256(entry.text) != article.text_sha256
    return article.feed == entry.feed


def _wake(article: ArticleTable, entry: Entry, now: datetime, *, baseline: bool) -> None:
    for name, value in _entry_values(entry, now).items():
        setattr(article, name, value)
    if not article.pending:
        article.pending_since = now
    article.pending, article.attempts, article.retry_at, article.baseline = True, 0, None, baseline


def _remember(session: Session, changed: Mapping[tuple[str, str], tuple[int, str]]) -> None:
    rows = [
        {"feed": feed, "key_sha256": key, "article_id": article, "content_sha256": content}
        for (feed, key), (article, content) in changed.items()
    ]
    put(session, EntryTable, rows, ("feed", "key_sha256"))


def to_entry(row: ArticleTable) -> Entry:
    """The newest entry that announced the article of a row."""
    return Entry(
        feed=row.feed,
        key=row.key,
        url=row.url,
        title=row.title,
        outlet=row.outlet,
        published_at=row.published_at,
        text=row.entry_text,
        full_text=row.full_text,
    )


def _locked(session: Session, article_id: int) -> ArticleTable:
    article = session.get(ArticleTable, article_id, with_for_update=True)
    if article is None:
        raise StoreError(f"no article {article_id}")
    return article


def _revision(article: ArticleTable, text: ArticleText, identity: str, now: datetime) -> RevisionTable:
    return RevisionTable(
        article_id=article.id,
        number=article.revisions + 1,
        outlet=article.outlet,
        title=article.title or text.title or "",
        text=text.text,
        text_sha256=identity,
        source=text.source,
        published_at=article.published_at or believed(text.published_at, now),
        fetched_at=now,
        baseline=article.baseline,
    )


def _read_in_full(session: Session, article: ArticleTable) -> bool:
    """True when the newest text is more than a summary or a headline that stands for the page."""
    newest = (RevisionTable.article_id == article.id, RevisionTable.number == article.revisions)
    source = session.scalar(select(RevisionTable.source).where(*newest))
    return source is not None and source not in INSTEAD


def _known_as(session: Session, article: ArticleTable, text: ArticleText, identity: str, now: datetime) -> str | None:
    """Why a text is no new one, in a few words; None when it is one."""
    if identity == article.text_sha256:
        return ""
    known, wording = _wordings(session, article), _wording(text.text)
    if known and known[-1][0] == wording:
        return "the byline or the date of update alone"
    if _flaps(known, wording, now):
        return "an earlier wording once more"
    twin = _twin(session, article, text, identity)
    return None if twin is None else f"the same article as {twin}"


def _wordings(session: Session, article: ArticleTable) -> list[tuple[str, datetime]]:
    """What the article has said so far, without what stands around it, as a hash, and when each was fetched; in order.

    A page that changes a hundred times is not cleaned a hundred times over: what was found of a text is remembered.
    """
    if not article.revisions:
        return []
    columns = (RevisionTable.id, RevisionTable.text_sha256, RevisionTable.fetched_at)
    mine = select(*columns).where(RevisionTable.article_id == article.id)
    known = session.execute(mine.order_by(RevisionTable.number)).all()
    found = {identity: _CLEANED[identity] for _, identity, _ in known if identity in _CLEANED}
    for some in chunks([revision for revision, identity, _ in known if identity not in found]):
        texts = select(RevisionTable.text_sha256, RevisionTable.text).where(RevisionTable.id.in_(some))
        found |= {identity: _wording(text) for identity, text in session.execute(texts)}
    if len(_CLEANED) > CLEANED:
        _CLEANED.clear()
    _CLEANED.update(found)
    return [(found[identity], fetched) for _, identity, fetched in known]


def _wording(text: str) -> str:
    return sha256(substance(text))


def _changed_at(article: ArticleTable, text: ArticleText, now: datetime) -> datetime:
    """Since when the text has stood as it does: a first text since the article came out, as far as that is told."""
    published = article.published_at or text.published_at
    return min(published, now) if published is not None and article.revisions == 1 else now


def _twin(session: Session, article: ArticleTable, text: ArticleText, identity: str) -> str | None:
    """The address of the article that this one is, under another address; None when it is one of its own.

    Pages name the wrong address often enough (the section's, the last story's), so the text must be the same too.
    """
    if article.revisions or not text.canonical_url:
        return None
    same = (ArticleTable.url_sha256 == sha256(text.canonical_url), ArticleTable.text_sha256 == identity)
    return session.scalar(select(ArticleTable.url).where(ArticleTable.id != article.id, *same))


def _flaps(known: Sequence[tuple[str, datetime]], wording: str, now: datetime) -> bool:
    """True for a wording that the article had before, unless it is the first return to one and comes after the rest.

    An outlet that takes its own mistake back is news once; a cache that serves two copies by turns never is.
    """
    wordings = [one for one, _ in known]
    returned_before = len(set(wordings)) < len(wordings)
    return wording in wordings and (returned_before or now < max(fetched for _, fetched in known))


def _end(article: ArticleTable, status: ArticleStatus, reason: str, run: int | None) -> None:
    article.pending, article.attempts, article.retry_at = False, 0, None
    article.status, article.reason, article.run_id = status, reason, run


def _fail(article: ArticleTable, now: datetime) -> None:
    article.attempts += 1
    article.pending = article.attempts <= RETRIES
    article.retry_at = now + FIRST_GAP * 2 ** (article.attempts - 1) if article.pending else None


def _set_aside(session: Session, article_id: int, now: datetime) -> None:
    """A text that made its reader stumble isn't read again and again."""
    unread = (RevisionTable.article_id == article_id, RevisionTable.extractor.is_(None))
    session.execute(update(RevisionTable).where(*unread).values(extractor="", compared_at=now))
