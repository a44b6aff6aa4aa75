"""The people that a sentence tells of, figure or not: what "they" and "others" in the next one stand for."""

from monitor.domain.claims import Subject
from monitor.extract.parties.naming import phrase_subject
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence

OTHERS = frozenset({"others", "other", "more", "ones", "further"})


def acting_people(sentence: Sentence, context: Context) -> Subject | None:
    """The people at the head of a sentence: "The attackers, up to 250 strong, had waded the river"."""
    for index, token in enumerate(sentence.tokens[:6]):
        if "bodies" in token.tags and _acts(sentence, index):
            return phrase_subject(sentence, index, context)
        after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
        of_body = after is not None and "bodies" in after.tags  # "the Guards Division"
        if token.person is not None and token.person.plural and token.low not in OTHERS and not of_body:
            return phrase_subject(sentence, index, context)
        named = (token.mention is not None and token.mention.role in {"adjective", "name"}) or (
            of_body and token.capital
        )
        named = named or token.text[0].isdigit()  # "The 1st Marine Division"
        named = named or (token.capital and not token.tags and not token.senses and token.mention is None)  # "Mau Mau"
        if token.text[0].isalnum() and not token.has("determiners", "premodifiers") and not named:
            return None
    return None


def _acts(sentence: Sentence, index: int) -> bool:
    """ "The 1st Marine Division has reached the pass": a body at the head of its clause, with its verb behind it."""
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if after is None or after.person is not None or index == 0:
        return False
    verb = after.has("have", "be") or any(s.form in {"past", "pastpart"} for s in after.senses)
    return verb or (after.low.endswith("ed") and not after.capital)


def counted_people(sentence: Sentence, context: Context) -> Subject | None:
    """The first people that a sentence gives a number of, figure or not: "Seven Senegalese soldiers walked free"."""
    for index, token in enumerate(sentence.tokens if sentence.counts else ()):
        if token.person is None or not token.person.plural or token.low in OTHERS:
            continue
        if any(t.counts for t in sentence.tokens[max(0, index - 3) : index]):
            return phrase_subject(sentence, index, context)
    return None
