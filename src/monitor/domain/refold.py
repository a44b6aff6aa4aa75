"""History folded again: what a person's verdict, or another reading of the same texts, makes of series.

History is folded twice, as it was and as it is now, and only where the two differ is anything done: settings that have
changed since, or rules, are no reason to take back what readers were told.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.domain.book import MemoryBook
from monitor.domain.changes import Arrival, Change, Decision, Kind, change_id
from monitor.domain.claims import Claim, Figure
from monitor.domain.compare import LineName, compare
from monitor.domain.quantities import Quantity, agree
from monitor.domain.series import Anchor, SeriesKey
from monitor.domain.watches import Watch

DecisionName = tuple[int, str, SeriesKey, str]
"""The revision that was compared, the claim, the series and the party."""
Stated = tuple[Decision, Figure | None]
"""A decision, with the figure as the revision states it."""
NOT_THEN = "; seen when history was folded again: nobody was told"


@dataclass(frozen=True, slots=True)
class Turn:
    """One revision of an article, by its number in the store, as it was compared: those of its claims that count.
    `number` counts what was compared."""

    revision: int
    url: str
    claims: tuple[Claim, ...]
    baseline: bool = False
    number: int = 0


class Shown:
    """Which revisions of each article count while they are compared one after the other. A revision replaces the
    earlier ones that count, and no later one that was compared before it."""

    def __init__(self) -> None:
        self._counting: dict[str | int, list[int]] = {}

    def replaced_by(self, article: str | int, revision: int) -> list[int]:
        """The revisions of its article that this one replaces, as it is compared."""
        known = self._counting.get(article, [])
        self._counting[article] = [*(one for one in known if one >= revision), revision]
        return [one for one in known if one < revision]


@dataclass(frozen=True, slots=True)
class History:
    """Revisions in the order in which they were compared, and the series of each claim, by watch and claim id."""

    turns: tuple[Turn, ...]
    placed: Mapping[tuple[str, str], SeriesKey]

    def with_claims(
        self, claims: Mapping[tuple[int, str], Claim | None], placed: Mapping[tuple[str, str], SeriesKey]
    ) -> "History":
        """The history with these claims, by revision and id, instead (None: without), and these series."""
        return History(tuple(_turn_with(turn, claims) for turn in self.turns), placed)

    def arrivals(self, watch: str) -> Iterator[tuple[int, Arrival]]:
        """What came in for one watch, each with its revision."""
        shown = Shown()
        active: dict[int, tuple[Claim, ...]] = {}
        for turn in self.turns:
            own = tuple(claim for claim in turn.claims if (watch, claim.id) in self.placed)
            replaced = shown.replaced_by(turn.url, turn.revision)
            gone = tuple(claim for revision in replaced for claim in active.pop(revision, ()))
            active[turn.revision] = own
            if own or gone:
                yield turn.revision, Arrival(own, gone, turn.baseline)


@dataclass(frozen=True, slots=True)
class Told:
    """What readers were told, by series and party, and what they were asked to check."""

    anchors: Mapping[LineName, Anchor] = field(default_factory=dict)
    doubts: Mapping[LineName, Anchor] = field(default_factory=dict)

    def last(self, line: LineName) -> Anchor | None:
        """The figure that readers have in hand."""
        return self.doubts.get(line) or self.anchors.get(line)


@dataclass(frozen=True, slots=True)
class Refolded:
    """What comes of a history: the decisions, what would have been told, and the lines that alerts were about."""

    decisions: Mapping[DecisionName, Stated]
    told: Told
    alerts: Mapping[LineName, Change]


def refold(history: History, watches: Sequence[Watch]) -> Refolded:
    """Folds a history from nothing."""
    decisions: dict[DecisionName, Stated] = {}
    alerts: dict[LineName, Change] = {}
    book = MemoryBook()
    for watch in watches:
        for revision, arrival in history.arrivals(watch.name):
            comparison = compare(arrival, (watch,), book, history.placed)
            book.record(arrival, comparison)
            own = {claim.id: claim.figure for claim in arrival.claims}
            for one in comparison.decisions:
                decisions[revision, one.claim_id, one.series, one.party] = (one, own.get(one.claim_id))
            alerts |= {(change.series, change.party): change for change in comparison.changes}
    return Refolded(decisions, Told(book.anchors(), book.doubts()), alerts)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What is to be written: decisions that no longer hold and those that do instead, the anchors and doubts that are
    right, and the changes that readers are told."""

    undone: Collection[DecisionName] = ()
    decisions: Mapping[DecisionName, Decision] = field(default_factory=dict)
    anchors: Mapping[LineName, Anchor | None] = field(default_factory=dict)
    doubts: Mapping[LineName, Anchor | None] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """The verdict behind a correction: the claim that it was about and the verdict's own name. `moved` are series
    that were put into others as a whole, which speak for them now; `told_before` is what readers were told of series
    that were there no more."""

    claim_id: str
    verdict: str
    moved: Mapping[SeriesKey, SeriesKey] = field(default_factory=dict)
    told_before: Mapping[LineName, Anchor] = field(default_factory=dict)


