"""What the tests of this room share: entries, texts, claims and comparisons, made in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from monitor.domain.articles import ArticleStatus, ArticleText, Entry, FeedAnswer, PollOutcome, TextSource
from monitor.domain.changes import Change, Comparison, Decision, Kind, change_id
from monitor.domain.claims import Claim, Claimant, Figure, Measure, Scope, Status, Subject, claim_id
from monitor.domain.deliveries import NewDelivery
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.series import Anchor, SeriesKey, anchor_of
from monitor.store import Store, StoredRevision

NOW = datetime(2025, 1, 13, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = SeriesKey(
    watch="north-korean-troops", subject="North Korea/troops", measure=Measure.CASUALTIES, scope=Scope.CUMULATIVE
)
UKRAINE = Claimant("Zelensky", "Ukraine")
SEOUL = Claimant("the spy agency", "South Korea")


def exactly(number: int) -> Quantity:
    return Quantity(number, number, Qualifier.EXACT)


def entry(
    number: int = 1,
    *,
    feed: str = "wire",
    key: str | None = None,
    url: str | None = None,
    title: str = "Losses mount",
    text: str = "A summary.",
    full_text: bool = False,
) -> Entry:
    return Entry(
        feed=feed,
        key=key or f"id-{number}",
        url=url or f"https://wire.example.org/{number}",
        title=title,
        outlet="The Wire",
        published_at=NOW - timedelta(hours=1),
        text=text,
        full_text=full_text,
    )


def answer(*entries: Entry, feed: str = "wire", outcome: PollOutcome = PollOutcome.FRESH, **more: str) -> FeedAnswer:
    return FeedAnswer(feed=feed, outcome=outcome, entries=entries, next_poll_at=NOW + 15 * MINUTE, **more)


def page(text: str) -> ArticleText:
    return ArticleText(text=text, source=TextSource.PAGE)


def figure(
    number: int = 3000, *, by: tuple[Claimant, ...] = (UKRAINE,), status: Status = Status.ASSERTED, start: int = 0
) -> Figure:
    return Figure(
        quantity=exactly(number),
        measure=Measure.CASUALTIES,
        subject=Subject("North Korean troops", "North Korea", "troops"),
        claimants=by,
        place="Kursk",
        scope=Scope.CUMULATIVE,
        status=status,
        as_of=None,
        start=start,
        end=start + 5,
        quote=f"{number} lost",
        quote_start=start,
        confidence=0.9,
        terms=(("base", 0.5), ("named", 0.4)),
        rules=("lost", "said"),
    )


def claim(revision: StoredRevision, of: Figure) -> Claim:
    return Claim(claim_id(revision.url, revision.text_sha256, of), of, revision.origin)


def stored(store: Store, text: str, *, number: int = 1, now: datetime = NOW, baseline: bool = False) -> StoredRevision:
    """An article whose text has been taken and not read; the same number again is a revision."""
    store.add_entries([entry(number, text=text, full_text=True)], now, baseline=baseline)
    (waiting,) = store.pending(now)
    assert store.save_text(waiting.id, page(text), now)
    return store.unread()[-1]


def read(store: Store, revision: StoredRevision, *figures: Figure) -> tuple[Claim, ...]:
    """The claims of a revision, stored."""
    claims = tuple(claim(revision, one) for one in figures)
    store.save_claims(revision.id, claims, version="1", language="en", status=ArticleStatus.NEW)
    return claims


def decision(of: Claim, kind: Kind | None = Kind.FIRST, *, party: str = "Ukraine", key: SeriesKey = KEY) -> Decision:
    return Decision(
        claim_id=of.id,
        series=key,
        party=party,
        kind=kind,
        held_against=None,
        before=None,
        alert=True,
        why="new",
    )


def change(of: Claim, kind: Kind = Kind.FIRST, *, party: str = "Ukraine", key: SeriesKey = KEY) -> Change:
    return Change(
        id=change_id(key, party, kind, of.id, None),
        series=key,
        party=party,
        kind=kind,
        before=None,
        after=of.figure.quantity,
        claim_id=of.id,
        held_against=None,
    )


def first(of: Claim, *, party: str = "Ukraine", key: SeriesKey = KEY) -> Comparison:
    """The comparison by which a claim opens its series."""
    anchors: Mapping[tuple[SeriesKey, str], Anchor | None] = {(key, party): anchor_of(party, of)}
    return Comparison((decision(of, party=party, key=key),), (change(of, party=party, key=key),), anchors)


def delivery(key: str = "d1", *change_ids: str, channel: str = "newsroom", due_at: datetime = NOW) -> NewDelivery:
    return NewDelivery(key=key, channel=channel, change_ids=change_ids, payload={"subject": key}, due_at=due_at)


def record(store: Store, revision: StoredRevision, comparison: Comparison, *deliveries: NewDelivery) -> None:
    with store.comparing() as book:
        book.record(revision.id, comparison, deliveries, NOW)
