"""What became of people, told by way of something else: the hospital, a life not saved, "all of whom", a price paid."""

from collections.abc import Iterator
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.after import subject_sense
from monitor.extract.measures.frames import Frame, breaks, can_deploy, is_passive, make
from monitor.extract.measures.told import told
from monitor.extract.measures.unaccounted import negated_verb, negates
from monitor.extract.sentence.annotate import Sentence, back_over
from monitor.extract.sentence.phrases import Count, Head

LIVES = 6
"""Tokens before "the lives of 30" in which they are said to be taken."""
WARD = 8
"""Tokens before a verb of treating in which the hospital stands."""
REACH = 10
"""Tokens behind the phrase in which its outcome is told."""
_TAKES = frozenset({"took", "taken", "takes", "taking"})
_DEADLY = frozenset(
    """fighting battle battles war fire blaze storm cyclone flood floods quake earthquake avalanche landslide bomb blast
    explosion shelling bombardment raid strike ambush attack clash clashes massacre crossing sea river""".split()
)
"""What takes people with it and means their death."""
_OUTCOMES = frozenset({"killing", "wounding", "injuring"})
_PEOPLE = frozenset({Head.PEOPLE, Head.NATION, Head.PRONOUN, Head.NONE})


def outcomes(sentence: Sentence, count: Count, *, harm_told: bool) -> Iterator[Frame]:
    """Readings by an outcome; `harm_told` says that the text has just told of an attack or of victims."""
    if count.head not in _PEOPLE:
        return
    yield from _not_saved(sentence, count)
    yield from _all_of_whom(sentence, count)
    yield from _price(sentence, count)
    yield from _taken_by(sentence, count)
    yield from _with_their_lives(sentence, count)
    if harm_told:
        yield from _to_hospital(sentence, count)
        yield from _treated(sentence, count)


def shot_with_outcome(sentence: Sentence, verb: int, count: Count) -> bool:
    """ "shot eight children, killing one": who is shot is killed unless the text tells of how many that was so."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    if tokens[verb].low != "shot" or number is None:
        return False
    for at in range(count.last + 1, len(tokens) - 1):
        if breaks(tokens[at]) or tokens[at].counts or tokens[at].low == "dead":
            return False
        if tokens[at - 1].low == "," and tokens[at].low in _OUTCOMES:
            part = tokens[at + 1].number
            return part is not None and part.quantity.number < number.quantity.number
    return False


def lives_taken(sentence: Sentence, lives: int) -> bool:
    """ "claimed the lives of 30 people", "the loss of the lives of 12"; "touched the lives of millions" takes none."""
    before = sentence.tokens[max(0, lives - LIVES) : lives]
    return any(t.low in told("taking_lives") or t.role("lose") is not None for t in before)


def _not_saved(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Five did not survive", "three of them could not be saved"."""
    if not negates(sentence):
        return
    tokens = sentence.tokens
    for index in range(count.last + 1, min(len(tokens), count.last + REACH)):
        if breaks(tokens[index]) or tokens[index].counts or tokens[index].low in {",", "and", "but"}:
            return
        sense = tokens[index].role("neutral")
        lives = sense is not None and sense.lemma == "live" and tokens[index + 1 : index + 2] != []
        lives = lives and tokens[index + 1].low in {"to", "through"}
        if sense is not None and (lives or sense.lemma in {"survive", "save"}) and negated_verb(sentence, index):
            yield make(count, Measure.KILLED, "unsaved", 0.2 * (index - count.last), index, "right")
            return


def _all_of_whom(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "carrying 40 mercenaries, all of whom perished": what all of them met with outweighs the verb before."""
    tokens, at = sentence.tokens, count.last + 1
    if "whom" not in sentence.words or [t.low for t in tokens[at + 1 : at + 4]] not in (
        ["all", "of", "whom"],
        ["both", "of", "whom"],
    ):
        return
    for index in range(at + 4, min(len(tokens), at + 12)):
        if tokens[index].low in {",", ";"}:
            return
        found = subject_sense(sentence, index, adjacent=index == at + 4)
        if found is not None and found[0].measure not in {None, Measure.DEPLOYED}:
            yield make(count, found[0].measure or Measure.KILLED, found[1], 0.0, index, "right")
            return


def _price(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "took the hill at the price of four of its own": what a victory costs is lost."""
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "object_free", "adverbs")
    own = can_deploy(sentence, count) and count.head is not Head.NONE
    if at >= 0 and tokens[at].has("price_paid") and own:
        yield make(count, Measure.CASUALTIES, "lost-object", 0.3, at, "left")


