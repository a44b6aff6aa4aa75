"""Predicates right of a counted phrase, of which it is the subject: "49 of its troops, it said, had been killed"."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import Sense
from monitor.extract.measures.asides import (
    ASIDE,
    TAKING,
    another_begins,
    aside_end,
    excepted,
    next_comma,
    of_a_name,
    of_whom_end,
    safe,
    shot_at,
)
from monitor.extract.measures.fitting import fits
from monitor.extract.measures.frames import (
    LIMIT,
    PASSIVE_FORMS,
    UNKNOWN_STEP,
    Frame,
    can_deploy,
    is_passive,
    is_soldier,
    make,
    step_cost,
    takes_object,
)
from monitor.extract.measures.movements import UNLISTED as THERE_UNLISTED
from monitor.extract.measures.movements import busy, there_by
from monitor.extract.measures.wholes import rest_of_force, there_as
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

FAR = 45
"""Tokens that are looked at behind the phrase."""
IN_RELATIVE = 12.0
LAST_RESORT = 13.0
"""What a clause tells of those in it counts where nothing else is told of them."""
OF_DESCRIBED = 0.5
"""What a participle tells of who they are costs so much more than the verb of their clause."""
UNJOINED = 5.0
"""What going past another phrase costs that isn't joined to the first."""
STAYING = frozenset({"stay", "stays", "stayed", "remain", "remains", "remained"})
_GONE = frozenset({"withdrawn", "pulled out", "withdrew", "gone home", "left"})
_CAPTIVES = frozenset({"prisoners", "captives", "hostages", "prisoners of war", "pows"})
_LOST_IN = frozenset({"thought", "translation", "crowd", "view", "contact"})
_UNLISTED = frozenset({"taken", "in", "into", "alive", "safely", "all", "of"}) | THERE_UNLISTED
"""Words that a rule here looks at though the table may have neither tags nor senses for them."""
_HARM_NOUNS = {
    "injuries": Measure.WOUNDED,
    "wounds": Measure.WOUNDED,
    "burns": Measure.WOUNDED,
    "casualties": Measure.CASUALTIES,
}


def subject_sense(sentence: Sentence, index: int, *, adjacent: bool) -> tuple[Sense, str] | None:
    """The reading of the token as a predicate of a phrase left of it, with the rule, None when it can't be one."""
    token = sentence.tokens[index]
    passive = is_passive(sentence, index)
    held = _held(sentence, index, passive=passive, adjacent=adjacent)
    if held is not None:
        return held
    for sense in token.senses:
        if sense.measure is None:
            continue
        if sense.lemma.endswith(" to") and not _goal_follows(sentence, index, passive=True):
            continue
        if token.low in {"shot", "shoot"} and shot_at(sentence.tokens, index, passive=passive):
            continue
        if sense.role == "transitive" and sense.form in PASSIVE_FORMS and sentence.tokens[index - 1].low != "to":
            if passive:
                return sense, "passive-subject"
            if (_aimed(sense) or not takes_object(sentence, index)) and not _after_have(sentence, index):
                return sense, "participle"
        if sense.lemma in {"defend", "surround"} and passive:
            continue  # they are defended or surrounded by others
        if sense.role == "intransitive" and _finite(sentence, index, sense, adjacent=adjacent):
            return sense, "intransitive-subject"
        told = passive or adjacent or _after_link(sentence, index) or _told_apart(sense)
        if sense.role == "adjective" and told:
            return sense, "state"
    return _suffered(sentence, index)


def _lost_there(sentence: Sentence, index: int) -> bool:
    """ "40 were lost in one ambush", "nine crew were lost": gone, dead or not; not lost in thought or to view."""
    after = sentence.tokens[index + 1 : index + 3]
    return not after or (after[0].low not in {"to", "for", "without"} and not any(t.low in _LOST_IN for t in after))


