"""Scope, window and as-of date: over what time a figure counts."""

import re
from datetime import date, timedelta

from monitor.domain.claims import Measure, Scope
from monitor.extract.annotate import Sentence
from monitor.extract.frames import Frame

_NUMBER = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "a": 1,
    "an": 1,
    "single": 1,
    "twelve": 12,
    "twenty-four": 24,
    "several": 3,
    "few": 3,
    "couple": 2,
    "a few": 3,
}
_UNIT = {
    "hour": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "weekend": 2,
    "fortnight": 14,
    "month": 30,
    "quarter": 91,
    "year": 365,
    "season": 91,
}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(_MONTHS)
_DAY = "|".join(_WEEKDAYS)
_UNITS = "hour|day|night|week|weekend|fortnight|month|quarter|year"
_COUNT = (
    r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four|several|a few|few|couple of)"
)
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "in the past week", "over the last 24 hours", "in two days", "within three days"
    ("window", re.compile(rf"\b(?:in|over|during|within|for|of)\s+(?:just\s+|only\s+)?(?:the\s+|a\s+|its\s+)?(?:past|last|latest|previous|preceding|first|space\s+of|course\s+of|same|next)?\s*(?:{_COUNT}[\s-]+)?(?:single\s+)?(?P<u>{_UNITS})s?\b(?!-)", re.IGNORECASE)),
    ("window", re.compile(rf"\b(?:the|this)\s+(?:past|last|previous)\s+(?:{_COUNT}[\s-]+)?(?P<u>{_UNITS})s?\b", re.IGNORECASE)),
    ("window", re.compile(r"\bthis\s+(?P<u>week|weekend|month|year|season)\b", re.IGNORECASE)),
    ("window", re.compile(r"\b(?:over|at|during)\s+the\s+(?P<u>weekend)\b", re.IGNORECASE)),
    # "a day", "per day", "every single day", "daily", "a month on average"
    ("daily", re.compile(rf"\bon\s+(?:{_DAY})\s+(?P<u>alone)\b", re.IGNORECASE)),
    ("rate", re.compile(r"\b(?:per|every|each)\s+(?:single\s+)?(?P<u>day|night|week|month|year|hour)\b", re.IGNORECASE)),
    ("rate", re.compile(r"(?<=[a-z0-9,])\s+an?\s+(?P<u>day|night|week|month|hour)\b(?!\s+(?:ago|after|before|earlier|later|of|when|in))", re.IGNORECASE)),
    ("daily", re.compile(r"\b(?P<u>daily|weekly|monthly|annual)\s+(?:\w+\s+)?(?:loss|losses|casualt|death|toll|average|rate|tally|count|figure)", re.IGNORECASE)),
    ("daily", re.compile(r"(?:soldiers|people|men|troops|casualties|losses|civilians|lives)\s+(?P<u>daily|weekly|monthly|annually)\b", re.IGNORECASE)),
    ("month", re.compile(rf"\b(?:in|during|throughout|for)\s+(?:all\s+of\s+)?(?:early\s+|late\s+|mid-)?(?:{_MONTH})(?:\s+and\s+(?:{_MONTH}))?\b(?!\s+\d{{1,2}}\b(?!\d))", re.IGNORECASE)),
    ("between", re.compile(rf"\bbetween\s+\d{{1,2}}\s+(?:(?:{_MONTH})\s+)?and\s+\d{{1,2}}\s+(?:{_MONTH})\b", re.IGNORECASE)),
    ("since", re.compile(rf"\bsince\s+(?:last\s+)?(?:\d{{1,2}}\s+(?:{_MONTH})|(?:{_MONTH})\s+\d{{1,2}}\b(?!\d)|{_DAY})\b", re.IGNORECASE)),
    ("year", re.compile(r"\b(?:in|during|throughout)\s+(?:19|20)\d\d\b", re.IGNORECASE)),
    ("so-far", re.compile(r"\b(?:so\s+far\s+this|already\s+this)\s+(?P<u>week|month|year)\b", re.IGNORECASE)),
)  # fmt: skip
_ADVERB_UNITS = {"alone": 1, "daily": 1, "weekly": 7, "monthly": 30, "annually": 365, "annual": 365}
_INCIDENT = re.compile(
    r"\b(?:air ?strikes?|air-strikes?|strikes?|attack(?:s|ed)?|raid(?:s|ed)?|ambush(?:es|ed)?|blasts?|explosions?|explod\w+|bomb(?:ing|ings|ed|s)?|shell(?:ing|ed|s)|clash(?:es|ed)?|crash(?:es|ed)?|collapse[sd]?|"
    r"accident|massacre|shoot-?out|shooting|stampede|fire|earthquake|flood\w*|storm|missiles?|rockets?|drones?|suicide|mine|landmine|gunfight|firefight|skirmish\w*|sank|sinking|assault(?:ed)?|siege|stormed|hit|struck|gunmen|"
    r"mutiny|riot\w*|jailbreak|derail\w*|capsiz\w+|ied|car bomb|artillery|mortar|opened fire|sniper|struck|burst|attentat|shot dead|gunned down|fell in|torpedo\w*|rammed|downed|avalanche|landslide|hurricane|typhoon|when|pagers?|raided|battle of|fight at|engagement|skirmish)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:since the|since (?:19|20)\d\d|since (?:its|their|being|they|he|fighting|war|russia|israel|hamas|last|early|mid|late)\b|so far|to date|in all|in total|during the war|in the war|of the war|the war (?:has|took|began)|death toll in (?:gaza|ukraine)|overall|"
    rf"since (?:{_MONTH})\b|of the conflict|in the conflict|full-scale|years of|year of war|campaign|offensive|-year|-month)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?:they|it|he|she|being|its|their|the|russia|ukraine|israel|hamas|fighting)\b", re.IGNORECASE
)
FEW = 150
"""More people than this seldom fall at one spot without the text saying how."""
_SPOT = re.compile(r"\b(?:[Nn]ear|[Aa]t|[Oo]utside|[Ii]n)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}[A-Z]")
_PERFECT = re.compile(
    r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered)|\b(?:fighting|war|conflict|battle for)\b",
    re.IGNORECASE,
)
_RAISING = re.compile(r",\s+(?:taking|bringing|raising|pushing|lifting|putting)\b", re.IGNORECASE)
_SAID_TIME = re.compile(
    r"\b(?:said|says|told|reported|announced|claimed|estimated|put|stated|warned)\s+(?:(?:earlier|later|late|early|on|just)\s+)*$",
    re.IGNORECASE,
)
_EVENT_DAY = re.compile(
    rf"\b(?:on|at|by|late on|early on)\s+(?:{_DAY})(?:\s+(?:night|evening|morning|afternoon))?\b", re.IGNORECASE
)
_ON_DATE = re.compile(
    rf"\b(?:(?:on|of|at|since)\s+)(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH})(?:\s+(?P<y>(?:19|20)\d\d))?\b", re.IGNORECASE
)


