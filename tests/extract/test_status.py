"""How a text holds a figure: denied, superseded, hypothetical, planned, additional, or simply told."""

import pytest

from monitor.domain.claims import DENIED_BY_ANOTHER
from monitor.extract import extract

OWN = [
    ("Kabul on Thursday withdrew its claim that 61 Pakistani soldiers had been killed.", True),
    ("Kyiv said 600 soldiers were killed. Later it denied that 600 had been killed.", True),
    ("Kabul refuted a Taliban claim that 60 policemen had been killed.", False),
    ("Kyiv said 600 soldiers were killed.\n\nMoscow denied that 600 soldiers had been killed.", False),
    ("A strike killed eight people, civil defence said.\n\nThe army denied that eight people had been killed.", False),
]


@pytest.mark.parametrize(("text", "own"), OWN)
def test_who_denies_a_figure_may_be_another_than_who_said_it(text: str, own: bool) -> None:
    figure = extract(text).figures[-1]
    assert (figure.status.value, DENIED_BY_ANOTHER not in figure.rules) == ("denied", own)


HELD = [
    ("The army denied losing 200 men in the battle.", "denied"),
    ("The army denied that 200 of its men had been killed.", "denied"),
    ("Moscow rejected claims that 500 soldiers had died.", "denied"),
    ("Moscow denied on Monday that 500 of its soldiers had died, and said that Kyiv was lying.", "denied"),
    ("Reports that 90 soldiers were killed are false, the ministry said.", "denied"),
    ("It is not true that 90 soldiers were killed, the general said.", "denied"),
    ("The general called the claim of 90 dead soldiers a fabrication.", "denied"),
    ("Kabul refuted a Taliban claim that 60 policemen had been killed.", "denied"),
    ("Claims that 60 policemen were killed are baseless, Kabul said.", "denied"),
    ("The junta disputed that 120 villagers were killed.", "denied"),
    ("The army said no such thing had happened and that the figure of 300 dead was a lie.", "denied"),
    ("Hanoi did not deny that 300 soldiers had been killed.", "asserted"),
    ("The army denied responsibility for the strike that killed 30 people.", "asserted"),
    ("Rebels denied firing the rocket that killed 14 civilians.", "asserted"),
    ("The government denied involvement in the blast, which killed 14 people.", "asserted"),
    ("The spokesman denied the deaths of 14 soldiers.", "denied"),
    ("A spokesman for the rebels denied reports of 40 dead.", "denied"),
    ("The army denies that any of its men were hurt but said 12 rebels were killed.", "asserted"),
    ("Rumours that 70 soldiers had been captured were untrue, an officer said.", "denied"),
    ("There is no truth in reports that 70 soldiers were captured.", "denied"),
    ("The ministry revised the toll from 130 dead.", "superseded"),
    ("The death toll, the Pentagon announced last night, has risen from 191.", "superseded"),
    ("An earlier toll put the number of dead at 21.", "superseded"),
    ("The ministry corrected its toll to 118 dead.", "asserted"),
    ("The toll had been put at 21 on Monday.", "superseded"),
    ("Police initially reported 21 deaths.", "superseded"),
    ("That is up from 21 dead on Friday.", "superseded"),
    ("That compares with 21 deaths last week.", "superseded"),
    ("Officials withdrew their estimate of 80 dead.", "denied"),
    ("Kabul on Thursday withdrew its claim that 61 Pakistani soldiers had been killed.", "denied"),
    ("Kabul took back its claim that 61 Pakistani soldiers had been killed.", "denied"),
    ("Kabul repeated its claim that 61 Pakistani soldiers had been killed.", "asserted"),
    ("If the talks fail, Rwanda could have to send 20,000 soldiers into Congo.", "hypothetical"),
    ("The mission was meant to have 5,000 soldiers in all.", "planned"),
    ("The mission was supposed to have 5,000 soldiers in all.", "planned"),
    ("If the dam breaks, 4,000 people could be killed.", "hypothetical"),
    ("An attack on the city might kill 4,000 civilians.", "hypothetical"),
    ("Up to 4,000 people may die, experts warn.", "hypothetical"),
    ("4,000 people could die if aid does not arrive.", "hypothetical"),
    ("The army would lose 4,000 soldiers in such an assault.", "hypothetical"),
    ("The general warned that 4,000 soldiers would be killed.", "hypothetical"),
    ("The report estimates that 4,000 people would be killed in a second war.", "hypothetical"),
    ("The plot was to kill 40 officers.", "hypothetical"),
    ("Militants planned to kill 40 officers.", "hypothetical"),
    ("The men were plotting to murder 40 officers.", "hypothetical"),
    ("Police foiled an attack that would have killed 40 people.", "hypothetical"),
    ("Around 40 people could have been killed, police fear.", "asserted"),
    ("As many as 40 people may have been killed, rescuers said.", "asserted"),
    ("At least 40 people are feared dead.", "asserted"),
    ("Some 40 people are believed to have been killed.", "asserted"),
    ("Some 40 people are presumed dead.", "asserted"),
    ("Had the shell hit the school, 40 children would have died.", "hypothetical"),
    ("Unless a truce holds, 40 more people will die, the envoy said.", "hypothetical"),
    ("He threatened to execute 40 hostages.", "hypothetical"),
    ("The rebels vowed to kill 40 officers.", "hypothetical"),
    ("France will send 500 soldiers to Mali.", "planned"),
    ("France is to send 500 soldiers to Mali.", "planned"),
    ("France plans to deploy 500 soldiers to Mali.", "planned"),
    ("France is planning to deploy 500 soldiers to Mali.", "planned"),
    ("France agreed to deploy 500 soldiers to Mali.", "planned"),
    ("France has offered to send 500 soldiers to Mali.", "planned"),
    ("France is preparing to send 500 soldiers to Mali.", "planned"),
    ("Parliament voted to send 500 soldiers to Mali.", "planned"),
    ("France intends to station 500 soldiers in Mali.", "planned"),
    ("France is ready to deploy 500 soldiers to Mali.", "planned"),
    ("France considered deploying 500 soldiers to Mali.", "planned"),
    ("The deployment of 500 soldiers to Mali is planned for June.", "planned"),
    ("About 500 soldiers are due to arrive in Mali in June.", "planned"),
    ("About 500 soldiers are expected to arrive in Mali.", "planned"),
    ("About 500 soldiers are set to be deployed in Mali.", "planned"),
    ("France wants to send 500 soldiers to Mali.", "planned"),
    ("France has sent 500 soldiers to Mali.", "asserted"),
    ("France has deployed 500 soldiers to Mali.", "asserted"),
    ("Another 500 soldiers were sent to Mali.", "additional"),
    ("France sent an additional 500 soldiers to Mali.", "additional"),
    ("France sent 500 more soldiers to Mali.", "additional"),
    ("A spokesman said it was untrue that 200 soldiers had surrendered.", "denied"),
    ("Iran has not confirmed that 15 officers were killed.", "asserted"),
    ("The army would not confirm that 15 officers were killed.", "asserted"),
    ("Reports that 30 had died at Pec proved false.", "denied"),
    ("Nobody was killed at Pec on Monday, contrary to reports of 30 dead.", "denied"),
    ("The video belied the army's claim that 30 had died.", "denied"),
    ("The UN doubts that 40 soldiers died at Kabinda.", "denied"),
    ("Kyiv does not doubt that 40 soldiers died at Kabinda.", "asserted"),
    ("There is no doubt that 40 soldiers died at Kabinda.", "asserted"),
    ("Diplomats cast doubt on claims that 400 rebels had been killed.", "denied"),
    ("The general does not believe that 400 rebels died there.", "denied"),
    ("Nobody believes the army's claim of 400 dead rebels at Kabinda.", "denied"),
    ("The army fears losing 400 men at Kabinda.", "hypothetical"),
    ("The ministry declined to say whether 40 soldiers had died.", "hypothetical"),
    ("Police asked whether the gang that killed 12 people in Jos had fled.", "asserted"),
]


@pytest.mark.parametrize(("text", "status"), HELD)
def test_how_the_text_holds_it(text: str, status: str) -> None:
    assert [figure.status.value for figure in extract(text).figures] == [status]
