"""Scope: whether a figure counts since the start, over a window of time, or what fell in one event."""

import re
from typing import NamedTuple

from monitor.domain.claims import Measure, Scope
from monitor.extract.lexicon.scene_words import any_of, scene_words
from monitor.extract.measures.frames import RAISING, Frame, amount
from monitor.extract.scene.dates import ANY_MONTH as MONTH
from monitor.extract.scene.dates import DAY, MONTH_STEMS, undotted
from monitor.extract.scene.periods import (
    COUNT,
    EVENT,
    EVENT_WORDS,
    FIGHTING,
    LASTING,
    ONE,
    SEASON,
    SINCE,
    SINCE_DAY,
    period,
)
from monitor.extract.scene.raised import of_a_force
from monitor.extract.scene.spots import Extent
from monitor.extract.scene.when import SAID, clause, dated
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.sentence.stretches import own_words
from monitor.extract.text.cues import Cue, any_case

FEW = 150
"""More people than this seldom fall at one spot without the text saying how."""
_HARM = frozenset({Measure.KILLED, Measure.WOUNDED})
_FALLEN = _HARM | {Measure.CAPTURED}
_TIMED = r"overnight|weekend|night-time|night|dawn|pre-dawn|early-morning|morning|midday|lunchtime|evening|day-long"


