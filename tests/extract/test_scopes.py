"""Over what a figure counts: a single event, a window of time, or all since the start; and the day of the event."""

from datetime import date

import pytest

from monitor.domain.claims import Figure, Scope
from monitor.extract import extract

TODAY = date(2025, 11, 19)  # a Wednesday
CUMULATIVE, PERIOD, INCIDENT = Scope.CUMULATIVE, Scope.PERIOD, Scope.INCIDENT


def read(text: str, published: date | None = TODAY) -> tuple[Figure, ...]:
    return extract(text, published=published).figures


@pytest.mark.parametrize(
    ("text", "scope", "days"),
    [
        # who was taken on one day was taken in one event; who is held has been taken over time
        ("The rebels captured 120 government troops on Tuesday, a spokesman said.", INCIDENT, None),
        ("Troops captured 41 rebels near Bria on 3 March.", INCIDENT, None),
        ("As of 3 March the rebels were holding 120 prisoners.", CUMULATIVE, None),
        # what a force has lost in all, and what one blast has
        ("A blast in Gao killed a soldier, bringing the military toll to 58.", CUMULATIVE, None),
        ("A blast in Gao killed a trader, bringing the toll to 58.", INCIDENT, None),
        # named single events
        ("An air strike on a bakery in Nyala killed 17 people, doctors said.", INCIDENT, None),
        ("At least 40 soldiers were killed in an ambush near Tillaberi.", INCIDENT, None),
        ("The earthquake killed more than 2,200 people in eastern Afghanistan.", INCIDENT, None),
        ("A ferry carrying pilgrims sank in the Congo river and 86 people drowned.", INCIDENT, None),
        ("A bus crash outside Puno left 37 passengers dead.", INCIDENT, None),
        ("Militants raided a village in Plateau state, killing 51 people.", INCIDENT, None),
        ("Sixty villagers were massacred overnight in the hills above Bunia, elders said.", INCIDENT, None),
        ("Eleven soldiers died on Tuesday when their post was overrun near Djibo.", INCIDENT, None),
        ("Nine people were dead by dawn in Port-au-Prince, hospital staff said.", INCIDENT, None),
        ("Rescuers pulled 14 bodies from the rubble in Kharkiv.", INCIDENT, None),
        ("The toll from Friday's strike has climbed to 75, up from 43, the ministry said.", INCIDENT, None),
        ("Sunday's battle for the airport left 33 rebels dead.", INCIDENT, None),
        ("Our paratroopers lost 54 men at Buulo Mareer, the president wrote.", INCIDENT, None),
        ("The toll has climbed to 87 dead, rescue officials said.", INCIDENT, None),
        ("A two-day battle for the airport left 60 soldiers dead.", INCIDENT, None),
        ("Police said 14 people were killed in a weekend raid on a bar in Soweto.", INCIDENT, None),
        ("Overnight strikes killed 31 people in Gaza.", INCIDENT, None),
        ("Missiles hit a block in Ternopil overnight, killing 26 people.", INCIDENT, None),
        ("In 2009 a roadside bomb killed three soldiers in Helmand.", INCIDENT, None),
        ("Seven people were killed in the space of an hour at a mosque.", INCIDENT, None),
        # windows that belong to the event
        # one night's, that day's; and those who were taken at one spot
        ("In one night my boys killed fourteen, the commander said.", INCIDENT, None),
        ("Nineteen of our friends were killed that day, he said.", INCIDENT, None),
        ("Two bombs half an hour apart killed seventeen soldiers.", INCIDENT, None),
        ("The RSF says it took more than 500 government troops captive in Babanusa.", INCIDENT, None),
        ("We lost nine men near Gao on Tuesday.", INCIDENT, None),
        # an odd day long ago is when it all began; a day of late, and the first of a month or a year, begin a window
        ("More than 61,000 people have been killed in Gaza since Oct. 7, 2023, the ministry said.", CUMULATIVE, None),
        ("The UN says 15,000 civilians have been killed since February 24, 2022.", CUMULATIVE, None),
        ("The UN says 150 civilians have been killed since 24 October.", PERIOD, 26),
        ("The UN says 1,500 civilians have been killed since Jan. 1, 2025.", PERIOD, 322),
        # windows that belong to the event
        ("In their first week at the front 40 of the recruits were killed.", PERIOD, 7),
        ("Fighting in El Fasher has killed 782 people since May, the UN says.", PERIOD, 202),
        ("The clinic has treated 340 wounded since the start of the year.", PERIOD, 322),
        ("Between Monday and Wednesday 48 people were killed in Tripoli.", PERIOD, 3),
        ("July, with 286 civilians killed, was the worst month in three years.", PERIOD, 30),
        ("Ukraine's army lost 1,400 soldiers in the past week, Russia's defence ministry said.", PERIOD, 7),
        ("Russia lost 36,000 troops in October, Ukraine's general staff says.", PERIOD, 30),
        ("More than 300 people have been killed since Sunday, the UN said.", PERIOD, 3),
        ("Eight people were killed overnight across Gaza, medics said.", PERIOD, 1),
        ("Gangs killed 70 people over the weekend in the capital, a rights group said.", PERIOD, 2),
        ("Last year 5,600 people were killed in gang violence, the UN said.", PERIOD, 365),
        ("Russia is losing about 1,000 soldiers every day, the minister said.", PERIOD, 1),
        ("The army says 4,000 fighters were killed in three months.", PERIOD, 90),
        ("Over the last 24 hours 63 people have been killed, the health ministry said.", PERIOD, 1),
        ("The war costs Russia 1,200 men a day, a NATO official said.", PERIOD, 1),
        ("At least 120 people were killed between 3 and 9 November, monitors said.", PERIOD, 7),
        ("At least 120 people were killed between 26 October and 3 November, monitors said.", PERIOD, 9),
        ("From June to August 840 people were killed in Darfur, monitors said.", PERIOD, 90),
        # over the turn of a year, and of more than one
        ("Some 1,200 soldiers were killed from March 2022 to May 2024, monitors said.", PERIOD, 810),
        ("Between January 2023 and January 2024 900 civilians were killed.", PERIOD, 390),
        ("From December 2023 to January 2024 some 900 civilians were killed.", PERIOD, 60),
        ("In the first half of the year 611 soldiers were killed, the guild said.", PERIOD, 182),
        # a plural without a number is "a few" of them; some weeks are no months, and neither is a total
        ("In recent days 200 Russian soldiers have been killed, Ukraine's army said.", PERIOD, 3),
        ("Some 9,000 Russian soldiers have been killed in recent weeks, Ukraine's army said.", PERIOD, 21),
        ("Over the past months 40,000 Russian soldiers have been killed, Ukraine's army said.", PERIOD, 90),
        ("Some 3,000 peacekeepers have been killed in recent years.", CUMULATIVE, None),
        ("Of the 11,000 men that it sent last autumn, some 4,000 are out of action, officials said.", CUMULATIVE, None),
        ("This spring 900 civilians were killed in Kherson, the mayor said.", PERIOD, 91),
        ("Medics say 34 people have been killed in Gaza since dawn.", PERIOD, 1),
        ("Three days of clashes left 48 dead, but that was after three days of fighting, doctors said.", PERIOD, 3),
        ("Some 940 people have been killed since the ceasefire broke down on 1 November, doctors said.", PERIOD, 18),
        ("So far this month 212 civilians have been killed, the mission said.", PERIOD, 18),
        ("Officials put the month's death toll at 979.", PERIOD, 30),
        ("Some 61,740 Peruvians died between 1980 and 2000, statisticians estimate.", PERIOD, None),
        ("The army took 900 casualties in the first half of February.", PERIOD, 15),
        ("The general said that 600 rebels had been put out of action in the first week.", PERIOD, 7),
        ("Some 28 people have been killed since the start of November, against 41 last month.", PERIOD, 30),
        ("At least 6,000 people were killed in 2024, the monitor said.", PERIOD, 365),
        # windows of the verb of saying, or of a number that no longer holds
        ("President Zelensky said this week that 46,000 Ukrainian soldiers had been killed.", CUMULATIVE, None),
        ("Ukraine's president said earlier in the week that 46,000 of its soldiers had been killed.", CUMULATIVE, None),
        ("Losses of North Korean troops stand at 3,800, up from 3,000 in December, Seoul said.", CUMULATIVE, None),
        ("The general told parliament in January that 12,000 soldiers had been killed.", CUMULATIVE, None),
        ("Some 46,000 soldiers have been killed, the president said last week.", CUMULATIVE, None),
        ("In October the ministry said that 9,000 soldiers had been killed in the war.", CUMULATIVE, None),
        # from the first day of a war to the day of the report
        ("The losses of the army from 24 February 2022 to 10 January 2024 are 372,245 soldiers.", CUMULATIVE, None),
        # the day of saying, not of dying
        ("He said that day that 14 of his men had been killed since January.", PERIOD, 322),
        ("He told reporters that morning that 40 soldiers had been captured since May.", PERIOD, 202),
        ("The general said that evening that 14 of his men had been killed in the war.", CUMULATIVE, None),
        ("The army said that day 14 of its men had been killed.", CUMULATIVE, None),
        # all since the start
        ("More than 60,000 Palestinians have been killed in Gaza since October 2023.", CUMULATIVE, None),
        ("Some 150,000 people have been killed since the war began in April 2023.", CUMULATIVE, None),
        ("Since the invasion 95,000 Russian soldiers have been killed, the outlet counts.", CUMULATIVE, None),
        ("In all, 2,100 peacekeepers have been wounded.", CUMULATIVE, None),
        ("So far 3,400 rebels have been killed, the army said.", CUMULATIVE, None),
        ("The junta has lost 10,000 soldiers since 2021.", CUMULATIVE, None),
        ("Israeli air strikes have killed more than 60,000 people in Gaza.", CUMULATIVE, None),
        ("The war, which began in April 2023, has killed at least 40,000 people, the WHO says.", CUMULATIVE, None),
        # since the fighting began is since the start, be it last Saturday
        ("Forty soldiers have been killed since fighting broke out along the border on Saturday.", CUMULATIVE, None),
        ("The army has killed 120 rebels since the offensive in the south began on 20 March.", CUMULATIVE, None),
        ("Some 23 soldiers were killed since the start of the clashes with Mali on Saturday.", CUMULATIVE, None),
        ("Some 23 soldiers have been killed since Saturday.", PERIOD, 4),
        # what adds up over time, whatever weapon did it
        ("Fourteen journalists have been killed in Lebanon, the union says.", CUMULATIVE, None),
        ("Russian drones have killed 395 civilians in Kherson, the mayor said.", CUMULATIVE, None),
        ("Some 340 paramedics have been killed by Israeli fire in Gaza.", CUMULATIVE, None),
        ("At least 12 Nepalis have fallen in Russian uniform, the ministry says.", CUMULATIVE, None),
        ("Hezbollah may have lost 4,000 men, many times the 250 that it lost in a month of 2006.", CUMULATIVE, None),
        ("Troops had lost 165 men in the five-month siege, the general said.", CUMULATIVE, None),
        ("The BBC has put names to 111,387 servicemen killed, 4,600 more than in April.", CUMULATIVE, None),
        # troops in place, and captives held
        ("Two North Korean prisoners were shown on Saturday.", CUMULATIVE, None),
        ("About 10,000 North Korean troops are in Kursk, the Pentagon said on Monday.", CUMULATIVE, None),
        ("Rwanda sent 4,000 soldiers into eastern Congo in January.", CUMULATIVE, None),
        ("The rebels are holding 130 soldiers near Goma.", CUMULATIVE, None),
    ],
)
def test_what_a_figure_counts_over(text: str, scope: Scope, days: int | None) -> None:
    found = [figure for figure in read(text) if figure.status.value == "asserted"]
    assert found
    assert (found[-1].scope, found[-1].window_days) == (scope, days)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        # the event stands in the sentence before, or in the headline, and the figure goes on with it
        ("A drone struck a hospital in El Fasher on Monday. Twelve people were killed and 30 wounded.", [INCIDENT] * 2),
        (
            "An explosion tore through a market in Baidoa. Doctors counted 21 dead. Another 40 were injured.",
            [INCIDENT] * 2,
        ),
        ("Ferry sinks off Cebu\nSome 94 people are dead, the coastguard said.", [INCIDENT]),
        ("A helicopter came down near Brovary. Fourteen people were killed.", [INCIDENT]),
        ("The quake struck at noon. Officials put the dead at 1,900.", [INCIDENT]),
        # the second number of a sentence counts over the same as the first
        ("In the past week 40 soldiers were killed; the rebels had 90 dead, the army said.", [PERIOD] * 2),
        ("In October 310 civilians were killed and 1,200 injured. A further 15 were abducted.", [PERIOD] * 2),
        ("Since Thursday 31 villagers have been killed in Ituri; another 14 were wounded.", [PERIOD] * 2),
        ("The minister gave 558 dead in one day. He also reported 1,835 wounded.", [PERIOD] * 2),
        ("Ukraine lost 1,200 men in the past day, Moscow said. A drone killed two in Belgorod.", [PERIOD, INCIDENT]),
        ("Strikes in the port left four dead on Monday, and 11 have died there in a week.", [INCIDENT, PERIOD]),
        # losses at a small place are those of one event
        ("Wagner owned up to losses at Tinzaouaten. The rebels list 84 mercenaries killed.", [INCIDENT]),
        # a running total in a report on a strike is none of its dead
        (
            "A strike killed nine people in Khan Younis. More than 60,000 Palestinians have been killed in the war.",
            [INCIDENT, CUMULATIVE],
        ),
        (
            "A raid killed five soldiers near Mopti. Mali's army has lost 2,400 men since 2012.",
            [INCIDENT, CUMULATIVE],
        ),
        # an army's loss in one place on one day
        (
            "The army lost six soldiers at Bakhmut on Tuesday, the heaviest blow since it went there in 2022.",
            [INCIDENT],
        ),
    ],
)
def test_what_is_told_on_keeps_its_scope(text: str, scopes: list[Scope]) -> None:
    assert [figure.scope for figure in read(text)][: len(scopes)] == scopes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The toll from Friday's strike has climbed to 75, up from 43, the ministry said on Sunday.",
            date(2025, 11, 14),
        ),
        (
            "The number of people killed in Saturday's raid on Basta has risen to 29, the ministry said.",
            date(2025, 11, 15),
        ),
        ("Seventeen people were killed in Kharkiv on Monday, the governor said.", date(2025, 11, 17)),
        ("Seventeen people were killed in Kharkiv, the governor said on Monday.", None),
        ("The governor said on Monday that seventeen people had been killed in Kharkiv.", None),
        ("Monday's statement said 17 soldiers had been killed.", None),
        ("The attack on 7 October 2023 killed 1,200 people.", date(2023, 10, 7)),
        ("The blast on October 30 killed 12 people in Quetta.", date(2025, 10, 30)),
        ("The crash of December 29 killed 179 people.", date(2024, 12, 29)),
        ("Yesterday's strike on Nyala killed 22 people.", date(2025, 11, 18)),
        ("More than 300 people have been killed since Sunday.", None),
        ("Troops killed 50 fighters in a clash at Bama last Thursday.", date(2025, 11, 13)),
        ("Some 1,650 soldiers had reached Juba by Tuesday, officials said.", date(2025, 11, 18)),
    ],
)
def test_the_day_of_an_event_is_not_that_of_the_saying(text: str, day: date | None) -> None:
    found = [figure for figure in read(text) if figure.status.value == "asserted"]
    assert found
    assert found[0].as_of == day


