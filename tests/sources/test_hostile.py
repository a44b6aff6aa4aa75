"""Each bad feed of hostile.py ends in its own status, in time, in little memory, and is nobody else's trouble."""

import asyncio
import os
import re
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hostile import CASES, LARGE, Case, feed, item  # type: ignore[import-not-found,unused-ignore]  # beside this file
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor.domain.articles import FeedAnswer, FeedState, PollOutcome
from monitor.sources import workers
from monitor.sources.feeds import poll_feeds
from monitor.sources.fetch import Fetcher

pytestmark = pytest.mark.process  # real servers, real worker processes

NOW = datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
DEADLINE = 1.0
"""Seconds for those that end by it."""
AMPLE = 10.0
"""Seconds for all others: how busy the machine is decides nothing."""
MEMORY = 50_000_000
GOOD = 5


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one name that is used here is that of a machine inside; nothing is looked up."""
    look_up = socket.getaddrinfo

    def local(host: Any, *rest: Any, **more: Any) -> Any:
        return look_up("10.1.2.3" if host == "intranet.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", local)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> Any:
    """Worker processes are up before anything is measured: they start once in the life of a process."""
    state = FeedState(name="warm", url="http://127.0.0.1/")

    async def warm() -> None:
        await asyncio.gather(*(workers.read_feed_apart(feed(item(1)).encode(), {}, state) for _ in range(4)))

    asyncio.run(warm())


def memory(what: str) -> int:
    """VmRSS or VmHWM (the highest since `forget_peak`) of this process, in bytes."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{os.getpid()}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def announce(site: NewsSite, case: Case, path: str) -> FeedState:
    """The case under this path of the site; a case that redirects to "/self" means its own path."""
    if case.to is not None and case.to.startswith("/self"):
        case = Case(**{**vars(case), "to": case.to.replace("/self", path)})
    return FeedState(name=case.name, url=site.does(path, case.handler()))


async def poll(states: list[FeedState], *, deadline: float = DEADLINE, patience: float = 20.0) -> dict[str, FeedAnswer]:
    async with Fetcher(allow_private={"127.0.0.1"}, deadline=deadline) as fetcher:
        answers = await poll_feeds(states, fetcher, now=NOW, interval=timedelta(minutes=15), parse_deadline=patience)
    assert [answer.feed for answer in answers] == [state.name for state in states]
    return {answer.feed: answer for answer in answers}


def kind(answer: FeedAnswer) -> str:
    return (answer.error or "").partition(":")[0]


def check(case: Case, answer: FeedAnswer) -> None:
    assert (answer.feed, kind(answer)) == (case.name, case.kind)
    if case.entries is not None:
        assert len(answer.entries) == case.entries
    read = not case.kind or case.kind == "too_many_entries" or (case.kind == "truncated" and answer.entries)
    assert answer.outcome is (PollOutcome.FRESH if read else PollOutcome.FAILED)
    assert NOW < answer.next_poll_at <= NOW + timedelta(days=32)
    for entry in answer.entries:
        stored = entry.key + entry.url + entry.title + entry.outlet + entry.text
        assert "\0" not in stored
        stored.encode()  # no database takes half a character
        assert entry.url.startswith(("http://", "https://"))
        assert Path("/etc/hostname").read_text().strip() not in stored


def good_feeds(site: NewsSite) -> list[FeedState]:
    return [FeedState(name=f"good {n}", url=site.answers(f"/good{n}", feed(item(1), item(2)))) for n in range(GOOD)]


def check_good(answers: dict[str, FeedAnswer]) -> None:
    good = [answer for name, answer in answers.items() if name.startswith("good ")]
    assert [(answer.outcome, len(answer.entries)) for answer in good] == [(PollOutcome.FRESH, 2)] * GOOD


TIMED = [pytest.param(one, marks=pytest.mark.clock if one.kind == "timeout" else (), id=one.name) for one in CASES]


@pytest.mark.parametrize("case", TIMED)
async def test_a_bad_feed_ends_in_its_own_status(site: NewsSite, dialled: list[str], case: Case) -> None:
    states = [*good_feeds(site), announce(site, case, "/bad")]
    forget_peak()
    before, started = memory("VmRSS"), time.monotonic()
    deadline = DEADLINE if case.kind == "timeout" else AMPLE
    answers = await poll(states, deadline=deadline, patience=case.patience)
    took, grown = time.monotonic() - started, memory("VmHWM") - before
    check(case, answers[case.name])
    check_good(answers)
    assert grown < MEMORY
    assert set(dialled) == {"127.0.0.1"}
    if case.kind == "timeout":
        assert took < DEADLINE + 1


async def test_all_of_them_at_once_touch_no_other_feed(site: NewsSite, dialled: list[str]) -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60
    bad = {case.name: case for case in CASES if case not in LARGE}  # those cost seconds each, and were asked above
    states = [announce(site, case, f"/bad{number}") for number, case in enumerate(bad.values())]
    answers = await poll([*states, *good_feeds(site)], deadline=2)  # six hops of the slow redirect take longer
    check_good(answers)
    wrong = {name: kind(answers[name]) for name, case in bad.items() if kind(answers[name]) != case.kind}
    assert wrong == {}
    assert set(dialled) == {"127.0.0.1"}
