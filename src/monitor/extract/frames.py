"""Which measure a counted phrase has: every predicate around it is a candidate with a cost, the cheapest wins."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence, Token
from monitor.extract.phrases import Count, Head
from monitor.extract.rules import RULES
from monitor.extract.words import Sense, load_words

LIMIT = 14.0
LEFT_LIMIT = 4.0
FAR = 45
LINKS = frozenset({
    "passed", "passes", "passing", "topped", "tops", "topping", "top", "surpassed", "surpasses", "crossed", "exceeding", "pass", "reckoned", "recorded",
    "at", "to", "of", "reached", "reaches", "reach", "reaching", "hit", "hits", "is", "was", "are", "were", "stands", "stood", "standing",
    "rose", "rises", "risen", "rising", "climbed", "climbs", "climbing", "jumped", "grew", "grown", "grows", "exceeded", "exceeds", "now", "from", ":", "as", "by",
    "totalled", "totaled", "totals", "total", "numbered", "numbering", "numbers", "between", "soared", "had", "increased", "mounted", "swelled", "doubled", "lowered", "come", "came", "comes", "near", "nears", "neared", "approached", "has", "fell", "dropped", "down", "up", "revised", "raised", "cut", "put", "puts", "amounted", "amounts", "amounting", "estimated", "be", "could", "may", "might", "include", "included", "includes", "remains", "been", "-", "(", "being", "closer", "over", "for", "in",
})  # fmt: skip
STRONG_LINKS = LINKS - {
    "from",
    "as",
    "by",
    "in",
    "for",
    "been",
    "has",
    "had",
    "now",
    "(",
    "be",
    "estimated",
    "-",
    "over",
    "could",
    "may",
    "might",
}
_OBJECT = frozenset(
    {"them", "him", "her", "it", "us", "me", "the", "a", "an", "his", "its", "their", "at", "nearly", "about"}
)
_LEFT_FREE = frozenset(
    {
        "least",
        "most",
        "some",
        "another",
        "at",
        "as",
        "many",
        "an",
        "estimated",
        "of",
        "total",
        "a",
        "its",
        "their",
        "his",
        "the",
        "'s",
        "in",
        "all",
        "one",
        "own",
        '"',
        "out",
        "up",
        "further",
        "reported",
    }
)
COORDINATORS = frozenset(
    {
        ",",
        "and",
        "as well as",
        "along with",
        "together with",
        "plus",
        "or",
        "&",
        "in addition to",
        "and another",
        "besides",
        "-",
        "/",
        "then",
        "from",
        "to",
        "against",
        "versus",
    }
)
SKIP_MARKS = frozenset({'"', "'", "*", "•", "["})


@dataclass(slots=True)
class Frame:
    """What a counted phrase was read as. `predicate` is a token index, None when the measure came from elsewhere."""

    count: Count
    measure: Measure
    rule: str
    cost: float
    predicate: int | None = None
    side: str = "noun"
    rules: list[str] = field(default_factory=list)
    parent: "Frame | None" = None


def military(kind: str) -> bool:
    """True for kinds of people whose presence counts as deployed."""
    return kind in load_words().military


def can_deploy(sentence: Sentence, count: Count) -> bool:
    """True when the phrase can be a force: soldiers, a nation's people, men, or a number alone."""
    if count.head in {Head.NATION, Head.BODY, Head.NONE}:
        return True
    if count.head is Head.PRONOUN:
        return True
    if count.head is not Head.PEOPLE or count.noun is None:
        return False
    noun = sentence.tokens[count.noun].low
    return military(count.kind) or noun in {"men", "men and women", "young men", "officers and men"}


def _is_passive(sentence: Sentence, index: int) -> bool:
    return index in sentence.passive


def _takes_object(sentence: Sentence, index: int) -> bool:
    """True when the word after a participle begins its object, which makes it an active verb."""
    tokens = sentence.tokens
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    if after.has("adverbs") and index + 2 < len(tokens):
        after = tokens[index + 2]
    if after.counts or after.low in _OBJECT - {"at"} or after.person is not None:
        return True
    return after.mention is not None and after.mention.role not in {"place"} and not after.has("weekdays")