def clause(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """Offsets of the part of the sentence between semicolons and line ends around the figure."""
    text, at = sentence.text, sentence.tokens[frame.count.number].start
    begin = max(text.rfind(mark, sentence.start, at) for mark in (";", "\n", "•"))
    ends = [p for mark in (";", "\n", "•") if (p := text.find(mark, at, sentence.end)) >= 0]
    return (begin + 1 if begin >= 0 else sentence.start), min(ends, default=sentence.end)


def scope_of(sentence: Sentence, frame: Frame) -> tuple[Scope, int | None]:
    """Cumulative, period with its window in days, or incident."""
    if frame.measure is Measure.DEPLOYED:
        return Scope.CUMULATIVE, None
    begin, end = clause(sentence, frame)
    words = sentence.text[begin:end]
    if _SINCE.search(words):
        return Scope.CUMULATIVE, None
    window = _period(_own_words(sentence, frame, words, begin))
    if window is not None:
        return Scope.PERIOD, window or None
    if _TOTAL.search(words):
        return Scope.CUMULATIVE, None
    if _INCIDENT.search(sentence.text[sentence.start : sentence.end]):
        return Scope.INCIDENT, None
    if frame.measure in {Measure.KILLED, Measure.WOUNDED} and _EVENT_DAY.search(words) and _event_day(words):
        return Scope.INCIDENT, None
    if _one_place(sentence, frame, words):
        return Scope.INCIDENT, None
    return Scope.CUMULATIVE, None


def _one_place(sentence: Sentence, frame: Frame, words: str) -> bool:
    """ "three marines were slain near Piagapo": few people, one spot, and no perfect tense that adds up."""
    number = sentence.tokens[frame.count.number].number
    few = number is not None and number.quantity.number <= FEW
    harmed = frame.measure in {Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED, Measure.MISSING}
    return few and harmed and _SPOT.search(words) is not None and _PERFECT.search(words) is None


def _own_words(sentence: Sentence, frame: Frame, words: str, begin: int) -> str:
    """The words without ", taking the number killed this year to 81", which counts over another time."""
    number = sentence.tokens[frame.count.number].start - begin
    for match in _RAISING.finditer(words):
        return words[: match.start()] if number < match.start() else words[match.start() :]
    return words


def _event_day(words: str) -> bool:
    return (
        re.search(
            rf"\b(?:said|says|told|reported|announced|confirmed|claimed)\b[^,;]*\b(?:on\s+)?(?:{_DAY})",
            words,
            re.IGNORECASE,
        )
        is None
    )


def _period(words: str) -> int | None:
    """The window in days, 0 when it is unknown; None when the words tell of no period."""
    for name, pattern in _PERIODS:
        match = next(
            (m for m in pattern.finditer(words) if not _SAID_TIME.search(words[max(0, m.start() - 40) : m.start()])),
            None,
        )
        if match is None:
            continue
        groups = match.groupdict()
        unit = (groups.get("u") or "").lower()
        if unit in _ADVERB_UNITS:
            return _ADVERB_UNITS[unit]
        if unit:
            if name == "window" and unit == "year" and groups.get("n"):
                return None
            number = (groups.get("n") or "1").lower()
            many = int(number) if number.isdigit() else _NUMBER.get(number, 2)
            return max(1, round(many * _UNIT[unit]))
        return {"month": 30, "year": 365}.get(name, 0)
    return None


def as_of(sentence: Sentence, frame: Frame, published: date | None) -> date | None:
    """The date that the text ties to the event, resolved against the date of publication."""
    if published is None:
        return None
    if frame.measure is Measure.DEPLOYED and frame.rule == "presence":
        return None
    begin, end = clause(sentence, frame)
    own = _dated(sentence.text[begin:end], frame, published)
    return own or _dated(sentence.text[sentence.start : sentence.end], frame, published)


def _dated(words: str, frame: Frame, published: date) -> date | None:
    """The date in these words that is no date of saying."""
    match = _ON_DATE.search(words)
    if (
        match is not None
        and frame.measure is not Measure.DEPLOYED
        and not _said_date(words, match.start())
        and not words[match.start() :].lower().startswith("since")
    ):
        return _absolute(match, published)
    return _weekday(words, published) if frame.measure is not Measure.DEPLOYED else None


def _said_date(words: str, at: int) -> bool:
    return (
        re.search(r"\b(?:said|says|told|reported|announced|statement)\W+(?:\w+\W+){0,2}$", words[:at], re.IGNORECASE)
        is not None
    )


def _absolute(match: re.Match[str], published: date) -> date | None:
    month = _MONTHS.index(match["m"].lower()) + 1
    year = int(match["y"]) if match["y"] else published.year
    try:
        found = date(year, month, int(match["d"]))
    except ValueError:
        return None
    if not match["y"] and found > published:
        found = found.replace(year=year - 1) if not (month == 2 and found.day == 29) else found
    return found


def _weekday(words: str, published: date) -> date | None:
    """ "fell in Beit Hanoun on Monday": the last such day before or on publication; not the day of saying."""
    for match in re.finditer(rf"\b(?:on|by|late|early)\s+(?P<w>{_DAY})\b", words, re.IGNORECASE):
        if _said_near(words, match.start(), match.end()):
            continue
        back = (published.weekday() - _WEEKDAYS.index(match["w"].lower())) % 7
        return published - timedelta(days=back)
    return None


def _said_near(words: str, start: int, end: int) -> bool:
    before = re.search(
        r"\b(?:said|says|told|reported|announced|confirmed|claimed|denied|statement|wrote|spoke|admitted|added|put|believes)\b[^,;]*$",
        words[:start],
        re.IGNORECASE,
    )
    after = re.match(r"\W*(?:that|denied|said|put)\b", words[end:], re.IGNORECASE)
    return before is not None or after is not None
