"""What has not happened: could, if and fear of it make a figure hypothetical; will, plans and is to, planned."""

from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.after import STAYING
from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.annotate import Sentence, Token

REACH = 14
"""Tokens before a predicate in which a modal may govern it."""
CLAUSE = frozenset({";", "—", "•", "*"})
_MODALS = frozenset({"could", "would", "might", "were to", "threatens to", "risk", "risks"})
_UNREAL = _MODALS | {"may", "will"}
_FUTURE = frozenset({"will", "'ll", "shall", "going to"})
_INTENDED = frozenset({"planned", "scheduled", "foreseen", "envisaged", "due", "expected"})
_PROMISED = frozenset(
    "promised pledged authorised authorized approved requested required needed needs requires wants wanted".split()
)
_ACTS = frozenset({"active-object", "lost-object", "passive-subject", "intransitive-subject"})
_IF = frozenset({"if", "unless"})
_ORDERS = frozenset({"order", "orders", "ordered", "instruction", "instructions", "instructed", "command", "told"})
_OPENING = frozenset({'"', "'", "but", "and", "even", "only", "that"})


def clause_begin(tokens: list[Token], index: int) -> int:
    while index > 0 and tokens[index - 1].low not in CLAUSE:
        index -= 1
    return index


def _governing(sentence: Sentence, frame: Frame) -> list[Token]:
    """The tokens in which a modal governs the figure: between it and its predicate, or before both in their clause."""
    tokens, count = sentence.tokens, frame.count
    goes_on = frame.rule == "same-count"  # its verb is its own: "… have landed, and the number could reach 12,000"
    if frame.side == "right" and frame.predicate is not None and not goes_on:
        return tokens[count.last + 1 : frame.predicate + 1]
    predicate = count.first if goes_on or frame.predicate is None else frame.predicate
    last, start = max(count.last, predicate), min(count.first, predicate)
    low = start
    while low > 0 and start - low < REACH:
        before = tokens[low - 1]
        said = before.role("say") and before.low not in {"expects", "expected"}
        if said or before.low in CLAUSE or before.low.startswith("\n") or (before.low == "," and start - low > 2):
            break
        low -= 1
    return tokens[low : last + 1]


def conditional(sentence: Sentence, frame: Frame) -> bool:
    """ "If …", "were Israel to …", "could lose": what has not happened; "could have lost" is a hedged report."""
    if ("dreading" in sentence.tags and _dreaded(sentence, frame)) or _asked(sentence, frame):
        return True
    if not sentence.words.isdisjoint(_IF) and _supposed(sentence, frame):
        return True
    if "scenario" in sentence.words and _played_through(sentence, frame):
        return True
    if sentence.words.isdisjoint(_UNREAL):
        return False
    span = _governing(sentence, frame)
    for offset, token in enumerate(span):
        if token.low == "would" and _announced(sentence, frame):
            return False
        if token.low in _MODALS:
            behind = span[offset + 1 : offset + 4]
            hedged = any(one.low == "have" and other.low != "to" for one, other in pairwise(behind))
            return not hedged or (token.low == "would" and frame.measure is not Measure.DEPLOYED)
        if token.low == "may" and _base(span[offset + 1 : offset + 2], frame):
            return True  # "4,000 may die"; "may have died" is a hedged report
    tokens = sentence.tokens
    begin = clause_begin(tokens, frame.count.first + 1)
    words = [t.low for t in tokens[begin : begin + 6]]
    opens = words[:1] in (["if"], ["unless"], ["should"]) or (words[:1] in (["were"], ["had"]) and "to" in words)
    return opens and any(t.low in {"could", "would", "will", "may", "might"} for t in tokens[begin:])


