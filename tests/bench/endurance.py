"""Weeks of watching in one process, on a simulated clock: what it takes grows with nothing, and every alert is right.

    python tests/bench/endurance.py [--days 24]

A site of made-up news (tests/pipeline/rising_news.py) brings totals that rise, that are only repeated and that are
edited on their page; feeds without figures; and each night a feed fails for eight hours. A run is made for each quarter
of an hour, without Prefect, in a process of its own, whose memory, open files and children are looked at once a day.
"""

import argparse
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pipeline"))

from rising_news import FIGURE, NO_FIGURE, SPEAKERS, Site, feeds, figure, run_once, served

from monitor.pipeline import Monitor

NOW = datetime(2025, 2, 3, tzinfo=UTC)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
OTHERS = 14
ON_PAGE = "gov0"
"""The feed whose texts are on pages, where they can be edited; it never fails."""
WARM = 1
"""Days until all is loaded and held that will be."""
FLAT = 0.10
"""So much of its memory after that a process may gain."""
TABLES = "feeds runs articles entries revisions claims series decisions changes anchors deliveries robots".split()


def watcher(config: Path, orders: Connection) -> None:
    """Makes a run when it is told a time, and says what the process takes: KB, open files, children, CPU seconds."""
    with Monitor.open(config) as monitor:
        while (now := orders.recv()) is not None:
            run_once(monitor, now)
            orders.send((*_taken(), time.process_time()))


def _taken() -> tuple[int, int, int]:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    children = 0
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that ended since; its children are another one's now
            children += len((task / "children").read_text().split())
    return memory, len(list(Path("/proc/self/fd").iterdir())), children


