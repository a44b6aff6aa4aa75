"""A mail in bytes, as it goes over the line. Pure.

Parsing and folding headers takes most of the time of a mail in the standard library, and nearly all of them are the
same each time: each line is made by it once and kept. So it is still the library that refuses a line feed in a value
and that encodes what isn't ASCII.
"""

import binascii
import re
from collections.abc import Iterable, Sequence
from email.policy import SMTP
from functools import lru_cache

END = b"\r\n"
LINE = 78
"""Letters in one line of a header (RFC 5322, 2.1.1)."""
BEFORE_FOLD = re.compile(r"(?<=\S)[ \t]+(?=\r\n[ \t])")
"""The library leaves a blank at the end of a line before an encoded word, and begins the next one with another:
unfolded they are two."""
BASE64_LINE = 57
"""Bytes of a file in one line of 76 letters."""


@lru_cache(maxsize=500)
def header(name: str, value: str) -> bytes:
    """A header in lines of a mail's width. Raises ValueError for a value with a line feed in it."""
    line: str = SMTP.fold(*SMTP.header_store_parse(name, value))
    return BEFORE_FOLD.sub("", _begun(name, line)).encode("ascii")


def _begun(name: str, folded: str) -> str:
    """The first words on the header's own line, as many as it has room for: some programs show an empty one as a
    leading blank. A word that is too long for it stays below."""
    empty = f"{name}:\r\n "
    if not folded.startswith(empty):
        return folded
    first, rest = f"{name}: {folded.removeprefix(empty)}".split("\r\n", 1)
    cut = len(first) if len(first) <= LINE else first.rfind(" ", len(name) + 3, LINE + 1)
    if cut < 0:
        return folded
    below = f"{first[cut:]}\r\n" if first[cut:].strip() else ""
    return f"{first[:cut]}\r\n{below}{rest}"


def part(headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """Headers and what they are about."""
    return b"".join([*(header(name, value) for name, value in headers), END, body])


def text(content: str, subtype: str) -> bytes:
    """A part of text, quoted-printable."""
    lines = END.join(content.encode().splitlines()) + END
    headers = (("Content-Type", f'text/{subtype}; charset="utf-8"'), ("Content-Transfer-Encoding", "quoted-printable"))
    return part(headers, binascii.b2a_qp(lines))


def picture(png: bytes, cid: str) -> bytes:
    """A picture that the page shows by its Content-ID."""
    headers = (
        ("Content-Type", "image/png"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", 'inline; filename="chart.png"'),
        ("Content-ID", f"<{cid}>"),
        ("MIME-Version", "1.0"),
    )
    lines = (binascii.b2a_base64(png[at : at + BASE64_LINE], newline=False) for at in range(0, len(png), BASE64_LINE))
    return part(headers, END.join(lines) + END)


def several(kind: str, parts: Sequence[bytes]) -> bytes:
    """Parts as one of this kind ("alternative"). What parts them has "=_" in it, which no quoted-printable and no
    base64 text ever has (RFC 2045, 6.7)."""
    mark = f"=_{kind}"
    between = f"\r\n--{mark}\r\n".encode()
    headers = (("MIME-Version", "1.0"), ("Content-Type", f'multipart/{kind}; boundary="{mark}"'))
    return part(headers, between[2:] + between.join(parts) + f"\r\n--{mark}--\r\n".encode())
