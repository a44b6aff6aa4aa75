"""Figures told by way of others: parts of a whole that opens the clause, contingents, who is joined or sought."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.measures.frames import Frame, breaks, can_deploy, make, military
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

OPENING = 8
"""Tokens in which "Of the 62 soldiers killed," opens a clause."""
FRONTED = 16
"""Tokens in which "Of the 1,532 people killed across Nigeria this year," does, with its place and time."""
FORCE = 20
"""Fewer are seldom a contingent."""
REST = 20
"""Fewer who are left of a force are no force."""
_OF_THEM = 5
"""Tokens from the number of a whole to what befell it: "the 19 Russian soldiers killed"."""
_THESE = frozenset({"these", "those", "them", "which", "whom"})


def told_by_others(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """Readings of a phrase by what is told beside it."""
    yield from _part_of_the_dead(sentence, count)
    yield from _among_the_killed(sentence, count)
    yield from _named_of_them(sentence, count)
    yield from _contingent(sentence, count)
    yield from _joined_force(sentence, count)
    yield from _sought(sentence, count)


def _part_of_the_dead(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Of the dead, 14 were soldiers", "Among those killed, nine were policemen", "Of the 1,532 deaths, 912 were in
    Borno": the whole has the measure."""
    if "," not in sentence.words or "be" not in sentence.tags:
        return
    tokens, comma = sentence.tokens, count.first - 1
    comma = back_over(tokens, comma, "hedge", "adverbs", "object_free")
    after = tokens[count.last + 1 : count.last + 4]
    if comma < 1 or tokens[comma].low != "," or not after or not after[0].has("be"):
        return
    begin = _fronted_at(sentence, comma)
    if begin is None:
        return
    people = any(t.person is not None and t.person.plural for t in after[1:])
    if people and comma - begin < OPENING:
        measure = next((m for t in tokens[begin:comma] if (m := _harm(t)) is not None), None)
    elif place_follows(sentence, count.last + 2):
        measure = _harm_of_whole(sentence, begin, comma) or _told_of_these(sentence, count, begin, comma)
    else:
        measure = None
    if measure is not None:
        yield make(count, measure, "of-whom", 0.2, begin, "left")


def _among_the_killed(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Seven children were among the 19 people killed": who is among so many has their fate."""
    if "among" not in sentence.words or count.head not in {Head.PEOPLE, Head.NATION}:
        return
    tokens, at = sentence.tokens, count.last + 1
    if at >= len(tokens) or not tokens[at].has("be"):
        return
    among = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].has("adverbs"))
    if among >= len(tokens) or tokens[among].low != "among":
        return
    whole = next((i for i in range(among + 1, min(len(tokens), among + 4)) if tokens[i].counts), None)
    if whole is None:
        return
    for index in range(whole + 1, min(len(tokens), whole + _OF_THEM)):
        if (
            breaks(tokens[index])
            or tokens[index].low == ","
            or tokens[index].has("be", "have", "relatives", "prepositions")
        ):
            return
        if (measure := _harm(tokens[index])) is not None:
            yield make(count, measure, "of-whom", 0.2, index, "right")
            return


def _fronted_at(sentence: Sentence, comma: int) -> int | None:
    """Where "Of the 62 killed in the south of Mali," opens its clause: the "of" at its head."""
    tokens = sentence.tokens
    for at in range(comma - 1, max(-1, comma - FRONTED), -1):
        parted = at == 0 or breaks(tokens[at - 1]) or tokens[at - 1].low in {".", '"', ":"}
        if parted and tokens[at].low.split()[0] in {"of", "among"}:
            return at
    return None


