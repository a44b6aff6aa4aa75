"""Lines of many claims within a few days: as fast as a newsroom needs, and no different for it."""

import random
import time
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from newsroom import claim

from monitor.domain.claims import Claim, Measure, Scope
from monitor.domain.doubts import doubt_of_step
from monitor.domain.quantities import agree
from monitor.domain.series import STATEMENT_DAYS, latest, overtaken, place_in_time, when

START = datetime.fromisoformat("2025-01-01T00:00")
TOLL = (Measure.KILLED, Scope.CUMULATIVE)
FEW = ("3,000", "3,050", "3,100", "3,500", "more than 3,000", "1,500")


def line(count: int, *, days: int, figures: tuple[str, ...] = FEW, seed: int = 0) -> list[Claim]:
    """So many articles of one party within so many days, in any order."""
    chance = random.Random(seed)
    minutes = [chance.randrange(days * 24 * 60) for _ in range(count)]
    return [
        claim(
            "Kyiv",
            "killed",
            chance.choice(figures),
            on=(START + timedelta(minutes=minute)).isoformat(timespec="minutes"),
            url=f"https://wire.example.org/{number}",
            as_of="2025-01-02" if chance.random() < 0.1 else None,
        )
        for number, minute in enumerate(minutes)
    ]


def retells(late: Claim, others: list[Claim], *, but_for_slips: bool = False) -> bool:
    """The rule word for word: the figure was given before, and between then and now one that agrees with neither. One
    impossible figure alone doesn't count as such."""
    if late.figure.as_of is not None:
        return False
    before = [old for old in others if when(old) < when(late) and late.day - old.day <= STATEMENT_DAYS]

    def same(old: Claim) -> bool:
        return agree(old.figure.quantity, late.figure.quantity, same_party=True)

    def beyond(old: Claim, new: Claim) -> bool:
        return when(old) < when(new) and not agree(old.figure.quantity, new.figure.quantity, same_party=True)

    slips = {old.figure.quantity for old in before if doubt_of_step(*TOLL, late.figure.quantity, old.figure.quantity)}
    if but_for_slips and all(agree(*two, same_party=True) for two in combinations(slips, 2)):
        before = [old for old in before if old.figure.quantity not in slips]
    return any(same(old) and not same(new) and beyond(old, new) for old in before for new in before)


@pytest.mark.parametrize("seed", range(60))
def test_who_speaks_is_what_the_rule_says_word_for_word(seed: int) -> None:
    claims = line(seed % 23 + 2, days=8, seed=seed)
    newest = max(claims, key=place_in_time)
    lately = (one for one in claims if newest.day - one.day <= STATEMENT_DAYS)
    standing = [one for one in lately if not retells(one, claims, but_for_slips=True)]
    assert latest(claims) == max(standing, key=place_in_time, default=newest)
    assert [overtaken(one, claims) is not None for one in claims] == [retells(one, claims) for one in claims]


@pytest.mark.parametrize("figures", [("3,000",), FEW])
def test_a_thousand_claims_of_three_days_take_no_time_to_speak_of(figures: tuple[str, ...]) -> None:
    claims = line(1_000, days=3, figures=figures)
    began = time.process_time()
    latest(claims)
    assert time.process_time() - began < 3
