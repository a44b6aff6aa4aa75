"""Four workers on one PostgreSQL, killed at random: nothing is asked twice, claimed twice or told twice.

MANY_RUNS=200 in the environment makes the whole of it, with pages that are fetched too; MANY_SEED= repeats one.
"""

import multiprocessing
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from rising_news import FIGURE, NO_FIGURE, SPEAKERS, Site, feeds, figure, run_once, served
from sqlalchemy import text

from monitor.pipeline import Monitor
from monitor.store import Store

pytestmark = [pytest.mark.process, pytest.mark.postgres]

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
STEP = timedelta(minutes=20)
"""Between two rounds: longer than any lease, so that what a killed worker held is taken up by the next round."""
WORKERS, OTHERS = 4, 10
ROUNDS = int(os.environ.get("MANY_RUNS", "24")) // WORKERS
SEED = int(os.environ.get("MANY_SEED", "7"))
TOGETHER = multiprocessing.get_context("forkserver")
TOGETHER.set_forkserver_preload(["loaded_words", "monitor.pipeline", "psycopg", "pytest"])


def worker(config: Path, name: str, orders: Connection) -> None:
    """Runs when it is told to, at the time that it is told; it asks under its name."""
    os.environ["ASKING_AS"] = name
    with Monitor.open(config) as monitor:
        while True:
            run_once(monitor, orders.recv())
            orders.send("done")


class Workers:
    """Four processes; one that was killed has another one in its place at the next round."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.hands: dict[Connection, BaseProcess] = {}
        self.begun = self.rounds = 0
        self.last: dict[str, int] = {}  # the round in which a worker was killed, by its name
        self.asked: defaultdict[int, Counter[str]] = defaultdict(Counter)  # by the round of those who asked
        self.usual = 0.5  # seconds that a round takes: kills come within

    def round(self, now: datetime, chance: random.Random, kills: int) -> int:
        """All of them run at once, and so many are killed on their way; returns how many that caught."""
        while len(self.hands) < WORKERS:
            ours, theirs = TOGETHER.Pipe()
            self.begun += 1
            name = f"worker {self.begun}"
            process = TOGETHER.Process(target=worker, args=(self.config, name, theirs), name=name, daemon=True)
            process.start()
            theirs.close()
            self.hands[ours] = process
        for hand in self.hands:
            hand.send(now)
        begun, busy = time.monotonic(), dict(self.hands)
        moments = sorted(chance.uniform(0, self.usual) for _ in range(kills))
        victims = chance.sample(list(busy), kills)
        caught = 0
        while busy:
            left = None if not moments else max(0.0, begun + moments[0] - time.monotonic())
            for hand in wait(list(busy), left):
                assert isinstance(hand, Connection)
                assert hand.recv() == "done"
                del busy[hand]
            if moments and time.monotonic() >= begun + moments[0]:
                moments.pop(0)
                victim = victims.pop()
                caught += victim in busy
                busy.pop(victim, None)
                self.kill(victim)
        if not kills:
            self.usual = time.monotonic() - begun
        self.rounds += 1
        return caught

    def note(self, asked: Counter[tuple[str, str]]) -> None:
        """Puts what was asked since the round before to the rounds. What a killed worker sent may arrive later than
        what the others did afterwards: it is of the round in which that one was killed."""
        for (path, name), times in asked.items():
            self.asked[self.last.get(name, self.rounds)][path] += times

    def kill(self, hand: Connection) -> None:
        process = self.hands.pop(hand)
        self.last[process.name] = self.rounds + 1
        process.kill()
        process.join()
        hand.close()

    def end(self) -> None:
        for hand in list(self.hands):
            self.kill(hand)


@pytest.fixture
def site() -> Iterator[Site]:
    with served(feeds(len(SPEAKERS), OTHERS, pages=1 if ROUNDS > 20 else 0)) as site:
        yield site


def news(site: Site, step: int, now: datetime) -> None:
    """Every feed says something new, one after the other."""
    for at, (name, feed) in enumerate(site.feeds.items()):
        said = FIGURE.format(figure(at, step), feed.speaker) if at < len(SPEAKERS) else NO_FIGURE.format(step, "he")
        site.says(name, said, now - timedelta(minutes=1) + timedelta(seconds=at))


@pytest.mark.timeout(60 * ROUNDS)
def test_workers_share_the_feeds_and_nothing_is_done_twice(
    site: Site, postgres: Callable[[str], str], migrated_template: str, tmp_path: Path
) -> None:
    url, chance = postgres(migrated_template), random.Random(SEED)
    config = site.configured(tmp_path, url, interval="5m")
    workers, steps, caught = Workers(config), 0, 0
    try:
        for number in range(ROUNDS):
            now = NOW + number * STEP
            if number % 3 == 0:
                news(site, steps, now)
                steps += 1
            # Each third round nobody is killed: what was left lying is done before there is more.
            calm = number == 0 or number % 3 == 2
            caught += workers.round(now, chance, 0 if calm else chance.choice((1, 2)))
            workers.note(site.taken())
        workers.round(NOW + ROUNDS * STEP, chance, 0)
        workers.note(site.taken())
    finally:
        workers.end()
    assert caught
    assert all(set(asked.values()) == {1} for asked in workers.asked.values()), workers.asked
    assert set(workers.asked[workers.rounds]) >= {f"/{name}.xml" for name in site.feeds}
    with Store(url) as store:
        check(site, store, steps)


def check(site: Site, store: Store, steps: int) -> None:
    """Every article read and compared once, every step told, and each by one message alone."""
    figures = {figure(at, step) for at in range(len(SPEAKERS)) for step in range(steps)}
    with store._database.read() as session:
        turns = list(session.scalars(text("SELECT turn FROM revisions ORDER BY turn")))
        claims = list(session.scalars(text("SELECT low FROM claims")))
        decided = session.execute(text("SELECT claim_id FROM decisions")).all()
    assert turns == list(range(1, steps * len(site.feeds) + 1))
    assert sorted(claims) == sorted(figures)
    assert len(decided) == len(set(decided)) == len(figures)
    assert {figure: times for figure, times in site.figures().items() if times > 1} == {}
    assert set(site.figures()) == figures
    assert site.figures("ops") == {}
