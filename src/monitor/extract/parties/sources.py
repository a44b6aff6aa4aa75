"""Claimants: the phrases of the sources made into names with the party that each speaks for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.domain.claims import UNATTRIBUTED, Claimant
from monitor.extract.lexicon import Mention
from monitor.extract.lexicon.scene_words import scene_words
from monitor.extract.parties.sides_told import leads_rebels, only_land_of, only_told_of, without_seat
from monitor.extract.scene.context import Context
from monitor.extract.scene.where import firm_place
from monitor.extract.sentence.annotate import POSSESSIVES, Sentence, Token
from monitor.extract.speech.attackers import only_attacks
from monitor.extract.speech.clauses import find_speech
from monitor.extract.speech.saying import Speech
from monitor.extract.speech.speakers import head_phrase

MAX_NAME = 90
_BEFORE = frozenset({"said-before", "own-count"})
_GUESTS = frozenset({"diplomats", "diplomat", "observers", "correspondents", "travellers", "missionaries", "visitors"})
_GIVING = frozenset({"gave", "gives", "published", "released", "issued", "offered", "updated", "listed", "provided"})
ACTOR_REACH = 2
"""For how many sentences a pronoun may stand for who acted at the head of one."""
SPEAKING_ROLES = frozenset({"name", "adjective", "capital", "seat", "leader", "institution", "troops", "people"})
_ARMED = frozenset({"army", "military", "navy", "air", "troops", "forces"})
_BODIES = frozenset({"organisation", "monitor", "media", "group"})
_HOUSE = re.compile(
    r"(?:\b(?:the|its|their|local|main)|'s) (hospital|clinic)(?: there| in the (?:town|city|village|district))?(?:$|,)"
)
_WHERE = frozenset({"in", "near", "from", "to", "across", "into", "inside"})
_MOUTHPIECES = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "command", "commander", "commanders", "headquarters", "leadership"}
)
"""Who speaks for a side, and has no name but that of the side."""
_TITLE = re.compile(r"^(?:an?|some)\s+", re.IGNORECASE)


def _party_of(sentence: Sentence, tokens: Sequence[Token], context: Context) -> str | None:
    """The party of a source: an institution or leader first, then a nation named in it; none for the anonymous."""
    tokens = without_seat(tokens)
    mentions = [
        t.mention
        for index, t in enumerate(tokens)
        if t.mention is not None
        and t.mention.role in SPEAKING_ROLES
        and not only_land_of(tokens, index, context)
        and not leads_rebels(tokens, index)
    ]
    if not sentence.words.isdisjoint(_GUESTS) and _stationed(tokens):
        return UNATTRIBUTED
    if "independent" in sentence.tags and any(
        t.has("independent") and not _organ_owns(tokens, i) for i, t in enumerate(tokens) if t.mention is None
    ):
        own = (
            m.party for m in mentions if m.role in {"institution", "leader"} or context.lexicon.kind(m.name) in _BODIES
        )
        return next(own, UNATTRIBUTED if _nameless(tokens) else _body_spoken_for(tokens))
    for roles in (("institution", "leader", "seat"), ("capital", "name", "troops", "adjective", "people")):
        for mention in mentions:
            if mention.role in roles and mention.party is not None:
                return mention.party
    if mentions:
        return mentions[0].party or mentions[0].name
    places = [t.mention for t in tokens if t.mention is not None and t.mention.role == "place"]
    if (house := _of_its_town(tokens, places)) is not None:
        return house
    if places:
        return places[0].party
    if not scene_words("wards").isdisjoint(t.low for t in tokens):
        return None if any(t.capital for t in tokens[1:]) else UNATTRIBUTED  # "hospital staff": nobody's organ
    if any(t.has("state_bodies") for t in tokens):
        return _organ(sentence, tokens, context)
    if (told := _local_office(sentence, tokens, context) or _only_group(sentence, tokens, context)) is not None:
        return told
    return UNATTRIBUTED if _nameless(tokens) else _body_spoken_for(tokens)


def _national_society(tokens: Sequence[Token]) -> str | None:
    """ "Kenya's Red Cross", "the Sudanese Red Crescent": each land has one of its own, which speaks for itself."""
    for before, token in pairwise([t for t in tokens if t.low not in {"'s", "'"}]):
        land, name = before.mention, token.low.removeprefix("the ")
        if land is not None and land.role in {"name", "adjective"} and name in scene_words("national_societies"):
            return f"{land.party} {name.title()}" if land.party is not None else None
    return None


def _organ_owns(tokens: Sequence[Token], index: int) -> bool:
    """ "the military's media wing": what belongs to an organ of the state speaks for it."""
    return index > 1 and tokens[index - 1].low in {"'s", "'"} and tokens[index - 2].has("state_bodies")


def _of_its_town(tokens: Sequence[Token], places: Sequence[Mention]) -> str | None:
    """ "Minbya's hospital", "the director of the Minbya hospital": the hospital of a place, told from others by it."""
    for before, token in pairwise(tokens):
        named = before.low in {"'s", "'"} or before.mention in places
        if token.low in {"hospital", "clinic"} and named and places:
            return f"{places[-1].name} {token.low}"
    return None


def housed(claimants: tuple[Claimant, ...], place: str | None, context: Context) -> tuple[Claimant, ...]:
    """ "the town's hospital", "the head of the local hospital": that of the place told of. One with a name of its own
    keeps that; "hospital officials" may be of any, and a country has many.
    """
    if place is None or context.lexicon.kind(place) == "country":
        return claimants
    return tuple(
        replace(one, party=f"{place} {found.group(1)}")
        if one.party in {None, UNATTRIBUTED} and (found := _HOUSE.search(one.name.lower())) is not None
        else one
        for one in claimants
    )


def _stationed(tokens: Sequence[Token]) -> bool:
    """ "diplomats in Khartoum": who is only posted to a place doesn't speak for its state."""
    at = next((i for i, t in enumerate(tokens) if t.low in _GUESTS), None)
    named = at is not None and any(t.mention is not None for t in tokens[:at])
    return at is not None and not named and at + 1 < len(tokens) and tokens[at + 1].low in {"in", "at", "near"}


