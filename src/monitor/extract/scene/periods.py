"""Windows of time: "in the past week", "a day", "since 6 March" beside a number, and how many days they have."""

import re
from collections.abc import Callable
from functools import lru_cache

from monitor.extract.lexicon.scene_words import any_of, scene_words
from monitor.extract.numbers.cardinals import TENS, UNITS
from monitor.extract.scene.dates import ANY_MONTH as MONTH
from monitor.extract.scene.dates import DAY, MONTH_STEMS, WEEKDAYS
from monitor.extract.scene.lengths import days_between
from monitor.extract.scene.when import SAID, TOTAL_BEHIND
from monitor.extract.text.cues import Cue, any_case, lowered, needs, standing

UNKNOWN_WINDOW = 0
SOME = 3
""" "in recent weeks", "over the past months": as many as "a few"."""
_NUMBERS = {"a few": 3, "several": 3, "few": 3, "couple of": 2, "twenty-four": 24}
_NUMBERS |= {word: number for word, number in UNITS.items() if number < 20}
_NUMBERS |= {word: TENS[word] for word in ("twenty", "thirty", "forty", "fifty")}
_UNITS = {
    "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "weekend": 2, "fortnight": 14, "month": 30, "quarter": 91,
    "year": 365, "season": 91,
}  # fmt: skip
_FIXED = {"alone": 1, "daily": 1, "overnight": 1, "weekly": 7, "monthly": 30, "annually": 365, "annual": 365}
_ORDINALS = {word: n for n, word in enumerate(("second", "third", "fourth", "fifth", "sixth", "seventh"), 2)}
_UNIT = "|".join(_UNITS)
_SEASONS = ("spring", "summer", "autumn", "winter")
SEASON = "|".join(_SEASONS)
_OF_YEAR = rf"(?:(?:{MONTH})\s+)?"
"""A year may have its month before it. With days, "from 24 February 2022 to 10 January 2024" is all of a war."""
HOURS = "midnight|dawn|noon|daybreak|nightfall|dusk|sunrise|sunset"
COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_OURS = "its|their|his|her|our|my"
_LAST = r"past|last|latest|recent|previous|preceding|first|space\s+of|course\s+of|same|next"
_COUNTED = r"soldiers|people|men|troops|casualties|losses|civilians|lives"
_RATED = r"record|loss|losses|casualt|death|toll|average|rate|tally|count|figure"
FIGHTING = r"fighting|clashes|battles?|shelling|bombardment|violence|unrest|rioting|strikes|attacks|air\s+strikes"
_KINDS_OF_WAR = "fighting|siege|operation|killing|killings|coup|gunmen|throats|war"
ONE = rf"(?!(?:{_KINDS_OF_WAR})\b)(?:" + any_of("single_events", "great_events") + ")"
EVENT = ONE + r"|strikes|attacks|airstrikes|raids|shelling|blasts|clashes|bombings"
EVENT_WORDS = (*scene_words("single_events", "great_events"), "strike", "attack", "raid", "shell", "blast", "clash")
"""What every event that has a name holds."""
LASTING = "siege|war|offensive|campaign|conflict|uprising|insurgency|occupation"
SINCE_DAY = Cue(
    rf"\bsince\s+[^,;.]{{4,70}}\bon\s+(?:\d{{1,2}}\s+(?:{MONTH})|(?:{MONTH})\s+\d{{1,2}}|{DAY})\b(?!,?\s+\d{{4}})",
    "since",
)
""" "since the two armies turned on each other on 15 April": a day of this year bounds the time."""
_PERIODS: tuple[tuple[str, Cue], ...] = (
    # "in the first half of the year": before the year that it is a half of
    ("half", Cue(
        rf"\b(?:first|second|last|latter|other)\s+half\s+of\s+(?:(?:the|this|last)\s+(?:year|month)|(?:{MONTH})|(?:19|20)\d\d)\b",
        "half",
    )),
    # "in the past week", "over the last 24 hours", "in two days", "within three days"
    ("window", Cue(
        rf"\b(?:in|over|during|within|for|of)\s+(?:(?:just|only|barely|under)\s+)?(?:"
        rf"(?:the|a|{_OURS})\s+(?:{_LAST})?\s*(?:{COUNT}[\s-]+)?(?:single\s+)?(?P<u>{_UNIT})s?"
        rf"|(?:{_LAST})\s+(?:{COUNT.replace('<n>', '<n2>')}[\s-]+)?(?P<u2>{_UNIT})s?"
        rf"|{COUNT.replace('<n>', '<n3>')}[\s-]+(?P<u3>{_UNIT})s?)\b"
        rf"(?!-|\s+(?:(?!of\b|in\b|by\b|from\b|as\b|and\b)[a-z]+\s+)?(?:{EVENT}|{LASTING})\b)",
        *_UNITS,
    )),
    ("window", Cue(
        rf"\b(?:the|this)\s+(?:past|last|previous)\s+(?:{COUNT}[\s-]+)?(?P<u>{_UNIT})s?\b", "past", "last", "previous"
    )),
    ("window", Cue(r"\b(?:this|last)\s+(?P<u>week|weekend|month|year|season)\b(?!'s)", "this", "last")),
    ("window", Cue(r"\b(?:over|at|during)\s+the\s+(?P<u>weekend)\b", "weekend")),
    ("window", Cue(
        rf"\b(?:the|after|these)\s+{COUNT}[\s-]+(?P<u>day|night|week)s?\s+of\s+(?:{FIGHTING})\b", "day", "night", "week"
    )),
    ("nth", Cue(
        rf"\bfor\s+(?:a|the)\s+(?P<nth>{'|'.join(_ORDINALS)})\s+(?:straight\s+|successive\s+)?(?P<u>day|night|week)\b",
        *_ORDINALS,
    )),
    ("daily", Cue(r"\b(?P<u>overnight)\b", "overnight")),
    # "The day before, losses came to 960"
    ("window", Cue(r"\bthe\s+(?P<u>day|night|week|month|year)\s+before(?=\s*[,.;)]|\s*$)", "before")),
    # "a day", "per day", "every single day", "daily", "a month on average"
    ("daily", Cue(rf"\bon\s+(?:{DAY})\s+(?P<u>alone)\b", "alone")),
    ("rate", Cue(
        r"\b(?:per|every|each)\s+(?:single\s+)?(?P<u>day|night|week|month|year|hour)\b", "per", "every", "each"
    )),
    ("rate", Cue(
        r"\s(?<=[a-z0-9]\s)(?<!\bof\s)(?<!\bin\s)(?<!\bfor\s)(?<!\bon\s)(?<!\bhalf\s)(?<!thin\s)\s*an?\s+(?P<u>day|night|week|month|hour)\b"
        r"(?!\s+(?:ago|apart|after|before|earlier|later|of|when|that|old|into))",
        "day", "night", "week", "month", "hour",
    )),
    ("daily", Cue(rf"\b(?P<u>daily|weekly|monthly|annual)\s+(?:\w+\s+)?(?:{_RATED})", "ly", "annual")),
    ("daily", Cue(rf"(?:{_COUNTED})\s+(?P<u>daily|weekly|monthly|annually)\b", "ly")),
    # "this spring", "over the winter", "in the summer months"
    ("season", Cue(
        rf"\b(?:(?:this|last|this\s+past)\s+(?:{SEASON})|(?:in|over|during|throughout|for)\s+the\s+(?:(?:past|last)\s+)?"
        rf"(?:{SEASON}))(?:\s+months)?\b(?!['’-]|\s+(?:{EVENT}|{LASTING})\b)",
        *_SEASONS,
    )),
    # "in January", "between 26 and 30 January", "since 6 March", "in 2024"
    ("month", Cue(
        rf"\b(?:in|during|throughout|for)\s+(?:all\s+of\s+)?(?:early\s+|late\s+|mid-)?(?:{MONTH})"
        rf"(?:\s+and\s+(?:{MONTH}))?\b(?!\s+\d{{1,2}}\b(?!\d))",
        *MONTH_STEMS,
    )),
    ("since", Cue(
        rf"\bsince\s+(?:last\s+|early\s+|late\s+)?(?:\d{{1,2}}\s+(?:{MONTH})|(?:{MONTH})\s+\d{{1,2}}\b(?!\d)|{DAY}|yesterday)\b(?!\s+\d{{4}})",
        "since",
    )),
    ("since", SINCE_DAY),
    ("since", Cue(
        rf"\bsince\s+(?:the\s+(?:new\s+year|weekend)|(?:the\s+)?(?:start|beginning|turn)\s+of\s+(?:(?:the|this)\s+(?:{_UNIT})|(?:{MONTH})(?!\s+\d))"
        rf"|(?:early\s+)?(?:this|last)\s+(?:morning|week|weekend|month|year|{MONTH})|{HOURS}|(?:early\s+|late\s+|mid-)?(?:{MONTH}))\b"
        rf"(?!\s+\d|,?\s+of\b)",
        "since",
    )),
    ("between", Cue(
        rf"\b(?:between|from)\s+(?:\d{{1,2}}\s+(?:(?:{MONTH})\s+)?(?:and|to|until)\s+\d{{1,2}}\s+(?:{MONTH})"
        rf"|(?:{MONTH})(?:\s+\d{{1,2}})?\s+(?:and|to|until)\s+(?:(?:{MONTH})(?:\s+\d{{1,2}})?|\d{{1,2}})"
        rf"|(?:{DAY})\s+(?:and|to|until)\s+(?:{DAY}))\b",
        *MONTH_STEMS, *WEEKDAYS,
    )),
    ("month", Cue(rf"\b(?:{MONTH}),\s+with\b", *MONTH_STEMS)),
    ("between", Cue(
        rf"\b(?:between|from)\s+{_OF_YEAR}(?:19|20)\d\d\s+(?:and|to|until)\s+{_OF_YEAR}(?:19|20)\d\d\b",
        "19", "20",
    )),
    ("year", Cue(
        r"\b(?:(?:in|during|throughout)\s+(?:all\s+of\s+)?|(?:for|in|over)\s+the\s+whole\s+of\s+|for\s+all\s+of\s+)(?:19|20)\d\d\b",
        "19", "20",
    )),
    # "the month's death toll", "this week's losses"
    ("owned", Cue(
        rf"\b(?:the|this|last|past)\s+(?P<u>week|month|year)'s\s+(?:[\w-]+\s+){{0,2}}(?:{_RATED}|dead\b)", "'s"
    )),
    # "in the 2011 war", "in the fighting of 2014"
    ("year", Cue(
        rf"\b(?:in|during)\s+the\s+(?:(?:19|20)\d\d\s+(?:\w+\s+)?(?:{LASTING}|{FIGHTING})"
        rf"|(?:{LASTING}|{FIGHTING})\s+(?:of|in)\s+(?:19|20)\d\d)\b",
        "19", "20",
    )),
    # a month that is said to be the worst: "July was the worst month since the troubles began: 95 died"
    ("worst", Cue(
        rf"\b(?:{MONTH}|(?:the|this|last|that)\s+(?:past\s+)?(?P<u>week|month|year))\s+(?:was|is|has\s+been|had\s+been)\s+"
        rf"(?:by\s+far\s+)?(?:the|its|their)\s+(?:worst|heaviest|deadliest|bloodiest|costliest)\b(?!\s+(?:single\s+)?(?:day|night))",
        "worst", "iest",
    )),
    ("window", Cue(r"\b(?:so\s+far\s+this|already\s+this)\s+(?P<u>week|month|year)\b", "far", "already")),
)  # fmt: skip
_TIMES = needs(
    "hour", "day", "daw", "dai", "night", "week", "month", "quarter", "year", "season", "annual", "noon", "dusk", "sun",
    "19", "20", *_SEASONS, *MONTH_STEMS,
)  # fmt: skip
"""What every period holds; in lower case. One look for these spares twenty."""
# All below are looked for in lower-case words.
_POINTED = re.compile(rf"\b(?:this|last)\s+(?:week|weekend|month|year)\b|\b(?:in|early|late)\s+(?:{MONTH})\b|overnight")
"""Windows that may as well be those of a verb of saying: "in January the army said", "said this week that"."""
_BEGAN = re.compile(r"\b(?:began|begun|begins|started|erupted|broke\s+out|launched|ended|was\s+over)\s+(?:\w+\s+)?$")
_NEXT_CLAUSE = re.compile(
    rf",\s+(?:and|but|while|whereas)\s+(?:\w+\s+){{0,3}}(?:\d[\d,]*|{'|'.join(_NUMBERS)})\s+(?:\w+\s+)?(?:have|has|had|were|was|died)\b"
    rf"|{TOTAL_BEHIND}"
)
_LOOSE = re.compile(rf"\brecent\b|\b(?:{SEASON})\b")
_WHEN = re.compile(r"\b(?:when|as|after)\b")
_KILLING = re.compile(r",\s+(?:killing|wounding|injuring|leaving|claiming)\b")
_THE_ONE_BEFORE = re.compile(r"the\s+(?:day|night)\s+before")
_WHEN_IT_FELL = re.compile(r",\s+when\b")
_WHOLE_WAR = re.compile(r"\s+of\s+(?:the\s+|all-out\s+|open\s+)?(?:war|warfare)\b")
_LATELY = re.compile(rf"\b(?:{_LAST})\b")
SINCE = any_case(r"\bsince\b[^,;]*$")
_SAID_BEFORE = re.compile(rf"\b(?:{SAID})\s+(?:(?:earlier|later|late|early|on|just|only)\s+)*$")
_SAID_NEAR = re.compile(rf"\b(?:{SAID})\s+(?:(?!\d)[\w'-]+\s+){{0,4}}$")
_PUT_AT = re.compile(
    r"\b(?:put|puts|estimated|estimates|assessed|pegged|reckoned|set|stood)\s+(?:(?!\d)[\w'-]+\s+){0,5}at\s+(?:(?!\d)[\w-]+\s+){0,3}$"
)
""" "Seoul estimated the losses at 3,000 in January": when the estimate was made, not over what it counts."""
_SAYING = re.compile(rf"\b(?:{SAID})\b")
_SAYING_ALSO = re.compile(r",\s+(?:saying|adding)\b")
""" "killed 57 in the past day, the ministry said, adding that 9,600 have been wounded": another total."""
_MOURNING = re.compile(rf"\b(?:{any_of('mourning')})\b")


