"""Stored texts read again, in this process or in others. These load nothing but the extractor and the forms of the
store: a run's libraries would double the time that they take to start.
"""

import logging
import multiprocessing
import os
import threading
from multiprocessing import connection
from pathlib import Path

from monitor.extract.lexicon import Lexicon, load
from monitor.reading import credit_of, read_claims
from monitor.store import NewReading, StoredRevision

log = logging.getLogger("monitor.reprocess")


def read_one(revision: StoredRevision, lexicon: Lexicon) -> NewReading:
    """What the extractor of this program reads in a stored text."""
    try:
        claims, language = read_claims(revision, lexicon)
    except Exception:  # a text that breaks the extractor keeps what it had, visibly, and the others go on
        log.exception("article %s can't be read", revision.url)
        return NewReading(revision.id, (), None)
    return NewReading(revision.id, tuple(claims), language, credit_of(claims))


_packs: tuple[Path, ...] = ()


def begin(packs: tuple[Path, ...]) -> None:
    """In a process of the pool: the words are loaded once, and it doesn't outlive the one that it works for."""
    global _packs  # noqa: PLW0603 -- a process of the pool has no other place to keep what it was started with
    _packs = packs
    load(packs)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def read_apart(revision: StoredRevision) -> NewReading:
    """What a process that `begin` has started reads in a stored text."""
    return read_one(revision, load(_packs))
