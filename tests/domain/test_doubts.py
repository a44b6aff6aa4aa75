"""Figures that look like a slip: told once, not believed until something else says so."""

from dataclasses import replace

import pytest
from newsroom import Newsroom, Outcome, claim, north_korean_watch, quantity

from monitor.domain.changes import Kind
from monitor.domain.claims import Measure, Scope
from monitor.domain.doubted import accepted
from monitor.domain.doubts import doubt_of_first, doubt_of_step
from monitor.domain.quantities import Looseness
from monitor.domain.watches import parse_min_change

KYIV, SEOUL, WASHINGTON = "Ukraine", "South Korea", "United States"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def strike() -> Newsroom:
    return Newsroom(north_korean_watch(scopes=frozenset({Scope.INCIDENT})))


def told(outcome: Outcome) -> list[str]:
    """The alerts in short, those to be checked marked."""
    marks = [" check" if change.check else "" for change in outcome.alerts]
    return [f"{words}{mark}" for words, mark in zip(outcome.told, marks, strict=True)]


def doubts(newsroom: Newsroom) -> dict[str, int]:
    return {f"{key.measure} {party}": one.quantity.number for (key, party), one in newsroom.book.doubts().items()}


@pytest.mark.parametrize(
    ("measure", "scope", "before", "now", "doubtful"),
    [
        ("wounded", "cumulative", "about 1,000", "about 10,000", True),
        ("wounded", "cumulative", "10,000", "more than 1,000", True),
        ("killed", "cumulative", "46,006", "4,606", True),
        ("killed", "cumulative", "46,006", "46,606", False),
        ("deployed", "cumulative", "11,000", "1,000", True),
        ("deployed", "cumulative", "12,500", "2,500", True),
        ("killed", "cumulative", "1,900", "11,900", True),
        ("killed", "cumulative", "9", "119", False),
        ("killed", "incident", "3", "40", False),
        ("killed", "incident", "19", "190", False),
        ("killed", "incident", "54", "540", True),
        ("killed", "incident", "54", "119", False),
        ("killed", "incident", "119", "112", False),
        ("killed", "incident", "119", "19", False),
        ("killed", "incident", "dozens", "300", False),
        ("killed", "incident", "hundreds", "thousands", False),
        ("killed", "cumulative", "hundreds", "12,000", True),
        ("casualties", "cumulative", "3,800", "3,200", True),
        ("casualties", "cumulative", "up to 3,800", "3,200", False),
        ("deployed", "cumulative", "12,000", "8,000", False),
        ("captured", "cumulative", "300", "200", False),
        ("missing", "cumulative", "300", "200", False),
        ("killed", "period", "300", "200", False),
        ("casualties", "period", "1,250", "125", True),
        ("casualties", "period", "1,250", "250", False),
        ("killed", "cumulative", "3,000", "4,000", False),
    ],
)
def test_which_steps_are_doubtful(measure: str, scope: str, before: str, now: str, doubtful: bool) -> None:
    found = doubt_of_step(Measure(measure), Scope(scope), quantity(before), quantity(now))
    assert (found is not None) is doubtful


@pytest.mark.parametrize(
    ("others", "now", "doubtful"),
    [
        (["1,100", "1,200"], "11,500", False),
        (["1,100", "1,200"], "12,000", True),
        (["1,100", "1,200", "3,000"], "12,000", False),
        (["1,100", "1,200"], "110", True),
        (["1,100", "3,000"], "40,000", False),
        (["1,100"], "11,000", False),
        (["2", "2"], "40", False),
    ],
)
def test_which_first_figures_are_doubtful(others: list[str], now: str, doubtful: bool) -> None:
    assert (doubt_of_first([quantity(one) for one in others], quantity(now)) is not None) is doubtful


