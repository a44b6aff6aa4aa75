"""Forces that are nowhere: soldiers are counted, but nothing says that they are, or are going, where they are named.

A figure is `deployed` where armed people are there by now, or on their way, and that is told as a fact. Most readings
of that kind lean on a place beside the soldiers; here is what takes the place's word away.
"""

from datetime import date
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Head
from monitor.extract.sentence.places_ahead import place_follows

HISTORY = 10
"""Years after which a force that went somewhere is history, unless the text says that it is still there."""
AWAY = 9
"""Tokens behind the soldiers and their place in which their verb may take them away."""
WILLED = 6
"""Tokens before a verb of sending in which it may be said to be no more than wished, refused or allowed."""
LAID_DOWN = 7
"""Tokens before a force in which an agreement may fix its size."""
OPENING = 4
"""Tokens in which a sentence that opens with "In June 1944" names its year."""
_COMMAS = frozenset({",", ";"})
_CLAUSES = _COMMAS | {"but"}
_OPENS = frozenset({"with", "and", "but", "while", "where", "when", "top of", "that", "than"})
_OVER_TO = ["over", "to"]
_WENT = frozenset({"went", "gone", "go", "goes", "going", "came", "come", "crossed", "cross"})
_GOAL = frozenset({"to", "into", "towards", "onto"})
_LED = frozenset({"commanded", "led"})
_WISHING = frozenset({"ask", "asks", "asked", "apply", "applied", "wish", "wished", "want", "wanted", "hope", "hoped"})
_SERVING = frozenset({"active", "serving"})


def not_there(sentence: Sentence, frame: Frame, published: date | None) -> bool:
    """True where the soldiers of the figure are not told to be anywhere, or no longer."""
    if frame.measure is not Measure.DEPLOYED:
        return False
    return (
        _serve_no_more(sentence, frame)
        or _done_to(sentence, frame)
        or _by_so_many(sentence, frame)
        or _only_willed(sentence, frame)
        or _thought_through(sentence, frame)
        or _on_the_rolls(sentence, frame)
        or _served_in_turn(sentence, frame)
        or _gone_away(sentence, frame)
        or _changed_sides(sentence, frame)
        or _brought_away(sentence, frame)
        or _laid_down(sentence, frame)
        or _history(sentence, frame, published)
        or _had_they(sentence, frame)
        or _first_in_line(sentence, frame)
        or _asks_to_stay(sentence, frame)
    )


def _serve_no_more(sentence: Sentence, frame: Frame) -> bool:
    """ "3,200 former fighters in Ituri", "40 retired officers": they carry no arms now, or not yet."""
    return any(t.has("not_serving", "veterans") for t in sentence.tokens[frame.count.first : frame.count.last + 1])


def _done_to(sentence: Sentence, frame: Frame) -> bool:
    """ "swore in 4,500 soldiers in Tolemaida", "woke 4,000 soldiers at the base", "parcels to 6,000 soldiers in
    Estonia": whoever stands under another word is told of by that, and the place is where that was done. Soldiers and
    their place alone tell that they are there only where their phrase opens the clause, is joined to another, or
    hangs on a word of counting, of having or of finding."""
    tokens, at = sentence.tokens, frame.count.first - 1
    if frame.rule != "presence-verbless" or frame.predicate is not None or frame.count.head is Head.NONE:
        return False
    while at >= 0 and tokens[at].has("determiners", "hedge", "adverbs", "object_free") and not _past_verb(tokens[at]):
        at -= 1
    if at < 0 or not tokens[at].text[0].isalnum():
        return False
    governor = tokens[at]
    if governor.low == "of" and at:
        return not _counting(tokens[at - 1])
    if governor.low in _OPENS or governor.mention is not None or governor.has("finding_there", "subordinators", "be"):
        return False
    return not (governor.capital or governor.role("say", "put", "presence") or governor.counts)


def _counting(owner: Token) -> bool:
    """ "an estimate of 12,000 soldiers in Russia", "a contingent of 300 in Mali"."""
    return (
        owner.counts
        or owner.has("account_nouns", "sizes", "bodies", "groups")
        or owner.role("toll", "count", "event") is not None
    )


