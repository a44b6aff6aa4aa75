"""Where: the place that the text ties to a figure, canonical where the lexicon knows it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.domain.claims import Measure
from monitor.extract.lexicon import Lexicon, Mention
from monitor.extract.lexicon.scene_words import scene_words
from monitor.extract.measures.frames import Frame
from monitor.extract.scene.context import Context
from monitor.extract.scene.parts import without_parts
from monitor.extract.scene.raised import of_a_force, raising_at, told_of
from monitor.extract.scene.scenes import REACH
from monitor.extract.scene.scopes import counts_over
from monitor.extract.scene.spots import (
    FIRM,
    LIKELY,
    MOURNED,
    Extent,
    Spot,
    is_land,
    places_in,
    town_of_hospital,
    unknown_place,
)
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.labels import label_at, labels_of
from monitor.extract.speech.saying import Speech

TOO_FAR = 16.0
NEARBY = 9
"""So many tokens away a smaller place still belongs to the larger one."""


class Placed(NamedTuple):
    """A canonical place and the rule that found it; `weak`: any place told of before comes first."""

    name: str
    rule: str
    weak: bool = False


def extent_of(place: str | None, context: Context) -> Extent:
    """The extent of a canonical place; a name that the lexicon doesn't know is a spot."""
    if place is None:
        return Extent.NONE
    if context.lexicon.kind(place) == "country":
        return Extent.LAND
    return Extent.REGION if context.lexicon.has_parts(place) else Extent.SPOT


def apart(one: str | None, other: str | None, context: Context) -> bool:
    """True for two places of which neither lies in the other: neither happened at the other."""
    if one is None or other is None:
        return False
    return not (context.lexicon.contains(one, other) or context.lexicon.contains(other, one))


def place_of(sentence: Sentence, frame: Frame, speeches: Sequence[Speech], context: Context) -> Placed | None:
    """The firmest and nearest place of the figure's clause, else of its sentence; the smaller of two that nest."""
    tokens = sentence.tokens
    number = frame.count.number
    found = [
        *places_in(sentence, speeches, context.lexicon),
        *_helped(sentence, frame),
        *_row_head(sentence, context.lexicon, number),
    ]
    found += [*_kept_by(sentence, frame, context), *_again(sentence, speeches, context)]
    found = [spot for spot in found if not _of_the_saying(tokens, speeches, number, spot.at)]
    if labels := [label for label in labels_of(sentence) if not label.last < number < label.stop]:
        found = [spot for spot in found if not any(one.first <= spot.at < one.stop for one in labels)]
    if frame.rule == "contingent":
        found = [spot for spot in found if not any(t.counts for t in tokens[spot.at + 1 : spot.at + 3])]
    raised = raising_at(sentence, number)
    if found and raised is not None and _counts_apart(sentence, frame, raised):
        found = [s for s in found if s.at > raised or extent_of(s.name, context) is not Extent.SPOT]
    if not found:
        return None
    found = without_parts(found, tokens, frame, context)
    costs = [spot.cost + _distance(tokens, frame, spot.at) for spot in found]
    cost, best = min(zip(costs, found, strict=True), key=lambda pair: pair[0])
    if _opens_with(tokens, best):
        within = [spot for spot in found if _lies_within(spot, best, context)]
        best = min(within, key=lambda spot: spot.cost + _distance(tokens, frame, spot.at), default=best)
    inner = _smallest(best, found, tokens, context)
    return Placed(inner.name, inner.rule, inner.cost >= MOURNED) if cost < TOO_FAR else None


def _counts_apart(sentence: Sentence, frame: Frame, raised: int) -> bool:
    """ "Four died in Rafah, bringing losses since October to 846": a total over another time than the event, or of all
    that a force has lost, did not fall at the spot where those four did; in the same land or region it may."""
    told = told_of(sentence, raised)
    if any(t.low in {"there", "here"} for t in told):
        return False
    words = sentence.text[told[0].start : told[-1].end]
    return counts_over(words) or of_a_force(sentence, frame)


