"""Short names that only an article's own words make clear: "the North" where North Korea is told of."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from monitor.extract.lexicon import Mention

# Begins with one set of letters, so that the search leaps from one of them to the next; "the" is looked back for.
_COMPASS = re.compile(
    r"[NS](?:(?:orth|outh)(?:(?<=\b[Tt]he .{5})(?P<full>)\b(?!(?:-| [A-Z]|ern))|(?<=\b.{5})(?='s\b))"
    r"|(?<=\b[NS])\.? Korean?s?\b)"
)
_HALVES = {"North": "North Korea", "South": "South Korea", "N": "North Korea", "S": "South Korea"}


def with_short_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those of "the North" and "the South" among them, in order, where a Korea is named at all."""
    if not any(mention.party in _HALVES.values() for mention in mentions) and "Korea" not in text:
        return list(mentions)
    starts = [mention.start for mention in mentions]
    free = []
    for short in (_short(text, match) for match in _COMPASS.finditer(text)):
        before = bisect_left(starts, short.end) - 1
        if before < 0 or mentions[before].end <= short.start:
            free.append(short)
    return sorted([*mentions, *free], key=lambda mention: mention.start)


def _short(text: str, match: re.Match[str]) -> Mention:
    word, (start, end) = match.group(), match.span()
    start = start if match["full"] is None else start - len("the ")
    party = _HALVES.get(word) or _HALVES[word[0]]
    role = "people" if word.endswith("Koreans") else "adjective" if word.endswith("Korean") else "name"
    return Mention(start, end, party, role, party, text[start:end])
