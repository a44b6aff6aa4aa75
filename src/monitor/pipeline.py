"""One run: poll, read, extract, compare, deliver.

Each step takes what the store says is still open, so a run that was cut off at any point is carried on by the next
one, and the same run twice changes nothing. What flows and the command line call; nothing here knows Prefect, and
`now` is always an argument (aware UTC).
"""

import asyncio
import gc
import logging
import os
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Self

from monitor.alerts.channels import Channel
from monitor.alerts.deliver import DeliveryReport, deliver_due, move_waiting
from monitor.domain.articles import (
    INSTEAD,
    UNREADABLE,
    ArticleStatus,
    ArticleText,
    Entry,
    FeedAnswer,
    FeedState,
    TextSource,
    status_of,
)
from monitor.domain.claims import Claim
from monitor.domain.compare import compare
from monitor.domain.health import Trouble, is_stale, trouble_of
from monitor.domain.muted import kept_quiet
from monitor.domain.watches import Watch
from monitor.errors import MonitorError, SourceError
from monitor.extract import version
from monitor.extract.lexicon import Lexicon
from monitor.opening import open_channels
from monitor.reading import credit_of, read_claims
from monitor.report import PollReport, RunReport
from monitor.settings import Settings, load_settings
from monitor.sources.feeds import poll_each
from monitor.sources.fetch import Fetcher
from monitor.sources.liveblog import carried_on, parted
from monitor.sources.pages import read_page
from monitor.sources.robots import KEPT, Robots
from monitor.sources.seeds import Unread, read_seeds
from monitor.sources.urls import kept_url
from monitor.store import LEASE, RETRIES, Mute, PendingArticle, Store, StoredRevision
from monitor.telling import Teller, count_again, heard, to_tell
from monitor.verdicts import Bench

__all__ = ["DeliveryReport", "Monitor", "PollReport", "RunReport"]

EARLY = timedelta(minutes=2)
"""A feed that falls due within this is asked now: jitter must not make it miss the run and wait for another one."""
FEEDS_AT_ONCE = 50
"""Answers of feeds that are stored in one transaction."""
PAGES_AT_ONCE = 20
"""Pages fetched in parallel; the fetcher keeps its own gap for each host."""
PAGES_IN_HAND = 200
REVISITS_AT_ONCE = 300
"""Pages looked at again by one run; the rest, longest waiting first, is left to the next."""
SEEDS_AT_ONCE = 500
"""Articles of a baseline that are stored at once."""
GONE = frozenset({"http_404", "http_410", "http_451"})
"""Failures after which a page isn't looked at again. Its figure stays: who takes a page down needn't take it back."""
PASSING = frozenset(
    {"timeout", "dns", "connect", "connection", "tls", "http_408", "http_425", "http_429", "robots_unknown"}
)
"""Failures of a page that may be over by the next run; so are all answers of 500 and above."""

log = logging.getLogger("monitor.pipeline")


def _now() -> datetime:
    return datetime.now(UTC)


def _clock(now: datetime) -> Callable[[], datetime]:
    """Tells the time from `now` on, which may be another one than it is."""
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


