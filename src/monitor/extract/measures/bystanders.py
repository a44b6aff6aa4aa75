"""People told of beside a verb that is not theirs, or in a text of peace: they count for nothing.

The rules elsewhere say which word makes a number a figure; those here ask for what has to stand around it besides.
Of the families of the dead the families are told of; a nation's people abroad are a force only where an army or a
war is told of; prisoners are news where somebody takes or holds them; who is missing is in danger somewhere.
"""

from itertools import pairwise, takewhile

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, amount, military
from monitor.extract.measures.told import tells_of_danger, tells_of_flight, tells_of_war, told
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Head

WORD = 3
"""Tokens before "captive" in which the verb of holding stands; a number and its noun may come between."""
BROUGHT = 4
"""Tokens before prisoners in which the verb stands that brings them home."""
ADVISING = 14
"""Tokens behind people in which it is told what they are, or what they do there."""
MIGRANTS = 1_000_000
"""Of no nation have so many gone to a war abroad: "a million Portuguese moved to France"."""
_MARKS = frozenset({",", ";", ":", "(", "-", "—"})
_FINITE = frozenset({"presence", "intransitive-subject", "passive-subject", "state"})
_LED_BY = frozenset({"for", "to", "of", "from"})
_COMPLEMENTS = frozenset({"captive", "hostage"})
_BROUGHT = frozenset({"brought in", "bring in", "brings in", "bringing in"})
_OF_WAR = frozenset({"war", "pows", "pow"})
_DWELLERS = frozenset({"people", "persons", "civilians", "residents", "inhabitants", "villagers"})
_STILL = frozenset({"still", "remain", "remains", "as"})
_OBJECT_STOPS = frozenset({"since", "today", "yesterday", "this", "last", "or", "a", "an"})


def bystanders(sentence: Sentence, frame: Frame) -> bool:
    """True where the people counted are not those to whom something happened, or nothing did to anybody."""
    return (
        _of_their_kin(sentence, frame)
        or _of_what_is_for_them(sentence, frame)
        or _goes_home(sentence, frame)
        or _nationals(sentence, frame)
        or _held_by_nobody(sentence, frame)
        or _prisoners_by_name(sentence, frame)
        or _captives_who_act(sentence, frame)
        or _held_by_officials(sentence, frame)
        or _merely_absent(sentence, frame)
    )


def _led_by(sentence: Sentence, frame: Frame) -> tuple[str, Token | None]:
    """The preposition that leads the phrase, and what stands before it: "families", "of"."""
    tokens, at = sentence.tokens, frame.count.first - 1
    at = back_over(tokens, at, "hedge", "determiners", "object_free", "adverbs")
    if at >= 0 and tokens[at].low in told("kin"):
        return "of", tokens[at]  # one phrase of the table: "families of"
    if at < 1 or tokens[at].low not in _LED_BY:
        return "", None
    return tokens[at].low, tokens[at - 1]


def _of_their_kin(sentence: Sentence, frame: Frame) -> bool:
    """ "the families of 270 dead sailors are suing": the dead are known, and others act."""
    led, owner = _led_by(sentence, frame)
    if frame.measure is Measure.MISSING:
        return False  # whoever is still looked for is news
    return led in {"of", "for"} and owner is not None and owner.low in told("kin")


def _of_what_is_for_them(sentence: Sentence, frame: Frame) -> bool:
    """ "rations for 12,000 troops lie in Brest", "beds for 60 wounded": a verb behind has another subject, and what is
    provided says nothing of where they are."""
    led, owner = _led_by(sentence, frame)
    if led != "for" or owner is None or owner.counts or owner.role("say", "neutral"):
        return False
    if owner.low in told("provisions"):
        return True
    return frame.measure is Measure.DEPLOYED and frame.side != "left" and frame.rule in _FINITE


