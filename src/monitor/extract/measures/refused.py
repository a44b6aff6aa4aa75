"""Figures that aren't any: nothing happened to the people counted, or they were given back."""

from collections.abc import Sequence
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import TIME_UNITS, Frame, amount, breaks, is_soldier
from monitor.extract.measures.told import tells_of_danger, told
from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.phrases import Head

BODIES = frozenset({"bodies", "remains", "corpses"})
_NO_DOER = frozenset({"nobody", "no one", "no-one", "none"})
_NOT = frozenset({"not", "n't", "never", "nor"})
_RULING = frozenset({"governing", "ruling", "supervising", "licensing", "awarding", "coordinating", "advising"})
_NONE = frozenset({"none", "neither", "without", "none of", "not one of", "never", "nobody", "no"})
_JOINTS = frozenset({"and", "or", "nor"})
_SAME_ONES = frozenset({"the", "all", "these", "those"})
_SENTENCED = frozenset({"sentenced", "condemned", "sentencing", "condemning", "sentence"})
_COMPARED = frozenset({"further", "more", "fewer", "less", "doubt", "question"})
MILLIONS = 5_000_000
"""Bare losses above this, told in round hundred thousands, are money. A count to the last man is one of people, and
were it a slip of the pen, readers are told to check it."""
ROUND = 100_000


def negated(sentence: Sentence, frame: Frame) -> bool:
    """ "None of the 1,200 was hurt", "not one of", "failed to injure its five crew": nothing happened to them."""
    first = frame.count.first
    if (
        _none_before(sentence, first)
        or _none_of_both(sentence, first)
        or _sentenced(sentence, frame)
        or _in_theory(sentence, frame)
    ):
        return True
    tokens, predicate = sentence.tokens, frame.predicate
    if predicate is None or frame.rule in {"unfound", "unsaved"}:
        return False
    if frame.side == "right":
        between = _without_brackets(tokens[frame.count.last + 1 : predicate])
        denied = any(
            t.low in _NOT and before.low != "if" for before, t in pairwise([tokens[frame.count.last], *between])
        )
        return frame.rule != "state" and denied
    words = [t.low for t in tokens[max(0, predicate - 3) : predicate]]
    if frame.side == "left" and not sentence.words.isdisjoint(_NO_DOER) and _done_by_nobody(tokens, predicate):
        return True
    return frame.side == "left" and (any(word in _NOT for word in words) or "failed to" in " ".join(words))


def _done_by_nobody(tokens: Sequence[Token], predicate: int) -> bool:
    """ "nobody has lost 500 men"; "nobody knows who killed 40" leaves it done."""
    at = back_over(tokens, predicate - 1, "have", "be", "adverbs", "modal_future", "modal_hypothetical")
    return at >= 0 and tokens[at].low in _NO_DOER


def _in_theory(sentence: Sentence, frame: Frame) -> bool:
    """ "for every soldier killed, three are wounded", "the plan assumes 200 casualties": a ratio, a premise."""
    before = sentence.tokens[: frame.count.first]
    if "assuming" in sentence.tags and any(token.has("assuming") for token in before[-8:]):
        return True
    ratio = not sentence.words.isdisjoint({"every", "each"})
    return ratio and any(one.low == "for" and two.low in {"every", "each"} for one, two in pairwise(before))


def _sentenced(sentence: Sentence, frame: Frame) -> bool:
    """ "sentenced 12 soldiers to death", "the number of people condemned to die is 139": nobody has died yet."""
    tokens, at = sentence.tokens, frame.predicate
    if at is None:
        return False
    if frame.rule == "toll-link" and not sentence.words.isdisjoint(_SENTENCED):
        pairs = pairwise(tokens[at : frame.count.first])
        return any(one.low in _SENTENCED and two.low in {"to", "to death"} for one, two in pairs)
    if tokens[at].low != "to death":
        return False
    return any(token.low in _SENTENCED for token in tokens[max(0, frame.count.first - 5) : at])


