"""Writes this time line: a daily official counter over 400 days, and the alerts that the rules ask for.

`python make_events.py` writes events.jsonl and expected.jsonl beside this file; the same seed gives the same files. The
alerts are worked out here from the rules as they are written (five per cent from the figure last told, a doubtful
figure told once), with nothing of monitor's own code. All figures, tanks and outlets are invented.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = 20240102
FIRST_DAY = date(2024, 1, 2)
DAYS = 400
START = 361_480
STEP = 0.05

DIGIT_DROPPED, ZERO_ADDED, RECOUNT = 101, 214, 322
QUIET = {day + off for day in (DIGIT_DROPPED, ZERO_ADDED, RECOUNT) for off in range(-4, 5)}
"""Days around a slip, on which nothing else is out of the ordinary."""

KYIV, LONDON = "Ukraine", "United Kingdom"
NAMES = {KYIV: ["UA", "Kyiv", "General Staff"], LONDON: ["UK", "Britain", "Ministry of Defence"]}


@dataclass(frozen=True, slots=True)
class Saying:
    """One text as it turns up: what it says of the running total, by whom, for which day; None where it gives none."""

    at: datetime
    url: str
    outlet: str
    title: str
    text: str
    party: str | None = None
    total: int | None = None
    day: date | None = None
    published: datetime | None = None
    why: str = ""


@dataclass
class Line:
    """What the reader knows of one party: the figure last told, and one told with "please check"."""

    told: int
    newest: date
    doubtful: int | None = None
    doubtful_url: str = ""
    doubtful_day: date | None = None


@dataclass
class Reader:
    """Works out the alerts by the rules."""

    lines: dict[str, Line] = field(default_factory=dict)

    def hears(self, saying: Saying) -> list[dict[str, object]]:
        """The alerts that have to follow one text."""
        party, total, day = saying.party, saying.total, saying.day
        if party is None or total is None or day is None:
            return []
        line = self.lines.get(party)
        if line is None:
            return self._first(party, total, day)
        if line.doubtful is not None:
            return self._after_doubt(line, party, saying)
        if day < line.newest:
            return []
        line.newest = day
        if abs(total - line.told) < STEP * line.told:
            return []
        if total < line.told or total >= 10 * line.told:
            line.doubtful, line.doubtful_url, line.doubtful_day = total, saying.url, day
            return [row(party, total, "raised" if total > line.told else "lowered", check=True)]
        line.told = total
        return [row(party, total, "raised")]

    def _first(self, party: str, total: int, day: date) -> list[dict[str, object]]:
        """Between two parties each figure is widened by a tenth; all of these are far enough apart or the first."""
        others = [other.told for other in self.lines.values()]
        self.lines[party] = Line(total, day)
        if not others:
            return [row(party, total, "first")]
        assert total * 1.1 + 5_000 < min(others) * 0.9 - 5_000, "meant to differ clearly"
        return [row(party, total, "differs")]

    def _after_doubt(self, line: Line, party: str, saying: Saying) -> list[dict[str, object]]:
        """The same page or a later day decides: back on the old path is a correction, on from the doubtful figure
        confirms it without a word."""
        total, day = saying.total or 0, saying.day or line.newest
        assert line.doubtful is not None
        if saying.url != line.doubtful_url and day == line.doubtful_day:
            return []
        line.newest = day
        back = line.told <= total < line.told * 1.1
        on = line.doubtful <= total < line.doubtful * 1.02
        assert back != on, "meant to be clear"
        line.told, line.doubtful = (total if back else line.doubtful), None
        return [row(party, total, "corrected")] if back else []


def row(party: str, total: int, kind: str, *, check: bool = False) -> dict[str, object]:
    """One alert that has to follow."""
    wanted = {"measure": "casualties", "party": party, "low": total, "accept": NAMES[party], "kind": kind}
    return wanted | ({"check": True} if check else {})


def spell(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


class Press:
    """Texts about the counter, in many wordings. Tanks, drones, villages and money count no people."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.tanks, self.guns, self.vehicles, self.drones = 5_990, 8_510, 11_400, 6_700

    def hardware(self) -> list[str]:
        """Another day's hardware, each counted on its own."""
        pick = self.chance.randint
        new = pick(3, 21), pick(12, 60), pick(20, 90), pick(15, 80)
        self.tanks, self.guns = self.tanks + new[0], self.guns + new[1]
        self.vehicles, self.drones = self.vehicles + new[2], self.drones + new[3]
        return [
            f"tanks: {self.tanks:,} (+{new[0]})",
            f"artillery systems: {self.guns:,} (+{new[1]})",
            f"vehicles and fuel tankers: {self.vehicles:,} (+{new[2]})",
            f"drones: {self.drones:,} (+{new[3]})",
        ]

    def front(self) -> str:
        """What else a report says."""
        pick = self.chance.randint
        return self.chance.choice(
            [
                (
                    f"In all {pick(60, 230)} clashes were recorded along the front in the past 24 hours, most of them "
                    f"near Pokrovsk and Kupiansk. Air defences brought down {pick(12, 90)} of {pick(91, 130)} drones."
                ),
                (
                    f"Russia carried out {pick(2, 9)} missile strikes and {pick(40, 120)} air strikes, and dropped "
                    f"{pick(60, 190)} guided bombs. Ukrainian aircraft hit {pick(3, 17)} "
                    f"areas where equipment was massed."
                ),
                (
                    f"The army beat off {pick(2, 9)} attacks at Vovchansk and "
                    f"{pick(11, 45)} at Lyman. The situation near "
                    f"Chasiv Yar is tense, and the line has moved by {pick(200, 900)} metres."
                ),
                (
                    f"The enemy shelled {pick(100, 160)} settlements in {pick(7, 12)} regions. Power was cut off in "
                    f"{pick(20, 80)} villages; repairs will cost some {pick(3, 40)} million hryvnias."
                ),
            ]
        )

    def communique(self, day: date, total: int, lost: int) -> tuple[str, str]:
        """Title and text of the official report of a day."""
        tables, front = self.hardware(), self.front()
        staff = "the General Staff of the Armed Forces of Ukraine"
        hardware = f"It also lists {self.tanks:,} tanks and {self.drones:,} drones since the beginning."
        return self.chance.choice(
            [
                (
                    f"Total combat losses of the enemy as of {spell(day)}",
                    (
                        f"The total combat losses of the Russian army from 24 February 2022 to {spell(day)} amount to "
                        f"about {total:,} personnel, {lost:,} of them in the past day, {staff} said on {day:%A}.\n\n"
                        f"{hardware} The figures are being checked; fighting makes the count difficult.\n\n{front}"
                    ),
                ),
                (
                    f"Enemy losses, {spell(day)}",
                    f"Combat losses of Russian troops since the beginning of the full-scale war, as of {spell(day)}, "
                    f"according to {staff}:\n\n- personnel: about {total:,} (+{lost:,})\n"
                    + "".join(f"- {line}\n" for line in tables)
                    + f"\n{front}",
                ),
                (
                    f"General Staff's morning report, {spell(day)}",
                    (
                        f"Over the past day Russian troops lost another {lost:,} men "
                        f"killed and wounded, {staff} said in "
                        f"its morning report on {day:%A}. That brings Russia's total losses in personnel since "
                        f"24 February 2022 to {total:,}.\n\n{hardware}\n\n{front}"
                    ),
                ),
                (
                    f"Losses of the Russian army on day {(day - date(2022, 2, 23)).days:,} of the war",
                    (
                        f"As of the morning of {spell(day)}, some {total:,} Russian "
                        f"soldiers had been killed or wounded "
                        f"since the start of the full-scale invasion, {staff} reported. "
                        f"The day before, Russia's losses "
                        f"came to {lost:,} soldiers.\n\n{front}\n\n{hardware}"
                    ),
                ),
            ]
        )

    def retelling(self, day: date, total: int, lost: int, outlet: str) -> tuple[str, str]:
        """Title and text of another outlet about the same report."""
        front = self.front()
        return self.chance.choice(
            [
                (
                    f"General Staff: Russia has lost {total:,} troops in Ukraine since 24 February 2022",
                    (
                        f"Russia has lost {total:,} troops in Ukraine since it began its full-scale invasion on "
                        f"24 February 2022, Ukraine's General Staff reported on {day:%A}. This number includes "
                        f"{lost:,} casualties that Russian forces suffered over the past day.\n\n{front}"
                    ),
                ),
                (
                    f"Kyiv counts {lost:,} Russian losses in a day",
                    (
                        f"KYIV, {day:%B} {day.day} ({outlet}) - Russia's losses in manpower since February 2022 have "
                        f"reached {total:,}, according to Ukraine's General Staff. In the past 24 hours it lost "
                        f"{lost:,} soldiers, killed or wounded.\n\nMoscow does not publish figures of its own; what "
                        f"either side says can't be checked.\n\n{front}"
                    ),
                ),
                (
                    f"Russian casualties top {total // 1000 * 1000:,}, Ukraine says",
                    (
                        f"More than {total // 1000 * 1000:,} Russian soldiers have been killed or wounded since the "
                        f"full-scale invasion began, Ukraine's General Staff said on "
                        f"{day:%A}.\n\nA group of journalists "
                        f"that searches obituaries and cemeteries said in spring that its work goes on in 80 regions. "
                        f"{front}"
                    ),
                ),
            ]
        )

    def week(self, day: date, in_week: int) -> tuple[str, str]:
        """Title and text on the past seven days alone."""
        front = self.front()
        return self.chance.choice(
            [
                (
                    f"Russia's losses averaged {in_week // 7:,} a day last week",
                    (
                        f"Russian forces lost an average of {in_week // 7:,} soldiers a day "
                        f"over the past week, killed and "
                        f"wounded, figures of Ukraine's General Staff show. That is {in_week:,} in seven days.\n\n"
                        f'Analysts see infantry assaults in small groups as the reason. "They send four men where they '
                        f'used to send forty," said one, who has followed the front for ten years.\n\n{front}'
                    ),
                ),
                (
                    "The week at the front",
                    (
                        f"{in_week:,} Russian soldiers were killed or wounded in the past "
                        f"week, Ukraine's General Staff "
                        f"said on {day:%A}. The week before brought a similar "
                        f"number.\n\n{front}\n\nThe weather will stay "
                        f"wet, with 8 degrees in Kharkiv and 11 in Kherson."
                    ),
                ),
            ]
        )

    def ministry(self, day: date, total: int, rate: int) -> tuple[str, str]:
        """Title and text of the monthly update of the British ministry."""
        front = self.front()
        return self.chance.choice(
            [
                (
                    "UK intelligence update on Russian casualties",
                    (
                        f"LONDON - Russian forces have suffered approximately {total:,} "
                        f"casualties, killed and wounded, "
                        f"since the start of the full-scale invasion of Ukraine in "
                        f"February 2022, Britain's Ministry of "
                        f"Defence said in an intelligence update on {day:%A}.\n\nThe "
                        f"average daily losses over the past "
                        f"month stood at {rate:,}. The ministry expects the rate to remain high.\n\n{front}"
                    ),
                ),
                (
                    "Britain on Russia's price for slow advances",
                    (
                        f"Since February 2022 Russia has likely sustained around {total:,} casualties in Ukraine, the "
                        f"UK Ministry of Defence said on {day:%A} in a post with a map and two charts.\n\n"
                        f"Its analysts take {rate:,} as the average of a day in the past "
                        f"month. They named three causes: "
                        f"thin training, few armoured vehicles and mines.\n\n{front}"
                    ),
                ),
            ]
        )


