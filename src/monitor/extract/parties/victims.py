"""Who was attacked: a toll without a noun is that of the people named as the attack's target.

"The ambush on the Burundian contingent cost 73 lives", "Gunmen ambushed Nigerian soldiers. At least 12 were killed."
A target that is a place, a building or a vehicle says nothing of whose the dead are.
"""

from monitor.extract.measures.frames import Frame
from monitor.extract.parties.doers import does, governing_verb
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Head
from monitor.extract.speech.attackers import HARM

_TOWARDS = frozenset({"on", "against", "of", "targeting", "upon"})
_ATTACKS = frozenset({"assaults", "assailed"})
_GOING_OFF = frozenset({"off", "exploded", "detonated", "burst", "fire", "fired"})
_ONTO = frozenset({"on", "at", "under", "beneath", "among", "into", "beside"})
_COME = frozenset({"came", "come", "comes", "coming"})
_REACH = 20
_TARGET = 8


def target_in(sentence: Sentence, frame: Frame) -> int | None:
    """The head of the people attacked, told in the figure's own clause before the number."""
    found = _target(sentence, max(0, frame.count.first - _REACH), frame.count.first)
    verb = governing_verb(sentence, frame) if found is not None else None
    struck_back = found is not None and verb is not None and does(sentence, found, verb)
    return None if struck_back else found  # "the miners attacked police, who shot 34"


def target_of(sentence: Sentence) -> int | None:
    """The head of the people whom the sentence tells to have been attacked, None for other targets."""
    return _target(sentence, 0, len(sentence.tokens))


def nameless_toll(frame: Frame) -> bool:
    """True for a toll that has no people of its own: "cost 73 lives", "left 25 dead", "twelve were killed"."""
    return frame.measure in HARM and frame.count.head in {Head.NONE, Head.MEASURE}


def _target(sentence: Sentence, first: int, stop: int) -> int | None:
    """The last attack told of before `stop` decides."""
    if sentence.tags.isdisjoint(_ATTACKS) and sentence.words.isdisjoint(_GOING_OFF):
        return None
    tokens = sentence.tokens
    for index in range(stop - 1, first - 1, -1):
        token = tokens[index]
        if token.low == ";" and index < stop - 1 and any(t.has(*_ATTACKS) for t in tokens[index:stop]):
            return None
        if token.low in _GOING_OFF and index + 1 < stop and tokens[index + 1].low in _ONTO:
            return _people(tokens, index + 2, stop)  # "charges went off beneath men of the battalion"
        if token.low == "under" and index and tokens[index - 1].low in _COME:
            return _attacked(tokens, index - 1, first)  # "came under fire"
        if "assaults" in token.tags and index + 1 < stop and tokens[index + 1].low in _TOWARDS:
            return _people(tokens, index + 2, stop)
        if "assailed" not in token.tags:
            continue
        if index in sentence.passive:
            return _attacked(tokens, index, first)
        following = tokens[index + 1].low if index + 1 < len(tokens) else ""
        begun = index + 2 if following in {"on", "into"} else index + 1
        return _people(tokens, begun, stop) if begun < stop else None
    return None


def _people(tokens: list[Token], first: int, stop: int) -> int | None:
    """The noun for people that the phrase at `first` is about, through "a convoy of"; None where it is of a thing."""
    for index in range(first, min(stop, first + _TARGET)):
        token = tokens[index]
        if _is_people(token) and not (index + 1 < len(tokens) and tokens[index + 1].has("things")):
            following = tokens[index + 1] if index + 1 < stop else None
            if following is not None and (_is_people(following) or following.low == "'s"):
                continue
            return index
        if token.counts or token.low == "of" or token.has("determiners", "premodifiers", "bodies", "groups"):
            continue
        known = token.mention is not None and token.mention.role in {"adjective", "name"}
        of_trade = not token.tags and not token.senses and token.text.isalpha()  # "a convoy of gold miners"
        if not known and not (of_trade and index + 1 < stop and _is_people(tokens[index + 1])):
            return None
    return None


def _is_people(token: Token) -> bool:
    if token.person is not None:
        return token.person.plural
    named = token.mention is not None and token.mention.role in {"people", "troops"}
    if token.low in {"army", "police", "navy", "militia"}:
        return True
    return named or (token.has("bodies") and token.low in {"contingent", "battalion", "garrison", "brigade", "force"})


def _attacked(tokens: list[Token], verb: int, first: int) -> int | None:
    """The subject of "were ambushed"."""
    for index in range(verb - 1, first - 1, -1):
        if _is_people(tokens[index]):
            return index
        if not tokens[index].has("be", "have", "adverbs", "bodies", "groups"):
            return None
    return None
