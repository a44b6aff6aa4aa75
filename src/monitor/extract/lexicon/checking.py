"""What is wrong with a pack though its YAML can be read: keys given twice, numbers, truth values, everyday words.

Only a user's own packs are looked through: it costs a second reading of their text.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

import yaml

from monitor.extract.lexicon.wordlists import read_data

GRAMMAR = ("grammar", "predicates")
"""The word lists whose single words are everyday words."""
POINTERS = frozenset({"given", "weak"})
"""Keys that only point at names said elsewhere in the entry."""
ADJECTIVES = "premodifiers"
"""A list that holds names of movements as well ("Maoist")."""
NO_NAMES = frozenset({"kind", "in"})
TRUTH_VALUES = frozenset("yes no on off true false null ~".split())
MORE_WORDS = frozenset(
    """about after all among an and any are as at back be before been both but by can could day days did do each even
    every few first for former from had has have he her here him his how i if in into is it its last many may me more
    most much must my near never new next no none north south east west northern southern eastern western nor not now
    of off old on one only or other our out over own same several she since so some such than that the their them
    then there these they this those through to today tomorrow tonight too two three four five six seven eight nine ten
    dozen dozens hundred hundreds thousand thousands million millions under until up us very war was we week weeks were
    what when where which while who whom whose why will with would year years yesterday yet you your
    mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_NUMBER = re.compile(r"[+-]?[\d.,_:]*\d[\d.,_:%]*")


def problems(text: str, loader: Any) -> Iterator[tuple[int, str | None, str]]:
    """Line, key and what is wrong, in order; the text is YAML that `loader` could read."""
    yield from _of_node(yaml.compose(text, Loader=loader), ())


def _of_node(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[int, str | None, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield (
                    _line(key),
                    _shown((*path, name)),
                    f"is given twice (first in line {seen[name]}); put both into one",
                )
            seen.setdefault(name, _line(key))
            yield from _of_node(value, (*path, name))
    elif isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            yield from _of_node(item, (*path, at))
    elif isinstance(node, yaml.ScalarNode) and len(path) > 2:  # within an entry
        wrong = _wrong_name(node, next((str(step) for step in reversed(path) if isinstance(step, str)), ""))
        if wrong:
            yield _line(node), _shown(path), wrong


def _wrong_name(node: Any, key: str) -> str | None:
    word = node.value.strip()
    if _NUMBER.fullmatch(word):
        return f"{word} is a number, and no name"
    if word and not any(letter.isalpha() for letter in word):
        return f'"{word}" has no letter, so it is no name'
    if not node.style and word.lower() in TRUTH_VALUES:
        return f'{word} is a truth value of YAML; if it is a name, put it in quotes: "{word}"'
    if key in NO_NAMES | POINTERS or not word[1:].islower():  # inner capitals are matched as capitals only
        return None
    if word.lower() in everyday_words():
        return f'"{word}" is an everyday word, so it can\'t be a name'
    if word.islower() and all(part in everyday_words() or _NUMBER.fullmatch(part) for part in word.split()):
        return f'"{word}" is everyday words alone, so it can\'t be a name'
    return None


@cache
def everyday_words() -> frozenset[str]:
    """The single words of the grammar's own lists, with function words, weekdays and months, in lower case."""
    read = [read_data(f"words/{name}.yaml") for name in GRAMMAR]
    lists = chain.from_iterable(_texts(found) for data in read for key, found in data.items() if key != ADJECTIVES)
    forms = chain.from_iterable(form.split("/") for form in lists)
    return MORE_WORDS | {form.strip().lower() for form in forms if form.strip().replace("-", "").isalpha()}


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for part in data.values() if isinstance(data, dict) else data or ():
            yield from _texts(part)


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _shown(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