@lru_cache(maxsize=32)  # one clause is asked up to four times for each of its figures
def period(words: str, number: int) -> int | None:
    """The window in days, UNKNOWN_WINDOW where none can be told; None when the words tell of no period."""
    held, low = standing(words), lowered(words)
    if held.isdisjoint(_TIMES):
        return None
    for name, cue in _PERIODS:
        for match in cue.pattern.finditer(low) if not held.isdisjoint(cue.needs) else ():
            owned = name == "owned"  # "put the month's toll at 979": whose time it is, whoever put it there
            if _of_another_deed(low, match, number):
                continue
            if owned or not (_of_saying(low, match, number) or _of_next(low, match, number)):
                window = _window(name, match)
                if window is not None:
                    return window
    return None


def _of_another_deed(words: str, match: re.Match[str], number: int) -> bool:
    """ "the soldiers that it sent last autumn, 4,000 are out of action", "after what happened in recent days, ten": a
    season or some days in the midst of what stands before."""
    before, between = words[: match.start()], words[match.end() : number]
    return "," in between and len(before.split()) > 1 and _LOOSE.search(match.group()) is not None


def _of_next(words: str, match: re.Match[str], number: int) -> bool:
    """ "left four dead on Monday, and 11 have died in a week": the window behind a later number of its own clause."""
    between = words[number : match.start()]
    raids = match.re.groups and "nth" in match.re.groupindex
    if raids and (_WHEN.search(between) or _KILLING.search(words[match.end() : number])):
        return True  # "jets struck the town for a second day, killing nine": how long the raids went on
    if _THE_ONE_BEFORE.match(match.group()) and _WHEN_IT_FELL.match(words[match.end() :]):
        return True  # "seven died the night before, when rockets fell": the day of one event
    return match.start() > number and _NEXT_CLAUSE.search(between) is not None


