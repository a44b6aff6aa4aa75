"""Names that stand before what a side does it with: "a Russian strike", "Iraqi gas" own nobody and speak for nobody."""

from collections.abc import Sequence

from monitor.domain.claims import Measure
from monitor.extract.sentence.annotate import Sentence, Token

HARM = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES, Measure.MISSING, Measure.CAPTURED})


def loss_noun(token: Token) -> bool:
    """ "losses", "casualties": a noun of count that is no form of a verb."""
    return token.role("toll", "count") is not None and not any(s.form for s in token.senses)


def of_thing(tokens: Sequence[Token], index: int) -> bool:
    """ "Iraqi gas": an adjective before no people, body, losses or speaker owns nobody."""
    mention = tokens[index].mention
    if mention is None or mention.role != "adjective":
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.has("have", "be") or any(s.form for s in after.senses):
        return False
    return not any(
        t.person is not None or t.has("speakers", "bodies", "account_nouns") or t.mention is not None or loss_noun(t)
        for t in tokens[index + 1 : index + 4]
    )


def only_attacks(sentence: Sentence, party: str) -> bool:
    """ "A Russian strike on Sumy killed 12, the governor said": the party is named only by what it strikes with."""
    named = [i for i in sentence.named if (m := sentence.tokens[i].mention) is not None and m.party == party]
    return bool(named) and all(strikes(sentence.tokens, index) for index in named)


def strikes(tokens: Sequence[Token], index: int) -> bool:
    mention = tokens[index].mention
    if mention is None or mention.role not in {"adjective", "name", "troops"}:
        return False
    near = tokens[index + 1 : index + 4]
    behind = next((t for t in near if t.person is not None or t.has("speakers", "bodies", "prepositions")), None)
    stop = near.index(behind) if behind is not None else len(near)
    return any(t.has("incident", "assaults", "assailed", "things") for t in near[:stop]) or of_thing(tokens, index)


def does_harm(tokens: Sequence[Token], index: int) -> bool:
    """ "RSF kills 78", "Russian strike": a name before its verb of harm, or before what it harms with."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or (index > 0 and tokens[index - 1].counts):
        return strikes(tokens, index)
    harms = any(s.role == "transitive" and s.measure in HARM and s.form for s in after.senses)
    present = any(s.form in {"s", "base"} for s in after.senses)
    return strikes(tokens, index) or (
        harms and (present or (tokens[index + 2 : index + 3] != [] and tokens[index + 2].counts))
    )
