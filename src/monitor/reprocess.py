"""Reprocessing: the extractor of today over every stored text, in batches that are kept, so that a start after a kill
goes on. What would change is shown; taking it over is a step of its own, all of it in one transaction.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.rereading import Tally, reread
from monitor.pipeline import Monitor
from monitor.rereaders import begin, read_apart, read_one
from monitor.store import NewReading, OldReading, RereadingState, TakenOver

ALONE = 500
"""So few texts are read before other processes would have started."""
BATCH = 200
"""Texts that are kept in one transaction."""
CHUNK = 10
"""Texts that a process is given at a time."""

Progress = Callable[[int, int], None]
"""Told after each batch: how many texts are read, of how many."""
Batches = Callable[[Sequence[OldReading]], Iterable[NewReading]]
"""Begins to read these texts, and gives what was read, in their order, as it comes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the extractor of today would change in what is stored, or has changed."""

    version: str
    state: RereadingState
    tally: Tally


def read_again(
    monitor: Monitor, progress: Progress, *, workers: int = 1, others: Batches | None = None, at_once: int = BATCH
) -> None:
    """Reads every text again that another version has read, and keeps what it finds beside what is stored.

    `workers` processes of this machine read, or `others` in their place, to whom twice `at_once` texts are given ahead.
    """
    store, version = monitor.store, monitor.extractor
    store.forget_rereadings(but=version)
    state = store.rereading_state(version)
    done, total = state.read, state.read + state.waiting
    progress(done, total)
    with _readers(monitor, workers if state.waiting > ALONE else 1) if others is None else nullcontext(others) as read:
        batch = store.to_reread(version, limit=at_once)
        coming = read(batch)
        while batch:
            # The next batch is on its way before this one is kept: the other processes needn't wait for the database.
            following = store.to_reread(version, batch[-1].revision.id, at_once)
            after = read(following)
            store.keep_rereadings(version, list(zip(batch, coming, strict=True)))
            done += len(batch)
            progress(done, max(done, total))
            batch, coming = following, after


def report(monitor: Monitor, *, examples: int) -> Report:
    """What would change, as far as the texts have been read again."""
    tally = Tally(examples_kept=examples)
    for before, after, stays in monitor.store.rereadings(monitor.extractor):
        tally.add(reread(before, after, stays))
    return Report(monitor.extractor, monitor.store.rereading_state(monitor.extractor), tally)


def take_over(monitor: Monitor, now: datetime) -> TakenOver:
    """Makes the new reading what counts. Nothing is sent, and readers have been told what they have been told."""
    return monitor.store.take_over(monitor.extractor, monitor.watches, now)


def default_workers() -> int:
    """As many processes as the machine has cores for."""
    return os.cpu_count() or 1


@contextmanager
def _readers(monitor: Monitor, workers: int) -> Iterator[Batches]:
    if workers < 2:
        yield lambda batch: (read_one(old.revision, monitor.lexicon) for old in batch)
        return
    packs = tuple(monitor.settings.lexicon.packs)
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=apart, initializer=begin, initargs=(packs,)) as pool:
        yield lambda batch: pool.map(read_apart, [old.revision for old in batch], chunksize=CHUNK)
