"""What answers for programs look like, for /openapi.json. Fields are those of docs/fields.md."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Source(Shape):
    """Where something was read; a url that is no safe link is null."""

    quote: str
    outlet: str
    headline: str
    url: str | None
    claimants: list[str]


class Bounds(Shape):
    """How many."""

    low: int | None
    best: int | None
    high: int | None


class Said(Source, Bounds):
    """What one party says in a series now."""

    party: str
    now: str
    qualifier: str
    as_of: date
    told: str
    check: str
    statements: int
    outlets: int
    claim: str


class Series(Shape):
    """A series."""

    id: str
    watch: str
    title: str
    measure: str
    scope: str
    place: str
    incident_day: date | None
    parties: list[Said]


class Change(Source, Bounds):
    """A change."""

    id: str
    at: datetime
    watch: str
    series: str
    title: str
    incident_day: date | None
    kind: str
    kind_words: str
    party: str
    before: str
    after: str
    previous_low: int | None
    previous_high: int | None
    check: bool
    muted: str
    undone: str = Field(description="by whom and why it no longer holds; empty while it does")
    undone_at: datetime | None
    claim: str


class SaidInSeries(Source):
    """A claim of a series with its verdict."""

    number: int = Field(description="its place; 0 for a claim that a person rejected")
    claim: str
    party: str
    figure: str
    as_of: date
    status: str
    verdict: str
    alert: bool
    why: str
    counts: bool
    gone: str = Field(description="why its figure stands no more, in words; empty while it does")
    edited: str = Field(description="by whom it was corrected, what it was, and why; empty: nobody did")
    hollow: bool


class Claim(Source, Bounds):
    """A claim as one version of an article states it."""

    claim: str
    subject: str
    subject_party: str
    measure: str
    scope: str
    window_days: int | None
    since: date | None
    place: str
    event: str
    target: str
    party: str
    status: str
    qualifier: str
    as_of: date
    confidence: float
    counts: bool
    published_at: datetime | None
    revision: int


class PlacedClaim(Claim):
    """A claim with the series that it was put into and their watches, side by side."""

    series: list[str]
    watch: list[str]


class Decision(Shape):
    """What was decided of a claim in one series."""

    series: str
    watch: str
    party: str
    kind: str | None
    alert: bool
    why: str
    held_against: str | None
    at: datetime
    undone: str = Field(description="why it no longer holds; empty while it does")


class Judgement(Shape):
    """What a person said of a claim."""

    verdict: str
    who: str
    why: str
    at: datetime
    edits: dict[str, Any]


class Delivery(Shape):
    """An alert on one channel."""

    channel: str
    state: str
    attempts: int
    due: datetime
    ended: datetime | None
    error: str | None


class Article(Shape):
    """An article; `status` is null until a run has handled it."""

    id: int
    url: str | None
    outlet: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    status: str | None
    reason: str
    revisions: int
    figures: int


class Feed(Shape):
    """How a feed does."""

    feed: str
    active: bool
    state: str
    trouble: str | None
    failures: int
    error: str | None
    answered: datetime | None
    new_item: datetime | None
    next_poll: datetime | None
    items_a_day: float
    figures_a_day: float


class Doubt(Shape):
    """A figure that readers were asked to check."""

    series: str
    watch: str
    title: str
    party: str
    figure: str
    as_of: date
    claim: str


class Unsure(Claim):
    """A claim that watches would take were it read with more confidence."""

    watches: list[str]


class FiguresAnswer(Shape):
    """Series, those that moved last first."""

    figures: list[Series]
    after: str | None


class SeriesAnswer(Shape):
    """One series; null when nobody says anything in it any more."""

    series: Series | None
    claims: list[SaidInSeries]
    before: int | None


class ChangesAnswer(Shape):
    """Changes, the newest first."""

    changes: list[Change]
    after: str | None


class ChangeAnswer(Shape):
    """A change, why it was told, and to whom."""

    change: Change
    decisions: list[Decision]
    deliveries: list[Delivery]


class ClaimsAnswer(Shape):
    """Claims in the order of their ids."""

    claims: list[PlacedClaim]
    after: str | None


class ClaimAnswer(Shape):
    """A claim with what explains it. `extractor` is what read it; `terms` sum up to its confidence."""

    claim: Claim
    extractor: str
    rules: list[str]
    terms: dict[str, float]
    decisions: list[Decision]
    verdicts: list[Judgement]
    changes: list[Change]


class ArticlesAnswer(Shape):
    """Articles, those seen last first."""

    articles: list[Article]
    after: int | None


class ArticleAnswer(Shape):
    """An article with its newest text and what was read in it."""

    article: Article
    text: str
    claims: list[Claim]


class FeedsAnswer(Shape):
    """Feeds."""

    feeds: list[Feed]


class ReviewAnswer(Shape):
    """What waits for a person."""

    doubts: list[Doubt]
    unsure: list[Unsure]
    after: int | None


class Problem(Shape):
    """What was wrong (RFC 9457)."""

    title: str
    status: int


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}


Responses = dict[int | str, dict[str, Any]]

KNOWN: Responses = {304: {"description": "what If-None-Match names is still so"}}
BUSY: Responses = {503: _problem("the database can't be read at the moment")}
MISREAD: Responses = {422: _problem("what can't be read in the address"), **BUSY, **KNOWN}
NO_WATCH: Responses = {404: _problem("there is no watch of this name"), **MISREAD}
UNKNOWN: Responses = {404: _problem("there is none of this name"), **MISREAD}


def files(*kinds: str) -> Responses:
    """An answer that is none of ours in its shape, of these media types: what is no JSON is text."""
    shapes = {kind: {"schema": {"type": "object" if kind.endswith("json") else "string"}} for kind in kinds}
    return {200: {"description": "the file", "content": shapes}}
