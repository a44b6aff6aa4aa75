"""Where: the place that the text ties to a figure, canonical where the lexicon knows it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.domain.claims import Measure
from monitor.extract.annotate import Sentence, Token
from monitor.extract.context import Context
from monitor.extract.frames import Frame
from monitor.extract.saying import Speech
from monitor.extract.scene_words import scene_words

LOCATED = frozenset({"place", "name", "capital"})
FIRM = 1.0
"""Places that cost less set the scene for the sentences after theirs."""
LIKELY = 3.0
TOO_FAR = 16.0
NEARBY = 9
"""So many tokens away a smaller place still belongs to the larger one."""


class Spot(NamedTuple):
    """A place in a sentence: its token, its canonical name, and a cost that is smaller for a firmer place."""

    at: int
    name: str
    cost: float


def places_in(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> list[Spot]:
    """The places of a sentence, found once and kept with it."""
    if sentence.spots is None:
        sentence.spots = list(_places(sentence, speeches, context))
    return sentence.spots


def _places(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> Iterator[Spot]:
    """Every place that the sentence may be about; those that speak, own or are left behind aren't."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if (token.mention is None and not token.capital) or _speaks(speeches, index):
            continue
        if token.mention is not None and token.mention.role in LOCATED:
            cost = _named_cost(tokens, index, context)
            if cost is not None and not _carried_there(tokens, index):
                yield Spot(index, _town_of_quarter(tokens, index) or token.mention.name, cost)
        elif token.mention is not None and token.mention.role == "adjective":
            if _foreign_land(tokens, index) and token.mention.party is not None:
                yield Spot(index, token.mention.party, 0.5)
        elif token.mention is None:
            yield from _unknown(sentence, index, context)


def _named_cost(tokens: Sequence[Token], index: int, context: Context) -> float | None:
    """How far a name of the lexicon is from being the place; None where it is none."""
    token = tokens[index]
    preposition, at = _governed_by(tokens, index)
    place = token.mention is not None and token.mention.role == "place"
    if not place and not _is_land(token, context):
        return None
    if _possessive_owner(tokens, index):
        return None
    if preposition in {"from", "of"} and _origin(tokens, at):
        return None
    if _fought_for(tokens, index):
        return 0.5
    if preposition is not None:
        return 2.0 if preposition in scene_words("weak_prepositions") else 0.0
    if _compound(tokens, index):
        return 0.6
    if _site_owner(tokens, index):
        return 1.5
    return LIKELY if place else None


def _carried_there(tokens: Sequence[Token], index: int) -> bool:
    """ "rushed to a hospital in Tawila", "treated in Kigali": where the wounded are now, not where they were hit."""
    before = tokens[max(0, index - 8) : index]
    verb = next((i for i, t in enumerate(before) if t.low.split(" ")[0] in scene_words("carried_away")), None)
    if verb is None or any(t.low in {",", ";", "after", "when"} for t in before[verb:]):
        return False
    return any(t.low in scene_words("wards") for t in before[verb:])


def _is_land(token: Token, context: Context) -> bool:
    """Countries and capitals are places; armed groups and organisations aren't."""
    return token.mention is not None and (
        token.mention.role == "capital" or context.lexicon.kind(token.mention.name) == "country"
    )


def _speaks(speeches: Sequence[Speech], index: int) -> bool:
    return any(s.first <= index <= s.last for s in speeches)


def _possessive_owner(tokens: Sequence[Token], index: int) -> bool:
    """ "Russia's Kursk region", "South Korea's parliament": the owner is no place, "Gaza's north" is one."""
    after = tokens[index + 1 : index + 3]
    if not after or after[0].low not in {"'s", "'"}:
        return False
    return len(after) < 2 or not _site_owner(tokens, index)


def _site_owner(tokens: Sequence[Token], index: int) -> bool:
    """ "Sarajevo's market", "Darfur's crowded camps": what is owned is a site there."""
    after = tokens[index + 1 : index + 4]
    if len(after) < 2 or after[0].low not in {"'s", "'"}:
        return False
    return any(t.has("ground") or t.low in scene_words("sites") for t in after[1:] if not t.capital)


def _compound(tokens: Sequence[Token], index: int) -> bool:
    """ "the Beirut strike", "Lima residence", "Omagh bombing": the name stands before an event or a site."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.capital:
        return False
    event = after.has("incident") and after.low in scene_words("single_events") | scene_words("great_events")
    return event or after.low in scene_words("sites")


def _fought_for(tokens: Sequence[Token], index: int) -> bool:
    """ "rebels storm Goma", "bomb rips Omagh apart": the object of a verb that is done to places."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if before is None or token.mention is None or (index + 1 < len(tokens) and tokens[index + 1].low == "'s"):
        return False
    return token.mention.role != "name" and before.low in scene_words("taking_verbs")


