"""The people told of before, whom a number without its own noun goes on counting."""

from monitor.domain.claims import Measure, Subject
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.measures.frames import PASSIVE_FORMS, Frame, military
from monitor.extract.parties.doers import does, governing_verb
from monitor.extract.parties.foes import harmer
from monitor.extract.parties.naming import SOLDIERLY, compose, kind_of, phrase_subject, toll_words
from monitor.extract.parties.own_people import body_counter, clause_of_source
from monitor.extract.parties.owners import speaker_of, toll_party
from monitor.extract.parties.people_told import OTHERS
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

RECENT = 3
"""For how many sentences "the soldiers" may stand for those told of before."""
_REAL = frozenset({"true", "real", "actual", "latest", "final", "overall", "new", "first"})
_REACH = 10
_HARM = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})
_TELLING = frozenset({"told", "tell", "tells", "telling", "asked", "informed", "assured", "warned"})
_FAR = 30


def people_before(sentence: Sentence, context: Context) -> Subject | None:
    """Those beside whom "others" stand: the people counted last, else those named in the sentence before."""
    if (
        context.people is not None
        and sentence.number - context.people_at <= 1
        and context.people_at > context.subject_at
    ):
        return context.people
    return context.subject if is_recent(sentence, context) else None


def one_before(sentence: Sentence, count: Count, context: Context) -> Subject | None:
    """ "A French soldier was killed and two others were hurt": beside one soldier the others are soldiers of his."""
    tokens = sentence.tokens
    for index in range(count.first - 1, max(0, count.first - _REACH), -1):
        person = tokens[index].person
        if tokens[index].low == ";" or (person is not None and person.plural):
            return None
        if person is None or not (military(person.kind) or person.kind == "police"):
            continue
        one = phrase_subject(sentence, index, context)
        opened = index - len(one.text.split())
        alone = opened >= 0 and tokens[opened].low in {"a", "an", "another"}
        return one if alone else None
    return None


def told_before(
    sentence: Sentence, frame: Frame, context: Context, parent: Subject | None, party: str | None
) -> Subject | None:
    """The people that a number without a noun goes on counting."""
    if frame.rule == "toll-link":
        soldiers = frame.measure in SOLDIERLY and party is None
        goes_on = soldiers or _goes_on(sentence, frame) or other_harm(sentence, frame, context)
        return context.subject if goes_on and is_recent(sentence, context) else None
    if frame.parent is None and _goes_on(sentence, frame) and is_recent(sentence, context):
        return context.subject
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
    if parent is not None and military(parent.kind) and body_counter(sentence, frame):
        return None
    part = frame.parent.count.noun if frame.parent is not None and frame.count.head is Head.NONE else None
    if part is not None and _counts_fewer(sentence.tokens, part, frame.count):
        return None  # "after twenty patients died; over 290 were hurt"
    if parent is not None and parent.party is not None and parent.party == harmer(sentence, frame, context):
        return None
    if _own_of_another(sentence, frame, context, parent):
        return None
    loser = frame.rule == "lost-object" and frame.parent is not None and frame.parent.rule == "active-object"
    if parent is not None and not loser:
        return parent  # but the loser of "killed 130 of the rebels and lost 17" is none of the rebels
    if frame.count.head is Head.MEASURE and frame.measure is not Measure.WOUNDED:
        return None
    joined = frame.count.head is Head.NONE and sentence.tokens[frame.count.first - 1].low == "and"
    return (
        noun_before(sentence, frame, context)
        or (one_before(sentence, frame.count, context) if joined and frame.count.first else None)
        or _recent_force(sentence, frame, context)
        or _still_told(sentence, frame, context)
    )


