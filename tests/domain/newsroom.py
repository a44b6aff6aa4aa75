"""A newsroom for tests: parties say things in articles, and what follows is at hand.

newsroom = Newsroom()
newsroom.says("Ukraine", casualties="more than 3,000", on="2024-12-23")
assert newsroom.says("Ukraine", casualties="3,500", on="2024-12-24").kind == "raised"
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from monitor.domain.book import MemoryBook
from monitor.domain.changes import Arrival, Change, Comparison, Decision
from monitor.domain.claims import (
    Claim,
    Claimant,
    Figure,
    Measure,
    Origin,
    Scope,
    Status,
    Subject,
    claim_id,
)
from monitor.domain.compare import compare
from monitor.domain.quantities import VAGUE_CEILINGS, Qualifier, Quantity
from monitor.domain.series import latest
from monitor.domain.watches import Watch

NORTH_KOREANS = Subject("North Korean troops", "North Korea", "troops")

QUALIFIERS = {
    "about": Qualifier.ABOUT,
    "nearly": Qualifier.ABOUT,
    "at least": Qualifier.AT_LEAST,
    "more than": Qualifier.MORE_THAN,
    "up to": Qualifier.AT_MOST,
    "fewer than": Qualifier.LESS_THAN,
}
VAGUE = dict(zip(("dozens", "scores", "hundreds", "thousands", "tens of thousands"), VAGUE_CEILINGS, strict=False))


def quantity(words: str) -> Quantity:
    """ "more than 3,000", "10,000-12,000", "hundreds" → the quantity that the domain's table gives for it."""
    if words in VAGUE:
        return Quantity(VAGUE[words], None, Qualifier.VAGUE)
    bare = words.replace(",", "")
    if "-" in bare:
        low, high = (int(end) for end in bare.split("-"))
        return Quantity(low, high, Qualifier.RANGE)
    start, _, number = bare.rpartition(" ")
    qualifier = QUALIFIERS[start] if start else Qualifier.EXACT
    low_open = qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN)
    high_open = qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
    return Quantity(None if low_open else int(number), None if high_open else int(number), qualifier)


