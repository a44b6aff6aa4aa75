"""One character for one character, whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract import extract
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


LAID_OUT = [
    ("12 soldiers[3] were killed in Goma.", [("12", "Goma")]),
    ("<p class='a'>12 soldiers were killed in Goma.</p>", [("12", "Goma")]),
    ("<b>12</b>&nbsp;soldiers were killed in Goma.", [("12", "Goma")]),
    ("Goma -> 12 dead", [("12", "Goma")]),
    ("12 soldiers were killed in Go\u0301ma and 40 hurt.", [("12", "Goma"), ("40", "Goma")]),
    ("\ufb01fteen soldiers were killed in Goma.", [("\ufb01fteen", "Goma")]),
    ("\ufeff1\u200b2 sol\u00addiers were kil\u00ad\nled in Goma.", [("1\u200b2", "Goma")]),
    ("The army says at\r\nleast 12 soldiers were\r\nkilled in Goma.", [("at\r\nleast 12", "Goma")]),
    (
        "Fewer than &lt;5 were\n\nSome <em>twenty-\nfive</em> soldiers were killed in Goma.",
        [("Some <em>twenty-\nfive", "Goma")],
    ),
]


@pytest.mark.parametrize(("text", "told"), LAID_OUT)
def test_what_only_the_layout_put_there_is_read_over_and_offsets_hold(text: str, told: list[tuple[str, str]]) -> None:
    figures = extract(text).figures
    assert [(text[one.start : one.end], one.place) for one in figures] == told
    assert all(text[one.quote_start :].startswith(one.quote) and one.quote for one in figures)
