"""What a person's verdict makes of history: decisions, anchors, and what readers are told of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from newsroom import Newsroom, claim, north_korean_watch, quantity

from monitor.domain.book import MemoryBook
from monitor.domain.changes import Kind
from monitor.domain.claims import Claim, Claimant, Figure, Measure, Origin, Scope, Status, Subject
from monitor.domain.compare import compare
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.refold import Cause, History, Rewriting, Shown, Turn, refold, rewriting
from monitor.domain.series import SeriesKey
from monitor.domain.verdicts import Edits, Merge, Standing, Verdict, merged, same_claim
from monitor.domain.watches import Watch, parse_min_change, series_key

KYIV, SEOUL = "Ukraine", "South Korea"


class Court:
    """A newsroom whose history is folded again, as the pipeline does it, with one verdict."""

    def __init__(self, watch: Watch | None = None) -> None:
        self.newsroom = Newsroom(watch or north_korean_watch())

    def says(self, party: str, **said: str) -> Claim:
        return self.newsroom.says(party, **said).arrival.claims[0]

    def history(self, claims: Mapping[str, Claim | None]) -> History:
        """The newsroom's history with these claims instead; None is a rejected one."""
        turns, placed = [], {}
        for number, arrival in enumerate(self.newsroom.arrivals):
            kept = [claims.get(one.id, one) for one in arrival.claims]
            own = tuple(one for one in kept if one is not None)
            turns.append(Turn(number, arrival.claims[0].origin.url, own, arrival.baseline))
            for one in own:
                key = series_key(one, self.newsroom.watch)
                if key is not None:
                    placed[key.watch, one.id] = key
        return History(tuple(turns), placed)

    def rules(self, of: Claim, verdict: Verdict, **edits: object) -> Rewriting:
        """What follows from a verdict on a claim."""
        watches = [self.newsroom.watch]
        standing = Standing().after(verdict, edits)
        now_so = None if standing.rejected else standing.of(of)
        before, after = refold(self.history({}), watches), refold(self.history({of.id: now_so}), watches)
        return rewriting(before.told, before, after, watches, Cause(of.id, "verdict 1"))


def told(found: Rewriting) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (
            change.kind.value,
            change.party,
            change.before.number if change.before else None,
            change.after.number if change.after else None,
        )
        for change in found.changes
    ]


def anchors(found: Rewriting) -> dict[str, int | None]:
    return {party: anchor.quantity.number if anchor else None for (_, party), anchor in found.anchors.items()}


@pytest.fixture
def court() -> Court:
    return Court()


class TestRejected:
    def test_a_told_figure_goes_back_to_the_one_before(self, court: Court) -> None:
        court.says(KYIV, casualties="3,000", on="2024-12-23")
        misread = court.says(KYIV, casualties="8,500", on="2024-12-24")
        found = court.rules(misread, Verdict.REJECTED)
        assert told(found) == [("corrected", KYIV, 8500, 3000)]
        assert anchors(found) == {KYIV: 3000}
        assert {name[1] for name in found.undone} == {misread.id}

    def test_the_only_one_is_withdrawn(self, court: Court) -> None:
        only = court.says(KYIV, casualties="3,000", on="2024-12-23")
        assert told(court.rules(only, Verdict.REJECTED)) == [("withdrawn", KYIV, 3000, None)]

    def test_a_copy_told_nobody_anything(self, court: Court) -> None:
        court.says(KYIV, casualties="3,000", on="2024-12-23")
        copy = court.says(KYIV, casualties="3,000", on="2024-12-24", outlet="Harbour Times")
        assert told(court.rules(copy, Verdict.REJECTED)) == []

    def test_what_copies_still_say_stands(self, court: Court) -> None:
        first = court.says(KYIV, casualties="3,000", on="2024-12-23")
        copy = court.says(KYIV, casualties="more than 3,000", on="2024-12-24", outlet="Harbour Times")
        found = court.rules(first, Verdict.REJECTED)
        assert told(found) == []
        (anchor,) = found.anchors.values()
        assert anchor is not None
        assert (anchor.claim_id, anchor.quantity) == (copy.id, quantity("3,000"))  # readers have the old words in hand

    def test_a_decision_of_history_does_not_say_that_readers_were_told_then(self, court: Court) -> None:
        first = court.says(KYIV, casualties="3,000", on="2024-12-23")
        court.says(KYIV, casualties="3,000", on="2024-12-24", outlet="Harbour Times")
        (decision,) = court.rules(first, Verdict.REJECTED).decisions.values()
        assert (decision.kind, decision.alert) == (Kind.FIRST, False)
        assert "nobody was told" in decision.why

    def test_what_followed_from_it_is_told_anew(self, court: Court) -> None:
        """Seoul differed only from the misread figure, and the later step counts from the right one."""
        misread = court.says(KYIV, casualties="9,000", on="2024-12-23")
        court.says(SEOUL, casualties="3,000", on="2024-12-23")
        found = court.rules(misread, Verdict.REJECTED)
        assert told(found) == [("withdrawn", KYIV, 9000, None)]
        (decision,) = found.decisions.values()
        assert (decision.kind, decision.alert) == (Kind.FIRST, True)

    def test_a_doubtful_figure_is_taken_back_too(self, court: Court) -> None:
        court.says(KYIV, casualties="1,000", on="2024-12-23")
        slip = court.says(KYIV, casualties="10,000", on="2024-12-24")
        found = court.rules(slip, Verdict.REJECTED)
        assert told(found) == [("corrected", KYIV, 10000, 1000)]
        assert set(found.doubts.values()) == {None}

    def test_steps_under_min_change_bother_nobody(self) -> None:
        court = Court(north_korean_watch(min_change=parse_min_change("10%")))
        court.says(KYIV, casualties="3,000", on="2024-12-23")
        second = court.says(KYIV, casualties="3,400", on="2024-12-24")
        court.says(KYIV, casualties="3,310", on="2024-12-25")
        assert told(court.rules(second, Verdict.REJECTED)) == []


