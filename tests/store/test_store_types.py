"""What goes into the database is clean text and aware UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Dialect

from monitor.domain.quantities import Qualifier
from monitor.store.convert import sha256, text_sha256
from monitor.store.types import CleanText, UtcDateTime, clean, clean_json

DIALECTS: list[Dialect] = [registry.load(name)() for name in ("sqlite", "postgresql")]
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_clean_text_can_be_stored_anywhere_and_keeps_its_offsets(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


def test_good_text_is_left_alone() -> None:
    assert clean("Зеленський: 3 000\u00a0втрат 🪖") == "Зеленський: 3 000\u00a0втрат 🪖"


def test_json_is_cleaned_in_depth_and_its_keys_too() -> None:
    assert clean_json({"a\0": ["b\ud800", {"c": ("d\0", 1, None, True)}]}) == {
        "a\ufffd": ["b\ufffd", {"c": ["d\ufffd", 1, None, True]}]
    }


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_naive_times_are_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2025, 1, 13, 9, 0), dialect)  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_times_of_other_zones_come_back_as_utc(dialect: Dialect) -> None:
    kyiv = datetime(2025, 1, 13, 11, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    bound = UtcDateTime().process_bind_param(kyiv, dialect)
    back = UtcDateTime().process_result_value(bound, dialect)
    assert back == kyiv
    assert back is not None
    assert back.tzinfo is UTC


def test_white_space_is_no_part_of_a_texts_identity() -> None:
    assert text_sha256(" 3,000\n\nkilled\u00a0today ") == text_sha256("3,000 killed today")
    assert text_sha256("3,000 killed") != text_sha256("3,0 00 killed")


def test_hashed_parts_are_kept_apart() -> None:
    assert sha256("ab", "c") != sha256("a", "bc")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_texts_are_cleaned_on_their_way_into_a_statement(dialect: Dialect) -> None:
    put_in = CleanText().bind_processor(dialect)
    assert put_in is not None
    assert put_in("a\0\ud800b") == "a\ufffd\ufffdb"
    assert put_in(Qualifier.ABOUT) == Qualifier.ABOUT.value
    assert type(put_in(Qualifier.ABOUT)) is str
    assert put_in(None) is None


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(hours=5.5))])))
def test_sqlite_is_given_the_text_that_sqlalchemy_would_store(instant: datetime) -> None:
    try:
        utc = instant.astimezone(UTC)
    except OverflowError:
        return
    put_in, usual = (
        kind.bind_processor(DIALECTS[0]) for kind in (UtcDateTime(), DIALECTS[0].type_descriptor(DateTime()))
    )
    assert put_in is not None
    assert usual is not None
    assert put_in(instant) == usual(utc.replace(tzinfo=None))
