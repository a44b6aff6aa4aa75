"""Reading the lexicon's YAML: the base, the packs beside it and a user's own, merged by party; clashes are refused.

A file has the keys `parties` and `places`; docs/add-a-conflict.md shows one. Line numbers are looked up only when an
error has to name one, so that loading stays fast.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from monitor.errors import ConfigError, together
from monitor.extract.lexicon.checking import problems
from monitor.extract.lexicon.matching import Entry, Lexicon, Party, plain

KINDS = ("country", "group", "organisation", "media", "monitor")
ROLES = {
    "aliases": "name",
    "adjectives": "adjective",
    "people": "people",
    "capital": "capital",
    "other_capitals": "capital",
    "seats": "seat",
    "leaders": "leader",
    "institutions": "institution",
    "troops": "troops",
}
PARTY_KEYS = {"name", "kind", "army", "given", "weak", *ROLES}
PLACE_KEYS = {"name", "in", "aliases", "given"}
BASE = ("countries", "groups", "organisations", "media", "places")
COMMON_SURNAMES = frozenset(
    """smith brown jones johnson williams miller davis wilson taylor thomas white king clark hall young green baker
    adams nelson carter mitchell campbell evans edwards collins stewart morris rogers reed cook morgan bell murphy
    bailey cooper richardson cox ward peterson gray james watson brooks kelly price wood barnes ross henderson jackson
    simmons patterson jordan hughes long foster bush may day rice powell major hill black martin lee park kim choi
    chang wang chen ali khan ahmed mohamed mohammed muhammad hassan hussein ibrahim abdullah omar hamid singh shah
    sharma kumar silva santos garcia lopez perez gonzalez rodriguez martinez sanchez cruz reyes morales ivanov petrov
    david paul simon peter george daniel michael john robert francis jose maria juan short best lord duke prince
    bishop church castle field stone rose swift hunt cash case grant dean drew heath banks marsh waters burns court
    sunak mann aung hlaing traore keita diallo toure ouattara abbas saleh salih yusuf musa bello abubakar danjuma
    moon sharp mills lane page cross bond wolf fox""".split()
)
"""Too common to stand for one leader alone; such names need their first name or a title list of the party."""


@dataclass(slots=True)
class _Source:
    """One file: how errors name it, its text and its data."""

    label: str
    text: str
    data: dict[str, Any]


@dataclass(slots=True)
class _Building:
    """The lexicon in the making. `owners` remembers who first claimed a written form, for errors about clashes."""

    parties: dict[str, Party] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    leaders: dict[str, set[tuple[str, str]]] = field(default_factory=dict)


def load(extra_dirs: Sequence[Path] = ()) -> Lexicon:
    """The lexicon with a user's own packs: YAML files or folders of them. Cached by path.

    Raises ConfigError with file, line and key for bad YAML, unknown keys and names that two parties claim.
    """
    return _load(tuple(Path(path) for path in extra_dirs))


@cache
def _load(extra: tuple[Path, ...]) -> Lexicon:
    added = [source for path in extra for source in _user_sources(path)]
    sources = [*_own_sources(), *added]
    building = _Building()
    for source in sources:
        _each(source, "parties", partial(_declare, building, source))
    for source in sources:
        _each(source, "parties", partial(_check_army, building.parties, source))
        _each(source, "parties", partial(_add_party, building, source))
    for source in sources:
        _each(source, "places", partial(_add_place, building, source))
    for source in added:
        _each(source, "parties", partial(_check_no_place, building.places, source))
    known = {*building.parties, *building.places.values()}
    for source in added:
        _each(source, "places", partial(_check_has_holder, building.inside, source))
    for source in sources:
        _each(source, "places", partial(_check_inside, known, building.inside, source))
    surnames = {plain(form): bearer for form, bearer in _surnames(building).items()}
    for source in added:
        _each(source, "parties", partial(_check_no_surname, surnames, source))
    _add_surnames(building)
    return Lexicon(building.entries, building.parties, building.inside, building.places, _digest(added))


# --- files


def _digest(sources: Sequence[_Source]) -> str:
    return hashlib.sha256("\0".join(source.text for source in sources).encode()).hexdigest() if sources else ""


def _own_sources() -> Iterator[_Source]:
    home = resources.files("monitor.extract.lexicon")
    files: list[Traversable] = [home.joinpath(f"{name}.yaml") for name in BASE]
    packs = home.joinpath("packs")
    files += sorted((file for file in packs.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    for file in files:
        yield _source(file.name, file.read_text("utf-8"))


def _user_sources(path: Path) -> Iterator[_Source]:
    try:
        files = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if path.is_dir() else [path]
        for file in files:
            yield _user_source(file)
    except OSError as error:
        raise ConfigError(f"can't read the pack: {error.strerror or error}", file=str(path)) from error


def _user_source(file: Path) -> _Source:
    """One file of a user's; says all that is wrong with its words at once."""
    raw = file.read_bytes()
    try:
        source = _source(str(file), raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError("is no UTF-8 text; save the file as UTF-8", file=str(file), line=line) from error
    wrong = [
        ConfigError(message, file=source.label, line=line, key=key)
        for line, key, message in problems(source.text, _LOADER)
    ]
    if wrong:
        raise together(wrong)
    return source


def _source(label: str, text: str) -> _Source:
    try:
        # Every scalar stays a string: YAML would read the country code NO as a truth value.
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506  (the base loader makes strings, lists and mappings only)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or "this is not YAML"
        raise ConfigError(message, file=label, line=mark.line + 1 if mark else None) from error
    source = _Source(label, text, data if isinstance(data, dict) else {})
    if not isinstance(data, dict):
        raise _wrong(source, (), "a pack has the keys parties and places")
    for key in data:
        if key not in ("parties", "places"):
            raise _wrong(source, (key,), f"unknown key; known are parties and places, not {key}")
    return source


_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_Path = tuple[str | int, ...]


def _wrong(source: _Source, path: _Path, message: str) -> ConfigError:
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return ConfigError(message, file=source.label, line=_line_of(source.text, path), key=shown or None)


def _line_of(text: str, path: _Path) -> int | None:
    """The 1-based line of an item; composes the whole file again, so only errors call it."""
    node: Any = yaml.compose(text, Loader=_LOADER)
    line: int | None = 1
    for step in path:
        if node is None:
            return line
        pairs = node.value if node.id == "mapping" else list(enumerate(node.value)) if node.id == "sequence" else []
        for key, value in pairs:
            if (key.value if hasattr(key, "value") else key) == step:
                line = (key.start_mark.line if hasattr(key, "start_mark") else value.start_mark.line) + 1
                node = value
                break
    return line


def _each(source: _Source, section: str, visit: Callable[[dict[str, Any], int], None]) -> None:
    items = source.data.get(section) or []
    if not isinstance(items, list):
        raise _wrong(source, (section,), "a list is wanted")
    wrong = []
    for at, item in enumerate(items):
        try:
            if not isinstance(item, dict) or not isinstance(item.get("name"), str) or not item["name"]:
                raise _wrong(source, (section, at), "every entry needs a name")
            visit(item, at)
        except ConfigError as error:
            wrong.append(error)
    if wrong:
        raise together(wrong)


def _words(source: _Source, path: _Path, value: Any) -> list[str]:
    found = [value] if isinstance(value, str) and value else value
    if not isinstance(found, list) or not all(isinstance(word, str) and word.strip() for word in found):
        raise _wrong(source, path, "a word or a list of words is wanted")
    return [word.strip() for word in found]


# --- parties


def _declare(building: _Building, source: _Source, item: dict[str, Any], at: int) -> None:
    """First pass: the names and kinds, so that packs may come before or after what they add to."""
    for key in item:
        if key not in PARTY_KEYS:
            raise _wrong(source, ("parties", at, key), f"unknown key; known are {', '.join(sorted(PARTY_KEYS))}")
    name, kind = item["name"], item.get("kind")
    known = building.parties.get(name)
    if kind is None and known is None:
        raise _wrong(source, ("parties", at, "name"), f'"{name}" is new, so it needs a kind: {", ".join(KINDS)}')
    if kind is not None and kind not in KINDS:
        raise _wrong(source, ("parties", at, "kind"), f"the kind is one of {', '.join(KINDS)}")
    if known and kind and known.kind != kind:
        raise _wrong(source, ("parties", at, "kind"), f'"{name}" is a {known.kind} elsewhere')
    adjectives = _words(source, ("parties", at, "adjectives"), item["adjectives"]) if item.get("adjectives") else []
    adjective = known.adjective if known and known.adjective else next(iter(adjectives), None)
    army = item.get("army") or (known.army if known else None)
    if army is not None and not isinstance(army, str):
        raise _wrong(source, ("parties", at, "army"), "the name of one party is wanted")
    building.parties[name] = Party(name, kind or (known.kind if known else ""), adjective, army)


def _check_army(parties: dict[str, Party], source: _Source, item: dict[str, Any], at: int) -> None:
    army = item.get("army")
    if army is not None and army not in parties:
        raise _wrong(source, ("parties", at, "army"), f'no party is called "{army}"')


def _add_party(building: _Building, source: _Source, item: dict[str, Any], at: int) -> None:
    name = item["name"]
    care = {
        word: mark
        for mark in ("given", "weak")
        if mark in item
        for word in _words(source, ("parties", at, mark), item[mark])
    }
    _claim(building, source, ("parties", at, "name"), Entry(name, "name", name, name, care.get(name, "")))
    if building.parties[name].kind == "country":
        building.places[plain(name)] = name
    for key, role in ROLES.items():
        if key not in item:
            continue
        words = _words(source, ("parties", at, key), item[key])
        for number, word in enumerate(words):
            canonical = _canonical(name, key, word, words)
            path = ("parties", at, key, number) if isinstance(item[key], list) else ("parties", at, key)
            _claim(building, source, path, Entry(word, role, canonical, name, care.get(word, "")))
            _place_of_party(building, name, role, word, canonical)
            if role == "leader":
                _note_surname(building, word, name)


def _canonical(name: str, key: str, word: str, words: Sequence[str]) -> str:
    """What a word stands for: its party, the capital in its first spelling, else itself (Tel Aviv isn't Jerusalem)."""
    if ROLES[key] in ("name", "adjective", "people"):
        return name
    return words[0] if key == "capital" else word


def _place_of_party(building: _Building, name: str, role: str, word: str, canonical: str) -> None:
    """A country and its capital are places as well."""
    if building.parties[name].kind != "country":
        return
    if role == "name":
        building.places.setdefault(plain(word), name)
    elif role == "capital":
        building.places.setdefault(plain(word), canonical)
        if canonical != name:
            building.inside.setdefault(canonical, name)


def _claim(building: _Building, source: _Source, path: _Path, entry: Entry) -> None:
    """Books a written form; refuses one that another party holds already. Said twice for one party, it counts once."""
    key = plain(entry.form) if not entry.form.isupper() else entry.form
    owner = entry.party or entry.name
    held = building.owners.setdefault(key, (owner, source.label))
    if held[0] != owner:
        raise _wrong(source, path, f'"{entry.form}" is claimed by {held[0]} ({held[1]}) and by {owner}')
    building.entries.append(entry)


def _note_surname(building: _Building, leader: str, party: str) -> None:
    words = leader.split()
    if len(words) < 2:
        return
    last = words[-1]
    if last.islower() and "-" not in last:
        return  # a common noun is nobody's surname, or "the regime" of any text would be this party's
    forms = {last}
    for prefix in ("al-", "Al-", "el-", "El-", "ar-", "as-"):
        if last.startswith(prefix):
            forms.add(last.removeprefix(prefix))
    for form in forms:
        if len(form) >= 4 and form[-1] != "." and plain(form) not in COMMON_SURNAMES:
            building.leaders.setdefault(form, set()).add((party, leader))


def _surnames(building: _Building) -> dict[str, tuple[str, str]]:
    """Surnames of the leaders of one party alone, each with that party and the leader."""
    return {
        plain(surname): min(bearers)
        for surname, bearers in building.leaders.items()
        if len({p for p, _ in bearers}) == 1
    }


def _check_no_surname(surnames: dict[str, tuple[str, str]], source: _Source, item: dict[str, Any], at: int) -> None:
    """A word that stands for another party's leader can't be taken from it."""
    for key in ("name", *ROLES):
        for word in _words(source, ("parties", at, key), item[key]) if key in item else ():
            party, leader = surnames.get(plain(word), (item["name"], ""))
            if party != item["name"]:
                raise _wrong(source, ("parties", at, key), f'"{word}" stands for {leader} ({party}) already')


def _add_surnames(building: _Building) -> None:
    """A surname that one party's leaders alone have, and that is no other name, stands for its bearer."""
    for surname, (party, leader) in _surnames(building).items():
        if plain(surname) not in building.owners:
            building.entries.append(Entry(surname, "leader", leader, party, "surname"))


# --- places


def _add_place(building: _Building, source: _Source, item: dict[str, Any], at: int) -> None:
    for key in item:
        if key not in PLACE_KEYS:
            raise _wrong(source, ("places", at, key), f"unknown key; known are {', '.join(sorted(PLACE_KEYS))}")
    name = item["name"]
    inside = item.get("in")
    if inside is not None and not isinstance(inside, str):
        raise _wrong(source, ("places", at, "in"), "the name of one place or party is wanted")
    if inside is not None:
        held = building.inside.setdefault(name, inside)
        if held != inside:
            raise _wrong(source, ("places", at, "in"), f'"{name}" lies in {held} elsewhere, in {inside} here')
    aliases = _words(source, ("places", at, "aliases"), item["aliases"]) if item.get("aliases") else []
    given = set(_words(source, ("places", at, "given"), item["given"])) if "given" in item else set()
    for number, form in enumerate([name, *aliases]):
        path: _Path = ("places", at, "aliases", number - 1) if number else ("places", at, "name")
        _claim_place(building, source, path, form, name, "given" if form in given else "")


def _claim_place(building: _Building, source: _Source, path: _Path, form: str, name: str, care: str) -> None:
    held = building.places.setdefault(plain(form), name)
    if held != name:
        raise _wrong(source, path, f'the place "{form}" is {held} elsewhere and {name} here')
    if plain(form) not in building.owners:
        building.entries.append(Entry(form, "place", name, None, care))


def _check_no_place(places: dict[str, str], source: _Source, item: dict[str, Any], at: int) -> None:
    """A user's word for a party that is also a known place would take every mention of that place for the party."""
    for key, role in {"name": "name", **ROLES}.items():
        if key not in item or role in {"capital", "seat"}:
            continue
        for number, word in enumerate(_words(source, ("parties", at, key), item[key])):
            place = places.get(plain(word))
            if place is not None and place != item["name"]:
                path: _Path = ("parties", at, key, number) if isinstance(item[key], list) else ("parties", at, key)
                raise _wrong(source, path, f'"{word}" is the place {place}, so it can\'t stand for {item["name"]}')


def _check_has_holder(holders: dict[str, str], source: _Source, item: dict[str, Any], at: int) -> None:
    """A user's place that lies in nothing would be in no theatre, so no watch would see it."""
    if item["name"] not in holders:
        message = f'"{item["name"]}" needs `in`: the place or country that it lies in'
        raise _wrong(source, ("places", at, "name"), message)


def _check_inside(known: Set[str], holders: dict[str, str], source: _Source, item: dict[str, Any], at: int) -> None:
    inside = item.get("in")
    if inside is not None and inside not in known:
        raise _wrong(source, ("places", at, "in"), f'nothing is known of "{inside}"')
    passed = {item["name"]}
    while inside is not None:
        if inside in passed:
            raise _wrong(source, ("places", at, "in"), f'"{item["name"]}" would lie in itself')
        passed.add(inside)
        inside = holders.get(inside)
