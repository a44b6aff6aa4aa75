"""A history folded in shares, each apart, gives what it gives folded as a whole."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from newsroom import claim

from monitor.domain.book import MemoryBook, fold
from monitor.domain.changes import Arrival
from monitor.domain.claims import Claim, Measure, Scope, Subject
from monitor.domain.series import SeriesKey
from monitor.domain.shares import shares
from monitor.domain.watches import Watch

START = datetime.fromisoformat("2025-01-01T00:00")
WATCHES = (
    Watch(name="all", subject=None, measures=frozenset(Measure), scopes=frozenset(Scope)),
    Watch(name="totals", subject=None, measures=frozenset(Measure)),
)


def news(chance: random.Random) -> Iterator[Arrival]:
    """Articles that tell of several peoples at once, some of nobody's in particular, some revised."""
    peoples = [(party, kind) for party in ("North Korea", "Mali", "Sudan") for kind in ("troops", "civilians")]
    peoples += [(None, "fighters")] * (chance.random() < 0.5)
    for number in range(120):
        said = (START + timedelta(hours=3 * number)).isoformat(timespec="minutes")
        claims = tuple(_claim(chance, peoples, number, said, at) for at in range(chance.choice((1, 2, 4))))
        yield Arrival(claims)
        if chance.random() < 0.1:
            kept = (replace(one, origin=replace(one.origin, revision=2)) for one in claims[1:])
            yield Arrival(tuple(kept), replaced=claims)


def _claim(chance: random.Random, peoples: list[tuple[str | None, str]], number: int, said: str, at: int) -> Claim:
    party, kind = chance.choice(peoples)
    return claim(
        chance.choice(("Kyiv", "Seoul", None)),
        chance.choice(("killed", "wounded", "casualties")),
        chance.choice(("12", "300", "3,000", "3,100", "30,000")),
        on=said,
        url=f"https://wire.example.org/{number}",
        scope="incident" if kind == "troops" and chance.random() < 0.4 else "cumulative",
        start=at,
        subject=Subject("", party, kind),
    )


@pytest.mark.parametrize("seed", range(8))
def test_shares_folded_apart_give_what_the_whole_gives(seed: int) -> None:
    arrivals = [*news(random.Random(seed))]
    whole = fold(arrivals, WATCHES)
    parted = shares(whole.book.series_keys(), 3)
    parts = [fold(arrivals, WATCHES, only=share) for share in parted]
    assert sum(map(bool, parted)) > 1
    for told in (MemoryBook.anchors, MemoryBook.doubts):
        found = [told(part.book) for part in parts]
        assert sum(map(len, found)) == len(told(whole.book))
        assert {line: anchor for one in found for line, anchor in one.items()} == told(whole.book)
    changes = [change for part in parts for change in part.changes]
    assert len(changes) == len(whole.changes) > 100
    assert set(changes) == set(whole.changes)
    for part in parts:
        assert all(
            set(part.book.series(key).claims) == set(whole.book.series(key).claims) for key in part.book.series_keys()
        )
    assert sum(len(part.book.series_keys()) for part in parts) == len(whole.book.series_keys())


def test_people_who_may_be_the_same_are_in_one_share() -> None:
    subjects = ("Mali/troops", "Sudan/troops", "Mali/civilians", "anyone/fighters", "Sudan/people")
    keys = [SeriesKey(watch="w", subject=one, measure=Measure.KILLED, scope=Scope.CUMULATIVE) for one in subjects]
    found = [share for share in shares(keys, 4) if share]
    assert sorted(map(len, found)) == [1, 4]
    assert {("w", "Mali/civilians")} in found
