"""Settings in which people are counted and no harm or war is told: errands, treatment, memorials, sport, beasts.

Every rule looks at what the figure was read from; what is dropped here was a verb or noun of harm in another use.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from monitor.domain.claims import Measure
from monitor.extract.measures.before import under_arms
from monitor.extract.measures.frames import Frame, amount, is_soldier
from monitor.extract.measures.not_there import not_there
from monitor.extract.measures.told import tells_of_danger, tells_of_war, told
from monitor.extract.numbers.number_phrases import NumberPhrase
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Head
from monitor.extract.sentence.places_ahead import place_follows

FORCE = 10
"""Fewer soldiers than this on their way or at their post are no force: escorts, envoys, sentries."""
MOST_MEN = 5_000_000
"""No army is so large: "the tax brings in 10 million a year"."""
RECENT = 2
"""Sentences behind an attack in which the treated are its wounded."""
LONG_AGO = 80
"""Years behind which nobody counts the dead as news."""
REACH = 12
"""Tokens before the phrase in which its saying may be denied."""
AGO = 10
"""Tokens behind the phrase in which "5,000 years ago" dates it."""
BLOODLESS = 8
"""Tokens around a toll in which what took it may be named."""
FIGURED = 5
"""Tokens behind a word of harm in which it is said not to be meant."""
_CLAIMS = frozenset({"claimed", "claims", "claiming", "'s"})
_OF_WHAT = frozenset({"of", "among", "amongst", "in", "from", "at"})
_PARTS = frozenset({"including", "of-whom", "breakdown", "coordinated", "distributed", "elliptic"})
_NOBODY = frozenset({"nobody", "none"})
_DESCRIBED = frozenset({"premodifier", "measure-noun"})
_REAL = frozenset({"incident", "real_harm"})
_QUOTES = frozenset({'"', "'"})
_NOT_MEANT = frozenset({"figuratively", "figuratively_at_the_end"})
_OWNS = frozenset({"'s", "'"})
_TEAMS = frozenset({"team", "teams", "squad", "staff"})
_WHOEVER = frozenset({"we", "i", "they", "he", "she", "it", "who"})
_SIDES = frozenset({"name", "people", "troops"})
_SENT_OUT = frozenset({"deploy", "station", "garrison", "base"})
_SENDING = frozenset({"active-object", "elliptic", "coordinated"})
_WHERETO = frozenset({"to", "into", "against", "for"})
_UPRIGHT = frozenset({Head.PEOPLE, Head.PRONOUN, Head.NATION})


def harmless(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """True where the setting of the figure is none of harm or war."""
    if frame.measure is Measure.DEPLOYED:
        return (
            _few(sentence, frame, context)
            or _on_an_errand(sentence, frame)
            or _sent_to_play(sentence, frame, context)
            or _on_civil_ways(sentence, frame)
            or _wished_for(sentence, frame)
            or _sent_by_no_army(sentence, frame, context)
            or amount(sentence, frame) >= MOST_MEN
            or not_there(sentence, frame, context.published)
        )
    return (
        _nobody_else(sentence, frame)
        or _treated(sentence, frame, context)
        or _kept_in_memory(sentence, frame)
        or _acted(sentence, frame)
        or _in_the_dressing_room(sentence, frame)
        or _left_a_community(sentence, frame)
        or _lost_in_peace(sentence, frame, context)
        or _beasts(sentence, frame)
        or _by_law(sentence, frame)
        or _long_ago(sentence, frame)
        or _called_on(sentence, frame)
        or _pictured(sentence, frame)
        or _never_said(sentence, frame)
        or _dreamt_of(sentence, frame)
        or _dead_souls(sentence, frame)
        or _of_every_year(sentence, frame)
        or _bloodless(sentence, frame)
        or _figuratively(sentence, frame)
    )


def part_of_none(frame: Frame, none: Sequence[Frame]) -> bool:
    """ "freed 14 hostages, among them three nuns": a part of those to whom nothing happened, and who joins them."""
    return frame.rule in _PARTS and any(frame.parent is left_out for left_out in none)


def _few(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "sent two officers up the road", "six marines stood guard": persons on duty, no force."""
    bare = frame.count.head is Head.NONE and (frame.rule == "toll-link" or not _told_of_troops(sentence, context))
    if not (bare or frame.count.head in _UPRIGHT) or frame.rule == "contingent" or sentence.headline:
        return False
    at = frame.predicate
    sent_out = at is not None and any(s.lemma in _SENT_OUT for s in sentence.tokens[at].senses)
    return not sent_out and 0 < amount(sentence, frame) < FORCE


