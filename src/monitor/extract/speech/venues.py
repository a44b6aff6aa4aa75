"""Where a statement was made: "Speaking in Skopje, …", "told reporters in Paris".

It is not where anything else happened, nor the side of whoever speaks there.
"""

from collections.abc import Sequence

from monitor.extract.lexicon.scene_words import scene_words
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.speech.saying import Speech

_REACH = 8
"""Tokens from the word of saying to the place."""
_AT = frozenset({"in", "at", "from", "to", "outside", "near"})


def venues(sentence: Sentence, speeches: Sequence[Speech], *, abroad: bool = False) -> frozenset[int]:
    """The indices of the places where something was only said, as known from the words of saying before them.

    With `abroad` only those that say nothing of whose side speaks: "parliament in Ottawa" is Canada's.
    """
    if sentence.words.isdisjoint(scene_words("statements", "speaking")):
        return frozenset()
    return frozenset(
        index
        for index, token in enumerate(sentence.tokens)
        if token.capital and index > 1 and sentence.tokens[index - 1].low in _AT and _said(sentence, speeches, index)
        if not (abroad and _at_home(sentence.tokens, index))
    )


def _said(sentence: Sentence, speeches: Sequence[Speech], index: int) -> bool:
    tokens = sentence.tokens
    for at in range(index - 2, max(-1, index - _REACH), -1):
        token = tokens[at]
        if token.low in {",", ";"} or token.counts or any(sense.measure is not None for sense in token.senses):
            return False
        opens = at == 0 or not tokens[at - 1].text[0].isalnum()
        if opens and token.low in scene_words("speaking"):
            return True
        if token.low in scene_words("statements"):
            return any(_at_head(tokens, speech, index) or at - 2 <= speech.verb < at for speech in speeches)
    return False


def _at_home(tokens: Sequence[Token], index: int) -> bool:
    return any(t.low in scene_words("chambers") for t in tokens[max(0, index - 3) : index])


def _at_head(tokens: Sequence[Token], speech: Speech, index: int) -> bool:
    """ "At a news conference in Paris, the minister said": the comma right before the speaker closes it."""
    return index + 2 <= speech.first <= index + 3 and tokens[speech.first - 1].low == ","
