"""Figures that readers were told already of people who may be the same: whose they are is left open by one text."""

import pytest
from newsroom import Newsroom, claim

from monitor.domain.claims import Measure, Scope, Subject
from monitor.domain.watches import Watch, left_open

MALI, MONITOR = "Mali", "Sahel Monitor"
SOLDIERS, MALIANS = Subject("soldiers", None, "troops"), Subject("Malian soldiers", MALI, "troops")
PEOPLE, REBELS = Subject("Malians", MALI, "people"), Subject("rebels", "JNIM", "fighters")


@pytest.fixture
def room() -> Newsroom:
    """A watch on a war, whoever is counted. Readers know of Malian soldiers."""
    watch = Watch(name="war", subject=None, measures=frozenset(Measure), scopes=frozenset(Scope))
    told = Newsroom(watch)
    told.publishes(claim(MALI, "killed", "19", on="2025-02-02", subject=MALIANS))
    return told


@pytest.mark.parametrize("subject", [SOLDIERS, PEOPLE])
def test_the_same_of_people_who_may_be_the_same_is_known(room: Newsroom, subject: Subject) -> None:
    again = room.publishes(claim(MALI, "killed", "19", on="2025-02-04", subject=subject))
    assert (again.kind, again.told) == ("repeated", [])
    more = room.publishes(claim(MALI, "killed", "30", on="2025-02-05", subject=subject))
    assert more.told == ["raised killed 30 Mali"]
    assert room.publishes(claim(MALI, "killed", "30", on="2025-02-06", subject=MALIANS)).told == []


def test_the_same_of_other_people_is_news(room: Newsroom) -> None:
    assert room.publishes(claim(MALI, "killed", "19", on="2025-02-04", subject=REBELS)).told == ["first killed 19 Mali"]


def test_another_number_is_news(room: Newsroom) -> None:
    assert room.publishes(claim(MALI, "killed", "45", on="2025-02-04", subject=PEOPLE)).told


def test_a_small_number_may_be_any(room: Newsroom) -> None:
    room.publishes(claim(MALI, "captured", "7", on="2025-02-04", subject=MALIANS))
    assert room.publishes(claim(MALI, "captured", "7", on="2025-02-05", subject=SOLDIERS)).told


@pytest.mark.parametrize(
    ("said", "told"),
    [({"scope": "incident", "place": "Gao"}, []), ({"scope": "incident", "place": "Mopti"}, ["first wounded 7 Mali"])],
)
def test_the_few_soldiers_of_one_strike_are_those_whose_side_is_named(
    room: Newsroom, said: dict[str, str], told: list[str]
) -> None:
    room.publishes(claim(MALI, "wounded", "7", on="2025-02-04", subject=SOLDIERS, scope="incident", place="Gao"))
    assert (
        room.publishes(claim(MALI, "wounded", "7", on="2025-02-04", subject=MALIANS, outlet="B", **said)).told == told
    )


def test_what_was_said_before_readers_were_told_more_is_late(room: Newsroom) -> None:
    room.publishes(claim(MALI, "killed", "23", on="2025-02-04", subject=MALIANS))
    old = room.publishes(claim(MALI, "killed", "19", on="2025-02-02", subject=SOLDIERS, arrives="2025-02-05"))
    assert (old.kind, old.told) == ("late", [])


def test_nobodys_dozens_of_soldiers_agree_with_what_is_told_of_each_side(room: Newsroom) -> None:
    room.publishes(claim(MALI, "killed", "150", on="2025-02-03", subject=REBELS))
    assert room.publishes(claim(None, "killed", "dozens", on="2025-02-04", subject=SOLDIERS)).kind == "confirmed"
    assert room.publishes(claim(None, "killed", "thousands", on="2025-02-05", subject=SOLDIERS)).told


def test_one_of_two_subjects_leaves_open_what_the_other_says() -> None:
    assert left_open("anyone/troops", "Mali/troops")
    assert left_open("Mali/people", "Mali/troops")
    assert left_open("anyone/people", "Mali/troops")
    assert not left_open("Mali/civilians", "Mali/troops")
    assert not left_open("JNIM/troops", "Mali/troops")
    assert left_open("anyone/fighters", "JNIM/troops")
    assert not left_open("anyone/fighters", "anyone/troops")


@pytest.mark.parametrize(("number", "told"), [("20", []), ("45", ["differs killed 45 Sahel Monitor"])])
def test_another_partys_soldiers_are_held_against_those_whose_side_is_named(
    room: Newsroom, number: str, told: list[str]
) -> None:
    assert room.publishes(claim(MONITOR, "killed", number, on="2025-02-04", subject=SOLDIERS)).told == told


def test_nobodys_rebels_are_no_soldiers_of_a_side(room: Newsroom) -> None:
    rebels = Subject("rebels", None, "fighters")
    assert room.publishes(claim(MONITOR, "killed", "20", on="2025-02-04", subject=rebels)).kind == "first"


def test_the_dead_of_a_strike_are_the_soldiers_of_whom_readers_know(room: Newsroom) -> None:
    """Nine soldiers, says the mayor, and the hospital received nine bodies; that the dead were fighters is news."""
    strike = {"scope": "incident", "place": "Sevare", "on": "2025-02-04"}
    dead = Subject("people", None, "people")
    assert room.publishes(claim("Mayor", "killed", "9", subject=SOLDIERS, **strike)).told
    assert room.publishes(claim("Hospital", "killed", "9", subject=dead, **strike)).kind == "confirmed"
    assert room.publishes(claim("Rescuers", "killed", "14", subject=dead, **strike)).told
    elsewhere = strike | {"place": "Gao"}
    assert room.publishes(claim("Hospital", "killed", "9", subject=dead, **elsewhere)).told
    assert room.publishes(claim(MALI, "killed", "9", subject=REBELS, **elsewhere)).told


@pytest.mark.parametrize(("number", "place"), [("1", "Sevare"), ("9", None)])
def test_one_dead_and_those_who_died_nobody_knows_where_may_be_any(
    room: Newsroom, number: str, place: str | None
) -> None:
    strike = {"scope": "incident", "place": place, "on": "2025-02-04"}
    assert room.publishes(claim("Mayor", "killed", number, subject=SOLDIERS, **strike)).told
    dead = Subject("people", None, "people")
    assert room.publishes(claim("Hospital", "killed", number, subject=dead, **strike)).told
