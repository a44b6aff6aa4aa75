"""kill -9 at any moment of deliverers that share an outbox: nothing is lost, little comes twice, and under one key."""

import os

import pytest
from crashing import crash

pytestmark = [pytest.mark.process, pytest.mark.timeout(1200)]

WHOLE = "MONITOR_WHOLE_CRASH_TEST"
"""Set it for 1,000 deliveries and 100 kills, which take minutes and want a machine that does nothing else."""


def test_killed_deliverers_lose_nothing_and_repeat_little(store_url: str) -> None:
    whole = bool(os.environ.get(WHOLE))
    deliveries, kills = (1000, 100) if whole else (80, 4)
    ended = crash(store_url, count=3, deliveries=deliveries, kills=kills, patience=1000)
    print(f"{deliveries} deliveries, {kills} kills: {ended.doubles} came twice, in {ended.seconds:.0f} s")
    assert (set(ended.came), ended.sent) == (ended.expected, deliveries)
    assert (len(ended.told), {len(keys) for keys in ended.told.values()}) == (deliveries, {1})
    # How much of its time a deliverer spends between a sending and its mark depends on what else the machine does.
    # Two channels, and one message of each that a kill may repeat; one in a hundred where it is to be measured.
    assert ended.doubles < (deliveries / 100 if whole else kills * 2)
