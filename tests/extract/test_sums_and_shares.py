"""What a day's dead are added to counts over more than the day; who is among the killed is killed."""

import pytest
from extractkit import measured

from monitor.extract import extract

SUMS = [
    ("Strikes killed 54 in Gaza in the past 24 hours, bringing the death toll to 46,707.", ["period", "cumulative"]),
    ("Another 30 soldiers died last week, bringing Russian losses to 15,000.", ["period", "cumulative"]),
    ("The military lost nine men in the past week, raising its losses to 310.", ["period", "cumulative"]),
    ("Clashes killed 19 people last week, taking the number of dead to 310.", ["period", "cumulative"]),
    ("Six people died in custody in January, bringing to 40 the number of deaths.", ["period", "cumulative"]),
    ("Hospitals received 61 bodies over the past day, raising the toll to 46,645.", ["period", "cumulative"]),
]
OTHER_SUMS = [
    ("Gunmen killed 12 people in May, taking the year's toll to 140.", ["period", "period"]),
    ("Attacks killed 14 civilians overnight, bringing to 61 the number killed this week.", ["period", "period"]),
    ("An air strike killed 12 overnight in Sumy, bringing the toll of the raid to 14.", ["incident", "incident"]),
    ("A bomb killed nine on Monday, bringing the toll to 40.", ["incident", "incident"]),
    ("A strike killed 12 in Sumy. Two more died overnight, bringing it to 14.", ["incident", "period", "incident"]),
    ("The quake hit on Friday. Over the weekend 300 died, bringing the toll to 900.", ["period", "incident"]),
]


@pytest.mark.parametrize(("text", "scopes"), SUMS + OTHER_SUMS)
def test_a_raised_total_counts_over_more_than_what_raised_it(text: str, scopes: list[str]) -> None:
    assert [str(figure.scope) for figure in extract(text).figures] == scopes


SHARES = [
    ("Seven children were among the 19 people killed when a jet crashed.", [("killed", 7), ("killed", 19)]),
    ("Two journalists were among 14 people killed in Tyre.", [("killed", 2), ("killed", 14)]),
    ("At least four foreigners were among the 31 killed in Kabul.", [("killed", 4), ("killed", 31)]),
    ("Three nuns were among the 19 people injured.", [("wounded", 3), ("wounded", 19)]),
    ("Seven children were among the dead.", [("killed", 7)]),
    ("Nine Filipinos are among the missing.", [("missing", 9)]),
    ("Three officers were among those wounded.", [("wounded", 3)]),
]
NO_SHARES = [
    ("Seven children were among the 300 people who fled.", []),
    ("Nine women were among the 60 people rescued after 12 were killed.", [("killed", 12)]),
    ("Two convicts were among the 40 people wanted by police.", []),
    ("Three mayors were among the 50 people at the funeral.", []),
    ("Five ministers were among the 30 people who killed the deal.", []),
]


@pytest.mark.parametrize(("text", "told"), SHARES + NO_SHARES)
def test_who_is_among_the_killed_is_killed(text: str, told: list[tuple[str, int]]) -> None:
    assert measured(text) == told


CHANGED = [
    ("The death toll rose overnight to 46.", ["cumulative"]),
    ("The number of dead had doubled to 46 overnight.", ["cumulative"]),
    ("The toll climbed to 70 over the weekend, officials said.", ["cumulative"]),
    ("The death toll has risen overnight to at least 120, police said.", ["cumulative"]),
    ("The number of people killed overnight rose to 46.", ["period"]),
    ("The toll from the overnight strike rose to 46.", ["incident"]),
    ("Russian drones killed nine people overnight across Ukraine.", ["period"]),
    ("The number of those killed over the weekend rose to 46.", ["period"]),
    ("The death toll rose to 46 in the past week.", ["period"]),
    ("The number of deaths rose to 1,200 in January.", ["period"]),
    ("Over the weekend 12 people were killed in clashes across Mali.", ["period"]),
]


@pytest.mark.parametrize(("text", "scopes"), CHANGED)
def test_when_a_toll_changed_is_not_over_what_it_counts(text: str, scopes: list[str]) -> None:
    assert [str(figure.scope) for figure in extract(text).figures] == scopes