def _of_saying(words: str, match: re.Match[str], number: int) -> bool:
    """ "said this week that", "in January the army put losses at", "mourned 14 this week": the time of another deed."""
    before, after = words[: match.start()], words[match.end() :]
    if (
        _SAID_BEFORE.search(before[-60:])
        or _BEGAN.search(before)
        or (SINCE.search(before) and not match.group().startswith("since"))
    ):
        return True
    if _MOURNING.search(before[-60:]) and match.start() > number:
        return True
    if match.start() > number:
        if _POINTED.match(match.group()) and _PUT_AT.search(words[:number]):
            return True
        return bool(_SAID_NEAR.search(before[-60:])) and not re.search(r"\d", before[number + 1 :][-40:])
    if _SAYING_ALSO.search(words[match.end() : number]):
        return True
    if re.match(r"\s+that\b", after) and _SAYING.search(before[-80:]):
        return True
    return bool(_POINTED.match(match.group())) and _SAYING.search(words[match.end() : number]) is not None


_LENGTHS: dict[str, Callable[[re.Match[str]], int]] = {
    "half": lambda match: 182 if re.search(r"year|\d", match.group()) else 15,
    "between": lambda match: days_between(match.group()) or UNKNOWN_WINDOW,
    "month": lambda match: days_between(match.group()) or round(_UNITS["month"]),
    "year": lambda _: 365,
    "worst": lambda match: round(_UNITS[match["u"] or "month"]),
    "season": lambda _: round(_UNITS["season"]),
}
"""Periods that name no unit."""


def _window(name: str, match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    unit = next((groups[key] for key in ("u", "u2", "u3") if groups.get(key)), "")
    count = next((groups[key] for key in ("n", "n2", "n3") if groups.get(key)), "")
    if unit in _FIXED:
        return _FIXED[unit]
    if name in _LENGTHS:
        return _LENGTHS[name](match)
    if not unit:
        return UNKNOWN_WINDOW
    several = not count and name == "window" and match.group().endswith(f"{unit}s")
    if unit == "year" and (count or several):
        return None  # "in 14 years of war" counts a whole
    if _WHOLE_WAR.match(match.string, match.end()) and not _LATELY.search(match.group()):
        return None  # and so does "in six weeks of war"; not the last or the first six
    if name == "nth":
        return _ORDINALS[groups["nth"]] * round(_UNITS[unit])
    many = int(count) if count.isdigit() else _NUMBERS.get(count, SOME if several else 1)
    if unit == "hour" and many < 12 and not several and name != "rate":
        return None  # "for five hours": how long one event went on
    return max(1, round(many * _UNITS[unit]))
