"""Which party owns the counted people: named in the phrase, behind it, before it, or as the verb's subject."""

from monitor.domain.claims import UNATTRIBUTED, Claimant, Measure
from monitor.extract.lexicon import Mention
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.doers import FIRST_PERSON, agent_span, leading_verb, of_side, own_subject
from monitor.extract.parties.sources import claimants_of, covering, speeches_of
from monitor.extract.scene.context import Context
from monitor.extract.scene.events import is_blow
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count
from monitor.extract.speech.attackers import of_thing
from monitor.extract.speech.saying import Speech

OWNING = frozenset({"its", "their", "his", "her", "our", "my"})
NATIONAL = frozenset({"name", "adjective", "people", "capital", "troops", "seat", "leader", "institution"})
_ASIDE = 12
"""Tokens of an aside between commas."""
LANDS = frozenset({"country", "nation", "kingdom", "republic", "emirate"})
_TELLING = frozenset({"told", "tells", "telling", "informed", "informs", "informing", "assured"})
_AGENT_STOPS = frozenset({";", "—", ":", '"'})


def party_of(token: Token) -> str | None:
    mention: Mention | None = token.mention
    return mention.party if mention is not None and mention.role in NATIONAL else None


def own_party(sentence: Sentence, count: Count) -> str | None:
    """The party named inside the phrase ("North Korean soldiers") or right behind it ("fighters of the RSF")."""
    tokens = sentence.tokens
    for index in (*count.modifiers, *([count.noun] if count.noun is not None else [])):
        if (party := party_of(tokens[index])) is not None:
            return party
    return _of_party(tokens, count) or _sender(tokens, count)


def _sender(tokens: list[Token], count: Count) -> str | None:
    """ "the troops that North Korea sent": who sent or lost them."""
    after = [
        t
        for t in tokens[count.last + 1 : count.last + 7]
        if t.low not in {"that", "which", "whom"} and "have" not in t.tags
    ]
    if len(after) > 2 and after[1].low == "by" and any(s.measure is Measure.DEPLOYED for s in after[0].senses):
        return next((p for t in after[2:4] if (p := party_of(t)) is not None), None)  # "the 11,000 sent by Pyongyang"
    if len(after) < 2 or (party := party_of(after[0])) is None:
        return None
    sent = any(s.measure is Measure.DEPLOYED or s.role == "lose" for s in after[1].senses)
    return party if sent else None


def side(tokens: list[Token], count: Count) -> str | None:
    """The party of "twelve were killed on the Armenian side"."""
    for index in range(count.last + 1, min(len(tokens) - 1, count.last + 9)):
        if tokens[index].low in {",", ";"}:
            return None
        if tokens[index + 1].low in {"side", "ranks"} and (party := party_of(tokens[index])) is not None:
            return party
    return None


def _of_party(tokens: list[Token], count: Count) -> str | None:
    after = tokens[count.last + 1 : count.last + 7]
    if not after or after[0].low not in {"of", "from", "in", "belonging", "loyal", "-"} or after[0].low == "in":
        return None
    for token in after[1:]:
        if (party := party_of(token)) is not None and token.mention is not None and token.mention.role != "place":
            return party
        if token.low in {",", "who", "and", "were", "was", "in", "at", "off", "near"}:
            break
    return None


