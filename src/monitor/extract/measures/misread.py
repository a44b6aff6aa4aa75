"""Predicates that are none of the phrase's: nouns spelt like verbs, what is only owned, verbs of somebody else."""

from collections.abc import Callable

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, amount, burnt, takes_object
from monitor.extract.measures.in_numbers import by_the_hundred
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.nouns import unlisted
from monitor.extract.sentence.phrases import Head

GIVEN_UP = 5
"""Tokens behind "gave up" in which their arms may be named."""
CLAUSE = 8
"""Tokens before a verb in which a word that opens its clause would stand."""
_LEADS_NOUN = frozenset(
    """a an the 's ' his her my our your third first second fourth fifth sixth last next single lucky""".split()
)
_ARMS = frozenset(
    """arms weapons weapon guns gun rifles rifle fight resistance themselves struggle positions posts swords""".split()
)
_ACTED = frozenset("beat brought caught drove fed found held hid kept let sent took".split())
_NO_DOERS = frozenset({",", ";", ":", '"', "(", "it", "and", "or", "but"})
_UNHURT = frozenset({"heap", "love", "asleep", "ill", "silent", "silence", "apart"})
_LEFT_BEHIND = frozenset({"left", "leaving", "fathered", "raised"})


def misread(sentence: Sentence, frame: Frame) -> bool:
    """True where what was taken for the predicate of the phrase is another word, or is said of another."""
    return frame.predicate is not None and any(rule(sentence, frame, frame.predicate) for rule in _RULES)


