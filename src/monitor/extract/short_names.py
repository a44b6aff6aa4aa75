"""Short names that only an article's own words make clear: "the North" where North Korea is told of."""

import re
from collections.abc import Sequence

from monitor.extract.lexicon import Mention

_COMPASS = re.compile(
    r"\b(?:[Tt]he (?P<full>North|South)\b(?!(?:-| [A-Z]|ern))|(?P<owner>North|South)(?='s\b))"
    r"|(?P<short>\b[NS]\.? Korean?s?\b)"
)
_HALVES = {"North": "North Korea", "South": "South Korea", "N": "North Korea", "S": "South Korea"}


def with_short_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those of "the North" and "the South" among them, in order, where a Korea is named at all."""
    if not any(mention.party in _HALVES.values() for mention in mentions) and "Korea" not in text:
        return list(mentions)
    found = [_short(match) for match in _COMPASS.finditer(text)]
    free = [m for m in found if not any(o.start < m.end and m.start < o.end for o in mentions)]
    return sorted([*mentions, *free], key=lambda mention: mention.start)


def _short(match: re.Match[str]) -> Mention:
    word = match["full"] or match["owner"] or match["short"]
    party = _HALVES.get(word, "") or _HALVES[word[0]]
    role = "people" if word.endswith("Koreans") else "adjective" if word.endswith("Korean") else "name"
    return Mention(match.start(), match.end(), party, role, party, match.group())
