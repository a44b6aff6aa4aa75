"""Which measure a counted phrase has: every predicate around it is a candidate with a cost, the cheapest wins."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense, load_words
from monitor.extract.rules import RULES
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.nouns import of_persons
from monitor.extract.sentence.phrases import Count, Head

ABROAD = 9
"""Tokens behind policemen in which the country where they serve may be named."""
VICTIMS = 5
"""Tokens behind "victims of" in which the deed is named."""
LIMIT = 14.0
"""Above this cost a predicate is too far away to be the phrase's own."""
PASSIVE_FORMS = frozenset({"part", "pastpart"})
TIME_UNITS = frozenset({"day", "night", "week", "month", "year", "hour"})
ATTRIBUTIVE = frozenset({"premodifier", "participle"})
WHO_THEY_ARE = 2.0
"""Prisoners are people, of whom a verb may tell more: "the hostages had been put to death", "two of the injured
died"."""
_STEPS = {".": 12.0, "?": 12.0, "!": 12.0, ":": 6.0, "—": 6.0, "--": 6.0, '"': 0.2, "'": 0.2} | dict.fromkeys(
    ",()-", 1.2
)
"""What a mark between a phrase and the predicate right of it costs."""
UNKNOWN_STEP = 0.5
"""What a plain word costs of which nothing is known."""
_OBJECTS = frozenset({"them", "him", "her", "it", "us", "me", "none", "nobody", "nearly", "about"})
_LIGHT = frozenset({"adverbs", "be", "have", "hedge"})
_LIVING = frozenset({"passive-subject", "active-object", "event-of", "intransitive-subject", "participle", "state"})
RAISING = ("bringing", "raising", "taking", "pushing", "lifting")
"""What takes a toll to a new height: ", raising the number of dead to 376"."""


@dataclass(slots=True)
class Frame:
    """What a counted phrase was read as. `predicate` is a token index, None when the measure came from elsewhere."""

    count: Count
    measure: Measure
    rule: str
    cost: float
    predicate: int | None = None
    side: str = "noun"
    parent: "Frame | None" = None


def make(count: Count, measure: Measure, rule: str, cost: float, predicate: int | None, side: str) -> Frame:
    """A frame whose cost has that of its rule added."""
    return Frame(count, measure, rule, cost + RULES[rule].cost, predicate, side)


def is_body(token: Token) -> bool:
    """A body of troops, by its noun or by a name that ends in one: "the Kenyan-led force"."""
    if token.mention is None:
        return token.has("bodies")
    entry = load_words().single.get(token.low.rsplit(" ", 1)[-1])
    return entry is not None and "bodies" in entry.tags


def military(kind: str) -> bool:
    """True for kinds of people whose presence counts as deployed."""
    return kind in load_words().military


def is_soldier(token: Token) -> bool:
    """A noun for people whose presence counts as deployed."""
    return token.person is not None and military(token.person.kind)


def amount(sentence: Sentence, frame: "Frame") -> int:
    """The number of its phrase, 0 where there is none."""
    number = sentence.tokens[frame.count.number].number
    return number.quantity.number if number is not None else 0


def may_serve(count: Count) -> bool:
    """A nation's people, or those whose noun says that they carry arms."""
    return count.head is Head.NATION or (count.head is Head.PEOPLE and military(count.kind))


def can_deploy(sentence: Sentence, count: Count) -> bool:
    """True when the phrase can be a force: soldiers, a nation's people, men, or a number alone."""
    if count.head in {Head.NATION, Head.BODY, Head.NONE, Head.PRONOUN}:
        return True
    if count.head is not Head.PEOPLE or count.noun is None:
        return False
    if count.kind == "police":
        return _abroad(sentence, count)
    return military(count.kind) or sentence.tokens[count.noun].low in {"men", "men and women"}


