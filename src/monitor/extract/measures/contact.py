"""What became of people is told in a clause that follows their noun without "who": "the 40 men it lost", "the 120
soldiers they hold"."""

from collections.abc import Iterator, Sequence

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, can_deploy, make, military
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

_SUBJECT = 5
"""Tokens that the subject of such a clause may have."""
_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "you"})
_NAMES = frozenset({"name", "capital", "institution", "troops", "people"})


def told_of_them(sentence: Sentence, count: Count) -> Iterator[Frame]:
    """The verb of the clause whose object the counted people before it are."""
    tokens, at = sentence.tokens, count.last + 1
    if count.head not in {Head.PEOPLE, Head.NATION} or not _opens(tokens, at):
        return
    for index in range(at + 1, min(len(tokens) - 1, at + _SUBJECT)):
        token = tokens[index]
        measure = _measure(sentence, count, index)
        if measure is not None and _no_object(tokens[index + 1]):
            rule = "lost-object" if measure is Measure.CASUALTIES else "active-object"
            yield make(count, measure, rule, 0.3, index, "left")
        if measure is not None or token.counts or token.role("say") or not token.text[0].isalnum():
            return
        if token.has("be", "prepositions", "conjunctions"):
            return


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """A pronoun, a name or a noun with its article right behind the people begins a clause of its own."""
    if at + 2 >= len(tokens):
        return False
    token, after = tokens[at], tokens[at + 1]
    if token.low in _PRONOUNS or (token.mention is not None and token.mention.role in _NAMES):
        return after.has("have", "adverbs") or any(s.form for s in after.senses)
    return token.low in {"the", "its", "their"} and (
        after.person is not None or after.has("speakers", "bodies", "groups")
    )


def _measure(sentence: Sentence, count: Count, index: int) -> Measure | None:
    """What the verb at `index` does to its object."""
    token = sentence.tokens[index]
    nation = count.noun is not None and sentence.tokens[count.noun].capital  # "the Koreans we hold"
    soldiers = count.head is Head.NATION or military(count.kind) or count.kind == "police" or nation
    if token.has("have") and sentence.tokens[index + 1].has("being_prepositions"):
        return Measure.DEPLOYED if can_deploy(sentence, count) else None
    for sense in token.senses:
        if sense.role == "hold" and soldiers and sense.form != "ing":
            no_more = sentence.tokens[index - 1].low == "had"  # "released 108 soldiers it had held"
            return None if no_more else Measure.CAPTURED
        if sense.role == "lose":
            return Measure.CASUALTIES
        if sense.role == "transitive" and sense.form in {"past", "pastpart"} and sense.measure is not Measure.DEPLOYED:
            return sense.measure
    return None


def _no_object(after: Token) -> bool:
    """True where no object of its own follows the verb."""
    ends = not after.text[0].isalnum() or after.has("prepositions", "be", "have", "conjunctions", "adverbs")
    return (ends or after.low in {"there", "here"}) and not after.counts and not after.has("determiners")