class TestAccepted:
    def test_a_doubtful_figure_becomes_the_anchor_in_silence(self, court: Court) -> None:
        court.says(KYIV, casualties="1,000", on="2024-12-23")
        slip = court.says(KYIV, casualties="10,000", on="2024-12-24")
        found = court.rules(slip, Verdict.ACCEPTED)
        assert (told(found), anchors(found), set(found.doubts.values())) == ([], {KYIV: 10000}, {None})
        (decision,) = found.decisions.values()
        assert (decision.kind, decision.alert) == (Kind.RAISED, True)

    def test_so_does_one_whose_copy_is_accepted(self, court: Court) -> None:
        court.says(KYIV, casualties="1,000", on="2024-12-23")
        slip = court.says(KYIV, casualties="10,000", on="2024-12-24")
        copy = court.says(KYIV, casualties="10,000", on="2024-12-24", outlet="Harbour Times")
        found = court.rules(copy, Verdict.ACCEPTED)
        assert (told(found), anchors(found)) == ([], {KYIV: 10000})
        assert {(one.claim_id, one.kind) for one in found.decisions.values()} >= {(slip.id, Kind.CONFIRMED)}

    def test_what_took_it_back_is_taken_back(self, court: Court) -> None:
        court.says(KYIV, casualties="1,000", on="2024-12-23")
        slip = court.says(KYIV, casualties="10,000", on="2024-12-24")
        court.says(KYIV, casualties="1,050", on="2024-12-25")
        assert told(court.rules(slip, Verdict.ACCEPTED)) == [("corrected", KYIV, 1050, 10000)]

    def test_an_accepted_claim_counts_however_unsure_its_reading_was(self, court: Court) -> None:
        unsure = claim(KYIV, "casualties", "3,000", on="2024-12-23", confidence=0.2)
        court.newsroom.publishes(unsure)
        assert court.newsroom.anchors() == {}
        found = court.rules(unsure, Verdict.ACCEPTED)
        assert (told(found), anchors(found)) == ([("first", KYIV, None, 3000)], {KYIV: 3000})


EDITS: list[tuple[Edits, list[tuple[str, str, int | None, int | None]]]] = [
    ({"quantity": quantity("3,500")}, [("corrected", KYIV, 8500, 3500)]),
    ({"quantity": quantity("8,500")}, []),
    ({"quantity": quantity("more than 8,500")}, []),
    ({"measure": Measure.KILLED}, [("corrected", KYIV, 8500, 3000), ("first", KYIV, None, 8500)]),
    ({"place": "Berlin"}, [("corrected", KYIV, 8500, 3000), ("first", KYIV, None, 8500)]),
    ({"scope": Scope.PERIOD, "window_days": 7}, [("corrected", KYIV, 8500, 3000), ("first", KYIV, None, 8500)]),
]


@pytest.mark.parametrize(("edits", "follows"), EDITS)
def test_an_edited_claim_is_told_where_readers_have_it_otherwise(
    court: Court, edits: Edits, follows: list[tuple[str, str, int | None, int | None]]
) -> None:
    court.says(KYIV, casualties="3,000", on="2024-12-23")
    read = court.says(KYIV, casualties="8,500", on="2024-12-24")
    found = court.rules(read, Verdict.EDITED, **edits)
    assert sorted(told(found)) == sorted(follows)


