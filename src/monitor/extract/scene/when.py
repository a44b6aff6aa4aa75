"""When: the clause of a figure, and the date that the text ties to what it counts."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame
from monitor.extract.scene.dates import DAY, MANY, MONTH, MONTHS, Day, days_in, last_weekday, owners_in, steps_from
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.text.cues import Cue, any_case, lowered, needs, standing

__all__ = ["DAY", "MONTH", "SAID", "as_of", "clause", "event_date"]

SAID = (
    r"said|says|told|reported|announced|confirmed|claimed|denied|statement|wrote|spoke|spoken|admitted|added|put(?!\s+out\b)|believes"
    r"|estimated|estimates|stated|warned|reckons"
)
"""The words of saying, for days as for windows of time."""
_BY_DAY = any_case(rf"\bby\s+(?P<w>{DAY})\b")
# The next five are looked for in lower-case words.
_SAYING_AFTER = re.compile(
    rf"\W*(?:(?!(?:was|were|been|being|had|has|have)\b)(?:[^\W\d]+\s+){{0,5}}?(?<!was\s)(?<!were\s)(?<!been\s)"
    rf"(?:{SAID})\b)"
)
_AT_ONCE = re.compile(
    r"\W*(?:that|withdrew|retracted|disowned|took\s+back|repeated|reiterated|denied|said|put|told|announced|raised|lowered|revised|updated|cut|gave|counted|recorded|listed|named|identified|published|released)\b"
)
"""Right behind a date: whatever was done that day was saying."""
_SAYING_BEFORE = re.compile(rf"\b(?:{SAID}|briefing|communique|bulletin|interview|conference)\b(?P<told>[^,;]*)$")
_CONTENT = re.compile(r"\bthat\b|\b(?:was|were|had|have|been|killed|died|left|wounded|lost|injured)\b|\d")
"""What the words between a verb of saying and a date hold where the date is one of what was said."""
_OWNED_SAYING = any_case(
    r"\s+(?:\w+\s+)?(?:statement|briefing|report|update|speech|announcement|bulletin|edition|count)\b"
)
_BEGUN = re.compile(r"\b(?:since|after|before|began|begun|started)(?:\s[^,;]*)?$")
_THAT_DAY = any_case(r"\s*,\s+when\b")
""" "since Oct. 7, when gunmen killed 1,200": what the clause tells fell on that day."""
_OTHER_COUNT = Cue(
    r",\s+[\d,]+\s+(?:more|fewer|less)\s+than\b"
    r"|,?\s+(?:up|down)\s+from\s+(?:the\s+)?\d"
    r"|,\s+(?:(?:as\s+)?against|compared\s+(?:with|to)|versus)\s+(?:the\s+)?\d"
    r"|\s+from\s+(?:the\s+)?\d[\d,]*\s+(?:in\s+(?:19|20)\d\d|last|a\s+(?:year|month|week)|the\s+(?:year|month|week)\s+before)\b"
    r"|,\s+(?:(?:more|less)\s+than\s+)?(?:twice|double|half|(?:three|four|five|ten|many|several)\s+times)\s+(?:the|its|as)\b",
    *("than", "from", "against", "compared", "versus", "twice", "double", "half", "times"),
)
""" "425 since January, up from the 340 that it gave on Monday": the day of what this is measured by."""
_FORMER_COUNT = Cue(r",?\s+(?:up|down)\s+from\s+(?:the\s+)?\d[^,;]*,", "from")
""" "has risen to 56, up from 47 on Tuesday, and 266 were wounded": the day of the older count alone."""
_WHEN_ASIDE = Cue(r",\s+when\s[^,;]*(?=,)", "when")
""" "the worst attack since 1992, when 300 died in Foca, killed 12 on Tuesday": no day behind it is its own."""
TOTAL_BEHIND = r",\s+(?:and|but|while)\s+the\s+(?:overall\s+|total\s+)?(?:number|toll|total|count)\b"
_TOTAL_BEHIND = Cue(TOTAL_BEHIND, "number", "toll", "total", "count")
""" "Five died on Thursday, and the number of those killed now stands at 37": a clause of its own."""
_YEARS = needs("19", "20")
_PAST = any_case(
    rf"(?<!since\s)\b(?:(?:in|of|during)\s+(?:the\s+|early\s+|late\s+|mid-)?"
    rf"|(?:between|from)\s+(?:(?:{MONTH})\s+)?(?:19|20)\d\d\s+(?:and|to|until)\s+)"
    rf"(?:(?P<month>{MONTH})\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_EVER_SINCE = any_case(r"\bsince(?:\s+then)?\W*$")
_COUNTED = any_case(r"\b(?:as\s+of|until|till|up\s+to)(?:\s+\w+){0,3}\W*$")
_OF_COUNT = any_case(r"\b(?:puts?|toll|number|count|tally)\b[^;]*$")
""" "The toll passed 46,000 on Thursday": the day that the count was taken."""
_HEAD = re.compile(r"[^,;]*:")
_STANDS = any_case(r"^\W*as\s+of\b|\bas\s+of\s+(?:\w+\s+){0,3}$")


_DAYS_AFTER = re.compile(
    rf"\W*(?:(?P<many>{'|'.join(MANY)}|\d{{1,2}})\s+(?P<unit>day|week)s?|(?P<next>the\s+day))\s+after\s+(?!that\b)"
)
""" "still down on Thursday, three days after the strike that killed 12": so long before the day named."""


class Dated(NamedTuple):
    """A day and the rule that tied it to the figure."""

    day: date
    rule: str


def clause(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """Offsets of the part of the sentence between semicolons and line ends around the figure."""
    text, at = sentence.text, sentence.tokens[frame.count.number].start
    start, end = sentence.start, sentence.end
    for mark in (";", "\n", "•"):
        if mark in sentence.low:
            start = max(start, text.rfind(mark, start, at) + 1)
            stop = text.find(mark, at, end)
            end = stop if stop >= 0 else end
    return start, end


def as_of(sentence: Sentence, frame: Frame, published: date | None, told: date | None = None) -> Dated | None:
    """The date that the text ties to the event, resolved against the date of publication; `told` is the day that the
    text is at, from which "the day before" counts."""
    if published is None:
        return None
    begin, end = clause(sentence, frame)
    words = sentence.text[begin:end]
    number = sentence.tokens[frame.count.number].start - begin
    if (opened := next((m.start() for m in _TOTAL_BEHIND.finditer(words) if m.end() <= number), None)) is not None:
        begin, words, number = begin + opened, words[opened:], number - opened
    if (other := _OTHER_COUNT.search(words, number)) is not None:
        words = words[: other.start()]
    if (aside := next((m for m in _WHEN_ASIDE.finditer(words) if m.start() < number < m.end()), None)) is not None:
        words = words[: aside.end()]
    for former in _FORMER_COUNT.finditer(words):
        if former.end() <= number:
            words = words[: former.start()] + " " * len(former[0]) + words[former.end() :]
    if frame.measure is Measure.DEPLOYED:
        reached = _reached_by(words, number, published)
        return Dated(reached, "day-reached") if reached is not None else None
    before = sentence.text[sentence.start : begin] if opened is None else ""
    found = _dated(words, published, number) or _dated(before, published)
    step = steps_from(words) if found is None and told is not None else None
    return Dated(told + timedelta(days=step), "day-from") if told is not None and step is not None else found


def _reached_by(words: str, number: int, published: date) -> date | None:
    """ "1,650 had arrived by Thursday", "as of 3 March": the day by which so many troops were there."""
    match = _BY_DAY.search(words, number)
    if match is not None:
        return last_weekday(match["w"], published)
    return next((named.day for named in days_in(words, published) if _STANDS.search(words[: named.start + 3])), None)


def long_ago(words: str, number: int, published: date) -> date | None:
    """ "In August 2021 a bomb killed 170": the last day of a month or year that was over when the text came out; of
    several that named before the number at `number`, else the next."""
    if standing(words).isdisjoint(_YEARS):
        return None
    other = _OTHER_COUNT.search(words, number)
    found = [m for m in _PAST.finditer(words, 0, other.start() if other else len(words)) if _last_of(m) < published]
    before = [match for match in found if match.end() <= number]
    match = before[-1] if before else next(iter(found), None)
    return _last_of(match) if match is not None else None


def _last_of(match: re.Match[str]) -> date:
    year = int(match["year"])
    month = MONTHS.index(match["month"].lower()) + 1 if match["month"] else 12
    return date(year, month, monthrange(year, month)[1])


def event_date(words: str, published: date) -> date | None:
    """The first date in these words that is one of an event, not of saying; None where there is none."""
    found = _dated(words, published)
    return found.day if found is not None else None


def _dated(words: str, published: date, number: int | None = None) -> Dated | None:
    """The date of an event in these words. Of several, the one nearest to the figure at `number`."""
    owned = next((one for one in owners_in(words, published) if not _OWNED_SAYING.match(words, one.end)), None)
    if owned is not None:
        return Dated(owned.day, "day-owner")
    found = list(_of_events(words, published, number))
    if not found:
        return None
    return Dated(min(found, key=lambda one: abs(one.start - (number or 0))).day, "day-named")


def dated(words: str, number: int) -> bool:
    """True where the words give one day to what they count at `number`: not that of saying it, nor the last day of a
    span, nor that by which so many were counted."""
    for named in _of_events(words, date(2000, 12, 31), number):
        before, after = words[: named.start + 3], words[named.end :]
        if named.single and not (_COUNTED.search(before) or _OF_COUNT.search(before) or _HEAD.match(after)):
            return True
    return False


def _of_events(words: str, published: date, number: int | None) -> Iterator[Day]:
    low = lowered(words)
    for named in days_in(words, published):
        before, after = low[: named.start], low[named.end :]
        on_it = number is not None and number > named.end and _THAT_DAY.match(after) is not None
        if not on_it and (_said_on(before, after, named.end, number) or _BEGUN.search(before)):
            continue
        if _EVER_SINCE.search(after) or _OWNED_SAYING.match(after):
            continue
        yield named._replace(day=_before_that(named, after, number))


def _before_that(named: Day, after: str, number: int | None) -> date:
    """The day on which what is counted behind the words fell, where they tell how long ago that was by then."""
    passed = _DAYS_AFTER.match(after) if number is not None and number > named.end else None
    if passed is None:
        return named.day
    many = 1 if passed["next"] else MANY.get(passed["many"]) or int(passed["many"])
    return named.day - timedelta(days=many * (7 if passed["unit"] == "week" else 1))


@lru_cache(maxsize=32)  # asked for each day of a clause, as often as the clause is
def _says_before(before: str) -> bool:
    """True where the words end in a clause of saying that holds nothing yet of what was said."""
    saying = _SAYING_BEFORE.search(before)
    return saying is not None and not _CONTENT.search(saying["told"])


def _said_on(before: str, after: str, end: int, number: int | None) -> bool:
    """ "said on Tuesday", "On Tuesday the army said": the day of the saying, not of what is told."""
    if _says_before(before):
        return True
    if _AT_ONCE.match(after):
        return True
    following = _SAYING_AFTER.match(after)
    if following is None:
        return False
    return not before.strip() if number is None else number - end >= following.end()