def _abroad(sentence: Sentence, count: Count) -> bool:
    """ "Kenya has sent 400 police officers to Haiti": at home the police are no force, in another country they are."""
    tokens = sentence.tokens
    sent_by = tokens[: count.last + 1]
    if tokens[count.last + 1 : count.last + 2] and tokens[count.last + 1].low == "from":
        sent_by = tokens[: count.last + 3]  # "1,000 police from Guatemala are in Port-au-Prince"
    senders = {t.mention.party for t in sent_by if t.mention is not None and t.mention.party}
    for before, token in pairwise(tokens[count.last : count.last + ABROAD]):
        place = token.mention if before.has("being_prepositions") or before.low == "to" else None
        if place is not None and place.role in {"name", "capital", "place"} and place.party is not None:
            return bool(senders) and place.party not in senders
    return False


def is_thing(count: Count) -> bool:
    """True when the number counts what is no person."""
    return count.head is Head.UNKNOWN and count.kind == "thing"


def is_passive(sentence: Sentence, index: int) -> bool:
    """True when a form of "to be" governs the word."""
    return index in sentence.passive


def passive_participle(sentence: Sentence, index: int, sense: Sense) -> bool:
    """True for "were sent": the object is the subject already."""
    return sense.form in PASSIVE_FORMS and is_passive(sentence, index)


def all_fell(sentence: Sentence, count: Count) -> bool:
    """ "lost 19 men, all of them killed", "lost 15 soldiers, killed in the east": the loss is said to be of life."""
    after = [t.low for t in sentence.tokens[count.last + 1 : count.last + 6]]
    if after[:1] != [","]:
        return False
    rest = after[1:]
    if rest[:1] in (["all"], ["both"]):
        rest = rest[3:] if rest[1:3] in (["of", "them"], ["of", "whom"]) else rest[1:]
    return rest[:1] in (["killed"], ["dead"], ["slain"])


def breaks(token: Token) -> bool:
    """True for marks that no predicate reaches over."""
    return token.low in {";", "•", "*"} or token.low.startswith("\n")


def step_cost(token: Token) -> float:
    """What one word between a phrase and the predicate right of it costs."""
    unknown = not token.tags and not token.senses and token.low.isalnum()
    return UNKNOWN_STEP if unknown else _known_cost(token)


def _known_cost(token: Token) -> float:
    low, tags, senses = token.low, token.tags, token.senses
    if breaks(token):
        return 40.0
    if low in _STEPS:
        return _STEPS[low]
    if senses and token.role("say", "deny") and not token.has("be", "have", "speakers") and token.person is None:
        return 9.0
    if not tags.isdisjoint(_LIGHT):
        return 0.2
    if "relatives" in tags:
        return 0.8
    if "subordinators" in tags:
        return 9.0
    if "conjunctions" in tags:
        return 2.6
    if senses and token.role("neutral") and any(s.form not in {"base", "s"} for s in senses):
        return 8.0
    return 3.0 if any(s.measure is not None and s.form not in {"", "base"} for s in senses) else 0.5


def takes_object(sentence: Sentence, index: int) -> bool:
    """True when the word after a participle begins its object, which makes it an active verb."""
    after = sentence.tokens[index + 1 : index + 3]
    if not after:
        return False
    moved = after[0].has("adverbs") and not after[0].has("subordinators") and len(after) > 1
    token = after[1] if moved else after[0]
    if token.low in {"a", "each", "every"} and len(after) > 1 and not moved and after[1].low in TIME_UNITS:
        return False  # "38 people murdered a day"
    if token.counts or token.person is not None:
        return True
    if token.has("determiners") or token.low in _OBJECTS:
        return True
    return token.mention is not None and token.mention.role != "place"


