"""What armed men do at one hour, and a post that falls, is one event; a worst month and eleven days are periods."""

from datetime import date

import pytest

from monitor.domain.claims import Scope
from monitor.extract import extract

ONE, P, C = Scope.INCIDENT, Scope.PERIOD, Scope.CUMULATIVE

SCOPES = [
    # at one hour, told in the sentence before
    ("Two army helicopters fired on a shop at midday, an officer said. He counted 18 dead.", 18, ONE),
    ("The settlement was taken this morning by paratroopers. We have 16 killed and 33 wounded.", 33, ONE),
    ("Paratroopers jumped over the town at dawn. The rebels had shot 18 hostages.", 18, ONE),
    ("Rival gangs fought with grenades for nine hours in the jail. The service puts the dead at 119.", 119, ONE),
    # a post that falls
    ("The Tigers wiped out the camp at Mullaitivu and killed 1,208 of its garrison.", 1208, ONE),
    ("The rebels took the camp and killed 208 of its men.", 208, ONE),
    ("The rebels destroyed the post, killing 58 soldiers.", 58, ONE),
    # look-alikes: sums of a war
    ("The troops were up at dawn. The war has killed 40,000 people.", 40000, C),
    ("Soldiers stood guard at dawn. In all, 4,200 have died.", 4200, C),
    ("The minister spoke this morning. The militia has lost 900 men.", 900, C),
    ("The army has taken the base, and 40,000 people have been killed.", 40000, C),
    ("The rebels took the camp and have killed 5,000 people in all.", 5000, C),
    ("The clerk took a post in the ministry; since the war began 400 people have died.", 400, C),
    # the worst month
    ("July was the worst month since the troubles began: 95 people lost their lives.", 95, P),
    ("May was the bloodiest month of the war, with 400 killed.", 400, P),
    ("The week was the deadliest of the war: 60 soldiers died.", 60, P),
    # numbers of days in words
    ("Some 4,230 party members had been killed in eleven days of fighting.", 4230, P),
    ("Twelve soldiers died in sixteen days.", 12, P),
    # look-alikes: single days, and the war itself
    ("The war was the worst in the country's history: 95,000 people died.", 95000, C),
    ("Some 4,230 people were killed in three weeks of war.", 4230, C),
]


@pytest.mark.parametrize(("text", "number", "scope"), SCOPES)
def test_over_what_it_counts(text: str, number: int, scope: Scope) -> None:
    figures = extract(text, published=date(2025, 2, 1)).figures
    assert next(f for f in figures if f.quantity.number == number).scope is scope


def test_the_worst_month_has_the_days_of_a_month() -> None:
    (figure,) = extract("July was the worst month of the war: 95 people died.", published=date(2025, 8, 1)).figures
    assert figure.window_days == 30