def _told_apart(sense: Sense) -> bool:
    """ "trooped out with their hands on their heads", "lists 9,000 people of the coast as missing": how they come, or
    what they are listed as, need not stand beside them."""
    told = sense.lemma.startswith(("with ", "white flag"))
    return sense.lemma.startswith("as ") or (sense.measure is Measure.CAPTURED and told)


def _aimed(sense: Sense) -> bool:
    """ "11,000 men put into the fighting": what follows is where to, no object."""
    return sense.lemma.endswith((" into", " to"))


def _held(sentence: Sentence, index: int, *, passive: bool, adjacent: bool) -> tuple[Sense, str] | None:
    """ "were taken in the fighting", "were lost", "were held by rebels", "are in rebel hands"."""
    token = sentence.tokens[index]
    if token.low == "taken" and (passive or adjacent) and _ends_there(sentence, index):
        return Sense("hold", Measure.CAPTURED, "part", "take"), "passive-subject"
    if passive and token.low == "lost" and _lost_there(sentence, index):
        return Sense("lost", Measure.CASUALTIES, "part", "lose"), "lost-object"
    if (passive or adjacent or token.low == "in") and in_hands(sentence, index):
        role = "adjective" if _enemy_hands(sentence, index) else "hold"
        return Sense(role, Measure.CAPTURED, "part", "hold"), "state"
    if token.low == "alive" and adjacent and any(t.low in TAKING for t in sentence.tokens[max(0, index - 8) : index]):
        return Sense("hold", Measure.CAPTURED, "part", "take"), "state"
    if token.low in _CAPTIVES and _after_be(sentence, index):
        return Sense("adjective", Measure.CAPTURED, "part", "prisoner"), "state"
    sense = token.role("hold")
    listed = adjacent and sentence.tokens[index - 1].counts and _ends_there(sentence, index)  # "20 dead, 40 detained"
    if (passive or listed) and sense is not None and sense.form in PASSIVE_FORMS:
        return sense._replace(measure=Measure.CAPTURED), "passive-subject"
    return None


def _after_be(sentence: Sentence, index: int) -> bool:
    """ "Eleven airmen are prisoners in Hanoi": what they are, with nothing but adverbs between."""
    at = back_over(sentence.tokens, index - 1, "adverbs")
    after = sentence.tokens[index + 1 : index + 2]
    ends = not after or after[0].low in {".", ",", ";", "in", "of", "at"}
    return ends and sentence.tokens[at].low in {"are", "were", "remain", "is", "was", "been"}


def _enemy_hands(sentence: Sentence, index: int) -> bool:
    """ "one pilot is in Palestinian hands": there anybody is a captive; in custody suspects are as well."""
    near = sentence.tokens[index + 1 : index + 5]
    at = next((i for i, t in enumerate(near) if t.low in {"hands", "captivity"}), None)
    if at is None:
        return False
    whose = near[:at] if near[0].low != "the" or at != 1 else sentence.tokens[index + 3 : index + 7]  # "of the gunmen"
    fighting = any(t.person is not None and t.person.kind in {"fighters", "troops"} for t in whose)
    return fighting or any(t.mention is not None or t.has("opponents", "premodifiers") for t in whose)


def in_hands(sentence: Sentence, index: int) -> bool:
    """ "in rebel hands", "fell into the hands of the enemy", "in its custody": somebody's grip, told as a place."""
    tokens = sentence.tokens
    if tokens[index].role("intransitive") is not None and tokens[index].low.startswith("f"):
        index += 1  # "fell into"
    if index >= len(tokens) or tokens[index].low not in {"in", "into"}:
        return False
    for token in tokens[index + 1 : index + 5]:
        if token.low in {"hands", "custody", "captivity", "power"}:
            return token.low != "power" or tokens[index + 1].low in {"its", "their", "his"}
        if token.has("prepositions") or token.low in {",", ";", "good", "safe", "capable"} or token.counts:
            return False
    return False