class Monitor:
    """The house with its lights on: settings, an up-to-date store and the lexicon. Use it as a context manager."""

    def __init__(self, settings: Settings, store: Store, lexicon: Lexicon) -> None:
        self.settings = settings
        self.store = store
        self.lexicon = lexicon
        self.watches: tuple[Watch, ...] = settings.watches(lexicon)
        self.extractor = version(lexicon)
        self.teller = Teller(settings, self.watches)
        self.bench = Bench(store, self.watches, self.teller)
        self._channels: dict[str, Channel] | None = None
        self._paces = {one.name: one.pace for one in settings.channels}
        self._moved = False
        self._robots = Robots()
        self._fetcher: Fetcher | None = None
        self._run: int | None = None
        self._report = RunReport()

    @classmethod
    def open(cls, config: Path) -> Self:
        """Reads the settings and brings the database up to date. Raises ConfigError or StoreError."""
        settings = load_settings(config)
        lexicon = settings.load_lexicon()
        gc.freeze()  # words and names are most of what there is, and kept: no collection need go through them
        store = Store(settings.store_url)
        store.migrate()
        return cls(settings, store, lexicon)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @property
    def channels(self) -> dict[str, Channel]:
        """The channels by name, opened at first use. Raises ConfigError for those that don't load."""
        if self._channels is None:
            self._channels = open_channels(self.settings)
        return self._channels

    def begin(self, now: datetime) -> None:
        """Opens a run: what the steps do from here on is counted in its report."""
        _ = self.channels  # a channel that doesn't load is said before anything is fetched
        self._run = self.store.start_run(now)
        self._report = RunReport()

    def finish(self, now: datetime) -> RunReport:
        """Closes the run and returns its report."""
        if self._run is None:
            raise RuntimeError("finish() without begin()")
        report = replace(self._report, run=self._run, counts=self.store.status_counts(self._run))
        self.store.finish_run(self._run, report.as_dict(), now)
        self._run = None
        return report

    async def run(self, now: datetime, *, everything: bool = False, at: Callable[[str], object] = str) -> RunReport:
        """One pass: all steps in order, asking the feeds that are due or `everything`; `at` hears which step is next.

        Raises ConfigError when a channel doesn't load, and StoreError.
        """
        self.begin(now)
        async with self.fetching():
            at("asking the feeds")
            await self.poll(now, everything=everything)
            at("reading articles")
            await self.read(now)
            at("looking for edits")
            await self.revisit(now)
        at("extracting figures")
        self.extract()
        at("comparing")
        self.compare(now)
        self.look_after(now)
        at("sending alerts")
        await self.deliver(now)
        return self.finish(_now())

    def seed(self, source: Path, now: datetime) -> RunReport:
        """Loads articles as the baseline: history that readers know, no alerts. Raises InputError.

        `source`: a folder, a .jsonl or a .warc(.gz), see sources/seeds.py.
        """
        records = read_seeds(source)
        records = chain([first] if (first := next(records, None)) else [], records)  # what can't be read ends it here
        self._run, problems, undated = self.store.start_run(now), list[tuple[str, str]](), list[str]()
        while portion := list(islice(records, SEEDS_AT_ONCE)):
            problems += [(one.name, one.why) for one in portion if isinstance(one, Unread)]
            entries = [one for one in portion if isinstance(one, Entry)]
            undated += [one.key.removeprefix("file:") for one in entries if one.published_at is None]
            self.store.add_entries(entries, now, baseline=True)
            self.take_texts(now)
        self._report = RunReport(problems=tuple(problems), undated=tuple(undated))
        self.extract()
        self.compare(now)
        return self.finish(_now())

    async def poll(self, now: datetime, *, everything: bool = False) -> PollReport:
        """Asks the feeds that are due, or `everything`, and stores what they announce. Returns what came of it since
        begin(): a step that broke off and is done again asks the rest alone."""
        # The store keeps addresses without their secrets; the whole ones are in the settings alone.
        addresses = self._addresses
        self.store.sync_feeds([(name, kept_url(address)) for name, address in addresses.items()], now)
        portions = self.store.portions(now + EARLY, _clock(now), everything=everything)
        running, waiting, turn = self.store.has_answers(), list[FeedAnswer](), asyncio.Lock()

        async def save(least: int) -> None:
            async with turn:
                if len(waiting) < least:
                    return
                portion = waiting[:FEEDS_AT_ONCE]
                del waiting[:FEEDS_AT_ONCE]
                # In a thread: while the disk is waited for, feeds are asked on.
                pending = await asyncio.to_thread(self.store.save_answers, portion, now, running=running)
                self._report = replace(self._report, feeds=self._report.feeds + PollReport.of(portion, pending))

        async def take(answer: FeedAnswer) -> None:
            if answer.error is not None:
                log.warning("feed %s: %s", answer.feed, answer.error)
            waiting.append(answer)
            if len(waiting) >= FEEDS_AT_ONCE:
                await save(FEEDS_AT_ONCE)

        async def ask_portions() -> None:
            while (portion := next(portions, None)) is not None:
                known = [replace(state, url=addresses[state.name]) for state in portion if state.name in addresses]
                await self._ask(known, take, now)
                await save(1)

        await asyncio.gather(ask_portions(), ask_portions())  # the last of one are slow: the next is on its way
        return self._report.feeds

    async def try_feeds(self, now: datetime) -> list[FeedAnswer]:
        """One answer of each feed, asked as if for the first time; nothing is stored."""
        answers: list[FeedAnswer] = []
        states = [FeedState(name=name, url=url) for name, url in self._addresses.items()]

        async def take(answer: FeedAnswer) -> None:
            answers.append(answer)

        await self._ask(states, take, now)
        return answers

    async def read(self, now: datetime) -> int:
        """Takes the texts of all articles that wait for it; returns how many were handled."""
        handled, clock = self.take_texts(now), _clock(now)
        async with self.fetching() as fetcher:
            while waiting := self.store.pending(now, PAGES_IN_HAND, until=clock() + LEASE):
                gate = asyncio.Semaphore(PAGES_AT_ONCE)
                with self._sites_rules(now):
                    await asyncio.gather(*(self._read_page(article, fetcher, gate, now) for article in waiting))
                handled += len(waiting)
        return handled

    async def revisit(self, now: datetime) -> int:
        """Looks again at pages that hold a figure of a watch, for edits; returns how many were looked at."""
        due = self.store.due_revisits(now, REVISITS_AT_ONCE, until=now + LEASE)
        if due:
            gate = asyncio.Semaphore(PAGES_AT_ONCE)
            async with self.fetching() as fetcher:
                with self._sites_rules(now):
                    await asyncio.gather(*(self._look_again(article, fetcher, gate, now) for article in due))
        return len(due)

    def take_texts(self, now: datetime) -> int:
        """Takes the texts that came with their entries, without asking the network; returns how many."""
        handled, clock = 0, _clock(now)
        while carried := self.store.pending(now, full_text=True, until=clock() + LEASE):
            for article in carried:
                self._keep(article, ArticleText(text=article.entry.text, source=_carrier(article.entry)), now)
            handled += len(carried)
        return handled

    def extract(self) -> int:
        """Reads claims out of every text that hasn't been read; returns how many texts were."""
        handled = 0
        while True:
            with self.store.reading() as unread:
                for revision in unread:
                    self._extract_one(revision)
            if not unread:
                return handled
            handled += len(unread)

    def compare(self, now: datetime) -> list[str]:
        """Holds new claims against the stored ones and writes what follows; returns the ids of the changes to tell."""
        told: list[str] = []
        with self.store.turn():
            mutes = self.store.list_mutes(now)
            while waiting := self.store.uncompared():
                try:
                    for revision_id in waiting:
                        found = self._compare_one(revision_id, mutes, now)
                        told += found
                        # At once: they are stored, whatever becomes of the next one.
                        self._report = replace(self._report, change_ids=(*self._report.change_ids, *found))
                finally:  # those that are compared don't come again
                    count_again(self.store, waiting)
        return told

    def look_after(self, now: datetime) -> dict[str, Trouble]:
        """Judges how the feeds do and tells operators what is new about it; returns the feeds in trouble."""
        with self.store.turn():  # what one has told, the next knows
            records = self.store.feed_records()
            found = {record.name: trouble_of(record, now) for record in records}
            news = [record for record in records if found[record.name] is not record.trouble]
            sequels = [one for record in news for one in self.teller.to_operators(record, found[record.name], now)]
            if news:
                self.store.note_troubles({record.name: found[record.name] for record in news}, sequels, now)
        for record in news:
            log.warning("feed %s: %s", record.name, found[record.name] or "does well again")
        stale = tuple((one.name, one.error or "gone") for one in records if is_stale(one, now))
        self._report = replace(self._report, stale=stale, watched=len(records))
        return {name: trouble for name, trouble in found.items() if trouble is not None}

    async def deliver(self, now: datetime, clock: Callable[[], datetime] = _now) -> DeliveryReport:
        """Sends the deliveries that are due. `clock` tells the time while it goes on.

        At the first time, what waits is put where these settings have it: it may have been composed under others.
        """
        if not self._moved:
            await asyncio.to_thread(move_waiting, self.store, self._paces, now)
            self._moved = True
        worker = f"{os.getpid()}@{now:%H%M%S}-{secrets.token_hex(4)}"  # leases are told apart by it
        notes = self.settings.data / "sending" / await asyncio.to_thread(self.store.birthmark)
        report = await asyncio.to_thread(
            deliver_due,
            self.store,
            self.channels,
            now=clock,
            worker=worker,
            paces=self._paces,
            operators=self.teller.operators,
            notes=notes,
        )
        self._report = replace(self._report, deliveries=report)
        return report

    @property
    def _addresses(self) -> dict[str, str]:
        """Where each feed is, by its name; a folder's path stands for its URL."""
        return {feed.name: feed.url or str(feed.folder) for feed in self.settings.feeds}

    async def _ask(
        self, states: Sequence[FeedState], take: Callable[[FeedAnswer], Awaitable[object]], now: datetime
    ) -> None:
        feeds = self.settings.feeds
        async with self.fetching() as fetcher:
            await poll_each(
                states,
                fetcher,
                take,
                now=now,
                interval=timedelta(minutes=15),
                intervals={feed.name: feed.interval for feed in feeds},
                folders={feed.name: feed.folder for feed in feeds if feed.folder is not None},
            )

    @asynccontextmanager
    async def fetching(self) -> AsyncIterator[Fetcher]:
        """What asks the network. Steps within share one, with its connections and its patience with each host."""
        if self._fetcher is not None:
            yield self._fetcher
            return
        async with self._new_fetcher() as fetcher:
            self._fetcher = fetcher
            try:
                yield fetcher
            finally:
                self._fetcher = None

    @contextmanager
    def _sites_rules(self, now: datetime) -> Iterator[None]:
        """What sites ask of programs is taken from the store within, and what is new of it is kept there afterwards."""

        def stored(site: str) -> tuple[str, float] | None:
            kept = self.store.robots_of(site, now)
            return kept and (kept[0], (kept[1] - now).total_seconds())

        self._robots.stored = stored
        yield
        self.store.keep_robots(self._robots.taken(), now + timedelta(seconds=KEPT), now)

    def _new_fetcher(self) -> Fetcher:
        fetch = self.settings.fetch
        return Fetcher(
            allow_private=fetch.allow_private,
            user_agent=fetch.user_agent,
            contact=fetch.contact,
            deadline=fetch.timeout.total_seconds(),
            concurrency=PAGES_AT_ONCE,
            robots=self._robots,
        )

    async def _page(
        self, article: PendingArticle, fetcher: Fetcher, gate: asyncio.Semaphore
    ) -> ArticleText | SourceError:
        """The page of an article, or why it can't be read."""
        async with gate:
            try:
                page = await read_page(article.entry.url, fetcher)
            except SourceError as error:
                return error
        if parted(page.text):  # a live blog: what has scrolled off its end isn't taken back
            return replace(page, text=carried_on(self.store.newest_text(article.id), page.text))
        return page

    async def _read_page(
        self, article: PendingArticle, fetcher: Fetcher, gate: asyncio.Semaphore, now: datetime
    ) -> None:
        page = await self._page(article, fetcher, gate)
        if isinstance(page, SourceError):
            self._without_page(article, page, now)
        else:
            self._keep(article, page, now)

    async def _look_again(
        self, article: PendingArticle, fetcher: Fetcher, gate: asyncio.Semaphore, now: datetime
    ) -> None:
        """What can't be read now keeps its text: a wall or a failure says nothing about the figure."""
        page = await self._page(article, fetcher, gate)
        gone = False
        if isinstance(page, SourceError):
            log.info("article %s, looked at again: %s", article.entry.url, page.kind)
            gone = page.kind in GONE
        elif page.text.strip():
            self.store.save_text(article.id, page, now, run=self._run, again=True)
        self.store.revisited(article.id, now, gone=gone)

    def _without_page(self, article: PendingArticle, error: SourceError, now: datetime) -> None:
        """A page that may come back is tried again; else the feed's summary is read, else the headline alone."""
        passing = error.kind in PASSING or error.kind.startswith("http_5")
        log.info("article %s: %s", article.entry.url, error.kind)
        if passing and article.attempts < RETRIES:
            self.store.save_status(article.id, ArticleStatus.FAILED, error.kind, now, run=self._run)
        elif article.entry.text.strip():
            barred = error.kind in {"robots", "robots_unknown"}
            source = TextSource.BARRED if barred else TextSource.SUMMARY
            self._keep(article, ArticleText(text=article.entry.text, source=source), now)
        else:
            self._keep(article, ArticleText(text=article.entry.title, source=TextSource.TITLE), now)

    def _keep(self, article: PendingArticle, text: ArticleText, now: datetime) -> None:
        if text.text.strip():
            self.store.save_text(article.id, text, now, run=self._run)
        else:
            self.store.save_status(article.id, ArticleStatus.NO_TEXT, "no text", now, run=self._run)

    def _extract_one(self, revision: StoredRevision) -> None:
        try:
            claims, language = read_claims(revision, self.lexicon)
        except Exception:  # a text that breaks the extractor is set aside, visibly, and the run goes on
            log.exception("article %s can't be read", revision.url)
            self._store_claims(revision, (), "und", ArticleStatus.QUARANTINED, UNREADABLE)
            return
        status = status_of(revision.number, revision.source, language, claims=bool(claims))
        self._store_claims(revision, claims, language, status, INSTEAD.get(revision.source, ""))

    def _store_claims(
        self, revision: StoredRevision, claims: Sequence[Claim], language: str, status: ArticleStatus, reason: str
    ) -> None:
        self.store.save_claims(
            revision.id,
            claims,
            version=self.extractor,
            language=language,
            status=status,
            credit=credit_of(claims),
            reason=reason,
            run=self._run,
        )

    def _compare_one(self, revision_id: int, mutes: Sequence[Mute], now: datetime) -> list[str]:
        """The ids of the changes that one revision brings. One that breaks the comparison is set aside, visibly."""
        try:
            return self._written(revision_id, mutes, now)
        except MonitorError:
            raise
        except Exception:  # else each run would stop at it, and everything behind it would wait for good
            log.exception("revision %d can't be compared", revision_id)
            self.store.quarantine(revision_id, "the comparison failed on it", now, run=self._run)
            return []

    def _written(self, revision_id: int, mutes: Sequence[Mute], now: datetime) -> list[str]:
        """Compares one revision; changes and the deliveries they cause are written in one transaction."""
        with self.store.comparing() as book:
            if book.is_compared(revision_id):  # by somebody else, who tells it
                return []
            arrival = book.arrival(revision_id)
            comparison = compare(arrival, self.watches, book)
            told, muted = heard(to_tell(comparison, arrival, book), mutes, book)
            comparison = kept_quiet(comparison, muted, book.muted_last(comparison) if muted else {})
            book.record(revision_id, comparison, self.teller.deliveries(told, now), now)
            book.note_muted(muted)
        return [change.id for change in comparison.changes]


def _carrier(entry: Entry) -> TextSource:
    return TextSource.FILE if entry.key.startswith("file:") else TextSource.FEED
