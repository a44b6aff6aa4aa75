"""Sentences of games, works and contests: what is counted or done there happens to nobody.

A word of such a world says nothing by standing there ("130 killed at the opera house"). The sentence is of that world
where its people and things are what is counted ("six wickets") or who acts ("the striker has missed"), or where it
tells a work ("in the film"); and it never is, outside works, where an attack, a weapon or a disaster is told.
"""

from itertools import pairwise

from monitor.extract.sentence.annotate import Sentence

_NEAR = 3
"""Tokens in which the number of a counted thing, or the verb of who acts, stands."""
_OPENING = 7
"""Tokens in which a sentence that goes on with a work names its part."""
_ITS_WORDS = frozenset({"game_things", "game_people", "pretenders", "contest_things"})
_IN_EARNEST = frozenset({":", ";", "but", "real", "when", "until", "before", "after"})
"""What parts a mock battle from what is told besides it."""
_PLAYED = frozenset({"stormed", "charged", "attacked", "fought", "besieged", "defended", "refought", "re-fought"})
_INTO = frozenset({"in", "throughout"})
_AT = frozenset({"at", "near", "outside", "during", "after", "before", "inside", "for", "from", "watching", "by"})


def make_believe(sentence: Sentence) -> bool:
    """True where a work is told, or a game or a contest whose people and things are counted or act."""
    tags = sentence.tags
    if not tags.isdisjoint({"works", "staged", "acts"}) and _tells_work(sentence):
        return True
    if not tags.isdisjoint({"works", "works_about"}) and "real_harm" not in tags and _in_which(sentence):
        return True
    if tags.isdisjoint(_ITS_WORDS):
        return False
    if "pretenders" in tags and _charge(sentence):
        return True
    if "real_harm" in tags or _assaulted(sentence):
        return False
    contest = "contest_things" in tags and "contest_verbs" in tags and "lives" not in sentence.words
    return any(
        (token.has("game_things") and (_counted(sentence, index) or _acts(sentence, index)))
        or (token.has("game_people", "pretenders") and (_counted(sentence, index) or _acts(sentence, index)))
        or (contest and token.has("contest_things") and _counted(sentence, index))
        for index, token in enumerate(sentence.tokens)
    )


def goes_on(sentence: Sentence) -> bool:
    """ "In its best scene a captain loses nine men": told on of the work that the sentence before named."""
    pairs = pairwise(sentence.tokens[:_OPENING])
    return any(t.low in {"scene", "scenes", "chapter", "chapters"} for t in sentence.tokens[1:_OPENING]) and any(
        one.low == "in" and two.has("determiners", "pronouns") for one, two in pairs
    )


def _charge(sentence: Sentence) -> bool:
    """ "1,200 extras stormed the beach, and 300 of them were "killed": what they do is played, and their dead too."""
    pairs = pairwise(enumerate(sentence.tokens))
    return any(a.has("pretenders") and b.low in _PLAYED and _counted(sentence, at) for (at, a), (_, b) in pairs)


def _in_which(sentence: Sentence) -> bool:
    """ "her play about the siege, in which 40 women are taken hostage"."""
    return any(
        (a.low, b.low) == ("in", "which") and b.start < n.start
        for a, b in pairwise(sentence.tokens)
        for n in sentence.numbers
    )


def _tells_work(sentence: Sentence) -> bool:
    """ "in the film", "the novel opens with": not "in a film studio", "people watching the film"."""
    tokens = sentence.tokens
    for index in range(len(tokens)):
        if not _is_work(sentence, index):
            continue
        before = [t.low for t in tokens[max(0, index - 4) : index]]
        told = any(t.has("telling_works") for t in tokens[index + 1 : index + 1 + _NEAR])
        if any(t.low == "'s" and n.number for t, n in pairwise(tokens[index + 1 : index + 3])):
            return True  # "the play's 40 dead"
        if before and before[0] in _INTO and index <= _NEAR + 1:
            return True  # "In the novel, a bomb kills 12"
        if "real_harm" not in sentence.tags and (_INTO & set(before) or (told and not _AT & set(before))):
            return True
    return False


def _is_work(sentence: Sentence, index: int) -> bool:
    """A work; a mock battle that no real deed follows ("a mock attack was followed by a real one: 14 were killed"); an
    act, unless it is one "of the siege"."""
    token, behind = sentence.tokens[index], sentence.tokens[index + 1 :]
    if token.has("staged"):
        return not any(t.low in _IN_EARNEST for t in behind)
    if token.has("acts"):
        of_what = behind[1 : 1 + _NEAR] if behind and behind[0].low == "of" else None
        return "real_harm" not in sentence.tags and (of_what is None or any(t.has("works") for t in of_what))
    return token.has("works") and not any(t.has("work_places") for t in behind[:1])


def _assaulted(sentence: Sentence) -> bool:
    """ "an attack on a leadership contest"."""
    if "assaults" not in sentence.tags:
        return False
    pairs = pairwise(sentence.tokens)
    return any(token.has("assaults") and behind.low in {"on", "against"} for token, behind in pairs)


def _counted(sentence: Sentence, index: int) -> bool:
    """ "six wickets", "three late goals"."""
    return any(token.number is not None for token in sentence.tokens[max(0, index - _NEAR) : index])


def _acts(sentence: Sentence, index: int) -> bool:
    """ "their quick bowler has captured": in front of a verb, and behind no "at" or "during"."""
    tokens, begin = sentence.tokens, max(0, index - _NEAR)
    opened = next((i for i in range(index - 1, begin, -1) if tokens[i].has("determiners")), None)
    opened = index if tokens[index].low.startswith(("a ", "the ")) else opened
    led = tokens[begin:index] if opened is None else tokens[opened - 1 : opened]
    if any(token.low in _AT | _INTO | {"of", "on"} for token in led):
        return False
    behind = tokens[index + 1 : index + 2 + _NEAR]
    return any(t.has("be", "have", "modal_future", "modal_hypothetical") or t.senses for t in behind)