def _distance(tokens: Sequence[Token], frame: Frame, index: int) -> float:
    low, high = sorted((index, frame.count.number))
    between = tokens[low:high]
    distance = 0.15 * (high - low) + 1.0 * sum(t.counts for t in between[1:])
    distance += 5.0 * sum(t.low == ";" for t in between) + 30.0 * sum(t.low in {"•", "*"} for t in between)
    distance += 8.0 * sum(t.low in {"bringing", "taking", "raising", "pushing"} for t in between)
    if _told_right_there(tokens, frame, index):
        return 0.0
    # a nation's name inside the phrase itself is whose, not where
    return distance + 6.0 if frame.count.first <= index <= frame.count.last else distance


def _told_right_there(tokens: Sequence[Token], frame: Frame, index: int) -> bool:
    """ "two in Kharkiv and one in Sumy": each number has the place right behind it."""
    last = frame.count.last
    return (
        last + 1 < index <= last + 4
        and tokens[last + 1].low in {"in", "at", "near", "around", "outside"}
        and not any(t.low == "," for t in tokens[last + 1 : index])
    )


def _smallest(best: Spot, found: Sequence[Spot], tokens: Sequence[Token], context: Context) -> Spot:
    """ "Sudzha in Kursk in Russia" is Sudzha: among the places around the best one, the innermost inside it."""
    for spot in found:
        near = abs(spot.at - best.at) <= NEARBY and spot.cost <= LIKELY
        if not near or spot.name == best.name:
            continue
        if context.lexicon.contains(best.name, spot.name) or _told_inside(spot, best, tokens, context):
            best = spot
    return best


def _opens_with(tokens: Sequence[Token], spot: Spot) -> bool:
    """ "In Burundi, rebels raided …": a land set before the sentence is where all of it happens."""
    return spot.at in {1, 2} and tokens[0].low == "in" and tokens[spot.at + 1].low == ","


def _lies_within(spot: Spot, land: Spot, context: Context) -> bool:
    """A place of the land, or a name that no list knows: what the rest of the sentence names lies there."""
    if spot.at <= land.at or spot.cost > FIRM:
        return False
    return context.lexicon.contains(land.name, spot.name) or not context.lexicon.knows_place(spot.name)


def _told_inside(inner: Spot, outer: Spot, tokens: Sequence[Token], context: Context) -> bool:
    """ "In Kalawi, a village in Shan state": an unknown name that the text itself puts into the other place."""
    if inner.at > outer.at or inner.cost > FIRM or context.lexicon.knows_place(inner.name):
        return False
    between = [t for t in tokens[inner.at : outer.at] if not (t.capital and t.mention is None)]
    return bool(between) and all(
        t.low == "," or t.low in scene_words("before_places", "nesting") or t.mention is not None for t in between
    )


def _of_the_saying(tokens: Sequence[Token], speeches: Sequence[Speech], number: int, index: int) -> bool:
    """ "said in a statement from Amman", "told reporters in Geneva that": where it was said, not where it happened."""
    if number < index and any(
        one.low in {"adding", "noting", "and"} and two.low == "that" for one, two in pairwise(tokens[number:index])
    ):
        return True  # "…, adding that drones had struck a camp in Khost": another statement
    for speech in speeches:
        if speech.rule == "according" and number < speech.verb < index and _describes(tokens, speech.last, index):
            return True
        if number < speech.verb < index:
            if speech.rule == "said-after" and index - speech.verb <= 7 and _statement_tail(tokens, speech.verb, index):
                return True
        elif speech.verb < index < number:
            between = tokens[speech.verb + 1 : index]
            to_that = next((i for i in range(index, number) if tokens[i].low == "that"), None)
            told = any(t.low in scene_words("statements") for t in between) and not _of_harm(between)
            if told and len(between) <= 7 and (to_that is not None or not any(t.low == "that" for t in between)):
                return True
    return False


def _describes(tokens: Sequence[Token], last: int, index: int) -> bool:
    """ "according to the Monitor, a group of researchers in Doha": what says who speaks."""
    opened = [t.low for t in tokens[last + 1 : last + 3]]
    return opened in ([",", "a"], [",", "an"]) and not any(t.counts or t.low == ";" for t in tokens[last + 1 : index])


def _of_harm(tokens: Sequence[Token]) -> bool:
    """ "told reporters of the dead in Catatumbo": what was told begins before the place."""
    return any(sense.measure is not None for token in tokens for sense in token.senses)


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
            yield Spot(index + 1, following.mention.name, 2.5, "place-helped")