def sayings() -> Iterator[Saying]:
    """All texts, in no order."""
    chance = random.Random(SEED)
    press, total, week, month = Press(chance), START, 0, 0
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        lost = chance.randint(690, 1_640)
        total, week, month = total + lost, week + lost, month + lost
        if number == RECOUNT:
            total = total * 9 // 10 + 7
        yield from of_day(press, number, day, total, lost)
        if day.weekday() == 6 and number > 6:
            title, text = press.week(day, week)
            week = 0
            yield Saying(
                moment(day, 16),
                f"https://steppeherald.example.org/weekly/{day}",
                "Steppe Herald",
                title,
                text,
                why="a rate of a week says nothing against the total",
            )
        if day.day == 12:
            figure = round(total * 0.74, -3) if number < RECOUNT else round(total * 0.82, -3)
            title, text = press.ministry(day, int(figure), month // 30)
            month = 0
            yield Saying(
                moment(day, 10, 30),
                f"https://thamesnews.example.org/defence/{day}",
                "Thames News",
                title,
                text,
                LONDON,
                int(figure),
                day,
                why="the monthly figure of another party",
            )


def of_day(press: Press, number: int, day: date, total: int, lost: int) -> Iterator[Saying]:
    """The official report of a day, what may befall it, and who else carries it."""
    chance, page = press.chance, f"https://staff-reports.example.org/en/{day}"
    fate = (
        "plain"
        if number in QUIET or number == 0
        else chance.choices(
            ("plain", "missed", "late", "twice", "touched", "outlet", "only outlet", "outlet first"),
            (74, 3, 2, 3, 2, 10, 3, 3),
        )[0]
    )
    title, text = press.communique(day, total, lost)
    at = moment(day, 5, chance.randint(10, 50))
    official = Saying(at, page, "Staff Reports", title, text, KYIV, total, day)
    if number in (DIGIT_DROPPED, ZERO_ADDED, RECOUNT):
        yield from befallen(official, number, total)
        return
    if fate not in ("missed", "late", "only outlet", "outlet first"):
        yield official
    if fate == "late":
        arrives = moment(day + timedelta(days=2), 6, 30)
        yield vary(official, at=arrives, published=at, why="turns up two days late")
    elif fate == "twice":
        yield vary(official, at=at + timedelta(minutes=40), url=page.replace("/en/", "/archive/"), why="the same again")
    elif fate == "touched":
        yield vary(
            official,
            at=at + timedelta(hours=3),
            published=at,
            text=text + f"\n\nUpdated: {spell(day)}, 11:20",
            why="the same page with a time of update",
        )
    elif "outlet" in fate:
        name = chance.choice(("Steppe Herald", "Dnipro Wire", "Thames News"))
        title, text = press.retelling(day, total, lost, name)
        given = total // 1000 * 1000 if f"{total:,}" not in text else total
        slug = name.lower().replace(" ", "")
        yield Saying(
            moment(day, chance.randint(7, 18), 5),
            f"https://{slug}.example.org/{day}/losses",
            name,
            title,
            text,
            KYIV,
            given,
            day,
            why=f"another outlet: {fate}",
        )
        if fate == "outlet first":
            yield vary(official, at=moment(day, 19, 30))


def befallen(official: Saying, number: int, total: int) -> Iterator[Saying]:
    """A report with a slip in its total, or with a total that was counted anew."""
    right = f"{total:,}"
    if number == RECOUNT:
        note = "\n\nThe staff has taken out reports that two brigades had sent in twice since autumn, it said."
        yield vary(official, text=official.text + note, why="the total falls by a tenth: please check")
        return
    digits = str(total)
    wrong = int(digits[:2] + digits[3:]) if number == DIGIT_DROPPED else total * 10
    slip = vary(official, text=official.text.replace(right, f"{wrong:,}"), total=wrong, why="a slip: please check")
    assert slip.text != official.text
    yield slip
    if number == ZERO_ADDED:
        at = official.at + timedelta(hours=2)
        yield vary(official, at=at, published=official.at, why="the slip is put right on its page")


def vary(saying: Saying, **changed: object) -> Saying:
    return Saying(**{name: getattr(saying, name) for name in Saying.__slots__} | changed)  # type: ignore[arg-type]


def written() -> dict[str, str]:
    """The content of both files."""
    reader, events, expected = Reader(), [], []
    for number, saying in enumerate(sorted(sayings(), key=lambda one: (one.at, one.url)), 1):
        name = f"g{number:03}"
        events.append(
            {
                "id": name,
                "at": f"{saying.at:%Y-%m-%dT%H:%M:%SZ}",
                "url": saying.url,
                "outlet": saying.outlet,
                "title": saying.title,
                "published": f"{saying.published or saying.at:%Y-%m-%dT%H:%M:%SZ}",
                "text": saying.text,
            }
        )
        expected.append({"after": name, "must": reader.hears(saying), "may": [], "why": saying.why})
    files = {"events.jsonl": events, "expected.jsonl": expected}
    return {name: "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows) for name, rows in files.items()}


if __name__ == "__main__":
    for name, content in written().items():
        (HERE / name).write_text(content, encoding="utf-8")
