"""Figures that lean on their neighbours: joined phrases, parts of a whole, clauses without a verb."""

from collections.abc import Sequence
from itertools import islice, pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.after import right_candidates
from monitor.extract.measures.before import left_candidates
from monitor.extract.measures.captives import held_behind_wire, shown_captives, taken_alive
from monitor.extract.measures.contact import told_of_them
from monitor.extract.measures.frames import (
    LIMIT,
    TIME_UNITS,
    Frame,
    breaks,
    can_deploy,
    inherit,
    is_thing,
    make,
    noun_candidates,
    possible,
)
from monitor.extract.measures.in_numbers import in_numbers
from monitor.extract.measures.misread import misread
from monitor.extract.measures.outcomes import outcomes
from monitor.extract.measures.presence import apposed, behind_place, existential, facing, own_strength
from monitor.extract.measures.sidelined import (
    alive,
    came_away,
    excepted,
    harmed,
    is_speaker,
    numbered_unit,
    of_things,
    takes_things,
    two_digit_year,
)
from monitor.extract.measures.strengths import strengths
from monitor.extract.measures.tables import answers, cells, counts_label, named_after
from monitor.extract.measures.unaccounted import unaccounted
from monitor.extract.measures.wholes import last_told, told_by_others
from monitor.extract.parties.rows import cell_frame, row_frame
from monitor.extract.parties.sources import speeches_of
from monitor.extract.same_count import same_count
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head, read_count

GIVING = frozenset({"gave", "gives", "giving", "offered", "offers"})
"""What a second source does with its number: "the army's spokesman gave six"."""
_TIME_OPENS = frozenset({"in all", "last", "the", "a", "in", "for", "during", "over", "throughout", "this"})
LIST_REACH = 3
"""Rows behind "enemy losses:" of which one may give the men."""
GAP = 9
FAR_GAP = 16
MOST_COUNTS = 50
"""No sentence holds more; behind so many it is a table or noise, and each would cost a look at all around it."""


def _harm_told(sentence: Sentence, frames: Sequence[Frame], context: Context) -> bool:
    """True where the text has just told of an attack, or of victims."""
    if frames or (context.frame is not None and sentence.number - context.frame_at <= 2):
        return True
    return sentence.number - context.attack_at <= 1 or "incident" in sentence.tags


def best_frame(
    sentence: Sentence, count: Count, counts: dict[int, Count], *, losses: bool = False, harm_told: bool = False
) -> Frame | None:
    """The cheapest reading of the phrase by its own predicates, None when none is near enough."""
    if is_thing(count):
        return None
    sides = (
        noun_candidates(sentence, count),
        left_candidates(sentence, count, counts),
        right_candidates(sentence, count, counts),
        existential(sentence, count, counts),
        own_strength(sentence, count),
        behind_place(sentence, count),
        apposed(sentence, count),
        strengths(sentence, count),
        in_numbers(sentence, count),
        facing(sentence, count),
        unaccounted(sentence, count, counts),
        told_of_them(sentence, count),
        cells(sentence, count, losses=losses),
        named_after(sentence, count),
        outcomes(sentence, count, harm_told=harm_told),
        told_by_others(sentence, count),
        shown_captives(sentence, count),
        held_behind_wire(sentence, count),
        taken_alive(sentence, count),
    )
    candidates = [
        frame for side in sides for frame in side if possible(sentence, frame) and not misread(sentence, frame)
    ]
    return min(candidates, key=lambda frame: frame.cost, default=None)


def counts_of(sentence: Sentence) -> dict[int, Count]:
    """The counted phrases of the sentence by the token index of their numbers, MOST_COUNTS at most."""
    counting = (index for index, token in enumerate(sentence.tokens) if token.counts)
    counts = {index: read_count(sentence, index) for index in islice(counting, MOST_COUNTS)}
    for index, following in pairwise(counts):
        _share_noun(sentence, counts[index], counts[following])
    return counts


def _share_noun(sentence: Sentence, count: Count, following: Count) -> None:
    """ "1,014 Eritrean and 2,600 Ethiopian prisoners": an adjective of nationality that no noun follows has that of the
    phrase joined to it."""
    if following.head is not Head.MEASURE or count.head is not Head.NATION or count.noun is None:
        return
    mention = sentence.tokens[count.noun].mention
    if mention is None or mention.role != "adjective" or not _joined_to(sentence, count, following):
        return
    count.head, count.sense, count.kind = Head.MEASURE, following.sense, following.kind
    count.modifiers = (*count.modifiers, count.noun)


