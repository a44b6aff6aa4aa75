"""How fast each step is on this machine: `make bench`. Real code paths, a real database file, feeds over loopback HTTP.

    python tests/bench/run.py [--feeds 200] [--articles 100] [--without-prefect] [--stored 1000 10000 100000]
        [--fold 100000]

Prints one line for each measurement: what, how many, wall time, CPU time, rate. Nothing is compared with a target
here: noise between runs on a shared machine is easily 30 %.
"""

import argparse
import asyncio
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from delivering import bench_delivering
from folding import FOLDED
from scaling import STORED, bench_scaling

from flows.demo_feed import Document, rss, serve_site
from flows.environment import prefect_environment
from flows.server import free_port, running_server, wait_healthy
from monitor.domain.articles import Entry
from monitor.extract import extract
from monitor.extract.lexicon import Lexicon, load
from monitor.pipeline import Monitor

PROJECT = Path(__file__).resolve().parents[2]
NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)

CONFIG = """
[store]
url = "sqlite:///monitor.db"

[fetch]
allow_private = ["127.0.0.1"]

[[watch]]
name = "north-korean-troops"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
"""


HARVEST = "The harvest was good this year, and prices fell, the ministry of agriculture said in its yearly report. " * 8


@contextmanager
def measured(what: str, count: int, unit: str) -> Iterator[None]:
    """Prints what the block took. CPU is this process's own, all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rate = count / wall if wall else 0
    print(f"{what:<44}{count:>6} {unit:<9}{wall:>8.2f} s wall {cpu:>7.2f} s CPU {rate:>9.0f} /s", flush=True)


def texts() -> list[str]:
    """Real-sized articles: those of the time lines."""
    files = sorted((PROJECT / "tests" / "replay").glob("*/events.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


WORDS = 500
"""Words of an article in the rates of the extractor."""
PLAIN = "Talks on the road and its repair went on for another day, and people in the old town waited to hear of them. "


def long_articles(*, dense: bool) -> list[str]:
    """The texts of the time lines joined to WORDS words: each dense with figures, or mostly of sentences without."""
    articles, held = [], ""
    for text in texts():
        held += text + "\n\n" + ("" if dense else PLAIN * max(1, 3 * len(text.split()) // len(PLAIN.split())))
        if len(held.split()) >= WORDS:
            articles.append(held)
            held = ""
    return articles or [held]


def best_rate(read: Callable[[str], object], articles: list[str], rounds: int = 3) -> float:
    """Articles of WORDS words in a second of CPU: the best of a few rounds, since others use the machine as well."""
    words = sum(len(article.split()) for article in articles)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for article in articles:
            read(article)
        best = min(best, time.process_time() - start)
    return words / WORDS / best


def bench_rates(lexicon: Lexicon) -> None:
    """The extractor beside a plain pass of `re` over the same words: their ratio holds on any machine."""
    token = re.compile(r"\w+|[^\w\s]")
    for dense in (False, True):
        articles = long_articles(dense=dense)[:40]
        passes = best_rate(token.findall, articles)
        rate = best_rate(lambda text: extract(text, published=NOW.date(), lexicon=lexicon), articles)
        what = "extract, dense with figures" if dense else "extract, ordinary text"
        print(
            f"{what:<44}{WORDS:>6} words    {rate:>9.0f} /s CPU, 1 to {passes / rate:.0f} of a plain pass", flush=True
        )


def bench_extract(articles: int) -> None:
    """The extractor alone: its start, then articles as they come, then at a set length."""
    start = time.process_time()
    lexicon, some = load(), texts()
    extract(some[0], lexicon=lexicon)
    print(f"{'load the lexicon, first article':<44}{1:>6} {'time':<9}{'':>15}{time.process_time() - start:>7.2f} s CPU")
    with measured("extract, one process", articles, "articles"):
        for number in range(articles):
            extract(some[number % len(some)], published=NOW.date(), lexicon=lexicon)
    bench_rates(lexicon)


def entries(count: int, feed: str = "bench") -> list[Entry]:
    """Articles of a few paragraphs, each with a figure of its own."""
    filler = texts()
    return [
        Entry(
            feed=feed,
            key=f"{feed}-{number}",
            url=f"https://wire.example.org/{feed}/{number}",
            title=f"Report {number}",
            outlet=f"Outlet {number % 20}",
            published_at=NOW - timedelta(minutes=count - number),
            text=f"North Korea has lost {1000 + 7 * number:,} soldiers, killed or wounded, in Kursk, President "
            f"Zelensky said.\n\n{filler[number % len(filler)]}",
            full_text=True,
        )
        for number in range(count)
    ]


def bench_pipeline(articles: int, folder: Path) -> None:
    """The steps between the network and the mails, with the database."""
    (folder / "monitor.toml").write_text(CONFIG, encoding="utf-8")
    with Monitor.open(folder / "monitor.toml") as monitor:
        monitor.begin(NOW)
        monitor.store.add_entries(entries(articles), NOW, baseline=False)
        with measured("read texts that came with their feed", articles, "articles"):
            monitor.take_texts(NOW)
        with measured("extract and store the claims", articles, "articles"):
            monitor.extract()
        with measured("compare and store what follows", articles, "articles"):
            monitor.compare(NOW)
        monitor.finish(NOW)


def feed(number: int) -> Document:
    """One of many small feeds, whose articles hold no figure of the watch: this is about feeds."""
    quiet = [replace(entry, text=f"{HARVEST} {entry.title}.") for entry in entries(3, f"feed{number}")]
    return Document("application/rss+xml", rss(f"Feed {number}", quiet))


def feeds_config(folder: Path, port: int, count: int) -> Path:
    """Settings with all the feeds."""
    feeds = (f'[[feed]]\nname = "feed{n}"\nurl = "http://127.0.0.1:{port}/{n}.xml"\n' for n in range(count))
    config = folder / "monitor.toml"
    config.write_text(CONFIG + "\n".join(feeds), encoding="utf-8")
    return config


async def bench_run(config: Path, feeds: int) -> None:
    """Whole runs without Prefect: everything new, then nothing new. The server's threads count into the CPU."""
    for what, now in (("a run, every feed new", NOW), ("a run, no feed changed", NOW + timedelta(hours=2))):
        with Monitor.open(config) as monitor, measured(what, feeds, "feeds"):
            await monitor.run(now)


