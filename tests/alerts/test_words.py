"""Figures and changes in words."""

import pytest

from monitor.alerts import words
from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Measure, Scope
from monitor.domain.quantities import Qualifier, Quantity


@pytest.mark.parametrize(
    ("subject", "measure", "place", "scope", "days", "spoken"),
    [
        ("North Korean troops", "casualties", None, "cumulative", None, "North Korean casualties"),
        ("North Korean troops", "killed", None, "cumulative", None, "North Korean troops killed"),
        ("people", "killed", "El Fasher", "incident", None, "People killed in El Fasher (one incident)"),
        ("people", "casualties", None, "cumulative", None, "Casualties"),
        ("Palestinian civilians", "casualties", None, "period", 7, "Casualties among Palestinian civilians (7 days)"),
        ("", "missing", None, "period", None, "People missing (over a period)"),
    ],
)
def test_what_is_counted(subject: str, measure: str, place: str | None, scope: str, days: int | None, spoken: str):
    counted = words.counted(subject, Measure(measure), scope=Scope(scope), place=place, window_days=days)
    assert counted == spoken


OLD, NEW = Quantity(3000, None, Qualifier.MORE_THAN), Quantity(4700, 4700, Qualifier.EXACT)


@pytest.mark.parametrize(
    ("kind", "before", "after", "party", "line"),
    [
        (Kind.RAISED, OLD, NEW, "South Korea", "X: more than 3,000 → 4,700, says South Korea"),
        (Kind.FIRST, None, NEW, "South Korea", "X: 4,700, says South Korea"),
        (Kind.DIFFERS, OLD, NEW, "South Korea", "X: 4,700, says South Korea; others say more than 3,000"),
        (Kind.CORRECTED, OLD, NEW, "Ukraine", "X: more than 3,000 → 4,700 (corrected), says Ukraine"),
        (Kind.WITHDRAWN, OLD, None, "Ukraine", "X: more than 3,000 withdrawn, said by Ukraine"),
        (Kind.WITHDRAWN, OLD, None, UNATTRIBUTED, "X: more than 3,000 withdrawn, no source named"),
        (Kind.RAISED, OLD, NEW, UNATTRIBUTED, "X: more than 3,000 → 4,700, no source named"),
    ],
)
def test_headlines(kind: Kind, before: Quantity | None, after: Quantity | None, party: str, line: str):
    assert words.headline(kind, "X", before, after, party) == line


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(("before", "after"), [(OLD, NEW), (None, NEW), (OLD, None)])
def test_every_kind_has_words_and_a_sentence(kind: Kind, before: Quantity | None, after: Quantity | None):
    assert words.kind_words(kind)
    assert words.sentence(kind, before, after, "Ukraine").endswith(".")


def test_what_stands_behind_a_figure():
    assert words.behind(1, 3) == "3 outlets, 1 statement"
    assert words.behind(2, 5, others=2) == "3 independent statements, this one in 5 outlets"
    assert words.behind(2, 5, 2) == "2 independent statements in 5 outlets"
    assert words.behind(1, 1, credit="AFP") == "1 outlet, 1 statement: goes back to AFP"


def test_a_figure_to_be_checked_says_so():
    assert words.kind_words(Kind.RAISED, check=True) == "Raised · please check"
    assert words.to_check("X: 1,000 → 10,000") == "Please check: X: 1,000 → 10,000"


def test_a_quote_that_a_person_set_right_proves_no_figure():
    assert words.quoted(Kind.CORRECTED, "ana") == words.SET_RIGHT
    assert words.quoted(Kind.CORRECTED) == words.quoted(Kind.RAISED, "ana") == "Quote"
    assert words.sentence(Kind.CORRECTED, OLD, NEW, "Kyiv", "ana") == "Kyiv says 4,700, not more than 3,000."
