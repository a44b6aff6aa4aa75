"""Claims: one quantity stated in one article revision, with everything that the text ties to it."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from monitor.domain.quantities import Quantity

UNATTRIBUTED = "unattributed"
"""The party of a claim that nobody is named for."""


class Measure(StrEnum):
    """What is counted. `casualties` are killed and wounded, and the missing and captured where the text says so."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    CAPTURED = "captured"
    MISSING = "missing"
    DEPLOYED = "deployed"


class Scope(StrEnum):
    """Over what the count runs: since the start, over a bounded time, or in one strike or clash."""

    CUMULATIVE = "cumulative"
    PERIOD = "period"
    INCIDENT = "incident"


class Status(StrEnum):
    """How the text holds the figure. Only `asserted` claims move an estimate."""

    ASSERTED = "asserted"
    DENIED = "denied"
    SUPERSEDED = "superseded"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"
    ADDITIONAL = "additional"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is counted.

    `text` is for readers ("North Korean troops"); `party` the canonical party they belong to ("North Korea"), None
    when the text leaves it open; `kind` is one of the lexicon's kinds of people: "troops", "civilians", "people", …
    """

    text: str
    party: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says so, as the text names it, and the party that it speaks for (None: it speaks for nobody known)."""

    name: str
    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A claim as the extractor reads it out of one text, before it belongs to an article.

    Offsets are code points into the text given to the extractor: `start:end` is the number with its qualifying words,
    `quote_start:quote_end` the part of the sentence that carries it; both are exact slices. `as_of` is the date that
    the text ties to the figure, if any. `window_days` is the length of a `period` figure's window, if known, and
    `since` the day that it counts from where the text names one ("killed since 31 January"): it goes on growing.
    `terms` are the confidence read back: (name, value) pairs whose values add up to `confidence` before it is clamped
    to 0…1. `event` and `target` are what kind of event an incident was and what it hit ("fire", "hospital"), as far as
    the text says; only figures of incidents have them. `via` names who passes on what the claimants say ("a lawmaker
    said Seoul's intelligence showed"). `said_at` (aware UTC) is when the part of the text that states it came
    out, where parts have times of their own: the posts of a live page.
    """

    quantity: Quantity
    measure: Measure
    subject: Subject
    claimants: tuple[Claimant, ...]
    via: tuple[Claimant, ...] = ()
    place: str | None
    scope: Scope
    window_days: int | None = None
    since: date | None = None
    status: Status
    as_of: date | None
    start: int
    end: int
    quote: str
    quote_start: int
    confidence: float
    terms: tuple[tuple[str, float], ...] = ()
    rules: tuple[str, ...] = ()
    event: str | None = None
    target: str | None = None
    said_at: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span {self.start}:{self.end}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside 0…1")

    @property
    def running(self) -> bool:
        """True for a total that grows with every day, from the start or from a day on."""
        return self.scope is Scope.CUMULATIVE or self.since is not None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties whose lines this figure belongs to, each once, in the text's order; never empty."""
        named = [claimant.party or voice(claimant.name) for claimant in self.claimants]
        return tuple(dict.fromkeys(named)) or (UNATTRIBUTED,)


def voice(name: str) -> str:
    """The party that somebody of no known party is: the name without its article, or "the Peace Network" in one text
    and "Peace Network" in the next would contradict each other."""
    article, _, rest = name.partition(" ")
    return rest if article.lower() in {"the", "a", "an"} and rest.strip() else name


class Precision(StrEnum):
    """How exactly an as-of time is known."""

    INSTANT = "instant"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The time that a figure describes: aware UTC, the start of the day where only the day is known."""

    at: datetime
    precision: Precision

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"naive as-of time {self.at}")

    @property
    def day(self) -> date:
        """The UTC day."""
        return self.at.astimezone(UTC).date()

    def before(self, other: "AsOf") -> bool:
        """True when this is certainly earlier: by the day where either side knows only its day."""
        if Precision.DAY in (self.precision, other.precision):
            return self.day < other.day
        return self.at < other.at


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim was read: one revision of one article. `url` is canonical; times are aware UTC. `credit` is the
    agency or outlet that the text goes back to, by its own words."""

    url: str
    outlet: str
    title: str
    revision: int
    published_at: datetime | None
    fetched_at: datetime
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure with the article revision that states it. `id` is stable: the same text gives the same claim.

    `accepted`: a person says that it is right as it stands here. `incident` is where a person put it: the place and
    the name of an incident. `day` is the UTC day of the as-of time and `when` that day with the time of publication,
    worked out once: long lines are sorted by them.
    """

    id: str
    figure: Figure
    origin: Origin
    accepted: bool = False
    incident: tuple[str | None, str] | None = None
    day: date = field(init=False, repr=False, compare=False)
    when: tuple[date, datetime] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        dated = self._dated if self.figure.as_of is not None and self.figure.scope is not Scope.INCIDENT else None
        day = dated or self.said_at.astimezone(UTC).date()
        object.__setattr__(self, "day", day)
        object.__setattr__(self, "when", (day, self.said_at))

    @property
    def as_of(self) -> AsOf:
        """The text's own date, else the time of publication, else of fetching (rule 6 of the domain's page).

        The date of a strike says which strike is meant, and nothing of when its dead were counted: "119 were killed on
        Monday" is what was known when the text came out.
        """
        day = self._dated
        if day is None or self.figure.scope is Scope.INCIDENT:
            return AsOf(self.said_at, Precision.INSTANT)
        return AsOf(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)

    @property
    def event_day(self) -> date:
        """The UTC day of what is counted, as far as the text says: of the strike, not of the count."""
        return self._dated or self.said_at.astimezone(UTC).date()

    @property
    def names_day(self) -> bool:
        """True when the text itself gives the day of what is counted."""
        return self._dated is not None

    @property
    def _dated(self) -> date | None:
        """The date that the text ties to the figure, if it can be one.

        A date that lies more than a day (time zones) after the text was both published and fetched is none, however it
        was read: one misread "by December" would make everything after it late.
        """
        day = self.figure.as_of
        if day is None:
            return None
        known = max(self.said_at, self.origin.fetched_at).astimezone(UTC).date()
        return day if day <= known + timedelta(days=1) else None

    @property
    def said_at(self) -> datetime:
        """When the post that states it came out, else the article, as far as known: aware UTC."""
        return self.figure.said_at or self.origin.published_at or self.origin.fetched_at


def claim_id(url: str, text_sha256: str, figure: Figure) -> str:
    """A short stable name: same article, same text, same place in it, same measure → same claim."""
    parts = (url, text_sha256, str(figure.start), str(figure.end), figure.measure.value)
    return "c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