def test_the_figures_of_one_event_share_its_day() -> None:
    figures = read(
        "A drone struck a hospital in El Fasher on Monday. Twelve people were killed. Another 30 were wounded."
    )
    assert [figure.as_of for figure in figures] == [date(2025, 11, 17)] * 2
    assert {figure.place for figure in figures} == {"El Fasher"}


def test_without_a_date_of_publication_no_weekday_is_resolved() -> None:
    (figure,) = read("Seventeen people were killed in Kharkiv on Monday.", published=None)
    assert figure.as_of is None
    assert figure.scope is INCIDENT


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("since Saturday", "2025-11-15"),
        ("since 1 November", "2025-11-01"),
        ("since Oct. 28", "2025-10-28"),
        ("since the truce collapsed on Sunday", "2025-11-16"),
        ("since the truce collapsed on 1 November", "2025-11-01"),
        ("since May", None),
        ("since early November", "2025-11-01"),
        ("since late November", "2024-11-20"),
        ("since the start of the year", None),
        ("in the past week", None),
    ],
)
def test_from_which_day_a_figure_counts(words: str, since: str | None) -> None:
    (found,) = read(f"At least 300 people have been killed {words}, the UN said.")
    assert (found.scope, str(found.since) if found.since else None) == (PERIOD, since)


def test_the_same_days_are_those_of_the_figure_before() -> None:
    told = (
        "The army said it had lost 19 men since Saturday. More than 150 rebels were killed in the same days, it said."
    )
    assert {str(figure.since) for figure in read(told)} == {"2025-11-15"}