def _foreign_land(tokens: Sequence[Token], index: int) -> bool:
    """ "on the Israeli side", "inside Russian territory"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    preposition, _ = _governed_by(tokens, index)
    if after is None or after.low not in scene_words("lands") or preposition not in {"on", "in", "inside", "into"}:
        return False
    return tokens[index + 2].low != "of" if index + 2 < len(tokens) else True  # "on the Russian side of the war"


def _origin(tokens: Sequence[Token], preposition: int) -> bool:
    """ "soldiers from North Korea", "men of the North": where people come from is not where they fell."""
    before = tokens[preposition - 1] if preposition else None
    if before is None or before.low in scene_words("dwellers"):
        return False
    return before.person is not None or before.has("bodies") or (before.counts and tokens[preposition].low == "from")


def _town_of_quarter(tokens: Sequence[Token], index: int) -> str | None:
    """ "the Basta district of Beirut" is Beirut."""
    after = tokens[index + 1 : index + 4]
    if len(after) < 3 or after[0].low not in scene_words("quarters") or after[1].low not in {"of", "in"}:
        return None
    town = after[2].mention
    return town.name if town is not None and town.role in {"place", "capital"} else None


def _unknown(sentence: Sentence, index: int, context: Context) -> Iterator[Spot]:
    """A capitalised name behind "in", "at", "above" that no list knows is a place too."""
    tokens = sentence.tokens
    if not _unknown_place(tokens, index):
        return
    preposition, _ = _governed_by(tokens, index)
    if preposition is None or preposition in scene_words("poor_prepositions"):
        return
    last = index
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].capital
        and tokens[last + 1].number is None
        and tokens[last + 1].mention is None
    ):
        last += 1
    if _carried_there(tokens, index):
        return
    words = " ".join(sentence.text[tokens[index].start : tokens[last].end].split())
    following = tokens[last + 1].low if last + 1 < len(tokens) else ""
    site = tokens[last].low in scene_words("sites") or following in scene_words("sites")
    yield Spot(index, context.lexicon.place(words) or words, 1.6 if site else 0.5)


def _unknown_place(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if (
        not token.capital
        or token.low in scene_words("not_places")
        or token.number is not None
        or (not token.text.isalpha() and "-" not in token.text)
    ):
        return False
    if index and tokens[index - 1].capital and tokens[index - 1].mention is None and tokens[index - 1].number is None:
        return False
    return not token.has("weekdays", "months", "determiners", "speakers", "pronouns") and token.person is None


def _governed_by(tokens: Sequence[Token], index: int) -> tuple[str | None, int]:
    """The preposition before a place and its token, over adjectives and owners ("in Russia's Kursk region")."""
    at = index - 1
    for _ in range(6):
        if at < 0:
            break
        token = tokens[at]
        preposition = token.low.rsplit(" ", 1)[-1]
        if preposition in scene_words("place_prepositions") and (token.low == preposition or token.senses):
            # "villages of X", "parts of X": the preposition before them governs
            if preposition == "of" and at and tokens[at - 1].low in scene_words("before_places"):
                at -= 1
                continue
            return preposition, at
        if not _between(token):
            break
        at -= 1
    return None, -1


def _between(token: Token) -> bool:
    """May stand between a preposition and the place: adjectives, kinds of places, owners."""
    if token.low in scene_words("before_places") or ("-" in token.text and token.text.islower()):
        return True
    if token.mention is not None:
        return token.mention.role in {"name", "adjective", "capital", "place"}
    return token.capital and token.number is None and not token.senses and not token.has("speakers")


# --- the place of a figure


def place_of(sentence: Sentence, frame: Frame, speeches: Sequence[Speech], context: Context) -> str | None:
    """The firmest and nearest place of the figure's clause, else of its sentence; the smaller of two that nest."""
    tokens = sentence.tokens
    number = frame.count.number
    found = [*places_in(sentence, speeches, context), *_helped(sentence, frame), *_row_head(sentence)]
    found = [spot for spot in found if not _of_the_saying(tokens, speeches, number, spot.at)]
    if not found:
        return None
    costs = [spot.cost + _distance(tokens, frame, spot.at) for spot in found]
    cost, best = min(zip(costs, found, strict=True), key=lambda pair: pair[0])
    return _smallest(best, found, context).name if cost < TOO_FAR else None


def _distance(tokens: Sequence[Token], frame: Frame, index: int) -> float:
    low, high = sorted((index, frame.count.number))
    between = tokens[low:high]
    distance = 0.15 * (high - low) + 1.0 * sum(t.counts for t in between[1:])
    distance += 5.0 * sum(t.low == ";" for t in between) + 30.0 * sum(t.low in {"•", "*"} for t in between)
    distance += 8.0 * sum(t.low in {"bringing", "taking", "raising", "pushing"} for t in between)
    # a nation's name inside the phrase itself is whose, not where
    return distance + 6.0 if frame.count.first <= index <= frame.count.last else distance


