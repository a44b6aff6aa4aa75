"""Whose people are counted: the subject's words, party and kind, through pronouns, owners and what came before."""

from monitor.domain.claims import Measure, Subject
from monitor.extract.annotate import Sentence, Token
from monitor.extract.context import Context
from monitor.extract.frames import Frame, military
from monitor.extract.lexicon import Lexicon, Mention
from monitor.extract.phrases import Count, Head

OWNING = frozenset({"its", "their", "his", "her", "our", "my"})
NATIONAL = frozenset({"name", "adjective", "people", "capital", "troops", "seat", "leader", "institution"})
_AGENT_STOPS = frozenset({";", "—", ":", '"'})
MILITARY_MEASURES = frozenset({Measure.CASUALTIES, Measure.DEPLOYED, Measure.CAPTURED})


def _party(token: Token) -> str | None:
    mention: Mention | None = token.mention
    return mention.party if mention is not None and mention.role in NATIONAL else None


def adjective_of(lexicon: Lexicon, party: str) -> str:
    """ "North Korean" for North Korea; the name itself where the lexicon has no adjective."""
    return lexicon.adjective(party) or party


def _noun_words(sentence: Sentence, count: Count) -> str:
    """The words of the phrase between the number and the end of its noun."""
    if count.noun is None:
        return ""
    tokens = sentence.tokens
    first = min([*count.modifiers, count.noun])
    last = count.noun if count.head is not Head.MEASURE else count.noun
    chosen = tokens[first : last + 1]
    words = sentence.text[chosen[0].start : chosen[-1].end]
    return " ".join(words.split())


def _own_party(sentence: Sentence, count: Count) -> str | None:
    """The party named inside the phrase ("North Korean soldiers") or right behind it ("fighters of the RSF")."""
    tokens = sentence.tokens
    for index in (*count.modifiers, *([count.noun] if count.noun is not None else [])):
        if (party := _party(tokens[index])) is not None:
            return party
    return _of_party(tokens, count)


def _of_party(tokens: list[Token], count: Count) -> str | None:
    after = tokens[count.last + 1 : count.last + 7]
    if not after or after[0].low not in {"of", "from", "in", "belonging", "loyal", "-"} or after[0].low == "in":
        return None
    for token in after[1:]:
        if (party := _party(token)) is not None and token.mention is not None and token.mention.role not in {"place"}:
            return party
        if token.low in {",", "who", "and", "were", "was", "in", "at"}:
            break
    return None


def _owner(sentence: Sentence, count: Count, context: Context) -> str | None:
    """The owner before the number ("Pyongyang's 300 men") or inside a partitive ("49 of its troops")."""
    tokens = sentence.tokens
    stretch = range(max(0, count.first - 3), (count.noun if count.noun is not None else count.last) + 1)
    for index in stretch:
        if tokens[index].low in {"'s", "'"} and index and (party := _party(tokens[index - 1])):
            return party
        if tokens[index].low in OWNING and (index < count.first or count.partitive):
            return antecedent(sentence, index, context)
    return None


def antecedent(sentence: Sentence, index: int, context: Context) -> str | None:
    """The party that a pronoun at `index` stands for: the first party named before it, else the last one told of."""
    parties = [
        p
        for token in sentence.tokens[:index]
        if (p := _party(token)) is not None and token.mention is not None and token.mention.role != "place"
    ]
    if parties:
        return parties[-1] if len(set(parties)) == 1 else _subject_party(sentence, index, parties)
    if context.subject is not None and context.subject.party is not None:
        return context.subject.party
    return context.party


def _subject_party(sentence: Sentence, index: int, parties: list[str]) -> str:
    """Of several, the nearest that isn't inside a possessive or a prepositional phrase."""
    tokens = sentence.tokens
    for at in range(index - 1, -1, -1):
        party = _party(tokens[at])
        if party is None:
            continue
        before = tokens[at - 1].low if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        role = tokens[at].mention.role if tokens[at].mention else ""
        if before in {"in", "on", "against", "near", "into", "to", "from", "for", "with", "at"} or (
            role == "adjective" and after is not None and after.has("account_nouns")
        ):
            continue
        return party
    return parties[-1]


def _agent(sentence: Sentence, predicate: int, context: Context) -> str | None:
    """The party of the subject of an active verb: "North Korea has sent", "it had lost"."""
    tokens = sentence.tokens
    for index in range(predicate - 1, max(-1, predicate - 14), -1):
        token = tokens[index]
        if (party := _party(token)) is not None:
            before = tokens[index - 1].low if index else ""
            if before in {"in", "on", "near", "from", "at", "against", "with", "for", "to"} and index > 1:
                continue
            return party
        if token.has("pronouns") or token.low in {"we", "who", "which"}:
            found = antecedent(sentence, index, context)
            if found is not None:
                return found
        if token.low in _AGENT_STOPS or token.low in {"which"}:
            break
        if token.has("subordinators") and token.low != "that":
            break
    return None


def _toll_party(sentence: Sentence, predicate: int, context: Context) -> str | None:
    """Whose losses, toll or force a noun of count tells of: the words before it, else its of-phrase."""
    tokens = sentence.tokens
    for index in range(predicate - 1, max(-1, predicate - 5), -1):
        if (party := _party(tokens[index])) is not None and tokens[index].mention is not None:
            return party
        if tokens[index].low in {"its", "their", "his"}:
            return antecedent(sentence, index, context)
        if tokens[index].has("prepositions") or tokens[index].low in {",", ";", "that", "put", "puts"}:
            break
    for token in tokens[predicate + 1 : predicate + 7]:
        if token.low in {"at", "to", ",", "in", ";", "near"} or token.number is not None:
            break
        if (party := _party(token)) is not None:
            return party
    return None


