"""Numbers that say how others stand to each other: ratios, the whole that a part is taken of, votes and scores,
differences. Each answers with the reason why the number counts no people, None where it may."""

from monitor.extract.lexicon.wordlists import number_words
from monitor.extract.numbers.around import Context
from monitor.extract.numbers.cardinals import Reader
from monitor.extract.numbers.heads import head_category

_WORDS = number_words().sets
_CALLED_RATIOS = _WORDS["ratios"] - {"odds"}  # "against all odds" weighs no numbers
_SENTENCE_ENDS = frozenset({".", ";", "\n"})
RATIO = 100
"""Ratios are told in small numbers."""
RATIO_REACH = 10
"""Words before a number in which it may be called a ratio."""


def is_base(reader: Reader, start: int, before_last: int | None) -> bool:
    """ "4,000 of the 11,000", "one out of 40": the number at `start` is what a part is taken of.

    `before_last` is the index behind the number before it, None where there is none.
    """
    at = start - 1
    while reader.word(at) in ("the", "its", "their", "his", "those", "these"):
        at -= 1
    return reader.word(at) == "of" and before_last in (at, at - 1)


def ratio(c: Context) -> str | None:
    """ "nine in ten", "one out of every five", "10 to 1", "49 wreaths, one for each year"."""
    if c.next == "for" and c.word(c.last + 1) in ("each", "every") and c.head != "people":
        return "ratio"
    if c.next in ("in", "of", "out") and c.after is not None and c.after[0] == c.after[1]:
        between = [c.word(at) for at in range(c.last, c.after[0])] if c.after[0] - c.last <= 3 else []
        if (
            between in (["in"], ["in", "every"], ["out", "of", "every"], ["of", "every"], ["out", "of"])
            and c.low < c.after[3]
        ):
            large = c.after[3] > (10 if between == ["out", "of"] else 20) and c.after[3] not in (100, 1000)
            noun = head_category(c.reader, c.after[2])
            if not large and noun not in ("duration", "event", "place", "vehicle", "building"):
                return "ratio"
    if c.word(c.start - 1) == "per" or _of_a_ratio(c) or _of_so_much_time(c):
        return "ratio"
    if c.refused_before == "ratio" and c.before is not None and c.first - c.before[1] <= 3:
        whole = (c.word(c.before[1]), c.prev) == ("of", "the")  # "two in three of the 600 dead"
        return None if whole else "ratio"
    return None


def _of_so_much_time(c: Context) -> bool:
    """ "ten months in twelve", "nine nights in ten": how often something is so."""
    part = c.before is not None and c.refused_before == "duration" and c.first - c.before[1] == 2
    return part and c.prev == "in" and c.head == ""


def _of_a_ratio(c: Context) -> bool:
    """ "a ratio of one to three", "the dead to wounded is 1 to 3": how two counts stand to each other."""
    if c.prev == "of" and c.word(c.start - 2) in _WORDS["ratios"]:
        return True
    told, ratios = _WORDS["befell"], _CALLED_RATIOS
    before = c.reader.words[max(0, c.start - RATIO_REACH) : c.start]
    if (c.form != "range" and ratios.isdisjoint(before)) or c.high > RATIO or c.next in told or c.head == "people":
        return False
    before = before[max((i + 1 for i, word in enumerate(before) if word in _SENTENCE_ENDS), default=0) :]
    if not ratios.isdisjoint(before):
        return True
    joined = [i for i, word in enumerate(before[1:-1], 1) if word == "to"] if c.form == "range" else []
    return any(before[i - 1] in told and before[i + 1] in told for i in joined)


def base(c: Context) -> str | None:
    """ "half of the 200 men", "most of the 62", "not one of the 1,200", "half its 300"."""
    at = c.start - 1
    while c.word(at) in ("the", "its", "their", "his", "those", "these", "all"):
        at -= 1
    if c.next in ("dead", "killed", "wounded", "casualties", "deaths", "victims"):
        return None  # "80 percent of the 600 dead were civilians"
    if c.word(at) == "of":
        at -= 1
        if c.word(at) == "cent" or c.word(at) == "%":
            return "fraction"
        if c.word(at) == "one" and c.word(at - 1) in ("not", "no"):
            return "fraction"
        return "fraction" if c.word(at) in number_words().fraction_words else None
    return "fraction" if c.word(at) == "half" and at < c.start - 1 else None


def contest(c: Context) -> str | None:
    """ "3-1", "191 to 94", "won 2-0", "voted 94 to 191"."""
    if (
        c.next in ("to", "-")
        and c.form != "range"
        and c.after is not None
        and c.after[0] == c.last + 1
        and c.after[3] <= c.low
    ):
        if c.next == "-" and not (c.glued(c.last) and c.glued(c.last + 1)):
            return None
        if c.next == "to" and "superseded" in c.flags:
            return None
        return "vote" if c.next == "to" else "score"
    if (
        c.refused_before in ("vote", "score")
        and c.before is not None
        and c.before[1] == c.first - 1
        and c.prev in ("to", "-")
    ):
        return c.refused_before
    if c.form == "range":
        near = {c.word(at) for at in range(c.start - 6, c.start)}
        if near & {"voted", "vote", "votes"}:
            return "vote"
        if c.high <= 40 and near & number_words().score_words and c.head != "people" and "-" in c.raw(c.first + 1):
            return "score"
    return None


def difference(c: Context) -> str | None:
    """ "2,823, 40 more than two weeks ago", "fell by 12 to 40": by how much two counts differ."""
    if c.word(c.start - 1) == "by" and c.form != "range" and _falls(c):
        return "difference"
    compared = c.next in ("more", "fewer", "less") and c.word(c.last + 1) == "than"
    return "difference" if compared and c.prev in (",", "(", "-", "—") else None


def _falls(c: Context) -> bool:
    """ "deaths fell by 12", "lowered its toll by 20 to 60": a verb of falling, with a count or a new value."""
    before = c.reader.words[max(0, c.start - 1 - RATIO_REACH) : c.start - 1]
    before = before[max((i + 1 for i, word in enumerate(before) if word in _SENTENCE_ENDS or word == ","), default=0) :]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _WORDS["falling"]), None)
    if at is None:
        return False
    new_value = c.after is not None and c.word(c.after[0] - 1) in ("to", "from") and c.after[0] - c.last <= 4
    return new_value or not _WORDS["counted_up"].isdisjoint(before)
