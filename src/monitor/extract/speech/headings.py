"""Sources that the head of a list or bulletin names: "Toll (health ministry): …", "as read out at the Command: …"."""

from collections.abc import Sequence

from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.labels import tellers_of
from monitor.extract.speech.saying import Speech
from monitor.extract.speech.speakers import is_time

_HANDED = frozenset(
    """read issued given released published compiled announced reported kept supplied signed drawn posted""".split()
)
_CLOCK = frozenset({"p.m.", "a.m.", "pm", "am", "gmt", "hours", "evening", "morning"})
_OUT = frozenset({"out", "up"})
_FROM = frozenset({"by", "at", "from", "of"})
_LONGEST = 8


def headed(sentence: Sentence) -> Speech | None:
    """The source of all that follows the first colon, where the head names it in brackets or as who gave it out."""
    tokens = sentence.tokens
    colon = next((i for i, t in enumerate(tokens) if t.low == ":" or t.counts), None)
    if colon is None or tokens[colon].counts:
        return None
    phrase = _bracketed(tokens, colon) or _handed_out(tokens, colon) or _on_the_air(tokens, colon)
    return Speech(*phrase, colon + 1, len(tokens), "colon", colon) if phrase is not None else None


def _bracketed(tokens: Sequence[Token], colon: int) -> tuple[int, int] | None:
    """ "Losses for March (General Staff):"."""
    if colon < 3 or tokens[colon - 1].low != ")":
        return None
    opened = next((i for i in range(colon - 2, max(-1, colon - 2 - _LONGEST), -1) if tokens[i].low == "("), None)
    named = opened is not None and _speaks(tokens[opened + 1 : colon - 1])
    return (opened + 1, colon - 2) if opened is not None and named else None


def _handed_out(tokens: Sequence[Token], colon: int) -> tuple[int, int] | None:
    """ "The toll as issued by the Interior Ministry on Sunday:"."""
    for index in range(1, colon - 1):
        if tokens[index].low.split()[0] not in _HANDED:
            continue
        at = index + 2 if tokens[index + 1].low in _OUT else index + 1
        if tokens[at].low not in _FROM:
            continue
        stop = next((i for i in range(at + 1, colon) if tokens[i].low in {",", "(", "on"} or is_time(tokens[i])), colon)
        if _speaks(tokens[at + 1 : stop]):
            return at + 1, stop - 1
    return None


def _on_the_air(tokens: Sequence[Token], colon: int) -> tuple[int, int] | None:
    """ "Radio Free Juba, 8 p.m.:", "Defence Ministry, 3 March:": a source with the time of its bulletin."""
    comma = next((i for i in range(1, colon) if tokens[i].low == ","), None)
    if comma is None or comma > _LONGEST:
        return None
    behind = tokens[comma + 1 : colon]
    dated = all(is_time(t) or t.number is not None or t.low in _CLOCK or not t.text[0].isalnum() for t in behind)
    plain = all(t.capital or t.has("prepositions", "determiners") for t in tokens[:comma])
    return (0, comma - 1) if dated and plain and _speaks(tokens[:comma]) else None


def _speaks(phrase: Sequence[Token]) -> bool:
    return any(t.has("speakers") or (t.mention is not None and t.mention.role in _SPEAKING) for t in phrase)


_SPEAKING = frozenset({"institution", "leader", "seat", "capital", "name"})


def listed(sentence: Sentence) -> list[Speech]:
    """ "Kyiv: 300 Russians killed; Moscow: 500 Ukrainians killed": each part of the list has a source of its own."""
    return [Speech(one.first, one.last, one.last + 2, one.stop, "colon", one.last + 1) for one in tellers_of(sentence)]


def letterhead(sentence: Sentence) -> tuple[int, int] | None:
    """ "Ministry of Defence, London.", "From the General Staff.": the office of the communique, no verb with it."""
    tokens = sentence.tokens
    if not tokens or tokens[-1].low != "." or any(t.number for t in tokens):
        return None
    first = 1 if tokens[0].low in {"from", "by"} else 0
    first += first < len(tokens) and tokens[first].low == "the"
    words = [t for t in tokens[first:] if t.text[0].isalnum()]
    office = any(
        t.low in _OFFICES or (t.mention is not None and t.mention.role == "institution") or t.low.endswith(" office")
        for t in words
    )
    plain = all(t.capital or t.has("prepositions", "determiners") for t in words)
    least = 1 if first else 2
    return (first, len(tokens) - 2) if office and plain and least <= len(words) <= _LONGEST else None


def document_head(sentence: Sentence) -> tuple[int, int] | None:
    """ "Communiqué No. 412 of the Paraguayan command: …": who issued the document that the whole text is."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low not in _DOCUMENTS:
        return None
    colon = next((i for i, t in enumerate(tokens[: 2 * _LONGEST]) if t.low == ":"), None)
    of = next((i for i in range(1, colon or 0) if tokens[i].low in {"of", "from", "by"}), None)
    if colon is None or of is None or not _speaks(tokens[of + 1 : colon]):
        return None
    first = of + 1 + tokens[of + 1].has("determiners")
    return (first, colon - 1) if not any(t.counts for t in tokens[first:colon]) else None


_DOCUMENTS = frozenset({"communique", "communiqué", "bulletin", "dispatch", "despatch", "telegram", "sitrep"})
_OFFICES = frozenset({"ministry", "command", "headquarters", "department", "office", "staff", "admiralty"})