def _toll_words(sentence: Sentence, predicate: int) -> str | None:
    """ "North Korean soldiers" in "the number of North Korean soldiers dispatched has reached 3,000"."""
    tokens = sentence.tokens
    for index in range(max(0, predicate - 3), min(len(tokens), predicate + 8)):
        if tokens[index].number is not None and index > predicate:
            break
        if tokens[index].person is not None and tokens[index].person.plural and not tokens[index].role("count"):
            return tokens[index].text
    return None


def _kind(count: Count, frame: Frame, party: str | None, context: Context, lexicon: Lexicon) -> str:
    if count.head is Head.PEOPLE or (count.head is Head.MEASURE and count.kind != "people"):
        if count.kind == "people" and frame.measure is Measure.DEPLOYED:
            return "troops"
        return count.kind
    if count.head is Head.BODY:
        return "troops"
    if party is not None and lexicon.kind(party) == "group":
        return "fighters"
    if party is not None and (frame.measure in MILITARY_MEASURES or context.forces.get(party, 0) > 0):
        return "troops"
    return "troops" if frame.measure is Measure.DEPLOYED else "people"


def subject_of(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject:
    """The subject of a frame. `parent` is that of the figure which this one is joined to or takes its noun from."""
    count, lexicon = frame.count, context.lexicon
    if count.head is Head.PRONOUN and parent is not None:
        return parent
    party = _own_party(sentence, count) or _owner(sentence, count, context)
    if party is None and frame.predicate is not None:
        party = _from_predicate(sentence, frame, context)
    if count.head in {Head.NONE, Head.MEASURE} and count.kind == "people" and party is None and parent is not None:
        return parent
    if count.head is Head.NONE and frame.rule in {"elliptic"} and parent is not None:
        return Subject(_compose(lexicon, party, parent.kind, ""), party, parent.kind) if party else parent
    kind = _kind(count, frame, party, context, lexicon)
    words = _words_of(sentence, frame)
    if party is None:
        party = _carried(sentence, frame, kind, words, context, parent)
    return Subject(_compose(lexicon, party, kind, words), party, kind)


def _from_predicate(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    assert frame.predicate is not None
    rule = frame.rule
    if rule == "lost-object" or (rule == "active-object" and frame.measure is Measure.DEPLOYED):
        return _agent(sentence, frame.predicate, context)
    if rule in {"toll-link", "toll-verbless", "body-of", "event-of", "toll-from-to"}:
        return _toll_party(sentence, frame.predicate, context)
    if rule == "measure-noun":
        return _measure_noun_party(sentence, frame, context)
    return None


def _measure_noun_party(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """ "suffered several hundred casualties": the sufferer; "inflicted 400 casualties on the army": the target."""
    tokens = sentence.tokens
    for token in tokens[frame.count.last + 1 : frame.count.last + 6]:
        if token.low in {",", ";", ".", "and"}:
            break
        if (party := _party(token)) is not None and tokens[frame.count.last + 1].low in {"on", "among", "of", "from"}:
            return party
    verb = frame.count.first - 1
    while verb >= 0 and (tokens[verb].low in {"some", "about"} or tokens[verb].has("adverbs")):
        verb -= 1
    if verb >= 0 and tokens[verb].role("suffer"):
        return _agent(sentence, verb, context)
    return None


def _words_of(sentence: Sentence, frame: Frame) -> str:
    count = frame.count
    if count.head in {Head.PEOPLE, Head.NATION, Head.BODY, Head.UNKNOWN}:
        return _noun_words(sentence, count)
    if count.head is Head.MEASURE:
        return " ".join(sentence.tokens[i].text for i in count.modifiers if not sentence.tokens[i].role("premodifier"))
    if frame.predicate is not None and frame.rule in {"toll-link", "toll-verbless"}:
        return _toll_words(sentence, frame.predicate) or ""
    return ""


_KIND_NOUNS = {
    "troops": "troops",
    "fighters": "fighters",
    "civilians": "civilians",
    "people": "people",
    "police": "police officers",
    "peacekeepers": "peacekeepers",
    "mercenaries": "mercenaries",
}


def _carried(
    sentence: Sentence, frame: Frame, kind: str, words: str, context: Context, parent: Subject | None
) -> str | None:
    """The party of soldiers whose side the phrase leaves out: that of the last soldiers told of, soon after them."""
    if kind != "troops":
        return None
    if (
        parent is not None
        and parent.party is not None
        and parent.kind == "troops"
        and frame.rule in {"including", "of-whom"}
    ):
        return parent.party
    named = [
        p
        for token in sentence.tokens[: frame.count.first]
        if (p := _party(token)) is not None and token.mention is not None and token.mention.role in {"troops", "people"}
    ]
    if named:
        return named[-1]
    recent = sentence.number - context.subject_at <= 3
    if (
        context.subject is not None
        and context.subject.kind == "troops"
        and recent
        and context.subject.party is not None
    ):
        return context.subject.party
    if len(context.forces) == 1 and frame.measure is Measure.DEPLOYED:
        return next(iter(context.forces))
    return None


def _compose(lexicon: Lexicon, party: str | None, kind: str, words: str) -> str:
    """Words for readers: those of the text, with the nationality set before them where they lack it."""
    noun = words or _KIND_NOUNS.get(kind, "people")
    if party is None:
        return noun
    adjective = adjective_of(lexicon, party)
    if lexicon.names(party, noun):
        return noun
    if kind == "people" and not words:
        return f"{adjective} people"
    return f"{adjective} {noun}"


def military_kind(kind: str) -> bool:
    """True for troops, fighters, peacekeepers and mercenaries."""
    return military(kind)
