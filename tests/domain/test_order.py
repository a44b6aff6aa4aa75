"""The same articles in a thousand orders of arrival: the same series, and nobody is told what had been superseded."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from random import Random

import pytest
from newsroom import claim, north_korean_watch

from monitor.domain.book import MemoryBook
from monitor.domain.changes import Arrival, Change
from monitor.domain.claims import Claim, Scope, Status, Subject
from monitor.domain.compare import compare
from monitor.domain.quantities import agree
from monitor.domain.series import estimate, history, latest
from monitor.domain.watches import Watch

pytestmark = pytest.mark.process  # some seconds: thousands of time lines are folded

SHUFFLES = 1_000
KYIV, SEOUL = "Ukraine", "South Korea"
PEOPLE = Subject("people", None, "people")

STRIKES = Watch(
    name="strikes",
    subject=None,
    measures=north_korean_watch().measures,
    scopes=frozenset({Scope.INCIDENT, Scope.PERIOD, Scope.CUMULATIVE}),
)


def toll(party: str | None, words: str, on: str, place: str | None, **said: object) -> Claim:
    """A toll of one strike."""
    given = {"scope": "incident", "subject": PEOPLE, "place": place} | said
    return claim(party, "killed", words, on=on, **given)  # type: ignore[arg-type]


def revised(first: Claim, second: Claim) -> list[Arrival]:
    """One article that is edited: the second claim takes the place of the first."""
    origin = replace(second.origin, url=first.origin.url, revision=2)
    return [Arrival((first,)), Arrival((replace(second, origin=origin),), replaced=(first,))]


def totals() -> list[list[Arrival]]:
    """Running totals and weekly figures of three parties and of nobody, over two weeks: an article's revisions each."""
    lone = [
        claim(KYIV, "casualties", "about 1,100", on="2024-12-10"),
        claim(KYIV, "casualties", "about 1,100", on="2024-12-11", outlet="Slow Courier"),
        claim(KYIV, "casualties", "more than 3,000", on="2024-12-16"),
        claim(KYIV, "casualties", "3,000", on="2024-12-17", outlet="Harbour Times"),
        claim(KYIV, "casualties", "3,500", on="2024-12-20"),
        claim(KYIV, "casualties", "3,000", on="2024-12-21", outlet="Slow Courier"),
        claim(KYIV, "casualties", "3,000", on="2024-12-20", status="superseded", outlet="Front Ledger"),
        claim(KYIV, "killed", "1", on="2024-12-18"),
        claim(KYIV, "killed", "at least 300", on="2024-12-19"),
        claim(SEOUL, "casualties", "1,000", on="2024-12-12"),
        claim(SEOUL, "casualties", "1,100", on="2024-12-19"),
        claim((SEOUL, KYIV), "casualties", "4,000", on="2024-12-24"),
        claim("Russia", "casualties", "3,000", on="2024-12-18", status="denied"),
        claim(SEOUL, "killed", "300", on="2024-12-19T20:00"),
        claim(SEOUL, "wounded", "600", on="2024-12-13"),
        claim(SEOUL, "wounded", "600", on="2024-12-14", status="denied", outlet="Harbour Times"),
        claim(None, "casualties", "thousands", on="2024-12-15"),
        claim(KYIV, "casualties", "700", on="2024-12-15", scope="period", window_days=7),
        claim(KYIV, "casualties", "900", on="2024-12-22", scope="period", window_days=7),
    ]
    since = {"scope": "period", "since": "2024-12-05", "window_days": 14}
    for measure, whole in (("captured", "90"), ("missing", "70")):
        lone += [
            claim(KYIV, measure, "40", on="2024-12-12", **since),  # type: ignore[arg-type]
            claim(KYIV, measure, "70", on="2024-12-16", **since),  # type: ignore[arg-type]
            claim(KYIV, measure, whole, on="2024-12-18"),
            claim(SEOUL, measure, "50", on="2024-12-13"),
            claim(SEOUL, measure, "12", on="2024-12-22", **since | {"since": "2024-12-20"}),  # type: ignore[arg-type]
        ]
    # Of the captured a figure is known from before: what was counted since the fifth is a part, whenever it came in.
    lone.append(claim(KYIV, "captured", "20", on="2024-12-02"))
    slip = claim(SEOUL, "wounded", "10,000", on="2024-12-20", outlet="Peninsula Daily")
    right = claim(SEOUL, "wounded", "1,000", on="2024-12-20", outlet="Peninsula Daily", arrives="2024-12-20T14:00")
    return [*([Arrival((one,))] for one in lone), revised(slip, right)]