_SINCE_START = Cue(r"\bsince\s+(?:they|it|he|she|being|its|their|the|russia|ukraine|israel|hamas|fighting)\b", "since")
_SINCE_ATTACKED = Cue(
    r"\bsince\s+(?:(?!\d)[\w'-]+\s+){0,4}(?:forces|troops|army|armies|soldiers|rebels|militias|sides)\s+"
    r"(?:attacked|invaded|advanced|crossed|marched|began|started|launched|resumed|opened)\b",
    "since",
)
""" "since Azerbaijani forces attacked at dawn": with that a war begins, where an army does it and not a gunman."""
_FULL_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH}),?\s+|(?:{MONTH})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
    r"|\d{1,2}[./]\d{1,2}[./])(?:(?:19|20)?\d\d)\b"
)
_TOTAL = Cue(
    rf"\b(?:since|from) (?:the )?{_FULL_DATE}"
    r"|\bsince (?:the|(?:19|20)\d\d|its|their|being|they|he|fighting|war|last|early|mid|late)\b"
    r"|\b(?:so far|to date|in all|since then)\b"
    r"|\bin total\b|\b(?:during|in|of) the (?:war|conflict)\b"
    r"|\bthe (?:war|conflict)\b[^;.]*?\b(?:has|took|began)\b|\boverall\b|\bfull-scale\b"
    r"|\bongoing\s+(?:attack|offensive|invasion|war|campaign|operation|conflict)\b"
    rf"|\bsince (?:{MONTH})\s+\d{{4}}\b|\byears? of\b|\b(?:days|weeks|months) of (?:the |all-out |open )?war(?:fare)?\b"
    r"|-(?:year|month)\b(?!-old)|\bclosed the books\b"
    r"|\bin (?:\d{1,2}|[a-z]+) years\b",
    "since",
    "from",
    "so far",
    "to date",
    "in all",
    "total",
    "war",
    "conflict",
    "overall",
    "full-scale",
    "ongoing",
    "year",
    "month",
    "closed",
)
_LONG = Cue(r"\b(?:campaign|offensive)s?\b", "campaign", "offensive")
ADDING_UP = any_case(
    r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered|fallen|taken|captured|buried|surrendered)"
    r"|\b(?:fighting|war|conflict|battle for)\b"
)
_HAVE_FALLEN = Cue(
    r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered|claimed|left)\b", "have", "has"
)
WHEN_CLAUSE = Cue(r"\b(?:since|on|of|to)\s+[^,;]{3,40},\s+(?=when\b)", "when")
""" "since Oct. 7, when gunmen killed 1,200": what follows fell on the day that it names."""
_RAISING = Cue(rf",\s+(?:{'|'.join(RAISING)}|putting|which\s+(?:takes|brings))\b", *RAISING, "putting", "which")
_FORMERLY = Cue(
    r",\s+[\d,]+\s+(?:more|fewer|less)\s+than\b[^;]*"
    r"|[,(]?\s*\b(?:(?:up|down|rising|rose|climbing)\s+from|compared\s+(?:with|to)|(?:as|,)\s+against)\s+(?:\w+\s+){0,2}[\d,]+[^,;.)]*"
    r"|\s+from\s+\d[\d,]*\s+(?:in\s+(?:19|20)\d\d|last|a\s+(?:year|month|week))\b[^,;.)]*",
    "than",
    "from",
    "compared",
    "against",
)
_SIDE = any_case(r"[,\s]*(?:as\s+)?against\b")
""" ", against 61 policemen": the other side of the same time; "against 41 last year" counts over another."""
_FORMER = Cue(r",\s+(?:up|down|rising|climbing)\s+from\s+(?:the\s+|its\s+)?[\d,]*\d(?P<rest>[^,;.]*)", "from")
""" "…, up from the 85 that it gave on Saturday": over what that counts, the figure says that takes its place."""
_GIVEN = any_case(r"\s+(?:that|which|given|it)\b")
_MOST = "worst|heaviest|deadliest|bloodiest|costliest|highest|biggest|largest"
_SUPERLATIVE = Cue(
    rf",\s+(?:the|its|their|a)\s+(?:\w+\s+){{0,2}}(?:{_MOST})\b[^;]*",
    "worst",
    "iest",
    "highest",
    "biggest",
    "largest",
)
_DEADLIEST_SINCE = Cue(
    rf"\b(?:{_MOST}|first)\s+(?:[\w-]+\s+){{0,5}}(?P<since>since\b[^,;:]*[,:])",
    "since",
)
""" "In the deadliest attack since the ceasefire, a bomber killed 21": what it is held against counts nothing."""
_COMPARED = Cue(
    r"[,—–-]\s+(?:(?:many|several|two|three|four|five|ten|\d+)\s+times|twice|double|half|more\s+than|as\s+many\s+as)\s+(?:the|its|as\s+many)\b",
    *("times", "twice", "double", "half", "more", "many"),
)
""" "4,000, many times the 250 that it lost in the 34-day war": the window of what it is compared with."""
_COUNTED_BY = any_case(rf"\b(?:by|as\s+of|until|up\s+to)\s+(?:\w+\s+)?(?:{DAY})\b")
_ONE_EVENT = Cue(
    rf"\b(?:{DAY}|yesterday|today|last\s+night|(?:last|this)\s+(?:week|weekend|month|year))'s\s+(?:\w+\s+){{0,3}}(?:{EVENT})\b"
    rf"|\b(?:toll|dead|died|death\s+toll|killed)\s+(?:from|in|of|by)\s+(?:the|a|an)\s+(?:[\w-]+\s+){{0,3}}(?!battle\s+for\b)(?:{ONE})\b"
    rf"|\b(?:{_TIMED}|(?:{COUNT})-(?:day|hour|night))\s+"
    rf"(?:[\w-]+\s+){{0,2}}(?:{EVENT})\b",
    *EVENT_WORDS,
)
_NTH_DAY = Cue(r"\bon\s+the\s+\w+\s+day\s+of\b", "day")
_PART_OF_DAY = Cue(
    rf"\b(?:at|by|before|around|until|since)\s+(?:\w+\s+)?(?:{any_of('parts_of_day')})\b", *scene_words("parts_of_day")
)
_HELD = any_case(
    r"\b(?:is|are|was|were|be|been|being|still)\s+(?:\w+\s+)?held\b|\b(?:holding|holds|hold)\b|\bin\s+(?:captivity|custody)\b"
)
_STILL_SO = Cue(
    r"\b(?:still|now|currently)\s+(?:being\s+)?(?:held|in\s+captivity|in\s+custody|prisoners?)\b|\b(?:holds?|(?:is|are)\s+(?:\w+\s+)?(?:holding|being\s+held))\b"
    r"|\bremain(?:s|ed)?\s+in\s+captivity\b|\bin\s+\w+\s+hands\b"
    r"|\bstill\s+(?:\w+\s+){0,2}missing\b",
    "hold",
    "held",
    "captivity",
    "custody",
    "prisoner",
    "hands",
    "missing",
)
""" "is holding 12 soldiers seized last week": held today, whenever they were taken."""
_A_SINGLE = Cue(
    rf"(?:^|[^\w-])(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{ONE})\b.*\bin\s+(?:(?:{MONTH})\b|(?:19|20)\d\d\b)|\bin\s+(?:(?:{MONTH})|(?:19|20)\d\d)\b,?\s+(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{ONE})\b",
    *MONTH_STEMS,
    "19",
    "20",
)
_A_SINGLE_LATELY = Cue(
    rf"\b(?:in|after|by|when)\s+(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{ONE})\b.*\b(?:this|last)\s+(?:week|month|year|weekend|{SEASON})\b",
    "this",
    "last",
)
""" "after a collision near Singapore earlier this week": the week of one event, no window."""
_SITES = (
    "mall", "school", "university", "college", "mosque", "church", "market", "hotel", "concert", "wedding", "funeral",
    "nightclub", "stadium", "festival", "checkpoint",
)  # fmt: skip
_AT_SITE = Cue(rf"\bat\s+(?:an?|the|[\w-]+'s)\s+(?:[\w-]+\s+){{0,2}}(?:{'|'.join(_SITES)})\b", *_SITES)
""" "67 people at a mall in 2013": a deed at one building, whatever year it is told of."""
_ON_A_DAY = (
    rf"(?:(?:\s+(?!\d)[\w'-]+){{0,4}}?\s+(?:on|in|at|over)\s+(?:early\s+|late\s+|mid-|last\s+|the\s+)?"
    rf"(?:{DAY}|weekend|(?:\d{{1,2}}\s+)?(?:{MONTH})(?:\s+\d{{1,2}}\b)?))?"
)
_WAR_BEGAN = Cue(
    rf"\bsince\s+(?:the\s+|its\s+|their\s+)?(?:(?!{DAY}\b)[\w-]+\s+){{0,2}}(?:war|conflict|invasion|uprising|insurgency|fighting)\b"
    rf"(?:\s+(?:with|on|against|in|between)\s+(?:[\w-]+\s+){{0,4}}?\w+)?(?:\s+(?:erupted|began|started|broke\s+out|flared))?"
    rf"(?:\s+(?:in|on)\s+(?:early\s+|late\s+|mid-)?(?:\d{{1,2}}\s+)?(?:{MONTH})(?:\s+\d{{1,2}}\b)?)?",
    "since",
)
_STARTED = r"(?:began|begun|started|broke\s+out|erupted|flared(?:\s+up)?|resumed)"
_OF_FIGHTING = rf"(?:{FIGHTING}|{LASTING}|hostilities|operation|rebellion|invasion|crisis|guns)"
_FIGHTING_BEGAN = Cue(
    rf"\bsince\s+(?:(?!\d)[\w'-]+\s+){{0,4}}{_OF_FIGHTING}\s+(?:(?!\d)[\w'-]+\s+){{0,5}}{_STARTED}\b{_ON_A_DAY}"
    rf"|\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset)\s+of\s+(?:(?!\d)[\w'-]+\s+){{0,3}}{_OF_FIGHTING}\b"
    rf"(?:\s+(?:with|against|in|between)\s+(?:(?!\d)[\w'-]+\s*){{1,2}}?)?{_ON_A_DAY}",
    "since",
)
""" "since fighting broke out along the border on Saturday", "since the start of the clashes with Mali on 3 May": since
the start, whatever day that was."""
_COMBAT = Cue(
    r"\b(?:in|during|after)\s+(?:the|a|that|this)\s+(?:[\w-]+\s+){0,2}(?:fighting|combat|exchange\s+of\s+fire|stand-off|fight|melee)\b"
    r"|\bthe\s+(?:\w+\s+)?(?:fighting|clashes|exchange)\s+(?:left|killed|claimed|cost|wounded|injured)\b|\bhand-to-hand\b",
    "fight",
    "combat",
    "exchange",
    "stand-off",
    "melee",
    "clashes",
    "hand-to-hand",
)
""" "in the fighting", "the fighting left 10 dead": of a few, that which was just told of."""
_WIDELY = frozenset({"across", "throughout", "nationwide", "countrywide"})
""" "killed overnight across Gaza": in more than one place, so over a night, not in one event."""
_WEEKS = any_case(r"\b(?:weeks|months|days|years)\b")
_LASTED = Cue(
    rf"\b(?:{COUNT})[\s-]+(?:days|weeks|months|years)\s+of\s+(?:\w+\s+)?(?:{FIGHTING}|{LASTING})\b",
    *("days", "weeks", "months", "years"),
)
""" "Ten days of fighting have left 147 dead": they fell one after the other, wherever it was."""
_RISEN = any_case(r"\bnumber\s+of\s+(?!\d).*\b(?:has|have|had)\s+(?:now\s+)?(?:risen|climbed|grown|reached|passed)\b")
_WITHIN_HOURS = Cue(rf"\b(?:in|within|inside|over)\s+(?:the\s+space\s+of\s+)?(?:an|{COUNT})\s+hours?\b(?!-)", "hour")
_AT_ONCE = Cue(rf"\b(?:{any_of('at_once', 'great_events')})\b", *scene_words("at_once", "great_events"))
_POST_TAKEN = Cue(
    r"\b(?:took|taking|captur(?:ed|ing)|seiz(?:ed|ing)|destroy(?:ed|ing)|wip(?:ed|ing)\s+out|retook|raz(?:ed|ing))"
    r"\s+(?:an?|the|its|their)\s+(?:[\w-]+\s+){0,2}(?:camp|post|outpost|base|barracks|garrison|checkpoint|fort)\b",
    *("camp", "post", "base", "barracks", "garrison", "checkpoint", "fort"),
)
""" "wiped out the camp and killed 1,208": one post falls at once."""
_RESCUERS = Cue(rf"\b(?:{any_of('rescuers')})\b", *scene_words("rescuers"))
_A_DAY = "day|night|afternoon|morning|evening"
_IN_ONE_DAY = Cue(
    rf"\b(?:in|within)\s+(?:(?:just|only)\s+)?(?:one|a\s+single)\s+(?:{_A_DAY})\b|\bthat\s+(?:very\s+)?(?:{_A_DAY})\b(?!')",
    "single",
    "one",
    "that",
)
""" "were killed that day", "in a single night"."""
_SAID_THAT_DAY = Cue(
    rf"\b(?:{SAID})\s+(?:(?:[a-z]+\s+){{0,2}}that\s+(?:very\s+)?(?:{_A_DAY})(?=\s+that\b)|that\s+(?:very\s+)?(?:{_A_DAY})\b)",
    "that",
)
""" "told reporters that morning that 40 had been captured", "said that day": when it was said."""
_SINCE = any_case(r"\bsince\b")
_CHANGED = (
    r"(?:rose|risen|climbed|jumped|doubled|tripled|increased|grown|grew|soared|surged|swelled|mounted"
    r"|gone\s+up|went\s+up)"
)
_CHANGED_THEN = Cue(
    rf"\b(?:toll|number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities|victims|missing|wounded|injured))\b[^,;]*\b{_CHANGED}\s+"
    r"(?:to\s+(?:\w+\s+){0,2}[\d,]*\d\s+)?(?P<then>overnight|over\s+the\s+weekend)\b",
    "overnight",
    "weekend",
)
""" "the toll rose overnight to 46": when it did, not over what it counts; "those killed overnight rose to 46" does."""
_FOUND_DEAD = Cue(
    r"\bfound\s+(?:[\w-]+\s+){1,4}dead\b|\b(?:bodies|corpses|remains)\b.*\bfound\b|\bfound\s+(?:dead|\w+\s+(?:bodies|corpses))\b",
    "found",
)