def owner(sentence: Sentence, count: Count, context: Context) -> str | None:
    """The owner before the number ("Pyongyang's 300 men") or inside a partitive ("49 of its troops")."""
    tokens = sentence.tokens
    stretch = range(max(0, count.first - 3), (count.noun if count.noun is not None else count.last) + 1)
    for index in stretch:
        if tokens[index].low in {"'s", "'"} and index and tokens[index - 1].low in LANDS:
            return antecedent(sentence, index - 1, context) or _state_told_of(sentence, context)
        if tokens[index].low in {"'s", "'"} and index and (party := party_of(tokens[index - 1])):
            if context.lexicon.kind(party) in {"monitor", "media"}:
                continue  # "the Soldiers' Mothers' Committee says 12,000 are dead": who counts has no men
            if tokens[index + 1].has("account_nouns") and tokens[index + 2].low == ",":
                continue  # "by the UN's count, 1,204 civilians"
            if any(_finite(t) and t.role("say") is None for t in tokens[index + 2 : count.first]):
                continue  # "India's retaliation killed 100": it owns what does it; "Kyiv's confirmed 300 dead" are its
            rebels = count.kind == "fighters" and context.lexicon.kind(party) == "country"
            if rebels and any(_finite(t) for t in tokens[index + 2 : count.first]):
                continue  # "Pakistan's army said 54 militants were killed": a state tells of those it fights
            return party
        if tokens[index].low in OWNING and (index < count.first or count.partitive):
            if any(t.has("have", "be") or _finite(t) for t in tokens[index + 1 : count.first]):
                continue  # "its men killed more than 1,100"
            return antecedent(sentence, index, context)
    return None


def _state_told_of(sentence: Sentence, context: Context) -> str | None:
    """ "45 of the country's soldiers": of the state that the text is about, where another sentence named it."""
    here = {m.party for i in sentence.named if (m := sentence.tokens[i].mention) is not None}
    told = context.country is not None and context.lexicon.kind(context.country) == "country"
    return context.country if told and context.country not in here else None


def speaker_of(sentence: Sentence, index: int, context: Context) -> Claimant | None:
    """Who tells the token at `index`: the first claimant of its innermost source."""
    covers = covering(speeches_of(sentence), index)
    return next(iter(claimants_of(sentence, covers[0], context)), None) if covers else None


def antecedent(sentence: Sentence, index: int, context: Context) -> str | None:
    """The party that a pronoun at `index` stands for: the first party named before it, else the last one told of.

    "We" and "our" are the speaker's own; "while conceding the loss of 23 of its men, Chad said" names its owner behind.
    """
    if sentence.tokens[index].low in FIRST_PERSON:
        speaker = speaker_of(sentence, index, context) or next(iter(context.communique), None)
        return speaker.party if speaker is not None and speaker.party != UNATTRIBUTED else None
    if (teller := _own_of_teller(sentence, index, context)) is not None:
        return teller
    unknown = unknown_speaker(sentence, index, context)
    told = unknown.verb + 1 if unknown is not None else 0
    parties = [
        (at, p)
        for at, token in enumerate(sentence.tokens[told:index], told)
        if (p := party_of(token)) is not None and not of_thing(sentence.tokens, at)
    ]
    if not parties and unknown is not None:
        return None
    if parties:
        if sentence.tokens[index].low == "its":  # "58 Pakistani soldiers died and 20 of its own": a state's, no men's
            parties = [(at, p) for at, p in parties if not _of_several(sentence.tokens, at)] or parties
        spoken_of = [(at, p) for at, p in parties if not _interposed(sentence, at)]
        return _subject_party(sentence, spoken_of or parties)
    if (behind := _named_behind(sentence, index)) is not None:
        return behind
    told = context.subject is not None and context.subject.party is not None
    if context.subject is not None and told and context.subject_at >= context.party_at:
        return context.subject.party
    return context.party


def unknown_speaker(sentence: Sentence, index: int, context: Context) -> Speech | None:
    """The clause of saying in "the National Guard said its troops had lost 40", "a militia commander said his men": a
    pronoun in what is told stands for the speaker, though nobody knows of what party that is. People without a name
    ("officials said") tell of others, and nobody is "it" but a body."""
    speech = next(iter(covering(speeches_of(sentence), index)), None)
    if speech is None or not speech.last < speech.verb < index or speech.pronoun:
        return None
    claimants, pronoun = claimants_of(sentence, speech, context), sentence.tokens[index].low
    if not claimants or any(one.party is not None for one in claimants):
        return None
    phrase = sentence.tokens[speech.first : speech.last + 1]
    person = any(t.person is not None and not t.person.plural for t in phrase) or phrase[-1].has("speakers")
    body = any(of_side(t) for t in phrase)
    if pronoun in {"it", "its"}:
        return speech if body or not person else None
    return speech if pronoun not in {"he", "his", "she", "her"} or person else None


