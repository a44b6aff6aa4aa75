"""Who says so and whose, beyond the plain "X said N": pronouns, second sources, owners named elsewhere."""

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract


def figure(text: str, number: int) -> Figure:
    """The figure of a text with this number at its low end."""
    return next(f for f in extract(text).figures if f.quantity.low == number)


@pytest.mark.parametrize(
    ("text", "number", "names"),
    [
        (
            "President Ola Berg flew to the base. Some 34 soldiers, he wrote, had been killed there.",
            34,
            ["President Ola"],
        ),
        ("A health official in Gao came out. At least 40 civilians were killed, he said.", 40, ["health official"]),
        ("The rebel commander was brief. By his count, 60 soldiers had died.", 60, ["rebel commander"]),
        ("The governor gave a fresh toll. Twenty-one people were dead.", 21, ["governor"]),
        ("Ukraine, South Korea and the United States say 300 men were killed.", 300, ["Ukraine", "South", "United"]),
        ("Kyiv says 200 Russians died, Moscow that Ukraine has had 170 killed.", 170, ["Moscow"]),
        ("The army said 90 gunmen were killed; medics in the town had received 60 bodies.", 60, ["medics"]),
        ("Baku says 30 died; Yerevan says the Azeris have buried 65.", 65, ["Yerevan"]),
        ("The toll rose to 74, Kenya's police chief said, while the opposition spoke of 120.", 120, ["opposition"]),
        ("The region's governor, Ivan Prok, on Monday morning confirmed 5 deaths.", 5, ["governor"]),
        ("Twelve people died in the blast; the governor said 40 others were hurt.", 12, []),
    ],
)
def test_the_source(text: str, number: int, names: list[str]) -> None:
    claimants = [claimant.name for claimant in figure(text, number).claimants]
    assert len(claimants) == len(names)
    assert all(name.lower() in claimant.lower() for name, claimant in zip(names, claimants, strict=True))


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("The BLA put the number of soldiers killed at 130.", 130, "soldiers"),
        ("The raid took the number of insurgents killed this year to 81.", 81, "insurgents"),
        ("Jakarta's military spokesman spoke of two dead, both of them his own men.", 2, "Indonesian"),
        ("Its own casualties, the Arakan Army admitted, came to 217 dead.", 217, "Arakan Army"),
        ("Twenty of its soldiers were killed on Monday, India's army said.", 20, "Indian"),
        (
            "His army, the general said, had lost 19 men; the other side, by his reckoning, at least 45.",
            45,
            "other side",
        ),
        ("Seven Senegalese soldiers walked free. Four others had died in the clash.", 4, "Senegalese"),
    ],
)
def test_whose(text: str, number: int, words: str) -> None:
    assert words in figure(text, number).subject.text


def test_what_stands_before_it_said_is_the_statement_and_names_no_speaker() -> None:
    text = (
        "South Korea's National Intelligence Service told lawmakers that about 600 North Koreans had been killed. "
        "North Korea has deployed about 15,000 troops to Russia in two rounds, it said."
    )
    assert [figure.parties for figure in extract(text).figures] == [("South Korea",), ("South Korea",)]


def test_a_tally_that_is_given_is_no_verb_of_saying() -> None:
    text = "President Zelensky gave a fresh tally. More than 3,000 of Kim Jong Un's men had been killed, he said."
    (figure,) = extract(text).figures
    assert [claimant.name for claimant in figure.claimants] == ["President Zelensky"]
