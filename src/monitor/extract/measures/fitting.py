"""Whether a phrase can be what a predicate right of it is said of: soldiers fall, a force is deployed."""

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.measures.frames import can_deploy, military
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.sentence.phrases import Count, Head

DUG_IN = 50
"""Fewer may be anything that is dug in."""
SERVED = 10
"""Tokens behind the phrase in which ", all of them soldiers" stands."""
_LEAVING = frozenset({"left", "leaving", "leaves", "buried", "counted", "mourns", "mourned"})


def fits(sentence: Sentence, count: Count, sense: Sense) -> bool:
    """Only a force is deployed; only soldiers fall or are detained: "13 fell on the suburbs" are rockets."""
    soldiers = count.head in {Head.PRONOUN, Head.NATION} or (
        count.head is Head.PEOPLE and (can_deploy(sentence, count) or count.kind == "police")
    )
    if sense.lemma == "hit" and count.head is Head.NONE:
        return any(t.person is not None and t.person.plural for t in sentence.tokens[: count.first])
    if sense.role == "hold" and count.head is Head.NONE:
        return _soldiers_before(sentence, count) or (sense.lemma == "take" and _harm_before(sentence, count))
    if sense.role == "lost" and count.first and sentence.tokens[count.first - 1].has("prepositions"):
        return False  # "contact with 30 of its marines had been lost"
    if sense.role == "lost" and count.head is Head.NONE:
        before = sentence.tokens[: count.first]
        people = any(t.has("bodies") or (t.person is not None and t.person.plural) for t in before)
        return (people or "incident" in sentence.tags) and not any(t.has("things") for t in before)
    if sense.role == "lost":
        return count.head in {Head.NATION, Head.PEOPLE, Head.PRONOUN}
    if sense.lemma == "fall" and count.head is Head.NONE:
        return _left_fallen(sentence, count) or _of_a_nation(sentence, count) or _of_whom(sentence, count)
    if sense.lemma == "fall" or sense.role == "hold":
        return soldiers or _of_a_nation(sentence, count) or (sense.lemma == "fall" and _all_serve(sentence, count))
    if sense.measure is not Measure.DEPLOYED:
        return True
    if "taking_refuge" in sentence.tags or _enlists(sentence, count, sense):
        return False
    if count.head in {Head.NONE, Head.PRONOUN}:
        return sentence.deployed or _serve_there(sentence, count, sense)
    return can_deploy(sentence, count)


def _of_whom(sentence: Sentence, count: Count) -> bool:
    """ "Some 2,700 Libyans were flown in, of whom 600 fell at Lukaya": a number alone of those who serve."""
    before = sentence.tokens[: count.first]
    nation = any(t.mention is not None and t.mention.role in {"people", "troops"} for t in before)
    return [t.low for t in before[-2:]] == ["of", "whom"] and (nation or _soldiers_before(sentence, count))


def _all_serve(sentence: Sentence, count: Count) -> bool:
    """ "a hundred Muslims had fallen, all of them soldiers": people who are said to have served."""
    if count.head is not Head.PEOPLE or "all" not in sentence.words:
        return False
    after = sentence.tokens[count.last + 1 : count.last + SERVED]
    opened = next((i for i, t in enumerate(after) if t.low == "all" and i and after[i - 1].low == ","), len(after))
    return any(t.person is not None and military(t.person.kind) for t in after[opened : opened + 4])


def _soldiers_before(sentence: Sentence, count: Count) -> bool:
    """A number alone goes on counting the soldiers told of before it."""
    return any(
        t.person is not None and (military(t.person.kind) or t.person.kind == "police")
        for t in sentence.tokens[: count.first]
    )


def _harm_before(sentence: Sentence, count: Count) -> bool:
    """ "24 of its workers were killed, 59 hurt and 600 taken": beside the dead and hurt who is taken is a captive."""
    harm = {Measure.KILLED, Measure.WOUNDED}
    before = sentence.tokens[: count.first]
    counted = sum(t.counts for t in before) > 1
    return counted and any(
        s.measure in harm and s.form in {"past", "pastpart", "part"} for t in before for s in t.senses
    )


def _serve_there(sentence: Sentence, count: Count, sense: Sense) -> bool:
    """ "Mali, where 1,300 are stationed": a bare number of those who do at a place what only soldiers do."""
    number = sentence.tokens[count.number].number
    if sense.lemma in {"dig in", "entrench"} and number is not None and number.quantity.number >= DUG_IN:
        return True  # "at Dien Bien Phu 10,800 are dug in": nobody else digs in
    at = count.first - 1
    placed = at > 1 and sentence.tokens[at].low == "where" and sentence.tokens[at - 1].low == ","
    named = placed and any(t.mention is not None for t in sentence.tokens[max(0, at - 5) : at - 1])
    sentenced = not sentence.words.isdisjoint({"life", "sentences", "sentence", "jail", "prison"})
    return named and sense.lemma in {"station", "garrison", "deploy", "serve", "fight"} and not sentenced


def _left_fallen(sentence: Sentence, count: Count) -> bool:
    """ "the enemy left 4,000 fallen upon the ice": a bare number of the fallen that an army leaves or buries."""
    tokens, last = sentence.tokens, count.last
    if last + 1 >= len(tokens) or tokens[last + 1].low != "fallen":
        return False
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    ends = after is None or not after.text[0].isalnum() or after.has("prepositions", "conjunctions")
    return ends and any(t.low in _LEAVING or t.has("admitting") for t in tokens[max(0, count.first - 4) : count.first])


def _of_a_nation(sentence: Sentence, count: Count) -> bool:
    """ "fifteen of Thailand's had fallen": what a nation has in numbers beside another's dead are its men."""
    owner = sentence.tokens[count.last + 1 : count.last + 5]
    if not count.partitive or len(owner) < 4 or owner[0].low != "of" or owner[2].low not in {"'s", "'"}:
        return False
    if not owner[3].has("have", "be", "adverbs") and not any(s.lemma == "fall" for s in owner[3].senses):
        return False  # "three of Russia's towns have fallen"
    return owner[1].mention is not None and owner[1].mention.role == "name"


def _enlists(sentence: Sentence, count: Count, sense: Sense) -> bool:
    """ "lets 1,200 former rebels join the army": leave to do it, and a uniform, put nobody anywhere."""
    before = sentence.tokens[count.first - 1].low if count.first else ""
    if before in {"let", "lets", "letting", "allow", "allows", "allowing"}:
        return True
    army = any(
        t.low in {"army", "police", "ranks", "reserves", "guard", "militia", "reserve"}
        for t in sentence.tokens[count.last + 1 : count.last + 6]
    )
    return sense.lemma == "join" and army