def _ends_there(sentence: Sentence, index: int) -> bool:
    """ "had been taken in the fighting": soldiers taken nowhere are taken prisoner."""
    behind = {token.low for token in sentence.tokens[index + 1 : index + 10]}
    if behind & {"hospital", "clinic", "hospitals", "cross", "ambulance", "treatment", "safety", "medical"}:
        return False
    after = sentence.tokens[index + 1 : index + 2]
    return not after or after[0].low in {
        "in",
        "at",
        "near",
        "during",
        "by",
        "on",
        "alive",
        ",",
        ".",
        ";",
        "when",
        "after",
        "and",
    }


def _finite(sentence: Sentence, index: int, sense: Sense, *, adjacent: bool) -> bool:
    """A verb in its place: base forms after a modal or right after the phrase, -ing after to be or right after it."""
    if sense.lemma in {"reach", "enter"} or sense.lemma.endswith((" to", " into")):
        return _goal_follows(sentence, index) and sense.form != "base"
    if sense.form == "s" and sentence.tokens[index - 1].counts and _several(sentence.tokens[index - 1]):
        return False  # "in four garrisons": a noun in the plural
    before = sentence.tokens[index - 1] if index else None
    noun = before is not None and sense.form in {"s", "base"} and before.has("prepositions") and before.low != "to"
    if noun or (before is not None and before.low == "the"):
        return False  # "held in camps", "marched in memory of the disappeared"
    if sense.form == "ing":  # "lost 604 soldiers since fighting began": a noun of its own clause
        opens = before is not None and before.has("subordinators") and not is_passive(sentence, index)
        return (adjacent and not opens) or is_passive(sentence, index)
    if sense.form != "base" or adjacent:
        return bool(sense.form) and not (sense.lemma == "fall" and sense.form == "s")
    before = sentence.tokens[index - 1]
    return before.has("hedge", "modal_future", "modal_hypothetical", "adverbs", "relatives") or before.low == "to"


def _several(token: Token) -> bool:
    return token.number is not None and token.number.quantity.number != 1


def _goal_follows(sentence: Sentence, index: int, *, passive: bool = False) -> bool:
    """ "had reached Ciudad Juárez", not "a deal reached on Monday"."""
    after = sentence.tokens[index + 1 : index + 5]
    named = any(t.mention is not None and t.mention.role in {"name", "place", "capital"} for t in after) or any(
        t.has("ground") for t in after
    )
    return (
        bool(after)
        and (named or after[0].capital)
        and not after[0].has("weekdays", "months")
        and (passive or not is_passive(sentence, index))
    )


def _suffered(sentence: Sentence, index: int) -> tuple[Sense, str] | None:
    """ "suffered relatively serious injuries": a verb of suffering with a noun of harm that has no number."""
    if sentence.tokens[index].role("suffer") is None:
        return None
    for token in sentence.tokens[index + 1 : index + 6]:
        if token.counts or (token.has("prepositions", "conjunctions", "negation") and token.low != "or"):
            return None
        if token.low in _HARM_NOUNS:
            return Sense("intransitive", _HARM_NOUNS[token.low], "past", "suffer"), "intransitive-subject"
    return None


def _after_have(sentence: Sentence, index: int) -> bool:
    at = index - 1
    while at >= 0 and sentence.tokens[at].has("adverbs", "negation"):
        at -= 1
    return at >= 0 and sentence.tokens[at].has("have")


def _after_link(sentence: Sentence, index: int) -> bool:
    return any(sentence.tokens[at].has("be") for at in range(max(0, index - 3), index))


def _neutral(token: Token) -> bool:
    """A past form that tells of people who came to no harm: rescued, freed, evacuated."""
    if not token.senses:
        return False
    past = any(s.role == "neutral" and s.form in {"pastpart", "part", "past"} for s in token.senses)
    return past and not any(s.measure for s in token.senses)


def _has_auxiliary_after(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].has("be", "have")


def _governs_other(sentence: Sentence, index: int) -> bool:
    """An active verb with an object of its own: what stands behind it belongs to that."""
    token = sentence.tokens[index]
    if not token.senses:
        return False
    verb = any(s.role in {"transitive", "lose", "inflict"} and s.form for s in token.senses)
    return verb and not token.has("be", "have") and takes_object(sentence, index)


