"""The two sides of a deed: who kills, wounds or captures, and the others, to whom it is done."""

from monitor.domain.claims import Measure, Subject
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.doers import agent_span, leading_verb
from monitor.extract.parties.naming import compose
from monitor.extract.parties.owners import agent, party_of, speaker_of
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, back_over

_LOSSES = frozenset({"losses", "casualties"})


def _others(own: str | None, context: Context) -> list[str]:
    """The sides told of but one's `own`."""
    return [party for party in context.forces if party != own and context.may_fight(party)]


def opponents(sentence: Sentence, frame: Frame, context: Context) -> Subject | None:
    """ "340 of the enemy", "60 enemy soldiers": those whom the speaker's side fights, and who they are where known."""
    tokens, count = sentence.tokens, frame.count
    foe = next((i for i in range(count.first, count.last + 1) if tokens[i].has("opponents")), None)
    losses = frame.predicate if frame.rule in {"toll-link", "toll-verbless"} else None
    before = count.first - 2 if count.first and tokens[count.first - 1].low == ":" else count.first - 1
    if losses is None and before > 0 and tokens[before].low in _LOSSES:
        losses = before  # "enemy casualties 45 dead", "enemy losses: 45 killed"
    if foe is None and losses and tokens[losses - 1].has("opponents"):
        foe = losses - 1  # "enemy losses were 260 servicemen"
    if foe is None:
        return None
    noun = tokens[count.noun] if count.noun is not None and count.noun != foe else None
    words = f"{tokens[foe].low} {noun.low}" if noun is not None and noun.person is not None else tokens[foe].low
    speaker = speaker_of(sentence, count.number, context)
    own = speaker.party if speaker is not None else context.party
    others = _others(own, context)
    party = others[0] if own is not None and len(others) == 1 else None
    kind = "troops" if noun is None or noun.person is None else noun.person.kind
    return Subject(f"{context.adjective(party)} {words}" if party is not None else words, party, kind)


def harmer(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """The side that does the killing, wounding or capturing; it never counts its own dead with that verb."""
    if frame.rule != "active-object" or frame.predicate is None or frame.measure is Measure.DEPLOYED:
        return None
    if any(s.lemma in {"bury", "mourn"} for s in sentence.tokens[frame.predicate].senses):
        return None
    return agent(sentence, frame.predicate, context)


def opposed(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """ "Rabat insists that its men killed more than 1,100": whoever a side kills is of the only other side told of."""
    own = harmer(sentence, frame, context)
    tokens, at = sentence.tokens, frame.predicate
    if at is None or leading_verb(sentence, at) != at:
        return None  # "fighters attacked Baga and killed 150": the first verb tells whom or what they went for
    if at and tokens[at - 1].low == "," and tokens[at].low.endswith("ing"):
        return None  # "The IRA let off 22 bombs in Belfast, killing nine": so does a verb that no list has
    doer = agent_span(sentence, at)
    if doer is not None and tokens[doer[1]].has("incident", "fired"):
        return None  # "Israel's strikes killed three": a strike may hit anybody
    others = _others(own, context)
    return others[0] if own is not None and own in context.sides and len(others) == 1 else None


def taker(sentence: Sentence, frame: Frame, context: Context) -> str | None:
    """The party that takes prisoners who are not named otherwise."""
    if frame.measure is not Measure.CAPTURED or frame.rule != "measure-noun" or frame.count.modifiers:
        return None
    verb = back_over(sentence.tokens, frame.count.first - 1, "hedge", "adverbs")
    takes = verb > 0 and any(s.lemma == "take" for s in sentence.tokens[verb].senses)
    return agent(sentence, verb, context) if takes else None


def group_before(sentence: Sentence, first: int, doer: str, context: Context) -> Subject | None:
    """ "promised to finish the ADF, and has killed 567 of them": the group named last that doesn't do the killing."""
    for token in reversed(sentence.tokens[:first]):
        party = party_of(token)
        if token.person is not None and token.person.plural:
            return None  # people told of nearer
        if party is None or party == doer or token.mention is None or token.mention.role not in {"name", "troops"}:
            continue
        if context.lexicon.kind(party) in {"group", None}:
            return Subject(compose(context, party, "fighters", ""), party, "fighters")
    return None
