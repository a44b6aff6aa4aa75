"""Feed text made harmless. Pure. Whatever a feed sends, it can only ever be read, never obeyed.

Three depths: `clean` (no character that steers a terminal, a header or the direction of writing), `defang` (besides,
nothing that a mail program turns into a link) and `chat` (besides, no mention and no markup of any chat service).
Characters are replaced by look-alikes rather than escaped: escapes differ from service to service, look-alikes don't.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from string import punctuation
from typing import Any
from urllib.parse import quote, urlsplit

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
"""Bidirectional controls, zero-width and tag characters. The joiners that Persian, Hindi and emoji need are kept."""

MARK_PILES = re.compile("([\u0300-\u036f\u20d0-\u20ff]{3})[\u0300-\u036f\u20d0-\u20ff]+")
"""More than three combining marks on one letter only serve to paint over the lines around it."""

SPACES = re.compile(r"\s+")
DOMAIN_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2,})")
"""A dot that could part a name from a top-level domain: mail and chat programs make links of such words."""
SCHEME = re.compile(r"(?<=[^\W\d_]):(?=\S)|(?<=\w):(?=//)")
"""The colon of "https://…", "javascript:…", "mailto:…" and of ":emoji:" codes."""

CHAT_LOOKALIKES = str.maketrans(
    {
        "@": "＠",
        "<": "‹",
        ">": "›",
        "[": "(",
        "]": ")",
        "`": "‘",
        "*": "∗",
        "_": "＿",
        "~": "∼",
        "|": "¦",
        "\\": "＼",
        "#": "＃",
        "{": "(",
        "}": ")",
        "&": "＆",
    }
)
CHAT_STARTS = re.compile(r"(?<!\S)/(?=\w)|\$(?=[A-Za-z$])|:(?=[\w+-]{1,60}:)|(?<!\S)!(?=\w)")
"""Bot commands and room names at the beginning of a word, cash tags, formulas and emoji codes anywhere."""
START_LOOKALIKES = {"/": "⁄", "$": "＄", ":": "∶", "!": "ǃ"}

COMMAND = re.compile(r"monitor [\w '-]{1,200}")
"""What we tell people to type. Nothing in it pings, links or is markup, save an underscore in the name of a watch."""

URL_SAFE = "/?#=&;:+,%!$-._"
MAX_URL = 2_000


def clean(text: str, limit: int = 2_000) -> str:
    """One line of visible characters, at most `limit` of them (cut with an ellipsis)."""
    # Most text is printable throughout: then there is nothing to look for character by character.
    visible = text if text.isprintable() else "".join(" " if _steers(char) else char for char in text)
    if visible.isascii():
        line = " ".join(visible.split())
    else:
        line = SPACES.sub(" ", MARK_PILES.sub(r"\1", INVISIBLE.sub("", visible))).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def clean_data(value: Any) -> Any:
    """JSON data with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: clean_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_data(inner) for inner in value]
    return value


def header(text: str, limit: int = 200) -> str:
    """Text for a mail header: cleaned, and without the mark that begins an encoded word."""
    return clean(text, limit).replace("=?", "= ?").replace("?=", "? =")


def defang(text: str, limit: int = 2_000) -> str:
    """Cleaned text in which no program finds a link."""
    return DOMAIN_DOT.sub("․", SCHEME.sub("∶", clean(text, limit)))


def chat(text: str, limit: int = 1_000) -> str:
    """Text in which no chat service finds a mention, a link, a command or markup."""
    # In this order: a look-alike or the end of a cut-off bullet may be what makes a word begin.
    plain = defang(text, limit).translate(CHAT_LOOKALIKES).lstrip("-+=.– ")
    return CHAT_STARTS.sub(lambda match: START_LOOKALIKES[match[0]], plain)


def command(line: str) -> str:
    """A command of ours as it can be pasted out of chat, unless a name in it has signs that could be live."""
    return line if COMMAND.fullmatch(line) and clean(line) == line else chat(line, 200)


def markdown(text: str, limit: int = 2_000) -> str:
    """Cleaned text in Markdown's own escapes: no markup, no HTML, no end of a table's cell, and no address that becomes
    a link by itself."""
    return "".join("\\" + char if char in punctuation else char for char in clean(text, limit))


def safe_url(url: str) -> str | None:
    """The URL as a link may carry it: http or https, ASCII, everything but its structure percent-encoded.

    None for every other scheme, for a URL with a user name in it (those are made to mislead) and for nonsense.
    """
    if len(url) > MAX_URL or clean(url) != url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    rest = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return f"{parts.scheme}://{host}{port}{quote(rest, safe=URL_SAFE)}"


def cut_middle(lines: Sequence[str], limit: int, gap: str = "\n") -> str:
    """The lines parted by `gap`, in at most `limit` characters: as many of the first ones as there is room for besides
    the last two, which say what to do. Only where there is no room for a whole line is one cut."""
    text = gap.join(lines)
    for left in range(len(lines) - 1, 0, -1):
        if len(text) <= limit:
            return text
        last = min(2, left - 1)
        text = gap.join([*lines[: left - last], "…", *lines[len(lines) - last :]])
    whole = text if len(text) <= limit else lines[0]
    return whole if len(whole) <= limit else whole[: max(limit - 1, 0)].rstrip() + "…"


def _steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
