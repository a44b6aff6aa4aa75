"""Figures and changes in words for readers. Pure; feed text passes through as it is (render.py makes it harmless)."""

from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Measure, Scope
from monitor.domain.incidents import incident_mark
from monitor.domain.quantities import Quantity, in_words
from monitor.domain.series import SeriesKey

QUOTE = "Quote"
IT_SAID = "It said"
"""In front of a quote that its article has no more."""

SET_RIGHT = "What a person set right"
"""In front of a quote of which a person said how it is meant, or that it is misread."""

KINDS = {
    Kind.FIRST: "First figure",
    Kind.RAISED: "Raised",
    Kind.LOWERED: "Lowered",
    Kind.DIFFERS: "Differs from what others say",
    Kind.CORRECTED: "Corrected by the outlet",
    Kind.WITHDRAWN: "Withdrawn",
    Kind.REFINED: "More exact",
    Kind.CONFIRMED: "Confirmed by another party",
    Kind.REPEATED: "Said again",
    Kind.LATE: "Older figure",
}

CROWDS = ("troops", "soldiers", "forces", "people", "fighters")
"""Last words of a subject that "casualties" takes the place of: North Korean troops → North Korean casualties."""


CHECK = "please check"
"""The mark of a figure that looks like a slip."""
CHECK_SENTENCE = "It looks like a slip: please check it before you use it."


BY_LATER_NEWS = "Corrected by later news"
BY_PERSON = {Kind.CORRECTED: "Corrected by a person", Kind.WITHDRAWN: "Withdrawn by a person"}


def kind_words(kind: Kind, check: bool = False, by: str = "", *, edited: bool = True) -> str:
    """What kind of change it is, in a few words: "Raised", "Raised · please check", "Corrected by a person". `edited`:
    the article itself was changed, where it is a correction; else another text set a slip right."""
    said = BY_PERSON.get(kind, f"{KINDS[kind]} · set right by a person") if by else KINDS[kind]
    if kind is Kind.CORRECTED and not (by or edited):
        said = BY_LATER_NEWS
    return f"{said} · {CHECK}" if check else said


def to_check(line: str) -> str:
    """A headline with the mark of a figure to be checked in front, where no cut takes it away."""
    return f"Please check: {line}"


def series_name(key: SeriesKey, subject: str) -> str:
    """What a series counts, as `counted`, its incident told from others: "… (one incident, 2025-02-02, market)"."""
    what = counted(subject, key.measure, scope=key.scope, place=key.place, window_days=key.window_days)
    if key.incident is None:
        return what
    return f"{what.removesuffix(')')}, {incident_mark(key.incident, key.place)})"


def counted(
    subject: str, measure: Measure, *, scope: Scope, place: str | None, window_days: int | None, second: str = ""
) -> str:
    """What is counted: "North Korean casualties", "People killed in El Fasher (one incident)". `second` tells an
    incident from the first one of its day there: "… (one incident, market)"."""
    who = subject.strip() or "people"
    words = _casualties(who) if measure is Measure.CASUALTIES else f"{who} {measure.value}"
    where = f" in {place}" if place else ""
    named = f"{words}{where}{_span(scope, window_days)}"
    if second:
        named = f"{named.removesuffix(')')}, {second})"
    return named[:1].upper() + named[1:]


def quoted(kind: Kind, by: str = "") -> str:
    """What stands in front of the quote: a figure that was withdrawn isn't said any more, and the text of a reading
    that a person set right proves no other figure."""
    if by and kind is Kind.CORRECTED:
        return SET_RIGHT
    return IT_SAID if kind is Kind.WITHDRAWN else QUOTE


def told_or_muted(told: Quantity | None, muted: str) -> str:
    """What readers were told (nothing for none), or by which mute they weren't."""
    if muted:
        return f"muted ({muted})"
    return in_words(told) if told is not None else ""


def more(changes: int) -> str:
    """ "… and 3 more changes"."""
    return f"… and {changes} more change{'' if changes == 1 else 's'}"


def says(party: str) -> str:
    """ "says South Korea", or that nobody is named."""
    return "no source named" if party == UNATTRIBUTED else f"says {party}"


def headline(kind: Kind, what: str, before: Quantity | None, after: Quantity | None, party: str) -> str:
    """One line for one change: "North Korean casualties: more than 3,000 → 4,700, says South Korea"."""
    return f"{what}: {_step(kind, before, after, says(party))}"


def sentence(kind: Kind, before: Quantity | None, after: Quantity | None, party: str, by: str = "") -> str:
    """The change as a sentence that a screen reader reads well. Where it is `by` a person, nobody says anything new."""
    who = "The latest figure, with no source named," if party == UNATTRIBUTED else party
    set_right = kind is Kind.CORRECTED and by and before is not None
    verb = "is" if party == UNATTRIBUTED else "says" if set_right else "now says"
    if after is None:
        return f"The figure of {_words(before)} is withdrawn; nothing takes its place."
    if before is None:
        first = " It is the first figure known." if kind is Kind.FIRST else ""
        return f"{who} {verb} {_words(after)}.{first}"
    if set_right:
        return f"{who} {verb} {_words(after)}, not {_words(before)}."
    if kind is Kind.DIFFERS:
        return f"{who} {verb} {_words(after)}, where others say {_words(before)}."
    return f"{who} {verb} {_words(after)}; it was {_words(before)}."


def behind(statements: int, outlets: int, voices: int = 1, others: int = 0, *, credit: str | None = None) -> str:
    """ "3 outlets, 1 statement", "5 outlets, 2 statements" of one voice at different times, or "3 independent
    statements" where several voices, or `others`, say so. `credit`: whose report it is, by the texts' own words."""
    carried = _plural(outlets, "outlet")
    if not statements:
        return "no outlet any more"
    if others:
        return f"{voices + others} independent statements, this one in {carried}"
    if voices > 1:
        return f"{voices} independent statements in {carried}"
    back = f": {'all go' if outlets > 1 else 'goes'} back to {credit}" if credit else ""
    return f"{carried}, {_plural(statements, 'statement')}{back}"


def _step(kind: Kind, before: Quantity | None, after: Quantity | None, tail: str) -> str:
    if after is None:
        return f"{_words(before)} withdrawn, {tail.replace('says', 'said by', 1)}"
    if before is None:
        return f"{_words(after)}, {tail}"
    if kind is Kind.DIFFERS:
        return f"{_words(after)}, {tail}; others say {_words(before)}"
    mark = " (corrected)" if kind is Kind.CORRECTED else ""
    return f"{_words(before)} → {_words(after)}{mark}, {tail}"


def _words(quantity: Quantity | None) -> str:
    return in_words(quantity) if quantity is not None else "unknown size"


def _casualties(who: str) -> str:
    head, _, last = who.rpartition(" ")
    if last.casefold() in CROWDS:
        return f"{head} casualties" if head else "casualties"
    return f"casualties among {who}"


def _span(scope: Scope, window_days: int | None) -> str:
    match scope:
        case Scope.CUMULATIVE:
            return ""
        case Scope.INCIDENT:
            return " (one incident)"
        case Scope.PERIOD:
            return f" ({_plural(window_days, 'day')})" if window_days else " (over a period)"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
