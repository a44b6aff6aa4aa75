"""What stands around a text and is none of it: who wrote it, when it was published and updated. Pure.

Outlets move these about without touching what they report, so they don't make another text.
"""

import re

_WHEN = (
    r"(?:\d[\d:./]*+(?:st|nd|rd|th)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[ap]\.?m\.?|gmt|utc|bst|ce?s?t|ee?s?t|[ecmp][sd]t|msk|local"
    r"|time|hours?|hrs?|h|minutes?|mins?|days?|ago|an?|just|now|today|yesterday|at|on|of|the)"
)
_DATED = re.compile(
    r"(?:(?:this|the) (?:story|article|report|page|post|live ?blog) (?:was|has been) )?(?:(?:last|first) )?"
    rf"(?:updated?|modified|edited|revised|published|posted)\b[\s:,–—-]*(?:{_WHEN}(?:[\s,.()–—-]+|$))*+",
    re.IGNORECASE,
)
"""It holds nothing but a time: "Updated 3 hours ago", "This story was last updated on 3 February at 10:00 GMT."."""
_BYLINE = re.compile(
    r"(?:Written |Reported |Edited )?[Bb]y:? [A-Z][\w.'’-]*"
    r"(?:[ ,/&]+(?:[A-Z][\w.'’-]*|and|in|for|at|of|the|with|de|van|von|bin|al|staff|reporter|correspondent|editor))*"
)
"""Nothing but names: "By Jane Doe and Richard Roe in Kyiv". No number is among them."""
_PARTS = re.compile(r"\s+[|·•]\s+")
_COUNT = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?)\b",
    re.IGNORECASE,
)


def substance(text: str) -> str:
    """The words of a text without the lines that only say who wrote it and when, in one line."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(word for line in lines if not _around(line) for word in line.split())


def _around(line: str) -> bool:
    return bool(line) and all(_is_byline(part) or _DATED.fullmatch(part) for part in _PARTS.split(line))


def _is_byline(part: str) -> bool:
    return _BYLINE.fullmatch(part) is not None and _COUNT.search(part) is None
