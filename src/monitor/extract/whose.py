"""Whose people are counted: the subject's words, party and kind, through pronouns and what came before."""

from monitor.domain.claims import UNATTRIBUTED, Measure, Subject
from monitor.extract.annotate import Sentence, Token
from monitor.extract.context import Context
from monitor.extract.frames import Frame, military
from monitor.extract.lexicon import Lexicon
from monitor.extract.own_people import armed_dead, clause_of_source, loser_phrase, noun_of_toll, own_side, speaker_of
from monitor.extract.owners import agent_words, from_predicate, own_party, owner, party_of, side, toll_party
from monitor.extract.phrases import Count, Head

SOLDIERLY = frozenset({Measure.CASUALTIES, Measure.DEPLOYED, Measure.CAPTURED})
"""Measures that are told of soldiers, where the text names only a nation."""
RECENT = 3
"""For how many sentences "the soldiers" may stand for those told of before."""
_PLAIN_NOUNS = {"police": "police officers"}
_OTHERS = frozenset({"others", "other", "more", "ones", "further"})
_OF_REACH = 7


def subject_of(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject:
    """The subject of a frame. `parent` is that of the figure which this one is joined to or takes its noun from."""
    count = frame.count
    if frame.rule == "same-count" and (loser := loser_phrase(sentence, frame)):
        return Subject(loser, None, "troops")
    if frame.rule == "same-count" and (parent or context.subject) is not None:
        return parent or context.subject or Subject("people", None, "people")
    party = own_party(sentence, count) or owner(sentence, count, context) or _foretold(sentence, count, context)
    if count.head is Head.PRONOUN:
        return _pronoun(sentence, count, party, context, parent)
    words = _words_of(sentence, frame)
    if words.startswith("-"):
        words = ""  # "tops 2,000 - officials": the dash parts the source from its count
    if words.lower() in _OTHERS and parent is not None:
        return parent
    if words.lower() in _OTHERS and (before := _people_before(sentence, context)) is not None:
        return before
    told_of = _told_of(sentence, frame, context) if party is None or count.partitive else None
    if told_of is not None:
        return told_of
    party = party or from_predicate(sentence, frame, context) or _admitting(sentence, frame)
    if not words or (count.head is Head.MEASURE and count.kind == "people"):
        told = _told_before(sentence, frame, context, parent, party)
        if told is not None and party in {None, told.party}:
            return told
    party = party or side(sentence.tokens, count)
    kind = _kind(count, frame, party, context, words)
    if party is None and not words and (loser := _unnamed_loser(sentence, frame)):
        return Subject(loser, None, "troops")
    party = party or _carried(sentence, frame, kind, context, parent)
    own = own_party(sentence, count)
    named = words if words and own is not None and own == party and context.lexicon.mentions(words) else ""
    return Subject(named or _compose(context.lexicon, party, kind, words), party, kind)


def _people_before(sentence: Sentence, context: Context) -> Subject | None:
    """Those beside whom "others" stand: the people counted last, else those named in the sentence before."""
    if (
        context.people is not None
        and sentence.number - context.people_at <= 1
        and context.people_at > context.subject_at
    ):
        return context.people
    return context.subject if _is_recent(sentence, context) else None


def counted_people(sentence: Sentence, context: Context) -> Subject | None:
    """The first people that a sentence gives a number of, figure or not: "Seven Senegalese soldiers walked free"."""
    for index, token in enumerate(sentence.tokens):
        if token.person is None or not token.person.plural or token.low in _OTHERS:
            continue
        if any(t.counts for t in sentence.tokens[max(0, index - 3) : index]):
            return _phrase_subject(sentence, index, context)
    return None


def _foretold(sentence: Sentence, count: Count, context: Context) -> str | None:
    """ "Twenty of its soldiers were killed, India's army said": the owner is named behind, where none was before."""
    stretch = sentence.tokens[max(0, count.first - 3) : count.last + 1]
    if not count.partitive or not any(t.low in {"its", "his", "their"} for t in stretch):
        return None
    claimant = speaker_of(sentence, count.number, context)
    return claimant.party if claimant is not None and claimant.party != UNATTRIBUTED else None


def _told_of(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The speaker's own people, the noun that a toll is of, the army whose dead they are, a loser without a name."""
    if frame.count.head in {Head.NONE, Head.MEASURE, Head.PRONOUN}:
        own = own_side(sentence, frame, context)
        if own is not None:
            return own
        noun = noun_of_toll(sentence, frame)
        if noun is not None:
            return _phrase_subject(sentence, noun[1], context)
        if (armed := armed_dead(sentence, frame)) is not None:
            return armed
    if from_predicate(sentence, frame, context) is None and (loser := loser_phrase(sentence, frame)):
        return Subject(loser, None, "troops")
    return None


def _unnamed_loser(sentence: Sentence, frame: Frame) -> str:
    """ "the 1st Division lost 300 killed", "the enemy had 400 killed": whose, where no party is known."""
    tokens, before = sentence.tokens, frame.count.first - 1
    if before < 1 or frame.count.head not in {Head.NONE, Head.MEASURE}:
        return ""
    verb = tokens[before]
    return agent_words(sentence, before) if verb.role("lose") or verb.low in {"had", "suffered"} else ""


def _admitting(sentence: Sentence, frame: Frame) -> str | None:
    """ "Colombo conceded the loss of 43", "the Viet Minh admitted 7,900 killed": a side admits its own losses."""
    if frame.count.head not in {Head.NONE, Head.MEASURE}:
        return None
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 6), -1):
        if tokens[index].has("admitting"):
            named = [p for token in tokens[max(0, index - 5) : index] if (p := party_of(token)) is not None]
            return named[-1] if named else None
    return None