def subject_sense(sentence: Sentence, index: int, adjacent: bool) -> tuple[Sense, str] | None:
    """The reading of the token as a predicate of the phrase left of it, with the rule, None when it can't be one."""
    token = sentence.tokens[index]
    passive = _is_passive(sentence, index)
    for sense in token.senses:
        if sense.measure is None:
            continue
        if sense.role == "transitive" and sense.form in {"part", "pastpart"}:
            if passive:
                return sense, "passive-subject"
            if not _takes_object(sentence, index) and not _after_have(sentence, index):
                return sense, "participle"
        if sense.role == "intransitive" and sense.form and (sense.form != "ing" or passive or adjacent):
            if sense.form == "base" and not adjacent and not _verb_position(sentence, index):
                continue
            return sense, "intransitive-subject"
        if sense.role == "adjective" and (passive or adjacent or _after_link(sentence, index)):
            return sense, "state"
    return None


def _verb_position(sentence: Sentence, index: int) -> bool:
    """A base form is a verb after a modal or "to"; "since the fall of Goma" has none before it."""
    before = sentence.tokens[index - 1] if index else None
    return before is not None and (
        before.has("hedge", "modal_future", "modal_hypothetical", "adverbs") or before.low == "to"
    )


def _after_have(sentence: Sentence, index: int) -> bool:
    tokens = sentence.tokens
    at = index - 1
    while at >= 0 and tokens[at].has("adverbs", "negation"):
        at -= 1
    return at >= 0 and tokens[at].has("have")


def _after_link(sentence: Sentence, index: int) -> bool:
    return any(sentence.tokens[at].has("be") for at in range(max(0, index - 3), index))


def _step_cost(token: Token) -> float:  # noqa: PLR0911  one line for each class of word
    """What one word between a phrase and its predicate costs."""
    low = token.low
    if low in {";", "\n", "•", "*"} or (low.startswith("\n")):
        return 40.0
    if low in {":", "—", "--"}:
        return 6.0
    if low in {".", "?", "!"}:
        return 12.0
    if token.role("say", "deny") and not token.has("be", "have"):
        return 9.0
    if token.has("adverbs", "be", "have", "hedge") or low in SKIP_MARKS:
        return 0.2
    if low in {",", "(", ")"}:
        return 1.2
    if token.has("relatives"):
        return 0.8
    if token.has("subordinators"):
        return 5.0
    if token.has("conjunctions"):
        return 2.6
    if token.role("neutral"):
        return 8.0
    if any(s.measure is not None and s.form for s in token.senses):
        return 3.0
    return 0.6


def _skip_count(counts: dict[int, Count], index: int) -> int:
    return counts[index].last


def _neutral(token: Token) -> bool:
    return any(s.role == "neutral" and s.form in {"pastpart", "part", "past"} for s in token.senses) and not any(
        s.measure for s in token.senses
    )


