"""Which incident a figure belongs to: by place, day, kind of event, target and number."""

from dataclasses import replace

import pytest
from newsroom import Newsroom, Outcome, claim, north_korean_watch, quantity

from monitor.domain.claims import Scope, Subject
from monitor.domain.incidents import BlankAtlas, Incident, find_incident, incident_name

PEOPLE = Subject("people", None, "people")
WHERE = {"Rafah": "Gaza", "Khan Younis": "Gaza", "Gaza": "Palestine", "El Obeid": "North Kordofan"} | {
    "North Kordofan": "Sudan"
}


class Map:
    """Places that lie in one another."""

    def contains(self, outer: str, inner: str) -> bool:
        at: str | None = inner
        while at is not None and at != outer:
            at = WHERE.get(at)
        return at == outer

    def knows_place(self, place: str) -> bool:
        return place in {*WHERE, *WHERE.values()}

    def surrounding(self, place: str) -> str | None:
        return WHERE.get(place)


@pytest.fixture
def strikes() -> Newsroom:
    watch = north_korean_watch(subject=None, scopes=frozenset({Scope.INCIDENT}), theatre=frozenset(), atlas=Map())
    return Newsroom(watch)


def toll(
    newsroom: Newsroom,
    words: str,
    on: str,
    place: str | None,
    *,
    party: str = "Medics",
    outlet: str = "Northwire",
    event: str | None = None,
    target: str | None = None,
    fell: str | None = None,
) -> Outcome:
    return newsroom.publishes(
        claim(
            party,
            "killed",
            words,
            on=on,
            scope="incident",
            place=place,
            subject=PEOPLE,
            outlet=outlet,
            event=event,
            target=target,
            as_of=fell,
        )
    )


@pytest.mark.parametrize(("first", "second"), [("Rafah", "Gaza"), ("Gaza", "Rafah")])
def test_a_place_and_what_lies_around_it_are_one_incident(strikes: Newsroom, first: str, second: str) -> None:
    toll(strikes, "45", "2024-05-26T20:00", first)
    outcome = toll(strikes, "60", "2024-05-27", second)
    assert outcome.told == ["raised killed 60 Medics"]
    assert outcome.decision.series.incident == f"{first} 2024-05-26"


def test_not_where_two_are_in_question(strikes: Newsroom) -> None:
    toll(strikes, "45", "2024-05-26T20:00", "Rafah")
    toll(strikes, "12", "2024-05-26T20:00", "Khan Younis")
    assert toll(strikes, "30", "2024-05-27", "Gaza").kind == "first"


@pytest.mark.parametrize("known", [{"words": "45"}, {"words": "60", "target": "camp"}])
def test_unless_the_number_or_the_target_points_to_one(strikes: Newsroom, known: dict[str, str]) -> None:
    toll(strikes, "45", "2024-05-26T20:00", "Rafah", target="camp")
    toll(strikes, "12", "2024-05-26T20:00", "Khan Younis", target="school")
    words = known.pop("words")
    outcome = toll(strikes, words, "2024-05-27", "Gaza", outlet="Harbour Times", **known)
    assert outcome.decision.series.incident == "Rafah 2024-05-26"


