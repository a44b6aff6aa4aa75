"""Single quotes part words as double ones do, and the marks of owners and of what is left out part nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract import extract
from monitor.extract.text.normalise import normalise
from monitor.extract.text.quotes import with_plain_quotes

QUOTED = [
    "The army said it had killed “more than 100 terrorists” in the raid.",
    "A spokesman said “at least 40 soldiers” were dead.",
    "The ministry spoke of “32 militants” killed in Diffa.",
    "“Some 250 rebels” were killed, the statement said.",
    "The statement said the air force had “neutralised” 32 “terrorists”.",
    "The group said “dozens of soldiers” were captured in the attack.",
    "The junta said its men “eliminated 56 terrorists” near Tera.",
    "“We lost 34 men. They were our best,” the commander said.",
    "Fourteen “mercenaries” were taken prisoner in Sirte, the brigade said.",
    "“The settlers’ militia killed 19 people,” the priest said.",
]


@pytest.mark.parametrize("text", QUOTED)
@pytest.mark.parametrize(("opening", "closing"), [("‘", "’"), ("'", "'")])
def test_a_figure_in_single_quotes_is_read_like_one_in_double_quotes(text: str, opening: str, closing: str) -> None:
    single = text.replace("“", opening).replace("”", closing)

    def read(written: str) -> list[tuple[object, ...]]:
        told = extract(written).figures
        return [(f.start, f.end, f.measure, f.quantity, f.subject, f.status, f.scope, f.rules) for f in told]

    assert read(single) == read(text) != []


UNQUOTED = [
    "The army said the rebels' 60 fighters had died.",
    "The families' 12 sons and the soldiers' 14 comrades were killed.",
    "In the '90s and the '80s 300 men fell.",
    "'Twas then that the miners' strike killed 12.",
    "Give 'em the sailors' 12 boats.",
    "He said: \"They shot the 'traitors' and 12 others.\"",
    "Troops took 'Ain Issa and held it.",
    "Rock 'n' roll at the soldiers' club.",
    "It's the regiment's 40 dead, the colonel's men's.",
    "Private O'Neill and D'Souza's 12 men died.",
    "5'10 men and 3'000 soldiers'.",
]


@pytest.mark.parametrize("text", UNQUOTED)
def test_marks_that_open_no_quotation_stay(text: str) -> None:
    assert with_plain_quotes(text) == text


def test_a_plural_owner_closes_a_quotation_only_where_nothing_better_does() -> None:
    assert with_plain_quotes("'100 rebels' in the hills") == '"100 rebels" in the hills'
    assert with_plain_quotes("'the rebels' 60 men died', he said") == '"the rebels\' 60 men died", he said'
    assert with_plain_quotes("'one\nline' only") == "'one\nline' only"


@given(st.text(alphabet="'\" \nas1.,(—", max_size=80))
def test_each_character_stays_but_for_marks_in_pairs(text: str) -> None:
    plain = with_plain_quotes(normalise(text))
    assert len(plain) == len(text)
    assert plain.replace('"', "'") == normalise(text).replace('"', "'")
    assert (plain.count('"') - text.count('"')) % 2 == 0
