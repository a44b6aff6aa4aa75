"""Where a figure belongs: the town of the event, not of the speaker, the origin or the hospital."""

from datetime import date

import pytest

from monitor.extract import extract

TODAY = date(2025, 11, 19)


def places(text: str) -> list[str | None]:
    return [figure.place for figure in extract(text, published=TODAY).figures]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # the smallest place that is named wins
        ("Thirty soldiers were killed near Sudzha in Russia's Kursk region.", "Sudzha"),
        ("Thirty soldiers were killed in Sudzha in Kursk in Russia.", "Sudzha"),
        ("A strike killed nine people in Khan Younis in the south of Gaza.", "Khan Younis"),
        ("Rebels killed 12 soldiers at Djibo in Burkina Faso.", "Djibo"),
        # a land set before the sentence, and a place in it that no list knows; an acronym is none
        ("In Burundi, rebels raided a camp in Ruyigi province and killed 28 civilians.", "Ruyigi"),
        ("In Peru, rebels killed 12 peasants in the village of Lucanamarca.", "Lucanamarca"),
        ("Rebels killed 21 people in an IDP camp.", None),
        # the head of a row is a land, or a side and no place
        ("Thailand: 14 civilians dead.", "Thailand"),
        ("Hamas: 9 killed.", None),
        # a total of a war did not fall at the spot where those fell that raise it; a region may have seen both
        ("A mine near Gereshk killed soldiers, bringing the military toll in Afghanistan to 185.", "Afghanistan"),
        ("A mine in Rafah killed soldiers, bringing the army's losses since October to 846.", None),
        ("Raids across Chhattisgarh go on, taking the number of rebels killed this year to 81.", "Chhattisgarh"),
        ("A blast in Gao killed guards, bringing the toll to 31.", "Gao"),
        # what is taken is where it was fought for
        ("Federal troops have taken Ogoja, a spokesman said, with the loss of 23 men killed.", "Ogoja"),
        # a site inside a town is the town
        ("A strike on the Saudi Maternity Hospital in El Fasher killed 70 people.", "El Fasher"),
        ("Shells killed 54 people at a market in Omdurman.", "Omdurman"),
        ("At least 21 people died in a camp near Goma.", "Goma"),
        ("A bomb killed 30 worshippers at a mosque in Maiduguri.", "Maiduguri"),
        ("Twelve people were killed in the Basta district of Beirut.", "Beirut"),
        ("Mortuary staff counted 773 bodies in Goma's morgues.", "Goma"),
        ("In Kalawi, a village in Shan state, 14 people were burned to death.", "Kalawi"),
        ("Nine soldiers died at the garrison of Dosso.", "Dosso"),
        ("The battle for Tripoli has cost 1,048 lives, the WHO said.", "Tripoli"),
        ("A strike near Jurf al-Nasr killed 12 militiamen.", "Jurf al-Nasr"),
        ("A strike on Nasser Hospital killed 12 people.", "Khan Younis"),
        ("Staff at Al-Shifa Hospital said 12 people were killed.", "Gaza City"),
        # possessives
        ("A bomb killed 19 people in Sarajevo's market.", "Sarajevo"),
        ("Shelling killed eight people in Ukraine's Kherson region.", "Kherson"),
        ("Cholera and shelling left 90 dead in Darfur's camps.", "Darfur"),
        ("A raid killed five people in Gaza's north.", "Gaza"),
        ("Mogadishu's twin car bombs have now killed 114 people.", "Mogadishu"),
        ("As many as 150,000 people have died in Sudan's war.", "Sudan"),
        ("A bomb in the Chechen capital killed 46 people.", "Grozny"),
        ("A bomb in the Chechen capital, Grozny, killed 46 people.", "Grozny"),
        # what lies by the compass of a town is by it; streets and the like lie in theirs
        ("Eleven men died in clashes south of Tripoli on Wednesday.", "Tripoli"),
        ("Paratroops found 18 hostages dead in the streets of Stanleyville.", "Stanleyville"),
        ("Rebels attacked the Palai air base and killed 31 soldiers.", "Palai"),
        # where a report was filed, if nothing else tells; of a capital its land
        ("YALA (Agency) - Gunmen stormed two checkpoints, killing 13 guards.", "Yala"),
        ("KABUL (Reuters) - A bomber killed 12 people, three of them Italian soldiers.", "Afghanistan"),
        ("NICOSIA, Cyprus - Iraq said its artillery had killed 53 Iranian soldiers.", None),
        ("PORT SUDAN - A drone killed 40 people outside El Obeid.", "El Obeid"),
        ("Residents of Bama said Boko Haram had killed 60 people in their town.", "Bama"),
        # a region's office tells of its region
        ("Crimea's governor said a drone strike had killed two people.", "Crimea"),
        ("The Falklands: 255 Britons and 649 Argentines were killed.", "Falkland Islands"),
        # no preposition
        ("A car bomb ripped Omagh apart, killing 28 people.", "Omagh"),
        ("Rebels stormed Goma and 45 soldiers were killed.", "Goma"),
        ("Artillery shelled Kherson, killing three people.", "Kherson"),
        ("The Omagh bombing killed 29 people.", "Omagh"),
        ("Beirut strike kills 20 people", "Beirut"),
        ("Kharkiv: six people killed and 40 wounded in a missile strike", "Kharkiv"),
        # where people come from is not where they fell
        ("About 300 soldiers from North Korea were killed in Kursk.", "Kursk"),
        ("Some 3,000 soldiers from North Korea have been killed or wounded.", None),
        ("Forty men from Chechnya were killed near Bakhmut.", "Bakhmut"),
        ("Twelve fighters from Syria were captured in Libya.", "Libya"),
        ("Two residents of Sderot were killed by a rocket.", "Sderot"),
        ("A Shahed drone built in Tatarstan killed three people in Sumy.", "Sumy"),
        ("The captain, who was born in Lviv, said nine of his men had fallen in Vovchansk.", "Vovchansk"),
        ("Eleven wounded miners were flown to Lusaka after the collapse at Chingola.", "Chingola"),
        ("Sixteen people were killed in US strikes on Sanaa, the Houthis said.", "Sanaa"),
        ("Crowds attended the funeral in Najaf of 12 men killed in a strike near Tal Afar.", "Tal Afar"),
        ("The group, which is based in Britain, documented 110 dead in Hama.", "Hama"),
        ("Speaking in Skopje, the general said 9 soldiers had died at Kosare.", "Kosare"),
        ("At a news conference in Paris, the minister said 9 soldiers had died.", None),
        ("A monitor based in Britain said 12 soldiers were killed in Hama.", "Hama"),
        ("During a visit to Warsaw, the president said 900 soldiers had died.", None),
        ("At a meeting in Goma, gunmen killed 12 people, police said.", "Goma"),
        # the place of the speaker or of the statement is not that of the event
        ("Up to 40 people died in Aden, the coordinator said in a statement from Amman.", "Aden"),
        ("Some 40 soldiers were killed, the minister told reporters in Geneva.", None),
        ("In Kursk 300 soldiers were killed, officials in Seoul said.", "Kursk"),
        ("South Korea's parliament was told that 300 soldiers had been killed in Kursk.", "Kursk"),
        ("Officials in Kyiv said 17 people had been killed in Odesa.", "Odesa"),
        # but where nothing else says where, the local official or the country's own organs do
        ("An official in Maiduguri said 12 people had been killed in a raid.", "Maiduguri"),
        ("Chad's government said 40 soldiers had been killed in an ambush.", "Chad"),
        ("Iran's health ministry says 610 people were killed in twelve days of Israeli attacks.", "Iran"),
        ("Lebanon's health minister, Firass Abiad, said 558 people had been killed in one day.", "Lebanon"),
        ("Nigeria's army said it had killed 80 insurgents in March.", "Nigeria"),
        # the hospital that the wounded were taken to is not where they were hit
        ("Nineteen people were wounded in the strike and taken to a hospital in Tawila.", None),
        # a seat of government is a town of its own
        ("A drone strike on Port Sudan killed three people.", "Port Sudan"),
        ("A missile hit Tel Aviv, killing two people.", "Tel Aviv"),
        # parties that act are no places
        ("Russia killed 12 Ukrainian soldiers, Kyiv said.", None),
        ("Israel said its army had killed 15 fighters in Jenin.", "Jenin"),
        ("Hezbollah fired rockets, and 12 children died in Majdal Shams.", "Majdal Shams"),
        # unknown names and a nation's ground
        ("Eighty-four paratroopers fell on a height above Ulus-Kert.", "Ulus-Kert"),
        ("About 80 soldiers were killed on the Israeli side.", "Israel"),
        ("At least 60 people were killed in the village of Qorraxay.", "Qorraxay"),
        # times are no places
        ("Some 63 soldiers were killed in the New Year's strike on Makiivka.", "Makiivka"),
        # troops where they are sent or help
        ("North Korea sent 10,000 soldiers to help Russia.", "Russia"),
        ("More than 10,000 troops are stationed in Kursk.", "Kursk"),
        ("Rwanda has 4,000 soldiers in eastern Congo.", "Democratic Republic of Congo"),
    ],
)
def test_the_place_of_a_figure(text: str, place: str | None) -> None:
    found = places(text)
    assert found
    assert found[0] == place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the place of the event holds until another is named
        ("A drone struck a school in Nyala. Twelve people were killed. Another 30 were wounded.", ["Nyala", "Nyala"]),
        ("Massacre in Omagh\nA bomb killed 28 people. More than 100 were hurt.", ["Omagh", "Omagh"]),
        (
            "A blast hit a bus in Quetta. Nine people died. In Peshawar, two policemen were shot dead.",
            ["Quetta", "Peshawar"],
        ),
        ("Rebels overran Elephant Pass. The army put its dead at 120.", ["Elephant Pass"]),
        ("The frigate sank off Kalamata. Sixty-one sailors are missing.", ["Kalamata"]),
        ("Fighting raged in Tigray. The dead are put at 3,000.", ["Tigray"]),
        ("Three people were killed in Odesa, two in Kharkiv and one in Sumy.", ["Odesa", "Kharkiv", "Sumy"]),
        ("Washington left northeast Syria, keeping 1,400 soldiers in the country.", ["Syria"]),
        # troops that are "there"
        (
            "Ten thousand soldiers were sent to Valencia. Some 2,000 troops were already at work there.",
            ["Valencia"] * 2,
        ),
        ("Bombs went off in Kharkiv. Eleven people were killed there, and 12 in Sumy.", ["Kharkiv", "Sumy"]),
        # a dateline sets no scene, nor does where somebody spoke
        ('"Nothing is left of Guernica," he said in Bilbao. Officials speak of 1,654 killed.', ["Guernica"]),
        ("GENEVA, Nov 19 (Agency) - A strike killed 12 people in Nyala. Another 30 were hurt.", ["Nyala", "Nyala"]),
        # a running total has no place from the strike told before it
        ("A strike killed nine people in Khan Younis. In all, 60,000 people have been killed.", ["Khan Younis", None]),
    ],
)
def test_a_place_holds_until_another_is_named(text: str, expected: list[str | None]) -> None:
    assert places(text) == expected
