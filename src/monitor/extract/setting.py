"""The setting of a figure: over what it counts, where and on which day, each with the rule that told it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.domain.claims import Measure, Scope
from monitor.extract.measures.frames import Frame
from monitor.extract.numbers.number_phrases import NumberPhrase
from monitor.extract.parties.rows import is_row
from monitor.extract.scene.context import Context
from monitor.extract.scene.scenes import LIKE, REACH, SAME_TIME, counted, day_of, told_on, told_there
from monitor.extract.scene.scopes import FEW, Span, is_former, scope_of, words_over
from monitor.extract.scene.since import begun_that_day, start_of
from monitor.extract.scene.when import Dated, as_of, clause, long_ago
from monitor.extract.scene.where import (
    Placed,
    apart,
    extent_of,
    place_of,
    place_of_civil_war,
    place_of_filing,
    place_of_service,
    place_of_speaker,
    told_by,
)
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.speech.saying import Speech

A_NIGHT = 2
"""Days: "overnight", "on Friday and Saturday" tell of one event as well."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Over what a figure counts, where and on which day; `where` and `when` are None where nothing tells, and `since`
    is the day from which it counts, if one is named."""

    span: Span
    where: Placed | None
    when: Dated | None
    since: date | None = None

    @property
    def place(self) -> str | None:
        """The canonical name of the place."""
        return self.where.name if self.where is not None else None

    @property
    def day(self) -> date | None:
        """The day that the text ties to the figure."""
        return self.when.day if self.when is not None else None

    @property
    def rules(self) -> list[str]:
        """The rules of place, scope and day, in this order."""
        return list(self._rules())

    def _rules(self) -> Iterator[str]:
        if self.where is not None:
            yield self.where.rule
        yield self.span.rule
        if self.when is not None:
            yield self.when.rule


def setting_of(sentence: Sentence, frame: Frame, speeches: list[Speech], context: Context) -> Setting:
    """The setting of a figure; the scene lends what its own words leave open."""
    scene, own = context.scene, place_of(sentence, frame, speeches, context)
    named = own.name if own is not None and not own.weak else None
    said = scope_of(sentence, frame, extent_of(named, context))
    same = "same" in sentence.words and SAME_TIME.search(words_over(sentence, frame)[0]) is not None
    if same:
        told = scene.scope if scene.figure_at >= sentence.number - REACH else None
        said = Span(told or Scope.PERIOD, scene.days if told else None, rule="scope-scene")
    if not said.sure and context.heading_span is not None and is_row(sentence):
        said = context.heading_span
    near = context.place
    moved = named is not None and near is not None and not context.lexicon.contains(near, named)
    span = told_on(scene, sentence, frame, said, moved=moved)
    if frame.measure is Measure.MISSING and span.scope is Scope.PERIOD and span.rule == "scope-scene":
        span = Span(Scope.CUMULATIVE, sure=False)  # "since January 15 have died; two remain missing": a state of today
    over = words_over(sentence, frame)[0] if span.scope is Scope.PERIOD else ""
    start = start_of(over, span, context.published)
    if begun_that_day(over, span, start):
        span, start = Span(Scope.CUMULATIVE, rule="scope-since-start"), None
    lasting = start is not None and start.day is not None and span.days is not None  # "killed in three weeks"
    place = own
    if named is None:
        held = span._replace(rule="scope-since-start") if lasting else span
        lent = told_there(scene, sentence, frame, held, (near, context.place_at), listed=bool(context.header))
        place = Placed(lent, "place-scene") if lent is not None else own
        home = place_of_service(sentence, speeches, context) if span.scope is not Scope.INCIDENT else None
        whole = home is not None and not told_by(sentence, speeches, "town_services")
        if lent is not None and home is not None and whole and context.lexicon.contains(home.name, lent):
            place = home  # what a health ministry adds up is of its whole land, not of the town told of last
    day = _day(sentence, frame, span, context, moved=apart(named, scene.day_place, context))
    if frame.measure is Measure.DEPLOYED:
        return Setting(span, place, day)
    begin, end = clause(sentence, frame)
    token = sentence.tokens[frame.count.number]
    number = token.number
    at_spot = _at_one_spot(frame, span, number)
    if number is not None and not is_former(sentence.text[begin:end], token.start - begin):
        counted(scene, sentence, span, number.quantity, day.day if day is not None else None, named)
    if place is None and (span.scope is not Scope.CUMULATIVE or at_spot):
        place = place_of_speaker(sentence, speeches, context)
        if place is not None and sentence.number - context.place_at > REACH:
            context.place, context.place_at = place.name, sentence.number
    place = place or place_of_service(sentence, speeches, context) or place_of_civil_war(sentence, context)
    place = place or (place_of_filing(context) if at_spot else None)
    goes_on = same or span.rule == "scope-scene"
    scene.since = scene.since if goes_on else start.day if start is not None else None
    span = span._replace(days=start.days) if start is not None else span
    scene.days = span.days
    return Setting(span, place, day, scene.since)


def _at_one_spot(frame: Frame, span: Span, number: NumberPhrase | None) -> bool:
    """True for those hit in one event, and for a few dead or hurt of whom nothing says that they add up over time."""
    few = number is not None and number.quantity.number <= LIKE * FEW
    hit = frame.measure in {Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES}
    night = span.days is not None and span.days <= A_NIGHT
    return span.scope is Scope.INCIDENT or (hit and few and (night or span.rule in {"scope-unsaid", "scope-scene"}))


def _day(sentence: Sentence, frame: Frame, span: Span, context: Context, *, moved: bool) -> Dated | None:
    """Its own day, else that of the scene unless the figure has `moved` to another place."""
    scene = context.scene
    own = as_of(sentence, frame, context.published, scene.day if scene.stepped_at != sentence.number else None)
    if own is not None:
        return own
    if span.scope is not Scope.CUMULATIVE and context.published is not None:
        begin, end = clause(sentence, frame)
        number = sentence.tokens[frame.count.number].start - begin
        if (past := long_ago(sentence.text[begin:end], number, context.published)) is not None:
            return Dated(past, "day-past")
    told = day_of(scene, sentence, span) if not moved else None
    if told is not None:
        return Dated(told, "day-scene")
    if context.heading_day is not None and is_row(sentence):
        return Dated(context.heading_day, "day-heading")
    return None