def _body_spoken_for(tokens: Sequence[Token]) -> str | None:
    """ "Durand Line Monitor director Amina Rasouli", "Ko Min, a spokesman for the Karen Relief Committee": a body that
    no lexicon has, whose officer speaks; its own name is its party, whoever speaks for it."""
    at = next((i for i, t in enumerate(tokens) if t.has("voices_of_bodies") and not t.capital), None)
    if at is None:
        return None
    behind = at + 1
    if behind < len(tokens) and tokens[behind].low in {"of", "for", "at", "from", "with"}:
        behind += 1 + (behind + 1 < len(tokens) and tokens[behind + 1].low == "the")
        return _capital_run(tokens[behind:])
    first = next((i for i, t in enumerate(tokens[:at]) if t.capital and t.low not in {"the", "a", "an"}), at)
    return _capital_run(tokens[first:at]) if all(t.capital for t in tokens[first:at]) else None


def _capital_run(tokens: Sequence[Token]) -> str | None:
    """The two or more words with capitals at the head of the tokens, none of them known, as one name."""
    run: list[Token] = []
    for token in tokens:
        if not token.capital or token.mention is not None or token.number is not None:
            break
        run.append(token)
    return " ".join(t.text for t in run) if len(run) > 1 else None


def _nameless(tokens: Sequence[Token]) -> bool:
    """ "residents", "two senior officials": nobody who could be told from others, so no line of their own."""
    return any(t.has("anonymous") for t in tokens) and not any(t.capital for t in tokens[1:]) and len(tokens) <= 4


def _organ(sentence: Sentence, tokens: Sequence[Token], context: Context) -> str | None:
    """Whose an organ is that the text calls "the army", "the health ministry": who counts the dead of a place is of
    its land, and so is any office where the other state is named only by what it strikes with; in a land without an
    army of its own "the army" is that of another."""
    words = {token.low for token in tokens}
    state = _state(context)
    armed = not words.isdisjoint(_ARMED)
    if state is not None and not armed and only_attacks(sentence, state):
        struck = _land(firm_place(sentence, speeches_of(sentence), context) or context.place, context)
        struck = struck or context.filed_from
        return struck if struck != state else None
    land = _land(context.place, context)
    if not words.isdisjoint(scene_words("home_services")):
        land = land or _land(firm_place(sentence, speeches_of(sentence), context), context) or context.filed_from
        if land is not None:
            return land
    return context.lexicon.army(state) if state is not None and armed else state


def _land(place: str | None, context: Context) -> str | None:
    return context.lexicon.land(place) if place is not None else None


def _only_group(sentence: Sentence, tokens: Sequence[Token], context: Context) -> str | None:
    """ "the rebels said", "a guerrilla spokesman": of the only armed group that the text has named so far, and not of
    the one that they tell of."""
    if not any(t.person is not None and t.person.kind == "fighters" for t in tokens) or any(
        t.capital for t in tokens[1:]
    ):
        return None
    group = _only(context, "group")
    return group if group is None or not only_told_of(sentence, tokens, context.sides[group], group) else None


