"""Figures that aren't any: nothing happened to the people counted, or they were given back."""

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence, Token
from monitor.extract.frames import Frame, breaks

BODIES = frozenset({"bodies", "remains", "corpses"})
_NOT = frozenset({"not", "n't", "never", "nor"})
_NONE = frozenset({"none", "neither", "without", "none of", "not one of", "never", "nobody", "no"})
_COMPARED = frozenset({"further", "more", "fewer", "less"})


def negated(sentence: Sentence, frame: Frame) -> bool:
    """ "None of the 1,200 was hurt", "not one of", "failed to injure its five crew": nothing happened to them."""
    if _none_before(sentence, frame.count.first) or _sentenced(sentence, frame):
        return True
    tokens, predicate = sentence.tokens, frame.predicate
    if predicate is None or frame.rule == "unfound":
        return False
    if frame.side == "right":
        between = _without_brackets(tokens[frame.count.last + 1 : predicate])
        return frame.rule != "state" and any(t.low in _NOT for t in between)
    words = [t.low for t in tokens[max(0, predicate - 3) : predicate]]
    return frame.side == "left" and (any(word in _NOT for word in words) or "failed to" in " ".join(words))


def _sentenced(sentence: Sentence, frame: Frame) -> bool:
    """ "sentenced 12 soldiers to death": nobody has died yet."""
    if frame.predicate is None or sentence.tokens[frame.predicate].low != "to death":
        return False
    around = sentence.tokens[max(0, frame.count.first - 5) : frame.predicate]
    return any(token.low in {"sentenced", "condemned", "sentencing", "condemning", "sentence"} for token in around)


def _none_before(sentence: Sentence, first: int) -> bool:
    """A word of none close before the number, in the same clause; "no more than" is none of them."""
    tokens, begin = sentence.tokens, max(0, first - 6)
    begin = max([begin, *(i + 1 for i in range(begin, first) if tokens[i].low in {",", "but", ";"})])
    words = [
        token.low
        for i, token in enumerate(tokens[begin:first], begin)
        if not _compares(tokens, i) and not _named(token)
    ]
    if words[-1:] in (["every"], ["each"]):
        return True  # "for every ten hostages" is a ratio
    return words[-1:] == ["not"] or any(word in _NONE for word in words[-4:])


def _compares(tokens: list[Token], index: int) -> bool:
    return tokens[index].low == "no" and tokens[index + 1].low in _COMPARED


def _named(token: Token) -> bool:
    """ "Doctors Without Borders": a capital makes it a name."""
    return token.capital and token.low not in {"not", "none", "no", "none of", "not one of"}


def _without_brackets(tokens: list[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in tokens:
        depth += (token.low in {"(", "["}) - (token.low in {")", "]"})
        if depth <= 0:
            kept.append(token)
    return kept


def given_back(sentence: Sentence, frame: Frame) -> bool:
    """ "the release of 34 hostages", "returned the bodies of nine soldiers", "18 prisoners were freed"."""
    captured = frame.measure is Measure.CAPTURED
    if captured and frame.rule in {"passive-subject", "participle"} and frame.predicate is not None:
        return _freed_after(sentence, frame.predicate)
    if frame.rule not in {"measure-noun", "premodifier", "event-of", "active-object", "coordinated"}:
        return False
    bodies = _of_bodies(sentence, frame)
    if not bodies and (not captured or frame.rule == "active-object"):
        return False
    around = [*_before(sentence, frame.count.first), *_behind(sentence, frame.count.last)]
    return any(t.has("give_back") and (i == 0 or around[i - 1].low != "in") for i, t in enumerate(around))


def _of_bodies(sentence: Sentence, frame: Frame) -> bool:
    at = [frame.count.last] + ([frame.predicate] if frame.predicate is not None else [])
    return any(sentence.tokens[index].low in BODIES for index in at)


def _freed_after(sentence: Sentence, predicate: int) -> bool:
    """ "55 who had been held hostage were set free"."""
    for index in range(predicate + 1, min(len(sentence.tokens), predicate + 14)):
        token = sentence.tokens[index]
        if token.low in {";", ",", "and"}:
            return False
        if token.has("give_back") and index in sentence.passive:
            return True
    return False


def _before(sentence: Sentence, first: int) -> list[Token]:
    tokens, low = sentence.tokens, first
    while low > 0 and first - low < 8 and not tokens[low - 1].has("subordinators") and not breaks(tokens[low - 1]):
        low -= 1
    return tokens[low:first]


def _behind(sentence: Sentence, last: int) -> list[Token]:
    after = sentence.tokens[last + 1 : last + 8]
    stop = next((i for i, t in enumerate(after) if t.low in {",", ";", ".", "and", "who"}), len(after))
    return after[:stop]
