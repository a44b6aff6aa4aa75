"""Scope: whether a figure counts since the start, over a window of time, or what fell in one event."""

import re
from typing import NamedTuple

from monitor.domain.claims import Measure, Scope
from monitor.extract.annotate import Sentence
from monitor.extract.dates import ANY_MONTH as MONTH
from monitor.extract.dates import DAY, any_case, undotted
from monitor.extract.frames import Frame
from monitor.extract.scene_words import any_of, holds, scene_words
from monitor.extract.spots import Extent
from monitor.extract.stretches import own_words
from monitor.extract.when import SAID, clause, dated

FEW = 150
"""More people than this seldom fall at one spot without the text saying how."""
UNKNOWN_WINDOW = 0
_HARM = frozenset({Measure.KILLED, Measure.WOUNDED})
_FALLEN = _HARM | {Measure.CAPTURED}
_NUMBERS = {"a few": 3, "several": 3, "few": 3, "couple of": 2, "twelve": 12, "twenty-four": 24} | {
    word: value
    for value, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_UNITS = {
    "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "weekend": 2, "fortnight": 14, "month": 30, "quarter": 91,
    "year": 365, "season": 91,
}  # fmt: skip
_FIXED = {"alone": 1, "daily": 1, "overnight": 1, "weekly": 7, "monthly": 30, "annually": 365, "annual": 365}
_ORDINALS = {word: n for n, word in enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh"), 2)}
_UNIT = "|".join(_UNITS)
_HOURS = "midnight|dawn|noon|daybreak|nightfall|dusk|sunrise|sunset"
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_OURS = "its|their|his|her|our|my"
_LAST = r"past|last|latest|previous|preceding|first|space\s+of|course\s+of|same|next"
_COUNTED = r"soldiers|people|men|troops|casualties|losses|civilians|lives"
_RATED = r"loss|losses|casualt|death|toll|average|rate|tally|count|figure"
_FIGHTING = r"fighting|clashes|battles?|shelling|bombardment|violence|unrest|rioting|strikes|attacks|air\s+strikes"
_KINDS_OF_WAR = "fighting|siege|operation|killing|killings|coup|gunmen|throats|war"
_ONE = rf"(?!(?:{_KINDS_OF_WAR})\b)(?:" + any_of("single_events", "great_events") + ")"
_EVENT = _ONE + r"|strikes|attacks|airstrikes|raids|shelling|blasts|clashes|bombings"
_LASTING = "siege|war|offensive|campaign|conflict|uprising|insurgency|occupation"
_TIMED = r"overnight|weekend|night-time|night|dawn|pre-dawn|early-morning|morning|midday|lunchtime|evening|day-long"


_SINCE_DAY = any_case(
    rf"\bsince\s+[^,;.]{{4,70}}\bon\s+(?:\d{{1,2}}\s+(?:{MONTH})|(?:{MONTH})\s+\d{{1,2}}|{DAY})\b(?!,?\s+\d{{4}})"
)
""" "since the two armies turned on each other on 15 April": a day of this year bounds the time."""
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "in the past week", "over the last 24 hours", "in two days", "within three days"
    ("window", any_case(
        rf"\b(?:in|over|during|within|for|of)\s+(?:(?:just|only|barely|under)\s+)?(?:"
        rf"(?:the|a|{_OURS})\s+(?:{_LAST})?\s*(?:{_COUNT}[\s-]+)?(?:single\s+)?(?P<u>{_UNIT})s?"
        rf"|(?:{_LAST})\s+(?:{_COUNT.replace('<n>', '<n2>')}[\s-]+)?(?P<u2>{_UNIT})s?"
        rf"|{_COUNT.replace('<n>', '<n3>')}[\s-]+(?P<u3>{_UNIT})s?)\b"
        rf"(?!-|\s+(?:(?!of\b|in\b|by\b|from\b|as\b|and\b)[a-z]+\s+)?(?:{_EVENT}|{_LASTING})\b)"
    )),
    ("window", any_case(rf"\b(?:the|this)\s+(?:past|last|previous)\s+(?:{_COUNT}[\s-]+)?(?P<u>{_UNIT})s?\b")),
    ("window", any_case(r"\b(?:this|last)\s+(?P<u>week|weekend|month|year|season)\b(?!'s)")),
    ("window", any_case(r"\b(?:over|at|during)\s+the\s+(?P<u>weekend)\b")),
    ("window", any_case(rf"\b(?:the|after|these)\s+{_COUNT}[\s-]+(?P<u>day|night|week)s?\s+of\s+(?:{_FIGHTING})\b")),
    ("nth", any_case(
        rf"\bfor\s+(?:a|the)\s+(?P<nth>{'|'.join(_ORDINALS)})\s+(?:straight\s+|successive\s+)?(?P<u>day|night|week)\b"
    )),
    ("daily", any_case(r"\b(?P<u>overnight)\b")),
    # "The day before, losses came to 960"
    ("window", any_case(r"\bthe\s+(?P<u>day|night|week|month)\s+before(?=\s*[,.;)]|\s*$)")),
    # "a day", "per day", "every single day", "daily", "a month on average"
    ("daily", any_case(rf"\bon\s+(?:{DAY})\s+(?P<u>alone)\b")),
    ("rate", any_case(r"\b(?:per|every|each)\s+(?:single\s+)?(?P<u>day|night|week|month|year|hour)\b")),
    ("rate", any_case(
        r"(?<=[a-z0-9])(?<!\bof)(?<!\bin)(?<!\bfor)(?<!thin)\s+an?\s+(?P<u>day|night|week|month|hour)\b"
        r"(?!\s+(?:ago|after|before|earlier|later|of|when|that|old|into))"
    )),
    ("daily", any_case(rf"\b(?P<u>daily|weekly|monthly|annual)\s+(?:\w+\s+)?(?:{_RATED})")),
    ("daily", any_case(rf"(?:{_COUNTED})\s+(?P<u>daily|weekly|monthly|annually)\b")),
    # "in January", "between 26 and 30 January", "since 6 March", "in 2024"
    ("month", any_case(
        rf"\b(?:in|during|throughout|for)\s+(?:all\s+of\s+)?(?:early\s+|late\s+|mid-)?(?:{MONTH})"
        rf"(?:\s+and\s+(?:{MONTH}))?\b(?!\s+\d{{1,2}}\b(?!\d))"
    )),
    ("since", any_case(
        rf"\bsince\s+(?:last\s+|early\s+|late\s+)?(?:\d{{1,2}}\s+(?:{MONTH})|(?:{MONTH})\s+\d{{1,2}}\b(?!\d)|{DAY}|yesterday)\b(?!\s+\d{{4}})"
    )),
    ("since", _SINCE_DAY),
    ("since", any_case(
        rf"\bsince\s+(?:the\s+(?:new\s+year|weekend)|(?:the\s+)?(?:start|beginning|turn)\s+of\s+(?:the|this)\s+(?:{_UNIT})"
        rf"|(?:early\s+)?(?:this|last)\s+(?:morning|week|weekend|month|year|{MONTH})|{_HOURS}|(?:early\s+|late\s+|mid-)?(?:{MONTH}))\b"
        rf"(?!\s+\d|,?\s+of\b)"
    )),
    ("between", any_case(
        rf"\b(?:between|from)\s+(?:\d{{1,2}}\s+(?:(?:{MONTH})\s+)?(?:and|to|until)\s+\d{{1,2}}\s+(?:{MONTH})"
        rf"|(?:{MONTH})(?:\s+\d{{1,2}})?\s+(?:and|to|until)\s+(?:(?:{MONTH})(?:\s+\d{{1,2}})?|\d{{1,2}})"
        rf"|(?:{DAY})\s+(?:and|to|until)\s+(?:{DAY}))\b"
    )),
    ("month", any_case(rf"\b(?:{MONTH}),\s+with\b")),
    ("year", any_case(r"\b(?:in|during|throughout)\s+(?:19|20)\d\d\b")),
    ("window", any_case(r"\b(?:so\s+far\s+this|already\s+this)\s+(?P<u>week|month|year)\b")),
)  # fmt: skip
_ANY_TIME = re.compile(
    r"hour|da[yiw]|night|week|month|quarter|year|season|annual|noon|dusk|sun|(?:19|20)\d\d"
    rf"|{'|'.join(month[:3] for month in MONTH.split('|'))}"
)
"""What every period holds; in lower case. One look for it spares sixteen."""
_POINTED = any_case(rf"\b(?:this|last)\s+(?:week|weekend|month|year)\b|\b(?:in|early|late)\s+(?:{MONTH})\b|overnight")
"""Windows that may as well be those of a verb of saying: "in January the army said", "said this week that"."""
_SINCE_START = any_case(r"\bsince\s+(?:they|it|he|she|being|its|their|the|russia|ukraine|israel|hamas|fighting)\b")
_FULL_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH}),?\s+|(?:{MONTH})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
    r"|\d{1,2}[./]\d{1,2}[./])(?:(?:19|20)?\d\d)\b"
)
_TOTAL = any_case(
    rf"\b(?:since|from) (?:the )?{_FULL_DATE}"
    r"|\bsince (?:the|(?:19|20)\d\d|its|their|being|they|he|fighting|war|last|early|mid|late)\b"
    r"|\b(?:so far|to date|in all|since then)\b"
    r"|\bin total\b|\b(?:during|in|of) the (?:war|conflict)\b"
    r"|\bthe (?:war|conflict)\b[^;.]*?\b(?:has|took|began)\b|\boverall\b|\bfull-scale\b"
    r"|\bongoing\s+(?:attack|offensive|invasion|war|campaign|operation|conflict)\b"
    rf"|\bsince (?:{MONTH})\s+\d{{4}}\b|\byears? of\b|-(?:year|month)\b(?!-old)|\bclosed the books\b"
)
_LONG = any_case(r"\b(?:campaign|offensive)s?\b")
ADDING_UP = any_case(
    r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered|fallen|taken|captured|buried|surrendered)"
    r"|\b(?:fighting|war|conflict|battle for)\b"
)
_HAVE_FALLEN = any_case(r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered|claimed|left)\b")
WHEN_CLAUSE = any_case(r"\b(?:since|on|of|to)\s+[^,;]{3,40},\s+(?=when\b)")
""" "since Oct. 7, when gunmen killed 1,200": what follows fell on the day that it names."""
_RAISING = any_case(r",\s+(?:taking|bringing|raising|pushing|lifting|putting|which\s+(?:takes|brings))\b")
_FORMERLY = any_case(
    r",\s+[\d,]+\s+(?:more|fewer|less)\s+than\b[^;]*"
    r"|[,(]?\s*\b(?:(?:up|down|rising|rose|climbing)\s+from|compared\s+with|as\s+against)\s+(?:\w+\s+){0,2}[\d,]+[^,;.)]*"
)
_SUPERLATIVE = any_case(
    r",\s+(?:the|its|their|a)\s+(?:\w+\s+){0,2}(?:worst|heaviest|deadliest|bloodiest|costliest|highest|biggest|largest)\b[^;]*"
)
_COMPARED = any_case(
    r"[,—–-]\s+(?:(?:many|several|two|three|four|five|ten|\d+)\s+times|twice|double|half|more\s+than|as\s+many\s+as)\s+(?:the|its|as\s+many)\b"
)
""" "4,000, many times the 250 that it lost in the 34-day war": the window of what it is compared with."""
_BEGAN = any_case(r"\b(?:began|begun|begins|started|erupted|broke\s+out|launched)\s+(?:\w+\s+)?$")
_NEXT_CLAUSE = any_case(
    rf",\s+(?:and|but|while|whereas)\s+(?:\w+\s+){{0,3}}(?:\d[\d,]*|{'|'.join(_NUMBERS)})\s+(?:\w+\s+)?(?:have|has|had|were|was|died)\b"
)
_WHEN = any_case(r"\b(?:when|as|after)\b")
_SINCE = any_case(r"\bsince\b[^,;]*$")
_SAID_BEFORE = any_case(rf"\b(?:{SAID})\s+(?:(?:earlier|later|late|early|on|just|only)\s+)*$")
_SAID_NEAR = any_case(rf"\b(?:{SAID})\s+(?:(?!\d)[\w'-]+\s+){{0,4}}$")
_SAYING = any_case(rf"\b(?:{SAID})\b")
_MOURNING = any_case(rf"\b(?:{any_of('mourning')})\b")
_COUNTED_BY = any_case(rf"\b(?:by|as\s+of|until|up\s+to)\s+(?:\w+\s+)?(?:{DAY})\b")
_ONE_EVENT = any_case(
    rf"\b(?:{DAY}|yesterday|today|last\s+night|(?:last|this)\s+(?:week|weekend|month|year))'s\s+(?:\w+\s+){{0,3}}(?:{_EVENT})\b"
    rf"|\b(?:toll|dead|died|death\s+toll|killed)\s+(?:from|in|of|by)\s+(?:the|a|an)\s+(?:[\w-]+\s+){{0,3}}(?:{_ONE})\b"
    rf"|\b(?:{_TIMED}|(?:{_COUNT})-(?:day|hour|night))\s+"
    rf"(?:[\w-]+\s+){{0,2}}(?:{_EVENT})\b"
)
_NTH_DAY = any_case(r"\bon\s+the\s+\w+\s+day\s+of\b")
_PART_OF_DAY = any_case(rf"\b(?:at|by|before|around|until|since)\s+(?:\w+\s+)?(?:{any_of('parts_of_day')})\b")
_HELD = any_case(
    r"\b(?:is|are|was|were|be|been|being|still)\s+(?:\w+\s+)?held\b|\b(?:holding|holds|hold)\b|\bin\s+(?:captivity|custody)\b"
)
_A_SINGLE = any_case(
    rf"(?:^|[^\w-])(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{_ONE})\b.*\bin\s+(?:(?:{MONTH})\b|(?:19|20)\d\d\b)|\bin\s+(?:(?:{MONTH})|(?:19|20)\d\d)\b,?\s+(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{_ONE})\b"
)
_A_SINGLE_LATELY = any_case(
    rf"\b(?:in|after|by|when)\s+(?:an?|one|another)\s+(?:(?!\d)[\w-]+\s+){{0,2}}(?:{_ONE})\b.*\b(?:this|last)\s+(?:week|month|year|weekend)\b"
)
""" "after a collision near Singapore earlier this week": the week of one event, no window."""
_AT_SITE = any_case(
    r"\bat\s+(?:an?|the|[\w-]+'s)\s+(?:[\w-]+\s+){0,2}(?:mall|school|university|college|mosque|church|market|hotel|concert|wedding|funeral|nightclub|stadium|festival|checkpoint)\b"
)
""" "67 people at a mall in 2013": a deed at one building, whatever year it is told of."""
_ON_A_DAY = (
    rf"(?:(?:\s+(?!\d)[\w'-]+){{0,4}}?\s+(?:on|in|at|over)\s+(?:early\s+|late\s+|mid-|last\s+|the\s+)?"
    rf"(?:{DAY}|weekend|(?:\d{{1,2}}\s+)?(?:{MONTH})(?:\s+\d{{1,2}}\b)?))?"
)
_WAR_BEGAN = any_case(
    rf"\bsince\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+){{0,2}}(?:war|conflict|invasion|uprising|insurgency|fighting)\b"
    rf"(?:\s+(?:with|on|against|in|between)\s+(?:[\w-]+\s+){{0,4}}?\w+)?(?:\s+(?:erupted|began|started|broke\s+out|flared))?"
    rf"(?:\s+(?:in|on)\s+(?:early\s+|late\s+|mid-)?(?:\d{{1,2}}\s+)?(?:{MONTH})(?:\s+\d{{1,2}}\b)?)?"
)
_STARTED = r"(?:began|begun|started|broke\s+out|erupted|flared(?:\s+up)?|resumed)"
_OF_FIGHTING = rf"(?:{_FIGHTING}|{_LASTING}|hostilities|operation|rebellion|invasion|crisis|guns)"
_FIGHTING_BEGAN = any_case(
    rf"\bsince\s+(?:(?!\d)[\w'-]+\s+){{0,4}}{_OF_FIGHTING}\s+(?:(?!\d)[\w'-]+\s+){{0,5}}{_STARTED}\b{_ON_A_DAY}"
    rf"|\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset)\s+of\s+(?:(?!\d)[\w'-]+\s+){{0,3}}{_OF_FIGHTING}\b"
    rf"(?:\s+(?:with|against|in|between)\s+(?:(?!\d)[\w'-]+\s*){{1,2}}?)?{_ON_A_DAY}"
)
""" "since fighting broke out along the border on Saturday", "since the start of the clashes with Mali on 3 May": since
the start, whatever day that was."""
_COMBAT = any_case(
    r"\b(?:in|during|after)\s+(?:the|a|that|this)\s+(?:[\w-]+\s+){0,2}(?:fighting|combat|exchange\s+of\s+fire|stand-off|fight|melee)\b"
    r"|\bthe\s+(?:\w+\s+)?(?:fighting|clashes|exchange)\s+(?:left|killed|claimed|cost|wounded|injured)\b|\bhand-to-hand\b"
)
""" "in the fighting", "the fighting left 10 dead": of a few, that which was just told of."""
_WIDELY = frozenset({"across", "throughout", "nationwide", "countrywide"})
""" "killed overnight across Gaza": in more than one place, so over a night, not in one event."""
_WEEKS = any_case(r"\b(?:weeks|months|days|years)\b")
_WITHIN_HOURS = any_case(rf"\b(?:in|within|inside|over)\s+(?:the\s+space\s+of\s+)?(?:an|{_COUNT})\s+hours?\b(?!-)")
_RESCUERS = any_case(rf"\b(?:{any_of('rescuers')})\b")
_FOUND_DEAD = any_case(r"\b(?:bodies|corpses|remains)\b.*\bfound\b|\bfound\s+(?:dead|\w+\s+(?:bodies|corpses))\b")


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
    words, number = _own_words(undotted(own_words(sentence, begin, end, number, counts_over)), number)
    if _ONE_EVENT.search(words):
        return Span(Scope.INCIDENT, rule="scope-one-event")
    if _WAR_BEGAN.search(words) is not None and _period(_WAR_BEGAN.sub("", words), number) is None:
        return Span(Scope.CUMULATIVE, rule="scope-since-start")
    if _FIGHTING_BEGAN.search(words) is not None and _period(_FIGHTING_BEGAN.sub("", words), number) is None:
        return Span(Scope.CUMULATIVE, rule="scope-since-start")
    if _SINCE_START.search(words) and not _SINCE_DAY.search(words) and _period(words, number) is None:
        return Span(Scope.CUMULATIVE, rule="scope-since-start")
    window = _period(words, number)
    if window is not None and not _one_blow(sentence, words, extent):
        return Span(Scope.PERIOD, window or None, rule="scope-window")
    if window is not None and (_AT_SITE.search(words) or _A_SINGLE_LATELY.search(words)):
        return Span(Scope.INCIDENT, rule="scope-one-event")
    if _TOTAL.search(words) or _NTH_DAY.search(words) or (_LONG.search(words) and not dated(words, number)):
        return Span(Scope.CUMULATIVE, rule="scope-total")
    if frame.measure is Measure.CAPTURED and _HELD.search(words):
        return Span(Scope.CUMULATIVE, rule="scope-held")
    if frame.measure is Measure.CAPTURED and frame.rule == "measure-noun":
        return Span(Scope.CUMULATIVE, sure=not _counts_before(sentence, frame, begin), rule="scope-held")
    return _of_event(sentence, frame, words, number, begin, end, extent)