def _past_verb(token: Token) -> bool:
    """A past form by its ending, which neither finds troops somewhere, nor puts them there, nor rates their number."""
    if (
        not token.low.endswith("ed")
        or token.capital
        or token.mention is not None
        or token.has("hedge", "finding_there")
    ):
        return False
    return not token.senses or any(s.role == "neutral" for s in token.senses)


def _only_willed(sentence: Sentence, frame: Frame) -> bool:
    """ "should station 5,000 men in Poland", "refused to send 300": it has not been done."""
    at = frame.predicate
    if at is None or frame.side != "left" or frame.rule != "active-object":
        return False
    before = sentence.tokens[max(0, at - WILLED) : at]
    stop = next((i for i in range(len(before) - 1, -1, -1) if before[i].low in {",", ";", "that", "who"}), -1)
    return any(t.has("only_willed") for t in before[stop + 1 :])


def _thought_through(sentence: Sentence, frame: Frame) -> bool:
    """ "Sending 1,000 soldiers to Mali would cost Berlin 400 million": what it would be like, so nobody is sent yet."""
    at = frame.predicate
    if at is None or frame.side != "left" or not any(s.form == "ing" for s in sentence.tokens[at].senses):
        return False
    opens = at == 0 or sentence.tokens[at - 1].low in {"that", '"'} or sentence.tokens[at - 1].role("say") is not None
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 1 + AWAY]
    end = next((i for i, t in enumerate(after) if t.low in _COMMAS), len(after))
    return opens and any(t.low in {"would", "could", "might"} for t in after[:end])


def _by_so_many(sentence: Sentence, frame: Frame) -> bool:
    """ "cut its contingent by 250", "a convoy escorted by 120 soldiers": a step, or company on the way, no strength."""
    first = frame.count.first
    while first > 0 and sentence.tokens[first - 1].has("hedge", "determiners"):
        first -= 1
    return frame.rule == "toll-link" and first > 0 and sentence.tokens[first - 1].low == "by"


def _on_the_rolls(sentence: Sentence, frame: Frame) -> bool:
    """ "has 45,000 men under arms", "has 162,000 active personnel": how many serve, wherever they are; whoever is sent,
    or is said to be in a place, is there."""
    tokens, at = sentence.tokens, frame.predicate
    if frame.rule == "toll-link" and any(t.low in _SERVING for t in tokens[frame.count.number + 1 : frame.count.last]):
        return not place_follows(sentence, frame.count.last + 1)
    rolls = at is not None and frame.rule == "state" and tokens[at].low == "under arms"
    return rolls and not place_follows(sentence, (at or 0) + 1)


def _served_in_turn(sentence: Sentence, frame: Frame) -> bool:
    """ "13,400 have served in Iraq since 2002", "commanded 4,000 men in Bosnia": all who were ever there, or then."""
    at = frame.predicate
    if at is None:
        return False
    if frame.rule == "intransitive-subject":
        senses = sentence.tokens[at].senses
        return any(s.lemma == "serve" for s in senses) and sentence.tokens[at].low == "served"
    relative = at > 0 and sentence.tokens[at - 1].has("relatives")
    return frame.rule == "active-object" and relative and sentence.tokens[at].low in _LED


def _gone_away(sentence: Sentence, frame: Frame) -> bool:
    """ "the last 60 soldiers in Kabul flew out": the place is the one that they left."""
    if frame.rule != "presence-verbless":
        return False
    for token in sentence.tokens[frame.count.last + 1 : frame.count.last + 1 + AWAY]:
        if token.low in {",", ";", "."} or token.counts or token.has("relatives", "subordinators"):
            return False
        if token.has("departing", "leaving_service"):
            return True
    return False


def _brought_away(sentence: Sentence, frame: Frame) -> bool:
    """ "an airlift brought 1,470 Britons out of Khartoum": the place is where they are no more."""
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 1 + AWAY]
    end = next((i for i, t in enumerate(after) if t.low in _COMMAS), len(after))
    lows = [t.low for t in after[:end]]
    out = frame.rule == "active-object" and ("out", "of") in pairwise(lows)
    return out and _GOAL.isdisjoint(lows)


