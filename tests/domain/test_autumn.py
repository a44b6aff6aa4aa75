"""The autumn of 2024, figure by figure, as the replay's articles give it: which of them are told."""

from dataclasses import dataclass
from typing import Any

import pytest
from newsroom import Newsroom, Outcome, claim

from monitor.domain.claims import Claim

SEOUL, KYIV, WASHINGTON, MOSCOW = "South Korea", "Ukraine", "United States", "Russia"

ALERTS = {
    "e01": ["first deployed 1500 South Korea"],
    "e04": ["differs deployed 11000 Ukraine"],
    "e06": ["raised deployed 3000 South Korea"],
    "e12": ["raised deployed 10000 United States"],
    "e14": ["lowered deployed 8000 United States"],  # allowed by the replay: a region of the theatre
    "e16": ["raised deployed 11000 United States"],  # allowed by the replay
    "e19": ["raised deployed 11000 South Korea"],
    "e21": ["first casualties 30 Ukraine"],
    "e22": ["first casualties 200 United States"],
    "e24": ["first killed 100 South Korea", "first wounded 1000 South Korea"],
    "e25": ["raised wounded 10000 South Korea"],
    "e26": ["corrected wounded 1000 South Korea"],
    "e28": ["differs casualties 3000 Ukraine"],
    "e30": ["first captured 1 South Korea"],  # allowed by the replay
    "e31": ["first casualties 1000 United States"],
}

KINDS = {
    "e02": ["repeated"],
    "e03": [None],
    "e07": ["repeated"],
    "e08": ["confirmed"],
    "e09": [None],
    "e15": ["repeated"],
    "e17": ["late"],
    "e18": [None],
    "e23": ["repeated"],
    "e27": ["confirmed"],
    "e29": ["repeated", "repeated"],
    "e32": ["repeated"],
}


@dataclass
class Autumn:
    newsroom: Newsroom
    alerts: dict[str, list[str]]
    kinds: dict[str, list[str | None]]


def tell(newsroom: Newsroom) -> Autumn:
    autumn = Autumn(newsroom, {}, {})
    outcome: Outcome | None = None
    for event, claims in (_october() | _november() | _december()).items():
        revised = outcome if event == "e26" else None
        outcome = newsroom.revises(revised, *claims) if revised else newsroom.publishes(*claims)
        autumn.alerts[event] = outcome.told
        autumn.kinds[event] = [decision.kind for decision in outcome.comparison.decisions]
    return autumn


def one(party: str | None, measure: str, words: str, on: str, outlet: str = "Northwire", **more: Any) -> list[Claim]:
    return [claim(party, measure, words, on=on, outlet=outlet, **more)]


def _october() -> dict[str, list[Claim]]:
    pentagon: dict[str, Any] = {"on": "2024-10-28T18:20", "outlet": "Capitol Dispatch"}
    return {
        "e01": one(SEOUL, "deployed", "1,500", "2024-10-18T07:10")
        + one(SEOUL, "deployed", "about 12,000", "2024-10-18T07:10", status="planned", start=9),
        "e02": one(SEOUL, "deployed", "1,500", "2024-10-18T09:45", "Harbour Times"),
        "e03": one(MOSCOW, "deployed", "1,500", "2024-10-18T13:20", "Volga Post", status="denied"),
        "e04": one(KYIV, "deployed", "nearly 11,000", "2024-10-18T20:05", "Front Ledger"),
        "e06": one(SEOUL, "deployed", "3,000", "2024-10-23T08:15")
        + one(SEOUL, "deployed", "1,500", "2024-10-23T08:15", status="superseded", start=9),
        "e07": one(SEOUL, "deployed", "3,000", "2024-10-23T11:00", "Harbour Times"),
        "e08": one(WASHINGTON, "deployed", "at least 3,000", "2024-10-23T19:40", "Capitol Dispatch"),
        "e09": one(SEOUL, "deployed", "10,000", "2024-10-24T07:30", "Peninsula Daily", status="planned"),
        "e12": [
            claim(WASHINGTON, "deployed", "about 10,000", **pentagon),
            claim(WASHINGTON, "deployed", "3,000", status="superseded", start=9, **pentagon),
        ],
        "e14": one(WASHINGTON, "deployed", "up to 8,000", "2024-10-31T20:10", "Capitol Dispatch", place="Kursk"),
    }