class Span(NamedTuple):
    """Over what a figure counts; `days` is the window of a period where it is known. `sure` is False where nothing in
    the words says so and what was told before decides."""

    scope: Scope
    days: int | None = None
    sure: bool = True
    rule: str = "scope-unsaid"


_UNSAID = Span(Scope.CUMULATIVE, None, sure=False)


def scope_of(sentence: Sentence, frame: Frame, extent: Extent) -> Span:
    """Cumulative, period with the days of its window (None when unknown), or incident. `extent`: the place's."""
    if frame.measure is Measure.DEPLOYED:
        return Span(Scope.CUMULATIVE, rule="scope-standing")
    begin, end = clause(sentence, frame)
    number = sentence.tokens[frame.count.number].start - begin
    if is_former(sentence.text[begin:end], number):
        return Span(Scope.CUMULATIVE, sure=False, rule="scope-unsaid")
    words, number = words_over(sentence, frame)
    if _ONE_EVENT.search(words) or _fell_that_day(sentence, frame, words):
        return Span(Scope.INCIDENT, rule="scope-one-event")
    for began in (_WAR_BEGAN, _FIGHTING_BEGAN):
        if began.search(words) is not None and period(began.without(words), number) is None:
            return Span(Scope.CUMULATIVE, rule="scope-since-start")
    since = _SINCE_START.search(words) or _SINCE_ATTACKED.search(words)
    if since and not SINCE_DAY.search(words) and period(words, number) is None:
        return Span(Scope.CUMULATIVE, rule="scope-since-start")
    window = period(words, number)
    if window is not None and not _one_blow(sentence, words, extent):
        still = frame.measure in {Measure.CAPTURED, Measure.MISSING} and _STILL_SO.search(words) is not None
        over = Span(Scope.PERIOD, window or None, rule="scope-window")
        return Span(Scope.CUMULATIVE, rule="scope-held") if still else over
    if window is not None and (_AT_SITE.search(words) or _A_SINGLE_LATELY.search(words)):
        return Span(Scope.INCIDENT, rule="scope-one-event")
    total = _TOTAL.search(words) or _NTH_DAY.search(words) or of_a_force(sentence, frame)
    if total or (_LONG.search(words) and not dated(words, number)):
        return Span(Scope.CUMULATIVE, rule="scope-total")
    if frame.measure is Measure.CAPTURED and _HELD.search(words):
        return Span(Scope.CUMULATIVE, rule="scope-held")
    if frame.measure is Measure.CAPTURED and frame.rule == "measure-noun":
        return Span(Scope.CUMULATIVE, sure=not _counts_before(sentence, frame, begin), rule="scope-held")
    return _of_event(sentence, frame, words, number, begin, end, extent)


