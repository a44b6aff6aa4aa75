"""A cue is tried only where one of its words stands, so every match of its pattern has to hold one of them."""

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterable
from typing import Any

import pytest

import monitor.extract
from monitor.extract.scene.periods import _PERIODS
from monitor.extract.text.cues import Cue

_parser: Any = importlib.import_module("re._parser")
_OTHER = "\0"
"""Stands for a character that is not one fixed letter."""


def _cues() -> dict[str, Cue]:
    found = {f"periods {at} {name}": cue for at, (name, cue) in enumerate(_PERIODS)}
    for module in pkgutil.walk_packages(monitor.extract.__path__, "monitor.extract."):
        home = importlib.import_module(module.name)
        found |= {f"{module.name} {name}": value for name, value in vars(home).items() if isinstance(value, Cue)}
    return found


CUES = _cues()


def _escaping(parsed: Any, tails: Iterable[str], needs: Collection[str]) -> set[str]:
    """How far into one of the words what matches up to here may have come without holding any; `tails` are those
    before it."""
    found = set(tails)
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            found = {tail + chr(value).lower() for tail in found}
        elif name == "SUBPATTERN":
            found = _escaping(value[-1], found, needs)
        elif name == "BRANCH":
            found = set().union(*[_escaping(branch, found, needs) for branch in value[1]])
        elif name in {"MAX_REPEAT", "MIN_REPEAT"}:
            low, high, repeated = value
            again = [found]
            for _ in range(min(high, low + 2)):
                again.append(_escaping(repeated, again[-1], needs))
            found = set().union(*again[low:])
        elif name == "ASSERT" and value[0] > 0:  # what it looks for ahead stands in the text as well
            found = _escaping(value[1], found, needs)
        elif name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            found = {tail + chr(letter).lower() for tail in found for _, letter in value}
        elif name in {"ANY", "IN", "CATEGORY", "NOT_LITERAL", "GROUPREF"}:
            found = {tail + _OTHER for tail in found}
        else:
            assert name in {"AT", "ASSERT", "ASSERT_NOT"}, name
        found = {_begun(tail, needs) for tail in found if not any(need in tail for need in needs)}
    return found


def _begun(tail: str, needs: Collection[str]) -> str:
    """The longest end of it that begins a word."""
    return next(tail[at:] for at in range(len(tail) + 1) if any(need.startswith(tail[at:]) for need in needs))


@pytest.mark.parametrize("name", sorted(CUES))
def test_whatever_a_cue_matches_holds_one_of_its_words(name: str) -> None:
    cue = CUES[name]
    parsed = _parser.parse(cue.pattern.pattern, re.IGNORECASE)
    assert not _escaping(parsed, [""], cue.needs)
    assert not re.search("[A-Z]", re.sub(r"\\.|\(\?P", "", cue.pattern.pattern)), "a capital never matches small words"


@pytest.mark.parametrize(("pattern", "need"), [("ab|ac", "b"), ("a?b?", "a"), ("a(?=.)b", "ab"), (r"\ba\d+b", "ab")])
def test_a_pattern_that_matches_without_its_word_is_found_out(pattern: str, need: str) -> None:
    assert _escaping(_parser.parse(pattern), [""], (need,))


def test_a_cue_finds_what_its_pattern_finds() -> None:
    cue = Cue(r"\b(?:up|down)\s+from\b", "from")
    assert cue.search("Up from 3,000 and down from 4,000", 5) is not None
    assert [match.group() for match in cue.finditer("Up from 3,000, down  from 4")] == ["up from", "down  from"]
    assert cue.search("3,000 for a week") is None
    assert cue.without("5, Up from 3 IN") == "5,  3 IN"
    assert [match.span() for match in cue.finditer("in İzmir up From 3")] == [(9, 16)]  # İ has no single small letter
