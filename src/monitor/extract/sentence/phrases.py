"""Counted phrases: a number with its noun, its modifiers and what follows it ("some 200 of its best soldiers")."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Person, Sense, load_words, singular
from monitor.extract.lexicon.wordlists import things
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.nouns import of_a_thing, of_persons

REACH = 7  # so many words may stand between a number and its noun


class Head(StrEnum):
    """What the number counts."""

    PEOPLE = "people"  # 22 soldiers
    NATION = "nation"  # 3,000 North Koreans
    MEASURE = "measure"  # 300 deaths
    BODY = "body"  # a 3,000-strong brigade
    PRONOUN = "pronoun"  # two of them
    UNKNOWN = "unknown"  # 12 welders
    NONE = "none"  # and wounded 7


class _Step(Enum):
    """What a word between a number and its noun is."""

    MODIFIER = auto()
    SKIP = auto()
    END = auto()


@dataclass(slots=True)
class Count:
    """`first`…`last` are token indices of the phrase, `number` that of its number, `noun` that of its head noun.

    `base` marks the whole of a part ("4,000 of the 11,000"); `definite` a known group ("the two soldiers").
    """

    number: int
    first: int
    last: int
    head: Head
    noun: int | None
    kind: str
    modifiers: tuple[int, ...] = ()
    sense: Sense | None = None
    definite: bool = False
    base: bool = False
    partitive: bool = False


_PRONOUNS = frozenset({"them", "whom", "those", "these", "us", "which", "ours", "theirs"})
_OWNERS = frozenset({"its", "their", "his", "her", "our", "my", "the", "these", "those", "your"})
_LIVING = frozenset({"alive", "unhurt", "unharmed", "unscathed", "uninjured"})
""" "took 19 alive": how they were, no noun of the number."""
_PARTS = frozenset("the a an its their late early yesterday today overnight".split())  # "wounding eight late on Monday"
_NOUN_ENDINGS = ("ing", "ly")
NATION_ROLES = frozenset({"people", "troops"})
MODIFIER_ROLES = frozenset(
    {"adjective", "name", "place", "capital", "troops", "people", "institution", "seat", "leader"}
)


def _stops(token: Token) -> bool:
    """True for what can't stand between a number and its noun."""
    if token.number is not None or not (token.text[0].isalnum() or token.low in {"'s", "'", '"', "-"}):
        return True
    if token.has("be", "have", "subordinators", "relatives", "conjunctions", "negation", "modal_future", "pronouns"):
        return True
    if token.has("prepositions", "according") or token.low in _PARTS or token.low in _LIVING:
        return True
    premodifier = token.role("premodifier") is not None or token.has("premodifiers") or token.person is not None
    verb = any(s.form and s.form != "base" for s in token.senses)
    return verb and not premodifier and not token.capital


def _points_to_time(token: Token, following: Token | None) -> bool:
    """ "killed 30 last week", "wounded 12 this year": when it was, no noun of the number."""
    if following is None or token.low not in {"last", "this", "next"}:
        return False
    return things().category.get(following.low) == "duration" or following.has("weekdays", "months")


def _verbal(token: Token) -> bool:
    """True for "wounded", "killed": verbs that also count."""
    return any(s.form not in {"", "s", "base"} and s.measure is not None for s in token.senses)


def _dies(token: Token) -> bool:
    """ "21 perish in blaze": verbs of headlines, in their base form, that no noun looks like."""
    harm = {Measure.KILLED, Measure.MISSING}
    return any(s.role == "intransitive" and s.form == "base" and s.measure in harm for s in token.senses)


def _measure_noun(token: Token) -> Sense | None:
    return None if _verbal(token) else token.role("count")


@dataclass(slots=True)
class _Scan:
    """The noun found right of a number: its kind of head, the index of the noun and of its last word."""

    head: Head
    noun: int | None
    last: int
    kind: str = "people"
    sense: Sense | None = None
    modifiers: tuple[int, ...] = ()


def _nation(token: Token) -> bool:
    """Names of people: North Koreans, and groups whose name ends in a noun for people ("Maoist rebels")."""
    if token.mention is None:
        return False
    return token.mention.role in NATION_ROLES or (token.mention.role != "place" and _ends_in_people(token.low))


