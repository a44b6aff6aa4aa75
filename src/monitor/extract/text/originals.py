"""Where a text was first published, by its own words: "Original source: …", an agency in brackets, a link to it.

Copies of one agency's report are one statement, however many outlets carry them. So a name is given only where the text
goes back to that one: an agency that took the picture, was told something last year or is one of two is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from monitor.extract.lexicon.wordlists import read_data

FIRST_LINES = 4
"""An outlet that retells another's report says so near the beginning."""
LAST_LINES = 6
"""Credits stand below the text, above at most a few lines of the page."""
LONGEST = 6
"""No outlet's name has more words."""

_HOST = re.compile(r"(?:https?://|www\.)(?:www\.)?([\w-]+(?:\.[\w-]+)+)[^\s)\]]*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class _Words:
    agencies: dict[str, str]
    hosts: dict[str, str]
    one: str
    lists: dict[str, tuple[str, ...]]

    def any_of(self, *names: str) -> str:
        """The words of these lists as one alternation, the longest first."""
        return _alternatives(word for name in names for word in self.lists[name])


@cache
def _words() -> _Words:
    data = read_data("words/agencies.yaml")
    agencies = data.pop("agencies")
    names = {form: name for name, one in agencies.items() for form in (name, *one["forms"])}
    hosts = {host: name for name, one in agencies.items() for host in one["hosts"]}
    return _Words(names, hosts, _alternatives(names), {name: tuple(words) for name, words in data.items()})


def original_source(text: str, outlet: str = "") -> str | None:
    """Whose report a text is, as it says itself; None where it says nothing, or names more than one.

    An agency is given by the name under which it is known, whichever form the text has. An agency's own text is that
    agency's.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for rule in (_labelled, _dateline, _signed, _helped, _retold):
        found = {name for name in rule(lines) if name}
        if found:
            return _only(found)
    return _words().agencies.get(outlet)


def _only(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _labelled(lines: list[str]) -> Iterator[str]:
    """ "Original source: Northwire", "Source: https://www.reuters.com/…"."""
    for line in (*lines[:FIRST_LINES], *lines[-LAST_LINES:]):
        label = _label().match(line)
        if label is None or (label["colon"] is None and label["label"].lower() in _words().lists["with_colon"]):
            continue
        yield from _named(line[label.end() :])


def _named(rest: str) -> Iterator[str]:
    """The name behind a label: an agency, a host, or another name as it is written."""
    link = _HOST.search(rest)
    bare = re.split(r"[.,;(\[|]|\s[-–—]\s|\son\s", rest if link is None else rest[: link.start()])[0].strip(" \"'“”*_:")
    bare = " ".join(bare.split())
    if bare in _words().agencies or (bare and _is_name(bare)):
        several = re.search(rf"(?:\band|[/,&])\s*(?:{_words().one})(?![\w-])", rest)
        yield from _agencies(rest) if several else (_words().agencies.get(bare, bare),)
    elif link is not None:
        yield _host(link[1])


def _host(host: str) -> str:
    parts = host.lower().split(".")
    known = (".".join(parts[at:]) for at in range(len(parts) - 1))
    return next((name for one in known if (name := _words().hosts.get(one))), host.lower())


def _is_name(bare: str) -> bool:
    words = bare.split()
    begins = words[0][0].isupper() or bare.lower() in {form.lower() for form in _words().agencies}
    return begins and len(words) <= LONGEST and not {word.lower() for word in words} & {*_words().lists["no_names"]}


def _dateline(lines: list[str]) -> Iterator[str]:
    """ "KYIV, Dec 23 (Reuters) - ", "(AFP) —", "Reuters - " at the beginning of a text."""
    for line in lines[:FIRST_LINES]:
        found = _datelined().match(line)
        if found:
            yield from _agencies(found["who"] or found["bare"])
            return


def _signed(lines: list[str]) -> Iterator[str]:
    """ "(AFP)", "— AP", "Northwire" at the end of a text: a line of its own, or the end of its last sentence."""
    for line in lines[-LAST_LINES:]:
        if _about_picture(line):
            continue
        found = _alone().fullmatch(line) or _ending().search(line)
        if found:
            yield from _agencies(found["who"])


def _helped(lines: list[str]) -> Iterator[str]:
    """ "With reporting by Reuters": agencies, of several none."""
    for line in lines[-LAST_LINES:]:
        found = re.search(rf"(?:^|[(\[.]\s*)\W{{0,2}}(?:{_words().any_of('helpers')})\s+(.*)", line, re.IGNORECASE)
        if found and not _about_picture(line):
            yield from _agencies(found[1].split(". ")[0])


def _retold(lines: list[str]) -> Iterator[str]:
    """ "Reuters reported", "as first reported by AFP" near the beginning."""
    for line in lines[:FIRST_LINES]:
        for sentence in _SENTENCE.split(line):
            for found in _report().finditer(sentence):
                if not _past().search(sentence) and not _about_picture(sentence):
                    yield _words().agencies[found["who"] or found["by"]]


def _agencies(text: str) -> Iterator[str]:
    for found in re.finditer(rf"(?<![\w-])(?:{_words().one})(?![\w-])", text):
        yield _words().agencies[found[0]]


def _about_picture(line: str) -> bool:
    return re.search(rf"\b(?:{_words().any_of('pictures')})\b", line, re.IGNORECASE) is not None


@cache
def _report() -> re.Pattern[str]:
    one, reported, as_reported = _words().one, _words().any_of("reported"), _words().any_of("as_reported")
    behind = rf"(?<![\w-])(?:the )?(?P<who>{one}) (?:{reported})\b(?! on the| from)"
    return re.compile(rf"{behind}|\b(?:{as_reported}) (?:the )?(?:news agency |agency )?(?P<by>{one})(?![\w-])")


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words().any_of('other_times')}|(?:in|since) (?:19|20)\d\d)\b", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"[\W_]{{0,3}}(?P<label>{_words().any_of('labels')})(?P<colon>\s*:)?\s+(?:the\s+)?", re.IGNORECASE
    )


def _several() -> str:
    """One agency, or some of them with a slash, comma or "and" between."""
    one = _words().one
    return rf"(?:{one})(?:(?:\s*[/,&]\s*|\s+and\s+)(?:{one}))*"


@cache
def _datelined() -> re.Pattern[str]:
    place = r"(?:[A-Z][\w'’.-]*(?:[ ,/]+[\w'’.-]+){0,6}?[ ,]*)?"
    brackets = rf"{place}\((?P<who>{_several()})\)\s*(?:[-–—:]|(?=[A-Z“\"]))"
    return re.compile(rf"{brackets}|(?P<bare>{_several()})\s*[-–—]\s")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"[\s(\[*_—–-]*(?P<who>{_several()})[\s)\].*_]*")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.!?”\"])\s*(?:[(\[]|[—–-]+\s*)(?P<who>{_several()})[)\]]?\.?$")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