def noun_candidates(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """The measure in the phrase itself: a measure noun, a participle before the noun, a strength."""
    if count.head is Head.MEASURE and count.sense is not None and count.sense.measure is not None:
        people = count.sense.measure is Measure.CAPTURED or _some_of_them(count)
        if not _some_of_them(count) or _are_people(sentence, count) or _by_name(sentence, count):
            yield make(count, count.sense.measure, "measure-noun", WHO_THEY_ARE if people else 0.0, count.noun, "noun")
    if count.head in {Head.PEOPLE, Head.NATION}:
        yield from _victims_of(sentence, count)
        for index in count.modifiers:
            sense = sentence.tokens[index].role("premodifier")
            if sense is not None and sense.measure is not None:
                yield make(count, sense.measure, "premodifier", 0.0, index, "noun")
    if count.head in {Head.BODY, Head.NONE}:
        number = sentence.tokens[count.number].number
        near = sentence.tokens[max(0, count.first - 9) : count.last + 3]
        strong = number is not None and "strong" in number.flags
        if strong and (any(t.has("bodies") for t in near) or _strength_told(sentence, count)):
            yield make(count, Measure.DEPLOYED, "body-strength", 0.0, count.noun, "noun")


def _victims_of(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "318 victims of summary executions": who is a victim of deeds of harm is counted by them."""
    tokens, at = sentence.tokens, count.last + 1
    if at >= len(tokens) or tokens[at].low != "of" or not tokens[count.last].low.endswith("victims"):
        return
    for index in range(at + 1, min(len(tokens), at + VICTIMS)):
        sense = tokens[index].role("event")
        if sense is not None and sense.measure is not None and sense.measure is not Measure.DEPLOYED:
            yield make(count, sense.measure, "measure-noun", 0.3, index, "noun")
            return
        if tokens[index].counts or tokens[index].has("prepositions", "conjunctions", "be", "have"):
            return


def _some_of_them(count: Count) -> bool:
    """ "40 of the wounded", "four of the missing": some of a group, of whom another verb tells more. The dead stay
    dead."""
    told = count.sense.measure if count.sense is not None else None
    return count.partitive and told in {Measure.WOUNDED, Measure.MISSING}


def _by_name(sentence: Sentence, count: Count) -> bool:
    """ "has 8,961 of the missing by name": as many as somebody can name are missing."""
    return [t.low for t in sentence.tokens[count.last + 1 : count.last + 3]] == ["by", "name"]


def _are_people(sentence: Sentence, count: Count) -> bool:
    """ "three of the wounded were children": who a part of them is; what else is told of some says not how many are."""
    after = sentence.tokens[count.last + 1 : count.last + 6]
    return bool(after) and after[0].has("be") and any(t.person is not None and not t.senses for t in after[1:])


def _strength_told(sentence: Sentence, count: Count) -> bool:
    """ "the post had been 150 strong": said of a post or of rebels, never of a crowd."""
    before = sentence.tokens[max(0, count.first - 9) : count.first]
    group = before[-2:] and before[-2:][0].mention is not None and before[-1].low == ","
    if group and before[-2].mention is not None and before[-2].mention.role in {"troops", "people"}:
        return True  # "the Janjaweed, some 2,000 strong,"
    if len(before) > 1 and before[-1].low == "," and is_soldier(before[-2]):
        return True  # "the invaders, some 85,000 strong,"
    if not before or not before[-1].has("be", "adverbs", "hedge"):
        return False
    return any(t.has("posts") or is_soldier(t) for t in before)


def burnt(sentence: Sentence, frame: Frame) -> bool:
    """True for a verb that houses undergo as well as people."""
    return frame.predicate is not None and sentence.tokens[frame.predicate].low in {"burned", "burnt", "burns", "burn"}


def _fronted(sentence: Sentence, count: Count) -> bool:
    """ "Of the 120 who held the town, …": the whole opens the clause and its part has the verb."""
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "determiners")
    return tokens[at].low == "of" and (at == 0 or tokens[at - 1].low in {",", ";", ".", '"'})


def _victims(sentence: Sentence, count: Count) -> bool:
    """A number alone that was burned counts people when no things were counted before it."""
    before = sentence.tokens[: count.first]
    return count.head is Head.NONE and not any(t.number is not None or t.has("things") for t in before)


def possible(sentence: Sentence, frame: Frame) -> bool:
    """Unknown nouns count only beside a verb that only the living have; wholes only in their own clause."""
    count = frame.count
    if frame.measure is Measure.DEPLOYED and (
        _marked_out(sentence, count) or _lost_at_it(sentence, frame) or _object_of_whom(sentence, frame)
    ):
        return False
    if burnt(sentence, frame) and count.head not in {Head.PEOPLE, Head.NATION} and not _victims(sentence, count):
        return False
    if frame.rule == "lost-object" and count.head is Head.NONE and count.partitive and count.last > count.number:
        return False  # "lost two of its Shermans": a name that is none of people
    if count.head is Head.UNKNOWN:
        dug_in = frame.predicate is not None and sentence.tokens[frame.predicate].low.startswith("bur")
        living = frame.rule in _LIVING and frame.cost <= 3.0 and count.kind != "odd" and not dug_in
        living = living and count.noun is not None and of_persons(sentence.tokens[count.noun])
        return living and _harms(sentence, frame)
    if frame.rule == "unfound" and frame.predicate is not None and sentence.tokens[frame.predicate].low == "of":
        return True  # "Of 41 fishermen no sign has been seen": told of all of them
    if count.base and frame.rule == "toll-link":
        return False  # "600 of the 2,500 that the mission is meant to have"
    if count.base and frame.measure is not Measure.DEPLOYED and _fronted(sentence, count):
        touching = frame.rule == "participle" and frame.predicate == count.last + 1  # "Of the 31 killed at Djibo, …"
        return touching or (frame.rule in ATTRIBUTIVE and frame.side == "noun")  # "Of 600 who charged, 110 were killed"
    if count.base and frame.rule == "intransitive-subject" and frame.measure is Measure.DEPLOYED:
        return _fronted(sentence, count)  # "only 300 of the 900 have arrived"
    if count.base and frame.rule == "measure-noun" and frame.measure is not Measure.CAPTURED:
        return True  # "600 have died out of some 4,700 casualties"
    if count.base and frame.measure is not Measure.DEPLOYED:
        return frame.rule in ATTRIBUTIVE or _in_relative(sentence, frame)
    return True


def _marked_out(sentence: Sentence, count: Count) -> bool:
    """ "sent 1,400 captured Italians to the rear": captured, wounded or dead soldiers are no force."""
    premodifiers = (sentence.tokens[i].role("premodifier") for i in count.modifiers)
    return any(sense is not None and sense.measure is not Measure.DEPLOYED for sense in premodifiers)


def _object_of_whom(sentence: Sentence, frame: Frame) -> bool:
    """ "60 soldiers whom Russia had held since Mariupol": of those whom somebody holds nobody holds anything."""
    after = [t.low for t in sentence.tokens[frame.count.last + 1 : frame.count.last + 3]]
    behind = frame.side == "right" and frame.predicate is not None and not is_passive(sentence, frame.predicate)
    return behind and frame.rule == "intransitive-subject" and after[-1:] != [] and "whom" in (after[0], after[-1])


def _lost_at_it(sentence: Sentence, frame: Frame) -> bool:
    """ "lost 31,000 soldiers fighting Russia", "killed 40 men defending a bridge": what those who fell were at."""
    tokens, verb = sentence.tokens, frame.count.first - 1
    if frame.rule != "intransitive-subject" or frame.predicate is None or frame.predicate != frame.count.last + 1:
        return False
    verb = back_over(tokens, verb, "hedge", "adverbs", "object_free", "determiners")
    if verb < 0 or is_passive(sentence, verb) or not tokens[frame.predicate].low.endswith("ing"):
        return False
    return any(s.role == "lose" or (s.role == "transitive" and s.measure and s.form) for s in tokens[verb].senses)


def _harms(sentence: Sentence, frame: Frame) -> bool:
    """Killing and wounding, also both in one: "killed or wounded 30 apostates"; things may be hit as well."""
    if frame.measure in {Measure.KILLED, Measure.WOUNDED}:
        return True
    both = frame.measure is Measure.CASUALTIES and frame.predicate is not None
    return both and any(part in sentence.tokens[frame.predicate or 0].low for part in ("kill", "wound", "injur"))


def _in_relative(sentence: Sentence, frame: Frame) -> bool:
    """ "one of the two women who were injured": the clause that tells which ones."""
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 2]
    return frame.side == "right" and bool(after) and after[0].low in {"who", "that", "which"}


def inherit(count: Count, parent: Frame, rule: str, extra: float = 0.0, *, near: bool = True) -> Frame:
    """The parent's measure for another phrase; `near` when both stand in one sentence and so share their predicate."""
    cost = min(parent.cost, 6.0) + RULES[rule].cost + extra
    return Frame(count, parent.measure, rule, cost, parent.predicate if near else None, parent.side, parent=parent)