def _hurt_all_the_same(sentence: Sentence, count: Count, index: int, cost: float) -> Iterator[Frame]:
    """ "47 others were pulled out with injuries": saved, and counted as wounded."""
    for at in range(index + 1, min(len(sentence.tokens), index + 6)):
        sense = sentence.tokens[at].role("adjective")
        if sense is not None and sense.measure is Measure.WOUNDED and sentence.tokens[at].low.startswith("with "):
            yield make(count, Measure.WOUNDED, "state", cost + 1.0, at, "right")


def _frames_at(
    sentence: Sentence, count: Count, index: int, cost: float, joined: int, *, adjacent: bool, stranger: bool
) -> Iterator[Frame]:
    """The predicate at one token, if it is one and fits the phrase; `stranger` when it touches a phrase that isn't
    joined to this one ("four ministers buried the 14 soldiers killed at Kot")."""
    token = sentence.tokens[index]
    if there_by(sentence, count, index) is not None:
        yield make(count, Measure.DEPLOYED, "intransitive-subject", cost + 0.5, index, "right")
    found = (
        subject_sense(sentence, index, adjacent=adjacent)
        if token.senses or token.low in {"taken", "in", "into", "alive"}
        else None
    )
    if found is None:
        return
    sense, rule = found
    if stranger and rule == "participle":
        return
    several = count.head in {Head.PEOPLE, Head.NATION} and _several(sentence.tokens[count.number])
    if several and sense.form == "s" and sense.role == "intransitive":
        return  # "165,000 Sahrawis live in refugee camps": many people have no verb in the singular
    reduced = rule == "participle" and not adjacent and _has_auxiliary_after(sentence.tokens, index)
    if joined and rule == "state" and token.low.startswith("with "):
        return  # "5,000 arrived, among them 170 with wounds"
    hurt = rule == "participle" or sense.measure is Measure.MISSING or sense.role == "lost"
    if hurt and (died := _died_of_it(sentence, index, sense)) is not None:
        yield make(count, Measure.KILLED, "intransitive-subject", cost, died, "right")
        return
    if not reduced and sense.measure is not None and fits(sentence, count, sense):
        yield make(count, sense.measure, rule, cost + (2.0 * joined if joined > 2 else 0.0), index, "right")


def _weigh(sentence: Sentence, found: list[Frame], stationed: list[Frame], *, relative: bool) -> None:
    """Sets what tells where people are behind what became of them: "commandos who were guarding the minister were
    killed". `stationed` gathers the predicates before that only say which soldiers they are."""
    for frame in found:
        if frame.measure is not Measure.DEPLOYED:
            for described in stationed:
                described.cost = max(described.cost, frame.cost + OF_DESCRIBED)
            continue
        if relative:
            frame.cost = min(frame.cost + IN_RELATIVE, LAST_RESORT)
        if _only_describes(sentence, frame):
            stationed.append(frame)


def _only_describes(sentence: Sentence, frame: Frame) -> bool:
    """ "20 soldiers guarding the bridge were killed": the participle says which soldiers, their verb comes later."""
    if frame.predicate is None:
        return False
    forms = {s.form for s in sentence.tokens[frame.predicate].senses}
    return not forms.isdisjoint({"ing", "pastpart", "part"}) and not (
        _after_link(sentence, frame.predicate) or _after_have(sentence, frame.predicate)
    )


def _closed(sentence: Sentence, count: Count, index: int) -> bool:
    """ "ten of them civilians, and 360 injured": a part that is named ends at the comma; so does a state of no harm."""
    token = sentence.tokens[index]
    named = count.head is Head.PRONOUN and any(t.person is not None for t in sentence.tokens[count.last + 1 : index])
    if named and token.low in {",", ".", "—", ";"} and index - count.last <= 4:
        return True
    if (
        another_begins(sentence.tokens, index)
        or of_a_name(sentence.tokens, count.last, index)
        or excepted(sentence.tokens, index)
        or (token.low == "," and _inside_relative(sentence.tokens, count.first))
        or safe(sentence, index)
        or _of_those(sentence, count, index)
    ):
        return True
    return "unhurt" in token.tags and (index == count.last + 1 or _after_link(sentence, index))