def _ends_in_people(name: str) -> bool:
    entry = load_words().single.get(name.rsplit(" ", 1)[-1])
    return entry is not None and entry.person is not None and entry.person.plural


def _person_run(tokens: list[Token], index: int) -> int:
    """The last of several nouns in a row: "police officers", "militia fighters"."""
    while (
        index + 1 < len(tokens)
        and tokens[index + 1].person is not None
        and not any(s.form for s in tokens[index + 1].senses)
    ):
        index += 1
    return index


def _people_head(tokens: list[Token], index: int, modifiers: tuple[int, ...], *, many: bool) -> _Scan:
    last = _person_run(tokens, index)
    person = tokens[last].person or Person("people", plural=True)
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and not person.plural and many and (sense := _measure_noun(after)):
        # "12,456 civilian deaths", "100 North Korean dead"; but "four people dead" is the people's state.
        return _Scan(Head.MEASURE, last + 1, last + 1, person.kind, sense, (*modifiers, last))
    return _Scan(Head.PEOPLE, last, last, person.kind, None, (*modifiers, *range(index, last)))


class _Walk:
    """One pass over the words right of a number, up to its noun: each word is a head, a modifier, or the end."""

    def __init__(self, tokens: list[Token], start: int, *, many: bool) -> None:
        self.tokens, self.start, self.index, self.many = tokens, start, start, many
        self.modifiers: list[int] = []
        self.unknown: int | None = None

    def scan(self) -> _Scan:
        """The head with its modifiers; what no list knows counts only when nothing better follows."""
        limit = min(len(self.tokens), self.start + REACH)
        while self.index < limit:
            step = self._step(self.tokens[self.index])
            if isinstance(step, _Scan):
                return step
            if step is _Step.END:
                break
            if step is _Step.MODIFIER:
                self.modifiers.append(self.index)
            self.index += 1
        return self._without_head()

    @property
    def following(self) -> Token | None:
        """The token behind the one at hand."""
        return self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None

    def _step(self, token: Token) -> "_Scan | _Step":
        if token.low in {"(", ")"} and self._short_name():
            return _Step.SKIP
        if token.person is not None and token.number is None:
            return self._person(token.person)
        if token.mention is not None and self._state_of_war(token):
            return _Step.END
        if _nation(token):
            return self._nation(token)
        if token.mention is not None and token.mention.role in MODIFIER_ROLES:
            return _Step.MODIFIER
        leads = token.role("premodifier") is not None and _leads_people(self.tokens, self.index + 1)
        if (sense := _measure_noun(token)) is not None and not leads:
            if self._state_of_things(token):
                return self._without_head()
            if of_a_thing(token, self.following, next(iter(self.tokens[self.index + 2 : self.index + 3]), None)):
                return _Scan(Head.UNKNOWN, self.index + 1, self.index + 1, "thing", None, tuple(self.modifiers))
            kind = _modifier_kind(self.tokens, self.modifiers)
            return _Scan(Head.MEASURE, self.index, self.index, kind, sense, tuple(self.modifiers))
        if leads:
            return _Step.MODIFIER
        if token.low in {"and", ","} and _joins_adjectives(self.tokens, self.index):
            return _Step.SKIP
        return self._end(token) or self._thing(token) or self._unknown(token)

    def _state_of_things(self, token: Token) -> bool:
        """ "170,000 objects missing": a state behind a noun in the plural that is formed like none for persons."""
        at = self.unknown
        if at is None or at != self.index - 1 or token.role("adjective") is None or not self.many:
            return False
        noun = self.tokens[at]
        return noun.low.endswith("s") and singular(noun.low) != noun.low and not of_persons(noun)

    def _short_name(self) -> bool:
        """ "four New People's Army (NPA) fighters": the short name in brackets parts nothing."""
        at = self.index if self.tokens[self.index].low == "(" else self.index - 2
        inside = self.tokens[at : at + 3]
        return at > self.start and len(inside) == 3 and inside[2].low == ")" and inside[1].text.isupper()

    def _state_of_war(self, token: Token) -> bool:
        """ "4 KIA": right behind a number that is a state, though a group has the same short name."""
        following = self.following
        alone = following is None or not (following.person is not None or following.text[0].isalpha())
        return self.index == self.start and alone and token.role("adjective") is not None

    def _person(self, person: Person) -> "_Scan | _Step":
        """Behind a plural number a singular noun only modifies the one that follows: "12 police vehicles"."""
        if person.plural or not self.many:
            return _people_head(self.tokens, self.index, tuple(self.modifiers), many=self.many)
        following = self.following
        if following is not None and (sense := _measure_noun(following)):
            at = self.index + 1
            return _Scan(Head.MEASURE, at, at, person.kind, sense, (*self.modifiers, self.index))
        return _Step.MODIFIER

    def _nation(self, token: Token) -> "_Scan | _Step":
        """ "North Koreans", but "North Korean soldiers", "North Korean dead"."""
        following = self.following
        noun = following is not None and following.person is not None and (following.person.plural or not self.many)
        if noun or (following is not None and _measure_noun(following)):
            return _Step.MODIFIER
        troops = token.mention is not None and token.mention.role == "troops"
        return _Scan(Head.NATION, self.index, self.index, "troops" if troops else "people", None, tuple(self.modifiers))

    def _end(self, token: Token) -> "_Step | None":
        """What closes the phrase: a state, a verb, a preposition; but "107 disfigured bodies" goes on."""
        if token.role("adjective") is not None or _dies(token):
            return _Step.END
        following = self.following
        if _verbal(token) and following is not None and _measure_noun(following) is not None:
            return _Step.MODIFIER
        pointed = bool(self.modifiers) and token.low in {"this", "that", "these", "those"}
        if _stops(token) or _verbal(token) or pointed or _points_to_time(token, self.following):
            return _Step.END
        participle = token.low.endswith("ed") and not token.has("premodifiers") and not token.senses
        return _Step.END if participle and not _leads_people(self.tokens, self.index + 1) else None

    def _thing(self, token: Token) -> _Scan | None:
        """A body of troops, or a thing that no person is."""
        if self.following is not None and self.following.person is not None:
            return None
        if token.has("bodies"):
            return _Scan(Head.BODY, self.index, self.index, "troops", None, tuple(self.modifiers))
        if token.has("things"):
            return _Scan(Head.UNKNOWN, self.index, self.index, "thing", None, tuple(self.modifiers))
        return None

    def _unknown(self, token: Token) -> "_Step":
        if not token.has("premodifiers", "adverbs", "determiners") and token.text[0].isalpha():
            self.unknown = self.index
        return _Step.MODIFIER

    def _without_head(self) -> _Scan:
        """A noun that no list knows, an adjective of nationality that stands for its people, or no noun at all."""
        tokens, modifiers, unknown = self.tokens, self.modifiers, self.unknown
        if unknown is not None and not tokens[unknown].has("weekdays", "months"):
            inner = tuple(m for m in modifiers if m < unknown)
            return _Scan(Head.UNKNOWN, unknown, unknown, "people", None, inner)
        while modifiers and tokens[modifiers[-1]].has("adverbs"):
            modifiers.pop()
        nation = tokens[modifiers[-1]].mention if modifiers else None
        if nation is not None and nation.role in {"adjective", "name", "troops"} and nation.party is not None:
            # "two Malawians and one Uruguayan": an adjective with no noun behind it stands for the people.
            return _Scan(Head.NATION, modifiers[-1], modifiers[-1], "people", None, tuple(modifiers[:-1]))
        return _Scan(Head.NONE, None, self.start - 1, modifiers=())


