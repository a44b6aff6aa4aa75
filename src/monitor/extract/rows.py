"""Tables and lists: a row's label or the heading above it says whose the numbers are.

"Russian losses to date:" above "killed: 91,300", and "Argentina: 649 killed" under "Losses in the Falklands".
"""

from monitor.extract.annotate import Sentence
from monitor.extract.owners import party_of

_MARKS = frozenset({":", "|", "-", "—", "--", "\t"})
_LABEL = 5
_HEADING = 16
_LABELS = frozenset({"name", "adjective", "people", "troops"})


def row_party(sentence: Sentence) -> str | None:
    """The party that labels a row: "- Argentina: 649 killed, 1,657 wounded"."""
    if not is_row(sentence):
        return None
    named = None
    for token in sentence.tokens[: _LABEL + 1]:
        if token.low in _MARKS:
            if named is not None:
                return named
            continue
        if token.counts or token.role("say"):
            return None
        if token.mention is not None and token.mention.role in _LABELS:
            named = party_of(token)
    return None


def is_row(sentence: Sentence) -> bool:
    """A bullet, a row of a table, or a short line "Killed: 1,754"."""
    tokens = sentence.tokens
    return sentence.bullet or (len(tokens) <= _HEADING and any(t.low in {":", "|"} for t in tokens[1:_LABEL]))


def heading_index(sentence: Sentence) -> int | None:
    """Where a line without a verb or a number names losses: the index of that noun, None for any other sentence."""
    tokens = sentence.tokens
    if len(tokens) > _HEADING or sentence.bullet or any(t.counts for t in tokens):
        return None
    ends = sentence.headline or tokens[-1].low == ":"
    if not ends or any(t.has("be", "have", "modal_future") or t.role("say") for t in tokens):
        return None
    return next(
        (i for i, t in enumerate(tokens) if t.role("toll", "count") and not any(s.form for s in t.senses)), None
    )