def _inside_relative(tokens: list[Token], first: int) -> bool:
    """ "Leaders, who had threatened to bring out 9,000 drivers, surrendered": the comma closes the clause in which the
    phrase is an object, and the verb behind it is that of the leaders."""
    opened = next((i for i in range(first - 1, max(0, first - 9), -1) if tokens[i].low in {",", ";"}), None)
    if opened is None or tokens[opened + 1].low not in {"who", "which"}:
        return False
    return first - opened > 3 and not any(t.counts for t in tokens[opened:first])


def _of_those(sentence: Sentence, count: Count, index: int) -> bool:
    """ "900 work in hotels, which have beds for those who fall ill": the clause tells of those."""
    before = sentence.tokens[index - 1]
    return before.low == "those" and index - 1 > count.last and sentence.tokens[index].has("relatives")


def _past(tokens: list[Token], other: Count, index: int) -> tuple[float, int] | None:
    """What going past another counted phrase costs, and the index behind it; None where its clause never ends."""
    if tokens[other.last].low == "whom":
        behind = next_comma(tokens, other.last)
        return (1.0, behind) if behind is not None else None
    if other.head is Head.NONE and _new_subject(tokens, other.last + 1):
        return None
    joined = tokens[index - 1].has("coordinators", "conjunctions", "including") or tokens[index - 1].low == "just"
    joined = joined or (
        tokens[index - 1].low == "of" and other.head is Head.UNKNOWN
    )  # "hostages of eight nationalities"
    own = tokens[other.last + 1 : other.last + 2]
    if other.head is Head.NONE and joined and own and own[0].role("premodifier") is not None:
        return None  # "664 women and 175 wounded had been taken off": the state is that of the bare number
    return 0.8 if joined else UNJOINED, max(index + 1, other.last + 1)


def _new_subject(tokens: list[Token], index: int) -> bool:
    """ "a bus with 50 pupils overturned and 44 were killed": a bare number before its verb opens its own clause."""
    return index < len(tokens) and tokens[index].low in {"were", "was", "are", "is", "had", "have", "has"}


def _present(sentence: Sentence, count: Count, index: int, cost: float, *, relative: bool) -> Iterator[Frame]:
    """ "11,000 soldiers were now in Kursk"."""
    token = sentence.tokens[index]
    if "be" not in token.tags or relative or not can_deploy(sentence, count):
        return
    if busy(sentence, count, index):
        yield make(count, Measure.DEPLOYED, "presence", cost + 1.0, index, "right")
    left = index + 1 < len(sentence.tokens) and sentence.tokens[index + 1].low == "left"
    stays = (token.low in STAYING or left) and count.head is Head.NONE
    known = sentence.deployed and (_owned(sentence, count) or rest_of_force(sentence, count, index))
    if (stays and (known or _after_others_left(sentence, count, index))) or place_follows(sentence, index + 1):
        measure = there_as(sentence, count)
        if measure is not None:
            there = measure in {Measure.DEPLOYED, Measure.CAPTURED}
            yield make(count, measure, "presence" if there else "of-whom", cost, index, "right")


def _owned(sentence: Sentence, count: Count) -> bool:
    """ "its 5,100 stay": those of whom the owner was told before."""
    return count.first > 0 and sentence.tokens[count.first - 1].low in {"its", "their", "our", "'s"}


def _after_others_left(sentence: Sentence, count: Count, verb: int) -> bool:
    """ "3,500 Cuban troops have left; 37,000 remain": the rest of a force, the others of which were told to go."""
    if verb != count.last + 1:
        return False
    before = sentence.tokens[: count.first]
    left = next((i for i, t in enumerate(before) if "departing" in t.tags or t.low in _GONE), None)
    return left is not None and any(is_soldier(t) for t in before[:left])