def _kept_by(sentence: Sentence, frame: Frame, context: Context) -> Iterator[Spot]:
    """ "4,000 prisoners held by Ukraine": captives are where their captors are."""
    if frame.measure is not Measure.CAPTURED:
        return
    for at, (verb, by, captor) in enumerate(zip(*(sentence.tokens[i:] for i in range(3)), strict=False)):
        held = verb.low in {"held", "kept", "jailed", "imprisoned"} and by.low == "by"
        if held and captor.mention is not None and captor.mention.role in {"name", "capital"} and captor.mention.party:
            state = captor.mention.party if context.lexicon.kind(captor.mention.party) == "country" else None
            yield from [Spot(at + 2, state, 0.5, "place-captors")] if state is not None else []


def _again(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> Iterator[Spot]:
    """ "leaving 1,400 in the country", "nine died in the city": a definite place is the one of its kind named last; so
    is "there" right behind who was hit."""
    yield from _there(sentence, context)
    if sentence.words.isdisjoint(scene_words("towns_again", "regions_again", "lands_again")):
        return
    tokens, own = sentence.tokens, places_in(sentence, speeches, context.lexicon)
    for index, token in enumerate(tokens[2:], 2):
        article, before = tokens[index - 1], tokens[index - 2]
        located = before.low in scene_words("place_prepositions") - scene_words("weak_prepositions") - {"on"}
        definite = article.low in {"the", "that"} and located
        if not definite or token.low not in scene_words("towns_again", "regions_again", "lands_again"):
            continue
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and (after.low in {"of", "'s"} or (after.capital and after.mention is not None)):
            continue
        if token.low in scene_words("lands_again"):
            place = _land_told(sentence, speeches, index, context)
        elif any(spot.at < index for spot in own):
            continue
        else:
            place = _place_told(token.low, context)
        if place is not None:
            yield Spot(index, place, 0.0, "place-again")


def _there(sentence: Sentence, context: Context) -> Iterator[Spot]:
    """ "11 dead and 81 wounded there; …": the place of the sentence before, where this one has named none yet."""
    tokens = sentence.tokens
    if "there" not in sentence.words or context.place is None or sentence.number - context.place_at > REACH:
        return
    for at in range(1, len(tokens) - 1):
        harmed = any(s.measure is not None for s in tokens[at - 1].senses) and not tokens[at - 1].has("be")
        if tokens[at].low == "there" and harmed and not tokens[at + 1].text[0].isalnum():
            yield Spot(at, context.place, 0.0, "place-again")


def _place_told(kind: str, context: Context) -> str | None:
    """The place of the scene for "in the city"; for "in the enclave" the region that it is or lies in."""
    place = context.place
    if kind in scene_words("towns_again"):
        scene = context.scene
        aside = context.place_at != scene.event_at and context.place_at - scene.event_at <= REACH
        if aside and extent_of(scene.day_place, context) is Extent.SPOT:
            return scene.day_place  # "a truce had been agreed in Moscow. Two were killed in the city": where it fell
        return place if extent_of(place, context) is Extent.SPOT else None
    while place is not None and extent_of(place, context) is Extent.SPOT:
        place = context.lexicon.surrounding(place)
    return place if extent_of(place, context) is Extent.REGION else None


def _land_told(sentence: Sentence, speeches: Sequence[Speech], index: int, context: Context) -> str | None:
    """The state whose place was named last before `index`, else that of the sentence before, else of the scene."""
    tokens, last = sentence.tokens, None
    for at, token in enumerate(tokens[:index]):
        if token.mention is not None and token.mention.role in {"name", "place"} and token.mention.party is not None:
            governed = tokens[at - 1].low.rsplit(" ", 1)[-1] in scene_words("place_prepositions", "directions")
            named = governed or (at > 1 and tokens[at - 1].low in {"for", "'s"})
            spoken = any(s.first <= at <= s.last for s in speeches)
            last = token.mention.party if named and not spoken else last
    land = last or (context.country_named if context.country_named_at == sentence.number - 1 else None)
    if land is None and context.place is not None:
        land = context.lexicon.land(context.place)
    return land if land is not None and context.lexicon.kind(land) == "country" else None


def _row_head(sentence: Sentence, lexicon: Lexicon, number: int = 0) -> Iterator[Spot]:
    """ "Thailand: 14 civilians and one soldier dead": the head of a row says where; in a list in one line, that of the
    part that the number stands in. "Hamas: 9 dead" is a side's row."""
    if ":" not in sentence.words:
        return
    label = label_at(sentence, number)
    opened = label.last if label is not None else 0
    tokens = [(i, t) for i, t in enumerate(sentence.tokens) if i >= opened and t.low not in {"*", "•", "-"}]
    if len(tokens) > 2 and tokens[1][1].low == ":":
        index, token = tokens[0]
        if token.mention is not None and token.mention.role in {"name", "place"}:
            side = lexicon.kind(token.mention.name) not in {None, "country"}
            if not side and not any(s.first <= index <= s.last for s in sentence.speeches or ()):
                yield Spot(index, token.mention.name, 2.0, "place-row")
        elif token.mention is None and unknown_place(sentence.tokens, index) and not token.senses:
            yield Spot(index, token.text, LIKELY, "place-row")


def place_of_speaker(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> Placed | None:
    """For an event that nothing else places: the town of the local official who tells of it, or the country whose
    organs do, where the sentence names no other party ("Mali's junta confirmed that 64 died in twin attacks")."""
    tokens = sentence.tokens
    for speech in speeches:
        for index in range(speech.first + 1, min(speech.last + 1, len(tokens))):
            mention = tokens[index].mention
            near = tokens[index - 1].low in {"in", "at", "near"} or (
                tokens[index - 1].low == "of" and tokens[index - 2].low in scene_words("dwellers")
            )
            if near and mention is not None and mention.role == "place":
                return Placed(town_of_hospital(mention, context.lexicon) or mention.name, "place-speaker")
    home = _own_land(sentence, context)
    return Placed(home, "place-home") if home is not None else None


def place_of_civil_war(sentence: Sentence, context: Context) -> Placed | None:
    """ "Nigeria's army says it killed 80 insurgents", "Myanmar's military has lost 10,000, the resistance says": a
    state's fight with nobody's rebels is at home."""
    irregular = not sentence.words.isdisjoint(scene_words("irregulars"))
    home = _own_land(sentence, context) if irregular else None
    return Placed(home, "place-home") if home is not None else None


def place_of_filing(context: Context) -> Placed | None:
    """ "CULIACAN - Fourteen died in Thursday's gun battles", "KABUL (Reuters) - A suicide bomber killed 12": the town
    of the dateline, of a capital only its land, where the text names no other place and no state but that one."""
    land = context.filed_from
    place = context.filed_in or land
    if place is None or context.place is not None or context.country_named is not None:
        return None
    return Placed(place, "place-filed") if context.states <= {land} else None


def _own_land(sentence: Sentence, context: Context) -> str | None:
    """The state whose own organs the sentence names, where it names no other party."""
    tokens = sentence.tokens
    parties = {t.mention.party for t in tokens if t.mention is not None and t.mention.party is not None}
    if len(parties) != 1:
        return None
    for token, after in pairwise(tokens):
        named = token.mention is not None and token.mention.role == "name" and after.low == "'s"
        if named and token.mention is not None and is_land(token, context.lexicon):
            return token.mention.name
    return None


def place_of_service(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> Placed | None:
    """ "Iran's health ministry says 610 were killed", "Lebanese civil defence counted 9": those who count the dead of
    their own country, where nothing else says where. Armies and governments also tell of wars abroad."""
    tokens = sentence.tokens
    for speech in speeches:
        first = max(0, speech.first - 2)
        for index in range(first, min(speech.last + 6, len(tokens))):
            mention = tokens[index].mention
            if mention is None or (index > speech.last and tokens[index - 1].low != ","):
                continue
            own = tokens[index].low.split()
            after = [word for t in tokens[index + 1 : index + 6] for word in t.low.split()]
            regional = mention.role == "place" and after[:1] == ["'s"]  # "Crimea's governor": of where the office is
            if regional or not scene_words("home_services").isdisjoint(own) or _serves(after, mention.role):
                hospital = town_of_hospital(mention, context.lexicon)
                home = hospital or _home(_named(mention), mention.party, context)
                if home is not None:
                    return Placed(home, "place-service")
    return _home_of_scene(sentence, speeches, context)


def _home_of_scene(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> Placed | None:
    """ "The health ministry says 55,700 have been killed": a service without a name is that of the land of the scene;
    in a land without an army of its own, of the part of it where the scene is."""
    words = {t.low for s in speeches for t in sentence.tokens[s.first : s.last + 1] if t.mention is None}
    at = context.place
    if at is None or sentence.bullet or words.isdisjoint(scene_words("home_services")):
        return None
    land = context.lexicon.land(at)
    if land is None or context.lexicon.kind(land) != "country":
        return None
    while context.lexicon.army(land) != land and (outer := context.lexicon.surrounding(at)) not in {None, land}:
        at = outer or land
    return Placed(at if context.lexicon.army(land) != land else land, "place-service")


def told_by(sentence: Sentence, speeches: Sequence[Speech], words: str) -> bool:
    """True where the phrase of a source holds one of these words: what hospitals count is what was brought to them."""
    return any(t.low in scene_words(words) for s in speeches for t in sentence.tokens[s.first : s.last + 1])


def _named(mention: Mention) -> str:
    """A capital before its service stands for the state: "Kyiv's ombudsman"."""
    return mention.party if mention.role == "capital" and mention.party is not None else mention.name


def _serves(after: Sequence[str], role: str) -> bool:
    """ "'s health ministry", "'s doctors' union" behind a name, "health officials" behind an adjective."""
    owned = after[:1] == ["'s"] or role == "adjective"
    stop = next((i for i, word in enumerate(after) if word in {",", "said", "says"}), len(after))
    return owned and not scene_words("home_services").isdisjoint(after[:stop])


def _home(name: str, party: str | None, context: Context) -> str | None:
    """The place of a service: the one that its own name begins with ("Gaza health ministry"), else its country."""
    words = name.split()
    for size in range(len(words), 0, -1):
        place = context.lexicon.place(" ".join(words[:size]))
        if place is not None:
            return place
    return party if party is not None and context.lexicon.kind(party) == "country" else None


# --- the place of a scene


def last_land(sentence: Sentence, context: Context) -> str | None:
    """The state that the sentence named last behind a preposition, for "in the country" in the next one."""
    last = None
    for index in sentence.named:
        before, token = sentence.tokens[index - 1] if index else None, sentence.tokens[index]
        if before is None or token.mention is None or token.mention.role not in {"name", "place"}:
            continue
        if token.mention.party is None:
            continue
        fought_for = before.low == "of" and index > 1 and sentence.tokens[index - 2].low in scene_words("settings")
        governed = before.low in scene_words("place_prepositions", "directions") and before.low != "of"
        if before.low == "for" or governed or fought_for:  # "the invasion of Panama"
            last = token.mention.party
    return last if last is not None and context.lexicon.kind(last) == "country" else None


def firm_place(sentence: Sentence, speeches: Sequence[Speech], context: Context) -> str | None:
    """The first place that the sentence sets its scene in, for sentences after it that name none."""
    found = [*places_in(sentence, speeches, context.lexicon), *_row_head(sentence, context.lexicon)]
    found = [spot for spot in found if not _said_there(sentence, speeches, spot)]
    firm = [spot for spot in found if spot.cost < FIRM] or [
        spot for spot in found if spot.cost <= LIKELY and _is_spot(sentence.tokens[spot.at])
    ]
    if not firm:
        return None
    harmed = next((spot for spot in firm if _of_harm(sentence.tokens[max(0, spot.at - 4) : spot.at])), firm[0])
    return _smallest(harmed, found, sentence.tokens, context).name


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
        and not _of_harm(sentence.tokens[speech.verb + 1 : spot.at])
        for speech in speeches
    ) or any(_spoken_at(sentence.tokens, speech, spot.at) for speech in speeches)


def _spoken_at(tokens: Sequence[Token], speech: Speech, index: int) -> bool:
    """ "…," the president said in Bilbao.": nothing but a preposition or an addressee before where it was said, and
    nothing told behind it."""
    between = tokens[speech.verb + 1 : index]
    close = speech.rule in {"said-after", "said-before"} and 0 < len(between) <= 3
    ends = index + 1 >= len(tokens) or tokens[index + 1].low in {".", '"', "on"}
    return close and ends and all(t.has("prepositions", "weekdays", "adverbs") or t.low == "reporters" for t in between)
