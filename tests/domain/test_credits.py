"""Copies of one agency's report are one statement, whoever carries them and whomever they name."""

import pytest
from newsroom import Newsroom, claim, quantity

from monitor.domain.claims import Claim
from monitor.domain.series import Support, independent, support

SEOUL, KYIV = "South Korea", "Ukraine"


def said(*credits_: str | None, by: str | None = None) -> list[Claim]:
    """The same figure in several outlets, each with what it credits."""
    return [
        claim(by, "killed", "3,000", on="2024-12-23", outlet=f"Paper {number}", credit=credit)
        for number, credit in enumerate(credits_)
    ]


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        (said("AFP", "AFP", "afp"), Support(1, 3, "AFP")),
        (said("AFP", None), Support(1, 2)),
        (said(None, None), Support(1, 2)),
        (said("AFP", "Reuters", "AFP"), Support(2, 3, None, 2)),
        (said("AFP", "Reuters", None), Support(2, 3, None, 2)),
        (said("AFP", "Reuters", by=KYIV), Support(1, 2)),
        (said("AFP", "AFP", by=KYIV), Support(1, 2, "AFP")),
    ],
    ids=["one agency", "one may have copied", "nobody credited", "two agencies", "and one more", "named", "all one's"],
)
def test_statements_behind_a_figure(claims: list[Claim], wanted: Support) -> None:
    assert support(claims, quantity("3,000")) == wanted


def page(party: str, *, credit: str | None = None, url: str | None = None) -> Claim:
    """What a text says for one party."""
    return claim(party, "killed", "3,000", on="2024-12-23", outlet=f"{party} Post", credit=credit, url=url)


@pytest.mark.parametrize(
    ("mine", "theirs", "apart"),
    [
        (page(KYIV), page(SEOUL), True),
        (page(KYIV, credit="AFP"), page(SEOUL, credit="AFP"), False),
        (page(KYIV, credit="AFP"), page(SEOUL, credit="Reuters"), True),
        (page(KYIV, credit="AFP"), page(SEOUL), True),
        (
            page(KYIV, credit="AFP", url="https://a.example/1"),
            page(SEOUL, credit="AFP", url="https://a.example/1"),
            True,
        ),
    ],
    ids=["two texts", "one report", "two reports", "one says nothing", "one text tells of both"],
)
def test_two_parties_are_two_statements_unless_one_report_names_them_both(
    mine: Claim, theirs: Claim, apart: bool
) -> None:
    assert independent([mine], [theirs]) is apart


def test_two_parties_behind_one_number_of_one_text_are_one_statement() -> None:
    both = page(KYIV)
    assert not independent([both], [both])


@pytest.mark.parametrize(("credit", "confirmed"), [("AFP", False), ("Reuters", True), (None, True)])
def test_a_copy_with_the_same_credit_confirms_no_doubt(credit: str | None, confirmed: bool) -> None:
    newsroom = Newsroom()
    newsroom.says(SEOUL, wounded="1,000", on="2024-12-18")
    newsroom.publishes(claim(SEOUL, "wounded", "10,000", on="2024-12-20", credit="AFP"))
    assert newsroom.book.doubts()
    newsroom.publishes(claim("Reader", "wounded", "10,000", on="2024-12-20T15:00", outlet="Courier", credit=credit))
    assert (not newsroom.book.doubts()) is confirmed


@pytest.mark.parametrize(("credit", "confirmed"), [("AFP", False), ("Reuters", True), (None, True)])
def test_a_dated_copy_on_a_later_day_confirms_no_doubt(credit: str | None, confirmed: bool) -> None:
    newsroom = Newsroom()
    newsroom.says(SEOUL, wounded="1,000", on="2024-12-18")
    newsroom.publishes(claim(SEOUL, "wounded", "10,000", on="2024-12-20", credit="AFP"))
    later = claim(SEOUL, "wounded", "10,000", on="2024-12-21", as_of="2024-12-21", outlet="Courier", credit=credit)
    assert not newsroom.publishes(later).alerts
    assert (not newsroom.book.doubts()) is confirmed
