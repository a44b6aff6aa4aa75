"""Whose people are counted: the subject's words, party and kind, through pronouns and what came before."""

from itertools import pairwise

from monitor.domain.claims import UNATTRIBUTED, Measure, Subject
from monitor.extract.measures.frames import RAISING, Frame
from monitor.extract.measures.tables import MANPOWER
from monitor.extract.parties.foes import group_before, harmer, opponents, opposed, taker
from monitor.extract.parties.losers import (
    holder_of,
    in_its_place,
    loser_of,
    of_unknown_speaker,
    on_side,
    own_of_clause,
    price_paid,
    toll_owner,
)
from monitor.extract.parties.naming import (
    compose,
    kind_of,
    phrase_subject,
    shared_noun,
    toll_words,
    words_of,
)
from monitor.extract.parties.own_people import (
    among_behind,
    apposition,
    armed_dead,
    body_before,
    caught_before,
    described,
    fronted,
    label_before,
    left_behind,
    loser_phrase,
    loser_words,
    named_behind,
    own_side,
    paid_by,
    predicated,
    shared_object,
)
from monitor.extract.parties.owners import (
    from_predicate,
    own_party,
    owner,
    party_of,
    side,
    speaker_of,
    toll_party,
)
from monitor.extract.parties.people_told import OTHERS
from monitor.extract.parties.rows import heading_index, is_row, labelled, people_of_heading, row_party, row_words
from monitor.extract.parties.told_before import by_whom, is_recent, noun_before, one_before, people_before, told_before
from monitor.extract.parties.toll_nouns import noun_of_toll
from monitor.extract.parties.victims import nameless_toll, target_in, target_of
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

_CIVIL = frozenset({"police", "mayor", "governor", "hospital", "hospitals", "doctors"})
_DOWN_TO = frozenset({"down", "up", "to"})
_STATES = frozenset({"capital", "seat", "name"})
_CAPTIVES = frozenset({"prisoners", "captives", "people", "men", "bodies", "victims"})
_PLAIN = frozenset({"people", "persons", "men", "others", "more", "victims"})


