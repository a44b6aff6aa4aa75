"""What the names in a source's phrase say of its side: not where it sits, nor the land that it fights or works in."""

from collections.abc import Sequence

from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token

_ACCUSING = frozenset({"accused", "accuse", "accuses", "accusing", "blamed", "blame", "blames", "blaming"})
_AGAINST_STATE = frozenset({"rebel", "guerrilla", "insurgent", "separatist", "opposition", "exiled", "militia"})


def without_seat(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "a group based in London", "the group, headquartered in Paris": where somebody sits is nobody's side."""
    seat = next((i for i, t in enumerate(tokens) if i and t.has("seated")), None)
    return tokens if seat is None else tokens[:seat]


def leads_rebels(tokens: Sequence[Token], index: int) -> bool:
    """ "the rebel leader Jean-Pierre Bemba": who leads rebels doesn't speak for the state, whatever he was later."""
    before = tokens[max(0, index - 2) : index]
    return len(before) == 2 and before[0].low in _AGAINST_STATE and before[1].has("speakers")


def only_land_of(tokens: Sequence[Token], index: int, context: Context) -> bool:
    """ "Yemen's Houthis", "Lebanon's UN mission": the country before a group or a body says where that is at home."""
    owner = tokens[index].mention
    at = index + 2 if index + 1 < len(tokens) and tokens[index + 1].low in {"'s", "'"} else index + 1
    group = tokens[at].mention if at < len(tokens) else None
    if owner is None or group is None or group.party is None or group.party == owner.party:
        return False
    return owner.role in {"name", "adjective"} and context.lexicon.kind(group.party) in {
        "group",
        "organisation",
        "monitor",
    }


def only_told_of(sentence: Sentence, speakers: Sequence[Token], named_at: int, group: str) -> bool:
    """ "The rebels said the RSF had killed 14", "Guerrillas blamed the ELN": "the rebels" can't stand for a group that
    is named only in what they say, nor does anybody accuse himself."""
    tokens = sentence.tokens
    first = next((i for i in sentence.named if (m := tokens[i].mention) is not None and m.party == group), None)
    if first is None or tokens[first].start < speakers[-1].end:
        return False
    between = [t for t in tokens[:first] if t.start >= speakers[-1].end]
    if not between or any(t.low in {",", ";", "and", "when", "after"} for t in between):
        return False
    return between[0].low in _ACCUSING or (named_at == sentence.number and between[0].role("say") is not None)
