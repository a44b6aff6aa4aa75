"""What kind of event a sentence tells of, and what it hit: enough to tell two strikes on one town apart."""

import re
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Any

from monitor.extract.lexicon.wordlists import read_data
from monitor.extract.text.cues import Cue, needs, standing

_GAP = r"(?:[\w'’-]+\s+){0,5}?"


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_data("words/events.yaml")
    return words


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _kinds() -> Cue:
    kinds = _words()["kinds"]
    groups = (f"(?P<{kind}>{_any(words)})" for kind, words in kinds.items())
    return Cue(rf"\b(?:{'|'.join(groups)})\b", *(word for words in kinds.values() for word in words))


@cache
def _mines() -> re.Pattern[str]:
    """A mine that is laid, met or goes off is a bomb; one that men work or hide in is a place."""
    met, off = _any(_words()["meeting_mines"]), _any(_words()["going_off"])
    dug = rf"(?:{_any(_words()['dug'])})"
    mine = rf"(?:(?:an?|the|two|several)\s+)?(?!{dug}\b)(?:[\w-]+\s+)?mines?\b"
    shaft = rf"(?!\s+(?:{_any(_words()['mine_parts'])}))"
    return re.compile(rf"\b(?:{met})\s+{mine}{shaft}|(?<!\w)(?:an?|the)\s+mine\s+(?:{off})\b")


@cache
def _forms() -> dict[str, str]:
    return {form: name for name, forms in _words()["targets"].items() for form in forms}


@cache
def _hit_at_all() -> frozenset[str]:
    return needs(*_forms())


@cache
def _hits() -> tuple[re.Pattern[str], ...]:
    """Each finds what was hit as its group `hit`."""
    words = _words()
    hit = rf"(?P<hit>{_any(list(_forms()))})\b"
    patterns = (
        # "warplanes bombed a crowded market", "shells hit the bus station"
        rf"\b(?:{_any(words['hitting'])})\s+{_GAP}{hit}",
        # "an air strike on a market", "the bombing of the maternity hospital"
        rf"\b(?:{_any(words['blows'])})\s+(?:on|at|in|of|against|near|outside|inside)\s+{_GAP}{hit}",
        # "bombs fell on the camp"
        rf"\b(?:{_any(words['falling'])})\s+(?:on|onto|in|into|at|near|through|inside|outside)\s+{_GAP}{hit}",
        # "the market strike", "El Obeid market bombing"
        rf"\b{hit}\s+(?:air\s+)?(?:{_any(words['blows'])})\b",
        # "a market in North Kordofan was bombed"
        rf"\b{hit}\s+{_GAP}(?:was|were|had\s+been|has\s+been|came)\s+(?:{_any(words['hitting'])}|under)\b",
        # "a bus hit a mine"
        rf"\b{hit}\s+(?:{_any(words['wrecked'])})\b",
        # "bodies were pulled from the hospital, and the toll of the drone strike there is 17"
        rf"\b{hit}\b[^;]{{0,120}}?\b(?:{_any(words['blows'])})\s+there\b",
        # "killed in the market", "died on a ferry"
        rf"\b(?:killed|killing|died|lives|dead)\s+(?:(?!\d)[\w-]+\s+){{0,3}}?(?:in|at|on|aboard)\s+(?:the|a)\s+(?:\w+\s+)?(?!hospital|clinic){hit}",
        # "58 were killed on a ferry, and 15 a day later in a monastery"
        rf"\b\w+\s+(?:{_any(words['days'])})\s+(?:in|at|on|aboard)\s+(?:the|a)\s+(?:\w+\s+)?(?!hospital|clinic){hit}",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def _and_another() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|and|or)\s+(?:an?|the)\s+(?:\w+\s+)?(?P<hit>{_any(list(_forms()))})\b")


@cache
def _parting() -> re.Pattern[str]:
    """Where another event may begin: ", and on Wednesday", "; ", ", while"."""
    return re.compile(r";|,\s+(?:and|but|while|whereas)\b")


@cache
def _days() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(_words()['days'])})\b")


def is_blow(word: str) -> bool:
    """True for a noun (in lower case) of what hits people: "strike", "bombing"."""
    return word in _words()["blows"]


@lru_cache(maxsize=32)  # asked for each figure of a sentence and of its scene
def event_of(low: str) -> str | None:
    """The kind of event that a sentence (in lower case) tells of; None for none, or for more than one."""
    kinds = {match.lastgroup for match in _kinds().finditer(low)}
    if not kinds and "mine" in low and _mines().search(low):
        kinds.add("bomb")
    return kinds.pop() if len(kinds) == 1 else None


@lru_cache(maxsize=32)
def target_of(low: str) -> str | None:
    """What a sentence (in lower case) says was hit; None for nothing, or for more than one thing."""
    forms, needed = _forms(), _hit_at_all()  # looked for by `standing` from then on
    if standing(low).isdisjoint(needed):
        return None
    hits = [match for pattern in _hits() for match in pattern.finditer(low)]
    more = (_and_another().match(low, match.end("hit")) for match in hits)
    found = {forms[match["hit"]] for match in (*hits, *more) if match is not None}
    return found.pop() if len(found) == 1 else None


def _own_target(low: str, at: int) -> str:
    """The part between semicolons around `at` where that and another name different things that were hit; else all."""
    parts = low.split(";")
    hit = [target_of(part) for part in parts] if len(parts) > 1 else []
    if len(set(hit) - {None}) < 2:
        return low
    ends = accumulate(len(part) + 1 for part in parts)
    own = next((place for place, end in enumerate(ends) if at < end), len(parts) - 1)
    return parts[own] if hit[own] is not None else low


def clause_at(low: str, at: int) -> str:
    """The part of a sentence (in lower case) that tells of the event around `at`: all of it, but where its parts name
    days of their own ("on Tuesday 34 were killed on a ferry, and on Wednesday nine died in a monastery"), or targets
    ("rockets killed three in a block of flats; a drone killed five at the market")."""
    if len({match[0] for match in _days().finditer(low)}) < 2:
        return _own_target(low, at)
    cuts = [0, *(match.start() for match in _parting().finditer(low)), len(low)]
    parts = [low[first:stop] for first, stop in pairwise(cuts)]
    own = next(index for index, stop in enumerate(cuts[1:]) if at < stop or stop == len(low))
    return parts[own] if all(_days().search(part) for part in parts) else low