def _only(context: Context, kind: str) -> str | None:
    """The one party of this kind that the text has named so far; None for none, and for several."""
    found = [party for party in context.sides if context.lexicon.kind(party) == kind]
    return found[0] if len(found) == 1 else None


def _of_the_land(tokens: Sequence[Token]) -> bool:
    """ "the enclave's emergency service": an office of the land that the text is about."""
    lands = scene_words("regions_again", "lands_again") - {"district", "county", "island", "valley"}
    return any(one.low in lands and two.low in {"'s", "'"} for one, two in pairwise(tokens[:4]))


def _local_office(sentence: Sentence, tokens: Sequence[Token], context: Context) -> str | None:
    """ "the mayor said", "the enclave's emergency service": of the land where it happened, whoever did it."""
    local = not scene_words("local_offices").isdisjoint(t.low for t in tokens)
    if not _of_the_land(tokens) and (not local or any(t.capital for t in tokens[1:])):
        return None
    return _land(firm_place(sentence, speeches_of(sentence), context) or context.place, context)


def _state(context: Context) -> str | None:
    """Whose "the army" or "the ministry" is: the last country that spoke, else the one that the text opened with, else
    that of the title, or of a state organ named in it; else that whose readers the outlet has ("the government", in the
    Tripoli Press)."""
    for claimant in reversed(context.speakers):
        if claimant.party is not None and context.lexicon.kind(claimant.party) == "country":
            return claimant.party
    here = context.country
    if here is not None and context.lexicon.kind(here) == "group":
        here = context.country_named
    return here or context.country_behind or _only_land(context) or context.home


def _only_land(context: Context) -> str | None:
    """The one state that the text names, else that of the dateline, else the one whose people alone it tells of; who
    speaks in another state than that may be of either."""
    if context.spoken_in - context.states:
        return context.filed_from
    if len(context.states) == 1:
        return next(iter(context.states))
    return context.filed_from or _only(context, "country")


def _name(text: str, tokens: Sequence[Token]) -> str:
    """The words of the phrase, cut to a readable length, without its article."""
    words = " ".join(text[tokens[0].start : tokens[-1].end].split()).strip(" ,\"'")
    if len(words) > MAX_NAME:
        words = words[:MAX_NAME].rsplit(" ", 1)[0].rstrip(" ,")
    return words


def _split(tokens: list[Token]) -> list[list[Token]]:
    """ "Kyiv, Seoul and Washington" are three sources; "the army and police chief" is one."""
    for index, token in enumerate(tokens):
        if token.low in {"and", "&", ","} and 0 < index < len(tokens) - 1:
            left, right = tokens[:index], tokens[index + 1 :]
            listed = token.low != "," or (
                len(left) == 1 and right[0].mention is not None and right[0].mention.role != "leader"
            )
            both = listed and _stands_alone(left) and _stands_alone(right)
            if both:
                return [_trim(left), *_split(right)]
    return [tokens]


def _trim(tokens: list[Token]) -> list[Token]:
    return [t for i, t in enumerate(tokens) if not (t.low == "," and i in {0, len(tokens) - 1})]


def _stands_alone(tokens: Sequence[Token]) -> bool:
    if not tokens:
        return False
    last = tokens[-1]
    if last.mention is not None and last.mention.role != "adjective":
        return True
    named = any(t.has("speakers") for t in tokens)
    return named and (tokens[0].has("determiners") or tokens[0].mention is not None)


def phrase_claimants(sentence: Sentence, first: int, last: int, context: Context) -> list[Claimant]:
    """The claimants named by the tokens `first…last`."""
    tokens = _without_circumstance(list(sentence.tokens[first : last + 1]))
    while tokens and tokens[-1].low in {",", "'s", "'", '"'}:
        tokens.pop()
    while tokens and (tokens[0].low in {",", "'s", '"', "'"}):
        tokens.pop(0)
    named = [(part, _name(sentence.text, part)) for part in _split(tokens) if part]
    return [
        Claimant(_shown(name), _national_society(part) or _party_of(sentence, part, context))
        for part, name in named
        if name
    ]


def _without_circumstance(tokens: list[Token]) -> list[Token]:
    """ "The Kyiv Independent, citing a source": the participle after the comma tells how it knows, not who it is."""
    for index in range(1, len(tokens) - 1):
        after = tokens[index + 1]
        going_on = (
            after.has("according")
            or after.low in {"quoted", "cited"}
            or (after.low.endswith("ing") and not after.capital and not after.person)
        )
        if tokens[index].low == "," and going_on:
            return tokens[:index]
    return tokens


