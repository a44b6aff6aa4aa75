"""People whose whereabouts nobody knows: the object or subject of a verb of finding that is negated."""

from collections.abc import Iterator
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, breaks, make
from monitor.extract.sentence.annotate import Sentence, back_over
from monitor.extract.sentence.phrases import Count, Head

REACH = 10
"""Tokens behind the phrase in which its negated verb stands."""
FAR = 18
"""The same, with a clause of who they are between."""
_NOT = frozenset({"not", "n't", "cannot", "can't"})
_NEGATING = frozenset({"negation", "failing"})
_CONTACT = frozenset({"reach", "reached", "reaching", "contact", "contacted", "contacting"})
_CONTACTS = frozenset({"contact", "touch", "communication", "communications"})
_NOBODY = frozenset({"nothing", "nobody", "no"})
_SIGNS = frozenset({"sign", "trace", "word", "news"})
_KNOWING = frozenset({"know", "known", "say", "knows", "tell"})
_ERRANDS = frozenset({"with", "for", "about"})
_LOSS = frozenset({"since", "lost", "trapped", "stranded", "missing"})
_VERDICTS = frozenset({"guilty", "fit", "suitable", "liable", "eligible"})


def unaccounted(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """ "lost contact with 11 miners", "cannot find 150", "25 men could not be reached"."""
    if count.head not in {Head.PEOPLE, Head.NATION, Head.PRONOUN, Head.NONE}:
        return
    yield from _not_found(sentence, count)
    yield from _nobody_knows(sentence, count)
    yield from _nothing_heard(sentence, count)
    yield from _no_sign(sentence, count)
    if count.head is not Head.NONE or _people_before(counts, count):
        yield from _out_of_sight(sentence, count)


def _nobody_knows(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "contact with 30 marines has been lost", "we do not know where 14 of our men are"."""
    tokens, at = sentence.tokens, count.first - 1
    if at < 1 or tokens[at].low not in {"with", "where"}:
        return
    behind = range(count.last + 1, min(len(tokens), count.last + REACH))
    lost = next((i for i in behind if tokens[i].low == "lost" and i in sentence.passive), None)
    if lost is not None and tokens[at].low == "with" and tokens[at - 1].low in _CONTACTS:
        yield make(count, Measure.MISSING, "unfound", 0.0, lost, "right")
    known = next((i for i in range(at - 1, max(-1, at - 3), -1) if tokens[i].low in _KNOWING), None)
    left = any(tokens[i].has("be") for i in behind)
    if tokens[at].low == "where" and known is not None and left and negated_verb(sentence, known):
        yield make(count, Measure.MISSING, "unfound", 0.0, known, "left")


def _nothing_heard(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "nothing has been heard of 43 students", "nobody has seen 61 villagers since": of whom there is no word."""
    if sentence.words.isdisjoint(_NOBODY):
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "object_free", "hedge", "determiners")
    heard = tokens[at].role("finding") if at > 1 else None
    seen = tokens[at].low == "seen" and "since" in sentence.words and count.head is not Head.NONE
    if not seen and (heard is None or not heard.lemma.startswith("hear ")):
        return
    low = [t.low for t in tokens[max(0, at - 5) : at]]
    if "nothing" in low or "nobody" in low or any(pair in (("no", "one"), ("no", "word")) for pair in pairwise(low)):
        yield make(count, Measure.MISSING, "unfound", 0.0, at, "left")


def _no_sign(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Of 41 fishermen no sign has been seen": people put first of whom there is neither sign nor word."""
    if "no" not in sentence.words:
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "hedge", "determiners")
    opens = at >= 0 and tokens[at].low == "of" and (at == 0 or tokens[at - 1].low in {",", ";", "."})
    if not opens:
        return
    behind = [t.low for t in tokens[count.last + 1 : count.last + 8]]
    if any(a == "no" and b in _SIGNS for a, b in pairwise(behind)):
        yield make(count, Measure.MISSING, "unfound", 0.0, count.first - 1, "left")


def _people_before(counts: dict[int, Count], count: Count) -> bool:
    """A number alone goes on counting the people told of before it in the sentence."""
    heads = [other.head for index, other in counts.items() if index < count.number]
    return bool(heads) and heads[-1] in {Head.PEOPLE, Head.NATION, Head.PRONOUN}


def _out_of_sight(sentence: Sentence, count: Count) -> Iterator[Frame]:
    tokens, cost = sentence.tokens, 0.0
    for index in range(count.first - 1, max(-1, count.first - 6), -1):
        token = tokens[index]
        if token.has("lost_from_sight"):
            yield make(count, Measure.MISSING, "unfound", cost, index, "left")
            return
        found = token.role("finding")
        if found is not None and index not in sentence.passive and negated_verb(sentence, index):
            if not _lost(sentence, count, index):
                return
            yield make(count, Measure.MISSING, "unfound", cost, index, "left")
            return
        if not token.has("object_free", "adverbs", "hedge", "determiners"):
            return
        cost += 0.3


def _lost(sentence: Sentence, count: Count, verb: int) -> bool:
    """Who isn't found is missing; who isn't reached or contacted only in a scene of loss, and on no errand."""
    if not any(token.low in _CONTACT for token in sentence.tokens[verb : verb + 3]):
        return True
    behind = {token.low for token in sentence.tokens[count.last + 1 :]}
    return not behind & _ERRANDS and ("rescue_scene" in sentence.tags or bool(behind & _LOSS))


def _not_found(sentence: Sentence, count: Count) -> Iterator[Frame]:
    if not negates(sentence):
        return
    tokens = sentence.tokens
    for index in range(count.last + 1, min(len(tokens), count.last + FAR)):
        token = tokens[index]
        if breaks(token) or token.counts or token.has("subordinators") or token.low in {",", "and", "but", "."}:
            return
        found = token.role("finding") is not None and index in sentence.passive
        silent = token.role("answering") is not None or (token.low == "answer" and _roll_called(sentence))
        if (found or silent) and negated_verb(sentence, index):
            if tokens[index + 1 : index + 2] and tokens[index + 1].low in _ERRANDS:
                return  # "could not be reached for comment", "… with aid"
            yield make(count, Measure.MISSING, "unfound", 0.2 * (index - count.last), index, "right")
            return


def _roll_called(sentence: Sentence) -> bool:
    """ "At the roll-call 212 did not answer"."""
    return not sentence.words.isdisjoint({"roll-call", "roll", "muster", "rollcall"})


def negates(sentence: Sentence) -> bool:
    """True where any word of the sentence negates."""
    return not (sentence.tags.isdisjoint(_NEGATING) and sentence.words.isdisjoint(_NOT))


def negated_verb(sentence: Sentence, index: int) -> bool:
    """True when the verb at the index is the one that is negated, auxiliaries and adverbs between allowed."""
    tokens, at = sentence.tokens, index - 1
    if tokens[index + 1 : index + 2] and tokens[index + 1].low in _VERDICTS:
        return False
    while at >= 0 and index - at < 6:
        token = tokens[at]
        if not token.tags.isdisjoint(_NEGATING) or token.low in _NOT:
            return True
        if not token.has("be", "have", "adverbs", "hedge", "modal_hypothetical"):
            return False
        at -= 1
    return False
