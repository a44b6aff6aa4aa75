"""How reading stored texts again (`monitor reprocess`) shares two cores.

    python tests/bench/rereading.py [--texts 20000]

With one process and with two, in turns. On a machine that others use as well wall times say little: so it is also
worked out of CPU times what two free cores would make of it. The process that reads and writes the database works on
its own while the others read; with two, what takes longest is either that one or the half of the reading.
The processes that read load this file again, as they load the program that starts them: so it imports little itself.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

CONFIG = '[store]\nurl = "sqlite:///{file}"\n[[watch]]\nname = "all"\nsubject = "North Korean troops"\n'


def filled(folder: Path, texts: int) -> Path:
    """Settings with a database of so many texts, all read by an older extractor."""
    from run import entries

    from monitor.domain.articles import ArticleStatus
    from monitor.pipeline import Monitor

    config, file = folder / "monitor.toml", folder / "monitor.db"
    config.write_text(CONFIG.format(file=file), encoding="utf-8")
    with Monitor.open(config) as monitor:
        now = datetime(2025, 2, 3, tzinfo=UTC)
        monitor.begin(now)
        monitor.store.add_entries(entries(texts), now, baseline=True)
        monitor.take_texts(now)
        for unread in iter(monitor.store.unread, []):
            for one in unread:
                monitor.store.save_claims(one.id, (), version="old", language="en", status=ArticleStatus.NO_CLAIMS)
    return config


def timed(config: Path, workers: int) -> tuple[float, float, float]:
    """Seconds of wall time, of CPU here and of CPU in the other processes."""
    from sqlalchemy import text

    from monitor import reprocess
    from monitor.pipeline import Monitor

    reprocess.ALONE = 0
    with Monitor.open(config) as monitor:
        with monitor.store._database.write() as session:
            session.execute(text("DELETE FROM rereadings"))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall, cpu = time.perf_counter(), time.process_time()
        reprocess.read_again(monitor, lambda *_: None, workers=workers)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, cpu, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Some times in turns; the best of each counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--texts", type=int, default=20_000, help="of a thousand, most of the time is the start of the processes"
    )
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    texts = options.texts
    print(f"{texts} texts, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="rereading-") as folder:
        config = filled(Path(folder), texts)
        rounds = [(timed(config, 1), timed(config, 2)) for _ in range(options.rounds)]
    for one, two in rounds:
        print(f"one: {one[0]:.2f} s wall, {one[1]:.2f} s CPU", end="    ")
        print(f"two: {two[0]:.2f} s wall, {two[1]:.2f} s CPU here and {two[2]:.2f} s in the others")
    alone = min(one[1] for one, _ in rounds)
    here, there = min(two[1] for _, two in rounds), min(two[2] for _, two in rounds)
    print(f"by CPU times, on two free cores: {alone / max(here, (here + there) / 2):.2f} times as fast")
    print(
        f"by wall times, as the machine is: {min(one[0] for one, _ in rounds) / min(two[0] for _, two in rounds):.2f}"
    )


if __name__ == "__main__":
    main()
