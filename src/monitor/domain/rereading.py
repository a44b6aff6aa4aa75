"""A text read again by a newer extractor: which claims are the same, altered, lost or new.

A claim is known by its place in the text and its measure, so what hung on the old reading (what readers were told, a
person's verdict) can go on hanging on the new one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from monitor.domain.claims import Claim, Figure

WORKINGS = ("via", "start", "end", "quote", "quote_start", "confidence", "terms", "rules")
"""How a claim was read: where it stands, how sure that is, and by which rules."""
SAID = tuple(one.name for one in fields(Figure) if one.init and one.name not in WORKINGS)
"""What it says: the fields that can move an estimate."""

TITLE_RULE = "from_title"
"""A figure with this rule has its offsets in the title instead of the text."""


@dataclass(frozen=True, slots=True)
class Altered:
    """A claim before and after, and the names of the fields that differ, never empty."""

    before: Claim
    after: Claim
    differing: tuple[str, ...]

    @property
    def says_otherwise(self) -> bool:
        """True when it says something else now; else only how it was read has changed."""
        return any(name in SAID for name in self.differing)


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a new reading of one text changes. `kept`: read no more, and a person has looked at it: it still counts."""

    added: tuple[Claim, ...] = ()
    lost: tuple[Claim, ...] = ()
    kept: tuple[Claim, ...] = ()
    altered: tuple[Altered, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.lost or self.kept or self.altered)


def reread(before: Sequence[Claim], after: Sequence[Claim], stays: Collection[str] = ()) -> Rereading:
    """Holds two readings of the same text against one another. `stays` are the ids of the claims that count even when
    they are read no more.

    A claim goes with the one that counts the same at the same place, else with one that counts something else there.
    """
    pairs = dict(_pairs(before, after, same_measure=True))
    left = [claim for claim in before if claim.id not in pairs]
    taken = {claim.id for claim in pairs.values()}
    pairs |= _pairs(left, [claim for claim in after if claim.id not in taken], same_measure=False)
    taken = {claim.id for claim in pairs.values()}
    both = [(claim, pairs[claim.id]) for claim in before if claim.id in pairs]
    gone = [claim for claim in before if claim.id not in pairs]
    altered = [Altered(old, new, names) for old, new in both if (names := differing(old.figure, new.figure))]
    return Rereading(
        added=tuple(claim for claim in after if claim.id not in taken),
        lost=tuple(claim for claim in gone if claim.id not in stays),
        kept=tuple(claim for claim in gone if claim.id in stays),
        altered=tuple(altered),
        same=len(both) - len(altered),
    )


def followers(before: Sequence[Claim], after: Sequence[Claim]) -> dict[str, str]:
    """The claim of the new reading, by its id, that stands where each of the old one stood: what hangs on the old one
    goes over to it. Only for the same measure, each new claim once."""
    return {old: new.id for old, new in _pairs(before, after, same_measure=True)}


def differing(old: Figure, new: Figure) -> tuple[str, ...]:
    """The names of the fields in which two figures differ."""
    return tuple(name for name in (*SAID, *WORKINGS) if getattr(old, name) != getattr(new, name))


def _pairs(before: Iterable[Claim], after: Sequence[Claim], *, same_measure: bool) -> Iterator[tuple[str, Claim]]:
    """The pairs that overlap, those that overlap most first; each claim once."""
    found = [
        (-_overlap(old.figure, new.figure), old.figure.start, new.figure.start, old.id, new)
        for old in before
        for new in after
        if (not same_measure or old.figure.measure is new.figure.measure) and _overlap(old.figure, new.figure)
    ]
    gone: set[str] = set()
    taken: set[str] = set()
    for *_, old_id, new in sorted(found, key=lambda pair: (*pair[:4], pair[4].id)):
        if old_id not in gone and new.id not in taken:
            gone.add(old_id)
            taken.add(new.id)
            yield old_id, new


def _overlap(one: Figure, other: Figure) -> float:
    """How much of the two spans is common, from 0 to 1: the same span has 1."""
    if (TITLE_RULE in one.rules) is not (TITLE_RULE in other.rules):
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


@dataclass(slots=True)
class Tally:
    """What many new readings change, counted as they come; only a few examples of each sort are kept."""

    examples_kept: int = 20
    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    by_field: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, list[tuple[Claim | None, Claim | None, tuple[str, ...]]]] = field(default_factory=dict)

    def add(self, found: Rereading) -> None:
        """Counts one text's changes."""
        self.same += found.same
        for claim in found.added:
            self._count("added", None, claim, claim.figure.rules)
        for claim in found.lost:
            self._count("lost", claim, None, claim.figure.rules)
        for claim in found.kept:
            self._count("kept", claim, None, claim.figure.rules)
        for one in found.altered:
            self._alter(one)

    def by_rule(self) -> Mapping[str, Counter[str]]:
        """For each rule that read a claim before or after: how many were added, lost, kept, altered, reworked."""
        return dict(sorted(self.rules.items(), key=lambda item: (-item[1].total(), item[0])))

    def _alter(self, one: Altered) -> None:
        sort = "altered" if one.says_otherwise else "reworked"
        old, new = one.before.figure.rules, one.after.figure.rules
        self.by_field.update(one.differing)
        # A rule that read the claim before and after is seldom the reason, unless there is no other.
        self._count(sort, one.before, one.after, set(old) ^ set(new) or new, one.differing)

    def _count(
        self,
        sort: str,
        before: Claim | None,
        after: Claim | None,
        rules: Iterable[str],
        names: tuple[str, ...] = (),
    ) -> None:
        self.counts[sort] += 1
        for rule in dict.fromkeys(rules) or ("no rule",):
            self.rules.setdefault(rule, Counter())[sort] += 1
        kept = self.examples.setdefault(sort, [])
        if len(kept) < self.examples_kept:
            kept.append((before, after, names))
