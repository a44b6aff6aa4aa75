"""Where: the place that the text ties to a figure, canonical where the lexicon knows it."""

from collections.abc import Iterator

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence, Token
from monitor.extract.context import Context
from monitor.extract.frames import Frame
from monitor.extract.speech import Speech

PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "to",
        "into",
        "around",
        "outside",
        "across",
        "inside",
        "from",
        "over",
        "along",
        "off",
        "of",
        "through",
        "towards",
        "toward",
        "within",
        "onto",
        "reached",
        "throughout",
    }
)
WEAK_PREPOSITIONS = frozenset({"of", "from", "over", "through"})
_SKIP = frozenset(
    {
        "the",
        "'s",
        "southern",
        "northern",
        "eastern",
        "western",
        "central",
        "south",
        "north",
        "east",
        "west",
        "a",
        "its",
        "nearby",
        "town",
        "city",
        "village",
        "region",
        "province",
        "of",
        "state",
        "district",
        "area",
        "coastal",
        "occupied",
        "war-torn",
        "parts",
        "far",
        "border",
        "capital",
        "villages",
        "outskirts",
        "suburbs",
        "suburb",
        "'",
        "department",
        "centre",
        "center",
    }
)
_NOT_PLACES = frozenset(
    {
        "operation",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "telegram",
        "twitter",
        "x",
        "facebook",
        "mr",
        "mrs",
        "president",
        "general",
        "christmas",
        "easter",
        "ramadan",
        "new",
        "storm",
        "brigade",
    }
)
_HELP = frozenset({"help", "aid", "assist", "support", "helping", "aiding", "back", "for"})
LOCATED = frozenset({"place", "name", "capital"})
EARLIER_ROLES = frozenset({"name", "capital"})


def places_in(sentence: Sentence, speeches: list[Speech], context: Context) -> Iterator[tuple[int, str, float]]:
    """Every place of the sentence as (token index, name, cost): a smaller cost is a firmer place."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if token.mention is None and not token.capital:
            continue
        preposition = _governed_by(tokens, index)
        if token.mention is not None and token.mention.role in LOCATED:
            if token.mention.role != "place" and (preposition is None or not _is_land(token, context)):
                continue
            if _speaks(speeches, index) or _possessive_owner(tokens, index):
                continue
            cost = 3.0 if preposition is None else (2.0 if preposition in WEAK_PREPOSITIONS else 0.0)
            yield index, token.mention.name, cost
        elif (
            token.mention is None
            and preposition is not None
            and preposition not in {"of", "from", "over", "to", "through"}
            and _unknown_place(tokens, index)
        ):
            last = index
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].capital
                and tokens[last + 1].number is None
                and tokens[last + 1].mention is None
            ):
                last += 1
            if not _speaks(speeches, index):
                words = " ".join(sentence.text[token.start : tokens[last].end].split())
                yield index, context.lexicon.place(words) or words, 0.5


def _is_land(token: Token, context: Context) -> bool:
    """Countries and capitals are places; armed groups and organisations aren't."""
    return token.mention is not None and (
        token.mention.role == "capital" or context.lexicon.kind(token.mention.name) == "country"
    )


def _speaks(speeches: list[Speech], index: int) -> bool:
    return any(s.first <= index <= s.last for s in speeches)


def _possessive_owner(tokens: list[Token], index: int) -> bool:
    """ "Russia's Kursk region", "South Korea's parliament": the owner is no place, "Gaza's north" is one."""
    after = tokens[index + 1 : index + 3]
    if not after or after[0].low not in {"'s", "'"}:
        return False
    return len(after) < 2 or not (after[1].has("ground") or after[1].low in _SKIP)


def _unknown_place(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if (
        not token.capital
        or token.low in _NOT_PLACES
        or token.number is not None
        or (not token.text.isalpha() and "-" not in token.text)
    ):
        return False
    return not token.has("weekdays", "months", "determiners", "speakers", "pronouns") and token.person is None


def _governed_by(tokens: list[Token], index: int) -> str | None:
    """The preposition before a place, over adjectives and owners ("in Russia's Kursk region")."""
    at = index - 1
    for _ in range(6):
        if at < 0:
            return None
        token = tokens[at]
        preposition = token.low.rsplit(" ", 1)[-1]
        if preposition in PLACE_PREPOSITIONS and (token.low == preposition or token.senses):
            return preposition
        if (
            token.low in _SKIP
            or (token.mention is not None and token.mention.role in {"name", "adjective", "capital", "place"})
            or (token.capital and token.number is None and not token.senses and not token.has("speakers"))
        ):
            at -= 1
            continue
        return None
    return None


def place_of(sentence: Sentence, frame: Frame, speeches: list[Speech], context: Context) -> str | None:
    """The firmest and nearest place of the figure's clause, else of its sentence."""
    tokens = sentence.tokens
    number = frame.count.number
    best: tuple[float, str] | None = None
    found = [*places_in(sentence, speeches, context), *_helped(sentence, frame), *_row_head(sentence)]
    for index, name, cost in found:
        low, high = sorted((index, number))
        between = tokens[low:high]
        distance = 0.15 * (high - low) + 1.0 * sum(t.counts for t in between[1:])
        distance += 5.0 * sum(t.low == ";" for t in between) + 30.0 * sum(t.low in {"•", "*"} for t in between)
        if _counted_elsewhere(frame, index):
            distance += 6.0
        if best is None or cost + distance < best[0]:
            best = (cost + distance, name)
    return best[1] if best is not None and best[0] < 16 else None


def _helped(sentence: Sentence, frame: Frame) -> Iterator[tuple[int, str, float]]:
    """ "sent 10,000 soldiers to help Russia": troops are where their help is."""
    if frame.measure is not Measure.DEPLOYED:
        return
    for index, token in enumerate(sentence.tokens[:-1]):
        following = sentence.tokens[index + 1]
        if token.low in _HELP and following.mention is not None and following.mention.role in {"name", "capital"}:
            yield index + 1, following.mention.name, 2.5


def _row_head(sentence: Sentence) -> Iterator[tuple[int, str, float]]:
    """ "Thailand: 14 civilians and one soldier dead": the head of a row says where."""
    tokens = [(i, t) for i, t in enumerate(sentence.tokens) if t.low not in {"*", "•", "-"}]
    if len(tokens) > 2 and tokens[1][1].low == ":":
        index, token = tokens[0]
        if token.mention is not None and token.mention.role in {"name", "place"}:
            yield index, token.mention.name, 2.0


def firm_place(sentence: Sentence, speeches: list[Speech], context: Context) -> str | None:
    """The first place that the sentence sets its scene in, for sentences after it that name none."""
    firm = [name for _, name, cost in places_in(sentence, speeches, context) if cost < 1.0]
    return firm[0] if firm else None


def _counted_elsewhere(frame: Frame, index: int) -> bool:
    """A nation's name inside the phrase itself is whose, not where."""
    return frame.count.first <= index <= frame.count.last