def test_a_whole_country_is_too_wide(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03", "El Obeid")
    assert toll(strikes, "75", "2025-03-03T18:00", "Sudan").kind == "first"
    retold = toll(strikes, "54", "2025-03-03T19:00", "Sudan", outlet="Harbour Times")
    assert retold.decision.series.incident == "El Obeid 2025-03-03"


def test_two_strikes_on_one_town_on_one_day_are_kept_apart_by_what_they_hit(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03T10:00", "El Obeid", event="fire", target="market")
    second = toll(strikes, "11", "2025-03-03T21:00", "El Obeid", event="fire", target="hospital")
    assert (second.kind, second.decision.series.incident) == ("first", "El Obeid (hospital) 2025-03-03")
    market = toll(strikes, "119", "2025-03-04T06:00", "El Obeid", target="market")
    hospital = toll(strikes, "17", "2025-03-04T09:00", "El Obeid", target="hospital")
    assert (market.told, hospital.told) == (["raised killed 119 Medics"], ["raised killed 17 Medics"])


def test_and_by_the_kind_of_event(strikes: Newsroom) -> None:
    toll(strikes, "12", "2025-03-03T10:00", "El Obeid", event="fire")
    assert toll(strikes, "3", "2025-03-03T12:00", "El Obeid", event="accident").kind == "first"
    assert toll(strikes, "14", "2025-03-03T13:00", "El Obeid").decision.series.incident == "El Obeid 2025-03-03"


def test_a_lower_number_is_the_other_strikes(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03T10:00", "El Obeid", target="market")
    toll(strikes, "11", "2025-03-03T21:00", "El Obeid", target="hospital")
    assert toll(strikes, "17", "2025-03-04T09:00", "El Obeid").told == ["raised killed 17 Medics"]


def test_fewer_who_fell_on_a_later_day_are_of_another_strike(strikes: Newsroom) -> None:
    toll(strikes, "34", "2026-03-03T10:00", "Minbya", fell="2026-03-03")
    assert toll(strikes, "9", "2026-03-04T15:00", "Minbya", fell="2026-03-04").kind == "first"
    first_again = toll(strikes, "40", "2026-03-05T10:00", "Minbya", fell="2026-03-03")
    assert first_again.told == ["raised killed 40 Medics"]


def test_a_recount_that_names_the_day_of_the_strike_stays_with_it(strikes: Newsroom) -> None:
    toll(strikes, "34", "2026-03-03T10:00", "Minbya", fell="2026-03-03")
    assert toll(strikes, "31", "2026-03-05T10:00", "Minbya", fell="2026-03-03").kind == "lowered"


class TestATextWithoutADay:
    """Days later, "the ferry bombing" is the one that is known."""

    def test_means_the_strike_with_its_target_or_number(self, strikes: Newsroom) -> None:
        toll(strikes, "33", "2026-03-04", "Minbya", target="ferry", fell="2026-03-03")
        assert toll(strikes, "60", "2026-03-08", "Minbya", target="ferry").told == ["raised killed 60 Medics"]
        toll(strikes, "7", "2026-03-10", "Minbya", fell="2026-03-10")
        assert toll(strikes, "60", "2026-03-11", "Minbya", outlet="Harbour Times").kind == "repeated"

    def test_may_tell_of_a_new_one_with_fewer_dead(self, strikes: Newsroom) -> None:
        toll(strikes, "33", "2026-03-04", "Minbya", target="market", fell="2026-03-03")
        assert toll(strikes, "5", "2026-03-09", "Minbya", target="market").kind == "first"

    def test_goes_on_with_the_strike_that_it_has_told_of(self, strikes: Newsroom) -> None:
        toll(strikes, "33", "2026-03-04", "Minbya", target="ferry", fell="2026-03-03")
        day = {"on": "2026-03-08", "scope": "incident", "place": "Minbya", "subject": PEOPLE, "target": "ferry"}
        dead, hurt = (claim("Medics", what, "60", **day, url="one") for what in ("killed", "wounded"))  # type: ignore[arg-type]
        assert len({one.series.incident for one in strikes.publishes(dead, hurt).comparison.decisions}) == 1


def test_two_differences_weigh_more_than_a_number_that_agrees(strikes: Newsroom) -> None:
    toll(strikes, "at least 39", "2025-03-03", "El Obeid", target="market", fell="2025-03-03")
    assert toll(strikes, "40", "2025-03-15", "El Obeid", target="funeral", fell="2025-03-15").kind == "first"


@pytest.mark.parametrize(("party", "kind"), [(None, None), ("Police", "differs")])
def test_fewer_in_a_sentence_without_a_source_are_a_part_of_its_text(
    strikes: Newsroom, party: str | None, kind: str | None
) -> None:
    said = {"on": "2026-03-05", "scope": "incident", "place": "Minbya", "subject": PEOPLE, "url": "one"}
    whole = claim("Medics", "killed", "15", **said)  # type: ignore[arg-type]
    bodies = claim(party, "killed", "6", **said, start=80)  # type: ignore[arg-type]
    decided = strikes.publishes(whole, bodies).comparison.decisions
    assert next(one.kind for one in decided if one.claim_id == bodies.id) == kind


def test_a_copy_of_a_page_from_before_its_correction_is_late(strikes: Newsroom) -> None:
    page = {"on": "2026-03-05T06:30", "scope": "incident", "place": "Minbya", "subject": PEOPLE}
    before = strikes.publishes(claim("Medics", "killed", "40", **page))  # type: ignore[arg-type]
    after = claim("Medics", "killed", "41", **page, arrives="2026-03-05T07:20")  # type: ignore[arg-type]
    assert strikes.revises(before, after).told == ["corrected killed 41 Medics"]
    copy = toll(strikes, "40", "2026-03-05T06:55", "Minbya", outlet="Daily").decision
    now = strikes.book.speaker(copy.series, "Medics")
    assert (copy.kind, now and now.figure.quantity.number) == ("late", 41)
    assert toll(strikes, "45", "2026-03-05T12:00", "Minbya").told == ["raised killed 45 Medics"]
    assert toll(strikes, "40", "2026-03-12", "Minbya", fell="2026-03-05").told == ["lowered killed 40 Medics"]


def test_the_known_number_is_the_known_strike_whatever_it_is_called(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03T10:00", "El Obeid", event="fire", target="market")
    assert toll(strikes, "54", "2025-03-03T12:00", "El Obeid", target="bus", outlet="Other").kind == "repeated"


def test_a_number_of_few_says_nothing(strikes: Newsroom) -> None:
    toll(strikes, "3", "2025-03-03T10:00", "El Obeid", target="market")
    assert toll(strikes, "3", "2025-03-03T12:00", "El Obeid", target="bus", outlet="Other").kind == "first"


def test_a_place_on_no_list_may_be_where_the_same_number_fell(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03T10:00", "El Obeid", target="market")
    retold = toll(strikes, "54", "2025-03-04", "Souk al-Jadid", target="market", outlet="Harbour Times")
    assert retold.decision.series.incident == "El Obeid 2025-03-03"
    assert toll(strikes, "20", "2025-03-04", "Souk al-Jadid", outlet="Other").kind == "first"


def test_a_revised_article_stays_with_its_incident(strikes: Newsroom) -> None:
    toll(strikes, "54", "2025-03-03T10:00", "El Obeid", target="market")
    second = toll(strikes, "11", "2025-03-03T21:00", "El Obeid", target="hospital")
    risen = claim(
        "Medics",
        "killed",
        "17",
        on="2025-03-03T21:00",
        arrives="2025-03-04",
        scope="incident",
        place="El Obeid",
        subject=PEOPLE,
        target="hospital",
    )
    assert strikes.revises(second, risen).told == ["corrected killed 17 Medics"]


def test_names_of_incidents_are_told_apart() -> None:
    day = claim("Medics", "killed", "3", on="2025-03-03").event_day
    first = incident_name("El Obeid", day)
    second = incident_name("El Obeid", day, [first], "hospital")
    third = incident_name("El Obeid", day, [first, second], "hospital")
    assert [first, second, third] == [
        "El Obeid 2025-03-03",
        "El Obeid (hospital) 2025-03-03",
        "El Obeid (2) 2025-03-03",
    ]


def test_dozens_are_no_retelling() -> None:
    atlas = BlankAtlas()
    raid = Incident(name="El Obeid 2025-03-05", place="El Obeid", told=(quantity("dozens"),))
    later = claim("Sudan", "killed", "40", on="2025-03-19", scope="incident", place="El Obeid")
    assert find_incident([raid], later, atlas) is None
    assert find_incident([replace(raid, told=(quantity("40"),))], later, atlas) is not None


def test_dozens_are_those_of_the_target_that_was_hit_so_many(strikes: Newsroom) -> None:
    toll(strikes, "60", "2024-10-18", "Rafah", target="prison")
    later = toll(strikes, "dozens", "2024-10-23", "Rafah", party="Police", target="prison")
    assert (later.kind, later.alerts) == ("confirmed", ())


def test_a_toll_that_creeps_up_from_party_to_party_is_told(strikes: Newsroom) -> None:
    toll(strikes, "at least 33", "2024-10-18T20:00", "Rafah", party="Ministry")
    assert toll(strikes, "41", "2024-10-19T06:00", "Rafah", party="Medics").kind == "confirmed"
    assert toll(strikes, "45", "2024-10-19T07:00", "Rafah", party="Police").told == ["differs killed 45 Police"]
    assert toll(strikes, "48", "2024-10-19T08:00", "Rafah", party="Mayor").kind == "confirmed"


def test_a_strike_reported_before_the_day_that_a_text_names_is_another(strikes: Newsroom) -> None:
    toll(strikes, "14", "2025-03-04T10:00:00+00:00", "Rafah", fell="2025-03-04")
    again = toll(strikes, "31", "2025-03-05T18:00:00+00:00", "Rafah", party="Army", fell="2025-03-05")
    assert again.told == ["first killed 31 Army"]


def test_a_night_may_be_called_by_either_day(strikes: Newsroom) -> None:
    toll(strikes, "14", "2025-03-05T05:00:00+00:00", "Rafah", fell="2025-03-04")
    again = toll(strikes, "31", "2025-03-05T18:00:00+00:00", "Rafah", fell="2025-03-05")
    assert again.told == ["raised killed 31 Medics"]


def test_a_text_that_tells_of_two_nights_means_each(strikes: Newsroom) -> None:
    toll(strikes, "14", "2025-03-05T05:00:00+00:00", "Rafah", fell="2025-03-04")
    both = [
        claim(
            "Medics",
            "killed",
            words,
            on="2025-03-06",
            scope="incident",
            place="Rafah",
            subject=PEOPLE,
            as_of=day,
            url="https://northwire.example.org/both",
            start=at,
        )
        for at, (words, day) in enumerate((("31", "2025-03-05"), ("14", "2025-03-04")))
    ]
    assert strikes.publishes(*both).told == ["first killed 31 Medics"]


def test_a_quarter_on_no_list_is_in_the_town_struck_that_day(strikes: Newsroom) -> None:
    toll(strikes, "14", "2025-03-04", "Rafah", event="fire", fell="2025-03-04")
    quarter = toll(strikes, "27", "2025-03-04", "Tel Nowhere", event="fire", fell="2025-03-04")
    assert quarter.told == ["raised killed 27 Medics"]


def test_four_dead_days_later_are_no_retelling(strikes: Newsroom) -> None:
    toll(strikes, "4", "2025-03-04", "Rafah", fell="2025-03-04")
    assert toll(strikes, "4", "2025-03-14", "Rafah").told == ["first killed 4 Medics"]