def _none_before(sentence: Sentence, first: int) -> bool:
    """A word of none close before the number, in the same clause; "no more than" is none of them."""
    tokens, begin = sentence.tokens, max(0, first - 6)
    begin = max([begin, *(i + 1 for i in range(begin, first) if tokens[i].low in {",", "but", ";", ":"})])
    words = [
        token.low
        for i, token in enumerate(tokens[begin:first], begin)
        if not _compares(tokens, i) and not _named(token) and not _of_its_noun(tokens, i, first)
    ]
    if words[-1:] in (["every"], ["each"]):
        return True  # "for every ten hostages" is a ratio
    return words[-1:] == ["not"] or any(word in _NONE for word in words[-4:])


def _none_of_both(sentence: Sentence, first: int) -> bool:
    """ "None of the 12 soldiers and 40 civilians was hurt", "neither the 12 soldiers nor the 40 civilians": what is
    said of the one is said of the other."""
    tokens = sentence.tokens
    joint = first - 2 if tokens[first - 1].low == "the" else first - 1
    if joint < 1 or tokens[joint].low not in _JOINTS or tokens[joint - 1].person is None:
        return False
    other = next((i for i in range(joint - 1, max(0, joint - 5), -1) if tokens[i].number), None)
    return other is not None and _none_before(sentence, other)


def _of_its_noun(tokens: list[Token], index: int, first: int) -> bool:
    """ "no deaths and 11 wounded": "no" belongs to the noun before "and", and the number opens the other part."""
    return tokens[index].low == "no" and first - index > 2 and tokens[first - 1].low == "and"


def _compares(tokens: list[Token], index: int) -> bool:
    return tokens[index].low == "no" and tokens[index + 1].low in _COMPARED


def _named(token: Token) -> bool:
    """ "Doctors Without Borders": a capital makes it a name."""
    return token.capital and token.low not in {"not", "none", "no", "neither", "none of", "not one of"}


