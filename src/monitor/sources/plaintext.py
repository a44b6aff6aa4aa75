"""Plain text out of the markup that feeds carry, and texts that every database can store."""

import re
import threading
from html import unescape
from typing import Final

from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # its types are a package of their own

MAX_MARKUP = 1_000_000  # characters of one field that are read

_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tr", "ul",
    }
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_SILENT: Final = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title"})
_TAG = re.compile(r"<[a-zA-Z/!?]|&(?:#\d|#x|[a-zA-Z]{2,8};)")
# What no text needs and PostgreSQL or JSON refuses: control characters but tab and line feed, lone surrogates.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")
_TWICE = re.compile(r"&(?:amp|quot|apos|nbsp|[rl][sd]quo|[nm]dash|#\d{2,5});")
_MANY = re.compile(r"\n{3,}")
_own = threading.local()
"""A parser for each thread: making one costs several times what a short text does."""


def clean(text: str) -> str:
    """`text` without characters that can't be stored, with LF line ends; offsets are taken only after this."""
    if text.isprintable():
        return text  # nothing of the kind, said in no time
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A title as one line of plain text: titles come with markup and with doubly escaped characters."""
    plain = clean(text[:MAX_MARKUP])
    if _TAG.search(plain):
        plain = plain_text(plain)
        plain = clean(unescape(plain)) if _TWICE.search(plain) else plain  # some systems escape once more on their way
    return " ".join(plain.split())


def plain_text(markup: str) -> str:
    """The text of an HTML fragment: paragraphs parted by an empty line, no scripts, no tags.

    A text without any markup comes back with its paragraphs as they are.
    """
    text = clean(markup[:MAX_MARKUP])
    if "<![CDATA[" in text:  # the mark of a section that was escaped itself: a parser of HTML leaves it all out
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if not _TAG.search(text):
        return _tidy(text)
    return _tidy(clean(_collected(text)))


def _collected(text: str) -> str:
    parser = getattr(_own, "parser", None)
    if parser is None:
        parser = etree.HTMLParser(target=_Collector(), encoding="utf-8", remove_comments=True, remove_pis=True)
    _own.parser = None  # one that stumbles isn't used again
    # A document needs an element to exist, and undecodable bytes were cleaned away before.
    parser.feed(f"<div>{text}</div>".encode())
    collected = str(parser.close())
    _own.parser = parser
    return collected


def _tidy(text: str) -> str:
    lines = text.strip().split("\n")
    if len(lines) == 1:
        return " ".join(lines[0].split())
    return _MANY.sub("\n\n", "\n".join([" ".join(line.split()) for line in lines])).strip()


class _Collector:
    """Collects text from parser events; markup of any depth costs no stack."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._silent = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag in _CELLS:
            self._parts.append(" ")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._parts.append("\n\n")

    def data(self, text: str) -> None:
        if not self._silent:
            self._parts.append(text.replace("\n", " "))

    def close(self) -> str:
        """All of it; the next text starts anew."""
        collected = "".join(self._parts)
        self._parts, self._silent = [], 0
        return collected
