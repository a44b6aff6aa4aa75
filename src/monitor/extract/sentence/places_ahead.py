"""A place that follows: who stands right before it is there."""

from monitor.extract.sentence.annotate import Sentence, Token

_COMPASS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
_AFOOT = frozenset({"road", "run", "move", "march", "way", "leave", "holiday", "strike", "trial", "parade", "payroll"})
"""On them nobody is stationed: "150,000 are on the road to the capital", "3,000 are on leave in Kyiv"."""


def _ground(token: Token) -> bool:
    """Ground, or its parts: "on four sides of Ukraine", "at two posts"."""
    return token.has("ground", "posts") or token.low in {"sides", "fronts", "sectors", "points", "places"}


def place_follows(sentence: Sentence, index: int) -> bool:
    """True for "(now) in Kursk", "already there", "along the border" at `index`."""
    tokens = sentence.tokens
    while index < len(tokens) and tokens[index].has("adverbs") and tokens[index].low not in {"there", "here"}:
        index += 1
    if index >= len(tokens):
        return False
    if tokens[index].low in {"out", "over", "up", "down"} and index + 1 < len(tokens):
        index += tokens[index + 1].low in {"there", "here"}
    if tokens[index].low in {"there", "here"}:
        return True
    if tokens[index].low == "over":
        return any(t.has("ground") for t in tokens[index + 1 : index + 3])  # "over the border", not "over Christmas"
    if tokens[index].low in _COMPASS and index + 2 < len(tokens) and tokens[index + 1].low == "of":
        return any(t.capital or t.has("ground") for t in tokens[index + 2 : index + 4])  # "south of the Yalu"
    if not tokens[index].has("being_prepositions") or any(t.low in _AFOOT for t in tokens[index + 1 : index + 3]):
        return False
    rest = tokens[index + 1 : index + 7]
    stops = (
        i
        for i, t in enumerate(rest)
        if t.low in {",", ";"} or (t.number is not None and not any(_ground(n) for n in rest[i : i + 3]))
    )
    rest = rest[: next(stops, len(rest))]
    if any(t.has("wards") for t in rest[:4]):
        return False  # "lie in the base hospital"
    named = any(t.mention is not None and t.mention.role in {"name", "place", "capital"} for t in rest)
    return (
        named
        or any(t.has("ground") for t in rest)
        or any(t.capital and not t.has("weekdays", "months") for t in rest[:3])
    )


def for_duty(tokens: list[Token], index: int) -> bool:
    """ "reported for duty", "reported to the armoury", "answered the call"; not "reported to be dead"."""
    if " " in tokens[index].low or tokens[index].low == "mustered":
        return True
    after = tokens[index + 1 : index + 5]
    if not after or after[0].low not in {"to", "at", "for"}:
        return False
    return any(t.low == "duty" or t.has("posts", "ground") for t in after[1:])