def _harm_of_whole(sentence: Sentence, begin: int, comma: int) -> Measure | None:
    """What befell the whole; of "the 900 not killed", "the men who killed 30", "those who fled after 30 died" nothing
    is told."""
    tokens = sentence.tokens[begin:comma]
    counts = [i for i, t in enumerate(tokens) if t.counts]
    clause = any(t.has("negation", "subordinators") or t.low in {"without", "besides"} for t in tokens)
    if clause or len(counts) > 1 or any(at > 3 for at in counts) or tokens[1].has("relatives"):
        return None
    for before, token in pairwise(tokens):
        if (measure := _harm(token) or _count_of_losses(token)) is not None:
            return None if before.has("relatives") and token.role("intransitive") is None else measure
    return None


def _count_of_losses(token: Token) -> Measure | None:
    sense = token.role("count")
    return sense.measure if sense is not None and sense.measure is Measure.CASUALTIES else None


def _told_of_these(sentence: Sentence, count: Count, begin: int, comma: int) -> Measure | None:
    """ "More than 400 were killed. Of these, 150 were in Tripoli": as many as were told of just before."""
    alone = comma == begin + 2 and sentence.tokens[begin + 1].low in _THESE
    return _whole_told(sentence, count) if alone else None


def _whole_told(sentence: Sentence, count: Count) -> Measure | None:
    """What befell the people counted just before, where the number can be a part of theirs."""
    if sentence.whole is None:
        return None
    number, (measure, whole) = sentence.tokens[count.number].number, sentence.whole
    part = number is not None and number.quantity.number <= whole
    return measure if part and measure is not Measure.DEPLOYED else None


