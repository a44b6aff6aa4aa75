"""The tables. Every text column is cleaned, every instant aware UTC (see types.py); migrations/ creates them.

URLs and entry keys come from outside and may be longer than an index takes, so they are found by their SHA-256.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Date, Double, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, defer, mapped_column

from monitor.domain.articles import ArticleStatus, TextSource
from monitor.domain.changes import Kind
from monitor.domain.claims import Measure, Precision, Scope, Status
from monitor.domain.deliveries import DeliveryState
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.windows import Role
from monitor.store.types import CleanJson, CleanText, QuantityJson, UtcDateTime, Word

_WORDS = (ArticleStatus, TextSource, Kind, Measure, Precision, Scope, Status, DeliveryState, Qualifier, Role)


def _only(where: str) -> dict[str, Any]:
    """An index of some rows alone, in both databases."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


class Table(DeclarativeBase):
    """Base of all tables; says which column type a Python type is stored as."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: CleanText,
        datetime: UtcDateTime,
        date: Date,
        float: Double,
        Quantity: QuantityJson,
        Any: CleanJson,
        **{words: Word(words) for words in _WORDS},
    }


class FeedTable(Table):
    """A feed of the configuration, its validators and its health. No longer configured: `active` is false.

    `new_at` is when it last brought a new entry, `habit_seconds` its usual pause between two. `moved_to` is where it
    has redirected for good since `moved_since`, `moved_seen` times; `gone`: its server says that it is no more.
    `trouble` is what operators were told of it.
    """

    __tablename__ = "feeds"

    name: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    active: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_sha256: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    polls: Mapped[int] = mapped_column(default=0)
    entries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    next_poll_at: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    fresh_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    new_at: Mapped[datetime | None]
    new_entries: Mapped[int] = mapped_column(default=0, server_default="0")
    habit_seconds: Mapped[float | None]
    rolled_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    moved_to: Mapped[str | None]
    moved_since: Mapped[datetime | None]
    moved_seen: Mapped[int] = mapped_column(default=0, server_default="0")
    gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    trouble: Mapped[str | None]
    trouble_since: Mapped[datetime | None]


class RunTable(Table):
    """One run of the pipeline; `counts` is its status table once it has finished."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[Any | None]


class RobotsTable(Table):
    """The robots.txt of a site, "" where it has none, and until when it holds."""

    __tablename__ = "robots"

    site: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    until: Mapped[datetime]


