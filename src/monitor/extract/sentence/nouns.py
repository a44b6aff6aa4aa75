"""What the form of a word tells, and what is behind it: a person, a thing, or nothing that the grammar knows."""

import re

from monitor.extract.lexicon.grammar_words import singular
from monitor.extract.lexicon.wordlists import things
from monitor.extract.sentence.annotate import Token

_AGENTS = re.compile(r"(?:er|or|ist|an|ant|ent|ee|ate|ite|ard|ic|ion|kin|mate)s$|(?:folk|men|wives)$")
"""How English forms nouns for persons: welders, apostates, companions."""
_NO_PERSONS = frozenset({"animal", "thing", "vehicle", "weapon", "building"})


def of_persons(noun: Token) -> bool:
    """True for a noun formed like those of persons ("welders", "apostates", "ice-cream vendors"), or a name."""
    return noun.capital or things().category.get(noun.low) == "people" or _AGENTS.search(noun.low) is not None


def of_a_thing(token: Token, following: Token | None, behind: Token | None = None) -> bool:
    """ "12 missing paintings", "dead fish", "dead olive trees", "the fallen statues": the word for a state belongs to a
    noun that is no person."""
    if following is None or token.role("adjective", "premodifier") is None or following.capital:
        return False
    if things().category.get(following.low) in _NO_PERSONS and not following.senses:
        return True
    if not unlisted(following):
        return following.has("things") and following.low.endswith("s")
    if singular(following.low) != following.low:
        return not of_persons(following)
    if behind is None or singular(behind.low) == behind.low:
        return False
    return things().category.get(behind.low) in _NO_PERSONS or (unlisted(behind) and not of_persons(behind))


def unlisted(token: Token) -> bool:
    """A word that no list of the grammar knows."""
    known = token.person or token.mention or token.number or token.senses or token.tags
    return not known and token.low.isalpha() and not token.capital
