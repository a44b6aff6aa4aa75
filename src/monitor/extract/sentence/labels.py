"""Lists in one line: in "Kenya: 49 killed; Uganda: 50 dead" every part has its own label, whose people it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.lexicon.wordlists import things
from monitor.extract.sentence.annotate import Sentence, Token

_MARKS = frozenset({":", "-", "—", "–", "--"})
_LONGEST = 5
FORCE = 50
"""Fewer are seldom a country's part of a force."""
_HEAD = 12
_COUNTED = frozenset({"people", "unit"})
_FORCES = frozenset({"troops", "peacekeepers"})
_NAMING = frozenset({"name", "adjective", "people", "troops", "place", "capital", "institution"})
SERVICES = frozenset({"navy", "air force", "marines", "army", "infantry", "cavalry", "artillery"})
_SOURCES = ("independent", "anonymous", "body_counters")


@dataclass(frozen=True, slots=True)
class Label:
    """The tokens `first…last` that name whose the numbers up to `stop` are; `measure` as the head of the list has it;
    `tells`: it names who counts others."""

    first: int
    last: int
    stop: int
    measure: Measure | None = None
    tells: bool = False


def labels_of(sentence: Sentence) -> list[Label]:
    """The labels of a list in one line that say whose the numbers are; two parts at least have one."""
    found = _labels(sentence)
    return [] if any(label.tells for label in found) else found


def tellers_of(sentence: Sentence) -> list[Label]:
    """The labels of a list in one line that are its sources."""
    return [label for label in _labels(sentence) if label.tells]


def label_at(sentence: Sentence, index: int) -> Label | None:
    """The label of the part of the list that the token at `index` stands in."""
    return next((label for label in labels_of(sentence) if label.last < index < label.stop), None)


def _labels(sentence: Sentence) -> list[Label]:
    if sentence.labels is None:
        lists = ";" in sentence.words or (":" in sentence.words and "," in sentence.words)
        sentence.labels = _find(sentence.tokens) if lists else []
    return sentence.labels


def _find(tokens: Sequence[Token]) -> list[Label]:
    head, measure = _headed(tokens)
    ends = [i for i, t in enumerate(tokens) if i > head and (t.low == ";" or (measure and _parts(tokens, i)))]
    parts = list(pairwise([head, *ends, len(tokens)]))
    found = [label for begin, stop in parts if (label := _label(tokens, begin + 1, stop, measure)) is not None]
    return found if len(found) > 1 else []


def _parts(tokens: Sequence[Token], index: int) -> bool:
    """A comma, or "and" behind a number: "Fiji 3 and India 2"."""
    return tokens[index].low == "," or (tokens[index].low == "and" and tokens[index - 1].counts)


def _headed(tokens: Sequence[Token]) -> tuple[int, Measure | None]:
    """The colon behind "Killed by service:", and what the list below it counts."""
    colon = next((i for i, t in enumerate(tokens[:_HEAD]) if t.low == ":" or t.counts), None)
    if colon is None or tokens[colon].counts:
        return -1, None
    if _of_a_force(tokens, colon):
        return colon, Measure.DEPLOYED
    told = (s for t in tokens[:colon] for s in t.senses if s.form in {"", "part", "pastpart"})
    measures = [s.measure or Measure.CASUALTIES for s in told if s.measure is not None or s.role == "toll"]
    return (colon, measures[0]) if measures and measures[0] is not Measure.DEPLOYED else (-1, None)