def rewriting(told: Told, before: Refolded, after: Refolded, watches: Sequence[Watch], cause: Cause) -> Rewriting:
    """What follows from a history that reads differently now."""
    undone = [name for name, one in before.decisions.items() if after.decisions.get(name) != one]
    decisions = {
        name: _as_told(one[0], before.decisions.get(name))
        for name, one in after.decisions.items()
        if before.decisions.get(name) != one
    }
    anchors: dict[LineName, Anchor | None] = {}
    doubts: dict[LineName, Anchor | None] = {}
    changes: list[Change] = []
    by_name = {watch.name: watch for watch in watches}
    for line in _lines_that_differ(before.told, after.told):
        watch = by_name[line[0].watch]
        change = _correction(line, told, after, watch, cause)
        if change is not None:
            changes.append(change)
        anchors[line] = _anchor(line, told, after.told, watch, bothered=change is not None)
        doubts[line] = after.told.doubts.get(line)
    return Rewriting(undone, decisions, anchors, doubts, tuple(changes))


def _turn_with(turn: Turn, claims: Mapping[tuple[int, str], Claim | None]) -> Turn:
    others = [claim for claim in turn.claims if (turn.revision, claim.id) not in claims]
    mine = [claim for (revision, _), claim in claims.items() if revision == turn.revision and claim is not None]
    ordered = sorted((*others, *mine), key=lambda claim: (claim.figure.start, claim.figure.end, claim.id))
    return replace(turn, claims=tuple(ordered))


def _as_told(decision: Decision, before: Stated | None) -> Decision:
    """A decision of history says what readers were told then, and not what they would have been told."""
    if not decision.alert or (before is not None and before[0].alert):
        return decision
    return replace(decision, alert=False, why=decision.why + NOT_THEN)


def _lines_that_differ(before: Told, after: Told) -> list[LineName]:
    lines = dict.fromkeys((*before.anchors, *before.doubts, *after.anchors, *after.doubts))
    return [
        line
        for line in lines
        if before.anchors.get(line) != after.anchors.get(line) or before.doubts.get(line) != after.doubts.get(line)
    ]


def _anchor(line: LineName, told: Told, right: Told, watch: Watch, *, bothered: bool) -> Anchor | None:
    """The anchor of a line from now on. Where readers weren't told otherwise they still have the figure they had."""
    now, known = right.anchors.get(line), told.anchors.get(line)
    if now is None or known is None or bothered:
        return now
    if line in told.doubts and _agree(told.doubts[line].quantity, now.quantity, watch):
        return now
    return replace(now, quantity=known.quantity)


def _correction(line: LineName, told: Told, after: Refolded, watch: Watch, cause: Cause) -> Change | None:
    """What readers are to be told of a line: that a figure they have in hand does not hold, or one that does and was
    taken from them or kept from them."""
    right = after.told
    was, now, doubt = told.last(line), right.anchors.get(line), right.doubts.get(line)
    known = [anchor.quantity for anchor in (now, doubt) if anchor is not None]
    if was is None:
        fresh = after.alerts.get(line)
        elsewhere = [told.last((source, line[1])) for source, into in cause.moved.items() if into == line[0]]
        if fresh is None or not known or any(one is not None for one in elsewhere):
            return None
        kind = fresh.kind if fresh.kind in (Kind.FIRST, Kind.DIFFERS) else Kind.CORRECTED
        before = fresh.before if kind is Kind.DIFFERS else None
        return _change(line, kind, before, known[-1], None, cause, check=doubt is not None)
    if line[0] in cause.moved:
        into = (cause.moved[line[0]], line[1])
        if right.anchors.get(into) or right.doubts.get(into):
            return None
    if any(_agree(was.quantity, one, watch) for one in known):
        return None
    if now is None:
        if doubt is not None:
            return _change(line, Kind.CORRECTED, was.quantity, doubt.quantity, was, cause, check=True)
        return _change(line, Kind.WITHDRAWN, was.quantity, None, was, cause)
    if not watch.min_change.reached(was.quantity, now.quantity):
        return None
    return _change(line, Kind.CORRECTED, was.quantity, now.quantity, was, cause)


def _agree(one: Quantity, other: Quantity, watch: Watch) -> bool:
    return agree(one, other, same_party=True, looseness=watch.looseness)


def _change(
    line: LineName,
    kind: Kind,
    before: Quantity | None,
    after: Quantity | None,
    was: Anchor | None,
    cause: Cause,
    *,
    check: bool = False,
) -> Change:
    key, party = line
    held = was.claim_id if was else None
    return Change(
        id=change_id(key, party, kind, cause.claim_id, f"{held or ''} by {cause.verdict}"),
        series=key,
        party=party,
        kind=kind,
        before=before,
        after=after,
        claim_id=cause.claim_id,
        held_against=held,
        check=check,
    )
