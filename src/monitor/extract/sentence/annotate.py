"""One sentence as a row of tokens: number phrases, names of the lexicon and words with all that the table knows."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import compress, count, islice, pairwise
from operator import attrgetter, ne
from typing import Any

from monitor.domain.claims import Measure
from monitor.extract.lexicon import Mention
from monitor.extract.lexicon.grammar_words import Entry, Person, Sense, Words, load_words
from monitor.extract.lexicon.wordlists import things
from monitor.extract.numbers.number_phrases import NumberPhrase

# The first alternative is that of most tokens, a word of small letters that nothing goes on with; those behind it would
# find the same. One look spares the blanks between tokens all the rest.
_PARTED = re.compile(
    r"([a-z]++(?![\w'.-])|\n+|(?=\S)(?:"
    r"(?=[A-Z])(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Capt|Rep|Sen|Gov|Brig|Adm|Prof|St|Rev|Msgr|No)\."
    r"|(?:[A-Za-z]\.){2,}|[a-zA-Z\d]++(?:[-']?[^\W_]++)*+|[^\W_]++(?:[-'][^\W_]++)*+|--+|[^\w\s]|_))"
)
"""Splits a text into blanks and tokens by turns, with blanks, which may be empty, at both ends."""
_POSSESSIVE = re.compile(r"'s$|(?<=s)'$|n't$|'(?:ve|re|ll|d|m)$", re.IGNORECASE)
POSSESSIVES = frozenset({"its", "their", "his", "her"})
COMBINED = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES, Measure.MISSING, Measure.CAPTURED})


@dataclass
class Token:
    """One number phrase, name, word, phrase or mark. `start:end` are offsets into the whole text.

    The many tokens of which nothing is known share the class's own values: no slots, half the time to make.
    """

    start: int
    end: int
    text: str
    low: str
    tags: frozenset[str] = field(default=frozenset(), init=False)
    senses: tuple[Sense, ...] = field(default=(), init=False)
    person: Person | None = field(default=None, init=False)
    number: NumberPhrase | None = field(default=None, init=False)
    mention: Mention | None = field(default=None, init=False)
    counts: bool = field(default=False, init=False)
    """A number that may count people."""

    def counted(self, number: NumberPhrase) -> None:
        """Makes it the token of a number phrase."""
        self.number, self.counts = number, number.refusal is None and "article" not in number.flags

    def has(self, *tags: str) -> bool:
        """True when it has any of the tags."""
        return not self.tags.isdisjoint(tags)

    def role(self, *roles: str) -> Sense | None:
        """Its first sense in one of these roles."""
        for sense in self.senses:
            if sense.role in roles:
                return sense
        return None

    @property
    def capital(self) -> bool:
        """Written with a capital letter."""
        return self.text[:1].isupper()


def back_over(tokens: Sequence[Token], at: int, *tags: str) -> int:
    """The token from `at` to the left that has none of these tags: "took" in "took at least 19 alive", from before the
    number over what hedges it. The first token at the latest."""
    while at > 0 and tokens[at].has(*tags):
        at -= 1
    return at


# What is asked of all tokens is asked without a step of Python for each.
_START, _END, _TEXT, _LOW, _TAGS = map(attrgetter, ("start", "end", "text", "low", "tags"))
_NUMBER, _MENTION, _COUNTS = map(attrgetter, ("number", "mention", "counts"))


@dataclass
class Sentence:
    """The tokens of one sentence. `number` is its place in the article; `quoted`: it begins inside a quotation."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    number: int = 0
    headline: bool = False
    bullet: bool = False
    quoted: bool = False
    deployed: bool = False
    whole: tuple[Measure, float] | None = None
    speeches: "list[Any] | None" = None
    spots: "list[Any] | None" = None
    labels: "list[Any] | None" = None
    toll_nouns: list[int] | None = None
    row: bool | None = None
    tags: frozenset[str] = field(init=False)
    """The tags of all its tokens: what none has needs no search."""
    words: frozenset[str] = field(init=False)
    """The words of all its tokens, in lower case."""
    low: str = field(init=False)
    """Its text in lower case."""
    numbers: list[NumberPhrase] = field(init=False)
    """Its numbers, in order."""
    counts: bool = field(init=False)
    """True when a number of it may count people."""
    named: list[int] = field(init=False)
    """The indices of the tokens that are names of the lexicon, in order."""

    def __post_init__(self) -> None:
        """Takes down once what is asked of every sentence."""
        tokens = self.tokens
        self.tags = frozenset().union(*map(_TAGS, tokens))
        self.words = frozenset(map(_LOW, tokens))
        self.low = self.text[self.start : self.end].lower()
        self.numbers = list(filter(None, map(_NUMBER, tokens)))
        self.counts = bool(self.numbers) and any(map(_COUNTS, tokens))
        self.named = list(compress(count(), map(_MENTION, tokens)))

    def places_of(self, words: frozenset[str]) -> Iterator[int]:
        """The indices of the tokens that are one of these words, in order."""
        return compress(count(), map(words.__contains__, map(_LOW, self.tokens)))

    def names(self) -> list[int]:
        """The indices of the tokens that are names of the lexicon or written with a capital letter, in order."""
        tokens = self.tokens
        other = compress(count(), map(ne, map(_TEXT, tokens), map(_LOW, tokens)))
        return sorted({*self.named, *(index for index in other if tokens[index].text[0].isupper())})

    def clause(self, index: int) -> list[Token]:
        """The tokens around the index up to the next semicolons."""
        begin, end = index, index
        while begin > 0 and self.tokens[begin - 1].low != ";":
            begin -= 1
        while end < len(self.tokens) and self.tokens[end].low != ";":
            end += 1
        return self.tokens[begin:end]

    @cached_property
    def passive(self) -> frozenset[int]:
        """The indices of tokens that follow a form of "to be", adverbs between allowed."""
        if "be" not in self.tags:
            return frozenset()
        found: set[int] = set()
        open_ = chain = False
        for index, token in enumerate(self.tokens):
            if not (open_ or chain or "be" in token.tags):
                continue
            if "have" in token.tags or token.low in {",", ";", "that"}:
                open_ = False
            if token.low == '"' or (chain and token.low in {",", "and", "or", "then"}):
                continue
            chain = chain and _participle(token) and token.role("say") is None
            if "be" in token.tags:
                if open_ and token.senses:
                    found.add(index)
                open_ = True
            elif chain:
                found.add(index)
            elif (
                open_
                and not token.has("adverbs", "negation", "hedge", "determiners")
                and token.low not in _STILL_PASSIVE
            ):
                found.add(index)
                open_, chain = False, _participle(token)
            elif open_ and token.senses:
                found.add(index)
        return frozenset(found)