def _fell_that_day(sentence: Sentence, frame: Frame, words: str) -> bool:
    """ "In one night my boys killed fourteen", "2,389 surrendered in one day"; the many of a day are its count."""
    number = sentence.tokens[frame.count.number].number
    few = number is not None and number.quantity.number <= FEW
    if frame.measure not in _FALLEN or not (few or frame.measure is Measure.CAPTURED):
        return False
    own = _SAID_THAT_DAY.without(words)
    return _IN_ONE_DAY.search(own) is not None and _SINCE.search(words) is None


def is_former(words: str, number: int) -> bool:
    """True for the older count of "has risen to 56, up from 47 on Tuesday", where it has no window of its own."""
    inset = next((m for m in _FORMER.finditer(words) if m.start() <= number < m.end()), None)
    return inset is not None and (_GIVEN.match(inset["rest"]) is not None or period(inset["rest"], 0) is None)


def _one_blow(sentence: Sentence, words: str, extent: Extent) -> bool:
    """ "massacred overnight", "missiles hit a block in Ternopil overnight", "a bomb in 2009": a single deed keeps its
    toll whatever hours it took."""
    low = {token.low for token in sentence.tokens}
    if low & scene_words("massacres") and _WEEKS.search(words) is None and SINCE.search(words) is None:
        return True
    if _A_SINGLE.search(words) is not None and not re.search(r"\b(?:week|month)s?\b", words):
        return True
    if _A_SINGLE_LATELY.search(words) is not None or _AT_SITE.search(words) is not None:
        return True
    if not re.search(r"\bovernight\b|\bhours?\b|\bnight\b", words):
        return False
    if low & (scene_words("great_events") | {"ambush", "crash", "bombing"}):
        return True
    if "overnight" in low and extent is not Extent.NONE and low.isdisjoint(_WIDELY):
        told = any(token.has("incident") for token in sentence.tokens) and extent is not Extent.LAND
        return told or not low.isdisjoint(scene_words("single_events"))
    return extent is Extent.SPOT and not low.isdisjoint(scene_words("single_events"))


