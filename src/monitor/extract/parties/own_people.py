"""Whose people a count without a noun tells of: "its own dead", "the number of soldiers killed", "his army lost"."""

from monitor.domain.claims import UNATTRIBUTED, Measure, Subject
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.lexicon.scene_words import scene_words
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.doers import agent_span, agent_words
from monitor.extract.parties.owners import agent, speaker_of
from monitor.extract.parties.sources import covering, speeches_of
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import POSSESSIVES, Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head

_LOSSES = frozenset({"dead", "casualties", "losses", "loss", "toll", "killed", "wounded", "men", "soldiers", "troops"})
_ARMED = frozenset(
    {"army", "military", "navy", "government", "police", "junta", "militia", "rebel", "federal", "coalition"}
)
_SIDES = frozenset({"side", "enemy", "army", "forces", "brigade", "brigades", "division", "regiment", "battalion"})
_TELLING_FORCES = frozenset({"army", "military", "navy", "forces", "headquarters", "command", "marines"})
_REPORTED = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})
_REACH = 12
_NEAR = 3
_FIELDS = frozenset(
    {"field", "battlefield", "wire", "slopes", "slope", "snow", "ground", "trenches", "sand", "ice", "beach", "fallen"}
)


def clause_of_source(sentence: Sentence, count: Count) -> int:
    """Where the clause of a second source begins, behind ";": the people of the first clause aren't its own."""
    marks = [i for i in range(count.first) if sentence.tokens[i].low == ";"]
    if not marks or not any(s.verb > marks[-1] and s.covers(count.number) for s in speeches_of(sentence)):
        return 0
    return marks[-1] + 1


