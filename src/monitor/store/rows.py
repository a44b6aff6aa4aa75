"""What the store hands out: small frozen values, never a row that is bound to the database. Times are aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.domain.articles import ArticleStatus, Entry, TextSource
from monitor.domain.changes import Change, Decision
from monitor.domain.claims import Claim, Figure, Origin
from monitor.domain.deliveries import DeliveryState
from monitor.domain.health import Trouble
from monitor.domain.series import Anchor, SeriesKey
from monitor.domain.verdicts import Merge, Said, Verdict


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article whose text has to be taken. `attempts` counts the tries that failed."""

    id: int
    entry: Entry
    baseline: bool
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRevision:
    """A text of an article, as stored. `number` counts from 1; `language` is None until it has been read."""

    id: int
    article_id: int
    url: str
    outlet: str
    title: str
    text: str
    text_sha256: str
    published_at: datetime | None
    fetched_at: datetime
    number: int
    baseline: bool
    language: str | None = None
    source: TextSource = TextSource.PAGE
    credit: str | None = None

    @property
    def origin(self) -> Origin:
        """The origin that claims of this revision carry; a claim made with it comes back from the store as it was."""
        return Origin(
            url=self.url,
            outlet=self.outlet,
            title=self.title,
            revision=self.number,
            published_at=self.published_at,
            fetched_at=self.fetched_at,
            credit=self.credit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed does. `failures` in a row; `entries` seen in all; `answered_at` the last poll that didn't fail,
    `fresh_at` the last one that brought another body, `new_at` the last one that brought a new entry. `items` and
    `figures` are a day's mean over the last week: new articles, and those of them that hold a figure."""

    name: str
    url: str
    active: bool
    polls: int
    failures: int
    entries: int
    error: str | None
    polled_at: datetime | None
    answered_at: datetime | None
    fresh_at: datetime | None
    next_poll_at: datetime | None
    new_at: datetime | None = None
    trouble: Trouble | None = None
    trouble_since: datetime | None = None
    items: float = 0.0
    figures: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in a list. `status` is None until a run has handled it; `claims` counts those of the newest text."""

    id: int
    url: str
    outlet: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    status: ArticleStatus | None
    reason: str
    pending: bool
    retry_at: datetime | None
    revisions: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """What one party says in one series now: its latest claim, what readers were last told (the anchor), what they were
    asked to check (the doubt), and how many statements in how many outlets agree with the latest one. `muted`: by which
    mute nobody was told of the anchor."""

    series: SeriesKey
    party: str
    claim: Claim
    anchor: Anchor | None
    doubt: Anchor | None
    statements: int
    outlets: int
    muted: str = ""


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A figure of one party in one series that readers were asked to check. `subject`: who is counted, in the words of
    the claim; the series' own where that is gone."""

    series: SeriesKey
    doubt: Anchor
    subject: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change, when it was found, and the claim that caused it. `muted`: by which mute nobody was told of it.
    `stands`: its claim still says so in this line, neither replaced nor rejected nor moved nor edited nor set right.
    `undone`: by whom and why it no longer holds: a person's verdict, or another reading of the text; `undone_at`."""

    change: Change
    at: datetime
    claim: Claim
    muted: str = ""
    stands: bool = True
    undone: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision and when it was taken. `undone`: why it no longer holds."""

    decision: Decision
    at: datetime
    undone: str = ""


@dataclass(frozen=True, slots=True)
class FormerReading:
    """What an older extractor read where a claim stands, until a newer one read it otherwise."""

    figure: Figure
    extractor: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDetail:
    """A claim with all that explains it: the text that it was read in, by which extractor, and what came of it.
    `read_no_more`: a newer extractor doesn't read it. `former` is what older ones read, `merges` are those of the
    series that it stands or stood in."""

    claim: Claim
    text: str
    extractor: str
    language: str
    replaced: bool
    rejected: bool
    read_no_more: bool
    decisions: tuple[DecisionLine, ...]
    changes: tuple[ChangeLine, ...]
    verdicts: "tuple[VerdictLine, ...]" = ()
    former: tuple[FormerReading, ...] = ()
    merges: "tuple[MergeLine, ...]" = ()

    @property
    def active(self) -> bool:
        """True while it counts: of the newest text and not rejected."""
        return not (self.replaced or self.rejected)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """A delivery as the outbox holds it. `attempts` counts the tries begun; `ended_at` when it was sent, given up or
    `folded_into` another one."""

    key: str
    channel: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    created_at: datetime
    ended_at: datetime | None
    error: str | None
    payload: Mapping[str, Any]
    change_ids: tuple[str, ...]
    folded_into: str | None = None


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A person's verdict on a claim. `edits` are the fields that it wants otherwise, in words."""

    claim_id: str
    verdict: Verdict
    who: str
    why: str
    at: datetime
    edits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """Two series that a person has put together: the merge, by its number, and by whom it was `ended`, if it was.
    `turn` is that of the revision that was compared last before it."""

    number: int
    merge: Merge
    said: Said
    turn: int
    ended: Said | None = None


EVERY_WATCH = "*"
"""The name of a mute that is for all watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """What nobody is told about: a watch (EVERY_WATCH: each), or what is of a party, a series, an outlet or a feed in
    it; `until` None is for good."""

    id: int
    watch: str
    party: str | None
    until: datetime | None
    who: str
    why: str
    at: datetime
    series: str | None = None
    outlet: str | None = None
    feed: str | None = None

    @property
    def words(self) -> str:
        """What is muted, until when, by whom and why: "party Ukraine of koreans, until 2025-02-10, ana: too loud"."""
        limits = {"series": self.series, "party": self.party, "outlet": self.outlet, "feed": self.feed}
        what = ", ".join(f"{name} {value}" for name, value in limits.items() if value is not None)
        where = "all watches" if self.watch == EVERY_WATCH else self.watch
        until = f"until {self.until:%Y-%m-%d}" if self.until else "for good"
        return f"{what or 'all'} of {where}, {until}, {self.who}{f': {self.why}' if self.why else ''}"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run; `finished_at` is None while it goes on, and for ever when it was killed."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, Any]
