"""Quotations in single quotes read like those in double ones: 'more than 100 terrorists' is said, not owned."""

import re

LONGEST = 600
"""Characters; what opens a quotation is closed within so many, on its line, or was none."""

# Behind a blank and before a word a mark opens; "'90s" and "'em" only leave something out.
_OPENING = re.compile(r"'(?<![^\s(\[\"—:;,-]')(?=\w)(?!\d\ds\b|(?i:em|til|tis|twas|cause|n)\b)")
_CLOSING = re.compile(r"'(?<=[\w.,!?;%)]')(?!\w)")
_OWNING = re.compile(r"(?<=s)'(?= \w)")
"""May be the mark of an owner in the plural: "the rebels' dead"."""


def with_plain_quotes(text: str) -> str:
    """The normalised text with a double quote for each single one of a pair; the same length always, linear time.

    Not inside double quotes, where they part nothing of who says so. A mark behind a plural that goes on may belong to
    an owner: it closes only where no better one follows before the next quotation.
    """
    if "'" not in text or not (openings := [found.start() for found in _OPENING.finditer(text)]):
        return text
    parts: list[str] = []
    taken, within = 0, False
    for start, following in zip(openings, [*openings[1:], len(text)], strict=True):
        before = text[taken:start]
        line = before.rfind("\n") + 1
        within = (within and not line) ^ (before.count('"', line) % 2 == 1)
        stop = text.find("\n", start, following)
        end = None if within else _closed(text, start + 1, min(following if stop < 0 else stop, start + LONGEST))
        if end is None:
            parts.append(before + "'")
            taken = start + 1
        else:
            parts += (before, '"', text[start + 1 : end], '"')
            taken = end + 1
    return "".join((*parts, text[taken:]))


def _closed(text: str, first: int, stop: int) -> int | None:
    """Where the quotation that is open at `first` ends."""
    marks = [found.start() for found in _CLOSING.finditer(text, first, stop)]
    return next((mark for mark in marks if not _OWNING.match(text, mark)), marks[0] if marks else None)
