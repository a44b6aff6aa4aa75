"""The bytes of a feed, made fit for the feed parser before it sees them.

The parser takes what it is given: two bytes a letter for a body that broke off, ten lines of definitions for gigabytes
of text, a hundred thousand entries one by one.
"""

import re
from bisect import bisect
from collections.abc import Mapping

ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOT_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)

_ANY_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HEAD = 4000
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(r"""(<\?xml[^>]{0,100}?encoding\s*=\s*["'])[\w.:-]{1,40}""")
# Definitions that are made of others, or stand elsewhere: no feed needs them, and they are how a bomb is built.
_DEFINITION = re.compile(rb"<!ENTITY\s[^>]{0,60}?(?:[\"'][^\"'<>]{0,100000}?(?:&(?!#)|%)|\s(?:SYSTEM|PUBLIC)\s)[^>]*>")

# A type that lies elsewhere (old RSS names one at a host that is no more) is never fetched, and where one is named the
# parser leaves out each reference to a letter ("&eacute;") that it would know without.
_FOREIGN_TYPE = re.compile(rb"<!DOCTYPE\s[^<>\[]{0,300}>", re.IGNORECASE)
ONE_BYTE = re.compile(
    r"(?:iso-?8859-?\d{1,2}|latin-?\d|windows-?125\d|cp-?125\d|koi8-?[ru]|(?:us-)?ascii)", re.IGNORECASE
)
"""Character sets of one byte a letter: any body can be read in them, so that servers name them without looking."""
SOUND = 10
"""Letters beyond ASCII that are UTF-8 for each that is not: no text in another set has as many by chance."""
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NAMED_SET = re.compile(rb"""^[^<]{0,9}<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""")

# What a picture or a film is called: a text of its own, unless the item has no other.
_CAPTIONS = re.compile(
    rb"<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)"
    rb"|<(media:(?:title|description))(?=[\s/>])[^<>]*+"
    rb"(?:(?<=/)>|>(?:[^<]++|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+\]\]>)*+</\1\s*+>)"
)
_OWN_TEXT = re.compile(rb"<(?:description|summary|content:encoded|content)[\s>]")

# Elements without elements of their own that nobody here reads, as feeds name them, and who wrote. What is left out
# before the parser sees it costs a twentieth of what the parser takes for it, and in a newsroom's feed they are half of
# all elements. Sections of CDATA are found first, to be left alone: what looks like an element in them is an article's.
_UNREAD = re.compile(
    rb"<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)"
    rb"|<author>\s*+(?:<(name|uri|email)>[^<]*+</\1>\s*+)*+</author>"
    rb"|<(author|category|comments|enclosure|dc:(?:creator|subject|rights|type|language|publisher|format|identifier)"
    rb"|media:(?:content|thumbnail|credit|keywords|category|copyright|rating|text)|itunes:(?!title|summary|subtitle)\w++"
    rb"|(?:slash|wfw|georss|thr|snf|webfeeds|post-id):?[\w-]*+)(?=[\s/>])[^<>]*+"
    rb"(?:(?<=/)>|>(?:[^<]++|<!\[CDATA\[[^\]<]*+\]\]>)*+</\2\s*+>)"
    rb"|>([^<>&]*+&(?:lt|gt|amp|quot|apos);[^<]*+)"
)
_ESCAPED = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&amp;", b"&"))
_OTHER_REFERENCE = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)")


# An ampersand that begins no reference ("R&D", "?a=1&copy=3"): XML has none, and the parser that stands in for broken
# ones makes references of them.
_BARE = re.compile(rb"&(?!#?\w[\w.:-]{0,400};)")
_BARE_OUTSIDE = re.compile(rb"<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)|&(?!#?\w[\w.:-]{0,400};)")