def _noun(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "one on his third shot", "one of the town's neutralised minorities": behind an article, an ordinal or an owner
    stands a noun, or what describes one."""
    return frame.rule == "participle" and frame.side == "right" and sentence.tokens[at - 1].low in _LEADS_NOUN


def _another_clause(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "people came in their hundreds after he died": so many came, whoever died."""
    return at > frame.count.last and by_the_hundred(sentence, frame.count)


def _struck_by_no_one(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "struck down by lightning", "fever struck down 300 soldiers": only the armed, or what they fire, strike people
    dead; those who are struck down are no answer to who did it."""
    if not sentence.tokens[at].low.startswith(("struck down", "strike down", "strikes down", "striking down")):
        return False
    doers = sentence.tokens[: frame.count.first] if frame.side == "left" else sentence.tokens
    armed = any(t.person is not None and t.person.kind in {"fighters", "troops"} for t in doers)
    return frame.measure is Measure.KILLED and not armed and sentence.tags.isdisjoint({"real_harm", "fired"})


def _disagrees(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "one die is tossed": one of them dies."""
    base = all(s.form == "base" for s in sentence.tokens[at].senses if s.measure is frame.measure)
    touching = frame.rule == "intransitive-subject" and at == frame.count.last + 1
    return touching and base and sentence.tokens[frame.count.number].low == "one"


def _of_a_noun(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "heard one strangled sound": the participle is of the noun behind it."""
    after = sentence.tokens[at + 1 : at + 2]
    alone = frame.rule == "participle" and frame.count.head is Head.NONE and amount(sentence, frame) == 1
    return alone and at == frame.count.last + 1 and bool(after) and unlisted(after[0])


def _their_things(sentence: Sentence, frame: Frame, at: int) -> bool:  # noqa: ARG001  as all rules
    """ "fourteen officers' swords were sent": what is counted is what they own; "three soldiers' bodies" are theirs."""
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 3]
    if len(after) < 2 or after[0].low not in {"'", "'s"}:
        return False
    return after[1].person is None and all(s.measure is None for s in after[1].senses)


def _of_the_owner(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "he married twice, had seventeen children, and died": who had them died."""
    before = sentence.tokens[frame.count.first - 1] if frame.count.first else None
    object_ = before is not None and (before.has("have") or before.low in _LEFT_BEHIND)
    return frame.rule == "intransitive-subject" and object_ and sentence.tokens[at - 1].low == "and"


def _gave_up_something(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "gave up a brilliant law practice": who gives himself up gives up nothing else but his arms."""
    if frame.measure is not Measure.CAPTURED or sentence.tokens[at].low.split(" ")[-1] != "up":
        return False
    after = sentence.tokens[at + 1 : at + 1 + GIVEN_UP]
    return takes_object(sentence, at) and not any(t.low in _ARMS for t in after)


def _based_on(sentence: Sentence, frame: Frame, at: int) -> bool:  # noqa: ARG001  as all rules
    """ "five forces are based upon events": on grounds, not on a base."""
    after = sentence.tokens[at + 1 : at + 3]
    if sentence.tokens[at].low != "based" or not after or after[0].low not in {"on", "upon"}:
        return False
    island = after[1:] and (after[1].capital or after[1].has("determiners"))
    return after[0].low == "upon" or not island


def _fell_otherwise(sentence: Sentence, frame: Frame, at: int) -> bool:  # noqa: ARG001  as all rules
    """ "the three of them fell in a heap", "two soldiers fell in love"."""
    after = [t.low for t in sentence.tokens[at + 1 : at + 5]]
    return sentence.tokens[at].low in {"fell", "fall", "falls", "fallen"} and not _UNHURT.isdisjoint(after)


def _belongings(sentence: Sentence, frame: Frame, at: int) -> bool:  # noqa: ARG001  as all rules
    """ "six tons of hay belonging to one rancher were burned": not the rancher."""
    before = sentence.tokens[frame.count.first - 1].low if frame.count.first else ""
    return frame.side == "right" and burnt(sentence, frame) and before in {"to", "of", "by", "for", "from"}


def _one_of_what(sentence: Sentence, frame: Frame, at: int) -> bool:  # noqa: ARG001  as all rules
    """ "they sent us one last year": one of what was told of, and no force."""
    bare = frame.measure is Measure.DEPLOYED and frame.count.head is Head.NONE
    return bare and sentence.tokens[frame.count.number].low == "one"


def _object_of_another(sentence: Sentence, frame: Frame, at: int) -> bool:
    """ "Police arrested 45 protesters, and 12 officers were injured": who is the object of a verb is not, with those
    behind "and", the subject of the next one. "When the bridge fell in 45 workers and 12 guards died" has no object."""
    tokens, count = sentence.tokens, frame.count
    between = tokens[count.last + 1 : at]
    if frame.side != "right" or not any(t.low == "and" for t in between) or not any(t.counts for t in between):
        return False
    verb = count.first - 1
    while (
        verb > 0 and tokens[verb].low != "that" and tokens[verb].has("hedge", "adverbs", "object_free", "determiners")
    ):
        verb -= 1
    if verb < 1 or not _acts(tokens[verb], tokens[verb - 1]):
        return False
    doer, clause = tokens[verb - 1], tokens[max(0, verb - CLAUSE) : verb]
    if doer.low in _NO_DOERS or doer.number is not None or doer.has("determiners", "prepositions", "relatives"):
        return False
    return not any(t.has("subordinators") for t in clause)


def _acts(token: Token, before: Token) -> bool:
    """A verb in the past tense, "is holding" or "were carrying", that tells of no words."""
    if before.has("be"):
        form = token.low.endswith("ing")
    else:
        form = (token.low.endswith("ed") and len(token.low) > 4) or token.low in _ACTED
    return form and not token.capital and token.role("say", "deny", "adjective", "premodifier") is None


_RULES: tuple[Callable[[Sentence, Frame, int], bool], ...] = (
    _noun,
    _disagrees,
    _of_a_noun,
    _their_things,
    _of_the_owner,
    _gave_up_something,
    _based_on,
    _fell_otherwise,
    _belongings,
    _one_of_what,
    _another_clause,
    _struck_by_no_one,
    _object_of_another,
)