async def bench_prefect(config: Path, feeds: int, data: Path) -> None:
    """The same run as a flow under a real server: the second one is what a quarter of an hour costs."""
    port = free_port()
    async with running_server(data, port) as server:
        await wait_healthy(server, port)
        os.environ.update(prefect_environment(data / "prefect", port))
        os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"
        from prefect.logging.handlers import APILogHandler

        from flows.watch import watch_feeds

        for what in ("a flow run, all feeds due and unchanged", "a flow run, no feed due"):
            with measured(what, feeds, "feeds"):
                await watch_feeds(config)
        await APILogHandler.aflush()


def main() -> None:
    """All measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--without-prefect", action="store_true")
    parser.add_argument("--stored", type=int, nargs="+", default=STORED)
    parser.add_argument("--fold", type=int, default=FOLDED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder, pipeline = Path(name), Path(name) / "pipeline"
        pipeline.mkdir()
        bench_extract(options.articles)
        bench_pipeline(options.articles, pipeline)
        feeds = {f"/{number}.xml": feed(number) for number in range(options.feeds)}
        port = free_port()
        with serve_site(feeds, port):
            config = feeds_config(folder, port, options.feeds)
            asyncio.run(bench_run(config, options.feeds))
            if not options.without_prefect:
                asyncio.run(bench_prefect(config, options.feeds, folder / "data"))
    bench_delivering()
    bench_scaling(options.stored, options.fold)


if __name__ == "__main__":
    main()