def _scan(tokens: list[Token], start: int, many: bool) -> _Scan:
    """The noun of a number, looked for from `start`."""
    return _Walk(tokens, start, many=many).scan()


def _joins_adjectives(tokens: list[Token], index: int) -> bool:
    """ "Sudanese and Yemeni soldiers", "local and foreign fighters": a joint between two modifiers of one noun."""
    left, right = tokens[index - 1], tokens[index + 1] if index + 1 < len(tokens) else None
    if right is None or left.number is not None:
        return False
    if left.capital and right.capital and left.mention is None and _leads_people(tokens, index + 2):
        return True
    return all(
        (t.mention is not None and t.mention.role == "adjective") or t.has("premodifiers") for t in (left, right)
    )


def _leads_people(tokens: list[Token], index: int) -> bool:
    """True when a noun for people follows within two words ("14 murdered local fishermen")."""
    for token in tokens[index : index + 3]:
        if token.person is not None or _nation(token):
            return True
        if token.mention is None and not token.has("premodifiers") and token.low != "-":
            return False
    return False


def _modifier_kind(tokens: list[Token], modifiers: list[int]) -> str:
    for index in modifiers:
        person = tokens[index].person
        if person is not None:
            return person.kind
        if tokens[index].low in {"military", "combat", "battle", "battlefield", "troop", "army"}:
            return "troops"
    return "people"