def _of_event(sentence: Sentence, frame: Frame, words: str, at: int, begin: int, end: int, extent: Extent) -> Span:
    """An incident where a strike or clash is named, a day is, or few fell at one spot and nothing adds up."""
    size = amount(sentence, frame)
    told = _until_said(sentence, frame, words, at)
    if told is not None:
        words, end = words[: told - begin], told
    fallen = _HAVE_FALLEN.search(words) is not None
    strong = size > FEW and fallen
    once = _AT_ONCE.search(words) or _POST_TAKEN.search(words)
    if _names_event(sentence, frame, begin, end, strong=strong) or (once and (size <= 10 * FEW or not fallen)):
        return Span(Scope.INCIDENT, rule="scope-event")
    if _names_event(sentence, frame, sentence.start, sentence.end if told is None else told, strong=strong):
        return Span(Scope.INCIDENT, sure=False, rule="scope-event")
    lost = frame.measure is Measure.CASUALTIES and size <= FEW
    if (
        (lost or frame.measure in _FALLEN)
        and dated(words, at)
        and (size <= 10 * FEW or _COUNTED_BY.search(words) is None)
    ):
        return Span(Scope.INCIDENT, rule="scope-dated")
    if size <= FEW and not fallen and _COMBAT.search(words) is not None and frame.measure is not Measure.CAPTURED:
        return Span(Scope.INCIDENT, sure=False, rule="scope-event")
    if size <= 10 * FEW and _part_of_a_post(sentence, frame):
        return Span(Scope.INCIDENT, sure=False, rule="scope-few-at-once")
    rescued = _RESCUERS.search(words) is not None and size <= 10 * FEW
    taken = frame.measure is Measure.CAPTURED and extent is Extent.SPOT  # "500 troops were taken captive in Babanusa"
    if rescued or (size <= (10 * FEW if taken else FEW) and _few_at_once(sentence, frame, words, extent)):
        return Span(Scope.INCIDENT, sure=False, rule="scope-few-at-once")
    return _UNSAID