def _supposed(sentence: Sentence, frame: Frame) -> bool:
    """ "if we lose ten men a week we are finished", "unless 5,000 are sent": a present behind the word of condition is
    of what may come; "if 400 died, it was the worst day" leaves open what another has told."""
    tokens, at = sentence.tokens, frame.predicate
    if at is None or frame.rule not in _ACTS:
        return False
    first, last = min(at, frame.count.first), max(at, frame.count.last)
    begin = next((i for i in range(first - 1, max(-1, first - REACH), -1) if tokens[i].low in _IF), None)
    if begin is None or (begin and tokens[begin - 1].low not in {*CLAUSE, *_OPENING, ","}):
        return False
    if any(t.low in {*CLAUSE, ",", "who"} or t.role("say", "put") is not None for t in tokens[begin + 1 : last]):
        return False
    if frame.side == "right" and at in sentence.passive:
        return any(t.low in {"are", "is"} for t in tokens[frame.count.last + 1 : at])
    alone = not tokens[at - 1].has("have", "be")
    return alone and all(
        s.form in {"base", "s"} for s in tokens[at].senses if s.measure is frame.measure or not s.measure
    )


def _played_through(sentence: Sentence, frame: Frame) -> bool:
    """ "In a scenario of the war college the brigade loses 600 men"; "in a scenario well known here, gunmen killed 12"
    tells of a deed."""
    tokens, at = sentence.tokens, frame.predicate
    opens = tokens[0].low in {"in", "under"} and any(t.low == "scenario" for t in tokens[1:5])
    return opens and at is not None and all(s.form in {"base", "s"} for s in tokens[at].senses)


def _dreaded(sentence: Sentence, frame: Frame) -> bool:
    """ "fears losing 400 men", "the danger of losing 400 men": a deed without time behind a word of fear is none yet;
    who "are feared dead" are told of as dead."""
    at = frame.predicate
    if frame.side != "left" or not at or not sentence.tokens[at].low.endswith("ing"):
        return False
    before = at - 1 - sentence.tokens[at - 1].has("prepositions")
    return before >= 0 and sentence.tokens[before].has("dreading")


def _asked(sentence: Sentence, frame: Frame) -> bool:
    """ "declined to say whether 40 had died": a question tells of nothing; "the 40 who died" are known all the same."""
    tokens, first = sentence.tokens, frame.count.first
    if "whether" not in sentence.words or frame.rule not in _ACTS or frame.measure is Measure.DEPLOYED:
        return False
    begin = max(clause_begin(tokens, first), first - REACH)
    opened = next((i for i in range(first - 1, begin - 1, -1) if tokens[i].low == "whether"), None)
    if opened is None or tokens[first - 1].has("determiners"):
        return False
    return not any(t.low in {",", "who", "that", "which"} or t.role("say") for t in tokens[opened:first])


def _base(tokens: list[Token], frame: Frame) -> bool:
    return any(s.form == "base" and s.measure is frame.measure for t in tokens for s in t.senses)


def infinitive(sentence: Sentence, frame: Frame) -> bool:
    """ "threatened to kill 10 judges": what is aimed at, not done; "went on to kill" aside."""
    at = frame.predicate
    if frame.rule == "passive-subject" and _still_to_be(sentence.tokens, frame):
        return True
    if frame.side != "left" or not at or frame.measure is Measure.DEPLOYED:
        return False
    base = _base(sentence.tokens[at : at + 1], frame)
    if sentence.tokens[at - 1].low in {":", '"'}:  # "the order was: kill 30 of them"; a headline quotes or lists deeds
        ordered = any(t.low in _ORDERS for t in sentence.tokens[max(0, at - REACH) : at])
        return ordered and base and all(s.form == "base" for s in sentence.tokens[at].senses)
    earlier = sentence.tokens[at - 2].low if at > 1 else ""
    done = earlier in {"on", "continued", "continues", "managed", "used"}
    return base and sentence.tokens[at - 1].low.endswith("to") and not done


def _still_to_be(tokens: list[Token], frame: Frame) -> bool:
    """ "a list of 40 officers to be killed"; "one of 12 soldiers to be killed this year" were."""
    behind = [t.low for t in tokens[frame.count.last + 1 : frame.count.last + 3]]
    first = frame.count.first
    one_of = first > 0 and tokens[first - 1].low in {"of", "among", "the"}
    listed = one_of and first > 1 and tokens[first - 2].low in {"list", "lists", "names", "quota", "order", "orders"}
    own = frame.predicate == frame.count.last + 3  # "forty officers to be tried were shot"
    return behind == ["to", "be"] and own and (listed or not one_of)