def right_candidates(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """Predicates of which the phrase is the subject, the nearest first."""
    tokens, cost, index = sentence.tokens, 0.0, count.last + 1
    in_relative = False
    joined = 0
    beside = -1
    while index < min(len(tokens), count.last + FAR) and cost < LIMIT:
        token = tokens[index]
        adjacent = cost <= 0.6 or index == beside
        speech = _parenthesis(sentence, index)
        if speech is not None:
            cost, index = cost + 1.0, speech
            continue
        found = subject_sense(sentence, index, adjacent)
        if found is not None and not (
            found[1] == "participle" and not adjacent and _has_auxiliary_after(tokens, index)
        ):
            sense, rule = found
            assert sense.measure is not None
            if _fits(sentence, count, sense):
                yield Frame(
                    count,
                    sense.measure,
                    rule,
                    cost + RULES[rule].cost + (2.0 * joined if joined > 2 else 0),
                    index,
                    "right",
                )
                if sense.measure is not Measure.DEPLOYED:
                    return
        if token.has("be") and not in_relative and can_deploy(sentence, count) and _place_follows(sentence, index + 1):
            yield Frame(count, Measure.DEPLOYED, "presence", cost + RULES["presence"].cost, index, "right")
        if _neutral(token):
            if not in_relative and not (adjacent and not _is_passive(sentence, index)):
                return
            in_relative = True
            cost += 3.0
        if token.has("relatives"):
            in_relative = True
        if token.low == ",":
            in_relative = False
        if token.counts and index in counts:
            before = tokens[index - 1]
            coordinated = before.low in COORDINATORS or before.has("conjunctions", "including") or before.low == "just"
            cost += 0.8 if coordinated else 5.0
            joined += 1
            index = beside = max(index + 1, counts[index].last + 1)
            continue
        if (
            any(s.role in {"transitive", "lose", "inflict"} and s.form for s in token.senses)
            and not token.has("be", "have")
            and not in_relative
            and _takes_object(sentence, index)
        ):
            cost += 6.0
        cost += _step_cost(token)
        index += 1


def _fits(sentence: Sentence, count: Count, sense: Sense) -> bool:
    """Only a force is deployed; only soldiers fall; "13 fell on the suburbs" may be rockets."""
    if sense.lemma == "fall":
        return count.head is Head.PRONOUN or (
            count.head is Head.PEOPLE and (military(count.kind) or count.kind == "police")
        )
    if sense.measure is not Measure.DEPLOYED:
        return True
    if count.head is Head.NONE:
        return bool(sentence.notes.get("deployed"))
    return can_deploy(sentence, count)


def _has_auxiliary_after(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].has("be", "have")


def _parenthesis(sentence: Sentence, index: int) -> int | None:
    """The index after ", officials said," when one begins at `index`."""
    tokens = sentence.tokens
    if tokens[index].low != ",":
        return None
    for stop in range(index + 2, min(len(tokens), index + 14)):
        if tokens[stop].low == ",":
            inner = tokens[index + 1 : stop]
            if any(
                t.role("say") and any(s.form in {"past", "pastpart", "s", "base"} for s in t.senses) for t in inner
            ) or inner[0].has("according"):
                return stop + 1
            return None
    return None


def _place_follows(sentence: Sentence, index: int) -> bool:
    """True for "(now) in Kursk", "already there", "along the border" after a form of to be."""
    tokens = sentence.tokens
    while index < len(tokens) and tokens[index].has("adverbs") and tokens[index].low not in {"there", "here"}:
        index += 1
    if index >= len(tokens):
        return False
    token = tokens[index]
    if token.low in {"there", "here"}:
        return True
    if token.low not in {
        "in",
        "on",
        "at",
        "along",
        "inside",
        "near",
        "around",
        "across",
        "alongside",
        "within",
        "stationed",
        "outside",
    }:
        return False
    rest = tokens[index + 1 : index + 7]
    return (
        any(t.mention is not None and t.mention.role in {"name", "place", "capital"} for t in rest)
        or any(
            t.low
            in {
                "front",
                "border",
                "region",
                "country",
                "field",
                "soil",
                "frontier",
                "base",
                "bases",
                "city",
                "town",
                "area",
                "province",
                "ground",
                "zone",
                "capital",
                "enclave",
                "island",
            }
            for t in rest
        )
        or any(t.capital for t in rest[:3])
    )


def left_candidates(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:
    """Predicates of which the phrase is the object or the of-phrase, then the nouns of count that it is linked to."""
    yield from _objects(sentence, count)
    yield from _with(sentence, count)
    yield from _tolls(sentence, count, counts)


def _objects(sentence: Sentence, count: Count) -> Iterator[Frame]:
    tokens, cost, index = sentence.tokens, 0.0, count.first - 1
    while index >= 0 and cost < LEFT_LIMIT:
        token = tokens[index]
        frame = _object_of(sentence, index, count, cost)
        if frame is not None:
            yield frame
            return
        if token.low in _LEFT_FREE or token.has("adverbs", "hedge") or token.low in SKIP_MARKS:
            cost += 0.3
        elif (
            token.low in {"in", "by", "from", "with", "than"}
            or token.number is not None
            or token.has("conjunctions", "be", "relatives")
        ):
            return
        elif token.has("prepositions"):
            return
        else:
            cost += 2.1
        index -= 1


STRENGTHEN = frozenset(
    {
        "reinforced",
        "reinforce",
        "reinforces",
        "reinforcing",
        "stiffened",
        "strengthened",
        "bolstered",
        "backed",
        "supported",
        "beefed",
        "propped",
        "garrisoned",
        "manned",
        "guarded",
        "defended",
        "held",
        "protected",
        "joined",
    }
)


def _with(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "reinforced the front with several thousand soldiers", "stiffened, say the experts, by 3,000 regulars"."""
    tokens = sentence.tokens
    before = tokens[count.first - 1].low if count.first else ""
    if before not in {"with", "by"} or not can_deploy(sentence, count) or count.head is Head.NONE:
        return
    for index in range(count.first - 2, max(-1, count.first - 10), -1):
        if tokens[index].low in STRENGTHEN:
            yield Frame(
                count,
                Measure.DEPLOYED,
                "with-object",
                RULES["with-object"].cost + 0.1 * (count.first - index),
                index,
                "left",
            )
            return
        if tokens[index].low == ";":
            return


def _object_of(sentence: Sentence, index: int, count: Count, cost: float) -> Frame | None:  # noqa: C901, PLR0911, PLR0912
    tokens = sentence.tokens
    token = tokens[index]
    of = index + 1 < len(tokens) and any(
        tokens[at].low in {"of", "to"} for at in range(index + 1, min(index + 3, count.first))
    )
    thing = count.head is Head.UNKNOWN and count.kind == "thing"
    for sense in token.senses:
        if sense.role == "event" and of and sense.measure is not None and not thing:
            if sense.measure is Measure.DEPLOYED and not can_deploy(sentence, count):
                continue
            return Frame(count, sense.measure, "event-of", cost, index, "left")
        if sense.role == "transitive" and sense.measure is not None:
            if sense.form in {"part", "pastpart"} and (_is_passive(sentence, index)):
                continue
            if of:
                continue
            if sense.measure is Measure.DEPLOYED and not can_deploy(sentence, count):
                continue
            if thing:
                continue
            return Frame(count, sense.measure, "active-object", cost, index, "left")
        if sense.role == "lose" and not thing and count.head is not Head.UNKNOWN and not _lost_to(sentence, count):
            if sense.form in {"part", "pastpart"} and _is_passive(sentence, index):
                continue
            if sense.lemma == "mourn":
                return Frame(count, Measure.KILLED, "active-object", cost, index, "left")
            return Frame(count, Measure.CASUALTIES, "lost-object", cost + 0.3, index, "left")
        held = count.head is Head.NATION or (count.head is Head.PEOPLE and military(count.kind))
        if sense.role == "hold" and held and not of and sense.form != "base":
            if not _is_passive_participle(sentence, index, sense):
                return Frame(count, Measure.CAPTURED, "active-object", cost + 1.0, index, "left")
        if (
            sense.role == "presence"
            and sense.form
            and can_deploy(sentence, count)
            and (count.head is not Head.NONE or _force_before(sentence, index))
            and not of
        ):
            if sense.form in {"part", "pastpart"} and _is_passive(sentence, index):
                continue
            if (
                sense.lemma in {"have", "use", "lead", "command", "leave", "count"}
                and not _place_follows_phrase(sentence, count)
                and sense.lemma == "have"
            ):
                continue
            return Frame(count, Measure.DEPLOYED, "active-object", cost + 1.0, index, "left")
    if of and token.has("bodies") and count.head in {Head.PEOPLE, Head.NATION, Head.NONE, Head.UNKNOWN} and not thing:
        return Frame(count, Measure.DEPLOYED, "body-of", cost + 0.5, index, "left")
    return None


def _is_passive_participle(sentence: Sentence, index: int, sense: Sense) -> bool:
    return sense.form in {"part", "pastpart"} and _is_passive(sentence, index)


def _force_before(sentence: Sentence, index: int) -> bool:
    """The noun is told before: "no plan to send more soldiers to Syria, where it already has 16,000"."""
    return any(t.person is not None and military(t.person.kind) for t in sentence.tokens[max(0, index - 14) : index])


def _lost_to(sentence: Sentence, count: Count) -> bool:
    """ "lost 300 colleagues to the private sector": people lost to an employer, not to the war."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    return bool(after) and after[0].low == "to"


def _place_follows_phrase(sentence: Sentence, count: Count) -> bool:
    return _place_follows(sentence, count.last + 1)


def _tolls(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Iterator[Frame]:  # noqa: C901
    """ "the death toll in Gaza has passed 46,000": a noun of count, words without another predicate, a link."""
    if count.head in {Head.UNKNOWN} and count.kind == "thing":
        return
    tokens = sentence.tokens
    own = tokens[count.number].low
    linked = own.split()[0] in _OVER_VERBS
    cost, index = 0.0, count.first - 1
    while index >= 0 and cost < LIMIT:
        token = tokens[index]
        if token.low in LINKS and (token.low in STRONG_LINKS or cost < 1.5):
            linked = True
        sense = token.role("toll")
        if (
            sense is not None
            and linked
            and not any(s.form in {"base", "ing"} for s in token.senses if s.role == "transitive")
        ):
            measure = _number_of(tokens, index) or sense.measure
            if measure is not None and _toll_fits(sentence, index, count, measure):
                yield Frame(count, measure, "toll-link", cost * 0.6, index, "left")
                return
        body = token.has("bodies")
        if (
            linked
            and body
            and cost < 5
            and count.head in {Head.PEOPLE, Head.NONE, Head.NATION}
            and (count.head is Head.NONE or can_deploy(sentence, count))
        ):
            yield Frame(count, Measure.DEPLOYED, "toll-link", cost * 0.6 + 1.0, index, "left")
            return
        measure = _number_noun(tokens, index, count.first)
        if measure is not None and linked:
            yield Frame(count, measure, "toll-link", cost * 0.4, index, "left")
            return
        if token.low in {";", "—"} or token.low.startswith("\n"):
            return
        cost += 0.3 if token.low in LINKS or token.has("adverbs") else _back_cost(token)
        index -= 1


_OVER_VERBS = frozenset(
    {
        "passed",
        "passes",
        "topped",
        "tops",
        "top",
        "topping",
        "passing",
        "pass",
        "surpassed",
        "surpasses",
        "surpass",
        "surpassing",
        "exceeded",
        "exceeds",
        "exceed",
        "exceeding",
        "crossed",
        "past",
    }
)


def _toll_fits(sentence: Sentence, index: int, count: Count, measure: Measure) -> bool:
    """A toll counts people; "dead" and "wounded" as adjectives of other phrases are no tolls."""
    token = sentence.tokens[index]
    if measure is Measure.DEPLOYED:
        return count.head is Head.NONE or can_deploy(sentence, count)
    if token.role("adjective") or any(s.form for s in token.senses):
        before = sentence.tokens[index - 1] if index else None
        if before is None:
            return True
        nominal = (
            before.low in {"the", "its", "their", "of", "his", "'s"}
            or before.mention is not None
            or before.low in {"military", "civilian"}
        )
        return nominal
    return True


def _number_of(tokens: list[Token], index: int) -> Measure | None:
    return None


def _number_noun(tokens: list[Token], index: int, stop: int) -> Measure | None:
    """ "the number of people killed in … has risen to 29": the measure of what is counted by number, count or total."""
    if tokens[index].low not in {"number", "numbers", "total", "count", "tally", "figure"}:
        return None
    if index + 1 >= len(tokens) or tokens[index + 1].low not in {"of", "for"}:
        return None
    troops = False
    for token in tokens[index + 2 : min(stop, index + 14)]:
        if token.number is not None:
            break
        for sense in token.senses:
            if sense.measure is not None and sense.role in {
                "transitive",
                "intransitive",
                "count",
                "adjective",
                "premodifier",
            }:
                return sense.measure
        troops = troops or (token.person is not None and military(token.person.kind)) or token.has("bodies")
    return Measure.DEPLOYED if troops else None


def _back_cost(token: Token) -> float:
    if token.role("say", "deny") and not token.has("have", "be"):
        return 4.0
    if any(s.measure is not None and s.form and s.role == "transitive" for s in token.senses):
        return 5.0
    if token.number is not None:
        return 0.8
    if token.has("subordinators"):
        return 3.0
    return 0.5


def noun_candidates(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """The measure in the phrase itself: a measure noun, a participle before the noun, a strength."""
    if count.head is Head.MEASURE and count.sense is not None and count.sense.measure is not None:
        yield Frame(count, count.sense.measure, "measure-noun", 0.0, count.noun, "noun")
    if count.head in {Head.PEOPLE, Head.NATION}:
        for index in count.modifiers:
            sense = sentence.tokens[index].role("premodifier")
            if sense is not None and sense.measure is not None:
                yield Frame(count, sense.measure, "premodifier", RULES["premodifier"].cost, index, "noun")
    if count.head is Head.BODY:
        yield from _strength(sentence, count)


def _strength(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """ "a 3,000-strong brigade", "a 340-member contingent"; "five battalions" counts no people."""
    tokens = sentence.tokens
    after = tokens[count.number].text[-1:] == "-" or (
        count.number + 1 < len(tokens) and tokens[count.number + 1].low in {"-", "strong", "member", "man"}
    )
    if after:
        yield Frame(count, Measure.DEPLOYED, "body-strength", RULES["body-strength"].cost, count.noun, "noun")


def best_frame(sentence: Sentence, count: Count, counts: dict[int, Count]) -> Frame | None:
    """The cheapest reading of the phrase, None when no predicate is near enough."""
    if count.head is Head.UNKNOWN and count.kind == "thing":
        return None
    candidates = [
        *noun_candidates(sentence, count),
        *left_candidates(sentence, count, counts),
        *right_candidates(sentence, count, counts),
    ]
    candidates = [frame for frame in candidates if _possible(sentence, frame)]
    return min(candidates, key=lambda frame: frame.cost, default=None)


def _possible(sentence: Sentence, frame: Frame) -> bool:
    """Unknown nouns count only right beside a verb that living things alone can have."""
    count = frame.count
    if count.head is Head.UNKNOWN:
        if count.kind == "odd":
            return False
        return (
            frame.rule in {"passive-subject", "active-object", "event-of", "intransitive-subject", "participle"}
            and frame.cost <= 2.5
            and frame.measure in {Measure.KILLED, Measure.WOUNDED}
        )
    if count.base and frame.measure is not Measure.DEPLOYED:
        return False
    return True
