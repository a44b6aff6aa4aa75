"""The word data of the number grammar, read once from lexicon/numbers.yaml and lexicon/things.yaml."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from monitor.extract.lexicon.grammar_words import load_words

Phrase = tuple[str, ...]

# Every scalar stays a string: YAML would read the words "no" and "on" as truth values.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Qualifying phrases by their class, indexed by the word next to the number, longest first."""

    before: dict[str, tuple[tuple[Phrase, str], ...]]
    after: dict[str, tuple[tuple[Phrase, str], ...]]
    between_after: frozenset[str]
    change_words: frozenset[str]
    over_verbs: frozenset[str]
    up_verbs: frozenset[str]
    months: frozenset[str]
    vote_words: frozenset[str]
    score_words: frozenset[str]
    fraction_words: frozenset[str]
    sets: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Things:
    """What a noun after a number makes of it: `category` maps singular and plural forms to a reason or "people"."""

    category: dict[str, str]
    labels: frozenset[str]
    verbs: dict[str, tuple[Phrase, ...]]
    stops: frozenset[str]


def read_data(name: str) -> Any:
    """One YAML file beside the lexicon."""
    return yaml.load(resources.files("monitor.extract.lexicon").joinpath(name).read_text("utf-8"), Loader=_Loader)  # noqa: S506  (the base loader makes strings, lists and mappings only)


def _by_edge(classes: dict[str, list[str]], edge: int) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    index: dict[str, list[tuple[Phrase, str]]] = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            index.setdefault(words[edge], []).append((words, name))
    return {word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in index.items()}


@cache
def number_words() -> NumberWords:
    """lexicon/numbers.yaml."""
    data = read_data("numbers.yaml")
    return NumberWords(
        before=_by_edge(data["before"], -1),
        after=_by_edge(data["after"], 0),
        between_after=frozenset(data["between_after"]),
        change_words=frozenset(data["change_words"]),
        over_verbs=frozenset(data["over_verbs"]),
        up_verbs=frozenset(data["up_verbs"]),
        months=frozenset(data["month"]),
        vote_words=frozenset(data["vote_words"]),
        score_words=frozenset(data["score_words"]),
        fraction_words=frozenset(data["fraction_words"]),
        sets={name: frozenset(words) for name, words in data["sets"].items()},
    )


def plurals(noun: str) -> tuple[str, ...]:
    """The noun and its regular plural: village, villages; army, armies; bus, buses."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun, noun + "es"
    return noun, noun + "s"


@cache
def things() -> Things:
    """lexicon/things.yaml, and the nouns for people that it leaves out. Of two lists that name a word the later wins:
    `people` stands last."""
    data = read_data("things.yaml")
    labels, stops = frozenset(map(str, data.pop("label"))), frozenset(map(str, data.pop("stop")))
    verbs: dict[str, list[Phrase]] = {}
    for phrase in data.pop("thing_verbs"):
        words = tuple(phrase.split())
        verbs.setdefault(words[0], []).append(words)
    category = {form: name for name, nouns in data.items() for noun in nouns for form in plurals(str(noun))}
    several = (word for word, entry in load_words().single.items() if entry.person is not None and entry.person.plural)
    category = dict.fromkeys(several, "people") | category
    return Things(category, labels, {word: tuple(found) for word, found in verbs.items()}, stops)