def planned(sentence: Sentence, frame: Frame) -> bool:
    """Will, plans to, is to: right before the predicate of harm, anywhere before that of presence."""
    span, tokens = _governing(sentence, frame), sentence.tokens
    if _stays(sentence, frame):
        return False
    if frame.rule == "measure-noun" and frame.measure is Measure.CAPTURED:
        return any(t.has("modal_future") for t in tokens[frame.count.last + 1 : frame.count.last + 4])
    if frame.measure is not Measure.DEPLOYED:
        near = span if frame.side == "right" else tokens[max(0, (frame.predicate or 0) - 3) : frame.predicate]
        return frame.rule in _ACTS and any(t.low in _FUTURE for t in near)
    if _promised(sentence, frame):
        return True
    last = max(frame.count.last, frame.predicate or 0)
    if any(t.has("be") and behind.low in _INTENDED for t, behind in pairwise(tokens[last + 1 : last + 7])):
        return True  # "the deployment of 500 soldiers to Mali is planned for June"
    after = [t.low for t in tokens[last + 1 : last + 4]]
    follows = any(word in after for word in ("will", "to be sent", "to be deployed")) or after[:2] == ["to", "be"]
    behind = tokens[last + 1 : last + 7]
    follows = follows or any((a.low, b.low) == (",", "will") for a, b in pairwise(behind))  # "260 men, all ranks, will"
    if frame.rule == "presence" and any(t.has("modal_future") for t in tokens[last + 1 : last + 3]):
        return True  # "are on standby to fly to Juba"
    told = any(t.has("modal_future") for t in span) or _announced(sentence, frame)
    return follows or told or _headline_future(sentence, frame)


def _promised(sentence: Sentence, frame: Frame) -> bool:
    """ "has only 800 of the 2,500 officers that were promised to it", "of the 2,500 soldiers it needs": the whole of
    which a part is there is a plan by its own clause."""
    tokens, count = sentence.tokens, frame.count
    if [t.low for t in tokens[max(0, count.first - 2) : count.first]] != ["of", "the"]:
        return False
    for token in tokens[count.last + 1 : count.last + 6]:
        if token.low.split()[0] in _PROMISED:
            return True
        if not (token.has("relatives", "pronouns", "be", "have", "adverbs") or token.low in {"that", "which"}):
            return False
    return False


def _announced(sentence: Sentence, frame: Frame) -> bool:
    """ "Paris said it would send 500 soldiers": what was said in the past of what "will" be, with no "if" about it."""
    if frame.measure is not Measure.DEPLOYED or not sentence.words.isdisjoint({"if", "unless", "were", "should"}):
        return False
    if all(t.low != "would" for t in _governing(sentence, frame)):
        return False
    said = (s for s in sentence.speeches or () if not s.deny and s.covers(frame.count.number))
    verbs = (sentence.tokens[s.verb].senses for s in said)
    return any(s.role == "say" and s.form in {"past", "pastpart"} for senses in verbs for s in senses)


def _stays(sentence: Sentence, frame: Frame) -> bool:
    """ "its 2,000 will stay": those who are known as its own are there already; "8,400 will stay" is a plan."""
    tokens, first = sentence.tokens, frame.count.first
    owned = first > 0 and tokens[first - 1].low in {"its", "their", "our", "'s", "s'"}
    behind = tokens[frame.count.last + 1 : frame.count.last + 5]
    return owned and frame.side == "right" and any(t.low in STAYING for t in behind)


def _headline_future(sentence: Sentence, frame: Frame) -> bool:
    """ "US to send 3,000 troops to Poland": "to" right behind a name that no verb follows is "is to"."""
    at, tokens = frame.predicate, sentence.tokens
    if at is None or at < 2 or at > frame.count.first or tokens[at - 1].low != "to":
        return False
    if not any(s.form == "base" for s in tokens[at].senses):
        return False
    return all(t.mention is not None or t.capital or t.low in {"and", ",", "&"} for t in tokens[: at - 1])
