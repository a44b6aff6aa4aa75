"""What isn't told as having happened, or not to people: games, works and politics; and what only looks like it."""

import pytest

from monitor.extract import extract


def found(text: str) -> list[tuple[str, int]]:
    """Measure and number of every figure."""
    return sorted((figure.measure.value, figure.quantity.number) for figure in extract(text).figures)


@pytest.mark.parametrize(
    "text",
    [
        "Officials did not contact 40 soldiers in Kursk.",
        "Ukraine could not reach 40 villagers in Kursk with aid.",
        "The paper could not contact 12 officers for comment.",
        "Twelve officers could not be reached for comment.",
    ],
)
def test_who_was_not_contacted_is_not_missing(text: str) -> None:
    assert not [figure for figure in found(text) if figure[0] == "missing"]


@pytest.mark.parametrize(
    "text",
    [
        "Rescuers could not reach 40 miners trapped in the shaft.",
        "The army could not contact 40 soldiers since Monday.",
    ],
)
def test_who_is_out_of_reach_where_a_loss_is_told_is_missing(text: str) -> None:
    assert ("missing", 40) in found(text)


REAL = [
    "In the last act of the siege, 14 soldiers were killed.",
    "In the final act of the battle, rebels killed 20 soldiers.",
    "A mock attack was followed by a real one: 14 soldiers were killed.",
    "A mock raid was under way when gunmen killed 14 pupils.",
    "Gunmen killed 130 people at the opera house in Kyiv.",
    "Shelling of town halls in Kharkiv killed 12 people.",
    "A strike on children in the play area killed 14.",
    "An attack on party chairman Ivanov's convoy killed 14 people.",
    "Militants killed 12 people before a by-election in Kashmir.",
    "A child with hamstring wounds was among 9 people wounded by shelling in Gaza.",
    "The ferry was dead in the water when the missile killed 9 sailors.",
    "A town hit by job cuts lost 12 people in an air strike.",
    "A missile killed 18 people at the theatre in Chernihiv.",
    "The blast at the stadium killed 31 people.",
    "Forty people were killed in a cinema in Abadan.",
    "Gunmen killed 145 people watching a film near Moscow.",
    "Twelve children were killed during the school play.",
    "A stampede at a football match killed 125 people.",
    "A bomb at an election rally killed 150 people in Mastung.",
    "A drone killed 7 people outside the town hall in Nikopol.",
    "Eleven footballers were killed when their bus was hit by a rocket.",
    "The striker's brother was among 20 people killed by shelling.",
    "Twenty councillors were killed by gunmen in Mexico.",
    "The playoff was called off after gunmen killed 9 people.",
    "Nine people were killed in a video game arcade in Jacksonville.",
    "The goalkeeper and 15 other people were killed when a missile hit the ground.",
    "Two bombs killed 22 people at the concert hall at half-time.",
    "Five people died in a fire at a film studio in Kyoto.",
    "At least 71 people were killed in the play park in Lahore.",
    "Police said 12 people were shot dead at the movie theatre.",
    "A novelist was among 30 people killed in the raid.",
    "Some 17 people were killed at the opera.",
    "Three candidates were among 25 people killed in an attack on a leadership contest.",
]
TOLD = [
    "A mock battle was staged by 40 schoolboys, of whom 12 were killed.",
    "In the third act of the play, 12 soldiers are killed.",
    "They lost six wickets for 14 runs and their bowler captured 50 men in 15 Tests.",
    "In the film, 300 soldiers are killed at the pass.",
    "In the novel, a bomb kills 12 people.",
    "The novel opens with 40 soldiers killed in a trench.",
    "The movie shows 2,000 soldiers killed at the bridge.",
    "In the video game, 20 soldiers are killed in each round.",
    "The party lost 254 councillors and three ministers were wounded.",
    "The whips deployed 200 volunteers in Croydon.",
    "The batsmen lost 3 men before lunch.",
    "The striker has missed 12 games and 2 players are wounded.",
    "The quarterback had 5 casualties in his line.",
    "Starring two veterans, the film kills 30 soldiers in ten minutes.",
    "The re-enactors deployed 400 men on the field.",
    "Re-enactors with muskets lost 40 men by lunch.",
    "The screenplay has 12 hostages killed in the first act.",
    "In this thriller, terrorists kill 40 people in an hour.",
    "In the play, 7 people are killed by a jealous king.",
    "The opera ends with 5 people killed.",
    "The musical has 14 soldiers killed on stage.",
    "In the board game each player loses 10 soldiers a turn.",
    "The war game had 900 soldiers killed on day one.",
    "Labour lost 40 seats, and 12 ministers were casualties of the night.",
    "The bank axed 300 jobs; 12 directors were casualties.",
    "The party surrendered eleven town halls and three ministers were wounded.",
    "The goalkeeper was beaten three times and 2 men were wounded.",
    "Job cuts claimed 300 victims in the newsroom.",
    "The film used 5,000 soldiers as extras.",
    "The head coach has 7 men wounded before the playoffs.",
    "In the opera, 30 soldiers die.",
    "Two touchdowns and 3 men wounded was the story of the night.",
]


@pytest.mark.parametrize("text", REAL)
def test_people_killed_where_others_play_or_vote_are_read(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize("text", TOLD)
def test_games_works_and_contests_harm_nobody(text: str) -> None:
    assert not found(text)