def _participle(token: Token) -> bool:
    """True for "disarmed", "tortured", "slain": one of a chain of passives."""
    return token.low.endswith("ed") or any(s.form in {"part", "pastpart"} for s in token.senses)


_STILL_PASSIVE = frozenset({"to", "have", "either", "the", "by"})


def _words(text: str, start: int, end: int) -> list[Token]:
    """Plain words and marks of a slice with what the table has of each, possessive endings apart."""
    tokens = []
    at = start
    chunks = text[start:end].split(" ")
    sizes = list(map(len, chunks))
    for size, parts in zip(sizes, map(_parts if max(sizes) <= _LONG else _parted, chunks), strict=True):
        for first, last, word, low, entry in parts:
            token = Token(at + first, at + last, word, low)
            if entry is not None:
                token.senses, token.tags, token.person = entry
            tokens.append(token)
        at += size + 1
    return tokens


_Part = tuple[int, int, str, str, Entry | None]
_LONG = 40
"""Characters; what is longer comes once and is not kept."""


@lru_cache(maxsize=30_000)  # a few thousand words make up nearly all news: a look instead of the pattern
def _parts(chunk: str) -> tuple[_Part, ...]:
    return tuple(_parted(chunk))


def _parted(chunk: str) -> Iterator[_Part]:
    """The words and marks of what stands between two blanks: offsets in it, as written, in lower case, their entry."""
    parts = _PARTED.split(chunk)
    last = 0
    for blank, word in zip(parts[:-1:2], parts[1::2], strict=True):
        first = last + len(blank)
        last = first + len(word)
        ending = _POSSESSIVE.search(word) if "'" in word else None
        cut = ending.start() if ending is not None else 0
        for begin, stop in ((0, cut), (cut, len(word))) if cut else ((0, len(word)),):
            part = word[begin:stop]
            low = part.lower()
            yield first + begin, first + stop, part, part if low == part else low, _entry_of(low)


def _collapse(tokens: list[Token], spans: Sequence[Token]) -> list[Token]:
    """The row with every span (a number phrase, a name) in the place of the words that it covers."""
    row: list[Token] = []
    at = 0
    for span in spans:
        first = max(at, bisect_right(tokens, span.start, key=_END))
        behind = bisect_left(tokens, span.end, first, key=_START)
        if first < behind:
            row += tokens[at:first]
            row.append(span)
            at = behind
    return row + tokens[at:]