def _nationals(sentence: Sentence, frame: Frame) -> bool:
    """ "60,000 Filipinos are in Lebanon", "a thousand Danes went to Greenland": people of a nation are a force where an
    army or a war is told of, and no flight from it."""
    if frame.measure is not Measure.DEPLOYED or frame.count.head is not Head.NATION:
        return False
    there = frame.rule in {"presence", "presence-verbless"}
    if there and not told("counted_in_peace").isdisjoint(sentence.words):
        return True  # "by the census there were 484,000 Armenians in Azerbaijan"
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 4]
    if after[:1] and after[0].low == "of" and any(t.has("bodies") for t in after):
        return False  # "400 Senegalese of the force"
    at = frame.count.first - 1
    if frame.rule == "presence-verbless" and at >= 0 and sentence.tokens[at].low in {"with", "and", ","}:
        return False  # "With 225,000 Americans and 45,000 Britons in the Gulf": who speaks of them counts on them
    civil = there or _goes(sentence, frame)
    if civil and (amount(sentence, frame) >= MIGRANTS or _of_no_army(sentence, frame.count.last)):
        return True
    return civil and (not tells_of_war(sentence) or tells_of_flight(sentence))


def _of_no_army(sentence: Sentence, last: int) -> bool:
    """ "fifty Americans, civilians all of them, are in N'Djamena", "300 Israelis are there advising the army": the war
    told of is not theirs."""
    after = sentence.tokens[last + 1 : last + ADVISING]
    apposed = after[:1] and after[0].low == "," and after[1:2]
    civil = apposed and any(t.person is not None and t.person.kind == "civilians" for t in after[1:3])
    return bool(civil) or any(t.low in told("advising") for t in after)


def _goes_home(sentence: Sentence, frame: Frame) -> bool:
    """ "A plane brought 44 Armenian captives to Yerevan; 12 Azerbaijanis were flown to Baku": a nation's people who are
    brought to their own land are no force there, and its prisoners none any more."""
    if frame.measure is not Measure.CAPTURED and (
        frame.measure is not Measure.DEPLOYED or frame.count.head is not Head.NATION
    ):
        return False
    at, tokens = frame.count.first, sentence.tokens
    if frame.rule in {"active-object", "passive-subject"} and frame.measure is Measure.CAPTURED:
        return False  # "captured 59 Russian soldiers and sent a film of it to Moscow"
    behind = list(takewhile(lambda t: t.low not in _MARKS, tokens[frame.count.last + 1 :][: 2 + WORD + WORD]))
    ahead = list(takewhile(lambda t: t.low not in _MARKS, reversed(tokens[max(0, at - BROUGHT) : at])))
    if not any(t.low.split(" ")[0] in told("brought_home") for t in (*ahead, *behind)):
        return False
    own = {t.mention.party for t in tokens[at : frame.count.last + 1] if t.mention is not None}
    goals = (there.mention for to, there in pairwise(behind) if to.low == "to" or to.low.endswith((" to", "into")))
    return any(goal is not None and goal.party in own for goal in goals)


def _goes(sentence: Sentence, frame: Frame) -> bool:
    """A verb of what anybody does who goes abroad; who mans a radar or fights is a soldier."""
    if frame.rule not in {"intransitive-subject", "participle"} or frame.predicate is None:
        return False
    verb = sentence.tokens[frame.predicate]
    return verb.has("motion", "departing") or any(s.lemma in told("civil_ways") for s in verb.senses)


def _held_by_nobody(sentence: Sentence, frame: Frame) -> bool:
    """ "a snowstorm held 600 skiers captive", "prices hold 30 million people hostage": captors are people."""
    tokens, at = sentence.tokens, frame.count.first - 1
    behind = tokens[frame.count.last : frame.count.last + 2]
    if frame.measure is not Measure.CAPTURED or not any(t.low in _COMPLEMENTS for t in behind):
        return False
    while at > 0 and tokens[at].role("hold") is None and frame.count.first - at < 2 * WORD:
        at -= 1
    if tokens[at].role("hold") is None:
        return False
    at -= 1
    at = back_over(tokens, at, "have", "be", "adverbs", "modal_future", "modal_hypothetical")
    holder = tokens[at] if at >= 0 else None
    if holder is None or holder.low in {"and", "to", ","}:
        return False
    people = holder.person is not None or holder.mention is not None or holder.has("pronouns", "bodies", "relatives")
    return not (people or holder.capital)