def _shown(name: str) -> str:
    """ "a senior official" without its article, "the Border Monitor" at the head of a sentence too; a single word stays
    as it is."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    title = _TITLE.match(name) if " " in name else None
    return name[title.end() :] if title is not None else name


def _earlier(sentence: Sentence, speech: Speech, context: Context) -> list[Claimant] | None:
    """Whom a pronoun or "the agency" stands for, None when the phrase names a source of its own."""
    tokens = sentence.tokens[speech.first : speech.last + 1]
    words = [t for t in tokens if "determiners" not in t.tags]
    if len(tokens) == 1 and (tokens[0].has("pronouns") or (speech.pronoun and speech.rule == "according")):
        return _behind_pronoun(sentence, speech, context)
    mouthpiece = tokens[0].low in POSSESSIVES and len(words) == 1 and words[0].low in _MOUTHPIECES
    if mouthpiece and (owner := _owner_before(sentence, speech)) is not None:
        return [Claimant(_name(sentence.text, tokens), owner)]
    if mouthpiece and (house := _house_before(sentence, speech)) is not None:
        return phrase_claimants(sentence, *house, context)
    definite = tokens[0].low in {"the", "its", "his", "their", "that"}
    words = [t for t in words if t.low not in {"'s", "'"}]
    alone = definite and len(words) == 1 and words[0].has("anaphors") and words[0].mention is None
    if alone and speech.rule == "said-after" and (said := _spoke_before(sentence, speech, context)):
        return said  # "The Monitor has found that …, the group said"
    if definite and words and words[-1].has("anaphors") and len(words) <= 2 and not any(t.mention for t in words):
        noun = words[-1].low
        if noun == "group" and len(words) == 2 and _monitor_before(context) is not None:
            return [c for c in [_monitor_before(context)] if c is not None]
        for claimant in reversed(context.speakers):
            if noun in claimant.name.lower():
                return [claimant]
        if (
            noun
            in {
                "agency",
                "group",
                "service",
                "organisation",
                "organization",
                "office",
                "body",
                "watchdog",
                "official",
                "spokesman",
                "spokeswoman",
                "spokesperson",
                "statement",
                "report",
                "paper",
                "newspaper",
                "department",
            }
            and context.speakers
            and len(words) == 1
        ):
            return context.speakers[-1:]
    return None


def _monitor_before(context: Context) -> Claimant | None:
    """ "the medics' group", "the monitoring group": the last organisation that counted and spoke, named before."""
    named = (c for c in reversed(context.speakers) if c.party is not None)
    return next((c for c in named if context.lexicon.kind(c.party or "") in _BODIES), None)


def _behind_pronoun(sentence: Sentence, speech: Speech, context: Context) -> list[Claimant]:
    """Who is named before in the sentence, else who acted in the sentence before it, else who spoke last.

    But what stands before ", it said" is the statement itself: "North Korea has sent 15,000 to Russia, it said" names
    no speaker when the text has one already.
    """
    behind = speech.start < speech.first and bool(context.claimants or context.speakers or context.actor)
    inside = _spoke_before(sentence, speech, context) or ([] if behind else _named_in(sentence, speech))
    if inside:
        return inside
    acted = context.actor is not None and sentence.number - context.actor_at <= ACTOR_REACH
    if context.actor is not None and acted and context.actor_at > context.claimants_at:
        return [context.actor]
    if sentence.tokens[speech.first].low in {"he", "she"} and all(_a_body(c, context) for c in context.claimants):
        people = [c for c in context.speakers if not _a_body(c, context)]
        if people:
            return people[-1:]  # "The Red Cross had given 2,600. Some 5,000 were hurt, he added": who spoke before it
    return list(context.claimants) or context.speakers[-1:]


def _a_body(claimant: Claimant, context: Context) -> bool:
    """True for a ministry, an army or a capital, of which nobody says "he"."""
    named = context.lexicon.mentions(claimant.name)
    head = re.split(r",| of | for | in ", claimant.name.lower())[0].split()
    if any(mention.role == "leader" for mention in named) or not head:
        return False
    return head[-1] in scene_words("speaking_bodies") or (bool(named) and len(claimant.name.split()) == 1)


def _spoke_before(sentence: Sentence, speech: Speech, context: Context) -> list[Claimant]:
    """ "By Kyiv's count …; its own dead it gives as 43,000", "The army had said 40; it now says 52": whose account the
    sentence began with, or whose the clause before the semicolon was."""
    earlier = [s for s in speeches_of(sentence) if s.verb < speech.first and not s.pronoun]
    told_in = [s for s in earlier if s.rule == "according" or (s.rule in _BEFORE and s.covers(speech.first))]
    outer = [s for s in earlier if s.rule in _BEFORE and not any(o is not s and o.covers(s.verb) for o in earlier)]
    if not told_in and speech.pronoun and outer:
        told_in = outer[-1:] if any(t.low == ";" for t in sentence.tokens[outer[-1].verb : speech.first]) else []
    return phrase_claimants(sentence, told_in[0].first, told_in[0].last, context) if told_in else []


def actor_of(sentence: Sentence, context: Context) -> Claimant | None:
    """The person or office at the head of a sentence: "General Tivane flew", "A security official in X gave"."""
    phrase = head_phrase(sentence.tokens, 0)
    if phrase is None or sentence.tokens[phrase[0]].has("pronouns"):
        return None
    return next(iter(phrase_claimants(sentence, *phrase, context)), None)


def introduces(sentence: Sentence) -> bool:
    """ "The governor gave a fresh toll.": no number yet, so the next sentence has what the source gave."""
    tokens = sentence.tokens
    if sentence.counts:
        return False
    gave = next((i for i, t in enumerate(tokens) if t.low in _GIVING), None)
    return gave is not None and any(
        t.has("account_nouns") or t.low in {"number", "toll", "losses", "casualties"}
        for t in tokens[gave + 1 : gave + 6]
    )


def _owner_before(sentence: Sentence, speech: Speech) -> str | None:
    """ "The rebels of M23 have taken 23 men, their spokesman said": whose, the first side that the sentence names."""
    for index, token in enumerate(sentence.tokens[: speech.first]):
        mention = token.mention
        if mention is None or mention.party is None or mention.role not in SPEAKING_ROLES:
            continue
        return None if _is_where(sentence, index) else mention.party
    return None


def _house_before(sentence: Sentence, speech: Speech) -> tuple[int, int] | None:
    """ "The hospital in the town received nine bodies, its spokesman said": the house at the head of the sentence."""
    phrase = head_phrase(sentence.tokens, 0)
    first, last = phrase if phrase is not None else (0, 1)
    head = range(first, min(last + 1, speech.first))
    at = next((i for i in head if sentence.tokens[i].low in scene_words("wards")), None)
    return (first, at) if at is not None else None


def _is_where(sentence: Sentence, index: int) -> bool:
    """ "in Mali", "from eastern Congo": a land behind a preposition of place is where, not who."""
    while index > 0 and (sentence.tokens[index - 1].has("premodifiers", "determiners") or _compass(sentence, index)):
        index -= 1
    return index > 0 and sentence.tokens[index - 1].low in _WHERE


def _compass(sentence: Sentence, index: int) -> bool:
    return sentence.tokens[index - 1].low.endswith("ern")


def _named_in(sentence: Sentence, speech: Speech) -> list[Claimant]:
    """Who is named earlier in the same sentence: a leader for "he said", whoever can speak for "it says"."""
    first = 5 if sentence.tokens[0].low == "of" else -1  # "Of Taliban fighters it has counted 410": not they count
    for index in range(speech.first - 1, first, -1):
        token, pronoun = sentence.tokens[index], sentence.tokens[speech.first].low
        roles = (
            {"leader"} if pronoun in {"he", "she"} else {"institution", "seat", "capital", "name", "leader", "troops"}
        )
        if token.mention is not None and token.mention.role in roles and not _is_where(sentence, index):
            return [Claimant(token.text, token.mention.party)]
    return []


def claimants_of(sentence: Sentence, speech: Speech, context: Context) -> list[Claimant]:
    """The claimants of one clause of saying; none where it says that nobody claims it."""
    first = sentence.tokens[speech.first]
    if speech.silent or first.has("negation") or first.low in {"we", "i"}:
        return []
    earlier = _earlier(sentence, speech, context)
    if earlier is not None:
        return earlier
    return phrase_claimants(sentence, speech.first, speech.last, context)


def covering(speeches: Sequence[Speech], index: int) -> list[Speech]:
    """The sources over a token, the innermost first."""
    found = [s for s in speeches if s.covers(index) and not s.deny]
    return sorted(found, key=lambda s: (s.rule != "according", abs(s.verb - index), s.stop - s.start))


def speeches_of(sentence: Sentence) -> list[Speech]:
    """The sources of a sentence, found once and kept with it."""
    if sentence.speeches is None:
        sentence.speeches = find_speech(sentence)
    return sentence.speeches
