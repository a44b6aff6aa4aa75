"""What the text tells of around a sentence: war, or another danger. Asked only where a figure would lean on it."""

import re
from functools import cache

from monitor.extract.lexicon.grammar_words import flat, read_words
from monitor.extract.sentence.annotate import Sentence

AROUND = 400
"""Characters before and behind a sentence that still belong to what it tells."""
_WORD = re.compile(r"[a-z]+")


@cache
def told(kind: str) -> frozenset[str]:
    """The words of one kind."""
    return frozenset(flat(read_words("told")[kind]))


def tells_of_war(sentence: Sentence) -> bool:
    """True where those who wage war, or what they do, are named in the sentence or around it."""
    return not told("war").isdisjoint(_around(sentence))


def tells_of_danger(sentence: Sentence) -> bool:
    """True where war, or harm by nature or by chance, is told in the sentence or around it."""
    words = _around(sentence)
    return not (told("danger").isdisjoint(words) and told("war").isdisjoint(words))


def tells_of_flight(sentence: Sentence) -> bool:
    """True where people who flee are told of in the sentence or around it."""
    return not told("flight").isdisjoint(_around(sentence))


def _around(sentence: Sentence) -> list[str]:
    around = sentence.text[max(0, sentence.start - AROUND) : sentence.end + AROUND]
    return _WORD.findall(around.lower())