def fit(body: bytes, headers: Mapping[str, str], most: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers for the feed parser: one byte a letter, at most `most` items, no NULs, no piled definitions,
    nothing that nobody reads."""
    given = dict(headers)
    wide = next((name for mark, name in _WIDE if body.startswith(mark)), None)
    if wide is not None:
        text = body.decode(wide, "replace").lstrip("\ufeff")
        body = _DECLARED.sub(r"\1utf-8", text[:300]).encode() + text[300:].encode()
        given["content-type"] = "application/xml; charset=utf-8"
    body = body.replace(b"\x00", b"")
    if b"<!ENTITY" in body[:_HEAD]:
        body = _DEFINITION.sub(b"", body)
    if b"<!DOCTYPE" in body[:_HEAD]:
        body = _FOREIGN_TYPE.sub(b"", body, count=1)
    body = _with_few_bytes_mended(body)
    if _is_utf8_after_all(body, given.get("content-type", "")):
        given["content-type"] = "application/xml; charset=utf-8"
    if _BARE.search(body):
        body = _BARE_OUTSIDE.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body)
    body = _fewer_items(body, most)
    if b"<media:description" in body:
        body = _without_captions(body)
    return _UNREAD.sub(_lighter, body), given


def _with_few_bytes_mended(body: bytes) -> bytes:
    """UTF-8 in which few bytes are none (a summary cut in the middle of a letter, a word from an old archive) with
    U+FFFD for those: the parser would read all of it in another set, where no word stays what it is."""
    try:
        body.decode()
    except UnicodeDecodeError:
        text = body.decode(errors="replace")
        bad = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
        good = sum(len(letters) for letters in _FOREIGN.findall(text)) - text.count("\ufffd")
        return text.encode() if good >= SOUND * bad else body
    return body


def _is_utf8_after_all(body: bytes, content_type: str) -> bool:
    """True where the body or its header names a set of one byte a letter, and the letters beyond ASCII are all UTF-8:
    no text in such a set reads so by chance."""
    declared, stated = _NAMED_SET.match(body), _CHARSET.search(content_type)
    named = [declared[1].decode("ascii", "replace") if declared else "", stated[1] if stated else ""]
    if body.isascii() or not any(ONE_BYTE.fullmatch(name) for name in named):
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_captions(body: bytes) -> bytes:
    """Without captions in items that have a text of their own."""
    starts = [found.start() for found in ITEM.finditer(body)]

    def left(found: re.Match[bytes]) -> bytes:
        at = bisect(starts, found.start())
        end = starts[at] if at < len(starts) else len(body)
        has_text = at > 0 and _OWN_TEXT.search(body, starts[at - 1], end)
        return _text_alone(found) if has_text else found[0]

    return _CAPTIONS.sub(left, body)


def _lighter(found: re.Match[bytes]) -> bytes:
    """Nothing in place of an element that nobody reads, and escaped markup as the same text in a section of CDATA: the
    parser is called for each stretch between two references anew."""
    escaped = found[3]
    if escaped is None:
        return _text_alone(found)
    if _OTHER_REFERENCE.search(escaped):
        return found[0]
    for reference, letter in _ESCAPED:
        escaped = escaped.replace(reference, letter)
    return found[0] if b"]]>" in escaped else b"><![CDATA[" + escaped + b"]]>"


def _text_alone(found: re.Match[bytes]) -> bytes:
    """Nothing in place of an element, and a section of CDATA as it is."""
    return found[0] if found[0].startswith(b"<!") else b""


def is_page(body: bytes) -> bool:
    """True for a web page: seen before it is parsed, since a large one costs the parser more than a feed."""
    return bool(_HTML.search(body[:_HEAD])) and not looks_like_feed(body)


def looks_like_feed(body: bytes) -> bool:
    """True when there is a feed's root element or an entry."""
    return bool(_ROOT.search(body[:_HEAD]) or ITEM.search(body))


def _fewer_items(body: bytes, most: int) -> bytes:
    """`body` without the items after the first `most`: the parser's time grows with every one of them."""
    for count, found in enumerate(_ANY_ITEM.finditer(body)):
        if count == most:
            ends = [end.end() for end in ITEM_END.finditer(body, found.start())]
            return body[: found.start()] + (body[ends[-1] :] if ends else _rest(body))
    return body


def _rest(body: bytes) -> bytes:
    """The end of the root element, where there is one: a feed that was cut here didn't break off."""
    end = ROOT_END.search(body, max(0, len(body) - 400))
    return body[end.start() :] if end else b""
