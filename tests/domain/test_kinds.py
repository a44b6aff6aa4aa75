"""The ten kinds of change, and the anchor that decides between them."""

from dataclasses import replace

import pytest
from newsroom import Newsroom, claim, moment, north_korean_watch

from monitor.domain.changes import ALERTING, Kind
from monitor.domain.claims import DENIED_BY_ANOTHER, UNATTRIBUTED, Scope
from monitor.domain.watches import parse_min_change

KYIV, SEOUL, WASHINGTON = "Ukraine", "South Korea", "United States"


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def test_the_first_figure_of_a_series_is_told(newsroom: Newsroom) -> None:
    outcome = newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    assert outcome.kind == Kind.FIRST
    assert outcome.told == ["first casualties 3000 Ukraine"]


def test_a_figure_that_no_longer_agrees_with_its_anchor_is_raised_or_lowered(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="more than 3,000", on="2024-12-23")
    raised = newsroom.says(KYIV, casualties="3,800", on="2025-01-05")
    lowered = newsroom.says(KYIV, casualties="3,200", on="2025-01-20")
    assert raised.told == ["raised casualties 3800 Ukraine"]
    assert raised.alerts[0].before is not None
    assert raised.alerts[0].before.number == 3_000
    assert lowered.told == ["lowered casualties 3200 Ukraine"]


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("2024-12-23T16:00", ["raised killed 20 Ukraine"]),
        ("2024-12-23T10:00", []),  # out before the article that readers heard of
        (None, []),  # the page is a day older than that article
    ],
)
def test_a_post_of_a_live_page_is_as_old_as_itself(post: str | None, told: list[str]) -> None:
    newsroom = Newsroom(replace(north_korean_watch(), scopes=frozenset({Scope.INCIDENT})))
    strike = {"scope": "incident", "place": "Kursk", "arrives": "2024-12-23T18:00"}
    newsroom.publishes(claim(KYIV, "killed", "14", on="2024-12-23T12:00", as_of="2024-12-22", **strike))
    page = claim(KYIV, "killed", "20", on="2024-12-22T23:00", as_of="2024-12-22", **strike)
    said_at = moment(post) if post else None
    outcome = newsroom.publishes(replace(page, figure=replace(page.figure, said_at=said_at)))
    assert outcome.told == told


def test_a_party_whose_first_figure_disagrees_with_the_others_differs(newsroom: Newsroom) -> None:
    newsroom.says(SEOUL, casualties="1,100", on="2024-12-23")
    outcome = newsroom.says(KYIV, casualties="more than 3,000", on="2024-12-23")
    assert outcome.told == ["differs casualties 3000 Ukraine"]
    assert newsroom.anchors() == {"casualties South Korea": 1_100, "casualties Ukraine": 3_000}


