"""What is English, what is not, and what is too short to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.text.language import detect_language

ENGLISH = [
    "The army said at least 12 soldiers had been killed in the north of the country since Friday.",
    "NK losses top 4,000: Seoul says",
    "Kyiv: 12 dead",
    "Israeli strike kills 12 in Gaza",
    "TWELVE SOLDIERS KILLED IN BORDER CLASH",
    "Al-Shabaab gunmen slay 14 in Galmudug",
    "Bus ambush in Balochistan; BLA says 90 troops slain",
    "Boko Haram insurgents slaughter 60 farmers at Zabarmari, Jere LGA, Borno",
    "Wagner mercenaries lose 80 near Tinzaouatène, Tuareg CSP-DPA rebels say",
    "Nguyen Van Thieu, Le Duc Tho, Pham Van Dong and Vo Nguyen Giap met; 12 died",
    "«Douze soldats tués», wrote Le Sahel; the army said that 12 soldiers were killed in Gao.",
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
    ("pl", "W ataku na konwój zginęło co najmniej dwunastu żołnierzy, podała armia."),
    ("tr", "Ordu, saldırıda en az 12 askerin öldüğünü ve 30 kişinin yaralandığını açıkladı."),
    ("id", "Sedikitnya 12 tentara tewas dalam serangan itu, kata juru bicara militer."),
    ("sw", "Wanajeshi 12 waliuawa katika shambulio hilo, jeshi limesema."),
    ("he", "12 חיילים נהרגו בהתקפה, מסר הצבא."),
    ("zh", "军方称,袭击造成12名士兵死亡。"),
    ("ja", "軍によると、攻撃で兵士12人が死亡した。"),
    # Short, in plain letters, with a word that English has as well.
    ("de", "Es war ein Angriff auf Soldaten in Gao, 12 Tote."),
    ("fr", "Les forces de police sont sur place, on parle de 12 morts"),
    ("da", "Politiet siger at 12 er dode i en by i Mali"),
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
