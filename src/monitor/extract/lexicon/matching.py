"""Finding the names of a lexicon in a text, longest first, with the care that names like "US" and "Chad" need."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

import ahocorasick

Role = str
"""name | adjective | people | capital | seat | leader | institution | troops | place"""

ROLE_ORDER = ("name", "capital", "adjective", "people", "troops", "leader", "institution", "seat", "place")
"""Which entry wins where one written form has several roles for the same party."""

NO_SURNAMES = frozenset(
    """river valley army air times basin border says said kills killed troops soldiers forces denies claims reports
    rebels police government loses lost sends sent president minister confirms in on at to for and of military attack
    strikes strike raid raises hit hits""".split()
)
"""Capitalised behind a country in headlines; anything else there may be the surname of a Jordan or a Chad."""
NATIONALITY = 6
"""Letters of a nationality that counts in lower case too."""
NO_NATIONALITY = frozenset({"polish", "northern", "southern", "northerners", "southerners"})
KINDS_OF_PLACES = frozenset(
    ("region", "oblast", "province", "district", "governorate", "state", "city", "area", "county", "town", "department")
)
NOT_THE_PARTY = re.compile(
    r"-(?:backed|made|built|occupied|held|supplied|supported|sponsored|trained|armed|born|speaking|controlled|allied|"
    r"aligned|based|headquartered|registered|domiciled|funded|bound|style|annexed|language|designed|leaning|friendly|mediated|brokered|linked|loyal)\b",
    re.IGNORECASE,
)
AGAINST = re.compile(r"(?:pro|anti|non|ex|un|trans)-$", re.IGNORECASE)
TITLES = frozenset(
    """president prime minister general gen lt lieutenant col colonel maj major secretary chancellor king queen prince
    chairman chairwoman spokesman spokeswoman spokesperson admiral adm ambassador chief leader commander mr mrs ms dr
    sheikh sheik ayatollah sen rep senator premier captain capt marshal governor gov brigadier brig pope sultan emir
    imam warlord dictator strongman director envoy judge justice sergeant sgt vice air rear field former ex-president
    the and but when as if for by with from after while says said sir lord lady cardinal archbishop bishop professor
    prof comrade commandant subcomandante comandante mullah sayyid haji al el abu that or in of to under against
    yesterday today monday tuesday wednesday thursday friday saturday sunday he she it his her""".split()
)


class Mention(NamedTuple):
    """A name found in a text. `start:end` is its slice, `surface` that slice, `name` the canonical form of what it
    names (the party, the place, the person's full name), `party` the party it belongs to (for a place: the country
    that it lies in), None where none is known."""

    start: int
    end: int
    name: str
    role: Role
    party: str | None
    surface: str


class Entry(NamedTuple):
    """One written form of a name. `care` is "" or why context has to be looked at: "given" (Chad, Jordan may be
    persons), "surname" (a leader's surname alone), "weak" (the North: counts only where the text names a Korea)."""

    form: str
    role: Role
    name: str
    party: str | None
    care: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A party of the lexicon; `kind` is country, group, organisation, media or monitor. `army`: whose "the army" is in
    a land that has none of its own."""

    name: str
    kind: str
    adjective: str | None
    army: str | None = None


def plain(name: str) -> str:
    """The key of a name: lower case, without accents, with plain quotes. Its length may differ from the name's."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


def lowered(text: str) -> str:
    """Lower case without accents, one character for one: offsets hold."""
    if text.isascii():
        return text.lower()
    return "".join(part.lower() if part.isascii() else part.translate(_FOLD) for part in _NOT_ASCII.split(text))


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        folded = plain(chr(code))
        table[code] = folded if len(folded) == 1 else chr(code)
    return table | {0x131: "i", 0x142: "l", 0x141: "l", 0xF8: "o", 0xD8: "o", 0x111: "d", 0x110: "d"}


_FOLD = _fold_table()
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")


class Lexicon:
    """All names, ready to match. Immutable after it is made; safe to share. `digest` tells user's packs apart."""

    def __init__(
        self,
        entries: Iterable[Entry],
        parties: Mapping[str, Party],
        inside: Mapping[str, str],
        places: Mapping[str, str],
        digest: str = "",
    ) -> None:
        self.digest = digest
        self._parties, self._inside, self._places = dict(parties), dict(inside), dict(places)
        self._by_key: dict[str, tuple[Entry, ...]] = {}
        self._capitals: dict[str, str] = {}
        for entry in entries:
            if entry.role == "capital" and entry.party is not None:
                self._capitals.setdefault(entry.party, entry.name)
            for key in _keys(entry.form):
                # The file read last comes first: a user's pack may name plainly what the base counts only with care.
                self._by_key[key] = (entry, *self._by_key.get(key, ()))
        for key, found in self._by_key.items():
            if len(found) > 1:
                self._by_key[key] = tuple(sorted(found, key=lambda entry: ROLE_ORDER.index(entry.role)))

    @cached_property
    def _automaton(self) -> Any:
        automaton = ahocorasick.Automaton()
        for key, entries in self._by_key.items():
            automaton.add_word(key, (len(key), entries))
        automaton.make_automaton()
        return automaton

    # --- questions about names

    @property
    def parties(self) -> tuple[str, ...]:
        """The canonical names of all parties."""
        return tuple(self._parties)

    def party(self, words: str) -> str | None:
        """The party that the words as a whole name or belong to: "DPRK", "North Koreans", "Kremlin" → its name."""
        for entry in self._by_key.get(plain(_unarticled(words)), ()) or self._by_key.get(plain(words), ()):
            if entry.party is not None and entry.role != "place":
                return entry.party
        return None

    def kind(self, party: str) -> str | None:
        """country, group, organisation, media or monitor; None for a party that the lexicon doesn't have."""
        found = self._parties.get(party)
        return found.kind if found else None

    def adjective(self, party: str) -> str | None:
        """ "North Korean" for North Korea; None where there is none."""
        found = self._parties.get(party)
        return found.adjective if found else None

    def army(self, party: str) -> str:
        """Whose "the army" is in the land of this party: its own, but for lands without one."""
        found = self._parties.get(party)
        return found.army if found is not None and found.army is not None else party

    def capital(self, party: str) -> str | None:
        """The town that "the Chechen capital" is; None where the lexicon has none."""
        return self._capitals.get(party)

    def names(self, party: str, words: str) -> bool:
        """True when the words name the party, its people or its own in any role."""
        return any(mention.party == party and mention.role != "place" for mention in self.mentions(words))

    def place(self, words: str) -> str | None:
        """The canonical place that the words as a whole name: "the Kursk region" → "Kursk"."""
        key = plain(_unarticled(words))
        found = self._places.get(key) or self._places.get(plain(words))
        if found is None and " " in key and key.rsplit(" ", 1)[1] in KINDS_OF_PLACES:
            found = self._places.get(key.rsplit(" ", 1)[0])
        return found

    def contains(self, outer: str, inner: str) -> bool:
        """True when the place `inner` is or lies in `outer`, over any number of steps. Both canonical."""
        at: str | None = inner
        for _ in range(12):
            if at is None or at == outer:
                return at == outer
            at = self._inside.get(at)
        return False

    @cached_property
    def _holders(self) -> frozenset[str]:
        return frozenset(self._inside.values())

    def has_parts(self, place: str) -> bool:
        """True when other places lie in this canonical one."""
        return place in self._holders

    def surrounding(self, place: str) -> str | None:
        """The place that a canonical place lies in; None for a country, and for a name on no list."""
        return self._inside.get(place)

    def within(self, outer: str) -> frozenset[str]:
        """The canonical place itself and all that lie in it: "Gaza" → Gaza City, Rafah, …"""
        return frozenset(place for place in (outer, *self._inside) if self.contains(outer, place))

    def knows_place(self, place: str) -> bool:
        """True for a canonical place or a party that is one."""
        return place in self._inside or place in self._parties or place in self._places.values()

    # --- names in a text

    def mentions(self, text: str) -> list[Mention]:
        """All names in order, none overlapping, the longest where several begin together. Time linear in the text."""
        if not text:  # most texts have no title, or no outlet
            return []
        low, floor = lowered(text), 0
        found: list[Mention] = []
        weak: set[int] = set()
        for start, size, entries in _longest_first(self._automaton, low):
            if start < floor:
                continue
            entry = _fitting(text, start, start + size, entries, found) or self._uncapped(low, start, size, text)
            if entry is not None:
                end = start + size
                party = entry.party or self.land(entry.name)
                found.append(Mention(start, end, entry.name, entry.role, party, text[start:end]))
                weak |= {len(found) - 1} if entry.care == "weak" else set()
                floor = end
        return _backed(found, weak) if weak else found

    def _uncapped(self, low: str, start: int, size: int, text: str) -> Entry | None:
        """ "12 israelis", "ukrainian troops" of a ticker without capitals: the word for a country's people has no other
        sense, but for a few."""
        surface = text[start : start + size]
        if size < NATIONALITY or not surface.islower() or surface in NO_NATIONALITY:
            return None
        for entry in self._by_key.get(low[start : start + size], ()):
            if entry.role in {"adjective", "people"} and not entry.care and self.kind(entry.party or "") == "country":
                return entry if _in_context(text, start, start + size, entry, ()) else None
        return None

    def land(self, place: str) -> str | None:
        """The party that a place is or lies in, over any number of steps; None for a name on no list."""
        at: str | None = place
        for _ in range(12):
            if at is None or at in self._parties:
                return at
            at = self._inside.get(at)
        return None


def _backed(found: list[Mention], weak: set[int]) -> list[Mention]:
    """Without the weak mentions that no other backs: "the North" is North Korea where a Korea is named elsewhere."""
    named = {
        word for at, mention in enumerate(found) if at not in weak and mention.party for word in mention.party.split()
    }
    return [mention for at, mention in enumerate(found) if at not in weak or set((mention.party or "").split()) & named]


def _keys(form: str) -> set[str]:
    """How a form may stand in a folded text: hyphens as blanks as well."""
    key = plain(form)
    return {key, key.replace("-", " ")} if len(key) == len(form) else {key, lowered(form)}


def _unarticled(words: str) -> str:
    return words.strip().removeprefix("the ").removeprefix("The ")


def _longest_first(automaton: Any, low: str) -> list[tuple[int, int, tuple[Entry, ...]]]:
    """Candidates on word bounds by start, the longest of one start first."""
    found = []
    padded = f"\n{low}\n"  # so that both neighbours of a name can be looked at without a check
    for last, (size, entries) in automaton.iter(low):
        after = padded[last + 2]
        if not after.isalnum() and after != "$" and not padded[last - size + 1].isalnum():
            found.append((last - size + 1, size, entries))
    found.sort(key=itemgetter(1), reverse=True)
    found.sort(key=itemgetter(0))
    return found


def _fitting(text: str, start: int, end: int, entries: Sequence[Entry], found: Sequence[Mention]) -> Entry | None:
    surface = text[start:end]
    for entry in entries:
        if _cased(surface, entry.form) and _in_context(text, start, end, entry, found):
            return entry
    return None


def _cased(surface: str, form: str) -> bool:
    """Every capital of the form is one in the text; "us" is no country, "THE KREMLIN" is one, "who" is no agency."""
    if surface == form:
        return True
    if len(surface) != len(form):
        return surface[:1].isupper()
    return all(shown.isupper() or not wanted.isupper() for shown, wanted in zip(surface, form, strict=True)) and (
        not form.isupper() or surface == form
    )


def _in_context(text: str, start: int, end: int, entry: Entry, found: Sequence[Mention]) -> bool:
    before = text[max(0, start - 6) : start]
    if "-" in before and AGAINST.search(before):
        return False
    if len(entry.form) <= 5 and entry.form.isupper() and _shouted(text, start, end):
        return False
    if NOT_THE_PARTY.match(text, end):
        return False
    if entry.care in ("given", "weak"):
        return not _person_behind(text, end) and not _name_before(text, start, found)
    return entry.care != "surname" or not _name_before(text, start, found)


def _shouted(text: str, start: int, end: int) -> bool:
    """True inside a line of capitals, where "IS" and "WHO" are words."""
    around = text[max(0, start - 14) : start] + text[end : end + 14]
    letters = [character for character in around if character.isalpha()]
    return len(letters) >= 8 and all(character.isupper() for character in letters)


def _person_behind(text: str, end: int) -> bool:
    """ "Jordan Henderson" is a person; "Chad TV" and "Jordan River" are not."""
    behind = re.match(r" ([A-Z][a-z]{2,20})\b", text[end : end + 24])
    return behind is not None and behind.group(1).lower() not in NO_SURNAMES


def _name_before(text: str, start: int, found: Sequence[Mention]) -> bool:
    """ "Michael Jordan", "Olga Putin": a capitalised word before it that is no title, no name and no sentence start."""
    before = re.search(r"(\S{0,3})(?:^|\s)([A-Z][\w'-]{0,20})\.? $", text[max(0, start - 28) : start])
    if before is None or before.group(2).lower().split("-")[0] in TITLES or before.group(2).endswith("'s"):
        return False
    if before.group(1).endswith((".", "!", "?")) or before.group(2).isupper():
        return False
    return not (found and found[-1].end >= start - 2)