def _own_of_teller(sentence: Sentence, index: int, context: Context) -> str | None:
    """ "Oslo says that 150 rebels and 19 of its own men were killed": with no doer before "its own", they are the
    teller's, whoever is counted beside them."""
    tokens = sentence.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].low != "own":
        return None
    covers = covering(speeches_of(sentence), index)
    if not covers:
        return None
    opened = covers[0].verb + 1 if covers[0].verb < index else covers[0].start
    acted = any(s.form in {"past", "s", "base"} for t in tokens[opened:index] for s in t.senses)
    if acted or any(t.has("have", "be") for t in tokens[opened:index]):
        return None
    speaker = next(iter(claimants_of(sentence, covers[0], context)), None)
    return speaker.party if speaker is not None and speaker.party != UNATTRIBUTED else None


def _named_behind(sentence: Sentence, index: int) -> str | None:
    """The subject behind a clause that opens the sentence: "Losing 70 of their own, the Houthis pulled back"."""
    tokens = sentence.tokens
    opening = next((t for t in tokens if t.text[0].isalnum()), None)
    fronted = opening is not None and (
        opening.has("subordinators")
        or opening.low in {"with", "despite"}
        or any(s.form == "ing" for s in opening.senses)
    )
    if not fronted:
        return None
    comma = next((i for i in range(index, len(tokens)) if tokens[i].low == ","), len(tokens))
    for token in tokens[comma + 1 : comma + 5]:
        if (party := party_of(token)) is not None:
            return party
        if not token.has("determiners", "adverbs", "premodifiers"):
            return None
    return None


def _interposed(sentence: Sentence, at: int) -> bool:
    """ "Russia has suffered heavily, the U.S. general said, yet has grown its force": a source set in between."""
    for speech in speeches_of(sentence):
        if speech.start < speech.first <= at:
            closed = (i for i in range(speech.verb + 1, len(sentence.tokens)) if sentence.tokens[i].low in {",", ";"})
            if at < next(closed, len(sentence.tokens)):
                return True
    return False


def _subject_party(sentence: Sentence, parties: list[tuple[int, str]]) -> str:
    """Of several, the nearest that isn't inside a possessive or a prepositional phrase."""
    tokens = sentence.tokens
    for at, party in reversed(parties):
        before = tokens[at - 1].low if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        mention = tokens[at].mention
        role = mention.role if mention is not None else ""
        if before in {"in", "on", "against", "near", "into", "to", "from", "for", "with", "at"} or (
            role == "adjective" and after is not None and after.has("account_nouns")
        ):
            continue
        return party
    return parties[-1][1]


def agent(sentence: Sentence, predicate: int, context: Context) -> str | None:
    """The party of the subject of an active verb: "North Korea has sent", "it had lost"."""
    tokens = sentence.tokens
    predicate = leading_verb(sentence, predicate)
    span = agent_span(sentence, predicate)
    acts = span is not None and own_subject(tokens, *span) and not _of_more(tokens, span[0])
    for index in range(predicate - 1, max(-1, predicate - 14), -1):
        token = tokens[index]
        if acts and span is not None and index < span[0]:
            if token.low in OWNING:
                return None if tokens[index + 1].low == "own" else antecedent(sentence, index, context)
            if not token.has("determiners", "premodifiers"):
                return None  # "Kyiv said the enemy lost 40": not of whom stands before that clause
        if (party := party_of(token)) is not None:
            before = tokens[index - 1].low if index else ""
            if before in {"in", "on", "near", "from", "at", "against", "with", "for", "to"} and index > 1:
                continue
            if _describes_thing(tokens, index, predicate):
                continue
            return _outer(tokens, index) or party
        if token.has("pronouns") or token.low in {"we", "who", "which"}:
            found = antecedent(sentence, _first_relative(tokens, index), context)
            if found is not None:
                return found
        if token.low in _AGENT_STOPS or token.low == "which":
            break
        if token.has("subordinators") and token.low != "that":
            break
    return None


