"""The places that a sentence names, each with a cost: how far its grammar is from saying that things happened there."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from monitor.extract.lexicon import Lexicon, Mention
from monitor.extract.lexicon.scene_words import scene_words
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.speech.saying import Speech
from monitor.extract.speech.venues import venues

CLAUSE = 5
"""A head before a colon of more words than this is a clause ("India closed the books on Kargil on Tuesday: 474
killed"), and its place is that of what follows."""
LOCATED = frozenset({"place", "name", "capital"})
FIRM = 1.0
"""Places that cost less set the scene for the sentences after theirs."""
LIKELY = 3.0
FROM_THERE = 6.0
""" "Casamance separatists", "Kachin fighters": a place that only says who they are."""
MOURNED = 4.0
"""Where the dead are buried or mourned may be where they fell; any other place comes first."""

_OWN_PLACES = frozenset({"province", "region", "town", "city", "village", "hills", "coast", "district"})
""" "Ruyigi province": behind a name that no list knows these say what it is, not where in a town."""
ACRONYM = 5
"""A word of no more letters, all of them capitals, stands for other words."""


class Extent(IntEnum):
    """How large a place is: none named, a state, a region with places of its own, a spot without any."""

    NONE = 0
    LAND = 1
    REGION = 2
    SPOT = 3


class Spot(NamedTuple):
    """A place in a sentence: its token, its canonical name, a cost that is smaller for a firmer place, and its
    rule."""

    at: int
    name: str
    cost: float
    rule: str = "place-in"


def places_in(sentence: Sentence, speeches: Sequence[Speech], lexicon: Lexicon) -> list[Spot]:
    """The places of a sentence, found once and kept with it."""
    if sentence.spots is None:
        sentence.spots = list(_places(sentence, speeches, lexicon))
    return sentence.spots


def _places(sentence: Sentence, speeches: Sequence[Speech], lexicon: Lexicon) -> Iterator[Spot]:
    """Every place that the sentence may be about; those that speak, own or are left behind aren't."""
    tokens, said_there = sentence.tokens, venues(sentence, speeches)
    for index in sentence.names():
        if index in said_there or (speeches and _speaks(speeches, tokens, index)):
            continue
        token = tokens[index]
        if (capital := _capital_of(tokens, index, lexicon)) is not None:
            yield Spot(index, capital, 0.0, "place-again")
        elif token.mention is not None and token.mention.role in LOCATED:
            named = _named(tokens, index, lexicon)
            if named is not None and not _treated_there(tokens, index):
                cost, rule = named
                cost = max(cost, MOURNED) if _carried_there(tokens, index) else cost
                town = _town_of_quarter(tokens, index) or town_of_hospital(token.mention, lexicon)
                yield Spot(index, town or token.mention.name, cost, rule)
        elif token.mention is not None and token.mention.role == "adjective":
            if _foreign_land(tokens, index) and token.mention.party is not None:
                yield Spot(index, token.mention.party, 0.5, "place-land")
        elif token.mention is None:
            yield from _unknown(sentence, index, lexicon)


def _named(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[float, str] | None:
    """How far a name of the lexicon is from being the place, and by which rule; None where it is none."""
    token = tokens[index]
    preposition, at = _governed_by(tokens, index)
    place = token.mention is not None and token.mention.role == "place"
    if not place and not is_land(token, lexicon):
        return None
    if _possessive_owner(tokens, index) or _attacker(tokens, index) or _names_street(tokens, index):
        return None
    if (
        preposition in {"from", "of"}
        and not _setting(tokens, at)
        and (_origin(tokens, at) or _part_of_name(tokens, at))
    ):
        return None
    if preposition is not None and (_comes_from(tokens, at) or _since_coming(tokens, at)):
        return None
    if _compared_with(tokens, index):
        return FROM_THERE, "place-named"
    if _fought_for(tokens, index) or _setting(tokens, at) or _has_quarter(tokens, index):
        return 0.5, "place-setting"
    if preposition is not None:
        weak = 2.0 if preposition in scene_words("weak_prepositions") else 0.0
        return MOURNED if _mourned_there(tokens, at) else weak, "place-in"
    if _compound(tokens, index):
        return 0.6, "place-setting"
    if _site_owner(tokens, index):
        return 1.5, "place-owner"
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if place and after is not None and after.person is not None and after.low not in scene_words("dwellers"):
        return FROM_THERE, "place-named"
    return (LIKELY, "place-named") if place else None


def _capital_of(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> str | None:
    """ "in the Chechen capital", "across Chad's capital": a town that its land names."""
    mention, after = tokens[index].mention, [t.low for t in tokens[index + 1 : index + 3]]
    owned = after == ["'s", "capital"]
    if mention is None or mention.party is None or not (owned or after[:1] == ["capital"]):
        return None
    behind = tokens[index + 2 + owned] if index + 2 + owned < len(tokens) else None
    named = behind is not None and (behind.capital or behind.low == "'s")  # "the Chechen capital Grozny"
    located = _governed_by(tokens, index)[0] not in {None, "of", "from", "to"}
    return lexicon.capital(mention.party) if located and not named else None


def _has_quarter(tokens: Sequence[Token], index: int) -> bool:
    """ "hit the Abu Salim district of Tripoli": a town whose quarter is named."""
    before = tokens[max(0, index - 2) : index]
    return len(before) == 2 and before[0].low in scene_words("quarters") and before[1].low == "of"


def _compared_with(tokens: Sequence[Token], index: int) -> bool:
    """ "the deadliest attack since the Mumbai shootings", "his biggest prize since the fall of Omdurman": the place of
    what this is measured by."""
    before = tokens[max(0, index - 7) : index]
    since = next((i for i, t in enumerate(before) if t.low == "since"), None)
    if since is None or any(t.low in {",", ";"} for t in before[since:]):
        return False
    earlier = tokens[max(0, index - 24) : index]
    return any(t.low in scene_words("superlatives") for t in earlier)


def _names_street(tokens: Sequence[Token], index: int) -> bool:
    """ "along Palestine Street": what a street is called after lies elsewhere."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and after.capital and after.low in {"road", "street", "avenue", "boulevard", "square"}


def _attacker(tokens: Sequence[Token], index: int) -> bool:
    """ "in US strikes on Sanaa": a state's name that stands as an adjective before its deed or its men is no place."""
    token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if token.mention is None or token.mention.role != "name" or after is None or after.capital:
        return False
    return after.has("incident", "bodies") or after.person is not None or after.low in scene_words("deeds")


def _part_of_name(tokens: Sequence[Token], preposition: int) -> bool:
    """ "Operation Wrath of Bohoma", "the University of Mosul": the place belongs to a name."""
    before = tokens[preposition - 1] if preposition > 1 else None
    return before is not None and before.capital and before.mention is None and before.person is None


def _comes_from(tokens: Sequence[Token], preposition: int) -> bool:
    """ "born in Lviv", "a drone built in Tatarstan", ", which is based in Britain": not where anything happened."""
    before = [t.low for t in tokens[max(0, preposition - 4) : preposition]]
    if before[-1:] and before[-1] in scene_words("made_in"):
        return True
    return before[-1:] == ["based"] and before[:1] == [","] and before[1:2] in (["which"], ["who"], ["that"])


def _since_coming(tokens: Sequence[Token], preposition: int) -> bool:
    """ "since they crossed from Libya", "since the column came over from Niger": where those who fell, or those who
    killed, set out."""
    before = [t.low for t in tokens[max(0, preposition - 6) : preposition]]
    return tokens[preposition].low in {"from", "over from", "out of"} and "since" in before and "," not in before


def _setting(tokens: Sequence[Token], preposition: int) -> bool:
    """ "the garrison of Dosso", "the battle for Tripoli", "the price of Goma": the noun sets its scene there."""
    if preposition < 1 or tokens[preposition].low.rsplit(" ", 1)[-1] not in {"of", "for", "at", "in"}:
        return False
    return tokens[preposition - 1].low in scene_words("settings") or tokens[preposition].low.startswith("battle ")


def _mourned_there(tokens: Sequence[Token], preposition: int) -> bool:
    """ "attended the funeral in Najaf of 12 men", "buried in Goma on Friday"."""
    first = max(0, preposition - 3)
    return any(
        t.low in scene_words("mourning") and not tokens[i + 1].has("determiners")  # "an avalanche buried a post"
        for i, t in enumerate(tokens[first:preposition], first)
    )


def _treated_there(tokens: Sequence[Token], index: int) -> bool:
    """ "rushed to a hospital in Tawila", "treated in Kigali": where the wounded are now, not where they were hit."""
    before = tokens[max(0, index - 8) : index]
    verb = _verb_of_carrying(before)
    if verb is None:
        return False
    return before[verb].low.startswith("treated") or any(t.low in scene_words("wards") for t in before[verb:])


def _carried_there(tokens: Sequence[Token], index: int) -> bool:
    """ "the wounded were flown to Lusaka": less likely the place than any other."""
    before = tokens[max(0, index - 10) : index]
    verb = _verb_of_carrying(before)
    if verb is None or not any(t.low.rsplit(" ", 1)[-1] == "to" for t in before[verb:]):
        return False
    return any(t.low in scene_words("carried") for t in tokens[max(0, index - 14) : index])


def _verb_of_carrying(before: Sequence[Token]) -> int | None:
    verb = next((i for i, t in enumerate(before) if t.low.split(" ")[0] in scene_words("carried_away")), None)
    return None if verb is None or any(t.low in {",", ";", "after", "when"} for t in before[verb:]) else verb


def is_land(token: Token, lexicon: Lexicon) -> bool:
    """Countries and capitals are places; armed groups and organisations aren't."""
    return token.mention is not None and (
        token.mention.role == "capital" or lexicon.kind(token.mention.name) == "country"
    )


def _speaks(speeches: Sequence[Speech], tokens: Sequence[Token], index: int) -> bool:
    """Part of a source's own phrase; the place at the head of "In Syria the toll stood at 2,662" is none."""
    return any(
        s.first <= index <= s.last
        and (s.rule != "colon" or s.last - s.first < CLAUSE)
        and not (index == s.first + 1 < s.last and tokens[s.first].low in scene_words("place_prepositions"))
        for s in speeches
    )


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
    owner = tokens[index].mention
    if owner is not None and owner.role == "place" and _governed_by(tokens, index)[0] is not None:
        return not after[1].capital  # "in Goma's morgues": whatever a town has lies in it
    if any(t.has("ground") or t.low in scene_words("sites") for t in after[1:] if not t.capital):
        return True
    return _owns_event(tokens[index + 2 : index + 6])


def _owns_event(owned: Sequence[Token]) -> bool:
    """ "Mogadishu's twin car bombs", "Sudan's war": an event that is where its owner is; a raid may be one abroad."""
    for token in owned:
        if token.low in scene_words("owned_events"):
            return True
        if token.capital or token.has("prepositions", "be", "have", "conjunctions"):
            return False
    return False


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
    """ "on the Israeli side", "inside Russian territory", "near the Gambian border"; losses inflicted "on the
    Russian side" are no place."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    preposition, at = _governed_by(tokens, index)
    if after is None or preposition is None or after.low not in scene_words("lands", "edges"):
        return False
    if preposition not in {"on", "in", "inside", "into"} and after.low not in scene_words("edges"):
        return False
    if after.low == "side" and any(t.low.startswith("inflict") for t in tokens[max(0, at - 5) : at]):
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


def town_of_hospital(mention: Mention, lexicon: Lexicon) -> str | None:
    """ "Nasser Hospital" is Khan Younis: a hospital that the lexicon knows stands for its town."""
    words = f"{mention.name} {mention.surface}".lower().split()
    return None if scene_words("wards").isdisjoint(words) else lexicon.surrounding(mention.name)


def _unknown(sentence: Sentence, index: int, lexicon: Lexicon) -> Iterator[Spot]:
    """A capitalised name behind "in", "at", "above" that no list knows is a place too."""
    tokens = sentence.tokens
    if not unknown_place(tokens, index):
        return
    preposition, at = _governed_by(tokens, index)
    stormed = index > 0 and (tokens[index - 1].low in scene_words("place_verbs") or _attacked_site(tokens, index))
    setting = preposition is not None and _setting(tokens, at) and not _part_of_name(tokens, at)
    if preposition is None and not stormed:
        return
    if preposition in scene_words("poor_prepositions") and not setting:
        return
    if _comes_from(tokens, at):
        return
    last = index
    while (more := _name_goes_on(tokens, last)) > last:
        last = more
    if _treated_there(tokens, index):
        return
    words = " ".join(sentence.text[tokens[index].start : tokens[last].end].split())
    following = tokens[last + 1].low if last + 1 < len(tokens) else ""
    site = tokens[last].low in scene_words("sites") or following in scene_words("sites") - _OWN_PLACES
    site = site or tokens[index - 1].low in {"a", "an"}  # "at a Walmart": towns have no article
    yield Spot(index, lexicon.place(words) or words, 1.6 if site else 0.5)


def _attacked_site(tokens: Sequence[Token], index: int) -> bool:
    """ "attacked the Palai air base", "shelled the Beldangi refugee camp": the name before the site that was hit."""
    if index < 2 or not tokens[index - 1].has("determiners"):
        return False
    hit = tokens[index - 2].low in scene_words("place_verbs", "taking_verbs")
    behind = [t.low for t in tokens[index + 1 : index + 4] if not t.capital]
    return hit and any(low in scene_words("sites", "settings") - scene_words("quarters") for low in behind[:2])


def _name_goes_on(tokens: Sequence[Token], last: int) -> int:
    """The index of the next word of an unknown name: "Jurf al-Sakhar", "Mocimboa da Praia"."""
    for step in (1, 2):
        after = tokens[last + step] if last + step < len(tokens) else None
        if after is None or after.number is not None or after.mention is not None:
            return last
        if after.capital or (after.low[:3] in {"al-", "el-", "as-", "ar-", "ad-"} and after.text[3:4].isupper()):
            return last + step
        if after.low not in scene_words("particles"):
            return last
    return last


def unknown_place(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if (
        not token.capital
        or token.low in scene_words("not_places")
        or token.number is not None
        or (not token.text.isalpha() and "-" not in token.text)
    ):
        return False
    if token.text.isupper() and len(token.text) <= ACRONYM and not all(t.text.isupper() for t in tokens[:index]):
        return False  # "in a raid on an IDP camp"
    before = tokens[index - 1] if index else None
    of_town = before is not None and before.mention is not None and before.mention.role in {"place", "capital"}
    if of_town and index > 1 and not token.low.startswith("al-"):
        return False  # "the Manchester Arena": a site that bears the name of its town
    named = before is not None and before.capital and before.mention is None and before.number is None
    if named and before is not None and before.low not in scene_words("place_prepositions"):
        return False
    return not token.has("weekdays", "months", "determiners", "speakers", "pronouns") and token.person is None


def _governed_by(tokens: Sequence[Token], index: int) -> tuple[str | None, int]:
    """The preposition before a place and its token, over adjectives and owners ("in Russia's Kursk region")."""
    at = index - 1
    for _ in range(6):
        if at < 0:
            break
        token = tokens[at]
        if token.low == "for" and at and tokens[at - 1].low in scene_words("settings"):
            return "for", at  # "the battle for Tripoli", "for the Libyan capital"
        preposition = token.low.rsplit(" ", 1)[-1]
        if preposition in scene_words("place_prepositions") and (
            token.low == preposition or token.senses or token.tags
        ):
            # "villages of X", "parts of X": the preposition before them governs
            if preposition == "of" and at and tokens[at - 1].low in scene_words("before_places", "sites"):
                at -= 1
                if _points_from(tokens, at):
                    return "near", at
                at -= tokens[at].low not in scene_words("before_places")  # "in the streets of X"
                continue
            return preposition, at
        opened = token.low == "," and at > 0 and tokens[at - 1].low in scene_words("before_places", "sites")
        if not _between(token) and not opened:
            break
        at -= 1
    return None, -1


def _points_from(tokens: Sequence[Token], compass: int) -> bool:
    """ "clashes south of Tripoli", "60 km east of Kassala": the point of the compass itself says near what it was; in
    "the south of Yemen" it is a part of the land."""
    before = tokens[compass - 1].low if compass else ""
    part = before in {"the", "a", "far"} or before in scene_words("place_prepositions", "directions")
    return tokens[compass].low in scene_words("directions") and not part


def _between(token: Token) -> bool:
    """May stand between a preposition and the place: adjectives, kinds of places, owners."""
    if token.low in scene_words("before_places") or ("-" in token.text and token.text.islower()):
        return True
    if token.mention is not None:
        return token.mention.role in {"name", "adjective", "capital", "place"}
    return token.capital and token.number is None and not token.senses and not token.has("speakers")
