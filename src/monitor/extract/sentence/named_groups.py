"""Armed groups that no lexicon knows: "the Popular Front for Velia (PFV)", "MKL fighters". Their own name says whose.

A name is taken for a group's where its head is a body that people fight in and its other words tell of a cause
(liberation, people's, revolutionary, …), or where it stands before "fighters" and the like; its short form in brackets
stands for it in the whole article. Names of the lexicon go first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from monitor.extract.lexicon import Mention

_CAUSES = frozenset(
    """liberation popular people's peoples' revolutionary resistance salvation patriotic freedom independence democratic
    self-defence self-defense insurgent rebel redemption emancipation justice unity""".split()
)
_REBELLIOUS = frozenset({"liberation", "resistance", "revolutionary", "insurgent", "rebel"})
_GENERIC = frozenset(
    """national united northern southern eastern western central home royal red first second third new joint popular
    allied imperial federal republican islamic general special armed union free young old grand""".split()
)
_LOOSE_HEADS = frozenset(
    {"Brigades", "Militia", "Militias", "Resistance", "Legion", "Vanguard", "Fedayeen", "Insurgency"}
)
_OPENERS = frozenset(
    "the a an in on at but and as for when while after before since if both by of from with to its his their".split()
)
_FIGHTERS = (
    "fighters|rebels|guerrillas|guerillas|militants|insurgents|militiamen|militia|gunmen|cadres|combatants|"
    "commandos|soldiers|troops|forces|loyalists"
)
_NAME = r"[A-Z][\w'-]*\w"
# Both patterns begin with a set of letters, so that the search leaps from capital to capital.
_HEAD = re.compile(
    r"(?P<head>[ABCFGILMOPRUV](?<=\b.)(?:(?<=F)ront|(?<=A)rmy|(?<=M)ovement|(?<=B)rigades|(?<=M)ilitias?|"
    r"(?<=R)esistance|(?<=L)egion|(?<=V)anguard|(?<=F)edayeen|(?<=I)nsurgency|(?<=A)lliance|(?<=C)oalition|"
    r"(?<=C)ouncil|(?<=F)orces?|(?<=G)uards?|(?<=P)arty|(?<=C)ommand|(?<=O)rgani[sz]ation|(?<=U)nion))\b"
    rf"(?P<behind>(?: (?:for|of)(?: the)?(?: {_NAME}){{1,4}}(?: (?:of|and)(?: the)?(?: {_NAME}){{1,3}})?)?)"
    r"(?: \((?P<short>[A-Z][A-Za-z]{1,6})\))?"
)
_BEFORE = re.compile(rf"(?:{_NAME} ){{0,5}}\Z")
_BEFORE_REACH = 80
_SHORT = re.compile(
    rf"[A-Z](?=[A-Z]{{2}})(?:(?<![\w-].)(?P<owner>[A-Z]{{2,5}})(?:'s)? (?:{_FIGHTERS})\b"
    r"|(?<=[Tt]he .)(?P<loser>[A-Z]{2,5}) (?:said (?:that )?(?:it|they) )?(?:ha[ds] lost|lost|admitted|conceded)\b"
    rf"|(?<=[Tt]he .)(?P<sayer>[A-Z]{{2,5}}) said (?:that )?(?:\w+ )?(?:of )?(?:its|their) (?:{_FIGHTERS}|men)\b)"
)
_NO_GROUPS = frozenset({"POW", "POWS", "SWAT", "NCO", "NCOS", "AND", "THE", "FOR", "ALL", "OUR", "NEW"})
MOST_SHORT = 20
"""Short names of one article; no honest text has more."""


class _Known:
    """The lexicon's mentions, to ask which of them a stretch touches."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.ends = [mention.end for mention in mentions]

    def over(self, start: int, end: int) -> Sequence[Mention]:
        first = bisect_left(self.ends, start + 1)
        last = first
        while last < len(self.mentions) and self.mentions[last].start < end:
            last += 1
        return self.mentions[first:last]


def with_named_groups(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those of groups that the text alone names among them, in order."""
    known = _Known(mentions)
    found, shorts = [], dict[str, str]()
    covered: set[Mention] = set()
    for start, end, short in _full_names(text, known):
        name = text[start:end]
        found.append(Mention(start, end, name, "name", name, name))
        covered.update(known.over(start, end))
        if short:
            shorts.setdefault(short, name)
    for match in _SHORT.finditer(text):
        word = match.group(0)[0] + (match["owner"] or match["loser"] or match["sayer"])
        if word not in _NO_GROUPS and not _shouted(text, match.start()):
            shorts.setdefault(word, word)
    if shorts:
        words = "|".join(list(shorts)[:MOST_SHORT])
        taken = _Known([*found])
        for match in re.finditer(rf"(?<![\w-])(?:{words})(?!\w)", text):
            start, end = match.span()
            if not known.over(start, end) and not taken.over(start, end):
                found.append(Mention(start, end, shorts[match.group()], "name", shorts[match.group()], match.group()))
    kept = [mention for mention in mentions if mention not in covered]
    return sorted([*kept, *found], key=lambda mention: mention.start) if found else kept


def _full_names(text: str, known: _Known) -> Iterator[tuple[int, int, str]]:
    """Where a group is named in full, with its short form: "the Popular Front for Velia (PFV)"."""
    for match in _HEAD.finditer(text):
        head, end = match.start(), match.end("behind")
        if known.over(head, match.end("head")):
            continue  # the lexicon knows it, or a longer name that its head belongs to
        window = text[max(0, head - _BEFORE_REACH) : head]
        before = _BEFORE.search(window)
        words = before.group().split() if before is not None else []
        while words and words[0].lower() in _OPENERS:
            words = words[1:]
        start = head - sum(len(word) + 1 for word in words)
        behind = [word for word in match["behind"].split() if word[0].isupper()]
        short = match["short"] or ""
        if short and not _initials(short, [*words, match["head"], *behind]):
            short = ""
        state = any(m.role in {"name", "adjective", "people"} for m in known.over(start, start + 1))
        if short or _is_group(words, match["head"], behind, state=state):
            yield start, end, short


def _is_group(before: Sequence[str], head: str, behind: Sequence[str], *, state: bool) -> bool:
    """True for a head with a cause; an "army" that a country's name opens is the state's."""
    low = [word.lower() for word in (*before, *behind)]
    cause = any(word in _CAUSES for word in low)
    named = any(word not in _GENERIC and word not in _CAUSES for word in low)
    if head in {"Front", "Movement"}:
        return cause or bool(behind)
    if head == "Army":
        return not state and len(low) > 1 and (cause or ("national" in low and named))
    if head in _LOOSE_HEADS:
        return named and bool(before)
    return not _REBELLIOUS.isdisjoint(low)


def _initials(short: str, words: Sequence[str]) -> bool:
    """True when most letters of the short form begin words of the name, in order."""
    letters = [letter.lower() for letter in short if letter.isupper()]
    firsts = [word[0].lower() for word in words]
    at = matched = 0
    for letter in letters:
        if letter in firsts[at:]:
            at = firsts.index(letter, at) + 1
            matched += 1
    return len(letters) > 1 and matched >= len(letters) - 1


def _shouted(text: str, start: int) -> bool:
    """True inside a line of capitals, where every word looks like a short name."""
    letters = [c for c in text[max(0, start - 20) : start + 30] if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)