def _died_of_it(sentence: Sentence, predicate: int, hurt: Sense) -> int | None:
    """ "six of those wounded in the raid have died": the participle says who they were, the verb what they came to."""
    if hurt.measure not in {Measure.WOUNDED, Measure.MISSING, Measure.CASUALTIES}:
        return None
    for index in range(predicate + 1, min(len(sentence.tokens), predicate + ASIDE)):
        token = sentence.tokens[index]
        closes = token.counts or token.low in {",", ";", "and"} or token.has("relatives", "subordinators")
        if closes and not _since_then(sentence.tokens, index):
            return None
        if token.low in {"dead", "deceased"} and sentence.tokens[index - 1].low in {"found", "declared"}:
            return index
        sense = token.role("intransitive")
        if sense is not None and sense.measure is Measure.KILLED and sense.form in {"past", "pastpart"}:
            return index
    return None


def _since_then(tokens: list[Token], index: int) -> bool:
    """ "have since died", "missing since Sunday were found dead": no clause of its own begins there."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].low == "since" and (
        tokens[index - 1].has("have") or (after is not None and after.has("weekdays", "months"))
    )


def _says_nothing(token: Token) -> bool:
    """A plain word that no list has: no rule here looks at it."""
    return not (token.tags or token.senses) and token.low.isalnum() and token.low not in _UNLISTED and not token.counts


def _which(tokens: list[Token], index: int) -> bool:
    """ "55 passengers aboard a jet that crashed have been killed": behind a noun, "that" opens a clause about it."""
    noun = tokens[index - 1]
    return tokens[index].low == "that" and not noun.senses and not noun.tags and noun.text[0].isalnum()


def right_candidates(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """Predicates of which the phrase is the subject, the nearest first."""
    tokens, cost, index = sentence.tokens, 0.0, count.last + 1
    relative, joined, beside, stranger = False, 0, -1, -1
    stationed: list[Frame] = []
    stop = min(len(tokens), count.last + FAR)
    while index < stop and cost < LIMIT:
        token = tokens[index]
        if _says_nothing(token):  # half of all words: they only part the phrase from its predicate
            cost, index = cost + UNKNOWN_STEP, index + 1
            continue
        adjacent = cost <= 0.6 or index == beside
        if _closed(sentence, count, index):
            return
        aside = aside_end(sentence, index) or of_whom_end(sentence, index)
        if aside is not None:
            cost, index, beside = cost + 1.0, aside, aside
            continue
        found = list(_frames_at(sentence, count, index, cost, joined, adjacent=adjacent, stranger=index == stranger))
        _weigh(sentence, found, [] if joined else stationed, relative=relative)
        yield from found
        if any(frame.measure is not Measure.DEPLOYED for frame in found):
            return
        yield from _present(sentence, count, index, cost, relative=relative)
        if _neutral(token):
            yield from _hurt_all_the_same(sentence, count, index, cost)
            if not relative and (not adjacent or is_passive(sentence, index) or _after_have(sentence, index)):
                return
            relative, cost = True, cost - 5.0
        relative = (relative or "relatives" in token.tags) and token.low != ","
        if token.counts and index in counts:
            passed = _past(tokens, counts[index], index)
            if passed is None:
                return
            if tokens[counts[index].last].low != "whom":
                joined, beside = joined + 1, passed[1]
                stranger = beside if passed[0] >= UNJOINED and tokens[index - 1].low not in {"whom", "which"} else -1
            cost, index = cost + passed[0], passed[1]
            continue
        within = "subordinators" in token.tags and (relative or _which(tokens, index))
        noun = "also_nouns" in token.tags and tokens[index - 1].has("determiners")  # "of the state police"
        cost += (2.0 if within else 0.5 if noun else step_cost(token)) + (
            6.0 if not relative and _governs_other(sentence, index) else 0.0
        )
        index += 1