def _with_their_lives(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "thirteen airmen paid for the mutiny with their lives": who escapes with theirs lives."""
    if "lives" not in sentence.words:
        return
    lows = [t.low for t in sentence.tokens[count.last + 1 : count.last + 2 * REACH]]
    paid = next((i for i, low in enumerate(lows) if low in {"paid", "pay", "pays"}), None)
    lives = next((i for i, low in enumerate(lows) if lows[i : i + 3] == ["with", "their", "lives"]), None)
    if paid is not None and lives is not None and paid < lives:
        yield make(count, Measure.KILLED, "intransitive-subject", 0.2 * paid, count.last + 1 + paid, "right")


def _to_hospital(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "fourteen were flown to hospitals": those who are taken there after an attack are hurt."""
    if "carried_away" not in sentence.tags:
        return
    tokens = sentence.tokens
    end = min(len(tokens), count.last + 2 * REACH)
    for index in range(count.last + 1, end):
        token = tokens[index]
        if breaks(token) or token.has("subordinators") or (token.counts and tokens[index - 1].low != ","):
            return
        if token.low in {"and", "but"}:
            return
        carried = token.has("carried_away") and (index in sentence.passive or index == count.last + 1)
        if carried and not any(t.has("unhurt") for t in tokens[index : index + 8]):
            if any(t.has("wards") for t in tokens[index : index + 5]) or token.low == "treated":
                yield make(count, Measure.WOUNDED, "to-hospital", 0.2 * (index - count.last), index, "right")
            return


def _treated(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the infirmary has treated over 200": whom a hospital treats or takes in after an attack is hurt."""
    if "wards" not in sentence.tags:
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "hedge", "object_free")
    if at < 1 or (is_passive(sentence, at) and tokens[at].low != "treating"):
        return
    behind = tokens[count.last + 1 : count.last + 5]
    if (
        (tokens[at].has("carried_away") or tokens[at].low in {"sent", "sends"})
        and any(t.has("wards") for t in behind)
        and behind[0].low in {"to", "into"}
    ):
        yield make(count, Measure.WOUNDED, "to-hospital", -1.0, at, "left")
        return
    if not tokens[at].has("taking_in"):
        return
    subject = tokens[max(0, at - WARD) : at]
    stop = next((i for i in range(len(subject) - 1, -1, -1) if subject[i].low in {",", ";"}), -1)
    subject = subject[stop + 1 :]
    other = any(t.has("unhurt", "illnesses") for t in tokens[count.last + 1 : count.last + 8])
    if any(t.has("wards") for t in subject) and not other:
        yield make(count, Measure.WOUNDED, "to-hospital", 0.3, at, "left")


def _taken_by(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the fighting took 62 soldiers and 48 civilians with it", "the storm is known to have taken 31 people": whom a
    blow or a disaster takes is dead."""
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "hedge", "object_free")
    victims = count.noun is not None and tokens[count.noun].low == "victims"
    if at > 0 and tokens[at].low in {"claimed", "claims", "claiming"} and victims:
        yield make(count, Measure.KILLED, "active-object", 0.3, at, "left")
        return
    accounted = at > 0 and tokens[at].low == "accounted for"
    if (
        not (accounted or (at > 0 and tokens[at].low in _TAKES))
        or is_passive(sentence, at)
        or count.head is Head.PRONOUN
    ):
        return
    begin = next((i for i in range(at - 1, max(-1, at - REACH), -1) if tokens[i].low in {",", ";", "."}), at - REACH)
    subject = tokens[max(0, begin + 1) : at]
    if not any(t.low in _DEADLY for t in subject) or any(t.person is not None or t.counts for t in subject):
        return
    after = tokens[count.last + 1 : count.last + 9]
    along = any(a.low == "with" and b.low in {"it", "them"} for a, b in pairwise(after))
    if along or accounted or (not after or after[0].low in {".", ";", ","}):
        yield make(count, Measure.KILLED, "active-object", 0.3, at, "left")
