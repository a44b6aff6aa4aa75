import pytest
from newsroom import NORTH_KOREANS, claim, north_korean_watch, quantity

from monitor.domain.claims import Measure, Scope, Subject
from monitor.domain.watches import MinChange, bucket, parse_min_change, series_key, why_left


@pytest.mark.parametrize(
    ("watched", "counted", "taken"),
    [
        (NORTH_KOREANS, Subject("the soldiers", "North Korea", "troops"), True),
        (NORTH_KOREANS, Subject("North Koreans", "North Korea", "people"), False),
        (NORTH_KOREANS, Subject("Russian troops", "Russia", "troops"), False),
        (NORTH_KOREANS, Subject("soldiers", None, "troops"), False),
        (Subject("civilians", None, "civilians"), Subject("Gazan civilians", "Palestine", "civilians"), True),
        (Subject("civilians", None, "civilians"), Subject("soldiers", None, "troops"), False),
        (Subject("Palestinians", "Palestine", "people"), Subject("civilians", "Palestine", "civilians"), True),
        (Subject("Palestinians", "Palestine", "people"), Subject("Israelis", "Israel", "people"), False),
        (None, Subject("people", None, "people"), True),
    ],
)
def test_a_watch_takes_in_the_party_and_the_kind_it_names(watched: Subject, counted: Subject, taken: bool) -> None:
    one = claim("Ukraine", "killed", "300", on="2024-12-23", subject=counted)
    assert (series_key(one, north_korean_watch(subject=watched)) is not None) is taken


@pytest.mark.parametrize(
    ("watched", "counted", "name"),
    [
        (NORTH_KOREANS, NORTH_KOREANS, "North Korea/troops"),
        (None, Subject("Russian troops", "Russia", "troops"), "Russia/troops"),
        (None, Subject("people", None, "people"), "anyone/people"),
        (
            Subject("Palestinians", "Palestine", "people"),
            Subject("women", "Palestine", "civilians"),
            "Palestine/civilians",
        ),
    ],
)
def test_a_series_is_named_after_the_party_and_the_kind_counted(watched: Subject, counted: Subject, name: str) -> None:
    key = series_key(
        claim("Ukraine", "killed", "3", on="2024-12-23", subject=counted), north_korean_watch(subject=watched)
    )
    assert key is not None
    assert key.subject == name


def test_a_measure_or_scope_that_the_watch_does_not_name_is_left_out() -> None:
    watch = north_korean_watch(measures=frozenset({Measure.KILLED}), scopes=frozenset({Scope.CUMULATIVE}))
    assert series_key(claim("Ukraine", "wounded", "300", on="2024-12-23"), watch) is None
    assert series_key(claim("Ukraine", "killed", "300", on="2024-12-23", scope="period"), watch) is None
    assert series_key(claim("Ukraine", "killed", "300", on="2024-12-23"), watch) is not None


@pytest.mark.parametrize(
    ("left", "why"),
    [
        ({"measures": frozenset({Measure.CAPTURED})}, "it asks for captured, not for killed"),
        ({"scopes": frozenset({Scope.PERIOD})}, "it asks for period figures, not for cumulative ones"),
        (
            {"subject": Subject("Russian troops", "Russia", "troops")},
            "it is on Russian troops, not on North Korean troops",
        ),
        ({"places": frozenset({"Kursk"})}, "it is limited to certain places, and this one names none"),
        ({"min_confidence": 0.95}, "its confidence is 0.90, and the watch asks for 0.95"),
        ({}, None),
    ],
)
def test_a_watch_says_why_it_leaves_a_claim(left: dict[str, object], why: str | None) -> None:
    one = claim("Ukraine", "killed", "300", on="2024-12-23")
    assert why_left(one, north_korean_watch(**left)) == why


def test_a_claim_that_the_extractor_is_not_sure_of_is_left_out() -> None:
    assert series_key(claim("Ukraine", "killed", "300", on="2024-12-23", confidence=0.4), north_korean_watch()) is None


@pytest.mark.parametrize(
    ("place", "theatre", "places", "expected"),
    [
        (None, {"Kursk"}, set(), None),
        ("kursk", {"Kursk"}, set(), None),
        ("Belgorod", {"Kursk"}, set(), "Belgorod"),
        ("el fasher", set(), {"El Fasher"}, "El Fasher"),
        ("El Fasher", {"El Fasher"}, {"El Fasher"}, None),
    ],
)
def test_the_place_of_a_series(place: str | None, theatre: set[str], places: set[str], expected: str | None) -> None:
    watch = north_korean_watch(theatre=frozenset(theatre), places=frozenset(places))
    key = series_key(claim("Ukraine", "killed", "300", on="2024-12-23", place=place), watch)
    assert key is not None
    assert key.place == expected


@pytest.mark.parametrize("place", [None, "Omdurman"])
def test_a_watch_on_places_takes_figures_for_those_alone(place: str | None) -> None:
    watch = north_korean_watch(places=frozenset({"El Fasher"}))
    assert series_key(claim("Ukraine", "killed", "300", on="2024-12-23", place=place), watch) is None


@pytest.mark.parametrize(
    ("days", "length"),
    [
        *[(1, 1), (2, 3), (3, 3), (6, 7), (7, 7), (10, 7), (14, 14), (28, 30), (31, 30), (90, 90)],
        *[(180, 180), (200, 180), (366, 365), (500, 365), (700, 730), (1096, 1095), (None, None)],
    ],
)
def test_windows_of_about_the_same_length_compare(days: int | None, length: int | None) -> None:
    assert bucket(days) == length


def test_a_time_of_no_known_length_shares_no_series_with_a_known_one() -> None:
    """A week's losses come with a word on how long they took; what comes without one is told apart from them."""
    watch = north_korean_watch(scopes=frozenset({Scope.PERIOD}))
    unknown = claim("Ukraine", "killed", "1,200", on="2024-12-23", scope="period")
    week = claim("Ukraine", "killed", "8,400", on="2024-12-23", scope="period", window_days=7)
    assert series_key(week, watch) != series_key(unknown, watch)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("2%", MinChange(fraction=0.02)),
        ("2.5 %", MinChange(fraction=0.025)),
        (50, MinChange(count=50)),
        ("50", MinChange(50)),
    ],
)
def test_the_least_change_is_a_number_or_a_percentage(setting: str | int, expected: MinChange) -> None:
    assert parse_min_change(setting) == expected


@pytest.mark.parametrize("setting", ["", "two", "-5", "5%%", "1.5", True, "5 people"])
def test_any_other_least_change_is_refused_with_what_was_written(setting: str | int) -> None:
    with pytest.raises(ValueError, match="min_change is"):
        parse_min_change(setting)


def test_a_step_of_exactly_the_least_change_is_told() -> None:
    assert MinChange(fraction=0.05).reached(quantity("10,000"), quantity("10,500"))
    assert not MinChange(fraction=0.05).reached(quantity("10,000"), quantity("10,499"))
    assert MinChange(count=50).reached(quantity("300"), quantity("250"))
