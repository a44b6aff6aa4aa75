"""The words and the kind of a subject: what the text calls the people, with the nationality where it lacks it."""

from monitor.domain.claims import Measure, Subject
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.owners import LANDS, OWNING, antecedent, parts_toll, party_of
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

SOLDIERLY = frozenset({Measure.CASUALTIES, Measure.DEPLOYED, Measure.CAPTURED})
"""Measures that are told of soldiers, where the text names only a nation."""
_PLAIN_NOUNS = {"police": "police officers"}
_EMPTY = frozenset({"members", "elements", "followers", "supporters", "personnel", "staff", "employees"})
"""Nouns that don't say who the people are without what stands behind "of"."""
_FORCES = frozenset({"army", "navy", "garrison", "regiment", "brigade", "forces", "military", "defence", "defense"})
_OF_REACH = 7


def phrase_subject(sentence: Sentence, index: int, context: Context) -> Subject:
    """The noun at `index` with the modifiers before it."""
    tokens, first = sentence.tokens, index
    while (
        first > 0
        and (
            tokens[first - 1].has("premodifiers")
            or tokens[first - 1].person is not None
            or _adjectival(tokens[first - 1])
        )
        and tokens[first - 1].number is None
    ):
        first -= 1
    party = next((p for token in tokens[first : index + 1] if (p := party_of(token)) is not None), None)
    if party is None and first > 0 and tokens[first - 1].low in OWNING:
        party = antecedent(sentence, first - 1, context)
    if party is None and first > 1 and tokens[first - 1].low in {"'s", "'"}:
        party = party_of(tokens[first - 2])
        first -= 2 if party is None else 0  # "the army's own men"
    person = tokens[index].person
    body = tokens[index].has("bodies") or tokens[index].low in _FORCES
    kind = person.kind if person is not None else "troops" if body else "people"
    words = " ".join(sentence.text[tokens[first].start : tokens[index].end].split())
    return Subject(compose(context, party, kind, words), party, kind)


def shared_noun(sentence: Sentence, count: Count) -> int | None:
    """The noun in "twelve Fijian and four Irish peacekeepers": an adjective before "and" has that of the next one."""
    tokens, last = sentence.tokens, count.last
    named = tokens[last].mention
    if count.head is not Head.NATION or named is None or named.role != "adjective" or last + 3 >= len(tokens):
        return None
    if tokens[last + 1].low not in {"and", "or", ","} or not tokens[last + 2].counts:
        return None
    for index in range(last + 3, min(len(tokens), last + 6)):
        person = tokens[index].person
        if person is not None and person.plural:
            return index
        if not (_adjectival(tokens[index]) or tokens[index].has("premodifiers")):
            return None
    return None


def _adjectival(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"adjective", "troops", "name"}


def words_of(sentence: Sentence, frame: Frame) -> str:
    """The words that the text has for the people, "" when it has none."""
    count, tokens = frame.count, sentence.tokens
    if count.head in {Head.PEOPLE, Head.NATION, Head.BODY, Head.UNKNOWN} and count.noun is not None:
        return _slice(sentence, min([*count.modifiers, count.noun]), _of_end(tokens, count.noun))
    if count.head is Head.MEASURE and count.noun is not None:
        if frame.rule != "measure-noun":
            return _slice(sentence, min([*count.modifiers, count.noun]), count.noun)
        kept = [i for i in count.modifiers if _names_people(tokens[i])]
        if frame.measure is Measure.CAPTURED:
            return _slice(sentence, min([*kept, count.noun]), _of_end(tokens, count.noun))
        return _slice(sentence, kept[0], kept[-1]) if kept else _among(tokens, count.last)
    if frame.rule in {"breakdown", "coordinated", "of-whom"} and (words := _complement(sentence, count)):
        return words
    if count.head is Head.NONE and count.partitive and (named := _of_named(sentence, count)):
        return named
    if frame.predicate is None:
        return ""
    if frame.rule == "body-of":
        return tokens[frame.predicate].text
    if frame.rule != "toll-link":
        return ""
    words = toll_words(sentence, frame.predicate)
    body = frame.measure is Measure.DEPLOYED and tokens[frame.predicate].has("bodies")
    return words or (tokens[frame.predicate].text if body else "")


def _of_named(sentence: Sentence, count: Count) -> str:
    """ "thousands of the Weyane", "at least 50 of the elite 76th Guards": a side that only its name tells."""
    tokens, at = sentence.tokens, count.number + 1
    while at < len(tokens) and (tokens[at].low in {"of", '"', "the"} or tokens[at].has("premodifiers")):
        at += 1
    last = at
    while last < len(tokens) and (tokens[last].capital or tokens[last].text[0].isdigit()):
        last += 1
    known = at < last and tokens[at].mention is not None
    if at == last or known or tokens[count.number + 1].low not in {"of", '"'} or not tokens[last - 1].capital:
        return ""
    return " ".join(sentence.text[tokens[at].start : tokens[last - 1].end].split())


def _names_people(token: Token) -> bool:
    """Modifiers of a noun of harm that tell whose it is: "North Korean dead", "civilian deaths"."""
    return token.role("premodifier") is None and (
        token.mention is not None or token.person is not None or token.has("premodifiers")
    )


