"""Whose people are counted: the subject's words, party and kind, through pronouns and what came before."""

from monitor.domain.claims import UNATTRIBUTED, Measure, Subject
from monitor.extract.annotate import Sentence, Token
from monitor.extract.context import Context
from monitor.extract.frames import Frame, military
from monitor.extract.naming import SOLDIERLY, compose, kind_of, phrase_subject, toll_words, words_of
from monitor.extract.own_people import (
    among_behind,
    apposition,
    armed_dead,
    body_before,
    body_counter,
    caught_before,
    clause_of_source,
    described,
    harmer,
    label_before,
    left_behind,
    loser_phrase,
    loser_words,
    named_behind,
    noun_of_toll,
    opponents,
    opposed,
    own_side,
    paid_by,
    predicated,
    shared_noun,
    shared_object,
)
from monitor.extract.owners import (
    from_predicate,
    own_party,
    owner,
    party_of,
    side,
    speaker_of,
    toll_party,
)
from monitor.extract.people_told import OTHERS
from monitor.extract.phrases import Count, Head
from monitor.extract.rows import heading_index, is_row, people_of_heading, row_party, row_words
from monitor.extract.tables import MANPOWER
from monitor.extract.victims import nameless_toll, target_in, target_of
from monitor.extract.words import load_words

RECENT = 3
"""For how many sentences "the soldiers" may stand for those told of before."""
_REAL = frozenset({"true", "real", "actual", "latest", "final", "overall", "new", "first"})
_CIVIL = frozenset({"police", "mayor", "governor", "hospital", "hospitals", "doctors"})
_REACH = 10
_FAR = 30
_CAPTIVES = frozenset({"prisoners", "captives", "people", "men", "bodies", "victims"})
_PLAIN = frozenset({"people", "persons", "men", "others", "more", "victims"})


