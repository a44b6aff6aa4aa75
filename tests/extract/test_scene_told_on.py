"""The setting of each figure in short reports of many wars: where, over what time, and on which day."""

from datetime import date

import pytest

from monitor.extract import extract
from monitor.extract.forms import figure_form

REPORTS = [
    (
        "2025-05-18",
        (
            "Israel's military said it killed more than 20 Hamas fighters in Jabalia over the past 24 hours. Hamas "
            "was silent. Gaza's health ministry reported 48 people killed in the same period, bringing the toll since "
            "7 October 2023 to 53,339."
        ),
        [
            "killed 20: Jabalia, period",
            "killed 48: Gaza, period",
            "killed 53339: Gaza, cumulative",
        ],
    ),
    (
        "2025-03-05",
        "Seoul estimated the losses in Kursk at 3,000 in January. It now speaks of 4,700.",
        [
            "casualties 3000: Kursk, cumulative",
        ],
    ),
    (
        "2024-05-14",
        (
            "GAZA, May 14 (Wire) - Israeli tanks pushed deeper into Jabalia on Tuesday. At least 12 "
            "people were killed in an air strike on a house in the camp, medics at Kamal Adwan Hospital "
            "said. The military said its forces had killed dozens of gunmen in eastern Rafah. Two "
            "soldiers were killed by a mortar, the army said."
        ),
        [
            "killed 12: Jabalia, incident",
        ],
    ),
    (
        "2024-11-20",
        (
            "An Israeli strike hit a school in Nuseirat on Wednesday, killing 17 people, staff at Nasser "
            "Hospital in Khan Younis said. Doctors at Al-Aqsa Martyrs Hospital said they had received 9 "
            "bodies."
        ),
        [
            "killed 17: Nuseirat, incident, 2024-11-20",
            "killed 9: Nuseirat, incident, 2024-11-20",
        ],
    ),
    (
        "2025-03-12",
        (
            "A bomb went off at a market in Maiduguri on Monday, killing 14 people. In a separate attack "
            "on Tuesday, gunmen on motorbikes shot dead nine farmers in Zabarmari."
        ),
        [
            "killed 14: Maiduguri, incident, 2025-03-10",
            "killed 9: Zabarmari, incident, 2025-03-11",
        ],
    ),
    (
        "2025-03-12",
        (
            "A suicide bomber blew himself up outside a bank in Kabul on Monday, killing six people. The "
            "blast wounded 13 others. On Tuesday a second explosion in Kunduz killed four people and left "
            "10 hurt."
        ),
        [
            "killed 6: Kabul, incident, 2025-03-10",
            "wounded 13: Kabul, incident, 2025-03-10",
            "killed 4: Kunduz, incident, 2025-03-11",
            "wounded 10: Kunduz, incident, 2025-03-11",
        ],
    ),
    (
        "2024-09-09",
        (
            "Russian drones struck Odesa overnight, killing three people and wounding 12, Governor Oleh "
            "Kiper said. In Kharkiv, a guided bomb killed two people on Sunday evening, the mayor said."
        ),
        [
            "killed 3: Odesa, incident",
            "wounded 12: Odesa, incident",
            "killed 2: Kharkiv, incident, 2024-09-08",
        ],
    ),
    (
        "2024-04-10",
        (
            "From 24 February 2022 to 31 March 2024 the UN recorded 10,810 civilians killed and 20,556 "
            "injured in Ukraine."
        ),
        [
            "killed 10810: Ukraine, cumulative, 2024-03-31",
            "wounded 20556: Ukraine, cumulative, 2024-03-31",
        ],
    ),
    (
        "2024-02-10",
        ("Between 1 January and 31 January 2024, 158 civilians were killed in Ukraine, the UN monitors said."),
        [
            "killed 158: Ukraine, period, 2024-01-31",
        ],
    ),
    (
        "2024-02-10",
        ("Fighting between 3 and 9 February left 61 people dead in North Kivu, a civil society group said."),
        [
            "killed 61: North Kivu, period, 2024-02-09",
        ],
    ),
    (
        "2015-04-02",
        (
            "Gunmen from al-Shabab burst into a university in Garissa, in north-eastern Kenya, on "
            "Thursday and killed 147 people, most of them students. The interior minister said 79 people "
            "were wounded. Four attackers were killed."
        ),
        [
            "killed 147: Garissa, incident, 2015-04-02",
            "wounded 79: Garissa, incident, 2015-04-02",
            "killed 4: Garissa, incident, 2015-04-02",
        ],
    ),
    (
        "2020-10-20",
        (
            "Azerbaijan's shelling of Stepanakert wounded four people on Monday, Karabakh officials said. "
            "The enclave's defence ministry said 729 of its troops had died since September 27."
        ),
        [
            "wounded 4: Stepanakert, incident, 2020-10-19",
        ],
    ),
    (
        "2024-08-04",
        (
            "Al-Shabaab fighters attacked a beach in Mogadishu on Friday evening, killing 32 people, "
            "police said on Saturday. The toll has since risen to 37, and 212 people were wounded, the "
            "health minister said on Sunday."
        ),
        [
            "killed 32: Mogadishu, incident, 2024-08-02",
            "killed 37: Mogadishu, incident, 2024-08-02",
            "wounded 212: Mogadishu, incident, 2024-08-02",
        ],
    ),
    (
        "2024-10-01",
        (
            "The bodies were taken to Rafik Hariri hospital in Beirut. The strike on Ain el-Delb killed "
            "45 people, Lebanon's health ministry said."
        ),
        [
            "killed 45: Ain el-Delb, incident",
        ],
    ),
    (
        "2024-10-01",
        (
            "More than 1,000 people have been killed in Lebanon in the past two weeks, its health "
            "ministry said. The Israeli army said eight soldiers had been killed in southern Lebanon on "
            "Wednesday."
        ),
        [
            "killed 1000: Lebanon, period",
            "killed 8: southern Lebanon, incident",
        ],
    ),
    (
        "2017-05-24",
        (
            "The bombing at the Manchester Arena on Monday night killed 22 people. Police said 59 were "
            "injured, and 20 of them were in critical care."
        ),
        [
            "killed 22: Manchester, incident, 2017-05-22",
            "wounded 59: Manchester, incident, 2017-05-22",
        ],
    ),
    (
        "2021-08-27",
        (
            "The suicide attack outside Kabul airport on Thursday killed at least 170 Afghans and 13 U.S. "
            "service members, officials said. The Pentagon said 18 more Americans were wounded and had "
            "been flown to Landstuhl in Germany."
        ),
        [
            "killed 170: Kabul, incident, 2021-08-26",
            "killed 13: Kabul, incident, 2021-08-26",
            "wounded 18: Kabul, incident, 2021-08-26",
        ],
    ),
    (
        "2023-02-08",
        (
            "The earthquake that struck southern Turkey on Monday has killed 8,574 people in the country, "
            "President Erdogan said. In Syria the toll stood at 2,662."
        ),
        [
            "killed 8574: Turkey, incident, 2023-02-06",
            "killed 2662: Syria, incident, 2023-02-06",
        ],
    ),
    (
        "2024-12-03",
        (
            "Clashes at a football match in Nzerekore, Guinea's second city, killed 56 people on Sunday, "
            "the government said."
        ),
        [
            "killed 56: Nzerekore, incident, 2024-12-01",
        ],
    ),
    (
        "2025-04-23",
        (
            "Gunmen opened fire on tourists near Pahalgam in Indian-administered Kashmir on Tuesday, "
            "killing 26 men. It was the deadliest attack on civilians in the region since the Mumbai "
            "shootings in 2008. Seventeen others were injured."
        ),
        [
            "killed 26: Pahalgam, incident, 2025-04-22",
            "wounded 17: Pahalgam, incident, 2025-04-22",
        ],
    ),
    (
        "2024-07-16",
        (
            "ISLAMABAD - Ten Pakistani soldiers were killed when militants rammed a vehicle laden with "
            "explosives into the wall of a cantonment in Bannu on Monday, the army said. All ten "
            "attackers died."
        ),
        [
            "killed 10: Bannu, incident, 2024-07-15",
        ],
    ),
    (
        "1999-08-20",
        (
            "More than 7,000 people are now known to have died in Tuesday's earthquake in north-west "
            "Turkey. In Izmit, the city nearest the epicentre, officials counted 3,242 dead."
        ),
        [
            "killed 7000: Turkey, incident, 1999-08-17",
            "killed 3242: Izmit, incident, 1999-08-17",
        ],
    ),
    (
        "2024-03-25",
        (
            "The death toll from Friday's attack on a concert hall outside Moscow rose to 139 on Monday, "
            "Russia's Investigative Committee said. Some 182 people were injured."
        ),
        [
            "killed 139: Moscow, incident, 2024-03-22",
            "wounded 182: Moscow, incident, 2024-03-22",
        ],
    ),
    (
        "2025-06-20",
        (
            "At least 35 Palestinians were killed on Friday while waiting for aid trucks in central Gaza, "
            "medics said. The health ministry says more than 55,700 Palestinians have been killed in the "
            "war."
        ),
        [
            "killed 35: Gaza, incident, 2025-06-20",
            "killed 55700: Gaza, cumulative",
        ],
    ),
    (
        "2024-01-25",
        (
            "Ukraine's air force denied downing the plane. Russia said 65 captured Ukrainian soldiers "
            "died when the Il-76 came down near the village of Yablonovo in Belgorod region on Wednesday."
        ),
        [
            "killed 65: Yablonovo, incident, 2024-01-24",
        ],
    ),
    (
        "2018-02-25",
        (
            "More than 500 people have been killed in eastern Ghouta in the past week, the monitor said. "
            "The enclave was hit again on Sunday: nine civilians died in Douma, it said."
        ),
        [
            "killed 500: Ghouta, period",
            "killed 9: Douma, incident, 2018-02-25",
        ],
    ),
    (
        "2022-07-07",
        (
            "Boko Haram fighters ambushed a convoy near Njimia on 3 July. Seven soldiers were killed and "
            "three went missing. The army has lost more than 100 men in Borno state this year."
        ),
        [
            "killed 7: Njimia, incident, 2022-07-03",
            "missing 3: Njimia, incident, 2022-07-03",
        ],
    ),
    (
        "2025-02-18",
        (
            "Thirty people were killed in Sudan's White Nile state over three days, the foreign ministry "
            "said. In El Fasher, shelling of the Abu Shouk camp killed six on Monday, a local committee "
            "said."
        ),
        [
            "killed 30: White Nile, period",
            "killed 6: Abu Shouk, incident, 2025-02-17",
        ],
    ),
    (
        "2025-02-18",
        (
            "The war in Sudan has killed tens of thousands. In the capital, Khartoum, 14 people died on "
            "Monday when a shell hit a minibus."
        ),
        [
            "killed 20000: Sudan, cumulative",
            "killed 14: Khartoum, incident, 2025-02-17",
        ],
    ),
    (
        "2025-01-28",
        (
            "At least 17 people were killed and 367 injured in Goma, hospitals in the city said. South "
            "Africa said three more of its soldiers had died, taking the number of its dead in Congo to "
            "13. Uruguay lost one."
        ),
        [
            "killed 13: Democratic Republic of Congo, cumulative",
        ],
    ),
    (
        "2003-08-20",
        (
            "A truck bomb devastated the United Nations headquarters at the Canal Hotel in Baghdad on "
            "Tuesday, killing at least 20 people. More than 100 were wounded. A hospital in the city "
            "reported five more dead."
        ),
        [
            "killed 20: Baghdad, incident, 2003-08-19",
            "wounded 100: Baghdad, incident, 2003-08-19",
        ],
    ),
    (
        "1983-10-25",
        (
            "The bodies of 216 American servicemen have been recovered from the rubble of the Marine "
            "barracks at Beirut airport. The French lost 58 paratroopers in the second blast. In "
            "Washington the President vowed that the marines would stay."
        ),
        [
            "killed 216: Beirut, incident",
        ],
    ),
    (
        "2024-06-30",
        (
            "M23 rebels captured 40 government soldiers in Kanyabayonga on Friday. Another 12 were "
            "captured at Kirumba the next day."
        ),
        [
            "captured 40: Kanyabayonga, incident, 2024-06-28",
            "captured 12: Kirumba, incident, 2024-06-29",
        ],
    ),
    (
        "2013-05-20",
        (
            "Hezbollah fighters and Syrian troops stormed Qusair on Sunday. The opposition said 52 people "
            "were killed in the town; activists in Lebanon said 28 Hezbollah men had died."
        ),
        [
            "killed 52: Qusair, incident, 2013-05-19",
            "killed 28: Qusair, incident, 2013-05-19",
        ],
    ),
    (
        "2022-04-09",
        (
            "A missile hit the railway station in Kramatorsk on Friday morning as thousands waited to "
            "flee. Officials put the number of dead at 52, five of them children. Ninety-eight people "
            "were taken to hospitals in the city and in Dnipro."
        ),
        [
            "killed 52: Kramatorsk, incident, 2022-04-08",
            "wounded 98: Kramatorsk, incident, 2022-04-08",
        ],
    ),
    (
        "2012-08-17",
        (
            "South African police shot dead 34 striking miners at Marikana on Thursday. Police said 78 "
            "were injured and 259 arrested. Ten people, two of them policemen, had died at the mine "
            "earlier in the week."
        ),
        [
            "killed 34: Marikana, incident, 2012-08-16",
            "wounded 78: Marikana, incident, 2012-08-16",
        ],
    ),
    (
        "1968-02-05",
        (
            "U.S. military spokesmen in Saigon said that 12,704 Communists had been killed since the "
            "offensive opened on Jan. 30. In Hue, 21 marines died on Saturday."
        ),
        [
            "killed 21: Hue, incident, 1968-02-03",
        ],
    ),
    (
        "2019-08-05",
        (
            "Twenty-two people were killed at a Walmart in El Paso, Texas, on Saturday. Hours later nine "
            "were shot dead in Dayton, Ohio."
        ),
        [
            "killed 22: El Paso, incident, 2019-08-03",
            "killed 9: Dayton, incident",
        ],
    ),
    (
        "2024-04-14",
        (
            "An avalanche buried a checkpoint in the Salang pass on Saturday night. Five soldiers were "
            "found dead on Sunday and two were still missing, the governor of Parwan, Mohammad Idris, "
            "said."
        ),
        [
            "killed 5: Salang, incident",
            "missing 2: Salang, incident",
        ],
    ),
    (
        "2025-05-02",
        (
            "The Colombian army said on Friday that dissidents had killed seven soldiers in Guaviare on "
            "Sunday. Since mid-April, 27 soldiers and policemen have been murdered across the country, "
            "the defence minister said."
        ),
        [
            "killed 7: Guaviare, incident, 2025-04-27",
            "killed 27: Colombia, period",
        ],
    ),
    (
        "2020-10-16",
        (
            "Over the past week 266 Armenian soldiers were killed, the ministry said on Friday, and 642 have died "
            "since the fighting began. The war between 1988 and 1994 killed 30,000 people."
        ),
        [
            "killed 266: None, period",
            "killed 642: None, cumulative",
            "killed 30000: None, period, 1994-12-31",
        ],
    ),
    (
        "2020-12-03",
        (
            "At least 16 soldiers have been killed since Azerbaijani forces attacked at dawn, Armenia said. Azerbaijan "
            "lost 2,783 troops killed in six weeks of war, its ministry said."
        ),
        ["killed 16: None, cumulative", "killed 2783: None, cumulative"],
    ),
    (
        "2024-12-29",
        ("As of 27 December, 1,200 North Koreans had been killed or wounded in Kursk, Seoul said."),
        [
            "casualties 1200: Kursk, cumulative, 2024-12-27",
        ],
    ),
]


@pytest.mark.parametrize(("published", "text", "told"), REPORTS)
def test_each_figure_has_its_place_its_scope_and_its_day(published: str, text: str, told: list[str]) -> None:
    """Every line is `measure number: place, scope` with the day behind it where the report gives one."""
    figures = [figure_form(figure) for figure in extract(text, published=date.fromisoformat(published)).figures]
    found = {
        f"{row['measure']} {row[end]}: {row['place']}, {row['scope']}{day}"
        for row in figures
        for end in ("low", "high")
        for day in ("", f", {row['as_of']}")
    }
    assert [line for line in told if line not in found] == []