def strikes() -> list[list[Arrival]]:
    """Two towns and two strikes in one of them two weeks apart, retold, late, and with a weekly figure beside them."""
    medics, army = "Sudan Doctors Network", "Sudan"
    lone = [
        toll(medics, "54", "2025-03-03T13:00", "El Obeid"),
        toll(medics, "119", "2025-03-04T06:00", "El Obeid"),
        toll(medics, "119", "2025-03-04T18:00", "El Obeid", outlet="Harbour Times"),
        toll(medics, "39", "2025-03-03T11:00", "El Obeid", outlet="Kordofan Today"),
        toll(army, "60", "2025-03-03T15:00", "El Obeid"),
        toll(army, "hundreds", "2025-03-05T07:00", "El Obeid"),
        toll(None, "dozens", "2025-03-05T08:00", "El Obeid"),
        toll(medics, "32", "2025-03-08T10:00", "Nyala"),
        toll(medics, "38", "2025-03-09T08:00", "Nyala"),
        toll(medics, "32", "2025-03-08T12:00", "Nyala", outlet="Harbour Times"),
        toll(medics, "40", "2025-03-19T08:00", "El Obeid"),
        toll("United Nations", "310", "2025-03-07", None, scope="period", window_days=7),
        toll("United Nations", "212", "2025-03-14", None, scope="period", window_days=7),
        toll("United Nations", "more than 20,000", "2025-03-07", None, scope="cumulative", outlet="Meridian"),
    ]
    return [[Arrival((one,))] for one in lone]


@dataclass(frozen=True)
class News:
    """Articles, each with its revisions in order, and who follows them."""

    articles: Callable[[], list[list[Arrival]]]
    watch: Watch


TOTALS, INCIDENTS = News(totals, north_korean_watch()), News(strikes, STRIKES)


@dataclass(frozen=True)
class Told:
    """An alert, and the asserted claims of its line that had come in before."""

    change: Change
    claim: Claim
    before: tuple[Claim, ...]


def shuffled(articles: list[list[Arrival]], seed: int) -> Iterator[Arrival]:
    """Any order; an article's revisions keep theirs, since none can be fetched before it is written."""
    turns = [number for number, revisions in enumerate(articles) for _ in revisions]
    Random(seed).shuffle(turns)  # seeded: a test that fails has to fail again
    waiting = [iter(revisions) for revisions in articles]
    yield from (next(waiting[number]) for number in turns)


@cache
def told(news: News, seed: int) -> tuple[MemoryBook, tuple[Told, ...]]:
    """What one order of arrival leaves behind, and what readers were told on the way."""
    book, alerts = MemoryBook(), []
    for arrival in shuffled(news.articles(), seed):
        comparison = compare(arrival, [news.watch], book)
        for change in comparison.changes:
            moved = [move.claim for move in comparison.moves]
            cause = next(one for one in (*arrival.claims, *arrival.replaced, *moved) if one.id == change.claim_id)
            gone = {one.id for one in arrival.replaced}
            gone |= {move.claim.id for move in comparison.moves if move.source == change.series}
            line = [one for one in book.series(change.series).line(change.party) if one.id not in gone]
            before = tuple(one for one in line if one.figure.status is Status.ASSERTED)
            alerts.append(Told(change, cause, before))
        book.record(arrival, comparison)
    return book, tuple(alerts)


def picture(book: MemoryBook) -> Counter[object]:
    """All series: which claims stand together, what each series says now, and each party's history.

    An incident is known by its claims: its name stays that of the figure that came first, since readers have it.
    """
    return Counter(
        (
            replace(key, incident=None, place=None) if key.incident else key,
            frozenset((party, claim.id) for party, claim in book.series(key).claims),
            frozenset(estimate(book.series(key)).parties.items()),
            estimate(book.series(key)).overall,
            frozenset((party, history(book.series(key).line(party))) for party, _ in book.series(key).claims),
        )
        for key in book.series_keys()
        if book.series(key).claims  # an incident that all figures have left is none
    )


def both() -> pytest.MarkDecorator:
    """The two sets of news."""
    return pytest.mark.parametrize("news", [TOTALS, INCIDENTS], ids=["totals", "incidents"])


@both()
def test_any_order_of_arrival_gives_the_same_series(news: News) -> None:
    wanted = picture(told(news, 0)[0])
    others = [seed for seed in range(1, SHUFFLES) if picture(told(news, seed)[0]) != wanted]
    assert not others, f"{len(others)} of {SHUFFLES} orders give other series, first {others[0]}"


def test_reports_of_days_between_join_in_any_order() -> None:
    """Strikes reported day after day: what one figure starts ends after the same days in any order."""

    def daily() -> list[list[Arrival]]:
        lone = [toll("Sudan", dead, f"2025-03-{day:02}", "El Obeid") for day, dead in ((3, "20"), (5, "45"), (7, "90"))]
        return [[Arrival((one,))] for one in lone]

    news = News(daily, STRIKES)
    assert len({frozenset(picture(told(news, seed)[0])) for seed in range(20)}) == 1


