"""What a person says of claims and series: which claims a verdict holds for, and what it makes of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from monitor.domain.claims import Claim, Figure, Scope
from monitor.domain.series import SeriesKey

Edits = Mapping[str, Any]
"""What a person wants otherwise of a claim: fields of its figure by their names, and `incident`."""

EDITABLE = ("quantity", "measure", "subject", "claimants", "place", "scope", "window_days", "status", "as_of")
"""The fields of a figure that a person can want otherwise."""

SHARED = 0.6
"""A sentence is the same one, edited, while so much of its words is shared."""

_WORD = re.compile(r"\w+")


class Verdict(StrEnum):
    """What a person says of a claim."""

    REJECTED = "rejected"
    ACCEPTED = "accepted"
    EDITED = "edited"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """By whom a verdict is, why and when (aware UTC)."""

    who: str
    why: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a claim by the verdicts so far."""

    rejected: bool = False
    accepted: bool = False
    edits: tuple[tuple[str, Any], ...] = ()

    def after(self, verdict: Verdict, edits: Edits) -> "Standing":
        """What holds after one more. Who edits a claim has looked at it: it is right as it stands then."""
        if verdict is Verdict.REJECTED:
            return replace(self, rejected=True, accepted=False)
        together = tuple(sorted((dict(self.edits) | dict(edits)).items()))
        if verdict is Verdict.SPLIT:
            return replace(self, edits=together)
        return Standing(False, True, together)

    @property
    def stays(self) -> bool:
        """True for a claim that a person has looked at and that counts: it does so whatever a newer extractor reads."""
        return not self.rejected and (self.accepted or bool(self.edits))

    def fixed(self, was: Figure, now: Figure) -> "Standing":
        """The same for another reading of the same words: what a person called right stays as it was then."""
        if not self.accepted:
            return self
        old = {name: value for name in EDITABLE if (value := getattr(was, name)) != getattr(now, name)}
        return replace(self, edits=tuple(sorted((old | dict(self.edits)).items())))

    def of(self, claim: Claim) -> Claim:
        """The claim, as read, with what a person says of it."""
        edits = dict(self.edits)
        incident = edits.pop("incident", None)
        return replace(claim, figure=replace(claim.figure, **edits), accepted=self.accepted, incident=incident)


@dataclass(frozen=True, slots=True)
class Merge:
    """A series that a person has put into another one. One of an incident stands for all that is counted there."""

    source: SeriesKey
    into: SeriesKey

    def applies(self, key: SeriesKey) -> bool:
        """True for a series whose claims go elsewhere by this."""
        if self.source.incident is None or key.scope is not Scope.INCIDENT:
            return key == self.source
        return together(key) == together(self.source)

    def of(self, key: SeriesKey) -> SeriesKey:
        """Where they go."""
        if self.source.incident is None:
            return self.into
        return replace(key, subject=self.into.subject, place=self.into.place, incident=self.into.incident)


def together(key: SeriesKey) -> SeriesKey | tuple[str, str, str]:
    """What is counted of one incident goes together; any other series stands for itself."""
    return (key.watch, key.subject, key.incident) if key.incident else key


def merged(key: SeriesKey, merges: Sequence[Merge]) -> SeriesKey:
    """The series that claims of this one go into, after all merges, the newest first."""
    for _ in merges:
        found = next((merge for merge in reversed(merges) if merge.applies(key)), None)
        if found is None:
            break
        key = found.of(key)
    return key


def same_claim(one: Claim, other: Claim) -> bool:
    """True when a verdict on one, as it was read, holds for the other: the same place in the same text, or the same
    number in the same sentence of another revision, be the sentence a little edited."""
    if one.id == other.id:
        return True
    if one.origin.url != other.origin.url or one.figure.measure is not other.figure.measure:
        return False
    if one.origin.revision == other.origin.revision:
        return one.figure.start < other.figure.end and other.figure.start < one.figure.end
    return _number(one) == _number(other) and _shared(one, other) >= SHARED


def _number(claim: Claim) -> str:
    """The number's words."""
    figure = claim.figure
    start = figure.start - figure.quote_start
    words = figure.quote[start : start + figure.end - figure.start] if start >= 0 else ""
    return " ".join(words.casefold().split()) or str(figure.quantity)


def _shared(one: Claim, other: Claim) -> float:
    mine, theirs = ({*_WORD.findall(claim.figure.quote.casefold())} for claim in (one, other))
    return len(mine & theirs) / max(len(mine | theirs), 1)