def test_the_same_history_needs_nothing(court: Court) -> None:
    court.says(KYIV, casualties="3,000", on="2024-12-23")
    last = court.says(SEOUL, casualties="8,500", on="2024-12-24")
    assert court.rules(last, Verdict.ACCEPTED).undone == []


SENTENCE = "More than 3,000 soldiers have been killed or wounded, the president said on Monday"


def stated(revision: int, quote: str, number: str, *, start: int = 0, measure: str = "casualties") -> Claim:
    one = claim(KYIV, measure, "3,000", on="2024-12-23", url="https://wire.example.org/1")
    at = quote.index(number)
    figure = replace(one.figure, quote=quote, quote_start=start, start=start + at, end=start + at + len(number))
    return replace(one, id=f"c{revision}{start}{number}", figure=figure, origin=replace(one.origin, revision=revision))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (stated(2, SENTENCE, "3,000", start=40), True),
        (stated(2, SENTENCE.replace("on Monday", "on Monday night"), "3,000"), True),
        (stated(2, SENTENCE.replace("3,000", "4,000"), "4,000"), False),
        (stated(2, "3,000 men were sent there last autumn, officials in Seoul believe", "3,000"), False),
        (stated(2, SENTENCE, "3,000", measure="killed"), False),
        (stated(1, "killed or wounded: 3,000 soldiers", "3,000 soldiers", start=60), False),
        (stated(1, SENTENCE, "More than 3,000"), True),
    ],
)
def test_a_verdict_holds_for_the_same_claim_alone(other: Claim, same: bool) -> None:
    assert same_claim(stated(1, SENTENCE, "3,000"), other) is same


def incident(name: str, measure: Measure = Measure.KILLED, place: str | None = "El Fasher") -> SeriesKey:
    return SeriesKey(
        watch="sudan", subject="anyone/people", measure=measure, scope=Scope.INCIDENT, place=place, incident=name
    )


def test_all_that_is_counted_in_an_incident_goes_with_it() -> None:
    one, other = incident("El Fasher 2025-10-26"), incident("Tawila 2025-10-27", place="Tawila")
    found = merged(replace(one, measure=Measure.WOUNDED), [Merge(one, other)])
    assert found == replace(other, measure=Measure.WOUNDED)
    assert merged(other, [Merge(one, other)]) == other


def test_merges_follow_one_another_and_end() -> None:
    one, two, three = (incident(f"El Fasher 2025-10-2{day}") for day in (1, 2, 3))
    assert merged(one, [Merge(one, two), Merge(two, three)]) == three
    assert merged(one, [Merge(one, two), Merge(two, one)]) in (one, two)


def test_a_claim_that_its_article_drops_leaves_an_incident_of_long_before_into_which_it_was_merged() -> None:
    """A merge puts claims into incidents of any day."""
    incident = SeriesKey(
        watch="w",
        subject="anyone/people",
        measure=Measure.KILLED,
        scope=Scope.INCIDENT,
        place="T",
        incident="T 2025-02-01",
    )
    watch = Watch(name="w", subject=None, measures=frozenset(Measure), scopes=frozenset(Scope))
    stated = {url: strike(url) for url in ("a", "b")}
    turns = (Turn(1, "b", (stated["b"],)), Turn(2, "a", (stated["a"],)), Turn(3, "a", ()))
    placed = {("w", one.id): incident for one in stated.values()}
    book = MemoryBook()
    for _, arrival in History(turns, placed).arrivals("w"):
        book.record(arrival, compare(arrival, (watch,), book, placed))
    assert [one.id for _, one in book.series(incident).claims] == [stated["b"].id]


def strike(url: str) -> Claim:
    """Fifty dead on 1 March."""
    at = datetime(2025, 3, 1, tzinfo=UTC)
    figure = Figure(
        quantity=Quantity(50, 50, Qualifier.EXACT),
        measure=Measure.KILLED,
        subject=Subject("people", None, "people"),
        claimants=(Claimant("P", "P"),),
        place="T",
        scope=Scope.INCIDENT,
        status=Status.ASSERTED,
        as_of=None,
        start=0,
        end=2,
        quote="xx yy",
        quote_start=0,
        confidence=0.9,
    )
    return Claim(url, figure, Origin(url, "o", "t", 1, at, at))


def test_a_revision_replaces_the_earlier_ones_of_its_article_that_count() -> None:
    shown = Shown()
    came = [("a", 1), ("b", 2), ("a", 5), ("a", 3), ("a", 7), ("b", 8), ("a", 9)]
    assert [shown.replaced_by(*one) for one in came] == [[], [], [1], [], [5, 3], [2], [7]]