@dataclass
class Script:
    """What happens when, and what has to come of it. Everything follows from the time alone."""

    site: Site
    days: int
    steps: Counter[str] = field(default_factory=Counter)
    last: dict[str, int] = field(default_factory=dict)
    sure: dict[str, int] = field(default_factory=dict)
    """What was said last that wasn't less than before: a total since the start can't fall."""
    expected: Counter[int] = field(default_factory=Counter)
    notices: int = 0
    articles: int = 0
    figures: int = 0
    edits: int = 0

    def happens(self, after: timedelta) -> None:
        """Brings the site to this time after the start."""
        quarters = after // QUARTER
        self._fails(after)
        if after > self.days * DAY - 20 * HOUR:  # all that was said is read before the end
            return
        for at, (name, feed) in enumerate(self.site.feeds.items()):
            if name.startswith("gov"):
                if quarters % 32 == at * (quarters > 0):
                    self._says_figure(name, at, NOW + after)
            elif quarters % 8 == at % 8:
                self._says(name, NO_FIGURE.format(1_000_000 + quarters, feed.speaker), NOW + after)
        if quarters % 96 == 8:  # two hours after the first article of a day
            self._edits()

    def _says_figure(self, name: str, at: int, now: datetime) -> None:
        """Every fourth time the same as before. That is no news, nor is the total from which a doubtful one fell."""
        self.steps[name] += 1
        if self.steps[name] % 4:
            before, total = self.last.get(name, 0), figure(at, self.steps[name])
            self.expected[total] += total not in (before, self.sure.get(name))
            self.last[name] = total
            if total >= before:
                self.sure[name] = total
        self.figures += 1
        self._says(name, FIGURE.format(self.last[name], self.site.feeds[name].speaker), now)

    def _says(self, name: str, text: str, now: datetime) -> None:
        self.articles += 1
        at = list(self.site.feeds).index(name)
        self.site.says(name, text, now - timedelta(minutes=1) + timedelta(seconds=at))

    def _edits(self) -> None:
        """The newest page of one feed gives another total from now on."""
        feed = self.site.feeds[ON_PAGE]
        self.last[ON_PAGE] += 100
        self.sure[ON_PAGE] = self.last[ON_PAGE]
        self.expected[self.last[ON_PAGE]] += 1
        self.edits += 1
        self.site.edits(ON_PAGE, feed.items[-1][0], FIGURE.format(self.last[ON_PAGE], feed.speaker))

    def _fails(self, after: timedelta) -> None:
        """From two in the morning until ten, another feed each night: operators hear of it, and that it is over."""
        day, time_of_day = divmod(after, DAY)
        names = [name for name in self.site.feeds if name != ON_PAGE]
        feed = self.site.feeds[names[day % len(names)]]
        if time_of_day == 2 * HOUR and 0 < day < self.days - 2:
            feed.down, self.notices = True, self.notices + 2
        elif time_of_day == 10 * HOUR:
            feed.down = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a process takes at the end of a day, and how many rows and bytes each table has."""

    memory: int
    files: int
    children: int
    cpu: float
    rows: dict[str, int]
    pages: dict[str, int]


def looked(database: Path, taken: tuple[int, int, int, float]) -> Look:
    with sqlite3.connect(database) as connection:
        rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}
        try:
            found = connection.execute(
                "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY 1"
            ).fetchall()
        except sqlite3.OperationalError:  # a build of SQLite without the table that tells sizes
            found = []
    connection.close()
    return Look(*taken, rows=rows, pages=dict(found))


def watch(days: int, folder: Path) -> tuple[Script, list[Look]]:
    """All of it; prints a line a day."""
    looks: list[Look] = []
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n day  RSS MB  files  children  CPU s", flush=True)
    with served(feeds(len(SPEAKERS), OTHERS, pages=1)) as site:
        config = site.configured(folder, f"sqlite:///{folder}/monitor.db")
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=watcher, args=(config, theirs), daemon=True)
        process.start()
        theirs.close()
        script = Script(site, days)
        for quarter in range(days * 96):
            script.happens(quarter * QUARTER)
            ours.send(NOW + quarter * QUARTER)
            taken = ours.recv()
            if quarter % 96 == 95:
                looks.append(look := looked(folder / "monitor.db", taken))
                taken_now = f"{look.memory / 1024:>8.1f}{look.files:>7}{look.children:>10}{look.cpu:>7.0f}"
                print(f"{quarter // 96 + 1:>4}{taken_now}", flush=True)
        ours.send(None)
        process.join(60)
    return script, looks


def faults(script: Script, looks: list[Look]) -> list[str]:
    """What isn't as it has to be."""
    found, told = [], script.site.figures()
    after = looks[WARM:]
    memory = median(look.memory for look in after[: max(1, len(after) // 4)]), after[-1].memory
    if memory[1] > memory[0] * (1 + FLAT):
        found.append(f"memory grew from {memory[0] / 1024:.1f} to {memory[1] / 1024:.1f} MB")
    if max(look.files for look in after) > after[0].files + 3:
        found.append(f"open files: {[look.files for look in after]}")
    if max(look.children for look in after) > after[0].children:
        found.append(f"children: {[look.children for look in after]}")
    if told != script.expected:
        found.append(f"not told: {script.expected - told}; told, not expected: {told - script.expected}")
    notices = {key for channel, key, *_ in script.site.told if channel == "ops"}
    if len(notices) != script.notices:
        titles = [title for channel, _, title, _ in script.site.told if channel == "ops"]
        found.append(f"{script.notices} notices were due to operators, {len(notices)} came: {titles}")
    rows = looks[-1].rows
    wanted = {
        "feeds": len(script.site.feeds),
        "runs": script.days * 96,
        "articles": script.articles,
        "entries": script.articles,
        "revisions": script.articles + script.edits,
        "claims": script.figures + script.edits,
        "decisions": script.figures + script.edits,
        "changes": script.expected.total(),
        "deliveries": script.expected.total() + script.notices,
    }
    found += [f"{rows[name]} rows in {name}, not {count}" for name, count in wanted.items() if rows[name] != count]
    return found


def tell(script: Script, looks: list[Look]) -> None:
    """What came of it, and what the database has grown by."""
    said = f"{script.articles} articles, {script.figures} with a figure, {script.edits} edits"
    print(f"{said}, {script.expected.total()} alerts and {script.notices} notices expected")
    first, last = looks[min(WARM, len(looks) - 1)], looks[-1]
    days = max(1, len(looks) - 1 - WARM)
    for name in TABLES:
        size = (last.pages.get(name, 0) - first.pages.get(name, 0)) / 1024 / days
        more = (last.rows[name] - first.rows[name]) / days
        print(f"{name:<12}{last.rows[name]:>8} rows{more:>8.1f} a day{size:>9.1f} KB a day")


def main() -> int:
    """0 when all is as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=24, help="four at least")
    with tempfile.TemporaryDirectory(prefix="endurance-") as folder:
        script, looks = watch(max(4, parser.parse_args().days), Path(folder))
    tell(script, looks)
    wrong = faults(script, looks)
    print("\n".join(wrong) or "all as it has to be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
