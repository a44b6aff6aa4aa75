"""One sentence for each class of wording: what is read out of it, and what is not."""

from datetime import date

import pytest

from monitor.domain.claims import Measure, Scope, Status
from monitor.extract import canonical_place, extract, parse_subject
from monitor.extract.lexicon import load
from monitor.extract.rules import RULES

READ = [
    ("The raid killed 22 soldiers and wounded seven.", [("killed", 22), ("wounded", 7)]),
    ("49 of its troops had been killed.", [("killed", 49)]),
    ("Ukraine lost 31,000 soldiers.", [("casualties", 31_000)]),
    ("They mourned the deaths of 15 policemen.", [("killed", 15)]),
    ("The death toll in Gaza passed 46,000 on Thursday.", [("killed", 46_000)]),
    ("Ukrainian dead: 31,000.", [("killed", 31_000)]),
    ("The UN verified 12,456 civilian deaths.", [("killed", 12_456)]),
    ("The 14 murdered fishermen were Colombians.", [("killed", 14)]),
    ("A raid left ten Palestinians dead and 40 hurt.", [("killed", 10), ("wounded", 40)]),
    ("Some 80 gunmen were taken prisoner.", [("captured", 80)]),
    ("Ten sailors remain unaccounted for.", [("missing", 10)]),
    ("A contingent of 300 Colombians guards the airfield.", [("deployed", 300)]),
    (
        "North Korea has sent 12,000 men, about 1,100 of whom were killed or wounded.",
        [("deployed", 12_000), ("casualties", 1_100)],
    ),
    ("11,000 North Korean soldiers were now in Kursk.", [("deployed", 11_000)]),
    ("They killed the mayor as well as two peasants.", [("killed", 2)]),
    ("64 people, including 15 soldiers, died.", [("killed", 64), ("killed", 15)]),
    ("The column lost 12 men and the SDF nine.", [("casualties", 12), ("casualties", 9)]),
    ("130 were killed, it said: 65 rebels and 49 soldiers.", [("killed", 130), ("killed", 65), ("killed", 49)]),
    ("The gang hacked 69 peasants to death.", [("killed", 69)]),
    ("The militia wiped out a column of 200 soldiers.", [("killed", 200)]),
]  # fmt: skip
NOTHING = [
    "Not one of the 1,200 soldiers on board was hurt.",
    "Bangkok freed 18 Cambodian soldiers whom it had held since July.",
    "The release of 34 hostages was discussed.",
    "France pulled 1,500 soldiers out of Niger.",
    "Some 170 rockets crossed the border; 13 fell on the suburbs.",
    "Ten thousand people marched through Bamako to thank the troops.",
    "In the new video game the player may command 5,000 soldiers; 500 are killed.",
    "We lost 300 colleagues to the private sector.",
    "Two officials said that the talks went on.",
]
HELD = [
    ("Russia denied that 1,200 of its soldiers were captured.", Status.DENIED),
    ("The toll rose from 54 dead to 119 dead.", Status.SUPERSEDED),
    ("North Korea could lose all 12,000 of its soldiers.", Status.HYPOTHETICAL),
    ("The army will send 5,000 soldiers to the border.", Status.PLANNED),
    ("About 3,000 more soldiers crossed into Russia.", Status.ADDITIONAL),
    ("They threatened to kill 10 judges.", Status.HYPOTHETICAL),
]
SAID = [
    ("Twelve soldiers died, the army said.", ["the army"]),
    ("Kyiv and Seoul say that 10,000 soldiers were sent.", ["Kyiv", "Seoul"]),
    ("According to Zelensky, 300 men died.", ["Zelensky"]),
    ("300 troops killed: South Korea's spy agency", ["South Korea's spy agency"]),
    ("A tally by AFP puts the dead at 340.", ["AFP"]),
    ("The newspaper quoted officers as saying 90 men had died.", ["officers"]),
    ("Ten thousand are listed as missing by the Red Crescent.", ["the Red Crescent"]),
    ("Twelve people died when a bus overturned.", []),
]


@pytest.mark.parametrize(("text", "figures"), READ)
def test_each_class_of_wording_is_read(text: str, figures: list[tuple[str, int]]) -> None:
    assert [(f.measure.value, f.quantity.number) for f in extract(text).figures] == figures


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_that_are_no_claim_give_nothing(text: str) -> None:
    assert [f for f in extract(text).figures if f.status is Status.ASSERTED] == []


@pytest.mark.parametrize(("text", "status"), HELD)
def test_how_the_text_holds_a_figure(text: str, status: Status) -> None:
    assert extract(text).figures[0].status is status


@pytest.mark.parametrize(("text", "names"), SAID)
def test_who_says_so(text: str, names: list[str]) -> None:
    assert [claimant.name for claimant in extract(text).figures[0].claimants] == names


def test_every_figure_names_rules_of_the_table() -> None:
    named = {rule for text, _ in READ for figure in extract(text).figures for rule in figure.rules}
    assert named <= set(RULES) | {status.value for status in Status}


def test_pronouns_and_short_names_lead_back_to_the_country() -> None:
    text = "North Korea denied nothing. The North has lost 4,000 of its soldiers in Kursk, Seoul said."
    figure = extract(text).figures[0]
    assert (figure.subject.party, figure.parties, figure.place) == ("North Korea", ("South Korea",), "Kursk")


def test_losses_of_another_country_are_not_north_koreas() -> None:
    text = "North Korean troops fight in Kursk. Russia lost 1,270 men a day in September, London says."
    figure = extract(text).figures[0]
    assert (figure.subject.party, figure.scope, figure.window_days) == ("Russia", Scope.PERIOD, 1)


def test_a_headline_that_the_body_explains_is_no_second_figure() -> None:
    body = "Around 1,100 North Korean troops have been killed or wounded, the Joint Chiefs of Staff said."
    assert len(extract(body, title="Seoul: 1,100 North Koreans dead or hurt").figures) == 1
    alone = extract("The figure has not been confirmed.", title="Seoul: 1,100 North Koreans dead or hurt").figures
    assert [figure.rules[-1] for figure in alone] == ["from_title"]


def test_lost_is_not_told_again_where_the_text_says_killed() -> None:
    text = "The army lost 600 soldiers. In all 600 soldiers were killed, it said."
    assert {figure.measure for figure in extract(text).figures} == {Measure.KILLED}


def test_days_are_resolved_against_the_date_of_publication() -> None:
    text = "Three soldiers fell in Beit Hanoun on Monday when a bomb went off, the IDF said."
    assert extract(text, published=date(2025, 1, 14)).figures[0].as_of == date(2025, 1, 13)


def test_subjects_and_places_of_a_watch() -> None:
    lexicon = load()
    subject = parse_subject("North Korean troops", lexicon)
    assert (subject.party, subject.kind) == ("North Korea", "troops")
    assert canonical_place("the Kursk region", lexicon) == "Kursk"