def frames_of(sentence: Sentence, context: Context) -> list[Frame]:
    """The counted phrases that have a measure, in order, with what each leans on."""
    counts = counts_of(sentence)
    frames: list[Frame] = []
    speakers = speeches_of(sentence)
    for index, count in counts.items():
        if is_speaker(sentence, count) or of_things(sentence, count) or counts_label(sentence, count):
            continue
        if (
            two_digit_year(sentence, count)
            or numbered_unit(sentence, count)
            or excepted(sentence, index)
            or (any(one.first <= index <= one.last for one in speakers) and not harmed(sentence, count))
        ):
            continue
        sentence.deployed = _deployed(frames, context, sentence)
        sentence.whole = last_told(sentence, frames) or context.whole_before(sentence.number)
        harm = _harm_told(sentence, frames, context)
        own = cell_frame(sentence, count)
        leaning = _leaning(sentence, count, frames, context) if own is None else None
        own = own or best_frame(sentence, count, counts, losses=_lists_losses(sentence, context), harm_told=harm)
        choices = [frame for frame in (own, leaning) if frame is not None and frame.cost < LIMIT]
        if not choices and (cell := row_frame(sentence, count, context)) is not None:
            choices = [cell]
        if not choices:
            continue
        frame = min(choices, key=lambda choice: choice.cost)
        if (
            own is not None
            and own in choices
            and frame is leaning
            and (_new_clause(frame) or own.rule == "premodifier")
        ):
            frame = own
        if takes_things(sentence, frame):
            continue
        if _or_wounded(sentence, frame):
            frame.measure = Measure.CASUALTIES
        if frame.parent is None:
            frame.parent = _parent(sentence, frame, frames)
        frames.append(frame)
        del index
    return frames


def _lists_losses(sentence: Sentence, context: Context) -> bool:
    """True in a list that was announced as one of losses."""
    return sentence.number - context.losses_at <= LIST_REACH or "losses" in sentence.words


def _or_wounded(sentence: Sentence, frame: Frame) -> bool:
    """ "had come home in coffins or lay in hospital": one number of the dead and the hurt."""
    if frame.measure is not Measure.KILLED or frame.side != "right" or frame.predicate is None:
        return False
    behind = sentence.tokens[frame.predicate + 1 : frame.predicate + 7]
    if not behind or behind[0].low != "or" or any(t.counts for t in behind):
        return False
    hurt = any(s.measure is Measure.WOUNDED for t in behind for s in t.senses)
    return hurt or any(t.low in {"hospital", "hospitals"} for t in behind)


def _new_clause(frame: Frame) -> bool:
    """True when the joined phrase stands behind its parent's verb: there a verb of its own comes first."""
    parent = frame.parent
    return (
        parent is not None
        and parent.side == "right"
        and parent.predicate is not None
        and parent.predicate < frame.count.first
    )


def _deployed(frames: Sequence[Frame], context: Context, sentence: Sentence) -> bool:
    """True where the text just told of troops sent somewhere, so that a bare number may go on with them."""
    if frames:
        return any(frame.measure is Measure.DEPLOYED for frame in frames)
    return (
        context.frame is not None
        and context.frame.measure is Measure.DEPLOYED
        and sentence.number - context.frame_at <= 1
    )


def _parent(sentence: Sentence, frame: Frame, frames: Sequence[Frame]) -> Frame | None:
    """The figure before whose people a phrase without its own noun goes on counting ("killed 22 and wounded 7")."""
    noun = sentence.tokens[frame.count.noun].low if frame.count.noun is not None else ""
    leaning = frame.count.head in {Head.NONE, Head.PRONOUN, Head.MEASURE} or noun in {"others", "other", "more"}
    if not leaning or not frames:
        return None
    before = _whole(sentence, frames)
    between = sentence.tokens[before.count.last + 1 : frame.count.first]
    if any(t.low.startswith("\n") or t.low == "•" for t in between):
        return None
    return before


def _whole(sentence: Sentence, frames: Sequence[Frame]) -> Frame:
    """The last figure that is no part: after "94 hurt, 18 of them children, and 12 missing" or "27 people, including
    nine children, were killed and 30 wounded" the text goes on with all of them."""
    at = len(frames) - 1
    while at > 0:
        count = frames[at].count
        opening = sentence.tokens[max(0, count.first - 2) : count.first]
        part = count.head is Head.PRONOUN or any(t.has("including") and t.low != "at least" for t in opening)
        if not part and _joined_to(sentence, frames[at - 1].count, count):
            part = _whole(sentence, frames[:at]) is not frames[at - 1]  # "among them three children and seven women"
        elif any(t.counts for t in opening):
            break
        if not part:
            break
        at -= 1
    return frames[at]