def subject_of(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject:
    """The subject of a frame. `parent` is that of the figure which this one is joined to or takes its noun from."""
    found = _not_of_the_doer(sentence, frame, context, _subject_of(sentence, frame, context, parent))
    count = frame.count
    rebels = found.party is not None and context.lexicon.kind(found.party) in {"group", None}
    if not rebels or not any(t.low == "government" for t in sentence.tokens[count.first : count.last + 1]):
        return found
    # "40 government soldiers", a rebel movement says: those of the state that it fights
    state = context.country_named
    return Subject(compose(context, state, "troops", words_of(sentence, frame)), state, "troops")


def _not_of_the_doer(sentence: Sentence, frame: Frame, context: Context, found: Subject) -> Subject:
    """ "The SDF took 40 prisoners", "M23 had lost 40 men, its fighters captured 17 soldiers": nobody is of the side
    that harms or takes them, unless the phrase says so."""
    doer = taker(sentence, frame, context) or harmer(sentence, frame, context)
    if doer is None or found.party != doer or _said_to_be(sentence, frame, doer, context):
        return found
    words = words_of(sentence, frame)
    kind = kind_of(frame.count, frame, None, context, words)
    return Subject(compose(context, None, kind, words), None, kind)


def _said_to_be(sentence: Sentence, frame: Frame, party: str, context: Context) -> bool:
    """True where the phrase itself, or what tells who all of them are, names the party."""
    if party in {own_party(sentence, frame.count), owner(sentence, frame.count, context)}:
        return True
    told = _described(sentence, frame, context)
    return told is not None and told.party == party


def _subject_of(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject:
    count = frame.count
    if (row := labelled(sentence, count, context)) is not None:
        return row
    if (apart := _named_apart(sentence, frame, context, parent)) is not None:
        return apart
    party = own_party(sentence, count) or owner(sentence, count, context) or _foretold(sentence, count, context)
    if party is None and frame.rule == "lost-object":
        party = from_predicate(sentence, frame, context)
    if party is None and (unknown := of_unknown_speaker(sentence, frame, context)) is not None:
        return unknown
    if count.head is Head.PRONOUN:
        clause_own = own_of_clause(sentence, frame, context)
        return clause_own or _pronoun(sentence, frame, party, context, parent)
    words = words_of(sentence, frame)
    if words.startswith("-"):
        words = ""  # "tops 2,000 - officials": the dash parts the source from its count
    if (told := _by_phrase(sentence, frame, context, parent, party, words)) is not None:
        return told
    party = party or from_predicate(sentence, frame, context) or _admitting(sentence, frame, context)
    if (told := _by_clause(sentence, frame, context, parent, party, words)) is not None:
        return told
    party = party or side(sentence.tokens, count)
    if party is None and not words and (struck := _struck(sentence, frame, context, parent)) is not None:
        return struck
    kind = kind_of(count, frame, party, context, words)
    party = party or _carried(sentence, frame, kind, context, parent)
    own = own_party(sentence, count)
    named = words if words and own is not None and own == party and context.lexicon.mentions(words) else ""
    return Subject(named or compose(context, party, kind, words), party, kind)


def _by_phrase(
    sentence: Sentence, frame: Frame, context: Context, parent: Subject | None, party: str | None, words: str
) -> Subject | None:
    """The subject where the row, the "others" beside another count or the words around the phrase give it whole."""
    count = frame.count
    if party is None and _is_plain(sentence, count) and (listed := _in_table(sentence, frame, context)) is not None:
        return listed
    if (
        words.lower() in OTHERS
        and (beside := parent or one_before(sentence, count, context) or people_before(sentence, context)) is not None
    ):
        return beside
    if (left := left_behind(sentence, frame, context)) is not None:
        return left
    if (shared := shared_noun(sentence, count)) is not None:
        noun = sentence.tokens[shared]
        kind = noun.person.kind if noun.person is not None else "people"
        return Subject(compose(context, party, kind, f"{words} {noun.text}"), party, kind)
    return _told_of(sentence, frame, context, party) if party is None or count.partitive else None


def _by_clause(
    sentence: Sentence, frame: Frame, context: Context, parent: Subject | None, party: str | None, words: str
) -> Subject | None:
    """The subject as the clause gives it to a number that says nothing of its people: the attack's target, the loser,
    the side that it is on, the owner of the losses; else those told of before."""
    count = frame.count
    if party is None and not words and parent is None and nameless_toll(frame):
        attacked = target_in(sentence, frame)
        if attacked is not None:
            return phrase_subject(sentence, attacked, context)
    if party is None and _is_plain(sentence, count):
        named = (
            toll_owner(sentence, frame, context)
            or loser_of(sentence, frame, context)
            or on_side(sentence, frame, context)
            or price_paid(sentence, frame, context)
            or holder_of(sentence, frame)
        )
        if named is not None:
            return named
    if not words or (count.head is Head.MEASURE and count.kind == "people"):
        told = told_before(sentence, frame, context, parent, party)
        if told is not None and party in {None, told.party}:
            return told
    return None


def _named_apart(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject | None:
    """The count that another figure gives anew, the speaker's opponents, or people whom an apposition names."""
    if frame.rule == "same-count" and (side_words := loser_phrase(sentence, frame)):
        return Subject(side_words, None, "troops")
    if frame.rule == "contingent" and frame.predicate is not None:
        party = party_of(sentence.tokens[frame.predicate])
        return Subject(compose(context, party, "troops", ""), party, "troops") if party is not None else None
    if frame.rule == "elliptic" and (other := _other_side(sentence, frame, context, parent)) is not None:
        return other
    if (people := in_its_place(sentence, frame)) is not None:
        return phrase_subject(sentence, people, context)
    if (clause := _of_relative(sentence, frame, context)) is not None:
        return clause
    if frame.rule in {"same-count", "elliptic"} and _is_plain(sentence, frame.count):
        party = own_party(sentence, frame.count) or from_predicate(sentence, frame, context)
        if party is None and (losing := loser_of(sentence, frame, context)) is not None:
            return losing
    named = frame.count.head is Head.PEOPLE  # "its count stands at 84 soldiers": the people it names itself
    if frame.rule == "same-count" and not named and (parent or context.subject) is not None:
        return parent or context.subject
    if (foes := opponents(sentence, frame, context)) is not None:
        return foes
    return _described(sentence, frame, context)


def _of_relative(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "two Ukrainian brigades that are down to 3,200": a bare number in a relative clause is of what that is about."""
    tokens = sentence.tokens
    if frame.count.head is not Head.NONE or frame.rule not in {"same-count", "toll-link"}:
        return None
    for index in range(frame.count.first - 1, max(0, frame.count.first - 6), -1):
        if tokens[index].low in {"that", "which"} and index + 1 < len(tokens) and tokens[index + 1].has("be", "have"):
            body = tokens[index - 1]
            people = body.has("bodies") or (body.person is not None and body.person.plural)
            return phrase_subject(sentence, index - 1, context) if people else None
        if not (tokens[index].has("be", "have", "adverbs", "prepositions") or tokens[index].low in _DOWN_TO):
            return None
    return None


def _other_side(sentence: Sentence, frame: Frame, context: Context, parent: Subject | None) -> Subject | None:
    """ "Rwanda has 4,000 soldiers there and the M23 8,000", "put its own dead at 2,908; Armenia at 3,825": as the first
    count is of its clause's subject, the second is of the one that stands in its place."""
    if parent is None or parent.party is None or frame.parent is None:
        return None
    tokens, first = sentence.tokens, frame.parent.count.first
    between = tokens[frame.parent.count.last + 1 : frame.count.first]
    if between and (between[-1].low == "of" or any(t.role("say") is not None for t in between)):
        return None  # "Kinshasa acknowledges 13 dead; the M23 speaks of 20, MONUSCO of over 100": all of the same
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
    if noun is None and count.head is Head.MEASURE and count.partitive:
        noun = described(sentence, count)  # "22 of the dead were civilians"
    if noun is None and count.head is Head.NONE:
        noun = body_before(sentence.tokens, count)
    if noun is None and (count.head is Head.MEASURE or (frame.rule == "active-object" and count.head is Head.NONE)):
        noun = shared_object(sentence, count)
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
    if party is not None and frame.measure is not Measure.DEPLOYED and context.lexicon.kind(party) == "organisation":
        party = None  # "UN: over 1,000 killed in Haiti": who counts them
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


def _foretold(sentence: Sentence, count: Count, context: Context) -> str | None:
    """ "Twenty of its soldiers were killed, India's army said": the owner is named behind, where none was before."""
    stretch = sentence.tokens[count.first : count.last + 1]
    if not count.partitive or not any(t.low in {"its", "his", "their"} for t in stretch):
        return None
    claimant = speaker_of(sentence, count.number, context)
    if claimant is None and context.claimants and sentence.number - context.claimants_at == 1:
        claimant = context.claimants[0]  # "…, the Israeli army said. Two of its soldiers died"
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
        if frame.count.head is Head.MEASURE and (told := fronted(sentence)) is not None:
            return phrase_subject(sentence, told, context)
        if party is None and (raised := _raised(sentence, frame, context)) is not None:
            return raised
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


def _raised(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "56 of its soldiers were killed, raising the number of military dead to 376": the total is of those people whom
    the number counts that raises it."""
    before, first = context.frame, frame.count.first
    deployed = frame.measure is Measure.DEPLOYED
    if frame.rule != "toll-link" or deployed or before is None or context.frame_at != sentence.number:
        return None
    between = [t.low for t in sentence.tokens[before.count.last + 1 : first]]
    raising = next((i for i, (one, two) in enumerate(pairwise(between)) if one == "," and two in RAISING), None)
    if raising is None or before.measure is not frame.measure or from_predicate(sentence, frame, context) is not None:
        return None
    return context.subject


def _of_loser(sentence: Sentence, count: Count, loser: str) -> str:
    """ "soldiers of the 72nd Brigade"; "men" and a bare number say no more than the loser's name."""
    noun = sentence.tokens[count.noun].low if count.noun is not None and count.head is Head.PEOPLE else ""
    if not noun or noun in _PLAIN or count.modifiers or loser.lower().endswith(noun):
        return loser
    loser = f"the {loser[4:]}" if loser.startswith("The ") else loser
    return f"{noun} of {'' if loser.startswith(('the ', 'both ')) else 'the '}{loser}"


def _who_admits(sentence: Sentence, verb: int, context: Context) -> str | None:
    """ "Chad's army reported 217 rebels killed and admitted to 5 dead": the speaker of both verbs, if it is a force."""
    speech = next((s for s in sentence.speeches or () if s.verb == verb), None)
    phrase = sentence.tokens[speech.first : speech.last + 1] if speech is not None else []
    if speech is None or any(t.has("body_counters") or t.low in _CIVIL for t in phrase):
        return None
    party = next((p for t in phrase if (p := party_of(t)) is not None), None)
    return party if party is not None and context.may_fight(party) else None


def _admitting(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """ "Colombo conceded the loss of 43", "the Viet Minh admitted 7,900 killed": a side admits its own losses."""
    if frame.count.head not in {Head.NONE, Head.MEASURE}:
        return None
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 6), -1):
        lost = tokens[index].low == "loss" and tokens[index - 1].low == "the"
        if lost and index > 2 and tokens[index - 2].role("say") and not tokens[index - 2].has("admitting"):
            teller = tokens[index - 3].mention  # "Ankara announced the loss of 57": one tells of one's own
            return party_of(tokens[index - 3]) if teller is not None and teller.role in _STATES else None
        if tokens[index].has("admitting"):
            if any(t.has("body_counters") or t.low in _CIVIL for t in tokens[max(0, index - 3) : index]):
                return None  # "the police acknowledged six dead": whoever they were
            named = [p for token in tokens[max(0, index - 5) : index] if (p := party_of(token)) is not None]
            return named[-1] if named else _who_admits(sentence, index, context)
    return None


def _pronoun(sentence: Sentence, frame: Frame, party: str | None, context: Context, parent: Subject | None) -> Subject:
    """ "141 of them": the figure before, else the people named before in the sentence, else those told of last."""
    count = frame.count
    if sentence.tokens[count.last].low == "own" and party is not None:
        return Subject(f"{context.adjective(party)} troops", party, "troops")
    caught = caught_before(sentence, frame)
    if caught is not None:
        return phrase_subject(sentence, caught, context)
    told = noun_before(sentence, frame, context)
    acted = (
        context.actors if sentence.number - context.actors_at == 1 and context.actors_at > context.subject_at else None
    )
    doer = harmer(sentence, frame, context)
    if doer is not None and (foe := group_before(sentence, count.first, doer, context)) is not None:
        return foe
    others = (s for s in (parent, told, acted, context.subject) if s is not None and (doer is None or s.party != doer))
    return next(others, Subject("people", None, "people"))


def _of_arms_beside(before: list[Token]) -> str | None:
    """ "12 Serb tanks and 200 infantrymen": the men beside the arms that are counted are of the same side."""
    if len(before) < 4 or before[-1].low not in {"and", ","}:
        return None
    refused, owner = before[-4].number, before[-3].mention
    arms = refused is not None and refused.refusal in {"weapon", "vehicle"}
    return owner.party if arms and owner is not None and owner.role in {"adjective", "name"} else None


def _of_a_state(sentence: Sentence, count: Count, party: str, context: Context) -> bool:
    """ "gunned down 31 Naxals; two personnel died": who serves a state is none of the group told of before."""
    noun = sentence.tokens[count.noun].low if count.noun is not None else ""
    serving = noun in {"personnel", "jawans", "servicemen", "servicewomen", "security personnel"}
    return serving and context.lexicon.kind(party) == "group"


def _carried(sentence: Sentence, frame: Frame, kind: str, context: Context, parent: Subject | None) -> str | None:
    """The party of soldiers whose side the phrase leaves out: that of the soldiers told of before, soon after them."""
    taken = frame.measure is Measure.CAPTURED and frame.count.head is Head.MEASURE
    if taken and context.subject is not None and is_recent(sentence, context):
        return context.subject.party
    if kind != "troops":
        return None
    if (topic := _topic(sentence, context)) is not None:
        return topic[0]
    if parent is not None and parent.kind == "troops" and frame.rule in {"including", "of-whom"}:
        return parent.party
    before = sentence.tokens[: frame.count.first]
    if (beside := _of_arms_beside(before)) is not None:
        return beside
    for index in range(len(before) - 1, -1, -1):
        mention = None if by_whom(before, index) else before[index].mention
        following = before[index + 1].low if index + 1 < len(before) else ""
        if (
            mention is not None
            and mention.party is not None
            and (mention.role in {"troops", "people"} or following in {"side", "ranks", "forces", "army"})
        ):
            return None if _of_a_state(sentence, frame.count, mention.party, context) else mention.party
    if context.subject is not None and context.subject.kind == "troops" and is_recent(sentence, context):
        return context.subject.party
    if context.soldiers is not None and sentence.number - context.soldiers_at <= 1:
        return context.soldiers  # "11 soldiers and 40 civilians killed and … 78 troops hurt"
    if len(context.forces) == 1 and frame.measure is Measure.DEPLOYED:
        return next(iter(context.forces))
    return None
