"""Daily counters, communiques and tallies: what is the total, what the day's, whose it is and who says so."""

from datetime import date

import pytest

from monitor.domain.claims import Figure
from monitor.extract import extract

PUBLISHED = date(2024, 3, 5)
STAFF = "the General Staff of Ukraine's Armed Forces said"


def figure(text: str, number: int) -> Figure:
    """The figure of a text with this number at one of its ends."""
    found = extract(text, published=PUBLISHED).figures
    return next(f for f in found if number in {f.quantity.low, f.quantity.high})


def over(found: Figure) -> str:
    """The scope in one word: "total", "event", or the days of a window."""
    if found.scope.value == "period":
        return str(found.window_days or "?")
    return {"cumulative": "total", "incident": "event"}[found.scope.value]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (f"Russian losses amount to about 364,710 personnel, 1,133 of them in the past day, {STAFF}.", "total 1"),
        ("Ukraine's General Staff put Russian losses at 417,950, of whom 960 in the past day.", "total 1"),
        (
            f"Russia has lost 417,950 troops (960 of them over the last 24 hours) since the invasion, {STAFF}.",
            "total 1",
        ),
        (
            f"Some 417,950 Russian soldiers have been killed, an increase of 960 over the previous day, {STAFF}.",
            "total 1",
        ),
        (
            f"As of 5 March some 417,950 Russian soldiers had been killed, 960 of them in the past week, {STAFF}.",
            "total 7",
        ),
        (f"417,950 Russian soldiers have been killed. The day before, losses came to 960 men, {STAFF}.", "total 1"),
        ("The army killed 31 rebels and wounded 40 in the past week.", "7 7"),
        ("In the past week 300 soldiers were killed, 12 of them officers.", "7 7"),
        (
            "Gaza's health ministry says 30,631 people have been killed, 97 of them overnight.",
            "total 1",
        ),
        ("The toll stood at 41,232 on Saturday, up 1,008 from the day before, the agency AFAD said.", "total 1"),
    ],
)
def test_each_number_counts_over_its_own_time(text: str, spans: str) -> None:
    assert " ".join(over(f) for f in extract(text, published=PUBLISHED).figures) == spans


@pytest.mark.parametrize(
    "text",
    [
        "The toll stood at 41,232 on Saturday, up 1,008 from the day before, the agency AFAD said.",
        "Some 417,950 soldiers have been killed, an increase of 1,008 over the previous day.",
        "The army's losses rose by 1,008 in a day to 417,950, the ministry said.",
    ],
)
def test_what_came_on_top_is_no_total(text: str) -> None:
    assert figure(text, 1008).status.value == "additional"


@pytest.mark.parametrize(
    ("text", "number", "who"),
    [
        (
            f"Russia has lost 417,950 men since 2022, {STAFF}. The day before, its losses came to 960.",
            960,
            "General Staff",
        ),
        (
            "The Russian ministry said Kyiv lost 6,400 men over the week. Near Kursk its losses in 24 hours were 340.",
            340,
            "Russian ministry",
        ),
        ("Russia lost 960 men on Monday, Kyiv said. In total, it has lost 417,950 since the invasion.", 417950, "Kyiv"),
        (
            "Russia has lost 277,000 men, the UK Ministry of Defence said in a post with a map and two charts.",
            277000,
            "UK Ministry of Defence",
        ),
        ("The coalition has put Houthi deaths since 11 October at some 1,100.", 1100, "the coalition"),
        (
            "Iraq Body Count has put the number of civilian deaths since the 2003 invasion at 186,000.",
            186000,
            "Iraq Body Count",
        ),
        (
            "The Sudan Doctors Network said 54 people were killed. Another 158 were hurt, the medics' group said.",
            158,
            "Sudan Doctors Network",
        ),
    ],
)
def test_the_account_goes_on(text: str, number: int, who: str) -> None:
    assert who in " | ".join(claimant.name for claimant in figure(text, number).claimants)


def test_an_army_is_that_of_the_state_not_of_the_group_before_it() -> None:
    text = "The RSF said it had killed 240 men near Bara in Sudan. The army said that 35 of its soldiers had died."
    assert [claimant.party for claimant in figure(text, 35).claimants] == ["Sudan"]