def _smallest(best: Spot, found: Sequence[Spot], context: Context) -> Spot:
    """ "Sudzha in Kursk in Russia" is Sudzha: among the places around the best one, the innermost inside it."""
    for spot in found:
        near = abs(spot.at - best.at) <= NEARBY and spot.cost <= LIKELY
        if near and spot.name != best.name and context.lexicon.contains(best.name, spot.name):
            best = spot
    return best


def _of_the_saying(tokens: Sequence[Token], speeches: Sequence[Speech], number: int, index: int) -> bool:
    """ "said in a statement from Amman", "told reporters in Geneva that": where it was said, not where it happened."""
    for speech in speeches:
        if number < speech.verb < index:
            if speech.rule == "said-after" and index - speech.verb <= 7 and _statement_tail(tokens, speech.verb, index):
                return True
        elif speech.verb < index < number:
            between = tokens[speech.verb + 1 : index]
            to_that = next((i for i in range(index, number) if tokens[i].low == "that"), None)
            told = any(t.low in scene_words("statements") for t in between)
            if told and len(between) <= 7 and (to_that is not None or not any(t.low == "that" for t in between)):
                return True
    return False


def _statement_tail(tokens: Sequence[Token], verb: int, index: int) -> bool:
    """ "…, the coordinator said in a statement from Amman": a tail without another figure or clause."""
    between = tokens[verb + 1 : index]
    if any(t.low in {";", ",", "while"} or t.counts for t in between):
        return False
    return any(t.low in scene_words("statements") for t in between) or not any(t.has("subordinators") for t in between)


def _helped(sentence: Sentence, frame: Frame) -> Iterator[Spot]:
    """ "sent 10,000 soldiers to help Russia": troops are where their help is."""
    if frame.measure is not Measure.DEPLOYED:
        return
    for index, token in enumerate(sentence.tokens[:-1]):
        following = sentence.tokens[index + 1]
        helping = token.low in scene_words("helping")
        if helping and following.mention is not None and following.mention.role in {"name", "capital"}:
            yield Spot(index + 1, following.mention.name, 2.5)


def _row_head(sentence: Sentence) -> Iterator[Spot]:
    """ "Thailand: 14 civilians and one soldier dead": the head of a row says where."""
    tokens = [(i, t) for i, t in enumerate(sentence.tokens) if t.low not in {"*", "•", "-"}]
    if len(tokens) > 2 and tokens[1][1].low == ":":
        index, token = tokens[0]
        if token.mention is not None and token.mention.role in {"name", "place"}:
            yield Spot(index, token.mention.name, 2.0)
        elif token.mention is None and _unknown_place(sentence.tokens, index) and not token.senses:
            yield Spot(index, token.text, LIKELY)


def place_of_speaker(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> str | None:
    """For an event that nothing else places: the town of the local official who tells of it, or the country whose
    organs do, where the sentence names no other party ("Mali's junta confirmed that 64 died in twin attacks")."""
    tokens = sentence.tokens
    for speech in speeches:
        for index in range(speech.first + 1, min(speech.last + 1, len(tokens))):
            mention = tokens[index].mention
            if mention is not None and mention.role == "place" and tokens[index - 1].low in {"in", "at", "near"}:
                return mention.name
    parties = {t.mention.party for t in tokens if t.mention is not None and t.mention.party is not None}
    if len(parties) != 1:
        return None
    for token, after in pairwise(tokens):
        named = token.mention is not None and token.mention.role == "name" and after.low == "'s"
        if named and token.mention is not None and _is_land(token, context):
            return token.mention.name
    return None


# --- the place of a scene


def firm_place(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> str | None:
    """The first place that the sentence sets its scene in, for sentences after it that name none."""
    found = [spot for spot in places_in(sentence, speeches, context) if not _said_there(sentence, speeches, spot)]
    firm = [spot for spot in found if spot.cost < FIRM] or [
        spot for spot in found if spot.cost <= LIKELY and _is_spot(sentence.tokens[spot.at])
    ]
    return _smallest(firm[0], found, context).name if firm else None


def _is_spot(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"place", "capital"}


def _said_there(sentence: Sentence, speeches: Sequence[Speech], spot: Spot) -> bool:
    """ "…, the minister said in Geneva" and datelines set no scene."""
    first = next((i for i, t in enumerate(sentence.tokens) if t.low in {"-", "--", "—", ":"}), None)
    if first is not None and spot.at < first <= 10 and sentence.tokens[spot.at].text.isupper():
        return True
    return any(
        0 < spot.at - speech.verb <= 7
        and any(t.low in scene_words("statements") for t in sentence.tokens[speech.verb + 1 : spot.at])
        for speech in speeches
    )