class ArticleTable(Table):
    """An article, known by its canonical URL, with the newest entry that announced it.

    `pending`: its text has to be taken, not before `retry_at`. `text_sha256` and `revisions` are those of the newest
    revision, which says since `changed_at` what it says; `status` is how it left the run `run_id`. `revisit_at`: when
    its page is looked at again, null when it isn't.
    """

    __tablename__ = "articles"
    __table_args__ = (
        # As each database is asked: SQLite uses a partial index only for the very same words.
        Index(
            "ix_articles_pending", "pending_since", sqlite_where=text("pending = 1"), postgresql_where=text("pending")
        ),
        Index("ix_articles_run", "run_id"),
        Index("ix_articles_revisit", "revisit_at"),
        Index("ix_articles_feed", "feed", "id"),
        Index("ix_articles_seen", "first_seen_at", "feed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    url_sha256: Mapped[str] = mapped_column(unique=True)
    feed: Mapped[str]
    key: Mapped[str]
    outlet: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    entry_text: Mapped[str]
    full_text: Mapped[bool]
    baseline: Mapped[bool]
    pending: Mapped[bool]
    pending_since: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    revisions: Mapped[int] = mapped_column(default=0)
    text_sha256: Mapped[str | None]
    changed_at: Mapped[datetime | None]
    revisit_at: Mapped[datetime | None]
    status: Mapped[ArticleStatus | None]
    reason: Mapped[str] = mapped_column(default="")
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    first_seen_at: Mapped[datetime]


class EntryTable(Table):
    """An entry seen in a feed and what it said then, so that an unchanged one is no work."""

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_article", "article_id"),)

    feed: Mapped[str] = mapped_column(primary_key=True)
    key_sha256: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    content_sha256: Mapped[str]


class RevisionTable(Table):
    """One text of an article, as taken at a time. `credit` is the agency that it goes back to, by its own words, null
    where it names none and until it is read. `extractor` is the version that read it, `compared_at` when its
    claims were held against what is stored; both are null until then. `turn` counts the comparisons: the order in
    which history is folded again; null for what couldn't be compared."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("article_id", "number", name="uq_revisions_number"),
        Index("ix_revisions_unread", "fetched_at", **_only("extractor IS NULL")),
        Index("ix_revisions_uncompared", "fetched_at", **_only("compared_at IS NULL")),
        Index("ix_revisions_turn", "turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    outlet: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    text_sha256: Mapped[str]
    source: Mapped[TextSource]
    published_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime]
    baseline: Mapped[bool]
    extractor: Mapped[str | None]
    language: Mapped[str | None]
    credit: Mapped[str | None]
    compared_at: Mapped[datetime | None]
    turn: Mapped[int | None]


class ClaimTable(Table):
    """A claim as one revision states it: every field of its figure.

    A text that returns to an earlier wording states the same claim, by its id, in two revisions. `replaced`: a later
    revision of the article has been compared. `rejected`: a person says that it is misread; `accepted`: that it is
    right; `edits`: what a person wants otherwise. The other columns stay as the text was read. `past_reader` is the
    version that read it, where a newer one does so no more: it is kept for what refers to it, and counts no longer.
    """

    __tablename__ = "claims"
    __table_args__ = (
        Index("ix_claims_revision", "revision_id"),
        Index("ix_claims_article", "article_id"),
        # Few claims have one. As each database is asked: SQLite uses a partial index only for the very same words.
        Index("ix_claims_since", "since", **_only("since IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    low: Mapped[int | None] = mapped_column(BigInteger)
    high: Mapped[int | None] = mapped_column(BigInteger)
    qualifier: Mapped[Qualifier]
    measure: Mapped[Measure]
    subject_text: Mapped[str]
    subject_party: Mapped[str | None]
    subject_kind: Mapped[str]
    claimants: Mapped[Any]
    via: Mapped[Any]
    place: Mapped[str | None]
    scope: Mapped[Scope]
    window_days: Mapped[int | None]
    since: Mapped[date | None]
    status: Mapped[Status]
    as_of: Mapped[date | None]
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    quote_start: Mapped[int]
    confidence: Mapped[float]
    terms: Mapped[Any]
    rules: Mapped[Any]
    event: Mapped[str | None]
    target: Mapped[str | None]
    said_at: Mapped[datetime | None]
    replaced: Mapped[bool] = mapped_column(default=False)
    rejected: Mapped[bool] = mapped_column(default=False)
    accepted: Mapped[bool] = mapped_column(default=False, server_default=false())
    edits: Mapped[Any | None]
    past_reader: Mapped[str | None]


class FormerClaimTable(Table):
    """What a claim said before a newer extractor read the same claim otherwise: its columns then, as JSON."""

    __tablename__ = "former_claims"
    __table_args__ = (Index("ix_former_claims_claim", "claim_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    extractor: Mapped[str]
    columns: Mapped[Any]
    until: Mapped[datetime]


class RereadingTable(Table):
    """A text read again by extractor `version`, until that is taken over or another version reads it.

    `claims` are the rows that would be stored; null where nothing would change. `language` is null where the extractor
    failed on the text.
    """

    __tablename__ = "rereadings"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str]
    language: Mapped[str | None]
    credit: Mapped[str | None]
    claims: Mapped[Any | None]


class SeriesTable(Table):
    """A series: its key as one canonical text, and the same as columns. Those of incidents are looked up by the
    incident's day, as a number of days; `day` is null for all others."""

    __tablename__ = "series"
    __table_args__ = (
        Index("ix_series_days", "watch", "subject", "day"),
        Index("ix_series_beside", "watch", "scope", "measure", "place", "window_days", "day"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    watch: Mapped[str]
    subject: Mapped[str]
    measure: Mapped[Measure]
    scope: Mapped[Scope]
    place: Mapped[str | None]
    window_days: Mapped[int | None]
    incident: Mapped[str | None]
    day: Mapped[int | None]


class DecisionTable(Table):
    """What was decided about a claim, in one line of one series, when `revision_id` was compared.

    The claim is one of that revision, or one that it dropped. What the revision states stands in the line from then
    on: `role` is what it can do there (null: nothing), `day` the day that it speaks of, as a number of days.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("claim_id", "revision_id", "series_key", "party", name="uq_decisions_line"),
        Index("ix_decisions_line", "series_key", "party", "role", "day"),
        Index("ix_decisions_newest", "series_key", "role", "day"),
        Index("ix_decisions_revision", "revision_id"),
        Index("ix_decisions_series", "series_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"))
    party: Mapped[str]
    kind: Mapped[Kind | None]
    held_against: Mapped[str | None]
    before: Mapped[Quantity | None]
    alert: Mapped[bool]
    why: Mapped[str]
    role: Mapped[Role | None]
    day: Mapped[int | None]
    decided_at: Mapped[datetime]


class FormerDecisionTable(Table):
    """A decision that no longer holds, since a person's verdict or another reading of its text: kept to be shown."""

    __tablename__ = "former_decisions"
    __table_args__ = (Index("ix_former_decisions_claim", "claim_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"))
    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"))
    party: Mapped[str]
    kind: Mapped[Kind | None]
    held_against: Mapped[str | None]
    before: Mapped[Quantity | None]
    alert: Mapped[bool]
    why: Mapped[str]
    decided_at: Mapped[datetime]
    undone_at: Mapped[datetime]
    reason: Mapped[str]


class ChangeTable(Table):
    """A change of an estimate. `doubtful`: readers were asked to check it. `number` counts the changes of one time, in
    the order in which they were found. `muted`: by which mute nobody was told of it, in words; null where none was."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_at", "at", "number"),
        Index("ix_changes_claim", "claim_id"),
        Index("ix_changes_series", "series_key", "at"),
        Index("ix_changes_muted", "series_key", **_only("muted IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"))
    party: Mapped[str]
    kind: Mapped[Kind]
    before: Mapped[Quantity | None]
    after: Mapped[Quantity | None]
    claim_id: Mapped[str]
    held_against: Mapped[str | None]
    doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    muted: Mapped[str | None]


class AnchorTable(Table):
    """The figure of a party in a series that readers were last told."""

    __tablename__ = "anchors"

    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"), primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[Quantity]
    claim_id: Mapped[str]
    as_of_at: Mapped[datetime]
    precision: Mapped[Precision]
    moved_at: Mapped[datetime]


class DoubtTable(Table):
    """The figure of a party in a series that readers were told once and asked to check; no anchor as yet."""

    __tablename__ = "doubts"

    series_key: Mapped[str] = mapped_column(ForeignKey("series.key"), primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[Quantity]
    claim_id: Mapped[str]
    as_of_at: Mapped[datetime]
    precision: Mapped[Precision]
    moved_at: Mapped[datetime]


class DeliveryTable(Table):
    """One alert on one channel: the outbox. `sequence` is the order in which they were put there. `folded_into`: the
    delivery that tells it in its place."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due", "state", "due_at"), Index("ix_deliveries_channel", "channel"))

    sequence: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    payload: Mapped[Any]
    state: Mapped[DeliveryState]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
    folded_into: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeliveryChangeTable(Table):
    """Which changes a delivery tells."""

    __tablename__ = "delivery_changes"
    __table_args__ = (Index("ix_delivery_changes_change", "change_id"),)

    delivery_key: Mapped[str] = mapped_column(ForeignKey("deliveries.key", ondelete="CASCADE"), primary_key=True)
    change_id: Mapped[str] = mapped_column(ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True)


class HoldTable(Table):
    """A channel whose deliveries wait, until a time or (null) until a person asks for them again."""

    __tablename__ = "holds"

    channel: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime | None]
    error: Mapped[str]


class VerdictTable(Table):
    """A person's verdict on a claim; the newest one counts. `edits` are what it wants otherwise."""

    __tablename__ = "verdicts"
    __table_args__ = (Index("ix_verdicts_claim", "claim_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[str]
    verdict: Mapped[str]
    edits: Mapped[Any | None]
    who: Mapped[str]
    why: Mapped[str]
    at: Mapped[datetime]


class MergeTable(Table):
    """A person's word that two series are one: what would go into `source` goes into `into`, until it is ended. `turn`
    is that of the revision that was compared last before it."""

    __tablename__ = "merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(ForeignKey("series.key"))
    into: Mapped[str] = mapped_column(ForeignKey("series.key"))
    who: Mapped[str]
    why: Mapped[str]
    at: Mapped[datetime]
    turn: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_why: Mapped[str | None]


class MuteTable(Table):
    """A watch ("*": each), or in it a party, a series (by its short name), an outlet or a feed, that nobody is to be
    told about until a time (null: for good)."""

    __tablename__ = "mutes"
    __table_args__ = (Index("ix_mutes_watch", "watch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    watch: Mapped[str]
    party: Mapped[str | None]
    series: Mapped[str | None]
    outlet: Mapped[str | None]
    feed: Mapped[str | None]
    until: Mapped[datetime | None]
    who: Mapped[str]
    why: Mapped[str]
    at: Mapped[datetime]


WITHOUT_TEXTS = (defer(RevisionTable.text), defer(ArticleTable.entry_text))
"""For queries of many claims: whole articles would come with each of them. A text that is asked for all the same is
loaded then."""
