"""A comparison that sees a window of each line finds what it would find if it saw the whole series."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from newsroom import claim, north_korean_watch

from monitor.domain.book import MemoryBook, fold
from monitor.domain.changes import Arrival
from monitor.domain.claims import Claim, Scope
from monitor.domain.compare import compare
from monitor.domain.series import Series, SeriesKey, estimate, latest
from monitor.domain.watches import Watch, parse_min_change
from monitor.domain.windows import Glance, Window

START = datetime.fromisoformat("2025-01-01T00:00")
FIGURES = ("1", "300", "3,000", "3,050", "more than 3,000", "3,100", "3,500", "30,000", "1,500", "about 3,200")
PARTIES = ("Kyiv", "Kyiv", "Kyiv", "Seoul", ("Kyiv", "Seoul"), None)
STATUSES = ("asserted",) * 8 + ("denied", "superseded", "planned")


class WholeBook(MemoryBook):
    """Hands out whole series and all incidents, whatever is asked for, and lets nobody decide at a glance."""

    def series(self, key: SeriesKey, window: Window | None = None) -> Series:
        return super().series(key)

    def glance(self, key: SeriesKey, party: str, claim: Claim) -> Glance | None:
        return None

    def speaker(self, key: SeriesKey, party: str) -> Claim | None:
        return latest(super().series(key).line(party))

    def incidents(self, watch: str, subject: str, first: date, last: date) -> Sequence[SeriesKey]:
        return super().incidents(watch, subject, date(2024, 1, 1), date(2026, 1, 1))


def news(seed: int, count: int, days: int) -> list[Arrival]:
    """Articles of some parties over so many days, not quite in order, some revised, a few of the baseline."""
    chance = random.Random(seed)
    figures = chance.sample(FIGURES, chance.randint(2, len(FIGURES)))
    statuses = chance.choice((STATUSES, ("asserted",)))
    arrivals: list[Arrival] = []
    for number in range(count):
        minute = max(0, number * days * 1440 // count - int(chance.expovariate(1 / 1440)))
        claims = [
            _claim(chance, figures, statuses, number, minute, start) for start in range(chance.choice((1, 1, 2, 4)))
        ]
        arrivals.append(Arrival(tuple(claims), baseline=chance.random() < 0.05))
        if chance.random() < 0.2:
            arrivals.append(_revised(chance, chance.choice(arrivals), figures, minute))
    return arrivals


def _claim(
    chance: random.Random, figures: Sequence[str], statuses: Sequence[str], number: int, minute: int, start: int
) -> Claim:
    said = START + timedelta(minutes=minute)
    dated = said - timedelta(days=chance.choice((0, 1, 5, 30)))
    return claim(
        chance.choice(PARTIES),
        chance.choice(("killed", "killed", "wounded", "casualties")),
        chance.choice(figures),
        on=said.isoformat(timespec="minutes"),
        outlet=f"Outlet {chance.randrange(4)}",
        url=f"https://wire.example.org/{number}",
        place=chance.choice((None, None, "Kursk", "Sumy")),
        scope=chance.choice(("cumulative", "cumulative", "cumulative", "incident")),
        status=chance.choice(statuses),
        as_of=dated.date().isoformat() if chance.random() < 0.2 else None,
        start=start,
    )


def _revised(chance: random.Random, earlier: Arrival, figures: Sequence[str], minute: int) -> Arrival:
    """The same article again: a figure of it another one, or dropped, or nothing but its time."""
    kept = [one for one in earlier.claims if chance.random() < 0.6]
    claims = []
    for one in kept:
        number = one.origin.revision + 1
        other = _claim(chance, figures, ("asserted",), 0, minute, one.figure.start)
        figure = replace(one.figure, quantity=other.figure.quantity) if chance.random() < 0.6 else one.figure
        claims.append(Claim(f"{other.id}r{number}", figure, replace(one.origin, revision=number)))
    return Arrival(tuple(claims), replaced=earlier.claims)


WATCHES = (
    north_korean_watch(scopes=frozenset({Scope.CUMULATIVE, Scope.INCIDENT})),
    north_korean_watch(name="steps", min_change=parse_min_change("5%")),
)


@pytest.mark.parametrize("seed", range(150))
def test_a_window_and_a_glance_tell_what_the_whole_series_tells(seed: int) -> None:
    windowed, whole = MemoryBook(), WholeBook()
    watches: Sequence[Watch] = WATCHES[: seed % 2 + 1]
    revised: set[str] = set()
    for arrival in news(seed, count=20 + seed % 60, days=(4, 20, 120)[seed % 3]):
        if revised.intersection(one.id for one in arrival.replaced):
            continue  # only the newest revision of an article is replaced
        revised |= {one.id for one in arrival.replaced}
        comparison = compare(arrival, watches, windowed)
        assert comparison == compare(arrival, watches, whole)
        windowed.record(arrival, comparison)
        whole.record(arrival, comparison)
    for key in whole.series_keys():
        assert set(windowed.series(key).claims) == set(whole.series(key).claims)
        assert estimate(windowed.series(key)) == estimate(whole.series(key))


def test_a_window_holds_the_last_days_and_not_the_years_before() -> None:
    book = MemoryBook()
    watch = north_korean_watch()
    for day in range(300):
        said = (START + timedelta(days=day)).isoformat(timespec="minutes")
        arrival = Arrival((claim("Kyiv", "killed", f"{3_000 + 100 * day:,}", on=said),))
        book.record(arrival, compare(arrival, [watch], book))
    (key,) = book.series_keys()
    assert len(book.series(key).claims) == 300
    assert len(book.series(key, Window("Kyiv")).claims) == 7
    assert book.series(key, Window()).claims == ()
    late = claim("Kyiv", "killed", "3,100", on="2025-02-01")
    assert len(book.series(key, Window("Kyiv", (late,), frozenset({"another"}))).claims) == 8


@pytest.mark.parametrize("seed", range(3))
def test_a_book_that_drops_old_claims_finds_the_same(seed: int) -> None:
    arrivals = news(seed, 1_500, 700)
    watch = (north_korean_watch(),)
    whole, short = fold(arrivals, watch), fold(arrivals, watch, keep=timedelta(days=60))
    assert short.changes == whole.changes
    assert short.book.anchors() == whole.book.anchors()
    held = [sum(len(book.series(key).claims) for key in whole.book.series_keys()) for book in (short.book, whole.book)]
    assert held[0] < held[1]
