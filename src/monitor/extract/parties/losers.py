"""Who bears the losses that a clause tells of: the subject of "lost", "had … killed", "suffered", "admitted to".

A side may be named by its own noun alone ("the garrison", "the attackers", "both sides", "we"): then the figure is its
own, whatever people were told of before, and no party is guessed.
"""

from monitor.domain.claims import UNATTRIBUTED, Measure, Subject
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.attribution import elliptic_source
from monitor.extract.parties.doers import FIRST_PERSON, agent_span, of_side, own_subject, span_words
from monitor.extract.parties.owners import (
    OWNING,
    agent,
    antecedent,
    having,
    of_attack,
    party_of,
    speaker_of,
    unknown_speaker,
)
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head

_SUFFERING = frozenset({"had", "has", "have", "suffered", "sustained", "took", "taken", "incurred", "bore"})
_PAYING = frozenset({"paid with", "pays with", "paying with"})
_PRONOUNS = frozenset({"it", "they", "he", "she"})
_SIDES = frozenset({"side", "sides", "ranks"})
_MOVEMENTS = frozenset({"front", "movement", "party"})
_PRICES = frozenset({"cost", "price", "loss", "losses", "expense"})
_AT = frozenset({"at", "with", "for", "after", "despite", "against"})
_OWN = frozenset({"of", "own", "its", "their", "his", "only", "just"})
_HEAD = 6
"""Tokens in which the people stand that a clause is about."""
OPENING = 6
"""Tokens in which a phrase of price may open its clause."""
_TOLL_REACH = 16
_SIDE_REACH = 9
_PHRASE = 5
_NOT_HARMED = frozenset({Measure.DEPLOYED, Measure.CAPTURED})


