"""What holds for any news, in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import Newsroom, claim, north_korean_watch

from monitor.domain.book import fold
from monitor.domain.changes import ALERTING, Arrival
from monitor.domain.claims import Claim
from monitor.domain.series import estimate, speaking

WORDS = ("1", "300", "at least 300", "1,000", "about 1,100", "more than 3,000", "3,000", "3,100", "4,000", "hundreds")
DAYS = tuple(f"2024-12-{day:02}T{hour:02}:00" for day in range(1, 29, 3) for hour in (8, 9, 20))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    return claim(
        draw(st.sampled_from(("Ukraine", "South Korea", ("South Korea", "Ukraine"), None))),
        draw(st.sampled_from(("killed", "wounded", "casualties"))),
        draw(st.sampled_from(WORDS)),
        on=draw(st.sampled_from(DAYS)),
        outlet=draw(st.sampled_from(("Northwire", "Harbour Times", "Slow Courier"))),
        scope=draw(st.sampled_from(("cumulative", "cumulative", "period"))),
        status=draw(st.sampled_from(("asserted", "asserted", "asserted", "denied", "superseded", "planned"))),
    )


news = st.lists(claims(), min_size=1, max_size=12, unique_by=lambda one: one.id)


def arrivals(claims: list[Claim], *, baseline: bool = False) -> list[Arrival]:
    return [Arrival((one,), baseline=baseline) for one in claims]


@settings(max_examples=40, deadline=None)
@given(st.data(), news)
def test_shuffled_arrival_gives_the_same_estimates(data: st.DataObject, news: list[Claim]) -> None:
    watches = [north_korean_watch()]
    one = fold(arrivals(news), watches).book
    other = fold(arrivals(data.draw(st.permutations(news))), watches).book
    assert set(one.series_keys()) == set(other.series_keys())
    for key in one.series_keys():
        assert estimate(one.series(key)) == estimate(other.series(key))


@settings(max_examples=40, deadline=None)
@given(st.data(), news)
def test_shuffled_baseline_gives_the_same_anchors(data: st.DataObject, news: list[Claim]) -> None:
    watches = [north_korean_watch()]
    one = fold(arrivals(news, baseline=True), watches)
    other = fold(arrivals(data.draw(st.permutations(news)), baseline=True), watches)
    assert one.book.anchors() == other.book.anchors()
    assert one.changes == other.changes == ()


@settings(max_examples=40, deadline=None)
@given(news)
def test_the_same_news_twice_changes_nothing(news: list[Claim]) -> None:
    newsroom = Newsroom()
    for one in news:
        newsroom.publishes(one)
    before = newsroom.book.anchors()
    assert not any(newsroom.publishes(one).alerts for one in news)
    assert newsroom.book.anchors() == before


@settings(max_examples=40, deadline=None)
@given(news)
def test_folding_again_gives_the_same_changes_with_names_of_their_own(news: list[Claim]) -> None:
    first, second = (fold(arrivals(news), [north_korean_watch()]) for _ in range(2))
    assert first.changes == second.changes
    assert len({change.id for change in first.changes}) == len(first.changes)


@settings(max_examples=40, deadline=None)
@given(news)
def test_what_was_told_last_is_what_the_anchor_holds(news: list[Claim]) -> None:
    newsroom = Newsroom()
    for one in news:
        for change in newsroom.publishes(one).alerts:
            series = newsroom.book.series(change.series)
            known = (series.doubts if change.check else series.anchors).get(change.party)
            assert change.after == (known.quantity if known else None)


@settings(max_examples=40, deadline=None)
@given(news)
def test_every_claim_is_decided_once_in_each_of_its_lines_and_only_some_kinds_alert(news: list[Claim]) -> None:
    newsroom = Newsroom()
    for one in news:
        decisions = newsroom.publishes(one).comparison.decisions
        mine = [decision.party for decision in decisions if decision.claim_id == one.id]
        assert mine == list(one.figure.parties)
        assert all(decision.kind in ALERTING for decision in decisions if decision.alert)


@settings(max_examples=40, deadline=None)
@given(news)
def test_the_overall_estimate_spans_what_the_parties_say(news: list[Claim]) -> None:
    book = fold(arrivals(news), [north_korean_watch()]).book
    for key in book.series_keys():
        now = estimate(book.series(key))
        for spoken in now.parties.values():
            assert now.overall is not None
            assert now.overall.number <= spoken.figure.quantity.number


@settings(max_examples=40, deadline=None)
@given(news)
def test_no_more_than_one_claim_of_an_article_may_speak(news: list[Claim]) -> None:
    urls = [one.origin.url for one in speaking(news)]
    assert len(urls) == len(set(urls))
