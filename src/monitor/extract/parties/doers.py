"""Who does what a verb tells: the people at the head of its clause, who are never those that it is done to.

"Gunmen stormed a village near Jos and killed 30", "troops fired on a crowd in Conakry, killing 157": the verb of harm
goes on with the subject of the verb before it, so its bare number is not of them. People who stand behind a verb were
its object ("rebels stopped a bus of pilgrims and shot six"), and may be those harmed.
"""

from collections.abc import Iterator

from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.annotate import Sentence, Token

_MARKS = frozenset({";", ":", "—", "--", '"', "(", ")", "."})
_JOINTS = frozenset({"and", "but", "then"})
_PARTS = frozenset({"of", "among", "amongst", "from"})
"""They open a phrase of the whole: "Of the 900 Tigers in the pocket, the army killed 340"."""


def does(sentence: Sentence, index: int, verb: int) -> bool:
    """True where the people at `index` are the subject of the active verb at `verb`, behind them, or of one in whose
    clause it goes on."""
    tokens = sentence.tokens
    if index >= verb or _opens_a_whole(tokens, index):
        return False
    own = next((i for i in _ahead(tokens, index, verb) if verbal(tokens[i])), None)
    if own is not None and _undergone(sentence, own, verb):
        return False  # "the soldiers were ambushed by rebels, who killed 12"
    return not any(verbal(tokens[i]) for i in _behind(tokens, index, listed=own is None))


def governing_verb(sentence: Sentence, frame: Frame) -> int | None:
    """The active verb before the number that does something to its people: "killed 12", "hacked 22 to death"; None for
    verbs with which a side tells of its own losses."""
    tokens, count = sentence.tokens, frame.count
    if frame.rule == "active-object":
        return frame.predicate if frame.predicate is not None and frame.predicate < count.first else None
    verb = count.first - 1
    while verb > 0 and tokens[verb].has("object_free", "hedge", "adverbs"):
        verb -= 1
    if frame.rule != "state" or verb < 1 or not verbal(tokens[verb]) or verb in sentence.passive:
        return None
    own = tokens[verb].has("have", "be", "admitting") or tokens[verb].role("say", "lose", "suffer", "count")
    return None if own else verb


def leading_verb(sentence: Sentence, verb: int) -> int:
    """The verb before that has the same subject: "entered" in "troops entered Dili and killed 14", "shelled" in "forces
    shelled the town, killing 12"; `verb` itself where it has its subject right before it."""
    tokens, at = sentence.tokens, verb
    while at > 0 and (tokens[at - 1].has("have", "adverbs") or tokens[at - 1].low == "to"):
        at -= 1  # "claimed to have killed 700 and to hold 600"
    if at < 2 or not (tokens[at - 1].low in _JOINTS or (tokens[at - 1].low == "," and tokens[at].low.endswith("ing"))):
        return verb
    for index in range(at - 2, 0, -1):
        if tokens[index].low in _MARKS or tokens[index].has("subordinators"):
            return verb
        if verbal(tokens[index]):
            return verb if index in sentence.passive else leading_verb(sentence, index)
    return verb


def _ahead(tokens: list[Token], index: int, verb: int) -> Iterator[int]:
    """The tokens from behind the people to the end of their own clause, that of the verb at the latest."""
    for at in range(index + 1, verb + 1):
        if tokens[at].low in _MARKS or tokens[at].low in {",", "and", "but"} or tokens[at].has("subordinators"):
            return
        yield at


def _behind(tokens: list[Token], index: int, *, listed: bool) -> Iterator[int]:
    """The tokens before the people back to where their clause begins. Without a verb of their own they may be `listed`
    with others: "attacked farmers, herders and traders, killing 12"."""
    for at in range(index - 1, -1, -1):
        token = tokens[at]
        parts = token.low in {",", "and", "but"} and not listed
        if parts or token.low in _MARKS or token.has("subordinators") or token.role("say") is not None:
            return
        yield at


def _opens_a_whole(tokens: list[Token], index: int) -> bool:
    at = index
    while at > 0 and (tokens[at - 1].counts or tokens[at - 1].has("determiners", "premodifiers", "hedge")):
        at -= 1
    while at > 0 and (tokens[at - 1].mention is not None or tokens[at - 1].counts or tokens[at - 1].has("determiners")):
        at -= 1
    opening = at == 1 or (at > 1 and tokens[at - 2].low == ",")
    return at > 0 and opening and tokens[at - 1].low in _PARTS


def verbal(token: Token) -> bool:
    """A form that can be a clause's verb, on a list or by its ending."""
    if token.person is not None or token.mention is not None or token.number is not None:
        return False
    formed = any(s.form for s in token.senses) and token.role("premodifier") is None
    past = token.low.endswith("ed") and not token.capital and not token.has("premodifiers")
    return formed or past or token.has("assailed", "moving", "be", "have")


def _undergone(sentence: Sentence, verb: int, stop: int) -> bool:
    """True where the verb is a passive of attack or harm."""
    done = (i for i in range(verb, min(stop, verb + 4)) if i in sentence.passive)
    return any(sentence.tokens[i].has("assailed") or any(s.measure for s in sentence.tokens[i].senses) for i in done)