def _told_of_troops(sentence: Sentence, context: Context) -> bool:
    several = (t.has("bodies") or (is_soldier(t) and t.person is not None and t.person.plural) for t in sentence.tokens)
    return _force_told(sentence, context) or any(several)


def _force_told(sentence: Sentence, context: Context) -> bool:
    """True behind a figure of troops that was kept."""
    last = context.frame if sentence.number - context.frame_at <= 1 else None
    return last is not None and last.measure is Measure.DEPLOYED


def _on_an_errand(sentence: Sentence, frame: Frame) -> bool:
    """ "sent 40 men to the shooting contest", "brought 19 officers to the press conference"."""
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 9]
    end = next((i for i, t in enumerate(after) if t.low in {",", ";", "and"}), len(after))
    to = next((i for i, t in enumerate(after[:end]) if t.low in {"to", "at", "for", "into"}), None)
    if to is None:
        return False
    return bool(after[to + 1 :]) and (
        after[to + 1].low == "barracks" or any(t.has("errands") for t in after[to + 1 : end])
    )


def _sent_to_play(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "The allies opened their exercise on Monday. Japan is sending 150 observers": those sent nowhere else are sent
    to what the sentence before tells of."""
    if sentence.number - context.drilled_at != 1 or frame.rule not in _SENDING:
        return False
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 2]
    return not ((after and after[0].low in _WHERETO) or place_follows(sentence, frame.count.last + 1))


def _on_civil_ways(sentence: Sentence, frame: Frame) -> bool:
    """ "500 Britons arrived after their flight was diverted", "600 observers are in the country for the vote"."""
    noun = frame.count.noun
    low = sentence.tokens[noun].low if noun is not None else ""
    clause = takewhile(lambda t: t.low not in {",", ";"}, sentence.tokens[frame.count.last + 1 :])
    so_far = (*sentence.tokens[: frame.count.first], *clause)  # what follows in another clause is of others
    if low in told("helpers") and any(t.low in told("relief") for t in so_far):
        return True  # "130 officers have come to relieve the firefighters"
    voted = low in {"observers", "monitors"} or (frame.count.head is Head.NONE and frame.rule == "active-object")
    if voted and "of_a_vote" in sentence.tags:
        return True  # "in the electoral college Lincoln had 180 and his opponents 123"
    if any(t.has("rosters") for t in sentence.tokens[frame.count.last + 1 : frame.count.last + 5]):
        return True  # "has 5,000 men on its books"
    return frame.count.head is Head.NATION and "civil_travel" in sentence.tags and not _soldiers(sentence)


def _soldiers(sentence: Sentence) -> bool:
    return any(is_soldier(t) or t.has("bodies") for t in sentence.tokens)


def _wished_for(sentence: Sentence, frame: Frame) -> bool:
    """ "would need 40,000 men to hold the line", "the force is short of 4,000 men"."""
    at = back_over(sentence.tokens, frame.count.first - 1, "determiners", "hedge", "adverbs")
    return at >= 0 and sentence.tokens[at].has("wished_for")


def _sent_by_no_army(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "the eruption sent 12,000 to the coast", "asked for 40,000 volunteers and had 90,000": a number alone is of
    troops only where some are told of, and a war, or a state acts."""
    if frame.count.head is not Head.NONE or frame.rule != "active-object" or _force_told(sentence, context):
        return False
    if _turned_away(sentence, frame):
        return True
    state = any(t.mention is not None for t in sentence.tokens[: frame.count.first])
    if state or under_arms(sentence, frame.count.last + 1):
        return False
    return not (_soldiers(sentence) and tells_of_war(sentence))


def _turned_away(sentence: Sentence, frame: Frame) -> bool:
    """ "sent back 4,000 in a day": back is no place; "sent back 4,000 to the front" names one."""
    at = frame.predicate
    back = at is not None and any(t.low == "back" for t in sentence.tokens[at + 1 : frame.count.first])
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + 2]
    return back and not (after and after[0].low in {"to", "into"})