def loser_of(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The side that the clause itself names as the loser, without a party of the lexicon; None where it names none."""
    if frame.measure is Measure.DEPLOYED:
        return None
    verb = _losing_verb(sentence, frame)
    if verb is None:
        return _elliptic_loser(sentence, frame)
    before = _before_verb(sentence.tokens, verb)
    if before >= 0 and (pronoun := sentence.tokens[before].low) in _PRONOUNS | FIRST_PERSON:
        return _stands_for(sentence, before, pronoun, context)
    return _named_side(sentence, agent_span(sentence, verb))


def of_unknown_speaker(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "The National Guard said its troops had lost 40", "said seven of its soldiers died": the people of a speaker of
    whom the text has no more than a name are known by that, never by the side told of before."""
    tokens, count = sentence.tokens, frame.count
    noun = count.noun if count.partitive else None
    at = next((i for i in range(count.first, noun) if tokens[i].low in OWNING), None) if noun is not None else None
    if at is None:
        verb = _losing_verb(sentence, frame)
        span = agent_span(sentence, verb) if verb is not None else None
        if span is None or span[0] == 0 or tokens[span[0] - 1].low not in OWNING:
            return None
        at, noun = span[0] - 1, span[1]
    speech = unknown_speaker(sentence, at, context)
    if speech is None or noun is None:
        return None
    person = tokens[noun].person
    kind = person.kind if person is not None else "troops"
    side = _side_that_speaks(sentence, speech.first, speech.last)
    words = span_words(sentence, (at + 1, noun))
    if side is None:
        return Subject(words, None, kind)
    people = any(t.person is not None and t.person.plural for t in tokens[speech.first : speech.last + 1])
    return side if people else Subject(f"{side.text} {words}", None, kind)


def holder_of(sentence: Sentence, frame: Frame) -> Subject | None:
    """ "The army has 40,000 men there and the Tigers have 6,000": a bare number is of who has it, known or not."""
    if frame.measure is not Measure.DEPLOYED or frame.count.head is not Head.NONE:
        return None
    if (numbered := force_of_number(sentence, frame)) is not None:
        return numbered
    verb = having(sentence, frame)
    span = agent_span(sentence, verb) if verb is not None else None
    if span is None or not own_subject(sentence.tokens, *span) or party_of(sentence.tokens[span[1]]) is not None:
        return None
    return Subject(span_words(sentence, span), None, "troops")


def own_of_clause(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "the allies, who lost 292 of their own", "at the cost of six of their own, the rebels overran the post": whose
    own they are is told by the subject of the clause, in front of its verb or behind an opening phrase."""
    tokens, count = sentence.tokens, frame.count
    if count.head is not Head.PRONOUN or tokens[count.last].low != "own" or frame.predicate is None:
        return None
    verb = frame.predicate
    before = _before_verb(tokens, verb)
    if before > 0 and tokens[before].low in {"who", "which"}:
        end = before - 1 if tokens[before - 1].low == "," else before
        return _side_subject(sentence, agent_span(sentence, end), context)
    if before > 1 and tokens[before].low in {"and", "but"}:  # "the rebels killed nine and lost two of their own"
        head = next((i for i in range(min(4, before)) if of_side(tokens[i])), None)
        first = 1 if tokens[0].has("determiners") else 0
        return _side_subject(sentence, (first, head), context) if head is not None and head >= first else None
    comma = next((i for i in range(count.last + 1, min(len(tokens), count.last + 4)) if tokens[i].low == ","), None)
    if comma is not None and not any(t.person is not None or party_of(t) is not None for t in tokens[:verb]):
        stop = next((i for i in range(comma + 1, len(tokens)) if _finite(tokens[i])), comma + 1)
        return _side_subject(sentence, agent_span(sentence, stop), context)
    return None


def price_paid(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "At the cost of 33 dead, the battalion cleared the village": who acts behind the opening phrase paid it."""
    tokens, count = sentence.tokens, frame.count
    if (paid := price_behind(sentence, count, context)) is not None:
        return paid
    at = count.first - 1
    while at > 0 and tokens[at].has("adverbs", "hedge", "object_free") and tokens[at].low != "of":
        at -= 1
    opening = [word for t in tokens[max(0, at - 3) : at + 1] for word in t.low.split()]
    if opening[-1:] != ["of"] or _PRICES.isdisjoint(opening) or _AT.isdisjoint(opening) or at > OPENING:
        return None
    comma = next((i for i in range(count.last + 1, min(len(tokens), count.last + 9)) if tokens[i].low == ","), None)
    begin = comma + 1 if comma is not None else count.last + 1
    stop = next((i for i in range(begin + 1, len(tokens)) if _finite(tokens[i]) or _past(tokens[i])), None)
    span = agent_span(sentence, stop) if stop is not None else None
    if span is None:
        return None
    first = max(span[0], begin + tokens[begin].has("determiners"))
    return _side_subject(sentence, (first, span[1]), context) if first <= span[1] else None


def _past(token: Token) -> bool:
    """A past form that no list has."""
    return token.low.endswith("ed") and token.person is None and token.mention is None and not token.capital


def _finite(token: Token) -> bool:
    verbal = any(s.form in {"past", "pastpart", "s"} for s in token.senses) or token.has("have", "be", "assailed")
    return verbal and token.person is None


def of_party(party: str, context: Context) -> Subject:
    """The people of a side that fights: "Ukrainian troops"."""
    kind = "fighters" if context.lexicon.kind(party) == "group" else "troops"
    return Subject(f"{context.adjective(party)} {kind}", party, kind)


def _side_subject(sentence: Sentence, span: tuple[int, int] | None, context: Context) -> Subject | None:
    if span is None:
        return None
    phrase = sentence.tokens[span[0] : span[1] + 1]
    party = next((p for t in phrase if (p := party_of(t)) is not None), None)
    return _named_side(sentence, span) if party is None else of_party(party, context)


def _losing_verb(sentence: Sentence, frame: Frame) -> int | None:
    """The verb of losing, having or admitting that the number is the object of."""
    if frame.rule == "lost-object":
        return frame.predicate
    if frame.count.head not in {Head.NONE, Head.MEASURE}:
        return None
    tokens, verb = sentence.tokens, frame.count.first - 1
    while verb > 0 and (tokens[verb].has("object_free", "adverbs") or tokens[verb].low == "to"):
        verb -= 1
    if verb < 1:
        return None
    if tokens[verb].has("admitting") or tokens[verb].low in _PAYING or tokens[verb].role("lose"):
        return verb
    return verb if tokens[verb].low in _SUFFERING and frame.measure not in _NOT_HARMED else None


def _before_verb(tokens: list[Token], verb: int) -> int:
    while verb > 0 and tokens[verb - 1].has("have", "adverbs", "negation"):
        verb -= 1
    return verb - 1


def _elliptic_loser(sentence: Sentence, frame: Frame) -> Subject | None:
    """ "The attackers took 900 casualties and the defenders 400": the second side stands where the first one does."""
    parent = frame.parent
    if frame.rule not in {"elliptic", "same-count", "coordinated"} or parent is None:
        return None
    number = parent.count.number
    if number >= frame.count.number or not sentence.tokens[number].counts:
        return None  # told in a sentence before: its places are not those of this one
    if _losing_verb(sentence, parent) is None:
        return None
    return _named_side(sentence, agent_span(sentence, frame.count.first))


def in_its_place(sentence: Sentence, frame: Frame) -> int | None:
    """The noun in "cost the Syrians 14 and the villagers of Bhamdoun seven": who stand where the first did."""
    if frame.rule != "elliptic" or elliptic_source(sentence, frame) is not None:
        return None
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(0, frame.count.first - 5), -1):
        if tokens[index].counts or tokens[index].low in {",", ";", "and", "while", "but"}:
            return None
        person = tokens[index].person
        if person is not None and person.plural:
            speaks = any(s.first <= index <= s.last for s in sentence.speeches or ())
            return None if speaks else index  # "a collective of relatives says 400"
    return None


def _named_side(sentence: Sentence, span: tuple[int, int] | None) -> Subject | None:
    if span is None:
        return None
    phrase = sentence.tokens[span[0] : span[1] + 1]
    if any(party_of(t) is not None for t in phrase) or not of_side(phrase[-1]):
        return None
    person = phrase[-1].person
    kind = person.kind if person is not None else "troops"
    if len(phrase) == 1 and (named := _body_named(sentence, span[0])) is not None:
        span = named
    return Subject(span_words(sentence, span), None, kind)


def _body_named(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """ "a report by the 810th Brigade said that the unit had lost 242": the body by its name, where one was named."""
    tokens = sentence.tokens
    if not tokens[index].has("bodies") or not index or tokens[index - 1].low not in {"the", "that", "this"}:
        return None
    for at in range(index - 2, 0, -1):
        before = tokens[at - 1]
        if tokens[at].has("bodies") and (before.capital or before.text[0].isdigit()) and not before.counts:
            return at - 1, at
    return None


def _stands_for(sentence: Sentence, index: int, pronoun: str, context: Context) -> Subject | None:
    """ "we lost 14": the speaker's side; "the government said it had lost two": the speaker, where the text has no
    party for it to stand for."""
    own = pronoun in FIRST_PERSON
    if not own and antecedent(sentence, index, context) is not None:
        return None
    speaker = speaker_of(sentence, index, context)
    if speaker is not None and speaker.party not in {None, UNATTRIBUTED}:
        return None  # found as a party by the rules of owners
    if own:
        return Subject("our men", None, "troops")
    if (span := _speaking_phrase(sentence, index)) is not None:
        return _named_side(sentence, span)
    if pronoun in {"it", "they"} and (behind := _speaking_behind(sentence, index)) is not None:
        return _side_that_speaks(sentence, *behind)
    acted = context.actors if sentence.number - context.actors_at <= 1 else None
    return acted if acted is not None and acted.party is None else None


def toll_owner(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "The Guard's commander put its casualties at 420", "our losses were 187": the side that owns the noun of loss,
    where the lexicon knows no party for it."""
    tokens = sentence.tokens
    linked = frame.rule in {"toll-link", "toll-verbless"}
    predicate = frame.predicate if linked else _noun_of_loss(tokens, frame.count.first)
    if predicate is not None and predicate > 1 and tokens[predicate - 1].low == ":":
        predicate = _noun_of_loss(tokens, predicate)  # "Our losses: killed, 12"
    if predicate is None or not tokens[predicate].senses:
        predicate = _alone(tokens, frame.count.first) or predicate
    if predicate is None:
        return None
    at = predicate - 1
    while at > 0 and (tokens[at].has("premodifiers", "adverbs") or tokens[at].low == "own"):
        at -= 1
    if at < 0 or tokens[at].low not in OWNING or (not linked and of_attack(tokens, predicate)):
        return None
    if (party := antecedent(sentence, at, context)) is not None:
        own = not linked and tokens[predicate].low in {"losses", "casualties", "dead"}
        return of_party(party, context) if own else None  # "gave its losses in the battle as 22 killed"
    if tokens[at].low in FIRST_PERSON:
        return Subject("our men", None, "troops")
    span = _speaking_phrase(sentence, at) or _speaking_phrase(sentence, predicate)
    named = _side_that_speaks(sentence, *span) if span is not None else None
    if named is not None:
        return named
    return context.actors if sentence.number - context.actors_at <= 1 and not _civil(context.actors) else None


def _alone(tokens: list[Token], first: int) -> int | None:
    """The "own" of "Our own: 38 killed", "our own were 12", which stands for its noun."""
    at = first - 2
    link = at > 0 and (tokens[first - 1].low == ":" or tokens[first - 1].has("be"))
    return at if link and tokens[at].low == "own" and tokens[at - 1].low in OWNING else None


def _noun_of_loss(tokens: list[Token], first: int) -> int | None:
    """The noun in "our casualties on the 24th amounted to 187 killed", in the clause before the number."""
    for index in range(first - 1, max(-1, first - _TOLL_REACH), -1):
        token = tokens[index]
        if token.counts and _same_list(tokens, index, first):
            continue
        if token.counts or token.low == ";" or (token.has("subordinators") and token.low != "as"):
            return None
        if token.role("toll", "count") is not None and not any(s.form for s in token.senses):
            return index
    return None


def _same_list(tokens: list[Token], number: int, first: int) -> bool:
    """ "22 killed, 54 wounded and 3 missing": nothing but fates and joints between two numbers, and no noun behind."""
    noun = tokens[first + 1].person if first + 1 < len(tokens) else None
    return noun is None and all(
        t.counts or t.low in {",", "and"} or any(s.measure for s in t.senses) for t in tokens[number:first]
    )


def price_behind(sentence: Sentence, count: Count, context: Context) -> Subject | None:
    """ "killed 300 at a cost of 40 dead and 12 missing", "against losses of their own of 31 killed": whoever does the
    harm that a clause tells of paid its price."""
    tokens, begin = sentence.tokens, count.first
    for index in range(count.first - 1, max(0, count.first - _TOLL_REACH), -1):
        if tokens[index].counts and _same_list(tokens, index, begin):
            begin = index
    price = begin - 1
    while price > 0 and (tokens[price].has("object_free", "adverbs", "hedge") or tokens[price].low in _OWN):
        price -= 1
    words = tokens[price].low.split()  # "at the cost of" may be one
    opened = price if words[0] in _AT else price - 1 - tokens[price - 1].has("determiners")
    if _PRICES.isdisjoint(words) or opened < 2 or tokens[opened].low.split()[0] not in _AT:
        return None
    for verb in range(opened - 1, 0, -1):
        if tokens[verb].low == ";":
            return None
        harm = any(s.role == "transitive" and s.measure not in {None, Measure.DEPLOYED} for s in tokens[verb].senses)
        if harm and verb not in sentence.passive and not tokens[verb].has("determiners"):
            before = _before_verb(tokens, verb)
            pronoun = tokens[before].low if before >= 0 else ""
            if pronoun in _PRONOUNS and (meant := _stands_for(sentence, before, pronoun, context)) is not None:
                return meant
            party = agent(sentence, verb, context)
            return of_party(party, context) if party else _side_subject(sentence, agent_span(sentence, verb), context)
    return None


def force_of_number(sentence: Sentence, frame: Frame) -> Subject | None:
    """ "The rebels who ring the town are thought to number 2,000", "The Russian mission, 1,960 strong, mans posts": the
    people at the head of the clause, or right before the comma."""
    tokens, at = sentence.tokens, frame.predicate
    if frame.rule == "body-strength" and frame.count.first > 1 and tokens[frame.count.first - 1].low == ",":
        head = frame.count.first - 2
    elif frame.rule == "toll-link" and at is not None and "numbering" in sentence.tags:
        head = _numbered(tokens, at, frame.count.first)
    else:
        return None
    if head < 0 or not of_side(tokens[head]):
        return None
    first = head
    while first > 0 and (tokens[first - 1].has("premodifiers") or tokens[first - 1].mention is not None):
        first -= 1
    party = next((p for t in tokens[first : head + 1] if (p := party_of(t)) is not None), None)
    return Subject(span_words(sentence, (first, head)), party, "troops")


def _numbered(tokens: list[Token], at: int, first: int) -> int:
    """The people at the head of a clause of number, told of in more words before its verb; -1 where there are none."""
    verb = back_over(tokens, first - 1, "hedge", "adverbs", "object_free")
    if not tokens[verb].has("numbering"):
        return -1
    several = (i for i, t in enumerate(tokens[:_HEAD]) if t.person is not None and t.person.plural)
    head = next(several, -1) if at == verb else at
    described = 0 <= head < verb and tokens[head + 1].has("relatives", "being_prepositions")
    return head if described else -1


def _civil(people: Subject | None) -> bool:
    return people is not None and people.kind in {"civilians", "people"}


def _side_that_speaks(sentence: Sentence, first: int, last: int) -> Subject | None:
    """The side in "the National Guard's commander", "a spokesman for the front", "the rebels"."""
    tokens = sentence.tokens
    owned = next((i for i in range(last, first, -1) if tokens[i].low in {"'s", "'"}), None)
    joined = next((i for i in range(first, last) if tokens[i].low in {"for", "of"}), None)
    if owned is not None:
        last = owned - 1
    elif joined is not None:
        first = joined + 1
    elif not of_side(tokens[last]):
        return None
    while first < last and tokens[first].has("determiners"):
        first += 1
    phrase = tokens[first : last + 1]
    sided = of_side(phrase[-1]) or any(t.has("bodies") for t in phrase) or phrase[-1].low in _MOVEMENTS
    if not sided or any(party_of(t) is not None for t in phrase):
        return None
    return Subject(span_words(sentence, (first, last)), None, "troops")


def _speaking_phrase(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """The phrase of the speaker right before "said it had lost two"."""
    near = [s for s in sentence.speeches or () if s.last < s.verb < index and not s.pronoun and s.covers(index)]
    if not near:
        return None
    first, last = near[-1].first, near[-1].last
    while first < last and sentence.tokens[first].has("determiners"):
        first += 1
    return first, last


def _speaking_behind(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """ "It has lost 400 men, the brigade's commander said": who speaks behind what is told."""
    near = [s for s in sentence.speeches or () if s.first > index and not s.pronoun and s.covers(index)]
    return (near[0].first, near[0].last) if near else None


def on_side(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "On our side four fell", "190 on their side were killed", "the dead on the government side": that side's own."""
    tokens, count = sentence.tokens, frame.count
    behind = range(count.last + 1, min(len(tokens), count.last + _SIDE_REACH))
    for index in (*_clause_before(tokens, count.first), *behind):
        if index > count.last and (tokens[index].counts or tokens[index].low in {",", ";"}):
            return None
        if tokens[index].low in _SIDES and (found := _of_side_phrase(sentence, index, context)) is not None:
            return found
    return None


def _clause_before(tokens: list[Token], first: int) -> list[int]:
    """The tokens before the number up to the clause's beginning, the nearest first."""
    found: list[int] = []
    for index in range(first - 1, max(-1, first - 2 * _SIDE_REACH), -1):
        if tokens[index].low == ";" or (tokens[index].low in {"and", "while", "but"} and found):
            break
        found.append(index)
    return found


def _of_side_phrase(sentence: Sentence, index: int, context: Context) -> Subject | None:
    tokens = sentence.tokens
    opened = next((i for i in range(index - 1, max(-1, index - _PHRASE - 1), -1) if tokens[i].low == "on"), None)
    after = tokens[index + 1].low if index + 1 < len(tokens) else "."
    phrase = tokens[opened + 1 : index] if opened is not None else []
    if opened is None or not phrase or after == "of":
        return None  # "on the Israeli side of the border" is a place
    party = next((p for t in phrase if (p := party_of(t)) is not None), None)
    if party is None and phrase[0].low in {"its", "their", "his"}:
        speaker = speaker_of(sentence, index, context)
        party = speaker.party if speaker is not None else antecedent(sentence, opened + 1, context)
    if party is None and phrase[0].low in FIRST_PERSON:
        speaker = speaker_of(sentence, index, context)
        party = speaker.party if speaker is not None else None
    if party is not None and party != UNATTRIBUTED:
        kind = "fighters" if context.lexicon.kind(party) == "group" else "troops"
        return Subject(f"{context.adjective(party)} side", party, kind)
    words = [t.text for t in phrase if t.low not in {"the", "'", "'s"}]
    person = next((t.person for t in phrase if t.person is not None), None)
    return Subject(" ".join([*words, tokens[index].low]), None, person.kind if person is not None else "troops")