def _one_blow(sentence: Sentence, words: str, extent: Extent) -> bool:
    """ "massacred overnight", "missiles hit a block in Ternopil overnight", "a bomb in 2009": a single deed keeps its
    toll whatever hours it took."""
    low = {token.low for token in sentence.tokens}
    if low & scene_words("massacres") and _WEEKS.search(words) is None and _SINCE.search(words) is None:
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
    number = sentence.tokens[frame.count.number].number
    size = number.quantity.number if number is not None else 0
    fallen = _HAVE_FALLEN.search(words) is not None
    strong = size > FEW and fallen
    if _names_event(sentence, frame, begin, end, strong=strong) or (
        holds(words.lower(), "at_once", "great_events") and (size <= 10 * FEW or not fallen)
    ):
        return Span(Scope.INCIDENT, rule="scope-event")
    if _names_event(sentence, frame, sentence.start, sentence.end, strong=strong):
        return Span(Scope.INCIDENT, sure=False, rule="scope-event")
    if frame.measure in _FALLEN and dated(words, at) and (size <= 10 * FEW or _COUNTED_BY.search(words) is None):
        return Span(Scope.INCIDENT, rule="scope-dated")
    if size <= FEW and not fallen and _COMBAT.search(words) is not None and frame.measure is not Measure.CAPTURED:
        return Span(Scope.INCIDENT, sure=False, rule="scope-event")
    if size <= 10 * FEW and _part_of_a_post(sentence, frame):
        return Span(Scope.INCIDENT, sure=False, rule="scope-few-at-once")
    rescued = _RESCUERS.search(words) is not None and size <= 10 * FEW
    if rescued or (size <= FEW and _few_at_once(sentence, frame, words, extent)):
        return Span(Scope.INCIDENT, sure=False, rule="scope-few-at-once")
    return _UNSAID


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
    if adding is not None and (extent is not Extent.SPOT or adding.group().lower() != "fighting"):
        return False
    if frame.measure in _HARM:
        at_once = any(cue.search(words) is not None for cue in (_PART_OF_DAY, _FOUND_DEAD, _WITHIN_HOURS))
        return at_once or extent >= Extent.REGION
    return extent is Extent.SPOT