def _nobody_else(sentence: Sentence, frame: Frame) -> bool:
    """ "the bus carrying 44 pupils overturned, but nobody was injured": the verb has a subject of its own."""
    if frame.side != "right" or frame.predicate is None:
        return False
    lows = [t.low for t in sentence.tokens[frame.count.last + 1 : frame.predicate]]
    return any(low.split()[0] in _NOBODY for low in lows) or ("no", "one") in pairwise(lows)


def _recent_harm(sentence: Sentence, context: Context) -> bool:
    """True where an attack or a figure was told of right before."""
    return min(sentence.number - context.attack_at, sentence.number - context.frame_at) <= RECENT


def _treated(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "operated on 26 children with cleft palates": patients, where no attack or accident has been told."""
    at = frame.predicate
    if frame.measure is not Measure.WOUNDED or at is None or not sentence.tokens[at].has("treatments"):
        return False
    hurt = any(s.measure is Measure.WOUNDED for i, t in enumerate(sentence.tokens) if i != at for s in t.senses)
    return not (hurt or _recent_harm(sentence, context) or "incident" in sentence.tags)


def _kept_in_memory(sentence: Sentence, frame: Frame) -> bool:
    """ "a street named after five executed unionists": the noun says who they were, and the verb is of today."""
    if frame.rule not in _DESCRIBED:
        return False
    return any(t.has("memorials") for t in sentence.tokens[max(0, frame.count.first - 4) : frame.count.first])


def _acted(sentence: Sentence, frame: Frame) -> bool:
    """ "in the drill, rescuers treated 60 "casualties"", "20 mock casualties"."""
    tokens, noun = sentence.tokens, frame.count.last
    before = tokens[frame.count.number + 1 : noun + 1]
    if any(t.has("acted") for t in (*tokens[max(0, frame.count.first - 2) : frame.count.first], *before)):
        return True
    quoted = noun + 1 < len(tokens) and tokens[noun - 1].low in _QUOTES and tokens[noun + 1].low in _QUOTES
    return quoted and frame.rule == "measure-noun" and "exercises" in sentence.tags


def _in_the_dressing_room(sentence: Sentence, frame: Frame) -> bool:
    """ "seven players are injured and two are suspended, the coach said": a team goes on without them."""
    if frame.measure is Measure.KILLED or not sentence.tags.isdisjoint(_REAL):
        return False
    return "dressing_room" in sentence.tags


def _left_a_community(sentence: Sentence, frame: Frame) -> bool:
    """ "the club has lost 400 members", "the village lost 300 of its inhabitants to the cities": gone elsewhere."""
    at, noun = frame.predicate, frame.count.noun
    if frame.rule != "lost-object" or at is None or noun is None or not sentence.tags.isdisjoint(_REAL):
        return False
    community = any(t.has("communities") for t in _losing(sentence, at))
    return community and (sentence.tokens[noun].has("membership") or "drained" in sentence.tags)


def _losing(sentence: Sentence, at: int) -> Sequence[Token]:
    """The words before the verb in which whoever loses is named."""
    return sentence.tokens[max(0, at - 6) : at]


def _lost_in_peace(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "the team lost three of its members", "the union lost 60": people leave a body as well as die, so its loss needs
    a sign that it is one of lives: soldiers, a nation or next of kin that lose or are lost, or a war or danger told
    of."""
    at, count = frame.predicate, frame.count
    if frame.rule != "lost-object" or at is None or count.head is Head.NATION:
        return False
    noun = count.last if count.noun is None else count.noun
    if count.head is Head.PEOPLE and not sentence.tokens[noun].low.startswith("member"):
        return False  # soldiers, and people who work there or live there
    if not any(t.has("communities") or t.low in _TEAMS for t in _losing(sentence, at)):
        return False  # "the occupiers lost 1,010"
    if _recent_harm(sentence, context) or not sentence.tags.isdisjoint(_REAL) or tells_of_danger(sentence):
        return False
    if any(is_soldier(t) for t in sentence.tokens) or not _WHOEVER.isdisjoint(t.low for t in sentence.tokens[:at]):
        return False  # "we lost eleven on the ridge": who they are is told elsewhere
    if any(t.mention is not None and t.mention.role in _SIDES for t in sentence.tokens[count.last + 1 :]):
        return False  # "losing 70 of their own, the Houthis pulled back"
    pairs = pairwise(sentence.tokens[: count.last + 2])
    return not any(_nation(t, behind) or t.has("bodies") or t.low in told("kin") for t, behind in pairs)


def _nation(token: Token, behind: Token) -> bool:
    """A side of a war; "Kellogg's team" is none."""
    return token.mention is not None and not (token.mention.role == "leader" and behind.low in _OWNS)


def _beasts(sentence: Sentence, frame: Frame) -> bool:
    """ "a fire in the stable killed 18": a number alone, among beasts, is of beasts."""
    at = frame.predicate
    bare = frame.count.head is Head.NONE or sentence.tokens[frame.count.last].low in {"others", "more"}
    if not bare or "beasts_places" not in sentence.tags or at is None:
        return False
    clause, first = sentence.clause(frame.count.first), min(at, frame.count.first)
    people = any(t.low == "aboard" or (t.person is not None and t.person.plural) for t in sentence.tokens[first:])
    return not people and any(t.has("beasts_places") for t in clause)


def _by_law(sentence: Sentence, frame: Frame) -> bool:
    """ "90 prisoners wait on death row", "the number of prisoners in the jails", "plans two executions": no war's."""
    tokens, at = sentence.tokens, frame.count.first - 1
    if frame.measure is Measure.KILLED and frame.rule == "measure-noun" and at >= 0:
        return tokens[at].has("to_come")
    if frame.measure is not Measure.CAPTURED:
        return False
    named = any(t.mention is not None and t.mention.role == "adjective" for t in tokens[: frame.count.first])
    return "by_law" in sentence.tags or (frame.rule == "toll-link" and "jails" in sentence.tags and not named)


def _long_ago(sentence: Sentence, frame: Frame) -> bool:
    """ "killed some 5,000 years ago", "archaeologists found 31 bodies": told as history."""
    if "ancient" in sentence.tags:
        return True
    years = (
        number.quantity.number
        for number, unit, ago in _triples(sentence.tokens[frame.count.last : frame.count.last + AGO])
        if unit == "years" and ago == "ago"
    )
    return any(count >= LONG_AGO for count in years)


def _triples(tokens: Sequence[Token]) -> Iterator[tuple[NumberPhrase, str, str]]:
    """Every number with the two words behind it."""
    for token, unit, ago in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.number is not None:
            yield token.number, unit.low, ago.low


def _pictured(sentence: Sentence, frame: Frame) -> bool:
    """ "the photograph captured two soldiers", "two were captured on camera asleep"."""
    at = frame.predicate
    if frame.measure is not Measure.CAPTURED or at is None:
        return False
    behind = max(at, frame.count.last) + 1
    on_film = any(t.has("pictured") for t in sentence.tokens[behind : behind + 4])
    return on_film or (frame.side == "left" and any(t.has("picturing") for t in sentence.tokens[max(0, at - 1) : at]))


def _never_said(sentence: Sentence, frame: Frame) -> bool:
    """ "he never said that 900 had died": nobody says so; what someone did not say happened may have happened."""
    tokens = sentence.tokens
    for at in range(max(0, frame.count.first - REACH), frame.count.first - 1):
        if tokens[at].low == "never" and tokens[at + 1].role("say") is not None:
            return any(token.low == "that" for token in tokens[at + 2 : frame.count.first])
    return False


def _dreamt_of(sentence: Sentence, frame: Frame) -> bool:
    """ "had dreamt of killing all 22", "is like losing one of the family"."""
    at = frame.predicate
    if frame.side == "left" and at and sentence.tokens[at - 1].low == "like":
        return sentence.tokens[at].low.endswith("ing")
    return frame.side == "left" and bool(at) and sentence.tokens[(at or 1) - 1].has("daydreams")


def _dead_souls(sentence: Sentence, frame: Frame) -> bool:
    """ "among the voters were 1,100 dead people": who died long since, on a list of the living."""
    if frame.rule not in _DESCRIBED or frame.predicate is None or not sentence.tags.isdisjoint(_REAL):
        return False
    return sentence.tokens[frame.predicate].low == "dead" and "dead_souls" in sentence.tags


def _called_on(sentence: Sentence, frame: Frame) -> bool:
    """ "met 30 wounded soldiers at a clinic", "900 wounded veterans compete": who they are, hurt long before."""
    noun, before = frame.count.last, sentence.tokens[max(0, frame.count.first - 2) : frame.count.first]
    if frame.measure is not Measure.WOUNDED or frame.rule not in {"premodifier", "measure-noun", "state", "participle"}:
        return False
    if any(t.has("veterans") for t in sentence.tokens[frame.count.first : noun + 2]):
        return True
    return any(t.has("calling_on") for t in before)


def _bloodless(sentence: Sentence, frame: Frame) -> bool:
    """ "120 casualties of the budget", "inflation claimed 40 casualties among the banks": losses of what sheds no
    blood, or of those who have none to shed."""
    if frame.rule != "measure-noun" or "bloodless" not in sentence.tags:
        return False
    after = sentence.tokens[frame.count.last + 1 : frame.count.last + BLOODLESS]
    real = not sentence.tags.isdisjoint(_REAL) or tells_of_war(sentence)
    if after and after[0].low in _OF_WHAT and any(t.has("bloodless") for t in after[1:]):
        return after[0].low == "of" or not real  # "casualties in fighting on the banks of the river" are of a war
    before = sentence.tokens[max(0, frame.count.first - BLOODLESS) : frame.count.first]
    claimed = (now.low in _CLAIMS or now.has("have") for t, now in pairwise(before) if t.has("bloodless"))
    return frame.measure is Measure.CASUALTIES and not real and any(claimed)


def _of_every_year(sentence: Sentence, frame: Frame) -> bool:
    """ "the disease kills 18 million a year": a yearly number of deaths in a text that tells of no war."""
    if frame.measure is not Measure.KILLED or frame.predicate is None:
        return False
    if "yearly" not in sentence.tags and "a year" not in sentence.low:
        return False
    verb = any(s.form in {"base", "s"} for s in sentence.tokens[frame.predicate].senses if s.measure is frame.measure)
    return verb and sentence.tags.isdisjoint({"at_war", *_REAL})


def _figuratively(sentence: Sentence, frame: Frame) -> bool:
    """ "are dead men, politically": said not to be meant as it is said; "a politically sensitive murder" is meant."""
    tokens, at = sentence.tokens, frame.predicate
    if sentence.tags.isdisjoint(_NOT_MEANT) or at is None:
        return False
    for index in (*range(max(0, at - 2), at), *range(at + 1, min(len(tokens), at + FIGURED))):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        closes = after is None or after.low in {".", ",", ";", '"'}
        if tokens[index].has("figuratively") or (tokens[index].has("figuratively_at_the_end") and closes):
            return True
    return False
