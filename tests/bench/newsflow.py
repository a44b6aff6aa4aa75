"""Claims as years of news bring them, made up: many lines, a few articles a day for each, some strikes, some revisions.

The same seed gives the same news. They are made one by one, so that a million of them need no memory.
"""

import heapq
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from monitor.domain.changes import Arrival
from monitor.domain.claims import Claim, Claimant, Figure, Measure, Origin, Scope, Status, Subject
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.watches import Watch

START = datetime(2010, 1, 1, tzinfo=UTC)
PARTIES = ("Ukraine", "South Korea", "Russia", "United Nations", None)
PLACES = ("Kursk", "Sumy", "Kharkiv", "Odesa", "Kherson")
MEASURES = (Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES)
STATUSES = (Status.ASSERTED,) * 16 + (Status.DENIED, Status.SUPERSEDED, Status.PLANNED, Status.HYPOTHETICAL)
OUTLETS = tuple(f"Outlet {number}" for number in range(60))
COUNTRIES = 6
A_DAY = 20
"""Articles a day on each country: with these parties, places and measures two or three for each of its lines."""


def watches() -> tuple[Watch, ...]:
    """One watch that takes it all in."""
    scopes = frozenset({Scope.CUMULATIVE, Scope.PERIOD, Scope.INCIDENT})
    return (Watch(name="all", subject=None, measures=frozenset(Measure), theatre=frozenset(PLACES[:2]), scopes=scopes),)


def arrivals(claims: int, seed: int = 1, countries: Iterable[int] = range(COUNTRIES)) -> Iterator[Arrival]:
    """Articles with so many claims in all, if all countries are asked for, in order of arrival: most in order of time,
    some late, some revised. The news of a country is the same whichever others are asked for."""
    news = (_of_country(country, claims // COUNTRIES, seed) for country in countries)
    return (arrival for *_, arrival in heapq.merge(*news, key=itemgetter(0, 1)))


def _of_country(country: int, claims: int, seed: int) -> Iterator[tuple[int, int, Arrival]]:
    """The news of a country, each with the minute in which it comes in and the country."""
    chance = random.Random(f"{seed} {country}")
    lately: list[Arrival] = []
    made = number = 0
    while made < claims:
        minute = number * 1440 // A_DAY + country
        said = START + timedelta(minutes=minute)
        if lately and chance.random() < 0.03:
            arrival = _revised(chance, lately.pop(chance.randrange(len(lately))), said)
        else:
            late = timedelta(days=chance.randrange(1, 20)) if chance.random() < 0.02 else timedelta()
            arrival = _article(chance, country, number, said - late)
        number += 1
        made += len(arrival.claims)
        del lately[:-50]
        lately.append(arrival)
        yield minute, country, arrival


def _article(chance: random.Random, at_home: int, number: int, said: datetime) -> Arrival:
    country = f"Country {at_home}"
    outlet = chance.choice(OUTLETS)
    url = f"https://{outlet[7:]}.example.org/{said:%Y/%m/%d}/{at_home}-{number}"
    origin = Origin(url, outlet, f"Report {number}", 1, said, said)
    claims = []
    for at in range(chance.choice((1, 1, 1, 2))):
        figure = _figure(chance, country, number, said, at)
        claims.append(Claim(f"c{at_home:x}{number:010x}{at}", figure, origin))
    return Arrival(tuple(claims))


def _figure(chance: random.Random, country: str, number: int, said: datetime, at: int) -> Figure:
    party = chance.choice(PARTIES)
    scope = chance.choices((Scope.CUMULATIVE, Scope.PERIOD, Scope.INCIDENT), (17, 2, 1))[0]
    words = f"article {number} says how many people of {country} were hit"
    return Figure(
        quantity=_quantity(chance, scope, number),
        measure=chance.choice(MEASURES),
        subject=Subject(f"{country}n troops", country, "troops"),
        claimants=(Claimant(party, party),) if party else (),
        place=chance.choice(PLACES[2:]) if scope is Scope.INCIDENT or chance.random() < 0.2 else None,
        scope=scope,
        window_days=chance.choice((1, 7)) if scope is Scope.PERIOD else None,
        status=chance.choice(STATUSES),
        as_of=said.date() if chance.random() < 0.1 else None,
        start=at * 100 + 10,
        end=at * 100 + 15,
        quote=words,
        quote_start=at * 100,
        confidence=0.9,
        terms=(("base", 0.9),),
        rules=("number", "claimant"),
    )


def _quantity(chance: random.Random, scope: Scope, number: int) -> Quantity:
    """A total that grows by about one in a hundred every ten days; outlets round it and lag behind."""
    if scope is not Scope.CUMULATIVE:
        count = chance.randrange(2, 200)
    elif chance.random() < 0.02:
        count = 1
    else:
        step = max(0, number // (10 * A_DAY) - (chance.random() < 0.1))
        count = int(1_000 * 1.01 ** min(step, 1_000)) + step
    if chance.random() < 0.2:
        return Quantity(count, None, Qualifier.MORE_THAN)
    return Quantity(count, count, chance.choice((Qualifier.EXACT, Qualifier.EXACT, Qualifier.ABOUT)))


def _revised(chance: random.Random, earlier: Arrival, said: datetime) -> Arrival:
    """The article again, one figure of it a little higher."""
    claims = []
    for claim in earlier.claims:
        number = claim.origin.revision + 1
        count = claim.figure.quantity.number + chance.choice((0, 0, 10))
        figure = replace(claim.figure, quantity=Quantity(count, count, Qualifier.EXACT))
        claims.append(Claim(f"{claim.id}r{number}", figure, replace(claim.origin, revision=number, fetched_at=said)))
    return Arrival(tuple(claims), replaced=earlier.claims)