def _named_of_them(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "of its own dead the ministry has named 31", "Of their wounded they admit to 40": the whole is put first, a verb
    of telling gives its number."""
    tokens, verb = sentence.tokens, count.first - 1
    after = tokens[count.last + 1 : count.last + 2]
    ends = not after or not after[0].text[0].isalnum() or after[0].has("prepositions", "adverbs", "subordinators")
    if count.head is not Head.NONE or not ends:
        return
    verb = back_over(tokens, verb, "hedge", "adverbs", "prepositions")
    if verb < 3 or not (tokens[verb].has("naming", "admitting") or tokens[verb].role("say", "put")):
        return
    for index in range(verb - 1, max(-1, verb - OPENING - 4), -1):
        if tokens[index].low in {",", ";", ":", "."} or breaks(tokens[index]) or tokens[index].counts:
            return
        opens = index == 0 or tokens[index - 1].low in {",", ";", ":", ".", "and", '"'}
        if tokens[index].low == "of" and opens and tokens[index + 1].has("determiners"):
            measure = next((m for t in tokens[index + 1 : index + 4] if (m := _harm(t)) is not None), None)
            if measure is not None:
                yield make(count, measure, "of-whom", 0.2, index, "left")
            return


def _harm(token: Token) -> Measure | None:
    """What "dead", "killed", "wounded" say of a whole; to be counted as prisoner is who they are."""
    for sense in token.senses:
        if sense.measure in {Measure.KILLED, Measure.WOUNDED, Measure.MISSING} and sense.form not in {"base", "ing"}:
            return sense.measure
    return None


def _contingent(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Troop contributions: Uganda 6,223, Burundi 5,432", "Kenya (3,664)": a country's own number of the force."""
    tokens, at = sentence.tokens, count.first - 1
    number = tokens[count.number].number
    if count.head is not Head.NONE or number is None or number.quantity.number < FORCE or at < 1:
        return
    if tokens[at].low in {"(", ":", "-", "—"}:
        at -= 1
    mention = tokens[at].mention
    named = mention is not None and mention.role in {"name", "place"}
    ends = count.last + 1 >= len(tokens) or tokens[count.last + 1].low in {",", ")", ".", ";", "and", "|"}
    if named and ends and any(t.has("contributing") for t in tokens):
        yield make(count, Measure.DEPLOYED, "contingent", 0.0, at, "left")


def _joined_force(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "will join the 1,200 who are there": whoever is joined or relieved is in place already."""
    if "joining" not in sentence.tags:
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "determiners", "hedge", "adverbs", "object_free")
    if at < 1 or not tokens[at].has("joining") or not can_deploy(sentence, count):
        return
    after = [t.low for t in tokens[count.last + 1 : count.last + 5]]
    told = bool({"who", "already", "there", "whom"} & set(after))
    if told or (count.head is Head.PEOPLE and military(count.kind) and count.kind != "fighters"):
        yield make(count, Measure.DEPLOYED, "joined-force", 0.0, at, "left")


def _sought(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "divers searched for 12 sailors", "the search for two climbers": who is sought after a disaster is missing.

    Not whom the police are after: gunmen, suspects, prisoners.
    """
    if "seeking" not in sentence.tags:
        return
    tokens, at = sentence.tokens, count.first - 1
    at = back_over(tokens, at, "determiners", "hedge", "adverbs", "object_free")
    wanted = count.kind in {"fighters", "mercenaries", "police"} or (count.head is Head.MEASURE)
    if at < 0 or not tokens[at].has("seeking") or wanted or count.head not in {Head.PEOPLE, Head.NATION, Head.NONE}:
        return
    noun = tokens[count.noun].low if count.noun is not None else ""
    told_off = {"suspects", "inmates", "convicts", "detainees", "attackers", "volunteers", "recruits", "workers"}
    lost = any(t.has("rescue_scene") for t in tokens)
    if noun in told_off or (not lost and (noun in {"", "men", "people", "youths"} or _hunters(sentence, at))):
        return
    if count.head is Head.NONE and not lost:
        return
    yield make(count, Measure.MISSING, "sought", 0.0, at, "left")


def _hunters(sentence: Sentence, at: int) -> bool:
    """ "police are looking for two students": whoever looks for them isn't a rescuer."""
    before = sentence.tokens[max(0, at - 8) : at]
    return any(
        t.low in {"police", "detectives", "prosecutors", "company", "firm", "employer", "school"} for t in before
    )


def last_told(sentence: Sentence, frames: Sequence[Frame]) -> tuple[Measure, float] | None:
    """What befell how many by the last figure of the sentence so far, None without one."""
    number = sentence.tokens[frames[-1].count.number].number if frames else None
    return (frames[-1].measure, number.quantity.number) if number is not None else None


def there_as(sentence: Sentence, count: Count) -> Measure | None:
    """What being somewhere makes of a number without a noun: deployed, captured if the whole are captives, nothing
    if they are civilians ("Of 251 hostages, 101 are in Gaza")."""
    if count.head not in {Head.NONE, Head.PRONOUN}:
        return Measure.DEPLOYED
    led = [t.low for t in sentence.tokens[max(0, count.first - 2) : count.first]]
    these = sentence.tokens[count.last].low in _THESE or (led[:1] == ["of"] and led[-1] in _THESE)
    if these and (told := _whole_told(sentence, count)) is not None:
        return told  # "640 deaths; 410 of those were in Zamfara", "58 deaths, of which 41 were in Goma"
    for token in reversed(sentence.tokens[: count.first]):
        caught = any(
            s.measure is Measure.CAPTURED or s.role == "hold"
            for s in token.senses
            if s.form in {"", "part", "pastpart"}
        )
        if caught:
            return Measure.CAPTURED
        if token.person is not None and token.person.plural:
            serves = token.person.kind in load_words().military or token.person.kind in {"people", "police"}
            return Measure.DEPLOYED if serves or sentence.deployed else None
    return Measure.DEPLOYED


def rest_of_force(sentence: Sentence, count: Count, verb: int) -> bool:
    """ "had 15,000 men there, says that 1,300 are left": what is left of a force just told of, and of nothing else."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    if verb != count.last + 1 or number is None or number.quantity.number < REST:
        return False
    behind = verb + (2 if tokens[verb].has("be") and not tokens[verb].low.startswith(("remain", "stay")) else 1)
    after = tokens[behind] if behind < len(tokens) else None
    ends = after is None or after.low in {".", ",", ";", "and", "but"} or place_follows(sentence, behind)
    return ends and not any(t.has("things") for t in tokens[: count.first])
