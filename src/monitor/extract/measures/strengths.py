"""Forces told of by a strength: set behind their name, brought along, sent before the clause begins."""

from collections.abc import Iterator, Sequence

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, breaks, can_deploy, is_body, is_soldier, make, may_serve, military
from monitor.extract.measures.tolls import of_another
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Count, Head
from monitor.extract.sentence.places_ahead import place_follows

FORCE = 50
"""Fewer men with somebody are an escort."""
SQUAD = 20
"""Fewer foreigners are no contingent."""
ARMY = 200_000
"""More men with a state are its army, wherever they are."""
REACH = 6
"""Tokens before "faced" in which the other force is named."""
_FACED = frozenset({"faced", "face", "faces", "confronted", "confront", "opposed"})
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our"})
_THEM = frozenset({"him", "her", "me", "them", "us"})
_ORDERS = frozenset({"command", "orders", "control"})
_FIGHTING = frozenset({"fighting", "fight", "fought", "battling"})
_SIDES = frozenset({"for", "alongside", "with", "against"})
_RATED = frozenset({"put", "estimated", "reckoned", "thought", "believed", "said", "assessed", "numbered", "given"})


def strengths(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """Readings of a phrase as the strength of a force."""
    yield from _of_named_troops(sentence, count)
    yield from _brought_along(sentence, count)
    yield from _sent_before(sentence, count)
    yield from _numbering(sentence, count)
    yield from _face_to_face(sentence, count)
    yield from _under_command(sentence, count)
    yield from _along_with_them(sentence, count)
    yield from _fighting_for(sentence, count)


def _of_named_troops(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Ankara's forces at Bashiqa, estimated at 2,000", "UNIFIL soldiers in Naqoura: 700": troops with their place, a
    link, a bare number."""
    tokens, at = sentence.tokens, count.first - 1
    bare = count.head is Head.NONE or (count.head is Head.PEOPLE and can_deploy(sentence, count))
    if not bare or at < 1:
        return
    at = _before_link(tokens, at)
    placed = False
    while at > 0 and _of_place(tokens, at):
        placed = placed or tokens[at].has("being_prepositions", "ground") or tokens[at].mention is not None
        at -= 1
    noun = tokens[at]
    person = noun.person
    owned = at > 1 and (tokens[at - 1].low in {"'s", "'", "its", "their"} or tokens[at - 1].mention is not None)
    serve = person is not None and person.plural and (military(person.kind) or (owned and noun.low == "men"))
    named = noun.mention is not None and noun.low.endswith("peacekeepers")  # "UN peacekeepers" are one name
    force = serve or named or is_body(noun)
    if not force or not placed or any(t.number is not None for t in tokens[max(0, at - 3) : at]):
        return
    if any(s.measure not in {None, Measure.DEPLOYED} for t in tokens[max(0, at - 3) : at] for s in t.senses):
        return  # "wounded soldiers in Goma: 20"
    yield make(count, Measure.DEPLOYED, "toll-link", 1.0, at, "left")


def _before_link(tokens: list[Token], at: int) -> int:
    """The index before what links a force with its strength, `at` itself where nothing does."""
    here = tokens[at]
    if tokens[at + 1].low.startswith("estimated at") and here.low == ",":
        return at - 1
    if here.has("numbering") or here.low in {":", "-", "—"}:
        at -= 1
    elif here.low in {"at", "to"}:
        if at > 2 and tokens[at - 1].counts and tokens[at - 2].low == "from":
            at -= 2  # "have been raised from 700 to 2,500"
        rated = tokens[at - 1].low in _RATED or tokens[at - 1].has("growing", "changed")
        put = any(t.role("put") is not None or t.has("changed", "growing") for t in tokens[max(0, at - 14) : at])
        if not (rated or put):
            return -1
        at -= 2 if rated else 1
    elif not here.has("be"):
        return -1
    while at > 0 and (tokens[at].has("adverbs", "be", "have", "hedge") or tokens[at].low in {",", "now"}):
        at -= 1
    return at


def _of_place(tokens: list[Token], at: int) -> bool:
    """A word of "in Kabul and along the highway"."""
    token = tokens[at]
    if token.number is not None or token.role("transitive", "intransitive", "say") is not None:
        return False
    joint = token.low == "and" and tokens[at + 1].has("being_prepositions")
    named = token.mention is not None and token.mention.role in {"name", "place", "capital", "adjective"}
    spelt = token.capital and not token.senses and token.person is None and not is_body(token)
    return joint or named or spelt or token.has("being_prepositions", "ground", "determiners") or token.low == "'s"


def _brought_along(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "SAMIDRC, with 2,900 soldiers, took over", "With 2,500 men, the general marched on Addis": who acts has them
    there; "with 1.2 million soldiers the largest army" is no such force."""
    tokens, at = sentence.tokens, count.first - 1
    number = tokens[count.number].number
    if at < 0 or tokens[at].low != "with" or number is None or not can_deploy(sentence, count):
        return
    set_off = not at or tokens[at - 1].low in {",", '"'}
    closed = tokens[count.last + 1 : count.last + 2]
    placed = place_follows(sentence, count.last + 1)
    ranked = bool(sentence.words & {"largest", "biggest", "smallest", "strongest"})
    closes = placed or (bool(closed) and closed[0].low == "," and not ranked)
    serve = count.head is Head.PEOPLE and FORCE <= number.quantity.number < ARMY
    if set_off and closes and serve:
        yield make(count, Measure.DEPLOYED, "with-object", 2.0, at, "left")


def _sent_before(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Dispatched last month, the 5,500 Ugandans took over": a participle that opens the sentence tells of its
    subject."""
    tokens, comma = sentence.tokens, count.first - 1
    comma = back_over(tokens, comma, "determiners", "hedge")
    if comma < 1 or tokens[comma].low != "," or any(breaks(t) or t.counts for t in tokens[:comma]):
        return
    sense = tokens[0].role("transitive")
    if sense is None or sense.form not in {"part", "pastpart"} or sense.measure is None:
        return
    if sense.measure is not Measure.DEPLOYED or can_deploy(sentence, count):
        yield make(count, sense.measure, "participle", 0.1 * comma, 0, "left")


def _face_to_face(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "At Vukovar 1,800 defenders faced 36,000 federal troops": both are where they face each other."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    if not may_serve(count) or number is None or number.quantity.number < FORCE:
        return
    subject = count.last + 1 < len(tokens) and tokens[count.last + 1].low in _FACED
    at = count.last + 1 if subject else count.first - 1
    if at > 0 and tokens[at].low in _FACED and (not subject or tokens[at + 1].counts):
        before = tokens[max(0, at - REACH) : at]
        behind = tokens[at + 2 : at + REACH]
        nation = bool(behind) and behind[0].mention is not None and behind[0].mention.role in {"people", "troops"}
        soldiers = count.head is Head.PEOPLE and nation
        if subject and not soldiers and not any(is_soldier(t) for t in behind):
            return  # "200 soldiers faced 5,000 demonstrators"
        if count.head is Head.NATION and not any(is_soldier(t) for t in (behind if subject else before)):
            return  # "300 Danes faced 400 Swedes in the pool"
        if subject or any(t.counts or t.has("bodies") or is_soldier(t) for t in before):
            yield make(count, Measure.DEPLOYED, "inverted-presence", 1.0, at, "left")


def _numbering(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "the rebels number some 10,000": what a force numbers is its strength."""
    tokens = sentence.tokens
    if count.head is not Head.NONE or not count.first or not tokens[count.first - 1].has("numbering"):
        return
    before = tokens[max(0, count.first - 14) : count.first - 1]
    told = before[-1].role("toll", "count") if before else None
    if told is not None and told.measure not in {None, Measure.DEPLOYED}:
        yield make(count, told.measure or Measure.KILLED, "toll-link", 0.0, count.first - 2, "left")
        return
    begin = count.first - 1 - len(before)
    if (at := _numbered(before)) is not None:
        those = before[at].role("toll", "count")
        if those is not None and those.measure not in {None, Measure.DEPLOYED}:
            yield make(count, those.measure or Measure.KILLED, "toll-link", 0.0, begin + at, "left")
            return
        if not (is_soldier(before[at]) or is_body(before[at])):
            return  # "Refugees in the camp number 12,000"
    if any(is_body(t) and of_another(tokens, begin + i) for i, t in enumerate(before)):
        return
    if any(is_body(t) or t.has("posts") or is_soldier(t) for t in before) and not any(
        t.role("toll") and not t.has("bodies") for t in before
    ):
        yield make(count, Measure.DEPLOYED, "toll-link", 1.0, count.first - 1, "left")


def _numbered(before: Sequence[Token]) -> int | None:
    """Where the people stand in "Prisoners of war at the camp number 350", "Captives in the north number": before the
    place, at the head of the clause; not what there is at the place."""
    opened = next((i + 1 for i in range(len(before) - 1, -1, -1) if before[i].low in {",", ";", "that", '"'}), 0)
    place = next((i for i in range(opened, len(before)) if before[i].has("being_prepositions")), opened)
    head = before[place - 1] if place > opened else None
    people = head is not None and ((head.person is not None and head.person.plural) or head.role("count") is not None)
    return place - 1 if people else None


def _under_command(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "has 468,000 Americans under his command", "12,000 men under him", "20,000 troops at his disposal": whom a
    commander has are his force; the staff and the pupils that somebody has under him are none."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    if number is None or number.quantity.number < FORCE or count.head not in {Head.PEOPLE, Head.NATION}:
        return
    if not can_deploy(sentence, count) or count.kind == "police":
        return
    at = back_over(tokens, count.first - 1, "adverbs", "hedge")
    commanded = _of_a_commander([t.low for t in tokens[count.last + 1 : count.last + 4]])
    if commanded and at > 0 and tokens[at].has("have") and not tokens[at - 1].has("modal_hypothetical", "modal_future"):
        yield make(count, Measure.DEPLOYED, "active-object", 1.0, at, "left")


def _of_a_commander(behind: list[str]) -> bool:
    match behind:
        case ["under", owner, orders] if owner in _OWNERS:
            return orders in _ORDERS
        case ["at", owner, "disposal"]:
            return owner in _OWNERS
        case ["under", whom, *_]:
            return whom in _THEM
    return False


def _along_with_them(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "rolled into Bahrain, and with them 500 policemen": who comes with a force that moves goes where it goes."""
    tokens, at, number = sentence.tokens, count.first - 1, sentence.tokens[count.number].number
    if number is None or at < 3 or tokens[at].low not in _THEM or tokens[at - 1].low != "with":
        return
    if tokens[at - 2].low not in {"and", ","} or number.quantity.number < SQUAD:
        return
    serve = may_serve(count) or (count.head is Head.PEOPLE and count.kind == "police")
    before = tokens[: at - 2]
    force = any(is_soldier(t) or is_body(t) for t in before)
    harmed = any(s.form and s.measure not in {None, Measure.DEPLOYED} for t in before for s in t.senses)
    moved = any(t.has("motion", "moving") or t.role("intransitive", "transitive") for t in before)
    if serve and force and moved and not harmed and not any(breaks(t) for t in before):
        yield make(count, Measure.DEPLOYED, "with-object", 0.5, at - 1, "left")


def _fighting_for(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "Perhaps 2,500 foreigners are fighting for Kyiv": on whose side strangers fight makes them a force of it; those
    who fight "for the right to strike" or "for Justice Party seats" are none."""
    tokens, number = sentence.tokens, sentence.tokens[count.number].number
    if count.head is not Head.PEOPLE or number is None or number.quantity.number < SQUAD:
        return
    if tokens[count.last].low not in {"foreigners", "volunteers", "nationals", "citizens"}:
        return
    at = count.last + 1
    while at < len(tokens) and tokens[at].has("be", "have", "adverbs"):
        at += 1
    if at + 1 >= len(tokens) or tokens[at].low not in _FIGHTING or tokens[at + 1].low not in _SIDES:
        return
    side = tokens[at + 3 if at + 3 < len(tokens) and tokens[at + 2].low == "the" else min(at + 2, len(tokens) - 1)]
    if is_soldier(side) or is_body(side) or side.mention is not None:
        yield make(count, Measure.DEPLOYED, "intransitive-subject", 1.0, at, "right")