def own_side(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """The speaker's own people: "its own casualties came to 217 dead", "two dead, both of them his own men"."""
    own = _own_before(sentence, frame) or _own_after(sentence.tokens, frame.count.last)
    if not (own or _reports_its_own(sentence, frame)):
        return None
    claimant = speaker_of(sentence, frame.count.number, context)
    party = claimant.party if claimant is not None and claimant.party != UNATTRIBUTED else None
    ours = _in_first_person(sentence, frame)
    party = party or (None if ours else _side_that_tells(context))
    if party is None or not context.may_fight(party):
        if claimant is None or claimant.party == UNATTRIBUTED or ours:
            return None
        name = claimant.name.removeprefix("The ").removeprefix("the ")
        entry = load_words().single.get(name.lower().rsplit(" ", 1)[-1])
        if entry is not None and entry.person is not None and entry.person.plural:
            return Subject(name, claimant.party, entry.person.kind)
        return Subject(f"{name} members", claimant.party, "people")
    kind = "troops" if context.lexicon.kind(party) == "country" else "fighters"  # else the text's own name of a group
    return Subject(f"{context.adjective(party)} {kind}", party, kind)


def _side_that_tells(context: Context) -> str | None:
    """Whose own people are meant where the source is only "the communique": the last side that spoke, not the one
    whose losses were just told."""
    told = context.subject.party if context.subject is not None else None
    for speaker in reversed(context.speakers):
        if speaker.party is not None and speaker.party not in {told, UNATTRIBUTED}:
            return speaker.party if context.may_fight(speaker.party) else None
    return None


def _own_before(sentence: Sentence, frame: Frame) -> bool:
    tokens = sentence.tokens
    for index in range(frame.count.first - 1, max(-1, frame.count.first - _REACH), -1):
        if tokens[index].low == ";" or tokens[index].counts:
            return False
        if tokens[index].low == "ours" and all(t.has("be", "hedge") for t in tokens[index + 1 : frame.count.first]):
            return True  # "Their losses were 300 dead, ours 40"
        if tokens[index].low in {"our", "own", "friendly"} and _opens_on_losses(tokens, index):
            return True
        if tokens[index].low == "own" and tokens[index - 1].low in POSSESSIVES:
            if tokens[index - 2].low == "of" and tokens[index - 3].counts:
                return False  # "three of its own soldiers were killed and four hurt": these go on with those
            return index + 1 < len(tokens) and tokens[index + 1].low in _LOSSES
    return False


def _in_first_person(sentence: Sentence, frame: Frame) -> bool:
    """ "Our casualties were 13 dead", a general says: his side's, whose name is not his."""
    return any(
        t.low in {"our", "ours"} for t in sentence.tokens[max(0, frame.count.first - _REACH) : frame.count.first]
    )


def _reports_its_own(sentence: Sentence, frame: Frame) -> bool:
    """ "South Vietnamese forces reported 456 killed", "the army counted 207 killed in action": whom an armed force
    reports without a word of who they are are its own, but those of an attack may be anybody."""
    tokens, verb = sentence.tokens, frame.count.first - 1
    if frame.count.head not in {Head.NONE, Head.MEASURE} or frame.measure not in _REPORTED:
        return False
    while verb > 0 and tokens[verb].has("object_free", "hedge") and tokens[verb].role("say") is None:
        verb -= 1
    speech = next((s for s in speeches_of(sentence) if s.verb == verb and s.rule == "said-before"), None)
    if speech is None or tokens[verb].low not in {"reported", "reports", "counted", "counts", "listed", "lists"}:
        return False
    teller = tokens[speech.last]
    force = teller.low in _TELLING_FORCES or (
        teller.person is not None and teller.person.kind in {"troops", "fighters"}
    )
    in_action = any(t.low.endswith("in action") for t in tokens[frame.count.last : frame.count.last + 3])
    return force and (in_action or "incident" not in sentence.tags)


def _opens_on_losses(tokens: list[Token], index: int) -> bool:
    """ "Our losses were 13 dead", and as a telegram has it: "Own losses 900 killed"."""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    opens = tokens[index].low == "our" or index == 0 or not tokens[index - 1].text[0].isalnum()
    return opens and (after in _LOSSES or (after == "own" and tokens[index + 2].low in _LOSSES))


def _own_after(tokens: list[Token], last: int) -> bool:
    """ "six of its own", "two dead, both of them his own men"; what another number stands before is not meant."""
    for index in range(last + 1, min(len(tokens) - 1, last + 9)):
        if tokens[index].low in {";", "and", "but", "while"} or tokens[index].counts:
            return False
        if tokens[index].low in POSSESSIVES and tokens[index + 1].low == "own":
            after = tokens[index + 2].low if index + 2 < len(tokens) else "."
            return after in _LOSSES or (index == last + 2 and tokens[last + 1].low == "of" and not after.isalpha())
    return False


def fronted(sentence: Sentence) -> int | None:
    """The noun of "Of government soldiers it has counted 410 dead": whose a number further on is, that has no noun."""
    tokens = sentence.tokens
    if len(tokens) < 3 or tokens[0].low != "of":
        return None
    for index, token in enumerate(tokens[1:6], 1):
        if token.counts or token.has("prepositions", "pronouns") or token.low in {",", ";"}:
            return None
        if token.person is not None and token.person.plural:
            return index
    return None


def armed_dead(sentence: Sentence, frame: Frame) -> Subject | None:
    """ "put army dead at over 1,000": the body named before the noun of harm."""
    tokens, count = sentence.tokens, frame.count
    for index in range(count.first - 1, max(0, count.first - _REACH), -1):
        if tokens[index].low in {",", ";"} or tokens[index].counts:
            return None
        if tokens[index].low in {"number of soldiers", "number of troops"}:
            return Subject(tokens[index].low.rsplit(" ", 1)[1], None, "troops")
        if tokens[index].low in {"dead", "losses", "casualties", "deaths", "fatalities", "death toll", "toll"}:
            at = index - 1 - (tokens[index - 1].low == "own" and index > 2)
            body = tokens[at - 1 if tokens[at].low == "'s" else at].low
            return Subject(f"{body} soldiers", None, "troops") if body in _ARMED - {"police", "rebel"} else None
    return None


def loser_phrase(sentence: Sentence, frame: Frame) -> str:
    """ "His army, he conceded, had lost 19 men; the other side, by his reckoning, at least 45": the loser's words."""
    tokens = sentence.tokens
    if frame.rule == "elliptic" and frame.parent is not None and frame.parent.rule == "lost-object":
        words = agent_words(sentence, frame.count.first)
        loser = tokens[frame.count.first - 1]
        return words if loser.person is not None or loser.low in _SIDES | _ARMED else ""
    if frame.rule not in {"lost-object", "same-count"}:
        return ""
    for index in range(frame.count.first - 1, max(-1, frame.count.first - _REACH), -1):
        if tokens[index].low in {";", "that", ":"} or tokens[index].counts:
            return ""
        if tokens[index].low in _SIDES and index and not any(s.first <= index <= s.last for s in speeches_of(sentence)):
            first = index - 1 if tokens[index - 1].low in {"other", "own"} and index > 1 else index
            determined = first > 0 and (tokens[first - 1].low in POSSESSIVES or tokens[first - 1].low == "the")
            start = tokens[first - 1].start if determined else 0
            return sentence.text[start : tokens[index].end] if determined else ""
    return ""


def loser_words(sentence: Sentence, frame: Frame) -> str:
    """ "the 1st Division lost 300", "both sides had 2,200 killed": whose, where no party is known."""
    tokens, before = sentence.tokens, frame.count.first - 1
    if frame.rule == "lost-object" and frame.predicate is not None:
        parent = frame.parent
        if tokens[frame.predicate - 1].low == "," and parent is not None and parent.rule == "active-object":
            return agent_words(sentence, parent.predicate or 0)  # "Army kills 31 rebels, loses four"
        return "" if _settled(sentence, frame.predicate) else agent_words(sentence, frame.predicate)
    if before < 1:
        return ""
    verb = tokens[before]
    if verb.role("lose") or verb.low in {"had", "suffered"}:
        return _they(sentence, before) or ("" if _settled(sentence, before) else agent_words(sentence, before))
    return _they(sentence, before) if any(s.lemma in {"bury", "mourn"} for s in verb.senses) else ""


def _settled(sentence: Sentence, verb: int) -> bool:
    """ "Marawi suffered 1,100 killed", "the town had 26,000 dead": where people lived, no side of a fight."""
    span, towns = agent_span(sentence, verb), scene_words("towns_again", "regions_again", "sites")
    if span is None:
        return False
    head, before = sentence.tokens[span[1]], [t.low for t in sentence.tokens[max(0, span[0] - 2) : span[0]]]
    named = head.mention is not None and head.mention.role == "place"
    return named or head.low in towns or (before[1:] == ["of"] and before[0] in towns)  # "the city of Grozny"


def _they(sentence: Sentence, verb: int) -> str:
    """ "A spokesman for the paramilitaries laughed, saying they had buried 19": the people behind the pronoun."""
    tokens = sentence.tokens
    while verb > 0 and tokens[verb - 1].has("have", "adverbs"):
        verb -= 1
    if tokens[verb - 1].low != "they":
        return ""
    nouns = (t for t in reversed(tokens[: verb - 1]) if t.person is not None and t.person.plural)
    return next((t.low for t in nouns), "")


def body_counter(sentence: Sentence, frame: Frame) -> bool:
    """ "…, but rescuers counted 71 dead": those who count bodies count all of them, not those of the clause before."""
    covers = covering(speeches_of(sentence), frame.count.number)
    if not covers or frame.parent is None or covers[0].verb < frame.parent.count.number:
        return False
    source = sentence.tokens[covers[0].first : covers[0].last + 1]
    return any(t.has("body_counters") for t in source) and not any(t.mention is not None for t in source)


def apposition(sentence: Sentence, frame: Frame) -> int | None:
    """The noun in "five people, all Ugandan soldiers, died", "killed 13, all of them guards": who all of them are."""
    tokens, last = sentence.tokens, frame.count.last
    if frame.side == "right" and frame.predicate is not None and 0 < frame.predicate - last <= _NEAR:
        last = frame.predicate
    for start in {frame.count.last, last}:
        words = [t.low for t in tokens[start + 1 : start + 3]]
        if (
            len(words) < 2
            or words[0] not in {",", "-", "—", "--", "("}
            or words[1] not in {"all", "both", "each", "members"}
        ):
            continue
        at = start + 3 if words[1] != "members" else start + 2
        if [t.low for t in tokens[at : at + 2]] in (["of", "them"], ["of", "whom"]):
            at += 2
        while at < len(tokens) and tokens[at].has("be"):
            at += 1
        if (noun := _noun_at(tokens, at)) is not None and noun >= at:
            return noun
    return None


def predicated(sentence: Sentence, count: Count) -> int | None:
    """The noun in "two wounded prisoners, saying both were North Koreans": what they all are said to be."""
    tokens = sentence.tokens
    for index in range(count.last + 1, min(len(tokens) - 2, count.last + _REACH)):
        if tokens[index].counts or tokens[index].low == ";":
            return None
        if tokens[index].low not in {"both", "all"}:
            continue
        at = index + 1
        if [t.low for t in tokens[at : at + 2]] == ["of", "them"]:
            at += 2
        if at < len(tokens) and tokens[at].low in {"were", "are"}:
            return _noun_at(tokens, at + 1)
    return None


def _noun_at(tokens: list[Token], at: int) -> int | None:
    """The plural noun for people that a phrase without an article comes to."""
    while at < len(tokens) and (tokens[at].has("premodifiers") or _names(tokens[at])):
        at += 1
    noun = tokens[at] if at < len(tokens) else None
    if noun is not None and noun.person is not None and noun.person.plural:
        while at + 1 < len(tokens) and tokens[at + 1].person is not None:
            at += 1
        return at
    before = tokens[at - 1]
    return at - 1 if before.mention is not None and before.mention.role in {"people", "troops"} else None


def described(sentence: Sentence, count: Count) -> int | None:
    """The noun in "49 of them gendarmes", "18 of whom were security personnel", "370 of them "terrorists""."""
    at = count.last + 1
    while at < len(sentence.tokens) and (sentence.tokens[at].has("be", "adverbs") or sentence.tokens[at].low == '"'):
        at += 1
    noun = _noun_at(sentence.tokens, at)
    closing = sentence.tokens[noun + 1].low if noun is not None and noun + 1 < len(sentence.tokens) else "."
    return noun if noun is not None and noun >= at and closing in {",", ".", ";", ")", "and", "-", "—", '"'} else None


def _names(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"adjective", "name", "people", "troops"}


def shared_object(sentence: Sentence, count: Count) -> int | None:
    """The noun in "killed 50 and wounded 47 North Koreans": two verbs that share what the second one stands before."""
    tokens = sentence.tokens
    after = tokens[count.last + 1 : count.last + 4]
    if count.head is Head.MEASURE:  # "eight dead and 27 wounded rebels"
        listed = len(after) > 2 and after[0].low == "and" and after[1].counts and after[2].role("premodifier")
        return _noun_at(tokens, count.last + 4) if listed and count.last + 4 < len(tokens) else None
    if len(after) < 3 or after[0].low not in {"and", "or"} or not any(s.measure and s.form for s in after[1].senses):
        return None
    apart = any(t.has("alive") for t in tokens[count.last + 4 : count.last + 5])  # "killed 14 and left two survivors"
    return _noun_at(tokens, count.last + 4) if after[2].counts and not apart else None


def label_before(sentence: Sentence, count: Count) -> int | None:
    """The noun in "(civilians 665, security forces 801)": a list that puts the number behind its people."""
    tokens, noun = sentence.tokens, count.first - 1
    if noun > 0 and tokens[noun].low == ":" and tokens[noun - 1].person is not None:
        noun -= 1  # "Passengers: 39 killed"
    if (
        count.head not in {Head.NONE, Head.MEASURE}
        or noun < 0
        or not (_names(tokens[noun]) or tokens[noun].person is not None)
    ):
        return None
    first = noun
    while first > 0 and (tokens[first - 1].has("premodifiers") or _names(tokens[first - 1])):
        first -= 1
    after = tokens[count.last + 1].low if count.last + 1 < len(tokens) else "."
    opened = first > 0 and tokens[first - 1].low in {"(", ",", ":", ";", "and", "•", "-"}
    listed = first == 0 or tokens[first - 1].low in {":", ";", "•", "-", "*"} or tokens[first - 1].low.startswith("\n")
    harmed = count.last + 1 < len(tokens) and any(s.measure for s in tokens[count.last + 1].senses)
    if first > 1 and tokens[first - 1].low == "the" and tokens[first - 2].low in {",", ";", "and", "while"}:
        opened = True
    named = tokens[noun].low.startswith("the ") or tokens[first - 1].low == "the"
    if (opened and harmed and named) or (listed and harmed):
        return noun  # "German losses were 5,200 killed, the British 7,300 killed"; "Militants 27 dead; …"
    return noun if opened and after in {",", ")", ";", ".", "and"} else None


def left_behind(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "They left 35 bodies on the wire", "the army left 76,000 dead behind": those who left them."""
    tokens, verb = sentence.tokens, frame.count.first - 1
    verb = back_over(tokens, verb, "object_free", "adverbs")
    if verb < 1 or tokens[verb].low not in {"left", "abandoned"}:
        return None
    after = [word for t in tokens[frame.count.last + 1 : frame.count.last + 5] for word in t.low.split()]
    if tokens[verb].low == "left" and "behind" not in after and not _FIELDS.intersection(after):
        return None
    if tokens[verb - 1].low == "they":
        told = _they(sentence, verb)
        return Subject(told, None, "people") if told else context.actors or context.subject
    party = agent(sentence, verb, context)
    if party is not None:
        return Subject(f"{context.adjective(party)} troops", party, "troops")
    words = agent_words(sentence, verb)
    return Subject(words, None, "troops") if words else None


def named_behind(tokens: list[Token], count: Count) -> int | None:
    """The noun in "put at 2,000 the civilians killed in two days"."""
    at = count.last + 1
    if count.head is not Head.NONE or at + 2 >= len(tokens) or tokens[at].low != "the":
        return None
    noun = _noun_at(tokens, at + 1)
    harmed = noun is not None and noun > at and noun + 1 < len(tokens) and tokens[noun + 1].senses
    return noun if harmed else None


def caught_before(sentence: Sentence, frame: Frame) -> int | None:
    """The noun in "rangers surprised a bandit gang and killed six of them": an object that is "them" is not the
    subject, so it is what the verb before had as its object."""
    tokens, verb = sentence.tokens, frame.predicate
    if frame.rule != "active-object" or verb is None or verb < 3 or frame.count.last + 1 >= len(tokens):
        return None
    if tokens[frame.count.last].low != "them" or tokens[verb - 1].low != "and":
        return None
    for index in range(verb - 2, 1, -1):
        if tokens[index].low in {";", "that"} or tokens[index].counts:
            return None
        person = tokens[index].person
        if not (tokens[index].has("groups", "bodies") or (person is not None and person.plural)):
            continue
        first = index
        while first > 1 and (tokens[first - 1].has("premodifiers") or _modifies(tokens[first - 1])):
            first -= 1
        if tokens[first - 1].low in {"a", "an", "the", "some", "several"} and first > 1:
            before = tokens[first - 2]
            if before.text.isalpha() and not before.has("prepositions", "conjunctions", "be", "have", "subordinators"):
                return index
    return None


def _modifies(token: Token) -> bool:
    return token.person is not None or token.mention is not None or token.capital


def among_behind(tokens: list[Token], count: Count) -> int | None:
    """The noun in "16 killed and 96 wounded among the British": behind a list of tolls, whose they all are; and in
    "inflicted 400 casualties on the raiders"."""
    dealt = any(t.role("inflict") is not None for t in tokens[max(0, count.first - 3) : count.first])
    for index in range(count.last + 1, min(len(tokens) - 2, count.last + 9)):
        token = tokens[index]
        if token.low == "among" or (dealt and token.low in {"on", "upon"}):
            at = index + 2 if tokens[index + 1].low == "the" else index + 1
            noun = _noun_at(tokens, at)
            named = at if _names(tokens[at]) else None
            return noun if noun is not None and noun >= at else named
        if not (token.counts or token.low in {"and", ","} or any(s.measure for s in token.senses)):
            return None
    return None


def body_before(tokens: list[Token], count: Count) -> int | None:
    """The body in "the Japanese garrison of 21,000 was wiped out": a bare number is that of its men."""
    if count.first < 2 or tokens[count.first - 1].low != "of":
        return None
    body = tokens[count.first - 2]
    return count.first - 2 if body.has("bodies") or body.low in {"army", "navy", "fleet", "crew"} else None


def paid_by(tokens: list[Token], count: Count) -> int | None:
    """The noun in "cost the regional force a few thousand dead": who paid with these lives."""
    noun = back_over(tokens, count.first - 1, "determiners")
    for index in range(noun, max(0, noun - 5), -1):
        if any(s.lemma == "cost" for s in tokens[index].senses) or tokens[index].low in {"cost", "costs", "costing"}:
            return noun if index < noun else None
        if tokens[index].counts or tokens[index].low in {",", ";", "of"}:
            return None
    return None