def subject_of(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject:
    """The subject of a frame. `parent` is that of the figure which this one is joined to or takes its noun from."""
    count = frame.count
    if (apart := _named_apart(sentence, frame, context, parent)) is not None:
        return apart
    party = own_party(sentence, count) or owner(sentence, count, context) or _foretold(sentence, count, context)
    if count.head is Head.PRONOUN:
        return _pronoun(sentence, frame, party, context, parent)
    words = words_of(sentence, frame)
    if words.startswith("-"):
        words = ""  # "tops 2,000 - officials": the dash parts the source from its count
    if party is None and _is_plain(sentence, count) and (listed := _in_table(sentence, frame, context)) is not None:
        return listed
    if words.lower() in OTHERS and (beside := parent or _people_before(sentence, context)) is not None:
        return beside
    if (left := left_behind(sentence, frame, context)) is not None:
        return left
    told_of = _told_of(sentence, frame, context, party) if party is None or count.partitive else None
    if told_of is not None:
        return told_of
    party = party or from_predicate(sentence, frame, context) or _admitting(sentence, frame)
    if not words or (count.head is Head.MEASURE and count.kind == "people"):
        told = _told_before(sentence, frame, context, parent, party)
        if told is not None and party in {None, told.party}:
            return told
    party = party or side(sentence.tokens, count)
    if party is None and not words and (struck := _struck(sentence, frame, context, parent)) is not None:
        return struck
    kind = kind_of(count, frame, party, context, words)
    party = party or _carried(sentence, frame, kind, context, parent)
    own = own_party(sentence, count)
    named = words if words and own is not None and own == party and context.lexicon.mentions(words) else ""
    return Subject(named or compose(context, party, kind, words), party, kind)


def _named_apart(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject | None:
    """The count that another figure gives anew, the speaker's opponents, or people whom an apposition names."""
    if frame.rule == "same-count" and (side_words := loser_phrase(sentence, frame)):
        return Subject(side_words, None, "troops")
    if frame.rule == "contingent" and frame.predicate is not None:
        party = party_of(sentence.tokens[frame.predicate])
        return Subject(compose(context, party, "troops", ""), party, "troops") if party is not None else None
    if frame.rule == "elliptic" and (other := _other_side(sentence, frame, context, parent)) is not None:
        return other
    if frame.rule == "same-count" and (parent or context.subject) is not None:
        return parent or context.subject
    if (foes := opponents(sentence, frame.count, context)) is not None:
        return foes
    return _described(sentence, frame, context)


def _other_side(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject | None:
    """ "Rwanda has 4,000 soldiers there and the M23 8,000", "put its own dead at 2,908; Armenia at 3,825": as the first
    count is of its clause's subject, the second is of the one that stands in its place."""
    if parent is None or parent.party is None or frame.parent is None:
        return None
    tokens, first = sentence.tokens, frame.parent.count.first
    heads = [p for t in tokens[:first] if (p := party_of(t)) is not None]
    stands = next(
        (p for t in reversed(tokens[max(0, frame.count.first - 4) : frame.count.first]) if (p := party_of(t))), None
    )
    told_by = {
        p
        for s in sentence.speeches or ()
        if s.covers(first)
        for t in tokens[s.first : s.last + 1]
        if (p := party_of(t))
    }
    owned = any(t.low == "own" or t.has("admitting") for t in tokens[:first]) or parent.party not in told_by
    if not heads or heads[-1] != parent.party or stands in {None, parent.party} or not owned:
        return None
    words = words_of(sentence, frame) if frame.count.head is Head.PEOPLE else ""
    kind = kind_of(frame.count, frame, stands, context, words)
    return Subject(compose(context, stands, kind, words), stands, kind)


def _described(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The people as the words beside a plain number call them: behind it, before it in a list, or said of them all."""
    count = frame.count
    noun = None
    if _is_plain(sentence, count):
        noun = apposition(sentence, frame) or label_before(sentence, count) or paid_by(sentence.tokens, count)
        noun = noun or named_behind(sentence.tokens, count) or among_behind(sentence.tokens, count)
    elif count.head is Head.PRONOUN:
        noun = described(sentence, count)
    if noun is None and count.head is Head.NONE:
        noun = body_before(sentence.tokens, count)
    if noun is None and frame.rule == "active-object" and count.head is Head.NONE:
        noun = shared_object(sentence, count)
    noun = shared_noun(sentence, count) if noun is None else noun
    if noun is None and (count.head is not Head.PEOPLE or sentence.tokens[count.last].low in _CAPTIVES):
        noun = predicated(sentence, count)
    return phrase_subject(sentence, noun, context) if noun is not None else None


def _struck(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject | None:
    """Whose a toll without any name is: the attack's target, or a loser that no lexicon knows."""
    if parent is None and nameless_toll(frame) and (attacked := _attacked(sentence, frame, context)) is not None:
        return attacked
    lost = loser_words(sentence, frame) if frame.count.head in {Head.NONE, Head.MEASURE} else ""
    if lost:
        return Subject(lost, None, "troops")
    foe = opposed(sentence, frame, context)
    kind = kind_of(frame.count, frame, foe, context, "")
    return Subject(compose(context, foe, kind, ""), foe, kind) if foe is not None else None


def _is_plain(sentence: Sentence, count: Count) -> bool:
    """True for phrases that don't say whose: no noun, "people", "men", "others"."""
    if count.head in {Head.NONE, Head.MEASURE} and not count.modifiers:
        return True
    noun = sentence.tokens[count.noun] if count.noun is not None else None
    return noun is not None and not count.modifiers and noun.low in _PLAIN


def _in_table(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """Whose a row of a table or list counts: by its label, else by the heading above or at the paragraph's head."""
    if (topic := _topic(sentence, context)) is not None:
        return Subject(compose(context, *topic, ""), *topic)
    party, heading = row_party(sentence), context.heading
    if party is not None:
        noun = heading.text.rsplit(" ", 1)[-1] if heading is not None and heading.kind == "peacekeepers" else ""
        kind = heading.kind if noun and heading is not None else kind_of(frame.count, frame, party, context, "")
        return Subject(compose(context, party, kind, noun), party, kind)
    label = row_words(sentence, context)
    if label and (heading is None or heading.party is None or label.lower() not in MANPOWER):
        return Subject(label, None, "troops" if heading is None else heading.kind)
    return heading if is_row(sentence) else None


def _topic(sentence: Sentence, context: Context) -> tuple[str, str] | None:
    """The people named by themselves at the head of the paragraph."""
    return context.topic if "\n" not in sentence.text[context.topic_end : sentence.start] else None


def heading_of(sentence: Sentence, context: Context) -> Subject | None:
    """ "Casualties among Union forces at Shiloh": whose the rows below count; kept until a line that is no row."""
    if is_row(sentence):
        return context.heading
    index = heading_index(sentence)
    if index is None:
        return people_of_heading(sentence)
    party, words = toll_party(sentence, index, context), toll_words(sentence, index)
    party = party or _side_of_heading(sentence)
    if party is None and not words:
        return None
    kind = "people" if any("health" in t.low for t in sentence.tokens) else "troops"
    return Subject(compose(context, party, kind, words), party, kind)


def _side_of_heading(sentence: Sentence) -> str | None:
    """ "The Russian army's losses, according to Ukraine's General Staff:": the only side but the source."""
    spoken = {i for s in sentence.speeches or () for i in range(s.first, s.last + 1)}
    sides = {p for i, t in enumerate(sentence.tokens) if i not in spoken and (p := party_of(t)) is not None}
    return sides.pop() if len(sides) == 1 and sentence.tokens[-1].low == ":" else None


def attacked_of(sentence: Sentence, context: Context) -> Subject | None:
    """The people whom a sentence tells to have been attacked, for the toll that the next one gives."""
    noun = target_of(sentence)
    return phrase_subject(sentence, noun, context) if noun is not None else None


def _attacked(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The people attacked, named in the toll's own clause or in the sentence before."""
    noun = target_in(sentence, frame)
    if noun is not None:
        return phrase_subject(sentence, noun, context)
    return context.victims if sentence.number - context.victims_at == 1 else None


def _people_before(sentence: Sentence, context: Context) -> Subject | None:
    """Those beside whom "others" stand: the people counted last, else those named in the sentence before."""
    if (
        context.people is not None
        and sentence.number - context.people_at <= 1
        and context.people_at > context.subject_at
    ):
        return context.people
    return context.subject if _is_recent(sentence, context) else None


def _foretold(sentence: Sentence, count: Count, context: Context) -> str | None:
    """ "Twenty of its soldiers were killed, India's army said": the owner is named behind, where none was before."""
    stretch = sentence.tokens[count.first : count.last + 1]
    if not count.partitive or not any(t.low in {"its", "his", "their"} for t in stretch):
        return None
    claimant = speaker_of(sentence, count.number, context)
    return claimant.party if claimant is not None and claimant.party != UNATTRIBUTED else None


def _told_of(sentence: Sentence, frame: Frame, context: Context, party: str | None) -> Subject | None:
    """The speaker's own people, the noun that a toll is of, the army whose dead they are, a loser without a name."""
    if frame.count.head in {Head.NONE, Head.MEASURE, Head.PRONOUN}:
        own = own_side(sentence, frame, context)
        if own is not None:
            return own
        noun = noun_of_toll(sentence, frame)
        if noun is not None:
            return phrase_subject(sentence, noun[1], context)
        armed = armed_dead(sentence, frame) if from_predicate(sentence, frame, context) is None else None
        if armed is not None:
            return armed
    if party is None and from_predicate(sentence, frame, context) is None:
        loser = loser_phrase(sentence, frame)
        if not loser and frame.rule == "lost-object":
            loser = loser_words(sentence, frame)
        if loser:
            return Subject(_of_loser(sentence, frame.count, loser), None, "troops")
    return None


def _of_loser(sentence: Sentence, count: Count, loser: str) -> str:
    """ "soldiers of the 72nd Brigade"; "men" and a bare number say no more than the loser's name."""
    noun = sentence.tokens[count.noun].low if count.noun is not None and count.head is Head.PEOPLE else ""
    if not noun or noun in _PLAIN or count.modifiers or loser.lower().endswith(noun):
        return loser
    return f"{noun} of {'' if loser.startswith(('the ', 'both ')) else 'the '}{loser}"


def _admitting(sentence: Sentence, frame: Frame) -> str | None:
    """ "Colombo announced the loss of 43", "the Viet Minh admitted 7,900 killed": a side tells of its own losses."""
    if frame.count.head not in {Head.NONE, Head.MEASURE}:
        return None
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 6), -1):
        lost = tokens[index].role("say") is not None and any(t.low == "loss" for t in tokens[index + 1 : index + 4])
        if tokens[index].has("admitting") or lost:
            if any(t.has("body_counters") or t.low in _CIVIL for t in tokens[max(0, index - 3) : index]):
                return None  # "the police acknowledged six dead": whoever they were
            named = [p for token in tokens[max(0, index - 5) : index] if (p := party_of(token)) is not None]
            return named[-1] if named else None
    return None


def _pronoun(sentence: Sentence, frame: Frame, party: str | None, context: Context, parent: Subject | None) -> Subject:
    """ "141 of them": the figure before, else the people named before in the sentence, else those told of last."""
    count = frame.count
    if sentence.tokens[count.last].low == "own" and party is not None:
        return Subject(f"{context.adjective(party)} troops", party, "troops")
    caught = caught_before(sentence, frame)
    if caught is not None:
        return phrase_subject(sentence, caught, context)
    told = _noun_before(sentence, frame, context)
    acted = (
        context.actors if sentence.number - context.actors_at == 1 and context.actors_at > context.subject_at else None
    )
    return parent or told or acted or context.subject or Subject("people", None, "people")


def _told_before(
    sentence: Sentence, frame: Frame, context: Context, parent: Subject | None, party: str | None
) -> Subject | None:
    """The people that a number without a noun goes on counting."""
    if frame.rule == "toll-link":
        soldiers = frame.measure in SOLDIERLY and party is None
        goes_on = soldiers or _goes_on(sentence, frame)
        return context.subject if goes_on and _is_recent(sentence, context) else None
    if frame.parent is None and _goes_on(sentence, frame) and _is_recent(sentence, context):
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
    if parent is not None and parent.party is not None and parent.party == harmer(sentence, frame, context):
        return None
    loser = frame.rule == "lost-object" and frame.parent is not None and frame.parent.rule == "active-object"
    if parent is not None and not loser:
        return parent  # but the loser of "killed 130 of the rebels and lost 17" is none of the rebels
    if frame.count.head is Head.MEASURE and frame.measure is not Measure.WOUNDED:
        return None
    return (
        _noun_before(sentence, frame, context)
        or _recent_force(sentence, frame, context)
        or _still_told(sentence, frame, context)
    )


def _still_told(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "Sixty-two are still missing.": a bare number that opens its sentence is one of the people counted before."""
    if frame.rule not in {"state", "passive-subject", "intransitive-subject"} or frame.count.head is not Head.NONE:
        return None
    opens = all(t.has("adverbs", "conjunctions") for t in sentence.tokens[: frame.count.first])
    part = sentence.tokens[0].low == "of"  # "Of these, 3,800 were dead"
    before = _people_before(sentence, context) if opens or part or frame.measure is Measure.MISSING else None
    near = sentence.number - max(context.subject_at, context.people_at) <= 1
    if part and before is None and context.party is not None and sentence.number - context.party_at <= 1:
        return Subject(compose(context, context.party, "troops", ""), context.party, "troops")
    return before if near else None


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
    return context.subject if continuing and _is_recent(sentence, context) else None


def _is_recent(sentence: Sentence, context: Context) -> bool:
    return context.subject is not None and sentence.number - context.subject_at <= RECENT


def _noun_before(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The nearest plural noun for people before the number in its sentence: "87 hands; 61 are being sought"."""
    tokens, count = sentence.tokens, frame.count
    opened = clause_of_source(sentence, count) if count.head is Head.MEASURE else 0
    reach = len(tokens) if count.head is Head.PRONOUN else _FAR
    for index in range(count.first - 1, max(opened - 1, count.first - reach), -1):
        token = tokens[index]
        speaks = any(speech.first <= index <= speech.last for speech in sentence.speeches or ())
        if speaks or any(t.role("say") for t in tokens[index + 1 : index + 3]) or _acts(tokens, index, frame):
            continue
        if frame.rule == "lost-object" and not _heads_clause(tokens, index):
            continue  # "his men accounted for 130 of the rebels and lost 17"
        if token.person is not None and token.person.plural and token.low not in OTHERS:
            return phrase_subject(sentence, index, context)
        if token.mention is not None and (token.mention.role == "people" or _counted(tokens, index)):
            kind = "fighters" if context.lexicon.kind(token.mention.party or "") == "group" else "people"
            return Subject(token.text, token.mention.party, kind)
    return None


def _acts(tokens: list[Token], index: int, frame: Frame) -> bool:
    """ "his men had taken 1,600 of them", "the troops killed 45": who does it is another than who it is done to."""
    verb = frame.count.first if frame.count.head is Head.PRONOUN else frame.predicate
    if verb is None or not index + 1 < verb + (frame.rule == "active-object") or verb > frame.count.first:
        return False
    if frame.count.head is not Head.PRONOUN and frame.rule != "active-object":
        return False
    return all(t.senses or t.has("have", "adverbs") for t in tokens[index + 1 : verb])


def _heads_clause(tokens: list[Token], index: int) -> bool:
    """True for the subject of a verb: "his men had accounted for"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and (after.has("have", "be", "adverbs") or any(s.form for s in after.senses))


def _counted(tokens: list[Token], index: int) -> bool:
    """ "Of the 900 Tamil Tigers": a name with a number before it is that of its people."""
    return any(t.counts for t in tokens[max(0, index - 2) : index])


def _carried(sentence: Sentence, frame: Frame, kind: str, context: Context, parent: Subject | None) -> str | None:
    """The party of soldiers whose side the phrase leaves out: that of the soldiers told of before, soon after them."""
    taken = frame.measure is Measure.CAPTURED and frame.count.head is Head.MEASURE
    if taken and context.subject is not None and _is_recent(sentence, context):
        return context.subject.party
    if kind != "troops":
        return None
    if (topic := _topic(sentence, context)) is not None:
        return topic[0]
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
    if context.soldiers is not None and sentence.number - context.soldiers_at <= 1:
        return context.soldiers  # "11 soldiers and 40 civilians killed and … 78 troops hurt"
    if len(context.forces) == 1 and frame.measure is Measure.DEPLOYED:
        return next(iter(context.forces))
    return None
