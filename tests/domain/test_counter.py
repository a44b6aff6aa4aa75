"""The daily counter of tests/replay/daily-counter as claims read without a fault: what the series alone make of it."""

import runpy
from pathlib import Path
from typing import Any

from newsroom import Newsroom, Outcome, claim, north_korean_watch

from monitor.domain.claims import Subject
from monitor.domain.watches import parse_min_change

SCRIPT = Path(__file__).resolve().parents[1] / "replay" / "daily-counter" / "make_events.py"
RUSSIANS = Subject("Russian troops", "Russia", "troops")


def told() -> tuple[list[str], list[str]]:
    """The alerts that have to follow each text, and those that do."""
    made = runpy.run_path(str(SCRIPT))
    reader = made["Reader"]()
    newsroom = Newsroom(north_korean_watch(subject=RUSSIANS, min_change=parse_min_change("5%")))
    pages: dict[str, Outcome] = {}
    wanted, given = [], []
    for saying in sorted(made["sayings"](), key=lambda one: (one.at, one.url)):
        wanted += [f"{saying.at:%F} {row['kind']} {row['low']} {row['party']}" for row in reader.hears(saying)]
        if saying.party is not None:
            outcome = _comes_in(newsroom, saying, pages.get(saying.url))
            given += [f"{saying.at:%F} {one.kind} {_number(one)} {one.party}" for one in outcome.alerts]
            pages[saying.url] = outcome
    return wanted, given


def _comes_in(newsroom: Newsroom, saying: Any, earlier: Outcome | None) -> Outcome:
    new = claim(
        saying.party,
        "casualties",
        f"{saying.total:,}",
        on=f"{saying.published or saying.at:%FT%H:%M}",
        arrives=f"{saying.at:%FT%H:%M}",
        url=saying.url,
        outlet=saying.outlet,
        subject=RUSSIANS,
    )
    return newsroom.revises(earlier, new) if earlier else newsroom.publishes(new)


def _number(change: Any) -> int | None:
    return change.after.number if change.after else None


def test_a_counter_of_400_days_is_told_by_the_rule() -> None:
    wanted, given = told()
    assert given == wanted
