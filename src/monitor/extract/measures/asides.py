"""What is set between a phrase and its predicate: sources, brackets, who they are, the parts of them."""

from itertools import pairwise

from monitor.extract.sentence.annotate import Sentence, Token

ASIDE = 16
"""Tokens that a bracket or a pair of dashes may hold."""
NAMED = 5
"""Tokens from a phrase over its verb and a name to the clause about that name."""
TAKING = frozenset({"take", "took", "taken", "takes", "taking"})
_JOINTS = frozenset({",", "and", "but", "while"})
_ARTICLES = frozenset({"a", "the"})
_NEXT_ONE = frozenset({"other", "second", "third", "fourth", "fifth", "sixth", "last"})
_CLOSING = {"(": ")", "[": "]", "—": "—", "--": "--"}


def aside_end(sentence: Sentence, index: int) -> int | None:
    """The index after ", officials said,", "(three soldiers)" or "-- aged 4 and 1 --" when one begins at `index`."""
    tokens = sentence.tokens
    opening = tokens[index].low
    if opening in _CLOSING:
        for stop in range(index + 1, min(len(tokens), index + ASIDE)):
            if tokens[stop].low == _CLOSING[opening]:
                return stop + 1
        return None
    if opening != ",":
        return None
    for stop in range(index + 2, min(len(tokens), index + ASIDE)):
        if tokens[stop].low == ",":
            inner = tokens[index + 1 : stop]
            said = inner[0].has("according") or any(tells(token) and token.person is None for token in inner)
            unsure = len(inner) > 1 and inner[0].low == "if" and inner[1].low == "not"  # ", if not more,"
            return stop + 1 if said or unsure or _tells_who(inner) else _part_end(tokens, index)
    return None


def _part_end(tokens: list[Token], index: int) -> int | None:
    """The index behind ", including a colonel and three captains," or ", some as young as five," before the verb of
    them all."""
    if not (tokens[index + 1].has("including") or tokens[index + 2].low == "as"):
        return None
    for stop in range(index + 2, min(len(tokens), index + ASIDE)):
        token = tokens[stop]
        if token.low == ";" or (token.has("be", "have", "relatives", "subordinators") and token.low != "as"):
            return None
        if token.low == "," and stop + 1 < len(tokens) and _finite(tokens[stop + 1]):
            return stop + 1
    return None


def _finite(token: Token) -> bool:
    """An auxiliary, or the past of what befell people: "were killed", "died"."""
    return token.has("be", "have") or any(
        s.role == "intransitive" and s.form in {"past", "pastpart"} for s in token.senses
    )


def of_whom_end(sentence: Sentence, index: int) -> int | None:
    """The index behind ", of whom 361 were killed," whose verb is that of the part; the end if nothing follows."""
    tokens = sentence.tokens
    if tokens[index].low != "of" or index + 1 >= len(tokens) or tokens[index + 1].low not in {"whom", "which"}:
        return None
    if index and tokens[index - 1].low in {"all", "both", "most", "none", "many", "some"}:
        return None
    return next_comma(tokens, index + 2) or len(tokens)


def _tells_who(inner: list[Token]) -> bool:
    """ ", all soldiers,", ", a third of them hurt,": who they are, or a part of them that is not counted."""
    if inner[0].low == "all" and len(inner) > 2 and inner[1].low in {"that", "who"}:
        return not any(t.counts for t in inner)  # ", all that remained of his command,"
    if any(t.has("be", "have") for t in inner):
        return False
    if inner[0].counts and inner[1:2] and inner[-1].person is not None:
        return "of" in inner[1].low and inner[2:3] != [] and inner[2].low in {"them", "whom"}
    if any(t.counts for t in inner):
        return False
    if any(a.low == "of" and b.low in {"them", "whom"} for a, b in pairwise(inner)):
        return True
    return inner[0].has("of_all") and inner[-1].person is not None


def another_begins(tokens: list[Token], index: int) -> bool:
    """ "two generals got 35 years, a third died in his cell": somebody told of apart has the verb behind."""
    if tokens[index].low not in _JOINTS:
        return False
    at = index + 1
    if [t.low in words for t, words in zip(tokens[at : at + 2], (_ARTICLES, _NEXT_ONE), strict=False)] == [True, True]:
        at += 1
    elif at >= len(tokens) or tokens[at].low != "another":
        return False
    at += at + 1 < len(tokens) and tokens[at + 1].person is not None  # "another officer died"
    verb = tokens[at + 1 : at + 2]
    return bool(verb) and (
        verb[0].has("be", "have") or any(s.form in {"past", "pastpart", "s"} for s in verb[0].senses)
    )


def of_a_name(tokens: list[Token], last: int, index: int) -> bool:
    """ "1,000 people have come to the home town of George Harrison, who died last week": behind a verb of theirs the
    clause is about the person named last."""
    if tokens[index].low != "who" or index - last < NAMED or tokens[index - 1].low != ",":
        return False
    name = all(t.capital and t.mention is None and not t.has("bodies") for t in tokens[index - 3 : index - 1])
    return name and any(t.has("be", "have") for t in tokens[last + 1 : index - 3])


def safe(sentence: Sentence, index: int) -> bool:
    """ "seven were found alive, 33 are missing": who is well stays so; "taken alive" is captured."""
    if sentence.tokens[index].low not in {"alive", "safely"}:
        return False
    before = sentence.tokens[max(0, index - 4) : index]
    return any(t.has("be") for t in before) and not any(t.low in TAKING for t in before)


def excepted(tokens: list[Token], index: int) -> bool:
    """ "about 1,200, and all but 330 perished": the predicate is of those who are excepted from them."""
    return tokens[index].low == "all" and index + 1 < len(tokens) and tokens[index + 1].low == "but"


def shot_at(tokens: list[Token], index: int, *, passive: bool) -> bool:
    """ "were shot at by soldiers", "shot at a car": aimed at. "Were shot at dawn", "at a checkpoint" tell when and
    where, for in the passive "at" has nobody left to be aimed at."""
    if index + 1 >= len(tokens) or tokens[index + 1].low != "at":
        return False
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    joint = after is None or not after.text[0].isalnum() or after.has("prepositions", "conjunctions", "subordinators")
    return not passive or joint


def tells(token: Token) -> bool:
    """A finite or past form of a verb of saying."""
    return any(s.role == "say" and s.form in {"past", "pastpart", "s", "base"} for s in token.senses)


def next_comma(tokens: list[Token], index: int) -> int | None:
    """The index behind the comma that closes ", four of whom are policemen,"."""
    return next((i + 1 for i in range(index, min(len(tokens), index + ASIDE)) if tokens[i].low == ","), None)
