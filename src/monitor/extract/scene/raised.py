"""Totals that a new loss raises: ", bringing the army's losses since May to 846"."""

from monitor.extract.measures.frames import RAISING, Frame, military
from monitor.extract.sentence.annotate import Sentence, Token

_FORCE = frozenset({"military", "army", "navy", "forces", "security"})
_REACH = 30


def raising_at(sentence: Sentence, index: int) -> int | None:
    """The token of the participle that raises the total at `index`; None for a number that is no raised total."""
    tokens = sentence.tokens
    for at in range(index - 1, max(0, index - _REACH), -1):
        if tokens[at].low.split(" ", 1)[0] in RAISING and tokens[at - 1].low == ",":
            return at
        if tokens[at].low == ";" or tokens[at].counts:
            return None
    return None


def of_a_force(sentence: Sentence, frame: Frame) -> bool:
    """ "bringing the military toll to 58", "raising to 58 the number of French troops killed": what a side has lost of
    its soldiers adds up over its war; "three more died, bringing it to 58" goes on with those of one event."""
    at = raising_at(sentence, frame.count.number)
    if at is None or any(_more(t) for t in sentence.tokens[:at] if t.counts):
        return False
    return any(_soldierly(t) for t in told_of(sentence, at))


def told_of(sentence: Sentence, at: int) -> list[Token]:
    """The tokens of the total behind the participle at `at`, to the end of its clause or the source set behind it."""
    tokens = sentence.tokens
    said = (s.first for s in sentence.speeches or () if s.first > at)
    stop = min([*said, *(i for i in range(at, len(tokens)) if tokens[i].low == ";")], default=len(tokens))
    return tokens[at:stop]


def _more(token: Token) -> bool:
    return token.number is not None and "additional" in token.number.flags


def _soldierly(token: Token) -> bool:
    return token.low in _FORCE or (token.person is not None and military(token.person.kind))