def _pronoun(sentence: Sentence, count: Count, party: str | None, context: Context, parent: Subject | None) -> Subject:
    """ "141 of them": the figure before, else the people named before in the sentence, else those told of last."""
    if sentence.tokens[count.last].low == "own" and party is not None:
        return Subject(f"{context.lexicon.adjective(party) or party} troops", party, "troops")
    return parent or _noun_before(sentence, count, context) or context.subject or Subject("people", None, "people")


def _told_before(
    sentence: Sentence, frame: Frame, context: Context, parent: Subject | None, party: str | None
) -> Subject | None:
    """The people that a number without a noun goes on counting."""
    if frame.rule == "toll-link":
        soldiers = frame.measure in SOLDIERLY and party is None
        return context.subject if soldiers and _is_recent(sentence, context) else None
    told = _toll_subject(sentence, frame, context)
    if told is not None:
        return told
    bodies = frame.count.noun is not None and sentence.tokens[frame.count.noun].low in {"bodies", "corpses"}
    if bodies and clause_of_source(sentence, frame.count):
        return None
    unlike = (
        frame.parent is not None and frame.parent.measure is Measure.DEPLOYED and frame.measure is not Measure.DEPLOYED
    )
    victims = frame.rule == "active-object" or frame.count.head is Head.MEASURE
    if unlike and (victims or _definite(sentence, frame.count)):
        return None
    if parent is not None:
        return parent
    if frame.count.head is Head.MEASURE and frame.measure is not Measure.WOUNDED:
        return None
    return _noun_before(sentence, frame.count, context) or (_recent_force(sentence, frame, context))


def _definite(sentence: Sentence, count: Count) -> bool:
    return count.first > 0 and sentence.tokens[count.first - 1].low in {"the", "those", "these"}