def _joined_to(sentence: Sentence, before: Count, count: Count) -> bool:
    """True for two phrases with nothing but a joint between."""
    between = sentence.tokens[before.last + 1 : count.first]
    return 0 < len(between) <= 2 and all(t.low in {",", "and"} for t in between)


def _leaning(sentence: Sentence, count: Count, frames: Sequence[Frame], context: Context) -> Frame | None:
    """A frame taken from the phrase before, None when the phrase stands alone."""
    if count.head is Head.UNKNOWN and count.kind in {"thing", "odd"}:
        return None
    if context.asked is not None and sentence.number - context.asked_at <= 2 and answers(sentence, count):
        return make(count, context.asked, "same-count", 0.0, None, "noun")
    if came_away(sentence, count) or ("alive" in sentence.tags and alive(sentence, count)):
        return None
    if frames:
        before = frames[-1]
        between = sentence.tokens[_behind(before) : count.first]
        for rule in _LEANING:
            frame = rule(sentence, count, before, between)
            if frame is not None:
                return frame
    return same_count(sentence, count, frames, context)


def _behind(frame: Frame) -> int:
    """The index behind a counted phrase and its own predicate."""
    if frame.side == "right" and frame.predicate is not None:
        return max(frame.count.last, frame.predicate) + 1
    return frame.count.last + 1