def _complement(sentence: Sentence, count: Count) -> str:
    """ "65 from Hayat Tahrir al-Sham", "of whom 435 were members of the security forces": who the number is of."""
    tokens, first = sentence.tokens, count.last + 2
    opening = tokens[count.last + 1] if count.last + 1 < len(tokens) else None
    if opening is None or not (opening.low == "from" or opening.low in {"were", "are"}):
        return ""
    if opening.low != "from" and first < len(tokens) and tokens[first].has("being_prepositions"):
        return ""  # "of the dead, 60 were in Homs": where they fell
    last = first
    while (
        last < len(tokens)
        and last - first < 6
        and (tokens[last].text[0].isalnum())
        and not tokens[last].has("conjunctions", "be", "have")
    ):
        last += 1
    phrase = tokens[first:last]
    people = any(
        t.person is not None or t.mention is not None or t.low in {"factions", "groups", "security"} for t in phrase
    )
    return _slice(sentence, first, last - 1) if people else ""


def _among(tokens: list[Token], last: int) -> str:
    """ "19 fatalities among the pilgrims": the people that a noun of harm is said of."""
    after = tokens[last + 1 : last + 6]
    if not after or after[0].low not in {"among", "amongst"}:
        return ""
    return next((t.text for t in after if t.person is not None or t.has("bodies")), "")


def _slice(sentence: Sentence, first: int, last: int) -> str:
    if sentence.tokens[first].low in {"the", "'s"} and not sentence.tokens[min(first + 1, last)].capital:
        first = min(first + 1, last)
    owners = [i for i in range(first, last) if sentence.tokens[i].low == "'s"]
    owner = sentence.tokens[owners[-1] - 1] if owners else None
    if owner is not None and (party_of(owner) is not None or owner.low in LANDS):
        first = owners[-1] + 1
    return " ".join(sentence.text[sentence.tokens[first].start : sentence.tokens[last].end].split())


def _of_end(tokens: list[Token], noun: int) -> int:
    """The last word of "fighters of the RSF", "soldiers of the army"; the noun itself when no such name follows."""
    after = tokens[noun + 1 : noun + _OF_REACH]
    if len(after) < 2 or after[0].low not in {"of", "from"}:
        return noun
    last = noun
    empty = tokens[noun].low in _EMPTY and after[0].low == "of"
    for offset, token in enumerate(after[1:], start=2):
        if empty and token.text[0].isalnum() and not _closes(token):
            last = noun + offset
            continue
        named = (
            token.capital
            or token.mention is not None
            or token.has("bodies")
            or token.low in {"enemy", "group", "army", "military", "government", "family", "tribe", "clan"}
        )
        if not named and token.low not in {"the", "its", "'s", "a", "-", "one", "same"}:
            break
        if named and token.number is None and not token.has("months", "weekdays"):
            last = noun + offset
    if after[0].low == "from" and not any(
        t.mention is not None and t.mention.role in {"name", "troops"} for t in tokens[noun + 1 : last + 1]
    ):
        return noun
    return last


def _closes(token: Token) -> bool:
    """What ends the name behind "members of"."""
    verbal = any(s.form in {"past", "pastpart", "ing"} for s in token.senses)
    return verbal or token.counts or token.has("prepositions", "conjunctions", "be", "have", "relatives", "pronouns")


def toll_words(sentence: Sentence, predicate: int) -> str:
    """ "North Korean soldiers" in "the number of North Korean soldiers dispatched has reached 3,000"."""
    tokens = sentence.tokens
    for index in range(max(0, predicate - 2), min(len(tokens), predicate + 8)):
        token = tokens[index]
        if index > predicate and (token.number is not None or token.low == "(" or parts_toll(token)):
            break
        person = token.person
        if person is not None and person.plural and not token.role("count") and index > predicate:
            first = index
            while first > predicate + 2 and (
                tokens[first - 1].has("premodifiers") or tokens[first - 1].mention is not None
            ):
                first -= 1
            return _slice(sentence, first, index)
        armed = person is not None and person.kind == "fighters" and index == predicate - 1
        if person is not None and index < predicate and (armed or not token.has("speakers")):
            alone = person.plural or token.has("opponents")  # "enemy losses"
            return token.text if alone else f"{token.low}s"  # "rebel losses", "guerrilla dead"
    return ""


def kind_of(count: Count, frame: Frame, party: str | None, context: Context, words: str) -> str:
    if words.startswith("members of ") and not _FORCES.isdisjoint(words.lower().split()):
        return "troops"
    if count.head is Head.PEOPLE or (count.head is Head.MEASURE and count.kind != "people"):
        men = count.kind == "people" and (
            frame.measure is Measure.DEPLOYED or (frame.measure is Measure.CASUALTIES and party is not None)
        )
        return "troops" if men else count.kind
    if count.head is Head.BODY or frame.rule == "body-of":
        return "troops"
    noun = load_words().single.get(words.lower().rsplit(" ", 1)[-1]) if words else None
    if frame.rule == "toll-link" and noun is not None and noun.person is not None and noun.person.plural:
        return noun.person.kind  # "puts its dead soldiers at 37"
    if words == "civilians":
        return "civilians"
    if party is not None and context.lexicon.kind(party) in {"group", None}:
        return "fighters"
    if party is not None and (frame.measure in SOLDIERLY or context.forces.get(party, 0) > 0):
        return "troops"
    return "troops" if frame.measure is Measure.DEPLOYED else "people"


def compose(context: Context, party: str | None, kind: str, words: str) -> str:
    """Words for readers: those of the text, with the nationality set before them where they lack it."""
    noun = words or _PLAIN_NOUNS.get(kind, kind)
    if party is None or context.lexicon.names(party, noun) or context.shown.get(party, party) in noun:
        return noun
    if noun[:1].isupper() and party.endswith(noun):
        return noun  # "Tigers" of the Tamil Tigers
    adjective = context.adjective(party)
    if adjective[:1].lower() != party[:1].lower() and " " not in party and context.lexicon.kind(party) == "country":
        adjective = party  # "Myanmar soldiers", not "Burmese"
    return f"{adjective} {noun}"