def _without_brackets(tokens: list[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in tokens:
        depth += (token.low in {"(", "["}) - (token.low in {")", "]"})
        if depth <= 0:
            kept.append(token)
    return kept


_ASIDE = 18
"""Tokens from a verb of capture to the comma behind which the captives' own verb stands."""


def given_back(sentence: Sentence, frame: Frame) -> bool:
    """ "the release of 34 hostages", "returned the bodies of nine soldiers", "18 prisoners were freed"."""
    captured = frame.measure is Measure.CAPTURED
    if captured and frame.rule in {"passive-subject", "participle"} and frame.predicate is not None:
        return _freed_after(sentence, frame.predicate)
    if frame.rule not in {"measure-noun", "premodifier", "event-of", "active-object", "coordinated"}:
        return False
    bodies = _of_bodies(sentence, frame)
    if not bodies and (not captured or frame.rule == "active-object"):
        return False
    if bodies and "bodies_back" in sentence.tags:
        return True
    own = max(_clause_of_bodies(sentence, frame.count.first) if bodies else 0, 0)
    around = [*_before(sentence, frame.count.first)[own:], *_behind(sentence, frame.count.last)]
    return any(t.has("give_back") and (i == 0 or around[i - 1].low != "in") for i, t in enumerate(around))


def _clause_of_bodies(sentence: Sentence, first: int) -> int:
    """ "Fourteen were rescued, three bodies were recovered": how many of the words before are of a passive with people
    of its own."""
    before = _before(sentence, first)
    start = first - len(before)
    ends = (i for i, t in enumerate(before) if t.low in {",", "and"} and start + i - 1 in sentence.passive)
    return max(ends, default=0)


def _of_bodies(sentence: Sentence, frame: Frame) -> bool:
    at = [frame.count.last] + ([frame.predicate] if frame.predicate is not None else [])
    return any(sentence.tokens[index].low in BODIES for index in at)


def _freed_after(sentence: Sentence, predicate: int) -> bool:
    """ "55 who had been held hostage were set free"."""
    tokens, asides = sentence.tokens, _asides(sentence.tokens, predicate)
    begin = asides + 1 if asides is not None else predicate + 1
    for index in range(begin, min(len(tokens), begin + 13)):
        token = tokens[index]
        if token.low == "whose" or token.has("negation"):
            return False  # it is others who came home, or nobody has: "have not been released"
        if token.low in told("came_home") or _at_large(tokens, index):
            return True  # "the girls abducted ten years ago have come home"
        if token.low == "and" and any(t.has("give_back") for t in sentence.tokens[index + 1 : index + 3]):
            return True  # "were held for an hour and let go"
        if token.low in {";", ",", "and"}:
            return False
        if token.has("give_back") and index in sentence.passive:
            return True
    return False


def _at_large(tokens: list[Token], index: int) -> bool:
    """ "regained their freedom", "are back with their units": free, and no passive says so."""
    after = [t.low for t in tokens[index + 1 : index + 3]]
    if tokens[index].low in {"regained", "recovered", "won"}:
        return bool(after) and after[-1] in {"freedom", "liberty"}
    home = after[:1] in (["with"], ["among"], ["home"]) or after[:2] == ["in", "their"]
    return tokens[index].low == "back" and home and tokens[index - 1].has("be", "adverbs")


def _asides(tokens: list[Token], predicate: int) -> int | None:
    """The comma at which what was told of the captives ends and their own verb follows: ", captured in the fall of
    Aleppo, have been exchanged", "seized in Cauca, some of them wounded, were released"."""
    commas = [i for i in range(predicate + 1, min(len(tokens) - 1, predicate + _ASIDE)) if tokens[i].low == ","]
    closing = next(
        (i for i in commas if tokens[i + 1].has("be", "have") or tokens[i + 1].low in told("came_home")), None
    )
    if closing is None or any(
        tokens[i].counts or tokens[i].low in {";", "and", "but", "that", "whose"} for i in range(predicate + 1, closing)
    ):
        return None
    earlier = tokens[predicate + 1 : closing]
    return None if any(t.has("be", "have") for t in earlier) else closing


def _before(sentence: Sentence, first: int) -> list[Token]:
    tokens, low = sentence.tokens, first
    while low > 0 and first - low < 8 and not tokens[low - 1].has("subordinators") and not breaks(tokens[low - 1]):
        low -= 1
    return tokens[low:first]


def _behind(sentence: Sentence, last: int) -> list[Token]:
    after = sentence.tokens[last + 1 : last + 8]
    stop = next((i for i, t in enumerate(after) if t.low in {",", ";", ".", "and", "who"}), len(after))
    return after[:stop]


def no_war(sentence: Sentence, frame: Frame) -> bool:
    """Exercises, strength by rule, customers who left, prisoners who are only told of, losses of money."""
    if frame.measure is Measure.DEPLOYED:
        noun = sentence.tokens[frame.count.noun] if frame.count.noun is not None else None
        serve = noun is not None and is_soldier(noun)  # who is sent where cholera spreads is there all the same
        return _drilled(sentence, frame) or (not serve and _of_illness(sentence))
    if frame.measure is Measure.CAPTURED:
        return _of_millions(sentence, frame) or _captive_already(sentence, frame) or _gave_up_in_peace(sentence, frame)
    return (
        _off_the_list(sentence, frame)
        or _left_a_business(sentence, frame)
        or _sum_of_money(sentence, frame)
        or _defeats(sentence, frame)
        or _lives_kept(sentence, frame)
        or _body_of_no_man(sentence, frame)
        or _of_illness(sentence)
    )


def wounds_of_the_dead(sentence: Sentence, frame: Frame, dead: set[int]) -> bool:
    """ "Six people died. All six had been operated on": those who died of their wounds are counted among the dead."""
    number = sentence.tokens[frame.count.number].number
    if number is None or frame.measure is not Measure.WOUNDED or frame.count.head is not Head.NONE:
        return False
    first = frame.count.first
    same = sentence.tokens[first].low.startswith("all ") or (first and sentence.tokens[first - 1].low in _SAME_ONES)
    return bool(same) and number.quantity.number in dead


def _habit(lows: list[str]) -> bool:
    """ "They send four men where they used to send forty": what somebody does each time tells of no force in place."""
    return "used to" in " ".join(lows)


def _leads(sentence: Sentence, body: int) -> bool:
    """ "a student who leads a unit of 60 men": of how many somebody is the head, not how many were sent."""
    return any(t.has("leading") for t in sentence.tokens[max(0, body - 4) : body])


_PLAYED = ("exercises", "acted")


def _drilled(sentence: Sentence, frame: Frame) -> bool:
    """ "3,000 troops took part in the drills", "each battalion has 600 men", "the number of troops needed"."""
    lows = [token.low for token in sentence.tokens]
    if (
        "by_rule" in sentence.tags
        or _habit(lows)
        or (not sentence.tags.isdisjoint(_PLAYED) and any(t.has(*_PLAYED) for t in sentence.clause(frame.count.first)))
    ):
        return True
    after = [t.low for t in sentence.tokens[frame.count.last + 1 : frame.count.last + 7]]
    returned = {"back", "home"} & set(after[: after.index(",")] if "," in after else after)
    reach = 5 if frame.rule == "body-of" else 2  # "can raise two divisions of 15,000"
    start = min(frame.count.first, frame.predicate) if frame.predicate is not None else 0
    able = any(t.low == "can" for t in sentence.tokens[max(0, start - reach) : start])
    if able or (after[:1] == ["each"] and frame.rule in {"body-of", "toll-link"}):
        return True  # "can carry 50 marines", "14 divisions of 12,000 men each"
    if returned and frame.rule == "active-object":
        return True  # "sent 330 border policemen and their families back to Sittwe"
    if frame.rule == "body-of" and frame.predicate is not None and _leads(sentence, frame.predicate):
        return True
    before = sentence.tokens[max(0, frame.count.first - 6) : frame.count.first]
    allowed = "mandated" in sentence.tags and any("mandated" in t.tags for t in before)
    if allowed or "ceiling" in sentence.tokens[frame.count.number].low:
        return True
    linked = frame.rule == "toll-link" and frame.predicate is not None
    return linked and any(t.has("wanted") for t in sentence.tokens[frame.predicate or 0 : frame.count.first])


def _captive_already(sentence: Sentence, frame: Frame) -> bool:
    """ "interviewed 47 former prisoners": the noun says who they are, and another verb what is done with them."""
    if frame.rule not in {"measure-noun", "coordinated"}:
        return False
    tokens, at = sentence.tokens, frame.count.first - 1
    if any(token.has("bargain") for token in tokens) and sum(token.counts for token in tokens) > 1:
        return True  # so many of these for so many of those
    if any(tokens[index].has("former_people") for index in range(frame.count.first, frame.count.last + 1)):
        return True
    at = back_over(tokens, at, "object_free", "adverbs", "determiners", "hedge")
    counted = at >= 0 and tokens[at].has("tallied")  # "has registered 1,014 prisoners": of all who were taken
    if at >= 0 and not counted and (tokens[at].has("dealing") or tokens[at].role("neutral") is not None):
        return True
    return _of_a_jail(tokens, at) or _comes_out(tokens, frame.count.last + 1)


def _of_a_jail(tokens: list[Token], at: int) -> bool:
    """ "the jail held 3,600 prisoners": those are its inmates."""
    return at > 0 and tokens[at].role("hold") is not None and tokens[at - 1].low in {"jail", "prison", "gaol"}


def _comes_out(tokens: list[Token], index: int) -> bool:
    """ "2,000 prisoners broke out of the jail"."""
    while index < len(tokens) and tokens[index].has("be", "have", "adverbs"):
        index += 1
    return index < len(tokens) and tokens[index].has("coming_out")


def _gave_up_in_peace(sentence: Sentence, frame: Frame) -> bool:
    """Fighters under an amnesty, and suspects who go to the police, are nobody's captives."""
    if frame.rule not in {"intransitive-subject", "event-of"}:
        return False
    tokens = sentence.tokens
    if any(token.has("amnesties") for token in tokens):
        return True
    at = frame.predicate or 0
    police = [t.low for t in tokens[at + 1 : at + 4]]
    civil = frame.count.noun is None or tokens[frame.count.noun].person is None or frame.count.kind == "civilians"
    return civil and police[:1] == ["to"] and "police" in police


def _off_the_list(sentence: Sentence, frame: Frame) -> bool:
    """ "another 40 are missing from the payroll": a name is, not a man."""
    if frame.measure is not Measure.MISSING or frame.predicate is None:
        return False
    after = sentence.tokens[frame.predicate + 1 : frame.predicate + 5]
    timed = len(after) > 1 and after[1].low.removesuffix("s") in TIME_UNITS  # "are still missing a week after"
    if frame.rule == "state" and not timed and after and after[0].low in {"the", "a", "their", "his", "our"}:
        return True  # "20 members are missing the vote"
    return bool(after) and after[0].low == "from" and any(t.has("rosters") for t in after)


def _left_a_business(sentence: Sentence, frame: Frame) -> bool:
    noun = frame.count.noun
    return frame.rule == "lost-object" and noun is not None and sentence.tokens[noun].has("leaving")


def _sum_of_money(sentence: Sentence, frame: Frame) -> bool:
    """ "losses of 120 million": no people are named, and no war has so many."""
    number = amount(sentence, frame)
    huge = number >= MILLIONS and number % ROUND == 0
    return huge and frame.measure is Measure.CASUALTIES and frame.count.noun is None


def _defeats(sentence: Sentence, frame: Frame) -> bool:
    """ "two early-round losses", "a five-set loss": where no war or danger is told they are matches and money."""
    noun = sentence.tokens[frame.count.last].low
    return frame.rule == "measure-noun" and noun in {"loss", "losses"} and not tells_of_danger(sentence)


def _lives_kept(sentence: Sentence, frame: Frame) -> bool:
    """ "sparing thousands of lives", "has changed a million lives": nobody has died."""
    before = sentence.tokens[max(0, frame.count.first - 2) : frame.count.first]
    kept = frame.rule == "measure-noun" and sentence.tokens[frame.count.last].low == "lives"
    return kept and any(t.low in told("keeping_lives") for t in before)


def _body_of_no_man(sentence: Sentence, frame: Frame) -> bool:
    """ "one celestial body", "two governing bodies", "a regulatory body": by the ending of their adjective."""
    noun, kind = sentence.tokens[frame.count.last], sentence.tokens[frame.count.last - 1]
    plain = not (kind.tags or kind.senses or kind.counts or kind.mention)
    number = frame.count.first
    if kind.low == "such" or (noun.low == "body" and number and sentence.tokens[number - 1].low == "as"):
        return True  # "one of the few such bodies", "acting as one body"
    official = kind.low.endswith(("al", "ive", "ory", "nly")) or kind.low in _RULING
    return noun.low in {"body", "bodies"} and plain and official


def _of_millions(sentence: Sentence, frame: Frame) -> bool:
    """ "Hackers took 30 million customers hostage": nobody holds so many captive but as a figure of speech."""
    return amount(sentence, frame) >= MILLIONS


def _of_illness(sentence: Sentence) -> bool:
    """ "Malaria kills 600,000 people a year": a count of another kind, unless an attack is told of with it."""
    if "illnesses" not in sentence.tags or not sentence.tags.isdisjoint({"incident", "military"}):
        return False
    tokens = sentence.tokens
    return any(t.has("illnesses") and not _of_war(tokens[i + 1 : i + 4]) for i, t in enumerate(tokens))


def _of_war(behind: list[Token]) -> bool:
    """ "an outbreak of fighting", "an epidemic of killings"."""
    return bool(behind) and behind[0].low == "of" and any(t.has("at_war") for t in behind)
