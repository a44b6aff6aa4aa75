"""Politeness: gaps and limits for each host, without holding up the others."""

import asyncio
import time

import pytest

from monitor.sources.pace import Pace


@pytest.mark.clock
async def test_requests_to_one_host_start_a_gap_apart_and_other_hosts_do_not_wait() -> None:
    pace = Pace(concurrency=10, per_host=4, gap=0.05)
    starts: dict[str, list[float]] = {"a": [], "b": []}
    began = time.monotonic()

    async def request(host: str) -> None:
        async with pace.turn(host):
            starts[host].append(time.monotonic() - began)

    await asyncio.gather(*(request(host) for host in "aaab"))
    assert starts["b"][0] < starts["a"][1]
    gaps = [later - earlier for earlier, later in zip(starts["a"], starts["a"][1:], strict=False)]
    assert min(gaps) > 0.04


async def test_no_more_than_allowed_run_at_once() -> None:
    pace = Pace(concurrency=3, per_host=2, gap=0)
    running: dict[str, int] = {}
    most_of_one = most = 0

    async def request(host: str) -> None:
        nonlocal most, most_of_one
        async with pace.turn(host):
            running[host] = running.get(host, 0) + 1
            most_of_one, most = max(most_of_one, running[host]), max(most, sum(running.values()))
            await asyncio.sleep(0.005)
            running[host] -= 1

    await asyncio.gather(*(request(host) for host in "aaaabbbbcccc"))
    assert (most_of_one, most) == (2, 3)


@pytest.mark.clock
async def test_the_users_own_machines_are_asked_without_gaps() -> None:
    pace = Pace(concurrency=5, per_host=1, gap=10)
    async with asyncio.timeout(1), pace.turn("own", polite=False), pace.turn("own", polite=False):
        pass