def test_a_party_whose_first_figure_agrees_with_the_others_confirms_and_gets_an_anchor(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.says(WASHINGTON, casualties="3,100", on="2024-12-24")
    assert outcome.kind == Kind.CONFIRMED
    assert not outcome.alerts
    assert newsroom.anchors()["casualties United States"] == 3_100


def test_a_first_figure_between_two_others_confirms_since_the_overall_estimate_decides(newsroom: Newsroom) -> None:
    newsroom.says(SEOUL, deployed="3,000", on="2024-10-23")
    newsroom.says(KYIV, deployed="11,000", on="2024-10-23")
    assert newsroom.says(WASHINGTON, deployed="6,000", on="2024-10-23").kind == Kind.CONFIRMED


def test_a_narrower_figure_that_agrees_is_refined_and_leaves_the_anchor(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, deployed="more than 10,000", on="2024-10-28")
    outcome = newsroom.says(KYIV, deployed="about 11,000", on="2024-11-04")
    assert outcome.kind == Kind.REFINED
    assert not outcome.alerts
    assert newsroom.anchors() == {"deployed Ukraine": 10_000}


def test_the_same_party_again_is_repeated(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="more than 3,000", on="2024-12-23")
    outcome = newsroom.says(KYIV, casualties="3,000", on="2024-12-24", outlet="Harbour Times")
    assert outcome.kind == Kind.REPEATED
    assert not outcome.alerts


def test_a_figure_older_than_what_the_party_said_since_is_late_and_moves_nothing(newsroom: Newsroom) -> None:
    newsroom.says(SEOUL, deployed="3,000", on="2024-10-23")
    outcome = newsroom.says(SEOUL, deployed="1,500", on="2024-10-18", arrives="2024-11-15")
    assert outcome.kind == Kind.LATE
    assert not outcome.alerts
    assert newsroom.anchors() == {"deployed South Korea": 3_000}
    assert newsroom.latest("deployed", SEOUL) == 3_000


def test_a_correction_of_the_article_that_was_told_is_told(newsroom: Newsroom) -> None:
    newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
    slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
    right = claim(
        SEOUL, "wounded", "about 1,000", on="2024-12-19T08:30", outlet="Peninsula Daily", arrives="2024-12-19T10:15"
    )
    outcome = newsroom.revises(slip, right)
    assert outcome.told == ["corrected wounded 1000 South Korea"]
    assert outcome.decision.held_against == slip.arrival.claims[0].id
    assert newsroom.anchors() == {"wounded South Korea": 1_000}


def test_a_figure_that_its_only_article_drops_is_withdrawn(newsroom: Newsroom) -> None:
    told = newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.revises(told)
    assert outcome.told == ["withdrawn casualties gone Ukraine"]
    assert outcome.alerts[0].after is None
    assert newsroom.anchors() == {}


def test_a_party_that_denies_its_own_figure_withdraws_it(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.says(KYIV, casualties="3,000", on="2024-12-24", status="denied")
    assert outcome.told == ["withdrawn casualties gone Ukraine"]
    assert newsroom.latest("casualties", KYIV) is None


def test_another_party_that_denies_a_figure_withdraws_nothing(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    outcome = newsroom.says("Russia", casualties="3,000", on="2024-12-24", status="denied")
    assert outcome.kind is None
    assert newsroom.anchors() == {"casualties Ukraine": 3_000}


def test_what_another_party_denies_in_the_same_article_stands(newsroom: Newsroom) -> None:
    newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
    said = claim(KYIV, "casualties", "4,000", on="2024-12-24")
    no = claim(KYIV, "casualties", "4,000", on="2024-12-24", status="denied", start=200)
    denied = replace(no, figure=replace(no.figure, rules=(DENIED_BY_ANOTHER,)))
    assert newsroom.publishes(said, denied).told == ["raised casualties 4000 Ukraine"]
    assert newsroom.anchors() == {"casualties Ukraine": 4_000}
    assert newsroom.latest("casualties", KYIV) == 4_000


def test_a_denial_that_names_nobody_withdraws_nothing(newsroom: Newsroom) -> None:
    newsroom.says(None, casualties="3,000", on="2024-12-23")
    assert newsroom.says(None, casualties="3,000", on="2024-12-24", status="denied").kind is None


def test_six_kinds_alert_and_four_do_not() -> None:
    assert {kind for kind in Kind if kind not in ALERTING} == {Kind.REFINED, Kind.CONFIRMED, Kind.REPEATED, Kind.LATE}


class TestTheAnchor:
    def test_small_steps_add_up_until_they_are_worth_telling(self) -> None:
        newsroom = Newsroom(north_korean_watch(min_change=parse_min_change("5%")))
        newsroom.says(KYIV, killed="10,012", on="2024-12-01")
        days = [newsroom.says(KYIV, killed=str(10_012 + 203 * day), on=f"2024-12-{day + 1:02}") for day in range(1, 7)]
        assert [len(outcome.alerts) for outcome in days] == [0, 0, 1, 0, 0, 1]
        assert {outcome.kind for outcome in days} == {Kind.RAISED}
        assert "min_change 5%" in days[0].why

    def test_refined_figures_do_not_creep(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, deployed="10,000-20,000", on="2024-10-01")
        newsroom.says(KYIV, deployed="18,000-21,000", on="2024-10-02")
        outcome = newsroom.says(KYIV, deployed="21,000", on="2024-10-03")
        assert outcome.told == ["raised deployed 21000 Ukraine"]

    def test_a_claim_without_a_claimant_has_a_line_of_its_own(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        outcome = newsroom.says(None, casualties="5,000", on="2024-12-24")
        assert (outcome.kind, outcome.decision.party) == (Kind.DIFFERS, UNATTRIBUTED)
        assert newsroom.anchors()["casualties Ukraine"] == 3_000

    def test_nobodys_figure_is_news_only_where_it_fits_nothing_that_is_known(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.says(None, casualties="4,500", on="2024-12-24")
        retold = newsroom.says(None, casualties="3,000", on="2024-12-25")
        assert (retold.kind, retold.alerts) == (Kind.REPEATED, ())

    def test_a_claim_of_two_parties_moves_both_lines(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, deployed="3,000", on="2024-10-23")
        newsroom.says(KYIV, deployed="11,000", on="2024-10-23")
        outcome = newsroom.says((SEOUL, KYIV), deployed="15,000", on="2024-11-20")
        assert outcome.told == ["raised deployed 15000 South Korea", "raised deployed 15000 Ukraine"]


class TestTheBaseline:
    def test_sets_anchors_and_never_alerts(self, newsroom: Newsroom) -> None:
        outcome = newsroom.remembers(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.remembers(SEOUL, casualties="1,100", on="2024-12-23")
        assert (outcome.kind, outcome.alerts) == (Kind.FIRST, ())
        assert newsroom.anchors() == {"casualties Ukraine": 3_000, "casualties South Korea": 1_100}

    def test_takes_the_latest_by_as_of_time_whatever_comes_in_first(self, newsroom: Newsroom) -> None:
        newsroom.remembers(SEOUL, deployed="3,000", on="2024-10-23")
        newsroom.remembers(SEOUL, deployed="1,500", on="2024-10-18")
        assert newsroom.anchors() == {"deployed South Korea": 3_000}

    def test_is_what_later_figures_are_held_against(self, newsroom: Newsroom) -> None:
        newsroom.remembers(KYIV, casualties="3,000", on="2024-12-23")
        assert newsroom.says(KYIV, casualties="4,000", on="2025-01-10").told == ["raised casualties 4000 Ukraine"]


class TestLate:
    def test_a_partys_first_figure_may_be_up_to_three_days_behind_the_series(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        assert newsroom.says(SEOUL, casualties="1,100", on="2024-12-20").kind == Kind.DIFFERS

    def test_a_partys_first_figure_further_behind_is_late(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        outcome = newsroom.says(SEOUL, casualties="1,100", on="2024-12-19")
        assert (outcome.kind, outcome.alerts) == (Kind.LATE, ())
        assert "casualties South Korea" not in newsroom.anchors()

    def test_the_days_news_counts_even_when_a_retelling_of_the_old_figure_overtook_it(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, deployed="1,500", on="2024-10-18")
        newsroom.says(SEOUL, deployed="1,500", on="2024-10-23T10:00", outlet="Slow Courier")
        outcome = newsroom.says(SEOUL, deployed="3,000", on="2024-10-23T09:30", arrives="2024-10-23T10:30")
        assert outcome.told == ["raised deployed 3000 South Korea"]

    def test_a_slow_outlet_that_retells_what_the_party_has_gone_beyond_is_late(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, deployed="1,500", on="2024-10-21")
        newsroom.says(SEOUL, deployed="3,000", on="2024-10-23T08:15")
        outcome = newsroom.says(SEOUL, deployed="1,500", on="2024-10-23T20:00", outlet="Slow Courier")
        assert (outcome.kind, outcome.alerts) == (Kind.LATE, ())
        assert newsroom.latest("deployed", SEOUL) == 3_000

    def test_a_figure_that_the_text_dates_itself_is_no_retelling(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, deployed="1,500", on="2024-10-21")
        newsroom.says(SEOUL, deployed="3,000", on="2024-10-22")
        outcome = newsroom.says(SEOUL, deployed="1,500", on="2024-10-23", as_of="2024-10-23")
        assert outcome.told == ["lowered deployed 1500 South Korea"]

    def test_the_texts_own_date_comes_before_the_date_of_publication(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        assert newsroom.says(KYIV, casualties="600", on="2025-01-20", as_of="2024-11-30").kind == Kind.LATE

    def test_a_date_still_to_come_is_no_as_of_time(self) -> None:
        misread = claim(KYIV, "casualties", "3,000", on="2024-10-24", as_of="2024-12-31")
        assert misread.as_of.at == misread.origin.published_at


class TestRevisions:
    def test_a_revision_with_the_same_figure_is_nothing_new(self, newsroom: Newsroom) -> None:
        told = newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        again = newsroom.revises(told, claim(KYIV, "casualties", "3,000", on="2024-12-23", arrives="2024-12-24"))
        assert (again.kind, again.alerts) == (Kind.REPEATED, ())
        (anchor,) = newsroom.book.anchors().values()
        assert anchor.claim_id == again.arrival.claims[0].id

    @pytest.mark.parametrize(
        ("was", "now", "kind"),
        [
            ("46,000", "46,500", Kind.CORRECTED),
            ("46,000", "46,006", Kind.REPEATED),
            ("more than 3,000", "more than 3,200", Kind.CORRECTED),
            ("more than 3,000", "3,200", Kind.REPEATED),
            ("about 3,000", "3,000", Kind.REPEATED),
        ],
    )
    def test_another_number_is_corrected_however_near(self, newsroom: Newsroom, was: str, now: str, kind: Kind) -> None:
        told = newsroom.says(KYIV, casualties=was, on="2024-12-23")
        edited = newsroom.revises(told, claim(KYIV, "casualties", now, on="2024-12-23", arrives="2024-12-24"))
        assert (edited.kind, bool(edited.alerts)) == (kind, kind is Kind.CORRECTED)

    def test_a_dropped_figure_that_another_article_still_gives_stands(self, newsroom: Newsroom) -> None:
        told = newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        newsroom.says(KYIV, casualties="3,000", on="2024-12-24", outlet="Harbour Times")
        outcome = newsroom.revises(told)
        assert (outcome.kind, outcome.alerts) == (Kind.WITHDRAWN, ())
        assert "Harbour Times still gives it" in outcome.why

    def test_a_line_falls_back_to_what_is_left_when_its_latest_figure_is_dropped(self, newsroom: Newsroom) -> None:
        newsroom.says(KYIV, casualties="3,000", on="2024-12-23")
        told = newsroom.says(KYIV, casualties="4,000", on="2025-01-10")
        outcome = newsroom.revises(told)
        assert outcome.told == ["withdrawn casualties 3000 Ukraine"]
        assert "back to 3,000" in outcome.why
        assert newsroom.anchors() == {"casualties Ukraine": 3_000}

    def test_a_correction_to_what_readers_were_told_otherwise_is_not_told(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, wounded="about 1,000", on="2024-12-19T07:00")
        slip = newsroom.says(SEOUL, wounded="about 10,000", on="2024-12-19T08:30", outlet="Peninsula Daily")
        newsroom.says(SEOUL, wounded="1,000", on="2024-12-20", outlet="Capitol Dispatch", as_of="2024-12-20")
        right = claim(
            SEOUL, "wounded", "about 1,000", on="2024-12-19T08:30", outlet="Peninsula Daily", arrives="2024-12-21"
        )
        outcome = newsroom.revises(slip, right)
        assert not outcome.alerts

    def test_an_old_article_corrected_after_the_party_moved_on_is_not_told(self, newsroom: Newsroom) -> None:
        old = newsroom.says(SEOUL, deployed="1,500", on="2024-10-18")
        newsroom.says(SEOUL, deployed="3,000", on="2024-10-23")
        right = claim(SEOUL, "deployed", "1,600", on="2024-10-18", arrives="2024-10-24")
        assert not newsroom.revises(old, right).alerts

    def test_a_toll_that_rises_in_place_is_told(self, newsroom: Newsroom) -> None:
        live = newsroom.says(KYIV, killed="54", on="2024-12-23T08:00")
        newsroom.says(KYIV, killed="54", on="2024-12-23T09:00", outlet="Harbour Times")
        risen = claim(KYIV, "killed", "119", on="2024-12-23T08:00", arrives="2024-12-23T15:00")
        assert newsroom.revises(live, risen).told == ["corrected killed 119 Ukraine"]

    def test_a_page_that_flaps_between_two_texts_settles(self, newsroom: Newsroom) -> None:
        one = newsroom.says(KYIV, killed="54", on="2024-12-23")
        other = newsroom.revises(one, claim(KYIV, "killed", "119", on="2024-12-23", arrives="2024-12-24"))
        again = newsroom.receives(one.arrival)
        assert len(other.alerts) == 1
        assert not again.alerts

    def test_a_figure_that_comes_back_after_it_was_dropped_is_a_change_of_its_own(self, newsroom: Newsroom) -> None:
        first = newsroom.says(KYIV, killed="54", on="2024-12-23")
        dropped = newsroom.revises(first)
        (said,) = first.arrival.claims
        again = newsroom.publishes(replace(said, origin=replace(said.origin, revision=3)))
        changes = [change for outcome in (first, dropped, again) for change in outcome.alerts]
        assert [change.kind for change in changes] == [Kind.FIRST, Kind.WITHDRAWN, Kind.FIRST]
        assert len({change.id for change in changes}) == 3


class TestOneArticle:
    def test_speaks_once_for_a_line_and_gives_the_whole_rather_than_a_part(self, newsroom: Newsroom) -> None:
        part = claim(SEOUL, "killed", "at least 1", on="2024-12-19", start=9)
        outcome = newsroom.publishes(claim(SEOUL, "killed", "at least 100", on="2024-12-19"), part)
        assert outcome.told == ["first killed 100 South Korea"]
        assert {decision.kind for decision in outcome.comparison.decisions} == {Kind.FIRST, None}

    def test_speaks_with_its_latest_figure(self, newsroom: Newsroom) -> None:
        before = claim(SEOUL, "deployed", "12,000", on="2025-03-01", as_of="2025-01-15")
        outcome = newsroom.publishes(before, claim(SEOUL, "deployed", "10,000", on="2025-03-01", start=9))
        assert outcome.told == ["first deployed 10000 South Korea"]

    def test_that_says_a_figure_twice_says_it_once(self, newsroom: Newsroom) -> None:
        claims = [claim(SEOUL, "killed", "300", on="2024-12-19", start=start) for start in (0, 9)]
        outcome = newsroom.publishes(*claims)
        assert len(outcome.alerts) == 1
        assert [decision.kind for decision in outcome.comparison.decisions].count(Kind.REPEATED) == 1

    def test_a_single_man_never_lowers_a_total(self, newsroom: Newsroom) -> None:
        newsroom.says(SEOUL, killed="at least 100", on="2024-12-19")
        outcome = newsroom.says(SEOUL, killed="1", on="2024-12-27")
        assert (outcome.kind, outcome.alerts) == (None, ())
        assert newsroom.latest("killed", SEOUL) == 100