class Kordofan:
    """A state, and a town in it."""

    def contains(self, outer: str, inner: str) -> bool:
        return outer == inner or (outer, inner) == ("North Kordofan", "El Obeid")

    def knows_place(self, place: str) -> bool:
        return bool(place)

    def surrounding(self, place: str) -> str | None:
        return "North Kordofan" if place == "El Obeid" else "Sudan"


def scattered(seed: int) -> list[list[Arrival]]:
    """Tolls of a dozen days, most of one town: with or without a day of their own, a place, a target; some the same."""
    chance, found = Random(seed), []
    for number in range(chance.randint(4, 12)):
        said = date(2025, 3, 1) + timedelta(days=chance.randint(0, 12))
        own = said - timedelta(days=chance.choice((0, 0, 1, 2, 7)))
        found.append(
            toll(
                chance.choice(("Sudan", "Medics", None)),
                chance.choice(("3", "12", "20", "45", "45", "90", "54", "dozens", "more than 40")),
                f"{said}T{chance.randint(0, 23):02}:{number:02}",
                chance.choice(("El Obeid", "El Obeid", "El Obeid", "North Kordofan", "Nyala", None)),
                outlet=f"Outlet {number}",
                as_of=str(own) if chance.random() < 0.4 else None,
                target=chance.choice((None, None, "market", "hospital")),
                event=chance.choice((None, "fire")),
            )
        )
    return [[Arrival((one,))] for one in found]


@pytest.mark.parametrize("start", range(0, 120, 30))
def test_scattered_strikes_are_told_apart_as_if_they_had_come_in_as_they_came_out(start: int) -> None:
    watch = replace(STRIKES, atlas=Kordofan())
    for seed in range(start, start + 30):
        news = News(partial(scattered, seed), watch)
        in_time = MemoryBook()
        for (arrival,) in sorted(news.articles(), key=lambda one: one[0].claims[0].said_at):
            comparison = compare(arrival, [watch], in_time)
            assert not comparison.moves
            in_time.record(arrival, comparison)
        for order in range(5):
            assert picture(told(news, order)[0]) == picture(in_time), f"order {order} of {seed}"


def test_who_reads_of_a_strike_that_was_taken_for_another_is_told_of_it_then() -> None:
    seventh, fifth, third = (
        toll("Sudan", dead, f"2025-03-{day:02}", "El Obeid") for day, dead in ((7, "90"), (5, "45"), (3, "20"))
    )
    book, alerts = MemoryBook(), []
    for one in (seventh, fifth, third):
        comparison = compare(Arrival((one,)), [STRIKES], book)
        book.record(Arrival((one,)), comparison)
        alerts.append([(change.kind.value, change.claim_id) for change in comparison.changes])
    # The fifth's toll came in as a late one of the seventh's strike. It is the last of the third's.
    assert alerts == [[("first", seventh.id)], [], [("first", fifth.id)]]


def test_a_figure_that_readers_were_told_is_moved_without_a_word() -> None:
    fifth, seventh, third = (
        toll("Sudan", dead, f"2025-03-{day:02}", "El Obeid") for day, dead in ((5, "45"), (7, "90"), (3, "20"))
    )
    book = MemoryBook()
    for one in (fifth, seventh):
        book.record(Arrival((one,)), compare(Arrival((one,)), [STRIKES], book))
    comparison = compare(Arrival((third,)), [STRIKES], book)
    book.record(Arrival((third,)), comparison)
    assert (len(comparison.moves), comparison.changes) == (1, ())
    assert sorted(anchor.quantity.number for anchor in book.anchors().values()) == [45, 90]


@both()
def test_nothing_is_told_that_was_superseded_by_then(news: News) -> None:
    stale = [
        (seed, one.change.kind, one.claim.figure.quote, one.claim.day, newer.figure.quote, newer.day)
        for seed in range(SHUFFLES)
        for one in told(news, seed)[1]
        for newer in one.before
        if one.change.after is not None and newer.day > one.claim.day
    ]
    assert not stale, f"{len(stale)} alerts, first {stale[0]}"


@both()
def test_nothing_is_told_twice_in_a_row(news: News) -> None:
    twice = []
    for seed in range(SHUFFLES):
        last: dict[object, Change] = {}
        for one in told(news, seed)[1]:
            line = (one.change.series, one.change.party)
            if line in last and last[line].after == one.change.after:
                twice.append((seed, one.change))
            last[line] = one.change
    assert not twice, f"{len(twice)} alerts, first {twice[0]}"


@both()
def test_what_readers_know_of_a_line_is_what_it_says_in_the_end(news: News) -> None:
    wrong = []
    for seed in range(SHUFFLES):
        book, _ = told(news, seed)
        for (key, party), known in book.anchors().items():
            now = latest(book.series(key).line(party))
            if now is None or not agree(known.quantity, now.figure.quantity, same_party=True):
                wrong.append((seed, party, key.measure.value, now and now.figure.quote, known.quantity.number))
    assert not wrong, f"{len(wrong)} lines, first {wrong[0]}"
