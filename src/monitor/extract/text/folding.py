"""A text without what only its layout put there: tags, marks of notes, parted letters, line ends of a full line.

Unlike normalise.py, which changes one character for one, this shortens and joins; each offset leads back to the text
as given. Most texts hold nothing of the kind and are handed on as they are.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.domain.claims import Figure
from monitor.extract.text.normalise import INVISIBLE, normalise
from monitor.extract.text.wrapped import line_ends

Edit = tuple[int, int, str]
"""`start:end` of a text and what is read in its place."""

FOLD_CAP = 400_000
"""Characters; what lies behind is not looked at: twice what is read, for texts that are half tags."""

_BLOCKS = "p|br|div|li|ul|ol|tr|table|blockquote|h[1-6]|hr|article|section"
_INLINE = "a|abbr|b|strong|i|em|u|s|span|font|small|mark|sup|sub|code|q|cite|time|td|th"
_ODD = re.compile(
    rf"(?P<block></?(?:{_BLOCKS})(?:\s[^<>]{{0,400}})?/?>)"
    rf"|(?P<inline></?(?:{_INLINE})(?:\s[^<>]{{0,400}})?/?>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});)"
    r"|(?P<note>(?<=[\w.,;:!?)\"'”’])\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\])"
    r"|(?P<arrow>(?:-{1,2}|=)>)"
    rf"|(?P<unseen>\u00ad\r?\n[ \t]*|[{INVISIBLE}]+)"
    r"|(?P<joined>[\ufb00-\ufb06]|[^\W\d_][\u0300-\u036f]{1,4})"
    r"|(?P<end>\r\n)",
    re.IGNORECASE,
)
_HINT = re.compile(rf"[<&\[>\r\ufb00-\ufb06\u0300-\u036f{INVISIBLE}]")
"""What every part of _ODD holds: one quick look spares most texts the search."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is read, and where each part of it begins in the text as given (both empty where they are equal).

    From `begins[n]` on, the text stands where it stood in the one given, `shifts[n]` characters further on.
    """

    text: str
    begins: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def start(self, offset: int) -> int:
        """Where a piece that begins at the offset begins in the text as given."""
        at = bisect_right(self.begins, offset)
        return offset + self.shifts[at - 1] if at else offset

    def end(self, offset: int) -> int:
        """Where a piece that ends before the offset ends in the text as given."""
        return self.start(offset - 1) + 1 if offset else 0


def folded(text: str) -> tuple[Folded, ...]:
    """The text in the forms it goes through, the last one the one to read."""
    plain = _edited(text, _odd(text)) if _HINT.search(text) else Folded(text)
    return plain, _edited(plain.text, line_ends(normalise(plain.text)))


def unfolded(figure: Figure, forms: Iterable[Folded], text: str) -> Figure:
    """The figure with offsets into the text as given, and with the quotation as it stands there."""
    start, end, first, last = figure.start, figure.end, figure.quote_start, figure.quote_start + len(figure.quote)
    for form in reversed(tuple(forms)):
        start, end, first, last = form.start(start), form.end(end), form.start(first), form.end(last)
    return replace(figure, start=start, end=end, quote_start=first, quote=text[first:last])


def _edited(text: str, edits: Iterable[Edit]) -> Folded:
    parts: list[str] = []
    begins: list[int] = []
    shifts: list[int] = []
    taken = length = 0
    for start, end, instead in edits:
        parts += (text[taken:start], instead)
        length += start - taken + len(instead)
        if instead:  # what is read here stands at the beginning of what it is read for
            begins.append(length - len(instead))
            shifts.append(start - begins[-1])
        begins.append(length)
        shifts.append(end - length)
        taken = end
    return Folded("".join((*parts, text[taken:])), tuple(begins), tuple(shifts)) if begins else Folded(text)


def _odd(text: str) -> Iterable[Edit]:
    for found in _ODD.finditer(text):
        written, kind = found.group(), found.lastgroup
        if kind in {"block", "end"}:
            instead = "\n"
        elif kind == "entity":
            instead = html.unescape(written)
        elif kind == "joined":
            instead = unicodedata.normalize("NFKC", written)
        else:
            instead = "→" if kind == "arrow" else ""
        if instead != written:
            yield found.start(), found.end(), instead
