"""People joined to somebody who is named, not counted: "killed the mayor as well as two peasants"."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.measures.frames import Frame, breaks, make, passive_participle
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

JOIN_REACH = 24
"""Tokens before the joint in which the verb may stand."""


def joined_to_name(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "killed the mayor as well as two peasants", "was killed along with two of his bodyguards"."""
    if "joins_name" not in sentence.tags:
        return
    tokens = sentence.tokens
    joint = count.first - 1
    while joint >= 0 and (tokens[joint].has("adverbs", "determiners") or tokens[joint].low == "of"):
        joint -= 1
    if joint < 1 or not tokens[joint].has("joins_name") or count.head in {Head.NONE, Head.MEASURE, Head.BODY}:
        return
    after = tokens[count.last + 1 : count.last + 2]
    if tokens[joint].low == "and" and after and (after[0].has("be", "have") or _acts(tokens[joint - 1], after[0])):
        return
    for index in range(joint - 1, max(-1, joint - JOIN_REACH), -1):
        token = tokens[index]
        if breaks(token) or token.counts or _says(token) or token.has("subordinators"):
            return
        sense = _harm(sentence, index)
        if sense is not None and tokens[joint].low == "and" and passive_participle(sentence, index, sense):
            return
        if sense is not None and sense.measure is not None:
            yield make(count, sense.measure, "joined-name", 0.08 * (joint - index), index, "left")
            return


def _acts(before: Token, after: Token) -> bool:
    """ "…, and only 30 people came to the second night": behind a comma people with a verb open a clause."""
    return before.low == "," and any(s.form in {"past", "s"} for s in after.senses)


def _says(token: Token) -> bool:
    return token.role("say") is not None and token.person is None and not token.has("speakers")


def _harm(sentence: Sentence, index: int) -> Sense | None:
    """A verb or noun of harm that has somebody else as its first object or subject."""
    token = sentence.tokens[index]
    following = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if index and sentence.tokens[index - 1].counts:
        return None  # "81 wounded and 335 foreigners": what stands at a number tells of that one
    for sense in token.senses:
        if sense.measure not in {Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED}:
            continue
        if sense.role == "transitive" and sense.form not in {"base", ""}:
            return sense
        if sense.role == "event" and following is not None and following.low == "of":
            return sense
    return None
