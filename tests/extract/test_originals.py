"""Whose report a text is, by its own words; and the many words that say nothing of it."""

import pytest

from monitor.extract.text.originals import original_source

BODY = "KYIV. More than 3,000 soldiers were killed or wounded, officials said on Monday.\n\nFighting went on.\n"

ENDINGS = [
    ("Original source: Northwire", "Northwire"),
    ("Original source: Peninsula Daily News", "Peninsula Daily News"),
    ("Original source: Reuters.", "Reuters"),
    ("Original Source: AFP", "Agence France-Presse"),
    ("Original source: https://www.reuters.com/world/europe/losses-2024-12-23/", "Reuters"),
    ("Source: https://tass.com/defense/1893", "TASS"),
    ("Source: https://en.harbourtimes.example.org/a/1", "en.harbourtimes.example.org"),
    ("Source: TASS", "TASS"),
    ("Source: TASS https://tass.com/defense/1893", "TASS"),
    ("Source: link https://tass.com/defense/1893", "TASS"),
    ("Source: TASS, Reuters", None),
    ("Source: Yonhap News Agency", "Yonhap"),
    ("Source: Associated Press", "Associated Press"),
    ("SOURCE: AP", "Associated Press"),
    ("Source: Kordofan Today", "Kordofan Today"),
    ("Originally published by Harbour Times on December 23.", "Harbour Times"),
    ("This article was originally published by The Associated Press.", "Associated Press"),
    ("This article first appeared in Front Ledger.", "Front Ledger"),
    ("Read the original article on https://apnews.com/article/abc", "Associated Press"),
    ("Read the original article at www.ukrinform.net/rubric-ato/1.html", "Ukrinform"),
    ("Via: Interfax-Ukraine", "Interfax-Ukraine"),
    ("(AFP)", "Agence France-Presse"),
    ("AFP", "Agence France-Presse"),
    ("Northwire", "Northwire"),
    ("— AP", "Associated Press"),
    ("-- Reuters", "Reuters"),
    ("It was quiet on Tuesday. (AFP)", "Agence France-Presse"),
    ("It was quiet on Tuesday. — AP", "Associated Press"),
    ("“We hold the line,” he said. [Reuters]", "Reuters"),
    ("With reporting by Reuters", "Reuters"),
    ("With reporting by RFE/RL", "RFE/RL"),
    ("(With inputs from PTI)", "PTI"),
    ("With material from dpa", "DPA"),
    # No credits:
    ("Source: a man who was there", None),
    ("Source: close to the government", None),
    ("The source: nobody knows", None),
    ("The source of the fire was unknown.", None),
    ("Via Dolorosa was closed on Monday.", None),
    ("Source country: Ukraine", None),
    ("With reporting by Jane Doe in Kyiv", None),
    ("With reporting by Reuters and AFP", None),
    ("(AFP, Reuters)", None),
    ("Reuters/AFP", None),
    ("Photo: AFP", None),
    ("(Photo by AFP)", None),
    ("AFP/Getty Images", None),
    ("A Reuters photographer was among the wounded.", None),
    ("Reuters could not verify the figures.", None),
    ("The AP class began on Monday.", None),
    ("Subscribe", None),
    ("Jane Doe", None),
    ("PA system fails in stadium", None),
    ("", None),
]

BEGINNINGS = [
    ("KYIV, Dec 23 (Reuters) - More than 3,000 were killed.", "Reuters"),
    ("SEOUL (AFP) — More than 3,000 were killed.", "Agence France-Presse"),
    ("KHARTOUM, Sudan (AP) — At least 40 people died.", "Associated Press"),
    ("(AFP) - At least 40 people died.", "Agence France-Presse"),
    ("Reuters - At least 40 people died.", "Reuters"),
    ("Northwire — At least 40 people died.", "Northwire"),
    ("At least 40 people died, Reuters reported on Monday.", "Reuters"),
    ("The AP reported that at least 40 people died.", "Associated Press"),
    ("At least 40 people died, as first reported by AFP.", "Agence France-Presse"),
    ("At least 40 people died, as first reported by the news agency TASS.", "TASS"),
    # No credits:
    ("Reuters reported last year that 40 people had died.", None),
    ("Reuters reported 40 dead and AFP reported 50.", None),
    ("KYIV (AFP/Reuters) - At least 40 people died.", None),
    ("Two AFP reporters were killed on Monday.", None),
    ("The AFP (Armed Forces of the Philippines) said 40 rebels died.", None),
    ("Doctors (MSF) - 40 people were treated.", None),
    ("The ministry reported that 40 people died.", None),
    ("An aide who reports to Reuters was hurt.", None),
]


@pytest.mark.parametrize(("ending", "wanted"), ENDINGS, ids=[words or "nothing" for words, _ in ENDINGS])
def test_credits_below_a_text(ending: str, wanted: str | None) -> None:
    assert original_source(f"{BODY}\n{ending}\n") == wanted


@pytest.mark.parametrize(("beginning", "wanted"), BEGINNINGS, ids=[words for words, _ in BEGINNINGS])
def test_credits_at_the_beginning(beginning: str, wanted: str | None) -> None:
    assert original_source(f"{beginning}\n\n{BODY}") == wanted


def test_an_agency_is_the_source_of_its_own_text() -> None:
    assert original_source(BODY, "Reuters") == "Reuters"
    assert original_source(BODY, "AFP") == "Agence France-Presse"
    assert original_source(BODY, "Harbour Times") is None
    assert original_source(f"{BODY}\nSource: AFP", "Harbour Times") == "Agence France-Presse"
