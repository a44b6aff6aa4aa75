"""Claims: one quantity stated in one article revision, with everything that the text ties to it."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from monitor.domain.quantities import Quantity, is_lone

UNATTRIBUTED = "unattributed"
"""The party of a claim that nobody is named for."""
_NOBODY = (UNATTRIBUTED,)


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
    out, where parts have times of their own: the posts of a live page. `parties` are those whose lines the figure
    belongs to, each once, in the text's order, never empty.
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
    parties: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", _parties(self.claimants))
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span {self.start}:{self.end}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside 0…1")

    @property
    def running(self) -> bool:
        """True for a total that grows with every day, from the start or from a day on."""
        return self.scope is _CUMULATIVE or self.since is not None


def _parties(claimants: tuple[Claimant, ...]) -> tuple[str, ...]:
    named = dict.fromkeys([claimant.party or voice(claimant.name) for claimant in claimants])
    return tuple(named) or _NOBODY


def voice(name: str) -> str:
    """The party that somebody of no known party is: the name without its article, or "the Peace Network" in one text
    and "Peace Network" in the next would contradict each other."""
    article, _, rest = name.partition(" ")
    return rest if article.lower() in {"the", "a", "an"} and rest.strip() else name


class Precision(StrEnum):
    """How exactly an as-of time is known."""

    INSTANT = "instant"
    DAY = "day"


# What is asked for with each claim: an enumeration looks a member up by its name each time.
_ASSERTED, _DENIED = Status.ASSERTED, Status.DENIED
DENIED_BY_ANOTHER = "denied-by-another"
"""The rule of a figure that somebody else denies than those who said it: "Russia denied Ukraine's claim that …"."""
_INCIDENT, _CUMULATIVE = Scope.INCIDENT, Scope.CUMULATIVE
_INSTANT, _DAY = Precision.INSTANT, Precision.DAY


@dataclass(frozen=True, slots=True)
class AsOf:
    """The time that a figure describes: aware UTC, the start of the day where only the day is known. `day` is its UTC
    day."""

    at: datetime
    precision: Precision
    day: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"naive as-of time {self.at}")
        object.__setattr__(self, "day", self.at.astimezone(UTC).date())

    def before(self, other: "AsOf") -> bool:
        """True when this is certainly earlier: by the day where either side knows only its day."""
        if self.precision is _DAY or other.precision is _DAY:
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
    the name of an incident.

    The rest is worked out once, since lines are sorted and searched by it. `said_at` (aware UTC) is when the post that
    states it came out, else the article, as far as known. `day` is the UTC day of the as-of time, `when` that day with
    `said_at`. `event_day` is the UTC day of what is counted, as far as the text says: of the strike, not of the count.
    `names_day`: the text itself gives it.
    `asserted`: it may move an estimate. `lone`: "a soldier was killed" among running totals, an event that the total
    takes in. `own_denial`: a denial by one named party alone. Where two are named, it is the one's denial of what the
    other said; where none is, it is nobody's own figure; and where another denies it, they still hold it.
    """

    id: str
    figure: Figure
    origin: Origin
    accepted: bool = False
    incident: tuple[str | None, str] | None = None
    said_at: datetime = field(init=False, repr=False, compare=False)
    day: date = field(init=False, repr=False, compare=False)
    when: tuple[date, datetime] = field(init=False, repr=False, compare=False)
    event_day: date = field(init=False, repr=False, compare=False)
    names_day: bool = field(init=False, repr=False, compare=False)
    asserted: bool = field(init=False, repr=False, compare=False)
    lone: bool = field(init=False, repr=False, compare=False)
    own_denial: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        figure, origin, put = self.figure, self.origin, object.__setattr__
        said = figure.said_at or origin.published_at or origin.fetched_at
        put(self, "said_at", said)
        said_on = said.astimezone(UTC).date()
        dated = self._dated if figure.as_of is not None else None
        event_day = dated or said_on
        put(self, "names_day", dated is not None)
        day = said_on if figure.scope is _INCIDENT else event_day
        put(self, "event_day", event_day)
        put(self, "day", day)
        put(self, "when", (day, said))
        put(self, "asserted", figure.status is _ASSERTED)
        put(self, "lone", figure.quantity.high == 1 and is_lone(figure.quantity) and figure.running)
        put(
            self,
            "own_denial",
            figure.status is _DENIED
            and len(figure.claimants) > 0
            and len(figure.parties) == 1
            and DENIED_BY_ANOTHER not in figure.rules,
        )

    @property
    def as_of(self) -> AsOf:
        """The text's own date, else the time of publication, else of fetching (rule 6 of the domain's page).

        The date of a strike says which strike is meant, and nothing of when its dead were counted: "119 were killed on
        Monday" is what was known when the text came out.
        """
        if not self.names_day or self.figure.scope is _INCIDENT:
            return AsOf(self.said_at, _INSTANT)
        day = self.event_day
        return AsOf(datetime(day.year, day.month, day.day, tzinfo=UTC), _DAY)

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


def claim_id(url: str, text_sha256: str, figure: Figure) -> str:
    """A short stable name: same article, same text, same place in it, same measure → same claim."""
    parts = (url, text_sha256, str(figure.start), str(figure.end), figure.measure.value)
    return "c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