def _own_of_another(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> bool:
    """ "Russia says it lost 67 men; South Ossetia says 365 died": what one side lost is not what the other tells of."""
    if parent is None or parent.party is None or frame.parent is None or frame.count.head is not Head.NONE:
        return False
    before = speaker_of(sentence, frame.parent.count.number, context)
    here = speaker_of(sentence, frame.count.number, context)
    own = before is not None and before.party == parent.party
    other = here is not None and before is not None and here.party not in {None, before.party}
    return own and other and frame.rule not in {"same-count", "elliptic"}


def _still_told(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "Sixty-two are still missing.": a bare number that opens its sentence is one of the people counted before."""
    if frame.rule not in {"state", "passive-subject", "intransitive-subject"} or frame.count.head is not Head.NONE:
        return None
    opens = all(t.has("adverbs", "conjunctions") for t in sentence.tokens[: frame.count.first])
    part = sentence.tokens[0].low == "of"  # "Of these, 3,800 were dead"
    before = people_before(sentence, context) if opens or part or frame.measure is Measure.MISSING else None
    near = sentence.number - max(context.subject_at, context.people_at) <= 1
    if part and before is None and context.party is not None and sentence.number - context.party_at <= 1:
        return Subject(compose(context, context.party, "troops", ""), context.party, "troops")
    return before if near else None


def other_harm(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "37 soldiers have been killed. The wounded number 52.": the same people's other losses, told right behind."""
    before = context.frame
    if before is None or sentence.bullet or sentence.number - context.frame_at != 1 or before.measure is frame.measure:
        return False
    opens = sentence.tokens[0].low in {"the", "another"} or sentence.tokens[0].role("toll") is not None
    opens = opens or (sentence.tokens[0].has("pronouns") and frame.rule == "toll-link")  # "It put the wounded at 52."
    return opens and {before.measure, frame.measure} <= _HARM and frame.count.head is Head.NONE


def _goes_on(sentence: Sentence, frame: Frame) -> bool:
    """ "The true number lies between 171,000 and 247,000", "the figure given was 3,000 dead": that of those before."""
    tokens = sentence.tokens
    for index in range(max(0, frame.count.first - _REACH), frame.count.first):
        if tokens[index].low not in {"number", "figure", "total", "tally", "count"}:
            continue
        first = index - 1
        while first > 0 and (tokens[first].has("premodifiers", "adverbs") or tokens[first].low in _REAL):
            first -= 1
        after = tokens[index + 1]
        own = after.low == "of" or after.mention is not None or after.person is not None or after.role("toll", "count")
        return tokens[max(0, first)].low in {"the", "that", "this"} and not own
    return False


def _definite(sentence: Sentence, count: Count) -> bool:
    return count.first > 0 and sentence.tokens[count.first - 1].low in {"the", "those", "these"}


def _toll_subject(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "put losses among federal troops at 1,200 dead and 3,500 wounded": the noun of count says whose."""
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 16), -1):
        token = tokens[index]
        if token.low == ";" or (token.has("subordinators") and token.low != "since"):
            return None
        if token.role("toll") is None or any(s.form for s in token.senses):
            continue
        if not _linked(tokens, index, frame.count):
            return None
        party, words = toll_party(sentence, index, context), toll_words(sentence, index)
        if party is None and not words:
            return None
        kind = kind_of(frame.count, frame, party, context, words)
        return Subject(compose(context, party, kind, words), party, kind)
    return None


def _linked(tokens: list[Token], index: int, count: Count) -> bool:
    """True when a word links the noun of count with the number, be it part of the number: "passed 46,000"."""
    opening = load_words().single.get(tokens[count.number].low.split(" ", 1)[0])
    inside = opening is not None and "strong_links" in opening.tags
    return inside or any(t.has("strong_links") for t in tokens[index + 1 : count.first])


def _recent_force(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    number = sentence.tokens[frame.count.number].number
    added = number is not None and "additional" in number.flags
    continuing = frame.rule in {"same-count", "presence"} or frame.measure is Measure.DEPLOYED or added
    return context.subject if continuing and is_recent(sentence, context) else None


def is_recent(sentence: Sentence, context: Context) -> bool:
    return context.subject is not None and sentence.number - context.subject_at <= RECENT


def noun_before(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The nearest plural noun for people before the number in its sentence: "87 hands; 61 are being sought"."""
    tokens, count = sentence.tokens, frame.count
    opened = clause_of_source(sentence, count) if count.head is Head.MEASURE else 0
    reach = len(tokens) if count.head is Head.PRONOUN else _FAR
    for index in range(count.first - 1, max(opened - 1, count.first - reach), -1):
        token = tokens[index]
        speaks = any(speech.first <= index <= speech.last for speech in sentence.speeches or ())
        if speaks or any(t.role("say") for t in tokens[index + 1 : index + 3]) or _acts(sentence, index, frame):
            continue
        if count.head is Head.NONE and (_counts_fewer(tokens, index, count) or tokens[index - 1].low in _TELLING):
            continue  # "survivors told doctors, so hundreds are feared drowned": listeners are no victims
        if by_whom(tokens, index):
            continue
        if frame.rule == "lost-object" and not _heads_clause(tokens, index):
            continue  # "his men accounted for 130 of the rebels and lost 17"
        if token.person is not None and token.person.plural and token.low not in OTHERS:
            return phrase_subject(sentence, index, context)
        if token.mention is not None and (token.mention.role == "people" or _counted(tokens, index)):
            kind = "fighters" if context.lexicon.kind(token.mention.party or "") == "group" else "people"
            return Subject(token.text, token.mention.party, kind)
    return None


def by_whom(tokens: list[Token], index: int) -> bool:
    """ "Five nurses taken by rebels were freed; two are missing": the doer of a passive is none of those it is done
    to."""
    at = index - 1
    while at > 0 and (_modifies(tokens[at]) or tokens[at].has("determiners", "premodifiers")):
        at -= 1
    return at > 0 and tokens[at].low == "by" and any(s.form in PASSIVE_FORMS for s in tokens[at - 1].senses)


def _modifies(token: Token) -> bool:
    return token.person is not None or token.mention is not None


def _acts(sentence: Sentence, index: int, frame: Frame) -> bool:
    """ "his men had taken 1,600 of them", "the troops killed 45": who does it is another than who it is done to."""
    tokens, count = sentence.tokens, frame.count
    verb = governing_verb(sentence, frame)
    if verb is not None:
        parted = any(t.has("subordinators") for t in tokens[index + 1 : verb])
        return does(sentence, index, verb) and not (parted and count.head is Head.PRONOUN)
    between = tokens[index + 1 : count.first] if count.head is Head.PRONOUN else []
    return bool(between) and all(t.senses or t.has("have", "adverbs") for t in between)


def _counts_fewer(tokens: list[Token], index: int, count: Count) -> bool:
    """True where fewer of these people are counted, behind "after" or "when": more of them can't be told of."""
    number, own = None, tokens[count.number].number
    at = index - 1
    while at > max(0, index - 5) and number is None:
        number = tokens[at].number if tokens[at].counts else None
        at -= 1
    if number is None or own is None or tokens[at].low not in {"after", "when"}:
        return False
    return number.quantity.number < own.quantity.number


def _heads_clause(tokens: list[Token], index: int) -> bool:
    """True for the subject of a verb: "his men had accounted for"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and (after.has("have", "be", "adverbs") or any(s.form for s in after.senses))


def _counted(tokens: list[Token], index: int) -> bool:
    """ "Of the 900 Tamil Tigers": a name with a number before it is that of its people."""
    return any(t.counts for t in tokens[max(0, index - 2) : index])
