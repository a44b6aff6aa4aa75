"""A number that goes on with the measure told of last: "the figure is closer to 10,000", "Seoul spoke of 1,100"."""

from collections.abc import Sequence
from itertools import pairwise

from monitor.domain.claims import Measure
from monitor.extract.measures.frames import Frame, can_deploy, inherit
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count, Head

SAME = frozenset(
    {
        "number",
        "figure",
        "toll",
        "total",
        "count",
        "tally",
        "estimate",
        "force",
        "numbers",
        "it",
        "that",
        "they",
        "them",
    }
)
_COUNTS = frozenset({"count", "tally", "total"})
_NUMBER = frozenset({"number", "numbers"})
LOSSES = frozenset({Measure.KILLED, Measure.WOUNDED, Measure.MISSING})


def same_count(sentence: Sentence, count: Count, frames: Sequence[Frame], context: Context) -> Frame | None:
    """ "The number is closer to 10,000", "Seoul spoke of 1,100": goes on with the measure told of last."""
    parent = frames[-1] if frames else _led(context)
    recent = bool(frames) or sentence.number - context.frame_at <= 2
    if (
        parent is None
        or not recent
        or count.head not in {Head.NONE, Head.PRONOUN, Head.PEOPLE, Head.NATION, Head.MEASURE}
    ):
        return None
    tokens = sentence.tokens
    before = tokens[max(0, count.first - 10) : count.first]
    if _of_others(tokens, before):
        return None
    if tokens[count.number].low.startswith(("all ", "both")):
        return None
    revised = any(t.low in {"figure", "figures", "toll", "count"} for t in before[-5:]) and before[-1].low == "to"
    same_kind = count.head is Head.MEASURE or (parent.measure is Measure.DEPLOYED and can_deploy(sentence, count))
    revised = revised or (before[-1:] != [] and before[-1].low == "to" and any(t.low == "number" for t in before[-4:]))
    if same_kind and count.head is not Head.NONE and revised and frames == []:
        return inherit(count, parent, "same-count", -1.0, near=bool(frames))
    if count.head in {Head.PEOPLE, Head.NATION, Head.MEASURE}:
        own = count.head is Head.PEOPLE and not frames and parent.measure in LOSSES and _own_count(before)
        return inherit(count, parent, "same-count", near=False) if own else None
    number = tokens[count.number].number
    if number is not None and "additional" in number.flags:
        return None
    if count.partitive and count.head is Head.NONE:
        return None  # "one of the biggest missions"
    after = tokens[count.last + 1 : count.last + 2]
    closed = (
        not after
        or not after[0].text[0].isalpha()
        or after[0].has("prepositions", "conjunctions", "adverbs", "subordinators")
        or _is_time(after[0])
    ) and not _own_verb(tokens, count.last + 1)
    said = (
        any(t.role("say", "put") and not t.low.endswith("ing") for t in before[-3:])
        and before
        and before[-1].low
        in {"of", "at", "to", "heard", "counted", "reported", "said", "found", "as", "claimed", "says", "buried"}
        | {t.low for t in before[-1:] if t.role("say")}
    )
    noun = (
        any(t.low in SAME or t.has("account_nouns") for t in before)
        and before
        and before[-1].low
        in {"is", "was", "to", "at", "of", "reached", ",", ":", "as", "rose", "stood", "were", "now", "reach"}
    )
    noun = noun or [t.low for t in before[-2:]] in (["makes", "it"], ["made", "it"], ["make", "it"])
    noun = noun or (parent.measure is Measure.DEPLOYED and [t.low for t in before[-2:]] == ["there", "are"])
    loose = len(before) > 1 and before[-1].low == "of" and not (before[-2].low in SAME or before[-2].senses)
    if closed and not loose and (said or noun):
        same = inherit(count, parent, "same-count", near=bool(frames))
        if any(t.low == "total" for t in before[-3:]) and len({f.measure for f in frames} & LOSSES) > 1:
            same.measure, same.parent = Measure.CASUALTIES, None  # "36 killed, 57 wounded; total, 93"
        return same
    return None


def _led(context: Context) -> Frame | None:
    """ "killed 85 and hurt 67. Nurses counted 200": who disputes a toll disputes the dead that it opens with."""
    lead, last = context.lead, context.frame
    if lead is not None and last is not None and lead.measure is Measure.KILLED and last.measure in LOSSES:
        return lead
    return last


def _own_verb(tokens: Sequence[Token], index: int) -> bool:
    """ "190 on their side were killed": behind its own place the number has a verb of its own."""
    for at in range(index, min(len(tokens) - 1, index + 7)):
        if not tokens[at].text[0].isalnum() or tokens[at].counts:
            return False
        if tokens[at].has("be") and any(s.measure for s in tokens[at + 1].senses):
            return True
    return False


def _own_count(before: Sequence[Token]) -> bool:
    """ "Its count since 12 March now stands at 84 soldiers": a count goes on with what was counted before."""
    owned = any(one.low in {"its", "their", "the", "whose"} and two.low in _COUNTS for one, two in pairwise(before))
    return owned and before[-1].low in {"at", "to"} and any(t.has("strong_links") for t in before)


def _of_others(tokens: Sequence[Token], before: Sequence[Token]) -> bool:
    """True where a noun of count before the number has people, or things, of its own."""
    places = [index for index, token in enumerate(before) if token.low in _NUMBER]
    if not places:
        return False
    people = bool(before) and before[0] is not tokens[0] and any(_counts_others(before, i) for i in places)
    return people or any(_counts_things(before, i) for i in places)


def _counts_things(tokens: Sequence[Token], index: int) -> bool:
    """ "put the number of air strikes at 160": neither people nor what became of them."""
    following = tokens[index + 1 : index + 5]
    if len(following) < 2 or following[0].low != "of":
        return False
    return not any(t.person is not None or t.mention or any(s.measure for s in t.senses) for t in following[1:])


def _counts_others(tokens: Sequence[Token], index: int) -> bool:
    """ "the number of recruits": a count of people of its own doesn't go on with the one before."""
    following = tokens[index + 1 : index + 4]
    return len(following) > 1 and following[0].low == "of" and any(t.person is not None for t in following[1:])


def _is_time(token: Token) -> bool:
    return token.has("weekdays", "months")