def _first_relative(tokens: list[Token], index: int) -> int:
    """ "an operation which promised to finish the ADF, and which has killed": both stand for the same."""
    if not tokens[index].has("relatives") or index == 0 or tokens[index - 1].low not in {"and", "but"}:
        return index
    same = (i for i in range(index - 1, -1, -1) if tokens[i].low == tokens[index].low)
    return next(same, index)


def _outer(tokens: list[Token], index: int) -> str | None:
    """ "a Nigerian contingent of the ECOMOG force": the part has a nation of its own."""
    at = back_over(tokens, index - 1, "determiners")
    if at < 2 or tokens[at].low != "of" or not (tokens[at - 1].person is not None or tokens[at - 1].has("bodies")):
        return None
    before = tokens[at - 2]
    return party_of(before) if before.mention is not None and before.mention.role == "adjective" else None


def _of_more(tokens: list[Token], first: int) -> bool:
    """True where the phrase at `first` hangs on another noun: "soldiers of the garrison"."""
    at = back_over(tokens, first - 1, "determiners", "premodifiers")
    return at >= 0 and tokens[at].has("prepositions")


def parts_toll(token: Token) -> bool:
    """ "the toll from the attack in which soldiers …", "people killed when troops …": behind it who did it is told."""
    return token.low == "from" or token.has("subordinators", "relatives")


def toll_party(sentence: Sentence, predicate: int, context: Context) -> str | None:
    """Whose losses, toll or force a noun of count tells of: the words before it, else its of-phrase."""
    tokens, first = sentence.tokens, _force_before(sentence.tokens, predicate)
    for index in range(first - 1, max(-1, first - 5), -1):
        if _addressed(tokens, index):
            break
        if (party := party_of(tokens[index])) is not None and tokens[index].mention is not None:
            return party
        if tokens[index].low in {"its", "their", "his"}:
            return None if of_attack(tokens, predicate) else antecedent(sentence, index, context)
        if tokens[index].has("prepositions") or tokens[index].low in {",", ";", "that", "put", "puts"}:
            break
        if _told_by_others(tokens, index, predicate):
            break
    for at, token in enumerate(tokens[predicate + 1 : predicate + 7], predicate + 1):
        closed = token.low in {"at", "to", ",", "in", ";", "near", "by"} or token.number is not None
        if closed or parts_toll(token):
            break
        if token.low in {"its", "their"} and tokens[at - 1].low == "of":
            return antecedent(sentence, at, context)  # "the number of its troops in Basra"
        if (party := party_of(token)) is not None:
            return party
    return None


def _addressed(tokens: list[Token], index: int) -> bool:
    """ "told Reuters the toll was 40", "informed the UN their losses": who is told of people doesn't own them."""
    before = index - 2 if index > 1 and tokens[index - 1].has("determiners") else index - 1
    return before >= 0 and tokens[before].low in _TELLING and tokens[index].mention is not None


def _told_by_others(tokens: list[Token], index: int, predicate: int) -> bool:
    """ "Amnesty documented the deaths of 300": who tells of deaths is not who died, unless it admits them; but one
    reports the loss of one's own."""
    telling = tokens[index].role("say") is not None and not tokens[index].has("admitting")
    return telling and tokens[index + 1].has("determiners") and tokens[predicate].low not in {"loss", "losses"}


def _force_before(tokens: list[Token], predicate: int) -> int:
    """ "Indian soldiers in Sri Lanka number 52,000": of a force whose place stands between it and its number the owner
    stands before the force; the index behind the force's noun, the predicate itself where there is no such place."""
    if not tokens[predicate].has("numbering"):
        return predicate
    for at in range(predicate - 1, max(0, predicate - _ASIDE), -1):
        token = tokens[at]
        if token.low in {",", ";"} or token.has("conjunctions", "be", "have"):
            return predicate
        if token.has("bodies") or (token.person is not None and token.person.plural):
            return at + 1 if tokens[at + 1].has("being_prepositions") else predicate
    return predicate


