"""The further rules of the domain's page, by their numbers."""

import pytest
from newsroom import Newsroom, claim, north_korean_watch, quantity

from monitor.domain.book import fold
from monitor.domain.changes import Kind
from monitor.domain.claims import Claim, Scope, Subject
from monitor.domain.series import Support, history, support
from monitor.domain.watches import parse_min_change

KYIV, SEOUL = "Ukraine", "South Korea"
HOSPITAL, MARKET = "El Fasher", "Omdurman"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def strikes() -> Newsroom:
    return Newsroom(north_korean_watch(subject=None, scopes=frozenset({Scope.INCIDENT}), theatre=frozenset({"Sudan"})))


@pytest.mark.parametrize("status", ["superseded", "denied", "hypothetical", "planned", "additional"])
def test_1_only_asserted_claims_move_an_estimate(newsroom: Newsroom, status: str) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.says(KYIV, casualties="9,000", on="2024-12-24", status=status)
    assert (outcome.kind, outcome.alerts) == (None, ())
    assert status in outcome.why or "on top of" in outcome.why
    assert newsroom.latest("casualties", KYIV) == 3_000


def test_1_superseded_claims_fill_the_history(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    newsroom.says(KYIV, casualties="600", on="2024-12-24", status="superseded", as_of="2024-11-30")
    (key,) = newsroom.book.series_keys()
    assert [old.figure.quantity.number for old in history(newsroom.book.series(key).line(KYIV))] == [600, 3_000]


def test_2_a_weekly_figure_says_nothing_against_a_total(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    week = claim(KYIV, "casualties", "more than 1,000", on="2024-12-27", scope="period", window_days=7)
    weekend = claim(KYIV, "casualties", "at least 30", on="2024-12-29", scope="period", window_days=2)
    assert newsroom.publishes(week).kind == Kind.FIRST
    assert newsroom.publishes(weekend).kind == Kind.FIRST


def test_3_killed_and_wounded_that_add_up_are_named_as_a_breakdown(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="1,100", on="2025-01-10", outlet="Harbour Times")
    outcome = newsroom.says(SEOUL, killed="300", wounded="2,700", casualties="3,000", on="2025-01-13")
    total = outcome.comparison.decisions[-1]
    assert (total.series.measure, total.kind) == ("casualties", Kind.DIFFERS)
    assert total.why.endswith("its own 300 killed and 2,700 wounded add up to it")


def test_3_killed_never_compares_with_casualties(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    assert newsroom.says(KYIV, killed="600", on="2024-12-24").kind == Kind.FIRST


def test_4_places_of_the_theatre_mean_the_whole_and_others_have_their_own_series(newsroom: Newsroom) -> None:
    newsroom.publishes(claim(KYIV, "deployed", "11,000", on="2024-11-04", place="Kursk"))
    whole = newsroom.publishes(claim(KYIV, "deployed", "11,000", on="2024-11-05", place="Russia"))
    elsewhere = newsroom.publishes(claim(KYIV, "deployed", "2,000", on="2024-11-06", place="Belgorod"))
    assert (whole.kind, elsewhere.kind) == (Kind.REPEATED, Kind.FIRST)
    assert elsewhere.decision.series.place == "Belgorod"


def test_5_ten_reprints_are_one_statement_by_ten_outlets() -> None:
    copies = [claim(KYIV, "casualties", "more than 3,000", on="2024-12-23", outlet=f"Outlet {n}") for n in range(9)]
    retold = claim(KYIV, "casualties", "3,000", on="2024-12-26", outlet="Slow Courier")
    said_again = claim(KYIV, "casualties", "3,000", on="2025-01-20", outlet="Outlet 1")
    another = claim(KYIV, "casualties", "4,000", on="2025-01-20", outlet="Other")
    line = [*copies, retold, said_again, another]
    assert support(line, quantity("3,000")) == Support(statements=2, outlets=10)
    assert support(copies, quantity("3,000")) == Support(statements=1, outlets=9)
    assert support([], quantity("3,000")) == Support(0, 0)


@pytest.mark.parametrize(
    ("said", "figure", "outlets"),
    [
        ("240,000", "245,000", 1),  # neither is the other one rounded
        ("243,500", "245,000", 1),
        ("243,500", "240,000", 2),
        ("243,400", "243,000", 2),
        ("244,880", "245,000", 2),
        ("46,006", "46,000", 2),
        ("46,400", "about 46,000", 2),
        ("more than 3,000", "3,000", 2),
        ("more than 240,000", "245,000", 2),
    ],
)
def test_5_behind_a_figure_stand_those_who_give_it(said: str, figure: str, outlets: int) -> None:
    one = claim(KYIV, "casualties", figure, on="2024-12-23", outlet="Courier")
    other = claim(KYIV, "casualties", said, on="2024-12-23", outlet="Gazette")
    assert support([one, other], quantity(figure)).outlets == outlets


def test_6_the_as_of_time_is_the_texts_date_or_publication_or_fetching() -> None:
    dated = claim(KYIV, "killed", "3,000", on="2024-12-23T08:00", as_of="2024-12-20")
    published = claim(KYIV, "killed", "3,000", on="2024-12-23T08:00", arrives="2024-12-24")
    assert dated.as_of.day.isoformat() == "2024-12-20"
    assert published.as_of.at == published.origin.published_at


def test_5_a_round_figure_is_not_retold_by_the_next_days_exact_ones() -> None:
    newsroom = Newsroom(north_korean_watch(min_change=parse_min_change("5%")))
    newsroom.says(KYIV, casualties="401,581", on="2024-12-01")
    newsroom.says(KYIV, casualties="420,000", on="2024-12-20")
    newsroom.says(KYIV, casualties="420,101", on="2024-12-20T19:00")
    newsroom.says(KYIV, casualties="421,305", on="2024-12-21")
    assert newsroom.says(KYIV, casualties="422,360", on="2024-12-22").told == ["raised casualties 422360 Ukraine"]


def test_7_a_step_smaller_than_min_change_is_decided_and_not_told() -> None:
    newsroom = Newsroom(north_korean_watch(min_change=parse_min_change(500)))
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.says(KYIV, casualties="3,200", on="2024-12-24")
    assert (outcome.kind, outcome.alerts) == (Kind.RAISED, ())
    assert "3,000 was told, now 3,200: smaller than min_change 500" in outcome.why
    assert newsroom.says(KYIV, casualties="3,500", on="2024-12-25").told == ["raised casualties 3500 Ukraine"]


class TestRule8:
    def strike(self, words: str, on: str, *, measure: str = "killed", place: str | None = HOSPITAL) -> Claim:
        return claim("Sudan", measure, words, on=on, scope="incident", place=place)

    def test_the_toll_of_one_strike_rises_in_one_series(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("54", "2025-10-11"))
        outcome = strikes.publishes(self.strike("119", "2025-10-12"))
        assert outcome.told == ["raised killed 119 Sudan"]
        assert outcome.decision.series.incident == "El Fasher 2025-10-11"

    def test_a_later_strike_in_the_same_town_is_another(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("54", "2025-10-11"))
        assert strikes.publishes(self.strike("12", "2025-10-14")).kind == Kind.FIRST

    def test_a_strike_retold_a_week_later_with_the_known_toll_is_no_new_strike(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("119", "2025-10-12"))
        assert strikes.publishes(self.strike("119", "2025-10-19")).kind == Kind.REPEATED
        assert strikes.publishes(self.strike("119", "2025-11-19")).kind == Kind.FIRST

    def test_a_strike_elsewhere_on_the_same_day_is_another(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("54", "2025-10-11"))
        assert strikes.publishes(self.strike("12", "2025-10-11", place=MARKET)).kind == Kind.FIRST

    def test_killed_and_wounded_of_one_report_are_one_incident(self, strikes: Newsroom) -> None:
        outcome = strikes.publishes(
            self.strike("54", "2025-10-11"), self.strike("158", "2025-10-11", measure="wounded")
        )
        assert {key.incident for key in strikes.book.series_keys()} == {"El Fasher 2025-10-11"}
        assert len(outcome.alerts) == 2

    def test_whatever_the_dead_of_one_strike_are_called_their_toll_is_one_series(self, strikes: Newsroom) -> None:
        def named(words: str, on: str, kind: str, party: str | None = None) -> Claim:
            people = Subject(kind, party, kind)
            return claim("Sudan", "killed", words, on=on, scope="incident", place=HOSPITAL, subject=people)

        assert strikes.publishes(named("43", "2025-10-11", "civilians")).kind == Kind.FIRST
        assert strikes.publishes(named("75", "2025-10-12", "people")).told == ["raised killed 75 Sudan"]
        assert strikes.publishes(named("78", "2025-10-12", "people", "Sudan")).told == ["raised killed 78 Sudan"]
        part = strikes.publishes(named("50", "2025-10-13T08:00", "civilians"))
        assert (part.kind, part.alerts) == (None, ())
        assert "a part of" in part.why
        soldiers = strikes.publishes(named("12", "2025-10-13T09:00", "fighters"))
        assert soldiers.decision.series.subject == "anyone/troops"

    def test_the_date_of_the_strike_is_not_the_date_of_its_count(self, strikes: Newsroom) -> None:
        def of_the_11th(words: str, on: str) -> Claim:
            return claim("Sudan", "killed", words, on=on, scope="incident", place=HOSPITAL, as_of="2025-10-11")

        strikes.publishes(self.strike("54", "2025-10-12T08:00"))
        risen = strikes.publishes(of_the_11th("119", "2025-10-13"))
        assert (risen.told, risen.decision.series.incident) == (["raised killed 119 Sudan"], "El Fasher 2025-10-12")
        assert strikes.publishes(of_the_11th("60", "2025-10-11T20:00")).kind == Kind.LATE
        assert strikes.publishes(of_the_11th("54", "2025-10-14")).kind == Kind.LATE
        assert strikes.publishes(of_the_11th("108", "2025-10-27")).told == ["lowered killed 108 Sudan"]

    def test_a_figure_without_a_place_joins_the_only_incident_of_those_days(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("54", "2025-10-11"))
        assert strikes.publishes(self.strike("119", "2025-10-12", place=None)).kind == Kind.RAISED

    def test_a_figure_without_a_place_joins_none_of_two(self, strikes: Newsroom) -> None:
        strikes.publishes(self.strike("54", "2025-10-11"))
        strikes.publishes(self.strike("12", "2025-10-11", place=MARKET))
        assert strikes.publishes(self.strike("119", "2025-10-12", place=None)).kind == Kind.FIRST


def test_9_every_claim_of_a_watch_gets_a_decision_with_a_reason(newsroom: Newsroom) -> None:
    claims = newsroom.claims(KYIV, killed="300", wounded="2,700", casualties="3,000", on="2025-01-13")
    planned = claim(KYIV, "deployed", "12,000", on="2025-01-13", status="planned")
    decisions = newsroom.publishes(*claims, planned).comparison.decisions
    assert {decision.claim_id for decision in decisions} == {one.id for one in (*claims, planned)}
    assert all(decision.why for decision in decisions)


def test_10_the_same_article_again_changes_nothing(newsroom: Newsroom) -> None:
    outcome = newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    anchors = newsroom.book.anchors()
    again = newsroom.receives(outcome.arrival)
    assert (again.comparison.decisions, again.alerts) == ((), ())
    assert newsroom.book.anchors() == anchors


class TestRule11:
    @pytest.fixture
    def with_a_misreading(self, newsroom: Newsroom) -> Newsroom:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.says(KYIV, casualties="30,000", on="2025-01-02", outlet="Harbour Times")
        return newsroom

    def test_folding_again_gives_the_same_changes(self, with_a_misreading: Newsroom) -> None:
        first = fold(with_a_misreading.arrivals, [with_a_misreading.watch])
        second = fold(with_a_misreading.arrivals, [with_a_misreading.watch])
        assert first.changes == second.changes
        assert [change.kind for change in first.changes] == [Kind.FIRST, Kind.RAISED]