def moment(text: str) -> datetime:
    """ "2024-12-23" (noon) or "2024-12-23T17:40", UTC."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00").replace(tzinfo=UTC)


def north_korean_watch(**changed: object) -> Watch:
    """The watch of the replay, with what a test wants otherwise."""
    watch = Watch(
        name="north-korean-troops",
        subject=NORTH_KOREANS,
        measures=frozenset(Measure),
        theatre=frozenset({"Kursk", "Russia", "Ukraine"}),
        scopes=frozenset({Scope.CUMULATIVE, Scope.PERIOD}),
    )
    return replace(watch, **changed)  # type: ignore[arg-type]


def claim(
    party: str | Sequence[str] | None,
    measure: str,
    words: str,
    *,
    on: str,
    outlet: str = "Northwire",
    credit: str | None = None,
    url: str | None = None,
    arrives: str | None = None,
    subject: Subject = NORTH_KOREANS,
    place: str | None = None,
    scope: str = "cumulative",
    window_days: int | None = None,
    since: str | None = None,
    status: str = "asserted",
    as_of: str | None = None,
    confidence: float = 0.9,
    start: int = 0,
    event: str | None = None,
    target: str | None = None,
) -> Claim:
    """One claim by a party (or several, or nobody), in an article of its own unless `url` says otherwise."""
    parties = (party,) if isinstance(party, str) else tuple(party or ())
    figure = Figure(
        quantity=quantity(words),
        measure=Measure(measure),
        subject=subject,
        claimants=tuple(Claimant(name, name) for name in parties),
        place=place,
        scope=Scope(scope),
        window_days=window_days,
        since=date.fromisoformat(since) if since else None,
        status=Status(status),
        as_of=date.fromisoformat(as_of) if as_of else None,
        start=start,
        end=start + 1,
        quote=words,
        quote_start=start,
        confidence=confidence,
        event=event,
        target=target,
    )
    address = url or f"https://{outlet}.example.org/{on}/{'-'.join(parties)}".lower().replace(" ", "-")
    fetched = moment(arrives or on)
    origin = Origin(address, outlet, "", 1, moment(on), fetched, credit)
    said = f"{words} {status} {scope} {place} {parties} {fetched} {event} {target}"
    return Claim(claim_id(address, hashlib.sha256(said.encode()).hexdigest(), figure), figure, origin)


@dataclass
class Outcome:
    """What followed from one article."""

    arrival: Arrival
    comparison: Comparison

    @property
    def decision(self) -> Decision:
        """The one decision that was made."""
        (only,) = self.comparison.decisions
        return only

    @property
    def kind(self) -> str | None:
        """The kind of the one decision that was made."""
        return self.decision.kind

    @property
    def why(self) -> str:
        """Why the one decision went as it did."""
        return self.decision.why

    @property
    def alerts(self) -> tuple[Change, ...]:
        """The changes that readers are told."""
        return self.comparison.changes

    @property
    def told(self) -> list[str]:
        """The alerts in short: "raised casualties 3500 Ukraine"."""
        return [
            f"{change.kind} {change.series.measure} {change.after.number if change.after else 'gone'} {change.party}"
            for change in self.alerts
        ]


@dataclass
class Newsroom:
    """A book, a watch, and articles that come in one after the other."""

    watch: Watch = field(default_factory=north_korean_watch)
    book: MemoryBook = field(default_factory=MemoryBook)
    arrivals: list[Arrival] = field(default_factory=list)

    def says(self, party: str | Sequence[str] | None, *, baseline: bool = False, **said: str) -> Outcome:
        """A party gives figures, one for each measure named: `says("Ukraine", killed="3,000", on="2024-12-23")`."""
        return self.publishes(*self.claims(party, **said), baseline=baseline)

    def remembers(self, party: str | Sequence[str] | None, **said: str) -> Outcome:
        """The same as part of the baseline."""
        return self.says(party, baseline=True, **said)

    def claims(self, party: str | Sequence[str] | None, **said: str) -> list[Claim]:
        """The claims of such an article, to be put beside others."""
        figures = {measure: said.pop(measure) for measure in [*Measure] if measure in said}
        return [
            claim(party, measure, words, start=place, **said)  # type: ignore[arg-type]
            for place, (measure, words) in enumerate(figures.items())
        ]

    def publishes(self, *claims: Claim, baseline: bool = False) -> Outcome:
        """One article with these claims."""
        return self.receives(Arrival(claims, baseline=baseline))

    def revises(self, earlier: Outcome, *claims: Claim) -> Outcome:
        """The article of that outcome again, under the same address, with these claims instead."""
        url = earlier.arrival.claims[0].origin.url
        moved = (replace(new, origin=replace(new.origin, url=url, revision=2)) for new in claims)
        return self.receives(Arrival(tuple(moved), replaced=earlier.arrival.claims))

    def receives(self, arrival: Arrival) -> Outcome:
        """An arrival, compared and recorded."""
        if self.book.knows(arrival):
            return Outcome(arrival, Comparison((), (), {}))
        comparison = compare(arrival, [self.watch], self.book)
        self.book.record(arrival, comparison)
        self.arrivals.append(arrival)
        return Outcome(arrival, comparison)

    def anchors(self) -> dict[str, int]:
        """What readers were last told: "casualties Ukraine" → 3000."""
        return {f"{key.measure} {party}": told.quantity.number for (key, party), told in self.book.anchors().items()}

    def latest(self, measure: str, party: str) -> int | None:
        """The number that the pages show for a party."""
        lines = (self.book.series(key).line(party) for key in self.book.series_keys() if key.measure == measure)
        now = latest(one for line in lines for one in line)
        return now.figure.quantity.number if now else None
