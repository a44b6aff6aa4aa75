"""Which extractor read a text: equal versions give equal figures for equal texts."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from monitor.extract.lexicon import Lexicon

GENERATION = "1"


def version(lexicon: Lexicon) -> str:
    """The version of the rules and words, a user's own packs included: "1-" and a fingerprint of what is read by.

    Taken from the files themselves, so that no change to a rule or a word can be forgotten here. One that changes no
    figure (a comment) costs a reading that finds nothing new.
    """
    return f"{GENERATION}-{hashlib.sha256(f'{_rules()} {lexicon.digest}'.encode()).hexdigest()[:10]}"


@cache
def _rules() -> str:
    digest = hashlib.sha256()
    for name, file in _files(resources.files("monitor.extract"), ""):
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, inside: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{inside}/{one.name}"
        if one.is_dir():
            yield from _files(one, name)
        elif name.endswith((".py", ".yaml")):
            yield name, one