def of_attack(tokens: list[Token], predicate: int) -> bool:
    """ "revised its toll for Tuesday's bombing of a ferry": what an attack cost is counted, not the counter's own."""
    after = tokens[predicate + 1 : predicate + 7]
    if not after or after[0].low not in {"for", "of", "from"}:
        return False
    blow = next((i for i, t in enumerate(after) if is_blow(t.low)), None)
    return blow is not None and not any(t.low in OWNING for t in tokens[predicate + 1 : predicate + blow + 5])


def _of_several(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.person is None or after.low in {"police", "forces"}:
        return False
    return after.person.plural and tokens[index].mention is not None


def _describes_thing(tokens: list[Token], index: int, predicate: int) -> bool:
    """ "a Russian landing ship had carried": the adjective of a carrier isn't whose soldiers they are."""
    mention = tokens[index].mention
    if mention is None or mention.role != "adjective":
        return False
    following = tokens[index + 1 : predicate]
    if not following or following[0].has("have", "be", "adverbs") or _finite(following[0]):
        return False  # "the French lost 1,200 men"
    return not any(t.person is not None or t.has("speakers", "bodies") or t.mention is not None for t in following)


def _finite(token: Token) -> bool:
    """True for forms that can be a clause's verb; "transport" and "landing" before "plane" and "ship" are not."""
    return any(s.form in {"past", "pastpart", "s"} for s in token.senses)


def from_predicate(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """The party that the predicate names: the loser, the sender, the owner of the toll, the sufferer."""
    if frame.predicate is None:
        return None
    rule = frame.rule
    own_dead = any(s.lemma in {"bury", "mourn"} for s in sentence.tokens[frame.predicate].senses)
    if (
        rule == "lost-object"
        or (rule == "active-object" and own_dead)
        or (rule == "active-object" and frame.measure is Measure.DEPLOYED)
    ):
        return agent(sentence, frame.predicate, context)
    if frame.measure is Measure.DEPLOYED and (had := having(sentence, frame)) is not None:
        return agent(sentence, had, context)
    if rule == "body-of":
        return toll_party(sentence, frame.predicate, context) or agent(sentence, frame.predicate, context)
    if rule in {"toll-link", "toll-verbless", "event-of", "toll-from-to"}:
        if any(t.role("inflict") for t in sentence.tokens[max(0, frame.predicate - 3) : frame.predicate]):
            return _sufferer(sentence, frame, context)
        return toll_party(sentence, frame.predicate, context)
    if rule == "measure-noun":
        return _sufferer(sentence, frame, context) or _loser(sentence, frame, context)
    return _loser(sentence, frame, context)


def having(sentence: Sentence, frame: Frame) -> int | None:
    """The verb of "Kyiv has some 800 marines dug in along the river": who has them there is whose they are."""
    tokens, verb = sentence.tokens, frame.count.first - 1
    verb = back_over(tokens, verb, "adverbs", "hedge", "object_free")
    return verb if verb > 0 and (tokens[verb].has("have") or tokens[verb].role("presence") is not None) else None


def _loser(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """ "Russia has lost 198,000 men killed": the loser owns them, whatever else is said of them."""
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - 4), -1):
        had = tokens[index].low == "had" and frame.rule == "participle" and tokens[index - 1].has("have")
        if (
            had
            or tokens[index].role("lose")
            or (tokens[index].low in {"price", "cost"} and tokens[index - 1].has("determiners"))
        ):
            return agent(sentence, index, context)
    return None


def _sufferer(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """ "suffered several hundred casualties": the sufferer; "inflicted 400 casualties on the army": the target."""
    tokens, last = sentence.tokens, frame.count.last
    for token in tokens[last + 1 : last + 6]:
        if token.low in {",", ";", ".", "and"}:
            break
        if (party := party_of(token)) is not None and tokens[last + 1].low in {"on", "among", "of", "from"}:
            return party
    verb = frame.count.first - 1
    while verb >= 0 and (tokens[verb].low in {"some", "about"} or tokens[verb].has("adverbs")):
        verb -= 1
    suffered = verb >= 0 and tokens[verb].role("suffer") is not None and frame.measure is not Measure.CAPTURED
    return agent(sentence, verb, context) if suffered else None