@pytest.mark.parametrize(
    ("heading", "row", "number", "expected"),
    [
        (
            "Combat losses of Russian troops since the start of war, as of 3 March 2024, according to Ukraine's staff:",
            "- personnel: about 364,710 (+1,133)\n- tanks: 5,997 (+12)",
            364710,
            ("casualties", "Russia", "Ukraine", "total", date(2024, 3, 3)),
        ),
        (
            "The Russian army's losses as of 3 March, according to Ukraine's General Staff:",
            "personnel - approximately 417,950 (+960) persons\ntanks - 6,670 (+12)",
            417950,
            ("casualties", "Russia", "Ukraine", "total", date(2024, 3, 3)),
        ),
        (
            "Losses of the Russian army over the past week, according to Ukraine's defence ministry:",
            "• personnel – 6,560\n• tanks – 71",
            6560,
            ("casualties", "Russia", "Ukraine", "7", None),
        ),
        (
            "Total Iraqi losses since 22 September 1980, according to Iran's military command:",
            "killed: 52,000\nwounded: 110,000",
            52000,
            ("killed", "Iraq", "Iran", "total", None),
        ),
    ],
)
def test_a_heading_speaks_for_its_rows(heading: str, row: str, number: int, expected: tuple[object, ...]) -> None:
    found = figure(f"{heading}\n\n{row}\n", number)
    party = found.claimants[0].party if found.claimants else None
    assert (found.measure.value, found.subject.party, party, over(found), found.as_of) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Russian losses as of day 741: 417,950 personnel.", 741),
        ('"They send four men where they used to send forty," he said of the assaults at the front.', 4),
        ("The number of Palestinians killed since 7 October 2023 rose to 30,631.", 2023),
        ("That took the number of civilians killed in Marawi since May 23 to 44.", 23),
    ],
)
def test_numbers_that_count_nobody(text: str, number: int) -> None:
    assert all(number not in {f.quantity.low, f.quantity.high} for f in extract(text, published=PUBLISHED).figures)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Losses - killed: 12 officers, 340 men; wounded: 20 officers, 800 men.", "killed killed wounded wounded"),
        ("Prisoners taken, 600; wounded, 59; killed, 12.", "captured wounded killed"),
        ("Enemy casualties for the week: 3,400 killed, 120 captured.", "killed captured"),
        ("Dead in two days of shelling along the frontier. Armenia: 105. Azerbaijan: 71.", "killed killed"),
        ("Tanks destroyed, 12; guns, 40; villages taken, 12. The army moved on.", ""),
        ("The enemy lost 4,000 men; forty were lost in one ambush.", "casualties casualties"),
        ("Forty jobs were lost. Two tanks were lost.", ""),
        ("The group documented 318 victims of summary executions last year.", "killed"),
        ("The fund pays 4,000 victims of torture.", ""),
        # a clause without "who" behind the people
        ("The 40 men it lost at Kot were recruits.", "casualties"),
        ("The 120 soldiers they hold are fed by villagers.", "captured"),
        ("Russia has released 108 Ukrainian soldiers it had detained.", ""),
        ("The 14 policemen the gang killed had families.", "killed"),
        ("We do not know where 14 of our men are, the major admitted.", "missing"),
        ("The ministry admitted that contact with 30 of its marines had been lost.", "missing"),
        ("The Tamil Tigers hold 12 policemen.", "captured"),
        ("The death of another 14 people in hospital took the total to 312.", "killed killed"),
        ("The shelling has so far killed, by the UN's count, 1,204 civilians.", "killed"),
        ("He was posted to Mali, where 1,300 are stationed.", "deployed"),
        ("A study finds some 70,000 soldiers on four sides of Ukraine.", "deployed"),
        ("He wrote from Texas, where 1,300 are serving life sentences.", ""),
        ("The Front claimed to have killed 700 Taliban and to hold 600 more.", "killed captured"),
    ],
)
def test_what_the_parts_of_a_bulletin_count(text: str, expected: str) -> None:
    assert " ".join(f.measure.value for f in extract(text, published=PUBLISHED).figures) == expected


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("Our losses: killed, 12; wounded, 59; missing, 3.", 12, "our"),
        ("Enemy casualties were 300 killed. Our own: 38 killed, 112 wounded.", 112, "our"),
        ("Read out at the camp: government side, 11 soldiers killed; Maute side, 31 killed.", 31, "Maute"),
        ("The Zulus lost perhaps 1,000 men, Chelmsford's column 1,300.", 1300, "column"),
        ("Russia's dead number 6,000 by its own count, Ukraine's 31,000.", 31000, "Ukrain"),
        ("With the loss of only six killed and 21 wounded, the garrison cut its way out.", 21, "garrison"),
        ("The army gunned down 31 Naxals, police said; two personnel lost their lives.", 2, "personnel"),
        ("Berlin's brigade in Lithuania numbers 1,800.", 1800, "German"),
        ("At the cost of 33 dead, the battalion cleared the village.", 33, "battalion"),
        ("It has lost 400 men this month, the brigade's commander told the BBC.", 400, "brigade"),
        ("The garrison at Tillaberi is down to 220 since the rains.", 220, "garrison"),
    ],
)
def test_whose_the_parts_of_a_bulletin_are(text: str, number: int, words: str) -> None:
    assert words in figure(text, number).subject.text