def _of(tokens: list[Token], start: int) -> int | None:
    """The index after "of" and an owner ("two of his officers"), None when no "of" follows."""
    if start >= len(tokens) or tokens[start].low not in {"of", "among"}:
        return None
    index = start + 1
    while index < len(tokens) and (
        tokens[index].low in _OWNERS or tokens[index].low in {"'s", "own", "all"} or tokens[index].has("determiners")
    ):
        index += 1
    owned = tokens[index + 1 : index + 3]
    return index + 2 if len(owned) == 2 and owned[0].low in {"'s", "'"} and owned[1].counts else index


def _trim_unknown(tokens: list[Token], scan: _Scan) -> _Scan:
    """An unknown noun counts only in the plural; things never do."""
    if scan.head is not Head.UNKNOWN or scan.noun is None:
        return scan
    noun = tokens[scan.noun]
    if scan.kind != "thing" and (
        not noun.low.endswith("s") or noun.low.endswith(_NOUN_ENDINGS) or singular(noun.low) == noun.low
    ):
        scan.kind = "odd"
    return scan


def read_count(sentence: Sentence, index: int) -> Count:
    """The counted phrase around the number at `index`."""
    tokens = sentence.tokens
    number = tokens[index].number
    many = number is None or number.quantity.number != 1
    before = tokens[index - 1].low if index else ""
    start = index + 1
    while (
        start < len(tokens)
        and tokens[start].low in {"more", "other", "others", "additional", "further", '"', "such"}
        and _skippable(tokens, start)
    ):
        start += 1
    after_of = _of(tokens, start)
    partitive = after_of is not None
    at = after_of if after_of is not None else start
    if partitive and (told := _by_pronoun(tokens, index, at)) is not None:
        return told
    if partitive and at < len(tokens) and tokens[at].has("opponents") and not _leads_people(tokens, at + 1):
        return Count(index, index, at, Head.PEOPLE, at, "troops", partitive=True)
    base = before in {"of", "the", "its", "their", "his", "'s"} and _is_base(tokens, index)
    if partitive and at < len(tokens) and tokens[at].counts:
        inner = _trim_unknown(tokens, _scan(tokens, at + 1, True))
        if inner.head is Head.MEASURE:
            inner.head = Head.PEOPLE
        return Count(index, index, at, inner.head, inner.noun, inner.kind, inner.modifiers, inner.sense, partitive=True)
    if partitive and [t.low for t in tokens[at - 1 : at + 1]] in (["their", "number"], ["its", "number"]):
        return Count(index, index, at, Head.PRONOUN, at, "people", definite=True, partitive=True)
    scan = _trim_unknown(tokens, _scan(tokens, at, many))
    if partitive and (state := _state_of_people(tokens, at)) is not None:
        return Count(index, index, at, Head.MEASURE, at, "people", (), state, partitive=True)
    if partitive and scan.head is Head.NONE and tokens[at - 1].low == "own":
        return Count(index, index, at - 1, Head.PRONOUN, at - 1, "people", definite=True, partitive=True)
    if partitive and scan.head in {Head.NONE, Head.UNKNOWN}:
        named = at < len(tokens) and tokens[at].capital and tokens[at].number is None and tokens[at].mention is None
        return Count(index, index, at if named else index, Head.NONE, None, "people", partitive=True)
    if scan.head is Head.PEOPLE and many:
        scan.last = _list_end(tokens, index, scan.last)
    owner = tokens[at - 1].low if partitive else before
    definite = (not partitive and owner in {"the", "these", "those", "both"}) and not base
    return Count(
        index, index, scan.last, scan.head, scan.noun, scan.kind, scan.modifiers, scan.sense, definite, base, partitive
    )


def _by_pronoun(tokens: list[Token], index: int, at: int) -> Count | None:
    """ "two of them", "94 of his"; behind its noun, "the rebels, about 350 of them", it counts that."""
    if at < len(tokens) and tokens[at].low in _PRONOUNS:
        apposed = _apposed(tokens, index, at)
        return apposed or Count(index, index, at, Head.PRONOUN, at, "people", definite=True, partitive=True)
    if _owner_alone(tokens, at):
        return Count(index, index, at - 1, Head.PRONOUN, at - 1, "people", definite=True, partitive=True)
    return None