def _spans(text: str, numbers: Sequence[NumberPhrase], mentions: Sequence[Mention]) -> list[Token]:
    """Numbers and names as tokens in order; a name inside a number phrase gives way, and the other way round."""
    if mentions:
        numbers = [n for n in numbers if not any(m.start < n.start and n.end <= m.end for m in mentions)]  # "M23"
    found = []
    for number in numbers:
        token = _slice(text, number.start, number.end)
        token.counted(number)
        found.append(token)
    for mention in mentions:
        if not numbers or not any(n.start < mention.end and mention.start < n.end for n in numbers):
            token = _slice(text, mention.start, mention.end)
            token.mention = mention
            found.append(token)
    return sorted(found, key=lambda token: token.start) if len(found) > 1 else found


def _slice(text: str, start: int, end: int) -> Token:
    words = text[start:end]
    return Token(start, end, words, words.lower())


def _longest(tokens: Sequence[Token], index: int, words: Words) -> tuple[int, Entry] | None:
    """Where the longest phrase of the table that begins here ends, and its entry; its first two words stand here."""
    if tokens[index + 1].number is not None:
        return None
    third = tokens[index + 2].low if index + 2 < len(tokens) else ""
    for rest, entry in words.phrases[tokens[index].low, tokens[index + 1].low]:
        if rest and rest[0] != third:
            continue
        stop = index + 2 + len(rest)
        covered = tokens[index + 2 : stop]
        if tuple(map(_LOW, covered)) == rest and not any(map(_NUMBER, covered)):
            return stop, entry
    return None


_MEN = Entry(person=Person("people", plural=True))


def _formed(word: str) -> Entry | None:
    """Words in -men and -women are people though no list has them ("two watchmen")."""
    return _MEN if len(word) > 5 and word not in {"regimen", "specimen", "abdomen"} else None


def _compound(word: str, single: Mapping[str, Entry]) -> Entry | None:
    """ "para-commandos", "soldier-farmers": people by their last part; "ex-soldiers" serve no more."""
    first, _, last = word.rpartition("-")
    found = single.get(last) if first not in {"ex", "non", "anti"} else None
    return found if found is not None and found.person is not None and found.person.plural else None


def _unlisted(word: str, single: Mapping[str, Entry]) -> Entry | None:
    """What the form of a word tells that is on no list."""
    if word.endswith("men") and (formed := _formed(word)) is not None:
        return formed
    return _compound(word, single) if "-" in word else None


def _known(token: Token, entry: Entry | None) -> Token:
    if entry is not None:
        token.senses, token.tags, token.person = entry
    return token


def _of_grammar(entry: Entry | None) -> bool:
    return entry is not None and not entry.tags.isdisjoint({"relatives", "pronouns", "be"})


def _entry_of(low: str) -> Entry | None:
    """What the table has of a word, or its form tells."""
    single = load_words().single
    found = single.get(low)
    return _unlisted(low, single) if found is None and ("-" in low or low.endswith("men")) else found


def _span_known(token: Token, single: Mapping[str, Entry]) -> None:
    """Gives a number phrase or a name its entry: "a dozen" has none, "the army" may have one."""
    if token.mention is not None and token.text.isupper() and _of_grammar(single.get(token.low)):
        token.low = token.mention.name.lower()  # "the WHO says", "US strikes": a name, and no word of the grammar
    elif token.number is None or "article" in token.number.flags:
        _known(token, single.get(token.low))


def _look_up(text: str, tokens: list[Token], words: Words) -> list[Token]:
    """The row with phrases of several words as one token."""
    row: list[Token] = []
    at = 0
    # Few words stand before one with which they open a phrase: two at a time are looked for, without a step for each.
    for index in compress(count(), map(words.phrases.__contains__, pairwise(map(_LOW, tokens)))):
        first = tokens[index]
        if index < at or first.number is not None or first.mention is not None:
            continue
        phrase = _longest(tokens, index, words)
        if phrase is not None:
            behind, entry = phrase
            row += tokens[at:index]
            row.append(_known(_slice(text, first.start, tokens[behind - 1].end), entry))
            at = behind
    return row + tokens[at:]


def _measure_of(token: Token) -> tuple[Measure, str] | None:
    """The measure and form of a word that can join another one ("killed or wounded", "dead and injured")."""
    for sense in token.senses:
        if sense.measure in COMBINED and (
            token.low in _HARM_NOUNS
            or sense.form in {"pastpart", "part", "ing", "base", "s", "past"}
            or sense.role == "adjective"
        ):
            return sense.measure, sense.form
    return None


_HARM_NOUNS = frozenset({"death", "deaths", "injury", "injuries"})
_JOINERS = frozenset({"and", "or", "and/or", "&", ",", "/"})
_FILLERS = frozenset(
    {"been", "being", "have", "has", "either", "were", "are", "seriously", "badly", "otherwise", "had"}
)


