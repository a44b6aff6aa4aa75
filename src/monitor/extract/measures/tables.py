"""Figures without a sentence around them: cells of a table, answers to a question, counts named after their value."""

from collections.abc import Iterator, Sequence

from monitor.domain.claims import Measure
from monitor.extract.lexicon.wordlists import things
from monitor.extract.measures.frames import Frame, breaks, is_soldier, make
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

_EDGES = frozenset({",", ";", ".", "/", "(", ")", "[", "]", "|", "•", "*", ":", "-", "—", "and", "plus"})
_MARKS = frozenset({":", "-", "--", "—", "–"})
_NOUNS = frozenset({"number", "figure", "count", "toll", "total", "tally"})
_BEFELL = frozenset({"killed", "dead", "wounded", "injured", "hurt"})
"""What befalls people, and no market, school or boat that a list may name."""
_EVENTS = ("war", "attack", "battle", "strike", "raid", "clash", "operation", "explosion", "blast")
_SETTINGS = frozenset({"duration", "place", "area"})
MANPOWER = frozenset({"personnel", "manpower", "soldiers", "troops", "servicemen", "men", "personnel losses"})
FURTHER = 26
"""Tokens behind "Eighty is the number I have" that may say of whom."""


def cells(sentence: Sentence, count: Count, *, losses: bool) -> Iterator[Frame]:
    """ "KIA 12, WIA 40", "Dead 14, injured 30": in a list the measure stands right before its bare number.

    `losses` says that the list was announced as one of losses: there "Personnel – 1,020" is a row of it.
    """
    tokens, at = sentence.tokens, count.first - 1
    named = count.head is Head.PEOPLE and at > 0 and tokens[at].low == ":"  # "killed: 12 officers, 340 men"
    if not (count.head is Head.NONE or named) or at < 0:
        return
    listed = tokens[at].low == "," and _whole_part(tokens, count)  # "prisoners, 600; killed, 12."
    if (tokens[at].low in _MARKS or listed) and at:
        at -= 1
    label, begin = tokens[at], at
    while begin > 0 and (
        tokens[begin - 1].has("premodifiers", "determiners") or tokens[begin - 1].mention or tokens[begin - 1].person
    ):
        begin -= 1
    if not (_edge(tokens, begin - 1) and (named or _edge(tokens, count.last + 1))):
        return
    if losses and label.low in MANPOWER:
        yield make(count, Measure.CASUALTIES, "toll-verbless", 0.0, at, "left")
    for sense in label.senses:
        # "prisoners 765, surrendered 179"
        gave_up = sense.form in {"past", "pastpart"} and tokens[begin - 1].low == ","
        if (sense.role in {"adjective", "count", "toll"} or gave_up) and sense.measure not in {None, Measure.DEPLOYED}:
            assert sense.measure is not None  # noqa: S101  said above
            yield make(count, sense.measure, "toll-verbless", -0.5 if listed else 0.0, at, "left")
            return


def _whole_part(tokens: Sequence[Token], count: Count) -> bool:
    """The number closes a part between semicolons that a comma parts from its label alone."""
    begin = next((i for i in range(count.first - 2, -1, -1) if tokens[i].low in {";", ":", ","}), -1)
    opened = begin < 0 or tokens[begin].low != ","
    after = tokens[count.last + 1].low if count.last + 1 < len(tokens) else "."
    listed = any(t.low == ";" for t in tokens[max(0, begin) :])
    return opened and listed and count.first - begin <= 4 and after in {";", "."}


def _increment(token: Token) -> bool:
    return token.number is not None and "increment" in token.number.flags


def counts_label(sentence: Sentence, count: Count) -> bool:
    """ "tanks - 12, guns: 30": in a list the number counts what its label names."""
    tokens, at = sentence.tokens, count.first - 1
    if count.head is not Head.NONE or at < 1:
        return False
    if _increment(tokens[count.number]):
        at = next((i for i in range(at - 1, -1, -1) if tokens[i].number is not None), 1) - 1
    at = back_over(tokens, at, "object_free", "adverbs", "hedge")
    if tokens[at].low not in _MARKS:
        return False
    label = tokens[at - 1]
    told = tokens[count.last + 1].low if count.last + 1 < len(tokens) else ""
    if told in _BEFELL and things().category.get(label.low) != "animal":
        return False  # "Strike on a market: 23 killed, 40 injured"
    if any(t.role("toll") is not None for t in tokens[max(0, at - 7) : at - 1]) and label.low.endswith(_EVENTS):
        return False  # "Coalition deaths in the ground war: 149": of whom, and in what
    category = things().category.get(label.low, "people")  # an army's own row counts its men
    counted = at > 1 and tokens[at - 2].number is not None
    if category in _SETTINGS and (counted or not label.low.endswith("s")):
        return False  # "Losses for the week: 3,400", "in the past 24 hours: 12", "Herat province: 40": when and where
    return label.person is None and (label.has("things") or category not in {"people", "unit"})