def _owner_alone(tokens: list[Token], at: int) -> bool:
    """ "94 of his had fallen", "410 of those were in Zamfara": an owner's word that owns no noun, and a pointing one
    that points to none, stand for the people."""
    if tokens[at - 1].low not in {"his", "hers", "mine", "yours", "these", "those"}:
        return False
    return at >= len(tokens) or tokens[at].has("be", "have") or tokens[at].low in {",", ".", ";"}


def _state_of_people(tokens: list[Token], at: int) -> Sense | None:
    """ "40 of the wounded could die": a participle with an article and no noun stands for the people themselves."""
    if at >= len(tokens) or not tokens[at - 1].has("determiners") or not _verbal(tokens[at]):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    alone = following is None or not (following.person is not None or following.mention is not None or following.counts)
    alone = alone and not of_a_thing(tokens[at], following)  # "nine of the fallen statues"
    states = (s for s in tokens[at].senses if s.measure and s.role != "presence" and s.form in {"pastpart", "part"})
    return next(states, None) if alone else None  # "two of the leading characters" are in no state


def _list_end(tokens: list[Token], index: int, last: int) -> int:
    """ "270 officers and men", "60,000 soldiers, rangers and paramilitaries": one number of several kinds of people;
    but "killed 12 soldiers and civilians fled" is two clauses."""
    at, joint = last, ""
    while at + 2 < len(tokens) and tokens[at + 1].low in {",", "and", "or"}:
        following = at + 3 if [tokens[at + 1].low, tokens[at + 2].low] == [",", "and"] else at + 2
        while following < len(tokens) and tokens[following].has("premodifiers") and tokens[following].person is None:
            following += 1
        person = tokens[following].person if following < len(tokens) else None
        if person is None or not person.plural or tokens[following].mention is not None:
            break
        at, joint = following, tokens[following - 1].low if following == at + 3 else tokens[at + 1].low
    verb = index and any(s.form for s in tokens[index - 1].senses)
    clause = verb and at + 1 < len(tokens) and (tokens[at + 1].has("be", "have") or tokens[at + 1].senses)
    return last if clause or joint not in {"and", "or"} else at


def _apposed(tokens: list[Token], index: int, at: int) -> Count | None:
    """ "The rebels, about 350 of them, hold the bridge": the number is that of the noun before the comma."""
    noun = tokens[index - 2] if index > 1 and tokens[index - 1].low == "," else None
    if tokens[at].low != "them" or noun is None or noun.person is None or not noun.person.plural:
        return None
    if any(t.number is not None for t in tokens[max(0, index - 6) : index]):
        return None
    closed = at + 1 < len(tokens) and tokens[at + 1].low == ","
    return Count(index, index, at + closed, Head.PEOPLE, index - 2, noun.person.kind)


def _skippable(tokens: list[Token], index: int) -> bool:
    """ "10 other people", "five more": the word heads nothing itself when a noun follows."""
    if tokens[index].person is None:
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and (after.person is not None or _measure_noun(after) is not None)


def _is_base(tokens: list[Token], index: int) -> bool:
    """The whole of which something else is a part: "4,000 of the 11,000 troops", "half of the 200 men"."""
    at = index - 1
    while at >= 0 and tokens[at].low in {"the", "its", "their", "all", "his"}:
        at -= 1
    if at > 1 and tokens[at].low == "'s":
        at -= 2  # "of the mission's 4,650 soldiers"
        at -= tokens[at].low == "the"
    if at < 0 or tokens[at].low != "of":
        return False
    before = tokens[at - 1] if at else None
    if before is None:
        return True
    if before.has("bodies", "groups"):  # "380 of the ship's company of 1,018"
        whole = tokens[max(0, at - 9) : at - 1]
        return any(t.low == "of" for t in whole) and any(t.number is not None for t in whole)
    return before.number is not None or before.low in {
        ",",
        "half",
        "third",
        "quarter",
        "most",
        "many",
        "some",
        "all",
        "none",
        "one",
        "any",
        "majority",
        "out",
        "part",
        "fraction",
        "not one",
    }
