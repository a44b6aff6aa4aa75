"""Sources that only the next sentence names: "The figures come from the hospital.", "That is the ministry's count."

Such a sentence counts nobody. It points back ("that", "these figures", "so") and says whose the figures were.
"""

import re

from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.speech.speakers import can_speak, speaker_right

POINTING = re.compile(r"(?:The|Th[ae]t|This|These|Those|Both|Such|So|All)\b[^.\n]{0,60}\b(?:[a-z]+s?|from|of|by)\b")
"""What may be a sentence of credit: only those are read although they hold no number."""
_POINTERS = frozenset({"that", "this", "these", "those", "it", "both", "such", "all"})
_GIVING = frozenset({"come", "comes", "came", "stem", "stems", "stemmed"})
_PASSIVE = frozenset({"compiled", "provided", "given", "supplied", "issued", "released", "collected", "gathered"})


def credit_of(sentence: Sentence) -> tuple[int, int] | None:
    """The phrase of the source to which a sentence without a number credits the figures before it."""
    tokens = sentence.tokens
    if sentence.counts or not tokens:
        return None
    if tokens[0].low == "so" and len(tokens) > 2 and tokens[1].role("say"):
        return _source(tokens, 2)
    at = _pointer(tokens)
    if at is None or at >= len(tokens):
        return None
    while at < len(tokens) and tokens[at].has("have", "adverbs"):
        at += 1
    verb = tokens[at] if at < len(tokens) else None
    if verb is None:
        return None
    if verb.low in _GIVING and at + 1 < len(tokens) and tokens[at + 1].low == "from":
        return _source(tokens, at + 2)
    return _linked(tokens, at + 1) if verb.has("be") else None


def _pointer(tokens: list[Token]) -> int | None:
    """Where what points back ends: "that", "the figures", "both counts"."""
    at = 0
    while at < min(3, len(tokens)) and (tokens[at].low in _POINTERS or tokens[at].has("determiners", "premodifiers")):
        at += 1
    if at and at < len(tokens) and tokens[at].has("account_nouns"):
        return at + 1
    return at if at == 1 and tokens[0].low in _POINTERS else None


def _linked(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Behind "is": "from the hospital", "the count of the hospital", "the hospital's count", "compiled by"."""
    if at + 1 >= len(tokens):
        return None
    if tokens[at].low in {"from", "according to"}:
        return _source(tokens, at + 1)
    if tokens[at].low in _PASSIVE and tokens[at + 1].low == "by":
        return _source(tokens, at + 2)
    for index in range(at, min(len(tokens), at + 10)):
        if tokens[index].low in {"'s", "'"} and any(t.has("account_nouns") for t in tokens[index + 1 : index + 4]):
            first = next((i for i in range(at, index) if tokens[i].text[0].isalnum()), at)
            return (first, index - 1) if can_speak(tokens[first:index]) else None
        named = tokens[index].has("account_nouns") and index + 1 < len(tokens)
        if named and tokens[index + 1].low == "of":
            return _source(tokens, index + 2)
    return None


def _source(tokens: list[Token], start: int) -> tuple[int, int] | None:
    phrase = speaker_right(tokens, start)
    if phrase is None or not can_speak(tokens[phrase[0] : phrase[1] + 1]):
        return None
    named = tokens[phrase[0] : phrase[1] + 1]
    known = any(t.has("speakers", "account_nouns") or t.mention is not None or t.capital for t in named)
    return phrase if known else None
