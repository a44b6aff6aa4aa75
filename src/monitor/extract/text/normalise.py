"""One character for one character: text made plain without moving an offset.

Curly quotes, the many hyphens and the many spaces become their ASCII forms, so that the grammar needs to know only
one of each; what no database or terminal wants (NUL, lone surrogates, controls) becomes a space. The em dash stays: it
parts clauses, where a hyphen joins words and numbers.
"""

import re
from collections.abc import Iterable

SINGLE_QUOTES = "‘’‚‛′ʼ`´＇"
DOUBLE_QUOTES = "“”„‟″«»＂"
HYPHENS = "‐‑‒–−﹣－"
EM_DASHES = "―⸺⸻"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
LINE_ENDS = "\u2028\u2029\u0085"


def _each(characters: Iterable[str], plain: str) -> dict[int, str]:
    return {ord(character): plain for character in characters}


def _table() -> dict[int, str]:
    controls = [chr(code) for code in range(32) if chr(code) not in "\n\r"] + ["\x7f"]
    table = _each(controls, " ") | _each(map(chr, range(0xD800, 0xE000)), " ")
    table |= _each(SPACES, " ") | _each(INVISIBLE, " ") | _each(LINE_ENDS, "\n") | {ord("\r"): "\n"}
    table |= _each(SINGLE_QUOTES, "'") | _each(DOUBLE_QUOTES, '"') | _each(HYPHENS, "-") | _each(EM_DASHES, "—")
    table |= {0xFF10 + digit: str(digit) for digit in range(10)}  # full-width digits
    return table | {ord("，"): ",", ord("．"): ".", ord("％"): "%", ord("＋"): "+", ord("…"): "."}


_TABLE = _table()
_SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")


def normalise(text: str) -> str:
    """The same text in plain characters; the same length always, so that offsets hold in both. Idempotent."""
    if text.isascii():
        return text.translate(_TABLE)
    # A table is slow on any text that isn't ASCII throughout; few of its characters are special.
    return _SPECIAL.sub(lambda match: _TABLE[ord(match.group())], text)
