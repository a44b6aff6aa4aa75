"""The day that a text ties to a figure: dates in both orders, weekdays, "two days ago"; never the day of saying it."""

from datetime import date

import pytest

from monitor.extract import extract

PUBLISHED = date(2024, 11, 13)  # a Wednesday

DAYS = [
    ("A bomb killed 14 people in the market two days ago.", "2024-11-11"),
    ("Three days ago 22 soldiers were killed in an ambush near Gao.", "2024-11-10"),
    ("The ferry blast a week ago killed 31 people.", "2024-11-06"),
    ("The shelling wounded 12 civilians this morning.", "2024-11-13"),
    ("Nine people were killed in a raid this afternoon.", "2024-11-13"),
    ("A drone strike killed six policemen earlier today.", "2024-11-13"),
    ("Eleven soldiers were killed today in an ambush.", "2024-11-13"),
    ("Eight miners were shot dead overnight.", None),
    ("The army's losses from 24 February 2022 to 31 March 2024 amount to 12,450 men.", "2024-03-31"),
    ("Between March 3, 2021 and June 9, 2023, 412 people were killed.", "2023-06-09"),
    ("A car bomb killed 17 people last night.", "2024-11-12"),
    ("Gunmen killed 19 villagers yesterday.", "2024-11-12"),
    ("Gunmen killed 19 villagers the day before yesterday.", "2024-11-11"),
    ("In the early hours of Tuesday a missile killed 13 people.", "2024-11-12"),
    ("A missile hit the barracks in the early hours of Tuesday, killing 13 soldiers.", "2024-11-12"),
    ("A strike on Friday night killed 15 people.", "2024-11-08"),
    ("A strike late on Friday killed 15 people.", "2024-11-08"),
    ("The attack on Sunday morning left 40 dead.", "2024-11-10"),
    ("Sunday's attack left 40 dead.", "2024-11-10"),
    ("Last Thursday, 26 soldiers were killed in an ambush.", "2024-11-07"),
    ("The rebels killed 26 soldiers on 3 March.", "2024-03-03"),
    ("The rebels killed 26 soldiers on March 3.", "2024-03-03"),
    ("The rebels killed 26 soldiers on March 3rd, 2022.", "2022-03-03"),
    ("The rebels killed 26 soldiers on the 3rd of March.", "2024-03-03"),
    ("On 12 December a mortar round killed five children.", "2023-12-12"),
    ("As of noon on 3 March, 412 people had been killed.", "2024-03-03"),
    ("As of 3 March, 412 people had been killed.", "2024-03-03"),
    ("As of March 3, 2024, 412 people had been killed.", "2024-03-03"),
    ("As of Monday, 412 people had been killed.", "2024-11-11"),
    ("By Monday 412 people had been killed.", "2024-11-11"),
    ("By the end of May, 412 people had been killed.", "2024-05-31"),
    ("By the end of February 2023 the army had lost 8,200 soldiers killed.", "2023-02-28"),
    ("At the end of October 2,300 people had been killed.", "2024-10-31"),
    ("By early June 412 people had been killed.", None),
    ("From 3 to 9 November the mission recorded 47 civilians killed.", "2024-11-09"),
    ("Between 3 and 9 November 47 civilians were killed.", "2024-11-09"),
    ("Between November 3 and November 9, 47 civilians were killed.", "2024-11-09"),
    ("From November 3 to 9, 47 civilians were killed in the province.", "2024-11-09"),
    ("A total of 47 civilians were killed from 3 to 9 November.", "2024-11-09"),
    ("The army said on Tuesday that 12 soldiers were killed.", None),
    ("Twelve soldiers were killed, the army said on Tuesday.", None),
    ("The army said on Tuesday that 12 soldiers were killed on Sunday.", "2024-11-10"),
    ("The army said two days ago that 12 soldiers had been killed.", None),
    ("The army said yesterday that 12 soldiers had been killed.", None),
    ("The ministry said this morning that 12 soldiers had been killed.", None),
    ("Twelve soldiers were killed, the ministry announced a week ago.", None),
    ("Twelve soldiers were killed two days ago, the ministry said on Wednesday.", "2024-11-11"),
    ("Two days after the blast 12 people were still missing.", None),
    ("Since 3 March 412 people have been killed.", None),
    ("Since last week 412 people have been killed.", None),
    ("Last month 90 people were killed in the province.", None),
    ("The war has killed 4,000 people since Monday.", None),
    ("The militia, which attacked the town on 3 March, has killed 412 people since.", None),
    ("The day before, shells had killed 12 people in the same street.", None),
    ("The previous day 12 people were killed in the same street.", None),
    ("Rebels killed 30 soldiers on Nov 9.", "2024-11-09"),
    ("Rebels killed 30 soldiers on 9 Nov.", "2024-11-09"),
    ("Rebels killed 30 soldiers on Nov. 9, 2023.", "2023-11-09"),
    ("Rebels killed 30 soldiers on Sept. 9.", "2024-09-09"),
    ("The army lost 30 soldiers in the 9 November ambush.", "2024-11-09"),
    ("The 9 November ambush killed 30 soldiers.", "2024-11-09"),
    ("The November 9 ambush killed 30 soldiers.", "2024-11-09"),
    ("Killed as of 9 November: 412", "2024-11-09"),
    ("On 3/3/2024 rebels killed 26 soldiers.", "2024-03-03"),
    ("On 2024-03-03 rebels killed 26 soldiers.", "2024-03-03"),
    ("Wednesday's raid killed 26 soldiers.", "2024-11-13"),
    ("A raid on Wednesday killed 26 soldiers.", "2024-11-13"),
    ("Monday, 11 November: shelling killed seven people.", "2024-11-11"),
    ("The blast, which killed 25 people on Saturday, was the worst in years.", "2024-11-09"),
    ("About 300 troops had arrived by Thursday.", "2024-11-07"),
    ("Rebels shelled the town on Monday. The day before, 12 people were killed in the same street.", "2024-11-10"),
    ("On Tuesday the army said 12 soldiers had been killed.", None),
    ("On Tuesday, twelve people were killed, police said.", "2024-11-12"),
    ("On 3/4/2024 rebels killed 26 soldiers.", None),
    ("The army said in a statement on Tuesday that 12 soldiers were killed.", None),
    ("As of 3 March, 412 troops were deployed in Gao.", "2024-03-03"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_the_event(text: str, day: str | None) -> None:
    found = extract(text, published=PUBLISHED).figures
    assert [str(figure.as_of) if figure.as_of else None for figure in found] == [day]
