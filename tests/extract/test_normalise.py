"""One character for one character, whatever comes."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.text.normalise import normalise


@given(st.text(alphabet=st.characters(), max_size=400))
def test_the_length_never_changes_and_twice_is_once(text: str) -> None:
    plain = normalise(text)
    assert len(plain) == len(text)
    assert normalise(plain) == plain


def test_every_code_point_becomes_one_that_a_database_takes() -> None:
    everything = "".join(map(chr, range(0x110000)))
    plain = normalise(everything)
    assert len(plain) == len(everything)
    assert "\x00" not in plain
    plain.encode("utf-8")


def test_quotes_dashes_and_spaces_become_plain() -> None:
    assert (
        normalise("“Kyiv’s” 10–12 non‑stop 3\u00a0000 and\u2009more\u0000")
        == '"Kyiv\'s" 10-12 non-stop 3 000 and more '
    )


def test_an_em_dash_still_parts_clauses() -> None:
    assert normalise("soldiers—seven") == "soldiers—seven"
