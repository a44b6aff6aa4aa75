"""A user's words for whom and where, read with the same lexicon as the articles."""

from monitor.domain.claims import Subject
from monitor.extract.lexicon import Lexicon
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.text.normalise import normalise


def parse_subject(words: str, lexicon: Lexicon) -> Subject:
    """ "North Korean troops" → its party and kind; a nation alone is of kind "people", unknown words too."""
    plain = normalise(words).strip()
    party = next((m.party for m in lexicon.mentions(plain) if m.party is not None and m.role != "place"), None)
    table = load_words().single
    kind = "people"
    for word in plain.lower().split():
        entry = table.get(word)
        if entry is not None and entry.person is not None:
            kind = entry.person.kind
    return Subject(words.strip(), party, kind)


def knows_subject(words: str, lexicon: Lexicon) -> bool:
    """True when a word of these names a party or people: `parse_subject` takes all others for people of no party."""
    table = load_words().single
    entries = (table.get(word) for word in normalise(words).lower().split())
    return parse_subject(words, lexicon).party is not None or any(one is not None and one.person for one in entries)


def canonical_place(words: str, lexicon: Lexicon) -> str:
    """ "the Kursk region" → "Kursk"; words that the lexicon doesn't know stay, without their article."""
    plain = " ".join(normalise(words).split())
    bare = plain.removeprefix("the ").removeprefix("The ")
    return lexicon.place(plain) or lexicon.place(bare) or bare
