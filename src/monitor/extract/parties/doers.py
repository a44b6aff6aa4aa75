"""Who does what a verb tells: the people at the head of its clause, who are never those that it is done to.

"Gunmen stormed a village near Jos and killed 30", "troops fired on a crowd in Conakry, killing 157": the verb of harm
goes on with the subject of the verb before it, so its bare number is not of them. People who stand behind a verb were
its object ("rebels stopped a bus of pilgrims and shot six"), and may be those harmed.
"""

from collections.abc import Iterator

from monitor.extract.measures.frames import Frame, is_soldier
from monitor.extract.sentence.annotate import Sentence, Token, back_over

_MARKS = frozenset({";", ":", "—", "--", '"', "(", ")", "."})
_JOINTS = frozenset({"and", "but", "then"})
_PARTS = frozenset({"of", "among", "amongst", "from"})
"""They open a phrase of the whole: "Of the 900 Tigers in the pocket, the army killed 340"."""
FIRST_PERSON = frozenset({"our", "ours", "we", "us", "my"})
_HELD_TO = frozenset(
    {"thought", "believed", "said", "reported", "known", "estimated", "feared", "understood", "alleged"}
)
_MODALS = frozenset({"could", "may", "might", "would", "will", "can", "should", "must"})
_ASIDE = 12
"""Tokens of an aside between commas."""
_SIDE_NOUNS = frozenset(
    """side sides army military navy government police junta militia coalition guard garrison defence defenders
    corps brigades divisions resistance regime state crew""".split()
)


def agent_words(sentence: Sentence, verb: int) -> str:
    """The words of a verb's subject that no lexicon knows: "the 1st Division lost", "the enemy had 400 killed"."""
    span = agent_span(sentence, verb)
    return span_words(sentence, span) if span is not None else ""


def span_words(sentence: Sentence, span: tuple[int, int]) -> str:
    """The words of a span of tokens, without the sign of the owner."""
    words = " ".join(sentence.text[sentence.tokens[span[0]].start : sentence.tokens[span[1]].end].split())
    return words.removesuffix("'s")


def agent_span(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The noun phrase that is a verb's subject, what is set in between commas left out:
    "The defenders, most of them teenagers, lost"."""
    tokens, verb = sentence.tokens, leading_verb(sentence, verb)
    while verb > 0 and tokens[verb - 1].has("have", "adverbs") and not tokens[verb - 1].has("premodifiers"):
        verb -= 1
    if verb > 2 and tokens[verb - 1].low == "to" and tokens[verb - 2].low in _HELD_TO:
        verb -= 2  # "is thought to have left"
        while verb > 0 and tokens[verb - 1].has("be", "have", "adverbs"):
            verb -= 1
    if verb > 0 and tokens[verb - 1].low == ",":
        verb = _set_in(tokens, verb - 1)
    while verb > 0 and tokens[verb - 1].low in {"themselves", "itself", "alone"}:
        verb -= 1
    if verb > 2 and [t.low for t in tokens[verb - 2 : verb]] == ["between", "them"]:
        verb -= 3 if tokens[verb - 3].has("have") else 2
    while verb > 0 and tokens[verb - 1].low in _MODALS:
        verb -= 1
    first = verb
    while first > 0 and verb - first < 6:
        token = tokens[first - 1]
        noun = (token.text[0].isalnum() or token.low == "'s") and not token.has(
            "prepositions", "conjunctions", "subordinators", "relatives", "pronouns", "be", "have"
        )
        noun = noun and token.low not in FIRST_PERSON
        verbal = any(s.measure and s.form for s in token.senses) or token.role("say") is not None
        if not noun or token.counts or (verbal and not (of_side(token) and tokens[first - 2].has("determiners"))):
            break
        first -= 1
    while first < verb and tokens[first].has("determiners", "adverbs") and tokens[first].low != "both":
        first += 1
    if first < verb and _spot_of_force(tokens, first, verb):
        return agent_span(sentence, first - 1)
    return (first, verb - 1) if first < verb else None


def _set_in(tokens: list[Token], comma: int) -> int:
    """Where the aside that ends at `comma` begins; `comma` itself where no other comma opens it."""
    for index in range(comma - 1, max(0, comma - _ASIDE), -1):
        if tokens[index].low == ";" or tokens[index].counts:
            break
        if tokens[index].low == ",":
            return index
    return comma


def _spot_of_force(tokens: list[Token], first: int, stop: int) -> bool:
    """ "Government forces in Bouake lost 60": the name is where they were; the people before it lost them."""
    if first < 2 or not tokens[first - 1].has("being_prepositions"):
        return False
    force = is_soldier(tokens[first - 2]) or tokens[first - 2].has("bodies")
    return force and all(t.capital or t.mention is not None for t in tokens[first:stop])


def of_side(token: Token) -> bool:
    """True for the head of a phrase that names a side of a fight or a body of people: "defenders", "garrison"."""
    several = token.person is not None and token.person.plural
    return several or token.has("bodies", "groups", "opponents") or token.low in _SIDE_NOUNS


def own_subject(tokens: list[Token], first: int, last: int) -> bool:
    """True for a subject that is a side by its noun, or a name that nobody knows: "and the Tigers have 6,000"."""
    head = tokens[last]
    unknown = head.capital and head.mention is None and not head.tags and tokens[first - 1].has("determiners")
    return of_side(head) or (unknown and first > 0)


def does(sentence: Sentence, index: int, verb: int) -> bool:
    """True where the people at `index` are the subject of the active verb at `verb`, behind them, or of one in whose
    clause it goes on."""
    tokens = sentence.tokens
    if index >= verb or _opens_a_whole(tokens, index):
        return False
    if [t.low for t in tokens[index + 1 : verb] if not t.has("have", "adverbs")] in ([",", "who"], ["who"]):
        return True  # "the miners attacked police, who shot 34"
    own_clause = tokens[verb - 1].low != "," and leading_verb(sentence, verb) == verb
    subject = agent_span(sentence, verb) if own_clause else None
    if subject is not None and subject[0] > index:
        return False  # "villagers fled and rebels killed 12": the verb has a subject of its own
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
    verb = back_over(tokens, count.first - 1, "object_free", "hedge", "adverbs")
    if frame.rule != "state" or verb < 1 or not verbal(tokens[verb]) or verb in sentence.passive:
        return None
    own = tokens[verb].has("have", "be", "admitting") or tokens[verb].role("say", "lose", "suffer", "count")
    return None if own else verb


def leading_verb(sentence: Sentence, verb: int) -> int:
    """The verb before that has the same subject: "entered" in "troops entered Dili and killed 14", "shelled" in "forces
    shelled the town, killing 12"; `verb` itself where it has its subject right before it."""
    tokens, at = sentence.tokens, verb
    if at > 1 and tokens[at].low.endswith("ing") and tokens[at - 1].role("say", "deny") is not None:
        return leading_verb(sentence, at - 1)  # "put it at 90 and admitted losing 12"
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