def _until_said(sentence: Sentence, frame: Frame, words: str, at: int) -> int | None:
    """ "The number of those killed has risen to 61, Kabul said after a night of duels": what happened before it was
    said is no event of a toll that has been rising; where its words end. None for any other figure."""
    if frame.rule != "toll-link" or _RISEN.search(words[:at]) is None:
        return None
    verbs = [s for s in sentence.speeches or () if s.rule == "said-after" and s.verb > frame.count.number]
    return min((sentence.tokens[s.first].start for s in verbs), default=None) if verbs else None


def _part_of_a_post(sentence: Sentence, frame: Frame) -> bool:
    """ "Of the 120 policemen who held the town, nine are dead": the parts of one body of men met one fate."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low != "of" or len(tokens) < 4:
        return False
    whole = next((i for i in range(1, 4) if tokens[i].counts), None)
    if whole is None or whole >= frame.count.number:
        return False
    force = next((t for t in tokens[whole + 1 : whole + 4] if t.person is not None), None)
    return force is not None and force.low not in {"hostages", "prisoners", "captives"}


def _counts_before(sentence: Sentence, frame: Frame, begin: int) -> bool:
    """ "list 84 mercenaries killed and seven prisoners": captives beside the dead of one event are of that event."""
    return any(token.counts and token.start >= begin for token in sentence.tokens[: frame.count.first])


def _few_at_once(sentence: Sentence, frame: Frame, words: str, extent: Extent) -> bool:
    """Few people at one spot, at one time of a day, or found together, where nothing adds up."""
    told = words[words.rfind(":", 0, max(0, sentence.tokens[frame.count.number].start - sentence.start)) + 1 :]
    adding = ADDING_UP.search(told)
    if _LASTED.search(told) is not None:
        return False
    if adding is not None and (extent is not Extent.SPOT or adding.group().lower() != "fighting"):
        return False
    if frame.measure in _HARM:
        at_once = any(cue.search(words) is not None for cue in (_PART_OF_DAY, _FOUND_DEAD, _WITHIN_HOURS))
        return at_once or extent >= Extent.REGION
    return extent is Extent.SPOT


def _names_event(sentence: Sentence, frame: Frame, begin: int, end: int, *, strong: bool) -> bool:
    """A word of an event outside the counted phrase: "hundreds of gunmen" names none. Many that "have been killed"
    fell in one event only where a `strong` word names it: strikes, artillery and clashes add up over time."""
    if "incident" not in sentence.tags and sentence.words.isdisjoint(scene_words("stormings") | {"battle"}):
        return False
    own = range(frame.count.first, frame.count.last + 1)
    single = scene_words("single_events", "great_events") - scene_words("weapons")
    return any(
        ("incident" in token.tags or token.low in scene_words("stormings") or _battle(sentence, index))
        and index not in own
        and begin <= token.start < end
        and (not strong or token.low in single)
        for index, token in enumerate(sentence.tokens)
    )


def _battle(sentence: Sentence, index: int) -> bool:
    """ "Sunday's battle", "a two-day battle"; not "in battle", and the battle for a city may go on for months."""
    after = sentence.tokens[index + 1].low if index + 1 < len(sentence.tokens) else ""
    before = sentence.tokens[index - 1].low if index else ""
    return sentence.tokens[index].low == "battle" and after != "for" and before != "in"


def span_of_heading(words: str) -> Span | None:
    """Over what the rows below "Losses in the past week, according to …:" count; None where it says nothing."""
    window = period(words, 0)
    if window is not None:
        return Span(Scope.PERIOD, window or None, rule="scope-heading")
    return Span(Scope.CUMULATIVE, rule="scope-heading") if _TOTAL.search(words) else None


def counts_over(words: str) -> bool:
    """True for words that tell over what time something counts."""
    return period(words, 0) is not None or _TOTAL.search(words) is not None


def words_over(sentence: Sentence, frame: Frame) -> tuple[str, int]:
    """The words that may tell over what time a figure counts, and where its number stands in them."""
    begin, end = clause(sentence, frame)
    number = sentence.tokens[frame.count.number].start - begin
    words = undotted(own_words(sentence, begin, end, number, counts_over))
    if (changed := _CHANGED_THEN.search(words)) is not None:
        words = words[: changed.start("then")] + " " * len(changed["then"]) + words[changed.end("then") :]
    return _own_words(words, number)


def _own_words(words: str, number: int) -> tuple[str, int]:
    """The words without ", taking the number killed this year to 81" and "up from 3,000 in December", which count over
    another time; and where the number stands in them."""
    match = WHEN_CLAUSE.search(words)
    if match is not None and match.end() < number:
        return words[match.end() :], number - match.end()
    match = _RAISING.search(words)
    if match is not None:
        cut = match.start()
        words, number = (words[:cut], number) if number < cut else (words[cut:], number - cut)
    match = _DEADLIEST_SINCE.search(words, 0, number)
    if match is not None:
        words = words[: match.start("since")] + words[match.end("since") :]
        number -= len(match["since"])
    match = _SUPERLATIVE.search(words, number)
    if match is not None:
        words = words[: match.start()] + words[match.end() :]
    match = _COMPARED.search(words, number)
    if match is not None:
        words = words[: match.start()]
    for match in _FORMERLY.finditer(words):
        if number < match.start():
            return words[: match.start()] + words[match.end() :], number
        if number < match.end() and not (_SIDE.match(match.group()) and period(match.group(), 0) is None):
            return words[match.start() : match.end()], number - match.start()
    return words, number
