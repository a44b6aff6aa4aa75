"""Two readings of one text held against one another."""

from dataclasses import replace

from newsroom import claim

from monitor.domain.claims import Claim, Measure, claim_id
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.rereading import Tally, followers, reread


def at(start: int, end: int, number: int = 3_000, measure: Measure = Measure.CASUALTIES, *rules: str) -> Claim:
    made = claim("Ukraine", "casualties", str(number), on="2025-01-13")
    figure = replace(made.figure, start=start, end=end, measure=measure, rules=rules or ("lost",))
    return replace(made, id=claim_id("u", "t", figure), figure=figure)


def test_the_same_reading_changes_nothing() -> None:
    found = reread([at(0, 5), at(10, 15)], [at(0, 5), at(10, 15)])
    assert (bool(found), found.same) == (False, 2)


def test_a_claim_keeps_its_place_when_its_span_grows() -> None:
    old, new = at(10, 15), at(0, 15)
    found = reread([old], [new])
    assert [(one.before, one.after, one.differing, one.says_otherwise) for one in found.altered] == [
        (old, new, ("start",), False)
    ]
    assert followers([old], [new]) == {old.id: new.id}


def test_another_measure_at_the_same_place_is_an_altered_claim_that_nothing_goes_over_to() -> None:
    old, new = at(0, 5), at(0, 5, 3_000, Measure.KILLED)
    (altered,) = reread([old], [new]).altered
    assert (altered.differing, altered.says_otherwise) == (("measure",), True)
    assert followers([old], [new]) == {}


def test_of_two_overlapping_claims_the_nearer_follows_and_each_only_once() -> None:
    old, near, far = at(10, 20), at(10, 19), at(18, 30)
    found = reread([old], [far, near])
    assert followers([old], [far, near]) == {old.id: near.id}
    assert found.added == (far,)


def test_a_figure_of_the_title_does_not_follow_one_of_the_text() -> None:
    found = reread([at(0, 5)], [at(0, 5, 3_000, Measure.CASUALTIES, "lost", "from_title")])
    assert (len(found.added), len(found.lost)) == (1, 1)


def test_changes_are_counted_by_sort_rule_and_field() -> None:
    old = at(0, 5, 3_000, Measure.CASUALTIES, "lost", "said")
    quantity = Quantity(3_000, None, Qualifier.AT_LEAST)
    new = replace(old, figure=replace(old.figure, quantity=quantity, rules=("lost", "according")))
    tally = Tally(examples_kept=1)
    tally.add(reread([old, at(10, 15)], [new, at(20, 25), at(30, 35)]))
    assert tally.counts == {"added": 2, "lost": 1, "altered": 1}
    assert tally.by_field == {"quantity": 1, "rules": 1}
    assert tally.by_rule() == {"lost": {"added": 2, "lost": 1}, "according": {"altered": 1}, "said": {"altered": 1}}
    assert len(tally.examples["added"]) == 1
