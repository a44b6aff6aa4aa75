"""Phrases that count nobody here: those who speak, things taken as people are, who is left out, short years."""

from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.asides import tells
from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import for_duty

UNITS = 200
"""Regiments are numbered below."""
MONTHS = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
THINGS = frozenset({"weapon", "vehicle", "animal", "building", "thing", "place", "event", "unit", "text"})

MEASURED = frozenset({"duration", "money", "distance", "weight", "area"})
NEAR = 7
"""Tokens before "8 of them" in which "11 years to build," stands."""


def is_speaker(sentence: Sentence, count: Count) -> bool:
    """ "two officers of that army said": those who speak are no figure, those who are killed are one."""
    if harmed(sentence, count):
        return False
    for index in range(count.last + 1, min(len(sentence.tokens), count.last + 8)):
        token = sentence.tokens[index]
        done = any(s.measure and (s.form or s.role == "adjective") for s in token.senses)
        if token.low in {",", ";", "—"} or token.has("be", "have", "negation") or done:
            return False
        said = tells(token)
        if said and token.has("reporting_in") and for_duty(sentence.tokens, index):
            return False
        if said and sentence.tokens[index - 1].low in {"and", "but"}:
            return False  # "admitted the loss of seven fighters and claimed": said by whoever admitted it
        if said and not token.has("also_nouns", "speakers") and token.person is None:
            return index not in sentence.passive and count.head in {Head.PEOPLE, Head.NATION}
    return False


def harmed(sentence: Sentence, count: Count) -> bool:
    """ "killed 25 people who thought it was safe": what they say or think is told of the victims."""
    verb = sentence.tokens[count.first - 1] if count.first else None
    return verb is not None and any(s.role == "transitive" and s.measure and s.form for s in verb.senses)


def of_things(sentence: Sentence, count: Count) -> bool:
    """ "eleven drones came, and nine of them fell": the pronoun stands for the last things counted, not for people."""
    if sentence.tokens[count.last].low in {"others", "more"} and count.head is Head.PEOPLE:
        return _last_counted(sentence, count) in {"animal", "text", "money"}
    if [t.low for t in sentence.tokens[max(0, count.first - 2) : count.first]] == ["of", "which"]:
        return _last_counted(sentence, count) in THINGS  # "got 40 mortars, of which six have burst"
    if count.head is Head.NONE and "which" in sentence.words and _out_of_which(sentence, count):
        return True
    pronoun = count.head is Head.PRONOUN and sentence.tokens[count.last].low in {"them", "these", "those", "which"}
    if not pronoun and count.head is not Head.NONE:
        return False
    if (
        pronoun
        and _without_verb(sentence, count)
        and (_in_apposition(sentence, count) or _of_a_measure(sentence, count))
    ):
        return True
    return _last_counted(sentence, count) in (THINGS if pronoun else {"animal"})


def _out_of_which(sentence: Sentence, count: Count) -> bool:
    """ "17 minutes, of which the siege lost eleven": a bare number in the clause of a relative goes on with what was
    counted before it."""
    before = sentence.tokens[max(0, count.first - NEAR) : count.first]
    at = next((i for i, (of, which) in enumerate(pairwise(before)) if (of.low, which.low) == ("of", "which")), None)
    if at is None or any(t.number is not None or t.low in {",", ";"} for t in before[at:]):
        return False
    return _last_counted(sentence, count) in THINGS | MEASURED