def _names_event(sentence: Sentence, frame: Frame, begin: int, end: int, *, strong: bool) -> bool:
    """A word of an event outside the counted phrase: "hundreds of gunmen" names none. Many that "have been killed"
    fell in one event only where a `strong` word names it: strikes, artillery and clashes add up over time."""
    own = range(frame.count.first, frame.count.last + 1)
    single = scene_words("single_events", "great_events") - scene_words("weapons")
    return any(
        (token.has("incident") or token.low in scene_words("stormings") or _battle(sentence, index))
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
    window = _period(words, 0)
    if window is not None:
        return Span(Scope.PERIOD, window or None, rule="scope-heading")
    return Span(Scope.CUMULATIVE, rule="scope-heading") if _TOTAL.search(words) else None


def counts_over(words: str) -> bool:
    """True for words that tell over what time something counts."""
    return _period(words, 0) is not None or _TOTAL.search(words) is not None


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
    match = _SUPERLATIVE.search(words, number)
    if match is not None:
        words = words[: match.start()] + words[match.end() :]
    match = _COMPARED.search(words, number)
    if match is not None:
        words = words[: match.start()]
    for match in _FORMERLY.finditer(words):
        if number < match.start():
            return words[: match.start()] + words[match.end() :], number
        if number < match.end():
            return match.group(), number - match.start()
    return words, number


# --- windows of time


def _period(words: str, number: int) -> int | None:
    """The window in days, UNKNOWN_WINDOW where none can be told; None when the words tell of no period."""
    if not _ANY_TIME.search(words.lower()):
        return None
    for name, pattern in _PERIODS:
        for match in pattern.finditer(words):
            if not _of_saying(words, match, number) and not _of_next(words, match, number):
                window = _window(name, match)
                if window is not None:
                    return window
    return None


def _of_next(words: str, match: re.Match[str], number: int) -> bool:
    """ "left four dead on Monday, and 11 have died in a week": the window behind a later number of its own clause."""
    between = words[number : match.start()]
    if match.re.groups and "nth" in match.re.groupindex and _WHEN.search(between):
        return True  # "died on Monday when jets struck the town for the second day": how long the raids went on
    return match.start() > number and _NEXT_CLAUSE.search(between) is not None


def _of_saying(words: str, match: re.Match[str], number: int) -> bool:
    """ "said this week that", "in January the army put losses at", "mourned 14 this week": the time of another deed."""
    before, after = words[: match.start()], words[match.end() :]
    if (
        _SAID_BEFORE.search(before[-60:])
        or _BEGAN.search(before)
        or (_SINCE.search(before) and not match.group().lower().startswith("since"))
    ):
        return True
    if _MOURNING.search(before[-60:]) and match.start() > number:
        return True
    if match.start() > number:
        return bool(_SAID_NEAR.search(before[-60:])) and not re.search(r"\d", before[number + 1 :][-40:])
    if re.match(r"\s+that\b", after) and _SAYING.search(before[-80:]):
        return True
    return bool(_POINTED.match(match.group())) and _SAYING.search(words[match.end() : number]) is not None


def _window(name: str, match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    unit = next((groups[key] for key in ("u", "u2", "u3") if groups.get(key)), "").lower()
    count = next((groups[key] for key in ("n", "n2", "n3") if groups.get(key)), "").lower()
    if unit in _FIXED:
        return _FIXED[unit]
    if not unit:
        return {"month": 30, "year": 365}.get(name, UNKNOWN_WINDOW)
    if unit == "year" and count:
        return None  # "in 14 years of war" counts a whole
    if name == "nth":
        return _ORDINALS[groups["nth"].lower()] * round(_UNITS[unit])
    many = int(count) if count.isdigit() else _NUMBERS.get(count, 1)
    if unit == "hour" and many < 12 and name != "rate":
        return None  # "for five hours": how long one event went on
    return max(1, round(many * _UNITS[unit]))
