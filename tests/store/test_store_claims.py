"""Claims come back exactly as they went in; a person's verdict decides whether they count."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storekit import KEY, NOW, claim, entry, figure, first, page, read, record, stored

from monitor.domain.articles import ArticleStatus
from monitor.domain.claims import Claim, Claimant, Figure, Measure, Scope, Status, Subject
from monitor.domain.quantities import OPEN_ABOVE, OPEN_BELOW, Qualifier, Quantity
from monitor.domain.verdicts import Said
from monitor.errors import StoreError
from monitor.store import Store, Verdict

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
COUNT = st.integers(min_value=0, max_value=2**63 - 1)
CLAIMANTS = st.lists(st.builds(Claimant, TEXT, st.none() | TEXT), max_size=3).map(tuple)
INSTANTS = st.datetimes(datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis asks for a bare bound
_numbers = itertools.count(1)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = sorted((draw(COUNT), draw(COUNT)))
    qualifier = draw(st.sampled_from(Qualifier))
    return Quantity(None if qualifier in OPEN_BELOW else low, None if qualifier in OPEN_ABOVE else high, qualifier)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    start = draw(st.integers(0, 10**6))
    return Figure(
        quantity=draw(quantities()),
        measure=draw(st.sampled_from(Measure)),
        subject=draw(st.builds(Subject, TEXT, st.none() | TEXT, TEXT)),
        claimants=draw(CLAIMANTS),
        via=draw(CLAIMANTS),
        place=draw(st.none() | TEXT),
        scope=draw(st.sampled_from(Scope)),
        window_days=draw(st.none() | st.integers(1, 10_000)),
        status=draw(st.sampled_from(Status)),
        as_of=draw(st.none() | st.dates(min_value=date(1900, 1, 1))),
        start=start,
        end=start + draw(st.integers(1, 100)),
        quote=draw(TEXT),
        quote_start=draw(st.integers(0, 10**6)),
        confidence=draw(st.floats(0, 1)),
        terms=tuple(draw(st.lists(st.tuples(TEXT, st.floats(allow_nan=False, allow_infinity=False)), max_size=3))),
        rules=tuple(draw(st.lists(TEXT, max_size=3))),
        said_at=draw(st.none() | INSTANTS),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    read_out=st.lists(figures(), min_size=1, max_size=3),
    published=st.none() | INSTANTS,
)
def test_a_claim_comes_back_as_it_went_in(store: Store, read_out: list[Figure], published: datetime | None) -> None:
    number = next(_numbers)
    store.add_entries([entry(number)], NOW, baseline=False)
    (article,) = store.pending(NOW)
    store.save_text(article.id, page(f"text {number}"), NOW)
    (revision,) = store.unread()
    claims = {one.id: one for one in reversed([claim(revision, one) for one in read_out])}
    given_claims = [claim(revision, one) for one in read_out]
    store.save_claims(revision.id, given_claims, version="1", language="en", status=ArticleStatus.NEW)
    with store.comparing() as book:
        assert {one.id: one for one in book.arrival(revision.id).claims} == claims
        assert all(book.claim(name) == one for name, one in claims.items())


def test_a_text_is_read_once(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    store.save_claims(revision.id, [], version="2", language="de", status=ArticleStatus.NO_CLAIMS)
    detail = store.claim(one.id)
    assert detail is not None
    assert (detail.claim, detail.extractor, detail.language) == (one, "1", "en")
    assert store.articles()[0].status is ArticleStatus.NEW
    assert store.unread() == []


def test_the_same_claim_twice_in_one_reading_is_one(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    read(store, revision, figure(3000), figure(3000))
    with store.comparing() as book:
        assert len(book.arrival(revision.id).claims) == 1


def test_texts_are_compared_in_order_of_arrival_even_without_claims(store: Store) -> None:
    revisions = [stored(store, f"text {number}", number=number) for number in (1, 2, 3)]
    for revision in reversed(revisions):
        read(store, revision)
    assert store.uncompared() == [revision.id for revision in revisions]
    assert store.uncompared(limit=1) == [revisions[0].id]


def test_a_number_that_no_column_takes_is_left_out(store: Store) -> None:
    revision = stored(store, "very many lost")
    (_, kept) = read(store, revision, figure(2**63), figure(3000, start=9))
    with store.comparing() as book:
        assert book.arrival(revision.id).claims == (kept,)


def test_claims_with_text_that_a_database_refuses_are_cleaned(store: Store) -> None:
    revision = stored(store, "3,000 lost")
    odd = figure(by=(Claimant("Zelen\0sky", "Ukr\ud83daine"),))
    (one,) = read(store, revision, odd)
    with store.comparing() as book:
        assert book.claim(one.id).figure.claimants == (Claimant("Zelen\ufffdsky", "Ukr\ufffdaine"),)


def test_an_unknown_revision_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no revision 5"):
        store.save_claims(5, [], version="1", language="en", status=ArticleStatus.NEW)


# Verdicts.


def opened(store: Store) -> Claim:
    revision = stored(store, "3,000 lost")
    (one,) = read(store, revision, figure(3000))
    record(store, revision, first(one))
    return one


def judge(store: Store, claim_id: str, verdict: Verdict, who: str = "ana", why: str = "an age") -> None:
    with store.comparing() as book:
        judged = [one.after(verdict, {}) for one in book.judged(claim_id)]
        book.note_verdict(claim_id, verdict, {}, Said(who=who, why=why, now=NOW), judged)


def test_a_rejected_claim_no_longer_counts_until_it_is_accepted(store: Store) -> None:
    one = opened(store)
    judge(store, one.id, Verdict.REJECTED)
    with store.comparing() as book:
        assert book.series(KEY).claims == ()
    detail = store.claim(one.id)
    assert detail is not None
    assert detail.rejected
    assert not detail.active
    judge(store, one.id, Verdict.ACCEPTED, "bob", "it is a toll")
    with store.comparing() as book:
        assert book.series(KEY).claims == (("Ukraine", replace(one, accepted=True)),)
    assert [(line.verdict, line.who, line.why, line.at) for line in store.verdicts(one.id)] == [
        (Verdict.REJECTED, "ana", "an age", NOW),
        (Verdict.ACCEPTED, "bob", "it is a toll", NOW),
    ]


def test_a_verdict_holds_when_the_text_returns_to_its_wording(store: Store) -> None:
    one = opened(store)
    judge(store, one.id, Verdict.REJECTED)
    read(store, stored(store, "4,000 lost"), figure(4000))
    back = stored(store, "3,000 lost")
    (again,) = read(store, back, figure(3000))
    assert again.id == one.id
    with store.comparing() as book:
        assert book.arrival(back.id).claims == ()


def test_a_verdict_holds_for_the_same_claim_of_a_later_text(store: Store) -> None:
    """The same number in the same sentence, wherever it stands by then; not another number there."""
    one = opened(store)
    judge(store, one.id, Verdict.REJECTED)
    later = stored(store, "Updated: 3,000 lost and 4,000 lost")
    kept, other = read(store, later, figure(3000, start=9), figure(4000, start=24))
    with store.comparing() as book:
        assert [claim.id for claim in book.arrival(later.id).claims] == [other.id]
    assert [line.who for line in store.verdicts(kept.id)] == ["ana"]
    assert store.verdicts(other.id) == []


def test_a_verdict_on_an_unknown_claim_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no claim c0"):
        judge(store, "c0", Verdict.REJECTED)
    assert store.verdicts("c0") == []
    assert store.claim("c0") is None


def test_whom_a_text_credits_is_kept_with_its_claims(store: Store) -> None:
    revision = stored(store, "3,000 lost. (AFP)")
    one = claim(revision, figure(3000))
    status = ArticleStatus.NEW
    store.save_claims(revision.id, [one], version="1", language="en", status=status, credit="Agence France-Presse")
    kept = store.claim(one.id)
    assert kept is not None
    assert kept.claim.origin.credit == "Agence France-Presse"