def _toll_subject(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "put losses among federal troops at 1,200 dead and 3,500 wounded": the noun of count says whose."""
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 16), -1):
        token = tokens[index]
        if token.low in {";", ":"} or token.has("subordinators"):
            return None
        if token.role("toll") is None or any(s.form for s in token.senses):
            continue
        if not any(t.has("strong_links") for t in tokens[index + 1 : frame.count.first]):
            return None
        party, words = toll_party(sentence, index, context), _toll_words(sentence, index)
        if party is None and not words:
            return None
        kind = _kind(frame.count, frame, party, context, words)
        return Subject(_compose(context.lexicon, party, kind, words), party, kind)
    return None


def _recent_force(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    number = sentence.tokens[frame.count.number].number
    added = number is not None and "additional" in number.flags
    continuing = frame.rule in {"same-count", "presence"} or frame.measure is Measure.DEPLOYED or added
    return context.subject if continuing and _is_recent(sentence, context) else None


def _is_recent(sentence: Sentence, context: Context) -> bool:
    return context.subject is not None and sentence.number - context.subject_at <= RECENT


def _noun_before(sentence: Sentence, count: Count, context: Context) -> Subject | None:
    """The nearest plural noun for people before the number in its sentence: "87 hands; 61 are being sought"."""
    tokens = sentence.tokens
    opened = clause_of_source(sentence, count) if count.head is Head.MEASURE else 0
    for index in range(count.first - 1, max(opened - 1, count.first - 30), -1):
        token = tokens[index]
        speaks = any(speech.first <= index <= speech.last for speech in sentence.speeches or ())
        if speaks or any(t.role("say") for t in tokens[index + 1 : index + 3]):
            continue
        if token.person is not None and token.person.plural and token.low not in _OTHERS:
            return _phrase_subject(sentence, index, context)
        if token.mention is not None and token.mention.role == "people":
            return Subject(token.text, token.mention.party, "people")
    return None


def _phrase_subject(sentence: Sentence, index: int, context: Context) -> Subject:
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
    person = tokens[index].person
    kind = person.kind if person is not None else "people"
    words = " ".join(sentence.text[tokens[first].start : tokens[index].end].split())
    return Subject(_compose(context.lexicon, party, kind, words), party, kind)


def _adjectival(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"adjective", "troops", "name"}


# --- words and kind


def _words_of(sentence: Sentence, frame: Frame) -> str:
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
    if frame.predicate is None:
        return ""
    if frame.rule == "body-of":
        return tokens[frame.predicate].text
    return _toll_words(sentence, frame.predicate) if frame.rule == "toll-link" else ""


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
    return next((t.text for t in after if t.person is not None), "")


def _slice(sentence: Sentence, first: int, last: int) -> str:
    if sentence.tokens[first].low in {"the", "'s"} and not sentence.tokens[min(first + 1, last)].capital:
        first = min(first + 1, last)
    owners = [i for i in range(first, last) if sentence.tokens[i].low == "'s"]
    if owners and party_of(sentence.tokens[owners[-1] - 1]) is not None:
        first = owners[-1] + 1
    return " ".join(sentence.text[sentence.tokens[first].start : sentence.tokens[last].end].split())


def _of_end(tokens: list[Token], noun: int) -> int:
    """The last word of "fighters of the RSF", "soldiers of the army"; the noun itself when no such name follows."""
    after = tokens[noun + 1 : noun + _OF_REACH]
    if len(after) < 2 or after[0].low not in {"of", "from"}:
        return noun
    last = noun
    for offset, token in enumerate(after[1:], start=2):
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


def _toll_words(sentence: Sentence, predicate: int) -> str:
    """ "North Korean soldiers" in "the number of North Korean soldiers dispatched has reached 3,000"."""
    tokens = sentence.tokens
    for index in range(max(0, predicate - 2), min(len(tokens), predicate + 8)):
        token = tokens[index]
        if token.number is not None and index > predicate:
            break
        person = token.person
        if person is not None and person.plural and not token.role("count") and index > predicate:
            first = index
            while first > predicate + 2 and (
                tokens[first - 1].has("premodifiers") or tokens[first - 1].mention is not None
            ):
                first -= 1
            return _slice(sentence, first, index)
        if person is not None and index < predicate and not token.has("speakers"):
            return "civilians" if person.kind == "civilians" and not person.plural else token.text
    return ""


def _kind(count: Count, frame: Frame, party: str | None, context: Context, words: str) -> str:
    if count.head is Head.PEOPLE or (count.head is Head.MEASURE and count.kind != "people"):
        men = count.kind == "people" and (
            frame.measure is Measure.DEPLOYED or (frame.measure is Measure.CASUALTIES and party is not None)
        )
        return "troops" if men else count.kind
    if count.head is Head.BODY or frame.rule == "body-of":
        return "troops"
    if words == "civilians":
        return "civilians"
    if party is not None and context.lexicon.kind(party) == "group":
        return "fighters"
    if party is not None and (frame.measure in SOLDIERLY or context.forces.get(party, 0) > 0):
        return "troops"
    return "troops" if frame.measure is Measure.DEPLOYED else "people"


def _carried(sentence: Sentence, frame: Frame, kind: str, context: Context, parent: Subject | None) -> str | None:
    """The party of soldiers whose side the phrase leaves out: that of the soldiers told of before, soon after them."""
    taken = frame.measure is Measure.CAPTURED and frame.count.head is Head.MEASURE
    if taken and context.subject is not None and _is_recent(sentence, context):
        return context.subject.party
    if kind != "troops":
        return None
    if parent is not None and parent.kind == "troops" and frame.rule in {"including", "of-whom"}:
        return parent.party
    before = sentence.tokens[: frame.count.first]
    for index in range(len(before) - 1, -1, -1):
        mention = before[index].mention
        following = before[index + 1].low if index + 1 < len(before) else ""
        if (
            mention is not None
            and mention.party is not None
            and (mention.role in {"troops", "people"} or following in {"side", "ranks", "forces", "army"})
        ):
            return mention.party
    if context.subject is not None and context.subject.kind == "troops" and _is_recent(sentence, context):
        return context.subject.party
    if len(context.forces) == 1 and frame.measure is Measure.DEPLOYED:
        return next(iter(context.forces))
    return None


def _compose(lexicon: Lexicon, party: str | None, kind: str, words: str) -> str:
    """Words for readers: those of the text, with the nationality set before them where they lack it."""
    noun = words or _PLAIN_NOUNS.get(kind, kind)
    if party is None or lexicon.names(party, noun):
        return noun
    adjective = lexicon.adjective(party) or party
    if adjective[:2].lower() != party[:2].lower() and " " not in party:
        adjective = party  # "Myanmar soldiers", not "Burmese"
    return f"{adjective} {noun}"


def is_military(subject: Subject) -> bool:
    """True for troops, fighters, peacekeepers and mercenaries."""
    return military(subject.kind)