def _including(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """A part of the whole just counted: "including 15 soldiers", "two of them children", "1,240 of them in a day"."""
    if count.head is Head.BODY or (not between and count.head is not Head.PRONOUN):
        return None
    if [t.low for t in between[-2:]] in (["of", "whom"], ["of", "them"], ["of", "these"]):
        return inherit(count, parent, "of-whom", 1.0)
    near = between[-3:]
    part = any(t.has("including") and t.low != "at least" for t in near) or (
        count.head is Head.PRONOUN and (len(between) <= 4 or _of_them_alone(sentence, count, between))
    )
    if not part or any(t.low == ";" for t in between) or len(between) > 25:
        return None
    if count.head == Head.NONE and not any(t.has("including") for t in near):
        return None
    return inherit(count, parent, "including" if count.head is not Head.PRONOUN else "of-whom", 0.6)


def _of_them_alone(sentence: Sentence, count: Count, between: Sequence[Token]) -> bool:
    """ "since the invasion began, 1,240 of them in the past day": behind a comma, with no more than a time or place."""
    after = sentence.tokens[count.last + 1 : count.last + 2]
    if between[-1].low != "," or sentence.tokens[count.last].low != "them" or not after:
        return False
    ending = next((i for i in range(count.last + 1, len(sentence.tokens)) if breaks(sentence.tokens[i])), None)
    told = sentence.tokens[count.last + 1 : ending]
    verb = any(t.has("be", "have") or any(s.form for s in t.senses) for t in told)
    return after[0].has("prepositions") and not verb


def _besides(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "263 militants dead, with 31 civilians": people told of with the dead, of whom nothing else is told."""
    joined = [t.low for t in between[-2:]] == [",", "with"] and len(between) <= 5
    after = sentence.tokens[count.last + 1 : count.last + 2]
    ends = not after or after[0].low in {".", ",", ";", ")", "and"}
    people = count.head in {Head.PEOPLE, Head.NATION} and parent.measure is not Measure.DEPLOYED
    return inherit(count, parent, "coordinated", 0.5) if joined and ends and people else None


def _breakdown(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "more than 130 were killed, it said: 65 from one group and 49 soldiers": the parts of a whole after a colon."""
    if (
        not between
        or between[-1].low not in {":", "—", "--"}
        or count.head not in {Head.NONE, Head.PEOPLE, Head.NATION}
    ):
        return None
    whole = sentence.tokens[parent.count.number].number
    part = sentence.tokens[count.number].number
    after = sentence.tokens[count.last + 1 : count.last + 2]
    closed = count.head is not Head.NONE or (bool(after) and after[0].low in {"from", "of", "in", ",", "on"})
    smaller = whole is not None and part is not None and part.quantity.number < whole.quantity.number
    return inherit(count, parent, "breakdown", 0.2) if smaller and closed else None


def _contrasted(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "1,421 rebels have been killed since May, against 61 policemen", "…, compared with 41 last year": both sides of
    a comparison share its verb, be it of other people or of the same at another time."""
    lows = [t.low for t in between[-3:]]
    against = lows[-2:] in ([",", "against"], [",", "versus"]) or lows in (
        [",", "compared", "with"],
        [",", "compared", "to"],
    )
    sides = count.head in {Head.PEOPLE, Head.NATION} and parent.count.head in {Head.PEOPLE, Head.NATION}
    sides = sides or (count.head is Head.NONE and against and _at_another_time(sentence, count))
    if not (against and sides) or parent.measure is Measure.DEPLOYED or len(between) > GAP + 9:
        return None
    return inherit(count, parent, "coordinated") if not any(t.low == ";" for t in between) else None


def _at_another_time(sentence: Sentence, count: Count) -> bool:
    """ "41 last year", "1,052 for the whole of 2023", "932 a month earlier": nothing but a time behind the number."""
    after = sentence.tokens[count.last + 1 : count.last + 6]
    if not after or after[0].low not in _TIME_OPENS:
        return False
    years = (t.number is not None and t.number.refusal == "year" for t in after)
    return any(years) or any(t.low in TIME_UNITS or t.has("months") for t in after)


def _coordinated(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """Joined phrases share their verb: only joints and short phrases of place or belonging in between."""
    if (
        not between
        or len(between) > (FAR_GAP if count.head is Head.PRONOUN else GAP)
        or count.head not in {Head.PEOPLE, Head.NATION, Head.UNKNOWN, Head.NONE, Head.PRONOUN}
    ):
        return None
    while len(between) > 1 and between[-1].has("determiners", "adverbs") and not between[-1].has("coordinators"):
        between = between[:-1]
    joint = (
        _then_at(between)
        or between[-1].has("coordinators")
        or between[-1].low in {"just", "only"}
        or between[-1].has("conjunctions")
    )
    if not joint or any(t.low in {";", "—"} or t.has("subordinators", "relatives", "be") for t in between):
        return None
    own_verb = sentence.tokens[count.last + 1 : count.last + 2]
    if count.head is Head.UNKNOWN and own_verb and own_verb[0].low.endswith("ed"):
        return None  # "three rebels killed, two INSAS recovered"
    behind = parent.predicate is not None and parent.predicate < count.first
    if behind and parent.side == "right" and own_verb and own_verb[0].has("be", "have"):
        return None
    verbal = any(s.form not in {"", "base"} and s.measure for t in between for s in t.senses)
    if verbal or any(t.role("neutral", "say") and t.person is None for t in between):
        return None
    if parent.measure is Measure.DEPLOYED and not can_deploy(sentence, count):
        return None
    if _state_of_its_own(sentence, parent) and len(between) == 1 and count.head is not Head.NONE:
        return None
    after = sentence.tokens[count.last + 1 : count.last + 2]
    listed = parent.rule in {"breakdown", "coordinated"} and bool(after) and after[0].low == "from"
    if (
        count.head is Head.NONE
        and not listed
        and parent.rule not in {"toll-link", "toll-verbless", "same-count"}
        and "(" not in [t.low for t in between]
        and between[-1].low not in {"against", "versus"}
        and not _then_at(between)
    ):
        return None
    if parent.count.head is Head.UNKNOWN and parent.count.kind == "thing":
        return None
    return inherit(count, parent, "coordinated", 0.15 * len(between))


def _state_of_its_own(sentence: Sentence, frame: Frame) -> bool:
    """ "let 81 wounded and 335 foreigners through": what stands at a bare number as its noun is not shared."""
    touching = frame.predicate == frame.count.last + 1 and frame.count.head is Head.NONE
    return touching and sentence.tokens[frame.count.last + 1].role("count") is not None


def _distributed(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "three peasants in Cauca, two in Antioquia": a number alone with its own place or year."""
    if count.head is not Head.NONE or len(between) > 14 or parent.measure is Measure.DEPLOYED:
        return None
    after = sentence.tokens[count.last + 1 : count.last + 2]
    joint = bool(between) and between[-1].low in {",", "and", ";"}
    placed = bool(after) and after[0].low in {"in", "at", "near", "on", "since"}
    moved = any(s.measure and s.form for t in between for s in t.senses) or any(t.role("say") for t in between)
    return inherit(count, parent, "distributed", 0.1 * len(between)) if joint and placed and not moved else None


def _town_by_town(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "the toll town by town: Surdulica, 17; Aleksinac, 12": each part has its name and number."""
    before = sentence.tokens[max(0, parent.count.first - 2) : parent.count.first]
    listed = [t.low for t in (*before[-1:], *between[:1], *between[-1:])] == [",", ";", ","]
    named = len(before) == 2 and before[0].capital and 2 < len(between) < 6 and all(t.capital for t in between[1:-1])
    return inherit(count, parent, "distributed") if listed and named and count.head is Head.NONE else None


def _in_all(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "Another 29 died, making 60 in all", "29 more died, for a total of 60": the sum of those and the ones before."""
    lows = [t.low for t in between]
    after = sentence.tokens[count.last + 1 : count.last + 2]
    ends = not after or not after[0].text[0].isalnum() or after[0].has("adverbs") or after[0].low == "in all"
    sums = lows[-2:] == [",", "making"] or lows[-4:] == ["for", "a", "total", "of"]
    sums = sums or (lows[-1:] == ["for"] and sentence.tokens[count.number].low.startswith("a total"))
    harm = parent.measure is not Measure.DEPLOYED and count.head is Head.NONE
    return inherit(count, parent, "same-count") if sums and ends and harm else None


def _then_at(between: Sequence[Token]) -> bool:
    """ "at 773, then at 2,900"."""
    return any(t.low == "then" for t in between) and between[-1].low in {"then", "at", "to", "of"}


def _elliptic(sentence: Sentence, count: Count, parent: Frame, between: Sequence[Token]) -> Frame | None:
    """ "and the SDF nine", "and hospital workers more than 70": subject and number alone repeat the clause before."""
    forces = count.head is Head.PEOPLE and parent.measure is Measure.DEPLOYED and can_deploy(sentence, count)
    if not (count.head is Head.NONE or (forces and between and between[-1].mention is not None)):
        return None
    if len(between) > (34 if between and between[-1].low in GIVING else 20):
        return None
    joints = [i for i, t in enumerate(between) if t.low in {"and", ",", ";", "while", "but", "against"}]
    if not joints or _mixed(parent):
        return None
    tail = between[joints[-1] + 1 :]
    after = sentence.tokens[count.last + 1 : count.last + 2]
    ends = not after or after[0].low in {".", ",", ";", "in", "of", "and", "at", "near"}
    if [t.low for t in tail] == ["of"] and len(joints) > 1:
        tail = [t for t in between[joints[-2] + 1 :] if t.low != ","]  # "spoke of 11; the mayor of Brussels, of 20"
    owning = (
        sentence.tokens[parent.count.first - 1].low.split()[-1] == "to" and tail[-1:] != [] and tail[-1].low == "to"
    )
    tail = tail[:-1] if owning else tail  # "Tiraspol owns to 320 dead, Chisinau to 279"
    named = (
        bool(tail)
        and len(tail) <= (7 if tail[-1].low in GIVING else 5)
        and (
            tail[-1].mention is not None
            or (tail[-1].capital and any(t.person is not None and t.person.plural for t in tail[:-1]))
            or tail[-1].person is not None
            or tail[-1].has("speakers")
            or tail[-1].low in {"of", "at"}
            or tail[-1].has("bodies")
            or (tail[-1].low in {"'s", "'"} and len(tail) > 1 and tail[-2].mention is not None)
            or tail[-1].role("say")
            or tail[-1].low in GIVING
            or _has_counted(sentence, count)
        )
    )
    if any(t.has("negation") for t in tail):
        return None
    if not ends or not named or any(t.has("prepositions") and t.low not in {"of", "at"} for t in tail):
        return None
    return inherit(count, parent, "elliptic")


def _has_counted(sentence: Sentence, count: Count) -> bool:
    """ "31 were killed, but the Red Crescent has 48": of who counts for others a number that it "has" is its count."""
    verb = count.first - 1
    return sentence.tokens[verb].low == "has" and any(
        one.rule == "own-count" and one.verb == verb for one in speeches_of(sentence)
    )


def _mixed(parent: Frame) -> bool:
    """True when the clause before tells of two measures: then a bare number repeats neither for sure."""
    before = parent.parent
    return before is not None and before.measure is not parent.measure


_LEANING = (
    _town_by_town,
    _in_all,
    _including,
    _besides,
    _breakdown,
    _contrasted,
    _coordinated,
    _distributed,
    _elliptic,
)
"""How a phrase may lean on the one before, the surest first."""
