"""Those who die "in their thousands", "by the hundred": a number set behind its verb counts the verb's subject."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import PASSIVE_FORMS, Frame, is_passive, make
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head

REACH = 8
"""Tokens before the verb in which its subject stands."""
_HARM = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})


def by_the_hundred(sentence: Sentence, count: Count) -> bool:
    """True for the number of "in their thousands", "in his hundreds", "by the dozen"."""
    if count.head is not Head.NONE or count.first < 2:
        return False
    before = [t.low for t in sentence.tokens[count.first - 2 : count.first]]
    return before in (["in", "their"], ["in", "the"], ["by", "the"])


def in_numbers(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Dominicans have died in their thousands", "were killed by the dozen": as many of them died, if they are
    people."""
    if not by_the_hundred(sentence, count):
        return
    tokens, verb = sentence.tokens, count.first - 3
    verb = back_over(tokens, verb, "adverbs")
    if verb < 1 or not _of_people(tokens, verb):
        return
    for sense in tokens[verb].senses:
        passive = sense.role == "transitive" and sense.form in PASSIVE_FORMS and is_passive(sentence, verb)
        if sense.measure in _HARM and (passive or (sense.role == "intransitive" and sense.form)):
            rule = "passive-subject" if passive else "intransitive-subject"
            yield make(count, sense.measure, rule, 0.0, verb, "left")
            return


def _of_people(tokens: list[Token], verb: int) -> bool:
    """The subject of the verb is people by their noun, or by their nation."""
    for index in range(verb - 1, max(-1, verb - REACH), -1):
        token = tokens[index]
        if token.has("things", "subordinators", "prepositions") or token.counts:
            return False  # "villagers say that elephants were killed by the dozen"; above: "horses of the soldiers"
        if token.person is not None and token.person.plural:
            return "of" not in {t.low for t in tokens[max(0, index - 2) : index]}
        if token.mention is not None and token.mention.role in {"people", "troops"}:
            return True
        if token.low in {";", "."}:
            return False
    return False
