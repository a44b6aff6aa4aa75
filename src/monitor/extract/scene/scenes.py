"""The scene of a report: event, day and place, which hold for the sentences after until others are named."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from monitor.domain.claims import Measure, Scope
from monitor.domain.quantities import Quantity
from monitor.extract.lexicon.scene_words import any_of, scene_words
from monitor.extract.measures.frames import Frame, is_soldier
from monitor.extract.scene.dates import steps_from
from monitor.extract.scene.events import clause_at, event_of, target_of
from monitor.extract.scene.raised import raising_at
from monitor.extract.scene.scopes import ADDING_UP, FEW, Span
from monitor.extract.scene.when import event_date
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.text.cues import Cue

REACH = 2
"""Sentences over which an event or a toll is told on."""
LASTING = 6
"""Sentences over which the place of an event holds for further tolls of it."""
LIKE = 4
"""A number up to so many times the one before counts over the same window; a far larger one is a running total."""
_AT_ONCE = Cue(rf"\b(?:{any_of('at_once')})\b", *scene_words("at_once"))
_FOUGHT = frozenset({"fought", "battled", "clashed", "duelled", "brawled"})
_HOUR = Cue(
    rf"\b(?:at|before|around|this|that)\s+(?:\w+\s+)?(?:{any_of('parts_of_day')})\b|\bfor\s+(?:[a-z]+|\d{{1,2}})\s+hours\b",
    *scene_words("parts_of_day"),
    "hours",
)
_HAVE_FALLEN = re.compile(r"\b(?:have|has)\s+(?:\w+\s+)?(?:been|died|perished|lost|killed|suffered|claimed)\b")
_AT_WAR = re.compile(r"\b(?:war|conflict|front|campaign)\b", re.IGNORECASE)
_THERE = re.compile(r"\bthere\b(?!\s+(?:is|are|was|were|have|has|had|will|may|could)\b)|\bin\s+the\s+country\b")
_AGAIN = re.compile(
    r"^\W*(?:a\s+further|another|further|of\s+them|they|among\s+them|the\s+same|some\s+of\s+them)\b|\bsame\s+(?:week|period|time)\b",
    re.IGNORECASE,
)


SAME_TIME = re.compile(
    r"\b(?:in|over|during|within|for)\s+(?:the|that|this)\s+same\s+(?:days?|weeks?|months?|time|period|span)\b",
    re.IGNORECASE,
)
""" "150 were killed in the same days": over the time that the figure before counts."""
SEPARATE = re.compile(r"\b(?:separate(?:ly)?|elsewhere|unrelated)\b", re.IGNORECASE)
"""Words behind which another event is told of."""


@dataclass(slots=True)
class Scene:
    """What the sentences so far have set: the last single event, and the last figure with what it counted over."""

    event_at: int = -9
    words: str = ""
    great: bool = False
    day: date | None = None
    day_place: str | None = None
    stepped_at: int = -9
    scope: Scope | None = None
    days: int | None = None
    since: date | None = None
    figure_at: int = -9
    most: int = 0


def notice(
    scene: Scene, sentence: Sentence, published: date | None, *, place: str | None, spot: bool, moved: bool
) -> None:
    """Keeps the single event that the sentence tells of, and its day. `spot`: its `place` is a small one, where losses
    are those of one event ("owned up to losses at Tinzaouaten"); `moved`: it is another than that of the last day."""
    words = sentence.text[sentence.start : sentence.end]
    great = not scene_words("great_events").isdisjoint(sentence.words)
    told = great or _single(sentence) or _AT_ONCE.search(words) is not None or _at_an_hour(sentence, words)
    if not told and not (spot and _lost_there(scene, sentence, words)):
        return
    same = scene.event_at == sentence.number - 1
    scene.event_at, scene.words = sentence.number, sentence.low
    scene.great = great or (same and scene.great)
    day = event_date(words, published) if published is not None else None
    step = steps_from(words) if day is None and scene.day is not None else None
    if scene.day is not None and step is not None:
        day = scene.day if scene.stepped_at == sentence.number else scene.day + timedelta(days=step)
    goes_on = same and not moved and SEPARATE.search(words) is None
    scene.day_place = place or (scene.day_place if goes_on else None)
    scene.day = day or (scene.day if goes_on else None)


@cache
def _plural_events() -> frozenset[str]:
    return frozenset(f"{word}s" for word in scene_words("single_events"))


def _single(sentence: Sentence) -> bool:
    """ "a strike", "Friday's battle", "six attacks", "bombed the market": one event, no kind of warfare."""
    single = scene_words("single_events")
    if not single.isdisjoint(sentence.words):
        return True
    plurals, tokens = sentence.words & _plural_events(), sentence.tokens
    return bool(plurals) and any(
        t.number is not None or t.low in {"twin", "double"}
        for index, token in enumerate(tokens)
        if token.low in plurals
        for t in tokens[max(0, index - 2) : index]
    )


def _at_an_hour(sentence: Sentence, words: str) -> bool:
    """ "Two helicopters fired on a tea shop at midday", "the settlement was taken this morning by paratroopers": what
    armed men do at one time of a day is one event."""
    if _HOUR.search(words) is None or _HAVE_FALLEN.search(words) is not None:
        return False
    return not sentence.words.isdisjoint(_FOUGHT) or any(
        is_soldier(t) or t.has("bodies", "assaults", "assailed", "fired") for t in sentence.tokens
    )


def _lost_there(scene: Scene, sentence: Sentence, words: str) -> bool:
    """A word of death or loss, where nothing adds up and no figure of the sentence counts over more."""
    if ADDING_UP.search(words) or (scene.figure_at == sentence.number and scene.scope is not Scope.INCIDENT):
        return False
    return any(s.role in {"event", "toll", "count", "lose"} for t in sentence.tokens for s in t.senses)


def told_on(scene: Scene, sentence: Sentence, frame: Frame, span: Span, *, moved: bool) -> Span:
    """The scope of a figure whose own words leave it open: that of the scene, where it goes on with it. `moved`: its
    own place does not lie in that of the scene."""
    gap = sentence.number - scene.figure_at
    number = sentence.tokens[frame.count.number].number
    size = number.quantity.number if number is not None else 0
    if gap == 0 and (raised := _raised_over_more(scene, sentence, frame, span, size)) is not None:
        return raised
    if span.sure or frame.measure is Measure.DEPLOYED:
        return span
    outgrown = scene.scope is Scope.PERIOD and size > LIKE * LIKE * scene.most
    if gap == 0 and scene.scope is not None and not outgrown:
        return Span(scene.scope, scene.days, rule="scope-scene")
    if span.scope is Scope.INCIDENT:
        return span
    if moved:
        return span
    words = sentence.text[sentence.start : sentence.end]
    if sentence.bullet or _AT_WAR.search(words):
        return span
    if (
        gap <= 1
        and scene.scope is Scope.PERIOD
        and (_AGAIN.search(words) or scene.most <= LIKE * size <= LIKE * LIKE * scene.most)
    ):
        return Span(Scope.PERIOD, scene.days, rule="scope-scene")
    if gap <= REACH and scene.scope is Scope.INCIDENT and (size <= max(FEW, 10 * scene.most)):
        return Span(Scope.INCIDENT, rule="scope-scene")
    if sentence.number - scene.event_at > REACH:
        return span
    goes_on = scene.great or size <= FEW or not _HAVE_FALLEN.search(words)
    return Span(Scope.INCIDENT, rule="scope-scene") if goes_on else span


def _raised_over_more(scene: Scene, sentence: Sentence, frame: Frame, span: Span, size: float) -> Span | None:
    """ "killed 54 in the past day, bringing the toll to 46,707": what a window's dead are added to counts over more
    than that window; where they died late of an event just told of ("two more died overnight"), it is its toll."""
    own = span.sure and span.rule != "scope-event"
    if scene.scope is not Scope.PERIOD or own or raising_at(sentence, frame.count.number) is None:
        return None
    late = sentence.number - scene.event_at <= REACH and size <= max(FEW, 10 * scene.most)
    return Span(Scope.INCIDENT, rule="scope-scene") if late else Span(Scope.CUMULATIVE, rule="scope-total")


def told_there(
    scene: Scene,
    sentence: Sentence,
    frame: Frame,
    span: Span,
    near: tuple[str | None, int],
    *,
    listed: bool = False,
) -> str | None:
    """The place of a figure that names none: that of the scene, `near` with the number of its sentence. `listed`: it
    stands in a list under the head of one source."""
    if near[0] is None:
        return None
    gap = sentence.number - near[1]
    words = sentence.text[sentence.start : sentence.end]
    if frame.rule == "same-count" or _THERE.search(words):
        return near[0] if gap <= REACH else None
    if frame.measure is Measure.DEPLOYED:
        return near[0] if gap <= LASTING and scene.event_at == near[1] else None
    if sentence.bullet:
        return near[0] if listed and gap <= LASTING else None
    if span.rule == "scope-since-start":
        return None  # what all have suffered since the war began is of no one place
    if span.scope is not Scope.CUMULATIVE:
        return near[0] if gap <= LASTING else None
    other = scene.figure_at == near[1] and scene.scope is not Scope.CUMULATIVE
    return near[0] if gap <= LASTING and scene.event_at != near[1] and not other else None


def counted(
    scene: Scene, sentence: Sentence, span: Span, quantity: Quantity, day: date | None, place: str | None
) -> None:
    """Keeps what the figure counted over and the day and place of its event, for the next one."""
    if day is not None and span.scope is Scope.INCIDENT:
        if steps_from(sentence.text[sentence.start : sentence.end]) is not None:
            scene.stepped_at = sentence.number
        scene.day, scene.day_place, scene.event_at = day, place, max(scene.event_at, sentence.number)
    same = scene.figure_at == sentence.number
    scene.most = max(scene.most, quantity.number) if same else quantity.number
    scene.scope, scene.days, scene.figure_at = span.scope, span.days, sentence.number


def happened(scene: Scene, sentence: Sentence, span: Span, at: int) -> tuple[str | None, str | None]:
    """The kind of event that an incident's figure at `at` is of, and what it hit: by its own sentence, else by the
    scene's."""
    if span.scope is not Scope.INCIDENT:
        return None, None
    own = clause_at(sentence.low, at - sentence.start)
    told = scene.words if sentence.number - scene.event_at <= REACH else ""
    return event_of(own) or event_of(told), target_of(own) or target_of(told)


def day_of(scene: Scene, sentence: Sentence, span: Span) -> date | None:
    """The day of a toll that goes on with the scene's event: the same event's figures share one day."""
    if span.scope is not Scope.INCIDENT or SEPARATE.search(sentence.text, sentence.start, sentence.end):
        return None
    return scene.day if sentence.number - scene.event_at <= REACH else None