class TestADoubtfulFigure:
    @pytest.fixture
    def slipped(self, newsroom: Newsroom) -> Newsroom:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        outcome = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        assert told(outcome) == ["raised wounded 10000 South Korea check"]
        assert outcome.why.endswith("ten times as many or more; please check")
        return newsroom

    def test_is_told_once_and_moves_no_anchor(self, slipped: Newsroom) -> None:
        copies = [
            slipped.says(SEOUL, wounded="10,000", on="2024-12-19T09:00", outlet="Harbour Times"),
            slipped.says(SEOUL, wounded="nearly 10,000", on="2024-12-20", outlet="Slow Courier"),
        ]
        assert [(copy.kind, copy.alerts) for copy in copies] == [(Kind.REPEATED, ())] * 2
        assert copies[0].why == "agrees with about 10,000, which readers were told: please check"
        assert (slipped.anchors(), doubts(slipped)) == ({"wounded South Korea": 1_000}, {"wounded South Korea": 10_000})

    def test_is_corrected_by_its_own_article(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        right = claim(SEOUL, "wounded", "about 1,000", on="2024-12-19T08:30", arrives="2024-12-19T10:15")
        outcome = newsroom.revises(slip, right)
        assert told(outcome) == ["corrected wounded 1000 South Korea"]
        assert outcome.alerts[0].before == quantity("about 10,000")
        assert doubts(newsroom) == {}

    def test_stays_when_its_article_is_revised_and_still_gives_it(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        again = newsroom.revises(slip, claim(SEOUL, "wounded", "10,000", on="2024-12-19T08:30", arrives="2024-12-20"))
        assert (again.kind, again.alerts) == (Kind.REPEATED, ())
        (doubt,) = newsroom.book.doubts().values()
        assert doubt.claim_id == again.arrival.claims[0].id

    def test_is_withdrawn_when_its_article_drops_it(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        assert told(newsroom.revises(slip)) == ["withdrawn wounded 1000 South Korea"]
        assert doubts(newsroom) == {}

    def test_stays_when_another_article_still_gives_it(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        newsroom.says(SEOUL, wounded="10,000", on="2024-12-19T09:00", outlet="Harbour Times")
        assert not newsroom.revises(slip).alerts
        assert doubts(newsroom) == {"wounded South Korea": 10_000}

    def test_is_withdrawn_when_the_party_denies_it(self, slipped: Newsroom) -> None:
        denial = slipped.says(SEOUL, wounded="10,000", on="2024-12-20", status="denied")
        assert told(denial) == ["withdrawn wounded 1000 South Korea"]

    def test_a_copy_of_the_old_figure_of_the_same_day_is_nothing(self, slipped: Newsroom) -> None:
        copy = slipped.says(SEOUL, wounded="1,000", on="2024-12-19T20:00", outlet="Slow Courier")
        assert (copy.kind, copy.alerts) == (Kind.REPEATED, ())
        assert doubts(slipped) == {"wounded South Korea": 10_000}

    @pytest.mark.parametrize("figure", ["1,000", "1,200"])
    def test_is_corrected_by_what_the_party_says_next(self, slipped: Newsroom, figure: str) -> None:
        outcome = slipped.says(SEOUL, wounded=figure, on="2024-12-21", outlet="Harbour Times")
        assert told(outcome) == [f"corrected wounded {figure.replace(',', '')} South Korea"]
        assert doubts(slipped) == {}
        assert slipped.latest("wounded", SEOUL) == int(figure.replace(",", ""))
        late = slipped.says(SEOUL, wounded="10,000", on="2024-12-22", outlet="Slow Courier")
        assert (late.kind, late.alerts) == (Kind.LATE, ())

    @pytest.mark.parametrize(
        "said",
        [
            {"wounded": "10,000", "on": "2024-12-23"},
            {"wounded": "10,000", "on": "2024-12-20", "as_of": "2024-12-20"},
            {"wounded": "10,043", "on": "2024-12-20"},
            {"wounded": "about 10,200", "on": "2024-12-20"},
        ],
    )
    def test_is_confirmed_by_a_second_statement(self, slipped: Newsroom, said: dict[str, str]) -> None:
        outcome = slipped.says(SEOUL, outlet="Harbour Times", **said)
        assert (outcome.kind, outcome.alerts) == (Kind.CONFIRMED, ())
        assert "second statement" in outcome.why
        assert (slipped.anchors(), doubts(slipped)) == ({"wounded South Korea": 10_000}, {})
        raised = slipped.says(SEOUL, wounded="12,000", on="2024-12-28")
        assert told(raised) == ["raised wounded 12000 South Korea"]

    def test_is_confirmed_by_another_party(self, slipped: Newsroom) -> None:
        outcome = slipped.says(KYIV, wounded="10,000", on="2024-12-20", outlet="Front Ledger")
        by_seoul, by_kyiv = outcome.comparison.decisions
        assert (by_seoul.party, by_seoul.kind, by_seoul.alert) == (SEOUL, Kind.CONFIRMED, False)
        assert by_seoul.why == "Ukraine says so too: about 10,000 is no slip; readers were told"
        assert (by_kyiv.kind, outcome.alerts) == (Kind.CONFIRMED, ())
        assert slipped.anchors() == {"wounded South Korea": 10_000, "wounded Ukraine": 10_000}

    def test_is_not_confirmed_by_a_copy_that_names_nobody(self, slipped: Newsroom) -> None:
        copy = slipped.says(None, wounded="10,000", on="2024-12-20", outlet="Front Ledger")
        assert (copy.kind, copy.alerts) == (Kind.REPEATED, ())
        assert doubts(slipped) == {"wounded South Korea": 10_000}
        assert slipped.anchors()["wounded South Korea"] == 1_000

    def test_is_not_confirmed_by_the_article_that_gives_it(self, newsroom: Newsroom) -> None:
        newsroom.says((SEOUL, KYIV), wounded="1,000", on="2024-12-19T07:00")
        both = newsroom.says((SEOUL, KYIV), wounded="10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        assert told(both) == ["raised wounded 10000 South Korea check", "raised wounded 10000 Ukraine check"]

    def test_is_confirmed_by_a_figure_that_goes_on_from_it(self, slipped: Newsroom) -> None:
        outcome = slipped.says(SEOUL, wounded="12,000", on="2024-12-20", outlet="Harbour Times")
        assert told(outcome) == ["raised wounded 12000 South Korea"]
        assert outcome.alerts[0].before == quantity("about 10,000")
        assert doubts(slipped) == {}

    def test_is_confirmed_by_a_person(self, slipped: Newsroom) -> None:
        (key,) = slipped.book.series_keys()
        series = slipped.book.series(key)
        right = next(one for _, one in series.claims if one.figure.quantity.number == 10_000)
        comparison = accepted(series, right, "a person says so")
        assert [decision.kind for decision in comparison.decisions] == [Kind.CONFIRMED]
        assert comparison.anchors == {(key, SEOUL): series.doubts[SEOUL]}
        assert comparison.doubts == {(key, SEOUL): None}
        loose = Looseness(bound=0.2)
        near = replace(right, id="near", figure=replace(right.figure, quantity=quantity("more than 8,000")))
        assert accepted(series, near, "a person says so").decisions == ()
        assert accepted(series, near, "a person says so", loose).anchors == comparison.anchors
        other = next(one for _, one in series.claims if one.figure.quantity.number == 1_000)
        assert accepted(series, other, "a person says so").decisions == ()

    def test_gives_way_to_another_one(self, slipped: Newsroom) -> None:
        outcome = slipped.says(SEOUL, wounded="110,000", on="2024-12-20")
        assert told(outcome) == ["raised wounded 110000 South Korea check"]
        assert doubts(slipped) == {"wounded South Korea": 110_000}

    def test_is_no_going_beyond(self, slipped: Newsroom) -> None:
        slipped.says(SEOUL, wounded="1,000", on="2024-12-19T20:00", outlet="Slow Courier")
        assert slipped.latest("wounded", SEOUL) == 1_000

    def test_is_set_aside_by_the_baseline(self, slipped: Newsroom) -> None:
        slipped.remembers(SEOUL, wounded="1,100", on="2024-12-20")
        assert (slipped.anchors(), doubts(slipped)) == ({"wounded South Korea": 1_100}, {})


class TestATotalThatFalls:
    def test_is_told_with_a_mark_and_may_be_confirmed(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,800", on="2024-12-23")
        fall = newsroom.says(KYIV, casualties="3,200", on="2025-01-20")
        assert told(fall) == ["lowered casualties 3200 Ukraine check"]
        assert newsroom.says(KYIV, casualties="3,200", on="2025-01-27").kind == Kind.CONFIRMED
        assert newsroom.anchors() == {"casualties Ukraine": 3_200}

    def test_is_no_slip_where_another_party_says_so_as_well(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="4,800", on="2024-12-23")
        newsroom.says(WASHINGTON, casualties="3,200", on="2024-12-23")
        assert told(newsroom.says(KYIV, casualties="3,200", on="2025-01-20")) == ["lowered casualties 3200 Ukraine"]

    def test_goes_on_from_where_it_was(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, killed="46,006", on="2025-01-12")
        assert told(newsroom.says(KYIV, killed="4,606", on="2025-01-13")) == ["lowered killed 4606 Ukraine check"]
        assert told(newsroom.says(KYIV, killed="46,120", on="2025-01-14")) == ["corrected killed 46120 Ukraine"]
        assert not newsroom.says(KYIV, killed="46,120", on="2025-01-15").alerts

    def test_a_short_fall_is_left_by_min_change(self) -> None:
        newsroom = Newsroom(north_korean_watch(min_change=parse_min_change("20%")))
        newsroom.says(KYIV, casualties="3,800", on="2024-12-23")
        assert not newsroom.says(KYIV, casualties="3,200", on="2025-01-20").alerts
        assert doubts(newsroom) == {}


class TestAFirstFigure:
    @pytest.fixture
    def slipped(self, newsroom: Newsroom) -> Newsroom:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.says(SEOUL, casualties="3,100", on="2024-12-23")
        outcome = newsroom.says(WASHINGTON, casualties="32,000", on="2024-12-24")
        assert told(outcome) == ["differs casualties 32000 United States check"]
        assert "casualties United States" not in newsroom.anchors()
        return newsroom

    def test_far_from_two_that_stand_together_is_corrected_by_the_next(self, slipped: Newsroom) -> None:
        outcome = slipped.says(WASHINGTON, casualties="3,200", on="2024-12-25")
        assert told(outcome) == ["corrected casualties 3200 United States"]
        assert slipped.anchors()["casualties United States"] == 3_200

    def test_is_repeated_and_confirmed_like_any_other(self, slipped: Newsroom) -> None:
        assert slipped.says(WASHINGTON, casualties="32,000", on="2024-12-25").kind == Kind.REPEATED
        assert slipped.says(WASHINGTON, casualties="32,000", on="2024-12-30").kind == Kind.CONFIRMED
        assert slipped.anchors()["casualties United States"] == 32_000

    def test_is_withdrawn_when_it_is_dropped(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.says(SEOUL, casualties="3,100", on="2024-12-23")
        slip = newsroom.says(WASHINGTON, casualties="32,000", on="2024-12-24")
        assert told(newsroom.revises(slip)) == ["withdrawn casualties gone United States"]


def test_the_baseline_is_never_doubtful(newsroom: Newsroom) -> None:
    newsroom.remembers(KYIV, casualties="3,800", on="2024-12-23")
    newsroom.remembers(KYIV, casualties="3,200", on="2025-01-20")
    assert (newsroom.anchors(), doubts(newsroom)) == ({"casualties Ukraine": 3_200}, {})


class TestWhatTheSamePartyGivesBesides:
    """Killed are a part of all casualties: more of them can't be."""

    def test_more_killed_than_casualties_are_to_be_checked_and_set_right(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="50,000", on="2024-12-20")
        slip = newsroom.says(KYIV, killed="60,000", on="2024-12-23T08:00")
        assert told(slip) == ["first killed 60000 Ukraine check"]
        assert newsroom.says(KYIV, killed="60,000", on="2024-12-23T10:00", outlet="Harbour Times").alerts == ()
        assert newsroom.anchors() == {"casualties Ukraine": 50_000}
        assert told(newsroom.says(KYIV, killed="6,000", on="2024-12-24")) == ["corrected killed 6000 Ukraine"]

    def test_fewer_casualties_than_dead_and_wounded_as_well(self, newsroom: Newsroom) -> None:
        text = newsroom.says(KYIV, killed="20,000", wounded="40,000", casualties="50,000", on="2024-12-20")
        assert [one for one in told(text) if one.endswith("check")] == ["first casualties 50000 Ukraine check"]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({"casualties": "50,000", "on": "2024-11-01"}, {"killed": "60,000", "on": "2024-12-23"}),
            ({"casualties": "more than 50,000", "on": "2024-12-20"}, {"killed": "54,000", "on": "2024-12-23"}),
            (
                {"casualties": "1,100", "on": "2024-12-20"},
                {"wounded": "2,700", "casualties": "3,000", "on": "2024-12-23"},
            ),
            ({"killed": "up to 3,000", "on": "2024-12-20"}, {"casualties": "2,500", "on": "2024-12-23"}),
        ],
    )
    def test_what_may_be_is_told_as_it_is(
        self, newsroom: Newsroom, before: dict[str, str], after: dict[str, str]
    ) -> None:
        newsroom.says(KYIV, **before)
        assert not any(change.check for change in newsroom.says(KYIV, **after).alerts)

    def test_the_toll_of_a_strike_outgrows_what_was_known_of_it(self, strike: Newsroom) -> None:
        of = {"scope": "incident", "place": "Kursk"}
        strike.says(SEOUL, casualties="30", on="2024-12-20T08:00", **of)
        assert told(strike.says(SEOUL, killed="40", on="2024-12-20T12:00", **of)) == ["first killed 40 South Korea"]
        assert told(strike.says(SEOUL, casualties="35", on="2024-12-20T15:00", **of)) == [
            "raised casualties 35 South Korea check"
        ]


def test_a_total_that_fell_is_confirmed_by_what_is_added_to_it(newsroom: Newsroom) -> None:
    newsroom.says(SEOUL, killed="130", on="2024-12-07")
    assert told(newsroom.says(SEOUL, killed="118", on="2024-12-10")) == ["lowered killed 118 South Korea check"]
    page = {"on": "2024-12-12", "url": "https://northwire.example.org/149"}
    more = claim(SEOUL, "killed", "31", status="additional", start=0, **page)
    outcome = newsroom.publishes(more, claim(SEOUL, "killed", "149", start=40, **page))
    assert (told(outcome), doubts(newsroom)) == (["raised killed 149 South Korea"], {})


def test_a_toll_that_falls_tenfold_is_set_right_by_the_next_day(strike: Newsroom) -> None:
    of = {"scope": "incident", "place": "Kursk"}
    strike.says(SEOUL, killed="119", on="2024-12-20T08:00", **of)
    assert told(strike.says(SEOUL, killed="11", on="2024-12-20T12:00", outlet="Slow Courier", **of)) == [
        "lowered killed 11 South Korea check"
    ]
    assert strike.says(SEOUL, killed="119", on="2024-12-20T15:00", outlet="Daily", **of).alerts == ()
    assert told(strike.says(SEOUL, killed="119", on="2024-12-21", **of)) == ["corrected killed 119 South Korea"]


@pytest.mark.parametrize(
    ("words", "kind", "alerts"), [("85", "late", []), ("97", "lowered", ["lowered killed 97 Ukraine check"])]
)
def test_a_total_gone_beyond_and_retold_after_days_is_old_and_no_slip(
    newsroom: Newsroom, words: str, kind: str, alerts: list[str]
) -> None:
    newsroom.says(KYIV, killed="85", on="2024-12-14")
    newsroom.says(KYIV, killed="112", on="2024-12-17")
    again = newsroom.says(KYIV, killed=words, on="2024-12-18", outlet="Slow Courier")
    assert (again.kind, told(again)) == (kind, alerts)
    goes_on = newsroom.says(KYIV, killed="130", on="2024-12-19")
    assert goes_on.kind == ("corrected" if alerts else "raised")