def _of_a_force(tokens: Sequence[Token], colon: int) -> bool:
    """ "Polish-led division, a week after its first funeral:" names a force; the countries below it give their men."""
    comma = next((i for i in range(colon) if tokens[i].low == ","), colon)
    main = tokens[:comma]
    told = any(t.has("things") or t.role("toll", "count", "say", "lose", "hold") or t.counts for t in main)
    told = told or any(s.measure not in {None, Measure.DEPLOYED} for t in main for s in t.senses)
    if told or not any(t.has("bodies") or (t.person is not None and t.person.kind in _FORCES) for t in main):
        return False
    rows = [(a, b) for a, b in pairwise(tokens[colon + 1 :]) if b.counts]
    of_countries = all(a.mention is not None and a.mention.role == "name" and a.mention.party for a, _ in rows)
    sizes = [b.number.quantity.number for _, b in rows if b.number is not None]
    return len(rows) > 1 and of_countries and min(sizes) >= FORCE


def _label(tokens: Sequence[Token], begin: int, stop: int, measure: Measure | None) -> Label | None:
    """The name at the head of a part, its number right behind it or behind a mark."""
    count = next((i for i in range(begin, stop) if tokens[i].counts), None)
    if count is None:
        return None
    last = count - 1
    while last > begin and tokens[last].has("object_free", "adverbs", "hedge"):
        last -= 1
    marked = last > begin and (tokens[last].low in _MARKS or _side_apart(tokens, last))
    last -= marked
    while last > begin and _of_loss(tokens[last]):
        last -= 1  # "French dead: 38"
    first = last
    while first >= begin and last - first < _LONGEST and _names(tokens[first]):
        first -= 1
    first += 1
    opened = first == begin or tokens[first - 1].low in {":", "and", "while"}
    alone = _alone(tokens, count)
    harmed = _harmed(tokens, count)
    listed = (measure is not None and alone) or (marked and harmed)
    if not (opened and first <= last and _is_side(tokens[last], listed=listed)) or not (marked or alone or harmed):
        return None
    tells = marked and tokens[last + 1].low == ":" and _tells(tokens, last, stop)
    return Label(first, last, stop, measure if alone else None, tells)


def _alone(tokens: Sequence[Token], count: int) -> bool:
    """The number is all that the part says of them: "Army 34,"."""
    after = tokens[count + 1] if count + 1 < len(tokens) else None
    return after is None or after.low in {",", ";", "."} or (after.low == "and" and count + 3 < len(tokens))


def _harmed(tokens: Sequence[Token], count: int) -> bool:
    """What became of them follows: "Armenia 300 killed"."""
    return count + 1 < len(tokens) and any(s.measure is not None for s in tokens[count + 1].senses)


def _side_apart(tokens: Sequence[Token], index: int) -> bool:
    """ "government side, 11 soldiers killed; Maute side, 31": a comma behind the name of a side."""
    return tokens[index].low == "," and tokens[index - 1].low == "side"


def _of_loss(token: Token) -> bool:
    return token.role("toll", "count", "adjective") is not None and token.person is None


def _names(token: Token) -> bool:
    if token.counts or any(s.form and s.measure for s in token.senses):
        return False
    named = token.capital or token.person is not None or token.mention is not None or token.low in {"side", "army"}
    return named or token.has("premodifiers", "determiners", "bodies", "groups", "state_bodies")


def _is_side(token: Token, *, listed: bool) -> bool:
    """A nation, a place, people or a body at the end of a label, no month or thing; in a list under a head any name."""
    if token.low in {"side", "army"}:
        return True
    if token.has("months", "weekdays", "things") or things().category.get(token.low, "people") not in _COUNTED:
        return False
    if token.mention is not None:
        return token.mention.role in _NAMING
    people = token.person is not None and token.person.plural
    return people or token.has("bodies", "groups") or (listed and token.capital)


def _tells(tokens: Sequence[Token], last: int, stop: int) -> bool:
    """ "Doctors: 30 dead", "Kyiv: 300 Russians killed": those who count the dead of others."""
    label = tokens[last]
    own = label.mention.party if label.mention is not None else None
    others = (t.mention for t in tokens[last + 1 : stop] if t.mention is not None and t.mention.role != "place")
    return label.has(*_SOURCES) or (own is not None and any(m.party not in {None, own} for m in others))