def _prisoners_by_name(sentence: Sentence, frame: Frame) -> bool:
    """ "88 prisoners in Nablus sat their exams": their noun says who they are; that somebody took or holds them, whose
    soldiers they are, or the war that they are of, makes them a figure."""
    if frame.measure is not Measure.CAPTURED or frame.rule != "measure-noun" or tells_of_war(sentence):
        return False
    named = any(sentence.tokens[i].mention is not None for i in frame.count.modifiers)
    if named or "opponents" in sentence.tags or not _OF_WAR.isdisjoint(sentence.words):
        return False
    clause = sentence.clause(frame.count.first)
    if any(t.low in _BROUGHT for t in clause):
        return False  # "our lancers brought in 230 prisoners"
    return not any(
        s.role in {"hold", "suffer"} or (s.form and s.measure is Measure.CAPTURED) for t in clause for s in t.senses
    )


def _captives_who_act(sentence: Sentence, frame: Frame) -> bool:
    """ "the hunger strike by 29 Tamil prisoners": whose deed is told of, not that they were taken."""
    if frame.measure is not Measure.CAPTURED or frame.rule != "measure-noun":
        return False
    at = back_over(sentence.tokens, frame.count.first - 1, "hedge", "determiners", "object_free", "adverbs")
    return at > 0 and sentence.tokens[at].low == "by"


def _held_by_officials(sentence: Sentence, frame: Frame) -> bool:
    """ "Immigration officers held 48 Eritreans": who watches over borders and goods takes nobody captive; gunmen at the
    customs office do."""
    if frame.measure is not Measure.CAPTURED or frame.side != "left" or frame.predicate is None:
        return False
    tokens, at = sentence.tokens, frame.predicate
    while at > 0 and tokens[at - 1].has("have", "adverbs"):
        at -= 1
    agent = list(takewhile(lambda t: not _parts(t), reversed(tokens[:at])))
    led = len(agent) < at and tokens[at - len(agent) - 1].has("prepositions")
    return not led and any(t.low in told("officials") for t in agent)


def _parts(token: Token) -> bool:
    """What stands between a verb and words that aren't of its subject; "the customs police of Calais" is one."""
    linked = token.has("prepositions", "conjunctions", "subordinators", "relatives") or not token.text[0].isalnum()
    return (linked and token.low != "of") or any(s.form for s in token.senses)


def _merely_absent(sentence: Sentence, frame: Frame) -> bool:
    """ "forty deputies were missing when the vote came", "12 million are missing school"; who is listed as missing, or
    still is, is looked for, and so are soldiers."""
    if frame.measure is not Measure.MISSING or frame.predicate is None:
        return False
    after = sentence.tokens[frame.predicate + 1 : frame.predicate + 2]
    if frame.side == "right" and after and _object(after[0]):
        return True
    civil = frame.count.head is Head.PEOPLE and not military(frame.count.kind)
    before = sentence.tokens[frame.predicate - 1].low
    bare = sentence.tokens[frame.predicate].low in {"missing", "went missing"} and before not in _STILL
    absent = civil and bare and frame.side == "right" and not tells_of_danger(sentence)
    return absent and not _gone_from_home(sentence, frame)


def _gone_from_home(sentence: Sentence, frame: Frame) -> bool:
    """ "1,000 people are missing from Zamzam camp": those who live somewhere and aren't there any more. Members, pupils
    and workers are only absent from what has a name."""
    if frame.count.noun is None or frame.predicate is None or sentence.tokens[frame.count.noun].low not in _DWELLERS:
        return False
    behind = sentence.tokens[frame.predicate + 1 : frame.predicate + 5]
    return bool(behind) and behind[0].low in {"from", "in"} and any(t.capital or t.mention for t in behind[1:])


def _object(token: Token) -> bool:
    """ "missing school": a plain noun behind the verb is what they miss."""
    if not token.low.isalpha() or token.capital or token.number is not None or token.mention is not None:
        return False
    led = token.has("prepositions", "adverbs", "subordinators", "conjunctions", "relatives", "be", "have", "including")
    return not (led or token.senses or token.low in _OBJECT_STOPS)