def _without_verb(sentence: Sentence, count: Count) -> bool:
    """No verb of its own right behind it, as in "8 of them were dead"."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    return not after or not (after[0].has("be", "have") or any(s.measure for s in after[0].senses))


def _in_apposition(sentence: Sentence, count: Count) -> bool:
    """ "not flour but latrines, 6,000 of them": behind its comma the pronoun stands for the plural before it."""
    noun = sentence.tokens[count.first - 2] if count.first > 1 else None
    if noun is None or sentence.tokens[count.first - 1].low != "," or not noun.low.endswith("s"):
        return False
    people = noun.person or noun.mention or noun.senses or noun.has("bodies")
    return not people and not noun.has("adverbs", "prepositions")


def _of_a_measure(sentence: Sentence, count: Count) -> bool:
    """ "took 11 years to build, 8 of them under two governments": the years are parted, not people."""
    before = sentence.tokens[max(0, count.first - NEAR) : count.first]
    return any(t.number is not None and t.number.refusal in MEASURED for t in before)


def _last_counted(sentence: Sentence, count: Count) -> str | None:
    """What kind of thing was counted last before the phrase; None where it was people, or nothing."""
    for token in reversed(sentence.tokens[: count.first]):
        if token.counts or (token.person is not None and token.person.plural):
            return None
        if token.number is not None and token.number.refusal is not None:
            return token.number.refusal
    return None


def takes_things(sentence: Sentence, frame: Frame) -> bool:
    """ "lost four tanks; two more were captured intact": what may be taken or lost as people are goes on with the
    things counted last."""
    bare = frame.count.head is Head.NONE or sentence.tokens[frame.count.last].low in {"more", "others"}
    if bare and frame.measure is Measure.MISSING:
        things = {"animal", "text", "thing", "weapon", "money"} | ({"vehicle"} if "stolen" in sentence.words else set())
        return _last_counted(sentence, frame.count) in things
    if bare and frame.measure is Measure.DEPLOYED:
        return _force_of_things(sentence, frame)
    if not bare or frame.measure not in {Measure.CAPTURED, Measure.CASUALTIES} or frame.predicate is None:
        return False
    if _of_the_same_verb(sentence, frame):
        return True
    if frame.rule not in {"passive-subject", "participle", "active-object", "lost-object", "coordinated", "event-of"}:
        return False
    if sentence.tokens[frame.predicate].role("transitive", "lose", "event") is None:
        return False
    for at in range(frame.count.first - 1, -1, -1):
        token = sentence.tokens[at]
        if token.person is not None and token.person.plural:
            return False
        if token.counts and frame.rule == "event-of" and _make(sentence.tokens[at + 1]):
            return True  # "31 Harriers, after the loss of 4"
        if token.number is not None and token.number.refusal in THINGS:
            return token.number.refusal in {"weapon", "vehicle"}
    return False


_WON = frozenset({"won", "win", "wins", "winning"})


def _make(noun: Token) -> bool:
    """ "31 Harriers", "12 Leopards": a name in the plural that is of no people we know is one of machines."""
    known = noun.person or noun.mention or noun.senses or noun.number
    return noun.capital and noun.low.endswith("s") and not known


def _force_of_things(sentence: Sentence, frame: Frame) -> bool:
    """ "three guns, one in the left pocket", "the fleet has 40 ships; 12 in port": no men are counted."""
    if _counts_again(sentence, frame):
        return True
    things = {"vehicle", "weapon", "thing"}
    if frame.rule == "presence":
        return _last_counted(sentence, frame.count) in things
    linked = sentence.tokens[frame.count.first - 1].has("strong_links", "numbering", "be")
    return frame.rule == "toll-link" and not linked and _last_counted(sentence, frame.count) in things


def _counts_again(sentence: Sentence, frame: Frame) -> bool:
    """ "pulled back with their 60 guns; monitors counted 54": of what was counted last."""
    at, tokens = frame.predicate, sentence.tokens
    if at is None or not any(s.lemma == "count" for s in tokens[at].senses):
        return False
    before = next((t.number for t in reversed(tokens[:at]) if t.number is not None), None)
    return before is not None and before.refusal in {"vehicle", "weapon", "thing", "animal", "building"}


def _of_the_same_verb(sentence: Sentence, frame: Frame) -> bool:
    """ "she lost 14 kilos and he lost nine", "retook nine posts and lost two": no more of what was just counted."""
    number, tokens = sentence.tokens[frame.count.number].number, sentence.tokens
    if frame.rule != "lost-object" or number is None or frame.count.head is not Head.NONE:
        return False
    thing = next((t.number for t in reversed(tokens[: frame.count.first]) if t.number is not None), None)
    if thing is not None and thing.refusal == "event" and any(t.low in _WON for t in tokens[: frame.count.first]):
        return True  # "won only one game and lost nine"
    if thing is None or thing.refusal is None or number.quantity.number > thing.quantity.number:
        return False
    again = any(t.role("lose") for t in tokens[: frame.predicate]) and thing.refusal in {*THINGS, "weight", "distance"}
    return again or thing.refusal == "place"


def numbered_unit(sentence: Sentence, count: Count) -> bool:
    """ "the 16 Bihar and 3 Punjab": a small number right before the name of a region, and no noun, is a unit's."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    number = sentence.tokens[count.number].number
    small = number is not None and number.quantity.number < UNITS and sentence.tokens[count.number].text.isdigit()
    region = bool(after) and after[0].mention is not None and after[0].mention.role == "place"
    return count.head is Head.NONE and small and region and not sentence.headline


def excepted(sentence: Sentence, index: int) -> bool:
    """ "all but one of them civilians" counts who is left out."""
    return index > 1 and [t.low for t in sentence.tokens[index - 2 : index]] == ["all", "but"]


def two_digit_year(sentence: Sentence, count: Count) -> bool:
    """ "12 Nov 89", as wire copy writes its dates; "3 to 9 November 47 civilians" counts people."""
    before = sentence.tokens[count.number - 1] if count.number else None
    if before is None or count.head is Head.PEOPLE:
        return False
    return (before.has("months") or before.low in MONTHS) and len(sentence.tokens[count.number].text) == 2


def alive(sentence: Sentence, count: Count) -> bool:
    """ "14 bodies and 3 survivors", "40 dead and 12 alive": those who live share nothing with the dead before them."""
    return any(t.has("alive") for t in sentence.tokens[count.first : count.last + 2])


def came_away(sentence: Sentence, count: Count) -> bool:
    """ "with hundreds (thousands, he said) having fled": a verb of its own, by which nobody is harmed."""
    tokens, index = sentence.tokens, count.last + 1
    if count.first and tokens[count.first - 1].low == "(":  # "hundreds (thousands, he said) having fled"
        index = next((i + 1 for i in range(index, min(len(tokens), index + 10)) if tokens[i].low == ")"), index)
    while index < len(tokens) and index - count.last < 10:
        token = tokens[index]
        if token.low == "(":
            index = next((i for i in range(index, min(len(tokens), index + 10)) if tokens[i].low == ")"), len(tokens))
        elif any(s.role == "neutral" and s.form in {"pastpart", "part", "past"} for s in token.senses):
            return not any(s.measure for s in token.senses)
        elif not token.has("be", "have", "adverbs"):
            return False
        index += 1
    return False
