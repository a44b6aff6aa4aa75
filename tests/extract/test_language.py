"""What is English, what is not, and what is too short to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.language import detect_language

ENGLISH = [
    "The army said at least 12 soldiers had been killed in the north of the country since Friday.",
    "NK losses top 4,000: Seoul says",
    "Kyiv: 12 dead",
    "Israeli strike kills 12 in Gaza",
    "He was quoted as saying “Viva la muerte” by reporters who stood at the gates of the barracks in Madrid.",
]
OTHERS = [
    ("fr", "Au moins douze soldats ont été tués dans le nord du pays depuis vendredi, selon l'armée malienne."),
    ("es", "Al menos doce soldados murieron en el norte del país desde el viernes, según informó el ejército."),
    ("de", "Mindestens zwölf Soldaten sind nach Angaben der Armee seit Freitag im Norden des Landes getötet worden."),
    ("nl", "Minstens twaalf soldaten zijn volgens het leger sinds vrijdag in het noorden van het land gedood."),
    ("ru", "По данным министерства, за сутки погибли не менее двенадцати солдат."),
    ("uk", "За даними міністерства, за добу загинули щонайменше дванадцятеро військових."),
    ("ko", "국가정보원은 북한군 사상자가 3천 명에 달한다고 밝혔다."),
    ("ar", "قالت وزارة الصحة إن ما لا يقل عن خمسة وأربعين شخصا قتلوا"),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_other_languages_are_named(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "12", "…", "Kyiv 12", "\x00", "🪖"])
def test_what_is_too_short_to_tell_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert detect_language(text)
