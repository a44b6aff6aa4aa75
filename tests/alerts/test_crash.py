"""kill -9 at any moment of deliverers that share an outbox: nothing is lost, little comes twice, and under one key.

A message comes twice that its receiver has and whose answer is awaited. So it depends on how long receivers and the
machine take; what a receiver has answered never does (test_journal.py, test_deliver.py).
"""

import os
import random
from pathlib import Path

import pytest
from crashing import crash

WHOLE = "MONITOR_WHOLE_CRASH_TEST"
"""Set it for 1,000 deliveries and 100 kills, which take minutes and want a machine that does nothing else."""

SEED = "MONITOR_CRASH_SEED"
"""Set it to what a failure has printed, for kills at the same moments."""

pytestmark = [pytest.mark.process, pytest.mark.timeout(1200), *([pytest.mark.clock] if os.environ.get(WHOLE) else [])]


def test_killed_deliverers_lose_nothing_and_repeat_little(store_url: str, tmp_path: Path) -> None:
    whole = bool(os.environ.get(WHOLE))
    deliveries, kills, seconds = (1000, 100, 200) if whole else (80, 4, 3)
    seed = int(os.environ.get(SEED) or random.randrange(2**32))
    print(f"{SEED}={seed}")
    ended = crash(
        store_url,
        tmp_path / "notes",
        count=3,
        deliveries=deliveries,
        kills=kills,
        seconds=seconds,
        patience=1000,
        chance=random.Random(seed),
    )
    print(f"{deliveries} deliveries, {kills} kills: {ended.doubles} came twice, in {ended.seconds:.0f} s")
    assert (set(ended.came), ended.sent) == (ended.expected, deliveries)
    assert (len(ended.told), {len(keys) for keys in ended.told.values()}) == (deliveries, {1})
    # Two channels, and one message of each that a kill may repeat; one in a hundred where it is to be measured.
    assert ended.doubles < (deliveries / 100 if whole else kills * 2)