def _changed_sides(sentence: Sentence, frame: Frame) -> bool:
    """ "60 soldiers had gone over to the resistance": to a side, not to a place."""
    at = frame.predicate
    if at is None or frame.rule != "intransitive-subject" or sentence.tokens[at].low not in _WENT:
        return False
    after = sentence.tokens[at + 1 : at + 5]
    to_a_place = any(t.has("ground") or (t.mention is not None and t.mention.role != "adjective") for t in after[2:])
    return [t.low for t in after[:2]] == _OVER_TO and not to_a_place


def _laid_down(sentence: Sentence, frame: Frame) -> bool:
    """ "sets the size of the patrol at 1,500", "each of the brigades has 5,000": what may be there, what is usual."""
    tokens = sentence.tokens
    start = min(frame.count.first, frame.predicate if frame.predicate is not None else frame.count.first)
    before = tokens[max(0, start - LAID_DOWN) : frame.count.first]
    ratio = frame.rule == "toll-link" and any(t.low in {"each", "every"} for t in before)
    if "laid_down" not in sentence.tags:
        return ratio
    rule = next((i for i in range(len(before) - 1, -1, -1) if before[i].has("laid_down")), None)
    return ratio or (rule is not None and not any(_another_deed(a, b) for a, b in pairwise(before[rule:])))


def _another_deed(before: Token, token: Token) -> bool:
    """ "barred the road and deployed 200 soldiers": a clause or a finite verb of its own parts the count from the
    agreement; "allows it to send 200" and "from keeping 200" don't."""
    if token.low in _CLAUSES or token.has("relatives"):
        return True
    told = any(s.form in {"past", "pastpart", "s"} and s.role != "neutral" for s in token.senses)
    return told and before.low != "to" and not before.has("determiners", "laid_down")


def _history(sentence: Sentence, frame: Frame, published: date | None) -> bool:
    """ "in 1979 Moscow sent 80,000 men over the Amu Darya": long before the article, and not said to last."""
    if published is None:
        return False
    tokens = sentence.tokens
    begin = max((i + 1 for i in range(frame.count.first) if tokens[i].low in _COMMAS), default=0)
    end = next((i for i in range(frame.count.last + 1, len(tokens)) if tokens[i].low in _COMMAS), len(tokens))
    spans = [tokens[begin:end], tokens[:OPENING] if tokens[0].low == "in" else []]
    if "lasting" in sentence.tags and any("lasting" in t.tags for t in tokens[begin:end]):
        return False
    years = [int(t.low) for span in spans for before, t in pairwise(span) if _dates(before) and _is_year(t)]
    return bool(years) and max(years) <= published.year - HISTORY


def _had_they(sentence: Sentence, frame: Frame) -> bool:
    """ "Had the 2,000 men at Mosul fired a shot, …": opening its sentence, had is an if."""
    return frame.predicate == 0 and sentence.tokens[0].low == "had"


def _first_in_line(sentence: Sentence, frame: Frame) -> bool:
    """ "2,000 men are at the front of the queue"."""
    tokens, at = sentence.tokens, frame.predicate
    return frame.rule == "state" and at is not None and [t.low for t in tokens[at : at + 2]] == ["at the front", "of"]


def _asks_to_stay(sentence: Sentence, frame: Frame) -> bool:
    """ "some 2,400 have asked to stay in Paraguay", "500 soldiers want to remain": what prisoners, refugees and men
    whose time is over wish for; it puts no force there."""
    at = frame.predicate
    if at is None or frame.rule != "presence" or at < 3 or sentence.tokens[at - 1].low != "to":
        return False
    return any(t.low in _WISHING for t in sentence.tokens[max(frame.count.last + 1, at - 4) : at - 1])


def _dates(before: Token) -> bool:
    return before.low in {"in", "of", "and"} or before.has("months")


def _is_year(token: Token) -> bool:
    return len(token.low) == 4 and token.low.isdecimal() and token.low[:2] in {"15", "16", "17", "18", "19", "20"}