def _edge(tokens: Sequence[Token], index: int) -> bool:
    return not 0 <= index < len(tokens) or tokens[index].low in _EDGES or breaks(tokens[index])


def named_after(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "bringing to 16 the number of soldiers lost", "Eighty is the number of the dead": the value first."""
    tokens, index = sentence.tokens, count.last + 1
    if count.head is not Head.NONE:
        return
    brought = count.first > 0 and tokens[count.first - 1].low.endswith("to")
    index += 0 if brought else 1
    if not brought and not (index - 1 < len(tokens) and tokens[index - 1].has("be")):
        return
    if index + 1 >= len(tokens) or tokens[index].low not in {"the", "its", "their"}:
        return
    noun = tokens[index + 1]
    sense = noun.role("toll")
    if sense is not None and sense.measure not in {None, Measure.DEPLOYED}:
        yield make(count, sense.measure or Measure.KILLED, "toll-link", 0.5, index + 1, "right")
    elif noun.low.startswith("number of ") or noun.low in _NOUNS:
        yield from _of_whom(sentence, count, index + 2, inside=noun.low not in _NOUNS)


def _of_whom(sentence: Sentence, count: Count, start: int, *, inside: bool) -> Iterator[Frame]:
    """What the number is of: right behind it, or later in the sentence ("… said of the dead in Catatumbo"); troops
    of whom only a place is told are there."""
    tokens, force = sentence.tokens, sentence.tokens[start - 1].role("toll") is not None
    for index in range(start, min(len(tokens), start + FURTHER)):
        token = tokens[index]
        if token.counts or breaks(token):
            return
        inside = inside or token.low == "of" or (index == start and token.role("transitive") is not None)
        lost = inside and token.role("lose")
        told = [s.measure for s in token.senses if s.measure is not None and (s.form != "base" or force)]
        measure = next((m for m in told if m is not Measure.DEPLOYED or force), None)
        if inside and (measure is not None or lost):
            yield make(count, measure or Measure.CASUALTIES, "toll-link", 0.5, index, "right")
            return
        if force and "taking_refuge" not in sentence.tags and place_follows(sentence, index):
            yield make(count, Measure.DEPLOYED, "toll-link", 1.0, index, "right")
            return
        force = inside and (token.has("bodies") or is_soldier(token))


def asked(sentence: Sentence) -> Measure | None:
    """What "How many died at the bridge?" asks for."""
    tokens = sentence.tokens
    if "?" not in sentence.words or not any(token.low == "?" for token in tokens[-3:]):
        return None
    many = next((i for i, t in enumerate(tokens) if t.low == "many" and i and tokens[i - 1].low == "how"), None)
    if many is None:
        return None
    told = (s.measure for t in tokens[many:] if not t.has("be", "have") for s in t.senses)
    return next((measure for measure in told if measure is not None), None)


def _told_as_answer(before: Sequence[Token]) -> bool | None:
    """ "The Red Cross speaks of 800": True for a source and no more before the number, None where nobody speaks."""
    verb = next((i for i in range(len(before) - 1, 0, -1) if before[i].role("say", "put") is not None), None)
    if verb is None or any(t.counts or t.low in {",", ";"} for t in before):
        return None
    return all(
        t.low in {"of", "it", "at", "them"} or t.has("adverbs", "hedge", "object_free") for t in before[verb + 1 :]
    )


def answers(sentence: Sentence, count: Count) -> bool:
    """ "Nineteen workers, said the police": a sentence that opens with its number, which no verb follows."""
    before = sentence.tokens[: count.first]
    if (told := _told_as_answer(before)) is not None:
        after = sentence.tokens[count.last + 1 : count.last + 2]
        return told and (_edge(sentence.tokens, count.last + 1) or after[0].has("being_prepositions"))
    return all(t.has("adverbs", "hedge", "object_free") or not t.text[0].isalnum() for t in before) and _edge(
        sentence.tokens, count.last + 1
    )