def _join_end(tokens: Sequence[Token], index: int) -> int:
    """The index of the last word of a chain like "killed, wounded or captured" that begins at `index`."""
    last = at = index
    while at + 1 < len(tokens) and tokens[at + 1].low in _JOINERS:
        after = at + 2
        while after < len(tokens) and (tokens[after].low in _FILLERS or tokens[after].low in _JOINERS):
            after += 1
        counted = tokens[index].low in _HARM_NOUNS and tokens[at + 1].low != "or"  # "two deaths and injuries to 40"
        if counted or after >= len(tokens) or _measure_of(tokens[after]) is None or _opens_clause(tokens, at, after):
            break
        last = at = after
    told = {token.low for token in tokens[index : last + 1]} & _JOINERS
    pair = sum(_measure_of(token) is not None for token in tokens[index : last + 1]) == 2
    return index if pair and told == {","} else last  # "a third of them hurt, marched off into captivity"


def _opens_clause(tokens: Sequence[Token], before: int, index: int) -> bool:
    """ "taking 30 prisoner and killing their commander": an -ing form behind a word that is none has its own object."""
    ing = any(s.form == "ing" and s.role == "transitive" for s in tokens[index].senses)
    return ing and not tokens[before].low.endswith("ing")


def _joined(text: str, first: Token, last: Token, measures: set[Measure]) -> Token:
    """One token for the chain; its senses are those of the first word, counting killed and wounded together."""
    measure = next(iter(measures)) if len(measures) == 1 else Measure.CASUALTIES
    if first.low == "shot" and (told := _measure_of(last)) is not None:
        measure = told[0]  # "shot and wounded" tells the outcome
    senses = tuple(sense._replace(measure=measure) for sense in first.senses if sense.measure in COMBINED)
    if measure is Measure.CASUALTIES and not any(sense.role == "adjective" for sense in senses):
        senses += tuple(
            s._replace(measure=measure) for s in last.senses if s.measure in COMBINED and s.role == "adjective"
        )
    joined = _slice(text, first.start, last.end)
    joined.tags, joined.senses = first.tags - {"be"}, senses
    return joined


def _combine(text: str, tokens: list[Token]) -> list[Token]:
    """Rule "killed-or-wounded": measures joined without a number between count the same people once."""
    joined = compress(tokens, map(_JOINERS.__contains__, map(_LOW, islice(tokens, 1, None))))
    if not any(map(_measure_of, joined)):
        return tokens
    row: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        followed = index + 1 < len(tokens) and tokens[index + 1].low in _JOINERS
        joins = followed and bool(token.senses) and _measure_of(token) is not None
        last = _join_end(tokens, index) if joins else index
        if last == index:
            row.append(token)
        else:
            parts = [_measure_of(token) for token in tokens[index : last + 1]]
            measures = {part[0] for part in parts if part is not None}
            row.append(_joined(text, tokens[index], tokens[last], measures))
        index = last + 1
    return row


def _admit(tokens: list[Token], numbers: Sequence[NumberPhrase]) -> list[Token]:
    """Events of harm are counted by their dead: "142 murders" is no refused number of events."""
    if all(number.refusal != "event" for number in numbers):
        return tokens
    for token, following in pairwise(tokens):
        if token.number is not None and token.number.refusal == "event" and following.role("count") is not None:
            token.counted(replace(token.number, refusal=None))
    return tokens


def _theirs(noun: Token) -> bool:
    """ "the garrison town", "the regimental museum", "the garrison church": what a body has, by its noun."""
    return noun.has("of_bodies") or (things().category.get(noun.low) == "building" and not noun.senses)


def _civil(sentence: Sentence) -> Sentence:
    """The opera company, a sales force, the garrison town: no bodies of troops."""
    if "bodies" not in sentence.tags:
        return sentence
    tokens = sentence.tokens
    for index in [index for index, token in enumerate(tokens) if "bodies" in token.tags]:
        token = tokens[index]
        before, after = tokens[index - 1] if index else None, tokens[index + 1] if index + 1 < len(tokens) else None
        if (before is not None and before.has("civil_bodies")) or (after is not None and _theirs(after)):
            token.tags -= {"bodies"}
            token.senses = tuple(s for s in token.senses if s.measure is not Measure.DEPLOYED)
    sentence.tags = frozenset().union(*map(_TAGS, tokens))
    return sentence


def annotate(
    text: str, start: int, end: int, numbers: Sequence[NumberPhrase], mentions: Sequence[Mention], words: Words
) -> Sentence:
    """The sentence `text[start:end]` as tokens. `numbers` and `mentions` are those inside it, by their start."""
    spans = _spans(text, numbers, mentions)
    row = _look_up(text, _collapse(_words(text, start, end), spans), words)
    for span in spans:
        _span_known(span, words.single)
    return _civil(Sentence(text, start, end, _combine(text, _admit(row, numbers))))
