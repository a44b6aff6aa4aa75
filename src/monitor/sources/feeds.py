"""Polls feeds: asks those that are due, all at once, and gives one answer for each, whatever happens to the others."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from monitor.domain.articles import FeedAnswer, FeedState, PollOutcome
from monitor.errors import SourceError
from monitor.sources.entries import MAX_ENTRIES, ParsedFeed, parse_feed, read_feed, said_of
from monitor.sources.fetch import BROKE_OFF, Response
from monitor.sources.folder import poll_folder
from monitor.sources.intervals import freshness, next_poll
from monitor.sources.urls import kept_url, shown_url
from monitor.sources.workers import DEADLINE, read_feed_apart

__all__ = ["MAX_ENTRIES", "Getter", "parse_feed", "poll_each", "poll_feeds"]

PARSE_APART = 64 * 1024
"""Bytes from which a body is parsed in a process of its own: the parser's time can grow with the square of the length,
and while it is busy here no other feed is asked and no deadline kept."""


class Getter(Protocol):
    """The part of Fetcher that a poll needs."""

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, cut_too: bool = False
    ) -> Response:
        """A 2xx or 304 answer, with `cut_too` also one that breaks off; raises SourceError for everything else."""
        ...


async def poll_feeds(states: Sequence[FeedState], fetcher: Getter, **how: Any) -> list[FeedAnswer]:
    """One answer for each state, in their order; `how` as for poll_each."""
    answers: dict[str, FeedAnswer] = {}

    async def take(answer: FeedAnswer) -> None:
        answers[answer.feed] = answer

    await poll_each(states, fetcher, take, **how)
    return [answers[state.name] for state in states]


async def poll_each(
    states: Sequence[FeedState],
    fetcher: Getter,
    take: Callable[[FeedAnswer], Awaitable[object]],
    *,
    now: datetime,
    interval: timedelta,
    intervals: Mapping[str, timedelta] | None = None,
    folders: Mapping[str, Path] | None = None,
    parse_deadline: float = DEADLINE,
) -> None:
    """Gives one answer for each state to `take`, as they come: feeds are asked on while it is busy with one. Never
    raises for what a feed does.

    `interval` is the usual time between two polls, `intervals` other ones by the feed's name; `folders` are the feeds
    (by name) that are folders of text files instead of addresses. `parse_deadline`: seconds for one large body.
    """

    async def one(state: FeedState) -> None:
        usual = (intervals or {}).get(state.name, interval)
        folder = (folders or {}).get(state.name)
        if folder is not None:
            await take(await asyncio.to_thread(poll_folder, folder, state, now=now, interval=usual))
        else:
            await take(await _poll(state, fetcher, now, usual, parse_deadline))

    await asyncio.gather(*(one(state) for state in states))


async def _poll(
    state: FeedState, fetcher: Getter, now: datetime, interval: timedelta, parse_deadline: float
) -> FeedAnswer:
    try:
        address = state.moved_to or state.url
        response = await fetcher.get(address, etag=state.etag, last_modified=state.last_modified, cut_too=True)
        due = next_poll(state.name, now, interval, hint=freshness(response.headers))
        if response.status == 304:
            return _unchanged(state, response, due)
        digest = hashlib.sha256(response.body).hexdigest()
        if response.body and digest == state.body_sha256:
            return _unchanged(state, response, due)
        parsed = await _parse(response, state, parse_deadline)
    except SourceError as error:
        return _failed(state, error, now, interval)
    return _fresh(state, response, digest, parsed, due)


def _moved_to(state: FeedState, response: Response) -> str | None:
    """Where the feed is now for good; None where that address holds what may be a secret and so can't be kept."""
    if state.moved_to is not None and response.url == state.moved_to:
        return state.moved_to
    return response.url if response.moved and kept_url(response.url) == response.url else None


async def _parse(response: Response, state: FeedState, deadline: float) -> ParsedFeed:
    headers = {**response.headers, "content-location": shown_url(response.url)}
    try:
        if len(response.body) > PARSE_APART:
            parsed = await read_feed_apart(response.body, headers, state, deadline=deadline)
        else:
            parsed = read_feed(response.body, headers, state)
    except SourceError as error:
        if response.cut:
            raise SourceError(shown_url(response.url), "connection", BROKE_OFF) from error
        raise
    return replace(parsed, complete=parsed.complete and not response.cut)


def _fresh(state: FeedState, response: Response, digest: str, parsed: ParsedFeed, due: datetime) -> FeedAnswer:
    # A body that broke off must be read again: no validators, or the rest of it would never come.
    whole = parsed.complete
    return FeedAnswer(
        feed=state.name,
        outcome=PollOutcome.FRESH,
        entries=parsed.entries,
        etag=response.headers.get("etag") if whole else None,
        last_modified=response.headers.get("last-modified") if whole else None,
        body_sha256=digest if whole else None,
        error=": ".join(filter(None, said_of(parsed))) or None,
        next_poll_at=due,
        moved_to=_moved_to(state, response),
    )


def _unchanged(state: FeedState, response: Response, due: datetime) -> FeedAnswer:
    """Validators are kept where the server doesn't repeat them in its 304."""
    return FeedAnswer(
        feed=state.name,
        outcome=PollOutcome.UNCHANGED,
        etag=response.headers.get("etag") or (state.etag if response.status == 304 else None),
        last_modified=response.headers.get("last-modified")
        or (state.last_modified if response.status == 304 else None),
        body_sha256=state.body_sha256,
        next_poll_at=due,
        moved_to=_moved_to(state, response),
    )


def _failed(state: FeedState, error: SourceError, now: datetime, interval: timedelta) -> FeedAnswer:
    """What was known stays known; the next poll comes later the more often it failed."""
    due = next_poll(state.name, now, interval, failures=state.failures + 1, retry_after=error.retry_after)
    return FeedAnswer(
        feed=state.name,
        outcome=PollOutcome.FAILED,
        etag=state.etag,
        last_modified=state.last_modified,
        body_sha256=state.body_sha256,
        error=f"{error.kind}: {error}",
        next_poll_at=due,
        gone=error.kind == "http_410",
    )
