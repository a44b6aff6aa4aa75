"""The words of the grammar: YAML lists in lexicon/words made into one table of entries, verbs and nouns inflected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from monitor.domain.claims import Measure

VOWELS = "aeiou"
MEASURE_NOUNS = ("count_nouns", "event_nouns", "toll_nouns", "adjectives", "premodifiers")
MEASURES = frozenset(measure.value for measure in Measure)
VERB_ROLES = ("transitive", "intransitive", "presence")
DOUBLING = frozenset(
    "gun ship stab kidnap drag man swap trap dig log admit commit regret transfer ram rob plan stop drop cram "
    "pin bag net nab".split()
)
"""Verbs that double their last letter: admitted, kidnapped."""


class Sense(NamedTuple):
    """One reading of a word: what it measures (None for other verbs), in which role, in which form.

    Roles: transitive, intransitive, presence, count, event, toll, adjective, premodifier, lose, suffer, inflict,
    neutral, say, put, deny. Forms: base, s, past, part, pastpart, ing for verbs, "" for the others.
    """

    role: str
    measure: Measure | None = None
    form: str = ""
    lemma: str = ""


class Person(NamedTuple):
    """A noun for people: its kind, and whether this form counts several."""

    kind: str
    plural: bool


class Entry(NamedTuple):
    """All that the table knows of one word or phrase, in lower case."""

    senses: tuple[Sense, ...] = ()
    tags: frozenset[str] = frozenset()
    person: Person | None = None


@dataclass(slots=True)
class _Draft:
    """An entry in the making."""

    senses: list[Sense] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    person: Person | None = None

    def done(self) -> Entry:
        return Entry(tuple(self.senses), frozenset(self.tags), self.person)


Phrases = dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]]


class Words(NamedTuple):
    """`single` words and `phrases` by their first two words, the longest first, each as what follows these two and its
    entry."""

    single: dict[str, Entry]
    phrases: Phrases
    military: frozenset[str]


def plural(noun: str) -> str:
    """soldier → soldiers, casualty → casualties."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def singular(noun: str) -> str:
    """soldiers → soldier; words that don't end in a plural s stay."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _s_form(verb: str) -> str:
    return "has" if verb == "have" else plural(verb)


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in DOUBLING else "") + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    doubled = verb in DOUBLING or verb in {"put", "set", "cut", "get", "let"}
    return verb + (verb[-1] if doubled else "") + "ing"


def inflect(entry: str) -> Iterator[tuple[str, str]]:
    """The forms of "verb rest" or "base/past/participle" as (words, form); past and participle alike are "pastpart"."""
    parts = entry.split("/")
    head, _, rest = parts[0].partition(" ")
    tail = f" {rest}" if rest else ""
    yield head + tail, "base"
    yield _s_form(head) + tail, "s"
    yield _ing(head) + tail, "ing"
    past, participle = (parts[1], parts[2]) if len(parts) == 3 else (_past(head) + tail, _past(head) + tail)
    if past == participle:
        yield past, "pastpart"
    else:
        yield past, "past"
        yield participle, "part"


class _Table:
    """Gathers entries by phrase."""

    def __init__(self) -> None:
        self.entries: dict[str, _Draft] = {}

    def entry(self, phrase: str) -> _Draft:
        return self.entries.setdefault(phrase.lower(), _Draft())

    def tag(self, phrases: Iterable[str], tag: str) -> None:
        for phrase in phrases:
            self.entry(phrase).tags.add(tag)

    def verbs(self, verbs: Iterable[str], role: str, measure: Measure | None = None) -> None:
        for verb in verbs:
            lemma = verb.split("/")[0]
            for words, form in inflect(verb):
                self.entry(words).senses.append(Sense(role, measure, form, lemma))

    def nouns(self, nouns: Iterable[str], role: str, measure: Measure) -> None:
        for noun in nouns:
            self.entry(noun).senses.append(Sense(role, measure, "", noun))

    def people(self, nouns: Iterable[str], kind: str) -> None:
        for noun in nouns:
            several, _, one = noun.partition("/")
            for form, many in ((several, True), (one or singular(several), False)):
                found = self.entry(form)
                if found.person is None:
                    found.person = Person(kind, many or form == several)


def flat(values: Iterable[str]) -> list[str]:
    """YAML list items may hold several words parted by commas, to keep the files short; a comma alone is itself."""
    words = []
    for value in map(str, values):
        parts = [value] if value == "," else value.split(",")
        words += [word.strip().strip('"') for word in parts if word.strip()]
    return words


def read_words(name: str) -> dict[str, Any]:
    text = resources.files("monitor.extract").joinpath("lexicon", "words", f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar a string: "no" and "on" are words
    data = yaml.load(text, Loader=loader)  # noqa: S506  the base loader makes strings, lists and mappings only
    return dict(data)


def _lists(data: Mapping[str, Any]) -> dict[str, list[str]]:
    return {key: flat(values) for key, values in data.items()}


def _add_predicates(table: _Table, data: dict[str, Any]) -> None:
    for name, block in data.items():
        if name not in MEASURES:
            role = {"losing": "lose", "suffering": "suffer", "inflicting": "inflict"}.get(name, name)
            table.verbs(flat(block), role)
            continue
        measure, lists = Measure(name), _lists(block)
        for role in VERB_ROLES:
            table.verbs(lists.get(role, ()), role, measure)
        for key in MEASURE_NOUNS:
            table.nouns(lists.get(key, ()), key.removesuffix("s").removesuffix("_noun"), measure)


def _add_people(table: _Table, data: dict[str, Any]) -> None:
    for kind, nouns in _lists(data["kinds"]).items():
        table.people(nouns, kind)
    for tag in ("bodies", "things"):
        words = data[tag]
        table.tag(flat(words), tag)


def _add_speech(table: _Table, data: dict[str, list[str]]) -> None:
    for role in ("say", "put", "deny"):
        table.verbs(data[role], role)
    for tag in (
        "according",
        "account_nouns",
        "speakers",
        "anonymous",
        "state_bodies",
        "independent",
        "pronouns",
        "anaphors",
        "voices_of_bodies",
        "admitting",
        "also_nouns",
        "silent",
        "stances",
        "outspoken",
        "objectless",
        "conduits",
        "driven",
        "refusing",
        "seated",
        "overheard",
        "stepping",
        "keeping",
        "revoking",
        "repeating",
    ):
        table.tag(data[tag], tag)


def _split(entries: dict[str, _Draft]) -> tuple[dict[str, Entry], Phrases]:
    single: dict[str, Entry] = {}
    phrases: Phrases = {}
    for phrase in sorted(entries, key=lambda phrase: -len(phrase.split())):
        first, *rest = phrase.split()
        if rest:
            choices = phrases.setdefault((first, rest[0]), [])
            choices.append((tuple(rest[1:]), entries[phrase].done()))
        else:
            single[first] = entries[phrase].done()
    return single, phrases


@cache
def load_words() -> Words:
    """Reads and inflects the word lists once."""
    table = _Table()
    people = read_words("people")
    _add_people(table, people)
    _add_predicates(table, read_words("predicates"))
    _add_speech(table, _lists(read_words("speech")))
    for tag, words in (_lists(read_words("grammar")) | _lists(read_words("harmless"))).items():
        table.tag(words, tag)
    military = people["military"]
    return Words(*_split(table.entries), frozenset(military))