def _november() -> dict[str, list[Claim]]:
    evening: dict[str, Any] = {"on": "2024-11-04T22:40", "outlet": "Capitol Dispatch"}
    return {
        "e15": one(KYIV, "deployed", "11,000", "2024-11-04T21:15", "Front Ledger", place="Kursk"),
        "e16": [
            claim(WASHINGTON, "deployed", "11,000-12,000", place="Russia", **evening),
            claim(WASHINGTON, "deployed", "at least 10,000", place="Kursk", start=9, **evening),
        ],
        "e17": one(SEOUL, "deployed", "1,500", "2024-10-18T10:30", "Slow Courier", arrives="2024-11-15T06:50"),
        "e18": one(None, "deployed", "up to 100,000", "2024-11-17T15:30", "Capitol Dispatch", status="hypothetical"),
        "e19": one(SEOUL, "deployed", "about 11,000", "2024-11-20T07:45", place="Kursk"),
    }


def _december() -> dict[str, list[Claim]]:
    slip: dict[str, Any] = {"on": "2024-12-19T08:30", "outlet": "Peninsula Daily"}
    prisoner: dict[str, Any] = {"on": "2024-12-27T03:10", "outlet": "Peninsula Daily"}
    return {
        "e21": one(KYIV, "casualties", "at least 30", "2024-12-16T09:10", scope="period", window_days=2),
        "e22": one(WASHINGTON, "casualties", "hundreds", "2024-12-17T21:30", "Capitol Dispatch", place="Kursk"),
        "e23": one(WASHINGTON, "casualties", "hundreds", "2024-12-18T06:05", "Harbour Times", place="Kursk"),
        "e24": [
            *one(SEOUL, "killed", "at least 100", "2024-12-19T07:00"),
            *one(SEOUL, "wounded", "about 1,000", "2024-12-19T07:00", start=5),
            *one(SEOUL, "killed", "at least 1", "2024-12-19T07:00", start=9),
        ],
        "e25": [
            claim(SEOUL, "killed", "at least 100", **slip),
            claim(SEOUL, "wounded", "about 10,000", start=5, **slip),
        ],
        "e26": [
            claim(SEOUL, "killed", "at least 100", arrives="2024-12-19T10:15", **slip),
            claim(SEOUL, "wounded", "about 1,000", arrives="2024-12-19T10:15", start=5, **slip),
        ],
        "e27": one(SEOUL, "casualties", "about 1,100", "2024-12-23T02:20"),
        "e28": one(KYIV, "casualties", "more than 3,000", "2024-12-23T17:40", "Front Ledger", place="Kursk"),
        "e29": one(KYIV, "casualties", "3,000", "2024-12-24T08:00", "Harbour Times", as_of="2024-12-23")
        + one(SEOUL, "casualties", "1,100", "2024-12-24T08:00", "Harbour Times", start=9),
        "e30": [
            claim(SEOUL, "captured", "1", **prisoner),
            claim(SEOUL, "killed", "1", start=5, **prisoner),
            claim(SEOUL, "wounded", "1", start=9, **prisoner),
        ],
        "e31": one(
            WASHINGTON,
            "casualties",
            "more than 1,000",
            "2024-12-27T17:45",
            "Capitol Dispatch",
            scope="period",
            window_days=7,
        ),
        "e32": one(
            WASHINGTON,
            "casualties",
            "more than 1,000",
            "2024-12-27T19:30",
            "Harbour Times",
            scope="period",
            window_days=7,
        ),
    }


@pytest.fixture(scope="module")
def autumn() -> Autumn:
    return tell(Newsroom())


def test_exactly_the_alerts_of_the_time_line_go_out(autumn: Autumn) -> None:
    assert {event: told for event, told in autumn.alerts.items() if told} == ALERTS


def test_what_is_not_told_is_still_decided(autumn: Autumn) -> None:
    assert {event: autumn.kinds[event] for event in KINDS} == KINDS


def test_the_whole_time_line_again_adds_nothing(autumn: Autumn) -> None:
    before = autumn.newsroom.book.anchors()
    assert not any(autumn.newsroom.receives(arrival).alerts for arrival in list(autumn.newsroom.arrivals))
    assert autumn.newsroom.book.anchors() == before
